"""Allocation de logement sociale (CCH L841-1 to L842-2): the common law of `logement`, and its threshold."""

import math
from typing import Any

from limpide.droits.logement.aide import montant_aide
from limpide.droits.logement.conditions import (
    INCONNU,
    OUVERT,
    crds_logement,
    logement_condition,
    logement_motif,
    verse_ou_non,
)
from limpide.droits.logement.manques import logement_manque
from limpide.droits.logement.occupation import ALS
from limpide.droits.logement.phrases import dire_crds_logement, dire_montant
from limpide.droits.moteur import regle
from limpide.droits.moteur.primitive import primitive


@regle(
    "CCH L841-1",
    "CCH L841-2",
    "CCH D823-16",
    "CCH D842-6",
    "CCH D842-15",
    depuis="2019-09-01",
    libelle="Allocation de logement sociale",
    phrase=dire_montant,
    phrase_nulle="L'allocation de logement sociale n'est pas due pour ce mois.",
)
def als(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS; NaN if a fact is missing, below zero if too small to be paid."""
    condition = logement_condition(foyer, personnes, ALS, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    return verse_ou_non(montant_aide(foyer, personnes, ALS, b), b[6].als_seuil)


@regle("CCH L822-2", "CCH L841-1", "CCH L841-2", depuis="2019-09-01", libelle="Ouverture du droit")
def als_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    return logement_motif(foyer, personnes, ALS, montant, b)


@primitive
def als_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact."""
    return logement_manque(foyer, personnes, b)


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    "CCH D823-16",
    depuis="2019-09-01",
    libelle="CRDS",
    phrase=dire_crds_logement,
    phrase_nulle="La CRDS ne retient rien.",
)
def als_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld."""
    return crds_logement(montant, False, b)
