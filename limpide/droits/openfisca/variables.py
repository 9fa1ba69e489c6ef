"""The catalogue of variables: what may be given (the facts), and what is computed (the rights)."""

import inspect
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from limpide.droits.bareme import parametres
from limpide.droits.calcul import catalogue_droits
from limpide.droits.ensemble import AIDES_AU_LOGEMENT
from limpide.droits.faits import NATURES, Nature
from limpide.droits.moteur import Droit, Motif
from limpide.droits.moteur.regle import REGLES, Regle, entree_de

from .entites import CLES, FAMILLES, INDIVIDUS, entite_du_fait

RACINE = Path(__file__).parents[3]
GENRES = {"euros": "Float", "booleen": "Boolean", "enumeration": "String", "date": "Date", "entier": "Int"}
PERIODES = {"mois": "MONTH", "annee": "YEAR", "etat": "MONTH"}
ETAPES = {
    "af_base": ("af", "af_base", "montant de base"),
    "af_majoration": ("af", "majorations", "majorations pour âge"),
    "af_complement_degressif": ("af", "complement_degressif", "complément dégressif"),
}
"""OpenFisca's variables that are a step of one of our rights: the right, its rule, what the step is."""
AUTRES_MONTANTS = {
    "rsa_montant": ("rsa",),
    "aide_logement": AIDES_AU_LOGEMENT,
    "aide_logement_montant": AIDES_AU_LOGEMENT,
}
"""OpenFisca's variables that are the amount of rights that we call otherwise: their sum."""
QUOTIENT, AFFILIATION = "quotient_familial", "affiliation_avpf"
"""Figures that are no right (`derives`): OpenFisca has neither."""


@dataclass(frozen=True)
class Calculee:
    """One computed variable: of which rights, and what of them (`quoi`); whose; of a month or of a year.

    `quoi`: montant, motif, crds, part (each adult's), etape (`etape` is its rule), quotient, affiliation.
    """

    quoi: str
    libelle: str
    droits: tuple[Droit, ...] = ()
    entite: str = FAMILLES
    periode: str = "MONTH"
    genre: str = "Float"
    etape: str = ""

    @property
    def mois_de_versement(self) -> int:
        """1 to 12: when the amount of a year is paid; 0 for what is of a month."""
        if self.periode != "YEAR":
            return 0
        return int(parametres()[f"{self.droits[0].code}_mois"].valeurs[-1].valeur)  # type: ignore[arg-type]

    @property
    def regles(self) -> tuple[Regle, ...]:
        """The rules that give it, where it is a right's."""
        if self.quoi == "etape":
            return (REGLES[f"limpide.droits.{self.droits[0].code}.regles.{self.etape}"],)
        role = self.quoi if self.quoi in {"motif", "crds"} else "montant"
        return tuple(entree_de(droit.fonctions[role]) for droit in self.droits)


@lru_cache(maxsize=1)
def calculees() -> dict[str, Calculee]:
    """Computed variables by name: OpenFisca's name, entity and period where it has them."""
    droits = {droit.code: droit for droit in catalogue_droits()}
    toutes: dict[str, Calculee] = {}
    for code, droit in droits.items():
        periode, seul = "YEAR" if droit.annuel else "MONTH", (droit,)
        part = ("part", INDIVIDUS) if droit.part else ("montant", FAMILLES)
        toutes[code] = Calculee(part[0], droit.libelle, seul, part[1], periode)
        toutes[f"{code}_motif"] = Calculee("motif", f"{droit.libelle}, motif", seul, periode=periode, genre="String")
        if droit.crds is not None:
            toutes[f"{code}_crds"] = Calculee("crds", f"{droit.libelle}, CRDS retenue", seul, periode=periode)
    for nom, codes in AUTRES_MONTANTS.items():
        libelle = droits[codes[0]].libelle if len(codes) == 1 else "Aide au logement"
        toutes[nom] = Calculee("montant", libelle, tuple(droits[code] for code in codes))
    for nom, (code, regle, quoi) in ETAPES.items():
        toutes[nom] = Calculee("etape", f"{droits[code].libelle}, {quoi}", (droits[code],), etape=regle)
    toutes[QUOTIENT] = Calculee("quotient", "Quotient familial de la Caf")
    toutes[AFFILIATION] = Calculee(
        "affiliation", "Affiliation à l'assurance vieillesse (AVPF, AVA)", (), INDIVIDUS, genre="Boolean"
    )
    return toutes


def variables_publiees(adresse: str) -> dict[str, Any]:
    """What `/variables` answers; `adresse` is the address of the API, with its last slash."""
    descriptions = {nom: calculee.libelle for nom, calculee in calculees().items()}
    descriptions |= {nom: nature.libelle for nom, nature in NATURES.items() if nom not in descriptions}
    return {
        nom: {"description": description, "href": f"{adresse}variable/{nom}"}
        for nom, description in descriptions.items()
    }


def variable(nom: str) -> dict[str, Any] | None:
    """What `/variable/<nom>` answers; None if there is none of that name."""
    if nom in calculees():
        return _calculee(nom, calculees()[nom])
    return _donnee(NATURES[nom]) if nom in NATURES else None


def _donnee(nature: Nature) -> dict[str, Any]:
    decrite: dict[str, Any] = {
        "id": nature.nom,
        "description": nature.libelle,
        "valueType": GENRES[nature.type],
        "defaultValue": _defaut(nature),
        "definitionPeriod": "ETERNITY" if nature.type == "date" else PERIODES[nature.periodicite],
        "entity": CLES[entite_du_fait(nature.nom)],
    }
    if nature.defaut_si_absent:
        decrite["documentation"] = nature.defaut_si_absent.raison
    if nature.type == "enumeration":
        libelles = nature.libelles_valeurs or nature.valeurs
        decrite["possibleValues"] = dict(zip(nature.valeurs, libelles, strict=True))
    return decrite


def _defaut(nature: Nature) -> Any:
    """What is taken when nothing is said; None where nothing is (the right is then unknown)."""
    defaut = nature.defaut_si_absent
    if defaut is None or defaut.roles != "tous":
        return None
    if nature.type == "booleen":
        return bool(defaut.valeur)
    return nature.valeurs[int(defaut.valeur)] if nature.type == "enumeration" else defaut.valeur


def _calculee(nom: str, calculee: Calculee) -> dict[str, Any]:
    variantes = [variante for regle in calculee.regles for variante in regle.variantes]
    motif = calculee.quoi == "motif"
    decrite: dict[str, Any] = {
        "id": nom,
        "description": calculee.libelle,
        "valueType": calculee.genre,
        "defaultValue": Motif.INCONNU.name if motif else calculee.genre != "Boolean" and 0,
        "definitionPeriod": calculee.periode,
        "entity": CLES[calculee.entite],
        "references": list(dict.fromkeys(article for v in variantes for article in v.articles)),
    }
    if len(calculee.regles) == 1:
        decrite["formulas"] = {v.depuis.isoformat(): _formule(v.fonction) for v in variantes}
    if motif:
        decrite["possibleValues"] = {motif.name: motif.phrase for motif in Motif}
    return decrite


def _formule(fonction: Any) -> dict[str, str]:
    lignes, debut = inspect.getsourcelines(fonction)
    fichier = Path(inspect.getsourcefile(fonction) or "").resolve().relative_to(RACINE).as_posix()
    formule = {"source": f"{fichier}#L{debut}-L{debut + len(lignes) - 1}", "content": "".join(lignes)}
    if fonction.__doc__:
        formule["documentation"] = inspect.cleandoc(fonction.__doc__)
    return formule
