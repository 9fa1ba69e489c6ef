"""Allocation de soutien familial: for each child without the support of a parent, whatever the income.

The reason why the other parent does not support the child is a dated fact (`soutien_autre_parent`); the pension that
does come is told on the child it is paid for (`pensions_alimentaires_percues`). The amount is before CRDS. It is
liquidated before RSA and prime d'activité, in which it counts (`bases.revenus.soutien_familial_retenu`).
The controls of the other parent are not done here. Reads `bases`; calls no other right.
"""

from limpide.droits.asf.regles import asf, asf_crds, asf_manque, asf_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="asf",
    libelle="Allocation de soutien familial",
    ordre=13,
    montant=asf,
    motif=asf_motif,
    manque=asf_manque,
    crds=asf_crds,
    article="la",
    possessif="Votre allocation de soutien familial",
    nourrit="asf",
)
