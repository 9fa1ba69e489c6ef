"""A yearly health fact of the year before last enters a decision as those of the month: no program decides alone on it."""

from django.db import migrations

# A yearly amount is read over N-2 to N, the others over the seven months. As in 0016, one query for a whole batch.
FONCTION = """
CREATE OR REPLACE FUNCTION dossiers_decision_seule_sans_sante() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1
          FROM (SELECT d.dossier_id, l.connu_au,
                       daterange((min((e ->> 'mois') || '-01')::date - interval '6 months')::date,
                                 (max((e ->> 'mois') || '-01')::date + interval '1 month')::date) AS lus{annees}
                  FROM nouvelles d
                  JOIN dossiers_liquidation l ON l.id = d.liquidation_id
                 CROSS JOIN LATERAL jsonb_array_elements(d.effets) e
                 WHERE d.automatisation = 'exclusive'
                 GROUP BY d.id, d.dossier_id, l.connu_au) s
          JOIN dossiers_fait f ON f.dossier_id = s.dossier_id AND f.valeur > 0
                              AND f.connu @> s.connu_au AND {valide}
          JOIN dossiers_naturefait n ON n.code = f.nature AND n.sensible = 'sante'{periode}
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
"""
ANNEES = """,
                       daterange(make_date(extract(year FROM min((e ->> 'mois') || '-01')::date)::integer - 2, 1, 1),
                                 (max((e ->> 'mois') || '-01')::date + interval '1 month')::date) AS annees"""
MAINTENANT = FONCTION.format(
    annees=ANNEES,
    valide="f.valide && s.annees",
    periode="\n                                    AND (n.periodicite = 'annee' OR f.valide && s.lus)",
)
AVANT = FONCTION.format(annees="", valide="f.valide && s.lus", periode="")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0035_codes_de_droits")]

    operations = [migrations.RunSQL(MAINTENANT, AVANT)]
