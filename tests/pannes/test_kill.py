"""kill -9 anywhere, then start again: each right paid exactly once, the same file byte for byte."""

import asyncio
import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from limpide.paiements.audit import auditer
from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle import postgres
from tests.banc.base import connexion_superutilisateur
from tests.pannes.coupures import (
    attendre,
    bilan,
    effacer_le_mois,
    lancer,
    reference,
    tuer_apres,
)

COUPURES = int(os.environ.get("LIMPIDE_COUPURES", "20"))
"""Random cuts in the suite; `make preuves` asks for more."""


def _payes_une_fois(attendu):
    """No household twice in a month: the constraint holds it, and the count says so."""
    ordres = attendu["ordres"]
    return len({ordre.split(", ")[0] for ordre in ordres}) == len(ordres)


@pytest.mark.long
@pytest.mark.preuve(
    "kill -9 pendant la liquidation ou les virements : chaque droit payé une fois, même fichier à l'octet près",
    controles=(1,),
)
def test_processus_tue_n_importe_ou(monde):
    attendu, duree = reference()
    assert attendu["ordres"]
    assert attendu["octets"]
    assert _payes_une_fois(attendu)
    tues = 0
    for graine in range(COUPURES):
        hasard = random.Random(graine)
        while tuer_apres(lancer(), hasard.uniform(0, duree)) != 0:
            tues += 1
            if hasard.random() < 0.7:  # sometimes killed again while resuming
                break
        assert attendre(lancer()) == 0, f"graine {graine}"
        assert bilan() == attendu, f"graine {graine}"
        effacer_le_mois()
    assert tues >= COUPURES // 2, "les coupures doivent tomber pendant le travail"


@pytest.mark.preuve("kill -9 de PostgreSQL : ce qui est acquitté est là, rien n'est doublé", controles=(2,))
def test_postgres_tue_pendant_le_mois(monde):
    attendu, duree = reference()
    for graine in range(max(2, COUPURES // 10)):
        enfant = lancer()
        time.sleep(random.Random(graine).uniform(0.05, duree))
        _tuer_postgres()
        attendre(enfant)
        postgres.demarrer()
        assert attendre(lancer()) == 0, f"graine {graine}"
        assert bilan() == attendu, f"graine {graine}"
        assert auditer().ecart == ""
        effacer_le_mois()


def _tuer_postgres():
    """The postmaster, as an administrator's mistake or the kernel would."""
    with connexion_superutilisateur("postgres") as connexion:
        dossier = connexion.execute("SHOW data_directory").fetchone()[0]
    numero = (Path(dossier) / "postmaster.pid").read_text(encoding="ascii").splitlines()[0]
    os.kill(int(numero), signal.SIGKILL)


@pytest.mark.preuve("Deux ordonnanceurs lancés ensemble : un seul travaille chaque caisse", controles=(5,))
def test_deux_ordonnanceurs_ensemble(monde):
    attendu, _ = reference()
    for _ in range(3):
        enfants = [lancer() for _ in range(3)]
        codes = [attendre(enfant) for enfant in enfants]
        # One that found a Caf not liquidated yet stops with a message; whatever happens nothing is doubled.
        assert set(codes) <= {0, 1}
        assert attendre(lancer()) == 0
        assert bilan() == attendu
        effacer_le_mois()


def test_une_caisse_occupee_est_laissee_a_l_autre(monde):
    from limpide.dossiers.liquidation import liquider_mois

    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as autre:
        autre.execute("SELECT pg_advisory_lock(hashtextextended('lot:751', 0))")
        fait = liquider_mois("2026-11")
    assert fait.occupees == ["751"]
    assert fait.foyers > 0


def test_le_mois_lance_a_part_ne_parle_sur_aucune_connexion_du_parent(monde):
    """Even one opened before an event loop, as when a browser was started in between."""
    with ThreadPoolExecutor(1) as fil:  # a thread of its own: this one may hold a browser's loop already
        codes, avant, apres = fil.submit(_lancer_pendant_une_boucle).result(120)
    assert codes == [0, 0]
    assert apres == avant


def _lancer_pendant_une_boucle():
    avant = _session()

    def comparer():
        assert _session() != avant

    async def deux_enfants():
        return [lancer(comparer) for _ in range(2)]

    codes = [attendre(enfant) for enfant in asyncio.run(deux_enfants())]
    apres = _session()
    connection.close()
    return codes, avant, apres


def _session():
    """The number of the server's process that answers."""
    with traitement("inventaire_caisses", acteur=SYSTEME, motif="Essai"), connection.cursor() as curseur:
        return curseur.execute("SELECT pg_backend_pid()").fetchone()[0]
