"""Bars above and below zero, one group for each tenth or benefit, as an SVG that stands alone."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from limpide.droits.dessin import COULEURS, graduation
from limpide.droits.francais import nombre

LARGEUR, HAUTEUR, GAUCHE, DROITE, HAUT, BAS = 760, 320, 84, 10, 14, 40


@dataclass(frozen=True)
class Serie:
    """Values of one colour, in the unit of the chart; one per group."""

    libelle: str
    valeurs: Sequence[float]


def en_barres(titre: str, groupes: Sequence[str], series: Sequence[Serie], unite: str) -> str:
    """An SVG chart; its title is its text alternative, the table beside it gives the same figures."""
    haut = max([0.0, *(v for s in series for v in s.valeurs)])
    bas = min([0.0, *(v for s in series for v in s.valeurs)])
    pas = graduation((haut - bas) or 1.0)
    haut, bas = pas * math.ceil(haut / pas - 1e-9), pas * math.floor(bas / pas + 1e-9)
    utile = HAUTEUR - HAUT - BAS

    def y(valeur: float) -> float:
        return round(HAUT + utile * (haut - valeur) / ((haut - bas) or 1.0), 1)

    e, legende = html.escape, 22 * len(series) + 8
    lignes = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LARGEUR} {HAUTEUR + legende}" role="img" '
            f'aria-label="{e(titre)}" font-family="Marianne, Arial, sans-serif" font-size="13" fill="#3a3a3a">'
        ),
        f"<title>{e(titre)}</title>",
    ]
    for rang in range(round((haut - bas) / pas) + 1):
        valeur = bas + rang * pas
        trait = "#3a3a3a" if abs(valeur) < pas / 2 else "#dddddd"
        lignes.append(
            f'<line x1="{GAUCHE}" x2="{LARGEUR - DROITE}" y1="{y(valeur)}" y2="{y(valeur)}" stroke="{trait}"/>'
        )
        texte = e(f"{nombre(round(valeur, 6))} {unite}")
        lignes.append(f'<text x="{GAUCHE - 8}" y="{y(valeur) + 4}" text-anchor="end">{texte}</text>')
    large = (LARGEUR - GAUCHE - DROITE) / max(len(groupes), 1)
    barre = large * 0.7 / max(len(series), 1)
    for g, groupe in enumerate(groupes):
        for s, serie in enumerate(series):
            valeur, x = serie.valeurs[g], round(GAUCHE + g * large + large * 0.15 + s * barre, 1)
            dessus, dessous = sorted((y(valeur), y(0)))
            bulle = e(f"{groupe}, {serie.libelle} : {nombre(round(valeur, 2))} {unite}")
            lignes.append(
                f'<rect x="{x}" y="{dessus}" width="{barre:.1f}" height="{dessous - dessus:.1f}" '
                f'fill="{COULEURS[s + 1]}"><title>{bulle}</title></rect>'
            )
        milieu = round(GAUCHE + (g + 0.5) * large, 1)
        lignes.append(f'<text x="{milieu}" y="{HAUTEUR - BAS + 18}" text-anchor="middle">{e(groupe)}</text>')
    for s, serie in enumerate(series):
        ordonnee = HAUTEUR + 8 + 22 * s
        lignes.append(f'<rect x="{GAUCHE}" y="{ordonnee}" width="13" height="13" fill="{COULEURS[s + 1]}"/>')
        lignes.append(f'<text x="{GAUCHE + 22}" y="{ordonnee + 11}">{e(serie.libelle)}</text>')
    return "\n".join([*lignes, "</svg>"]) + "\n"
