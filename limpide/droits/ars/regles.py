"""Allocation de rentrée scolaire (CSS L543-1, L543-2, R543-1 to R543-6-1, D543-1, D543-2).

Children in charge are those of August, the month of the right: the law looks at the day when school begins (R543-1),
which is a few days later.
"""

import math
from typing import Any

from limpide.droits.ars import phrases
from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    age_en_mois,
    charge_inconnue,
    compte_enfants,
    est_a_charge,
    fait_de_charge_manquant,
)
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import INCONNU, OUVERT, residence, sejour_du_foyer
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.calendrier import annee_mois_jour
from limpide.droits.moteur.primitive import primitive

NOMBRE_ENFANTS, AGE, RESSOURCES = int(Motif.NOMBRE_ENFANTS), int(Motif.AGE), int(Motif.RESSOURCES)
SEUIL, HORS_PERIODE, JUSTIFICATIF = int(Motif.SEUIL), int(Motif.HORS_PERIODE), int(Motif.JUSTIFICATIF)


@primitive
def a_l_age_de_la_rentree(p: Any, b: Any) -> bool:
    """Six before 1 February of the next year, not yet eighteen on 15 September."""
    annee, mois, jour = annee_mois_jour(p.date_naissance)
    rentree = b[6].mois // 100
    sixieme, dix_huitieme = annee + b[6].ars_age_minimum, annee + b[6].ars_age_limite
    if sixieme > rentree + 1 or (sixieme == rentree + 1 and mois > 1):
        return False
    if dix_huitieme != rentree:
        return dix_huitieme > rentree
    limite = b[6].ars_date_limite
    return mois > limite[0] or (mois == limite[0] and jour > limite[1])


@primitive
def hors_obligation_scolaire(p: Any, b: Any) -> bool:
    """Past the end of compulsory school: schooling or apprenticeship is to be proved."""
    return age_en_mois(p, b, 6) >= 12 * b[6].pf_age_obligation_scolaire


@primitive
def pourrait_ouvrir(p: Any, b: Any) -> bool:
    """In charge and of age, schooling aside."""
    return p.role == ENFANT and est_a_charge(p, b, 6) and a_l_age_de_la_rentree(p, b)


@primitive
def ouvre_la_rentree(p: Any, b: Any) -> bool:
    """In charge, of age, and at school: presumed while school is compulsory, declared afterwards."""
    if not pourrait_ouvrir(p, b):
        return False
    return not hors_obligation_scolaire(p, b) or p.etudiant == 1 or p.apprenti == 1


@primitive
def scolarite_inconnue(personnes: Any, b: Any) -> bool:
    """Nobody knows whether a child past compulsory school still studies."""
    for p in personnes:
        if pourrait_ouvrir(p, b) and not ouvre_la_rentree(p, b) and (p.etudiant < 0 or p.apprenti < 0):
            return True
    return False


@primitive
def scolarite_a_declarer(personnes: Any, b: Any) -> bool:
    """A child of age would open the right if their schooling were declared."""
    for p in personnes:
        if pourrait_ouvrir(p, b) and not ouvre_la_rentree(p, b):
            return True
    return False


@regle(
    "CSS L543-1",
    "CSS R543-2",
    "CSS R543-4",
    depuis="2008-08-01",
    libelle="Enfants qui ouvrent droit à la rentrée",
    phrase=phrases.dire_enfants,
    phrase_nulle="Aucun enfant n'ouvre droit à l'allocation de cette rentrée.",
)
def enfants_de_la_rentree(personnes: Any, b: Any, k: int) -> int:
    """Of six to eighteen, in charge; past sixteen, whose studies or apprenticeship are declared."""
    n = 0
    for p in personnes:
        if ouvre_la_rentree(p, b):
            n += 1
    return n


@primitive
def palier(p: Any, b: Any) -> int:
    """0, 1 or 2: under eleven, under fifteen, or older on 31 December of the year."""
    annee, _, _ = annee_mois_jour(p.date_naissance)
    age, paliers = b[6].mois // 100 - annee, b[6].ars_paliers
    if age < paliers[0]:
        return 0
    return 1 if age < paliers[1] else 2


