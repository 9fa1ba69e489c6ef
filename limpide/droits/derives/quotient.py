"""The quotient familial of the Caf: the twelfth of the year's income and the month's benefits, by part.

No text of law: a rule of the Cnaf for its own action and that of towns, known from pages (`docs/sources.md`).
"""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, charge_inconnue, est_a_charge, fait_de_charge_manquant
from limpide.droits.bases.mots import euros, nombre, pluriel
from limpide.droits.faits import NATURES
from limpide.droits.moteur import arrondi_euro, regle
from limpide.droits.moteur.primitive import primitive

REGLE_CNAF = "Règle de la Cnaf, page de caf.fr lue en 2026"


@primitive
def enfants_du_quotient(personnes: Any, b: Any, k: int) -> int:
    """Children in charge for family benefits."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and est_a_charge(p, b, k):
            n += 1
    return n


@primitive
def enfants_avec_aeeh(personnes: Any, b: Any, k: int) -> int:
    """Those among them for whom the AEEH was granted."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and est_a_charge(p, b, k) and p.aeeh_accordee == 1:
            n += 1
    return n


@primitive
def residence_partagee(personnes: Any, b: Any, k: int) -> bool:
    """A child lives with each parent in turn: no text read says for how many parts."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and p.garde_alternee == 1 and est_a_charge(p, b, k):
            n += 1
    return n > 0


def dire_parts(a: Any, r: float) -> str:
    enfants = enfants_du_quotient(a["personnes"], a["b"], a["k"])
    aeeh = enfants_avec_aeeh(a["personnes"], a["b"], a["k"])
    suite = f", dont {pluriel(aeeh, 'enfant')} avec une demi-part de plus (AEEH)" if aeeh else ""
    return (
        f"Votre foyer compte {nombre(r)} parts : 2 pour le couple ou le parent seul, et celles de"
        f" {pluriel(enfants, 'enfant')} à charge{suite}."
    )


@regle(REGLE_CNAF, depuis="2009-01-01", libelle="Nombre de parts", phrase=dire_parts)
def parts_du_quotient(personnes: Any, b: Any, k: int) -> float:
    """Two for the adults, then by rank of child; half a part more for each handicapped child."""
    enfants, parts = enfants_du_quotient(personnes, b, k), float(b[k].qf_parts[0])
    for rang in range(1, enfants + 1):
        parts += b[k].qf_parts[min(rang, 4)]
    en_plus: float = enfants_avec_aeeh(personnes, b, k) * b[k].qf_part_handicap
    return parts + en_plus


@regle(
    REGLE_CNAF,
    depuis="2009-01-01",
    libelle="Ressources du mois",
    phrase=lambda a, r: (
        f"Le douzième de vos revenus de {int(a['b'][a['k']].mois) // 100 - 2}, avant abattements"
        f" ({euros(a['annuel'])}), et vos prestations du mois ({euros(a['prestations'])}) font {euros(r)}."
    ),
    phrase_nulle="Ni revenu, ni prestation : les ressources du mois sont nulles.",
)
def ressources_du_quotient(annuel: float, prestations: float, b: Any, k: int) -> float:
    """Euros a month."""
    return annuel / 12.0 + prestations


@regle(
    REGLE_CNAF,
    depuis="2009-01-01",
    libelle="Quotient familial",
    phrase="Le quotient familial est ce total divisé par le nombre de parts, à l'euro : {resultat:euros}.",
    phrase_nulle="Le quotient familial est nul.",
)
def quotient_familial(foyer: Any, personnes: Any, b: Any, prestations: float) -> float:
    """Euros, to the nearest; NaN if a fact is missing or a child is in shared residence."""
    if quotient_manque(foyer, personnes, b) or residence_partagee(personnes, b, 6):
        return math.nan
    total = ressources_du_quotient(foyer.revenus_imposables_bruts, prestations, b, 6)
    return arrondi_euro(total / parts_du_quotient(personnes, b, 6))


REVENUS, AEEH, PRESENCE = NATURES["revenus_imposables_bruts"].code, NATURES["aeeh_accordee"].code, -1


@primitive
def quotient_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact; -1: who is there; 0: nothing."""
    if charge_inconnue(personnes, b, 6):
        code: int = fait_de_charge_manquant(personnes)
        return code or PRESENCE
    for p in personnes:
        if p.present[6] < 0:
            return PRESENCE
        if p.role == ENFANT and est_a_charge(p, b, 6) and p.aeeh_accordee < 0:
            return AEEH
    return REVENUS if math.isnan(foyer.revenus_imposables_bruts) else 0
