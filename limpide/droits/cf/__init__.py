"""Complément familial: three children of three or more (overseas: the youngest between three and five), by income.

The amount is before CRDS, as OpenFisca's `cf` is and as RSA and prime d'activité read it. Reads `bases`; calls no
other right: the allocation de base and the PreParE received are facts, which `ensemble` puts in their place.
"""

from limpide.droits.cf.regles import cf, cf_crds, cf_manque, cf_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="cf",
    libelle="Complément familial",
    ordre=12,
    montant=cf,
    motif=cf_motif,
    manque=cf_manque,
    crds=cf_crds,
    possessif="Votre complément familial",
    nourrit="cf",
)
