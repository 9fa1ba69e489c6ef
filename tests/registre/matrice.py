"""What each processing must be able to touch, computed from the declarations alone; and rows to try it on.

The scope is told a second time here, by another road than the row policies: a row belongs to the persons, files and
Caf that its columns point at. Four rows in every table: the reader's, another Caf's, a neighbour's, an archived one.
"""

import contextlib
import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
from django.apps import apps
from django.db import models
from psycopg import sql

from limpide.dossiers.models import Dossier, Fait, NatureFait
from limpide.identite.models import Organisme, Personne
from limpide.registre.collecte import registre
from limpide.registre.conservation.politiques import sujet_a_archivage
from limpide.registre.contexte import Acteur
from limpide.registre.declaration import Traitement
from limpide.registre.droits_voulus import lectures_du_perimetre
from limpide.registre.modeles import Donnee

VERBES = {"SELECT": "lire", "INSERT": "creer", "UPDATE": "modifier"}
CAF = {900_001: "9A1", 900_002: "9B1", 900_003: "9A1", 900_004: "9A1"}
LA_SIENNE, AUTRE_CAF, VOISINE, ARCHIVEE = CAF
UNE_SEULE = {"registre.Archivage", "registre.Limitation"}
"""The archived file is limited too: a processing reaches it if it declares both."""
NATURES = {LA_SIENNE: "salaire_net", AUTRE_CAF: "salaire_net", VOISINE: "taux_incapacite", ARCHIVEE: "salaire_net"}
JOUR = dt.date(2026, 3, 1)
INSTANT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)

# Runs as whoever calls it: PostgreSQL's own refusals, column by column, of every table that exists.
EPROUVER = """
CREATE FUNCTION public.essai_matrice() RETURNS TABLE (tableau text, colonne text, privilege text)
LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    ordre text; cible record; refus text;
BEGIN
    FOR cible IN
        SELECT c.relname::text AS tableau, a.attname::text AS colonne, p AS privilege
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
              AND NOT a.attisdropped AND (p <> 'DELETE' OR a.attnum = 1)
    LOOP
        ordre := CASE cible.privilege
            WHEN 'SELECT' THEN 'SELECT %2$I FROM %1$I LIMIT 1'
            WHEN 'INSERT' THEN 'INSERT INTO %1$I (%2$I) VALUES (DEFAULT)'
            WHEN 'UPDATE' THEN 'UPDATE %1$I SET %2$I = DEFAULT'
            ELSE 'DELETE FROM %1$I' END;
        BEGIN
            EXECUTE format(ordre, cible.tableau, cible.colonne);
            RAISE EXCEPTION SQLSTATE 'ESSAI';  -- it was allowed: undo it
        EXCEPTION
            WHEN insufficient_privilege THEN
                -- Row policies and what triggers do have the same code: only the table itself is a refused column.
                GET STACKED DIAGNOSTICS refus = MESSAGE_TEXT;
                CONTINUE WHEN refus = 'permission denied for table ' || cible.tableau;
            WHEN OTHERS THEN  -- a constraint or a trigger had its say: the right was there
                NULL;
        END;
        tableau := cible.tableau;
        colonne := CASE cible.privilege WHEN 'DELETE' THEN '' ELSE cible.colonne END;
        privilege := cible.privilege;
        RETURN NEXT;
    END LOOP;
END $$;
"""
# Fires before the house's own triggers: says which row the role reached, and lets nothing happen to it.
TOUCHER = """
CREATE FUNCTION public.essai_toucher() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO essais.touchees VALUES (to_jsonb(OLD) ->> TG_ARGV[0]);
    RETURN NULL;
END $$;
"""


UN_AUTRE = 999_999
"""Somebody who protects nobody."""


