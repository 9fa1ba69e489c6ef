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
MOIS_COURTS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
INSECABLE = "\u00a0"
DERNIER_NOMBRE_DE_MOIS = 1000


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


@register.filter
def valeur_parametre(parametre: dict[str, Any]) -> str:
    """The value of a parameter of the law with its unit: « 474,37 € par mois », « 32 % »."""
    valeur, unite = parametre["valeur"], parametre["unite"]
    valeurs = valeur if isinstance(valeur, tuple) else (valeur,)
    if any(isinstance(v, float) and math.isnan(v) for v in valeurs):
        return "sans objet"
    genre, _, par = unite.partition("/")
    suite = f" par {par}" if par else ""
    if genre in {"part", "taux"}:
        return " · ".join(f"{_nombre(v * 100)}{INSECABLE}%{suite}" for v in valeurs)
    if genre == "mois" and valeurs[0] > DERNIER_NOMBRE_DE_MOIS:  # a month of the calendar, written 202603
        return " · ".join(f"{MOIS[int(v) % 100 - 1]} {int(v) // 100}" for v in valeurs)
    texte = " · ".join(_nombre(v) for v in valeurs)
    return f"{texte}{INSECABLE}{'€' if genre == 'EUR' else genre}{suite}"


def _nombre(valeur: float) -> str:
    """A number as French people write it, without a useless decimal part."""
    texte = f"{valeur:,.6f}".rstrip("0").rstrip(".")
    entier, _, decimales = texte.partition(".")
    return entier.replace(",", "\u202f") + (f",{decimales}" if decimales else "")


@register.filter
def mois_adresse(valeur: dt.date) -> str:
    """A month as addresses write it: « 2026-11 »."""
    return f"{valeur:%Y-%m}"


@register.filter
def libelle_droit(code: str) -> str:
    from limpide.droits.calcul import liste_droits

    return next((droit.libelle for droit in liste_droits() if droit.code == code), code)


@register.filter
def mots_creance(creance: Any) -> str:
    from limpide.dossiers.lexique import CREANCES

    return CREANCES[creance.etat].allocataire


@register.filter
def genre_piece(genre: str) -> str:
    """Label of a supporting document."""
    from limpide.dossiers.documents.services import GENRES

    return GENRES.get(genre, genre.replace("_", " ").capitalize())


@register.simple_tag(takes_context=True)
def motif_ouvert(context: template.Context, numero: int) -> str:
    """The reason for which the agent has this file open, empty when none was asked."""
    from limpide.dossiers.views.acces import motif_de

    return motif_de(context["request"], numero) or ""
