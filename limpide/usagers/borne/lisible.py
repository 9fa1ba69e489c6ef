"""Whether a scanned page can be read at all: looked at before it is kept, while the paper is still on the glass.

A judgement of a machine on a picture, never on what it says: too small, or all of one colour. A PDF is not drawn here:
its pages are counted, and an agent reads them.
"""

import io

from PIL import Image, ImageStat

from limpide.dossiers.documents.contenu import JPEG
from limpide.dossiers.documents.services import FichierRecu

COTE_MIN = 800
"""Pixels of the longer side: an A4 page under 70 dots per inch can't be read."""
ECART_MIN = 4.0
"""Standard deviation of the grey levels (0–255): under it the page is blank, or the lid stayed open."""
TROP_PETIT = "Cette image est trop petite pour être lue. Posez le document à plat, en entier, et recommencez."
VIDE = "Cette image est vide : on n'y voit rien. Retournez le document, côté écrit contre la vitre, et recommencez."


def pourquoi_illisible(fichier: FichierRecu) -> str:
    """What to tell the person; empty when the page may be read."""
    if fichier.contenu.forme != JPEG:
        return ""
    with Image.open(io.BytesIO(fichier.contenu.octets)) as image:
        if max(image.size) < COTE_MIN:
            return TROP_PETIT
        gris = image.convert("L")
    return VIDE if ImageStat.Stat(gris).stddev[0] < ECART_MIN else ""
