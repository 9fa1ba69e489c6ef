"""An appeal belongs to a file of its own Caf, contests something of that file, and only goes forward."""

from django.db import migrations

DOSSIER_DE_SA_CAF = """
ALTER TABLE paiements_recours ADD CONSTRAINT paiements_recours_dossier_de_sa_caf
    FOREIGN KEY (dossier_id, organisme_id) REFERENCES dossiers_dossier (id, organisme_id);
"""

# States: the same table of transitions as recours.TRANSITIONS (a test compares them).
TRANSITIONS = """
CREATE FUNCTION paiements_recours_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR (OLD.etat, NEW.etat) NOT IN (('depose', 'decide'), ('decide', 'conteste'), ('decide', 'definitif'),
                                       ('definitif', 'clos'))
       OR to_jsonb(NEW) - '{etat,issue,decide_le,definitif_le,clos_le}'::text[]
          IS DISTINCT FROM to_jsonb(OLD) - '{etat,issue,decide_le,definitif_le,clos_le}'::text[]
       OR OLD.etat <> 'depose' AND (NEW.issue, NEW.decide_le) IS DISTINCT FROM (OLD.issue, OLD.decide_le)
       OR OLD.etat = 'definitif' AND NEW.definitif_le IS DISTINCT FROM OLD.definitif_le THEN
        RAISE EXCEPTION 'Un recours n''avance que d''un état au suivant, avec sa date ; rien d''autre ne change.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recours_transition';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paiements_recours_transition BEFORE UPDATE OR DELETE ON paiements_recours
    FOR EACH ROW EXECUTE FUNCTION paiements_recours_transition();
"""

DE_SON_DOSSIER = """
CREATE FUNCTION paiements_recours_de_son_dossier() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.decision_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM dossiers_decision d WHERE (d.id, d.dossier_id) = (NEW.decision_id, NEW.dossier_id))
       OR NEW.creance_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM paiements_creance c
             WHERE (c.id, c.dossier_id, c.droit) = (NEW.creance_id, NEW.dossier_id, NEW.droit))
       OR NEW.precedent_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM paiements_recours r
             WHERE (r.id, r.dossier_id, r.droit) = (NEW.precedent_id, NEW.dossier_id, NEW.droit)) THEN
        RAISE EXCEPTION 'Un recours conteste une décision, un indu ou un jugement de son propre dossier.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recours_de_son_dossier';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paiements_recours_de_son_dossier BEFORE INSERT ON paiements_recours
    FOR EACH ROW EXECUTE FUNCTION paiements_recours_de_son_dossier();
"""

RETRAIT = """
DROP TRIGGER paiements_recours_de_son_dossier ON paiements_recours;
DROP FUNCTION paiements_recours_de_son_dossier();
DROP TRIGGER paiements_recours_transition ON paiements_recours;
DROP FUNCTION paiements_recours_transition();
"""


class Migration(migrations.Migration):
    dependencies = [("paiements", "0003_recours"), ("dossiers", "0014_invariants_revue")]
    operations = [
        migrations.RunSQL(
            DOSSIER_DE_SA_CAF, "ALTER TABLE paiements_recours DROP CONSTRAINT paiements_recours_dossier_de_sa_caf"
        ),
        migrations.RunSQL(TRANSITIONS + DE_SON_DOSSIER, RETRAIT),
    ]
