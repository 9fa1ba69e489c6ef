"""The embedded server: real starts, real kills, in data folders of their own."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from limpide.socle import dossier_donnees, postgres, postgres_programmes
from limpide.socle.verrous import Bail

CONNEXION = """
import psycopg
from limpide.socle import postgres
def ouvrir():
    return psycopg.connect(host=str(postgres.prise()), port=postgres.PORT, user=postgres.SUPERUTILISATEUR,
                           password=postgres.mot_de_passe(), dbname="postgres", autocommit=True)
"""


def environnement(dossier: Path) -> dict[str, str]:
    return os.environ | {"LIMPIDE_HOME": str(dossier), "PYTHONPATH": str(Path(__file__).parents[2])}


def lancer(dossier: Path, code: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """Run Python code in another process, on that data folder."""
    commande = [sys.executable, "-c", CONNEXION + code]
    options = {"env": environnement(dossier), "capture_output": True, "text": True, "cwd": "/"} | options
    return subprocess.run(commande, timeout=120, check=False, **options)


@contextlib.contextmanager
def ouvrier(dossier: Path, code: str) -> Iterator["subprocess.Popen[str]"]:
    """The same, while the test goes on."""
    commande = [sys.executable, "-c", CONNEXION + code]
    tuyau = subprocess.PIPE
    with subprocess.Popen(
        commande, env=environnement(dossier), stdin=tuyau, stdout=tuyau, stderr=tuyau, text=True
    ) as processus:
        yield processus
        processus.kill()


def reussir(dossier: Path, code: str, **options: object) -> str:
    fini = lancer(dossier, code, **options)
    assert fini.returncode == 0, fini.stderr
    return fini.stdout.strip()


def detruire(dossier: Path) -> None:
    lancer(dossier, "postgres.arreter(de_force=True)")
    shutil.rmtree(dossier)


@pytest.fixture
def dossier() -> Iterator[Path]:
    chemin = Path(tempfile.mkdtemp(prefix="lpe-"))
    yield chemin
    detruire(chemin)


@pytest.fixture
def dans_le_dossier(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIMPIDE_HOME", str(dossier))
    return dossier


def test_demarrer_deux_fois_puis_arreter(dossier: Path) -> None:
    premier = reussir(dossier, "print(postgres.demarrer().pid)")
    second = reussir(dossier, "print(postgres.demarrer().pid)")
    assert premier == second  # it stayed up, and was found
    assert reussir(dossier, "print(postgres.etat().en_marche, postgres.arreter(), postgres.etat().en_marche)") == (
        "True True False"
    )
    assert reussir(dossier, "print(postgres.arreter())") == "True"


def test_les_reglages_qui_ne_se_negocient_pas(dossier: Path) -> None:
    reponse = reussir(
        dossier,
        "postgres.demarrer(); c = ouvrir()\n"
        "reglages = ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'TimeZone')\n"
        "print([c.execute('SHOW ' + r).fetchone()[0] for r in reglages])",
    )
    assert reponse == "['on', 'on', 'on', '', 'UTC']"


def test_sans_mot_de_passe_personne_n_entre(dans_le_dossier: Path) -> None:
    reussir(dans_le_dossier, "postgres.demarrer()")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(
            host=str(postgres.prise()),
            port=postgres.PORT,
            user=postgres.SUPERUTILISATEUR,
            password="faux",
            dbname="postgres",
        )


@pytest.mark.preuve("Base : ce qui est acquitté survit à la mort brutale de PostgreSQL", controles=(2,))
def test_ce_qui_est_acquitte_survit_a_la_mort_du_serveur(dans_le_dossier: Path) -> None:
    reussir(dans_le_dossier, "postgres.demarrer(); c = ouvrir(); c.execute('CREATE TABLE t (n int)')")
    ecrire = "c = ouvrir()\nfor n in range(10**6): c.execute('INSERT INTO t VALUES (%s)', [n]); print(n, flush=True)"
    with ouvrier(dans_le_dossier, ecrire) as ecrivain:
        acquittes = [int(ecrivain.stdout.readline()) for _ in range(50)]
        os.kill(postgres.etat().pid, signal.SIGKILL)
        acquittes += [
            int(ligne) for ligne in ecrivain.stdout.read().split()
        ]  # communicate() would skip what is buffered

    retrouves = reussir(
        dans_le_dossier,
        "postgres.demarrer(); print(*[n for n, in ouvrir().execute('SELECT n FROM t ORDER BY n')])",
    )
    nombres = [int(n) for n in retrouves.split()]
    assert nombres[: len(acquittes)] == acquittes
    assert len(nombres) <= len(acquittes) + 1  # at most the one committed but not yet acknowledged


def test_le_numero_du_mort_repris_par_un_autre_programme(dans_le_dossier: Path) -> None:
    """After a reboot, or in a container, the number in postmaster.pid belongs to anything."""
    reussir(dans_le_dossier, "postgres.demarrer()")
    serveur = postgres.etat()
    os.kill(serveur.pid, signal.SIGKILL)
    attendre_la_fin(serveur.pid)
    for fichier in (serveur.donnees / "postmaster.pid", serveur.prise / f".s.PGSQL.{postgres.PORT}.lock"):
        lignes = fichier.read_text().splitlines()
        fichier.write_text("\n".join([str(os.getpid()), *lignes[1:]]) + "\n")

    assert postgres.etat().pid is None
    assert reussir(dans_le_dossier, "postgres.demarrer(); print(ouvrir().execute('SELECT 1').fetchone()[0])") == "1"


def attendre_la_fin(pid: int) -> None:
    for _ in range(200):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return
        except FileNotFoundError:
            return
        time.sleep(0.02)
    raise AssertionError("le processus tué est toujours là")


def test_la_mort_du_programme_qui_a_demarre_ne_coute_rien(dans_le_dossier: Path) -> None:
    suicide = "import os, signal\npostgres.demarrer(); os.kill(os.getpid(), signal.SIGKILL)"
    assert lancer(dans_le_dossier, suicide).returncode == -signal.SIGKILL
    # The lease died with it: the server is found, used, and the next one may stop it.
    assert (
        reussir(
            dans_le_dossier,
            "postgres.demarrer(); print(ouvrir().execute('SELECT 1').fetchone()[0], postgres.arreter())",
        )
        == "1 True"
    )


@pytest.mark.preuve("Base : un second processus ne l'arrête pas sous le premier")
def test_le_second_n_arrete_pas_le_serveur_sous_le_premier(dans_le_dossier: Path) -> None:
    code = (
        "postgres.demarrer(); print('pret', flush=True); input()\n"
        "print(ouvrir().execute('SELECT 1').fetchone()[0], postgres.arreter())"
    )
    with ouvrier(dans_le_dossier, code) as premier:
        assert premier.stdout.readline() == "pret\n"

        assert reussir(dans_le_dossier, "postgres.demarrer(); print(postgres.arreter())") == "False"
        assert postgres.etat().en_marche

        assert premier.communicate("\n")[0] == "1 True\n"
    assert not postgres.etat().en_marche


def test_un_enfant_n_arrete_pas_le_serveur_de_son_parent(dossier: Path) -> None:
    """A web worker that ends must not take the database away from its siblings."""
    code = (
        "import os\npostgres.demarrer()\n"
        "enfant = os.fork()\n"
        "if enfant == 0:\n    print(postgres.arreter(), flush=True); postgres.rendre(); os._exit(0)\n"
        "os.waitpid(enfant, 0); print(ouvrir().execute('SELECT 1').fetchone()[0], postgres.arreter())"
    )
    assert reussir(dossier, code) == "False\n1 True"


def test_deux_demarrages_a_la_fois(dossier: Path) -> None:
    code = "print(postgres.demarrer().pid, flush=True); input()"
    with contextlib.ExitStack() as pile:
        ensemble = [pile.enter_context(ouvrier(dossier, code)) for _ in range(4)]
        numeros = {processus.stdout.readline() for processus in ensemble}
        for processus in ensemble:
            processus.communicate("\n")
    assert len(numeros) == 1
    assert int(numeros.pop()) > 0


def test_un_chemin_trop_long_pour_une_prise(dossier: Path) -> None:
    profond = dossier / ("tres-" * 20 + "long") / ("profond-" * 10)
    profond.mkdir(parents=True)
    prise = reussir(profond, "postgres.demarrer(); ouvrir(); print(postgres.prise()); postgres.arreter()")
    assert prise.startswith("/tmp/limpide-")
    assert len(prise) < 60
    Path(prise).rmdir()


def test_une_creation_interrompue_est_reprise(dossier: Path) -> None:
    (dossier / "postgres" / "creation-abandonnee" / "donnees").mkdir(parents=True)
    assert reussir(dossier, "postgres.demarrer(); print(ouvrir().execute('SELECT 1').fetchone()[0])") == "1"
    assert list((dossier / "postgres").glob("creation-*")) == []


def test_les_donnees_d_une_autre_version(dans_le_dossier: Path) -> None:
    reussir(dans_le_dossier, "postgres.demarrer(); postgres.arreter()")
    (postgres.etat().donnees / "PG_VERSION").write_text("12\n")
    refus = lancer(dans_le_dossier, "postgres.demarrer()")
    assert "au format de PostgreSQL 12" in refus.stderr
    assert "DATABASE_URL" in refus.stderr


def test_impossible_ici_dit_d_utiliser_un_serveur(dans_le_dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_programmes.importlib.util, "find_spec", lambda _nom: None)
    monkeypatch.setattr(postgres, "_bail", Bail())  # this process holds, or will hold, the tests' own server
    with pytest.raises(postgres.PostgresIndisponible, match="DATABASE_URL=postgresql://"):
        postgres.demarrer()


def test_un_programme_qui_ne_se_lance_pas(dossier: Path) -> None:
    """A machine without the processor or the libraries of the wheel."""
    refus = lancer(
        dossier,
        "import pathlib, stat\n"
        "from limpide.socle import postgres_programmes\n"
        f"faux = pathlib.Path({str(dossier)!r}) / 'faux' / 'bin'; faux.mkdir(parents=True)\n"
        "for nom in ('postgres', 'initdb', 'pg_ctl'):\n"
        "    (faux / nom).write_text('#!/bin/sh\\nexit 126'); (faux / nom).chmod(0o755)\n"
        "postgres_programmes.binaires = lambda: faux\n"
        "postgres.demarrer()",
    )
    assert refus.returncode == 1
    assert "PostgresIndisponible" in refus.stderr
    assert "DATABASE_URL" in refus.stderr


@pytest.fixture
def simple_compte() -> pwd.struct_passwd:
    """An account without any right, when the tests run as root; ourselves otherwise."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def test_sous_un_compte_ordinaire(simple_compte: pwd.struct_passwd) -> None:
    chez_lui = Path(tempfile.mkdtemp(prefix="lpe-"))
    if os.geteuid() == 0:
        os.chown(chez_lui, simple_compte.pw_uid, simple_compte.pw_gid)
        ouvrir_le_code(simple_compte)
    identite = {"user": simple_compte.pw_uid, "group": simple_compte.pw_gid} if os.geteuid() == 0 else {}
    if identite:
        identite["extra_groups"] = []
    try:
        code = "import os\npid = postgres.demarrer().pid\nprint(os.stat(f'/proc/{pid}').st_uid)"
        assert reussir(chez_lui, code, **identite) == str(simple_compte.pw_uid)
        assert reussir(
            chez_lui, "print(ouvrir().execute('SELECT 1').fetchone()[0], postgres.arreter())", **identite
        ) == ("1 True")
    finally:
        lancer(chez_lui, "postgres.arreter(de_force=True)", **identite)
        shutil.rmtree(chez_lui)


def ouvrir_le_code(compte: pwd.struct_passwd) -> None:
    """The ordinary account must be able to reach the interpreter and the code under test."""
    for chemin in (Path(sys.executable).resolve(), Path(sys.prefix), Path(__file__)):
        postgres_programmes.ouvrir_le_passage(chemin, compte)


def test_sous_root_le_serveur_n_est_pas_root(dans_le_dossier: Path) -> None:
    """As root the server gets an account of its own; as somebody else, theirs."""
    pid = int(reussir(dans_le_dossier, "print(postgres.demarrer().pid)"))
    proprietaire = Path(f"/proc/{pid}").stat().st_uid
    attendu = pwd.getpwnam("limpide-postgres").pw_uid if os.geteuid() == 0 else os.geteuid()
    assert proprietaire == attendu != 0
    assert (dossier_donnees.dossier() / "secrets").stat().st_mode & 0o077 == 0
    assert postgres.etat().donnees.stat().st_mode & 0o077 == 0
