"""What the ledger promises whoever writes: balanced at commit, never edited, never completed afterwards."""

from django.db import migrations

DOSSIER_DE_SA_CAF = """
ALTER TABLE {table} ADD CONSTRAINT {table}_dossier_de_sa_caf
    FOREIGN KEY (dossier_id, organisme_id) REFERENCES dossiers_dossier (id, organisme_id);
"""
TABLES_DU_DOSSIER = ("paiements_ordrepaiement", "paiements_ligneecriture", "paiements_creance")

# The transaction that opened an entry is the only one that may write its lines, and must leave it balanced: checking
# the entry once when it commits is then enough, whether it has two lines or a million. No role may write the column
# `transaction_id`, so it always says the truth, and the foreign key compares both.
EQUILIBRE = """
ALTER TABLE paiements_ecriture ADD COLUMN transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD CONSTRAINT ecriture_et_sa_transaction UNIQUE (id, organisme_id, transaction_id);
ALTER TABLE paiements_ligneecriture ADD COLUMN transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD CONSTRAINT ligne_ecriture_de_la_meme_transaction FOREIGN KEY (ecriture_id, organisme_id, transaction_id)
        REFERENCES paiements_ecriture (id, organisme_id, transaction_id);

CREATE FUNCTION paiements_ecriture_equilibree() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE nombre bigint; solde numeric;
BEGIN
    SELECT count(*), coalesce(sum(montant_centimes), 0) INTO nombre, solde
      FROM paiements_ligneecriture WHERE ecriture_id = NEW.id;
    IF nombre < 2 OR solde <> 0 THEN
        RAISE EXCEPTION 'Écriture déséquilibrée : % ligne(s), solde de % centime(s). Débits et crédits doivent être égaux.',
            nombre, solde USING ERRCODE = 'check_violation', CONSTRAINT = 'ecriture_equilibree';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER paiements_ecriture_equilibree AFTER INSERT ON paiements_ecriture
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION paiements_ecriture_equilibree();
"""
SANS_EQUILIBRE = """
DROP TRIGGER paiements_ecriture_equilibree ON paiements_ecriture;
DROP FUNCTION paiements_ecriture_equilibree();
ALTER TABLE paiements_ligneecriture DROP COLUMN transaction_id;
ALTER TABLE paiements_ecriture DROP COLUMN transaction_id;
"""

JAMAIS_EDITE = """
CREATE FUNCTION paiements_jamais_edite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Une écriture ou un ordre de paiement ne se modifie pas et ne s''efface pas : on contrepasse.'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_jamais_edite';
END $$;
"""
JAMAIS_EDITE_SUR = """
CREATE TRIGGER {table}_jamais_edite BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION paiements_jamais_edite();
"""
TABLES_EN_AJOUT_SEUL = ("paiements_ecriture", "paiements_ligneecriture", "paiements_ordrepaiement")

# States: the same table of transitions as creances.TRANSITIONS (a test compares them).
ETATS = """
CREATE FUNCTION paiements_creance_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR (OLD.etat, NEW.etat) NOT IN (('proposee', 'confirmee'), ('proposee', 'abandonnee'), ('proposee', 'remplacee'),
                                       ('confirmee', 'abandonnee'), ('confirmee', 'remplacee'))
       OR (NEW.organisme_id, NEW.dossier_id, NEW.liquidation_id, NEW.droit, NEW.mois, NEW.montant_centimes,
           NEW.cause, NEW.proposee_le, NEW.prescrite_le)
          IS DISTINCT FROM (OLD.organisme_id, OLD.dossier_id, OLD.liquidation_id, OLD.droit, OLD.mois,
           OLD.montant_centimes, OLD.cause, OLD.proposee_le, OLD.prescrite_le) THEN
        RAISE EXCEPTION 'Un indu ne change que d''état, selon les transitions prévues.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'creance_transition';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paiements_creance_transition BEFORE UPDATE OR DELETE ON paiements_creance
    FOR EACH ROW EXECUTE FUNCTION paiements_creance_transition();

CREATE FUNCTION paiements_fichier_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.etat <> 'prepare' OR NEW.etat <> 'ecrit'
       OR (NEW.organisme_id, NEW.mois, NEW.numero, NEW.msg_id, NEW.date_execution, NEW.nombre, NEW.total_centimes,
           NEW.sha256)
          IS DISTINCT FROM (OLD.organisme_id, OLD.mois, OLD.numero, OLD.msg_id, OLD.date_execution, OLD.nombre,
           OLD.total_centimes, OLD.sha256) THEN
        RAISE EXCEPTION 'Un fichier de virements ne change que pour être écrit, une fois.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fichier_virement_ecrit_une_fois';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paiements_fichier_transition BEFORE UPDATE OR DELETE ON paiements_fichiervirement
    FOR EACH ROW EXECUTE FUNCTION paiements_fichier_transition();
"""
SANS_ETATS = """
DROP TRIGGER paiements_fichier_transition ON paiements_fichiervirement;
DROP FUNCTION paiements_fichier_transition();
DROP TRIGGER paiements_creance_transition ON paiements_creance;
DROP FUNCTION paiements_creance_transition();
"""


class Migration(migrations.Migration):
    dependencies = [("paiements", "0001_initial"), ("dossiers", "0011_invariants_liquidation")]

    operations = [
        *[
            migrations.RunSQL(
                DOSSIER_DE_SA_CAF.format(table=table),
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_dossier_de_sa_caf",
            )
            for table in TABLES_DU_DOSSIER
        ],
        migrations.RunSQL(EQUILIBRE, SANS_EQUILIBRE),
        migrations.RunSQL(JAMAIS_EDITE, "DROP FUNCTION paiements_jamais_edite()"),
        *[
            migrations.RunSQL(JAMAIS_EDITE_SUR.format(table=table), f"DROP TRIGGER {table}_jamais_edite ON {table}")
            for table in TABLES_EN_AJOUT_SEUL
        ],
        migrations.RunSQL(ETATS, SANS_ETATS),
    ]
