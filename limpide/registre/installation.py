"""Put the database in the state that the register declares. Idempotent: only the differences are applied.

Roles belong to the whole cluster, rights to one database: role statements are few, retried when another
database's installation runs at the same time, and a role is only dropped when no other database uses it.
"""

import dataclasses
import time
from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from limpide.registre import catalogue
from limpide.registre.chaine import purge
from limpide.registre.collecte import registre
from limpide.registre.conservation import gardes, permission
from limpide.registre.contexte import PROPRIETAIRE, role_de
from limpide.registre.droits_voulus import Droit, Politique, Voulu, droits_voulus, empreinte
from limpide.registre.publication import versions

ESSAIS = 20
CONCURRENCE = ("XX000", "23505", "40001", "55P03")  # « tuple concurrently updated » and its kin
MOIS_D_AVANCE = 13


@dataclasses.dataclass
class Bilan:
    """What an installation changed, and what it could not do."""

    roles: int = 0
    droits: int = 0
    politiques: int = 0
    avertissements: list[str] = dataclasses.field(default_factory=list)


def login_application() -> str:
    """The login under which the application connects."""
    return str(connections[DEFAULT_DB_ALIAS].settings_dict["USER"])


def installer() -> Bilan:
    """Roles, grants, policies, journal partitions, version kept. As the owner, outside any processing."""
    voulu = droits_voulus(registre())
    connexion = connections[PROPRIETAIRE]
    bilan = Bilan()
    with connexion.cursor() as curseur:
        _roles(curseur, voulu, bilan)
    with transaction.atomic(using=PROPRIETAIRE), connexion.cursor() as curseur:
        # Two installations of the same database wait for each other.
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext('limpide.registre'))")
        _forcer_les_politiques(curseur)
        _droits(curseur, voulu, bilan)
        _politiques(curseur, voulu.politiques, bilan)
        _durcir(curseur, bilan)
        curseur.execute(permission.fonction())
        curseur.execute(purge.fonction())
        gardes.ouvrir(curseur)
        _tables_temporaires(curseur)
        _ouvrir_les_mois(curseur)
        versions.retenir()
    with connexion.cursor() as curseur:
        _roles_perimes(curseur, voulu, bilan)
    return bilan


def _q(nom: str) -> str:
    return str(connections[PROPRIETAIRE].ops.quote_name(nom))


def _qui(role: str) -> str:
    return "PUBLIC" if role == "PUBLIC" else _q(role)


def _avec_reprise(curseur: Any, ordre: str) -> None:
    """Role catalogues are shared by all databases: a concurrent installation makes an attempt fail."""
    for essai in range(ESSAIS):
        try:
            with transaction.atomic(using=PROPRIETAIRE):
                curseur.execute(ordre)
        except DatabaseError as erreur:
            etat = getattr(erreur.__cause__, "sqlstate", "")
            if etat == "42710":  # already created meanwhile
                return
            if etat not in CONCURRENCE or essai == ESSAIS - 1:
                raise
            time.sleep(0.05 * (essai + 1))
        else:
            return


def _roles(curseur: Any, voulu: Voulu, bilan: Bilan) -> None:
    login = login_application()
    presents = {nom for (nom,) in catalogue.lire(curseur, "SELECT rolname FROM pg_roles")}
    membres = catalogue.appartenances(curseur, login)
    for role in sorted(voulu.roles):
        if role not in presents:
            _avec_reprise(curseur, f"CREATE ROLE {_q(role)} NOLOGIN NOINHERIT")
            bilan.roles += 1
        if role not in membres:
            _avec_reprise(curseur, f"GRANT {_q(role)} TO {_q(login)}")
    for intrus in sorted(membres - voulu.roles):
        if not intrus.startswith(role_de("")):
            _avec_reprise(curseur, f"REVOKE {_q(intrus)} FROM {_q(login)}")
    etat = catalogue.login(curseur, login)
    # Django would otherwise call set_config() on each connection; pg_temp last, or a temporary table could
    # take the place of a real one.
    fuseau = connections[DEFAULT_DB_ALIAS].timezone_name or "UTC"
    for reglage in (f"TimeZone={fuseau}", "search_path=public, pg_temp"):
        nom, valeur = reglage.split("=", 1)
        if etat is not None and reglage.lower() not in [r.lower() for r in etat[4] or ()]:
            suite = valeur if nom == "search_path" else f"'{valeur}'"
            _avec_reprise(curseur, f"ALTER ROLE {_q(login)} SET {nom} = {suite}")
    if etat is not None and etat[2]:
        _avec_reprise(curseur, f"ALTER ROLE {_q(login)} NOINHERIT")


