"""Allocation de rentrée scolaire: once a year, for August, by child of six to eighteen at school, under a ceiling.

The amount is before CRDS. It is computed where it is asked for and not paid by the month yet: the files of the Caf do
not hold the declaration of schooling of children past sixteen. Reads `bases`; calls no other right, and no right
counts it (CASF R262-11, CSS R844-5).
"""

from limpide.droits.ars.regles import ars, ars_crds, ars_manque, ars_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="ars",
    libelle="Allocation de rentrée scolaire",
    ordre=14,
    montant=ars,
    motif=ars_motif,
    manque=ars_manque,
    crds=ars_crds,
    possessif="Votre allocation de rentrée scolaire",
    liquide=False,
)
