"""The engine: a legal rule is a plain function, traced when called from Python, compiled when called from a batch.

`regle` declares a rule with its article and its entry into force; `Droit` gathers the rules of one right; `tracer`
runs a rule and keeps every step; `compilation` turns the same rules into machine code, and is the only file that
knows Numba. Rules see plain records and numbers; they call each other by name in both worlds.
"""

from .arrondi import (
    arrondi_cent_millieme,
    arrondi_centime,
    arrondi_dix_millieme,
    arrondi_euro,
    centaine_superieure,
    centimes,
    tronque_centime,
)
from .calendrier import age_au, age_en_mois_au, annee_mois_jour
from .droit import Droit, Motif
from .regle import REGLES, Regle, RegleInvalide, regle
from .trace import Etape, tracer

__all__ = [
    "REGLES",
    "Droit",
    "Etape",
    "Motif",
    "Regle",
    "RegleInvalide",
    "age_au",
    "age_en_mois_au",
    "annee_mois_jour",
    "arrondi_cent_millieme",
    "arrondi_centime",
    "arrondi_dix_millieme",
    "arrondi_euro",
    "centaine_superieure",
    "centimes",
    "regle",
    "tracer",
    "tronque_centime",
]
