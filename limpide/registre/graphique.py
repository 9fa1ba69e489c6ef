"""Two small charts of the journal, as plain numbers for an SVG: the template only places them."""

import dataclasses
import datetime as dt
import math
from collections.abc import Mapping, Sequence

LARGEUR, HAUTEUR, GAUCHE, BAS, HAUT = 720, 220, 56, 28, 10
BARRE_MAX = 26.0


@dataclasses.dataclass(frozen=True, slots=True)
class Barre:
    x: float
    y: float
    largeur: float
    hauteur: float
    titre: str


@dataclasses.dataclass(frozen=True, slots=True)
class Graphique:
    """Bars per day: coordinates in the SVG's own units, and the texts of both axes."""

    barres: Sequence[Barre]
    axe: Sequence[tuple[float, str]]
    abscisses: Sequence[tuple[float, str]]
    resume: str
    largeur: int = LARGEUR
    hauteur: int = HAUTEUR
    gauche: int = GAUCHE
    milieu_vertical: int = HAUTEUR - BAS


def graduation(maximum: int) -> int:
    """A round step that cuts the axis in at most four."""
    if maximum <= 4:
        return 1
    ordre = int(10 ** math.floor(math.log10(maximum / 4)))
    return next(ordre * m for m in (1, 2, 5, 10, 20) if ordre * m * 4 >= maximum)


def par_jour(comptes: Mapping[dt.date, int], du: dt.date, au: dt.date) -> Graphique:
    """One bar per day of the period, empty days included."""
    jours = [du + dt.timedelta(days=n) for n in range((au - du).days + 1)]
    maximum = max(comptes.values(), default=0)
    pas = graduation(maximum)
    plafond = max(pas * math.ceil(maximum / pas), 1)
    utile = HAUTEUR - BAS - HAUT
    ecart = (LARGEUR - GAUCHE) / len(jours)
    largeur = min(ecart * 0.8, BARRE_MAX)
    barres = []
    for rang, jour in enumerate(jours):
        nombre = comptes.get(jour, 0)
        hauteur = utile * nombre / plafond
        x = GAUCHE + rang * ecart + (ecart - largeur) / 2
        titre = f"{jour:%d/%m/%Y} : {nombre}"
        barres.append(Barre(round(x, 1), round(HAUT + utile - hauteur, 1), round(largeur, 1), round(hauteur, 1), titre))
    reperes = sorted({0, len(jours) // 2, len(jours) - 1})
    return Graphique(
        barres=barres,
        axe=[(round(HAUT + utile * (1 - v / plafond), 1), str(v)) for v in range(0, plafond + 1, pas)],
        abscisses=[(round(GAUCHE + (r + 0.5) * ecart, 1), f"{jours[r]:%d/%m}") for r in reperes],
        resume=f"Accès par jour du {du:%d/%m/%Y} au {au:%d/%m/%Y} : {sum(comptes.values())} au total, "
        f"{maximum} au plus en un jour.",
    )


def proportions(comptes: Sequence[tuple[str, int]]) -> list[tuple[str, int, float]]:
    """(name, count, width in percent of the largest) for horizontal bars."""
    maximum = max((nombre for _, nombre in comptes), default=0) or 1
    return [(nom, nombre, round(100 * nombre / maximum, 1)) for nom, nombre in comptes]
