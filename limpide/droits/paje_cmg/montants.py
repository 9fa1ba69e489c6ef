"""How much: the ceiling by income and age, and, since September 2025, the effort of the family hour by hour."""

from typing import Any

from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.moteur import arrondi_centime, arrondi_euro, regle
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_cmg import phrases
from limpide.droits.paje_cmg.enfants import (
    enfants_du_cmg,
    enfants_handicapes,
    horaires_specifiques,
    majore,
)

ASSISTANT_MATERNEL, DOMICILE = 0, 1
"""Whom the family employs, as the parameters order them."""
DIRECT, PAR_ASSISTANT, PAR_DOMICILE = 0, 1, 2
"""Which scale of ceilings applies: employment, childminder of a structure, at home or micro-crèche."""


@regle(
    "CSS D531-20",
    "CSS D531-21",
    depuis="2012-06-01",
    libelle="Plafonds de ressources du complément",
    phrase=phrases.dire_plafond,
)
def plafond_du_cmg(second: bool, personnes: Any, b: Any, k: int) -> float:
    """Euros a year: the first or the second ceiling, by number of children, 40 % more for a parent alone."""
    valeurs = b[k].cmg_plafond_second if second else b[k].cmg_plafond_premier
    plafond: float = valeurs[0] + enfants_du_cmg(personnes, b, k) * valeurs[1]
    return plafond if vit_en_couple(personnes, k) else plafond * (1.0 + b[k].cmg_personne_seule)


@primitive
def tranche(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """0, 1 or 2: up to the first ceiling, up to the second, above."""
    ressources = foyer.prestations_familiales_base_ressources
    if ressources <= plafond_du_cmg(False, personnes, b, k):
        return 0
    return 1 if ressources <= plafond_du_cmg(True, personnes, b, k) else 2


@primitive
def taux_maximal(bareme: int, rang: int, b: Any, k: int) -> float:
    """Share of the monthly base, by scale and band of income."""
    if bareme == DIRECT:
        taux: float = b[k].cmg_direct_taux[rang]
        return taux
    autre: float = b[k].cmg_assistant_taux[rang] if bareme == PAR_ASSISTANT else b[k].cmg_domicile_taux[rang]
    return autre


@regle(
    "CSS L531-6",
    "CSS D531-21",
    "CSS D531-22",
    depuis="2019-01-01",
    libelle="Montant maximal selon les ressources",
    phrase=phrases.dire_maximum,
)
def montant_maximal(bareme: int, reduit: bool, foyer: Any, personnes: Any, b: Any, k: int) -> float:
    """Euros a month: half after the age of the whole amount; 30 % and 10 % more, each on the amount itself."""
    montant = taux_maximal(bareme, tranche(foyer, personnes, b, k), b, k) * b[k].bmaf
    if reduit:
        montant *= b[k].cmg_part_reduite
    part = 1.0
    if majore(personnes, b, k):
        part += b[k].cmg_majoration
    if horaires_specifiques(personnes, b, k):
        part += b[k].cmg_horaires_specifiques
    return arrondi_centime(montant * part)


@regle(
    "CSS D531-18",
    "CASF L262-2",
    "CASF R262-9",
    depuis="2019-01-01",
    libelle="Ressources mensuelles retenues",
    phrase=phrases.dire_ressources,
)
def ressources_retenues(ressources: float, b: Any, k: int) -> float:
    """A twelfth of the year's, to the euro, within a floor (RSA of one person with one child) and a ceiling."""
    plancher = b[k].rsa_montant * (1.0 + b[k].foyer_majoration_deuxieme) * (1.0 - b[k].forfait_logement_taux[1])
    mensuelles = arrondi_euro(ressources / 12.0)
    maximum: float = b[k].cmg_ressources_maximales
    return min(max(mensuelles, arrondi_euro(plancher)), maximum)


@regle(
    "CSS D531-18",
    depuis="2019-01-01",
    libelle="Taux d'effort horaire",
    phrase=phrases.dire_effort,
)
def taux_d_effort(genre: int, personnes: Any, b: Any, k: int) -> float:
    """By number of children; each handicapped child brings the rate immediately below."""
    enfants, rang = enfants_du_cmg(personnes, b, k), 0
    for seuil in b[k].cmg_effort_enfants:
        if enfants >= seuil:
            rang += 1
    rang = min(rang + enfants_handicapes(personnes, b, k), 4)
    taux: float = b[k].cmg_effort_assistant[rang] if genre == ASSISTANT_MATERNEL else b[k].cmg_effort_domicile[rang]
    return taux


@regle(
    "CSS L531-5",
    "CSS D531-18",
    "CSS D531-20",
    depuis="2019-01-01",
    jusque="2025-08-31",
    libelle="Aide à l'emploi direct",
    phrase=phrases.dire_direct,
)
def aide_directe(
    genre: int, cout: float, heures: int, reduit: bool, foyer: Any, personnes: Any, b: Any, k: int
) -> float:
    """At most 85 % of what is paid, within the amount of the band of income."""
    maximum = montant_maximal(DIRECT, reduit, foyer, personnes, b, k)
    return arrondi_centime(min(maximum, b[k].cmg_part_maximale * cout))


@regle(
    "CSS L531-5",
    "CSS D531-18",
    depuis="2025-09-01",
    libelle="Aide à l'emploi direct",
    phrase=phrases.dire_direct_2025,
    phrase_nulle="Votre participation horaire couvre tout le coût de la garde : l'aide est nulle.",
    variante_de=aide_directe,
)
def aide_directe_2025(
    genre: int, cout: float, heures: int, reduit: bool, foyer: Any, personnes: Any, b: Any, k: int
) -> float:
    """Cost, times what the family's hourly share leaves of the reference cost; before CRDS (the formula is after)."""
    retenu = min(cout, heures * b[k].cmg_plafond_horaire[genre])
    revenu = ressources_retenues(foyer.prestations_familiales_base_ressources, b, k)
    part = 1.0 - revenu * taux_d_effort(genre, personnes, b, k) / b[k].cmg_cout_reference[genre]
    if part <= 0.0:
        return 0.0
    return arrondi_centime(retenu * part / (1.0 - b[k].crds_taux))


@regle(
    "CSS L531-6",
    "CSS D531-21",
    depuis="2012-06-01",
    libelle="Aide à la garde par une structure",
    phrase=phrases.dire_structure,
)
def aide_de_structure(bareme: int, cout: float, reduit: bool, foyer: Any, personnes: Any, b: Any, k: int) -> float:
    """At most 85 % of the bill, within the amount of the band of income."""
    maximum = montant_maximal(bareme, reduit, foyer, personnes, b, k)
    return arrondi_centime(min(maximum, b[k].cmg_part_maximale * cout))
