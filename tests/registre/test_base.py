"""The database allows exactly what the register declares, and an injection can't change who one is."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from limpide.registre.collecte import registre
from limpide.registre.contexte import HorsRegistre, garde_levee, role_de, traitement
from limpide.registre.droits_voulus import droits_voulus
from limpide.registre.ecarts import ecarts, fautes_du_login
from limpide.registre.installation import installer

from .conftest import AGENT
from .matrice import attendus

pytestmark = pytest.mark.usefixtures("base", "essais")


@pytest.fixture
def maitre() -> Iterator[Any]:
    with connections["proprietaire"].cursor() as curseur:
        yield curseur


def les_ecarts() -> list[str]:
    with garde_levee(), connection.cursor() as curseur:
        return ecarts(curseur)


@pytest.mark.preuve(
    "Chaque colonne × chaque traitement : le droit réel est celui de la déclaration, dans les deux sens",
    controles=(11,),
)
def test_every_processing_and_every_column_agree_both_ways(maitre: Any) -> None:
    """has_column_privilege() is PostgreSQL's own answer, whatever the way the right was obtained."""
    maitre.execute(
        "SELECT r.rolname, c.relname, a.attname, p FROM pg_roles r"
        " CROSS JOIN pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) p"
        " WHERE r.rolname = ANY (%s) AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(r.oid, c.oid, a.attnum, p)",
        [[role_de(cle) for cle in registre().traitements]],
    )
    reels: dict[str, set[tuple[str, str, str]]] = {role_de(cle): set() for cle in registre().traitements}
    for role, table, colonne, privilege in maitre.fetchall():
        reels[role].add((table, colonne, privilege))
    for cle in registre().traitements:
        assert reels[role_de(cle)] == attendus(cle), cle


def test_deletion_agrees_both_ways(maitre: Any) -> None:
    maitre.execute(
        "SELECT r.rolname, c.relname FROM pg_roles r CROSS JOIN pg_class c WHERE r.rolname = ANY (%s)"
        " AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND has_table_privilege(r.oid, c.oid, 'DELETE,TRUNCATE,TRIGGER,REFERENCES')",
        [[role_de(cle) for cle in registre().traitements]],
    )
    assert set(maitre.fetchall()) == {
        (role_de(cle), modele._meta.db_table) for cle, modeles in registre().suppressions.items() for modele in modeles
    }


def test_no_drift_after_installation_and_a_second_one_changes_nothing() -> None:
    assert les_ecarts() == []
    bilan = installer()
    assert (bilan.roles, bilan.droits, bilan.politiques, bilan.avertissements) == (0, 0, 0, [])


DERIVES = {
    "colonne": ("GRANT SELECT (lieu_naissance_code) ON identite_personne TO t_essai_guichet", "lieu_naissance_code"),
    "table": ("GRANT SELECT ON identite_personne TO t_essai_guichet", "t_essai_guichet : SELECT sur identite_personne"),
    "public": ("GRANT SELECT ON identite_personne TO PUBLIC", "PUBLIC : SELECT sur identite_personne"),
    "login": ("GRANT INSERT ON identite_personne TO limpide_app", "limpide_app : INSERT"),
    "droit retiré": ("REVOKE SELECT (prenoms) ON identite_personne FROM t_essai_guichet", "droit manquant"),
    "politique ouverte": ("ALTER POLICY essai_guichet_lire ON identite_personne USING (true)", "politique modifiée"),
    "politique de plus": ("CREATE POLICY intrus ON identite_personne USING (true)", "politique hors registre : intrus"),
    "politique de moins": ("DROP POLICY essai_guichet_lire ON identite_personne", "politique manquante"),
    "lignes ouvertes": ("ALTER TABLE identite_personne NO FORCE ROW LEVEL SECURITY", "n'est pas forcée"),
    "set_config": (
        "GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO PUBLIC",
        "set_config() est ouverte",
    ),
}


