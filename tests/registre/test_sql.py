"""SQL written by hand could leave the processing (`SET ROLE`): it is rare, constant, and in known places."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import limpide

RACINE = Path(limpide.__file__).parent
PERMIS = {
    "registre": "opens processings, installs rights, writes the journal",
    "socle/base_de_donnees.py": "creates the database and its login, before any processing",
    "dossiers/lots.py": "set-based reading and writing, texts from the files `requetes.py`",
    "dossiers/services.py": "SET CONSTRAINTS, named by a constant",
    "identite/cles.py": "states which keys the database was sealed with",
}
# Names of tables and columns, taken from the models and quoted, on the owner's connection.
COMPOSES_DES_NOMS = {"identite/cles.py"}
EXECUTIONS = {"execute", "executemany", "raw", "extra", "copy_expert"}


def fichiers() -> Iterator[Path]:
    for fichier in sorted(RACINE.rglob("*.py")):
        if "migrations" not in fichier.parts and fichier.relative_to(RACINE).parts[0] != "droits":
            yield fichier


def executions(fichier: Path) -> Iterator[ast.Call]:
    for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
        if (
            isinstance(noeud, ast.Call)
            and (noeud.args or noeud.keywords)
            and (  # without argument, no text runs
                (isinstance(noeud.func, ast.Attribute) and noeud.func.attr in EXECUTIONS)
                or (isinstance(noeud.func, ast.Name) and noeud.func.id == "RawSQL")
            )
        ):
            yield noeud


def permis(fichier: Path) -> bool:
    nom = fichier.relative_to(RACINE).as_posix()
    return any(nom == chemin or nom.startswith(f"{chemin}/") for chemin in PERMIS)


@pytest.mark.preuve("Aucun SQL écrit à la main hors des fichiers qui en ont la charge", controles=(13,))
def test_hand_written_sql_is_in_known_places() -> None:
    ailleurs = [
        f"{fichier.relative_to(RACINE)}:{appel.lineno}"
        for fichier in fichiers()
        if not permis(fichier)
        for appel in executions(fichier)
    ]
    assert ailleurs == []


@pytest.mark.parametrize("chemin", PERMIS)
def test_known_places_still_need_it(chemin: str) -> None:
    lieu = RACINE / chemin
    assert any(list(executions(f)) for f in (lieu.rglob("*.py") if lieu.is_dir() else [lieu]))


def test_text_is_only_composed_from_constants_outside_the_register() -> None:
    """An f-string given to the database may only hold names of constants (capitals)."""
    composes = [
        f"{fichier.relative_to(RACINE)}:{appel.lineno}"
        for fichier in fichiers()
        if fichier.relative_to(RACINE).parts[0] != "registre"
        and fichier.relative_to(RACINE).as_posix() not in COMPOSES_DES_NOMS
        for appel in executions(fichier)
        for argument in appel.args[:1]
        if isinstance(argument, ast.JoinedStr)
        for valeur in argument.values
        if isinstance(valeur, ast.FormattedValue)
        and not (isinstance(valeur.value, ast.Name) and valeur.value.id.isupper())
    ]
    assert composes == []
