"""The page on divergences and the classes in code tell the same story."""

import functools
import re
from pathlib import Path

import numpy as np
import pytest

from differentiel.circonstances import Circonstances
from differentiel.classes import CLASSES, Classe
from limpide.droits.hasard import TIRAGE_COMPARABLE, tirer

PAGE = (Path(__file__).parents[2] / "docs" / "divergences.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL))
VERDICTS = {
    "limpide": "Limpide follows the article",
    "openfisca": "OpenFisca follows the article",
    "indecis": "Not settled",
}


def test_same_classes_in_the_same_order() -> None:
    assert list(SECTIONS) == [classe.cle for classe in CLASSES]


@pytest.mark.parametrize("classe", CLASSES, ids=lambda classe: classe.cle)
def test_same_rights_article_and_verdict(classe: Classe) -> None:
    section = SECTIONS[classe.cle]
    assert section.startswith(f"{classe.titre}. ")
    assert f"- Rights: {', '.join(classe.droits)}\n" in section
    assert f"- Article: {classe.article}\n" in section
    assert f"- {VERDICTS[classe.raison]}" in section


@functools.cache
def tirages() -> list[Circonstances]:
    """The same households for every class: drawn once."""
    mois_tires = ("2020-08", "2021-02", "2023-12", "2025-05", "2026-04", "2026-11")
    return [Circonstances(mois, *tirer(4000, 2, mois, TIRAGE_COMPARABLE)) for mois in mois_tires]


@pytest.mark.parametrize("classe", CLASSES, ids=lambda classe: classe.cle)
def test_a_class_concerns_some_households_and_far_from_all(classe: Classe) -> None:
    """A class that concerned everybody would explain nothing."""
    part = float(np.mean([classe.concerne(tirage) for tirage in tirages()]))
    assert 0 < part < 0.2
