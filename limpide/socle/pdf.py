"""Documents to keep: plain PDF pages with their text selectable, titles as bookmarks, language and title stated.

The same content always gives the same bytes. The page of the site stays the accessible version: fpdf2 writes no tags
(docs/decisions/documents-pdf.md). Fonts are embedded: no name is refused for its letters.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout

POLICES = Path(__file__).parent / "polices"
POLICE = "DejaVu"
MARGE, CORPS, INTERLIGNE = 20, 10, 5.2
GRIS, BLEU = (102, 102, 102), (0, 0, 145)
_REMPLACES = str.maketrans({"\u202f": "\u00a0", "\u2011": "-"})


class _Pages(FPDF):
    """A4 pages with their number and the document's name at the foot."""

    pied = ""

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(POLICE, size=8)
        self.set_text_color(*GRIS)
        self.cell(0, 8, f"{self.pied} – page {self.page_no()} sur {{nb}}", align="C")
        self.set_text_color(0)


class DocumentPDF:
    """One document, written from top to bottom; `octets()` ends it."""

    def __init__(self, titre: str, *, emetteur: str, le: dt.datetime) -> None:
        """`le`: the moment the content dates from, so that the same content is the same file."""
        self._pages = pages = _Pages(format="A4")
        pages.pied = propre(titre)
        for style, fichier in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            pages.add_font(POLICE, style, POLICES / fichier)
        pages.set_margins(MARGE, MARGE)
        pages.set_auto_page_break(True, margin=MARGE)
        pages.set_lang("fr-FR")
        pages.set_title(propre(titre))
        pages.set_author(propre(emetteur))
        pages.set_creation_date(le)
        pages.add_page()
        pages.set_font(POLICE, "B", CORPS)
        self._bloc(emetteur, apres=6)
        pages.set_font(POLICE, "B", 16)
        pages.set_text_color(*BLEU)
        self._bloc(titre, hauteur=7.5, apres=3)
        pages.set_text_color(0)

    def titre(self, texte: str, *, niveau: int = 0) -> None:
        """A heading, also a bookmark: `niveau` 0 for a part, 1 below it."""
        if self._pages.will_page_break(22):
            self._pages.add_page()
        self._pages.start_section(propre(texte), level=niveau)
        self._pages.ln(3)
        self._pages.set_font(POLICE, "B", 12 if niveau == 0 else CORPS)
        self._bloc(texte, hauteur=6, apres=1.5)

    def paragraphe(self, texte: str, *, gras: bool = False, retrait: float = 0) -> None:
        """Lines of text; blank lines separate paragraphs. `retrait`: millimetres from the left margin."""
        self._pages.set_font(POLICE, "B" if gras else "", CORPS)
        for partie in texte.split("\n\n"):
            self._bloc(" ".join(partie.split("\n")), retrait=retrait, apres=2)

    def liste(self, elements: Iterable[str], *, retrait: float = 0, serree: bool = False) -> None:
        """`serree`: no blank after it, for a list within another."""
        self._pages.set_font(POLICE, size=CORPS)
        for element in elements:
            self._bloc(f"– {element}", retrait=retrait + 3, apres=0.8)
        self._pages.ln(0 if serree else 1.5)

    @property
    def nombre_de_pages(self) -> int:
        """Pages written so far."""
        return int(self._pages.page_no())

    def tableau(self, entete: Sequence[str], lignes: Iterable[Sequence[str]], largeurs: Sequence[int]) -> None:
        """A table whose head is repeated on each page; `largeurs` are proportions."""
        self._pages.set_font(POLICE, size=8.5)
        with self._pages.table(
            col_widths=tuple(largeurs), line_height=4.6, text_align="LEFT", padding=1,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES, headings_style=FontFace(emphasis="BOLD"),
        ) as table:  # fmt: skip
            for ligne in (entete, *lignes):
                rangee = table.row()
                for case in ligne:
                    rangee.cell(propre(case))
        self._pages.ln(3)

    def dessin(self, rangees: Sequence[Sequence[int]], *, cote: float = 32) -> None:
        """Black squares on white, as in a QR code: rows of 0 and 1, on a square of `cote` millimetres."""
        pages = self._pages
        if pages.will_page_break(cote + 2):
            pages.add_page()
        pas, gauche, haut = cote / len(rangees), pages.get_x(), pages.get_y()
        pages.set_fill_color(0)
        for y, rangee in enumerate(rangees):
            for x, plein in enumerate(rangee):
                if plein:
                    pages.rect(gauche + x * pas, haut + y * pas, pas, pas, style="F")
        pages.set_xy(MARGE, haut + cote + 2)

    def octets(self) -> bytes:
        return bytes(self._pages.output())

    def _bloc(self, texte: str, *, hauteur: float = INTERLIGNE, retrait: float = 0, apres: float = 0) -> None:
        pages = self._pages
        pages.set_x(MARGE + retrait)
        pages.multi_cell(
            pages.w - 2 * MARGE - retrait, hauteur, propre(texte), align="L", new_x="LMARGIN", new_y="NEXT"
        )
        pages.ln(apres)


def propre(texte: str) -> str:
    """The text without the signs that PDF readers copy badly (thin spaces become plain non-breaking ones)."""
    return str(texte).translate(_REMPLACES)
