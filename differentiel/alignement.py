"""OpenFisca-France asked over the reference quarter of the articles, month by month.

OpenFisca computes the RSA with the members, benefits and parameters of the month itself, and checks the activity of
prime d'activité over M-3…M-1. Articles R262-7 (CASF) and R843-1 (CSS) average three monthly amounts, each with its own
members: M-4…M-2 since décret n° 2025-185, M-3…M-1 before, with the lump sum of the month paid until March 2025. Here
OpenFisca still computes every piece, and only the quarter and that sum are those of the articles: what is left to
differ is the law inside each piece.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import bareme_lisible
from limpide.droits.bases.trimestre import mois_du_montant
from limpide.droits.situation import ENFANT, MOIS_FENETRE

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


PIECES_DE_LA_PRIME = (
    "ppa_fictive_montant_forfaitaire",
    "ppa_bonification",
    "ppa_fictive_ressource_activite",
    "ppa_base_ressources",
    "ppa_forfait_logement",
)


def reculs(mois: str) -> tuple[int, int]:
    """Months between the first reference month and this one: for most households, and for those of the experiment."""
    return int(bareme("trimestre_recul", mois)), int(bareme("trimestre_recul_experimental", mois))


def montants_alignes(openfisca: OpenFisca, mois: str, donnees: Donnees) -> dict[str, Euros]:
    """RSA and prime d'activité of each household, assembled from OpenFisca's pieces."""
    ordinaire, experimental = reculs(mois)
    montants = _montants(openfisca, mois, donnees, ordinaire)
    if experimental == ordinaire:
        return montants
    autres = _montants(openfisca, mois, donnees, experimental)
    la = donnees[f"departement_experimentation_rsa@{mois}"].astype(bool)
    return {droit: np.where(la, autres[droit], montants[droit]) for droit in montants}


def _montants(openfisca: OpenFisca, mois: str, donnees: Donnees, recul: int) -> dict[str, Euros]:
    # OpenFisca looks at the activity of the three months before the one that it is asked for.
    demande = decale(mois, recul - 3)
    trimestre = [decale(mois, recul - rang) for rang in range(3)]
    experimental = donnees[f"departement_experimentation_rsa@{mois}"].astype(bool)
    fixes = donnees | {f"departement_experimentation_rsa@{mois}": np.full_like(experimental, recul != 3)}
    conditions, _ = openfisca.calculer(
        fixes,
        [("rsa_eligibilite", mois), ("ppa_eligibilite", mois), ("ppa_eligibilite_apprenants", demande)],
        ensemble=True,
    )
    for k in trimestre:
        # Conditions of the claimant are those of the month of the right, not of each reference month.
        fixes[f"rsa_eligibilite@{k}"] = conditions[f"rsa_eligibilite@{mois}"] > 0
        fixes[f"ppa_eligibilite@{k}"] = conditions[f"ppa_eligibilite@{mois}"] > 0
    fixes[f"ppa_eligibilite_apprenants@{mois}"] = conditions[f"ppa_eligibilite_apprenants@{demande}"] > 0
    cibles = [(piece, k) for k in trimestre for piece in (*PIECES_DU_MOIS, *PIECES_DE_LA_PRIME)]
    cibles += [("rsa_base_ressources_individu", mois), ("rsa_revenu_activite_individu", mois)]
    cibles += [("rsa_enfant_a_charge", trimestre[-1]), ("ppa", mois)]
    pieces, _ = openfisca.calculer(fixes, cibles, ensemble=True)
    ppa = pieces[f"ppa@{mois}"]
    if any(hausse("ppa_montant", mois, k) != 1.0 for k in trimestre):
        ppa = _assembler_ppa(mois, trimestre, fixes, pieces)
    return {"rsa": _assembler_rsa(mois, trimestre, donnees, pieces), "ppa": ppa}


def hausse(nom: str, mois: str, k: str) -> float:
    """By how much the lump sum of month `k` grows, when that of the month paid applies."""
    b = bareme_lisible(mois)
    rang = MOIS_FENETRE - 1 - int((np.datetime64(mois, "M") - np.datetime64(k, "M")).astype(np.int64))
    retenu: float = getattr(b[mois_du_montant(b, rang)], nom)
    return retenu / float(getattr(b[rang], nom))


def _forfait(forfait: Euros, aide: Euros, facteur: float) -> Euros:
    """The housing lump sum, raised: a benefit that is lower still caps it."""
    hausse = forfait * facteur
    return np.where(forfait == aide, forfait, np.where(aide > forfait, np.minimum(aide, hausse), hausse))


def _assembler_ppa(mois: str, trimestre: list[str], fixes: Donnees, pieces: dict[str, Euros]) -> Euros:
    appartenance = fixes["appartenance"].astype(np.int64)
    nombre = int(appartenance.max()) + 1
    total = np.zeros(nombre)
    for k in trimestre:
        facteur = hausse("ppa_montant", mois, k)
        forfaitaire = pieces[f"ppa_fictive_montant_forfaitaire@{k}"] * facteur
        bonus = np.bincount(appartenance, pieces[f"ppa_bonification@{k}"], nombre) * facteur
        aide = fixes[f"aide_logement@{k}"].astype(np.float64)
        ressources = pieces[f"ppa_base_ressources@{k}"] + _forfait(pieces[f"ppa_forfait_logement@{k}"], aide, facteur)
        surplus = pieces[f"ppa_fictive_ressource_activite@{k}"] + bonus
        prime = np.maximum(0, forfaitaire + surplus - np.maximum(ressources, forfaitaire))
        total += prime * fixes[f"ppa_eligibilite@{k}"].astype(bool)
    moyenne = np.round(total / 3, 2) * fixes[f"ppa_eligibilite_apprenants@{mois}"].astype(bool)
    return np.where(moyenne < bareme("ppa_minimum_verse", mois), 0.0, moyenne)


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
        facteur = hausse("rsa_montant", mois, k)
        aide = donnees[f"aide_logement@{k}"].astype(np.float64)
        deductions += donnees[f"aspa@{k}"].astype(np.float64)
        deductions += _forfait(pieces[f"rsa_forfait_logement@{k}"], aide, facteur)
        deductions += pieces[f"rsa_base_ressources_prestations_familiales@{k}"]
        socle = np.maximum(pieces[f"rsa_socle@{k}"], pieces[f"rsa_socle_majore@{k}"]) * facteur
        total += np.maximum(0, socle - deductions)
    moyenne = np.round(total / 3, 2)
    return np.where(moyenne < bareme("rsa_minimum_verse", mois), 0.0, moyenne)