def _forcer_les_politiques(curseur: Any) -> None:
    moi, contourne = catalogue.lire(
        curseur, "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )[0]
    existantes = catalogue.politiques_reelles(curseur)
    for table, (forcee, _proprietaire) in sorted(catalogue.tables(curseur).items()):
        if not forcee:
            curseur.execute(f"ALTER TABLE {_q(table)} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        # An ordinary owner is held by FORCE too: migrations would silently see empty tables.
        if not contourne and (table, "proprietaire") not in existantes:
            curseur.execute(f"CREATE POLICY proprietaire ON {_q(table)} TO {_q(moi)} USING (true)")


def _droits(curseur: Any, voulu: Voulu, bilan: Bilan) -> None:
    sequences = catalogue.sequences(curseur)
    attendus = voulu.droits | {
        Droit(role, sequences[table], "", "USAGE") for role, table in voulu.sequences if table in sequences
    }
    de_trop = sorted(d for d in catalogue.droits_reels(curseur) - attendus if _a_nous(d.role))
    for droit in de_trop:
        curseur.execute(f"REVOKE {_ordre(droit, 'FROM')}")
    # Read again: revoking a whole table's privilege takes its columns' with it.
    manquants = sorted(attendus - catalogue.droits_reels(curseur))
    for droit in manquants:
        curseur.execute(f"GRANT {_ordre(droit, 'TO')}")
    bilan.droits = len(de_trop) + len(manquants)


def _a_nous(role: str) -> bool:
    """Rights of a database administrator's own roles are reported by `ecarts`, not taken away."""
    return role in ("PUBLIC", login_application()) or role.startswith(role_de(""))


def _ordre(droit: Droit, sens: str) -> str:
    colonne = f" ({_q(droit.colonne)})" if droit.colonne else ""
    genre = "SEQUENCE " if droit.privilege == "USAGE" else ""
    return f"{droit.privilege}{colonne} ON {genre}{_q(droit.relation)} {sens} {_qui(droit.role)}"


def _politiques(curseur: Any, voulues: Iterable[Politique], bilan: Bilan) -> None:
    reelles = catalogue.politiques_reelles(curseur)
    par_nom = {(p.relation, p.nom): p for p in voulues}
    for (table, nom), politique in reelles.items():
        attendue = par_nom.get((table, nom))
        if nom != "proprietaire" and (attendue is None or not politique_conforme(attendue, politique)):
            curseur.execute(f"DROP POLICY {_q(nom)} ON {_q(table)}")
            bilan.politiques += 1
    for cle, attendue in sorted(par_nom.items()):
        if cle in reelles and politique_conforme(attendue, reelles[cle]):
            continue
        curseur.execute(_creation(attendue))
        bilan.politiques += 1
    relues = catalogue.politiques_reelles(curseur)
    for cle, attendue in par_nom.items():
        using, check, commentaire = relues[cle][:3]
        marque = f"registre {attendue.empreinte} {empreinte(using, check)}"
        if commentaire != marque:
            curseur.execute(f"COMMENT ON POLICY {_q(cle[1])} ON {_q(cle[0])} IS '{marque}'")


def _creation(p: Politique) -> str:
    using = f" USING ({p.using})" if p.using else ""
    check = f" WITH CHECK ({p.check})" if p.check else ""
    return f"CREATE POLICY {_q(p.nom)} ON {_q(p.relation)} FOR {p.commande} TO {_q(p.role)}{using}{check}"


def politique_conforme(attendue: Politique, reelle: tuple[str, str, str, str, bool, list[str]]) -> bool:
    """PostgreSQL rewrites predicates: the comment keeps the hash of what was asked and of what it wrote."""
    using, check, commentaire, commande, permissive, roles = reelle
    lettre = {"SELECT": "r", "INSERT": "a", "UPDATE": "w", "DELETE": "d"}[attendue.commande]
    return (
        commentaire == f"registre {attendue.empreinte} {empreinte(using, check)}"
        and commande == lettre
        and permissive
        and list(roles) == [attendue.role]
    )


def _durcir(curseur: Any, bilan: Bilan) -> None:
    """An injected expression must not change role or office: nobody calls set_config() in this database."""
    if not catalogue.set_config_ouvert(curseur):
        return
    curseur.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if curseur.fetchone()[0]:
        curseur.execute("REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC")
        return
    bilan.avertissements.append(
        "set_config() reste ouverte à tous : la retirer en superutilisateur, dans cette base, par « REVOKE "
        "EXECUTE ON FUNCTION pg_catalog.set_config(text,text,boolean) FROM PUBLIC »"
    )


def _tables_temporaires(curseur: Any) -> None:
    """Temporary tables only for set-based processings. (A copied database loses this: it is not a drift.)"""
    base = _q(str(connections[PROPRIETAIRE].settings_dict["NAME"]))
    par_lots = {role_de(t.cle) for t in registre().traitements.values() if t.par_lots}
    accordes = {
        role
        for (role,) in catalogue.lire(
            curseur,
            "SELECT coalesce(g.rolname, 'PUBLIC') FROM pg_database d CROSS JOIN LATERAL aclexplode("
            "coalesce(d.datacl, acldefault('d', d.datdba))) acl LEFT JOIN pg_roles g ON g.oid = acl.grantee "
            "WHERE d.datname = current_database() "
            "AND acl.privilege_type = 'TEMPORARY' AND acl.grantee <> d.datdba",
        )
    }
    for role in sorted(accordes - par_lots):
        if _a_nous(role):
            curseur.execute(f"REVOKE TEMPORARY ON DATABASE {base} FROM {_qui(role)}")
    for role in sorted(par_lots - accordes):
        curseur.execute(f"GRANT TEMPORARY ON DATABASE {base} TO {_q(role)}")


def _ouvrir_les_mois(curseur: Any) -> None:
    """Journal partitions for the year to come."""
    curseur.execute(
        "SELECT registre_journal_ouvrir_mois("
        "(date_trunc('month', now()) + make_interval(months => n))::date) FROM generate_series(0, %s) n",
        [MOIS_D_AVANCE],
    )
    _forcer_les_politiques(curseur)


def _roles_perimes(curseur: Any, voulu: Voulu, bilan: Bilan) -> None:
    """Processings that left the register: their role goes too, unless another database still uses it."""
    for role in sorted(catalogue.appartenances(curseur, login_application()) - voulu.roles):
        if not role.startswith(role_de("")):
            continue
        ailleurs = catalogue.lire(
            curseur,
            "SELECT 1 FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid "
            "WHERE r.rolname = %s AND d.refclassid = 'pg_authid'::regclass AND d.dbid <> 0 LIMIT 1",
            [role],
        )
        if ailleurs:
            bilan.avertissements.append(f"{role} n'est plus au registre, mais sert encore une autre base")
        else:
            _avec_reprise(curseur, f"DROP ROLE {_q(role)}")
            bilan.roles += 1
