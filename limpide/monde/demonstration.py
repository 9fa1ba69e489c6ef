"""The demonstration, step by step: world, liquidation of the months, payment files. All of it resumable."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from limpide.dossiers.liquidation import Bilan, caisses, liquider_mois
from limpide.droits.bareme import DERNIER_MOIS, PREMIER_MOIS
from limpide.monde import chargement, complet, trimestres
from limpide.monde.foyers import mois_decale
from limpide.paiements.services import Emission, emettre_virements

MOIS_DEJA_PAYES = 3
"""Months liquidated before the current one, so that a correction has a past to correct."""


def mois_de_la_demonstration(aujourd_hui: dt.date) -> dt.date:
    """The current month, or the nearest month that the law of this version covers."""
    premier, dernier = (dt.date(mois // 100, mois % 100, 1) for mois in (PREMIER_MOIS, DERNIER_MOIS))
    return min(max(aujourd_hui.replace(day=1), mois_decale(premier, MOIS_DEJA_PAYES)), dernier)


@contextmanager
def progression(titre: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a line on anything else; yields the function that moves it forward."""
    colonnes = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*colonnes) as barre:
        tache = barre.add_task(titre, total=total)
        yield lambda n: barre.advance(tache, n)


def peupler(foyers: int, graine: int, mois: dt.date) -> int:
    """Bring the world to that many households; returns how many were added (the person with everything aside)."""
    with progression("Monde fictif (foyers)", foyers) as avancer:
        ajoutes = chargement.charger(foyers, graine, mois, avancer)
    complet.charger(mois)
    return ajoutes


def liquider_et_payer(mois: dt.date) -> list[tuple[Bilan, Emission]]:
    """Liquidate and pay the months up to this one, oldest first; one file is late before the last."""
    a_faire = [mois_decale(mois, -i) for i in range(MOIS_DEJA_PAYES, -1, -1)]
    resultats = []
    with progression("Liquidation et paiement (Caf × mois)", 2 * len(a_faire) * len(caisses())) as avancer:
        for m in a_faire:
            if m == mois:
                trimestres.mettre_en_retard(mois)
            bilan = liquider_mois(m, progress=lambda *_: avancer(1))
            resultats.append((bilan, emettre_virements(m, progress=lambda *_: avancer(1))))
    return resultats
