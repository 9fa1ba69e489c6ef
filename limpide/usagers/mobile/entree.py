"""In and out of the application: the login, the renewal of the tokens, the end of the connection."""

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from limpide.identite import connexions, jetons_mobiles
from limpide.identite import second_facteur as facteurs
from limpide.identite.comptes import identifiant_saisi
from limpide.identite.jetons_mobiles import Paire
from limpide.identite.models import Compte, FinConnexion, GenreCompte, SecondFacteur
from limpide.registre.contexte import Acteur, traitement
from limpide.registre.vues import acteur_de
from limpide.usagers import appareils, essais, residence
from limpide.usagers.formulaires import FormulaireConnexion
from limpide.usagers.mobile import CANAL, problemes
from limpide.usagers.mobile.operations import LIBRE, SORTIE, operation
from limpide.usagers.mobile.problemes import Refus

ATTENTE = {"Retry-After": "900"}
ENTREE = f"{CANAL} : connexion à un compte"


@operation(
    chemin="connexion/",
    methode="POST",
    resume="Ouvrir une connexion",
    acces=LIBRE,
    traitements=("authentification", "securite_connexion", residence.COMPTER),
    corps="Identifiants",
    reponse="Jetons",
    statut=201,
    refus=(problemes.NON_RECONNU, problemes.CODE_ATTENDU, problemes.CODE_FAUX, problemes.TROP_D_ESSAIS),
)
@sensitive_variables()
def entrer(request: HttpRequest, corps: dict[str, Any]) -> dict[str, Any]:
    """Number and password, as on the site and behind the same lock; then the code, if the account asks for one."""
    formulaire = FormulaireConnexion(corps)
    if not formulaire.is_valid():
        raise Refus(problemes.SAISIE, champs={nom: " ".join(fautes) for nom, fautes in formulaire.errors.items()})
    visiteur, origine = acteur_de(request), essais.origine_de(request)
    identifiant = identifiant_saisi(formulaire.cleaned_data["numero"])
    if essais.doit_attendre(visiteur, identifiant, origine):
        raise Refus(problemes.TROP_D_ESSAIS, entetes=ATTENTE)
    with traitement("authentification", acteur=visiteur, motif=ENTREE):
        compte: Any = authenticate(
            request, username=identifiant, password=formulaire.cleaned_data["mot_de_passe"]
        )  # fmt: skip
        reconnu = compte is not None and compte.genre == GenreCompte.ALLOCATAIRE
        facteur = facteurs.facteur_de(compte.pk) if reconnu else None
        paire = _ouvrir(request, compte, origine) if reconnu and facteur is None else None
    essais.compter_le_mot_de_passe(visiteur, identifiant, origine, reconnu=reconnu)
    if not reconnu:
        raise Refus(problemes.NON_RECONNU)
    if facteur is not None:
        paire = _avec_le_code(request, visiteur, origine, compte, facteur, corps.get("code") or "")
    request.user = compte
    essais.noter_le_pays(request, compte)
    assert paire is not None
    return _montrer(paire)


def _avec_le_code(
    request: HttpRequest, visiteur: Acteur, origine: str, compte: Compte, facteur: SecondFacteur, saisi: str
) -> Paire:
    """Counted with the codes tried on the site."""
    if not saisi:
        raise Refus(problemes.CODE_ATTENDU)
    if essais.trop_de_codes(visiteur, compte.pk, origine):
        raise Refus(problemes.TROP_D_ESSAIS, entetes=ATTENTE)
    with traitement("authentification", acteur=visiteur, motif=f"{CANAL} : second facteur d'un compte"):
        juste = facteurs.verifier(facteur, "".join(saisi.split())) or facteurs.utiliser_un_code(facteur, saisi)
        paire = _ouvrir(request, compte, origine) if juste else None
    essais.compter_le_code(visiteur, compte.pk, origine, reconnu=paire is not None)
    if paire is None:
        raise Refus(problemes.CODE_FAUX)
    return paire


def _ouvrir(request: HttpRequest, compte: Compte, origine: str) -> Paire:
    appareil = appareils.genre_d_appareil(request.headers.get("User-Agent", ""))
    nom = f"{CANAL}, {appareil}" if appareil else CANAL
    return jetons_mobiles.ouvrir(compte, nom, origine)[1]


def _montrer(paire: Paire) -> dict[str, Any]:
    return {
        "acces": paire.acces,
        "acces_jusqu_au": paire.acces_jusqu_au.isoformat(),
        "renouvellement": paire.renouvellement,
        "renouvellement_jusqu_au": paire.renouvellement_jusqu_au.isoformat(),
    }


@operation(
    chemin="jetons/",
    methode="POST",
    resume="Renouveler les jetons",
    acces=LIBRE,
    traitements=("authentification",),
    corps="Renouvellement",
    reponse="Jetons",
    statut=201,
    refus=(problemes.SANS_JETON, problemes.REJOUE),
)
@sensitive_variables()
def renouveler(request: HttpRequest, corps: dict[str, Any]) -> dict[str, Any]:
    """Both tokens are replaced. One that has served already closes the connection: somebody may hold a copy."""
    motif = f"{CANAL} : renouvellement d'un jeton"
    with traitement("authentification", acteur=acteur_de(request), motif=motif) as cours:
        obtenu = jetons_mobiles.renouveler(corps["renouvellement"])
        cours.releve.vider()  # an account that reads itself consults nobody's file
    if obtenu.paire is None:
        raise Refus(problemes.REJOUE if obtenu.rejoue else problemes.SANS_JETON)
    return _montrer(obtenu.paire)


@operation(
    chemin="deconnexion/",
    methode="POST",
    resume="Fermer cette connexion",
    acces=SORTIE,
    traitements=("authentification",),
    statut=204,
)
def sortir(request: Any) -> None:
    """The tokens of this connection open nothing any more, at once. Always possible, even when the access is closed."""
    with traitement("authentification", acteur=acteur_de(request), motif=f"{CANAL} : déconnexion"):
        connexions.fermer(request.user.pk, request.connexion_mobile.pk, FinConnexion.SORTIE)
