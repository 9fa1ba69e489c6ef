"""The threshold of the kiosks: what opens at a shared terminal, and nowhere else.

Looked at for each request, by the address. A terminal without a valid token reads what is anonymous. A person reads
their file there after the same checks as on the site: suspension, password to change, terms, contact (MC-010, MC-012).
The other way round, a terminal or a session opened at one goes back to `/borne/` from any page that logs in.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from limpide.registre.teleservice import AUTREMENT_USAGERS
from limpide.usagers import conditions, seuil
from limpide.usagers.borne import terminaux
from limpide.usagers.models import ReponseConditions

RACINE = "/borne/"
ANONYMES = ("/borne/", "/borne/informations/", "/borne/installation/", "/borne/fin/")
"""What any browser opens: nothing there is about anybody."""
PORTES = ("/borne/connexion/", "/borne/code/")
CONDITIONS = "/borne/conditions/"
OUVERTES_AU_POSTE = (
    "/simulateur/", "/conditions/", "/informatique-et-libertes/", "/donnees-personnelles/", "/accessibilite/",
    "/securite/", "/algorithmes/", "/cookies/", "/verifier/", "/homologations/",
)  # fmt: skip
"""Pages of the site that a terminal opens to nobody in particular; from any other it goes back to its own."""
FERMEES_AU_POSTE = ("/simulateur/demander/",)
"""Among them, what would keep somebody's answers in the terminal's session until they log in."""
SUSPENDU, A_CHANGER = "suspendu", "mot_de_passe"
RETOUR = 300
"""Seconds after which a page of the site left open on a terminal gives way to the terminal's own."""


class SeuilDesBornes:
    """`request.borne`: the terminal of this request, on its pages; None elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.get_response(request)
        if request.path.startswith(RACINE):
            reponse["Cache-Control"] = "no-store, private"
        elif terminaux.COOKIE in request.COOKIES:
            reponse["Cache-Control"] = "no-store, private"
            reponse["Refresh"] = f"{RETOUR}; url={RACINE}"
        return reponse

    def process_view(self, request: Any, vue: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        chemin = f"/{request.resolver_match.route}"
        if chemin.startswith(RACINE):
            request.borne = terminaux.reconnaitre(request.COOKIES.get(terminaux.COOKIE, ""))
            return None if chemin in ANONYMES else _a_la_borne(request, chemin)
        ici = request.user.is_authenticated and terminaux.CLE_SESSION in request.session
        ouverte = chemin.startswith(OUVERTES_AU_POSTE) and chemin not in FERMEES_AU_POSTE
        if ici or (terminaux.COOKIE in request.COOKIES and not ouverte):
            return redirect("usagers:borne")
        return None


def est_chez_elle(request: Any) -> bool:
    """Whether a citizen is connected at this very terminal."""
    return (
        request.borne is not None
        and getattr(request.user, "genre", "") == "allocataire"
        and request.session.get(terminaux.CLE_SESSION) == request.borne.pk
    )


def _a_la_borne(request: Any, chemin: str) -> HttpResponse | None:
    """What is answered instead of the page; None when it may open."""
    if request.borne is None:
        return render(request, "usagers/borne/inconnue.html", status=403)
    if chemin in PORTES:
        return redirect("usagers:borne_espace") if est_chez_elle(request) else None
    if not est_chez_elle(request):
        return redirect("usagers:borne_connexion")
    pourquoi = _pourquoi_fermee(request, chemin)
    if pourquoi == conditions.A_LIRE:
        return redirect("usagers:borne_conditions")
    return _fermee(request, pourquoi) if pourquoi else None


def _pourquoi_fermee(request: Any, chemin: str) -> str:
    """What keeps this account's pages closed, as on the site; empty when nothing does."""
    if request.user.suspendu_le is not None:
        return SUSPENDU
    if request.user.mot_de_passe_a_changer:
        return A_CHANGER
    etat = str(seuil.etat_de(request))
    ouvert = etat == ReponseConditions.Reponse.ACCEPTEES or (chemin == CONDITIONS and etat != seuil.SANS_CONTACT)
    return "" if ouvert else etat


def _fermee(request: Any, pourquoi: str) -> HttpResponse:
    contexte = {"pourquoi": pourquoi, "autrement": AUTREMENT_USAGERS}
    return render(request, "usagers/borne/fermee.html", contexte, status=403)
