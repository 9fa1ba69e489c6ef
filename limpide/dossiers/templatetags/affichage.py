"""How figures and dates are written for people: French numbers, months in words, nothing rounded away."""

import datetime as dt
import math
from typing import Any

from django import template

register = template.Library()

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
INSECABLE = "\u00a0"


def en_euros(centimes: int, *, signe: bool = False) -> str:
    """Cents → « 1 234,56 € » (with + or − when `signe`)."""
    entier, reste = divmod(abs(int(centimes)), 100)
    texte = f"{entier:,}".replace(",", "\u202f") + f",{reste:02d}{INSECABLE}€"
    if centimes < 0:
        return f"−{texte}"
    return f"+{texte}" if signe and centimes > 0 else texte


@register.filter
def centimes(valeur: Any) -> str:
    """Integer cents in euros; unknown is said, never shown as zero."""
    return "inconnu" if valeur is None else en_euros(valeur)


@register.filter
def difference(valeur: Any) -> str:
    """Signed cents; « aucun changement » when nothing moves."""
    if valeur is None:
        return "inconnu"
    return en_euros(valeur, signe=True) if valeur else "aucun changement"


@register.filter
def euros(valeur: Any) -> str:
    """Euros (float of the law) written in full; NaN is « inconnu »."""
    if valeur is None or (isinstance(valeur, float) and math.isnan(valeur)):
        return "inconnu"
    return en_euros(round(float(valeur) * 100))


def mois_en_lettres(mois: Any) -> str:
    """A month (« 2026-11 » or a date) → « novembre 2026 »."""
    if isinstance(mois, dt.date):
        return f"{MOIS[mois.month - 1]} {mois.year}"
    annee, numero = str(mois)[:7].split("-")
    return f"{MOIS[int(numero) - 1]} {annee}"


@register.filter
def mois_fr(valeur: Any) -> str:
    return mois_en_lettres(valeur) if valeur else "—"


@register.filter
def jour_fr(valeur: dt.date | None) -> str:
    """A date → « 1er novembre 2026 »."""
    if not valeur:
        return "—"
    return f"{'1er' if valeur.day == 1 else valeur.day} {MOIS[valeur.month - 1]} {valeur.year}"


@register.filter
def de_mois(valeur: Any) -> str:
    """« d'avril 2026 », « de mai 2026 »."""
    texte = mois_en_lettres(valeur)
    return f"d'{texte}" if texte[0] in "aoe" else f"de {texte}"