def attendus(cle: str) -> set[tuple[str, str, str]]:
    """(table, column, privilege) that this processing must hold, from the declarations alone."""
    r = registre()
    voulus = {
        (modele._meta.db_table, champ.column, privilege)
        for privilege, verbe in VERBES.items()
        for modele, colonnes in r.droits[cle, verbe].items()
        for champ in modele._meta.concrete_fields
        if champ.attname in colonnes
        or (privilege == "INSERT" and champ.primary_key and getattr(modele, "identifiant_prealloue", False))
    }
    voulus |= {
        (modele._meta.db_table, modele._meta.get_field(attribut).column, "SELECT")
        for modele, attributs in lectures_du_perimetre(r.traitements[cle]).items()
        for attribut in attributs
    }
    return voulus | {
        ("registre_journal", colonne, "INSERT")
        for colonne in (
            "acteur_genre", "acteur_id", "service", "traitement", "declaration", "motif", "organisme",
            "personne_id", "dossier_id", "objet", "action",
        )
    }  # fmt: skip


def ouverture(declare: Traitement) -> dict[str, Any]:
    """How to open this processing for the reader of the first row."""
    return {
        "acteur": Acteur(declare.genres[0], 7, "essai"),
        "motif": "essai",
        "organisme": CAF[LA_SIENNE] if declare.perimetre == "organisme" else None,
        "personne": LA_SIENNE if declare.perimetre == "personne" else None,
        "protecteur": UN_AUTRE if declare.genres[0] == "protecteur" else None,
    }


def tables() -> list[type[Donnee]]:
    """Every table that holds personal data."""
    return [m for m in apps.get_models() if issubclass(m, Donnee) and m._meta.managed]


def lignes_attendues(declare: Traitement, modele: Any, verbe: str) -> set[int] | None:
    """Which of the four rows this processing must reach; None where rows are nobody's and all are open."""
    if declare.perimetre == "national":
        attendues = set(CAF)
    elif modele.perimetres[declare.perimetre] == "true":
        assert not _de_quelqu_un(modele, declare.perimetre), modele
        return None
    elif modele.perimetres[declare.perimetre] == "false":
        attendues = set()
    elif declare.genres == ("protecteur",):
        attendues = set()  # nobody gave this protector anything (with a measure: tests/usagers/test_protecteurs.py)
    elif declare.perimetre == "organisme" or _de_sa_caf(modele):
        attendues = {rang for rang, caf in CAF.items() if caf == CAF[LA_SIENNE]}
    else:
        attendues = {LA_SIENNE}
    if modele._meta.label in UNE_SEULE:
        return attendues & {ARCHIVEE}
    nouveau = modele is Dossier and verbe == "creer"  # a new file is a new number: it has no archive
    if sujet_a_archivage(modele) and not (declare.archives and declare.limitation) and not nouveau:
        attendues -= {ARCHIVEE}
    natures = declare.natures_pour(verbe)
    if modele.colonne_nature and natures != ("*",):
        attendues = {rang for rang in attendues if NATURES[rang] in natures}
    return attendues


def _de_quelqu_un(modele: Any, perimetre: str) -> bool:
    """A table open to all must not point at a person or a file; nor, for an office's processing, at a Caf."""
    vus = {champ.related_model for champ in modele._meta.concrete_fields} & {Personne, Dossier, Organisme}
    return bool(vus - ({Organisme} if perimetre == "personne" else set())) or modele is Personne


def _de_sa_caf(modele: Any) -> bool:
    """Rows of a Caf and of nobody: a person's processing reaches those of its own Caf, whoever their neighbours are."""
    return {c.related_model for c in modele._meta.concrete_fields} & {Personne, Dossier, Organisme} == {Organisme}


def identifiant(modele: Any, rang: int) -> str:
    """The primary key of one of the four rows, as text."""
    return str(_valeur(modele, modele._meta.pk, rang))


