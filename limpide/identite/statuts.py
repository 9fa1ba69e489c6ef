"""The identity's status: one table of transitions (ID-07), nothing else changes it."""

from .erreurs import ErreurSaisie
from .models import Personne, StatutIdentite

DECLARE, NIA, NIR, CERTIFIE, LITIGE = (
    StatutIdentite.DECLARE,
    StatutIdentite.NIA,
    StatutIdentite.NIR_NON_CERTIFIE,
    StatutIdentite.NIR_CERTIFIE,
    StatutIdentite.LITIGE,
)

TRANSITIONS: dict[StatutIdentite, frozenset[StatutIdentite]] = {
    DECLARE: frozenset({NIA, NIR, LITIGE}),
    NIA: frozenset({NIR, LITIGE}),
    NIR: frozenset({CERTIFIE, LITIGE}),
    CERTIFIE: frozenset({NIR, LITIGE}),  # back to uncertified: the number was corrected
    LITIGE: frozenset({DECLARE, NIA, NIR, CERTIFIE}),  # a person settled it
}


def passer(personne: Personne, vers: StatutIdentite) -> None:
    """Move to another status, or refuse; saves."""
    actuel = StatutIdentite(personne.statut_identite)
    if vers == actuel:
        return
    if vers not in TRANSITIONS[actuel]:
        raise ErreurSaisie({"statut_identite": f"L'identité ne passe pas de « {actuel.label} » à « {vers.label} »."})
    personne.statut_identite = vers
    personne.save(update_fields=["statut_identite"])
