"""Complément de libre choix du mode de garde: what the Caf gives back of the cost of having a young child looked after.

Two kinds of help: somebody employed (L531-5), whose rules changed with the month of September 2025 (from three bands of
income to an hourly effort), and a structure (L531-6), whose rules did not. Due from the month before the claim, each
month as it is told. The part that pays contributions goes to the Urssaf, not to the family: a derived figure
(`derives.cotisations`). Reads `bases` and the PreParE as a fact; calls no other right.
"""

from limpide.droits.moteur import Droit
from limpide.droits.paje_cmg.regles import paje_cmg, paje_cmg_crds, paje_cmg_manque, paje_cmg_motif

DROIT = Droit(
    code="paje_cmg",
    libelle="Complément de libre choix du mode de garde",
    ordre=14,
    montant=paje_cmg,
    motif=paje_cmg_motif,
    manque=paje_cmg_manque,
    crds=paje_cmg_crds,
    article="le",
    possessif="Votre complément de libre choix du mode de garde",
)
