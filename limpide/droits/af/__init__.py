"""Allocations familiales: two children or more (one overseas), by income bracket, with age increases.

The amount is before CRDS, as OpenFisca's `af` is and as RSA and prime d'activité read it; what is paid is the
amount less `crds` (0.5 %), which the explanation shows as its own step. Reads `bases`; calls no other right.
"""

from limpide.droits.af.regles import af, af_crds, af_manque, af_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="af",
    libelle="Allocations familiales",
    ordre=10,
    montant=af,
    motif=af_motif,
    manque=af_manque,
    crds=af_crds,
    article="les",
    possessif="Vos allocations familiales",
    frequent=True,
)
