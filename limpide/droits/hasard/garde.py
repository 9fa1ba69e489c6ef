"""Parents who stop or reduce their work for a young child, and how young children are looked after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits import DATE_INCONNUE
from limpide.droits.faits_garde import GARDES_A_DOMICILE, MODES_GARDE, PREPARE_CHOIX

if TYPE_CHECKING:
    from .composition import Composition
    from .tirage import Tirage

Tableau = npt.NDArray[Any]

PARTS_CHOIX = (0.6, 0.16, 0.09, 0.09, 0.06)
"""By value of `prepare_choix`, for an adult with a child under six: enough of each for the law to be reached."""
AGE_JEUNE = 6 * 12
TRIMESTRES_MAXIMAUX = 20
MOIS_MAXIMAUX = 40


def arreter_de_travailler(
    personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage
) -> None:
    """What parents choose, since when, with how many quarters validated and months of maternity paid."""
    n = len(personnes)
    jeune = np.zeros(len(composition.debut), bool)
    enfants = ~composition.adulte & (composition.age_mois < AGE_JEUNE)
    jeune[composition.foyer[enfants]] = True
    demande = composition.adulte & jeune[composition.foyer] & (hasard.random(n) < tirage.rarete)
    choix = hasard.choice(len(PREPARE_CHOIX), n, p=PARTS_CHOIX)
    personnes["prepare_choix"] = np.where(demande, choix, 0)
    trimestres = hasard.integers(0, TRIMESTRES_MAXIMAUX, n)
    personnes["prepare_trimestres"] = np.where(hasard.random(n) < 0.5, TRIMESTRES_MAXIMAUX, trimestres)
    recul = hasard.integers(-1, MOIS_MAXIMAUX, n)
    premier = (composition.reference - recul).astype("datetime64[D]").astype(np.int64)
    personnes["prepare_depuis"] = premier + hasard.integers(0, 28, n)
    personnes["prepare_mois_indemnises"] = hasard.choice(np.array([0, 2, 3, 6]), n)


PARTS_MODES = (0.35, 0.35, 0.12, 0.18)
PARTS_DOMICILE = (0.75, 0.15, 0.10)
PART_DEMANDES, PART_SANS_DEPENSE = 0.4, 0.2
PART_DES_GRANDS = 0.05
"""Of the children from six to twelve, those looked after by somebody paid."""
HEURES_MAXIMALES, COUT_HORAIRE_MAXIMAL = 200, 16.0


def faire_garder(
    foyers: Tableau, personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage
) -> None:
    """How children are looked after, how long and for how much."""
    n, m = len(personnes), len(foyers)
    enfant = ~composition.adulte & (composition.age_mois >= 0)
    petits = enfant & (composition.age_mois <= AGE_JEUNE)
    grands = enfant & (composition.age_mois <= 2 * AGE_JEUNE) & (hasard.random(n) < PART_DES_GRANDS)
    garde = (petits | grands) & (hasard.random(n) < tirage.rarete)
    personnes["mode_garde"] = np.where(garde, hasard.choice(len(MODES_GARDE), n, p=PARTS_MODES), 0)
    personnes["garde_heures"] = hasard.integers(1, HEURES_MAXIMALES, n)
    personnes["garde_cout"] = np.round(personnes["garde_heures"] * hasard.uniform(2, COUT_HORAIRE_MAXIMAL, n), 2)
    jeune = np.zeros(m, bool)
    jeune[composition.foyer[garde]] = True
    choix = hasard.choice(len(GARDES_A_DOMICILE), m, p=PARTS_DOMICILE)
    foyers["garde_domicile"] = np.where(jeune, choix, 0)
    foyers["garde_domicile_heures"] = hasard.integers(1, HEURES_MAXIMALES, m)
    cout = foyers["garde_domicile_heures"] * hasard.uniform(8, 2 * COUT_HORAIRE_MAXIMAL, m)
    foyers["garde_domicile_cout"] = np.round(cout, 2)
    foyers["revenus_imposables_bruts"] = np.round(foyers["prestations_familiales_base_ressources"] / 0.9)
    # What OpenFisca doesn't know of is not drawn to be compared with it.
    demande = jeune & (hasard.random(m) < PART_DEMANDES) & (tirage.rarete >= 1.0)
    premier = (composition.reference - hasard.integers(-3, 6, m)).astype("datetime64[D]").astype(np.int64)
    foyers["cmg_date_demande"] = np.where(demande, premier, DATE_INCONNUE)
    foyers["garde_sans_depense"] = demande & (hasard.random(m) < PART_SANS_DEPENSE)
    personnes["garde_cotisations"] = np.round(0.7 * personnes["garde_cout"], 2)
    foyers["garde_domicile_cotisations"] = np.round(0.7 * foyers["garde_domicile_cout"], 2)
    _au_printemps_2025(foyers, personnes)


def _au_printemps_2025(foyers: Tableau, personnes: Tableau) -> None:
    """The same care for the three months before the reform, and what was received and fixed for it."""
    employe = personnes["mode_garde"] == MODES_GARDE.index("assistant_maternel")
    personnes["garde_2025_heures"] = np.where(employe, 3 * personnes["garde_heures"], 0)
    personnes["garde_2025_cout"] = np.round(3 * personnes["garde_cout"], 2)
    chez_soi = foyers["garde_domicile"] == GARDES_A_DOMICILE.index("emploi_direct")
    foyers["garde_domicile_2025_heures"] = np.where(chez_soi, 3 * foyers["garde_domicile_heures"], 0)
    foyers["garde_domicile_2025_cout"] = np.round(3 * foyers["garde_domicile_cout"], 2)
    foyers["cmg_2025"] = np.round(1.8 * foyers["garde_domicile_cout"], 2)
    foyers["cmg_differentiel"] = np.round(0.1 * foyers["garde_domicile_cout"], 2)
