"""Allocation de rentrée scolaire: one payment a year, for August, by income and by the age of each child.

The amount is before CRDS, as OpenFisca's `ars` is. Any other month answers « HORS_PERIODE », whatever is known of the
household. The certificates of schooling and the parent designated for a child in shared custody are facts of the
child. Reads `bases`; calls no other right.
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
    article="la",
    possessif="Votre allocation de rentrée scolaire",
    annuel=True,
)
