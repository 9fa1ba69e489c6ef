"""The journal: partitioned by month, append-only for everybody, its owner included."""

from django.db import migrations, models
from django.db.models.functions import Now

TABLE = """
CREATE SEQUENCE registre_journal_id_seq;
CREATE TABLE registre_journal (
    id bigint NOT NULL DEFAULT nextval('registre_journal_id_seq'),
    quand timestamptz NOT NULL DEFAULT statement_timestamp(),
    acteur_genre text NOT NULL,
    acteur_id bigint,
    service text NOT NULL,
    traitement text NOT NULL,
    declaration varchar(16) NOT NULL,
    motif text NOT NULL CHECK (motif <> ''),
    organisme text,
    personne_id bigint,
    dossier_id bigint,
    objet text NOT NULL,
    action varchar(8) NOT NULL CHECK (action IN ('lecture', 'ecriture', 'refus')),
    PRIMARY KEY (quand, id)
) PARTITION BY RANGE (quand);
ALTER SEQUENCE registre_journal_id_seq OWNED BY registre_journal.id;
CREATE TABLE registre_journal_autres PARTITION OF registre_journal DEFAULT;
CREATE INDEX registre_journal_personne ON registre_journal (personne_id, quand DESC);
CREATE INDEX registre_journal_dossier ON registre_journal (dossier_id, quand DESC) WHERE dossier_id IS NOT NULL;
CREATE INDEX registre_journal_refus ON registre_journal (quand DESC) WHERE action = 'refus';

CREATE FUNCTION registre_journal_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Le journal des accès ne se modifie ni ne s''efface.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER registre_journal_inalterable BEFORE UPDATE OR DELETE ON registre_journal
    FOR EACH ROW EXECUTE FUNCTION registre_journal_inalterable();
CREATE TRIGGER registre_journal_invidable BEFORE TRUNCATE ON registre_journal
    FOR EACH STATEMENT EXECUTE FUNCTION registre_journal_inalterable();
CREATE TRIGGER registre_journal_invidable BEFORE TRUNCATE ON registre_journal_autres
    FOR EACH STATEMENT EXECUTE FUNCTION registre_journal_inalterable();

-- Months are opened by the register's installation. One that already has lines in the default partition is
-- left there: nothing is lost, only less tidy.
CREATE FUNCTION registre_journal_ouvrir_mois(premier date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    nom text := 'registre_journal_' || to_char(premier, 'YYYY_MM');
BEGIN
    IF to_regclass(nom) IS NOT NULL OR EXISTS (
        SELECT FROM registre_journal_autres WHERE quand >= premier AND quand < premier + interval '1 month'
    ) THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF registre_journal FOR VALUES FROM (%L) TO (%L)',
                   nom, premier, (premier + interval '1 month')::date);
    EXECUTE format('CREATE TRIGGER registre_journal_invidable BEFORE TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION registre_journal_inalterable()', nom);
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION registre_journal_ouvrir_mois(date) FROM PUBLIC;
"""
RETOUR = """
DROP TABLE registre_journal;
DROP FUNCTION registre_journal_ouvrir_mois(date);
DROP FUNCTION registre_journal_inalterable();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE, RETOUR)],
            state_operations=[
                migrations.CreateModel(
                    name="LigneJournal",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("quand", models.DateTimeField(db_default=Now(), editable=False, verbose_name="date et heure")),
                        ("acteur_genre", models.TextField(verbose_name="genre d'acteur")),
                        ("acteur_id", models.BigIntegerField(null=True, verbose_name="numéro de compte")),
                        ("service", models.TextField(verbose_name="service")),
                        ("traitement", models.TextField(verbose_name="traitement")),
                        ("declaration", models.CharField(max_length=16, verbose_name="empreinte de la déclaration")),
                        ("motif", models.TextField(verbose_name="motif")),
                        ("organisme", models.TextField(null=True, verbose_name="organisme")),
                        ("personne_id", models.BigIntegerField(null=True, verbose_name="personne")),
                        ("dossier_id", models.BigIntegerField(null=True, verbose_name="dossier")),
                        ("objet", models.TextField(verbose_name="données touchées")),
                        ("action", models.CharField(choices=[("lecture", "Lecture"), ("ecriture", "Écriture"), ("refus", "Refus")], max_length=8, verbose_name="action")),
                    ],
                    options={
                        "verbose_name": "ligne du journal",
                        "verbose_name_plural": "lignes du journal",
                        "db_table": "registre_journal",
                        "ordering": ["-quand", "-id"],
                        "abstract": False,
                        "base_manager_name": "objects",
                    },
                ),
            ],
        ),
    ]
