"""What was learnt of a file between two instants of knowledge: which fact, from what to what, who said it, when.

Read from the facts themselves, never told by hand: a fact recorded in the interval against the one that it replaced, a
fact withdrawn and replaced by nothing, a member of the household who came or left. To be called inside a processing
that reads facts.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils import timezone

from limpide.dossiers import lexique
from limpide.dossiers.models import Fait, Rattachement
from limpide.dossiers.mois import decaler
from limpide.dossiers.presentation import fait_vu
from limpide.droits.ensemble import faits_en_cause
from limpide.droits.faits import MOIS_FENETRE, NATURES_PAR_CODE
from limpide.identite.models import Personne

ANNEES_LUES = 2
"""Yearly incomes are read two years back."""
RIEN = "rien n'était connu"
PLUS_RIEN = "plus rien n'est connu"


@dataclass(frozen=True)
class Appris:
    """One thing learnt. `apres` replaces `avant` over `periode`, as `origine` told it, known since `connu_le`."""

    qui: str
    libelle: str
    periode: str
    avant: str
    apres: str
    origine: lexique.Mots
    connu_le: dt.date


@dataclass(frozen=True)
class Intervalle:
    """After one instant, up to another (included): what the second calculation knew and the first did not."""

    depuis: dt.datetime
    jusqu_a: dt.datetime

    def nouveaux(self, lignes: "QuerySet") -> "QuerySet":
        """Rows known at the end and not at the start."""
        return lignes.filter(connu__contains=self.jusqu_a, connu__startswith__gt=self.depuis)

    def retires(self, lignes: "QuerySet") -> "QuerySet":
        """Rows known at the start and no longer at the end."""
        return lignes.filter(connu__contains=self.depuis).exclude(connu__contains=self.jusqu_a)


def appris(dossier: int, entre: Intervalle, droits: Collection[str], mois: tuple[dt.date, dt.date]) -> list[Appris]:
    """What can move these rights, for these months (first and last), that was learnt in the interval; newest first."""
    membres = _appris_du_foyer(dossier, entre, mois)
    faits = _appris_des_faits(dossier, entre, {n.code for n in faits_en_cause(droits)}, mois)
    return sorted([*membres, *faits], key=lambda a: a.connu_le, reverse=True)


def _appris_des_faits(dossier: int, entre: Intervalle, codes: set[int], mois: tuple[dt.date, dt.date]) -> list[Appris]:
    lus = DateRange(decaler(mois[0], 1 - MOIS_FENETRE), decaler(mois[1], 1))
    annees = DateRange(dt.date(mois[0].year - ANNEES_LUES, 1, 1), decaler(mois[1], 1))
    annuels = {c for c in codes if NATURES_PAR_CODE[c].periodicite == "annee"}
    siens = Fait.objects.select_related("personne").filter(dossier_id=dossier)
    portee = siens.filter(nature__in=sorted(codes - annuels), valide__overlap=lus) | siens.filter(
        nature__in=sorted(annuels), valide__overlap=annees
    )
    nouveaux, retires = list(entre.nouveaux(portee)), list(entre.retires(portee))
    trouves = []
    for fait in nouveaux:
        remplaces = [r for r in retires if _meme_sujet(r, fait) and _se_touchent(r.valide, fait.valide)]
        if any(r.valeur == fait.valeur for r in remplaces):
            continue  # what remains of a fact whose period was cut: nothing was learnt
        avant = fait_vu(remplaces[0]).valeur if remplaces else RIEN
        trouves.append(_dire(fait, avant, fait_vu(fait).valeur, fait.connu.lower))
    restes = [r for r in retires if not any(_meme_sujet(r, f) and _se_touchent(r.valide, f.valide) for f in nouveaux)]
    trouves += [_dire(fait, fait_vu(fait).valeur, PLUS_RIEN, fait.connu.upper) for fait in restes]
    return trouves


def _dire(fait: Fait, avant: str, apres: str, quand: dt.datetime) -> Appris:
    vu = fait_vu(fait)
    return Appris(_qui(fait.personne), vu.libelle, vu.periode, avant, apres, vu.source, _jour(quand))


def _appris_du_foyer(dossier: int, entre: Intervalle, mois: tuple[dt.date, dt.date]) -> list[Appris]:
    lus = DateRange(decaler(mois[0], 1 - MOIS_FENETRE), decaler(mois[1], 1))
    siens = Rattachement.objects.select_related("personne").filter(dossier_id=dossier, valide__overlap=lus)
    nouveaux, retires = list(entre.nouveaux(siens)), list(entre.retires(siens))
    trouves = []
    for r in nouveaux:
        avant = [a for a in retires if a.personne_id == r.personne_id]
        if any(_presence(a) == _presence(r) for a in avant):
            continue
        dit = _presence(avant[0]) if avant else "hors du foyer"
        trouves.append(_dire_membre(r, dit, _presence(r), r.connu.lower))
    partis = [a for a in retires if not any(a.personne_id == r.personne_id for r in nouveaux)]
    return trouves + [_dire_membre(a, _presence(a), "hors du foyer", a.connu.upper) for a in partis]


def _presence(r: Rattachement) -> str:
    """« dans le foyer depuis le 1er mars 2024, en résidence alternée »."""
    periode = lexique.periode(r.valide.lower, r.valide.upper)
    return f"dans le foyer {periode}{', en résidence alternée' if r.garde_alternee else ''}"


def _dire_membre(r: Rattachement, avant: str, apres: str, quand: dt.datetime) -> Appris:
    periode = lexique.periode(r.valide.lower, r.valide.upper)
    origine = lexique.SOURCES[r.source]
    return Appris(_qui(r.personne), "Présence dans le foyer", periode, avant, apres, origine, _jour(quand))


def _meme_sujet(a: Fait, b: Fait) -> bool:
    return (a.personne_id, a.nature) == (b.personne_id, b.nature)


def _se_touchent(a: DateRange, b: DateRange) -> bool:
    return (a.upper is None or b.lower < a.upper) and (b.upper is None or a.lower < b.upper)


def _qui(personne: Personne | None) -> str:
    if personne is None:
        return "Le foyer"
    return f"{personne.prenoms.split()[0]} {personne.nom_usage or personne.nom_naissance}"


def _jour(quand: dt.datetime) -> dt.date:
    return timezone.localtime(quand).date()
