"""An identity's history: begun with the person, only added to, along the table of transitions and the clock of R114-7."""

from django.db import migrations

TRANSITIONS = """
CREATE FUNCTION identite_transitions() RETURNS TABLE (de text, vers text) LANGUAGE sql IMMUTABLE AS $$
    SELECT d.de, v.vers FROM (VALUES
        ('declare', '{nia,nir_non_certifie,litige,decede,reunie}'::text[]),
        ('nia', '{declare,nir_non_certifie,litige,decede,reunie}'),
        ('nir_non_certifie', '{nir_certifie,litige,decede,reunie}'),
        ('nir_certifie', '{nir_non_certifie,litige,decede,reunie}'),
        ('litige', '{declare,nia,nir_non_certifie,nir_certifie,decede,reunie}'),
        ('decede', '{litige}'),
        ('reunie', '{}')
    ) d(de, suites) CROSS JOIN LATERAL unnest(d.suites) v(vers)
$$;
"""

# Checked as the owner, the person's row locked: two agents cannot both leave the same state.
CONTROLE_DES_ETATS = """
CREATE FUNCTION identite_controler_etat() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE actuel text;
BEGIN
    SELECT p.statut_identite INTO actuel FROM identite_personne p WHERE p.id = NEW.personne_id FOR UPDATE;
    NEW.connu_le := clock_timestamp();
    IF NOT EXISTS (SELECT 1 FROM identite_etatidentite e WHERE e.personne_id = NEW.personne_id) THEN
        IF NEW.etat IS DISTINCT FROM actuel THEN
            RAISE EXCEPTION 'L''histoire d''une identité commence par l''état où elle est créée.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'etat_identite_transition';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM identite_transitions() t WHERE (t.de, t.vers) = (actuel, NEW.etat)) THEN
        RAISE EXCEPTION 'L''identité ne passe pas de cet état à celui-là.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'etat_identite_transition';
    END IF;
    IF NEW.etat IN ('nia', 'nir_non_certifie', 'nir_certifie') AND NOT EXISTS (
        SELECT 1 FROM identite_immatriculation i
         WHERE i.personne_id = NEW.personne_id AND i.clos_le IS NULL
           AND i.genre = CASE NEW.etat WHEN 'nia' THEN 'nia' ELSE 'nir' END
           AND (i.certifie_le IS NOT NULL) = (NEW.etat = 'nir_certifie')
    ) THEN
        RAISE EXCEPTION 'Aucun numéro en usage ne justifie cet état de l''identité.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'etat_identite_avec_son_numero';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identite_etatidentite_controle BEFORE INSERT ON identite_etatidentite
    FOR EACH ROW EXECUTE FUNCTION identite_controler_etat();

CREATE FUNCTION identite_reporter_etat() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE identite_personne SET statut_identite = NEW.etat
     WHERE id = NEW.personne_id AND statut_identite <> NEW.etat;
    RETURN NULL;
END $$;
CREATE TRIGGER identite_etatidentite_report AFTER INSERT ON identite_etatidentite
    FOR EACH ROW EXECUTE FUNCTION identite_reporter_etat();
"""

# A person begins declared; only the takeover of an older system states what was already settled.
PREMIER_ETAT = """
CREATE FUNCTION identite_premier_etat() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('app.traitement', true), '') NOT IN ('', 'alimentation_monde')
       AND EXISTS (SELECT 1 FROM nouvelles WHERE statut_identite <> 'declare') THEN
        RAISE EXCEPTION 'Une identité commence déclarée.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'etat_identite_transition';
    END IF;
    INSERT INTO identite_etatidentite (personne_id, etat, cause, depuis)
    SELECT id, statut_identite, CASE statut_identite WHEN 'declare' THEN 'creation' ELSE 'reprise' END, current_date
      FROM nouvelles;
    RETURN NULL;
END $$;
CREATE TRIGGER identite_personne_premier_etat AFTER INSERT ON identite_personne
    REFERENCING NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION identite_premier_etat();

CREATE FUNCTION identite_statut_suit_l_histoire() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.statut_identite IS DISTINCT FROM (
        SELECT e.etat FROM identite_etatidentite e WHERE e.personne_id = NEW.id ORDER BY e.id DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'L''état d''une identité ne se modifie pas : on ajoute le suivant à son histoire.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statut_suit_l_histoire';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identite_personne_statut BEFORE UPDATE OF statut_identite ON identite_personne
    FOR EACH ROW WHEN (NEW.statut_identite IS DISTINCT FROM OLD.statut_identite)
    EXECUTE FUNCTION identite_statut_suit_l_histoire();
"""

