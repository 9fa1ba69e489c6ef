"""« Qui a consulté mon dossier »: what the journal says of the reader, and what it must not say.

Never the agent's name; only lines about the reader, not those of the other adults of the household. Where somebody's
access names another file than the reader's own (a former spouse's claim, for instance), the date and the purpose are
given, not the office nor the reason: they would tell what another asked for. See docs/decisions/qui-a-consulte.md.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from limpide.dossiers import lexique
from limpide.dossiers.models import Dossier
from limpide.registre.chaine.calcul import MOIS_GARDES
from limpide.registre.collecte import registre
from limpide.registre.declaration import Traitement
from limpide.registre.models import LigneJournal
from limpide.usagers.declarations_attestations import VERIFICATION

JOURNAL = LigneJournal._meta.label
AUTRE_DOSSIER = "Vos données figurent dans un autre dossier que le vôtre"
UNE_CAISSE = "Une caisse d'allocations familiales"
LISTE_LUE = "A consulté la liste des accès"
COLONNES = ("Date", "Heure", "Qui", "A fait quoi", "Pourquoi", "Traitement", "Nombre d'accès")


@dataclass
class Consultation:
    """Accesses of one day by one service for one reason, under one processing; `systeme`: its public sheet."""

    quand: dt.datetime
    service: str
    action: str
    motif: str
    finalite: str
    systeme: str
    nombre: int = 1

    def cellules(self) -> tuple[Any, ...]:
        """As a row of COLONNES."""
        quand = timezone.localtime(self.quand)
        return (
            f"{quand:%d/%m/%Y}", f"{quand:%H:%M}", self.service, self.action, self.motif, self.finalite, self.nombre,
        )  # fmt: skip


@dataclass(frozen=True)
class Reserve:
    """A processing whose accesses are not shown at once, or not at all, with the law's reason. Said to everybody."""

    intitule: str
    raison: str
    jours: int


def reserves() -> list[Reserve]:
    """Delayed and masked processings: the same list for all readers, whether they were concerned or not."""
    return [
        Reserve(t.intitule, t.raison_visibilite, t.visible_apres)
        for t in sorted(registre().traitements.values(), key=lambda t: t.intitule)
        if t.visible_allocataire != "immediate"
    ]


def consultations(personne: int, mois: dt.date | None = None, *, aussi_moi: bool = False) -> list[Consultation]:
    """Who read or changed the reader's data, newest first, over a month or the whole year that the journal keeps.

    The reader's own visits are left out unless asked for, save their readings of this very list.
    """
    debut, fin = _periode(mois)
    lignes = LigneJournal.objects.filter(personne_id=personne, quand__gte=debut, quand__lt=fin).filter(_visibles())
    lignes = lignes.exclude(action="refus").exclude(traitement="authentification")
    # Nobody knows who checks a certificate: its holder sees that it was, and when.
    lignes = lignes.exclude(~Q(traitement=VERIFICATION), acteur_genre="visiteur")
    if not aussi_moi:
        lignes = lignes.exclude(~Q(objet__contains=JOURNAL), acteur_genre="allocataire")
    colonnes = ("quand", "acteur_genre", "service", "traitement", "motif", "action", "objet", "dossier_id")
    miens = set(Dossier.objects.filter(allocataire_id=personne).values_list("pk", flat=True))
    return _par_jour(lignes.order_by("-quand", "-id").values_list(*colonnes), miens)


def _periode(mois: dt.date | None) -> tuple[dt.datetime, dt.datetime]:
    if mois is None:
        maintenant = timezone.now()
        return maintenant - dt.timedelta(days=31 * MOIS_GARDES), maintenant + dt.timedelta(days=1)
    suivant = (mois.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    debut, fin = (timezone.make_aware(dt.datetime.combine(j, dt.time.min)) for j in (mois.replace(day=1), suivant))
    return debut, fin


def _visibles() -> Q:
    """Lines of processings shown at once, and of those shown later whose delay is over."""
    maintenant = timezone.now()
    traitements = registre().traitements
    montrees = Q(traitement__in=[cle for cle, t in traitements.items() if t.visible_allocataire == "immediate"])
    for cle, t in traitements.items():
        if t.visible_allocataire == "differee":
            montrees |= Q(traitement=cle, quand__lte=maintenant - dt.timedelta(days=t.visible_apres))
    return montrees


def _par_jour(lignes: Iterable[tuple[Any, ...]], miens: set[int]) -> list[Consultation]:
    jours: dict[tuple[Any, ...], Consultation] = {}
    for quand, genre, service, cle, motif, action, objet, dossier in lignes:
        qui, pourquoi = (service, motif) if dossier is None or dossier in miens else (UNE_CAISSE, AUTRE_DOSSIER)
        if genre == "dpd":
            qui = service or "Délégué à la protection des données"
        mots = LISTE_LUE if JOURNAL in objet else lexique.ACTIONS[action].allocataire
        clef = (timezone.localtime(quand).date(), qui, cle, pourquoi, mots)
        if clef in jours:
            jours[clef].nombre += 1
        else:
            jours[clef] = Consultation(quand, qui, mots, pourquoi, *_fiche(registre().traitements[cle]))
    return list(jours.values())


def _fiche(traitement: Traitement) -> tuple[str, str]:
    """(name, code of the public sheet, empty where the page has none)."""
    code = traitement.systeme
    return traitement.intitule, code.lower() if code in registre().systemes else ""


def mois_proposes() -> list[dt.date]:
    """The months that the journal keeps, newest first."""
    mois, trouves = timezone.localdate().replace(day=1), []
    for _ in range(MOIS_GARDES):
        trouves.append(mois)
        mois = (mois - dt.timedelta(days=1)).replace(day=1)
    return trouves
