"""Complement of the AAH: majoration pour la vie autonome, or the complément de ressources that some kept since 2019.

Of each adult who receives the AAH (or the ASI) in a dwelling of their own and does not work; the household's is the
sum. The AAH is the one of the month, the ASI a fact. Nothing to claim (R821-7). No CRDS. After the housing benefits,
one of which it asks for. Reads `bases` and the conditions of `aah`.
"""

from limpide.droits.caah.regles import caah, caah_manque, caah_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="caah",
    libelle="Complément de l'allocation aux adultes handicapés",
    ordre=18,
    montant=caah,
    motif=caah_motif,
    manque=caah_manque,
    possessif="Votre complément de l'allocation aux adultes handicapés",
    nourrit="caah",
    part="montant_de",
)