@pytest.mark.preuve("Un droit donné à la main est trouvé, et réparé", controles=(11,))
@pytest.mark.parametrize("nom", DERIVES)
def test_drift_by_hand_is_found_and_repaired(nom: str, maitre: Any) -> None:
    ordre, phrase = DERIVES[nom]
    maitre.execute(ordre)
    try:
        assert [p for p in les_ecarts() if phrase in p], les_ecarts()
        with pytest.raises(CommandError, match="écart"):
            call_command("registre_ecarts", stdout=io.StringIO())
    finally:
        installer()
    assert les_ecarts() == []


def test_a_role_too_many_is_found(maitre: Any) -> None:
    maitre.execute("GRANT pg_read_all_data TO limpide_app")
    try:
        assert "« limpide_app » est membre de pg_read_all_data, hors registre" in les_ecarts()
    finally:
        installer()
    assert les_ecarts() == []


@pytest.mark.parametrize(
    ("ordre", "retour", "phrase"),
    [
        ("ALTER ROLE limpide_app BYPASSRLS", "ALTER ROLE limpide_app NOBYPASSRLS", "contourne"),
        ("ALTER ROLE limpide_app CREATEROLE", "ALTER ROLE limpide_app NOCREATEROLE", "créer des rôles"),
        (
            "ALTER TABLE django_content_type OWNER TO limpide_app",
            "ALTER TABLE django_content_type OWNER TO CURRENT_USER",
            "propriétaire",
        ),
    ],
)  # fmt: skip
def test_a_login_with_too_much_power_does_not_start(ordre: str, retour: str, phrase: str, maitre: Any) -> None:
    from limpide.registre.demarrage import DemarrageRefuse, verifier_demarrage

    maitre.execute(ordre)
    try:
        with garde_levee(), connection.cursor() as curseur:
            assert phrase in " ".join(fautes_du_login(curseur))
        with pytest.raises(DemarrageRefuse, match=phrase):
            verifier_demarrage()
    finally:
        maitre.execute(retour)


@pytest.mark.preuve("Le propriétaire des tables ne peut pas servir le site", controles=(11,))
def test_the_owner_as_application_login_does_not_start(monkeypatch: Any) -> None:
    from limpide.registre.demarrage import DemarrageRefuse, verifier_demarrage

    maitre = connections["proprietaire"].settings_dict
    for reglage in ("USER", "PASSWORD"):
        monkeypatch.setitem(connection.settings_dict, reglage, maitre[reglage])
    connection.close()
    with pytest.raises(DemarrageRefuse, match="superutilisateur"):
        verifier_demarrage()


def test_the_owner_connection_serves_no_processing(population: None) -> None:
    from limpide.identite.models import Personne

    with (
        pytest.raises(HorsRegistre, match="propriétaire"),
        traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"),
    ):
        list(Personne.objects.using("proprietaire").all())


INJECTIONS = {
    "set_config dans une expression": ("SELECT set_config('app.organisme', '131', true), %s::int", [1]),
    "seconde instruction": ("SELECT id FROM dossiers_dossier WHERE id = %s; SET LOCAL ROLE t_essai_national", [2]),
    "rôle en paramètre": ("SET LOCAL ROLE %s", ["t_essai_national"]),
    "pg_settings": ("UPDATE pg_settings SET setting = '131' WHERE name = 'app.organisme' AND 1 = %s::int", [1]),
    "fermeture de la chaîne": (
        "SELECT id FROM dossiers_dossier WHERE numero = %s",
        ["'; SET LOCAL ROLE t_essai_national; --"],
    ),
}  # fmt: skip


