"""Allocation versée en cas de décès d'un enfant: one sum, by income, for the month of the death.

Told on the household: what was lost (a pregnancy from its twentieth week, a child under twenty-five) and when. The
lost child counts among those who raise the ceiling. Since January 2021; from June to December 2020 the Caf paid a
passing aid out of their social action, which a person looks at. Words are those said to bereaved parents. Reads
`bases`.
"""

from limpide.droits.allocation_deces.regles import (
    allocation_deces,
    allocation_deces_crds,
    allocation_deces_manque,
    allocation_deces_motif,
)
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="allocation_deces",
    libelle="Allocation versée en cas de décès d'un enfant",
    ordre=19,
    montant=allocation_deces,
    motif=allocation_deces_motif,
    manque=allocation_deces_manque,
    crds=allocation_deces_crds,
    article="la",
    possessif="Votre allocation versée en cas de décès d'un enfant",
    unique=True,
    discret=True,
)
