"""What happens to messages afterwards: those that come back, those that still wait, the yearly question (MC-057)."""

import dataclasses
import datetime as dt
import email
import email.policy
import re
import uuid
from collections.abc import Iterable, Iterator
from email.message import EmailMessage, Message
from pathlib import Path

from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from limpide.courriers.expedition import DOSSIER, identifiant
from limpide.registre.contexte import SYSTEME, traitement

from .contacts import A_REVOIR_APRES, Envoi, expedier, preparer_un_avis, rejeter
from .models import MessageContact, ObjetMessage, PointDeContact

SUIVI = "suivi_coordonnees"
MOTIF = "Suivi des messages envoyés"
LOT = 200
ENCORE_UTILE = dt.timedelta(days=7)
"""A notice that could not leave for a week isn't one any more."""
RAPPEL_UTILE = dt.timedelta(days=1)
"""Nor is a reminder that says « aujourd'hui ou demain », after a day."""
TAILLE_MAX = 1_000_000
AVIS = tuple(objet for objet in ObjetMessage if objet not in (ObjetMessage.CODE, ObjetMessage.LETTRE))
"""Every message but a code, which is worth nothing later, and a letter of information, which leaves by its own run."""
_CLE = re.compile(r"<([0-9a-f-]{36})@[^>]*>")


def prevenir(personnes: set[int], objet: ObjetMessage, motif: str) -> None:
    """Tell each, at their own confirmed address, that something is to read in Mon Compte. Never what.

    Outside any processing: what could not leave waits for the day's work.
    """
    prevenir_chacun([(qui, objet) for qui in sorted(personnes)], motif)


def prevenir_chacun(objets: Iterable[tuple[int, ObjetMessage]], motif: str) -> None:
    """As `prevenir`, each with their own message."""
    with traitement(SUIVI, acteur=SYSTEME, motif=motif):
        envois = [envoi for qui, objet in objets if (envoi := preparer_un_avis(qui, objet)) is not None]
    for envoi in envois:
        expedier(envoi, SUIVI, SYSTEME)


@dataclasses.dataclass
class Bilan:
    """What a run did. `arrete`: the relay stopped taking messages, the rest waits."""

    a_rappeler: int = 0
    partis: int = 0
    revenus: int = 0
    arrete: bool = False


@dataclasses.dataclass
class Rejets:
    """What the reports of a folder said. `illisibles`: (file name, why)."""

    points: int = 0
    connus: int = 0
    illisibles: list[tuple[str, str]] = dataclasses.field(default_factory=list)


def envoyer(*, executer: bool) -> Bilan:
    """Ask those who confirmed more than a year ago, and send what waits. Killed anywhere, the next run goes on."""
    bilan = Bilan()
    with traitement(SUIVI, acteur=SYSTEME, motif=MOTIF):
        dus = list(_dus())
        bilan.a_rappeler = len(dus)
        if executer:
            MessageContact.objects.bulk_create(
                MessageContact(
                    contact_id=p.pk, personne_id=p.personne_id, objet=ObjetMessage.A_REVOIR, categorie=DOSSIER
                )
                for p in dus
            )
    apres = uuid.UUID(int=0)
    while executer and not bilan.arrete:
        with traitement(SUIVI, acteur=SYSTEME, motif=MOTIF):
            lot = list(_en_attente(apres))
        if not lot:
            break
        for envoi in lot:
            _un_envoi(envoi, bilan)
            if bilan.arrete:
                break
        apres = lot[-1].cle
    return bilan


def _dus() -> Iterator[PointDeContact]:
    """Points confirmed, or said still good, more than a year ago, and not asked about since."""
    limite = timezone.now() - A_REVOIR_APRES
    demandes = Max("messages__prepare_le", filter=Q(messages__objet=ObjetMessage.A_REVOIR))
    points = PointDeContact.objects.filter(confirme_le__lt=limite, retire_le=None, rejete_le=None)
    vus = points.annotate(vu=Greatest("confirme_le", Coalesce("revu_le", "confirme_le")), demande=demandes)
    yield from vus.filter(Q(demande=None) | Q(demande__lt=limite), vu__lt=limite).order_by("pk")


