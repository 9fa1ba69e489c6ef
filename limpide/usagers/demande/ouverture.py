"""Which claims are open to the public today: each is an online service with its own accreditation."""

from limpide.registre.homologations import etat_de
from limpide.registre.teleservice import teleservices
from limpide.usagers.demande.aides import AIDES, Aide


def ouvertes() -> list[Aide]:
    """Those whose online service may answer: the others are neither shown as open nor claimed with another."""
    services = teleservices()
    return [aide for aide in AIDES if etat_de(services[aide.traitement]).ouvert]
