"""Where an address is: its département, its residence for the law, and the zone of its commune."""

from limpide.dossiers.models import Adresse
from limpide.droits.logement.zones import zone_de

CORSE = ("200", "201")
OUTRE_MER = {
    "971": "guadeloupe", "972": "martinique", "973": "guyane", "974": "la_reunion", "975": "saint_pierre_et_miquelon",
    "976": "mayotte",
}  # fmt: skip
ILES_DU_NORD = {"97133": "saint_barthelemy", "97150": "saint_martin"}
"""Their postal codes begin as Guadeloupe's."""


def departement(code_postal: str) -> str:
    """The department of a postal code, as the Caf are listed."""
    if code_postal.startswith("20"):
        return "2A" if code_postal[:3] in CORSE else "2B"
    return code_postal[:3] if code_postal.startswith(("97", "98")) else code_postal[:2]


def zone_de_l_adresse(adresse: Adresse | None) -> str | None:
    """The zone of the commune (`faits_logement.ZONES`), if the published list names it."""
    return None if adresse is None else zone_de(departement(adresse.code_postal), adresse.commune)


def residence(code_postal: str) -> str:
    return ILES_DU_NORD.get(code_postal) or OUTRE_MER.get(code_postal[:3], "metropole")
