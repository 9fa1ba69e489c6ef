"""The openings of a letter, as bars: groups of days, never fewer than the threshold in one. The page has the table."""

import datetime as dt
import math
from collections.abc import Sequence

from limpide.registre.graphique import BARRE_MAX, BAS, GAUCHE, HAUT, HAUTEUR, LARGEUR, Barre, Graphique, graduation


def nom(du: dt.date, au: dt.date) -> str:
    return f"{du:%d/%m}" if du == au else f"{du:%d/%m} au {au:%d/%m}"


def par_tranche(tranches: Sequence[tuple[dt.date, dt.date, int]]) -> Graphique | None:
    """One bar for each group of days; None when nothing may be shown."""
    if not tranches:
        return None
    maximum = max(n for _, _, n in tranches)
    pas = graduation(maximum)
    plafond = pas * math.ceil(maximum / pas)
    utile, ecart = HAUTEUR - BAS - HAUT, (LARGEUR - GAUCHE) / len(tranches)
    largeur = min(ecart * 0.8, BARRE_MAX)
    barres, abscisses = [], []
    for rang, (du, au, nombre) in enumerate(tranches):
        haut, milieu = utile * nombre / plafond, GAUCHE + (rang + 0.5) * ecart
        titre = f"{nom(du, au)} : {nombre}"
        barres.append(
            Barre(
                round(milieu - largeur / 2, 1), round(HAUT + utile - haut, 1), round(largeur, 1), round(haut, 1), titre
            )
        )
        if len(tranches) <= 6 or rang in {0, len(tranches) - 1}:
            abscisses.append((round(milieu, 1), nom(du, au)))
    return Graphique(
        barres=barres,
        axe=[(round(HAUT + utile * (1 - v / plafond), 1), str(v)) for v in range(0, plafond + 1, pas)],
        abscisses=abscisses,
        resume="Premières ouvertures par jour : le tableau qui suit donne les mêmes chiffres.",
    )
