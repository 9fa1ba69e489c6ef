"""Where an address is: its département, and the zone of its commune for the housing benefit."""

from limpide.dossiers.models import Adresse
from limpide.droits.logement.zones import zone_de

CORSE = ("200", "201")


def departement(code_postal: str) -> str:
    """The department of a postal code, as the Caf are listed."""
    if code_postal.startswith("20"):
        return "2A" if code_postal[:3] in CORSE else "2B"
    return code_postal[:3] if code_postal.startswith(("97", "98")) else code_postal[:2]


def zone_de_l_adresse(adresse: Adresse | None) -> str | None:
    """The zone of the commune (`faits_logement.ZONES`), if the published list names it."""
    return None if adresse is None else zone_de(departement(adresse.code_postal), adresse.commune)
