"""S26: a received file is rebuilt, or refused with a reason. What it showed stays; what it did or told goes."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image

from limpide.dossiers.documents import contenu
from limpide.dossiers.documents.contenu import DocumentRefuse, nettoyer
from tests.banc import fichiers


def tout(octets: bytes) -> bytes:
    """Every object of a PDF, uncompressed, to look for words in."""
    with pikepdf.open(io.BytesIO(octets)) as document:
        return b"\n".join(repr(o).encode() for o in document.objects) + repr(document.Root).encode()


def test_an_image_loses_where_and_with_what_it_was_taken() -> None:
    recue = fichiers.photo()
    assert Image.open(io.BytesIO(recue)).getexif().get_ifd(0x8825)
    garde = nettoyer(recue)
    image = Image.open(io.BytesIO(garde.octets))
    assert (garde.forme, garde.pages, image.format, image.size) == ("jpeg", 1, "JPEG", (900, 1200))
    assert dict(image.getexif()) == {}
    assert b"Telephone" not in garde.octets
    rouge, vert, bleu = image.getpixel((450, 30))
    assert rouge > 180
    assert vert < 60
    assert bleu < 60


def test_a_png_is_kept_as_a_jpeg_and_its_transparency_is_paper() -> None:
    sortie = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(sortie, "PNG")
    image = Image.open(io.BytesIO(nettoyer(sortie.getvalue()).octets))
    assert image.format == "JPEG"
    assert image.getpixel((20, 20)) == (255, 255, 255)


def test_a_photo_on_its_side_is_put_upright_and_a_huge_one_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    sortie = io.BytesIO()
    Image.new("RGB", (4000, 2000), "white").save(sortie, "JPEG", exif=exif)
    assert Image.open(io.BytesIO(nettoyer(sortie.getvalue()).octets)).size == (1500, 3000)


def javascript(pk: Any, d: Any) -> None:
    d.Root.OpenAction = pk.Dictionary(S=pk.Name.JavaScript, JS="app.alert(1)")


def lancement(pk: Any, d: Any) -> None:
    d.Root.OpenAction = pk.Dictionary(S=pk.Name.Launch, F="calc.exe")


def piece_jointe(pk: Any, d: Any) -> None:
    d.attachments["facture.exe"] = b"MZ\x90\x00 programme"


def de_page(pk: Any, d: Any) -> None:
    d.pages[0].obj.AA = pk.Dictionary(O=pk.Dictionary(S=pk.Name.JavaScript, JS="app.alert(1)"))


def lien(pk: Any, d: Any) -> None:
    annotation = pk.Dictionary(
        Type=pk.Name.Annot, Subtype=pk.Name.Link, Rect=[0, 0, 100, 100],
        A=pk.Dictionary(S=pk.Name.URI, URI="http://exemple.test/piege"),
    )  # fmt: skip
    d.pages[0].obj.Annots = d.make_indirect(pk.Array([d.make_indirect(annotation)]))


def metadonnees(pk: Any, d: Any) -> None:
    with d.open_metadata() as m:
        m["dc:creator"] = ["Auteur d'essai"]
    d.docinfo["/Author"] = "Auteur d'essai"


@pytest.mark.parametrize("cacher", [javascript, lancement, piece_jointe, de_page, lien, metadonnees])
@pytest.mark.preuve(
    "Pièces jointes : type menteur, bombe, contenu actif, virus et nom de fichier ne passent pas", controles=(22,)
)
def test_a_pdf_keeps_its_pages_and_nothing_that_acts(cacher: Callable[..., None]) -> None:
    recu = fichiers.pdf(2, cacher)
    garde = nettoyer(recu)
    assert (garde.forme, garde.pages) == ("pdf", 2)
    mots = (b"JavaScript", b"app.alert", b"Launch", b"calc.exe", b"EmbeddedFile", b"programme", b"piege", b"Auteur")
    assert [m for m in mots if m in tout(garde.octets) or m in garde.octets] == []
    with pikepdf.open(io.BytesIO(garde.octets)) as document:
        assert document.pages[1].Contents.read_bytes().strip() == b"1 0 0 rg 50 50 200 100 re f"
        assert set(document.Root.keys()) <= {"/Type", "/Pages"}


def test_what_a_form_shows_becomes_part_of_the_page() -> None:
    def champ(pk: Any, d: Any) -> None:
        encre = d.make_stream(
            b"0 0 1 rg 0 0 50 20 re f", Type=pk.Name.XObject, Subtype=pk.Name.Form, BBox=[0, 0, 50, 20]
        )
        action = pk.Dictionary(S=pk.Name.JavaScript, JS="x")
        zone = pk.Dictionary(
            Type=pk.Name.Annot, Subtype=pk.Name.Widget, FT=pk.Name.Tx, T="montant", V="1200", F=4,
            Rect=[100, 100, 150, 120], AP=pk.Dictionary(N=encre), AA=pk.Dictionary(K=action),
        )  # fmt: skip
        zone = d.make_indirect(zone)
        d.pages[0].obj.Annots = pk.Array([zone])
        d.Root.AcroForm = pk.Dictionary(Fields=pk.Array([zone]))

    garde = nettoyer(fichiers.pdf(1, champ))
    with pikepdf.open(io.BytesIO(garde.octets)) as document:
        page = document.pages[0]
        assert "/Annots" not in page.obj
        assert "/AcroForm" not in document.Root
        dessins = [x.read_bytes() for x in page.Resources.XObject.values()]
        assert dessins == [b"0 0 1 rg 0 0 50 20 re f"]


def test_a_photo_inside_a_pdf_loses_its_position_too() -> None:
    def image(pk: Any, d: Any) -> None:
        flux = d.make_stream(fichiers.photo(), Type=pk.Name.XObject, Subtype=pk.Name.Image, Width=900, Height=1200,
                             ColorSpace=pk.Name.DeviceRGB, BitsPerComponent=8)  # fmt: skip
        flux.Filter = pk.Name.DCTDecode
        d.pages[0].obj.Resources = pk.Dictionary(XObject=pk.Dictionary(Im0=flux))
        d.pages[0].obj.Contents = d.make_stream(b"q 500 0 0 700 0 0 cm /Im0 Do Q")

    recu = fichiers.pdf(1, image)
    assert b"Telephone" in recu
    garde = nettoyer(recu)
    assert b"Telephone" not in garde.octets
    with pikepdf.open(io.BytesIO(garde.octets)) as document:
        dessin = Image.open(io.BytesIO(document.pages[0].Resources.XObject.Im0.read_raw_bytes()))
        assert dessin.size == (900, 1200)
        assert dict(dessin.getexif()) == {}
        dessin.load()


def postscript(pk: Any, d: Any) -> None:
    flux = d.make_stream(b"(x) run", Type=pk.Name.XObject, Subtype=pk.Name.PS)
    d.pages[0].obj.Resources = pk.Dictionary(XObject=pk.Dictionary(X=flux))
    d.pages[0].obj.Contents = d.make_stream(b"/X Do")


def donnees_ailleurs(pk: Any, d: Any) -> None:
    flux = d.make_stream(b"", Type=pk.Name.XObject, Subtype=pk.Name.Form, BBox=[0, 0, 1, 1])
    flux.F = pk.Dictionary(Type=pk.Name.Filespec, F="//exemple.test/x")
    d.pages[0].obj.Resources = pk.Dictionary(XObject=pk.Dictionary(X=flux))
    d.pages[0].obj.Contents = d.make_stream(b"/X Do")


CHIFFRE = {"encryption": pikepdf.Encryption(owner="proprietaire", user="secret")}
OUVRANT = {"encryption": pikepdf.Encryption(owner="proprietaire", user="")}


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "vide"),
        (b"MZ\x90\x00" + b"\0" * 200, "programme"),
        (b"\x7fELF" + b"\0" * 200, "programme"),
        (b"PK\x03\x04" + b"\0" * 200, "archive"),
        (b"<html><script>alert(1)</script></html>", "ni une photo ni un PDF"),
        (b"GIF89a" + b"\0" * 50, "ni une photo ni un PDF"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 100, "HEIC"),
        (fichiers.photo()[:2000], "abîmé"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "abîmé"),
        (b"%PDF-1.7\n" + b"n'importe quoi" * 50, "abîmé"),
        (fichiers.pdf(21), "plus de 20 pages"),
        (fichiers.pdf(1, **CHIFFRE), "mot de passe"),
        (fichiers.pdf(1, **OUVRANT), "mot de passe"),
        (fichiers.pdf(1, postscript), "élément actif"),
        (fichiers.pdf(1, donnees_ailleurs), "élément actif"),
        (b"\xff\xd8\xff" + b"\0" * contenu.OCTETS_MAX, "10 Mo"),
    ],
)  # fmt: skip
@pytest.mark.preuve(
    "Pièces jointes : type menteur, bombe, contenu actif, virus et nom de fichier ne passent pas", controles=(22,)
)
def test_what_cannot_be_rebuilt_is_refused_and_says_what_to_send(octets: bytes, dit: str) -> None:
    with pytest.raises(DocumentRefuse, match=dit) as refus:
        nettoyer(octets)
    assert str(refus.value)[-1] == "."


@pytest.mark.preuve(
    "Pièces jointes : type menteur, bombe, contenu actif, virus et nom de fichier ne passent pas", controles=(22,)
)
def test_an_image_that_would_fill_the_memory_is_refused_before_being_decoded() -> None:
    sortie = io.BytesIO()
    Image.new("1", (9000, 9000)).save(sortie, "PNG")
    assert len(sortie.getvalue()) < 100_000
    with pytest.raises(DocumentRefuse, match="trop grande"):
        nettoyer(sortie.getvalue())
