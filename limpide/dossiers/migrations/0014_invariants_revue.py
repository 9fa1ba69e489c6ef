"""A review is of a calculated decision of its own file, and stays as it was written."""

from django.db import migrations

SA_DECISION = """
CREATE FUNCTION dossiers_revue_de_sa_decision() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM dossiers_decision d
         WHERE (d.id, d.dossier_id, d.organisme_id, d.automatisation)
             = (NEW.decision_id, NEW.dossier_id, NEW.organisme_id, 'assistee')
    ) THEN
        RAISE EXCEPTION 'Seule une décision calculée et à vérifier, de ce dossier et de cette caisse, reçoit une revue.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'revue_de_sa_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_revuedecision_de_sa_decision BEFORE INSERT ON dossiers_revuedecision
    FOR EACH ROW EXECUTE FUNCTION dossiers_revue_de_sa_decision();
"""

JAMAIS_EDITEE = """
CREATE FUNCTION dossiers_revue_jamais_editee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'La revue d''une décision ne se modifie pas et ne s''efface pas.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'revue_jamais_editee';
END $$;
CREATE TRIGGER dossiers_revuedecision_jamais_editee BEFORE UPDATE OR DELETE ON dossiers_revuedecision
    FOR EACH ROW EXECUTE FUNCTION dossiers_revue_jamais_editee();
"""

RETRAIT = """
DROP TRIGGER dossiers_revuedecision_jamais_editee ON dossiers_revuedecision;
DROP FUNCTION dossiers_revue_jamais_editee();
DROP TRIGGER dossiers_revuedecision_de_sa_decision ON dossiers_revuedecision;
DROP FUNCTION dossiers_revue_de_sa_decision();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_revue_decision")]
    operations = [migrations.RunSQL(SA_DECISION + JAMAIS_EDITEE, RETRAIT)]
