"""An account proposed by a protector: answered once, accepted by another agent, while the measure lets them."""

from django.db import migrations

VIE = """
CREATE FUNCTION identite_vie_du_rib_propose() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    acces record;
BEGIN
    IF OLD.etat <> 'depose' OR to_jsonb(NEW) - ARRAY['etat', 'motif', 'repondu_le', 'repondu_par', 'iban_chiffre']
       IS DISTINCT FROM to_jsonb(OLD) - ARRAY['etat', 'motif', 'repondu_le', 'repondu_par', 'iban_chiffre'] THEN
        RAISE EXCEPTION 'Un Rib proposé reçoit une réponse, et une seule.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rib_propose_une_reponse';
    END IF;
    IF NEW.etat <> 'accepte' THEN
        RETURN NEW;
    END IF;
    SELECT a.etat, a.ouvert_par, m.pouvoir_paiements, m.valide INTO acces
      FROM identite_accesprotecteur a LEFT JOIN identite_mesureprotection m ON m.id = a.mesure_id
     WHERE a.id = NEW.acces_id;
    IF acces.etat IS DISTINCT FROM 'ouvert' OR NOT coalesce(acces.pouvoir_paiements, false)
       OR NOT coalesce(acces.valide @> (now() AT TIME ZONE 'Europe/Paris')::date, false) THEN
        RAISE EXCEPTION 'La décision en vigueur ne charge pas ce protecteur de percevoir les prestations.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rib_propose_pouvoir';
    END IF;
    IF NEW.repondu_par = '' OR NEW.repondu_par = acces.ouvert_par THEN
        RAISE EXCEPTION 'Un autre agent que celui qui a ouvert l''accès accepte ce compte.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rib_propose_seconde_personne';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identite_vie_du_rib_propose BEFORE UPDATE ON identite_ribpropose
    FOR EACH ROW EXECUTE FUNCTION identite_vie_du_rib_propose();
"""
RETOUR = """
DROP TRIGGER identite_vie_du_rib_propose ON identite_ribpropose;
DROP FUNCTION identite_vie_du_rib_propose();
"""


class Migration(migrations.Migration):
    dependencies = [("identite", "0014_ribs_proposes")]
    operations = [migrations.RunSQL(VIE, RETOUR)]
