"""Allocation de logement familiale: families, young couples, women alone and pregnant.

Before CRDS; OpenFisca's `alf` is after it. The law is in `logement`; here is its threshold.
"""

from limpide.droits.alf.regles import alf, alf_crds, alf_manque, alf_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="alf",
    libelle="Allocation de logement familiale",
    ordre=17,
    montant=alf,
    motif=alf_motif,
    manque=alf_manque,
    crds=alf_crds,
    article="l'",
    possessif="Votre allocation de logement familiale",
    nourrit="aide_logement",
    nourrit_net=True,
)
