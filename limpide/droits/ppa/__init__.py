"""Prime d'activité: it completes low wages, month by month, averaged over three reference months.

The reference months are the fourth, third and second before the examination (décret n° 2025-185); each has
its own members, incomes, parameters. The amount is before CRDS (0.5 %), given apart, and holds three months.
Reads `bases` and the family allowances of `af`; `ressources` holds what counts as work and what does not.
"""

from limpide.droits.moteur import Droit
from limpide.droits.ppa.manques import ppa_manque
from limpide.droits.ppa.regles import ppa, ppa_crds, ppa_ensemble, ppa_motif

DROIT = Droit(
    code="ppa",
    libelle="Prime d'activité",
    ordre=30,
    montant=ppa,
    motif=ppa_motif,
    ensemble=ppa_ensemble,
    manque=ppa_manque,
    crds=ppa_crds,
    article="la",
    possessif="Votre prime d'activité",
    frequent=True,
)
