"""What a debt would take each month from what is paid to a household (CSS D553-1), with the steps of the figure.

A figure that is told, never applied: nothing is withheld by the program. Where the law wants what a file doesn't hold,
no figure is given and the reason is said.
"""

import math
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from limpide.droits.bases.charge import charge_inconnue, compte_enfants
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.mots import euros, pour_cent
from limpide.droits.calcul import fiches
from limpide.droits.explication import Phrase, phrases_de
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Etape, regle, tracer
from limpide.droits.situation import CONJOINT, DEMANDEUR, M, Situation

COMPTEES = (
    "salaire_net", "indemnites_chomage_partiel", "revenus_stage_formation_pro", "chomage_net",
    "allocation_securisation_professionnelle", "ass", "retraite_nette", "pensions_invalidite",
    "indemnites_journalieres_maladie", "indemnites_journalieres_maternite", "indemnites_journalieres_paternite",
    "indemnites_journalieres_adoption", "pensions_alimentaires_percues", "revenus_capital", "revenus_locatifs",
)  # fmt: skip
"""Resources of R532-3 that a file knows month by month, counted whole."""
DEDUITES = ("pensions_alimentaires_versees_individu",)
EPARGNES = ("livret_a", "epargne_revenus_non_imposables")
SERVIES_PAR_LA_CAF = ("aah", "caah")
"""Benefits of the Caf: counted with those of the month, or here when a fact says that they are received."""
A_PART = tuple(
    n.nom
    for n in NATURES.values()
    if (n.sujet, n.type, n.periodicite) == ("personne", "euros", "mois")
    and n.nom not in (*COMPTEES, *DEDUITES, *EPARGNES, *SERVIES_PAR_LA_CAF)
)
"""Resources that R532-3 counts in part, otherwise, or not at all: with one of them, a person computes."""
LUS = tomllib.loads((Path(__file__).parent / "retenues.toml").read_text(encoding="utf-8"))
"""The scales and the figures of the article, from their file."""
TAUX, PART_DU_LOGEMENT = tuple(LUS["article"]["taux"]), float(LUS["article"]["part_du_logement"])
MOIS_DU_TRIMESTRE = 3


@dataclass(frozen=True)
class BaremeDesRetenues:
    """The scale of a year, in euros."""

    annee: int
    tranches: tuple[int, ...]
    forfait: int
    reference: str


@lru_cache(maxsize=1)
def _baremes() -> dict[int, BaremeDesRetenues]:
    return {b["annee"]: BaremeDesRetenues(**{**b, "tranches": tuple(b["tranches"])}) for b in LUS["bareme"]}


def bareme_de(annee: int) -> BaremeDesRetenues | None:
    """That of the year; else that of the year before, as an estimate; None when neither was read."""
    return _baremes().get(annee) or _baremes().get(annee - 1)


@dataclass(frozen=True)
class Retenue:
    """`centimes` a month, None when it can't be told: `raison` says why. `bareme`: the scale applied."""

    centimes: int | None
    phrases: tuple[Phrase, ...] = ()
    bareme: BaremeDesRetenues | None = None
    raison: str = ""


@regle(
    "CSS D553-1", depuis="2022-01-01", libelle="Ressources du mois",
    phrase=lambda a, r: f"Vos revenus ({euros(a['revenus'])} par mois, en moyenne) et vos prestations du mois "
    f"({euros(a['prestations'])}) font {euros(r)}.",
)  # fmt: skip
def ressources_de_la_retenue(revenus: float, prestations: float) -> float:
    """Euros a month, before any tax abatement."""
    return revenus + prestations


def _dire_le_logement(a: Any, r: float) -> str:
    if math.isnan(a["loyer"]):
        part = f"{pour_cent(PART_DU_LOGEMENT)} de ces ressources"
        return (
            f"Votre loyer n'est pas connu : il est compté pour {part}, {euros(r)}. Envoyez une quittance pour le dire."
        )
    return f"Votre loyer est retiré : {euros(r)}."


@regle("CSS D553-1", depuis="2022-01-01", libelle="Charges de logement", phrase=_dire_le_logement,
       phrase_nulle=_dire_le_logement)  # fmt: skip
def charges_de_logement(ressources: float, loyer: float) -> float:
    """The rent of the home; a quarter of the resources when the Caf doesn't know it (NaN)."""
    return PART_DU_LOGEMENT * ressources if math.isnan(loyer) else loyer


@regle("CSS D553-1", depuis="2022-01-01", libelle="Composition de la famille",
       phrase="Votre famille compte pour {resultat:nombre} parts.")  # fmt: skip
def parts_de_la_retenue(personnes: Any, b: Any, k: int) -> float:
    """One and a half for somebody alone, two for a couple, half a part for each child in charge."""
    parts = LUS["article"]["parts"]
    adultes = float(parts["couple"] if vit_en_couple(personnes, k) else parts["seul"])
    par_enfant = float(parts["enfant"])
    return adultes + par_enfant * compte_enfants(personnes, b, k)


