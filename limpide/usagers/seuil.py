"""The threshold of Mon Compte: no address of the service opens before its terms are accepted and a contact confirmed.

One place for the whole service, by the address: a page added tomorrow is behind it without asking. Looked at for each
request, so that a new version stops the sessions already open.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from limpide.identite import acces_compte as acces
from limpide.identite import contacts
from limpide.identite.models import EtapeAcces
from limpide.registre.contexte import traitement
from limpide.registre.teleservice import AUTREMENT_USAGERS, teleservice_de
from limpide.registre.vues import acteur_de
from limpide.usagers import au_nom, conditions
from limpide.usagers.demande.aides import AIDES
from limpide.usagers.models import ReponseConditions

SERVICES = ("mon_compte", *(aide.traitement for aide in AIDES))
"""Online services behind the same threshold: a claim too is an act of the account."""
MES_CONNEXIONS = "mes_connexions"
PORTES = ("/mon-compte/conditions/", "/mon-compte/conditions/refuser/")
"""Where one answers: the only addresses of the service that open without an acceptance."""
COORDONNEES = "/mon-compte/coordonnees/"
"""Where one gives the address or the number without which nothing else opens (MC-053)."""
SANS_CONTACT = "sans_contact"


class SeuilDeMonCompte:
    """Sends to the terms who has not answered them; answers 403, with the way back, to who refused them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, vue: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        chemin = f"/{request.resolver_match.route}"
        service = teleservice_de(chemin)
        if service is None or service.cle not in SERVICES or getattr(request.user, "genre", "") != "allocataire":
            return None  # the view itself sends visitors to the login page and refuses agents
        if request.user.suspendu_le is not None:
            return _suspendu(request)
        if request.user.mot_de_passe_a_changer:
            return redirect("usagers:mot_de_passe")
        if chemin in PORTES:
            return None
        ailleurs = _ailleurs(request, chemin)
        return au_nom.entrer(request, vue) if ailleurs is None else ailleurs


def _suspendu(request: Any) -> HttpResponse:
    """What was decided, since when, why, and how to contest it; nothing of the account opens (MC-044)."""
    contexte = {"suspension": suspension_de(request), "autrement": AUTREMENT_USAGERS}
    return render(request, "usagers/compte/suspendu.html", contexte, status=403)


def suspension_de(request: Any) -> EtapeAcces | None:
    """Why and since when the access of this request is suspended."""
    with traitement(
        MES_CONNEXIONS,
        acteur=acteur_de(request),
        motif="Dire pourquoi l'accès est suspendu",
        personne=request.user.personne_id,
    ) as cours:
        suspension = acces.suspension_de(request.user.pk)
        cours.releve.vider()  # an account that reads why it is closed consults nobody's file
    return suspension


def _ailleurs(request: Any, chemin: str) -> HttpResponse | None:
    """What is answered instead of the page; None when it may open."""
    etat = etat_de(request)
    if etat == conditions.A_LIRE:
        return redirect("usagers:conditions_a_accepter")
    if etat == ReponseConditions.Reponse.REFUSEES:
        return render(request, "usagers/conditions/ferme.html", status=403)
    if etat == SANS_CONTACT and chemin != COORDONNEES:
        return redirect("usagers:coordonnees")
    return None


def etat_de(request: Any) -> str:
    """Where the account of this request stands: with the terms in force, then with its points of contact."""
    with traitement(
        conditions.CLE,
        acteur=acteur_de(request),
        motif="Vérifier que les conditions sont acceptées et une coordonnée confirmée",
        personne=request.user.personne_id,
    ) as cours:
        etat = conditions.etat(request.user.pk)
        if etat == ReponseConditions.Reponse.ACCEPTEES and not contacts.a_un_contact(request.user.personne_id):
            etat = SANS_CONTACT
        cours.releve.vider()  # an account that reads its own answer consults nobody's file
    return etat
