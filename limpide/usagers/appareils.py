"""What a browser says it is, in plain words; and the sentence on the previous connection.

Words only: the whole signature of a browser would tell one device from all others, and is not kept.
"""

import datetime as dt
import re

from django.utils import formats, timezone

INCONNU = "Appareil non reconnu"
APPAREILS = (
    ("iPhone", re.compile(r"iPhone|iPod")),
    ("iPad", re.compile(r"iPad")),
    ("Téléphone Android", re.compile(r"Android.*Mobile")),
    ("Tablette Android", re.compile(r"Android")),
    ("Ordinateur Windows", re.compile(r"Windows NT")),
    ("Ordinateur Mac", re.compile(r"Macintosh")),
    ("Chromebook", re.compile(r"CrOS")),
    ("Ordinateur Linux", re.compile(r"Linux|X11")),
)
NAVIGATEURS = (
    ("Edge", re.compile(r"Edg(?:A|iOS)?/")),
    ("Opera", re.compile(r"OPR/")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"(?:Chrome|CriOS)/")),
    ("Safari", re.compile(r"Version/.*Safari/")),
)
"""In this order: Edge also says Chrome, and Chrome also says Safari."""
LONGUEUR_LUE = 512


def decrire(signature: str) -> str:
    """The kind of device and the browser, 60 characters at most; never a version, nor a text that the browser chose."""
    lue, appareil = signature[:LONGUEUR_LUE], genre_d_appareil(signature)
    navigateur = next((nom for nom, motif in NAVIGATEURS if motif.search(lue)), "")
    return ", ".join(mot for mot in (appareil, navigateur) if mot) or INCONNU


def genre_d_appareil(signature: str) -> str:
    """The kind of device alone; empty when it isn't recognised."""
    lue = signature[:LONGUEUR_LUE]
    return next((nom for nom, motif in APPAREILS if motif.search(lue)), "")


def phrase_precedente(quand: dt.datetime | None) -> str:
    """The previous successful login, in the time of Paris; said too when there was none."""
    if quand is None:
        return "C'est votre première connexion."
    texte = formats.date_format(timezone.localtime(quand), r"j F Y à G \h i")
    return f"Dernière connexion : {texte} (heure de Paris)."
