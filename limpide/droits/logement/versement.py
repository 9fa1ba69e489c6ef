"""From the reckoned aid to what is paid: lump sum taken off, least net expense, whole euros after CRDS."""

import math
from typing import Any

from limpide.droits.logement import phrases
from limpide.droits.moteur import arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive


@primitive
def net_entier(aide: float, b: Any) -> float:
    """Euros paid: the aid less its CRDS, down to a whole number."""
    return float(math.floor(arrondi_centime(aide - tronque_centime(aide * b[6].crds_taux))))


@primitive
def arrondie_apres_crds(aide: float, b: Any) -> float:
    """Euros before CRDS, such that what is paid after it is a whole number of euros."""
    net = net_entier(aide, b)
    return arrondi_centime(net + tronque_centime(aide * b[6].crds_taux)) if net > 0.0 else 0.0


@regle(
    "CCH D823-16",
    "Arrêté du 27 septembre 2019, article 11",
    depuis="2019-09-01",
    libelle="Minoration et arrondi",
    phrase=phrases.dire_arrondi,
    phrase_nulle="Après la minoration et l'arrondi, il ne reste rien à verser.",
)
def aide_minoree(aide: float, b: Any) -> float:
    """Euros before CRDS: five less, then such that what is paid after CRDS is a whole number of euros."""
    reste = aide - b[6].al_minoration
    return arrondie_apres_crds(reste, b) if reste > 0.0 else 0.0


@regle(
    "CCH D832-10",
    "CCH D832-17",
    "CCH D832-24",
    "CCH D832-27",
    "CCH D842-6",
    "CCH D842-11",
    "CCH D842-15",
    "CCH D842-17",
    "Arrêté du 27 septembre 2019, articles 20, 28, 35 et 41",
    depuis="2019-09-01",
    libelle="Minoration et dépense nette minimale",
    phrase=phrases.dire_depense,
    phrase_nulle="Après la minoration et la dépense nette minimale, il ne reste pas d'aide.",
)
def aide_apres_depense(aide: float, depense: float, minimum: float, b: Any) -> float:
    """Euros: five less, then what keeps the expense left (`depense` less the aid) from falling under `minimum`."""
    reste = aide - b[6].al_minoration
    if reste <= 0.0:
        return 0.0
    nette = depense - reste
    if nette < minimum:
        reste -= minimum - nette
    return arrondi_centime(reste) if reste > 0.0 else 0.0


@regle(
    "CCH D832-10",
    "CCH D832-24",
    "CCH D842-6",
    "CCH D842-15",
    depuis="2019-09-01",
    libelle="Arrondi",
    phrase=phrases.dire_arrondi_seul,
    phrase_nulle="",
)
def aide_arrondie(aide: float, b: Any) -> float:
    """Euros before CRDS, such that what is paid after CRDS is a whole number of euros."""
    return arrondie_apres_crds(aide, b) if aide > 0.0 else 0.0
