"""Workbooks: what is written is what is read, whatever the text, and nothing runs as a formula."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limpide.socle.classeur import NOM_AU_PLUS, TYPE, Feuille, en_ods, nom_de_feuille
from tests.banc.classeur import lire

TEXTES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))


@given(st.lists(st.lists(TEXTES, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_is_written_is_read_again(lignes: list[list[str]]) -> None:
    assert lire(en_ods([Feuille("Essai", lignes, (3.0,))])) == {"Essai": lignes}


def test_lines_spaces_and_signs_of_markup_survive() -> None:
    cellules = ["une\ndeux\n\nquatre", "  deux  espaces   ici ", "<b> & « R & D »", "=1+1", ""]
    fichier = en_ods([Feuille("Essai", [cellules], (3.0,))])
    assert lire(fichier) == {"Essai": [cellules]}
    contenu = zipfile.ZipFile(io.BytesIO(fichier)).read("content.xml").decode()
    assert "table:formula" not in contenu
    assert contenu.count('office:value-type="string"') == len(cellules)


def test_the_file_says_its_type_first_uncompressed_and_is_always_the_same() -> None:
    feuille = Feuille("Essai", [["a"]], (3.0,))
    fichier = en_ods([feuille])
    assert fichier == en_ods([feuille])
    premiere = zipfile.ZipFile(io.BytesIO(fichier)).infolist()[0]
    assert (premiere.filename, premiere.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert TYPE.encode() in fichier[:100]


@pytest.mark.parametrize("noms", [["a", "A"], ["a/b"], [""], ["x" * (NOM_AU_PLUS + 1)]])
def test_names_that_a_spreadsheet_refuses_are_refused(noms: list[str]) -> None:
    with pytest.raises(ValueError, match="feuille"):
        en_ods([Feuille(nom, [["x"]], (3.0,)) for nom in noms])


def test_a_name_of_sheet_is_cut_cleaned_and_never_taken_twice() -> None:
    pris: set[str] = set()
    noms = [nom_de_feuille(voulu, pris) for voulu in ("a:b", "A b", "x" * 40, "x" * 40)]
    assert noms == ["a b", "A b~2", "x" * 31, "x" * 29 + "~2"]
