"""Charts drawn on the server, as SVG without script nor style attribute; each page also gives the same table."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from limpide.dossiers.templatetags.affichage import en_euros
from limpide.droits.dessin import graduation

LARGEUR, HAUTEUR = 720, 260
MARGE_GAUCHE, MARGE_BAS, MARGE_HAUT = 64, 28, 12
UN_EURO = 100


@dataclass(frozen=True)
class Barre:
    x: float
    y: float
    largeur: float
    hauteur: float
    serie: int
    titre: str


@dataclass(frozen=True)
class Graphique:
    """Stacked bars by month. Coordinates are in the units of the drawing."""

    resume: str
    series: list[str]
    barres: list[Barre] = field(default_factory=list)
    axe: list[tuple[float, str]] = field(default_factory=list)
    abscisses: list[tuple[float, str]] = field(default_factory=list)
    largeur: int = LARGEUR
    hauteur: int = HAUTEUR
    gauche: int = MARGE_GAUCHE

    @property
    def bas(self) -> int:
        return HAUTEUR - MARGE_BAS


def empiler(resume: str, series: Sequence[str], colonnes: Sequence[tuple[str, Sequence[int]]]) -> Graphique:
    """`colonnes`: (short label of the month, cents of each series). Negative amounts are drawn as zero."""
    graphique = Graphique(resume, list(series))
    if not colonnes:
        return graphique
    maximum = max((sum(max(v, 0) for v in valeurs) for _, valeurs in colonnes), default=0)
    pas = max(UN_EURO, round(graduation(maximum)))
    plafond = max(pas * -(-maximum // pas), pas)
    utile = HAUTEUR - MARGE_BAS - MARGE_HAUT
    for niveau in range(0, plafond + 1, pas):
        graphique.axe.append(
            (round(MARGE_HAUT + utile * (1 - niveau / plafond), 1), en_euros(niveau).replace(",00", ""))
        )
    case = (LARGEUR - MARGE_GAUCHE) / len(colonnes)
    largeur = min(case * 0.6, 48)
    for rang, (etiquette, valeurs) in enumerate(colonnes):
        x, y = MARGE_GAUCHE + case * rang + (case - largeur) / 2, float(HAUTEUR - MARGE_BAS)
        if len(colonnes) <= 13 or rang % 2 == 0:
            graphique.abscisses.append((round(x + largeur / 2, 1), etiquette))
        for serie, valeur in enumerate(valeurs):
            hauteur = utile * max(valeur, 0) / plafond
            if hauteur:
                y -= hauteur
                titre = f"{etiquette}, {series[serie]} : {en_euros(valeur)}"
                graphique.barres.append(
                    Barre(round(x, 1), round(y, 1), round(largeur, 1), round(hauteur, 1), serie, titre)
                )
    return graphique
