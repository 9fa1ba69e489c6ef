"""Allocation de rentrée scolaire: one payment a year, for August, by income and by the age of each child.

The amount is before CRDS, as OpenFisca's `ars` is. Any other month answers « HORS_PERIODE », whatever is known of the
household. It is computed where it is asked for and not paid by the month: the files of the Caf hold neither the
certificates of schooling nor the parent designated for a child in shared custody. Reads `bases`; calls no other right.
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
