"""What the tables promise whoever writes: no edit of what was known, facts that make sense, one claimant."""

from django.db import migrations

COLONNE_DU_DOSSIER = """
ALTER TABLE {table} ADD CONSTRAINT {table}_dossier_de_sa_caf
    FOREIGN KEY (dossier_id, organisme_id) REFERENCES dossiers_dossier (id, organisme_id);
"""
TABLES_DU_DOSSIER = ("dossiers_rattachement", "dossiers_fait", "dossiers_demande", "dossiers_pieceattendue")

# Row scope of citizens: the files of the person named by the processing, whatever the table that asks.
DOSSIERS_DU_LECTEUR = """
CREATE FUNCTION dossiers_du_lecteur() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce(array_agg(id), '{}') FROM dossiers_dossier
      WHERE allocataire_id = nullif(current_setting('app.personne', true), '')::bigint $$;
"""

# One function for both bitemporal tables: the only update is to close what was known, now.
JAMAIS_EDITE = """
CREATE FUNCTION dossiers_jamais_edite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Ce qui a été connu ne s''efface pas : on enregistre ce que l''on sait désormais.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'connaissance_jamais_effacee';
    END IF;
    IF to_jsonb(NEW) - 'connu' IS DISTINCT FROM to_jsonb(OLD) - 'connu'
       OR NOT upper_inf(OLD.connu) OR upper_inf(NEW.connu)
       OR lower(NEW.connu) IS DISTINCT FROM lower(OLD.connu) THEN
        RAISE EXCEPTION 'Ce qui a été connu ne se modifie pas : on le clôt, et on enregistre ce que l''on sait désormais.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'connaissance_jamais_modifiee';
    END IF;
    IF upper(NEW.connu) NOT BETWEEN transaction_timestamp() AND clock_timestamp() THEN
        RAISE EXCEPTION 'Ce qui a été connu se clôt au moment présent, ni avant ni après.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'connaissance_close_maintenant';
    END IF;
    RETURN NEW;
END $$;
"""
JAMAIS_EDITE_SUR = """
CREATE TRIGGER {table}_jamais_edite BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION dossiers_jamais_edite();
"""

# Knowledge starts now. Only the takeover of an older system states what was known before it.
CONNU_MAINTENANT = """
CREATE FUNCTION dossiers_connu_maintenant(connu tstzrange, source text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN source = 'reprise'
        THEN current_setting('app.traitement', true) = 'alimentation_monde'
             AND lower(connu) <= clock_timestamp() AND (upper_inf(connu) OR upper(connu) <= clock_timestamp())
        ELSE lower(connu) BETWEEN transaction_timestamp() AND clock_timestamp() AND upper_inf(connu)
    END
$$;
"""

# The checks run as the owner: a processing that records a fact need not read birth dates for all that.
# Facts are checked by statement, not by row: a million facts cost one query.
CONTROLE_DES_FAITS = """
CREATE FUNCTION dossiers_controler_faits() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE regle text; libelle text;
BEGIN
    SELECT c.regle, c.libelle INTO regle, libelle FROM (
        SELECT n.libelle, CASE
            WHEN n.code IS NULL THEN 'fait_nature_connue'
            WHEN (n.sujet = 'personne') <> (f.personne_id IS NOT NULL) THEN 'fait_sujet_conforme'
            WHEN f.valeur NOT BETWEEN n.minimum AND n.maximum THEN
                CASE WHEN n.type = 'euros' AND f.valeur < 0 THEN 'fait_montant_positif' ELSE 'fait_valeur_admise' END
            WHEN n.periodicite <> 'etat' AND (
                    lower(f.valide) <> date_trunc(p.pas, lower(f.valide))::date
                    OR upper(f.valide) <> date_trunc(p.pas, upper(f.valide))::date)
                THEN 'fait_periode_entiere'
            WHEN NOT dossiers_connu_maintenant(f.connu, f.source) THEN 'fait_connu_maintenant'
            WHEN lower(f.valide) < date_trunc(p.pas, h.date_naissance)::date THEN 'fait_apres_la_naissance'
            WHEN f.personne_id IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM dossiers_rattachement r
                    WHERE r.dossier_id = f.dossier_id AND r.personne_id = f.personne_id)
                THEN 'fait_personne_du_foyer'
        END AS regle
        FROM nouveaux f
        LEFT JOIN dossiers_naturefait n ON n.code = f.nature AND NOT n.retiree
        LEFT JOIN identite_personne h ON h.id = f.personne_id
        CROSS JOIN LATERAL (SELECT CASE n.periodicite WHEN 'mois' THEN 'month' WHEN 'annee' THEN 'year' ELSE 'day' END) p(pas)
    ) c WHERE c.regle IS NOT NULL LIMIT 1;
    IF regle IS NOT NULL THEN
        RAISE EXCEPTION '%', CASE regle
            WHEN 'fait_nature_connue' THEN 'Cette nature de fait n''est pas au catalogue.'
            WHEN 'fait_sujet_conforme' THEN format('« %s » ne porte pas sur le bon sujet (une personne ou le foyer).', libelle)
            WHEN 'fait_montant_positif' THEN format('« %s » ne peut pas être négatif.', libelle)
            WHEN 'fait_valeur_admise' THEN format('« %s » n''a pas une valeur admise.', libelle)
            WHEN 'fait_periode_entiere' THEN format('« %s » se déclare par mois entiers, ou par années entières.', libelle)
            WHEN 'fait_connu_maintenant' THEN 'Un fait est connu à partir du moment où on l''enregistre.'
            WHEN 'fait_apres_la_naissance' THEN format('« %s » ne peut pas précéder la naissance de la personne.', libelle)
            WHEN 'fait_personne_du_foyer' THEN 'Cette personne n''est pas dans ce foyer.'
        END USING ERRCODE = 'check_violation', CONSTRAINT = regle;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_fait_controle AFTER INSERT ON dossiers_fait
    REFERENCING NEW TABLE AS nouveaux FOR EACH STATEMENT EXECUTE FUNCTION dossiers_controler_faits();
"""

