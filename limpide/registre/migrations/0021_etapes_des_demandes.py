"""Moves of a request: only those of the table of transitions; a step, once noted, stays as it is."""

from django.db import migrations

PERMISES = {
    "deposee": ("en_cours", "refusee", "retiree"),
    "a_identifier": ("en_cours", "refusee", "retiree"),
    "en_cours": ("prolongee", "accordee", "partielle", "refusee", "retiree"),
    "prolongee": ("accordee", "partielle", "refusee", "retiree"),
}
LISTE = ", ".join(f"('{de}', '{vers}')" for de, cibles in PERMISES.items() for vers in cibles)
POSER = f"""
CREATE FUNCTION registre_demande_avance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.etat <> OLD.etat AND (OLD.etat, NEW.etat) NOT IN ({LISTE}) THEN
        RAISE EXCEPTION 'Une demande « % » ne peut pas devenir « % ».', OLD.etat, NEW.etat
            USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.personne_id, NEW.genre, NEW.objet, NEW.recue_le) IS DISTINCT FROM
       (OLD.personne_id, OLD.genre, OLD.objet, OLD.recue_le) THEN
        RAISE EXCEPTION 'Ce que la personne a demandé ne se réécrit pas.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER registre_demande_avance BEFORE UPDATE ON registre_demandedroit
    FOR EACH ROW EXECUTE FUNCTION registre_demande_avance();
CREATE FUNCTION registre_etape_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Une étape d''une demande ne se modifie pas.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER registre_etape_inalterable BEFORE UPDATE ON registre_etapedemande
    FOR EACH ROW EXECUTE FUNCTION registre_etape_inalterable();
"""
RETIRER = """
DROP TRIGGER registre_etape_inalterable ON registre_etapedemande;
DROP FUNCTION registre_etape_inalterable();
DROP TRIGGER registre_demande_avance ON registre_demandedroit;
DROP FUNCTION registre_demande_avance();
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0020_demandes_de_droits")]
    operations = [migrations.RunSQL(POSER, RETIRER)]
