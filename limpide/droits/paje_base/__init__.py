"""Allocation de base of the Paje: from the month after the birth to the month before three years, by income.

Full or partial rate by the income of two years before; one allowance, or one for each child of a multiple birth. The
amount is before CRDS, as OpenFisca's `paje_base` is and as RSA and prime d'activité read it. Reads `bases` and the
ceilings of `cf`, which are the same (L531-3).
"""

from limpide.droits.moteur import Droit
from limpide.droits.paje_base.regles import paje_base, paje_base_crds, paje_base_manque, paje_base_motif

DROIT = Droit(
    code="paje_base",
    libelle="Allocation de base de la Paje",
    ordre=11,
    montant=paje_base,
    motif=paje_base_motif,
    manque=paje_base_manque,
    crds=paje_base_crds,
    article="la",
    possessif="Votre allocation de base de la Paje",
    nourrit="paje_base",
)
