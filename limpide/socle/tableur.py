"""Tables that people open in a spreadsheet: CSV as French software expects it, where no cell runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

DEBUTS_CALCULES = ("=", "+", "-", "@", "\t", "\r")


def inoffensive(cellule: object) -> str:
    """The cell as text; an apostrophe first where a spreadsheet would take it for a formula."""
    texte = "" if cellule is None else str(cellule)
    return f"'{texte}" if texte.startswith(DEBUTS_CALCULES) else texte


def en_csv(titres: Sequence[str], lignes: Iterable[Sequence[object]]) -> bytes:
    """Semicolons, UTF-8 with its mark (what opens right in a French spreadsheet)."""
    sortie = io.StringIO(newline="")
    ecriture = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    ecriture.writerow(titres)
    for ligne in lignes:
        ecriture.writerow([inoffensive(cellule) for cellule in ligne])
    return sortie.getvalue().encode("utf-8-sig")
