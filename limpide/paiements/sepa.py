"""The credit-transfer file: ISO 20022 pain.001.001.09, built byte for byte from the data alone, checked by its XSD.

Pure functions. `sepaxml` writes the present time and random identifiers, so it cannot give the same file twice: only
the schemas it ships are used.
"""

import dataclasses
import datetime
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import sepaxml
from lxml import etree

SCHEMA = "pain.001.001.09"
ESPACE = f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"
LONGUEUR_NOM = 70
LONGUEUR_LIBELLE = 140
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "’": "'"})
_HORS_SEPA = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


class FichierInvalide(ValueError):
    """The file does not follow its schema; the message (French) gives the line and the reason, no person's data."""


@dataclasses.dataclass(frozen=True, slots=True)
class Emetteur:
    """The Caf that pays."""

    nom: str
    iban: str
    bic: str


@dataclasses.dataclass(frozen=True, slots=True)
class Virement:
    """One transfer, in cents."""

    reference: str
    montant_centimes: int
    titulaire: str
    iban: str
    libelle: str


def latin(texte: str, longueur: int) -> str:
    """The characters every SEPA bank accepts: accents removed, anything else a space; never empty."""
    sans_accent = unicodedata.normalize("NFKD", texte.translate(_LIGATURES))
    ascii_ = sans_accent.encode("ascii", "ignore").decode()
    propre = " ".join(_HORS_SEPA.sub(" ", ascii_).split())
    return propre[:longueur].strip() or "NON COMMUNIQUE"


def euros(centimes: int) -> str:
    """1234567 → "12345.67"."""
    return f"{centimes // 100}.{centimes % 100:02d}"


def construire(
    msg_id: str,
    cree_le: datetime.datetime,
    execution: datetime.date,
    emetteur: Emetteur,
    virements: Sequence[Virement],
) -> bytes:
    """The whole file. Transfers are written in the order of their references. Raises `FichierInvalide`."""
    racine = etree.Element("Document", nsmap={None: ESPACE})
    message = etree.SubElement(racine, "CstmrCdtTrfInitn")
    total = euros(sum(v.montant_centimes for v in virements))
    entete = etree.SubElement(message, "GrpHdr")
    _texte(entete, "MsgId", msg_id)
    _texte(entete, "CreDtTm", cree_le.isoformat(timespec="seconds"))
    _texte(entete, "NbOfTxs", str(len(virements)))
    _texte(entete, "CtrlSum", total)
    _texte(entete, "InitgPty/Nm", latin(emetteur.nom, LONGUEUR_NOM))
    lot = etree.SubElement(message, "PmtInf")
    _texte(lot, "PmtInfId", msg_id)
    _texte(lot, "PmtMtd", "TRF")
    _texte(lot, "BtchBookg", "true")
    _texte(lot, "NbOfTxs", str(len(virements)))
    _texte(lot, "CtrlSum", total)
    _texte(lot, "PmtTpInf/SvcLvl/Cd", "SEPA")
    _texte(lot, "ReqdExctnDt/Dt", execution.isoformat())
    _texte(lot, "Dbtr/Nm", latin(emetteur.nom, LONGUEUR_NOM))
    _texte(lot, "DbtrAcct/Id/IBAN", emetteur.iban)
    if emetteur.bic:
        _texte(lot, "DbtrAgt/FinInstnId/BICFI", emetteur.bic)
    else:
        _texte(lot, "DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")
    _texte(lot, "ChrgBr", "SLEV")
    for virement in sorted(virements, key=lambda v: v.reference):
        _ajouter(lot, virement)
    octets: bytes = etree.tostring(_dans_l_espace(racine), xml_declaration=True, encoding="UTF-8", pretty_print=True)
    valider(octets)
    return octets


def _ajouter(lot: etree._Element, virement: Virement) -> None:
    noeud = etree.SubElement(lot, "CdtTrfTxInf")
    _texte(noeud, "PmtId/EndToEndId", virement.reference)
    montant = _texte(noeud, "Amt/InstdAmt", euros(virement.montant_centimes))
    montant.set("Ccy", "EUR")
    _texte(noeud, "Cdtr/Nm", latin(virement.titulaire, LONGUEUR_NOM))
    _texte(noeud, "CdtrAcct/Id/IBAN", virement.iban)
    _texte(noeud, "RmtInf/Ustrd", latin(virement.libelle, LONGUEUR_LIBELLE))


def _texte(parent: etree._Element, chemin: str, texte: str) -> etree._Element:
    for nom in chemin.split("/"):
        parent = etree.SubElement(parent, nom)
    parent.text = texte
    return parent


def _dans_l_espace(racine: etree._Element) -> etree._Element:
    for noeud in racine.iter():
        noeud.tag = f"{{{ESPACE}}}{noeud.tag}"
    return racine


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    chemin = Path(sepaxml.__file__).parent / "schemas" / f"{SCHEMA}.xsd"
    return etree.XMLSchema(etree.parse(chemin))


def analyser(octets: bytes) -> etree._Element:
    """Parse a file without network, entities or huge trees."""
    lecteur = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(octets, lecteur)


def valider(octets: bytes) -> None:
    """Raises `FichierInvalide` if the bytes do not follow the schema."""
    schema = _schema()
    if not schema.validate(analyser(octets)):
        erreur = schema.error_log[0]
        # The message of lxml may quote a value: only the place and the kind of fault are told.
        raise FichierInvalide(f"Fichier de virements refusé par {SCHEMA} : ligne {erreur.line}, {erreur.type_name}.")


def totaux(octets: bytes) -> tuple[int, int]:
    """(number of transfers, sum in cents) recomputed from the transfers of a file, not from its header."""
    montants = [n.text or "" for n in analyser(octets).iter(f"{{{ESPACE}}}InstdAmt")]
    return len(montants), sum(round(float(m) * 100) for m in montants)
