"""Prime d'activité (CSS L841-1 to L846-1, R842-1 to R846-5, D843-1 to D846-2)."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, a_des_enfants, age_en_mois
from limpide.droits.bases.foyer import (
    CONJOINT,
    attend_un_enfant,
    circonstance_manquante,
    coefficient_foyer,
    coefficient_isolement,
    en_couple,
    enfant_du_foyer,
    forfait_logement,
    majoration_isolement,
    membre_inconnu,
    mois_examen,
    vit_en_couple,
)
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.revenus import sans_ressource
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence, sejour_ppa
from limpide.droits.bases.trimestre import (
    debut_du_trimestre,
    premier_mois_reference,
    trimestre_inconnu,
    trimestre_suspendu,
)
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive
from limpide.droits.ppa import phrases
from limpide.droits.ppa.ressources import (
    autres_revenus,
    montant_seul,
    prestations_du_mois,
    revenus_travail,
    travail_hors_aah,
)

AGE, ETUDIANT = int(Motif.AGE), int(Motif.ETUDIANT)
RESSOURCES, SEUIL, ACTIVITE = int(Motif.RESSOURCES), int(Motif.SEUIL), int(Motif.ACTIVITE)


@regle(
    "CSS L842-3",
    "CSS D843-1",
    "CSS R842-3",
    "CSS R843-1",
    depuis="2017-01-01",
    libelle="Montant forfaitaire du foyer",
    phrase=phrases.dire_forfaitaire,
)
def montant_forfaitaire(
    majore: bool, couple: bool, pleins: int, alternes: int, enceinte: bool, b: Any, k: int
) -> float:
    """Euros for month `k`, from the members present on its last day."""
    if majore:
        return montant_seul(b, k) * coefficient_isolement(pleins, alternes, enceinte, b, k)
    return montant_seul(b, k) * coefficient_foyer(couple, pleins, alternes, b, k)


@regle(
    "CSS L842-3",
    "CSS D843-2",
    depuis="2018-10-01",
    libelle="Bonification d'un travailleur",
    phrase=phrases.dire_bonification,
    phrase_nulle=phrases.dire_sans_bonification,
)
def bonification(travail: float, b: Any, k: int) -> float:
    """Euros for month `k`: from nothing at 59 hours of minimum wage, straight up to its maximum."""
    debut = b[k].ppa_bonification_debut * b[k].smic_horaire
    if not travail > debut:
        return travail - travail
    entiere = arrondi_centime(b[k].ppa_bonification_taux * montant_seul(b, k))
    fin = b[k].ppa_bonification_fin * b[k].smic_horaire
    if travail >= fin:
        return entiere
    return entiere * (travail - debut) / (fin - debut)


@primitive
def compte_au_foyer(p: Any, b: Any, examen: int, k: int) -> bool:
    """Member of the household in month `k`."""
    if p.role == ENFANT:
        return enfant_du_foyer(p, b, k)
    return p.role == 0 or p.present[examen] == 1


@regle(
    "CSS R842-4",
    depuis="2016-01-01",
    libelle="Conjoint qui ne remplit pas les conditions",
    phrase="Votre conjoint n'est pas compté dans le foyer, mais ses ressources le sont.",
    phrase_nulle="Votre conjoint est compté dans le foyer.",
)
def conjoint_ecarte(p: Any, b: Any) -> bool:
    """A partner without the right of stay is not counted, and his wages count as replacement income."""
    return sejour_ppa(p, False, b) not in (OUVERT, INCONNU)


@primitive
def ecarte(p: Any, b: Any) -> bool:
    """The same test, silent for everyone who is French or not a partner."""
    if p.role != CONJOINT or p.nationalite == 0:
        return False
    return conjoint_ecarte(p, b)


@regle(
    "CSS L842-3",
    "CSS D843-3",
    depuis="2018-08-01",
    libelle="Part des revenus du travail",
    phrase=phrases.dire_fraction,
    phrase_nulle="Aucun revenu du travail n'augmente la prime ce mois-là.",
)
def fraction_travail(travail: float, b: Any, k: int) -> float:
    """Euros: a share (59.85 % since April 2025) of the household's work income of the month."""
    return b[k].ppa_fraction_revenus * travail


