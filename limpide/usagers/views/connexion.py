"""Login of citizens (NIR and password) and of agents (identifier, password, then a second factor); logout; passwords.

Answers are the same, and take the same time, whether the account exists or not. No number, name or code is logged.
"""

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from limpide.identite import acces_compte as acces
from limpide.identite import chiffrement, connexions, franceconnect
from limpide.identite import second_facteur as facteurs
from limpide.identite.comptes import identifiant_saisi
from limpide.identite.models import Compte, FinConnexion, MoyenConnexion
from limpide.registre.contexte import traitement
from limpide.registre.middleware import OUVERTE_LE
from limpide.registre.vues import acteur_de, ouvre
from limpide.socle.appel import PartenaireInjoignable
from limpide.socle.openid import ReponseRefusee
from limpide.usagers import appareils, essais, residence
from limpide.usagers.borne import terminaux
from limpide.usagers.formulaires import (
    FormulaireCode,
    FormulaireConnexion,
    FormulaireConnexionAgent,
    FormulaireMotDePasse,
)
from limpide.usagers.franceconnect import fournisseur, propose
from limpide.usagers.propositions import portee

ECHEC = "Identifiants non reconnus. Vérifiez le numéro ou l'identifiant, et le mot de passe."
TROP_D_ESSAIS = "Trop d'essais. Attendez quinze minutes, puis recommencez."
CODE_FAUX = "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant et recommencez."
AGENTS = ("agent", "dpd")
CLE_ATTENTE = "code_attendu"
ATTENTE = dt.timedelta(minutes=5)
CLE_JETON = "jeton_franceconnect"
"""What says goodbye to FranceConnect, encrypted for the account: it holds FranceConnect's name for the person."""


@dataclass(frozen=True)
class Entree:
    """How somebody was recognised. `jeton`: FranceConnect's, sealed, when it is the one who said who they are.

    `borne`: the shared terminal where they are, and `appareil` its name: the session is then that of a kiosk.
    """

    moyen: MoyenConnexion = MoyenConnexion.MOT_DE_PASSE
    jeton: str = ""
    borne: int | None = None
    appareil: str = ""


