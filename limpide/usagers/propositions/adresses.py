"""Where a right is claimed online: read from the services that are open to the public, so that a new one is offered."""

from limpide.usagers.teleservices import TELESERVICES


def adresse_de_la_demande(droit: str) -> str:
    """The address of the online claim of a right; empty when there is none."""
    ouverts = (t.chemins[0] for t in TELESERVICES if t.cle == f"demande_{droit}" and t.chemins)
    return next(ouverts, "")
