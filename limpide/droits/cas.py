"""Worked cases of the law, in OpenFisca's YAML test format: a household, a month, the amounts expected.

    - name: Couple, deux enfants
      period: 2026-11
      absolute_error_margin: 0.005
      input:
        individus:
          parent1: {date_naissance: 1990-01-15, salaire_net: 1500}
          enfant1: {date_naissance: 2015-03-02}
        famille: {parents: [parent1], enfants: [enfant1]}
        menage: {statut_occupation_logement: locataire_vide}
      output: {af: 0, rsa: 0, rsa_motif: RESSOURCES}

Amounts are in euros before CRDS. A monthly amount is one number for every month, or a value per month (the others
are then zero). What a case leaves out is told here, so that a case says only what it is about: French, living in
metropolitan France, tenant without housing benefit, no yearly income. `null` makes a fact unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .calcul import Resultat, liquider
from .faits import MOIS_FENETRE
from .situation import Situation

ICI = Path(__file__).parent
FOYER_ORDINAIRE = {
    "residence": "metropole",
    "statut_occupation_logement": "locataire_vide",
    "aide_logement": 0,
    "prestations_familiales_base_ressources": 0,
}
ADULTE_ORDINAIRE = {"nationalite": "francaise", "salaire_net": 0}
MARGE = 0.005


class CasInvalide(ValueError):
    """A case that cannot be read: says which file and which case."""


@dataclass(frozen=True)
class Cas:
    """One worked case: `attendu` maps a right to euros, or `<right>_motif` to a reason, `<right>_crds` to euros."""

    droit: str
    nom: str
    situation: Situation
    attendu: dict[str, Any]
    marge: float

    def ecarts(self, resultats: dict[str, Resultat]) -> list[str]:
        """What differs from the expected results, in French; nothing if the case holds."""
        return [ecart for cle, attendu in self.attendu.items() if (ecart := self._ecart(cle, attendu, resultats))]

    def verifier(self) -> list[str]:
        """Run the rules on the household of the case and compare."""
        return self.ecarts(liquider(self.situation))

    def _ecart(self, cle: str, attendu: Any, resultats: dict[str, Resultat]) -> str:
        droit, _, quoi = cle.partition("_")
        resultat = resultats[droit]
        if quoi == "motif":
            return "" if resultat.motif == attendu else f"{cle} : {attendu} attendu, {resultat.motif} trouvé"
        if quoi == "manque":
            trouves = resultat.faits_manquants
            return "" if attendu in trouves else f"{cle} : {attendu} attendu parmi {', '.join(trouves) or 'rien'}"
        trouve = (resultat.crds_centimes if quoi == "crds" else resultat.montant_centimes) / 100
        if abs(trouve - float(attendu)) <= self.marge:
            return ""
        return f"{cle} : {attendu} € attendus, {trouve:.2f} € trouvés"


def lire_cas(dossier: Path | None = None) -> Iterator[Cas]:
    """Every case of every right, folder by folder."""
    for fichier in sorted((dossier or ICI).glob("*/cas.yaml")):
        for rang, brut in enumerate(yaml.safe_load(fichier.read_text(encoding="utf-8")) or [], 1):
            try:
                yield _cas(fichier.parent.name, brut)
            except (KeyError, TypeError, ValueError) as erreur:
                raise CasInvalide(f"{fichier.parent.name}/cas.yaml, cas n° {rang} : {erreur}") from erreur


def _cas(droit: str, brut: dict[str, Any]) -> Cas:
    mois = str(brut["period"])
    entree = brut["input"]
    composition = entree.get("famille", {})
    roles = dict.fromkeys(composition.get("enfants", []), "enfant")
    roles |= dict(zip(composition.get("parents", []), ("demandeur", "conjoint"), strict=False))
    ordre = [*composition.get("parents", []), *composition.get("enfants", [])]
    personnes = [_personne(entree["individus"][nom], roles[nom], mois) for nom in ordre]
    foyer = {k: v for k, v in composition.items() if k not in ("parents", "enfants")} | entree.get("menage", {})
    donnees = {
        "mois": mois,
        "foyer": FOYER_ORDINAIRE | {nom: _valeur(nom, v, mois) for nom, v in foyer.items()},
        "personnes": personnes,
    }
    marge = float(brut.get("absolute_error_margin", MARGE))
    return Cas(droit, brut["name"], Situation.depuis_dict(donnees), brut["output"], marge)


def _personne(faits: dict[str, Any], role: str, mois: str) -> dict[str, Any]:
    ordinaire = {} if role == "enfant" else ADULTE_ORDINAIRE
    return ordinaire | {"role": role} | {nom: _valeur(nom, v, mois) for nom, v in faits.items()}


def _valeur(nom: str, valeur: Any, mois: str) -> Any:
    """A value of the file as `Situation.depuis_dict` reads it: dates as text, months in the order of the window."""
    if isinstance(valeur, date):
        return valeur.isoformat()
    if not isinstance(valeur, dict):
        return valeur
    fenetre = mois_de_la_fenetre(mois)
    if inconnus := {str(m) for m in valeur} - set(fenetre):
        raise ValueError(f"{nom} : {min(inconnus)} n'est pas dans la fenêtre de {fenetre[0]} à {fenetre[-1]}")
    absent = False if nom == "present" else 0
    return [next((v for m, v in valeur.items() if str(m) == f), absent) for f in fenetre]


def mois_de_la_fenetre(mois: str) -> list[str]:
    """The months of the window, oldest first: « 2026-11 » → « 2026-05 » … « 2026-11 »."""
    annee, rang = (int(partie) for partie in mois.split("-"))
    fin = annee * 12 + rang - 1
    return [f"{m // 12}-{m % 12 + 1:02d}" for m in range(fin - MOIS_FENETRE + 1, fin + 1)]
