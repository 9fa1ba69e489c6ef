"""Prime à la naissance of the Paje: one sum for each child expected, after the fifth month of pregnancy, by income.

Due for the month on whose first day the family is looked at (R531-1): the one that follows the fifth month. Any other
month of the pregnancy answers « HORS_PERIODE ». The amount is before CRDS. Reads
`bases` and the ceilings of `paje_base`.
"""

from limpide.droits.moteur import Droit
from limpide.droits.paje_naissance.regles import (
    paje_naissance,
    paje_naissance_crds,
    paje_naissance_manque,
    paje_naissance_motif,
)

DROIT = Droit(
    code="paje_naissance",
    libelle="Prime à la naissance",
    ordre=15,
    montant=paje_naissance,
    motif=paje_naissance_motif,
    manque=paje_naissance_manque,
    crds=paje_naissance_crds,
    article="la",
    possessif="Votre prime à la naissance",
    unique=True,
)
