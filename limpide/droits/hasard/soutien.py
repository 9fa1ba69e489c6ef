"""Children whom a parent does not support, with the pension that comes all the same, and adopted ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits import SOUTIENS
from limpide.droits.situation import MOIS_FENETRE

if TYPE_CHECKING:
    from .composition import Composition
    from .tirage import Tirage

Tableau = npt.NDArray[Any]

PARTS_SEUL = (0.15, 0.17, 0.22, 0.2, 0.12, 0.03, 0.04, 0.07)
"""By value of `soutien_autre_parent`, for the child of a parent alone: most lack support, for the law to be reached."""
PARTS_COUPLE = (0.92, 0.03, 0.02, 0.02, 0.005, 0.001, 0.001, 0.003)
PENSION_MAXIMALE = 320.0
PART_ARRIVES = 0.4
"""Of the adopted children, those who arrive in the month computed."""
PART_RECENTS, MOIS_RECENTS, MOIS_ANCIENS = 0.3, 8, 60


def priver_de_soutien(
    personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage
) -> None:
    """Describe the other parent of every child, and the pension of those who have one."""
    n = len(personnes)
    seul, couple = (hasard.choice(len(SOUTIENS), n, p=parts) for parts in (PARTS_SEUL, PARTS_COUPLE))
    soutien = np.where(composition.seul, seul, couple)
    payes = [SOUTIENS.index("pension_partielle"), SOUTIENS.index("pension_faible")]
    # A child with a pension is one with resources for RSA and prime d'activité: a corner, rarer in ordinary draws.
    rare = np.isin(soutien, payes) & (hasard.random(n) >= tirage.rarete)
    soutien = np.where(rare, SOUTIENS.index("hors_d_etat"), soutien)
    enfant = ~composition.adulte
    personnes["soutien_autre_parent"] = np.where(enfant, soutien, SOUTIENS.index("apporte"))
    for nom in ("soutien_depuis", "asf_date_demande"):
        personnes[nom] = _jours(composition, n, hasard, tirage)
    personnes["pension_en_cours_de_fixation"] = enfant & (hasard.random(n) < 0.5)
    personnes["enfant_recueilli"] = enfant & (hasard.random(n) < 0.03 * tirage.rarete)
    personnes["deux_parents_absents"] = enfant & (hasard.random(n) < 0.06 * tirage.rarete)
    # Nobody adopts a child to be born.
    personnes["adoption"] = enfant & (hasard.random(n) < 0.05 * tirage.rarete) & (composition.age_mois >= 0)
    ce_mois = composition.reference.astype("datetime64[D]").astype(np.int64) + hasard.integers(0, 28, n)
    ailleurs = _jours(composition, n, hasard, tirage)
    personnes["date_adoption"] = np.where(hasard.random(n) < PART_ARRIVES, ce_mois, ailleurs)
    _attendre(personnes, composition, hasard)
    pension = np.round(hasard.uniform(20, PENSION_MAXIMALE, n), 2)
    rangs = np.flatnonzero(enfant & np.isin(soutien, payes))
    personnes["pensions_alimentaires_percues"][rangs] = pension[rangs, None] * np.ones(MOIS_FENETRE)


def _attendre(personnes: Tableau, composition: Composition, hasard: np.random.Generator) -> None:
    """Pregnancies: those of the children to be born, on the claimant, nine months before; others begun at random."""
    n = len(personnes)
    debut = composition.reference.astype("datetime64[D]").astype(np.int64) - hasard.integers(0, 270, n)
    a_naitre = np.flatnonzero(~composition.adulte & (composition.naissance > composition.reference))
    demandeurs = composition.debut[composition.foyer[a_naitre]]
    naissance = composition.naissance[a_naitre]
    jour = naissance - naissance.astype("datetime64[M]").astype("datetime64[D]")
    debut[demandeurs] = ((naissance.astype("datetime64[M]") - 9).astype("datetime64[D]") + jour).astype(np.int64)
    personnes["date_debut_grossesse"] = debut
    personnes["enfants_attendus"] = np.where(hasard.random(n) < 0.03, 2, 0)
    meme = np.flatnonzero(np.isin(np.arange(n), demandeurs))
    personnes["enceinte"][meme] = 1
    personnes["enfants_attendus"][meme] = np.bincount(demandeurs, minlength=n)[meme]


def _jours(composition: Composition, n: int, hasard: np.random.Generator, tirage: Tirage) -> Tableau:
    """Days, most of them years ago, some around the four months and the month of waiting."""
    recent = hasard.random(n) < PART_RECENTS * tirage.rarete
    recul = np.where(recent, hasard.integers(-1, MOIS_RECENTS, n), hasard.integers(MOIS_RECENTS, MOIS_ANCIENS, n))
    premier = (composition.reference - recul).astype("datetime64[D]").astype(np.int64)
    return np.asarray(premier + hasard.integers(0, 28, n))
