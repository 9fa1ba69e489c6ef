"""Who may erase: two declared processings, and nobody else, the owner included. What proves it is never edited."""

from django.db import migrations

from limpide.registre.conservation.permission import fonction

# A freeze is set once and lifted once; a tombstone stays; a report is signed once.
GELS = """
CREATE FUNCTION registre_gel_leve_une_fois() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.leve_le IS NOT NULL OR NEW.leve_le IS NULL
       OR to_jsonb(NEW) - '{leve_le,leve_par}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{leve_le,leve_par}'::text[] THEN
        RAISE EXCEPTION 'Un gel se pose une fois et se lève une fois ; rien d''autre ne change.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'gel_leve_une_fois';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER registre_gel_leve_une_fois BEFORE UPDATE OR DELETE ON registre_gel
    FOR EACH ROW WHEN (NOT registre_effacement_permis()) EXECUTE FUNCTION registre_gel_leve_une_fois();
"""
# States: the same table of transitions as cycle.TRANSITIONS (a test compares them).
ARCHIVAGES = """
CREATE FUNCTION registre_archivage_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.etat, NEW.etat) NOT IN (('archive', 'prevenu'), ('prevenu', 'archive'))
       OR (NEW.dossier_id, NEW.organisme, NEW.archive_le)
          IS DISTINCT FROM (OLD.dossier_id, OLD.organisme, OLD.archive_le) THEN
        RAISE EXCEPTION 'Un dossier archivé ne change que d''état, selon les transitions prévues.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'archivage_transition';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER registre_archivage_transition BEFORE UPDATE ON registre_archivage
    FOR EACH ROW EXECUTE FUNCTION registre_archivage_transition();
CREATE FUNCTION registre_archivage_retire() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Un archivage ne se retire que par la reprise du dossier ou son effacement.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'archivage_retire';
END $$;
CREATE TRIGGER registre_archivage_retire BEFORE DELETE ON registre_archivage
    FOR EACH ROW WHEN (NOT registre_effacement_permis()) EXECUTE FUNCTION registre_archivage_retire();
"""
PREUVES = """
CREATE FUNCTION registre_preuve_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'La preuve d''un effacement ne se modifie pas et ne s''efface pas.'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_inalterable';
END $$;
CREATE TRIGGER registre_effacement_inalterable BEFORE UPDATE OR DELETE ON registre_effacement
    FOR EACH ROW EXECUTE FUNCTION registre_preuve_inalterable();
CREATE TRIGGER registre_rapportpurge_garde BEFORE DELETE ON registre_rapportpurge
    FOR EACH ROW EXECUTE FUNCTION registre_preuve_inalterable();
CREATE TRIGGER registre_rapportpurge_signe BEFORE UPDATE ON registre_rapportpurge
    FOR EACH ROW WHEN (OLD.etat = 'termine' OR NEW.commence_le <> OLD.commence_le OR NEW.regles <> OLD.regles)
    EXECUTE FUNCTION registre_preuve_inalterable();
"""
RETRAIT = """
DROP TRIGGER registre_rapportpurge_signe ON registre_rapportpurge;
DROP TRIGGER registre_rapportpurge_garde ON registre_rapportpurge;
DROP TRIGGER registre_effacement_inalterable ON registre_effacement;
DROP FUNCTION registre_preuve_inalterable();
DROP TRIGGER registre_archivage_retire ON registre_archivage;
DROP FUNCTION registre_archivage_retire();
DROP TRIGGER registre_archivage_transition ON registre_archivage;
DROP FUNCTION registre_archivage_transition();
DROP TRIGGER registre_gel_leve_une_fois ON registre_gel;
DROP FUNCTION registre_gel_leve_une_fois();
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0002_conservation")]
    operations = [
        migrations.RunSQL(fonction(), "DROP FUNCTION registre_effacement_permis()"),
        migrations.RunSQL(GELS + ARCHIVAGES + PREUVES, RETRAIT),
    ]
