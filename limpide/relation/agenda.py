"""Verbs of appointments: open slots, take one, move, cancel, say who came. They are written here only.

Rows are always locked in the same order, the appointment, then its slots by key: two acts at once wait for each other,
the second then reads what the first did. What a lock would miss, the database's own constraints refuse.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from limpide.dossiers.models import Dossier
from limpide.identite.erreurs import PARTOUT, ErreurSaisie, refus_en_francais
from limpide.identite.joignable import Injoignable, Telephone, lire_telephone

from . import fuseaux
from .models import Creneau, EtatCreneau, EtatRendezVous, Mode, Motif, RaisonAnnulation, RendezVous

MES_RENDEZ_VOUS, AGENDA = "mes_rendez_vous", "agenda_rendez_vous"
CRENEAUX_AU_PLUS = 200
OUVERTS_AU_PLUS_TARD = dt.timedelta(days=180)
PLUS_LIBRE = "Ce créneau vient d'être pris. Choisissez-en un autre."
PASSE = "Ce rendez-vous est passé ou n'a plus lieu."
DEJA = "Ce rendez-vous n'a pas pu être enregistré. Rechargez la page et recommencez."
CHAMPS = {"un_creneau_pris_une_fois": "creneau", "un_rendez_vous_a_la_fois": "creneau"}


@dataclass(frozen=True)
class Plage:
    """Slots to open: on these days of the week, from a day to another, from an hour to another, each so long."""

    du: dt.date
    au: dt.date
    jours: frozenset[int]
    de: dt.time
    a: dt.time
    minutes: int
    mode: str
    lieu: str
    motif: str

    def moments(self, departement: str) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """(start, end) of each, at the clock of the Caf; the last one ends by the hour said."""
        fuseau, duree = fuseaux.fuseau(departement), dt.timedelta(minutes=self.minutes)
        for n in range((self.au - self.du).days + 1):
            jour = self.du + dt.timedelta(days=n)
            debut, fin = (dt.datetime.combine(jour, heure, fuseau) for heure in (self.de, self.a))
            while jour.weekday() in self.jours and debut + duree <= fin:
                yield debut, debut + duree
                debut += duree


@dataclass(frozen=True, repr=False)
class Prise:
    """What somebody chooses. `cle`: drawn with the form. `redacteur`: who types; `auteur`: their account."""

    cle: uuid.UUID
    creneau: uuid.UUID
    telephone: str
    auteur: str
    redacteur: int
    quand: dt.datetime


@transaction.atomic
def ouvrir(organisme: str, departement: str, agent: str, cle: uuid.UUID, plage: Plage, quand: dt.datetime) -> int:
    """All the slots, or none. Sent again, they aren't opened twice. Raises `ErreurSaisie`."""
    moments = list(plage.moments(departement))
    if not moments:
        raise ErreurSaisie({"a": "Aucun créneau ne tient dans ces jours et ces heures."})
    if len(moments) > CRENEAUX_AU_PLUS:
        raise ErreurSaisie({"au": f"{CRENEAUX_AU_PLUS} créneaux à la fois, c'est le plus : choisissez moins de jours."})
    if moments[0][0] <= quand:
        raise ErreurSaisie({"du": "Le premier créneau est déjà passé : choisissez une date à venir."})
    if moments[-1][1] > quand + OUVERTS_AU_PLUS_TARD:
        raise ErreurSaisie({"au": "On ouvre des créneaux six mois à l'avance au plus."})
    nouveaux = [
        Creneau(
            id=uuid.uuid5(cle, str(n)), organisme_id=organisme, agent=agent, debut=debut, fin=fin, mode=plage.mode,
            lieu=plage.lieu.strip(), motif=plage.motif,
        )
        for n, (debut, fin) in enumerate(moments)
    ]  # fmt: skip
    if Creneau.objects.filter(pk=nouveaux[0].pk, agent=agent).exists():
        return len(nouveaux)
    with refus_en_francais({"un_agent_a_un_seul_creneau_a_la_fois": "du"}):
        Creneau.objects.bulk_create(nouveaux)
    return len(nouveaux)


