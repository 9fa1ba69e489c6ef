"""The few statements of the chain, run inside processing `scellement_journal`."""

QUAND = "to_char(quand AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
MOIS = "to_char(quand AT TIME ZONE 'UTC', 'YYYY-MM')"
_LIGNE = (
    f"id, {QUAND}, acteur_genre, acteur_id, service, traitement, declaration, motif, organisme, personne_id, "
    "dossier_id, objet, action, transaction"
)
VERROU = "SELECT pg_advisory_xact_lock(hashtext('limpide.journal'))"
# Every transaction below this number is over: what it wrote is visible, and nothing can be added to it.
HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
A_SCELLER = (
    f"SELECT {MOIS}, {_LIGNE} FROM registre_journal "
    "WHERE transaction >= %s::bigint AND transaction < %s::bigint ORDER BY 1, transaction, id"
)
# After a restoration transaction numbers start again below: what is not in a block is to be sealed.
A_REPRENDRE = (
    f"SELECT {MOIS}, {_LIGNE} FROM registre_journal j WHERE transaction < %s::bigint AND NOT EXISTS "
    "(SELECT FROM (SELECT unnest(numeros) AS numero FROM registre_blocscelle) b WHERE b.numero = j.id) "
    "ORDER BY 1, transaction, id"
)
RESTE = "SELECT count(*), min(quand) FROM registre_journal WHERE transaction >= %s::bigint"
DERNIERS_BLOCS = (
    "SELECT DISTINCT ON (mois) mois, rang, premiere + nombre, substring(empreintes FROM octet_length(empreintes) - 31) "
    "FROM registre_blocscelle ORDER BY mois, rang DESC"
)
DERNIER_HORIZON = "SELECT horizon FROM registre_blocscelle ORDER BY id DESC LIMIT 1"
AJOUTER_UN_BLOC = (
    "INSERT INTO registre_blocscelle (mois, rang, premiere, nombre, numeros, empreintes, precedente, horizon, reprise) "
    "VALUES (%s, %s, %s, %s, %s::bigint[], %s::bytea, %s::bytea, %s::bigint, %s)"
)
TETES = "SELECT texte, signature FROM registre_tetejournal ORDER BY numero"
DERNIERE_TETE = "SELECT texte, signature FROM registre_tetejournal ORDER BY numero DESC LIMIT 1"
AJOUTER_UNE_TETE = "INSERT INTO registre_tetejournal (numero, texte, signature) VALUES (%s, %s, %s)"
BLOCS = (
    "SELECT mois, rang, premiere, numeros, empreintes, precedente, reprise FROM registre_blocscelle ORDER BY mois, rang"
)
LIGNES = f"SELECT {_LIGNE} FROM registre_journal WHERE id = ANY (%s::bigint[]) AND quand >= %s AND quand < %s"
LIGNES_PERDUES = f"SELECT {_LIGNE} FROM registre_journal WHERE id = ANY (%s::bigint[])"
# Committed under a transaction that was already sealed, and in no block: inserted behind the chain.
INSEREES = (
    "SELECT j.id, to_char(j.quand AT TIME ZONE 'UTC', 'YYYY-MM') FROM registre_journal j "
    "WHERE j.transaction < %s::bigint AND NOT EXISTS "
    "(SELECT FROM (SELECT unnest(numeros) AS numero FROM registre_blocscelle) b WHERE b.numero = j.id) "
    "ORDER BY j.quand, j.id LIMIT 1"
)
DOUBLES = "SELECT id FROM registre_journal GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1"
MOIS_SCELLES = "SELECT mois, sum(nombre) FROM registre_blocscelle GROUP BY mois ORDER BY mois"
GELS_DU_MOIS = (
    "SELECT count(*) FROM registre_gel g WHERE g.leve_le IS NULL AND g.motif IN ('justice', 'controle') AND EXISTS "
    "(SELECT FROM registre_journal j WHERE j.quand >= %s AND j.quand < %s "
    "AND (j.dossier_id = g.dossier_id OR j.personne_id = g.personne_id))"
)
ALERTES_DU_MOIS = "SELECT count(*) FROM registre_alerte WHERE traitee_le IS NULL AND lignes_du < %s AND lignes_au >= %s"
PURGER_UN_MOIS = "SELECT registre_journal_purger_mois(%s::date)"
