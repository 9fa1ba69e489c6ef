"""What `limpide simuler` says beside rights: quotient familial, old-age insurance at home, contributions of care."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .calcul import Resultat, catalogue_droits
from .derives.figures import (
    HORS_DU_QUOTIENT,
    Affiliation,
    Cotisations,
    Differentiel,
    Quotient,
    affiliations_de,
    cotisations_de,
    differentiel_de,
    prestations_recues,
    quotient_de,
)
from .ensemble import sans_objet
from .explication import Phrase
from .faits import NATURES, ROLES
from .francais import centimes_en_euros, enumerer, euros
from .situation import ENFANT, Situation

QUOTIENT, RETRAITE = "Quotient familial", "Retraite (AVPF, AVA)"
COTISATIONS, DIFFERENTIEL = "Cotisations de garde", "Complément transitoire du CMG"


@dataclass(frozen=True)
class Derives:
    """Derived figures of one household, its rights of the month received."""

    quotient: Quotient
    affiliations: list[Affiliation]
    cotisations: Cotisations | None
    differentiel: Differentiel | None
    enfants: bool

    @classmethod
    def de(cls, situation: Situation, nourri: Situation, resultats: Mapping[str, Resultat]) -> "Derives":
        """Those of a household: as its file says, and receiving these results (`ensemble.nourrir_et_liquider`)."""
        enfants = bool((situation.personnes["role"] == ENFANT).any())
        quotient = quotient_de(situation, _prestations(situation, resultats))
        return cls(quotient, affiliations_de(nourri), cotisations_de(nourri), differentiel_de(nourri), enfants)

    def lignes(self, largeur: int, arbre: Callable[[Phrase, int], list[str]] | None) -> list[str]:
        """In words, one line each; with their steps where `arbre` writes them."""
        dites: list[tuple[str, str, Sequence[Phrase]]] = [
            (QUOTIENT, _dire_le_quotient(self.quotient), self.quotient.phrases)
        ]
        if self.enfants or any(a.affilie is not False for a in self.affiliations):
            dites += [(f"{RETRAITE}, {ROLES[a.role]}", _dire_l_affiliation(a), a.phrases) for a in self.affiliations]
        if self.cotisations:
            dites.append((COTISATIONS, _dire_les_cotisations(self.cotisations), self.cotisations.phrases))
        if self.differentiel:
            dites.append((DIFFERENTIEL, _dire_le_differentiel(self.differentiel), self.differentiel.phrases))
        lignes = ["", "Ce qui s'en déduit, sans être un droit"]
        for titre, texte, phrases in dites:
            lignes.append(f"  {titre:<{largeur}}  {texte}")
            lignes += [ligne for phrase in phrases for ligne in arbre(phrase, 1)] if arbre else []
        return lignes

    def en_json(self, etapes: Callable[[Phrase], Any] | None) -> dict[str, Any]:
        """For programs; with their steps where `etapes` writes them."""

        def avec(dit: dict[str, Any], phrases: Sequence[Phrase]) -> dict[str, Any]:
            return dit | ({"etapes": [etapes(phrase) for phrase in phrases]} if etapes else {})

        q, c, d = self.quotient, self.cotisations, self.differentiel
        quotient = {"euros": q.euros, "parts": q.parts, "manques": list(q.manques), "raison": q.raison}
        return {
            "quotient_familial": avec(quotient, q.phrases),
            "retraite_au_foyer": [
                avec({"role": ROLES[a.role], "affilie": a.affilie, "manque": a.manque}, a.phrases)
                for a in self.affiliations
            ],
            "cotisations_garde": c and avec({"centimes": c.centimes, "manque": c.manque}, c.phrases),
            "complement_transitoire_cmg": d
            and avec({"centimes": d.centimes, "jusque": d.jusque, "manque": d.manque, "raison": d.raison}, d.phrases),
        }


def _prestations(situation: Situation, resultats: Mapping[str, Resultat]) -> tuple[int, tuple[str, ...]]:
    """Net cents of the monthly benefits, and the facts that one of them misses."""
    mensuels = {d.code for d in catalogue_droits() if not (d.annuel or d.unique)} - HORS_DU_QUOTIENT
    dus = {code: resultats[code] for code in mensuels & set(resultats) - sans_objet(resultats)}
    total, manques = prestations_recues(situation, dus)
    for resultat in dus.values():
        total += resultat.montant_centimes - resultat.crds_centimes
        manques += tuple(NATURES[nom].libelle for nom in resultat.faits_manquants)
    return total, tuple(dict.fromkeys(manques))


def _dire_le_quotient(quotient: Quotient) -> str:
    if quotient.euros is not None:
        return euros(quotient.euros)
    if quotient.raison and not quotient.manques:
        return quotient.raison
    return f"calcul impossible, il manque : {enumerer(f'« {nom} »' for nom in quotient.manques)}"


def _dire_l_affiliation(affiliation: Affiliation) -> str:
    if affiliation.affilie is None:
        manque = affiliation.manque
        return f"il manque « {manque} » pour le dire" if manque else "à instruire : un agent de la Caf le regarde"
    return "affiliation ce mois-ci, la Caf cotise" if affiliation.affilie else "pas d'affiliation ce mois-ci"


def _dire_les_cotisations(cotisations: Cotisations) -> str:
    if cotisations.centimes is None:
        return f"calcul impossible, il manque : « {cotisations.manque} »"
    return f"{centimes_en_euros(cotisations.centimes)} payés à l'Urssaf"


def _dire_le_differentiel(differentiel: Differentiel) -> str:
    if differentiel.manque:
        return f"calcul impossible, il manque : « {differentiel.manque} »"
    if differentiel.raison or not differentiel.centimes:
        return differentiel.raison or "rien ne s'ajoute ce mois-ci"
    return f"jusqu'à {centimes_en_euros(differentiel.centimes)}, au plus tard jusqu'en {differentiel.jusque}"
