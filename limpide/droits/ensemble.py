"""Rights computed together: what one gives, others count as received. The law's order, and no circle.

Past amounts are facts (`situation`). Where somebody looks at a household without a past (simulator, curve), the
benefits that others read are computed first and put in their place.
"""

from collections.abc import Collection
from typing import Any

from .calcul import liquider
from .moteur import Motif
from .situation import Situation

COMPTEES_AILLEURS = ("paje_base", "paje_prepare", "cf", "asf")
"""Benefits computed here that others read, in the law's order: the first two close the third; all count in the RSA."""


def completer(donnees: dict[str, Any], dites: Collection[str] = ()) -> Situation:
    """The situation of these data (`Situation.depuis_dict`), where the benefits above are those computed.

    Those in `dites` stay as they are: somebody said what is received. `donnees` is completed in place.
    """
    for code in (c for c in COMPTEES_AILLEURS if c not in dites):
        resultat = liquider(Situation.depuis_dict(donnees), [code])[code]
        inconnu = resultat.motif == Motif.INCONNU.name
        donnees["foyer"][code] = None if inconnu else resultat.montant_centimes / 100
    return Situation.depuis_dict(donnees)
