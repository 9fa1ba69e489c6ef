"""What PostgreSQL really holds, read from its catalogue (any login may read it)."""

from typing import Any

from limpide.registre.droits_voulus import Droit

SCHEMA = "public"

_DROITS = """
SELECT coalesce(g.rolname, 'PUBLIC'), c.relname, '', acl.privilege_type
FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl LEFT JOIN pg_roles g ON g.oid = acl.grantee
WHERE c.relnamespace = to_regnamespace('public') AND acl.grantee <> c.relowner
UNION ALL
SELECT coalesce(g.rolname, 'PUBLIC'), c.relname, a.attname, acl.privilege_type
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     CROSS JOIN LATERAL aclexplode(a.attacl) acl LEFT JOIN pg_roles g ON g.oid = acl.grantee
WHERE c.relnamespace = to_regnamespace('public') AND NOT a.attisdropped AND acl.grantee <> c.relowner
"""
_POLITIQUES = """
SELECT c.relname, p.polname, coalesce(pg_get_expr(p.polqual, p.polrelid), ''),
       coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''),
       coalesce(obj_description(p.oid, 'pg_policy'), ''),
       p.polcmd::text, p.polpermissive, array(SELECT pg_get_userbyid(r) FROM unnest(p.polroles) r)::text[]
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = to_regnamespace('public')
"""
_TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, pg_get_userbyid(c.relowner)
FROM pg_class c WHERE c.relnamespace = to_regnamespace('public') AND c.relkind IN ('r', 'p')
"""
_SEQUENCES = """
SELECT DISTINCT t.relname, s.relname FROM pg_depend d
JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_class t ON t.oid = d.refobjid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
  AND s.relnamespace = to_regnamespace('public')
"""
_APPARTENANCES = """
SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = %s
"""
_LOGIN = """
SELECT rolsuper, rolbypassrls, rolinherit, rolcreaterole OR rolcreatedb, rolconfig,
       (SELECT count(*) FROM pg_class WHERE relowner = r.oid)
FROM pg_roles r WHERE rolname = %s
"""
_CONFIGURABLE = """
SELECT has_function_privilege('public', 'pg_catalog.set_config(text,text,boolean)', 'EXECUTE')
"""


def lire(curseur: Any, requete: str, parametres: list[Any] | None = None) -> list[Any]:
    """All rows of a constant query."""
    curseur.execute(requete, parametres)
    return list(curseur.fetchall())


def droits_reels(curseur: Any) -> frozenset[Droit]:
    """Every privilege of someone other than the owner, on tables, columns and sequences."""
    return frozenset(Droit(*ligne) for ligne in lire(curseur, _DROITS))


def politiques_reelles(curseur: Any) -> dict[tuple[str, str], tuple[str, str, str, str, bool, list[str]]]:
    """By (table, name): qualification, check, comment, command letter, permissive, roles."""
    return {(ligne[0], ligne[1]): tuple(ligne[2:]) for ligne in lire(curseur, _POLITIQUES)}


def tables(curseur: Any) -> dict[str, tuple[bool, str]]:
    """By table: are its policies enabled and forced; its owner."""
    return {nom: (forcee, proprietaire) for nom, forcee, proprietaire in lire(curseur, _TABLES)}


def sequences(curseur: Any) -> dict[str, str]:
    """The sequence that numbers each table."""
    return dict(lire(curseur, _SEQUENCES))


def appartenances(curseur: Any, login: str) -> frozenset[str]:
    """Roles granted to this login."""
    return frozenset(nom for (nom,) in lire(curseur, _APPARTENANCES, [login]))


def login(curseur: Any, nom: str) -> Any | None:
    """(superuser, bypassrls, inherit, createrole or createdb, settings, relations owned), or None."""
    lignes = lire(curseur, _LOGIN, [nom])
    return lignes[0] if lignes else None


def set_config_ouvert(curseur: Any) -> bool:
    """May anybody call set_config() in this database?"""
    return bool(lire(curseur, _CONFIGURABLE)[0][0])
