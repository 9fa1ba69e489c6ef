"""Complément de libre choix du mode de garde (CSS L531-5 to L531-9, R531-5, D531-17 to D531-23, R552-2, R552-3)."""

import math
from typing import Any

from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    charge_inconnue,
    fait_de_charge_manquant,
)
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence, sejour_du_foyer
from limpide.droits.cf.regles import couple_inconnu
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.moteur import Motif, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_cmg import phrases
from limpide.droits.paje_cmg.enfants import A_VOIR as ACTIVITE_A_VOIR
from limpide.droits.paje_cmg.enfants import (
    ASSISTANT,
    ASSISTANT_STRUCTURE,
    NON_SU,
    PAS_A_DOMICILE,
    SALARIE,
    STRUCTURE_A_DOMICILE,
    TRAVAILLE,
    activite_du_foyer,
    cherche_un_jeune_enfant,
    compte_pour_le_cmg,
    domicile_aide,
    fait_d_activite_manquant,
    majoration_inconnue,
    montant_entier,
    prepare_a_mi_temps,
    prepare_indistincte,
    prepare_pleine,
)
from limpide.droits.paje_cmg.garde import (
    GARDE_A_VOIR,
    GARDE_AIDEE,
    GARDE_INCONNUE,
    depuis_la_demande,
    garde_de_l_enfant,
    garde_declaree,
    garde_du_domicile,
    garde_du_foyer,
)
from limpide.droits.paje_cmg.montants import (
    ASSISTANT_MATERNEL,
    DOMICILE,
    PAR_ASSISTANT,
    PAR_DOMICILE,
    aide_de_structure,
    aide_directe,
    montant_maximal,
)

NOMBRE_ENFANTS, AGE, NON_CUMUL = int(Motif.NOMBRE_ENFANTS), int(Motif.AGE), int(Motif.NON_CUMUL)
SANS_OBJET, SANS_ACTIVITE, RESSOURCES = int(Motif.NON_DEMANDE), int(Motif.SANS_ACTIVITE), int(Motif.RESSOURCES)
A_DECLARER, A_VENIR = int(Motif.A_DECLARER), int(Motif.A_VENIR)


@primitive
def aeeh_inconnue(personnes: Any, b: Any, k: int) -> bool:
    """Nobody knows whether a child opens the AEEH, or is looked after at special hours."""
    for p in personnes:
        if compte_pour_le_cmg(p, b, k) and (p.aeeh_accordee | p.garde_horaires_specifiques) < 0:
            return True
    return False


@primitive
def partage_inconnu(personnes: Any, b: Any, k: int) -> bool:
    """Nobody knows which parent receives for a child in shared residence, before each of them may."""
    for p in personnes:
        if p.role == ENFANT and p.garde_alternee == 1 and p.allocataire_unique < 0 and b[k].cmg_partage == 0:
            return True
    return False


@primitive
def prepare_inconnue(foyer: Any, personnes: Any, k: int) -> bool:
    """Whether the PreParE is received, or at which rate, is unknown."""
    if math.isnan(foyer.paje_prepare[k]):
        return True
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1 and p.prepare_choix < 0 and foyer.paje_prepare[k] > 0.0:
            return True
    return False


@primitive
def condition_d_activite(personnes: Any, k: int) -> int:
    """Reason of the condition of work (L531-5, I; D531-19)."""
    activite = activite_du_foyer(personnes, k)
    if activite == TRAVAILLE:
        return OUVERT
    if activite == NON_SU:
        return INCONNU
    return A_INSTRUIRE if activite == ACTIVITE_A_VOIR else SANS_ACTIVITE


@primitive
def condition_de_prepare(foyer: Any, personnes: Any, k: int) -> int:
    """Reason of what the PreParE closes (L531-9)."""
    if prepare_inconnue(foyer, personnes, k):
        return INCONNU
    if prepare_pleine(foyer, personnes, k):
        return NON_CUMUL
    return A_INSTRUIRE if prepare_indistincte(foyer, personnes, k) else OUVERT


