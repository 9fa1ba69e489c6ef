"""What a note must not say of somebody, found word by word: a health condition, an origin, an opinion, an insult.

A list warns, it doesn't understand: the agent writes otherwise, or asks somebody else to read the note.
"""

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from limpide.identite.noms import normaliser

LEXIQUE = Path(__file__).with_name("termes.toml")


@functools.cache
def lexique() -> tuple[re.Pattern[str], Mapping[str, re.Pattern[str]]]:
    """What is left out first, then, by what they speak of, the patterns of the terms over a normalised text."""
    lus = tomllib.loads(LEXIQUE.read_text(encoding="utf-8"))
    return _motif(lus.pop("sauf")), {f["libelle"]: _motif(f["termes"]) for f in lus.values()}


def _motif(termes: list[str]) -> re.Pattern[str]:
    formes = (normaliser(t.removesuffix("*")) + ("[A-Z0-9]*" if t.endswith("*") else "") for t in termes)
    return re.compile(rf"\b(?:{'|'.join(formes)})\b")


def reperes(note: str) -> dict[str, list[str]]:
    """What each family finds in this note, as typed without accents: {"une santé ou un soin": ["depression"]}."""
    sauf, motifs = lexique()
    texte = sauf.sub(" ", normaliser(note))
    trouves = {libelle: sorted({t.lower() for t in motif.findall(texte)}) for libelle, motif in motifs.items()}
    return {libelle: mots for libelle, mots in trouves.items() if mots}


def avertissement(trouves: dict[str, list[str]]) -> str:
    """What is said to the agent, beside the note that they typed."""
    quoi = " ; ".join(f"{libelle} (« {' », « '.join(mots)} »)" for libelle, mots in trouves.items())
    return (
        f"Cette note semble dire {quoi}. Écrivez seulement des faits utiles : la personne lira la note. Sinon, "
        "demandez qu'un encadrant la relise : elle n'est montrée à personne avant."
    )
