"""Verbs of messages: open a thread, write, read by the Caf, take in charge, answer, end. They are written here only.

Each form brings the key of what it creates: sent twice, it is written once.
"""

import datetime as dt
import functools
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from limpide.dossiers.documents import services as documents
from limpide.dossiers.models import Canal, Dossier
from limpide.identite.confidentiel import TexteScelle
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import ObjetMessage
from limpide.identite.suivi_contacts import prevenir

from .models import Conversation, EtatConversation, MessageEcrit, Motif, Sens

MES_MESSAGES, MESSAGES_AGENTS = "mes_messages", "messages_agents"
JOURS_POUR_REPONDRE = 10
"""What the Caf gives itself: ours, no text says it."""
OUVERTES_AU_PLUS = 10
PAR_CONVERSATION = 50
TERMINEE = "Cette conversation est terminée : écrivez un nouveau message."
DEJA = "Ce message n'a pas pu être enregistré. Rechargez la page et recommencez."


@dataclass(frozen=True, repr=False)
class Ecrit:
    """What somebody sends. `cle`: drawn with the form. `redacteur`: who types; `auteur`: their account."""

    cle: uuid.UUID
    texte: str
    auteur: str
    redacteur: int
    quand: dt.datetime
    fichier: documents.FichierRecu | None = None


@transaction.atomic
def ouvrir(dossier: Dossier, motif: str, titre: str, ecrit: Ecrit) -> Conversation:
    """A new thread of this file, with its first message. Raises `ErreurSaisie`; sent again, gives back the first."""
    deja = Conversation.objects.filter(pk=ecrit.cle).first()
    if deja is not None:
        return deja
    if motif not in Motif.values:
        raise ErreurSaisie({"motif": "Choisissez un motif de la liste."})
    if not titre.strip():
        raise ErreurSaisie({"titre": "Écrivez en quelques mots de quoi il s'agit."})
    siennes = Conversation.objects.filter(dossier_id=dossier.pk, etat=EtatConversation.ATTEND)
    if siennes.count() >= OUVERTES_AU_PLUS:
        raise ErreurSaisie({
            "": f"{OUVERTES_AU_PLUS} messages attendent déjà une réponse : écrivez la suite dans l'un d'eux.",
        })  # fmt: skip
    conversation = Conversation(
        id=ecrit.cle, dossier_id=dossier.pk, organisme_id=dossier.organisme_id, personne_id=dossier.allocataire_id,
        motif=motif, ouverte_le=ecrit.quand, dernier_le=ecrit.quand, reponse_avant=_avant(ecrit.quand),
    )  # fmt: skip
    conversation.titre = TexteScelle(titre.strip())
    _inserer(conversation)
    _ajouter(conversation, ecrit)
    return conversation


@transaction.atomic
def ecrire(conversation: Conversation, ecrit: Ecrit) -> Conversation:
    """What the person adds: it is the Caf's turn again. Raises `ErreurSaisie`."""
    prise = _prendre(conversation)
    if MessageEcrit.objects.filter(pk=ecrit.cle, conversation_id=prise.pk).exists():
        return prise
    if MessageEcrit.objects.filter(conversation_id=prise.pk).count() >= PAR_CONVERSATION:
        raise ErreurSaisie({"": f"{PAR_CONVERSATION} messages, c'est le plus : écrivez un nouveau message."})
    _ajouter(prise, ecrit)
    if prise.etat != EtatConversation.ATTEND:
        prise.etat, prise.reponse_avant = EtatConversation.ATTEND, _avant(ecrit.quand)
    prise.dernier_le, prise.lue_le = ecrit.quand, None
    prise.save(update_fields=["etat", "reponse_avant", "dernier_le", "lue_le"])
    return prise


def noter_la_lecture(conversation: Conversation, quand: dt.datetime) -> None:
    """An agent opened it: said to the person, once per turn."""
    if conversation.etat == EtatConversation.ATTEND and conversation.lue_le is None:
        conversation.lue_le = quand
        conversation.save(update_fields=["lue_le"])


@transaction.atomic
def prendre_en_charge(conversation: Conversation, agent: str, quand: dt.datetime) -> Conversation:
    """The agent who answers from now on, whoever had it before: the Caf's queue is common."""
    prise = _prendre(conversation)
    if prise.agent != agent:
        prise.agent, prise.prise_le = agent, quand
        prise.save(update_fields=["agent", "prise_le"])
    return prise


@transaction.atomic
def rendre(conversation: Conversation, agent: str) -> Conversation:
    """Back to the common queue. Raises `ErreurSaisie` for somebody else's."""
    prise = _prendre(conversation)
    if prise.agent != agent:
        raise ErreurSaisie({"": "Vous n'êtes pas chargé de cette conversation."})
    prise.agent, prise.prise_le = "", None
    prise.save(update_fields=["agent", "prise_le"])
    return prise


