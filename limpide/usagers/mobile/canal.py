"""Around every address of the API: no cookie is read, every refusal is a problem, the same threshold as Mon Compte.

By the address, as `seuil`: an operation added tomorrow is behind it, and a new version of the terms, a suspension or a
connection closed from the site stop the very next request.
"""

import math
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from limpide.identite import jetons_mobiles
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.teleservice import AUTREMENT_USAGERS
from limpide.usagers import conditions, seuil
from limpide.usagers.debit import Debit
from limpide.usagers.mobile import PREFIXE, operations, problemes
from limpide.usagers.mobile.problemes import GENRE_DE_CONTENU, PAR_STATUT
from limpide.usagers.models import ReponseConditions

DEBIT = Debit(par_seconde=10.0, reserve=200)
PORTEUR = "Bearer "
Suite = Callable[[HttpRequest], HttpResponseBase]


class CanalMobile:
    """Before the session is loaded: a cookie opens nothing here. After: whatever refused, the answer is a problem."""

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIXE):
            return self.get_response(request)
        if attente := DEBIT.attendre(request.META.get("REMOTE_ADDR", "")):
            entetes = {"Retry-After": str(math.ceil(attente))}
            return problemes.repondre(request, problemes.TROP_DE_DEMANDES, entetes=entetes)
        request.COOKIES = {}
        reponse = self.get_response(request)
        if reponse.status_code < 400 or reponse.get("Content-Type") == GENRE_DE_CONTENU:
            return reponse
        probleme = PAR_STATUT.get(reponse.status_code, problemes.REQUETE_INCORRECTE)
        autres = {"autrement": list(AUTREMENT_USAGERS)} if probleme is problemes.FERME else {}
        return problemes.repondre(request, probleme, **autres)


class SeuilMobile:
    """The token, then the state of the access, then the terms: the questions of the site, in the same order."""

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, vue: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not f"/{request.resolver_match.route}".startswith(PREFIXE):
            return None
        quoi = getattr(vue, "operation", None)
        acces = operations.DOSSIER if quoi is None else quoi.acces
        if acces == operations.LIBRE:
            return None
        if not _reconnaitre(request):
            return problemes.repondre(request, problemes.SANS_JETON)
        if acces == operations.SORTIE:
            return None
        return _acces(request) or (None if acces == operations.PORTE else _conditions(request))


def jeton_de(request: HttpRequest) -> str:
    """The access token sent; empty when there is none of the right form."""
    entete = request.headers.get("Authorization", "")
    jeton = entete.removeprefix(PORTEUR)
    bien_forme = entete.startswith(PORTEUR) and len(jeton) == jetons_mobiles.LONGUEUR and jeton.isascii()
    return jeton if bien_forme else ""


def _reconnaitre(request: Any) -> bool:
    """Whose token it is becomes the account of the request."""
    if not (jeton := jeton_de(request)):
        return False
    with traitement("authentification", acteur=SYSTEME, motif="Demande de l'application mobile") as cours:
        trouve = jetons_mobiles.titulaire(jeton)
        cours.releve.vider()  # an account that reads itself consults nobody's file
    if trouve is None:
        return False
    request.user, request.connexion_mobile = trouve
    return True


def _acces(request: Any) -> HttpResponse | None:
    if request.user.suspendu_le is not None:
        suspension = seuil.suspension_de(request)
        dit = {"motif": suspension.raison, "depuis": suspension.le.isoformat()} if suspension else {}
        return problemes.repondre(request, problemes.SUSPENDU, **dit, autrement=list(AUTREMENT_USAGERS))
    if request.user.mot_de_passe_a_changer:
        return problemes.repondre(request, problemes.MOT_DE_PASSE, page=_page(request, "usagers:mot_de_passe"))
    return None


def _conditions(request: Any) -> HttpResponse | None:
    etat = seuil.etat_de(request)
    if etat == conditions.A_LIRE:
        return problemes.repondre(request, problemes.CONDITIONS_A_LIRE)
    if etat == ReponseConditions.Reponse.REFUSEES:
        return problemes.repondre(request, problemes.CONDITIONS_REFUSEES, autrement=list(AUTREMENT_USAGERS))
    if etat == seuil.SANS_CONTACT:
        return problemes.repondre(request, problemes.SANS_CONTACT, page=_page(request, "usagers:coordonnees"))
    return None


def _page(request: HttpRequest, nom: str) -> str:
    return request.build_absolute_uri(reverse(nom))
