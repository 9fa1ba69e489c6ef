import django.db.models.deletion
from django.db import migrations, models

NUMEROTER = """
UPDATE dossiers_demandescellee s SET numero = d.numero FROM dossiers_demande d WHERE d.id = s.demande_id
"""


class Migration(migrations.Migration):
    """Sealed claims become sealed declarations. Their table keeps its name: a ciphertext is bound to it."""

    dependencies = [
        ('dossiers', '0027_demande_en_ligne'),
        ('identite', '0015_vie_des_ribs'),
    ]

    operations = [
        migrations.RenameModel(old_name='DemandeScellee', new_name='DeclarationScellee'),
        migrations.AlterModelTable(name='declarationscellee', table='dossiers_demandescellee'),
        migrations.AlterModelOptions(
            name='declarationscellee',
            options={
                'base_manager_name': 'objects',
                'verbose_name': 'déclaration scellée',
                'verbose_name_plural': 'déclarations scellées',
            },
        ),
        migrations.AddField(
            model_name='declarationscellee',
            name='genre',
            field=models.CharField(choices=[('demande', 'demande de prestation'), ('trimestre', 'déclaration trimestrielle'), ('changement', 'changement de situation'), ('erreur', 'erreur signalée')], default='demande', max_length=12, verbose_name='genre'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='declarationscellee',
            name='numero',
            field=models.CharField(default='', max_length=24, verbose_name='numéro de récépissé'),
            preserve_default=False,
        ),
        migrations.RunSQL(NUMEROTER, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='declarationscellee',
            name='demande',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scellee', to='dossiers.demande'),
        ),
        migrations.CreateModel(
            name='TacheAgent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('genre', models.CharField(choices=[('erreur', 'erreur signalée'), ('changement', 'changement à vérifier'), ('ressources', 'ressources contradictoires'), ('residence', 'résidence à vérifier')], max_length=12, verbose_name='genre')),
                ('cle', models.CharField(max_length=80, verbose_name='clé')),
                ('objet', models.CharField(max_length=120, verbose_name='objet')),
                ('detail', models.CharField(max_length=1000, verbose_name='détail')),
                ('creee_le', models.DateTimeField(verbose_name='créée le')),
                ('echeance', models.DateField(verbose_name='réponse attendue le')),
                ('auteur', models.CharField(max_length=64, verbose_name='auteur')),
                ('etat', models.CharField(choices=[('ouverte', 'à traiter'), ('faite', 'traitée'), ('sans_suite', 'sans suite')], default='ouverte', max_length=10, verbose_name='état')),
                ('traitee_le', models.DateTimeField(blank=True, null=True, verbose_name='traitée le')),
                ('agent', models.CharField(blank=True, max_length=64, verbose_name='agent')),
                ('reponse', models.CharField(blank=True, max_length=1000, verbose_name='réponse à la personne')),
                ('reponse_personne', models.CharField(blank=True, max_length=1000, verbose_name='ce que répond la personne')),
                ('repondue_le', models.DateTimeField(blank=True, null=True, verbose_name='répondue le')),
                ('dossier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='taches', to='dossiers.dossier')),
                ('organisme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identite.organisme')),
                ('personne', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identite.personne')),
            ],
            options={
                'verbose_name': "tâche d'un agent",
                'verbose_name_plural': 'tâches des agents',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddIndex(
            model_name='declarationscellee',
            index=models.Index(fields=['dossier', 'genre'], name='declaration_du_dossier'),
        ),
        migrations.AddConstraint(
            model_name='declarationscellee',
            constraint=models.CheckConstraint(condition=models.Q(('genre__in', ['demande', 'trimestre', 'changement', 'erreur'])), name='declaration_de_genre_connu', violation_error_message="Le genre de la déclaration n'est pas de ceux que le registre connaît."),
        ),
        migrations.AddConstraint(
            model_name='declarationscellee',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('demande__isnull', False), ('genre', 'demande')), models.Q(models.Q(('genre', 'demande'), _negated=True), ('demande', None)), _connector='OR'), name='declaration_d_une_demande', violation_error_message="La déclaration d'une demande, et elle seule, porte cette demande."),
        ),
        migrations.AddConstraint(
            model_name='declarationscellee',
            constraint=models.UniqueConstraint(fields=('numero',), name='declaration_numero_unique', violation_error_message='Ce numéro de récépissé est déjà pris.'),
        ),
        migrations.AddIndex(
            model_name='tacheagent',
            index=models.Index(fields=['organisme', 'etat', 'echeance'], name='tache_a_traiter'),
        ),
        migrations.AddConstraint(
            model_name='tacheagent',
            constraint=models.UniqueConstraint(fields=('dossier', 'genre', 'cle'), name='tache_ouverte_une_fois', violation_error_message='Cette tâche est déjà ouverte dans ce dossier.'),
        ),
        migrations.AddConstraint(
            model_name='tacheagent',
            constraint=models.CheckConstraint(condition=models.Q(('etat__in', ['ouverte', 'faite', 'sans_suite']), ('genre__in', ['erreur', 'changement', 'ressources', 'residence'])), name='tache_de_genre_et_d_etat_connus', violation_error_message="Le genre ou l'état de la tâche n'est pas de ceux que le registre connaît."),
        ),
        migrations.AddConstraint(
            model_name='tacheagent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat', 'ouverte'), ('reponse', ''), ('traitee_le', None)), models.Q(models.Q(('etat', 'ouverte'), _negated=True), ('traitee_le__gte', models.F('creee_le')), models.Q(('reponse', ''), _negated=True), models.Q(('agent', ''), _negated=True)), _connector='OR'), name='tache_traitee_avec_une_reponse', violation_error_message='Une tâche traitée dit quand, par qui, et ce qui est répondu.'),
        ),
    ]
