"""The journal of accesses: one line per person read or written, one per refusal; append-only.

Lines are written under the processing's own role, in one statement per context: INSERT … SELECT FROM
unnest(…), because PostgreSQL refuses COPY FROM on a table with row-level security. Who and when are not
the application's word: the time is the database's, and a role can only write lines of its own processing.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from limpide.registre.contexte import Cours, HorsRegistre, refuser, traitement_courant
from limpide.registre.releve import ECRITURE, LECTURE, Ligne

TAILLE_DE_LOT = 100_000
COLONNES_ECRITES = (
    "acteur_genre",
    "acteur_id",
    "service",
    "traitement",
    "declaration",
    "motif",
    "organisme",
    "personne_id",
    "dossier_id",
    "objet",
    "action",
)
_ENTETE = f"INSERT INTO registre_journal ({', '.join(COLONNES_ECRITES)}) "
_COMMUN = "SELECT %s::text, %s::bigint, %s::text, %s::text, %s::text, %s::text, %s::text, "
_LIGNES = (
    _ENTETE + _COMMUN + "l.personne, l.dossier, (%s::text[])[l.sorte], (%s::text[])[l.sorte] "
    "FROM unnest(%s::bigint[], %s::bigint[], %s::integer[]) AS l (personne, dossier, sorte)"
)
_PERSONNES = _ENTETE + _COMMUN + "p.id, %s::bigint, %s::text, %s::text FROM unnest(%s::bigint[]) AS p (id)"


def _commun(cours: Cours) -> tuple[Any, ...]:
    return (
        cours.acteur.genre,
        cours.acteur.identifiant,
        cours.acteur.service,
        cours.cle,
        cours.empreinte,
        cours.motif,
        cours.organisme,
    )


def _tableau(identifiants: Iterable[int | None]) -> str:
    """PostgreSQL's text form of a bigint[]: ten times cheaper to build than one parameter per element."""
    return "{" + ",".join("NULL" if i is None else str(int(i)) for i in identifiants) + "}"


def ecrire(cours: Cours) -> None:
    """Write the lines noted by the context, in its transaction, in one statement: a page waits for it."""
    lignes = cours.releve.lignes()
    for debut in range(0, len(lignes), TAILLE_DE_LOT):
        _ecrire_lot(cours, lignes[debut : debut + TAILLE_DE_LOT])


def _ecrire_lot(cours: Cours, lignes: Sequence[Ligne]) -> None:
    """Actions and sets of tables are few: sent once each, and named by the lines by their rank."""
    rangs: dict[tuple[str, str], int] = {}
    sortes = [rangs.setdefault((ligne.objet, ligne.action), len(rangs) + 1) for ligne in lignes]
    personnes = _tableau(ligne.personne for ligne in lignes)
    dossiers = _tableau(
        cours.dossier if ligne.dossier is None and ligne.personne is not None else ligne.dossier for ligne in lignes
    )
    objets, actions = (list(colonne) for colonne in zip(*rangs, strict=True))
    with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        curseur.execute(_LIGNES, [*_commun(cours), objets, actions, personnes, dossiers, _tableau(sortes)])


def journaliser_lectures(
    personnes: Iterable[int], dossier: int | None = None, *, objet: str = "lot", action: str = LECTURE
) -> int:
    """For set-based reads that bypass the ORM: one line per distinct person, at once. Returns the count.

    Takes any iterable of internal person numbers (a NumPy column too); duplicates count once.
    """
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("journaliser_lectures s'appelle dans un traitement")
    if action not in (LECTURE, ECRITURE):
        raise refuser(f"action de journal inconnue : « {action} »", objet="journal")
    distinctes = sorted({int(personne) for personne in personnes})
    with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        for debut in range(0, len(distinctes), TAILLE_DE_LOT):
            lot = _tableau(distinctes[debut : debut + TAILLE_DE_LOT])
            curseur.execute(_PERSONNES, [*_commun(cours), dossier, objet, action, lot])
    return len(distinctes)
