"""What the database holds of protectors: whose rows they may see, and the life of an access."""

from django.db import migrations

# Asked at each query: a measure that ends, a power that was not given, an access that is closed show nothing more,
# whatever the session. As the owner: the measure itself need not be readable by the processing that asks.
PERSONNE = """
CREATE OR REPLACE FUNCTION registre_personne() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN coalesce(current_setting('app.protecteur', true), '') = '' THEN registre_soi() ELSE (
        SELECT a.personne_id FROM identite_accesprotecteur a JOIN identite_mesureprotection m ON m.id = a.mesure_id
        WHERE a.personne_id = nullif(current_setting('app.personne', true), '')::bigint
          AND a.protecteur_id = nullif(current_setting('app.protecteur', true), '')::bigint
          AND a.etat = 'ouvert' AND m.personne_id = a.personne_id
          AND m.valide @> (now() AT TIME ZONE 'Europe/Paris')::date
          AND CASE current_setting('app.pouvoir', true)
                WHEN 'consultation' THEN m.pouvoir_consultation
                WHEN 'declarations' THEN m.pouvoir_declarations
                WHEN 'donnees' THEN m.pouvoir_donnees
                ELSE false END
        LIMIT 1) END
$$;
"""
AVANT = """
CREATE OR REPLACE FUNCTION registre_personne() RETURNS bigint LANGUAGE sql STABLE SECURITY INVOKER AS $$
    SELECT registre_soi() $$;
ALTER FUNCTION registre_personne() RESET ALL;
"""

VIE = """
CREATE FUNCTION identite_vie_de_l_acces_protecteur() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY['etat', 'mesure_id', 'ouvert_le', 'ouvert_par', 'ferme_le', 'ferme_par']
           IS DISTINCT FROM
           to_jsonb(OLD) - ARRAY['etat', 'mesure_id', 'ouvert_le', 'ouvert_par', 'ferme_le', 'ferme_par'] THEN
            RAISE EXCEPTION 'Les deux personnes et le dossier d''un accès ne changent pas.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'acces_protecteur_personnes_fixes';
        END IF;
        IF NOT ((OLD.etat = 'a_justifier' AND NEW.etat IN ('ouvert', 'ferme'))
                OR (OLD.etat = 'ouvert' AND NEW.etat = 'ferme' AND NEW.mesure_id = OLD.mesure_id)) THEN
            RAISE EXCEPTION 'Un accès attend sa mesure, puis s''ouvre, puis se ferme : un autre en ouvre un nouveau.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'acces_protecteur_transition';
        END IF;
    END IF;
    IF NEW.mesure_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM identite_mesureprotection m
        WHERE m.id = NEW.mesure_id AND m.personne_id = NEW.personne_id AND m.protecteur_genre = 'personne'
    ) THEN
        RAISE EXCEPTION 'Cette mesure ne charge pas une personne physique de protéger celle-ci.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'acces_protecteur_sa_mesure';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identite_vie_de_l_acces_protecteur BEFORE INSERT OR UPDATE ON identite_accesprotecteur
    FOR EACH ROW EXECUTE FUNCTION identite_vie_de_l_acces_protecteur();
"""
SANS_VIE = """
DROP TRIGGER identite_vie_de_l_acces_protecteur ON identite_accesprotecteur;
DROP FUNCTION identite_vie_de_l_acces_protecteur();
"""


class Migration(migrations.Migration):
    dependencies = [("identite", "0011_protecteurs"), ("registre", "0035_au_nom_de")]
    operations = [migrations.RunSQL(PERSONNE, AVANT), migrations.RunSQL(VIE, SANS_VIE)]
