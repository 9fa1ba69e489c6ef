"""OpenFisca's periods: which months a value is of, and what it is of each of them."""

import re
from collections.abc import Mapping
from typing import Any

from .bareme import mois_fenetre
from .faits import Nature
from .valeurs import SituationInvalide

PATRIMOINE = frozenset({"epargne_revenus_non_imposables", "livret_a"})
"""Amounts of what one owns, not of what one gets: the same in every month of a longer period."""
PERIODE = re.compile(r"^(?:(month|year|day):)?(\d{4})(?:-(0[1-9]|1[0-2])(?:-\d{2})?)?(?::(\d{1,2}))?$", re.ASCII)


def repartir(nature: Nature | None, brut: Any, mois: int, chemin: str) -> dict[int, Any]:
    """Value by month (202611) of a variable given once, or by periods.

    As in OpenFisca, the shorter of two periods is right for its months; a monthly amount given for a longer one is a
    sum, shared between the months that nothing else tells.
    """
    if not isinstance(brut, Mapping):
        return dict.fromkeys(mois_fenetre(mois), brut)
    par_mois: dict[int, Any] = {}
    periodes = [(str(periode), mois_de(periode, mois, chemin), valeur) for periode, valeur in brut.items()]
    for periode, dits, valeur in sorted(periodes, key=lambda lue: (lue[2] is None, len(lue[1]))):
        libres = [m for m in dits if m not in par_mois]
        if _est_une_somme(nature, periode, valeur) and libres:
            connus = [par_mois[m] for m in dits if m in par_mois]
            part = (valeur - sum(connus)) / len(libres) if all(map(est_un_nombre, connus)) else valeur / len(dits)
            par_mois |= dict.fromkeys(libres, part)
        else:
            par_mois |= dict.fromkeys(libres, valeur)
    return par_mois


def _est_une_somme(nature: Nature | None, periode: str, valeur: Any) -> bool:
    if nature is None or nature.type != "euros" or nature.periodicite != "mois" or nature.nom in PATRIMOINE:
        return False
    return periode.upper() != "ETERNITY" and est_un_nombre(valeur)


def est_un_nombre(valeur: Any) -> bool:
    """A number, and no yes or no."""
    return isinstance(valeur, int | float) and not isinstance(valeur, bool)


def est_une_periode(periode: str) -> bool:
    """Whether `mois_de` reads it."""
    return periode.upper() == "ETERNITY" or PERIODE.fullmatch(periode) is not None


def mois_de(periode: Any, mois: int, chemin: str) -> list[int]:
    """Months of an OpenFisca period: ETERNITY, 2026, 2026-08, month:2026-06:3, year:2026."""
    if str(periode).upper() == "ETERNITY":
        return mois_fenetre(mois)
    trouve = PERIODE.match(str(periode))
    if trouve is None:
        raise refus(chemin, periode, "une période comme 2026-08, 2026 ou ETERNITY")
    unite, annee, numero, nombre = trouve[1], int(trouve[2]), trouve[3], int(trouve[4] or 1)
    debut = annee * 12 + (int(numero) - 1 if numero else 0)
    duree = nombre * (12 if unite == "year" or numero is None else 1)
    return [m // 12 * 100 + m % 12 + 1 for m in range(debut, debut + duree)]


def refus(chemin: str, trouve: object, attendu: str) -> SituationInvalide:
    """The refusal of what was found at this path."""
    faute = SituationInvalide(chemin.rsplit(".", 1)[-1], None, trouve, attendu)
    faute.chemin = chemin
    return faute
