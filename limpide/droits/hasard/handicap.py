"""Adults whose disability is recognised, and what the allowance reads of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits_handicap import ETABLISSEMENTS
from limpide.droits.situation import MOIS_FENETRE

if TYPE_CHECKING:
    from .composition import Composition
    from .tirage import Tirage

Tableau = npt.NDArray[Any]

PART_RECONNUE = 0.12
TAUX = (45, 50, 65, 79, 80, 95)
PARTS_ETABLISSEMENTS = (0.88, 0.06, 0.02, 0.04)
PART_ESAT, PART_CONJUGALISEE, PART_REVENUS_N2 = 0.08, 0.15, 0.3
TAUX_PLEIN, PART_RECUE, MONTANT_VISE = 80, 0.5, 1_100.0
"""An allowance received at its full rate, above that of every month: it opens its complement."""
SMIC_MENSUEL_VISE, AIDE_AU_POSTE_VISEE = 1_820.0, 900.0


def reconnaitre_le_handicap(
    personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage
) -> None:
    """Decisions of the CDAPH for some adults; yearly resources for all, so that a partner's are known."""
    n, adulte = len(personnes), composition.adulte
    reconnu = adulte & (hasard.random(n) < PART_RECONNUE)
    taux = np.where(reconnu, hasard.choice(np.array(TAUX), n), personnes["taux_incapacite"])
    personnes["taux_incapacite"] = taux
    personnes["aah_restriction_substantielle_durable_acces_emploi"] = reconnu & (hasard.random(n) < 0.7)
    personnes["aah_conjugalise_eligible"] = reconnu & (hasard.random(n) < PART_CONJUGALISEE)
    personnes["a_charge_de_ses_parents"] = hasard.random(n) < 0.3
    personnes["aah_evaluation_trimestrielle"] = reconnu & (hasard.random(n) < 0.1 * tirage.rarete)
    personnes["aah_cumul_integral"] = reconnu & (hasard.random(n) < 0.1 * tirage.rarete)
    changement = hasard.choice(np.array([0, 0, 30, 50]), n) * (hasard.random(n) < tirage.rarete)
    personnes["abattement_activite"] = np.where(reconnu, changement, 0)
    recue = np.flatnonzero(reconnu & (taux >= TAUX_PLEIN) & (hasard.random(n) < PART_RECUE))
    personnes["aah"][recue] = MONTANT_VISE
    _sejourner(personnes, composition, reconnu, hasard, tirage)
    _travailler_en_esat(personnes, reconnu & (hasard.random(n) < PART_ESAT * tirage.rarete), hasard)
    for nom in ("aah_activite_n2", "aah_pensions_n2", "aah_autres_revenus_n2"):
        verse = adulte & (hasard.random(n) < PART_REVENUS_N2)
        personnes[nom] = np.where(verse, np.round(hasard.uniform(0, 24_000, n)), 0.0)


def _sejourner(
    personnes: Tableau,
    composition: Composition,
    reconnu: Tableau,
    hasard: np.random.Generator,
    tirage: Tirage,
) -> None:
    n = len(personnes)
    lieu = hasard.choice(len(ETABLISSEMENTS), n, p=PARTS_ETABLISSEMENTS)
    personnes["sejour_en_etablissement"] = np.where(reconnu & (hasard.random(n) < tirage.rarete), lieu, 0)
    premier = composition.reference.astype("datetime64[D]").astype(np.int64)
    recul = np.where(hasard.random(n) < 0.5, hasard.integers(57, 64, n), hasard.integers(0, 300, n))
    personnes["sejour_en_etablissement_depuis"] = premier - recul
    personnes["aah_sans_reduction"] = hasard.random(n) < 0.3


def _travailler_en_esat(personnes: Tableau, admis: Tableau, hasard: np.random.Generator) -> None:
    """The pay of an Esat is part of the wage; half of them were there all through year N-2."""
    n = len(personnes)
    rangs = np.flatnonzero(admis)
    paie = np.round(hasard.uniform(0.55, 1.1, n) * SMIC_MENSUEL_VISE, 2)
    for nom in ("salaire_net", "aah_base_ressources_activite_milieu_protege"):
        personnes[nom][rangs] = paie[rangs, None] * np.ones(MOIS_FENETRE)
    # That wage, paid in every month, takes the place of the one that may have stopped.
    personnes["revenus_interrompus"][rangs] = False
    personnes["esat_part_etablissement"] = np.where(
        admis, np.round(hasard.uniform(0.03, 0.55, n) * SMIC_MENSUEL_VISE, 2), 0.0
    )
    personnes["esat_aide_au_poste"] = np.where(admis, AIDE_AU_POSTE_VISEE, 0.0)
    personnes["esat_remuneration_garantie_n2"] = np.where(admis & (hasard.random(n) < 0.5), np.round(12 * paie), 0.0)