@regle("CSS D553-1", depuis="2022-01-01", libelle="Revenu mensuel pondéré",
       phrase="Ce qui reste, divisé par ces parts, est votre revenu pondéré : {resultat:euros}.",
       phrase_nulle="Le logement prend toutes les ressources : le revenu pondéré est nul.")  # fmt: skip
def revenu_pondere(ressources: float, charges: float, parts: float) -> float:
    """Euros by part; never under zero."""
    return max(0.0, ressources - charges) / parts


def _dire_la_retenue(a: Any, r: float) -> str:
    bareme = a["bareme"]
    tranches = f"{bareme.forfait} € pour les {bareme.tranches[0]} premiers euros, puis 25, 35, 45 et 60 % par tranche"
    return f"Le barème de {bareme.annee} donne {euros(r)} par mois : {tranches}."


@regle("CSS D553-1", depuis="2022-01-01", libelle="Retenue mensuelle", phrase=_dire_la_retenue)
def retenue_mensuelle(pondere: float, bareme: Any) -> float:
    """Euros a month. No euro is left between two slices: each ends where the next one begins."""
    total, bas = float(bareme.forfait), bareme.tranches[0]
    for haut, taux in zip((*bareme.tranches[1:], math.inf), TAUX, strict=True):
        total += taux * max(0.0, min(pondere, haut) - bas)
        bas = haut
    return total


@regle("CSS D553-1", "CSS L553-2", depuis="2022-01-01", libelle="Retenue")
def retenue(revenus: float, prestations: float, loyer: float, personnes: Any, b: Any, bareme: Any) -> float:
    """The whole figure."""
    ressources = ressources_de_la_retenue(revenus, prestations)
    charges = charges_de_logement(ressources, loyer)
    pondere = revenu_pondere(ressources, charges, parts_de_la_retenue(personnes, b, M))
    euros_par_mois: float = retenue_mensuelle(pondere, bareme)
    return euros_par_mois


def retenue_de(situation: Situation, prestations: int, *, trimestrielle: bool) -> Retenue:
    """`prestations`: net cents due for the month; `trimestrielle`: a benefit computed by the quarter is open."""
    bareme = bareme_de(int(situation.mois[:4]))
    if bareme is None:
        return Retenue(None, raison="Le barème de cette année n'a pas été lu : votre Caf vous le donne.")
    foyer, personnes, b = fiches(situation)
    if charge_inconnue(personnes, b, M):
        return Retenue(None, raison="Qui est à votre charge n'est pas entièrement connu : votre Caf fait ce calcul.")
    revenus, raison = _revenus(situation, trimestrielle=trimestrielle)
    if raison:
        return Retenue(None, raison=raison)
    loyer = float(situation.foyer["loyer"][0][M])
    valeur, etape = tracer(retenue, revenus, prestations / 100, loyer, personnes, b, bareme)
    racine = Etape("retenue", "Retenue", (), {"foyer": foyer, "personnes": personnes, "b": b}, valeur, [etape])
    return Retenue(min(round(valeur * 100), prestations), phrases_de(racine), bareme)


def _revenus(situation: Situation, *, trimestrielle: bool) -> tuple[float, str]:
    """(euros a month, why they can't be told): the quarter's, or the year's when no benefit reads quarters."""
    if not trimestrielle:
        if situation.foyer["aide_logement"][0][M] != 0:
            return 0.0, "Avec une aide au logement, les revenus se comptent sur douze mois : votre Caf fait ce calcul."
        annuels = float(situation.foyer["revenus_imposables_bruts"][0])
        manque = NATURES["revenus_imposables_bruts"].libelle
        return (0.0, f"Il manque à votre dossier : « {manque} ».") if math.isnan(annuels) else (annuels / 12, "")
    debut = M - max(int(situation.foyer["rang_trimestre"][0]), 0) % MOIS_DU_TRIMESTRE
    mois, total = slice(debut - MOIS_DU_TRIMESTRE, debut), 0.0
    for p in situation.personnes:
        if p["role"] not in (DEMANDEUR, CONJOINT) or p["present"][M] != 1:
            continue
        if any(np.isnan(p[nom][mois]).any() for nom in (*COMPTEES, *DEDUITES, *A_PART)):
            return (
                0.0,
                "Une ressource des trois derniers mois n'est pas connue : votre déclaration du trimestre la dira.",
            )
        if autre := next((nom for nom in A_PART if p[nom][mois].any()), ""):
            return 0.0, f"« {NATURES[autre].libelle} » se compte à part : votre Caf fait ce calcul."
        total += sum(float(p[nom][mois].sum()) for nom in COMPTEES) - sum(float(p[n][mois].sum()) for n in DEDUITES)
    return total / MOIS_DU_TRIMESTRE, ""
