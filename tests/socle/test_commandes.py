"""The commands of the ground, as a person runs them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from limpide.socle import postgres
from tests.banc.base import connexion_superutilisateur


def limpide(*arguments: str, **ailleurs: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "limpide", *arguments],
        env=os.environ | ailleurs, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def port() -> int:
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        return int(libre.getsockname()[1])


@pytest.fixture
def serveur(base: None, port: int) -> Iterator["subprocess.Popen[str]"]:
    """`limpide serveur` on the worker's database, answering."""
    commande = [sys.executable, "-m", "limpide", "serveur", "--port", str(port), "--processus", "2"]
    with subprocess.Popen(commande, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as processus:
        attendre(processus, port)
        yield processus
        processus.kill()


def attendre(processus: "subprocess.Popen[str]", port: int) -> None:
    for _ in range(300):
        assert processus.poll() is None, processus.communicate()
        try:
            lire(port, "/etat")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("le serveur ne répond pas")


def lire(port: int, chemin: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{chemin}", timeout=10) as reponse:
        return str(reponse.read().decode())


def test_preparer_se_relance_sans_rien_refaire(base: None) -> None:
    avant = _structure()
    fini = limpide("preparer")
    assert fini.returncode == 0, fini.stderr
    etapes = fini.stdout.splitlines()
    assert etapes
    assert all("… fait (" in etape for etape in etapes), fini.stdout
    assert _structure() == avant


def _structure() -> list[tuple[object, ...]]:
    """When each migration was applied, every grant and every policy: what a preparation could have done again."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        return connexion.execute(
            "SELECT 'migration', name, applied::text FROM django_migrations"
            " UNION ALL SELECT 'droits', oid::regclass::text, relacl::text FROM pg_class WHERE relacl IS NOT NULL"
            " UNION ALL SELECT 'politique', polname, oid::text FROM pg_policy ORDER BY 1, 2, 3"
        ).fetchall()


def test_le_serveur_sert_puis_s_arrete_proprement(serveur: "subprocess.Popen[str]", port: int) -> None:
    assert lire(port, "/etat") == "ok\n"
    assert "<h1>Accessibilité</h1>" in lire(port, "/accessibilite/?nir=184127511500542")
    assert ".lpd-montant" in lire(port, "/static/socle/socle.css")
    serveur.send_signal(signal.SIGINT)
    sortie, erreurs = serveur.communicate(timeout=30)
    assert serveur.returncode == 0, erreurs
    assert f"http://localhost:{port}/" in sortie
    assert "184127511500542" not in sortie + erreurs  # the address asked for is in no log
    assert '"route": "/accessibilite/"' in erreurs
    assert postgres.etat().en_marche  # the tests still use it


def test_un_port_occupe_est_dit_en_clair(base: None, port: int) -> None:
    with socket.socket() as occupant:
        occupant.bind(("127.0.0.1", port))
        occupant.listen()
        fini = limpide("serveur", "--port", str(port))
    assert fini.returncode == 1
    assert f"Le port {port} de 127.0.0.1 n'est pas libre" in fini.stderr
    assert f"--port {port + 1}" in fini.stderr


def test_arreter_refuse_tant_qu_un_autre_s_en_sert(base: None) -> None:
    fini = limpide("arreter")
    assert fini.returncode == 1
    assert "Un autre processus" in fini.stderr
    assert postgres.etat().en_marche


def test_arreter_ne_touche_pas_a_un_serveur(base: None) -> None:
    fini = limpide("arreter", DATABASE_URL="postgresql://admin@localhost/limpide")
    assert fini.returncode == 1
    assert "DATABASE_URL" in fini.stderr


def test_sans_base_la_commande_dit_quoi_faire(tmp_path: Path) -> None:
    fini = limpide("showmigrations", LIMPIDE_HOME=str(tmp_path))
    assert fini.returncode == 1
    assert fini.stderr == "La base de données ne répond pas. Démarrez-la : limpide preparer\n"


def test_preparer_exige_le_proprietaire(base: None) -> None:
    acces = f"postgresql://limpide_app@/limpide?host={postgres.prise()}"
    fini = limpide("preparer", LIMPIDE_APP_DATABASE_URL=acces)
    assert fini.returncode == 1
    assert "accès du propriétaire" in fini.stderr
