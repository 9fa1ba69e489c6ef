"""Verbs of contacts: note one, review its note, say who may review. They are written here only.

Each form brings the key of what it creates: sent twice, it is written once.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.identite.confidentiel import TexteScelle
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import Compte
from limpide.registre.contexte import SYSTEME, traitement

from . import termes
from .models import CanalContact, Contact, EncadrementContacts, Motif, Relecture, VerificationAppel

CONTACTS_AGENTS, RELIRE, ENCADRER = "contacts_agents", "relecture_contacts", "encadrement_contacts"
RELIRE_TARD = "notes_non_relues"
MONTRES = 5
JOURS_POUR_RELIRE = 5
"""What the Caf gives itself: ours, no text says it."""
NON_RELUE_APRES = 30
"""Days after which a note that nobody reviewed is erased: ours."""
UN_AN = 366
DEJA = "Ce contact n'a pas pu être enregistré. Rechargez la page et recommencez."
RECONNU = "Quelqu'un a appelé pour votre dossier, et a su répondre aux questions de contrôle"
NON_RECONNU = "Quelqu'un a appelé pour votre dossier sans savoir répondre aux questions de contrôle : rien n'a été dit"
A_LA_PERSONNE = {
    Relecture.ATTEND: "Une note attend qu'une autre personne de la Caf la relise.",
    Relecture.REFUSEE: "Une note a été refusée à la relecture, et effacée.",
}
A_VOUS = "Cette note est de vous : une autre personne la relit."


@dataclass(frozen=True, repr=False)
class Saisie:
    """What the agent notes: three fields. `a_relire`: they ask for the review of a note that was flagged."""

    cle: uuid.UUID
    canal: str
    motif: str
    note: str
    auteur: str
    quand: dt.datetime
    a_relire: bool = False


@transaction.atomic
def noter(dossier: Dossier, saisie: Saisie) -> Contact:
    """A contact of this file. Raises `ErreurSaisie`; a flagged note is refused unless its review is asked for."""
    deja = Contact.objects.filter(pk=saisie.cle, dossier_id=dossier.pk).first()
    if deja is not None:
        return deja
    note, trouves = saisie.note.strip(), termes.reperes(saisie.note)
    if saisie.canal not in CanalContact.values:
        raise ErreurSaisie({"canal": "Choisissez un canal de la liste."})
    if saisie.motif not in Motif.values:
        raise ErreurSaisie({"motif": "Choisissez un motif de la liste."})
    if trouves and not saisie.a_relire:
        raise ErreurSaisie({"note": termes.avertissement(trouves)})
    contact = Contact(
        id=saisie.cle, dossier_id=dossier.pk, organisme_id=dossier.organisme_id, personne_id=dossier.allocataire_id,
        canal=saisie.canal, motif=saisie.motif, auteur=saisie.auteur, fait_le=saisie.quand,
        relecture=Relecture.ATTEND if trouves else Relecture.SANS,
    )  # fmt: skip
    contact.note = TexteScelle(note) if note else None
    try:
        with refus_en_francais(), transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError:
        raise ErreurSaisie({"": DEJA}) from None
    return contact


@transaction.atomic
def relire(contact: Contact, relecteur: str, quand: dt.datetime, *, accepter: bool) -> Contact:
    """The note joins the history, or is erased; the contact stays. Raises `ErreurSaisie`."""
    prise: Contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if prise.relecture != Relecture.ATTEND:
        raise ErreurSaisie({"": "Cette note est déjà relue."})
    if prise.auteur == relecteur:
        raise ErreurSaisie({"": A_VOUS})
    prise.relecture = Relecture.ACCEPTEE if accepter else Relecture.REFUSEE
    prise.relecteur, prise.relu_le = relecteur, quand
    if not accepter:
        prise.note = None
    prise.save(update_fields=["relecture", "relecteur", "relu_le", "note_chiffree"])
    return prise


def effacer_les_notes_non_relues(jour: dt.date, *, executer: bool) -> int:
    """Notes that nobody reviewed in time are refused. Returns how many."""
    limite = timezone.make_aware(dt.datetime.combine(jour, dt.time.min)) - dt.timedelta(days=NON_RELUE_APRES)
    with traitement(RELIRE_TARD, acteur=SYSTEME, motif="Notes que personne n'a relues"):
        tardives = Contact.objects.filter(relecture=Relecture.ATTEND, fait_le__lt=limite)
        if not executer:
            return int(tardives.count())
        return int(
            tardives.update(
                relecture=Relecture.REFUSEE, relecteur="systeme", relu_le=timezone.now(), note_chiffree=None
            )
        )


def a_relire() -> QuerySet[Contact]:
    """Contacts of this Caf whose note waits, the oldest first. In the caller's processing."""
    return Contact.objects.filter(relecture=Relecture.ATTEND).order_by("fait_le", "pk")