# (step, next step, whether the next waits for the day after the deadline)
ETAPES = """
CREATE FUNCTION identite_etapes_nia() RETURNS TABLE (de text, vers text, apres_echeance boolean)
LANGUAGE sql IMMUTABLE AS $$
    VALUES ('', 'information', false),
           ('information', 'piece_recue', false),
           ('information', 'piece_douteuse', false),
           ('information', 'mise_en_demeure', true),
           ('piece_recue', 'piece_douteuse', false),
           ('piece_douteuse', 'mise_en_demeure', false),
           ('piece_douteuse', 'piece_recue', false),
           ('mise_en_demeure', 'piece_recue', false),
           ('mise_en_demeure', 'suspension', true),
           ('suspension', 'piece_recue', false),
           ('suspension', 'suspension_def', false),
           ('suspension', 'impossibilite', false),
           ('suspension', 'impossibilite_t', false),
           ('suspension', 'sans_decision', true),
           ('impossibilite', 'piece_recue', false),
           ('impossibilite_t', 'piece_recue', false),
           ('impossibilite_t', 'suspension_def', false),
           ('impossibilite_t', 'impossibilite', false),
           ('sans_decision', 'piece_recue', false)
$$;

CREATE FUNCTION identite_controler_etape() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE derniere identite_etapenia; regle record;
BEGIN
    PERFORM 1 FROM identite_immatriculation i
      WHERE i.id = NEW.immatriculation_id AND i.personne_id = NEW.personne_id AND i.genre = 'nia' AND i.clos_le IS NULL
        FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Cette étape ne concerne aucun numéro d''attente en usage de cette personne.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'etape_nia_dans_l_ordre';
    END IF;
    SELECT * INTO derniere FROM identite_etapenia e
     WHERE e.immatriculation_id = NEW.immatriculation_id ORDER BY e.id DESC LIMIT 1;
    SELECT * INTO regle FROM identite_etapes_nia() t WHERE (t.de, t.vers) = (coalesce(derniere.genre, ''), NEW.genre);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'L''article R114-7 ne prévoit pas cette étape après la précédente.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'etape_nia_dans_l_ordre';
    END IF;
    IF NEW.le < derniere.le OR (regle.apres_echeance AND NEW.le <= derniere.echeance) THEN
        RAISE EXCEPTION 'Il est trop tôt : la personne a jusqu''au %.', to_char(derniere.echeance, 'DD/MM/YYYY')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'etape_nia_a_son_heure';
    END IF;
    NEW.connue_le := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER identite_etapenia_controle BEFORE INSERT ON identite_etapenia
    FOR EACH ROW EXECUTE FUNCTION identite_controler_etape();
"""

# A duplicate's steps follow its numbers to the person kept: the one change that a recorded reunion allows.
JAMAIS_EDITE = """
CREATE FUNCTION identite_jamais_edite() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'identite_etapenia'
       AND to_jsonb(NEW) - 'personne_id' = to_jsonb(OLD) - 'personne_id'
       AND EXISTS (SELECT 1 FROM identite_reunion r
                    WHERE (r.doublon_id, r.gardee_id)
                        = ((to_jsonb(OLD) ->> 'personne_id')::bigint, (to_jsonb(NEW) ->> 'personne_id')::bigint)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'L''histoire d''une identité ne se modifie pas et ne s''efface pas.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'histoire_jamais_editee';
END $$;
CREATE TRIGGER identite_etatidentite_jamais_edite BEFORE UPDATE OR DELETE ON identite_etatidentite
    FOR EACH ROW EXECUTE FUNCTION identite_jamais_edite();
CREATE TRIGGER identite_etapenia_jamais_edite BEFORE UPDATE OR DELETE ON identite_etapenia
    FOR EACH ROW EXECUTE FUNCTION identite_jamais_edite();
CREATE TRIGGER identite_reunion_jamais_edite BEFORE UPDATE OR DELETE ON identite_reunion
    FOR EACH ROW EXECUTE FUNCTION identite_jamais_edite();
"""

# Persons already there begin their history with the state they are in; waiting numbers, with their information.
REPRISE = """
INSERT INTO identite_etatidentite (personne_id, etat, cause, depuis)
SELECT id, statut_identite, 'reprise', current_date FROM identite_personne;
INSERT INTO identite_etapenia (immatriculation_id, personne_id, genre, le, echeance)
SELECT id, personne_id, 'information', nia_delivre_le, justificatif_du_le
  FROM identite_immatriculation WHERE genre = 'nia' AND clos_le IS NULL;
INSERT INTO identite_etapenia (immatriculation_id, personne_id, genre, le)
SELECT id, personne_id, 'piece_recue', justificatif_recu_le
  FROM identite_immatriculation WHERE genre = 'nia' AND clos_le IS NULL AND justificatif_recu_le IS NOT NULL;
"""

RETRAIT = """
DROP TRIGGER identite_reunion_jamais_edite ON identite_reunion;
DROP TRIGGER identite_etapenia_jamais_edite ON identite_etapenia;
DROP TRIGGER identite_etatidentite_jamais_edite ON identite_etatidentite;
DROP FUNCTION identite_jamais_edite();
DROP TRIGGER identite_etapenia_controle ON identite_etapenia;
DROP FUNCTION identite_controler_etape();
DROP FUNCTION identite_etapes_nia();
DROP TRIGGER identite_personne_statut ON identite_personne;
DROP FUNCTION identite_statut_suit_l_histoire();
DROP TRIGGER identite_personne_premier_etat ON identite_personne;
DROP FUNCTION identite_premier_etat();
DROP TRIGGER identite_etatidentite_report ON identite_etatidentite;
DROP FUNCTION identite_reporter_etat();
DROP TRIGGER identite_etatidentite_controle ON identite_etatidentite;
DROP FUNCTION identite_controler_etat();
DROP FUNCTION identite_transitions();
"""


class Migration(migrations.Migration):
    dependencies = [("identite", "0003_cycle_de_vie")]
    operations = [
        migrations.RunSQL(
            TRANSITIONS + CONTROLE_DES_ETATS + PREMIER_ETAT + ETAPES + JAMAIS_EDITE + REPRISE, RETRAIT
        ),
    ]
