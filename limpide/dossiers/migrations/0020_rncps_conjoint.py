import django.db.models.deletion
from django.db import migrations, models

QUI_ET_JUSQUE_QUAND = """
UPDATE dossiers_publicationrncps p SET personne_id = d.allocataire_id, rattachement_fini_le = d.clos_le
  FROM dossiers_dossier d WHERE d.id = p.dossier_id;
-- The foreign keys are checked now: a table whose checks are pending can't be altered.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0019_consultation_rncps'),
        ('identite', '0006_agents'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='publicationrncps',
            name='publication_rncps_une_en_route',
        ),
        migrations.AddField(
            model_name='publicationrncps',
            name='personne',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications_rncps', to='identite.personne'),
        ),
        migrations.AddField(
            model_name='publicationrncps',
            name='rattachement_fini_le',
            field=models.DateField(null=True, verbose_name='fin du rattachement'),
        ),
        migrations.RunSQL(QUI_ET_JUSQUE_QUAND, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='publicationrncps',
            name='personne',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications_rncps', to='identite.personne'),
        ),
        migrations.AddConstraint(
            model_name='publicationrncps',
            constraint=models.UniqueConstraint(condition=models.Q(('accusee_le', None), ('refus', '')), fields=('dossier', 'personne'), name='publication_rncps_une_en_route', violation_error_message='Une publication sur cette personne est déjà en route.'),
        ),
    ]
