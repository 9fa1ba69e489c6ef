"""The journal's own retention: a month goes whole, at its term, after a signed head has said so.

A month is due twelve months after its end. It waits while an alert that speaks of its lines is open (three years at
most), and while a judge or a control has frozen a file that it names. PostgreSQL checks the term, the signed head
and the sealed lines by itself (`registre_journal_purger_mois`), and does it all or nothing: killed, run again.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from limpide.registre.chaine import requetes, scellement, tetes
from limpide.registre.chaine.calcul import MOIS_GARDES, apres, bornes
from limpide.registre.contexte import SYSTEME, role_de, traitement
from limpide.registre.releve import ECRITURE

CLE = "purge_journal"
MOIS_RETENUS_AU_PLUS = 36
"""CNIL, délibération n° 2021-122 of 14 October 2021: three years at most for what serves internal control."""
MOTIF = "Effacement des mois du journal arrivés à leur terme"


_FONCTION = """
CREATE OR REPLACE FUNCTION registre_journal_purger_mois(premier date) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    cle text := to_char(premier, 'YYYY-MM');
    partition_du_mois text := 'registre_journal_' || to_char(premier, 'YYYY_MM');
    debut timestamptz := premier::timestamp AT TIME ZONE 'UTC';
    fin timestamptz := (premier + interval '1 month') AT TIME ZONE 'UTC';
    lignes bigint;
    annonce boolean;
BEGIN
    IF current_setting('role') <> '{role}' THEN
        RAISE EXCEPTION 'Le journal des accès ne se modifie ni ne s''efface.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF extract(day FROM premier) <> 1 OR fin + interval '{mois} months' > now() THEN
        RAISE EXCEPTION 'Ce mois du journal n''a pas atteint son terme.' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT texte::jsonb -> 'purges' ? cle INTO annonce FROM registre_tetejournal ORDER BY numero DESC LIMIT 1;
    IF annonce IS NOT TRUE THEN
        RAISE EXCEPTION 'Aucune tête signée ne dit que ce mois s''efface.' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT count(*) INTO lignes FROM registre_journal WHERE quand >= debut AND quand < fin;
    IF lignes <> (SELECT coalesce(sum(nombre), 0) FROM registre_blocscelle WHERE mois = cle) THEN
        RAISE EXCEPTION 'Ce mois n''a pas les lignes qui ont été scellées.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_regclass('public.' || quote_ident(partition_du_mois)) IS NOT NULL THEN
        EXECUTE format('ALTER TABLE registre_journal DETACH PARTITION %I', partition_du_mois);
        EXECUTE format('DROP TABLE %I', partition_du_mois);
    END IF;
    -- A month that was never opened lies in the default partition.
    ALTER TABLE registre_journal_autres DISABLE TRIGGER registre_journal_inalterable;
    DELETE FROM registre_journal_autres WHERE quand >= debut AND quand < fin;
    ALTER TABLE registre_journal_autres ENABLE TRIGGER registre_journal_inalterable;
    ALTER TABLE registre_blocscelle DISABLE TRIGGER registre_bloc_inalterable;
    DELETE FROM registre_blocscelle WHERE mois = cle;
    ALTER TABLE registre_blocscelle ENABLE TRIGGER registre_bloc_inalterable;
    RETURN lignes;
END $$;
"""


@dataclasses.dataclass(frozen=True, slots=True)
class MoisDu:
    """A month whose term is past: how many lines, why it must wait (empty: nothing holds it), whether it went."""

    mois: str
    lignes: int
    retenu: str = ""
    efface: bool = False


def fonction() -> str:
    """The only way to erase lines of the journal; it trusts nobody's word, the caller's included."""
    return _FONCTION.replace("{role}", role_de(CLE)).replace("{mois}", str(MOIS_GARDES))


def dus(aujourd_hui: dt.date | None = None) -> list[MoisDu]:
    """Months past their term, oldest first, and what holds each. Writes nothing but its own trace."""
    with traitement(CLE, acteur=SYSTEME, motif="Examen des mois du journal arrivés à leur terme"):
        return list(_dus(aujourd_hui or timezone.localdate()))


def purger(aujourd_hui: dt.date | None = None) -> Iterator[MoisDu]:
    """Seal what waits, then erase each month that is due and free; yields every month due as it is settled."""
    jour = aujourd_hui or timezone.localdate()
    scellement.sceller()
    for du in dus(jour):
        if du.retenu:
            yield du
            continue
        with traitement(CLE, acteur=SYSTEME, motif=MOTIF) as cours, connections[DEFAULT_DB_ALIAS].cursor() as curseur:
            curseur.execute(requetes.VERROU)
            connues = scellement.tetes_en_base(curseur)
            scellement.verifier_la_copie(connues)
            relu = next((autre for autre in _dus(jour) if autre.mois == du.mois), None)
            if relu is None or relu.retenu:  # another purge, or a freeze, came in between
                continue
            tete = scellement.signer_une_tete(
                curseur, connues[-1], scellement.horizon_scelle(curseur), scellement.fins_des_mois(curseur), du.mois
            )
            curseur.execute(requetes.PURGER_UN_MOIS, [f"{du.mois}-01"])
            lignes = int(curseur.fetchone()[0])
            cours.releve.noter_table(ECRITURE, "registre.LigneJournal")
        tetes.ajouter_au_fichier([*connues, tete][len(tetes.en_fichier()) :])
        yield dataclasses.replace(du, lignes=lignes, efface=True)


def _dus(jour: dt.date) -> Iterator[MoisDu]:
    with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        curseur.execute(requetes.MOIS_SCELLES)
        for mois, nombre in curseur.fetchall():
            if apres(mois, MOIS_GARDES) <= jour:
                yield MoisDu(mois, int(nombre), _ce_qui_retient(curseur, mois, jour))


def _ce_qui_retient(curseur: Any, mois: str, jour: dt.date) -> str:
    debut, fin = bornes(mois)
    curseur.execute(requetes.GELS_DU_MOIS, [debut, fin])
    (gels,) = curseur.fetchone()
    if gels:
        return f"{gels} dossier(s) ou personne(s) gelés par la justice ou un contrôle"
    curseur.execute(requetes.ALERTES_DU_MOIS, [fin, debut])
    (alertes,) = curseur.fetchone()
    if alertes and jour < apres(mois, MOIS_RETENUS_AU_PLUS):
        return f"{alertes} alerte(s) à traiter parlent de ses lignes"
    return ""
