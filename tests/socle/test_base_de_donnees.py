"""The two doors: embedded server, or a server given by its address (here a second one of ours)."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from limpide.socle import base_de_donnees, postgres

EMBARQUE = {"DATABASE_URL", "LIMPIDE_APP_DATABASE_URL", "LIMPIDE_BASE"}


@pytest.fixture(scope="module")
def serveur() -> Iterator[str]:
    """The address of « a server »: an embedded one, in a folder unknown to the application under test."""
    dossier = tempfile.mkdtemp(prefix="lpe-")
    code = "from limpide.socle import postgres as p\np.demarrer(); print(p.prise()); print(p.mot_de_passe())"
    lieu = {cle: valeur for cle, valeur in os.environ.items() if cle not in EMBARQUE} | {"LIMPIDE_HOME": dossier}
    prise, secret = subprocess.run(
        [sys.executable, "-c", code], env=lieu, capture_output=True, text=True, check=True
    ).stdout.split()
    login = f"{postgres.SUPERUTILISATEUR}:{quote(secret)}"
    yield f"postgresql://{login}@/limpide_prod?host={quote(prise, safe='')}"
    arret = "from limpide.socle import postgres; assert postgres.arreter()"
    subprocess.run([sys.executable, "-c", arret], env=lieu, check=True)
    shutil.rmtree(dossier)


@pytest.fixture
def sur_serveur(serveur: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.delenv("LIMPIDE_BASE")
    monkeypatch.setenv("LIMPIDE_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", serveur)
    yield serveur
    proprietaire = base_de_donnees.configuration().get("proprietaire")
    if proprietaire:
        with base_de_donnees._connexion(proprietaire, "postgres") as connexion:
            connexion.execute("DROP DATABASE IF EXISTS limpide_prod WITH (FORCE)")
            connexion.execute("DROP ROLE IF EXISTS limpide_app")


def ouvrir(porte: str) -> "psycopg.Connection[tuple[object, ...]]":
    acces = base_de_donnees.configuration()[porte]
    return base_de_donnees._connexion(acces, acces["NAME"])


def test_sur_un_serveur_la_base_et_le_login_sont_crees(sur_serveur: str, tmp_path: Path) -> None:
    base_de_donnees.assurer()
    base_de_donnees.assurer()

    with ouvrir("default") as connexion:
        vu = connexion.execute("SELECT current_database(), current_user, current_setting('TimeZone')")
        assert vu.fetchone() == ("limpide_prod", "limpide_app", "UTC")
        attributs = connexion.execute(
            "SELECT rolsuper, rolinherit, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert attributs == (False, False, False, False, False)
    assert not (tmp_path / "postgres").exists()  # no embedded server was started


def test_le_mot_de_passe_perdu_est_refait(sur_serveur: str, tmp_path: Path) -> None:
    base_de_donnees.assurer()
    (tmp_path / "secrets" / "postgres_app").unlink()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ouvrir("default")
    base_de_donnees.assurer()
    ouvrir("default").close()


def test_un_serveur_muet_est_nomme(sur_serveur: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    vide = quote(str(tmp_path), safe="")
    with monkeypatch.context() as autre:
        autre.setenv("DATABASE_URL", f"postgresql://admin:x@/limpide?host={vide}")
        with pytest.raises(base_de_donnees.BaseInutilisable, match=f"{tmp_path} » ne répond pas"):
            base_de_donnees.assurer()


def test_un_login_sans_droits_est_refuse_en_clair(sur_serveur: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proprietaire = base_de_donnees.configuration()["proprietaire"]
    with base_de_donnees._connexion(proprietaire, "postgres") as connexion:
        connexion.execute("CREATE ROLE petit LOGIN PASSWORD 'petit'")
    with monkeypatch.context() as autre:
        autre.setenv("DATABASE_URL", "postgresql://petit:petit@" + sur_serveur.split("@")[1])
        with pytest.raises(base_de_donnees.BaseInutilisable, match="CREATEDB CREATEROLE"):
            base_de_donnees.assurer()
    with base_de_donnees._connexion(proprietaire, "postgres") as connexion:
        connexion.execute("DROP ROLE petit")


def test_un_postgresql_trop_ancien_est_refuse(sur_serveur: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_de_donnees, "VERSION_MINIMALE", 99)
    with pytest.raises(base_de_donnees.BaseInutilisable, match=r"PostgreSQL 18 ; il en faut un 99"):
        base_de_donnees.assurer()
    with base_de_donnees._connexion(base_de_donnees.configuration()["proprietaire"], "postgres") as connexion:
        assert connexion.execute("SELECT count(*) FROM pg_database WHERE datname = 'limpide_prod'").fetchone() == (0,)


def test_le_login_de_l_application_seul_ne_donne_pas_le_proprietaire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "LIMPIDE_APP_DATABASE_URL", "postgresql://limpide_app:m%40t@bd.exemple:5433/prod?sslmode=require"
    )
    configuration = base_de_donnees.configuration()
    assert list(configuration) == ["default"]
    acces = configuration["default"]
    assert (acces["HOST"], acces["PORT"], acces["USER"], acces["PASSWORD"], acces["NAME"]) == (
        "bd.exemple", "5433", "limpide_app", "m@t", "prod",
    )  # fmt: skip
    assert acces["OPTIONS"]["sslmode"] == "require"
    assert acces["OPTIONS"]["server_side_binding"] is True


def test_une_adresse_d_un_autre_genre_est_refusee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://root@localhost/limpide")
    with pytest.raises(base_de_donnees.BaseInutilisable, match="mysql:"):
        base_de_donnees.configuration()


def test_les_plans_gardes_se_reglent_par_l_adresse(monkeypatch: pytest.MonkeyPatch) -> None:
    def seuil(options: str) -> object:
        monkeypatch.setenv("DATABASE_URL", f"postgresql://limpide@bd.exemple/prod{options}")
        return base_de_donnees.configuration()["proprietaire"]["OPTIONS"]["prepare_threshold"]

    assert [seuil(""), seuil("?prepare_threshold=2"), seuil("?prepare_threshold=non")] == [5, 2, None]
    with pytest.raises(base_de_donnees.BaseInutilisable, match="« jamais »"):
        seuil("?prepare_threshold=jamais")


def test_lire_les_reglages_ne_demarre_rien() -> None:
    # A short folder: pytest's own grows with the number of runs, and a socket's path is limited.
    with tempfile.TemporaryDirectory(dir="/tmp") as dossier:
        _lire_sans_demarrer(Path(dossier))


def _lire_sans_demarrer(tmp_path: Path) -> None:
    lieu = {cle: valeur for cle, valeur in os.environ.items() if cle not in EMBARQUE} | {"LIMPIDE_HOME": str(tmp_path)}
    code = "from limpide.socle import settings; print(settings.DATABASES['default']['HOST'])"
    prise = subprocess.run([sys.executable, "-c", code], env=lieu, capture_output=True, text=True, check=True).stdout
    assert prise.strip() == str(tmp_path / "postgres" / "prise")
    assert not (tmp_path / "postgres").exists()
