"""A message to a list: a text part that says everything, an HTML part, and the way out of the list (RFC 8058).

A message whose link to unsubscribe isn't in both parts can't be constructed. Links are https, or of this machine.
"""

import contextlib
import email.utils
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from limpide.courriers.expedition import Message, NonParti, expediteur, identifiant, noter, relais
from limpide.socle.appel import BOUCLE


class SansDesabonnement(ValueError):
    """A message to a list doesn't carry its link to unsubscribe, or the link isn't safe (MC-061)."""


class Interrompu(NonParti):
    """The relay went away in the middle: nobody knows whether the message left."""


@dataclass(frozen=True)
class MessageDeListe(Message):
    """What is sent to one person of a list. `desabonnement`: their link; `liste`: its name, in letters and dots."""

    html: str
    desabonnement: str
    liste: str

    def __post_init__(self) -> None:
        super().__post_init__()
        lien = urlsplit(self.desabonnement)
        if lien.scheme != "https" and lien.hostname not in BOUCLE:
            raise SansDesabonnement("lien de désabonnement : attendu une adresse https")
        for partie, contenu, cherche in (
            ("le texte", self.texte, self.desabonnement),
            ("le HTML", self.html, f'href="{escape(self.desabonnement)}"'),
        ):
            if cherche not in contenu:
                raise SansDesabonnement(f"{partie} ne porte pas le lien de désabonnement")

    @property
    def entetes(self) -> dict[str, str]:
        domaine = expediteur().rpartition("@")[2]
        return {
            "List-Unsubscribe": f"<{self.desabonnement}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<{self.liste}.{domaine}>",
        }


@contextlib.contextmanager
def relais_ouvert() -> Iterator[EmailBackend]:
    """One connection to the relay for several messages. Raises NonParti when it doesn't open."""
    ouvert = relais()
    try:
        ouvert.open()
    except (OSError, smtplib.SMTPException) as panne:
        raise noter("lettre", NonParti(type(panne).__name__)) from None
    try:
        yield ouvert
    finally:
        ouvert.close()


def expedier(relais_pris: EmailBackend, vers: str, message: MessageDeListe, cle: str) -> None:
    """Send to one address. Raises NonParti when it surely isn't gone, Interrompu when that isn't known."""
    envoi = EmailMultiAlternatives(
        message.sujet,
        message.texte,
        expediteur(),
        [vers],
        headers={
            "Message-ID": identifiant(cle), "Date": email.utils.formatdate(), "Auto-Submitted": "auto-generated",
            **message.entetes,
        },
    )  # fmt: skip
    envoi.attach_alternative(message.html, "text/html")
    try:
        relais_pris.send_messages([envoi])
    except smtplib.SMTPRecipientsRefused as refus:
        code = next((code for code, _ in refus.recipients.values()), 0)
        raise noter("lettre", NonParti(f"refus {code}", definitif=code >= 500)) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refus:
        raise noter("lettre", NonParti(f"refus {refus.smtp_code}")) from None
    except (OSError, smtplib.SMTPException) as panne:
        raise noter("lettre", Interrompu(type(panne).__name__)) from None
