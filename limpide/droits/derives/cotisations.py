"""What the CMG pays to the Urssaf for the person employed: contributions, apart from the family's sum (L531-5, II).

The amount of the contributions is a fact: Pajemploi computes them from the wage. A structure has none.
"""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT
from limpide.droits.bases.mots import euros, nombre, pour_cent
from limpide.droits.bases.sejour import INCONNU, OUVERT
from limpide.droits.faits import NATURES
from limpide.droits.moteur import arrondi_centime, regle
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_cmg.enfants import ASSISTANT, SALARIE
from limpide.droits.paje_cmg.garde import GARDE_AIDEE, garde_de_l_enfant, garde_du_domicile
from limpide.droits.paje_cmg.regles import paje_cmg_condition, paje_cmg_manque

COTISATIONS, COTISATIONS_A_DOMICILE = (
    NATURES["garde_cotisations"].code,
    NATURES["garde_domicile_cotisations"].code,
)


def _dire_assistant(a: Any, r: float) -> str:
    return (
        f"Les cotisations de votre assistant maternel ({euros(a['cotisations'])}) sont toutes prises en charge, si son"
        " salaire ne dépasse pas cinq SMIC horaires par jour et par enfant : ce n'est pas vérifié ici."
    )


def _dire_assistant_2025(a: Any, r: float) -> str:
    plafond = euros(a["b"][a["k"]].cmg_plafond_horaire[0])
    if r == a["cotisations"]:
        return f"La dépense ne dépasse pas {plafond} par heure : toutes les cotisations ({euros(r)}) sont payées."
    return (
        f"{nombre(a['heures'])} heures à {plafond} au plus, pour {euros(a['cout'])} dépensés : sur"
        f" {euros(a['cotisations'])} de cotisations, {euros(r)} sont payés."
    )


def _dire_domicile(a: Any, r: float) -> str:
    part = pour_cent(a["b"][a["k"]].cmg_cotisations_domicile)
    return (
        f"Pour une garde chez vous, {part} des cotisations ({euros(a['cotisations'])}) sont pris en charge, soit"
        f" {euros(r)} au plus : un plafond que nous n'avons pas lu peut les réduire."
    )


@regle("CSS L531-5", "CSS D531-17", depuis="2019-01-01", jusque="2025-08-31",
       libelle="Cotisations de l'assistant maternel", phrase=_dire_assistant)  # fmt: skip
def cotisations_de_l_assistant(cotisations: float, cout: float, heures: int, b: Any, k: int) -> float:
    """All of them, euros a month."""
    return arrondi_centime(cotisations)


@regle("CSS L531-5", "CSS D531-17", depuis="2025-09-01", libelle="Cotisations de l'assistant maternel",
       phrase=_dire_assistant_2025, variante_de=cotisations_de_l_assistant)  # fmt: skip
def cotisations_de_l_assistant_2025(cotisations: float, cout: float, heures: int, b: Any, k: int) -> float:
    """All of them; above the hourly ceiling, in the ratio of the ceiling to the cost."""
    plafond = heures * b[k].cmg_plafond_horaire[0]
    return arrondi_centime(cotisations if cout <= plafond else cotisations * plafond / cout)


@regle("CSS L531-5", "CSS D531-17", depuis="2004-01-01", libelle="Cotisations de la garde à domicile",
       phrase=_dire_domicile)  # fmt: skip
def cotisations_a_domicile(cotisations: float, b: Any, k: int) -> float:
    """Half, before a ceiling of which no figure was read."""
    return arrondi_centime(b[k].cmg_cotisations_domicile * cotisations)


@primitive
def emploie_un_assistant(p: Any, personnes: Any, b: Any) -> bool:
    """A childminder is employed for this child, and the CMG helps."""
    aide: bool = p.role == ENFANT and p.mode_garde == ASSISTANT and garde_de_l_enfant(p, personnes, b, 6) == GARDE_AIDEE
    return aide


@primitive
def emploie_a_domicile(foyer: Any, personnes: Any, b: Any) -> bool:
    """The same at home."""
    aide: bool = foyer.garde_domicile == SALARIE and garde_du_domicile(foyer, personnes, b, 6) == GARDE_AIDEE
    return aide


@primitive
def cotisations_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact; 0 if none."""
    if paje_cmg_condition(foyer, personnes, b) == INCONNU:
        manque: int = paje_cmg_manque(foyer, personnes, b)
        return manque
    for p in personnes:
        if emploie_un_assistant(p, personnes, b) and math.isnan(p.garde_cotisations):
            return COTISATIONS
    inconnu = emploie_a_domicile(foyer, personnes, b) and math.isnan(foyer.garde_domicile_cotisations)
    return COTISATIONS_A_DOMICILE if inconnu else 0


def _dire_total(a: Any, r: float) -> str:
    return f"{euros(r)} de cotisations sont payés à l'Urssaf pour vous : ils ne s'ajoutent pas à ce que vous recevez."


@regle("CSS L531-5", "CSS L531-8", depuis="2004-01-01", libelle="Cotisations prises en charge", phrase=_dire_total,
       phrase_nulle="Aucune cotisation n'est prise en charge ce mois-ci.")  # fmt: skip
def cotisations_prises_en_charge(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros of the month paid to the Urssaf, under the conditions of the CMG itself; nothing where it is closed."""
    if paje_cmg_condition(foyer, personnes, b) != OUVERT:
        return 0.0
    total = 0.0
    for p in personnes:
        if emploie_un_assistant(p, personnes, b):
            total += cotisations_de_l_assistant(p.garde_cotisations, p.garde_cout, p.garde_heures, b, 6)
    if emploie_a_domicile(foyer, personnes, b):
        total += cotisations_a_domicile(foyer.garde_domicile_cotisations, b, 6)
    return total
