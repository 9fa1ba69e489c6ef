"""A simulation on its way to a claim: its answers, encrypted in the session for as long as it takes to log in.

Only on the visitor's click. Half an hour without a page ends the session and them with it; taken up or given up, they
go at once. Nothing of them is in an address, a log or a table of people.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from limpide.identite import chiffrement
from limpide.usagers.simulateur.formulaires import Partie, Reponses
from limpide.usagers.simulateur.parcours import PARTIES

CLE = "simulation_portee"
CONTEXTE = f"session.{CLE}"
TAILLE_MAXIMALE = 20_000
"""Characters: several times what twelve children and every income take."""


class SimulationTropLongue(ValueError):
    """More answers than the simulator asks."""


@dataclass(frozen=True)
class Portee:
    """The right that is to be claimed, and the answers as they were typed."""

    droit: str
    reponses: list[tuple[str, str]]

    @property
    def donnees(self) -> QueryDict:
        return QueryDict(urlencode(self.reponses))


def porter(session: MutableMapping[str, Any], droit: str, reponses: list[tuple[str, str]]) -> None:
    """Keep the answers for whoever logs in from this browser; the last simulation is kept."""
    texte = urlencode(reponses)
    if len(texte) > TAILLE_MAXIMALE:
        raise SimulationTropLongue
    session[CLE] = {"droit": droit, "contenu": chiffrement.chiffrer(texte, CONTEXTE).hex()}


def portee(session: MutableMapping[str, Any]) -> Portee | None:
    gardee = session.get(CLE)
    if gardee is None:
        return None
    clair = chiffrement.dechiffrer(bytes.fromhex(gardee["contenu"]), CONTEXTE)
    return Portee(gardee["droit"], parse_qsl(clair, keep_blank_values=True))


def oublier(session: MutableMapping[str, Any]) -> None:
    session.pop(CLE, None)


def en_mots(donnees: QueryDict) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is carried, question by question, in the simulator's own words; boxes that aren't ticked are left out."""
    reponses: Reponses = {}
    parties: list[tuple[str, list[tuple[str, str]]]] = []
    for classe in PARTIES:
        formulaire = classe(donnees, reponses=reponses)
        if not formulaire.is_valid():
            return parties
        reponses |= formulaire.cleaned_data
        lignes = [
            (
                f"{section.titre} : {formulaire.fields[champ].label}"
                if section.titre
                else str(formulaire[champ].label),
                dit,
            )
            for section in formulaire.sections
            for champ in section.champs
            if (dit := _dit(formulaire, champ))
        ]
        if lignes:
            parties.append((classe.titre, lignes))
    return parties


def _dit(formulaire: Partie, champ: str) -> str:
    """One answer as people read it; empty when nothing was said."""
    valeur = formulaire.cleaned_data.get(champ)
    if valeur in (None, "", [], False):
        return ""
    if valeur is True:
        return "Oui"
    choix = dict(getattr(formulaire.fields[champ], "choices", ()))
    if choix:
        return ", ".join(str(choix[v]) for v in (valeur if isinstance(valeur, list) else [valeur]))
    return str(formulaire[champ].value())
