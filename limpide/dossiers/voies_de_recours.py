"""How and where a decision is contested, right by right; rights that the law treats alike are told together.

The texts are in `voies_de_recours.toml`.
"""

import tomllib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from limpide.droits.francais import enumerer

COMME, VOTRE, AILLEURS = "comme", "votre", "ailleurs"


class RecoursInconnu(LookupError):
    """A right without its remedies: no decision may be taken on it."""


@lru_cache(maxsize=1)
def _ecrites() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def voies_de_recours() -> dict[str, dict[str, Any]]:
    """By code of the right: label, text of the remedies, articles on overpayments, whether an appeal suspends."""
    modeles = {ecrite[COMME] for ecrite in _ecrites().values() if COMME in ecrite}
    return {code: _completer(ecrite) for code, ecrite in _ecrites().items() if code not in modeles}


def _completer(ecrite: dict[str, Any]) -> dict[str, Any]:
    if COMME not in ecrite:
        return ecrite
    modele = _ecrites()[ecrite[COMME]]
    return modele | ecrite | {"recours": modele["recours"].format(votre=ecrite[VOTRE])}


def recours_de(droit: str) -> dict[str, Any]:
    try:
        return voies_de_recours()[droit]
    except KeyError:
        raise RecoursInconnu(
            f"Aucune voie de recours n'est écrite pour « {droit} » : complétez voies_de_recours.toml."
        ) from None


def texte_des_recours(droits: Collection[str]) -> str:
    """The remedies for a decision on these rights, in their order; those of one model in one text.

    What somebody else decides of a right (`ailleurs`) comes after.
    """
    par_modele: dict[str, list[str]] = {}
    for droit in droits:
        par_modele.setdefault(recours_de(droit).get(COMME, droit), []).append(droit)
    textes = [_dire(modele, siens) for modele, siens in par_modele.items()]
    textes += [recours_de(droit)[AILLEURS] for droit in droits if AILLEURS in recours_de(droit)]
    return "\n\n".join(texte.strip() for texte in textes)


def _dire(modele: str, droits: list[str]) -> str:
    if len(droits) == 1:
        return str(recours_de(droits[0])["recours"])
    return str(_ecrites()[modele]["recours"].format(votre=enumerer(recours_de(droit)[VOTRE] for droit in droits)))
