"""Unusual accesses of agents, told to the data-protection officer once a day and never judged by a program.

Four signs, read in the journal of one day: a file that the agent declared as theirs or a relative's, a colleague's own
file, somebody of the agent's surname, far more persons than usual. Figures by agent and person are read, not the
contents; only persons of the agent's surname are looked at by name. An alert holds internal numbers only.
"""

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from limpide.identite.models import Affiliation, LienAgent, Personne, QualiteLien
from limpide.registre.alertes import Acces, signaler
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.models import LigneJournal
from limpide.registre.releve import ECRITURE, LECTURE

CLE = "surveillance_acces"
PROCHES = "dossiers_proches"
GENRE_PROPRE, GENRE_COLLEGUE, GENRE_NOM, GENRE_VOLUME = "acces_propre", "acces_collegue", "acces_nom", "acces_volume"
JOURS_COMPARES = 28
PLANCHER = 40
"""Below that many persons in a day nothing is unusual, whatever the habit: ours, to be set by each Caf's practice."""
FOIS_L_HABITUDE = 3
JOURS_POUR_UNE_HABITUDE = 5


@dataclass
class Vu:
    """What one agent did with one person on that day."""

    compte: int
    organisme: str
    personne: int
    dossier: int | None
    du: dt.datetime
    au: dt.datetime


@dataclass
class Bilan:
    """New alerts by kind."""

    nouvelles: Counter[str] = field(default_factory=Counter)

    def signaler(self, genre: str, cle: str, texte: str, acces: Acces, gravite: str = "attention") -> None:
        if signaler(f"{genre}/{cle}", genre, texte, gravite=gravite, acces=acces):
            self.nouvelles[genre] += 1


def surveiller(jour: dt.date, seule_caf: str = "") -> Bilan:
    """Look at one day (of this Caf only, when one is named); run twice it raises nothing twice."""
    bilan = Bilan()
    with traitement(CLE, acteur=SYSTEME, motif=f"Accès inhabituels du {jour:%d/%m/%Y}"):
        debut, fin = _bornes(jour)
        vus = [vu for vu in _vus(debut, fin) if seule_caf in ("", vu.organisme)]
        liens = list(LienAgent.objects.filter(Q(retire_le=None) | Q(retire_le__gt=debut), declare_le__lt=fin))
        dits = _dossiers_interdits(vus, liens, jour, bilan)
        _noms(vus, liens, dits, jour, bilan)
        _volumes(vus, debut, jour, bilan)
    return bilan


def _bornes(jour: dt.date) -> tuple[dt.datetime, dt.datetime]:
    debut, fin = (timezone.make_aware(dt.datetime.combine(j, dt.time.min)) for j in (jour, jour + dt.timedelta(days=1)))
    return debut, fin


def _lignes(debut: dt.datetime, fin: dt.datetime) -> Any:
    """Accesses of agents to persons; saying that a file is one's own is not opening it."""
    lignes = LigneJournal.objects.order_by().filter(
        quand__gte=debut, quand__lt=fin, acteur_genre="agent", acteur_id__isnull=False, personne_id__isnull=False,
        action__in=(LECTURE, ECRITURE),
    )  # fmt: skip
    return lignes.exclude(traitement=PROCHES)


def _vus(debut: dt.datetime, fin: dt.datetime) -> list[Vu]:
    groupes = _lignes(debut, fin).values("acteur_id", "organisme", "personne_id")
    mesures = groupes.annotate(dossier=Max("dossier_id"), du=Min("quand"), au=Max("quand"))
    lignes = mesures.values_list("acteur_id", "organisme", "personne_id", "dossier", "du", "au")
    return [Vu(*ligne) for ligne in lignes]


def _foyers(personnes: Iterable[int], jour: dt.date) -> Mapping[int, set[int]]:
    """By person: those who share a file with them that day, themselves included."""
    cherchees = set(personnes)
    dossiers: dict[int, set[int]] = defaultdict(set)
    siennes = Affiliation.objects.filter(valide__contains=jour)
    allocataires = set(siennes.filter(personne_id__in=cherchees).values_list("allocataire_id", flat=True)) | cherchees
    for allocataire, membre in siennes.filter(allocataire_id__in=allocataires).values_list(
        "allocataire_id", "personne_id"
    ):
        dossiers[allocataire].add(membre)
    foyers: dict[int, set[int]] = {qui: {qui} for qui in cherchees}
    for allocataire, membres in dossiers.items():
        for qui in cherchees & (membres | {allocataire}):
            foyers[qui] |= membres | {allocataire}
    return foyers


