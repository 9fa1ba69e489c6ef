"""The drawing of a curve: incomes and rights one above the other, as areas. Coordinates only, then an SVG file."""

import html
import math
from dataclasses import dataclass

from .bareme import en_lettres, lire_mois
from .courbe import Courbe
from .francais import centimes_en_euros

LARGEUR, HAUTEUR, GAUCHE, BAS, HAUT, DROITE = 760, 360, 72, 44, 14, 34
COULEURS = (
    "#929292", "#000091", "#009081", "#a558a0", "#c08c65", "#b7a73f", "#417dc4", "#e18b76", "#68a532", "#5c68e5",
)  # fmt: skip
"""Illustrative colours of the DSFR; the order of a series is its place in the stack."""
SERIE_DES_REVENUS = "Revenus"


@dataclass(frozen=True)
class Bande:
    """One area. `points`: those of an SVG polygon."""

    couleur: str
    libelle: str
    points: str


@dataclass(frozen=True)
class Dessin:
    """A chart in its own units; `resume` is its text alternative."""

    resume: str
    bandes: tuple[Bande, ...]
    ordonnees: tuple[tuple[float, str], ...]
    abscisses: tuple[tuple[float, str], ...]
    titre_axe: str
    largeur: int = LARGEUR
    hauteur: int = HAUTEUR
    gauche: int = GAUCHE
    droite: int = LARGEUR - DROITE
    bas: int = HAUTEUR - BAS


def graduation(maximum: float) -> float:
    """A round step giving three to six graduations."""
    if maximum <= 0:
        return 1.0
    ordre = 10.0 ** math.floor(math.log10(maximum / 5))
    return next(f * ordre for f in (1, 2, 5, 10) if maximum <= f * ordre * 5 * (1 + 1e-9))


def dessiner(courbe: Courbe) -> Dessin | None:
    """The areas of the points that are known; None when fewer than two are."""
    connus = [p for p in courbe.points if p.disponible is not None]
    if len(connus) < 2:
        return None
    series = [(SERIE_DES_REVENUS, [p.revenus or 0 for p in connus])]
    series += [(libelle, [p.droits[code] or 0 for p in connus]) for code, libelle in courbe.libelles.items()]
    premier, dernier = connus[0].valeur, connus[-1].valeur
    maximum = max([100, *(p.disponible or 0 for p in connus)])
    pas = graduation(maximum)
    plafond = pas * math.ceil(maximum / pas - 1e-9)
    utile = HAUTEUR - BAS - HAUT

    def x(valeur: float) -> float:
        return round(GAUCHE + (LARGEUR - GAUCHE - DROITE) * (valeur - premier) / (dernier - premier), 1)

    def y(cents: float) -> float:
        return round(HAUT + utile * (1 - cents / plafond), 1)

    dessous, bandes = [0] * len(connus), []
    for rang, (libelle, montants) in enumerate(series):
        dessus = [a + max(m, 0) for a, m in zip(dessous, montants, strict=True)]
        if any(montants):
            aller = [f"{x(p.valeur)},{y(h)}" for p, h in zip(connus, dessus, strict=True)]
            retour = [f"{x(p.valeur)},{y(b)}" for p, b in zip(connus, dessous, strict=True)]
            bandes.append(Bande(COULEURS[rang % len(COULEURS)], libelle, " ".join(aller + retour[::-1])))
        dessous = dessus
    return Dessin(
        f"Revenus et droits de {en_lettres(lire_mois(courbe.mois))} selon : {courbe.axe.libelle.lower()}. "
        "Le tableau donne les mêmes chiffres.",
        tuple(bandes),
        tuple((y(n * pas), _euros(n * pas)) for n in range(round(plafond / pas) + 1)),
        tuple((x(v), _valeur(courbe, v)) for v in _graduations(courbe, premier, dernier)),
        courbe.axe.libelle,
    )


def _graduations(courbe: Courbe, premier: float, dernier: float) -> list[float]:
    pas = max(graduation(dernier - premier), 1.0) if courbe.axe.entier else graduation(dernier - premier)
    debut = math.ceil(premier / pas - 1e-9)
    return [round(n * pas, 2) for n in range(debut, math.floor(dernier / pas + 1e-9) + 1)]


def _valeur(courbe: Courbe, valeur: float) -> str:
    return str(round(valeur)) if courbe.axe.entier else _euros(valeur * 100)


def _euros(cents: float) -> str:
    return centimes_en_euros(round(cents)).replace(",00", "")


def en_svg(dessin: Dessin) -> str:
    """A file of its own, with its legend; no script, no outside reference."""
    haut = 22 * len(dessin.bandes) + 8
    e = html.escape
    cadre = f'viewBox="0 0 {dessin.largeur} {dessin.hauteur + haut}" role="img" aria-label="{e(dessin.resume)}"'
    police = 'font-family="Marianne, Arial, sans-serif" font-size="13" fill="#3a3a3a"'
    lignes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {cadre} {police}>',
        f"<title>{e(dessin.resume)}</title>",
        f'<rect width="{dessin.largeur}" height="{dessin.hauteur + haut}" fill="#ffffff"/>',
    ]
    for hauteur, texte in dessin.ordonnees:
        bouts = f'x1="{dessin.gauche}" x2="{dessin.droite}" y1="{hauteur}" y2="{hauteur}"'
        lignes.append(f'<line {bouts} stroke="#dddddd"/>')
        lignes.append(f'<text x="{dessin.gauche - 8}" y="{hauteur + 4}" text-anchor="end">{e(texte)}</text>')
    lignes += [
        f'<polygon points="{b.points}" fill="{b.couleur}"><title>{e(b.libelle)}</title></polygon>'
        for b in dessin.bandes
    ]
    for abscisse, texte in dessin.abscisses:
        lignes.append(f'<text x="{abscisse}" y="{dessin.bas + 18}" text-anchor="middle">{e(texte)}</text>')
    milieu = (dessin.gauche + dessin.droite) / 2
    lignes.append(f'<text x="{milieu}" y="{dessin.hauteur - 6}" text-anchor="middle">{e(dessin.titre_axe)}</text>')
    for n, bande in enumerate(dessin.bandes):
        y = dessin.hauteur + 8 + 22 * n
        lignes.append(f'<rect x="{dessin.gauche}" y="{y}" width="13" height="13" fill="{bande.couleur}"/>')
        lignes.append(f'<text x="{dessin.gauche + 22}" y="{y + 11}">{e(bande.libelle)}</text>')
    return "\n".join([*lignes, "</svg>"]) + "\n"
