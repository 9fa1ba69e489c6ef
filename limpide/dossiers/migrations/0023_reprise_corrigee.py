"""What came from a former system may be corrected in part: the rest, known again from now, keeps where it came from.

Only the loading may say that something was known before; anybody else records what is known now, whatever its source.
"""

from django.db import migrations

CONNU = """
CREATE OR REPLACE FUNCTION dossiers_connu_maintenant(connu tstzrange, source text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN source = 'reprise' AND current_setting('app.traitement', true) = 'alimentation_monde'
        THEN lower(connu) <= clock_timestamp() AND (upper_inf(connu) OR upper(connu) <= clock_timestamp())
        ELSE lower(connu) BETWEEN transaction_timestamp() AND clock_timestamp() AND upper_inf(connu)
    END
$$;
"""
AVANT = """
CREATE OR REPLACE FUNCTION dossiers_connu_maintenant(connu tstzrange, source text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN source = 'reprise'
        THEN current_setting('app.traitement', true) = 'alimentation_monde'
             AND lower(connu) <= clock_timestamp() AND (upper_inf(connu) OR upper(connu) <= clock_timestamp())
        ELSE lower(connu) BETWEEN transaction_timestamp() AND clock_timestamp() AND upper_inf(connu)
    END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0022_rncps_campagnes")]

    operations = [migrations.RunSQL(CONNU, AVANT)]
