"""A decision says its purpose and its rules; health is read in the facts; a request for the detail is answered once."""

import django.db.models.deletion
from django.db import migrations, models

FINALITE = (
    "Calculer, à partir des informations connues de votre dossier, vos droits aux prestations versées par la caisse "
    "d''allocations familiales."
)

# Decisions taken before this migration receive the purpose they had and the version of their own liquidation. What
# that version read was not written down then, and says so.
COMPLETER = f"""
ALTER TABLE dossiers_decision DISABLE TRIGGER dossiers_decision_jamais_editee;
INSERT INTO dossiers_textedecision (cle, texte)
SELECT 'finalite:' || left(encode(sha256(convert_to('{FINALITE}', 'UTF8')), 'hex'), 16), '{FINALITE}'
 WHERE EXISTS (SELECT FROM dossiers_decision) ON CONFLICT DO NOTHING;
INSERT INTO dossiers_versionregles (empreinte, en_service_le, natures)
SELECT l.empreinte_regles, min(l.connu_au), '{{"non_relevees": []}}'
  FROM dossiers_liquidation l WHERE l.id IN (SELECT liquidation_id FROM dossiers_decision)
 GROUP BY l.empreinte_regles ON CONFLICT DO NOTHING;
UPDATE dossiers_decision d
   SET regles_id = l.empreinte_regles,
       finalite_id = 'finalite:' || left(encode(sha256(convert_to('{FINALITE}', 'UTF8')), 'hex'), 16)
  FROM dossiers_liquidation l WHERE l.id = d.liquidation_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE dossiers_decision ENABLE TRIGGER dossiers_decision_jamais_editee;
"""

REGLES = """
ALTER TABLE dossiers_liquidation ADD CONSTRAINT liquidation_et_ses_regles UNIQUE (id, empreinte_regles);
ALTER TABLE dossiers_decision
    ADD CONSTRAINT decision_avec_finalite CHECK (finalite_id ^@ 'finalite:'),
    ADD CONSTRAINT decision_regles_de_sa_liquidation
        FOREIGN KEY (liquidation_id, regles_id) REFERENCES dossiers_liquidation (id, empreinte_regles);
CREATE TRIGGER dossiers_versionregles_jamais_editee BEFORE UPDATE OR DELETE ON dossiers_versionregles
    FOR EACH ROW EXECUTE FUNCTION dossiers_droits_jamais_edites();
"""
SANS_REGLES = """
DROP TRIGGER dossiers_versionregles_jamais_editee ON dossiers_versionregles;
ALTER TABLE dossiers_decision
    DROP CONSTRAINT decision_avec_finalite, DROP CONSTRAINT decision_regles_de_sa_liquidation;
ALTER TABLE dossiers_liquidation DROP CONSTRAINT liquidation_et_ses_regles;
"""

# Whatever the program says of its own decision, the facts tell: a health fact that counts, known then, of somebody of
# the household, in the seven months that the law reads. Checked by statement, so that a batch pays one query.
SANTE = """
CREATE FUNCTION dossiers_decision_seule_sans_sante() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1
          FROM (SELECT d.dossier_id, l.connu_au,
                       daterange((min((e ->> 'mois') || '-01')::date - interval '6 months')::date,
                                 (max((e ->> 'mois') || '-01')::date + interval '1 month')::date) AS lus
                  FROM nouvelles d
                  JOIN dossiers_liquidation l ON l.id = d.liquidation_id
                 CROSS JOIN LATERAL jsonb_array_elements(d.effets) e
                 WHERE d.automatisation = 'exclusive'
                 GROUP BY d.id, d.dossier_id, l.connu_au) s
          JOIN dossiers_fait f ON f.dossier_id = s.dossier_id AND f.valeur > 0
                              AND f.connu @> s.connu_au AND f.valide && s.lus
          JOIN dossiers_naturefait n ON n.code = f.nature AND n.sensible = 'sante'
         WHERE f.personne_id IS NULL OR EXISTS (
               SELECT 1 FROM dossiers_rattachement r
                WHERE r.dossier_id = f.dossier_id AND r.personne_id = f.personne_id
                  AND r.connu @> s.connu_au AND r.valide && s.lus)
    ) THEN
        RAISE EXCEPTION 'Une décision dont le calcul lit une donnée de santé ne se prend pas par traitement seul.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_seule_sans_sante';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_decision_sans_sante AFTER INSERT ON dossiers_decision
    REFERENCING NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION dossiers_decision_seule_sans_sante();
"""
SANS_SANTE = """
DROP TRIGGER dossiers_decision_sans_sante ON dossiers_decision;
DROP FUNCTION dossiers_decision_seule_sans_sante();
"""

DETAIL = """
CREATE FUNCTION dossiers_detail_se_repond_une_fois() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.repondue_le IS NOT NULL
       OR (NEW.decision_id, NEW.dossier_id, NEW.organisme_id, NEW.deposee_le, NEW.echeance)
          IS DISTINCT FROM (OLD.decision_id, OLD.dossier_id, OLD.organisme_id, OLD.deposee_le, OLD.echeance) THEN
        RAISE EXCEPTION 'Une demande de détail ne change que pour recevoir sa réponse, une fois.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'detail_se_repond_une_fois';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_demandedetail_une_fois BEFORE UPDATE OR DELETE ON dossiers_demandedetail
    FOR EACH ROW EXECUTE FUNCTION dossiers_detail_se_repond_une_fois();
"""
SANS_DETAIL = """
DROP TRIGGER dossiers_demandedetail_une_fois ON dossiers_demandedetail;
DROP FUNCTION dossiers_detail_se_repond_une_fois();
"""

DE_SA_DECISION = """
CREATE FUNCTION dossiers_demande_sur_sa_decision() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM dossiers_decision d
         WHERE (d.id, d.dossier_id, d.organisme_id) = (NEW.decision_id, NEW.dossier_id, NEW.organisme_id)
    ) THEN
        RAISE EXCEPTION 'Cette décision n''est pas de ce dossier ni de cette caisse.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'demande_sur_sa_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_demandedetail_sa_decision BEFORE INSERT ON dossiers_demandedetail
    FOR EACH ROW EXECUTE FUNCTION dossiers_demande_sur_sa_decision();
"""
SANS_DE_SA_DECISION = """
DROP TRIGGER dossiers_demandedetail_sa_decision ON dossiers_demandedetail;
DROP FUNCTION dossiers_demande_sur_sa_decision();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0015_decisions_completes")]

    operations = [
        migrations.RunSQL(COMPLETER, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="decision",
            name="finalite",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="dossiers.textedecision",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="regles",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="dossiers.versionregles",
            ),
        ),
        migrations.RunSQL(REGLES, SANS_REGLES),
        migrations.RunSQL(SANTE, SANS_SANTE),
        migrations.RunSQL(DETAIL, SANS_DETAIL),
        migrations.RunSQL(DE_SA_DECISION, SANS_DE_SA_DECISION),
    ]
