"""Who may receive the allowance, person by person, whatever the resources (CSS L821-1, L821-2, R821-1, D821-1)."""

import math
from typing import Any

from limpide.droits.bases.charge import NAISSANCE_INCONNUE, age_en_mois
from limpide.droits.bases.sejour import INCONNU, OUVERT, sejour_prestations_familiales
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif
from limpide.droits.moteur.primitive import primitive

AGE, NON_CUMUL = int(Motif.AGE), int(Motif.NON_CUMUL)
INCAPACITE, RESTRICTION = int(Motif.INCAPACITE), int(Motif.RESTRICTION)
ATTENDUE = int(Motif.DECISION_ATTENDUE)
CONJOINT = 1

TAUX, NAISSANCE, RSDAE, A_CHARGE, ASS, NATIONALITE, TITRE = (
    NATURES["taux_incapacite"].code,
    NATURES["date_naissance"].code,
    NATURES["aah_restriction_substantielle_durable_acces_emploi"].code,
    NATURES["a_charge_de_ses_parents"].code,
    NATURES["ass"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
)


@primitive
def adulte_du_foyer(p: Any) -> bool:
    """The claimant, or the partner unless known to be away: a child opens a right in a file of their own."""
    return p.role == 0 or (p.role == CONJOINT and p.present[6] != 0)


@primitive
def incapacite_reconnue(p: Any, b: Any) -> int:
    """OUVERT, or the reason why the rate opens nothing."""
    if p.taux_incapacite < 0:
        return INCONNU
    if p.taux_incapacite < b[6].aah_taux_avec_restriction:
        return ATTENDUE if p.taux_incapacite == 0 and p.aah_demandee == 1 else INCAPACITE
    if p.taux_incapacite >= b[6].aah_taux_incapacite:
        return OUVERT
    if p.aah_restriction_substantielle_durable_acces_emploi < 0:
        return INCONNU
    return OUVERT if p.aah_restriction_substantielle_durable_acces_emploi == 1 else RESTRICTION


@primitive
def age_admis(p: Any, b: Any) -> int:
    """From the month after twenty years, or sixteen out of charge; below 80 %, until that of sixty-two years."""
    if p.date_naissance == NAISSANCE_INCONNUE:
        return INCONNU
    age = age_en_mois(p, b, 6)
    if p.taux_incapacite < b[6].aah_taux_incapacite and age > 12 * b[6].aah_age_inaptitude:
        return AGE
    if age > 12 * b[6].aah_age:
        return OUVERT
    if age <= 12 * b[6].aah_age_hors_charge:
        return AGE
    if p.a_charge_de_ses_parents < 0:
        return INCONNU
    return AGE if p.a_charge_de_ses_parents == 1 else OUVERT


@primitive
def condition_de(p: Any, b: Any) -> int:
    """Reason why this adult has no right whatever the resources, or OUVERT."""
    taux = incapacite_reconnue(p, b)
    if taux != OUVERT:
        return taux
    if p.present[6] < 0:
        return INCONNU
    age = age_admis(p, b)
    if age != OUVERT:
        return age
    if p.ass[6] > 0.0:
        return NON_CUMUL
    if math.isnan(p.ass[6]):
        return INCONNU
    return sejour_prestations_familiales(p)


@primitive
def condition_manquante(p: Any, b: Any) -> int:
    """Code of the fact that `condition_de` misses (0: who was there, which is no fact of the catalogue)."""
    if incapacite_reconnue(p, b) == INCONNU:
        return TAUX if p.taux_incapacite < 0 else RSDAE
    if p.present[6] < 0:
        return 0
    if p.date_naissance == NAISSANCE_INCONNUE:
        return NAISSANCE
    if age_admis(p, b) == INCONNU:
        return A_CHARGE
    if math.isnan(p.ass[6]):
        return ASS
    return NATIONALITE if p.nationalite < 0 else TITRE
