"""What is kept of a received file: its real kind is read from its bytes, it is rebuilt, and the rest is left out.

An image is decoded and encoded again: position, device and date of the shot (EXIF) do not pass. A PDF gives its pages
to a new one: what its catalogue held (JavaScript, actions, attachments, forms) stays behind. What can't be rebuilt is
refused with a reason, never kept as it came.
"""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from limpide.socle.televersement import OCTETS_PAR_FICHIER

OCTETS_MAX = OCTETS_PAR_FICHIER
PAGES_MAX = 20
PIXELS_MAX = 50_000_000
COTE_MAX = 3000
"""Pixels of the longer side that are kept: an A4 page at 250 dots per inch stays readable."""
QUALITE = 85
OBJETS_MAX = 20_000
"""A scanned file of twenty pages has a few hundred objects; more is a trap for whoever opens it."""

JPEG, PDF = "jpeg", "pdf"
GENRES_MIME = {JPEG: "image/jpeg", PDF: "application/pdf"}
ACCEPTES = "image/jpeg,image/png,application/pdf"
"""What the browser offers to choose. A telephone that shoots in HEIC converts by itself when HEIC isn't named here."""

TROP_LOURD = f"Ce fichier dépasse {OCTETS_MAX // (1024 * 1024)} Mo. Envoyez une photo moins lourde, ou moins de pages."
ATTENDU = "Envoyez une photo (JPEG ou PNG) ou un PDF."
ILLISIBLE = f"Ce fichier est abîmé : nous n'arrivons pas à l'ouvrir. {ATTENDU}"
TROP_DE_PAGES = f"Ce PDF a plus de {PAGES_MAX} pages. Envoyez seulement les pages demandées."
PROTEGE = (
    "Ce PDF est protégé par un mot de passe : nous ne pouvons pas le lire. Envoyez-le sans protection, ou en photo."
)
ACTIF = (
    "Ce PDF contient un élément actif que nous ne savons pas retirer. Imprimez-le dans un nouveau PDF, ou envoyez-le "
    "en photo."
)
PAS_LE_GENRE = {
    b"MZ": f"Ce fichier est un programme, pas un document. {ATTENDU}",
    b"\x7fELF": f"Ce fichier est un programme, pas un document. {ATTENDU}",
    b"PK\x03\x04": f"Ce fichier est une archive ou un document de bureautique. {ATTENDU}",
    b"\xd0\xcf\x11\xe0": f"Ce fichier est un document de bureautique. {ATTENDU}",
}
"""First bytes of what people send by mistake, or not: the refusal says what it is."""
HEIC = (
    "Cette photo est au format HEIC, que nous ne lisons pas. Sur votre téléphone, choisissez « le plus compatible » "
    "(JPEG) dans les réglages de l'appareil photo, ou prenez la photo depuis cette page."
)

# Keys of a page that show something; annotations are drawn into it first, everything else stays behind.
DE_LA_PAGE = ("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/UserUnit", "/Group")
ACTIVES = frozenset(
    {"/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMedia",
     "/XFA", "/AcroForm", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/URI", "/Movie", "/Sound", "/Rendition",
     "/PS", "/OPI", "/Filespec"}
)  # fmt: skip
"""None of these names may stand in what is kept, as a key, a type or an action."""
SEGMENTS_OTES = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
"""JPEG segments left out: every application one (EXIF, XMP, profiles) but JFIF and Adobe's colours; comments."""


class DocumentRefuse(ValueError):
    """The file can't be accepted; the French message says why and what to send instead."""


@dataclass(frozen=True)
class Contenu:
    """What is kept: its kind, its bytes, how many pages."""

    forme: str
    octets: bytes
    pages: int


