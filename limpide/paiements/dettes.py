"""A debt as the person reads it: one right found overpaid at one moment, month by month, and why.

Everything is read again from the books, the entitlement lines and the facts: what was paid, what is due today, what
the calculation learnt in between. Months proposed by the same calculation are one debt. Nothing is written here, and
nothing is withheld (`creances`).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils import timezone

from limpide.dossiers import lexique
from limpide.dossiers.appris import Appris, Intervalle, appris
from limpide.dossiers.explications import Correction, LigneVue, corrections, en_vigueur
from limpide.dossiers.graphique import Graphique, empiler
from limpide.dossiers.mois import decaler
from limpide.dossiers.templatetags.affichage import MOIS_COURTS
from limpide.dossiers.voies_de_recours import recours_de
from limpide.identite.delais import echeance_apres

from .models import ALLOCATAIRES, Creance, LigneEcriture

SERIES = ("Ce qui vous était dû", "Versé en trop")
JOURS_POUR_RECTIFIER = 20
"""After the notice (CSS R133-9-2, R847-1-1)."""
MOIS_POUR_CONTESTER = 2
"""After the reception of the decision (CSS R142-1; CASF L262-47)."""
A_RENDRE = (Creance.Etat.PROPOSEE, Creance.Etat.CONFIRMEE)

CleMois = tuple[str, dt.date]
"""A right, a month."""


@dataclass(frozen=True)
class MoisDette:
    """One month: what was paid for the right, what is due today, what this debt asks back (cents)."""

    mois: dt.date
    verse: int
    du: int
    trop: int
    etat: str
    correction: Correction | None

    @property
    def ailleurs(self) -> int:
        """The rest of the difference, when it is asked elsewhere or given up."""
        return self.verse - self.du - self.trop


@dataclass(frozen=True)
class Dette:
    """One right found overpaid by one calculation."""

    droit: str
    libelle: str
    cause: str
    proposee_le: dt.date
    confirmee_le: dt.date | None
    prescrite_le: dt.date
    mois: list[MoisDette]
    appris: list[Appris]

    @property
    def numero(self) -> str:
        """Names the debt within its page; says nothing of anybody."""
        return f"{self.droit}-{self.proposee_le:%Y%m%d}-{self.mois[0].mois:%Y%m}"

    @property
    def total(self) -> int:
        return sum(m.trop for m in self.mois)

    @property
    def verse(self) -> int:
        return sum(m.verse for m in self.mois)

    @property
    def du(self) -> int:
        return sum(m.du for m in self.mois)

    @property
    def periode(self) -> str:
        return lexique.periode(self.mois[0].mois, decaler(self.mois[-1].mois, 1), mensuelle=True)

    @property
    def intitule(self) -> str:
        """How pages call it."""
        return f"{self.libelle}, {self.periode}"

    @property
    def voies(self) -> dict[str, object]:
        """Remedies and recovery of the right, in words."""
        return recours_de(self.droit)

    @property
    def rectifier_jusqu_au(self) -> dt.date | None:
        """The twenty days end then at the earliest: if the notice was received the day it was confirmed."""
        return self.confirmee_le + dt.timedelta(days=JOURS_POUR_RECTIFIER) if self.confirmee_le else None

    @property
    def contester_jusqu_au(self) -> dt.date:
        """The two months to appeal end then at the earliest: if what opens them was received the same day."""
        return echeance_apres(self.confirmee_le or self.proposee_le, MOIS_POUR_CONTESTER)

    @property
    def graphique(self) -> Graphique | None:
        """What was due and what was overpaid, when there are several months."""
        if len(self.mois) == 1:
            return None
        colonnes = [
            (f"{MOIS_COURTS[m.mois.month - 1]} {m.mois.year % 100:02d}", [m.du, m.verse - m.du]) for m in self.mois
        ]
        return empiler("Versé, mois par mois : le tableau qui suit donne les mêmes chiffres.", SERIES, colonnes)


def dettes(dossier: int, lignes: list[LigneVue]) -> list[Dette]:
    """The debts asked of this file, newest first, then largest first. `lignes`: all its entitlement lines."""
    creances = list(
        Creance.objects.filter(dossier_id=dossier, etat__in=A_RENDRE).order_by("-proposee_le", "droit", "mois", "pk")
    )
    if not creances:
        return []
    cles = {(c.droit, c.mois) for c in creances}
    concernees = [ligne for ligne in lignes if (ligne.droit, ligne.mois) in cles]
    vigueur = {(x.droit, x.mois): x for droits in en_vigueur(concernees).values() for x in droits}
    livre = _Livre(_verse(dossier, cles), vigueur, corrections(dossier, concernees))
    groupes: dict[tuple[str, dt.datetime, str], list[Creance]] = {}
    for creance in creances:
        groupes.setdefault((creance.droit, creance.proposee_le, creance.etat), []).append(creance)
    trouvees = [_dette(dossier, groupe, livre) for groupe in groupes.values()]
    return sorted(trouvees, key=lambda d: (d.proposee_le, d.total), reverse=True)


@dataclass(frozen=True)
class _Livre:
    """What the books and the calculations say of the months concerned."""

    verse: dict[CleMois, int]
    vigueur: dict[CleMois, LigneVue]
    corrections: list[Correction]

    def baisse(self, creance: Creance) -> Correction | None:
        """The calculation that lowered the month before the debt was proposed (the last one, if several did)."""
        baisses = [
            c
            for c in self.corrections
            if (c.apres.droit, c.apres.mois) == (creance.droit, creance.mois)
            and c.ecart < 0
            and c.apres.connu_au <= creance.proposee_le
        ]
        return max(baisses, key=lambda c: c.apres.connu_au, default=None)

    def libelle(self, creance: Creance) -> str:
        """How the right is called; its remedies name it even when no line of it remains."""
        ligne = self.vigueur.get((creance.droit, creance.mois))
        return ligne.libelle if ligne else str(recours_de(creance.droit)["libelle"])


def _dette(dossier: int, creances: list[Creance], livre: _Livre) -> Dette:
    premiere = creances[0]
    mois = [_mois(creance, livre) for creance in creances]
    baisses = [m.correction for m in mois if m.correction is not None]
    su: list[Appris] = []
    if baisses:
        entre = Intervalle(min(c.avant.connu_au for c in baisses), max(c.apres.connu_au for c in baisses))
        su = appris(dossier, entre, (premiere.droit,), (mois[0].mois, mois[-1].mois))
    return Dette(
        droit=premiere.droit, libelle=livre.libelle(premiere), cause=premiere.cause,
        proposee_le=_jour(premiere.proposee_le), prescrite_le=max(c.prescrite_le for c in creances),
        confirmee_le=max((_jour(c.decidee_le) for c in creances if c.decidee_le), default=None),
        mois=mois, appris=su,
    )  # fmt: skip


def _mois(creance: Creance, livre: _Livre) -> MoisDette:
    cle = (creance.droit, creance.mois)
    du = livre.vigueur[cle].net if cle in livre.vigueur else 0
    return MoisDette(
        creance.mois, livre.verse.get(cle, 0), du, creance.montant_centimes, creance.etat, livre.baisse(creance)
    )


def _verse(dossier: int, cles: Iterable[CleMois]) -> dict[CleMois, int]:
    """By right and month: what the transfers took out of the household's account, less what was reversed."""
    par_virement = Q(ecriture__fichier__isnull=False) | Q(ecriture__contrepasse__fichier__isnull=False)
    lignes = LigneEcriture.objects.filter(
        par_virement, dossier_id=dossier, compte=ALLOCATAIRES, mois__in={mois for _, mois in cles}
    )
    sommes = lignes.values("droit", "mois").annotate(somme=Sum("montant_centimes"))
    return {(s["droit"], s["mois"]): s["somme"] for s in sommes}


def _jour(quand: dt.datetime) -> dt.date:
    return timezone.localtime(quand).date()