@transaction.atomic
def retirer(creneau: uuid.UUID) -> None:
    """Nobody may take it any more. Raises `ErreurSaisie` when somebody has."""
    tenu = next(iter(_verrouiller([creneau])), None)
    if tenu is None or tenu.etat == EtatCreneau.PRIS:
        raise ErreurSaisie({"": "Quelqu'un vient de prendre ce créneau : annulez le rendez-vous, en disant pourquoi."})
    _devient(tenu, EtatCreneau.RETIRE)


def libres(organisme: str, motif: str, apres: dt.datetime, combien: int) -> list[Creneau]:
    """The next free slots of this Caf for this motive, the earliest first."""
    ouverts = Creneau.objects.filter(organisme_id=organisme, etat=EtatCreneau.LIBRE, debut__gt=apres)
    return list(ouverts.filter(Q(motif="") | Q(motif=motif)).order_by("debut", "pk")[:combien])


def deja_pris(dossier: int, cle: uuid.UUID) -> bool:
    """Whether this form was already received: the button was pressed twice."""
    return bool(RendezVous.objects.filter(pk=cle, dossier_id=dossier).exists())


@transaction.atomic
def prendre(dossier: Dossier, motif: str, prise: Prise) -> RendezVous:
    """From now on the slot is theirs. Raises `ErreurSaisie`; sent again, gives back the first."""
    deja = RendezVous.objects.filter(pk=prise.cle, dossier_id=dossier.pk).first()
    if deja is not None:
        return deja
    if motif not in Motif.values:
        raise ErreurSaisie({"motif": "Choisissez un motif de la liste."})
    return _inserer(dossier, motif, _choisi(dossier, motif, prise, _verrouiller([prise.creneau])), prise)


@transaction.atomic
def deplacer(tenu: RendezVous, dossier: Dossier, prise: Prise) -> RendezVous:
    """Another slot instead of this one: both change, or neither. Raises `ErreurSaisie`."""
    deja = RendezVous.objects.filter(pk=prise.cle, dossier_id=dossier.pk).first()
    if deja is not None:
        return deja
    ancien = _a_venir(tenu, prise.quand)
    if ancien.creneau_id == prise.creneau:
        raise ErreurSaisie({"creneau": "C'est déjà votre créneau : choisissez-en un autre."})
    creneaux = _verrouiller([ancien.creneau_id, prise.creneau])
    nouveau = _choisi(dossier, ancien.motif, prise, [c for c in creneaux if c.pk == prise.creneau])
    _finir(ancien, EtatRendezVous.DEPLACE, prise.quand)
    _liberer([c for c in creneaux if c.pk == ancien.creneau_id])
    return _inserer(dossier, ancien.motif, nouveau, prise)


@transaction.atomic
def annuler(tenu: RendezVous, quand: dt.datetime) -> None:
    """The person gives it up: the slot is free for somebody else. Raises `ErreurSaisie`."""
    ancien = _a_venir(tenu, quand)
    creneaux = _verrouiller([ancien.creneau_id])
    _finir(ancien, EtatRendezVous.ANNULE, quand)
    _liberer(creneaux)


@transaction.atomic
def annuler_pour_la_caf(tenu: RendezVous, agent: str, raison: str, quand: dt.datetime) -> None:
    """The Caf can't: the slot goes too. Raises `ErreurSaisie`."""
    if raison not in RaisonAnnulation.values:
        raise ErreurSaisie({"raison": "Choisissez une raison de la liste : la personne la lira."})
    ancien = _a_venir(tenu, quand)
    creneaux = _verrouiller([ancien.creneau_id])
    _finir(ancien, EtatRendezVous.ANNULE_CAF, quand, agent, raison)
    for creneau in creneaux:
        _devient(creneau, EtatCreneau.RETIRE)


