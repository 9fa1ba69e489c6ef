"""Figures, months and lists written the French way, for sentences that people read."""

import math
import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from .bareme import en_lettres, mois_fenetre
from .faits import DATE_INCONNUE, INCONNU, MOIS_FENETRE, Nature
from .valeurs import EPOQUE

FINE, INSECABLE = "\u202f", "\u00a0"
INCONNU_EN_LETTRES = "inconnu"


def nombre(valeur: float, decimales: int | None = None) -> str:
    """1234.5 → « 1 234,5 » ; a fixed number of decimals if asked."""
    if math.isnan(valeur):
        return INCONNU_EN_LETTRES
    ecrit = f"{valeur:,.4f}".rstrip("0").rstrip(".") if decimales is None else f"{valeur:,.{decimales}f}"
    return ecrit.replace(",", FINE).replace(".", ",").replace("-", "−")


def euros(valeur: float) -> str:
    """1234.5 → « 1 234,50 € »."""
    return INCONNU_EN_LETTRES if math.isnan(valeur) else nombre(valeur, 2) + INSECABLE + "€"


def centimes_en_euros(valeur: int) -> str:
    """123450 → « 1 234,50 € »."""
    return euros(valeur / 100)


def pourcent(valeur: float) -> str:
    """0.5985 → « 59,85 % »."""
    return INCONNU_EN_LETTRES if math.isnan(valeur) else nombre(round(valeur * 100, 6)) + INSECABLE + "%"


def jour_en_lettres(jours: int) -> str:
    """A date of the records (days since 1970) → « 31 mai 1990 »."""
    if jours == DATE_INCONNUE:
        return INCONNU_EN_LETTRES
    jour: date = EPOQUE + timedelta(days=jours)
    return f"{'1er' if jour.day == 1 else jour.day} {en_lettres(jour.year * 100 + jour.month)}"


def enumerer(elements: Iterable[str]) -> str:
    """« a, b et c »."""
    liste = list(elements)
    return liste[0] if len(liste) == 1 else ", ".join(liste[:-1]) + " et " + liste[-1] if liste else ""


def de_mois(mois: int) -> str:
    """202608 → « d'août 2026 », 202609 → « de septembre 2026 »."""
    lettres = en_lettres(mois)
    return ("d'" if lettres[0] in "ao" else "de ") + lettres


def periode(mois: Sequence[int]) -> str:
    """Months in order → « août 2026 », « de juin à août 2026 »."""
    if len(mois) == 1:
        return en_lettres(mois[0])
    debut = en_lettres(mois[0])
    if mois[0] // 100 == mois[-1] // 100:
        debut = debut.rsplit(" ", 1)[0]
    liaison = "d'" if debut[0] in "ao" else "de "
    return f"{liaison}{debut} à {en_lettres(mois[-1])}"


def enumerer_mois(mois: Sequence[int]) -> str:
    """« juillet, août et septembre 2026 »; each with its year if they are not of one."""
    ecrits = [en_lettres(m) for m in mois]
    if len({m // 100 for m in mois}) == 1:
        ecrits = [e.rsplit(" ", 1)[0] for e in ecrits[:-1]] + ecrits[-1:]
    return enumerer(ecrits)


def valeur_de_fait(nature: Nature, valeur: Any) -> str:
    """A fact as people say it: an amount, yes or no, the label of a choice, a date."""
    if nature.type in {"euros", "date"}:
        return euros(float(valeur)) if nature.type == "euros" else jour_en_lettres(int(valeur))
    if int(valeur) == INCONNU:
        return INCONNU_EN_LETTRES
    choix = ("non", "oui") if nature.type == "booleen" else nature.libelles_valeurs or nature.valeurs
    return choix[int(valeur)] if choix else nombre(int(valeur))


_AVANT, _APRES = re.compile(r" (?=[:;!?»%€])"), re.compile(r"(?<=«) ")


def insecables(texte: str) -> str:
    """The same sentence, never cut before « : » or a sign of its kind, nor inside the guillemets."""
    return _APRES.sub(INSECABLE, _AVANT.sub(INSECABLE, texte))


class Redacteur(string.Formatter):
    """Fills the template of a rule: formats `euros`, `nombre`, `pourcent`, `mois`, `date`, `oui_non`, `s`.

    `{n:s}` gives the mark of the plural (« enfant{n:s} »). `{k:mois}` is the month of the window numbered k.
    """

    def __init__(self, mois_calcule: int) -> None:
        super().__init__()
        self.mois_calcule = mois_calcule

    def format_field(self, value: Any, format_spec: str) -> str:
        formats: dict[str, Callable[[Any], str]] = {
            "s": lambda v: "s" if abs(v) >= 2 else "",
            "oui_non": lambda v: "oui" if v == 1 else "non",
            "date": jour_en_lettres,
            "mois": self._mois,
            "euros": euros,
            "nombre": nombre,
            "pourcent": pourcent,
        }
        if format_spec in formats:
            return formats[format_spec](value)
        if not format_spec and isinstance(value, bool):
            return "oui" if value else "non"
        if not format_spec and isinstance(value, int | float):
            return nombre(value)
        return str(super().format_field(value, format_spec))

    def _mois(self, valeur: int) -> str:
        """A month written 202611, or its number in the window."""
        return en_lettres(valeur if valeur > MOIS_FENETRE else mois_fenetre(self.mois_calcule)[valeur])

    def rediger(self, modele: str, valeurs: Mapping[str, Any]) -> str:
        return self.vformat(modele, (), valeurs)
