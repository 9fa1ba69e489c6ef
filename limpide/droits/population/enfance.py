"""What some families have more: a disabled child, a child looked after by somebody paid, a parent who stops working."""

from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits import ACTIVITES, DATE_INCONNUE, INCONNU
from limpide.droits.faits_enfants import ACCUEILS_AEEH
from limpide.droits.faits_garde import MODES_GARDE, PREPARE_CHOIX
from limpide.droits.situation import CONJOINT, ENFANT

from .composition import CALAGE, JOURS_PAR_AN, Composition

Vecteur = npt.NDArray[Any]
AGE_GARDE, AGE_PREPARE = 6.0, 3.0


def decrire_l_enfance(
    c: Composition, activite: Vecteur, reference: int, hasard: np.random.Generator
) -> dict[str, Vecteur]:
    """Facts of the children and of their parents, by column."""
    return _handicap(c, reference, hasard) | _garde(c, activite, hasard) | _conge(c, activite, reference, hasard)


def _handicap(c: Composition, reference: int, hasard: np.random.Generator) -> dict[str, Vecteur]:
    parts, n = CALAGE["aeeh"], len(c.foyer)
    accordee = (c.role == ENFANT) & (c.age >= 1) & (hasard.random(n) < parts["part_des_enfants"])
    niveau = hasard.choice(len(parts["complements"]), n, p=parts["complements"])
    jours = np.minimum(hasard.integers(60, 2000, n), (c.age * JOURS_PAR_AN).astype(np.int64))
    sans = ACCUEILS_AEEH.index("sans_accompagnement")
    return {
        "aeeh_accordee": accordee.astype(np.int8),
        "aeeh_niveau_handicap": np.where(accordee, niveau, 0).astype(np.int16),
        "aeeh_date_demande": np.where(accordee, reference - jours, DATE_INCONNUE).astype(np.int32),
        "aeeh_accueil": np.where(accordee, sans, INCONNU).astype(np.int8),
        "aeeh_tierce_personne": np.where(accordee, niveau > 1, INCONNU).astype(np.int8),
    }


def _garde(c: Composition, activite: Vecteur, hasard: np.random.Generator) -> dict[str, Vecteur]:
    """A registered minder employed by the parents, where no adult of the household is without a job."""
    parts, n = CALAGE["garde"], len(c.foyer)
    sans_emploi = (c.role != ENFANT) & (activite != ACTIVITES.index("actif"))
    oisifs = np.bincount(c.foyer, sans_emploi, c.nombre)
    jeune = (c.role == ENFANT) & (c.age < AGE_GARDE)
    garde = jeune & (oisifs[c.foyer] == 0) & (hasard.random(n) < parts["part_des_enfants"])
    heures = np.round(np.where(c.age < AGE_PREPARE, hasard.uniform(60, 170, n), hasard.uniform(20, 80, n)))
    cout = np.round(heures * hasard.uniform(parts["cout_horaire"][0], parts["cout_horaire"][1], n))
    return {
        "mode_garde": np.where(garde, MODES_GARDE.index("assistant_maternel"), 0).astype(np.int8),
        "garde_heures": np.where(garde, heures, INCONNU).astype(np.int16),
        "garde_cout": np.where(garde, cout, np.nan),
    }


def _conge(c: Composition, activite: Vecteur, reference: int, hasard: np.random.Generator) -> dict[str, Vecteur]:
    """Partners without a job who stopped for a child under three."""
    n = len(c.foyer)
    benjamin = np.full(c.nombre, np.inf)
    np.minimum.at(benjamin, c.foyer, np.where(c.role == ENFANT, c.age, np.inf))
    petit = benjamin[c.foyer] < AGE_PREPARE
    parent = (c.role == CONJOINT) & (activite == ACTIVITES.index("inactif")) & petit
    arrete = parent & (hasard.random(n) < CALAGE["prepare"]["part_des_conjoints"])
    depuis = reference - (np.where(petit, benjamin[c.foyer], 0) * JOURS_PAR_AN).astype(np.int64)
    return {
        "prepare_choix": np.where(arrete, PREPARE_CHOIX.index("cessation"), 0).astype(np.int8),
        "prepare_trimestres": np.where(arrete, 16, INCONNU).astype(np.int16),
        "prepare_depuis": np.where(arrete, depuis, DATE_INCONNUE).astype(np.int32),
        "prepare_mois_indemnises": np.where(arrete, 3, INCONNU).astype(np.int16),
    }