def note_lisible(contact: Contact, lecteur: str = "") -> str:
    """The note as this reader may see it: nothing while it waits, but for its author."""
    if contact.note_chiffree is None or (contact.relecture == Relecture.ATTEND and contact.auteur != lecteur):
        return ""
    texte: str = contact.note.en_clair()
    return texte


def les_miens() -> list[tuple[dt.datetime, str, str, str]]:
    """(when, how, why, note) of the reader's own contacts, the latest first; calls where the caller was not known too.

    A note that waits for a review, or was erased, is said to be so.
    """
    colonnes = ("pk", "dossier_id", "personne_id", "canal", "motif", "note_chiffree", "auteur", "fait_le", "relecture")
    lus = [
        (c.fait_le, c.get_canal_display(), c.get_motif_display(), A_LA_PERSONNE.get(c.relecture) or note_lisible(c))
        for c in Contact.objects.only(*colonnes)
    ]
    appels = VerificationAppel.objects.only("pk", "dossier_id", "personne_id", "faite_le", "reussie")
    lus += [(v.faite_le, CanalContact.APPEL.label, RECONNU if v.reussie else NON_RECONNU, "") for v in appels]
    return sorted(lus, reverse=True)


def encadre(agent: int, jour: dt.date | None = None) -> bool:
    """Whether this agent may review notes today, in the caller's processing."""
    jour = jour or timezone.localdate()
    siens = EncadrementContacts.objects.filter(agent=agent, depuis__lte=jour, jusqu_au__gte=jour, retire_le=None)
    return bool(siens.exists())


def encadrer(identifiant: str, decision: str, jusqu_au: dt.date, *, executer: bool) -> Compte:
    """Let this agent review the notes of their Caf until that day. Raises `ErreurSaisie`."""
    jour = timezone.localdate()
    if not decision.strip():
        raise ErreurSaisie({"decision": "Donnez la référence de la décision."})
    if not jour <= jusqu_au <= jour + dt.timedelta(days=UN_AN):
        raise ErreurSaisie({"jusqu_au": "Un encadrement finit dans l'année, et pas avant aujourd'hui."})
    with traitement(ENCADRER, acteur=SYSTEME, motif="Encadrement des contacts d'une caisse"):
        compte = _compte(identifiant)
        if executer:
            EncadrementContacts.objects.create(
                organisme_id=compte.organisme_id, agent=compte.pk, decision=decision.strip()[:120], depuis=jour,
                jusqu_au=jusqu_au,
            )  # fmt: skip
    return compte


def retirer(identifiant: str, *, executer: bool) -> int:
    """End what lets an agent review notes. Returns how many decisions end."""
    with traitement(ENCADRER, acteur=SYSTEME, motif="Fin de l'encadrement des contacts d'une caisse"):
        siens = EncadrementContacts.objects.filter(
            agent=_compte(identifiant).pk, jusqu_au__gte=timezone.localdate(), retire_le=None
        )
        return int(siens.update(retire_le=timezone.now()) if executer else siens.count())


def _compte(identifiant: str) -> Compte:
    compte: Compte | None = Compte.objects.filter(identifiant=identifiant, genre="agent", is_active=True).first()
    if compte is None or compte.organisme_id is None:
        raise ErreurSaisie({"agent": f"Aucun compte d'agent actif d'une Caf ne s'appelle « {identifiant} »."})
    return compte
