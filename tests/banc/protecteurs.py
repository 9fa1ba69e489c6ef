"""Odile protects Amina: asked on the public page, admitted then opened by an agent, each through the real pages."""

import base64
import datetime as dt
import itertools
import re
from typing import Any

from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from limpide.dossiers.models import Dossier
from limpide.identite.comptes import creer_compte_agent
from limpide.identite.models import AccesProtecteur, Compte, DemandeProtecteur, MesureProtection, Organisme
from limpide.monde import numeros
from limpide.monde.comptes import numero_allocataire
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc import ecrans

PAGE, DOSSIERS = "/connexion/compte-tuteur/", "/mon-compte/dossiers/"
AGIR, QUITTER = "/mon-compte/dossiers/agir/", "/mon-compte/dossiers/quitter/"
NAISSANCE = dt.date(1961, 4, 7)
NIR = numeros.nir(NAISSANCE, 88_000_001)
SECRET = "une phrase choisie par Odile"
NOM = "Vermandel"
ADRESSES = itertools.count()
"""One network for each request: the page limits what one address sends."""
TOUS = ("donnees", "consultation", "declarations")


def saisie(**autres: str) -> dict[str, str]:
    return {
        "qui": "personne", "nom_naissance": NOM, "prenoms": "Odile", "date_naissance": "07/04/1961", "nir": NIR,
        "organisme": "751", "numero": numero_allocataire(0), "mot_de_passe": SECRET, "confirmation": SECRET, **autres,
    }  # fmt: skip


def demander(**autres: str) -> Any:
    """The public form, as anybody fills it."""
    adresse = f"198.51.{next(ADRESSES) % 250}.{next(ADRESSES) % 250}"
    return ecrans.visiteur().post(PAGE, saisie(**autres), REMOTE_ADDR=adresse)


PROTEGE = {
    "protege_nom_naissance": "Quellerin", "protege_prenoms": "Rose", "protege_date_naissance": "12/05/1948",
    "protege_nir": numeros.nir(dt.date(1948, 5, 12), 88_000_003),
}  # fmt: skip
"""Rose, whom Odile protects, never had a file."""


def demander_sans_numero(**autres: str) -> Any:
    """The public form for somebody who has no file."""
    return demander(**{"numero": "", "sans_numero": "1", **PROTEGE, **autres})


def page_sans_numero() -> str:
    return f"/agent/protecteurs/demandes/{derniere(DemandeProtecteur).pk}/"


def admettre_sans_numero(agent: Client) -> Any:
    """The agent saw Odile's passport, and Rose's name in the judgement."""
    donnees = {"acte": "admettre", "piece": "Passeport", "piece_du_protege": "Décision du juge"}
    return enregistrer(agent, page_sans_numero(), donnees)


def ouvrir_sans_dossier(agent: Client, **mesure: Any) -> Dossier:
    """The file prepared for Rose, opened to Odile by the judgement that the agent recorded."""
    admettre_sans_numero(agent)
    acces = derniere(AccesProtecteur)
    dossier: Dossier = Dossier.objects.using("proprietaire").get(pk=acces.dossier_id)
    ecrans.ouvrir(agent, dossier.pk)
    ouvrir(agent, dossier.pk, acces, proteger(agent, dossier.pk, dossier.allocataire_id, **mesure))
    return dossier


def installer_sans_dossier(presents: Any, **mesure: Any) -> tuple[Client, Client, Dossier]:
    """(the agent, Odile acting for Rose, the file prepared for Rose)."""
    agent = ecrans.agent(presents)
    assert demander_sans_numero().status_code == 302
    dossier = ouvrir_sans_dossier(agent, **mesure)
    return agent, agir(entrer()), dossier


def derniere(modele: Any, **filtres: Any) -> Any:
    return (
        modele.objects.using("proprietaire")
        .filter(**filtres)
        .latest("pk" if modele is not DemandeProtecteur else "deposee_le")
    )


def enregistrer(client: Client, chemin: str, donnees: dict[str, Any]) -> Any:
    reponse = client.post(chemin, donnees)
    assert reponse.status_code == 302, f"{chemin} : {reponse.status_code}\n{reponse.content.decode()[-5000:]}"
    return reponse


def proteger(agent: Client, dossier: int, personne: int, **autres: Any) -> MesureProtection:
    """The agent records the judgement that gives Amina a guardian."""
    jugement = {
        "membre": str(personne), "genre": "tutelle", "protecteur_genre": "personne",
        "protecteur_nom": "Odile Vermandel", "tribunal": "Tribunal judiciaire de Paris",
        "jugement_le": "03/03/2025", "debut": "03/03/2025", "fin": "02/03/2030", "pouvoirs": list(TOUS), **autres,
    }  # fmt: skip
    enregistrer(agent, f"/agent/dossier/{dossier}/protection/", jugement)
    return derniere(MesureProtection, personne_id=personne)


def admettre(agent: Client, dossier: int) -> AccesProtecteur:
    """The agent saw Odile's passport: her account opens, the access waits."""
    demande = derniere(DemandeProtecteur, etat="deposee")
    donnees = {"acte": "admettre", "demande": str(demande.pk), "piece": "Passeport"}
    enregistrer(agent, f"/agent/dossier/{dossier}/protecteurs/", donnees)
    return derniere(AccesProtecteur, dossier_id=dossier)


def ouvrir(agent: Client, dossier: int, acces: AccesProtecteur, mesure: MesureProtection) -> None:
    donnees = {"acte": "ouvrir", "acces": str(acces.pk), "mesure": str(mesure.pk), "lue": "on"}
    enregistrer(agent, f"/agent/dossier/{dossier}/protecteurs/", donnees)


def compte_d_odile() -> Compte:
    return derniere(Compte, personne__nom_naissance=NOM)


def entrer() -> Client:
    """Odile enters with her own number and password; terms accepted, address confirmed."""
    ecrans.accepter_les_conditions()
    ecrans.donner_des_contacts()
    client = ecrans.visiteur()
    assert ecrans.entrer(client, NIR, SECRET).status_code == 302
    return client


def installer(presents: Any, **mesure: Any) -> tuple[Client, Client]:
    """(the agent, Odile logged in), Amina's file open to her."""
    dossier, personne = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier)
    jugement = proteger(agent, dossier, personne, **mesure)
    assert demander().status_code == 302
    ouvrir(agent, dossier, admettre(agent, dossier), jugement)
    return agent, entrer()


def agir(odile: Client) -> Client:
    """Odile opens the only file that her page offers."""
    page = odile.get(DOSSIERS).content.decode()
    acces = re.findall(r'name="acces" value="(\d+)"', page)
    assert len(acces) == 1, page
    enregistrer(odile, AGIR, {"acces": acces[0]})
    return odile


def seconde_agente() -> Client:
    """Another agent of the Caf of Paris, second factor passed."""
    cle = base64.b32encode(b"une autre agente !!!").decode()
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        compte = creer_compte_agent("agente.seconde", Organisme(pk="751"), "Seconde agente", ecrans.MOT_DE_PASSE)
        TOTPDevice.objects.create(user=compte, name="Essai", confirmed=True, key=base64.b32decode(cle).hex())
    client = ecrans.visiteur()
    enregistrer(client, "/agent/connexion/", {"identifiant": "agente.seconde", "mot_de_passe": ecrans.MOT_DE_PASSE})
    enregistrer(client, "/agent/second-facteur/", {"code": f"{totp(base64.b32decode(cle)):06d}"})
    return client
