"""Whether a household and its dwelling open a housing benefit, and why not (CCH L821-2, L822-2, L822-3)."""

import math
from typing import Any

from limpide.droits.accession.pret import pret_ouvre
from limpide.droits.bases.charge import NAISSANCE_INCONNUE, mois_depuis
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.revenus import profits
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence, sejour_du_foyer, titre_inconnu
from limpide.droits.bases.sejour import titre_equivalent as titre_durable
from limpide.droits.logement.aide import aide_due, base_du_foyer, montant_aide, ressources_retenues
from limpide.droits.logement.composition import composition_inconnue
from limpide.droits.logement.occupation import (
    APL,
    EN_LOGEMENT_FOYER,
    FOYER,
    LOCATION,
    LOGE_GRATUITEMENT,
    PRIMO_ACCEDANT,
    PROPRIETAIRE,
    SANS_DOMICILE,
    secteur,
)
from limpide.droits.logement.ressources import adulte_present, ressources_exactes, somme_des_adultes
from limpide.droits.logement.revenus import inconnu
from limpide.droits.logement_foyer.resident import foyer_inconnu
from limpide.droits.moteur import Motif, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

LOGEMENT, AUTRE_AIDE = int(Motif.LOGEMENT), int(Motif.AUTRE_AIDE)
LOYER, PROCHE = int(Motif.LOYER), int(Motif.PROCHE)
RESSOURCES, SEUIL = int(Motif.RESSOURCES), int(Motif.SEUIL)
SANS_DEMANDE, A_VENIR = int(Motif.SANS_DEMANDE), int(Motif.A_VENIR)
AUTRE_NATIONALITE = 2


@regle("CCH R823-10", depuis="2019-09-01", libelle="Demande, et mois à partir duquel l'aide est due")
def logement_demande(foyer: Any, b: Any) -> int:
    """Reason: due from the month of the claim, or from the one after the dwelling was entered if that is later.

    Another dwelling waits for its own claim. Without any, who told no rent asked for nothing; who told it wants to know
    what the aid would be.
    """
    if foyer.date_demande_logement == NAISSANCE_INCONNUE:
        return SANS_DEMANDE if math.isnan(foyer.loyer[6]) else OUVERT
    if mois_depuis(foyer.date_demande_logement, b[6].mois) < 0:
        return SANS_DEMANDE
    entree = foyer.date_entree_logement
    if entree == NAISSANCE_INCONNUE:
        return OUVERT
    if entree > foyer.date_demande_logement or mois_depuis(entree, b[6].mois) <= 0:
        return A_VENIR
    return OUVERT


@regle(
    "CCH L822-2",
    "CCH L822-3",
    "CCH L823-3",
    depuis="2019-09-01",
    libelle="Logement qui ouvre droit à l'aide",
)
def logement_ouvre(foyer: Any) -> int:
    """Reason: a rent, a fee or a loan is paid; the dwelling of a tenant belongs to somebody else than the family."""
    statut = foyer.statut_occupation_logement
    if statut in (PRIMO_ACCEDANT, EN_LOGEMENT_FOYER) and foyer.loyer[6] == 0.0:
        return LOGEMENT
    if statut == PRIMO_ACCEDANT:
        return OUVERT
    if statut < 0 or foyer.proprietaire_proche_famille < 0:
        return INCONNU
    if statut in (PROPRIETAIRE, LOGE_GRATUITEMENT, SANS_DOMICILE):
        return LOGEMENT
    return PROCHE if foyer.proprietaire_proche_famille == 1 else OUVERT


@regle("CCH L822-2", depuis="2017-01-01", jusque="2026-06-30", libelle="Séjour régulier")
def sejour_logement(personnes: Any, b: Any) -> int:
    """Reason: that of family benefits."""
    return sejour_du_foyer(personnes)


@regle(
    "CCH L822-2",
    "Loi n° 2026-103 du 19 février 2026, article 179",
    depuis="2026-07-01",
    libelle="Séjour régulier, et bourse d'un étudiant étranger",
    variante_de=sejour_logement,
)
def sejour_logement_2026(personnes: Any, b: Any) -> int:
    """A foreign student without a grant may be excluded, by the permit held: a person looks."""
    p = personnes[0]
    if p.nationalite != AUTRE_NATIONALITE or titre_durable(p) or p.etudiant == 0 or p.boursier == 1:
        return sejour_du_foyer(personnes)
    return INCONNU if (p.etudiant | p.boursier) < 0 or titre_inconnu(p) else A_INSTRUIRE


@primitive
def travaille_sur(personnes: Any) -> int:
    """1 if an adult earned a wage the month before or has a trade of their own, -1 if nobody knows.

    R822-20 speaks of the self-employed, to leave out the youngest. Unknown profits leave the income unknown anyway.
    """
    travaille = 0
    for p in personnes:
        if adulte_present(p):
            if p.salaire_net[5] > 0.0 or p.rpns_auto_entrepreneur_benefice[5] > 0.0 or profits(p) > 0.0:
                return 1
            if inconnu(p.salaire_net[5]) or inconnu(p.rpns_auto_entrepreneur_benefice[5]):
                travaille = -1
    return travaille


