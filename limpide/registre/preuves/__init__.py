"""What Limpide says it does, and whether it was seen to: the 48 systems of the public page, the 30 checks.

A claim holds by its tests: those marked `@pytest.mark.preuve(...)` leave their last result in a file
(`resultats`), the list of checks is data (`controles.toml`), the systems are those of the register. `bilan`
puts the three together; `limpide preuves` prints it. Nothing here runs a test.
"""

from .bilan import Bilan, Etat, Ligne, dresser
from .controles import Controle, controles
from .resultats import Essai, Resultats, ecrire, empreinte_du_code, lire

__all__ = [
    "Bilan",
    "Controle",
    "Essai",
    "Etat",
    "Ligne",
    "Resultats",
    "controles",
    "dresser",
    "ecrire",
    "empreinte_du_code",
    "lire",
]
