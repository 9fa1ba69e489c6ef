"""The simulated mail server (SMTP) and sender of text messages (HTTP): they keep what comes, refuse on demand.

An address whose local part starts with « inconnue », a number that ends in 0000, doesn't exist. One that starts with
« revient » is accepted, then comes back as real servers do: a report of non-delivery (RFC 3464), to be fetched.
"""

import collections
import contextlib
import email
import email.policy
import socket
import threading
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from html import escape
from typing import Any

from aiosmtpd.controller import Controller

from limpide.courriers.expedition import CHEMIN_SMS, PORT_SMTP_SIMULE
from limpide.monde.simulateurs import Incomprise, PartenaireSimule

GARDES = 200
PAGE = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Messages de la démonstration</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:1rem/1.5 sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem}}pre{{white-space:pre-wrap}}
article{{border-top:1px solid #666}}</style></head><body><main><h1>Messages de la démonstration</h1>
<p>Courriels et SMS que le site a envoyés depuis son démarrage. Rien n'est parti ailleurs.</p>
{lignes}</main></body></html>
"""
INCONNUE, REVIENT, MOBILE_INCONNU = "inconnue", "revient", "0000"
REFUS = "550 5.1.1 User unknown"


@dataclass(frozen=True)
class Recu:
    """One message, as its reader sees it."""

    par: str
    vers: str
    sujet: str
    texte: str
    html: str = field(default="", repr=False)
    entetes: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass
class Messagerie:
    """What was received, newest last, and the reports of what came back. In memory only."""

    recus: collections.deque[Recu] = field(default_factory=lambda: collections.deque(maxlen=GARDES), repr=False)
    rapports: list[bytes] = field(default_factory=list, repr=False)
    pannes: collections.deque[str] = field(default_factory=collections.deque)
    verrou: threading.Lock = field(default_factory=threading.Lock)

    def dernier(self, vers: str) -> Recu:
        """The last message received there. Raises LookupError."""
        for recu in reversed(self.recus):
            if recu.vers == vers:
                return recu
        raise LookupError("aucun message reçu à cette adresse")

    async def handle_RCPT(self, serveur: Any, session: Any, enveloppe: Any, adresse: str, options: Any) -> str:  # noqa: N802
        """Aiosmtpd's word for each recipient."""
        if self.pannes:
            return self.pannes.popleft()
        if adresse.startswith(INCONNUE):
            return REFUS
        enveloppe.rcpt_tos.append(adresse)
        return "250 OK"

    async def handle_DATA(self, serveur: Any, session: Any, enveloppe: Any) -> str:  # noqa: N802
        """Aiosmtpd's word for the message itself."""
        lu = email.message_from_bytes(enveloppe.content, policy=email.policy.default)
        texte, html = _partie(lu, "plain"), _partie(lu, "html")
        entetes = {nom: str(valeur) for nom, valeur in lu.items()}
        with self.verrou:
            for vers in enveloppe.rcpt_tos:
                if vers.startswith(REVIENT):
                    self.rapports.append(_rapport(str(lu["Message-ID"]), vers, str(lu["From"])))
                else:
                    self.recus.append(Recu("courriel", vers, str(lu["Subject"]).strip(), texte, html, entetes))
        return "250 Message accepted"

    def recevoir_sms(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one text message."""
        if set(question) != {"cle", "vers", "texte"}:
            raise Incomprise("champs du message")
        if question["vers"].endswith(MOBILE_INCONNU):
            return {"cle": question["cle"], "etat": "refuse", "raison": "numero inconnu"}
        with self.verrou:
            self.recus.append(Recu("sms", question["vers"], "", question["texte"]))
        return {"cle": question["cle"], "etat": "accepte"}

    def partenaire_sms(self) -> PartenaireSimule:
        return PartenaireSimule("sms", {CHEMIN_SMS: self.recevoir_sms})

    def page(self) -> str:
        """What was received, newest first, as the one page that people of a demonstration read."""
        with self.verrou:
            recus = list(reversed(self.recus))
        lignes = "".join(
            f"<article><h2>{escape(r.sujet or 'SMS')}</h2>"
            f"<p>Pour {escape(r.vers)}</p><pre>{escape(r.texte)}</pre></article>"
            for r in recus
        )
        return PAGE.format(lignes=lignes or "<p>Aucun message n'est arrivé.</p>")

    @contextlib.contextmanager
    def smtp_ouvert(self, port: int = PORT_SMTP_SIMULE) -> Iterator[int]:
        """The mail server listens during the block; yields its port. Port 0 takes any free one."""
        port = port or _port_libre()
        serveur = Controller(self, hostname="127.0.0.1", port=port, decode_data=False, enable_SMTPUTF8=True)
        serveur.start()
        try:
            yield port
        finally:
            serveur.stop()


def _partie(lu: Any, genre: str) -> str:
    """The text or HTML part of a message; empty when it has none."""
    corps = lu.get_body((genre,)) if isinstance(lu, EmailMessage) else None
    return str(corps.get_content()) if corps is not None else ""


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def _rapport(identifiant: str, vers: str, retour: str) -> bytes:
    """A report of non-delivery, as RFC 3464 writes it."""
    return RAPPORT.format(cle=uuid.uuid4(), identifiant=identifiant, vers=vers, retour=retour).encode()


RAPPORT = """\
From: MAILER-DAEMON@limpide.test
To: {retour}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{cle}@relais.limpide.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{cle}"

--{cle}
Content-Type: text/plain; charset=us-ascii

The mail system could not deliver your message.

--{cle}
Content-Type: message/delivery-status

Reporting-MTA: dns; limpide.test

Final-Recipient: rfc822; {vers}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--{cle}
Content-Type: text/rfc822-headers

Message-ID: {identifiant}
To: {vers}

--{cle}--
"""
