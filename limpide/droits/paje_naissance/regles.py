"""Prime à la naissance of the Paje (CSS L531-1, L531-2, R531-1, D531-2, D531-3-1)."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, allocataire_inconnu, charge_inconnue, fait_de_charge_manquant
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import INCONNU, OUVERT, residence, sejour_du_foyer
from limpide.droits.cf.regles import couple_inconnu, plafond_releve
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.calendrier import annee_mois_jour
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_base.enfants import attendus, attente_inconnue, enfants_nes
from limpide.droits.paje_base.regles import PARTIEL, plafond_du_taux, plafond_releve_sur
from limpide.droits.paje_naissance import phrases

HORS_PERIODE, RESSOURCES, SANS_EVENEMENT = int(Motif.HORS_PERIODE), int(Motif.RESSOURCES), int(Motif.SANS_EVENEMENT)
SANS_DATE = DATE_INCONNUE


@primitive
def mois_de_l_examen(debut: int, b: Any, k: int) -> int:
    """Month in which the family is looked at, written 202611: the civil month after the fifth of the pregnancy."""
    annee, mois, jour = annee_mois_jour(debut)
    # The fifth month of a pregnancy that began on a 1st ends with a civil month.
    rang = annee * 12 + mois - 1 + b[k].paje_mois_d_examen + (0 if jour == 1 else 1)
    return (rang // 12) * 100 + rang % 12 + 1


@primitive
def attend(p: Any, k: int) -> bool:
    """An adult who is there and expects a child."""
    return p.role != ENFANT and p.present[k] == 1 and p.enceinte == 1


@regle(
    "CSS L531-2",
    "CSS R531-1",
    "CSS D531-2",
    depuis="2015-01-01",
    jusque="2020-10-31",
    libelle="Mois où la situation est appréciée",
    phrase=phrases.dire_examen_avant_2021,
    phrase_nulle=lambda a, r: phrases.dire_examen_avant_2021(a, False),
)
def examen_ce_mois(p: Any, b: Any, k: int) -> bool:
    """The family is looked at on the first day of this month; the prime is paid after the birth (D531-2, II)."""
    return mois_de_l_examen(p.date_debut_grossesse, b, k) == b[k].mois


@regle(
    "CSS L531-2",
    "CSS R531-1",
    "Loi n° 2020-1576, article 75",
    depuis="2020-11-01",
    variante_de=examen_ce_mois,
    libelle="Mois où la situation est appréciée",
    phrase=phrases.dire_examen,
    phrase_nulle=lambda a, r: phrases.dire_examen(a, False),
)
def examen_ce_mois_2021(p: Any, b: Any, k: int) -> bool:
    """The same month; paid in April 2021 for pregnancies begun from June 2020, before the birth from October on."""
    return mois_de_l_examen(p.date_debut_grossesse, b, k) == b[k].mois


@primitive
def enfants_de_la_prime(personnes: Any, b: Any, k: int) -> int:
    """Children expected for whom the family is looked at this month."""
    n = 0
    for p in personnes:
        if attend(p, k) and examen_ce_mois(p, b, k):
            n += max(p.enfants_attendus, 1)
    return n


@primitive
def debut_inconnu(personnes: Any, k: int) -> bool:
    """A child is expected, and nobody knows since when."""
    for p in personnes:
        if attend(p, k) and p.date_debut_grossesse == SANS_DATE:
            return True
    return False


@regle(
    "CSS L531-2",
    "CSS R531-1",
    "CSS R522-2",
    "CSS D531-3-1",
    depuis="2018-04-01",
    libelle="Plafond de ressources des primes",
    phrase=phrases.dire_plafond,
)
def plafond_des_primes(enfants: int, releve: bool, b: Any, k: int) -> float:
    """Euros a year: that of the partial rate of the allocation de base, by children born or to be born."""
    return plafond_du_taux(PARTIEL, enfants, releve, b, k)


@primitive
def releve_decisif(ressources: float, enfants: int, b: Any, k: int) -> bool:
    """The raised and the ordinary ceilings do not answer the same."""
    return plafond_du_taux(PARTIEL, enfants, False, b, k) < ressources <= plafond_du_taux(PARTIEL, enfants, True, b, k)


@primitive
def sous_le_plafond(foyer: Any, personnes: Any, ressources: float, enfants: int, b: Any, k: int) -> bool:
    """Told as a step, with the children and the raise that count."""
    releve = plafond_releve(foyer, personnes, k)
    return ressources <= plafond_des_primes(enfants, releve, b, k)


@primitive
def condition_de_revenu_inconnue(foyer: Any, personnes: Any, enfants: int, b: Any, k: int) -> bool:
    """Income, couple or « biactivité » is missing to compare with the ceiling."""
    ressources = foyer.prestations_familiales_base_ressources
    if math.isnan(ressources) or couple_inconnu(personnes, k):
        return True
    return plafond_releve_sur(foyer, personnes, k) < 0 and releve_decisif(ressources, enfants, b, k)


@regle(
    "CSS D531-2",
    depuis="2018-04-01",
    libelle="Montant de la prime à la naissance",
    phrase=phrases.dire_montant,
)
def montant_de_la_prime(b: Any, k: int) -> float:
    """Euros for one child, at the monthly base of the month in which the family is looked at (R531-1)."""
    return arrondi_centime(b[k].paje_naissance_taux * b[k].bmaf)


@primitive
def paje_naissance_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the income, or OUVERT."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if attente_inconnue(personnes, 6) or debut_inconnu(personnes, 6):
        return INCONNU
    if attendus(personnes, 6) == 0:
        return SANS_EVENEMENT
    if enfants_de_la_prime(personnes, b, 6) == 0:
        return HORS_PERIODE
    if charge_inconnue(personnes, b, 6) or allocataire_inconnu(personnes, b, 6):
        return INCONNU
    return sejour_du_foyer(personnes)


@regle(
    "CSS L531-1",
    "CSS L531-2",
    "CSS R531-1",
    depuis="2018-04-01",
    libelle="Prime à la naissance",
    phrase=phrases.dire_prime,
    phrase_nulle="La prime à la naissance n'est pas due pour ce mois.",
)
def paje_naissance(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros, once, before CRDS; NaN if a fact is missing."""
    condition = paje_naissance_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    enfants = enfants_nes(personnes, b, 6) + attendus(personnes, 6)
    if condition_de_revenu_inconnue(foyer, personnes, enfants, b, 6):
        return math.nan
    if not sous_le_plafond(foyer, personnes, foyer.prestations_familiales_base_ressources, enfants, b, 6):
        return 0.0
    return enfants_de_la_prime(personnes, b, 6) * montant_de_la_prime(b, 6)


