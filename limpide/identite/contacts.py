"""Points of contact: given, confirmed by a code, kept fresh, replaced (MC-053 to MC-059).

A message is recorded first; it leaves once the caller's transaction is over, and how it ended is recorded after. The
code lives in memory only, in the message and as a keyed digest in the row. What somebody types never tells whether it
is already used: only who received the code, at its confirmation, learns that the address serves another account.
"""

import datetime as dt
import hmac
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from limpide.courriers.expedition import DOSSIER, NonParti, courriel, sms
from limpide.registre.contexte import Acteur, traitement

from . import chiffrement
from .erreurs import ErreurSaisie, refus_en_francais
from .joignable import Injoignable, Joignable, lire_courriel, lire_mobile
from .messages_contact import message
from .models import GenreContact, MessageContact, ObjetMessage, PointDeContact

MES_COORDONNEES = "mes_coordonnees"
CODE_VALABLE = dt.timedelta(minutes=15)
CODES_FAUX = 5
CODES_PAR_HEURE = 5
A_REVOIR_APRES = dt.timedelta(days=365)
CHAMPS = {"contact_a_un_seul_compte": "code"}
TROP = "Cinq codes sont déjà partis en une heure. Attendez une heure avant d'en demander un autre."
CODE_FAUX = "Ce n'est pas le code envoyé. Vérifiez le dernier message reçu."
CODE_PERIME = "Ce code n'est plus valable. Demandez-en un autre."


@dataclass(frozen=True, repr=False)
class Envoi:
    """A message recorded and not sent yet, with what its text needs. Lives in memory, for one request."""

    cle: uuid.UUID
    genre: str
    vers: Joignable
    objet: str
    code: str = ""


def lire(genre: str, saisie: str) -> Joignable:
    """What was typed, normalised. Raises ErreurSaisie on field `valeur`."""
    try:
        return lire_courriel(saisie) if genre == GenreContact.COURRIEL else lire_mobile(saisie)
    except Injoignable as refus:
        raise ErreurSaisie({"valeur": str(refus)}) from None


def empreinte(genre: str, valeur: Joignable) -> bytes:
    return chiffrement.empreinte(valeur.cle, f"contact-{genre}")


def les_miens(personne: int) -> list[PointDeContact]:
    """Points in use or waiting for their code, e-mail first."""
    return list(PointDeContact.objects.filter(personne_id=personne, retire_le=None).order_by("genre", "donne_le"))


def en_usage(personnes: Iterable[int]) -> list[PointDeContact]:
    """Confirmed points of these persons."""
    confirmes = PointDeContact.objects.filter(
        personne_id__in=list(personnes), retire_le=None, confirme_le__isnull=False
    )
    return list(confirmes.order_by("personne_id", "genre"))


def a_un_contact(personne: int) -> bool:
    """Whether this person confirmed one of the two, as the space requires (MC-053)."""
    return bool(PointDeContact.objects.filter(personne_id=personne, retire_le=None, confirme_le__isnull=False).exists())


def a_revoir(point: PointDeContact) -> bool:
    """Whether the person must say if it is still good: a message came back, a year passed (MC-057), or silence."""
    if point.confirme_le is None:
        return False
    return (
        point.rejete_le is not None
        or point.a_verifier_le is not None
        or timezone.now() - max(point.confirme_le, point.revu_le or point.confirme_le) > (A_REVOIR_APRES)
    )


@transaction.atomic
def donner(personne: int, genre: str, saisie: str) -> Envoi:
    """A new address or number: recorded as to confirm, its code ready to leave. Raises ErreurSaisie."""
    valeur = lire(genre, saisie)
    marque = empreinte(genre, valeur)
    for point in les_miens(personne):
        deja = point.genre == genre and point.confirme_le is not None and bytes(point.empreinte) == marque
        if deja and point.rejete_le is None:
            raise ErreurSaisie({"valeur": "C'est déjà la vôtre : elle est confirmée."})
    _compter(personne)
    maintenant = timezone.now()
    PointDeContact.objects.filter(personne_id=personne, genre=genre, confirme_le=None, retire_le=None).update(
        retire_le=maintenant, code=None, code_jusqu_au=None
    )
    point = PointDeContact(personne_id=personne, genre=genre, empreinte=marque)
    point.valeur = valeur
    return _avec_un_code(point)


@transaction.atomic
def renvoyer(point: PointDeContact) -> Envoi:
    """Another code for a point that waits for it. Raises ErreurSaisie."""
    if point.confirme_le is not None or point.retire_le is not None:
        raise ErreurSaisie({"code": "Cette coordonnée n'attend plus de code."})
    _compter(point.personne_id, champ="code")
    return _avec_un_code(point)


def _compter(personne: int, champ: str = "valeur") -> None:
    """Codes are few: nobody's mailbox is flooded from an account. Raises ErreurSaisie."""
    recents = MessageContact.objects.filter(
        personne_id=personne, objet=ObjetMessage.CODE, prepare_le__gt=timezone.now() - dt.timedelta(hours=1)
    )
    if recents.count() >= CODES_PAR_HEURE:
        raise ErreurSaisie({champ: TROP})


def _avec_un_code(point: PointDeContact) -> Envoi:
    code = f"{secrets.randbelow(1_000_000):06d}"
    point.code, point.code_jusqu_au = _marque_du_code(point, code), timezone.now() + CODE_VALABLE
    point.code_essais = 0
    if point._state.adding:  # noqa: SLF001 -- Django's documented way to tell
        point.save(force_insert=True)
    else:
        point.save(update_fields=["code", "code_jusqu_au", "code_essais"])
    return _preparer(point, ObjetMessage.CODE, code)


