"""Files that people send, made here: a photo that says where it was taken, a PDF that hides something."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

LATITUDE = 48.8566


def photo(*, forme: str = "JPEG", taille: tuple[int, int] = (900, 1200), position: bool = True) -> bytes:
    """A picture with a stripe to recognise it by, and, for a JPEG, where and with what it was taken."""
    image = Image.new("RGB", taille, "white")
    ImageDraw.Draw(image).rectangle((0, 0, taille[0], 60), fill=(200, 20, 20))
    sortie = io.BytesIO()
    if forme == "JPEG" and position:
        exif = Image.Exif()
        exif[0x010F] = "Telephone d'essai"
        exif[0x0112] = 1
        exif.get_ifd(0x8825).update({1: "N", 2: (LATITUDE, 0.0, 0.0), 3: "E", 4: (2.35, 0.0, 0.0)})
        image.save(sortie, forme, exif=exif)
    else:
        image.save(sortie, forme)
    return sortie.getvalue()


def pdf(pages: int = 1, cacher: Callable[[Any, Any], None] | None = None, **autres: Any) -> bytes:
    """A PDF whose pages show a rectangle; `cacher(pikepdf, document)` puts something in it first."""
    with pikepdf.new() as document:
        for _ in range(pages):
            page = document.add_blank_page(page_size=(595, 842))
            page.obj.Contents = document.make_stream(b"1 0 0 rg 50 50 200 100 re f")
        if cacher is not None:
            cacher(pikepdf, document)
        sortie = io.BytesIO()
        document.save(sortie, **autres)
    return sortie.getvalue()
