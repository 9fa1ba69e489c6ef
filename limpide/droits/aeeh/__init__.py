"""Allocation d'éducation de l'enfant handicapé: each disabled child, its complement, the rise of a parent alone.

The commission of the maison du handicap decides who is concerned, in which of six categories (R541-2, arrêté du 24
avril 2002): the decision is a fact here, never judged again. No income is looked at; nothing is withheld. RSA and
prime d'activité do not count it (CASF R262-11, 6°; CSS R844-5, 6°). A child boarded at full public charge goes to a
person: what is due for the days at home is paid once a year. Housing benefits read its amount. Housing benefits read
its amount. Reads `bases` and, for couples that form and part, `asf`.
"""

from limpide.droits.aeeh.regles import aeeh, aeeh_manque, aeeh_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="aeeh",
    libelle="Allocation d'éducation de l'enfant handicapé",
    ordre=15,
    montant=aeeh,
    motif=aeeh_motif,
    manque=aeeh_manque,
    article="la",
    possessif="Votre allocation d'éducation de l'enfant handicapé",
    nourrit="aeeh",
)
