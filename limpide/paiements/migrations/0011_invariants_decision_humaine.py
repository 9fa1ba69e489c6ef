"""An administrative appeal against a calculated decision is decided by a person, who signs, and nobody else."""

from django.db import migrations

# Only processings opened to agents may write this table (a start-up check); the database asks for the row itself.
DECIDE_PAR_UNE_PERSONNE = """
CREATE FUNCTION paiements_recours_decide_par_une_personne() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM paiements_decisionhumaine h WHERE h.recours_id = NEW.id) THEN
        RAISE EXCEPTION 'Un recours contre une décision calculée est décidé par une personne, qui signe et motive.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recours_decide_par_une_personne';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paiements_recours_decide_par_une_personne BEFORE UPDATE ON paiements_recours
    FOR EACH ROW WHEN (NEW.etat = 'decide' AND OLD.etat = 'depose' AND NEW.decision_id IS NOT NULL
                       AND NEW.voie IN ('amiable', 'departement') AND NEW.issue <> 'desistement')
    EXECUTE FUNCTION paiements_recours_decide_par_une_personne();
"""

DE_SON_RECOURS = """
CREATE FUNCTION paiements_decision_humaine_de_son_recours() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM paiements_recours r
         WHERE (r.id, r.dossier_id, r.organisme_id, r.etat) = (NEW.recours_id, NEW.dossier_id, NEW.organisme_id, 'depose')
    ) THEN
        RAISE EXCEPTION 'Une décision humaine répond à un recours déposé, de ce dossier et de cette caisse.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_humaine_de_son_recours';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paiements_decisionhumaine_de_son_recours BEFORE INSERT ON paiements_decisionhumaine
    FOR EACH ROW EXECUTE FUNCTION paiements_decision_humaine_de_son_recours();

CREATE FUNCTION paiements_decision_humaine_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Une décision humaine ne se modifie pas et ne s''efface pas.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_humaine_jamais_editee';
END $$;
CREATE TRIGGER paiements_decisionhumaine_jamais_editee BEFORE UPDATE OR DELETE ON paiements_decisionhumaine
    FOR EACH ROW EXECUTE FUNCTION paiements_decision_humaine_inalterable();
"""

RETRAIT = """
DROP TRIGGER paiements_recours_decide_par_une_personne ON paiements_recours;
DROP FUNCTION paiements_recours_decide_par_une_personne();
DROP TRIGGER paiements_decisionhumaine_de_son_recours ON paiements_decisionhumaine;
DROP FUNCTION paiements_decision_humaine_de_son_recours();
DROP TRIGGER paiements_decisionhumaine_jamais_editee ON paiements_decisionhumaine;
DROP FUNCTION paiements_decision_humaine_inalterable();
"""


class Migration(migrations.Migration):
    dependencies = [("paiements", "0010_decision_humaine")]
    operations = [migrations.RunSQL(DECIDE_PAR_UNE_PERSONNE + DE_SON_RECOURS, RETRAIT)]
