"""Aide personnalisée au logement: a dwelling under agreement, social housing first.

Before CRDS; OpenFisca's `apl` is after it. The law is in `logement`; here are its threshold (none) and the
reduction of social rents that it makes up for.
"""

from limpide.droits.apl.regles import apl, apl_crds, apl_manque, apl_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="apl",
    libelle="Aide personnalisée au logement",
    ordre=16,
    montant=apl,
    motif=apl_motif,
    manque=apl_manque,
    crds=apl_crds,
    article="l'",
    possessif="Votre aide personnalisée au logement",
    nourrit="aide_logement",
    nourrit_net=True,
)
