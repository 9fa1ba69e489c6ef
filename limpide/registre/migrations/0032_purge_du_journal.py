"""The journal goes by whole months, at its term: one function, that checks everything by itself."""

from django.db import migrations

from limpide.registre.chaine.purge import fonction


class Migration(migrations.Migration):
    dependencies = [("registre", "0031_limitation")]

    operations = [migrations.RunSQL(fonction(), "DROP FUNCTION registre_journal_purger_mois(date)")]
