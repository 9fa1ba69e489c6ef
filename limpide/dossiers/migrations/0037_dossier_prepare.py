"""A file may be prepared, and closed, before the first claim opens it: it has no household until then."""

from django.db import migrations, models

# Checked at commit, as before (0002): what is known now gives the file a claimant on each day it is open. A file that
# was never opened has no day.
UN_DEMANDEUR = """
CREATE OR REPLACE FUNCTION dossiers_exiger_un_demandeur() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE le_dossier bigint; manque boolean;
BEGIN
    IF TG_TABLE_NAME = 'dossiers_dossier' THEN le_dossier := NEW.id; ELSE le_dossier := NEW.dossier_id; END IF;
    SELECT NOT coalesce(
        (SELECT range_agg(r.valide) FROM dossiers_rattachement r
         WHERE r.dossier_id = d.id AND r.role = 'demandeur' AND upper_inf(r.connu))
        @> daterange(d.ouvert_le, d.clos_le, '[]'), false){sauf}
    INTO manque FROM dossiers_dossier d WHERE d.id = le_dossier;
    IF manque THEN
        RAISE EXCEPTION 'Un dossier ouvert a un demandeur, et un seul, chaque jour depuis son ouverture.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dossier_avec_un_demandeur';
    END IF;
    RETURN NULL;
END $$;
"""
POSER = UN_DEMANDEUR.replace("{sauf}", " AND d.ouvert_le IS NOT NULL")
AVANT = UN_DEMANDEUR.replace("{sauf}", "")

# A claim may open the prepared file of its person: no other file opens again, nor on another day.
UNE_FOIS = """
CREATE FUNCTION dossiers_ouvert_une_fois() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Un dossier s''ouvre une fois : clos, il ne se rouvre pas.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'dossier_ouvert_une_fois';
END $$;
CREATE TRIGGER dossiers_ouvert_une_fois BEFORE UPDATE OF ouvert_le, clos_le ON dossiers_dossier
    FOR EACH ROW WHEN (OLD.ouvert_le IS NOT NULL AND (NEW.ouvert_le IS DISTINCT FROM OLD.ouvert_le
                                                      OR OLD.clos_le IS NOT NULL AND NEW.clos_le IS NULL))
    EXECUTE FUNCTION dossiers_ouvert_une_fois();
"""
SANS_CELA = """
DROP TRIGGER dossiers_ouvert_une_fois ON dossiers_dossier;
DROP FUNCTION dossiers_ouvert_une_fois();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0036_sante_de_l_annee'),
        ('identite', '0026_personne_sans_dossier'),
    ]

    operations = [
        migrations.RunSQL(POSER, AVANT),
        migrations.RunSQL(UNE_FOIS, SANS_CELA),
        migrations.AlterField(
            model_name='dossier',
            name='ouvert_le',
            field=models.DateField(blank=True, null=True, verbose_name='ouvert le'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.UniqueConstraint(condition=models.Q(('ouvert_le', None)), fields=('organisme', 'allocataire'), name='un_seul_dossier_prepare_par_personne', violation_error_message='Un dossier attend déjà la première demande de cette personne.'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(('ouvert_le__isnull', False), ('clos_le__isnull', False), _connector='OR'), name='dossier_ouvert_ou_prepare', violation_error_message="Un dossier qui n'a jamais été ouvert reste clos."),
        ),
    ]
