"""Columns of a population: which fact each one holds, for which month of the window, in which Arrow types.

A fact is a column of its name. A monthly amount is one column (the same every month) or seven, `salaire_net_m6` to
`salaire_net_m0`: the sixth month before the one computed, … that month. A column that is not there leaves the fact
unknown, or as the catalogue says when nobody says anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pyarrow as pa

from limpide.droits.faits import MOIS_FENETRE, NATURES, Nature, Sujet
from limpide.droits.situation import FOYER_FAITS, PERSONNE_FAITS

FOYERS, PERSONNES = "foyers.parquet", "personnes.parquet"
MEMBRES, ROLE, PRESENT = "membres", "role", "present"
OBLIGATOIRES: dict[Sujet, tuple[str, ...]] = {"foyer": (MEMBRES,), "personne": (ROLE, "date_naissance")}
"""Columns without which nothing can be computed for anybody."""
DECRIT = ("region",)
"""Columns of the households that the law does not read: they describe."""
_MENSUELLE = re.compile(r"(.+)_m([0-6])")
_FAITS: dict[Sujet, tuple[str, ...]] = {"foyer": FOYER_FAITS, "personne": PERSONNE_FAITS}


class PopulationInvalide(ValueError):
    """A file that is not a population: which one, which column, what was found and what was expected."""


@dataclass(frozen=True)
class Colonne:
    """One column. `rang`: place of its month in the window (6: the month computed), None for all or none."""

    nom: str
    champ: str
    nature: Nature | None
    rang: int | None = None


def mensuelles(champ: str) -> list[str]:
    """The seven columns of a monthly amount, from the oldest month."""
    return [f"{champ}_m{MOIS_FENETRE - 1 - rang}" for rang in range(MOIS_FENETRE)]


def colonnes_du_fichier(fichier: str, schema: pa.Schema, sujet: Sujet) -> list[Colonne]:
    """The columns of a file, each checked against the catalogue; `PopulationInvalide` names those that are wrong."""
    a_part = (MEMBRES, *DECRIT) if sujet == "foyer" else (ROLE,)
    trouvees, inconnues = [], []
    for champ in schema:
        if champ.name == ROLE and sujet == "personne":
            _refuser_autre_type(fichier, champ, _est_un_texte(champ.type), "un texte")
        if champ.name in a_part:
            continue
        colonne = _reconnaitre(champ.name, sujet)
        if colonne is None:
            inconnues.append(champ.name)
            continue
        _verifier_type(fichier, champ, colonne)
        trouvees.append(colonne)
    absentes = [nom for nom in OBLIGATOIRES[sujet] if nom not in schema.names]
    possibles = [*a_part, *_FAITS[sujet], *([PRESENT] if sujet == "personne" else [])]
    fautes = [f"la colonne « {nom} » manque." for nom in absentes]
    fautes += [f"colonne « {nom} » : nom inconnu. {_proches(nom, possibles)}" for nom in inconnues]
    if fautes:
        raise PopulationInvalide("\n".join(f"{fichier}, {faute}" for faute in fautes))
    _verifier_ensemble(fichier, schema, trouvees)
    return trouvees


def _proches(nom: str, possibles: Sequence[str]) -> str:
    """The closest names; of a monthly column, that of its month."""
    mensuelle = _MENSUELLE.fullmatch(nom)
    base, suite = (mensuelle[1], nom[len(mensuelle[1]) :]) if mensuelle else (nom, "")
    proches = [f"{proche}{suite}" for proche in get_close_matches(base, possibles, 3, 0.6)]
    return f"Vouliez-vous dire {' ou '.join(proches)} ?" if proches else "Ce n'est pas un fait du catalogue."


def _reconnaitre(nom: str, sujet: Sujet) -> Colonne | None:
    if nom in _FAITS[sujet]:
        return Colonne(nom, nom, NATURES[nom])
    trouve = _MENSUELLE.fullmatch(nom)
    champ, rang = (trouve[1], MOIS_FENETRE - 1 - int(trouve[2])) if trouve else (nom, None)
    if champ == PRESENT and sujet == "personne":
        return Colonne(nom, champ, None, rang)
    if trouve and champ in _FAITS[sujet] and NATURES[champ].periodicite == "mois":
        return Colonne(nom, champ, NATURES[champ], rang)
    return None


def _verifier_type(fichier: str, champ: pa.Field, colonne: Colonne) -> None:
    genre = "booleen" if colonne.nature is None else colonne.nature.type
    sorte = champ.type.value_type if pa.types.is_dictionary(champ.type) else champ.type
    convient, attendu = {
        "euros": (pa.types.is_floating(sorte) or pa.types.is_integer(sorte), "un nombre (euros)"),
        "entier": (pa.types.is_integer(sorte), "un nombre entier"),
        "booleen": (pa.types.is_boolean(sorte), "un booléen"),
        "date": (pa.types.is_date(sorte), "une date"),
        "enumeration": (_est_un_texte(sorte), "un texte"),
    }[genre]
    _refuser_autre_type(fichier, champ, convient, attendu)


def _est_un_texte(sorte: pa.DataType) -> bool:
    sorte = sorte.value_type if pa.types.is_dictionary(sorte) else sorte
    return bool(pa.types.is_string(sorte) or pa.types.is_large_string(sorte))


def _refuser_autre_type(fichier: str, champ: pa.Field, convient: bool, attendu: str) -> None:
    if not convient:
        raise PopulationInvalide(f"{fichier}, colonne « {champ.name} » : trouvé {champ.type} ; attendu : {attendu}.")


def _verifier_ensemble(fichier: str, schema: pa.Schema, colonnes: Sequence[Colonne]) -> None:
    doubles = {n for n in schema.names if schema.names.count(n) > 1}
    entieres = {c.champ for c in colonnes if c.rang is None}
    doubles |= {c.champ for c in colonnes if c.rang is not None and c.champ in entieres}
    if doubles:
        raise PopulationInvalide(f"{fichier}, colonne « {min(doubles)} » : dite deux fois.")
    for champ in {c.champ for c in colonnes if c.rang is not None}:
        manquants = sorted(set(mensuelles(champ)) - set(schema.names))
        if manquants:
            raise PopulationInvalide(
                f"{fichier}, colonne « {manquants[0]} » : les sept mois de la fenêtre sont attendus."
            )
