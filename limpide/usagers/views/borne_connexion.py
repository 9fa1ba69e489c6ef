"""Kiosks: installed once, entered by the same number, password and code as the site, left by a button or by itself."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.identite import connexions
from limpide.identite import second_facteur as facteurs
from limpide.identite.comptes import identifiant_saisi
from limpide.identite.models import Compte, FinConnexion, MoyenConnexion
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.vues import acteur_de, ouvre, sans_donnees
from limpide.usagers import verrou
from limpide.usagers.borne import terminaux
from limpide.usagers.formulaires_borne import FormulaireCodeBorne, FormulaireConnexionBorne, FormulaireInstallation
from limpide.usagers.views.code import CODE_FAUX, attente_de, ouvrir
from limpide.usagers.views.connexion import ECHEC, TROP_D_ESSAIS, Entree, attendre_un_code, ouvrir_la_session

CODE_INCONNU = "Ce code n'est pas connu, a déjà servi, ou a plus d'un jour. Demandez-en un autre à l'exploitant."
FERMEE = (
    "Trois essais faux : les bornes sont fermées à ce compte pendant un jour. Le site, lui, reste ouvert : s'y "
    "connecter rouvre aussitôt les bornes. Mot de passe ou code perdu ? Un agent de l'accueil vérifie votre identité "
    "et vous en remet un."
)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre(terminaux.CLE)
def installation(request: Any) -> HttpResponse:
    """The code typed once on the terminal, which receives its token. Eighty bits, a day: tries need no counting."""
    formulaire = FormulaireInstallation(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        with traitement(terminaux.CLE, acteur=SYSTEME, motif="Installer une borne"):
            faite = terminaux.installer(formulaire.cleaned_data["code"])
        if faite is not None:
            reponse = redirect("usagers:borne")
            reponse.set_cookie(
                terminaux.COOKIE, faite[1], max_age=terminaux.COOKIE_DUREE, httponly=True, samesite="Strict",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
            return reponse
        formulaire.add_error("code", CODE_INCONNU)
    return _page(request, "usagers/borne/installation.html", formulaire)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre("authentification", "securite_connexion")
def connexion(request: Any) -> HttpResponse:
    """Number and password; then the code, for who has a second factor."""
    formulaire = FormulaireConnexionBorne(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        identifiant = identifiant_saisi(formulaire.cleaned_data["numero"])
        mot_de_passe = formulaire.cleaned_data["mot_de_passe"]
        erreur = _essayer(request, identifiant, lambda terminal: _reconnu(request, identifiant, mot_de_passe, terminal))
        if erreur is None:
            return redirect("usagers:borne_espace" if request.user.is_authenticated else "usagers:borne_code")
        formulaire.add_error(None, erreur or ECHEC)
    return _page(request, "usagers/borne/connexion.html", formulaire)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre("authentification", "securite_connexion")
def code(request: Any) -> HttpResponse:
    """A code of the application, or a recovery code. No passkey: it would stay in the terminal."""
    attente = attente_de(request, request.borne.pk)
    if attente is None:
        return redirect("usagers:borne_connexion")
    formulaire = FormulaireCodeBorne(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        saisi = formulaire.cleaned_data["code"]
        with traitement("authentification", acteur=acteur_de(request), motif="Second facteur d'un compte") as cours:
            identifiant = Compte.objects.values_list("identifiant", flat=True).get(pk=attente["compte"])
            cours.releve.vider()  # the number was typed a moment ago
        erreur = _essayer(
            request, identifiant,
            lambda terminal: ouvrir(
                request, attente, lambda f: facteurs.verifier(f, saisi) or facteurs.utiliser_un_code(f, saisi), terminal
            ),
        )  # fmt: skip
        if erreur is None:
            return redirect("usagers:borne_espace")
        formulaire.add_error("code", erreur or CODE_FAUX)
    return _page(request, "usagers/borne/code.html", formulaire)


def _essayer(request: Any, identifiant: str, prouve: Callable[[str], bool]) -> str | None:
    """None when proved; else what to say, empty when it is only wrong. Counted apart from the site, by account."""
    compte, terminal = verrou.compte_a_la_borne(identifiant), verrou.empreinte("terminal", str(request.borne.pk))
    visiteur = acteur_de(request)
    with traitement("securite_connexion", acteur=visiteur, motif="Compter les essais à une borne"):
        etat = verrou.verrou_de_la_borne(compte, terminal)
    if etat != verrou.LIBRE:
        return FERMEE if etat == verrou.COMPTE else TROP_D_ESSAIS
    with traitement("authentification", acteur=visiteur, motif="Connexion à un compte, à une borne"):
        reconnu = prouve(terminal)
    with traitement("securite_connexion", acteur=visiteur, motif="Compter les essais à une borne"):
        if reconnu and request.user.is_authenticated:
            verrou.rouvrir_la_borne(identifiant)  # once inside: the password alone forgives no wrong code
        elif not reconnu:
            verrou.noter_echec(compte, terminal)
            etat = verrou.verrou_de_la_borne(compte, terminal)
    if etat == verrou.COMPTE:
        logout(request)
        return FERMEE
    return None if reconnu else ""


def _reconnu(request: Any, identifiant: str, mot_de_passe: str, terminal: str) -> bool:
    """Within `authentification`. The password is always hashed once, whether the account exists or not."""
    compte: Any = authenticate(request, username=identifiant, password=mot_de_passe)
    if compte is None or compte.genre != "allocataire":
        return False
    entree = Entree(MoyenConnexion.MOT_DE_PASSE, "", request.borne.pk, terminaux.appareil(request.borne))
    if not attendre_un_code(request, compte, "", entree):
        ouvrir_la_session(request, compte, terminal, entree)
    return True


@require_safe
@ouvre("authentification")
def fin(request: Any) -> HttpResponse:
    """Ends the session on the server, and asks the terminal to forget. Asked by a link, a script or the page itself."""
    if request.user.is_authenticated and terminaux.CLE_SESSION in request.session:
        numero = request.session.get(connexions.CLE_SESSION)
        with traitement("authentification", acteur=acteur_de(request), motif="Déconnexion d'une borne"):
            connexions.fermer(request.user.pk, numero, FinConnexion.SORTIE)
            logout(request)
    elif request.borne is not None:
        request.session.flush()  # a password was given, the code was awaited
    reponse = render(request, "usagers/borne/fin.html", {"seule": "seule" in request.GET})
    if request.borne is not None:
        reponse["Clear-Site-Data"] = '"cache", "storage"'  # not the cookies: the terminal is still a kiosk
    return reponse


@require_safe
@sans_donnees("Dit seulement que quelqu'un est encore devant la borne")
def encore(request: HttpRequest) -> HttpResponse:
    """Keeps the session alive while somebody types; the threshold has already refused who has none."""
    return HttpResponse("{}", content_type="application/json")


def _page(request: Any, gabarit: str, formulaire: Any) -> HttpResponse:
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, gabarit, {"formulaire": formulaire}, status=statut)
