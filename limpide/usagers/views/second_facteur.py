"""« Second facteur » in Mon Compte: add an application, read the recovery codes once, take it away."""

from collections.abc import Callable
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.identite import cles_acces as cles
from limpide.identite import second_facteur as verbes
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import SecondFacteur
from limpide.registre.vues import sous_traitement
from limpide.usagers import appareils, defis
from limpide.usagers.formulaires_facteur import FormulaireCle, FormulaireConfirmation, FormulairePremierCode

CLE = "second_facteur"
PERSONNE = "personne"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(CLE, motif="Vous protégez l'accès à votre compte")
def facteur(request: Any) -> HttpResponse:
    """GET: where the account stands. POST: one act of `ACTES`, the password or the first code with it."""
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    if request.method == "POST" and acte not in ACTES:
        raise Http404("Cet acte n'existe pas.")
    formulaire = _formulaire(request, acte) if acte else None
    if formulaire is not None and formulaire.is_valid():
        try:
            return ACTES[acte](request, formulaire.cleaned_data)
        except ErreurSaisie as refus:
            for champ, message in refus.champs.items():
                formulaire.add_error(champ if champ in formulaire.fields else None, message)
    return _page(request, acte, formulaire)


def _formulaire(request: Any, acte: str, *, lie: bool = True) -> Any:
    saisie = request.POST if lie else None
    if acte == "confirmer":
        return FormulairePremierCode(saisie, auto_id=f"{acte}-%s")
    if acte == "enregistrer":
        return FormulaireCle(saisie, auto_id=f"{acte}-%s")
    return FormulaireConfirmation(saisie, compte=request.user, auto_id=f"{acte}-%s")


def _page(request: Any, acte: str, formulaire: Any) -> HttpResponse:
    en_place = verbes.facteur_de(request.user.pk)
    attendu = None if en_place else verbes.en_preparation(request.user.pk)
    contexte = {
        "formulaire": formulaire,
        "en_place": en_place,
        "cles": cles.cles_de(en_place) if en_place else [],
        "cles_possibles": bool(defis.site_de(request).hote),
        "restants": verbes.codes_restants(en_place) if en_place else 0,
        "enrolement": _enrolement(attendu) if attendu else None,
        **{f"formulaire_{nom}": formulaire if nom == acte else _formulaire(request, nom, lie=False) for nom in ACTES},
    }
    statut = 422 if formulaire is not None and formulaire.errors else 200
    return render(request, "usagers/compte/second_facteur.html", contexte, status=statut)


def _enrolement(attendu: Any) -> dict[str, str]:
    adresse = verbes.adresse_d_enrolement(attendu)
    dessin = segno.make(adresse, error="m").svg_inline(scale=5, border=2, omitsize=True, svgclass=None, lineclass=None)
    cle = attendu.cle.en_clair()
    groupes = " ".join(cle[i : i + 4] for i in range(0, len(cle), 4))
    return {"dessin": mark_safe(dessin), "cle": groupes}  # noqa: S308 - drawn by segno


def _activer(request: Any, saisie: dict[str, Any]) -> HttpResponse:
    verbes.preparer(request.user)
    return redirect("usagers:facteur")


def _confirmer(request: Any, saisie: dict[str, Any]) -> HttpResponse:
    return _montrer(request, verbes.confirmer(request.user, saisie["code"]))


def _renouveler(request: Any, saisie: dict[str, Any]) -> HttpResponse:
    return _montrer(request, verbes.renouveler_les_codes(request.user))


def _montrer(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The only page that ever shows them: nothing here can read them again."""
    return render(request, "usagers/compte/codes_de_secours.html", {"codes": codes})


def _demander_une_cle(request: Any, saisie: dict[str, Any]) -> HttpResponse:
    """The page that asks the browser for a key: the password has just been given."""
    demande = cles.demander_une_cle(_en_place(request), defis.site_de(request))
    defis.garder(request, demande.defi)
    return render(request, "usagers/compte/cle_acces.html", {"options": demande.options})


def _en_place(request: Any) -> SecondFacteur:
    facteur = verbes.facteur_de(request.user.pk)
    if facteur is None:
        raise ErreurSaisie({"mot_de_passe": "Ajoutez d'abord un second facteur : ses codes restent nécessaires."})
    return facteur


def _enregistrer_la_cle(request: Any, saisie: dict[str, Any]) -> HttpResponse:
    facteur, defi = _en_place(request), defis.reprendre(request)
    if defi is None:
        raise ErreurSaisie({"reponse": "Cette demande n'est plus valable. Recommencez."})
    appareil = appareils.decrire(request.headers.get("User-Agent", ""))
    cles.ajouter(request.user, facteur, defis.site_de(request), defi, saisie["reponse"], appareil)
    messages.success(request, "La clé d'accès est ajoutée. Elle pourra répondre à la place du code.")
    return redirect("usagers:facteur")


def _retirer_les_cles(request: Any, saisie: dict[str, Any]) -> HttpResponse:
    cles.retirer(request.user, _en_place(request))
    messages.success(request, "Vos clés d'accès sont retirées. Le code de votre application répond seul.")
    return redirect("usagers:facteur")


def _retirer(request: Any, saisie: dict[str, Any]) -> HttpResponse:
    verbes.retirer(request.user, PERSONNE)
    messages.success(request, "Le second facteur est retiré. Votre mot de passe suffit de nouveau.")
    return redirect("usagers:facteur")


ACTES: dict[str, Callable[[Any, dict[str, Any]], HttpResponse]] = {
    "activer": _activer, "confirmer": _confirmer, "codes": _renouveler, "retirer": _retirer,
    "cle": _demander_une_cle, "enregistrer": _enregistrer_la_cle, "oublier": _retirer_les_cles,
}  # fmt: skip