@regle(
    "CSS L842-3",
    "CSS R843-1",
    depuis="2017-01-01",
    libelle="Prime d'activité pour un mois de référence",
    phrase=phrases.dire_mois,
)
def prime_du_mois(foyer: Any, personnes: Any, enceinte: bool, enfants: bool, b: Any, examen: int, k: int) -> float:
    """Euros for one reference month, zero at least; NaN if a resource is unknown."""
    couple = False
    pleins = alternes = 0
    travail = autres = bonus = 0.0
    for p in personnes:
        if not compte_au_foyer(p, b, examen, k):
            continue
        gain = 0.0
        if not sans_ressource(p):
            gain = revenus_travail(p, b, k)
            autres += autres_revenus(p, b, k)
        if ecarte(p, b):
            autres += gain
            continue
        if gain != 0.0:
            travail += gain
            bonus += bonification(gain, b, k)
        couple = couple or p.role == CONJOINT
        if p.role == ENFANT and p.garde_alternee == 1:
            alternes += 1
        elif p.role == ENFANT:
            pleins += 1
    if travail == 0.0:
        return 0.0
    majore = enceinte and not couple
    if enfants:
        majore = majoration_isolement(foyer, personnes, couple, enceinte, b, k)
    forfaitaire = montant_forfaitaire(majore, couple, pleins, alternes, enceinte, b, k)
    ressources = travail + autres
    surplus = fraction_travail(travail, b, k) + bonus
    if forfaitaire + surplus <= ressources:
        return 0.0
    membres = (2 if couple else 1) + pleins + alternes
    ressources += prestations_du_mois(foyer, personnes, enfants, majore, b, k)
    ressources += forfait_logement(foyer, membres, montant_seul(b, k), b, k)
    if ressources < forfaitaire:  # noqa: PLR1730 - max() would hide an unknown
        ressources = forfaitaire
    prime = forfaitaire + surplus - ressources
    return 0.0 if prime < 0.0 else prime


@regle(
    "CSS L842-2",
    "CSS R512-2",
    "CSS R842-2",
    depuis="2017-01-01",
    libelle="Étudiant, stagiaire ou apprenti",
    phrase=phrases.dire_apprenant,
    phrase_nulle=phrases.dire_apprenant,
)
def apprenant_assez_paye(p: Any, b: Any, debut: int) -> bool:
    """More than 55 % of the minimum wage for 169 hours in each of the three months."""
    for k in range(debut, debut + 3):
        plafond = b[k].pf_plafond_remuneration * b[k].smic_horaire * b[k].pf_heures_plafond
        if not travail_hors_aah(p, b, k) > plafond:
            return False
    return True


@primitive
def travaille(p: Any, b: Any, debut: int) -> bool:
    """Some work income in the reference quarter; unknown income counts as some (`travail_inconnu` tells)."""
    for k in range(debut, debut + 3):
        gain = travail_hors_aah(p, b, k)
        if gain > 0.0 or gain != gain:  # noqa: PLR0124 - not a number: unknown
            return True
    return False


@primitive
def travail_inconnu(p: Any, b: Any, debut: int) -> bool:
    """No work income is known in the reference quarter, and one is unknown."""
    total = 0.0
    for k in range(debut, debut + 3):
        gain = travail_hors_aah(p, b, k)
        if gain > 0.0:
            return False
        total += gain
    return total != total  # noqa: PLR0124 - not a number: unknown


@primitive
def apprenant_inconnu(p: Any, b: Any, debut: int) -> bool:
    """A learner whose pay, or a person too little paid whose studies, are unknown: nobody can tell."""
    paye_inconnue = False
    for k in range(debut, debut + 3):
        plafond = b[k].pf_plafond_remuneration * b[k].smic_horaire * b[k].pf_heures_plafond
        gain = travail_hors_aah(p, b, k)
        if gain <= plafond:
            return p.etudiant != 1 and p.stagiaire != 1 and p.apprenti != 1
        paye_inconnue = paye_inconnue or gain != gain  # noqa: PLR0124 - not a number: unknown
    return paye_inconnue


@regle(
    "CSS L842-2",
    "CSS R842-2",
    depuis="2016-01-01",
    libelle="Condition d'âge",
    phrase=phrases.dire_age,
    phrase_nulle=phrases.dire_age,
)
def condition_age(p: Any, b: Any) -> bool:
    """Eighteen in the month of the right."""
    return age_en_mois(p, b, 6) >= 12 * b[6].ppa_age_minimum


