"""Allocation de logement sociale: whoever has neither the APL nor the family allowance.

Before CRDS; OpenFisca's `als` is after it. The law is in `logement`; here is its threshold.
"""

from limpide.droits.als.regles import als, als_crds, als_manque, als_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="als",
    libelle="Allocation de logement sociale",
    ordre=18,
    montant=als,
    motif=als_motif,
    manque=als_manque,
    crds=als_crds,
    article="l'",
    possessif="Votre allocation de logement sociale",
    nourrit="aide_logement",
    nourrit_net=True,
)
