"""The bench itself: it cleans what a test wrote, keeps what the template held, and speaks as the application."""

import pytest
from django.db import connection, connections

from tests.banc.base import Nettoyeur


def compter(table: str) -> int:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM {table}")
        return curseur.fetchone()[0]


def test_le_login_est_celui_de_l_application(base: None) -> None:
    connection.ensure_connection()
    assert connection.connection.info.user == "limpide_app"
    assert connections["proprietaire"].settings_dict["USER"] == "limpide_proprietaire"


@pytest.mark.django_db
def test_la_marque_de_pytest_django_veut_dire_base() -> None:
    assert compter("django_content_type") > 10
    assert connection.in_atomic_block is False


@pytest.mark.parametrize("passage", [1, 2])
def test_ce_qu_un_test_ecrit_disparait(base: None, passage: int) -> None:
    assert compter("django_session") == 0
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("INSERT INTO django_session VALUES ('cle', 'donnees', now())")
    assert compter("django_session") == 1


@pytest.mark.parametrize("passage", [1, 2])
def test_ce_que_le_modele_contient_revient(base: None, passage: int) -> None:
    avant = compter("django_content_type")
    assert avant > 10
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("DELETE FROM auth_permission")
        curseur.execute("UPDATE django_content_type SET model = model || 'x'")
    assert compter("auth_permission") == 0


def test_une_transaction_laissee_ouverte_est_denoncee(base: None, nettoyeur: Nettoyeur) -> None:
    from tests.banc.base import connexion_superutilisateur

    nettoyeur.connexion.execute("SET lock_timeout = '200ms'")
    autre = connexion_superutilisateur(nettoyeur.connexion.info.dbname)
    autre.autocommit = False
    autre.execute("INSERT INTO django_session VALUES ('cle', 'donnees', now())")
    autre.execute("LOCK TABLE django_session IN EXCLUSIVE MODE")
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT 1")
    with pytest.raises(AssertionError, match="transaction ouverte"):
        nettoyeur.vider([table for table in nettoyeur.vides if "django_session" in table._obj])
    autre.rollback()
    autre.close()
    nettoyeur.connexion.execute("SET lock_timeout = '20s'")
