"""The population of the benchmark: ordinary households, the same for every engine that is measured.

A plain description in NumPy (`Banc`), from which our records are written here and OpenFisca's inputs in
`differentiel`. Ages, families, wages and rents are spread simply; nothing aims at thresholds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.situation import (
    MOIS_FENETRE,
    NATURES,
    foyers_vierges,
    personnes_vierges,
    resumer,
)

Vecteur = npt.NDArray[Any]
Tableau = npt.NDArray[np.void]

ENFANTS_EN_COUPLE = (0.30, 0.22, 0.27, 0.14, 0.05, 0.02)
ENFANTS_SEUL = (0.68, 0.15, 0.11, 0.04, 0.015, 0.005)
REFERENCE = np.datetime64("2026-06", "M")
PREMIERE_ANNEE, DERNIERE_ANNEE = 2023, 2026
DEBUT_DU_CHOMAGE = "2026-01"
STATUTS = ("locataire_vide", "locataire_hlm", "locataire_meuble", "proprietaire", "loge_gratuitement")
SALAIRE_AVANT_CHOMAGE = 1500.0
PART_INTERMITTENTS, PART_MOIS_PERDUS = 0.12, 0.3


@dataclass(frozen=True)
class Banc:
    """Households and persons; incomes month by month from January 2023 to December 2026."""

    nombre: int
    foyer: Vecteur
    enfant: Vecteur
    conjoint: Vecteur
    naissance: Vecteur
    salarie: Vecteur
    chomeur: Vecteur
    etudiant: Vecteur
    taux_incapacite: Vecteur
    restriction_emploi: Vecteur
    handicap: Vecteur
    niveau_aeeh: Vecteur
    enceinte: Vecteur
    pension: Vecteur
    loyer: Vecteur
    zone: Vecteur
    logement: Vecteur
    salaires: dict[str, Vecteur]
    chomages: dict[str, Vecteur]

    @property
    def role(self) -> Vecteur:
        """0 claimant, 1 partner, 2 child."""
        return np.where(self.enfant, 2, np.where(self.conjoint, 1, 0))


def mois_du_banc() -> list[str]:
    """Every month of the description."""
    return [f"{annee}-{mois:02d}" for annee in range(PREMIERE_ANNEE, DERNIERE_ANNEE + 1) for mois in range(1, 13)]


def tirer_banc(nombre: int, graine: int = 1) -> Banc:
    """Draw `nombre` households (2.44 persons each on average); the same seed gives the same households."""
    hasard = np.random.default_rng(graine)
    couple = hasard.random(nombre) < 0.45
    enfants = np.where(couple, hasard.choice(6, nombre, p=ENFANTS_EN_COUPLE), hasard.choice(6, nombre, p=ENFANTS_SEUL))
    taille = 1 + couple + enfants
    foyer = np.repeat(np.arange(nombre), taille)
    rang = np.arange(taille.sum()) - np.repeat(np.cumsum(taille) - taille, taille)
    enfant = rang >= np.repeat(1 + couple, taille)
    parent = np.repeat(enfants > 0, taille) & ~enfant
    personnes = len(foyer)
    age = np.where(enfant, hasard.integers(-5, 21 * 12, personnes), hasard.integers(19 * 12, 68 * 12, personnes))
    age = np.where(parent, hasard.integers(24 * 12, 55 * 12, personnes), age)
    naissance = (REFERENCE - age).astype("datetime64[D]") + hasard.integers(0, 28, personnes)
    activite = hasard.random(personnes)
    salarie = ~enfant & (activite < 0.58)
    chomeur = ~enfant & (activite >= 0.58) & (activite < 0.72)
    etudiant = ~enfant & (activite >= 0.72) & (activite < 0.76) & (age < 26 * 12)
    salaire = np.where(salarie, hasard.uniform(0, 4000, personnes), 0).round(2)
    indemnise = chomeur & (hasard.random(personnes) < 0.7)
    chomage = np.where(indemnise, hasard.uniform(400, 1600, personnes), 0).round(2)
    handicape = ~enfant & (hasard.random(personnes) < 0.06)
    taux = np.where(handicape, hasard.choice([0.5, 0.8, 0.9], personnes), 0.0)
    enfant_handicape = enfant & (hasard.random(personnes) < 0.02)
    niveau = np.where(enfant_handicape, hasard.integers(0, 7, personnes), 0)
    enceinte = ~enfant & (hasard.random(personnes) < 0.01)
    isole = parent & ~np.repeat(couple, taille)
    pension = np.where(isole & (hasard.random(personnes) < 0.3), 150.0, 0.0)
    loyer = hasard.uniform(300, 1200, nombre).round(2)
    zone = hasard.choice(3, nombre, p=[0.2, 0.45, 0.35])
    logement = hasard.choice(5, nombre, p=[0.35, 0.30, 0.06, 0.20, 0.09])
    salaires, chomages = _mensualites(salaire, chomage, chomeur)
    return Banc(
        nombre=nombre,
        foyer=foyer,
        enfant=enfant,
        conjoint=~enfant & (rang == 1),
        naissance=naissance,
        salarie=salarie,
        chomeur=chomeur,
        etudiant=etudiant,
        taux_incapacite=taux,
        restriction_emploi=handicape & (taux == 0.5),
        handicap=handicape | enfant_handicape,
        niveau_aeeh=niveau,
        enceinte=enceinte,
        pension=pension,
        loyer=np.where(logement >= 3, 0, loyer),
        zone=zone,
        logement=logement,
        salaires=salaires,
        chomages=chomages,
    )


def _mensualites(salaire: Vecteur, chomage: Vecteur, chomeur: Vecteur) -> tuple[dict[str, Vecteur], dict[str, Vecteur]]:
    """Monthly incomes: wages vary by 3 %, 12 % of people miss months, the unemployed worked until 2026."""
    hasard = np.random.default_rng(7)
    n = len(salaire)
    intermittent = hasard.random(n) < PART_INTERMITTENTS
    salaires: dict[str, Vecteur] = {}
    chomages: dict[str, Vecteur] = {}
    for mois in mois_du_banc():
        facteur = (1 + hasard.uniform(-0.03, 0.03, n)) * ~(intermittent & (hasard.random(n) < PART_MOIS_PERDUS))
        avant = chomeur & (mois < DEBUT_DU_CHOMAGE)
        verse = np.where(avant, SALAIRE_AVANT_CHOMAGE, (salaire * facteur).astype(np.float32))
        salaires[mois] = verse.astype(np.float32)
        chomages[mois] = (chomage if mois >= DEBUT_DU_CHOMAGE else np.zeros(n)).astype(np.float32)
    return salaires, chomages


def enregistrer(banc: Banc, mois: str) -> tuple[Tableau, Tableau]:
    """The same households as our records, for one month.

    Housing benefit, which OpenFisca computes itself in the benchmark, is a fact here: a plausible amount.
    The yearly income is twelve times the wages of two years before.
    """
    tailles = np.bincount(banc.foyer, minlength=banc.nombre)
    foyers, personnes = foyers_vierges(tailles), personnes_vierges(banc.role)
    fenetre = [str(m) for m in np.datetime64(mois, "M") + np.arange(1 - MOIS_FENETRE, 1)]
    personnes["date_naissance"] = (banc.naissance - np.datetime64("1970-01-01")).astype(np.int64)
    personnes["nationalite"] = 0
    personnes["duree_possession_titre_sejour"] = 0
    personnes["activite"] = np.where(
        banc.chomeur, 1, np.where(banc.etudiant | banc.enfant, 2, np.where(banc.salarie, 0, 4))
    )
    personnes["etudiant"] = banc.etudiant
    personnes["enceinte"] = banc.enceinte
    personnes["handicap"] = banc.handicap
    personnes["taux_incapacite"] = banc.taux_incapacite * 100
    for rang, nom in enumerate(fenetre):
        personnes["salaire_net"][:, rang] = banc.salaires[nom]
        personnes["chomage_net"][:, rang] = banc.chomages[nom]
        personnes["pensions_alimentaires_percues"][:, rang] = banc.pension
    _loger(foyers, banc)
    annee = str(int(mois[:4]) - 2)
    ressources = np.zeros(banc.nombre)
    for nom, salaires in banc.salaires.items():
        if nom.startswith(annee):
            ressources += np.bincount(banc.foyer, salaires + banc.chomages[nom], banc.nombre)
    foyers["prestations_familiales_base_ressources"] = np.round(ressources * 0.9)
    resumer(foyers)
    resumer(personnes)
    return foyers, personnes


def _loger(foyers: Tableau, banc: Banc) -> None:
    statuts = NATURES["statut_occupation_logement"].valeurs
    foyers["statut_occupation_logement"] = np.array([statuts.index(nom) for nom in STATUTS])[banc.logement]
    foyers["residence"] = 0
    foyers["aide_logement"] = np.where(banc.loyer > 0, np.maximum(0, np.round(banc.loyer * 0.4 - 80)), 0)[:, None]
