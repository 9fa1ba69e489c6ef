"""Claiming a right online: questions, draft, submission. The same pages for each right (`demande.aides`).

Somebody without a file answers the simulator's questions and their claim opens it; with a file, the law itself says
what is still to ask (`demande_dossier`).
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Personne
from limpide.registre.vues import au_nom_de, personne_de, sous_traitement
from limpide.usagers import scellement
from limpide.usagers.demande import brouillon, contenu, envoi, reprise
from limpide.usagers.demande.aides import Aide, choisies
from limpide.usagers.demande.formulaires import FormulaireEnvoi
from limpide.usagers.demande.ouverture import ouvertes
from limpide.usagers.demande.parties import connues, parties_de
from limpide.usagers.simulateur.formulaires import Partie
from limpide.usagers.simulateur.parcours import Parcours, poursuivre
from limpide.usagers.simulateur.periodes import mois_courant
from limpide.usagers.views import demande_dossier
from limpide.usagers.views.simulateur import sections

MES_DEMANDES = "usagers:mes_demandes"
LIRE_ET_ECRIRE, ECRIRE = ["GET", "HEAD", "POST"], ["POST"]


def adresses(aide: Aide) -> list[URLPattern]:
    """The addresses of one right, each under its own processing."""
    nom = aide.ici.partition(":")[2]
    pages: tuple[tuple[str, str, Callable[..., HttpResponse], list[str], str], ...] = (
        ("", nom, demander, LIRE_ET_ECRIRE, f"Vous préparez une demande {aide.du}"),
        ("reprendre/", f"{nom}_reprendre", reprendre_simulation, ECRIRE, "Vous reprenez votre simulation"),
        ("envoyer/", f"{nom}_envoyer", envoyer, LIRE_ET_ECRIRE, f"Vous relisez et envoyez une demande {aide.du}"),
        ("abandonner/", f"{nom}_abandonner", abandonner, ECRIRE, "Vous effacez une demande commencée"),
    )
    return [
        path(f"{aide.chemin}{suite}", _page(aide, vue, methodes, motif), name=nom_adresse)
        for suite, nom_adresse, vue, methodes, motif in pages
    ]


def _page(aide: Aide, vue: Callable[..., HttpResponse], methodes: list[str], motif: str) -> Callable[..., Any]:
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(methodes)
    @sous_traitement(aide.traitement, motif=motif)
    def page(request: Any) -> HttpResponse:
        return vue(request, aide)

    return page


def _demandeur(request: Any, aide: Aide) -> tuple[Personne, dict[str, Any]]:
    """The claimant, and what needs not be asked."""
    personne = Personne.objects.get(pk=personne_de(request))
    return personne, connues(aide, personne, mois_courant(), envoi.caisses(), ouvertes())


def _parties(aide: Aide, donnees: QueryDict) -> tuple[type[Partie], ...]:
    """The steps, by what is claimed together."""
    return parties_de(choisies(aide, donnees.getlist("aussi")))


def demander(request: Any, aide: Aide) -> HttpResponse:
    """GET takes up the draft. POST keeps what was typed, wrong or not, and shows the next part or the errors."""
    personne, su = _demandeur(request, aide)
    dossier = envoi.dossier_ouvert(personne.pk)
    if dossier is not None:
        return demande_dossier.demander(request, aide, dossier)
    if au_nom_de(request) is not None:
        return render(request, "usagers/demande/au_guichet.html", {"aide": aide})
    if request.method == "POST":
        recu, commence = request.POST.copy(), brouillon.lire(personne.pk, aide.droit)
        reprise.oublier_si_le_foyer_change(recu, None if commence is None else commence.reponses)
        parties = _parties(aide, recu)
        parcours = poursuivre(recu, parties, su)
        brouillon.garder(personne.pk, aide.droit, parcours.donnees, min(parcours.etape, len(parties) - 1))
        if parcours.fini:
            return redirect(aide.relire)
    else:
        parcours = _reprendre(aide, personne.pk, su)
    return _partie(request, aide, parcours)


def _reprendre(aide: Aide, personne: int, su: dict[str, Any]) -> Parcours:
    """Where the draft was left; the first part without one."""
    commence = brouillon.lire(personne, aide.droit)
    if commence is None:
        return Parcours(0, _parties(aide, QueryDict())[0](initial={"residence": "metropole"}, reponses=su))
    tapees = commence.reponses
    tapees["aller"] = str(commence.etape)
    return poursuivre(tapees, _parties(aide, tapees), su)


def _partie(request: Any, aide: Aide, parcours: Parcours) -> HttpResponse:
    formulaire = parcours.formulaire
    assert formulaire is not None
    en_erreur = formulaire.is_bound and bool(formulaire.errors)
    parties, numero = _parties(aide, parcours.donnees), len(parcours.vues) + 1
    fixes = not any(p.facultative for p in parties)
    contexte = {
        "aide": aide, "parcours": parcours, "formulaire": formulaire, "sections": sections(parcours),
        "numero": numero, "total": len(parties) + 1 if fixes else None,
        "precedente": parcours.vues[-1] if parcours.vues else None,
        "suivante": parties[parcours.etape + 1].titre if parcours.etape + 1 < len(parties) else "Relire et envoyer",
        "ajout_enfant": formulaire.code == "personnes",
        "titre_page": ("Erreur : " if en_erreur else "") + f"{formulaire.titre} — Demander {aide.le}",
    }  # fmt: skip
    return render(request, "usagers/demande/partie.html", contexte, status=422 if en_erreur else 200)


def reprendre_simulation(request: Any, aide: Aide) -> HttpResponse:
    """The explicit click: the answers of the simulator become a draft. Only from an open account, without a file."""
    personne, su = _demandeur(request, aide)
    if envoi.dossier_ouvert(personne.pk) is not None:
        messages.info(request, "Votre Caf connaît déjà votre foyer : elle ne vous demande que ce qui lui manque.")
        return redirect(aide.ici)
    donnees = request.POST.copy()
    donnees["etape"], donnees["aller"] = "0", "0"
    reprise.reprendre(donnees)
    parcours = poursuivre(donnees, _parties(aide, donnees), su)
    brouillon.garder(personne.pk, aide.droit, parcours.donnees, 0)
    messages.success(request, "Vos réponses sont reprises : relisez chaque étape et complétez-la.")
    return redirect(aide.ici)


def abandonner(request: Any, aide: Aide) -> HttpResponse:
    personne = personne_de(request)
    assert personne is not None
    brouillon.effacer(personne, aide.droit)
    messages.success(request, "Votre demande commencée est effacée. Rien n'a été envoyé.")
    return redirect("usagers:compte")


def envoyer(request: Any, aide: Aide) -> HttpResponse:
    """GET: everything to read again, the sanctions, the ticks. POST: sent once, whatever the number of clicks."""
    personne, su = _demandeur(request, aide)
    commence = brouillon.lire(personne.pk, aide.droit, pour_envoyer=request.method == "POST")
    dossier = envoi.dossier_ouvert(personne.pk)
    if commence is None:  # sent already, by another click or another tab: the receipt is there
        return redirect(MES_DEMANDES if dossier is not None else aide.ici)
    if dossier is not None:
        return demande_dossier.envoyer(request, aide, dossier, commence)
    lu = contenu.recapituler(commence.reponses, su)
    if lu is None:
        return redirect(aide.ici)
    recapitulatif, reponses = lu
    autres = envoi.majeurs(reponses)
    formulaire = FormulaireEnvoi(request.POST if request.method == "POST" else None, autres=autres)
    if request.method == "POST" and formulaire.is_valid():
        try:
            envoi.envoyer(
                choisies(aide, reponses.get("aussi", ())), personne, recapitulatif, reponses, formulaire.accords(),
                f"compte {request.user.pk}",
            )  # fmt: skip
        except ErreurSaisie as refus:
            for message in refus.champs.values():
                formulaire.add_error(None, message)
        else:
            return redirect(MES_DEMANDES)
    parties, tapees = _parties(aide, commence.reponses), commence.reponses
    tapees["etape"] = str(len(parties) - 1)
    contexte = {
        "aide": aide, "aides": choisies(aide, reponses.get("aussi", ())), "recapitulatif": recapitulatif,
        "formulaire": formulaire, "total": None if any(p.facultative for p in parties) else len(parties) + 1,
        "texte": scellement.texte_en_vigueur(timezone.localdate()), "derniere": len(parties) - 1,
        "parties": [(rang, parties[rang].titre) for rang in poursuivre(tapees, parties, su).vues],
        "donnees": _cachees(commence),
    }  # fmt: skip
    return render(request, "usagers/demande/envoyer.html", contexte, status=422 if formulaire.errors else 200)


def _cachees(commence: Any) -> list[tuple[str, str]]:
    tapees: QueryDict = commence.reponses
    return [(nom, valeur) for nom, valeurs in tapees.lists() for valeur in valeurs]
