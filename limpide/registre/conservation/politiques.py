"""Row policies of retention: what is archived is out of reach; what is erased is due, and nothing else."""

from typing import Any

from limpide.registre.conservation.graphe import DOSSIER, PERSONNE, liens_directs
from limpide.registre.conservation.permission import CYCLE, PURGE
from limpide.registre.conservation.regles import DATE, FIN_DE_RELATION, Precision, Retention
from limpide.registre.conservation.techniques import retention_de

ARCHIVAGE = "registre.Archivage"
COLONNES_D_ARCHIVAGE = ("dossier_id",)


def sujet_a_archivage(modele: Any) -> bool:
    """Do the rows of this table leave the active base with their file?"""
    regle = retention_de(modele)
    if regle is None or regle.horloge != FIN_DE_RELATION or modele._meta.app_label == "registre":
        return False
    return bool(liens_directs(modele, DOSSIER))


def hors_archives(modele: Any) -> str:
    """The rows of files in the active base: for every processing that doesn't say why it reads the archive."""
    table = modele._meta.db_table
    return "".join(f" AND NOT {_archive(table, colonne)}" for colonne in liens_directs(modele, DOSSIER))


LIMITATION = "registre.Limitation"
COLONNES_DE_LIMITATION = ("dossier_id", "levee_le", "calcul_consenti")


def hors_limitation(modele: Any, *, consentie: bool) -> str:
    """The rows of files that nobody contests (RGPD art. 18); `consentie`: those whose person consents, too.

    The list is read once per statement, not once per row: limited files are few.
    """
    table, sauf = modele._meta.db_table, " AND NOT z.calcul_consenti" if consentie else ""
    liste = (
        "(SELECT coalesce(array_agg(z.dossier_id), '{}') FROM registre_limitation z "  # noqa: S608
        f"WHERE z.levee_le IS NULL{sauf})::bigint[]"
    )
    colonnes = liens_directs(modele, DOSSIER)
    return "".join(f" AND ({table}.{colonne} = ANY ({liste})) IS NOT TRUE" for colonne in colonnes)


def _archive(table: str, colonne: str) -> str:
    return _existe("registre_archivage z", f"z.dossier_id = {table}.{colonne}")


def _existe(table: str, condition: str) -> str:
    """Built from the models' names and the constants of this file."""
    return f"EXISTS (SELECT 1 FROM {table} WHERE {condition})"  # noqa: S608


def effacables(cle: str, modele: Any) -> str:
    """The rows that this processing may erase: those whose time has come, whatever the program asks."""
    regle = retention_de(modele)
    if regle is None or cle not in (PURGE, CYCLE):
        return ""
    table = modele._meta.db_table
    if cle == PURGE:
        return "".join(_dus(modele, regle, colonne) for colonne in _liens_du_dossier(modele, regle))
    if modele._meta.label == ARCHIVAGE:
        return ""
    if regle.horloge == DATE:
        return " AND " + regle.duree.ecoulee(f"{table}.{regle.colonne}")
    alternatives = [_precis(modele, precision) for precision in regle.plus_tot]
    return f" AND ({' OR '.join(alternatives)})" if alternatives else " AND false"


def _liens_du_dossier(modele: Any, regle: Retention) -> tuple[str, ...]:
    return liens_directs(modele, DOSSIER) if regle.horloge == FIN_DE_RELATION else ()


def _dus(modele: Any, regle: Retention, colonne: str) -> str:
    """Notice given, grace over, age reached, nothing frozen. (A row of no file is a sum, or belongs to its person.)"""
    table = modele._meta.db_table
    sien = f"dossier_id = {table}.{colonne}"
    echu = "z.etat = 'prevenu' AND z.grace_jusqu_au <= CURRENT_DATE AND z.efface_apres <= CURRENT_DATE"
    pret = _existe("registre_archivage z", f"z.{sien} AND {echu}")
    sans_dossier = f"{table}.{regle.agregation.marque}" if regle.agregation else f"{table}.{colonne} IS NULL"
    return f" AND ({sans_dossier} OR {pret} AND NOT {_gele(table, colonne)})"


def _gele(table: str, colonne: str) -> str:
    return _existe("registre_gel g", f"g.dossier_id = {table}.{colonne} AND g.leve_le IS NULL")


def _precis(modele: Any, precision: Precision) -> str:
    """Rows that go earlier than the rest of their table; at their own age, unless their file is frozen."""
    table, conditions = modele._meta.db_table, []
    if precision.filtre is not None:
        conditions.append(f"{table}.{precision.filtre[0]} = '{precision.filtre[1]}'")
    if precision.natures:
        codes = modele.codes_natures()
        liste = ",".join(str(codes[nom]) for nom in sorted(precision.natures))
        conditions.append(f"{table}.{modele.colonne_nature} = ANY ('{{{liste}}}'::smallint[])")
    if precision.quand == "date":
        conditions.append(precision.duree.ecoulee(f"{table}.{precision.colonne}"))
        conditions += [f"NOT {_gele(table, colonne)}" for colonne in liens_directs(modele, DOSSIER)]
    else:
        colonne = liens_directs(modele, DOSSIER)[0]
        conditions.append(_archive(table, colonne))
    return f"({' AND '.join(conditions)})"


__all__ = [
    "ARCHIVAGE", "COLONNES_DE_LIMITATION", "COLONNES_D_ARCHIVAGE", "LIMITATION", "PERSONNE", "effacables",
    "hors_archives", "hors_limitation", "sujet_a_archivage",
]  # fmt: skip
