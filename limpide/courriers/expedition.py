"""Sending: an e-mail over SMTP, a text message over HTTP. Nothing of them is logged nor kept here.

LIMPIDE_SMTP_URL            `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`; plain on this machine only.
LIMPIDE_EXPEDITEUR          the address that messages come from, and that rejections come back to.
LIMPIDE_SMS_URL, _JETON     where the sender of text messages answers, and our token.
In a demonstration, both are simulated on this machine.
"""

import email.utils
import os
import smtplib
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import structlog
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from limpide.socle import dossier_donnees
from limpide.socle.appel import BOUCLE, DemandeRefusee, PartenaireInjoignable, partenaire, poster

PORT_SMTP_SIMULE = 8791
"""Where the demonstration's mail server listens, when no address is given."""
DELAI = 10
DOSSIER, MISSION = "dossier", "mission"
CATEGORIES = {
    DOSSIER: "Ce qui touche au dossier de la personne",
    MISSION: "Une information liée à la mission d'intérêt public des Caf",
}
"""What a person accepts to receive by confirming an address (MC-058). Anything else is refused, and no third exists."""
CHEMIN_SMS = "/v1/messages"
LONGUEUR_SMS = 306
"""Two joined text messages: beyond, it is a letter."""
_trace = structlog.get_logger("limpide.appels")


class CategorieRefusee(ValueError):
    """The message is neither about the file nor about a public-interest mission."""


class NonParti(RuntimeError):
    """The message isn't gone. `definitif`: the address itself is refused; else another try may succeed."""

    def __init__(self, nature: str, *, definitif: bool = False) -> None:
        super().__init__(f"Le message n'est pas parti ({nature}).")
        self.nature = nature
        self.definitif = definitif


@dataclass(frozen=True)
class Message:
    """What is sent. `sujet` is the same for everybody: no name, no number, no amount."""

    categorie: str
    sujet: str
    texte: str

    def __post_init__(self) -> None:
        if self.categorie not in CATEGORIES:
            raise CategorieRefusee(
                f"catégorie « {self.categorie} » : un message touche au dossier ou à une mission d'intérêt public "
                f"({', '.join(CATEGORIES)})"
            )


def expediteur() -> str:
    return os.environ.get("LIMPIDE_EXPEDITEUR", "ne-pas-repondre@limpide.test")


def identifiant(cle: str) -> str:
    """The Message-ID of this key: a rejection quotes it."""
    return f"<{cle}@{expediteur().rpartition('@')[2]}>"


def courriel(vers: str, message: Message, cle: str) -> None:
    """Send an e-mail in plain text. Raises NonParti."""
    envoi = EmailMessage(
        message.sujet,
        message.texte,
        expediteur(),
        [vers],
        headers={
            "Message-ID": identifiant(cle), "Date": email.utils.formatdate(), "Auto-Submitted": "auto-generated",
        },
    )  # fmt: skip
    try:
        relais().send_messages([envoi])
    except smtplib.SMTPRecipientsRefused as refus:
        code = next((code for code, _ in refus.recipients.values()), 0)
        raise noter("courriel", NonParti(f"refus {code}", definitif=code >= 500)) from None
    except (OSError, smtplib.SMTPException) as panne:
        raise noter("courriel", NonParti(type(panne).__name__)) from None
    _trace.info("envoi", etape="courriel", erreur="parti")


def sms(vers: str, message: Message, cle: str) -> None:
    """Send a text message. Raises NonParti."""
    if len(message.texte) > LONGUEUR_SMS:
        raise ValueError(f"un SMS a {LONGUEUR_SMS} caractères au plus")
    try:
        reponse = poster(partenaire("sms"), CHEMIN_SMS, {"cle": cle, "vers": vers, "texte": message.texte}, cle)
    except PartenaireInjoignable as panne:
        raise NonParti(panne.nature) from None
    except DemandeRefusee as refus:
        raise NonParti(f"refus {refus.code}") from None
    if reponse.get("etat") != "accepte":
        raise NonParti(str(reponse.get("raison") or "sans raison")[:60], definitif=True)


def relais() -> EmailBackend:
    """The relay that the address names, not open yet. Raises NonParti."""
    adresse = os.environ.get("LIMPIDE_SMTP_URL", "")
    if not adresse and dossier_donnees.demonstration():
        adresse = f"smtp://127.0.0.1:{PORT_SMTP_SIMULE}"
    lue = urlsplit(adresse)
    ici = lue.hostname in BOUCLE
    if lue.scheme not in {"smtp", "smtps"} or not lue.hostname:
        raise noter("courriel", NonParti("adresse"))
    return EmailBackend(
        host=lue.hostname,
        port=lue.port or (465 if lue.scheme == "smtps" else 587),
        username=unquote(lue.username or ""),
        password=unquote(lue.password or ""),
        use_ssl=lue.scheme == "smtps",
        use_tls=lue.scheme == "smtp" and not ici,
        timeout=DELAI,
    )


def noter(etape: str, fin: NonParti) -> NonParti:
    """Said to the log, without whose message it was."""
    _trace.warning("envoi", etape=etape, erreur=fin.nature)
    return fin