@primitive
def condition_de_garde(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Reason of the care itself, once the children are known."""
    garde = garde_du_foyer(foyer, personnes, b, k)
    if garde == GARDE_INCONNUE:
        return INCONNU
    if garde == GARDE_A_VOIR:
        return A_INSTRUIRE
    if garde == GARDE_AIDEE:
        return OUVERT
    return SANS_OBJET if cherche_un_jeune_enfant(personnes, b, k) else AGE


@primitive
def paje_cmg_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed, or OUVERT; who pays nobody misses nothing."""
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if not garde_declaree(foyer, personnes):
        attendue = foyer.garde_sans_depense != 1 and depuis_la_demande(foyer, b, 6) >= 0
        return A_DECLARER if attendue else SANS_OBJET
    if foyer.cmg_date_demande != DATE_INCONNUE and depuis_la_demande(foyer, b, 6) < 0:
        return A_VENIR
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if couple_inconnu(personnes, 6) or charge_inconnue(personnes, b, 6) or partage_inconnu(personnes, b, 6):
        return INCONNU
    garde = condition_de_garde(foyer, personnes, b, 6)
    return garde if garde != OUVERT else autres_conditions(foyer, personnes, b, 6)


@primitive
def autres_conditions(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Work, PreParE, what changes the amount, the claimant's stay."""
    activite = condition_d_activite(personnes, k)
    if activite != OUVERT:
        return activite
    prepare = condition_de_prepare(foyer, personnes, k)
    if prepare != OUVERT:
        return prepare
    if aeeh_inconnue(personnes, b, k) or majoration_inconnue(personnes, b, k):
        return INCONNU
    if math.isnan(foyer.prestations_familiales_base_ressources):
        return INCONNU
    return sejour_du_foyer(personnes)


@primitive
def total_direct(foyer: Any, personnes: Any, b: Any, k: int) -> float:
    """What is given for the persons employed: by child, then at home."""
    total = 0.0
    for p in personnes:
        if p.role == ENFANT and p.mode_garde == ASSISTANT and garde_de_l_enfant(p, personnes, b, k) == GARDE_AIDEE:
            reduit = not montant_entier(p, b, k) or prepare_a_mi_temps(foyer, personnes, k)
            total += aide_directe(ASSISTANT_MATERNEL, p.garde_cout, p.garde_heures, reduit, foyer, personnes, b, k)
    if foyer.garde_domicile == SALARIE and garde_du_domicile(foyer, personnes, b, k) == GARDE_AIDEE:
        reduit = domicile_aide(foyer, personnes, b, k) == 1 or prepare_a_mi_temps(foyer, personnes, k)
        cout, heures = foyer.garde_domicile_cout, foyer.garde_domicile_heures
        total += aide_directe(DOMICILE, cout, heures, reduit, foyer, personnes, b, k)
    return total


@primitive
def total_structure(foyer: Any, personnes: Any, b: Any, k: int) -> float:
    """The same for the structures."""
    total = 0.0
    mi_temps = prepare_a_mi_temps(foyer, personnes, k)
    for p in personnes:
        if p.role == ENFANT and p.mode_garde > ASSISTANT and garde_de_l_enfant(p, personnes, b, k) == GARDE_AIDEE:
            bareme = PAR_ASSISTANT if p.mode_garde == ASSISTANT_STRUCTURE else PAR_DOMICILE
            reduit = not montant_entier(p, b, k) or mi_temps
            total += aide_de_structure(bareme, p.garde_cout, reduit, foyer, personnes, b, k)
    if foyer.garde_domicile == STRUCTURE_A_DOMICILE and garde_du_domicile(foyer, personnes, b, k) == GARDE_AIDEE:
        reduit = domicile_aide(foyer, personnes, b, k) == 1 or mi_temps
        total += aide_de_structure(PAR_DOMICILE, foyer.garde_domicile_cout, reduit, foyer, personnes, b, k)
    return total


@regle(
    "CSS D531-23",
    depuis="2012-06-01",
    libelle="Cumul d'un emploi direct et d'une structure",
    phrase=phrases.dire_limite,
    phrase_nulle="Ce que reçoit l'emploi direct épuise le maximum : rien ne s'y ajoute pour la structure.",
)
def structure_retenue(direct: float, structure: float, foyer: Any, personnes: Any, b: Any, k: int) -> float:
    """Both together stay within the sum of the amounts of each child looked after."""
    maximum = 0.0
    for p in personnes:
        if p.role == ENFANT and garde_de_l_enfant(p, personnes, b, k) == GARDE_AIDEE:
            maximum += montant_maximal(PAR_ASSISTANT, not montant_entier(p, b, k), foyer, personnes, b, k)
    if garde_du_domicile(foyer, personnes, b, k) == GARDE_AIDEE:
        reduit = domicile_aide(foyer, personnes, b, k) == 1
        maximum += montant_maximal(PAR_DOMICILE, reduit, foyer, personnes, b, k)
    return max(min(structure, maximum - direct), 0.0)


@regle(
    "CSS L531-1",
    "CSS L531-5",
    "CSS L531-6",
    depuis="2012-06-01",
    libelle="Complément de libre choix du mode de garde",
    phrase=phrases.dire_paje_cmg,
    phrase_nulle="Le complément de libre choix du mode de garde n'est pas dû pour ce mois.",
)
def paje_cmg(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS, without the contributions paid to the Urssaf; NaN if a fact is missing."""
    condition = paje_cmg_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    direct = total_direct(foyer, personnes, b, 6)
    structure = total_structure(foyer, personnes, b, 6)
    if direct > 0.0 and structure > 0.0:
        structure = structure_retenue(direct, structure, foyer, personnes, b, 6)
    return direct + structure


@regle(
    "CSS L531-5",
    "CSS L531-9",
    "CSS L512-1",
    "CSS L512-2",
    "CSS R552-2",
    depuis="2012-06-01",
    libelle="Ouverture du droit",
)
def paje_cmg_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition = paje_cmg_condition(foyer, personnes, b)
    return RESSOURCES if condition == OUVERT else condition


(
    LIEU, NATIONALITE, TITRE, ALLOCATAIRE, RESSOURCES_N2, AAH, PREPARE, CHOIX, MODE, COUT, HEURES, SPECIFIQUES,
    AEEH, A_DOMICILE, COUT_A_DOMICILE, HEURES_A_DOMICILE,
) = (
    NATURES[nom].code
    for nom in (
        "residence", "nationalite", "duree_possession_titre_sejour", "allocataire_unique",
        "prestations_familiales_base_ressources", "aah", "paje_prepare", "prepare_choix", "mode_garde",
        "garde_cout", "garde_heures", "garde_horaires_specifiques", "aeeh_accordee",
        "garde_domicile", "garde_domicile_cout", "garde_domicile_heures",
    )
)  # fmt: skip


@primitive
def fait_de_garde_manquant(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Code of the first fact that the care of the children misses; 0 if none."""
    for p in personnes:
        if garde_de_l_enfant(p, personnes, b, k) == GARDE_INCONNUE:
            if p.mode_garde < 0:
                return MODE
            return COUT if math.isnan(p.garde_cout) else HEURES
    if garde_du_domicile(foyer, personnes, b, k) != GARDE_INCONNUE:
        return 0
    if foyer.garde_domicile < PAS_A_DOMICILE:
        return A_DOMICILE
    return COUT_A_DOMICILE if math.isnan(foyer.garde_domicile_cout) else HEURES_A_DOMICILE


@primitive
def autre_fait_manquant(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """The same for the other conditions."""
    if condition_d_activite(personnes, k) == INCONNU:
        return fait_d_activite_manquant(personnes, k)
    if math.isnan(foyer.paje_prepare[k]):
        return PREPARE
    if prepare_inconnue(foyer, personnes, k):
        return CHOIX
    for p in personnes:
        if compte_pour_le_cmg(p, b, k) and (p.aeeh_accordee | p.garde_horaires_specifiques) < 0:
            return AEEH if p.aeeh_accordee < 0 else SPECIFIQUES
    if majoration_inconnue(personnes, b, k):
        return AAH
    return RESSOURCES_N2 if math.isnan(foyer.prestations_familiales_base_ressources) else 0


@primitive
def paje_cmg_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if couple_inconnu(personnes, 6):
        return 0
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    if partage_inconnu(personnes, b, 6):
        return ALLOCATAIRE
    garde = fait_de_garde_manquant(foyer, personnes, b, 6)
    if garde:
        return garde
    autre = autre_fait_manquant(foyer, personnes, b, 6)
    if autre:
        return autre
    return NATIONALITE if personnes[0].nationalite < 0 else TITRE


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def paje_cmg_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
