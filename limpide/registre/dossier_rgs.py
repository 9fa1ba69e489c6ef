"""The evidence file for who decides an accreditation: what this software can show, and nothing it can't claim."""

import dataclasses
import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from limpide.registre.collecte import registre
from limpide.registre.homologations import Etat
from limpide.registre.nomenclature import nomenclature
from limpide.registre.teleservice import adresses_de, empreinte

RAPPORTS = (Path("build") / "tests.xml", Path("build") / "preuves.json")
"""What the last runs of the tests and of the proofs left: `make test`, `make preuves`."""

NOTICE = """\
Dossier de preuves des services en ligne, produit par Limpide le {le}.

CE DOSSIER N'EST PAS UNE DÉCISION D'HOMOLOGATION ET NE DIT PAS QUE LE LOGICIEL EST CONFORME AU RGS.
L'autorité d'homologation décide, après sa propre analyse de risques, sur le système entier : locaux, réseau, personnes
et hébergement compris. Ce qui suit ne montre que ce que le logiciel sait de lui-même.

registre.json         chaque traitement déclaré ; c'est aussi ce que la base de données applique
teleservices.json     chaque service en ligne : adresses, traitements ouverts, état de son homologation
nomenclature.cdx.json les composants installés et leurs versions (CycloneDX 1.6)
echanges.json         les échanges avec l'extérieur et ce qui prouve leur intégrité
rapports/             les derniers résultats des tests{rapports}
SHA256SUMS            l'empreinte de chaque fichier (vérifier : sha256sum -c SHA256SUMS)
"""

ECHANGES = (
    {
        "echange": "Fichiers de virements SEPA (pain.001) vers la banque de la caisse",
        "integrite": "SHA-256 du fichier enregistré à son émission ; total et nombre relus dans le grand livre",
        "unicite": "identifiant de message unique : une seconde émission est refusée par la base",
        "horodatage": "date de l'horloge de la base, jamais celle du programme",
        "tracabilite": "traitement « paiement_prestations » au journal",
        "tests": ["tests/paiements/test_virements.py", "tests/paiements/test_sepa.py", "tests/pannes/test_kill.py"],
    },
    {
        "echange": "Pages du site avec le navigateur des usagers et des agents",
        "integrite": "HTTPS exigé en production (LIMPIDE_HTTPS), politique de sécurité de contenu sans script en ligne",
        "authentification": "mot de passe (Argon2) ; second facteur pour les agents et la déléguée",
        "horodatage": "journal daté par l'horloge de la base",
        "tracabilite": "une ligne de journal par personne lue",
        "tests": ["tests/usagers/test_connexion.py", "tests/usagers/test_matrice.py", "tests/registre/test_journal.py"],
    },
)
"""Exchanges that exist today; each names the tests that show what it says."""


def ecrire(sortie: Path, etats: Sequence[Etat], le: dt.datetime) -> Path:
    """Write the archive in the folder `sortie`; returns its path. Nothing is left half-written."""
    sortie.mkdir(parents=True, exist_ok=True)
    fichiers = _fichiers(etats, le)
    sommes = "".join(f"{hashlib.sha256(c).hexdigest()}  {nom}\n" for nom, c in sorted(fichiers.items()))
    archive = sortie / f"preuves-rgs-{le:%Y-%m-%d}.zip"
    brouillon = archive.with_suffix(".zip.part")
    with zipfile.ZipFile(brouillon, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nom, contenu in [*sorted(fichiers.items()), ("SHA256SUMS", sommes.encode())]:
            zip_.writestr(zipfile.ZipInfo(nom, le.timetuple()[:6]), contenu)
    return brouillon.replace(archive)


def _fichiers(etats: Sequence[Etat], le: dt.datetime) -> dict[str, bytes]:
    rapports = {f"rapports/{r.name}": r.read_bytes() for r in RAPPORTS if r.exists()}
    absents = [r.name for r in RAPPORTS if not r.exists()]
    dit = "" if not absents else f" (absents : {', '.join(absents)} ; lancer « make test » puis « make preuves »)"
    return {
        "LISEZMOI.txt": NOTICE.format(le=f"{le:%d/%m/%Y à %H:%M}", rapports=dit).encode(),
        "registre.json": _json([_traitement(t) for t in registre().traitements.values()]),
        "teleservices.json": _json([_service(e) for e in etats]),
        "nomenclature.cdx.json": _json(nomenclature(le)),
        "echanges.json": _json(ECHANGES),
        **rapports,
    }


def _traitement(declare: Any) -> dict[str, Any]:
    return dataclasses.asdict(declare) | {"empreinte": declare.empreinte}


def _service(e: Etat) -> dict[str, Any]:
    h = e.homologation
    return {
        "cle": e.service.cle, "nom": e.service.nom, "objet": e.service.objet, "etat": e.etat, "ouvert": e.ouvert,
        "a_reexaminer": e.a_reexaminer, "empreinte": empreinte(e.service.cle), "adresses": adresses_de(e.service),
        "homologation": None if h is None else {
            "numero": h.pk, "genre": h.genre, "fictive": h.fictive, "autorite": h.autorite, "decidee_le": h.decidee_le,
            "du": e.debut, "au": e.fin, "perimetre": h.perimetre, "risques": h.risques, "empreinte": h.empreinte,
            "document_sha256": h.document_empreinte,
        },
    }  # fmt: skip


def _json(contenu: Any) -> bytes:
    return json.dumps(contenu, ensure_ascii=False, indent=1, default=str).encode() + b"\n"