@primitive
def evaluation_forfaitaire(foyer: Any, personnes: Any, aide: int, b: Any) -> int:
    """Until 2020, who works and earned little two years before had another income counted: a person looks (1).

    Until April 2021 for the APL of a home buyer. The income is that of both partners, not of their children, beside the
    minimum wage at the end of its year (R351-7 of 2016, which R822-18 took over).
    """
    accedant = aide == APL and foyer.statut_occupation_logement == PRIMO_ACCEDANT
    heures = b[6].acc_evaluation_heures if accedant else b[6].al_evaluation_heures
    if heures == 0:
        return 0
    if somme_des_adultes(foyer, personnes, b) > heures * b[6].smic_horaire_n2:
        return 0
    travaille = travaille_sur(personnes)
    return -1 if travaille != 0 and inconnu(ressources_exactes(foyer, personnes, b)) else travaille


@primitive
def logement_inconnu(foyer: Any, personnes: Any, aide: int, b: Any) -> bool:
    """A fact about the dwelling is missing."""
    if math.isnan(foyer.loyer[6]) or foyer.zone_apl < 0 or (foyer.coloc | foyer.logement_chambre) < 0:
        return True
    lieu = secteur(foyer, personnes, b)
    if lieu == LOCATION:
        return foyer.personne_agee_handicapee < 0
    return lieu == FOYER and foyer_inconnu(foyer, personnes, aide, b)


@primitive
def secteur_condition(foyer: Any, personnes: Any, aide: int, b: Any) -> int:
    """Reason why a loan opens nothing; INCONNU if a fact about the dwelling is missing."""
    if foyer.statut_occupation_logement == PRIMO_ACCEDANT:
        pret = pret_ouvre(foyer, aide, b)
        if pret != OUVERT:
            return pret
    return INCONNU if logement_inconnu(foyer, personnes, aide, b) else OUVERT


@primitive
def logement_condition(foyer: Any, personnes: Any, aide: int, b: Any) -> int:
    """Reason why this aid is closed whatever the rent and the income, or OUVERT."""
    demande = logement_demande(foyer, b)
    if demande != OUVERT:
        return demande
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    logement = logement_ouvre(foyer)
    if logement != OUVERT:
        return logement
    due = aide_due(foyer, personnes, b)
    if due != aide:
        return INCONNU if due < 0 else AUTRE_AIDE
    titre = sejour_logement(personnes, b)
    if titre != OUVERT:
        return titre
    condition = secteur_condition(foyer, personnes, aide, b)
    if condition != OUVERT or composition_inconnue(personnes, b):
        return INCONNU if condition == OUVERT else condition
    evaluation = evaluation_forfaitaire(foyer, personnes, aide, b)
    if evaluation != 0:
        return INCONNU if evaluation < 0 else A_INSTRUIRE
    return OUVERT


@primitive
def raison_du_zero(foyer: Any, personnes: Any, aide: int, b: Any) -> int:
    """Why nothing is left: income, a rent too high, or too small an amount."""
    ressources = ressources_retenues(foyer, personnes, aide, b)
    if base_du_foyer(foyer, personnes, aide, ressources, b) == 0.0:
        return RESSOURCES
    if secteur(foyer, personnes, b) != LOCATION:
        return SEUIL
    return LOYER if montant_sans_loyer_eleve(foyer, personnes, aide, ressources, b) else SEUIL


@primitive
def montant_sans_loyer_eleve(foyer: Any, personnes: Any, aide: int, ressources: float, b: Any) -> bool:
    """What the formula gives would be paid, were the rent not so high."""
    reste = base_du_foyer(foyer, personnes, aide, ressources, b) - b[6].al_minoration
    return reste >= 1.0 and montant_aide(foyer, personnes, aide, b) == 0.0


@primitive
def logement_motif(foyer: Any, personnes: Any, aide: int, montant: float, b: Any) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition = logement_condition(foyer, personnes, aide, b)
    if condition != OUVERT:
        return condition
    return SEUIL if montant < 0.0 else raison_du_zero(foyer, personnes, aide, b)


@primitive
def verse_ou_non(montant: float, seuil: float) -> float:
    """The amount if it reaches the threshold, its opposite if it is too small to be paid."""
    if montant > 0.0 and montant < seuil:
        return 0.0 - montant
    return montant


@primitive
def crds_logement(montant: float, reduite: bool, b: Any) -> float:
    """Euros withheld, such that what is paid is whole; when the reduction of social rents cut it, 0.5 % of it."""
    if montant <= 0.0:
        return 0.0
    if reduite:
        return tronque_centime(montant * b[6].crds_taux)
    return montant - math.floor(montant * (1.0 - b[6].crds_taux) + 0.5)


__all__ = [
    "INCONNU",
    "OUVERT",
    "crds_logement",
    "logement_condition",
    "logement_motif",
    "verse_ou_non",
    "vit_en_couple",
]
