"""Statutory rounding, the same to the last bit in Python and compiled.

Binary floats cannot hold most amounts in cents (1.005 is slightly less than 1.005): an amount within a
ten-thousandth of a cent of a half is a half. Amounts of this law stay far below the 10^10 where that would lie.
"""

import math

from .primitive import primitive

EPSILON_CENTIME = 1e-4


@primitive
def arrondi_centime(montant: float) -> float:
    """Nearest cent, halves upwards. Unknown (NaN) stays unknown."""
    if math.isnan(montant):
        return montant
    return math.floor(montant * 100.0 + 0.5 + EPSILON_CENTIME) / 100.0


@primitive
def tronque_centime(montant: float) -> float:
    """Whole cents below. Unknown (NaN) stays unknown."""
    if math.isnan(montant):
        return montant
    return math.floor(montant * 100.0 + EPSILON_CENTIME) / 100.0


@primitive
def arrondi_euro(montant: float) -> float:
    """Nearest euro, halves upwards. Unknown (NaN) stays unknown."""
    if math.isnan(montant):
        return montant
    return math.floor(montant + 0.5 + EPSILON_CENTIME / 100.0) / 1.0


@primitive
def centaine_superieure(montant: float) -> float:
    """Whole hundreds of euros, upwards; exact hundreds stay. Unknown (NaN) stays unknown."""
    if math.isnan(montant):
        return montant
    return math.ceil(montant / 100.0 - EPSILON_CENTIME / 100.0) * 100.0


@primitive
def arrondi_dix_millieme(taux: float) -> float:
    """Nearest ten-thousandth, halves upwards: a rate in percent with two decimals."""
    return math.floor(taux * 10000.0 + 0.5 + EPSILON_CENTIME) / 10000.0


@primitive
def arrondi_cent_millieme(taux: float) -> float:
    """Nearest hundred-thousandth, halves upwards: a rate in percent with three decimals."""
    return math.floor(taux * 100000.0 + 0.5 + EPSILON_CENTIME) / 100000.0


@primitive
def centimes(montant: float) -> int:
    """The amount in whole cents, halves upwards; 0 when unknown (the reason then says so)."""
    if math.isnan(montant):
        return 0
    return math.floor(montant * 100.0 + 0.5 + EPSILON_CENTIME)