def _valeur(modele: Any, champ: Any, rang: int) -> Any:
    """Whatever links to a person, a file or a Caf links to this row's own; the rest is only plausible."""
    if champ.is_relation:
        return _valeur(champ.related_model, champ.target_field, rang)
    if champ.name == "organisme" or (modele is Organisme and champ.primary_key):
        return CAF[rang]
    if champ.name == modele.colonne_nature or (modele is NatureFait and champ.primary_key):
        return Fait.codes_natures()[NATURES[rang]]
    if champ.name in ("personne_id", "allocataire_id", "dossier_id") or (champ.primary_key and _entier(champ)):
        return rang
    if champ.null:
        return None
    return _plausible(champ, rang)


def _entier(champ: Any) -> bool:
    return isinstance(champ, models.IntegerField | models.AutoField)


def _plausible(champ: Any, rang: int) -> Any:
    genre = champ.get_internal_type()
    if genre in ("CharField", "TextField"):
        return str(rang)[-(champ.max_length or 9) :]
    if "Integer" in genre:
        return 100 + rang % 1000  # enough for a policy that asks for many
    autres = {
        "DateField": JOUR + dt.timedelta(days=rang % 1000), "DateTimeField": INSTANT, "BooleanField": False,
        "BinaryField": str(rang).encode(), "JSONField": "{}", "ArrayField": "{}", "UUIDField": uuid.UUID(int=rang),
        "DateRangeField": "[2026-01-01,)", "DateTimeRangeField": "[2026-01-01,)",
    }  # fmt: skip
    return autres[genre]


@contextlib.contextmanager
def terrain(maitre: psycopg.Connection[Any]) -> Iterator[None]:
    """Four rows in every table, written by the owner; constraints and triggers that would speak first are away."""
    verifications = maitre.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conislocal"
    ).fetchall()
    gachettes = maitre.execute("SELECT 1 FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'").fetchall()
    assert gachettes == [], "a trigger is not in its ordinary state: it could not be put back"
    maitre.execute("CREATE TABLE essais.touchees (numero text)")
    maitre.execute(TOUCHER)
    try:
        for table, nom, _ in verifications:
            maitre.execute(f"ALTER TABLE {table} DROP CONSTRAINT {nom}")
        for modele in tables():
            _remplir(maitre, modele)
            maitre.execute(f"ALTER TABLE {modele._meta.db_table} DISABLE TRIGGER USER")
            maitre.execute(
                f"CREATE TRIGGER aaa_essai BEFORE UPDATE ON {modele._meta.db_table} FOR EACH ROW"
                f" EXECUTE FUNCTION essai_toucher('{modele._meta.pk.column}')"
            )
        yield
    finally:
        for modele in tables():
            cles = [identifiant(modele, rang) for rang in CAF]
            maitre.execute(f"ALTER TABLE {modele._meta.db_table} ENABLE TRIGGER USER")
            maitre.execute(f"DROP TRIGGER IF EXISTS aaa_essai ON {modele._meta.db_table}")
            if modele is not NatureFait:
                maitre.execute(
                    f"DELETE FROM {modele._meta.db_table} WHERE {modele._meta.pk.column}::text = ANY (%s)", [cles]
                )
        for table, nom, texte in verifications:
            maitre.execute(f"ALTER TABLE {table} ADD CONSTRAINT {nom} {texte}")
        maitre.execute("DROP FUNCTION essai_toucher(); DROP TABLE essais.touchees")


def _remplir(maitre: psycopg.Connection[Any], modele: Any) -> None:
    champs = [champ for champ in modele._meta.concrete_fields if not champ.generated]
    for rang in [ARCHIVEE] if modele._meta.label in UNE_SEULE else CAF:
        maitre.execute(
            sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({}) ON CONFLICT DO NOTHING").format(
                sql.Identifier(modele._meta.db_table),
                sql.SQL(", ").join(sql.Identifier(champ.column) for champ in champs),
                sql.SQL(", ").join(sql.Placeholder() * len(champs)),
            ),
            [_valeur(modele, champ, rang) for champ in champs],
        )