@primitive
def somme_des_montants(personnes: Any, b: Any, k: int) -> float:
    """Euros for all the children who open the right, with the monthly base of month `k`, each to the cent."""
    total = 0.0
    for p in personnes:
        if ouvre_la_rentree(p, b):
            total += arrondi_centime(b[6].ars_taux[palier(p, b)] * b[k].bmaf)
    return arrondi_centime(total)


@regle(
    "CSS D543-1",
    depuis="2012-08-01",
    libelle="Montant entier de la rentrée",
    phrase=phrases.dire_montant,
    phrase_nulle="",
)
def montant_de_la_rentree(personnes: Any, b: Any, k: int) -> float:
    """Euros for the year, with the base of August."""
    return somme_des_montants(personnes, b, k)


@regle("CSS L543-1", "CSS R543-5", depuis="2025-01-01", libelle="Plafond de ressources", phrase=phrases.dire_plafond)
def plafond_de_la_rentree(enfants: int, b: Any, k: int) -> float:
    """Euros a year: raised by each child in charge, from the first."""
    return b[k].ars_plafond[0] + enfants * b[k].ars_plafond[1]


@regle(
    "CSS L543-2",
    "CSS R543-6-1",
    depuis="2008-08-01",
    libelle="Allocation différentielle",
    phrase=phrases.dire_differentiel,
    phrase_nulle="Vos revenus dépassent aussi ce qui ouvre l'allocation différentielle.",
)
def differentiel_de_la_rentree(enfants: int, montants: float, plafond: float, ressources: float) -> float:
    """For each child, an equal share of (ceiling + amounts in force on 1 January − income); euros for all."""
    reste = plafond + montants - ressources
    if reste <= 0.0:
        return 0.0
    return arrondi_centime(arrondi_centime(reste / enfants) * enfants)


@primitive
def ars_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the income, or OUVERT."""
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if b[6].mois % 100 != b[6].ars_mois:
        return HORS_PERIODE
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if charge_inconnue(personnes, b, 6):
        return INCONNU
    if compte_enfants(personnes, b, 6) == 0:
        return NOMBRE_ENFANTS
    if scolarite_inconnue(personnes, b):
        return INCONNU
    if enfants_de_la_rentree(personnes, b, 6) == 0:
        return JUSTIFICATIF if scolarite_a_declarer(personnes, b) else AGE
    return sejour_du_foyer(personnes)


@regle(
    "CSS L543-1",
    "CSS L543-2",
    "CSS D543-2",
    depuis="2025-01-01",
    libelle="Allocation de rentrée scolaire",
    phrase=phrases.dire_ars,
    phrase_nulle=phrases.dire_ars_nulle,
)
def ars(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the year, before CRDS; negative: computed but too low to be paid; NaN if a fact is missing."""
    condition = ars_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    ressources = foyer.prestations_familiales_base_ressources
    if math.isnan(ressources):
        return math.nan
    montant = montant_de_la_rentree(personnes, b, 6)
    plafond = plafond_de_la_rentree(compte_enfants(personnes, b, 6), b, 6)
    if ressources > plafond:
        # The base of February is that of 1 January: it changes on 1 April.
        en_janvier = somme_des_montants(personnes, b, 0)
        montant = differentiel_de_la_rentree(enfants_de_la_rentree(personnes, b, 6), en_janvier, plafond, ressources)
    return montant if montant >= b[6].ars_minimum else 0.0 - montant


@regle("CSS L543-1", "CSS L512-1", "CSS L512-2", depuis="2008-08-01", libelle="Ouverture du droit")
def ars_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount (negative: below the minimum paid)."""
    if montant > 0.0:
        return OUVERT
    if montant < 0.0:
        return SEUIL
    condition = ars_condition(foyer, personnes, b)
    return RESSOURCES if condition == OUVERT else condition


LIEU, NATIONALITE, TITRE, ETUDES, RESSOURCES_N2 = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["etudiant"].code,
    NATURES["prestations_familiales_base_ressources"].code,
)


@primitive
def ars_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    if scolarite_inconnue(personnes, b):
        return ETUDES
    if sejour_du_foyer(personnes) == INCONNU:
        return NATIONALITE if personnes[0].nationalite < 0 else TITRE
    return RESSOURCES_N2


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def ars_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
