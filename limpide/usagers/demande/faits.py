"""Answers of the claim → facts of the file: only what was answered, over the months that were asked, as stored."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.natures import DE_LA_COMPOSITION
from limpide.droits.faits import NATURES, Nature
from limpide.usagers.simulateur.formulaires import Reponses
from limpide.usagers.simulateur.foyer import donnees
from limpide.usagers.simulateur.periodes import mois_demandes
from limpide.usagers.simulateur.soutien import demande_supposee

JAMAIS_DITS = frozenset({"role", *DE_LA_COMPOSITION})
SUPPOSE_D_UN_ENFANT = "nationalite"
"""The simulator takes children for nationals of their parent's country; the claim doesn't state what nobody said."""
DE_LA_MDPH = frozenset({"taux_incapacite", "aah_restriction_substantielle_durable_acces_emploi"})
ANNEES_AVANT = 2
"""Yearly incomes are those of the last year but one."""


@dataclass(frozen=True)
class FaitDeclare:
    """One fact to record. `rang`: place of the person in the household (0: the claimant), None for the household."""

    nature: str
    rang: int | None
    valeur: int
    valide: DateRange


def faits_declares(reponses: Reponses) -> list[FaitDeclare]:
    """Every fact that was answered; « je ne sais pas » leaves none."""
    dites = donnees(reponses)
    trouves = _faits(None, dites["foyer"], reponses)
    enfants = 0
    for rang, personne in enumerate(dites["personnes"]):
        connue = {c: v for c, v in personne.items() if c not in JAMAIS_DITS}
        if personne["role"] == "enfant":
            del connue[SUPPOSE_D_UN_ENFANT]
            if demande_supposee(f"e{enfants}", reponses):
                connue.pop("asf_date_demande", None)
            enfants += 1
        else:
            connue = sans_la_decision(connue)
        trouves += _faits(rang, connue, reponses)
    return trouves


def sans_la_decision(adulte: dict[str, Any]) -> dict[str, Any]:
    """The same, where a rate told says that the MDPH was asked: its decision is read by an agent, never declared."""
    demandee = {"aah_demandee": True} if adulte.get("taux_incapacite") else {}
    return {nom: valeur for nom, valeur in adulte.items() if nom not in DE_LA_MDPH} | demandee


def _faits(rang: int | None, dites: dict[str, Any], reponses: Reponses) -> list[FaitDeclare]:
    mois = premier_jour(reponses["mois"])
    trouves = []
    for nom, valeur in dites.items():
        nature = NATURES[nom]
        if nature.periodicite == "mois":
            trouves += _mensuels(nature, rang, valeur, reponses["mois"])
        elif valeur is not None:
            annee = mois.year - ANNEES_AVANT
            periode = (
                DateRange(dt.date(annee, 1, 1), dt.date(annee + 1, 1, 1))
                if nature.periodicite == "annee"
                else DateRange(mois, None)
            )
            trouves.append(FaitDeclare(nom, rang, _stockee(nature, valeur), periode))
    return trouves


def _mensuels(nature: Nature, rang: int | None, valeur: Any, mois: str) -> list[FaitDeclare]:
    """The months asked, neighbours with the same amount together."""
    dits = [
        (premier_jour(m), valeur[i] if isinstance(valeur, list) else valeur) for i, m in mois_demandes(mois)
    ]  # fmt: skip
    trouves = []
    for montant, suite in groupby(dits, key=lambda dit: dit[1]):
        jours = [jour for jour, _ in suite]
        if montant is not None:
            periode = DateRange(jours[0], decaler(jours[-1], 1))
            trouves.append(FaitDeclare(nature.nom, rang, _stockee(nature, montant), periode))
    return trouves


def _stockee(nature: Nature, valeur: Any) -> int:
    """As the table of facts holds it: cents, rank, 0 or 1, days since 1970."""
    if nature.type == "euros":
        return round(valeur * 100)
    if nature.type == "enumeration":
        return nature.valeurs.index(valeur)
    if nature.type == "date":
        return int((valeur - dt.date(1970, 1, 1)).days)
    return int(valeur)
