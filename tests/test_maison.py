"""The house rules that no tool checks for us."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

RACINE = Path(__file__).parents[1]
SALLES = sorted(dossier.parent for dossier in (RACINE / "limpide").glob("*/__init__.py"))
LIGNES_MAX = 400
LIGNES_MAX_FONCTION = 60  # 40 is the aim; past 60 a concept is missing for sure
TIROIRS = {"utils", "helpers", "misc", "common", "divers", "outils", "tools"}


@cache
def suivis() -> tuple[Path, ...]:
    """The files of the project, as git sees them: tracked, and new ones that are not ignored."""
    commande = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    liste = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=True).stdout
    return tuple(RACINE / ligne for ligne in liste.splitlines() if (RACINE / ligne).is_file())


def de_genre(*suffixes: str) -> list[Path]:
    return [chemin for chemin in suivis() if chemin.suffix in suffixes and "static" not in chemin.parts]


def nom(chemin: Path) -> str:
    return str(chemin.relative_to(RACINE))


def pythons() -> list[Path]:
    return [chemin for chemin in de_genre(".py") if "migrations" not in chemin.parts]


def test_aucun_fichier_trop_long() -> None:
    longs = {nom(f): n for f in pythons() if (n := len(f.read_text().splitlines())) > LIGNES_MAX}
    assert longs == {}, "chercher le concept qui manque"


def test_aucune_fonction_trop_longue() -> None:
    longues = {
        f"{nom(chemin)}:{noeud.name}": longueur
        for chemin in pythons()
        if "tests" not in chemin.parts  # a walk through the screens is told in one piece
        for noeud in ast.walk(ast.parse(chemin.read_text()))
        if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef)
        and (longueur := (noeud.end_lineno or 0) - noeud.lineno + 1) > LIGNES_MAX_FONCTION
    }
    assert longues == {}


def test_aucun_tiroir() -> None:
    assert [nom(f) for f in suivis() if {f.stem, *f.relative_to(RACINE).parts} & TIROIRS] == []


INACHEVES = re.compile(
    r"\b(TODO|FIXME|XXX)\b|NotImplementedError|mark\.(skip|xfail)|pytest\.skip\(|no cover|assert True\b"
)
MACHINE = re.compile(r"/(root|work|farm)/|\.pyenv|--index-url|https?://\S+(/simple/|\.whl)")


def lignes(motif: re.Pattern[str], fichiers: list[Path]) -> list[str]:
    return [
        f"{nom(chemin)}:{numero} {ligne.strip()[:80]}"
        for chemin in fichiers
        if chemin != Path(__file__)  # which must quote what it refuses
        for numero, ligne in enumerate(chemin.read_text().splitlines(), 1)
        if motif.search(ligne)
    ]


def test_rien_d_inacheve() -> None:
    fautes = lignes(INACHEVES, de_genre(".py", ".html", ".js", ".css", ".toml", ".yaml", ".sql"))
    assert not fautes, "\n" + "\n".join(fautes)


def test_la_page_d_apres_est_attendue() -> None:
    """`is_visible()` answers at once, even while the next page is arriving: `expect(…).to_be_visible()` waits."""
    fautes = lignes(re.compile(r"\bassert .*\.is_visible\(\)"), [f for f in de_genre(".py") if "tests" in f.parts])
    assert not fautes, "\n" + "\n".join(fautes)


def test_aucun_chemin_de_machine() -> None:
    fichiers = [f for f in de_genre(".py", ".html", ".toml", ".md", ".txt", ".in", ".yaml", "") if f.name != "Makefile"]
    fautes = lignes(MACHINE, fichiers)
    assert not fautes, "\n" + "\n".join(fautes)


def mots_interdits() -> dict[str, str]:
    """Third column of the glossary → the word to use instead."""
    texte = (RACINE / "docs" / "glossaire.md").read_text()
    trouves = re.findall(r"^\| `(\w+)` \|[^|]*\| ([^|]+) \|$", texte, re.MULTILINE)
    return {synonyme.strip(): mot for mot, synonymes in trouves for synonyme in synonymes.split(",")}


def identifiants(chemin: Path) -> Iterator[tuple[int, str]]:
    for noeud in ast.walk(ast.parse(chemin.read_text())):
        if isinstance(noeud, ast.FunctionDef | ast.ClassDef):
            yield noeud.lineno, noeud.name
        elif isinstance(noeud, ast.arg):
            yield noeud.lineno, noeud.arg
        elif isinstance(noeud, ast.Name) and isinstance(noeud.ctx, ast.Store):
            yield noeud.lineno, noeud.id


def test_un_seul_mot_par_chose() -> None:
    interdits = mots_interdits()
    assert len(interdits) > 40
    motif = re.compile(rf"(?:^|_)({'|'.join(interdits)})s?(?:_|$)")
    fautes = [
        f"{nom(chemin)}:{ligne} {identifiant} — dire « {interdits[trouve[1]]} »"
        for chemin in pythons()
        if chemin.is_relative_to(RACINE / "limpide")
        and "openfisca" not in str(chemin.relative_to(RACINE))  # its files speak its words
        for ligne, identifiant in identifiants(chemin)
        if (trouve := motif.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", identifiant).lower()))
    ]
    assert not fautes, "\n" + "\n".join(fautes)


@pytest.mark.parametrize("salle", SALLES, ids=lambda salle: salle.name)
def test_chaque_salle_se_presente(salle: Path) -> None:
    arbre = ast.parse((salle / "__init__.py").read_text())
    texte = ast.get_docstring(arbre) or ""
    assert 3 <= len(texte.splitlines()) <= 7, "dire en 3 à 6 lignes ce qui entre, ce qui sort, qui elle appelle"


def nos_commandes() -> dict[str, str]:
    return {commande: salle for commande, salle in get_commands().items() if str(salle).startswith("limpide.")}


def test_chaque_commande_nomme_son_traitement_ou_dit_pourquoi_elle_n_en_a_pas() -> None:
    assert {"preparer", "arreter", "serveur"} <= set(nos_commandes())
    fautes = []
    for commande, salle in nos_commandes().items():
        classe = import_module(f"{salle}.management.commands.{commande}").Command
        cle, raison = getattr(classe, "traitement", ""), getattr(classe, "sans_traitement", "")
        if bool(cle) == bool(raison):
            fautes.append(commande)
    assert not fautes, "\n" + "\n".join(fautes)


def test_les_migrations_disent_les_modeles() -> None:
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    chargeur = MigrationLoader(None)
    assert chargeur.detect_conflicts() == {}
    with translation.override(None):  # labels of Django's own models are translated
        detecteur = MigrationAutodetector(chargeur.project_state(), ProjectState.from_apps(apps))
        attendues = detecteur.changes(graph=chargeur.graph)
    assert {salle: [m.name for m in migrations] for salle, migrations in attendues.items()} == {}


def test_les_commandes_de_la_notice_existent() -> None:
    notice = (RACINE / "README.md").read_text()
    mots = set(re.findall(r"^([a-z-]+):", (RACINE / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", notice)) <= mots
    from limpide.__main__ import SANS_DJANGO

    assert set(re.findall(r"limpide ([a-z_]+(?:-[a-z]+)*)", notice)) - set(get_commands()) - SANS_DJANGO == set()
