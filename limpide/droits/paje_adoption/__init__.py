"""Prime à l'adoption of the Paje: one sum for each adopted child, for the month of its arrival, by income.

The family is looked at on the first day of the month of the arrival (R531-1), at any age under the limit of the family
benefits. The amount is before CRDS. Reads `bases`, the ceilings of `paje_base` and the
conditions of `paje_naissance`.
"""

from limpide.droits.moteur import Droit
from limpide.droits.paje_adoption.regles import (
    paje_adoption,
    paje_adoption_crds,
    paje_adoption_manque,
    paje_adoption_motif,
)

DROIT = Droit(
    code="paje_adoption",
    libelle="Prime à l'adoption",
    ordre=16,
    montant=paje_adoption,
    motif=paje_adoption_motif,
    manque=paje_adoption_manque,
    crds=paje_adoption_crds,
    article="la",
    possessif="Votre prime à l'adoption",
    unique=True,
)
