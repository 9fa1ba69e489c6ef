"""What the persons are and where they live: nationality, studies, pregnancy, custody, housing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from limpide.droits.situation import NATURES

from .composition import Composition

if TYPE_CHECKING:
    from .tirage import Tirage

Tableau = npt.NDArray[np.void]

EPOQUE = np.datetime64("1970-01-01", "D")
PARTS_NATIONALITES = (0.82, 0.09, 0.09)
PARTS_ACTIVITES = (0.55, 0.15, 0.08, 0.05, 0.17)
PARTS_LOGEMENTS = (0.10, 0.15, 0.28, 0.22, 0.06, 0.12, 0.04, 0.03)


def decrire_personnes(
    personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage
) -> None:
    """Fill everything about a person that is not money."""
    _divers(personnes, "personne", hasard, tirage)
    n, adulte, age = len(personnes), composition.adulte, composition.age_mois
    personnes["present"] = composition.present
    personnes["date_naissance"] = (composition.naissance - EPOQUE).astype(np.int64)
    personnes["nationalite"] = hasard.choice(3, n, p=PARTS_NATIONALITES)
    personnes["duree_possession_titre_sejour"] = hasard.integers(0, 12, n)
    personnes["protection_internationale"] = (personnes["nationalite"] == 2) & (hasard.random(n) < 0.1)
    activite = hasard.choice(5, n, p=PARTS_ACTIVITES)
    personnes["activite"] = np.where(adulte, activite, np.where(age >= 16 * 12, activite, 2))
    apprenant = (age >= 16 * 12) & (age < 30 * 12)
    personnes["etudiant"] = (apprenant & (hasard.random(n) < 0.2)) | (adulte & (hasard.random(n) < 0.03))
    personnes["apprenti"] = apprenant & (hasard.random(n) < 0.08)
    personnes["stagiaire"] = apprenant & (hasard.random(n) < 0.05 * tirage.rarete)
    personnes["enceinte"] = adulte & (hasard.random(n) < np.where(composition.seul, 0.10, 0.05))
    alternee = (hasard.random(len(composition.couple)) < 0.2 * tirage.rarete)[composition.foyer]
    personnes["garde_alternee"] = ~adulte & alternee & (hasard.random(n) < 0.7)
    personnes["rempli_obligation_scolaire"] = adulte | (hasard.random(n) > 0.02)
    personnes["handicap"] = hasard.random(n) < 0.04
    personnes["taux_incapacite"] = np.where(personnes["handicap"], hasard.choice(np.array([50, 80, 90]), n), 0)
    conges = len(NATURES["type_conges"].valeurs)
    personnes["type_conges"] = np.where(
        adulte & (hasard.random(n) < 0.06 * tirage.rarete), hasard.integers(1, conges, n), 0
    )
    personnes["rsa_jeune_condition_heures_travail_remplie"] = (age < 26 * 12) & (hasard.random(n) < 0.2)
    # Six to sixteen: enrolled, as the law presumes; older: one in ten has left school.
    personnes["inscription_rentree"] = ~adulte & ((age < 16 * 12) | (hasard.random(n) < 0.9))
    personnes["cours_preparatoire_anticipe"] = ~adulte & (age >= 4 * 12) & (age < 6 * 12) & (hasard.random(n) < 0.1)
    personnes["allocataire_unique"] = (personnes["garde_alternee"] == 1) & (hasard.random(n) < 0.5)


def decrire_logement(foyers: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage) -> None:
    """Fill everything about a household that is not money."""
    _divers(foyers, "foyer", hasard, tirage)
    n = len(foyers)
    possibles = np.array([NATURES["residence"].valeurs.index(nom) for nom in tirage.residences])
    ailleurs = hasard.choice(possibles, n)
    foyers["residence"] = np.where(hasard.random(n) < 0.9, possibles[0], ailleurs)
    foyers["statut_occupation_logement"] = hasard.choice(len(PARTS_LOGEMENTS), n, p=PARTS_LOGEMENTS)
    foyers["rsa_isolement_recent"] = ~composition.couple & (hasard.random(n) < 0.3)
    foyers["participation_frais"] = hasard.random(n) < 0.25
    trimestre = hasard.integers(0, 3, n)
    foyers["rang_trimestre"] = trimestre if tirage.trimestres else 0
    foyers["departement_experimentation_rsa"] = hasard.random(n) < 0.05
    foyers["biactivite"] = composition.couple & (hasard.random(n) < 0.5)


def _divers(tableau: Tableau, sujet: str, hasard: np.random.Generator, tirage: Tirage) -> None:
    """Flags that nothing below describes: the default of the catalogue, sometimes its contrary."""
    for nature in NATURES.values():
        if nature.sujet == sujet and nature.type == "booleen" and nature.periodicite == "etat":
            defaut = nature.defaut_si_absent.valeur if nature.defaut_si_absent else 0
            contraire = (hasard.random(len(tableau)) < 0.05) & tirage.etats_libres
            tableau[nature.nom] = np.where(contraire, 1 - defaut, defaut)
