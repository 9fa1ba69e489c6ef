"""The demonstration's accounts: two citizens with a file, one without who may claim, two agents, an officer.

Their passwords are printed by the demonstration: they open fictitious files only, and the second factor of
agents and officer is drawn at random for each data folder.
"""

import base64
import binascii
import datetime as dt
import functools
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from limpide.dossiers import habilitations_rncps
from limpide.dossiers.habilitations_rncps import SEULES
from limpide.dossiers.models import Dossier
from limpide.identite import contacts
from limpide.identite.comptes import identifiant_de_connexion
from limpide.identite.models import Compte, Immatriculation, Personne, PointDeContact
from limpide.identite.nir import Numero, lire_numero
from limpide.identite.services import empreinte_du_numero
from limpide.monde import complet, numeros, temoin
from limpide.monde.chargement import MOTIF, TRAITEMENT, numero_allocataire
from limpide.monde.foyers import FoyerSynthetique
from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle import dossier_donnees

MOT_DE_PASSE = "Limpide-demo-2026"


@dataclass(frozen=True)
class CompteDemo:
    """What the demonstration prints of an account. `secret_otp`: base 32, empty for a citizen."""

    role: str
    identifiant: str
    mot_de_passe: str
    secret_otp: str
    adresse: str


AGENTS = (
    ("agent", "agent.paris", "751", "Agente de la Caf de Paris"),
    ("agent", "agent.nord", "591", "Agent de la Caf du Nord"),
    ("dpd", "dpd", None, "Déléguée à la protection des données"),
)
DEMANDEUSE = ("Tarandel", "Maïwenn", dt.date(1988, 4, 12))
RANG_DE_LA_DEMANDEUSE = 7_000_000
"""Somebody certified, with an account and no file: the one who claims for the first time."""
_ADRESSES = {"agent": "/agent/", "dpd": "/dpd/"}


@functools.lru_cache(maxsize=1)
def _empreinte() -> str:
    """Hash of the demonstration's password, one for all its accounts: a salt each would hide nothing."""
    return make_password(MOT_DE_PASSE)


def creer(mois: dt.date) -> list[CompteDemo]:
    """Create the accounts that don't exist yet and return them all, with what is needed to log in."""
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        presents = set(Compte.objects.values_list("identifiant", flat=True))
        citoyens = [
            compte
            for role, foyer in (("Amina", temoin.foyer(mois)), ("Solange, sous tutelle", complet.foyer(mois)))
            if (compte := _allocataire(role, foyer, presents)) is not None
        ]
        citoyens.append(_demandeuse(presents, mois))
        for genre, identifiant, organisme, nom in AGENTS:
            if identifiant not in presents:
                _creer_agent(genre, identifiant, organisme, nom)
    habiliter([identifiant for _, identifiant, organisme, _ in AGENTS if organisme], SEULES)
    return [*citoyens, *agents()]


def habiliter(identifiants: Collection[str], modes: Collection[str]) -> None:
    """Who of these agents isn't accredited for these modes of the RNCPS is, for a year."""
    habilites = {(h["agent"], h["mode"]) for h in habilitations_rncps.en_cours()}
    dans_un_an = timezone.localdate() + dt.timedelta(days=365)
    for identifiant in identifiants:
        if sans := [mode for mode in modes if (identifiant, mode) not in habilites]:
            habilitations_rncps.habiliter(identifiant, sans, "Décision de la démonstration", dans_un_an)


def _allocataire(role: str, foyer: FoyerSynthetique, presents: set[str]) -> CompteDemo | None:
    """The account of this household's allocataire, created if need be; None if the world doesn't hold her."""
    numero = lire_numero(foyer.membres[0].nir).numero
    dossier = Dossier.objects.filter(organisme_id=foyer.organisme, numero=numero_allocataire(foyer.rang)).first()
    if dossier is None:
        return None
    if identifiant_de_connexion(numero) not in presents:
        Compte.objects.create(
            genre="allocataire",
            identifiant=identifiant_de_connexion(numero),
            password=_empreinte(),
            personne_id=dossier.allocataire_id,
        )
        confirmer(dossier.allocataire_id, "courriel", f"{foyer.membres[0].prenom.lower()}@exemple.test")
    return CompteDemo(f"Allocataire ({role})", numero.en_clair(), MOT_DE_PASSE, "", "/mon-compte/")


def numero_de_la_demandeuse() -> Numero:
    return lire_numero(numeros.nir(DEMANDEUSE[2], RANG_DE_LA_DEMANDEUSE * 8)).numero


def _demandeuse(presents: set[str], jour: dt.date) -> CompteDemo:
    """The account of the one who has no file yet, created if need be with her certified number."""
    nom, prenom, naissance = DEMANDEUSE
    numero = numero_de_la_demandeuse()
    if identifiant_de_connexion(numero) not in presents:
        personne = Personne(
            nom_naissance=nom, prenoms=prenom, date_naissance=naissance, statut_identite="nir_certifie",
            lieu_naissance_code=f"75{numeros.COMMUNE_JAMAIS_ATTRIBUEE}",
        )  # fmt: skip
        Personne.objects.bulk_create([personne])
        ligne = Immatriculation(
            personne=personne, genre="nir", empreinte=empreinte_du_numero(numero), recu_le=jour, certifie_le=jour
        )
        ligne.numero = numero
        Immatriculation.objects.bulk_create([ligne])
        Compte.objects.create(
            genre="allocataire", identifiant=identifiant_de_connexion(numero), password=_empreinte(),
            personne_id=personne.pk,
        )  # fmt: skip
        confirmer(personne.pk, "courriel", "maiwenn@exemple.test")
    return CompteDemo(
        f"{prenom}, sans dossier, qui peut demander le RSA", numero.en_clair(), MOT_DE_PASSE, "", "/demande-rsa/"
    )


def confirmer(personne: int, genre: str, valeur: str) -> None:
    """A point of contact that this person confirmed when the account was opened."""
    lue = contacts.lire(genre, valeur)
    point = PointDeContact(
        personne_id=personne, genre=genre, empreinte=contacts.empreinte(genre, lue), confirme_le=timezone.now()
    )
    point.valeur = lue
    point.save(force_insert=True)


def agents() -> list[CompteDemo]:
    """The accounts that need a second factor."""
    return [
        CompteDemo(nom, identifiant, MOT_DE_PASSE, _secret(identifiant), _ADRESSES[genre])
        for genre, identifiant, _, nom in AGENTS
    ]


def _secret(identifiant: str) -> str:
    """The second factor's key of a demonstration account, base 32, drawn once for this data folder."""
    graine = dossier_donnees.secret(f"otp-demo-{identifiant}")
    return base64.b32encode(graine.encode()[:20]).decode()


def _creer_agent(genre: str, identifiant: str, organisme: str | None, nom: str) -> None:
    compte = Compte.objects.create(
        genre=genre,
        identifiant=identifiant,
        password=_empreinte(),
        organisme_id=organisme,
        nom_affiche=nom,
    )
    cle = binascii.hexlify(base64.b32decode(_secret(identifiant))).decode()
    TOTPDevice.objects.create(user=compte, name="Démonstration", confirmed=True, key=cle)


def code_actuel(compte: CompteDemo) -> str:
    """The six digits that an authenticator would show now; empty for a citizen."""
    if not compte.secret_otp:
        return ""
    return f"{totp(base64.b32decode(compte.secret_otp)):06d}"