CONTROLE_DES_RATTACHEMENTS = """
CREATE FUNCTION dossiers_controler_rattachements() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE regle text;
BEGIN
    SELECT c.regle INTO regle FROM (
        SELECT CASE
            WHEN NOT dossiers_connu_maintenant(r.connu, r.source) THEN 'rattachement_connu_maintenant'
            WHEN NOT EXISTS (
                    SELECT 1 FROM identite_affiliation a
                    WHERE a.personne_id = r.personne_id AND a.organisme_id = r.organisme_id)
                THEN 'rattachement_personne_connue'
            WHEN lower(r.valide) < h.date_naissance THEN 'rattachement_apres_la_naissance'
        END AS regle
        FROM nouveaux r LEFT JOIN identite_personne h ON h.id = r.personne_id
    ) c WHERE c.regle IS NOT NULL LIMIT 1;
    IF regle IS NOT NULL THEN
        RAISE EXCEPTION '%', CASE regle
            WHEN 'rattachement_connu_maintenant' THEN 'Un rattachement est connu à partir du moment où on l''enregistre.'
            WHEN 'rattachement_personne_connue' THEN 'Cette personne n''est pas connue de cette Caf.'
            WHEN 'rattachement_apres_la_naissance' THEN 'Une personne n''entre pas dans un foyer avant sa naissance.'
        END USING ERRCODE = 'check_violation', CONSTRAINT = regle;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_rattachement_controle AFTER INSERT ON dossiers_rattachement
    REFERENCING NEW TABLE AS nouveaux FOR EACH STATEMENT EXECUTE FUNCTION dossiers_controler_rattachements();
"""

# Checked at commit: what is known now gives the file a claimant on each day it is open.
UN_DEMANDEUR = """
CREATE FUNCTION dossiers_exiger_un_demandeur() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE le_dossier bigint; manque boolean;
BEGIN
    IF TG_TABLE_NAME = 'dossiers_dossier' THEN le_dossier := NEW.id; ELSE le_dossier := NEW.dossier_id; END IF;
    SELECT NOT coalesce(
        (SELECT range_agg(r.valide) FROM dossiers_rattachement r
         WHERE r.dossier_id = d.id AND r.role = 'demandeur' AND upper_inf(r.connu))
        @> daterange(d.ouvert_le, d.clos_le, '[]'), false)
    INTO manque FROM dossiers_dossier d WHERE d.id = le_dossier;
    IF manque THEN
        RAISE EXCEPTION 'Un dossier ouvert a un demandeur, et un seul, chaque jour depuis son ouverture.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dossier_avec_un_demandeur';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER dossiers_rattachement_demandeur AFTER INSERT OR UPDATE ON dossiers_rattachement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.role = 'demandeur')
    EXECUTE FUNCTION dossiers_exiger_un_demandeur();
CREATE CONSTRAINT TRIGGER dossiers_dossier_demandeur AFTER INSERT OR UPDATE ON dossiers_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dossiers_exiger_un_demandeur();
"""

DEFAIRE = """
DROP TRIGGER dossiers_dossier_demandeur ON dossiers_dossier;
DROP TRIGGER dossiers_rattachement_demandeur ON dossiers_rattachement;
DROP FUNCTION dossiers_exiger_un_demandeur();
DROP TRIGGER dossiers_rattachement_controle ON dossiers_rattachement;
DROP FUNCTION dossiers_controler_rattachements();
DROP TRIGGER dossiers_fait_controle ON dossiers_fait;
DROP FUNCTION dossiers_controler_faits();
DROP FUNCTION dossiers_connu_maintenant(tstzrange, text);
DROP TRIGGER dossiers_fait_jamais_edite ON dossiers_fait;
DROP TRIGGER dossiers_rattachement_jamais_edite ON dossiers_rattachement;
DROP FUNCTION dossiers_jamais_edite();
DROP FUNCTION dossiers_du_lecteur();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [
        *(
            migrations.RunSQL(
                COLONNE_DU_DOSSIER.format(table=table),
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_dossier_de_sa_caf",
            )
            for table in TABLES_DU_DOSSIER
        ),
        migrations.RunSQL(
            "".join(
                [
                    DOSSIERS_DU_LECTEUR,
                    JAMAIS_EDITE,
                    JAMAIS_EDITE_SUR.format(table="dossiers_fait"),
                    JAMAIS_EDITE_SUR.format(table="dossiers_rattachement"),
                    CONNU_MAINTENANT,
                    CONTROLE_DES_FAITS,
                    CONTROLE_DES_RATTACHEMENTS,
                    UN_DEMANDEUR,
                ]
            ),
            DEFAIRE,
        ),
    ]