@transaction.atomic
def constater(tenu: RendezVous, agent: str, quand: dt.datetime, *, venu: bool) -> None:
    """Once its hour has come, who came and who did not; may be corrected. No right depends on it."""
    pris: RendezVous = RendezVous.objects.select_for_update(of=("self",)).get(pk=tenu.pk)
    if pris.etat not in (EtatRendezVous.PRIS, EtatRendezVous.VENU, EtatRendezVous.ABSENT):
        raise ErreurSaisie({"": PASSE})
    if pris.debut > quand:
        raise ErreurSaisie({"": "Ce rendez-vous n'a pas encore eu lieu."})
    _finir(pris, EtatRendezVous.VENU if venu else EtatRendezVous.ABSENT, quand, agent)


def _verrouiller(cles: Iterable[uuid.UUID]) -> list[Creneau]:
    return list(Creneau.objects.filter(pk__in=list(cles)).order_by("pk").select_for_update(of=("self",)))


def _a_venir(tenu: RendezVous, quand: dt.datetime) -> RendezVous:
    """Locked. Raises `ErreurSaisie` once its hour has come, or when it was moved or cancelled meanwhile."""
    pris: RendezVous = RendezVous.objects.select_for_update(of=("self",)).get(pk=tenu.pk)
    if pris.etat != EtatRendezVous.PRIS or pris.debut <= quand:
        raise ErreurSaisie({"": PASSE})
    return pris


def _choisi(dossier: Dossier, motif: str, prise: Prise, verrouilles: list[Creneau]) -> Creneau:
    """The slot, if it is still free and takes this motive. Raises `ErreurSaisie`."""
    choisi = next(iter(verrouilles), None)
    if choisi is None or choisi.organisme_id != dossier.organisme_id or choisi.motif not in ("", motif):
        raise ErreurSaisie({"creneau": PLUS_LIBRE})
    if choisi.etat != EtatCreneau.LIBRE or choisi.debut <= prise.quand:
        raise ErreurSaisie({"creneau": PLUS_LIBRE})
    return choisi


def _inserer(dossier: Dossier, motif: str, choisi: Creneau, prise: Prise) -> RendezVous:
    nouveau = RendezVous(
        id=prise.cle, creneau_id=choisi.pk, dossier_id=dossier.pk, organisme_id=dossier.organisme_id,
        personne_id=dossier.allocataire_id, motif=motif, debut=choisi.debut, fin=choisi.fin, mode=choisi.mode,
        lieu=choisi.lieu, pris_le=prise.quand, auteur=prise.auteur, redacteur_id=prise.redacteur,
    )  # fmt: skip
    if choisi.mode == Mode.TELEPHONE:
        nouveau.telephone = _numero(prise.telephone)
    try:
        with refus_en_francais(CHAMPS), transaction.atomic():
            nouveau.save(force_insert=True)
    except ErreurSaisie as refus:
        raise ErreurSaisie({"" if champ == PARTOUT else champ: m for champ, m in refus.champs.items()}) from None
    except IntegrityError:  # a key already used, that this person doesn't see: said without saying whose
        raise ErreurSaisie({"": DEJA}) from None
    _devient(choisi, EtatCreneau.PRIS)
    return nouveau


def _numero(saisie: str) -> Telephone:
    try:
        return lire_telephone(saisie)
    except Injoignable as refus:
        raise ErreurSaisie({"telephone": f"{refus} La Caf vous appelle à ce numéro."}) from None


def _finir(tenu: RendezVous, etat: EtatRendezVous, quand: dt.datetime, agent: str = "", raison: str = "") -> None:
    """The number where to call goes with it: nobody calls any more."""
    tenu.etat, tenu.change_le, tenu.telephone = etat, quand, None
    change = ["etat", "change_le", "telephone_chiffre"]
    if agent:
        tenu.agent, tenu.raison = agent, raison
        change += ["agent", "raison"]
    tenu.save(update_fields=change)


def _liberer(creneaux: list[Creneau]) -> None:
    for creneau in creneaux:
        if creneau.etat == EtatCreneau.PRIS:
            _devient(creneau, EtatCreneau.LIBRE)


def _devient(creneau: Creneau, etat: EtatCreneau) -> None:
    creneau.etat = etat
    creneau.save(update_fields=["etat"])
