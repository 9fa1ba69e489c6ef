"""An accreditation names its mode; the database refuses a question whose agent has none (CSS R114-29, R114-33)."""

from django.db import migrations, models

MODES = [("temps_reel", "en temps réel"), ("differe", "en différé"), ("collectif", "dans une campagne")]

# Read with the grants of who asks: each processing that records a question declares these columns. Rows put back by a
# restore are past questions, under accreditations that may have gone: triggers don't fire there.
REFUSER = """
CREATE FUNCTION dossiers_consultation_habilitee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM dossiers_habilitationrncps h
         WHERE h.agent = NEW.agent AND h.organisme_id = NEW.organisme_id AND h.mode = NEW.mode
           AND h.retiree_le IS NULL AND (now() AT TIME ZONE 'Europe/Paris')::date BETWEEN h.depuis AND h.jusqu_au
    ) THEN
        RAISE EXCEPTION 'agent sans habilitation pour ce mode'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_rncps_habilitee';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_consultation_habilitee BEFORE INSERT ON dossiers_consultationrncps
    FOR EACH ROW EXECUTE FUNCTION dossiers_consultation_habilitee();
"""
LAISSER = """
DROP TRIGGER dossiers_consultation_habilitee ON dossiers_consultationrncps;
DROP FUNCTION dossiers_consultation_habilitee();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0025_au_nom_de")]

    operations = [
        migrations.RemoveConstraint(model_name="habilitationcollective", name="habilitation_collective_decidee"),
        migrations.RemoveConstraint(model_name="habilitationcollective", name="habilitation_collective_finit_apres"),
        migrations.RenameModel("HabilitationCollective", "HabilitationRncps"),
        migrations.AlterModelOptions(
            "habilitationrncps",
            {
                "base_manager_name": "objects",
                "verbose_name": "habilitation à consulter le Rncps",
                "verbose_name_plural": "habilitations à consulter le Rncps",
            },
        ),
        # Those of before were given for campaigns.
        migrations.AddField(
            "habilitationrncps",
            "mode",
            models.CharField("mode de consultation", max_length=10, choices=MODES, default="collectif"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "habilitationrncps",
            models.CheckConstraint(
                condition=models.Q(decision__regex="\\S"),
                name="habilitation_rncps_decidee",
                violation_error_message="Donnez la référence de la décision d'habilitation.",
            ),
        ),
        migrations.AddConstraint(
            "habilitationrncps",
            models.CheckConstraint(
                condition=models.Q(jusqu_au__gte=models.F("depuis")),
                name="habilitation_rncps_finit_apres",
                violation_error_message="Une habilitation finit après avoir commencé.",
            ),
        ),
        migrations.AddConstraint(
            "habilitationrncps",
            models.CheckConstraint(
                condition=models.Q(mode__in=[mode for mode, _ in MODES]),
                name="habilitation_rncps_mode_connu",
                violation_error_message="On habilite à un mode : en temps réel, en différé, ou dans une campagne.",
            ),
        ),
        migrations.AddIndex(
            "habilitationrncps",
            models.Index(fields=["agent", "jusqu_au"], name="habilitation_rncps_de_l_agent"),
        ),
        migrations.RunSQL(REFUSER, LAISSER),
    ]
