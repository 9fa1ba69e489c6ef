"""« Mes connexions »: what is open now, the last logins, and the buttons that close one or all the others."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.identite import connexions as verbes
from limpide.identite import franceconnect as liens
from limpide.identite.models import Connexion, FinConnexion
from limpide.registre.vues import sous_traitement
from limpide.usagers import verrou
from limpide.usagers.formulaires_facteur import FormulaireConfirmation
from limpide.usagers.franceconnect import propose

CLE = "mes_connexions"
MONTREES = 30


@never_cache
@require_safe
@sous_traitement(CLE, motif="Vous consultez vos connexions")
def connexions(request: Any) -> HttpResponse:
    """The open sessions, this one first, then the last logins."""
    return _page(request, FormulaireConfirmation(compte=request.user))


def _page(request: Any, formulaire: FormulaireConfirmation) -> HttpResponse:
    ici = request.session.get(verbes.CLE_SESSION)
    origine = verrou.empreinte("adresse", request.META.get("REMOTE_ADDR", ""))
    ouvertes = sorted(verbes.ouvertes(request.user.pk), key=lambda c: c.pk != ici)
    contexte = {
        "ouvertes": [_vue(c, ici, origine) for c in ouvertes],
        "autres": sum(c.pk != ici for c in ouvertes),
        "dernieres": [_vue(c, ici, origine) for c in verbes.dernieres(request.user.pk, MONTREES)],
        "montrees": MONTREES,
        "franceconnect": propose(),
        "lien": liens.lien_de(request.user.pk),
        "formulaire": formulaire,
    }
    return render(request, "usagers/compte/connexions.html", contexte, status=422 if formulaire.errors else 200)


def _vue(connexion: Connexion, ici: int | None, origine: str) -> dict[str, Any]:
    return {"connexion": connexion, "ici": connexion.pk == ici, "meme_reseau": connexion.origine == origine}


@never_cache
@require_http_methods(["POST"])
@sous_traitement(CLE, motif="Vous fermez une connexion à votre compte")
def fermer(request: Any) -> HttpResponse:
    """Close the connection named in `connexion`, or all but this one (`toutes`). Somebody else's does not exist."""
    ici = request.session.get(verbes.CLE_SESSION)
    if "toutes" in request.POST:
        nombre = verbes.fermer_les_autres(request.user.pk, ici, FinConnexion.AUTRE_SESSION)
        messages.success(request, "Vos autres connexions sont fermées." if nombre else "Aucune autre n'était ouverte.")
        return redirect("usagers:connexions")
    numero = request.POST.get("connexion", "")
    if not (numero.isascii() and numero.isdecimal() and len(numero) < 19) or int(numero) == ici:
        raise Http404("Cette connexion n'est pas une de vos autres connexions ouvertes.")
    if not verbes.fermer(request.user.pk, int(numero), FinConnexion.AUTRE_SESSION):
        raise Http404("Cette connexion n'est pas une de vos autres connexions ouvertes.")
    messages.success(request, "Cette connexion est fermée.")
    return redirect("usagers:connexions")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["POST"])
@sous_traitement(CLE, motif="Vous décidez si FranceConnect ouvre votre compte")
def lien_franceconnect(request: Any) -> HttpResponse:
    """`acte`: « fermer » at once; « rouvrir » with the password, since somebody else may have opened this session."""
    acte = request.POST.get("acte")
    if acte == "fermer":
        liens.fermer(request.user, "personne")
        messages.success(request, "FranceConnect n'ouvre plus votre compte.")
        return redirect("usagers:connexions")
    if acte != "rouvrir":
        raise Http404("Cet acte n'existe pas.")
    formulaire = FormulaireConfirmation(request.POST, compte=request.user)
    if not formulaire.is_valid():
        return _page(request, formulaire)
    liens.rouvrir(request.user)
    messages.success(request, "FranceConnect peut à nouveau ouvrir votre compte.")
    return redirect("usagers:connexions")
