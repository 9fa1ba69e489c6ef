"""Allocation journalière du proche aidant: each half-day of leave of the claimant to help somebody close.

Sixty-six days in a career since October 2020; since January 2025, sixty-six by person helped, 264 in all. Each helper
claims their own: the claimant's is computed. A day is worth what a day of presence parentale is, before both
contributions. What is withheld is the CSG and the CRDS together (D168-13, II): `crds` holds their sum. Reads `bases`,
`ajpp` and what `aeeh` pays for a child.
"""

from limpide.droits.ajpa.regles import ajpa, ajpa_manque, ajpa_motif, ajpa_retenues
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="ajpa",
    libelle="Allocation journalière du proche aidant",
    ordre=19,
    montant=ajpa,
    motif=ajpa_motif,
    manque=ajpa_manque,
    crds=ajpa_retenues,
    retenue="la contribution sociale généralisée (CSG) et le remboursement de la dette sociale (CRDS)",
    article="la",
    possessif="Votre allocation journalière du proche aidant",
)
