"""Attempts at a password or a code, counted in the same way whatever the channel: the site, the mobile application."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from limpide.identite import connexions
from limpide.registre.contexte import Acteur, traitement
from limpide.registre.vues import acteur_de
from limpide.usagers import residence, verrou

MOTIF_MOT_DE_PASSE, MOTIF_CODE = "Compter les essais de connexion", "Compter les essais de code"


def origine_de(request: HttpRequest) -> str:
    """Keyed digest of the network address of this request."""
    return verrou.empreinte("adresse", request.META.get("REMOTE_ADDR", ""))


def doit_attendre(visiteur: Acteur, identifiant: str, adresse: str) -> bool:
    """Many failures on one account don't close the door where its holder has already come in from."""
    with traitement("securite_connexion", acteur=visiteur, motif=MOTIF_MOT_DE_PASSE):
        verrouille = verrou.verrou_de(verrou.empreinte("compte", identifiant), adresse)
    if verrouille != verrou.COMPTE:
        return verrouille == verrou.FERME
    with traitement("authentification", acteur=visiteur, motif="Reconnaître un réseau déjà venu") as cours:
        connu = connexions.deja_venu(identifiant, adresse)
        cours.releve.vider()  # a yes or a no, nobody is looked at
    return not connu


def compter_le_mot_de_passe(visiteur: Acteur, identifiant: str, adresse: str, *, reconnu: bool) -> None:
    _compter(visiteur, verrou.empreinte("compte", identifiant), adresse, MOTIF_MOT_DE_PASSE, reconnu=reconnu)


def trop_de_codes(visiteur: Acteur, compte: int, adresse: str) -> bool:
    with traitement("securite_connexion", acteur=visiteur, motif=MOTIF_CODE):
        return verrou.est_verrouille(verrou.empreinte("code", str(compte)), adresse)


def compter_le_code(visiteur: Acteur, compte: int, adresse: str, *, reconnu: bool) -> None:
    """Counted apart from passwords, in the same way."""
    _compter(visiteur, verrou.empreinte("code", str(compte)), adresse, MOTIF_CODE, reconnu=reconnu)


def _compter(visiteur: Acteur, cle: str, adresse: str, motif: str, *, reconnu: bool) -> None:
    with traitement("securite_connexion", acteur=visiteur, motif=motif):
        if reconnu:
            verrou.oublier(cle, adresse)
        else:
            verrou.noter_echec(cle, adresse)


def rouvrir_les_bornes(acteur: Acteur, identifiant: str) -> None:
    """Who came in whole by the site opens the kiosks again, which three failures had closed to them."""
    with traitement("securite_connexion", acteur=acteur, motif="Rouvrir les bornes à ce compte"):
        verrou.rouvrir_la_borne(identifiant)


def noter_le_pays(request: HttpRequest, compte: Any) -> None:
    """The country of this login, for the holder of the account alone; nothing is opened when nothing is announced."""
    pays = residence.pays_annonce(request.headers)
    if pays and compte.is_authenticated and compte.est_allocataire:
        motif, moi = "Pays de votre connexion", compte.personne_id
        with traitement(residence.COMPTER, acteur=acteur_de(request), motif=motif, personne=moi):
            residence.compter(moi, pays, timezone.now())