@regle("CSS L531-2", "CSS L512-1", "CSS L512-2", depuis="2018-04-01", libelle="Ouverture du droit")
def paje_naissance_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition = paje_naissance_condition(foyer, personnes, b)
    return RESSOURCES if condition == OUVERT else condition


LIEU, NATIONALITE, TITRE, ALLOCATAIRE, ENCEINTE, ATTENDUS, DEBUT, RESSOURCES_N2, BIACTIVITE = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["allocataire_unique"].code,
    NATURES["enceinte"].code,
    NATURES["enfants_attendus"].code,
    NATURES["date_debut_grossesse"].code,
    NATURES["prestations_familiales_base_ressources"].code,
    NATURES["biactivite"].code,
)


@primitive
def manque_pour_le_plafond(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first fact missing to know the children in charge, the stay, and the income (0: who was there)."""
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    if allocataire_inconnu(personnes, b, 6):
        return ALLOCATAIRE
    if sejour_du_foyer(personnes) == INCONNU:
        return NATIONALITE if personnes[0].nationalite < 0 else TITRE
    if math.isnan(foyer.prestations_familiales_base_ressources):
        return RESSOURCES_N2
    return 0 if couple_inconnu(personnes, 6) else BIACTIVITE


@primitive
def paje_naissance_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact."""
    if foyer.residence < 0:
        return LIEU
    attente = attente_inconnue(personnes, 6)
    if attente:
        return ENCEINTE if attente == 1 else ATTENDUS
    return DEBUT if debut_inconnu(personnes, 6) else manque_pour_le_plafond(foyer, personnes, b)


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def paje_naissance_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
