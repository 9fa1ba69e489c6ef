"""The code asked of a citizen who added a second factor, once the password is right and before any session opens."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.identite import cles_acces as cles
from limpide.identite import second_facteur as facteurs
from limpide.identite.models import Compte, GenreCompte, MoyenConnexion, SecondFacteur
from limpide.registre.contexte import traitement
from limpide.registre.vues import acteur_de, ouvre
from limpide.usagers import defis, essais, residence
from limpide.usagers.formulaires_facteur import FormulaireCodeOuSecours
from limpide.usagers.views.connexion import CLE_ATTENTE, TROP_D_ESSAIS, Entree, ouvrir_la_session, premier_ecran

CODE_FAUX = "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant et recommencez."


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre("authentification", "securite_connexion", residence.COMPTER)
def code(request: Any) -> HttpResponse:
    """The code, for who typed the right password a few minutes ago; anybody else is sent back to the password."""
    attente = attente_de(request, borne=None)
    if attente is None:
        return redirect("usagers:connexion")
    par_cle = request.POST.get("reponse")
    formulaire = FormulaireCodeOuSecours(None if par_cle else request.POST or None)
    erreur: str | None = ""
    if par_cle:
        site, defi = defis.site_de(request), defis.reprendre(request)
        erreur = _entrer(request, attente, lambda f: defi is not None and cles.verifier(f, site, defi, par_cle))
    elif request.method == "POST" and formulaire.is_valid():
        saisi = formulaire.cleaned_data["code"]
        erreur = _entrer(request, attente, lambda f: facteurs.verifier(f, saisi) or facteurs.utiliser_un_code(f, saisi))
        if erreur:
            formulaire.add_error("code", erreur)
    if erreur is None:
        return premier_ecran(request, attente["suite"])
    refusee = (erreur if erreur == TROP_D_ESSAIS else cles.REFUSEE) if par_cle else ""
    contexte = {"formulaire": formulaire, "options": _options(request, attente), "refusee": refusee}
    return render(request, "usagers/code.html", contexte, status=422 if refusee or formulaire.errors else 200)


def attente_de(request: Any, borne: int | None) -> dict[str, Any] | None:
    """Who typed the right password a few minutes ago, on the site (None) or at that kiosk; None if nobody did."""
    attente: dict[str, Any] | None = request.session.get(CLE_ATTENTE)
    if attente is None or attente["jusqu_au"] < timezone.now().timestamp() or attente["borne"] != borne:
        request.session.pop(CLE_ATTENTE, None)
        return None
    return attente


def _options(request: HttpRequest, attente: dict[str, Any]) -> str:
    """What to ask of the browser of who has passkeys; empty otherwise."""
    if (site := defis.site_de(request)).hote == "":
        return ""
    with traitement("authentification", acteur=acteur_de(request), motif="Clé d'accès d'un compte"):
        facteur = facteurs.facteur_de(attente["compte"])
        demande = None if facteur is None else cles.demander_une_preuve(facteur, site)
    if demande is None:
        return ""
    defis.garder(request, demande.defi)
    return demande.options


def _entrer(request: HttpRequest, attente: dict[str, Any], prouve: Callable[[SecondFacteur], bool]) -> str | None:
    """None once the session is open, else the sentence to show. Counted apart from passwords, in the same way."""
    adresse, visiteur = essais.origine_de(request), acteur_de(request)
    if essais.trop_de_codes(visiteur, attente["compte"], adresse):
        return TROP_D_ESSAIS
    with traitement("authentification", acteur=visiteur, motif="Second facteur d'un compte"):
        reconnu = ouvrir(request, attente, prouve, adresse)
    essais.compter_le_code(visiteur, attente["compte"], adresse, reconnu=reconnu)
    return None if reconnu else CODE_FAUX


def ouvrir(
    request: HttpRequest, attente: dict[str, Any], prouve: Callable[[SecondFacteur], bool], adresse: str
) -> bool:
    """Within `authentification`. Whether the session is open: same account, same password, and the proof."""
    compte = Compte.objects.filter(pk=attente["compte"], genre=GenreCompte.ALLOCATAIRE, is_active=True).first()
    facteur = facteurs.facteur_de(attente["compte"])
    if compte is None or facteur is None:
        return False
    if not constant_time_compare(compte.get_session_auth_hash(), attente["mot_de_passe"]):
        return False
    if not prouve(facteur):
        return False
    del request.session[CLE_ATTENTE]
    entree = Entree(MoyenConnexion(attente["moyen"]), attente["jeton"], attente["borne"], attente["appareil"])
    ouvrir_la_session(request, compte, adresse, entree)
    return True
