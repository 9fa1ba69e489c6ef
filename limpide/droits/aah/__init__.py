"""Allocation aux adultes handicapés: of each adult whose disability is recognised; the household's is the sum.

The rate of incapacity and the restriction of access to work are decisions of the CDAPH, given as facts that hold from
its first day to its last (R821-5, R821-7); resources are those of year N-2, or of the quarter before for who works in
ordinary employment. The partner's counted until September 2023, and still do for those who kept that reckoning. No
CRDS. Before the housing benefits, which count it. Reads `bases`; calls no other right.
"""

from limpide.droits.aah.regles import aah, aah_manque, aah_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="aah",
    libelle="Allocation aux adultes handicapés",
    ordre=15,
    montant=aah,
    motif=aah_motif,
    manque=aah_manque,
    article="la",
    possessif="Votre allocation aux adultes handicapés",
    nourrit="aah",
    part="aah_de",
)