PAR_MOT_DE_PASSE = Entree()


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre("authentification", "securite_connexion", residence.COMPTER)
def connexion(request: HttpRequest) -> HttpResponse:
    """Mon Compte: number and password."""
    formulaire = FormulaireConnexion(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        identifiant = identifiant_saisi(formulaire.cleaned_data["numero"])
        erreur = _entrer(request, identifiant, formulaire.cleaned_data["mot_de_passe"], ("allocataire",))
        if erreur is None:
            return premier_ecran(request) if request.user.is_authenticated else redirect("usagers:code")
        formulaire.add_error(None, erreur)
    return _page(request, "usagers/connexion.html", formulaire, franceconnect=propose())


def premier_ecran(request: Any, suite: str = "") -> HttpResponse:
    """The page asked for; the home page tells the previous connection by itself, the others are told it once."""
    essais.noter_le_pays(request, request.user)
    essais.rouvrir_les_bornes(acteur_de(request), request.user.identifiant)
    accueil = reverse("usagers:compte")
    suite = suite or _suite(request, accueil)
    if suite != accueil:
        messages.info(request, appareils.phrase_precedente(request.user.precedente_connexion))
    return redirect(suite)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre("authentification", "securite_connexion")
def connexion_agent(request: HttpRequest) -> HttpResponse:
    """Agents and officers: identifier and password, then the second factor."""
    formulaire = FormulaireConnexionAgent(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        erreur = _entrer(request, donnees["identifiant"].strip().lower(), donnees["mot_de_passe"], AGENTS)
        if erreur is None:
            return redirect("usagers:second_facteur")
        formulaire.add_error(None, erreur)
    return _page(request, "usagers/connexion_agent.html", formulaire)


def _page(request: HttpRequest, gabarit: str, formulaire: Any, **contexte: Any) -> HttpResponse:
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    suite = request.POST.get("next") or request.GET.get("next") or ""
    return render(request, gabarit, {"formulaire": formulaire, "next": suite, **contexte}, status=statut)


def _entrer(request: HttpRequest, identifiant: str, mot_de_passe: str, genres: tuple[str, ...]) -> str | None:
    """Try to log in; None when done, else the sentence to show. The password is always hashed once."""
    adresse, visiteur = essais.origine_de(request), acteur_de(request)
    if essais.doit_attendre(visiteur, identifiant, adresse):
        return TROP_D_ESSAIS
    with traitement("authentification", acteur=visiteur, motif="Connexion à un compte"):
        compte: Any = authenticate(request, username=identifiant, password=mot_de_passe)
        reconnu = compte is not None and compte.genre in genres
        if reconnu and not attendre_un_code(request, compte, _suite(request, reverse("usagers:compte"))):
            ouvrir_la_session(request, compte, adresse)
    essais.compter_le_mot_de_passe(visiteur, identifiant, adresse, reconnu=reconnu)
    return None if reconnu else ECHEC


def ouvrir_la_session(request: HttpRequest, compte: Any, adresse: str, entree: Entree = PAR_MOT_DE_PASSE) -> None:
    """Log in. A citizen's session holds the number of its connection, by which it can be closed from elsewhere."""
    compte.precedente_connexion = compte.last_login
    compte.save(update_fields=["precedente_connexion"])
    login(request, compte)
    request.session[OUVERTE_LE] = time.time()
    if compte.est_allocataire:
        appareil = entree.appareil or appareils.decrire(request.headers.get("User-Agent", ""))
        request.session[connexions.CLE_SESSION] = connexions.ouvrir(compte, appareil, adresse, entree.moyen).pk
        if entree.jeton:
            request.session[CLE_JETON] = entree.jeton
        if entree.borne is not None:
            request.session[terminaux.CLE_SESSION] = entree.borne
            request.session.set_expiry(terminaux.INACTIVITE)


def _place_du_jeton(compte: Any) -> str:
    return f"session.{CLE_JETON}.{compte.pk}"


def sceller_le_jeton(compte: Compte, jeton: str) -> str:
    """The token as the session keeps it: encrypted for this account."""
    return chiffrement.chiffrer(jeton, _place_du_jeton(compte)).hex()


def attendre_un_code(request: HttpRequest, compte: Any, suite: str, entree: Entree = PAR_MOT_DE_PASSE) -> bool:
    """Whether this citizen added a second factor: nobody is logged in, and a few minutes are given for the code.

    The password's own digest goes along: changed meanwhile, what was waiting is worth nothing.
    """
    if not compte.est_allocataire or facteurs.facteur_de(compte.pk) is None:
        return False
    simulee = request.session.get(portee.CLE)
    logout(request)
    if simulee is not None:  # a simulation on its way to a claim goes on to the session that will open
        request.session[portee.CLE] = simulee
    jusqu_au = timezone.now() + ATTENTE
    request.session[CLE_ATTENTE] = {
        "compte": compte.pk, "mot_de_passe": compte.get_session_auth_hash(), "jusqu_au": jusqu_au.timestamp(),
        "suite": suite, "moyen": str(entree.moyen), "jeton": entree.jeton, "borne": entree.borne,
        "appareil": entree.appareil,
    }  # fmt: skip
    if entree.borne is not None:
        request.session.set_expiry(terminaux.INACTIVITE)
    return True


def _suite(request: HttpRequest, defaut: str) -> str:
    suite = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure()):
        return suite
    return defaut


@never_cache
@require_POST
@ouvre("authentification")
def deconnexion(request: HttpRequest) -> HttpResponse:
    """Ends the session on the server: the cookie that the browser may have kept opens nothing any more."""
    agent = getattr(request.user, "genre", "") in AGENTS
    numero = request.session.get(connexions.CLE_SESSION)
    adieu = _sortie_de_franceconnect(request)
    with traitement("authentification", acteur=acteur_de(request), motif="Déconnexion"):
        if numero:
            connexions.fermer(request.user.pk, numero, FinConnexion.SORTIE)
        logout(request)
    if adieu:
        return render(request, "usagers/sortie_franceconnect.html", {"adieu": adieu})
    return redirect(reverse("usagers:connexion_agent" if agent else "usagers:connexion") + "?sortie=1")


def _sortie_de_franceconnect(request: HttpRequest) -> str:
    """Where to say goodbye to FranceConnect too; empty when it didn't open this session, or can't be reached."""
    scelle, vers = request.session.get(CLE_JETON), fournisseur()
    if not scelle or vers is None:
        return ""
    jeton = chiffrement.dechiffrer(bytes.fromhex(scelle), _place_du_jeton(request.user))
    retour = request.build_absolute_uri(reverse("usagers:connexion") + "?sortie=1")
    try:
        return vers.adresse_de_sortie(jeton, retour)
    except (PartenaireInjoignable, ReponseRefusee):
        return ""  # leaving here never depends on them


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre("authentification", "securite_connexion")
def second_facteur(request: HttpRequest) -> HttpResponse:
    """The code of the authenticator app; the first time, its enrolment."""
    compte: Any = request.user
    if getattr(compte, "genre", "") not in AGENTS:
        return redirect("usagers:connexion_agent")
    if compte.is_verified():
        return redirect(_espace(compte))
    formulaire = FormulaireCode(request.POST or None)
    with traitement("authentification", acteur=acteur_de(request), motif="Second facteur d'authentification"):
        appareil = TOTPDevice.objects.filter(user_id=compte.pk).order_by("-confirmed", "id").first()
        if appareil is None:
            appareil = TOTPDevice.objects.create(user_id=compte.pk, name="Application", confirmed=False)
        enrolement = None if appareil.confirmed else _enrolement(appareil, compte)
        if request.method == "POST" and formulaire.is_valid():
            appareil.user = compte
            if appareil.verify_is_allowed()[0] and appareil.verify_token(formulaire.cleaned_data["code"]):
                if not appareil.confirmed:
                    appareil.confirmed = True
                    appareil.save(update_fields=["confirmed"])
                otp_login(request, appareil)
                request.session.cycle_key()  # one more privilege, another session number
                return redirect(_espace(compte))
            formulaire.add_error("code", CODE_FAUX)
    return _page(request, "usagers/second_facteur.html", formulaire, enrolement=enrolement)


def _espace(compte: Any) -> str:
    return reverse("registre:traitements") if compte.genre == "dpd" else reverse("dossiers:accueil")


def _enrolement(appareil: TOTPDevice, compte: Any) -> dict[str, str]:
    """The QR code, drawn here as inline SVG, and the same key to type by hand."""
    adresse = appareil.config_url
    dessin = segno.make(adresse, error="m").svg_inline(scale=5, border=2, omitsize=True, svgclass=None, lineclass=None)
    cle = adresse.split("secret=")[1].split("&")[0]
    groupes = " ".join(cle[i : i + 4] for i in range(0, len(cle), 4))
    return {"dessin": mark_safe(dessin), "cle": groupes, "compte": compte.identifiant}  # noqa: S308 - drawn by segno


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre("authentification")
def mot_de_passe(request: HttpRequest) -> HttpResponse:
    """Change of password: asked for at the first login, free afterwards, urgent after « ce n'était pas moi »."""
    compte: Any = request.user
    if not compte.is_authenticated:
        return redirect("usagers:connexion")
    if compte.suspendu_le is not None:
        return redirect("usagers:compte")  # which says why: whoever holds the session changes nothing meanwhile
    formulaire = FormulaireMotDePasse(request.POST or None, compte=compte)
    if request.method == "POST" and formulaire.is_valid():
        _changer_le_mot_de_passe(request, compte, formulaire.cleaned_data["nouveau"])
        messages.success(request, "Votre mot de passe est changé. Toute autre connexion ouverte est coupée.")
        return redirect("usagers:compte" if compte.genre == "allocataire" else "usagers:second_facteur")
    return _page(request, "usagers/mot_de_passe.html", formulaire, force=compte.mot_de_passe_a_changer)


def _changer_le_mot_de_passe(request: HttpRequest, compte: Any, nouveau: str) -> None:
    exige, compte.mot_de_passe_a_changer = compte.mot_de_passe_a_changer, False
    compte.set_password(nouveau)
    with traitement("authentification", acteur=acteur_de(request), motif="Changement de mot de passe"):
        compte.save(update_fields=["password", "mot_de_passe_a_changer"])
        update_session_auth_hash(request, compte)  # every other session of this account is now dead
        if compte.est_allocataire:
            ici = request.session.get(connexions.CLE_SESSION)
            connexions.fermer_les_autres(compte.pk, ici, FinConnexion.MOT_DE_PASSE)
            if exige:
                acces.noter_le_changement(compte)


@never_cache
@require_POST
@ouvre("authentification")
def pas_moi(request: HttpRequest) -> HttpResponse:
    """« Ce n'était pas moi »: every other session closes at once, and this one first changes the password."""
    compte: Any = request.user
    if not compte.is_authenticated:
        return redirect("usagers:connexion")
    with traitement("authentification", acteur=acteur_de(request), motif="Connexion signalée comme étrangère"):
        if compte.est_allocataire:
            connexions.fermer_les_autres(compte.pk, request.session.get(connexions.CLE_SESSION), FinConnexion.SIGNALEE)
            acces.signaler(compte)
            if (lien := franceconnect.lien_de(compte.pk)) is not None and lien.ferme_le is None:
                franceconnect.fermer(compte, "signalee")
        else:
            compte.mot_de_passe_a_changer = True
            compte.save(update_fields=["mot_de_passe_a_changer"])
    messages.warning(request, "Changez votre mot de passe maintenant. Toute autre connexion est déjà coupée.")
    return redirect("usagers:mot_de_passe")
