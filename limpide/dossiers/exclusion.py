"""Turns: a batch (liquidation, payment) has a Caf to itself; agents who correct its files share it.

Locks last as long as the transaction: a killed process frees them.
"""

from .lots import interroger

_SEUL = "SELECT pg_try_advisory_xact_lock(hashtextextended('lot:' || %(organisme)s::text, 0))"
_PARTAGE = "SELECT pg_try_advisory_xact_lock_shared(hashtextextended('lot:' || %(organisme)s::text, 0))"


class CaisseOccupee(RuntimeError):
    """Another process works on this Caf; the message (French) says so and to try again."""


def seul(organisme: str) -> None:
    """Have the Caf to oneself until the end of the transaction, or raise `CaisseOccupee`."""
    if not interroger(_SEUL, {"organisme": organisme})[0][0]:
        raise CaisseOccupee(f"La caisse {organisme} est déjà en cours de liquidation ou de paiement.")


def partage(organisme: str) -> None:
    """Work on one file of the Caf while no batch does, or raise `CaisseOccupee`."""
    if not interroger(_PARTAGE, {"organisme": organisme})[0][0]:
        raise CaisseOccupee(
            f"Le calcul mensuel de la caisse {organisme} est en cours : réessayez dans quelques minutes."
        )
