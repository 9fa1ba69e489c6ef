"""Where a right is claimed online: read from the services that are open to the public, so that a new one is offered."""

from limpide.usagers.demande.aides import PAR_DROIT
from limpide.usagers.teleservices import TELESERVICES


def adresse_de_la_demande(droit: str) -> str:
    """The address of the online claim of a right; empty when there is none."""
    aide = PAR_DROIT.get(droit)
    ouverts = (t.chemins[0] for t in TELESERVICES if aide and t.cle == aide.traitement and t.chemins)
    return next(ouverts, "")
