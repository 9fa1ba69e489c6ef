"""The reader's own files are those of the person that the register lets them see: themselves, or whom they protect."""

from django.db import migrations

DOSSIERS = """
CREATE OR REPLACE FUNCTION dossiers_du_lecteur() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce(array_agg(id), '{}') FROM dossiers_dossier WHERE allocataire_id = (SELECT registre_personne()) $$;
"""
AVANT = """
CREATE OR REPLACE FUNCTION dossiers_du_lecteur() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce(array_agg(id), '{}') FROM dossiers_dossier
      WHERE allocataire_id = nullif(current_setting('app.personne', true), '')::bigint $$;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0024_documents"), ("registre", "0035_au_nom_de")]
    operations = [migrations.RunSQL(DOSSIERS, AVANT)]
