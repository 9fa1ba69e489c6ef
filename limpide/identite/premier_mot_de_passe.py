"""The first password that the Caf generates and hands over (MC-048): a new account, a closed one, a password lost.

It is shown once to whoever hands it over, kept nowhere, and opens one page: the one that asks for another.
"""

import secrets

from django.contrib.auth.hashers import make_password
from django.db import transaction

from . import connexions
from .acces_compte import noter
from .comptes import creer_compte_allocataire, identifiant_de_connexion
from .erreurs import ErreurSaisie
from .models import Compte, FinConnexion, GenreEtapeAcces, Immatriculation, Personne
from .nir import Numero

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter nor digit that is read for another: it is copied by hand from a sheet of paper."""
GROUPES, LETTRES = 4, 4
"""Sixteen characters among thirty-one: 79 bits."""


def generer() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTRES)) for _ in range(GROUPES))


def numero_de(personne: int) -> Numero:
    """The number that opens this person's account. Raises ErreurSaisie: without a NIR nobody logs in (MC-048)."""
    actuelle = Immatriculation.objects.filter(personne_id=personne, genre="nir", clos_le=None).first()
    if actuelle is None:
        raise ErreurSaisie(
            {"": "Mon Compte s'ouvre avec un numéro de sécurité sociale, et cette personne n'en a pas encore."}
        )
    numero: Numero = actuelle.numero
    return numero


@transaction.atomic
def donner(personne: int) -> tuple[str, str]:
    """(the password, the reason of the step): for who has no account, had a closed one, or lost the password.

    Every connection is closed. Raises ErreurSaisie without a NIR, or for a suspended access, which is lifted first.
    """
    numero, mot_de_passe = numero_de(personne), generer()
    compte = Compte.objects.select_for_update(of=("self",)).filter(personne_id=personne).first()
    if compte is None:
        compte, motif = creer_compte_allocataire(Personne(pk=personne), numero, mot_de_passe), "ouverture"
    elif not compte.is_active and compte.ferme_le is None:
        raise ErreurSaisie({"": "Ce compte est celui d'un doublon réuni à une autre personne."})
    elif compte.suspendu_le is not None:
        raise ErreurSaisie({"": "L'accès est suspendu : levez la suspension avant de donner un mot de passe."})
    else:
        motif = "perdu" if compte.ferme_le is None else "retour"
        connexions.fermer_les_autres(compte.pk, None, FinConnexion.MOT_DE_PASSE)
        Compte.objects.filter(pk=compte.pk).update(
            ferme_le=None, is_active=True, identifiant=identifiant_de_connexion(numero),
            password=make_password(mot_de_passe), mot_de_passe_a_changer=True,
        )  # fmt: skip
    noter(compte, GenreEtapeAcces.REMISE, motif)
    return mot_de_passe, motif
