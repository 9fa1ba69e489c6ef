"""Login accounts: citizens by the blind index of their NIR, agents and officers by a plain identifier."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from . import chiffrement
from .erreurs import ErreurSaisie, refus_en_francais
from .models import Compte, GenreCompte, Organisme, Personne
from .nir import Numero, NumeroInvalide, lire_numero

CHAMPS = {
    "compte_identifiant_unique": "identifiant",
    "compte_coherent_avec_son_genre": "identifiant",
    "un_seul_compte_par_personne": "personne",
}


def identifiant_de_connexion(numero: Numero) -> str:
    """What a citizen's account is found by: 64 hexadecimal digits that tell nothing without the key."""
    return chiffrement.empreinte(numero.en_clair(), "connexion").hex()


def identifiant_saisi(saisie: str) -> str:
    """Identifier of the account that the login form asks for: a NIR becomes its blind index, the rest stays.

    Never fails: what cannot be a NIR designates no citizen's account.
    """
    try:
        return identifiant_de_connexion(lire_numero(saisie).numero)
    except NumeroInvalide:
        return saisie.strip().lower()


@transaction.atomic
def creer_compte_allocataire(personne: Personne, numero: Numero, mot_de_passe: str) -> Compte:
    """Account of a citizen, whose first password must be changed (MC-048)."""
    return _creer(
        Compte(
            genre=GenreCompte.ALLOCATAIRE,
            identifiant=identifiant_de_connexion(numero),
            personne=personne,
            mot_de_passe_a_changer=True,
        ),
        mot_de_passe,
    )


def creer_compte_protecteur(personne: Personne, numero: Numero, secret: str) -> Compte:
    """Account of a protector, with the digest of the password that they chose themselves (MC-050)."""
    if not secret:
        raise ErreurSaisie({"mot_de_passe": "Le mot de passe est nécessaire."})
    compte = Compte(
        genre=GenreCompte.ALLOCATAIRE, identifiant=identifiant_de_connexion(numero), personne=personne, password=secret
    )
    with refus_en_francais(CHAMPS), transaction.atomic():
        compte.save(force_insert=True)
    return compte


def suivre_le_numero(personne: Personne, numero: Numero) -> None:
    """The account of somebody whose number changes opens with the new one (ID-09)."""
    Compte.objects.filter(personne_id=personne.pk).update(identifiant=identifiant_de_connexion(numero))


@transaction.atomic
def creer_compte_agent(identifiant: str, organisme: Organisme, nom_affiche: str, mot_de_passe: str) -> Compte:
    compte = Compte(genre=GenreCompte.AGENT, identifiant=identifiant, organisme=organisme, nom_affiche=nom_affiche)
    return _creer(compte, mot_de_passe)


@transaction.atomic
def creer_compte_dpd(identifiant: str, nom_affiche: str, mot_de_passe: str) -> Compte:
    return _creer(Compte(genre=GenreCompte.DPD, identifiant=identifiant, nom_affiche=nom_affiche), mot_de_passe)


def _creer(compte: Compte, mot_de_passe: str) -> Compte:
    if not mot_de_passe:
        raise ErreurSaisie({"mot_de_passe": "Le mot de passe est nécessaire."})
    compte.password = make_password(mot_de_passe)
    with refus_en_francais(CHAMPS), transaction.atomic():
        compte.save(force_insert=True)
    return compte