@pytest.mark.preuve("Une injection dans un traitement ne change ni de rôle ni de caisse", controles=(12,))
@pytest.mark.parametrize("nom", INJECTIONS)
def test_injection_changes_neither_role_nor_office(nom: str, population: None, sql: Any) -> None:
    texte, parametres = INJECTIONS[nom]
    with traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"):
        try:
            with transaction.atomic():
                lignes = sql(texte, parametres)
            assert nom == "fermeture de la chaîne"
            assert lignes == []
        except (HorsRegistre, DatabaseError):
            assert nom != "fermeture de la chaîne"
        assert sql("SELECT current_user, current_setting('app.organisme')") == [("t_essai_guichet", "751")]
        assert sql("SELECT count(*) FROM dossiers_dossier") == [(50,)]


@pytest.mark.parametrize("organisme", ["751'; SET ROLE x; --", "", "7 51", "é"])
def test_context_values_are_checked(organisme: str) -> None:
    with pytest.raises(HorsRegistre, match="organisme invalide"):
        traitement("essai_guichet", acteur=AGENT, motif="essai", organisme=organisme).__enter__()


def test_django_calls_no_set_config_when_connecting() -> None:
    """It is revoked: a connection that called it would fail, and this one works with the right clock."""
    connection.close()
    with garde_levee(), connection.cursor() as curseur:
        curseur.execute(
            "SELECT current_setting('TimeZone'), has_function_privilege('set_config(text,text,bool)', 'EXECUTE')"
        )
        assert curseur.fetchone() == (connection.timezone_name, False)


def test_context_is_left_whatever_happens(population: None, sql: Any) -> None:
    with pytest.raises(RuntimeError), traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"):
        raise RuntimeError
    with garde_levee():
        assert sql("SELECT current_user, current_setting('app.organisme', true)") == [("limpide_app", "")]


def test_one_processing_at_a_time_and_its_own_transaction(population: None) -> None:
    with (
        traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"),
        pytest.raises(HorsRegistre, match="une finalité à la fois"),
    ):
        traitement("essai_national", acteur=AGENT, motif="essai").__enter__()
    with transaction.atomic(), pytest.raises(HorsRegistre, match="sa propre transaction"):
        traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751").__enter__()


def test_another_thread_is_outside(population: None) -> None:
    import contextvars
    import threading

    from limpide.registre.contexte import traitement_courant

    vu: list[Any] = []
    with traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"):
        copie = contextvars.copy_context()  # as an asynchronous task would take it along
        fil = threading.Thread(target=copie.run, args=(lambda: vu.append(traitement_courant()),))
        fil.start()
        fil.join()
        assert traitement_courant() is not None
    assert vu == [None]


def test_prefix_search_uses_its_index_under_row_security(population: None, sql: Any) -> None:
    from limpide.identite.models import Personne

    with traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"):
        assert Personne.objects.filter(nom_naissance__debute_par="ESSAI10").count() == 2  # 10 and 100
        texte, parametres = Personne.objects.filter(cle_naissance__debute_par="essai10").query.sql_with_params()
        sql("SET LOCAL enable_seqscan = off")
        plan = "\n".join(ligne for (ligne,) in sql(f"EXPLAIN {texte}", parametres))
    assert "personne_cle_naissance" in plan, plan


def test_only_tables_that_are_nobody_s_are_open_to_a_limited_scope() -> None:
    modeles: dict[str, Any] = {m._meta.db_table: m for m in apps.get_models()}
    ouvertes = {
        politique.relation
        for politique in droits_voulus(registre()).politiques
        if {politique.using, politique.check} & {"true", "(true)"}
        and registre().traitements[politique.role.removeprefix("t_")].perimetre != "national"
    }
    for table in ouvertes:
        assert modeles[table].personne_concernee is None, table
        assert modeles[table].dossier_concerne_effectif() is None, table


def test_a_role_that_is_not_installed_is_told(monkeypatch: Any) -> None:
    from limpide.registre import contexte

    monkeypatch.setattr(contexte, "role_de", lambda _: "t_jamais_installe")
    with pytest.raises(HorsRegistre, match="lancer « limpide registre_installer »"):
        traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751").__enter__()
