"""What a household's debts would take each month, and until when: told on « Sommes versées en trop », never applied.

One withholding for all the debts, the oldest first, then the smallest (CSS D553-4): each ends when what was withheld
since the first month covers it and those before.
"""

import datetime as dt
import math
from dataclasses import dataclass

from django.utils import timezone

from limpide.dossiers import connaissance
from limpide.dossiers.explications import LigneVue, en_vigueur
from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.situations import SituationAbsente, situation_du
from limpide.droits.derives.figures import HORS_DU_QUOTIENT, prestations_recues
from limpide.droits.derives.retenues import Retenue, retenue_de
from limpide.paiements.dettes import Dette

TRIMESTRIELLES = frozenset({"rsa", "ppa"})
HORS_DE_LA_RETENUE = HORS_DU_QUOTIENT
"""What pays for care is left out (D553-1, I, b), as sums paid once are."""
SANS_MOIS = "Aucun mois n'est calculé en ce moment : rien ne vous est versé sur quoi retenir."


@dataclass(frozen=True)
class Plan:
    """`dernier_mois`: number of a debt → the last month of its withholding, if it began in `premier_mois`."""

    retenue: Retenue
    premier_mois: dt.date
    dernier_mois: dict[str, dt.date]


def plan_de(dossier: int, lignes: list[LigneVue], dettes: list[Dette]) -> Plan:
    """Within `mon_compte`. From the last month computed; the withholding would begin the next month."""
    debut = decaler(premier_jour(timezone.localdate()), 1)
    vigueur = en_vigueur(lignes)
    mois = max(vigueur, default=None)
    retenue = Retenue(None, raison=SANS_MOIS) if mois is None else _du_mois(dossier, mois, vigueur[mois])
    if not retenue.centimes:
        return Plan(retenue, debut, {})
    rendus, fins = 0, dict[str, dt.date]()
    for dette in sorted(dettes, key=lambda d: (d.proposee_le, d.total)):
        rendus += dette.total
        fins[dette.numero] = decaler(debut, math.ceil(rendus / retenue.centimes) - 1)
    return Plan(retenue, debut, fins)


def _du_mois(dossier: int, mois: dt.date, lignes: list[LigneVue]) -> Retenue:
    comptees = [x for x in lignes if not x.une_fois and x.droit not in HORS_DE_LA_RETENUE]
    verse = sum(x.net for x in comptees if x.ouvert)
    if not verse:
        return Retenue(None, raison=SANS_MOIS)
    try:
        situation = situation_du(dossier, mois, connaissance.maintenant())
    except SituationAbsente:
        return Retenue(None, raison=SANS_MOIS)
    recues, manques = prestations_recues(situation, {x.droit for x in comptees})
    if manques or any(x.inconnu for x in comptees):
        return Retenue(None, raison="Une prestation du mois n'est pas connue : votre Caf fait ce calcul.")
    trimestrielle = any(x.ouvert for x in comptees if x.droit in TRIMESTRIELLES)
    return retenue_de(situation, verse + recues, trimestrielle=trimestrielle)
