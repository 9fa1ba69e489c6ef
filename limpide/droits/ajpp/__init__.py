"""Allocation journalière de présence parentale: half-days of leave of the parents of a child gravely ill or disabled.

The half-days of the month are told by adult, those already paid by child: twenty-two days a month and three hundred
and ten by period for one child. Until the end of 2021 a part of the monthly base, higher for a parent alone; since
2022 seven hours of net minimum wage (D544-6). A lump sum for expenses is added under a ceiling of income. Reads
`bases`, the ceilings of `cf`, and what `aeeh` pays for the child.
"""

from limpide.droits.ajpp.regles import ajpp, ajpp_crds, ajpp_manque, ajpp_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="ajpp",
    libelle="Allocation journalière de présence parentale",
    ordre=18,
    montant=ajpp,
    motif=ajpp_motif,
    manque=ajpp_manque,
    crds=ajpp_crds,
    article="la",
    possessif="Votre allocation journalière de présence parentale",
)
