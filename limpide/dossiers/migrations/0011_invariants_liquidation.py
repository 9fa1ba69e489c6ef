"""What the rights promise: a line is never edited nor erased, a liquidation only goes from open to closed."""

from django.db import migrations

# The two keys together: a line, a decision, belongs to a file of its own Caf.
DOSSIER_DE_SA_CAF = """
ALTER TABLE {table} ADD CONSTRAINT {table}_dossier_de_sa_caf
    FOREIGN KEY (dossier_id, organisme_id) REFERENCES dossiers_dossier (id, organisme_id);
"""
TABLES_DU_DOSSIER = ("dossiers_lignedroit", "dossiers_decision")

DROITS_JAMAIS_EDITES = """
CREATE FUNCTION dossiers_droits_jamais_edites() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Un droit liquidé ou une décision ne se modifie pas et ne s''efface pas : un nouveau calcul s''ajoute.'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_jamais_editee';
END $$;
"""
JAMAIS_EDITE_SUR = """
CREATE TRIGGER {table}_jamais_editee BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION dossiers_droits_jamais_edites();
"""
TABLES_EN_AJOUT_SEUL = ("dossiers_lignedroit", "dossiers_decision", "dossiers_textedecision")

LIQUIDATION = """
CREATE FUNCTION dossiers_liquidation_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR OLD.etat = 'terminee'
       OR (NEW.organisme_id, NEW.mois, NEW.numero, NEW.genre, NEW.connu_au)
          IS DISTINCT FROM (OLD.organisme_id, OLD.mois, OLD.numero, OLD.genre, OLD.connu_au) THEN
        RAISE EXCEPTION 'Une liquidation ne change que pour se terminer, une fois.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'liquidation_se_termine_une_fois';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_liquidation_transition BEFORE UPDATE OR DELETE ON dossiers_liquidation
    FOR EACH ROW EXECUTE FUNCTION dossiers_liquidation_transition();
"""

# Ranks follow each other: no line may be slipped in or left out. Checked by statement.
RANGS = """
CREATE FUNCTION dossiers_rangs_consecutifs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM nouvelles n
         WHERE n.rang > 1 AND NOT EXISTS (
            SELECT 1 FROM dossiers_lignedroit l
             WHERE (l.dossier_id, l.mois, l.droit, l.rang) = (n.dossier_id, n.mois, n.droit, n.rang - 1))
    ) THEN
        RAISE EXCEPTION 'Le rang d''une ligne de droit suit celui de la ligne précédente.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ligne_droit_rangs_consecutifs';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_lignedroit_rangs AFTER INSERT ON dossiers_lignedroit
    REFERENCING NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION dossiers_rangs_consecutifs();
"""

# The foreign keys make the texts exist; these checks make them the right ones.
TEXTES = """
ALTER TABLE dossiers_decision
    ADD CONSTRAINT decision_avec_mention CHECK (mention_id ^@ 'mention:'),
    ADD CONSTRAINT decision_avec_recours CHECK (recours_id ^@ 'recours:');
"""
SANS_TEXTES = """
ALTER TABLE dossiers_decision DROP CONSTRAINT decision_avec_mention, DROP CONSTRAINT decision_avec_recours;
"""

RETRAIT = """
DROP TRIGGER dossiers_lignedroit_rangs ON dossiers_lignedroit;
DROP FUNCTION dossiers_rangs_consecutifs();
DROP TRIGGER dossiers_liquidation_transition ON dossiers_liquidation;
DROP FUNCTION dossiers_liquidation_transition();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_liquidation")]

    operations = [
        *[
            migrations.RunSQL(
                DOSSIER_DE_SA_CAF.format(table=table),
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_dossier_de_sa_caf",
            )
            for table in TABLES_DU_DOSSIER
        ],
        migrations.RunSQL(DROITS_JAMAIS_EDITES, "DROP FUNCTION dossiers_droits_jamais_edites()"),
        *[
            migrations.RunSQL(
                JAMAIS_EDITE_SUR.format(table=table), f"DROP TRIGGER {table}_jamais_editee ON {table}"
            )
            for table in TABLES_EN_AJOUT_SEUL
        ],
        migrations.RunSQL(LIQUIDATION + RANGS, RETRAIT),
        migrations.RunSQL(TEXTES, SANS_TEXTES),
    ]