def nettoyer(octets: bytes) -> Contenu:
    """Rebuild the file, whatever its name said it was. Raises `DocumentRefuse`."""
    if not octets:
        raise DocumentRefuse(f"Ce fichier est vide. {ATTENDU}")
    if len(octets) > OCTETS_MAX:
        raise DocumentRefuse(TROP_LOURD)
    if octets.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _image(octets)
    if octets.startswith(b"%PDF-"):
        return _pdf(octets)
    if octets[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypmsf1"}:
        raise DocumentRefuse(HEIC)
    raise DocumentRefuse(
        next(
            (dit for debut, dit in PAS_LE_GENRE.items() if octets.startswith(debut)),
            f"Ce fichier n'est ni une photo ni un PDF. {ATTENDU}",
        )
    )


def _image(octets: bytes) -> Contenu:
    try:
        with Image.open(io.BytesIO(octets), formats=("JPEG", "PNG")) as recue:
            if recue.width * recue.height > PIXELS_MAX:
                raise DocumentRefuse("Cette photo est trop grande : réduisez sa définition.")
            droite = ImageOps.exif_transpose(recue).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as erreur:
        if isinstance(erreur, DocumentRefuse):
            raise
        raise DocumentRefuse(ILLISIBLE) from None
    droite.thumbnail((COTE_MAX, COTE_MAX))
    gardee = Image.new("RGB", droite.size, "white")  # transparent parts are paper
    gardee.paste(droite, mask=droite.getchannel("A"))
    sortie = io.BytesIO()
    gardee.save(sortie, "JPEG", quality=QUALITE, optimize=True)
    return Contenu(JPEG, sortie.getvalue(), 1)


def _pdf(octets: bytes) -> Contenu:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(octets)) as recu:
            return _pages_seules(pikepdf, recu)
    except pikepdf.PasswordError:
        raise DocumentRefuse(PROTEGE) from None
    except (pikepdf.PdfError, RuntimeError, TypeError, KeyError, IndexError, AttributeError):
        raise DocumentRefuse(ILLISIBLE) from None


def _pages_seules(pikepdf: Any, recu: Any) -> Contenu:
    """The pages, in a new document that has nothing else."""
    if recu.is_encrypted:
        raise DocumentRefuse(PROTEGE)
    if not 1 <= len(recu.pages) <= PAGES_MAX:
        raise DocumentRefuse(TROP_DE_PAGES if len(recu.pages) else ILLISIBLE)
    if len(recu.objects) > OBJETS_MAX:
        raise DocumentRefuse("Ce PDF est trop complexe. Imprimez-le dans un nouveau PDF, ou envoyez-le en photo.")
    recu.generate_appearance_streams()
    recu.flatten_annotations("all")  # what a form shows becomes ink; the form stays behind
    with pikepdf.new() as garde:
        for page in recu.pages:
            for cle in [c for c in page.obj.keys() if c not in DE_LA_PAGE]:  # noqa: SIM118 -- not a dict
                del page.obj[cle]
            garde.pages.append(page)
        garde.remove_unreferenced_resources()
        for objet in garde.objects:
            _desarmer(pikepdf, objet)
        sortie = io.BytesIO()
        garde.save(sortie, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return Contenu(PDF, sortie.getvalue(), len(garde.pages))


def _desarmer(pikepdf: Any, objet: Any) -> None:
    """Take metadata off one object of the new document; refuse it when something active is left in it."""
    if isinstance(objet, pikepdf.Stream):
        if "/F" in objet:
            raise DocumentRefuse(ACTIF)  # the data would be fetched elsewhere
        if objet.get("/Filter") == "/DCTDecode":
            objet.write(sans_metadonnees(objet.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
    _exiger_inerte(pikepdf, objet)


def _exiger_inerte(pikepdf: Any, objet: Any) -> None:
    """No active name as a key, a type or an action, in this object and in those written inside it."""
    if isinstance(objet, pikepdf.Array):
        for element in objet:
            if not getattr(element, "is_indirect", False):
                _exiger_inerte(pikepdf, element)
        return
    if not isinstance(objet, pikepdf.Dictionary | pikepdf.Stream):
        return
    for cle in ("/Metadata", "/PieceInfo", "/LastModified"):
        if cle in objet:
            del objet[cle]
    for cle in list(objet.keys()):
        valeur = objet[cle]
        nomme = str(valeur) if isinstance(valeur, pikepdf.Name) and cle in ("/S", "/Type", "/Subtype") else ""
        if nomme in ACTIVES or (cle in ACTIVES and cle != "/PS"):
            raise DocumentRefuse(ACTIF)
        if not getattr(valeur, "is_indirect", False):
            _exiger_inerte(pikepdf, valeur)


def sans_metadonnees(jpeg: bytes) -> bytes:
    """The same JPEG without its EXIF, XMP and comments: a photo inside a PDF tells where it was taken too."""
    sortie, ici = bytearray(jpeg[:2]), 2
    while ici + 4 <= len(jpeg) and jpeg[ici] == 0xFF and jpeg[ici + 1] != 0xDA:
        fin = ici + 2 + int.from_bytes(jpeg[ici + 2 : ici + 4], "big")
        if jpeg[ici + 1] not in SEGMENTS_OTES:
            sortie += jpeg[ici:fin]
        ici = fin
    return bytes(sortie + jpeg[ici:])
