"""Every processing against every column and every row, by real statements: allowed if declared, and only then."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from limpide.registre.collecte import registre
from limpide.registre.contexte import HorsRegistre, traitement
from limpide.registre.installation import installer
from tests.banc.base import Nettoyeur

from .matrice import CAF, EPROUVER, attendus, identifiant, lignes_attendues, ouverture, tables, terrain

pytestmark = pytest.mark.usefixtures("base", "essais")


@pytest.fixture
def maitre(nettoyeur: Nettoyeur) -> psycopg.Connection[Any]:
    """The owner, to whom triggers don't apply, on a connection that no processing uses."""
    return nettoyeur.connexion


@pytest.fixture
def matrice(maitre: psycopg.Connection[Any]) -> Iterator[None]:
    maitre.execute(EPROUVER)
    yield
    maitre.execute("DROP FUNCTION essai_matrice()")


@pytest.mark.preuve(
    "Chaque traitement essaie vraiment de lire, créer et modifier chaque colonne de chaque table : seul ce qu'il "
    "déclare passe",
    controles=(11,),
)
def test_real_statements_agree_with_the_declarations_both_ways(matrice: None) -> None:
    for cle in registre().traitements:
        assert _permis(cle) == attendus(cle) | _supprimees(cle), cle


def test_a_right_given_or_taken_by_hand_is_seen(matrice: None, maitre: psycopg.Connection[Any]) -> None:
    cle = "essai_guichet"
    maitre.execute("GRANT UPDATE (prenoms) ON identite_personne TO t_essai_guichet")
    maitre.execute("REVOKE SELECT (motif_cloture) ON dossiers_dossier FROM t_essai_guichet")
    try:
        ecarts = _permis(cle) ^ (attendus(cle) | _supprimees(cle))
    finally:
        installer()
    assert ecarts == {("identite_personne", "prenoms", "UPDATE"), ("dossiers_dossier", "motif_cloture", "SELECT")}


@pytest.mark.preuve(
    "Les lignes d'une autre Caf, d'une autre personne ou des archives ne se lisent, ne se modifient ni ne se créent : "
    "chaque traitement essaie sur chaque table",
    controles=(11,),
)
def test_rows_out_of_scope_are_out_of_reach(maitre: psycopg.Connection[Any]) -> None:
    with terrain(maitre):
        ecarts = [
            f"{cle}, {modele._meta.label} : {faute}"
            for cle, declare in registre().traitements.items()
            for modele in tables()
            for faute in _fautes(maitre, declare, modele)
        ]
    assert not ecarts, "\n".join(ecarts)


ELARGIES = {
    "lire": ("essai_guichet", "USING (true)", "dossiers.Dossier"),
    "creer": ("essai_guichet", "WITH CHECK (true)", "identite.Affiliation"),
    "modifier": ("essai_guichet", "USING (true) WITH CHECK (true)", "identite.Personne"),
}


@pytest.mark.parametrize("verbe", ELARGIES)
def test_a_policy_widened_by_hand_is_seen(verbe: str, maitre: psycopg.Connection[Any]) -> None:
    cle, clause, libelle = ELARGIES[verbe]
    modele = apps.get_model(libelle)
    with terrain(maitre):
        maitre.execute(f"ALTER POLICY {cle}_{verbe} ON {modele._meta.db_table} {clause}")
        try:
            fautes = list(_fautes(maitre, registre().traitements[cle], modele))
        finally:
            installer()
    assert fautes


def _permis(cle: str) -> set[tuple[str, str, str]]:
    """What PostgreSQL let this processing do, statement after statement."""
    with traitement(cle, **ouverture(registre().traitements[cle])), connection.cursor() as curseur:
        curseur.execute("SELECT * FROM essai_matrice()")
        return set(curseur.fetchall())


def _supprimees(cle: str) -> set[tuple[str, str, str]]:
    return {(modele._meta.db_table, "", "DELETE") for modele in registre().suppressions[cle]}


