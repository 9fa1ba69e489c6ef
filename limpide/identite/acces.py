"""How this room's rows are said to who asks for their data; and the duplicates found to be the same person.

What would open the account is never written: an answer is printed, sent, kept in a drawer.
"""

from collections.abc import Callable, Mapping
from typing import Any

from limpide.identite.alias import doublons_de
from limpide.identite.models import Compte, EtapeAcces, SecondFacteur

NON_ECRIT = "gardé, jamais écrit dans une réponse : il ouvrirait votre compte"


def _nom(modele: Any, champ: str) -> str:
    return str(modele._meta.get_field(champ).verbose_name)


def lire_compte(compte: Compte) -> Mapping[str, str]:
    """Without the digest of the password."""
    return {_nom(Compte, "password"): NON_ECRIT}


def lire_facteur(facteur: SecondFacteur) -> Mapping[str, str]:
    """Without the secret."""
    return {_nom(SecondFacteur, "cle_chiffre"): NON_ECRIT}


def lire_etape(etape: EtapeAcces) -> Mapping[str, str]:
    """The reason in words; oneself is told apart from somebody of the Caf, who stays unnamed."""
    dite = {_nom(EtapeAcces, "motif"): etape.raison}
    if etape.auteur == f"compte {etape.compte_id}":
        dite[_nom(EtapeAcces, "auteur")] = "vous-même"
    return dite


LECTURES: Mapping[str, Callable[[Any], Mapping[str, str]]] = {
    "identite.Compte": lire_compte,
    "identite.SecondFacteur": lire_facteur,
    "identite.EtapeAcces": lire_etape,
}
AUSSI = doublons_de
"""Other entries of the same person, whose rows are theirs too."""
