"""Prime à l'adoption of the Paje (CSS L531-1, L531-2, R531-1, D531-2, D531-3-1)."""

import math
from typing import Any

from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    allocataire_inconnu,
    charge_inconnue,
    compte_ici,
    est_a_charge,
)
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import INCONNU, OUVERT, residence, sejour_du_foyer
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_adoption import phrases
from limpide.droits.paje_base.enfants import (
    accueil_inconnu_du_foyer,
    attendus,
    attente_inconnue,
    enfants_nes,
    mois_au_foyer,
)
from limpide.droits.paje_naissance.regles import (
    condition_de_revenu_inconnue,
    manque_pour_le_plafond,
    sous_le_plafond,
)

HORS_PERIODE, RESSOURCES, SANS_EVENEMENT = int(Motif.HORS_PERIODE), int(Motif.RESSOURCES), int(Motif.SANS_EVENEMENT)


@regle(
    "CSS L531-2",
    "CSS R531-1",
    depuis="2018-04-01",
    libelle="Enfant adopté arrivé ce mois-ci",
    phrase=phrases.dire_arrivee,
    phrase_nulle=lambda a, r: phrases.dire_arrivee(a, False),
)
def accueilli_ce_mois(p: Any, b: Any, k: int) -> bool:
    """In charge here, and arrived in the month: the family is looked at on its first day."""
    return compte_ici(p, b, k) and mois_au_foyer(p, b, k) == 0


@primitive
def enfants_arrives(personnes: Any, b: Any, k: int) -> int:
    """Adopted children who arrived in the month."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and p.adoption == 1 and accueilli_ce_mois(p, b, k):
            n += 1
    return n


@primitive
def adopte_a_demeure(personnes: Any, b: Any, k: int) -> bool:
    """An adopted child in charge who lives here only, whenever it arrived."""
    for p in personnes:
        if p.role == ENFANT and p.adoption == 1 and p.garde_alternee == 0 and est_a_charge(p, b, k):
            return True
    return False


@regle("CSS D531-2", depuis="2018-04-01", libelle="Montant de la prime à l'adoption", phrase=phrases.dire_montant)
def montant_de_la_prime(b: Any, k: int) -> float:
    """Euros for one child, at the monthly base of the month of the arrival (R531-1)."""
    return arrondi_centime(b[k].paje_adoption_taux * b[k].bmaf)


@primitive
def paje_adoption_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the income, or OUVERT."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if not a_des_enfants(personnes):
        return SANS_EVENEMENT
    if charge_inconnue(personnes, b, 6) or accueil_inconnu_du_foyer(personnes, b, 6):
        return INCONNU
    # Which parent receives for a child in shared residence is asked only where the child arrived.
    if enfants_arrives(personnes, b, 6) == 0:
        return HORS_PERIODE if adopte_a_demeure(personnes, b, 6) else SANS_EVENEMENT
    return INCONNU if allocataire_inconnu(personnes, b, 6) else sejour_du_foyer(personnes)


@regle(
    "CSS L531-1",
    "CSS L531-2",
    "CSS R531-1",
    depuis="2018-04-01",
    libelle="Prime à l'adoption",
    phrase=phrases.dire_prime,
    phrase_nulle="La prime à l'adoption n'est pas due pour ce mois.",
)
def paje_adoption(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros, once, before CRDS; NaN if a fact is missing."""
    condition = paje_adoption_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    if attente_inconnue(personnes, 6):
        return math.nan
    enfants = enfants_nes(personnes, b, 6) + attendus(personnes, 6)
    if condition_de_revenu_inconnue(foyer, personnes, enfants, b, 6):
        return math.nan
    if not sous_le_plafond(foyer, personnes, foyer.prestations_familiales_base_ressources, enfants, b, 6):
        return 0.0
    return enfants_arrives(personnes, b, 6) * montant_de_la_prime(b, 6)


@regle("CSS L531-2", "CSS L512-1", "CSS L512-2", depuis="2018-04-01", libelle="Ouverture du droit")
def paje_adoption_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition = paje_adoption_condition(foyer, personnes, b)
    return RESSOURCES if condition == OUVERT else condition


LIEU, ADOPTION, ARRIVEE, ENCEINTE, ATTENDUS = (
    NATURES["residence"].code,
    NATURES["adoption"].code,
    NATURES["date_adoption"].code,
    NATURES["enceinte"].code,
    NATURES["enfants_attendus"].code,
)


@primitive
def paje_adoption_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if not charge_inconnue(personnes, b, 6) and not allocataire_inconnu(personnes, b, 6):
        accueil = accueil_inconnu_du_foyer(personnes, b, 6)
        if accueil:
            return ADOPTION if accueil == 1 else ARRIVEE
        attente = attente_inconnue(personnes, 6)
        if attente and sejour_du_foyer(personnes) != INCONNU:
            return ENCEINTE if attente == 1 else ATTENDUS
    return manque_pour_le_plafond(foyer, personnes, b)


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def paje_adoption_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
