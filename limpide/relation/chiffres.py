"""Contacts counted by month, channel and motive: rounded, small counts hidden, no total to subtract one from.

Every figure is rounded by itself, so that two of them never give back one that is hidden.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format

from limpide.registre.graphique import BARRE_MAX, BAS, GAUCHE, HAUT, HAUTEUR, LARGEUR, Barre, Graphique, graduation

from .models import CanalContact, Contact, Motif

CHIFFRES = "chiffres_contacts"
SEUIL, PAS = 10, 5
"""A count under ten is hidden, any other is rounded to the nearest five: ours."""
MOIS = 12
CACHE = f"moins de {SEUIL}"


@dataclass(frozen=True)
class Tableau:
    """One row per month, the latest first; `cellules` as they are shown."""

    titre: str
    colonnes: Sequence[str]
    lignes: Sequence[tuple[str, Sequence[str]]]


def lire(jour: dt.date) -> tuple[Graphique | None, list[Tableau]]:
    """The last twelve months of the Caf, in the caller's processing. No line is read, only sums."""
    mois = _derniers_mois(jour)
    debut = timezone.make_aware(dt.datetime.combine(mois[0], dt.time.min))
    par_mois: Counter[dt.date] = Counter()
    tableaux = []
    for colonne, choix, titre in (
        ("canal", CanalContact.choices, "Par canal"), ("motif", Motif.choices, "Par motif"),
    ):  # fmt: skip
        comptes: Counter[tuple[dt.date, str]] = Counter()
        sommes: Any = Contact.objects.filter(fait_le__gte=debut).order_by()
        sommes = sommes.annotate(mois=TruncMonth("fait_le")).values_list("mois", colonne).annotate(nombre=Count("pk"))
        for quand, code, nombre in sommes:
            comptes[timezone.localdate(quand), code] += nombre
        if colonne == "canal":
            for (quand, _), nombre in comptes.items():
                par_mois[quand] += nombre
        lignes = [(_nom(m), [montrer(comptes[m, code]) for code, _ in choix]) for m in reversed(mois)]
        tableaux.append(Tableau(titre, [libelle for _, libelle in choix], lignes))
    totaux = Tableau("Tous les contacts", ["Contacts"], [(_nom(m), [montrer(par_mois[m])]) for m in reversed(mois)])
    return _barres([(m, arrondir(par_mois[m])) for m in mois]), [totaux, *tableaux]


def arrondir(nombre: int) -> int:
    """To the nearest five; nothing under the threshold."""
    return 0 if nombre < SEUIL else PAS * round(nombre / PAS)


def montrer(nombre: int) -> str:
    return str(arrondir(nombre)) if nombre >= SEUIL else CACHE


def _derniers_mois(jour: dt.date) -> list[dt.date]:
    mois = [jour.replace(day=1)]
    while len(mois) < MOIS:
        mois.append((mois[-1] - dt.timedelta(days=1)).replace(day=1))
    return mois[::-1]


def _nom(mois: dt.date) -> str:
    return date_format(mois, "F Y").capitalize()


def _barres(mois: Sequence[tuple[dt.date, int]]) -> Graphique | None:
    """One bar a month; a month under the threshold has none. None when no month has one."""
    if not any(nombre for _, nombre in mois):
        return None
    pas = graduation(max(nombre for _, nombre in mois))
    plafond = max(pas * math.ceil(max(nombre for _, nombre in mois) / pas), pas)
    utile, ecart = HAUTEUR - BAS - HAUT, (LARGEUR - GAUCHE) / len(mois)
    largeur = min(ecart * 0.8, BARRE_MAX)
    barres, abscisses = [], []
    for rang, (m, nombre) in enumerate(mois):
        haut, milieu = utile * nombre / plafond, GAUCHE + (rang + 0.5) * ecart
        x, y = round(milieu - largeur / 2, 1), round(HAUT + utile - haut, 1)
        barres.append(Barre(x, y, round(largeur, 1), round(haut, 1), f"{_nom(m)} : {nombre or CACHE}"))
        if rang % 2 == 0:
            abscisses.append((round(milieu, 1), f"{m:%m/%y}"))
    return Graphique(
        barres=barres,
        axe=[(round(HAUT + utile * (1 - v / plafond), 1), str(v)) for v in range(0, plafond + 1, pas)],
        abscisses=abscisses,
        resume="Contacts par mois : les tableaux qui suivent donnent les mêmes chiffres.",
    )
