"""Reads an OpenDocument workbook back, without any of the code that wrote it."""

import io
import zipfile
from xml.etree import ElementTree

ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, TEXT, OFFICE = f"{ODF}table:1.0}}", f"{ODF}text:1.0}}", f"{ODF}office:1.0}}"


def lire(fichier: bytes) -> dict[str, list[list[str]]]:
    """Name of the sheet → its lines of cells, as text."""
    with zipfile.ZipFile(io.BytesIO(fichier)) as archive:
        assert archive.testzip() is None
        racine = ElementTree.fromstring(archive.read("content.xml"))
        declares = {
            entree.get(f"{ODF}manifest:1.0}}full-path")
            for entree in ElementTree.fromstring(archive.read("META-INF/manifest.xml"))
        }
        assert declares == {"/", "content.xml"}
    return {
        table.get(f"{TABLE}name", ""): [
            ["\n".join(_texte(p) for p in cellule.iter(f"{TEXT}p")) for cellule in rangee.iter(f"{TABLE}table-cell")]
            for rangee in table.iter(f"{TABLE}table-row")
        ]
        for table in racine.iter(f"{TABLE}table")
    }


def _texte(paragraphe: ElementTree.Element) -> str:
    morceaux = [paragraphe.text or ""]
    for enfant in paragraphe:
        assert enfant.tag == f"{TEXT}s"
        morceaux += [" " * int(enfant.get(f"{TEXT}c", "1")), enfant.tail or ""]
    return "".join(morceaux)