@regle(
    "CSS L842-1",
    "CSS L842-2",
    "CSS R842-2",
    depuis="2017-01-01",
    libelle="Conditions d'un demandeur possible",
)
def condition_personne(p: Any, majore: bool, b: Any, debut: int) -> int:
    """Reason why this adult cannot be the claimant, or open."""
    if not condition_age(p, b):
        return AGE
    if not majore and not travaille(p, b, debut):
        return ACTIVITE
    if not majore and travail_inconnu(p, b, debut):
        return INCONNU
    peut_apprendre = p.etudiant != 0 or p.stagiaire != 0 or p.apprenti != 0
    if peut_apprendre and not majore and apprenant_inconnu(p, b, debut):
        return INCONNU
    apprenant = p.etudiant == 1 or p.stagiaire == 1 or p.apprenti == 1
    if apprenant and not majore and not apprenant_assez_paye(p, b, debut):
        return ETUDIANT
    return sejour_ppa(p, majore, b)


@primitive
def ppa_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed, or open: one adult who meets every condition is enough."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if (foyer.rang_trimestre | foyer.trimestre_non_declare) < 0:
        return INCONNU
    if foyer.trimestre_non_declare != 0:
        return trimestre_suspendu(foyer, b)
    examen = mois_examen(foyer)
    if circonstance_manquante(foyer, personnes, examen) or trimestre_inconnu(foyer, b, examen):
        return INCONNU
    for p in personnes:
        if membre_inconnu(p, debut_du_trimestre(foyer, b, examen)) or (
            p.role == CONJOINT and sejour_ppa(p, False, b) == INCONNU
        ):
            return INCONNU
    debut = premier_mois_reference(foyer, b, examen)
    enceinte = attend_un_enfant(personnes, examen)
    couple = vit_en_couple(personnes, examen)
    majore = majoration_isolement(foyer, personnes, couple, enceinte, b, 6)
    retenue = -1
    for p in personnes:
        if p.role == 0 or (p.role == CONJOINT and p.present[examen] == 1):
            condition = condition_personne(p, majore, b, debut)
            if condition == OUVERT:
                return OUVERT
            if retenue < 0 or condition in (INCONNU, A_INSTRUIRE) or retenue == ACTIVITE:
                retenue = condition
    return retenue


@primitive
def ppa_moyenne(foyer: Any, personnes: Any, b: Any) -> float:
    """Average of the primes of the three reference months, before the minimum."""
    examen = mois_examen(foyer)
    debut = debut_du_trimestre(foyer, b, examen)
    enceinte = attend_un_enfant(personnes, examen)
    enfants = a_des_enfants(personnes)
    total = 0.0
    for k in range(debut, debut + 3):
        total += prime_du_mois(foyer, personnes, enceinte, enfants, b, examen, k)
    return total / 3.0


@primitive
def motif_sans_prime(foyer: Any, personnes: Any, b: Any, examen: int) -> int:
    """Why nothing is due though the right is open: too many resources, or no work income at all."""
    for p in personnes:
        adulte = p.role == 0 or (p.role == CONJOINT and p.present[examen] == 1 and not ecarte(p, b))
        if adulte and travaille(p, b, debut_du_trimestre(foyer, b, examen)):
            return RESSOURCES
    return ACTIVITE


@primitive
def ppa_ensemble(foyer: Any, personnes: Any, b: Any) -> tuple[float, int]:
    """Amount and reason at once: a batch looks at the conditions one time only."""
    condition = ppa_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan, INCONNU
    if condition != OUVERT:
        return 0.0, condition
    examen = mois_examen(foyer)
    en_couple(personnes, examen)
    moyenne = arrondi_centime(ppa_moyenne(foyer, personnes, b))
    if moyenne < b[6].ppa_minimum_verse:
        return 0.0 - moyenne, SEUIL if moyenne > 0.0 else motif_sans_prime(foyer, personnes, b, examen)
    return moyenne, OUVERT


@regle(
    "CSS L842-3",
    "CSS R843-1",
    "CSS D846-2",
    depuis="2017-01-01",
    libelle="Prime d'activité",
    phrase=phrases.dire_ppa,
    phrase_nulle=phrases.dire_ppa_nulle,
)
def ppa(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros before CRDS; negative: computed but too low to be paid; NaN if a fact is missing."""
    return ppa_ensemble(foyer, personnes, b)[0]


@regle("CSS L842-1", "CSS L842-2", "CSS D846-2", depuis="2016-01-01", libelle="Ouverture du droit")
def ppa_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount (negative: below the minimum paid)."""
    if montant > 0.0:
        return OUVERT
    if montant < 0.0:
        return SEUIL
    condition = ppa_condition(foyer, personnes, b)
    if condition != OUVERT:
        return condition
    return motif_sans_prime(foyer, personnes, b, mois_examen(foyer))


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="2016-01-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def ppa_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below."""
    return tronque_centime(montant * b[6].crds_taux)
