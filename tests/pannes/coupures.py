"""A month run in a process of its own, which may be killed; and what that month left behind."""

import contextlib
import hashlib
import os
import signal
import time
import traceback

from django.db import connections

from limpide.dossiers.liquidation import liquider_mois
from limpide.paiements.fichiers import dossier_des_virements
from limpide.paiements.virements import emettre_virements
from limpide.socle import base_de_donnees
from tests.banc.base import connexion_superutilisateur
from tests.banc.mois import TABLES_DU_MOIS

MOIS = "2026-11"

LIVRES = {
    "droits": "SELECT dossier_id, mois, droit, rang, montant_centimes, crds_centimes, motif FROM dossiers_lignedroit",
    "comptes": """SELECT e.cle ~ 'liquidation', l.compte, l.dossier_id, l.droit, l.mois, l.montant_centimes
                    FROM paiements_ligneecriture l JOIN paiements_ecriture e ON e.id = l.ecriture_id""",
    "ordres": "SELECT dossier_id, mois, nature, montant_centimes FROM paiements_ordrepaiement",
    "decisions": "SELECT dossier_id, effets, automatisation, mention_id, recours_id FROM dossiers_decision",
    "fichiers": "SELECT msg_id, nombre, total_centimes, sha256, etat FROM paiements_fichiervirement",
}


def un_mois() -> None:
    """Liquidate and pay the month, all Caf."""
    base_de_donnees.assurer()
    # PostgreSQL may still be ending the transaction of a run just killed: its Caf is busy until then.
    while liquider_mois(MOIS).occupees:
        time.sleep(0.05)
    while emettre_virements(MOIS).occupees:
        time.sleep(0.05)


def lancer(quoi=un_mois) -> int:
    """Start it in a child process; returns its number. The child shares no connection with us."""
    connections.close_all()
    enfant = os.fork()
    if enfant:
        return enfant
    code = 1
    try:
        _laisser_au_parent_ses_connexions()
        quoi()
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


_DU_PARENT: list[object] = []


def _laisser_au_parent_ses_connexions() -> None:
    """In the child: forget the connections inherited all the same, without closing them (the parent's would end).

    When a browser has been opened, this thread runs an event loop, and Django keeps its connections in the loop's
    context: one opened before the loop escapes `close_all`. The child has no loop: it would find that one again, and
    speak on the same socket as its brothers.
    """
    for alias in list(connections):
        _DU_PARENT.append(connections[alias])
        del connections[alias]


def attendre(enfant: int) -> int:
    """Its exit code; negative if a signal ended it."""
    _, etat = os.waitpid(enfant, 0)
    return os.waitstatus_to_exitcode(etat)


def tuer_apres(enfant: int, secondes: float) -> int:
    """SIGKILL after a while; -9 if it was still running."""
    time.sleep(secondes)
    with contextlib.suppress(ProcessLookupError):
        os.kill(enfant, signal.SIGKILL)
    return attendre(enfant)


def bilan() -> dict[str, object]:
    """What a month left: the contents of its tables without numbers or times, and the bytes of its files."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        tables: dict[str, object] = {
            nom: sorted(map(repr, connexion.execute(requete).fetchall())) for nom, requete in LIVRES.items()
        }
    tables["octets"] = {
        f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(dossier_des_virements().iterdir())
    }
    return tables


def effacer_le_mois() -> None:
    """Back to the households alone."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        for table in TABLES_DU_MOIS:
            connexion.execute(f"DELETE FROM {table}")
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()


def reference() -> tuple[dict[str, object], float]:
    """An undisturbed month: what it leaves, and how long it takes."""
    assert attendre(lancer()) == 0  # the first run warms caches
    effacer_le_mois()
    debut = time.perf_counter()
    assert attendre(lancer()) == 0
    duree = time.perf_counter() - debut
    attendu = bilan()
    effacer_le_mois()
    return attendu, duree
