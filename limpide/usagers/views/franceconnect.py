"""FranceConnect: the browser leaves for it, and comes back with a code that stands for somebody.

What is sent and expected back is kept in the session and serves once. Nothing tells whether an account exists: an
identity unknown, shared, contested or whose holder closed this way gets the same answer.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limpide.identite import franceconnect as verbes
from limpide.identite.models import Compte, MoyenConnexion
from limpide.registre.contexte import traitement
from limpide.registre.vues import acteur_de, ouvre, sans_donnees
from limpide.socle.appel import PartenaireInjoignable
from limpide.socle.openid import Demande, Fournisseur, ReponseRefusee
from limpide.usagers import residence, verrou
from limpide.usagers.formulaires import FormulaireConnexion
from limpide.usagers.franceconnect import cles_publiees, fournisseur, propose
from limpide.usagers.views.connexion import (
    ATTENTE,
    Entree,
    attendre_un_code,
    ouvrir_la_session,
    premier_ecran,
    sceller_le_jeton,
)

CLE_DEMANDE = "franceconnect"
MOTIF = "Connexion à un compte par FranceConnect"
PAS_DE_COMPTE = (
    "FranceConnect vous a reconnu, mais cette identité n'ouvre aucun compte ici. Connectez-vous avec votre numéro de "
    "sécurité sociale et votre mot de passe, ou adressez-vous à votre Caf."
)
EN_PANNE = (
    "FranceConnect ne répond pas pour le moment. Réessayez plus tard, ou connectez-vous avec votre numéro de sécurité "
    "sociale et votre mot de passe."
)
REFUSEE = (
    "La réponse de FranceConnect n'a pas pu être vérifiée : votre compte n'a pas été ouvert. Recommencez, ou "
    "connectez-vous avec votre numéro de sécurité sociale et votre mot de passe."
)
RENONCE = "Vous avez quitté FranceConnect sans vous y connecter. Vous pouvez recommencer ou choisir l'autre voie."
PERIMEE = "Cette demande de connexion par FranceConnect n'est plus valable, ou a déjà servi. Recommencez."


@never_cache
@require_safe
@ouvre("authentification", "franceconnect")
def partir(request: HttpRequest) -> HttpResponse:
    """Send the browser to FranceConnect; who is connected already has nothing to prove."""
    if request.user.is_authenticated or (vers := fournisseur()) is None:
        return redirect("usagers:connexion")
    demande = Demande.nouvelle()
    try:
        adresse = vers.adresse_de_connexion(demande, _retour(request))
    except (PartenaireInjoignable, ReponseRefusee):
        return _autre_voie(request, EN_PANNE, 503)
    suite = request.GET.get("next", "")
    permise = url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure())
    request.session[CLE_DEMANDE] = {
        "etat": demande.etat, "alea": demande.alea, "verificateur": demande.verificateur,
        "jusqu_au": (timezone.now() + ATTENTE).timestamp(), "suite": suite if permise else reverse("usagers:compte"),
    }  # fmt: skip
    return redirect(adresse)


def _retour(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("usagers:retour_franceconnect"))


def _autre_voie(request: HttpRequest, alerte: str, statut: int) -> HttpResponse:
    """The login page, which says what happened and offers number and password."""
    contexte = {"formulaire": FormulaireConnexion(), "next": "", "alerte": alerte, "franceconnect": propose()}
    return render(request, "usagers/connexion.html", contexte, status=statut)


@never_cache
@require_safe
@ouvre("authentification", "franceconnect", "securite_connexion", residence.COMPTER)
def revenir(request: Any) -> HttpResponse:
    """Back from FranceConnect. The request that was kept is forgotten before anything else: it serves once."""
    gardee = request.session.pop(CLE_DEMANDE, None)
    vers = fournisseur()
    if request.user.is_authenticated or vers is None:
        return redirect("usagers:connexion")
    if gardee is None or not _attendue(gardee, request.GET.get("state", "")):
        messages.warning(request, PERIMEE)
        return redirect("usagers:connexion")
    if "error" in request.GET or not request.GET.get("code"):
        renonce = request.GET.get("error") == "access_denied"
        return _autre_voie(request, RENONCE if renonce else REFUSEE, 200 if renonce else 403)
    try:
        return _entrer(request, vers, gardee)
    except PartenaireInjoignable:
        return _autre_voie(request, EN_PANNE, 503)
    except ReponseRefusee:
        return _autre_voie(request, REFUSEE, 403)


def _attendue(gardee: dict[str, Any], etat: str) -> bool:
    return gardee["jusqu_au"] > timezone.now().timestamp() and constant_time_compare(etat, gardee["etat"])


def _entrer(request: Any, vers: Fournisseur, gardee: dict[str, Any]) -> HttpResponse:
    """No transaction waits on the network: the proof, the known account, else the identity, then the session."""
    demande = Demande(gardee["etat"], gardee["alea"], gardee["verificateur"])
    preuve = vers.echanger(request.GET["code"], demande, _retour(request))
    visiteur = acteur_de(request)
    with traitement("franceconnect", acteur=visiteur, motif=MOTIF):
        compte = verbes.compte_associe(preuve.sujet)
    if compte is None:
        identite = verbes.IdentitePivot.lire(vers.identite(preuve))
        if identite is not None:
            with traitement("franceconnect", acteur=visiteur, motif=MOTIF):
                compte = verbes.associer(identite, preuve.sujet)
    if compte is None:
        return _autre_voie(request, PAS_DE_COMPTE, 403)
    with traitement("authentification", acteur=visiteur, motif=MOTIF):
        entier = Compte.objects.get(pk=compte.pk)
        entree = Entree(MoyenConnexion.FRANCECONNECT, sceller_le_jeton(entier, preuve.jeton))
        if attendre_un_code(request, entier, gardee["suite"], entree):
            return redirect("usagers:code")
        ouvrir_la_session(request, entier, verrou.empreinte("adresse", request.META.get("REMOTE_ADDR", "")), entree)
    return premier_ecran(request, gardee["suite"])


@require_safe
@sans_donnees("La moitié publique de la clé du site, pour que FranceConnect+ chiffre ce qu'il lui envoie.")
def cles(request: HttpRequest) -> HttpResponse:
    """What FranceConnect+ encrypts with; nothing where nothing is encrypted."""
    publiees = cles_publiees()
    if publiees is None:
        raise Http404("Aucune clé n'est publiée ici.")
    return JsonResponse(publiees)
