"""A guard that a room writes without thinking of the purge is opened to it by the installation, and reported before."""

from django.db import connections

from limpide.registre.conservation import gardes
from limpide.registre.ecarts import ecarts
from limpide.registre.installation import installer

OUBLIEE = """
CREATE FUNCTION essai_garde() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'non'; END $$;
CREATE TRIGGER essai_garde BEFORE DELETE ON dossiers_demande FOR EACH ROW EXECUTE FUNCTION essai_garde();
"""


def test_a_new_guard_lets_the_declared_purge_pass_and_only_it(base: None) -> None:
    with connections["proprietaire"].cursor() as curseur:
        assert gardes.fermees(curseur) == []
        curseur.execute(OUBLIEE)
        try:
            assert ecarts(curseur) == ["garde fermée à la purge déclarée : essai_garde sur dossiers_demande"]
            installer()
            assert gardes.fermees(curseur) == []
            curseur.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'essai_garde'")
            assert "WHEN ((NOT registre_effacement_permis()))" in curseur.fetchone()[0]
        finally:
            curseur.execute("DROP FUNCTION essai_garde() CASCADE")
