"""Each stay in a household bears the birth date known when it was recorded: ages replay as they were computed."""

from django.db import migrations, models

REMPLIR = """
CREATE FUNCTION dossiers_noter_la_naissance() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    SELECT p.date_naissance INTO NEW.naissance FROM identite_personne p WHERE p.id = NEW.personne_id;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_rattachement_naissance BEFORE INSERT ON dossiers_rattachement
    FOR EACH ROW EXECUTE FUNCTION dossiers_noter_la_naissance();
ALTER TABLE dossiers_rattachement DISABLE TRIGGER dossiers_rattachement_jamais_edite;
UPDATE dossiers_rattachement r SET naissance = p.date_naissance FROM identite_personne p WHERE p.id = r.personne_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE dossiers_rattachement ENABLE TRIGGER dossiers_rattachement_jamais_edite;
"""
DEFAIRE = """
DROP TRIGGER dossiers_rattachement_naissance ON dossiers_rattachement;
DROP FUNCTION dossiers_noter_la_naissance();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0011_invariants_liquidation"), ("identite", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="rattachement",
            name="naissance",
            field=models.DateField(editable=False, null=True, verbose_name="date de naissance connue"),
        ),
        migrations.RunSQL(REMPLIR, DEFAIRE),
    ]
