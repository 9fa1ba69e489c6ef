"""A request may be made by the protector of a person: who asked is part of what is never rewritten."""

from importlib import import_module

from django.db import migrations, models

AVANT = import_module("limpide.registre.migrations.0021_etapes_des_demandes").POSER.split("CREATE TRIGGER")[0]
RETABLIR = AVANT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
POSER = RETABLIR.replace("NEW.objet, NEW.recue_le", "NEW.objet, NEW.recue_le, NEW.represente_par").replace(
    "OLD.objet, OLD.recue_le", "OLD.objet, OLD.recue_le, OLD.represente_par"
)


class Migration(migrations.Migration):
    dependencies = [("registre", "0022_versions")]
    operations = [
        migrations.AddField(
            model_name="demandedroit",
            name="represente_par",
            field=models.CharField(blank=True, default="", max_length=240, verbose_name="demandée pour elle par"),
        ),
        migrations.RunSQL(POSER, RETABLIR),
    ]