@transaction.atomic
def repondre(
    conversation: Conversation, cle: uuid.UUID, agent: str, texte: str, quand: dt.datetime, *, terminer: bool = False
) -> Conversation:
    """The Caf's answer. Taken in charge if nobody had; refused when a colleague has it. Raises `ErreurSaisie`."""
    prise = _prendre(conversation, deja=MessageEcrit.objects.filter(pk=cle, conversation_id=conversation.pk).exists())
    if MessageEcrit.objects.filter(pk=cle, conversation_id=prise.pk).exists():
        return prise
    if prise.agent not in ("", agent):
        raise ErreurSaisie({"": "Un collègue s'en charge : prenez la conversation en charge avant de répondre."})
    if not texte.strip():
        raise ErreurSaisie({"texte": "Écrivez votre réponse."})
    message = MessageEcrit(
        id=cle, conversation_id=prise.pk, dossier_id=prise.dossier_id, organisme_id=prise.organisme_id,
        personne_id=prise.personne_id, sens=Sens.CAF, auteur=agent, ecrit_le=quand,
    )  # fmt: skip
    message.texte = TexteScelle(texte.strip())
    _inserer(message)
    if not prise.agent:
        prise.agent, prise.prise_le = agent, quand
    prise.etat = EtatConversation.CLOSE if terminer else EtatConversation.REPONDUE
    prise.reponse_avant, prise.dernier_le = None, quand
    prise.close_le = quand if terminer else None
    prise.save(update_fields=["agent", "prise_le", "etat", "reponse_avant", "dernier_le", "close_le"])
    return prise


@transaction.atomic
def terminer(conversation: Conversation, agent: str, quand: dt.datetime) -> Conversation:
    """End a thread that was answered: nobody's question is closed without a word. Raises `ErreurSaisie`."""
    prise = _prendre(conversation)
    if prise.etat == EtatConversation.ATTEND:
        raise ErreurSaisie({"": "La personne attend une réponse : répondez avant de terminer."})
    prise.etat, prise.close_le = EtatConversation.CLOSE, quand
    prise.save(update_fields=["etat", "close_le"])
    return prise


def ou_en_est(conversation: Conversation) -> str:
    """Where it stands, in one sentence to the person."""
    if conversation.etat == EtatConversation.CLOSE:
        return f"Terminé le {date_format(timezone.localtime(conversation.close_le), 'j F Y')}."
    if conversation.etat == EtatConversation.REPONDUE:
        return "Votre Caf vous a répondu : vous pouvez encore lui écrire ici."
    lu = "Envoyé, pas encore lu"
    if conversation.lue_le is not None:
        lu = f"Lu par un agent de votre Caf le {date_format(timezone.localtime(conversation.lue_le), 'j F Y')}"
    return f"{lu} : elle répond avant le {date_format(conversation.reponse_avant, 'j F Y')} (délai proposé)."


def prevenir_de_la_reponse(conversation: Conversation) -> None:
    """Once committed: the person, and their protector if they wrote."""
    ecrits = MessageEcrit.objects.filter(conversation_id=conversation.pk, redacteur_id__isnull=False)
    qui = {conversation.personne_id, *ecrits.values_list("redacteur_id", flat=True)}
    transaction.on_commit(functools.partial(prevenir, qui, ObjetMessage.REPONSE, "Prévenir d'une réponse de la Caf"))


def _avant(quand: dt.datetime) -> dt.date:
    return timezone.localdate(quand) + dt.timedelta(days=JOURS_POUR_REPONDRE)


def _prendre(conversation: Conversation, *, deja: bool = False) -> Conversation:
    """Locked. Raises `ErreurSaisie` once it is over."""
    prise: Conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if prise.etat == EtatConversation.CLOSE and not deja:
        raise ErreurSaisie({"": TERMINEE})
    return prise


def _ajouter(conversation: Conversation, ecrit: Ecrit) -> None:
    if not ecrit.texte.strip():
        raise ErreurSaisie({"texte": "Écrivez votre message."})
    document = None if ecrit.fichier is None else _joindre(conversation, ecrit, ecrit.fichier)
    message = MessageEcrit(
        id=ecrit.cle, conversation_id=conversation.pk, dossier_id=conversation.dossier_id, document_id=document,
        organisme_id=conversation.organisme_id, personne_id=conversation.personne_id, sens=Sens.PERSONNE,
        redacteur_id=ecrit.redacteur, auteur=ecrit.auteur, ecrit_le=ecrit.quand,
    )  # fmt: skip
    message.texte = TexteScelle(ecrit.texte.strip())
    _inserer(message)


def _joindre(conversation: Conversation, ecrit: Ecrit, fichier: documents.FichierRecu) -> uuid.UUID:
    depot = documents.Depot(Canal.EN_LIGNE, ecrit.auteur, ecrit.quand, ecrit.redacteur)
    garde = documents.deposer(
        documents.JOINT_A_UN_MESSAGE, fichier, depot, personne=conversation.personne_id,
        organisme=conversation.organisme_id, dossier=conversation.dossier,
    )  # fmt: skip
    cle: uuid.UUID = garde.pk
    return cle


def _inserer(ligne: Conversation | MessageEcrit) -> None:
    """A key already used elsewhere, that this person doesn't see, is said without saying whose."""
    try:
        with refus_en_francais(), transaction.atomic():
            ligne.save(force_insert=True)
    except IntegrityError:
        raise ErreurSaisie({"": DEJA}) from None