def _dossiers_interdits(vus: list[Vu], liens: list[LienAgent], jour: dt.date, bilan: Bilan) -> set[tuple[int, int]]:
    """Own files, relatives', colleagues'; returns (account, person) of what was told."""
    foyers = _foyers({lien.personne_id for lien in liens}, jour)
    siens: dict[int, set[int]] = defaultdict(set)
    collegues: dict[tuple[str, int], set[int]] = defaultdict(set)
    for lien in liens:
        siens[lien.compte_id] |= foyers[lien.personne_id]
        if lien.qualite == QualiteLien.SOI:
            for membre in foyers[lien.personne_id]:
                collegues[lien.organisme_id, membre].add(lien.compte_id)
    dits: set[tuple[int, int]] = set()
    for vu in vus:
        acces = Acces(compte=vu.compte, dossier=vu.dossier, du=vu.du, au=vu.au)
        ou = f"le dossier n° {vu.dossier}" if vu.dossier else "un dossier"
        cle = f"{jour}/{vu.compte}/{vu.dossier or vu.personne}"
        if vu.personne in siens[vu.compte]:
            texte = f"Le compte n° {vu.compte} a ouvert {ou}, qu'il a déclaré comme le sien ou celui d'un proche."
            bilan.signaler(GENRE_PROPRE, cle, texte, acces, "haute")
        elif collegues[vu.organisme, vu.personne] - {vu.compte}:
            texte = f"Le compte n° {vu.compte} a ouvert {ou}, celui d'un collègue de sa Caf ou de son foyer."
            bilan.signaler(GENRE_COLLEGUE, cle, texte, acces)
        else:
            continue
        dits.add((vu.compte, vu.personne))
    return dits


def _noms(vus: list[Vu], liens: list[LienAgent], dits: set[tuple[int, int]], jour: dt.date, bilan: Bilan) -> None:
    """One alert an agent and a day, whatever the number of homonyms: many people are called Martin."""
    soi = {lien.compte_id: lien.personne_id for lien in liens if lien.qualite == QualiteLien.SOI}
    a_comparer = [vu for vu in vus if vu.compte in soi and (vu.compte, vu.personne) not in dits]
    if not a_comparer:
        return
    noms = {pk: {n, u} - {""} for pk, n, u in _cles({soi[vu.compte] for vu in a_comparer})}
    tous = set().union(*noms.values())
    memes = Q(cle_naissance__in=tous) | Q(cle_usage__in=tous)
    lus = {pk: {n, u} for pk, n, u in _cles({vu.personne for vu in a_comparer}, memes)}
    par_compte: dict[int, list[Vu]] = defaultdict(list)
    for vu in a_comparer:
        if noms[soi[vu.compte]] & lus.get(vu.personne, set()):
            par_compte[vu.compte].append(vu)
    for compte, siens in par_compte.items():
        dossier = siens[0].dossier if len(siens) == 1 else None
        acces = Acces(compte, dossier, min(vu.du for vu in siens), max(vu.au for vu in siens))
        texte = f"Le compte n° {compte} a vu {len(siens)} personne(s) qui portent le nom de son titulaire."
        bilan.signaler(GENRE_NOM, f"{jour}/{compte}", texte, acces, "information")


def _cles(personnes: set[int], filtre: Q | None = None) -> Iterable[tuple[int, str, str]]:
    qui = Personne.objects.filter(pk__in=personnes)
    return (qui if filtre is None else qui.filter(filtre)).values_list("pk", "cle_naissance", "cle_usage")


def _volumes(vus: list[Vu], debut: dt.datetime, jour: dt.date, bilan: Bilan) -> None:
    """Far more persons than the agent's own days, and than those of the colleagues."""
    du_jour: Counter[tuple[int, str]] = Counter((vu.compte, vu.organisme) for vu in vus)
    suspects = {cle: n for cle, n in du_jour.items() if n > PLANCHER}
    if not suspects:
        return
    avant = _lignes(debut - dt.timedelta(days=JOURS_COMPARES), debut).annotate(jour=TruncDate("quand"))
    jours: dict[tuple[int, str], list[int]] = defaultdict(list)
    for compte, organisme, _, nombre in (
        avant.values("acteur_id", "organisme", "jour")
        .annotate(nombre=Count("personne_id", distinct=True))
        .values_list("acteur_id", "organisme", "jour", "nombre")
    ):
        jours[compte, organisme].append(nombre)
    for (compte, organisme), nombre in suspects.items():
        siens = jours.get((compte, organisme), [])
        autres = [n for (c, o), liste in jours.items() if o == organisme and c != compte for n in liste]
        habitude = max(
            (statistics.median(serie) for serie in (siens, autres) if len(serie) >= JOURS_POUR_UNE_HABITUDE), default=0
        )
        if nombre <= FOIS_L_HABITUDE * habitude:
            continue
        acces = Acces(
            compte=compte,
            du=min(vu.du for vu in vus if vu.compte == compte),
            au=max(vu.au for vu in vus if vu.compte == compte),
        )
        texte = (
            f"Le compte n° {compte} a vu {nombre} personnes le {jour:%d/%m/%Y} ; l'habitude, la sienne ou celle de ses "
            f"collègues, est de {habitude:.0f} par jour."
        )
        bilan.signaler(GENRE_VOLUME, f"{jour}/{compte}", texte, acces)
