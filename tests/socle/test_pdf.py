"""PDF documents: their words can be read back, they say their language, the same content is the same file."""

import datetime as dt
import io

from pypdf import PdfReader

from limpide.socle.pdf import DocumentPDF

LE = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def ecrire(lignes: int = 3) -> bytes:
    document = DocumentPDF("Décision du 25 novembre 2026", emetteur="Caisse d'allocations familiales de Paris", le=LE)
    document.titre("Vos droits")
    document.paragraphe("Łukasz Șerban, Nguyễn : 1\u202f234,50\u00a0€ pour l’œuvre.\n\nFin.")
    document.tableau(("Mois", "Montant"), [(f"mois {n}", f"{n},00 €") for n in range(lignes)], (2, 1))
    document.liste(["premier", "second"])
    return document.octets()


def test_le_texte_se_relit_et_la_langue_est_dite() -> None:
    lu = PdfReader(io.BytesIO(ecrire()))
    texte = lu.pages[0].extract_text().replace("\xa0", " ")
    for attendu in ("Łukasz Șerban, Nguyễn : 1 234,50 € pour l’œuvre.", "mois 2", "– second", "page 1 sur 1"):
        assert attendu in texte
    assert lu.metadata is not None
    assert (lu.metadata.title, lu.trailer["/Root"]["/Lang"]) == ("Décision du 25 novembre 2026", "fr-FR")
    assert [titre["/Title"] for titre in lu.outline] == ["Vos droits"]


def test_l_entete_d_un_tableau_se_repete() -> None:
    pages = PdfReader(io.BytesIO(ecrire(120))).pages
    assert len(pages) > 2
    assert all("Montant" in page.extract_text() for page in pages)


def test_le_meme_contenu_est_le_meme_fichier() -> None:
    assert ecrire() == ecrire()
    assert ecrire(2) != ecrire(3)
