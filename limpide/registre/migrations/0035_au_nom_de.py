"""Whose rows the scope « personne » shows. Nobody may act for another until a room says when they may."""

from django.db import migrations

FONCTIONS = """
CREATE FUNCTION registre_soi() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN coalesce(current_setting('app.protecteur', true), '') = ''
        THEN nullif(current_setting('app.personne', true), '')::bigint END
$$;
CREATE FUNCTION registre_personne() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT registre_soi() $$;
"""
RETOUR = "DROP FUNCTION registre_personne(); DROP FUNCTION registre_soi();"


class Migration(migrations.Migration):
    dependencies = [("registre", "0034_travaux_du_jour")]
    operations = [migrations.RunSQL(FONCTIONS, RETOUR)]