def _marque_du_code(point: PointDeContact, code: str) -> bytes:
    return chiffrement.empreinte(f"{point.pk} {code}", "code-contact")


def _preparer(point: PointDeContact, objet: str, code: str = "") -> Envoi:
    trace = MessageContact.objects.create(
        contact_id=point.pk, personne_id=point.personne_id, objet=objet, categorie=DOSSIER
    )
    return Envoi(trace.pk, point.genre, point.valeur, objet, code)


def preparer_un_avis(personne: int, objet: str) -> Envoi | None:
    """A notice to this person's own address, else to their own mobile; None if neither is confirmed and alive."""
    point = next((p for p in en_usage([personne]) if p.rejete_le is None), None)
    return None if point is None else _preparer(point, objet)


def confirmer(point: PointDeContact, code: str) -> list[Envoi]:
    """The code that was received: the point counts from now on, and replaces the one before, which is told so.

    Raises ErreurSaisie. A wrong code is counted, whatever becomes of the rest.
    """
    if point.confirme_le is not None or point.retire_le is not None:
        raise ErreurSaisie({"code": "Cette coordonnée n'attend plus de code."})
    if point.code is None or point.code_jusqu_au is None or point.code_jusqu_au < timezone.now():
        raise ErreurSaisie({"code": CODE_PERIME})
    if not hmac.compare_digest(bytes(point.code), _marque_du_code(point, code)):
        _manquer(point)
        raise ErreurSaisie({"code": CODE_PERIME if point.code is None else CODE_FAUX})
    with refus_en_francais(CHAMPS), transaction.atomic():
        maintenant = timezone.now()
        anciens = [p for p in en_usage([point.personne_id]) if p.genre == point.genre]
        PointDeContact.objects.filter(pk__in=[p.pk for p in anciens]).update(retire_le=maintenant)
        point.confirme_le, point.code, point.code_jusqu_au = maintenant, None, None
        point.save(update_fields=["confirme_le", "code", "code_jusqu_au"])
        return [_preparer(ancien, ObjetMessage.REMPLACE) for ancien in anciens if ancien.rejete_le is None]


def _manquer(point: PointDeContact) -> None:
    point.code_essais += 1
    if point.code_essais >= CODES_FAUX:
        point.code, point.code_jusqu_au = None, None  # guessed at: another code is needed
    point.save(update_fields=["code", "code_jusqu_au", "code_essais"])


def dire_toujours_bonne(point: PointDeContact) -> None:
    """The person says that a confirmed point is still theirs. After a rejection only a new code says so."""
    if point.confirme_le is None or point.retire_le is not None or point.rejete_le is not None:
        raise ErreurSaisie({"valeur": "Cette coordonnée se confirme par un code."})
    point.revu_le, point.a_verifier_le = timezone.now(), None
    point.save(update_fields=["revu_le", "a_verifier_le"])


@transaction.atomic
def retirer(point: PointDeContact) -> list[Envoi]:
    """Remove a point; the last confirmed one can't go (MC-053). Raises ErreurSaisie."""
    if point.retire_le is not None:
        return []
    confirmes = en_usage([point.personne_id])
    if point.confirme_le is not None and len(confirmes) == 1:
        raise ErreurSaisie({
            "valeur": "C'est votre seule coordonnée confirmée : Mon Compte en demande une. Donnez l'autre d'abord.",
        })  # fmt: skip
    point.retire_le, point.code, point.code_jusqu_au = timezone.now(), None, None
    point.save(update_fields=["retire_le", "code", "code_jusqu_au"])
    prevenir = point.confirme_le is not None and point.rejete_le is None
    return [_preparer(point, ObjetMessage.REMPLACE)] if prevenir else []


def expedier(envoi: Envoi, cle_du_traitement: str, acteur: Acteur, personne: int | None = None) -> bool:
    """Send a recorded message and note how it ended; outside any transaction. False when it isn't gone."""
    contenu = message(envoi.objet, envoi.genre, envoi.code)
    partir = courriel if envoi.genre == GenreContact.COURRIEL else sms
    try:
        partir(envoi.vers.en_clair(), contenu, str(envoi.cle))
    except NonParti as panne:
        definitif, nature = panne.definitif, panne.nature
    else:
        definitif, nature = False, ""
    with traitement(cle_du_traitement, acteur=acteur, motif="Noter la fin d'un envoi", personne=personne):
        trace = MessageContact.objects.get(pk=envoi.cle)
        trace.parti_le, trace.echec = (None, nature) if nature else (timezone.now(), "")
        trace.save(update_fields=["parti_le", "echec"])
        if definitif:
            rejeter(trace.contact_id, nature)
    return not nature


def rejeter(point: uuid.UUID, raison: str) -> bool:
    """A message to this point came back for good: it is to be looked at. False when it was already known, or gone."""
    vivants = PointDeContact.objects.filter(pk=point, retire_le=None, rejete_le=None)
    return bool(vivants.update(rejete_le=timezone.now(), rejet=raison[:120] or "sans raison"))


def rejetes() -> list[PointDeContact]:
    """Confirmed points whose messages came back, of the persons that this processing may see; oldest first."""
    revenus = PointDeContact.objects.filter(confirme_le__isnull=False, retire_le=None, rejete_le__isnull=False)
    return list(revenus.order_by("rejete_le", "pk"))
