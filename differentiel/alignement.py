"""OpenFisca-France asked over the reference quarter of the decree, month by month.

OpenFisca computes the RSA with the members, benefits and parameters of the month itself, and checks the activity of
prime d'activité over M-3…M-1. Articles R262-7 (CASF) and R843-1 (CSS), since décret n° 2025-185, average three
monthly amounts over M-4…M-2, each with its own members and parameters. Here OpenFisca still computes every piece, and
only the quarter is that of the articles: what is left to differ is the law inside each piece.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from limpide.droits.situation import ENFANT

from .openfisca import OpenFisca
from .passerelle import Donnees, bareme

Euros = npt.NDArray[np.float64]

PIECES_DU_MOIS = (
    "rsa_socle",
    "rsa_socle_majore",
    "rsa_forfait_logement",
    "rsa_base_ressources_prestations_familiales",
)
MINIMA_DU_MOIS = ("aah", "caah", "asi")
"""Counted whole in their month (CASF R262-7, II), by person; the old-age minimum is by family."""


def montants_alignes(openfisca: OpenFisca, mois: str, donnees: Donnees) -> dict[str, Euros]:
    """RSA and prime d'activité of each household, assembled from OpenFisca's pieces."""
    precedent = decale(mois, 1)
    trimestre = [decale(mois, recul) for recul in (4, 3, 2)]
    conditions, _ = openfisca.calculer(
        donnees,
        [("rsa_eligibilite", mois), ("ppa_eligibilite", mois), ("ppa_eligibilite_apprenants", precedent)],
        ensemble=True,
    )
    fixes = dict(donnees)
    for k in trimestre:
        # Conditions of the claimant are those of the month of the right, not of each reference month.
        fixes[f"rsa_eligibilite@{k}"] = conditions[f"rsa_eligibilite@{mois}"] > 0
        fixes[f"ppa_eligibilite@{k}"] = conditions[f"ppa_eligibilite@{mois}"] > 0
    fixes[f"ppa_eligibilite_apprenants@{mois}"] = conditions[f"ppa_eligibilite_apprenants@{precedent}"] > 0
    cibles = [(piece, k) for k in trimestre for piece in PIECES_DU_MOIS]
    cibles += [("rsa_base_ressources_individu", mois), ("rsa_revenu_activite_individu", mois)]
    cibles += [("rsa_enfant_a_charge", trimestre[-1]), ("ppa", mois)]
    pieces, _ = openfisca.calculer(fixes, cibles, ensemble=True)
    return {"rsa": _assembler_rsa(mois, trimestre, donnees, pieces), "ppa": pieces[f"ppa@{mois}"]}


def decale(mois: str, recul: int) -> str:
    """The month `recul` months earlier."""
    return str(np.datetime64(mois, "M") - recul)


def _assembler_rsa(mois: str, trimestre: list[str], donnees: Donnees, pieces: dict[str, Euros]) -> Euros:
    appartenance = donnees["appartenance"].astype(np.int64)
    nombre = int(appartenance.max()) + 1
    compte = (donnees["role"] != ENFANT) | (pieces[f"rsa_enfant_a_charge@{trimestre[-1]}"] > 0)
    ass = sum(donnees[f"ass@{k}"].astype(np.float64) for k in trimestre) / 3
    personnelles = pieces[f"rsa_base_ressources_individu@{mois}"] + ass
    personnelles += pieces[f"rsa_revenu_activite_individu@{mois}"]
    ressources = np.bincount(appartenance, personnelles * compte, nombre)
    total = np.zeros(nombre)
    for k in trimestre:
        minima = sum(donnees[f"{nom}@{k}"].astype(np.float64) for nom in MINIMA_DU_MOIS)
        deductions = ressources + np.bincount(appartenance, minima, nombre)
        deductions += donnees[f"aspa@{k}"].astype(np.float64) + pieces[f"rsa_forfait_logement@{k}"]
        deductions += pieces[f"rsa_base_ressources_prestations_familiales@{k}"]
        socle = np.maximum(pieces[f"rsa_socle@{k}"], pieces[f"rsa_socle_majore@{k}"])
        total += np.maximum(0, socle - deductions)
    moyenne = np.round(total / 3, 2)
    return np.where(moyenne < bareme("rsa_minimum_verse", mois), 0.0, moyenne)