def _en_attente(apres: uuid.UUID) -> Iterator[Envoi]:
    attendent = MessageContact.objects.filter(
        pk__gt=apres, parti_le=None, objet__in=AVIS,
        prepare_le__gt=timezone.now() - ENCORE_UTILE, contact__rejete_le=None,
    )  # fmt: skip
    utiles = attendent.filter(Q(objet=ObjetMessage.REMPLACE) | Q(contact__retire_le=None)).exclude(
        objet=ObjetMessage.RAPPEL, prepare_le__lte=timezone.now() - RAPPEL_UTILE
    )
    for trace in utiles.select_related("contact").order_by("pk")[:LOT]:
        yield Envoi(trace.pk, trace.contact.genre, trace.contact.valeur, trace.objet)


def _un_envoi(envoi: Envoi, bilan: Bilan) -> None:
    if expedier(envoi, SUIVI, SYSTEME):
        bilan.partis += 1
        return
    with traitement(SUIVI, acteur=SYSTEME, motif=MOTIF):
        revenu = PointDeContact.objects.filter(messages=envoi.cle, rejete_le__isnull=False).exists()
    bilan.revenus += revenu
    bilan.arrete = not revenu


def lire_rejets(dossier: Path) -> Rejets:
    """Mark the addresses that the reports of this folder (RFC 3464, one file each) say are dead.

    Files stay where they are: read twice, a report has one effect.
    """
    bilan = Rejets()
    for fichier in sorted(f for f in dossier.iterdir() if f.is_file()):
        try:
            cle = cle_du_rejet(fichier.read_bytes()[: TAILLE_MAX + 1])
        except (ValueError, OSError) as erreur:
            bilan.illisibles.append((fichier.name, str(erreur)))
            continue
        with traitement(SUIVI, acteur=SYSTEME, motif=MOTIF):
            trace = MessageContact.objects.filter(pk=cle).first()
            marque = trace is not None and rejeter(trace.contact_id, "message revenu")
        bilan.points += marque
        bilan.connus += not marque
    return bilan


def cle_du_rejet(contenu: bytes) -> uuid.UUID:
    """The key of the message that this report says could not be delivered. Raises ValueError, saying what lacks."""
    if len(contenu) > TAILLE_MAX:
        raise ValueError("plus d'un mégaoctet : ce n'est pas un rapport de non-remise")
    rapport = email.message_from_bytes(contenu, policy=email.policy.default)
    parties: dict[str, Message] = {p.get_content_type(): p for p in rapport.walk()}
    etat = parties.get("message/delivery-status")
    if rapport.get_content_type() != "multipart/report" or etat is None:
        raise ValueError("attendu : un rapport de non-remise (multipart/report, message/delivery-status)")
    if not _definitif(etat):
        raise ValueError("ce rapport n'annonce pas un échec définitif (Action: failed, Status: 5.x.x)")
    origine = parties.get("text/rfc822-headers") or parties.get("message/rfc822")
    domaine = identifiant("").rpartition("@")[2].rstrip(">")
    trouvee = _CLE.search(_texte(origine)) if origine is not None else None
    if trouvee is None or not trouvee.group().endswith(f"@{domaine}>"):
        raise ValueError("le message d'origine n'est pas l'un des nôtres (Message-ID)")
    return uuid.UUID(trouvee.group(1))


def _texte(partie: Message) -> str:
    contenu = partie.get_payload()
    return "".join(str(p) for p in contenu) if isinstance(contenu, list) else str(contenu)


def _definitif(etat: Message) -> bool:
    """Whether one of the recipients is refused for good."""
    blocs = etat.get_payload()
    for bloc in blocs if isinstance(blocs, list) else []:
        if isinstance(bloc, EmailMessage | Message) and str(bloc.get("Action", "")).strip().lower() == "failed":
            return str(bloc.get("Status", "5")).strip().startswith("5")
    return False
