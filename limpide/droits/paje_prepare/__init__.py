"""Prestation partagée d'éducation de l'enfant: a parent stops working, or works less, to look after a young child.

Each adult says what they choose (`prepare_choix`), since when, how many quarters they had validated, and how many
months of maternity or adoption pay followed the child's arrival. Whatever the income. It closes the complément
familial and counts in RSA, in the law's order (`ensemble`). Whoever never asked for it gets nothing, and nothing is
missing. Not written here: two months more on going back to work (D531-16), the months until September without a
place in a nursery (L531-4, I, 3), the income of the self-employed (D531-9): see `divergences`. Reads `bases`,
`paje_base`.
"""

from limpide.droits.moteur import Droit
from limpide.droits.paje_prepare.regles import (
    paje_prepare,
    paje_prepare_crds,
    paje_prepare_manque,
    paje_prepare_motif,
)

DROIT = Droit(
    code="paje_prepare",
    libelle="Prestation partagée d'éducation de l'enfant",
    ordre=11,
    montant=paje_prepare,
    motif=paje_prepare_motif,
    manque=paje_prepare_manque,
    crds=paje_prepare_crds,
    article="la",
    possessif="Votre prestation partagée d'éducation de l'enfant",
    nourrit="paje_prepare",
)