def _fautes(maitre: psycopg.Connection[Any], declare: Any, modele: Any) -> Iterator[str]:
    droits = {verbe: registre().colonnes(declare.cle, verbe, modele) for verbe in ("lire", "creer", "modifier")}
    if not any(droits.values()):
        return
    if droits["lire"] and (vues := _vues(maitre, declare, modele, droits["lire"])):
        yield vues
    if droits["modifier"]:
        attendues = lignes_attendues(declare, modele, "modifier")
        touchees = _touchees(maitre, declare, modele, droits["modifier"])
        siennes = {identifiant(modele, rang) for rang in CAF if attendues is None or rang in attendues}
        if touchees != siennes:
            yield f"modifie {sorted(touchees)}, attendu {sorted(siennes)}"
    if droits["creer"]:
        attendues = lignes_attendues(declare, modele, "creer")
        libre = attendues is None or declare.perimetre in modele.perimetres_creation
        for rang in CAF:
            if _cree(maitre, declare, modele, droits["creer"], rang) is not (libre or rang in attendues):
                yield f"création de la ligne {rang} : {'refusée' if libre or rang in attendues else 'permise'}"


def _colonnes(modele: Any, attributs: frozenset[str]) -> list[str]:
    return [c.column for c in modele._meta.concrete_fields if c.attname in attributs and not c.generated]


def _vues(maitre: psycopg.Connection[Any], declare: Any, modele: Any, lues: frozenset[str]) -> str:
    """Values of one column: those that the role sees, against those that the owner finds in the expected rows."""
    cle, table = modele._meta.pk, modele._meta.db_table
    colonne = cle.column if cle.attname in lues else _colonnes(modele, lues)[0]
    attendues = lignes_attendues(declare, modele, "lire")
    texte = f"SELECT {colonne}::text FROM {table}"
    maitre.execute("DELETE FROM registre_journal WHERE id < %s", [min(CAF)])  # lines that these attempts leave
    if attendues is None or declare.perimetre == "national":
        exclues = [identifiant(modele, rang) for rang in CAF if attendues is not None and rang not in attendues]
        voulu = maitre.execute(f"{texte} WHERE NOT {cle.column}::text = ANY (%s)", [exclues]).fetchall()
    else:
        siennes = [identifiant(modele, rang) for rang in attendues]
        voulu = maitre.execute(f"{texte} WHERE {cle.column}::text = ANY (%s)", [siennes]).fetchall()
    with traitement(declare.cle, **ouverture(declare)), connection.cursor() as curseur:
        curseur.execute(texte)
        vu = curseur.fetchall()
    return "" if sorted(map(str, vu)) == sorted(map(str, voulu)) else f"voit {len(vu)} lignes, attendu {len(voulu)}"


def _touchees(maitre: psycopg.Connection[Any], declare: Any, modele: Any, modifiables: frozenset[str]) -> set[str]:
    """The rows among the four that an UPDATE without any condition reaches."""
    maitre.execute("DELETE FROM essais.touchees")
    with traitement(declare.cle, **ouverture(declare)), connection.cursor() as curseur:
        curseur.execute(f"UPDATE {modele._meta.db_table} SET {_colonnes(modele, modifiables)[0]} = NULL")
    numeros = {numero for (numero,) in maitre.execute("SELECT numero FROM essais.touchees")}
    return numeros & {identifiant(modele, rang) for rang in CAF}


def _cree(maitre: psycopg.Connection[Any], declare: Any, modele: Any, creables: frozenset[str], rang: int) -> bool:
    """Whether this row, copied, passes the policy: a constraint that refuses it speaks after."""
    colonnes = _colonnes(modele, creables)
    texte = f"SELECT {', '.join(f'{c}::text' for c in colonnes)} FROM {modele._meta.db_table}"
    valeurs = maitre.execute(
        f"{texte} WHERE {modele._meta.pk.column}::text = %s", [identifiant(modele, rang)]
    ).fetchone()
    if valeurs is None:  # the only archive is the archived file's
        return rang in (lignes_attendues(declare, modele, "creer") or ())
    litteraux = ", ".join("NULL" if v is None else psycopg.sql.quote(v) for v in valeurs)
    try:
        with traitement(declare.cle, **ouverture(declare)), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(f"INSERT INTO {modele._meta.db_table} ({', '.join(colonnes)}) VALUES ({litteraux})")
            transaction.set_rollback(True)
    except HorsRegistre:
        return False
    except DatabaseError:
        return True
    return True
