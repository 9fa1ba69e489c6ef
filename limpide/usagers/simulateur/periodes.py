"""Months of the simulator: those offered, and those whose incomes it asks (the reference quarter of RSA and prime)."""

import datetime as dt

from django.utils import timezone

from limpide.droits.bareme import lire_mois, mois_couverts, parametres

SUFFIXES_DES_MOIS = ("m2", "m3", "m4")
"""How the answers of the three reference months are called, the earliest first, whichever months they are."""
INDICE_DU_MOIS = 6
"""Place of the month in the seven-month window M-6…M of the law records."""


def decaler(mois: str, pas: int) -> str:
    """Another month, `pas` months later (earlier if negative): "2026-01" and -1 give "2025-12"."""
    annee, numero = int(mois[:4]), int(mois[5:7])
    total = annee * 12 + numero - 1 + pas
    return f"{total // 12}-{total % 12 + 1:02d}"


def est_rentree(mois: str) -> bool:
    """The month for which the allocation de rentrée scolaire is due."""
    return bool(mois) and int(mois[5:7]) == parametres()["ars_mois"].en(lire_mois(mois)).valeur


def mois_proposes() -> list[str]:
    return mois_couverts()


def mois_courant() -> str:
    """Today's month, or the nearest one that the simulator knows."""
    return min(max(timezone.localdate().isoformat()[:7], mois_proposes()[0]), mois_proposes()[-1])


def mois_demandes(mois: str) -> list[tuple[int, str]]:
    """Place in the window and name of the three reference months of a first claim."""
    premier = INDICE_DU_MOIS - int(parametres()["trimestre_recul"].en(lire_mois(mois)).valeur)  # type: ignore[arg-type]
    return [(i, decaler(mois, i - INDICE_DU_MOIS)) for i in range(premier, premier + len(SUFFIXES_DES_MOIS))]


def age(naissance: dt.date, mois: str) -> int:
    """Full years on the first day of the month (negative before birth)."""
    jour = dt.date.fromisoformat(f"{mois}-01")
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))
