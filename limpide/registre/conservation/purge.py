"""The purge: every row that speaks of a file past its age, then the persons whom nothing names any more.

Chunk by chunk, one transaction each, children before parents. Killed anywhere, the next run goes on with the same
report. What is counted stays (statistics, sums of the ledger); who it was does not.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from limpide.registre.conservation import signature
from limpide.registre.conservation.cycle import Suivi, suivis
from limpide.registre.conservation.graphe import DOSSIER, PERSONNE, liens, liens_directs, modeles, ordre, retention
from limpide.registre.conservation.modeles import Archivage, Effacement, RapportPurge
from limpide.registre.conservation.permission import PURGE
from limpide.registre.conservation.regles import DATE, SANS_PERSONNE, Agregation
from limpide.registre.conservation.relations import fichiers
from limpide.registre.conservation.requetes import executer, interroger, nom
from limpide.registre.conservation.sessions import effacer_les_sessions
from limpide.registre.conservation.techniques import retention_de
from limpide.registre.conservation.traces import noter, version_des_regles
from limpide.registre.contexte import PROPRIETAIRE, SYSTEME, traitement

LOT = 200
MOTIF = "Effacement au terme de la conservation"
Progres = Callable[[int], object]

_ECHUS = """
SELECT dossier_id, organisme FROM registre_archivage
 WHERE etat = 'prevenu' AND grace_jusqu_au <= CURRENT_DATE AND efface_apres <= CURRENT_DATE AND dossier_id > %s
 ORDER BY dossier_id LIMIT %s"""

_GELEES = "SELECT personne_id FROM registre_gel WHERE leve_le IS NULL AND personne_id = ANY (%s)"


def lignes_de(modele: Any, genre: str, numeros: str = "%(numeros)s") -> str:
    """SQL condition of the rows of this table that speak of these files (or persons)."""
    conditions = []
    for lien in liens(modele, genre):
        if lien.par is None:
            conditions.append(f"{nom(lien.colonne)} = ANY ({numeros})")
        else:
            table, cle = nom(lien.par._meta.db_table), nom(lien.par._meta.pk.column)
            dedans = f"SELECT {cle} FROM {table} WHERE {lignes_de(lien.par, genre, numeros)}"  # noqa: S608
            conditions.append(f"{nom(lien.colonne)} IN ({dedans})")
    return "(" + " OR ".join(conditions) + ")"


def a_effacer(dossiers: Sequence[int]) -> dict[str, int]:
    """Rows per table that erasing these files would take, persons aside: for the dry run."""
    comptes = {}
    for modele in ordre(DOSSIER):
        table = nom(modele._meta.db_table)
        requete = f"SELECT count(*) FROM {table} WHERE {lignes_de(modele, DOSSIER)}"  # noqa: S608
        if nombre := interroger(requete, {"numeros": list(dossiers)})[0][0]:
            comptes[modele._meta.label] = nombre
    return comptes


def preparer() -> dict[str, int]:
    """Dry run: rows per table of everything due today, and the contents of files past their age."""
    comptes: Counter[str] = Counter()
    with traitement(PURGE, acteur=SYSTEME, motif=f"{MOTIF} : essai à blanc"):
        dernier = 0
        while page := _prets(dernier):
            comptes.update(a_effacer([s.relation.dossier for s in page if s.etape == "a_effacer"]))
            dernier = max(s.relation.dossier for s in page)
        for tenus in fichiers():
            if tenus.effacer is not None and (nombre := tenus.effacer(False)):
                comptes[f"fichiers : {tenus.dossier}"] += nombre
    return dict(comptes)


def _prets(dernier: int, lot: int = LOT) -> list[Suivi]:
    """The next files said to be due, with their ties looked at once more."""
    return suivis(interroger(_ECHUS, [dernier, lot]), timezone.localdate())


def purger(progres: Progres | None = None, *, lot: int = LOT) -> RapportPurge:
    """Erase everything that is due; returns the signed report. Taken up again where a former run was cut."""
    rapport = _rapport()
    with traitement(PURGE, acteur=SYSTEME, motif=MOTIF):
        for tenus in fichiers():
            if tenus.effacer is not None:
                _noter_des_fichiers(rapport, tenus.dossier, tenus.effacer(True))
    dernier = 0
    while True:
        with traitement(PURGE, acteur=SYSTEME, motif=MOTIF):
            page = _prets(dernier, lot)
            for caf in sorted({s.organisme for s in page}):
                dus = [s.relation.dossier for s in page if s.organisme == caf and s.etape == "a_effacer"]
                if dus:
                    _effacer(rapport, caf, dus)
        if not page:
            break
        dernier = max(s.relation.dossier for s in page)
        if progres:
            progres(len(page))
    return _signer(rapport)


def _rapport() -> RapportPurge:
    """The report of the run that was cut, or a new one."""
    with traitement(PURGE, acteur=SYSTEME, motif=MOTIF):
        en_cours: RapportPurge | None = RapportPurge.objects.filter(etat=RapportPurge.Etat.EN_COURS).first()
        if en_cours is not None:
            return en_cours
        nouveau: RapportPurge = RapportPurge.objects.create(
            etat=RapportPurge.Etat.EN_COURS, commence_le=timezone.now(), regles=version_des_regles(), contenu="",
            signature="", cle_publique="",
        )  # fmt: skip
        return nouveau


def _noter_des_fichiers(rapport: RapportPurge, dossier: str, nombre: int) -> None:
    if nombre:
        Effacement.objects.create(
            rapport=rapport, organisme="", horloge="date", modele=f"fichiers : {dossier}", sort="suppression",
            nombre=nombre, regle=version_des_regles(), efface_le=timezone.now(),
        )  # fmt: skip


def _effacer(rapport: RapportPurge, caf: str, dossiers: list[int]) -> None:
    """One Caf's chunk: counts first, then rows, children before parents, then who is named nowhere any more."""
    concernees = _personnes_de(dossiers)
    for modele in ordre(DOSSIER):
        regle = retention_de(modele)
        if regle is not None and regle.statistique is not None:
            executer(regle.statistique.requete, {"dossiers": dossiers})
    for modele in sorted(ordre(DOSSIER), key=lambda m: m is Archivage):  # what allows the erasure goes last
        regle = retention_de(modele)
        if regle is not None and regle.agregation is not None:
            _noter(rapport, caf, modele, _anonymiser(modele, regle.agregation, dossiers))
        else:
            _noter(rapport, caf, modele, _supprimer(modele, DOSSIER, dossiers))
    partantes = _sans_dossier(concernees)
    if partantes:
        effacer_les_sessions(partantes)
        for modele in ordre(PERSONNE):
            _noter(rapport, caf, modele, _supprimer(modele, PERSONNE, partantes))


def _noter(rapport: RapportPurge, caf: str, modele: Any, nombre: int) -> None:
    if nombre:
        noter(caf, modele, nombre, rapport)


def _supprimer(modele: Any, genre: str, numeros: list[int]) -> int:
    table = nom(modele._meta.db_table)
    requete = f"DELETE FROM {table} WHERE {lignes_de(modele, genre)}"  # noqa: S608
    return executer(requete, {"numeros": numeros})


def _anonymiser(modele: Any, agregation: Agregation, dossiers: list[int]) -> int:
    """Rows that agree become one without identity, added to the one already there; sums never change."""
    table, cle, somme = nom(modele._meta.db_table), nom(modele._meta.pk.column), nom(agregation.somme)
    marque, par = nom(agregation.marque), [nom(c) for c in agregation.par]
    memes = " AND ".join(f"a.{c} IS NOT DISTINCT FROM p.{c}" for c in par)
    groupes = interroger(
        f"WITH p AS (SELECT {', '.join(par)}, array_agg({cle} ORDER BY {cle}) AS siennes, sum({somme}) AS total "  # noqa: S608
        f"FROM {table} WHERE {lignes_de(modele, DOSSIER)} GROUP BY {', '.join(par)}) "
        f"SELECT p.siennes, a.{cle}, (p.total + coalesce(a.{somme}, 0))::bigint "
        f"FROM p LEFT JOIN {table} a ON a.{marque} AND {memes}",
        {"numeros": dossiers},
    )
    gardees, sommes, en_trop = [], [], []
    for siennes, deja, total in groupes:
        toutes = [*siennes, *([] if deja is None else [deja])]
        if total:
            gardees.append(toutes.pop())
            sommes.append(total)
        en_trop += toutes
    executer(f"DELETE FROM {table} WHERE {cle} = ANY (%s)", [en_trop])  # noqa: S608
    vides = ", ".join(f"{nom(c)} = NULL" for c in agregation.efface)
    executer(
        f"UPDATE {table} t SET {vides}, {marque} = true, {somme} = v.somme "  # noqa: S608
        f"FROM unnest(%s::bigint[], %s::bigint[]) AS v(garde, somme) WHERE t.{cle} = v.garde",
        [gardees, sommes],
    )
    return sum(len(siennes) for siennes, _, _ in groupes)


def _personnes_de(dossiers: list[int]) -> list[int]:
    """Everybody whom the rows of these files name."""
    trouvees: set[int] = set()
    for modele in ordre(DOSSIER):
        table = nom(modele._meta.db_table)
        for colonne in liens_directs(modele, PERSONNE):
            requete = f"SELECT DISTINCT {nom(colonne)} FROM {table} WHERE {lignes_de(modele, DOSSIER)}"  # noqa: S608
            trouvees |= {n for (n,) in interroger(requete, {"numeros": dossiers}) if n is not None}
    return sorted(trouvees)


def _sans_dossier(personnes: list[int]) -> list[int]:
    """Those whom no remaining file names, and whose own erasure nothing freezes."""
    restent: set[int] = set()
    for modele in ordre(DOSSIER):
        colonnes = liens_directs(modele, PERSONNE)
        du_dossier = liens_directs(modele, DOSSIER)
        for colonne in colonnes:
            table = nom(modele._meta.db_table)
            dans_un_dossier = f" AND {nom(du_dossier[0])} IS NOT NULL" if du_dossier else ""
            requete = f"SELECT DISTINCT {nom(colonne)} FROM {table} WHERE {nom(colonne)} = ANY (%s)"  # noqa: S608
            restent |= {n for (n,) in interroger(requete + dans_un_dossier, [personnes])}
    gelees = interroger(
        "SELECT personne_id FROM registre_gel WHERE leve_le IS NULL AND personne_id = ANY (%s)", [personnes]
    )
    return sorted(set(personnes) - restent - {n for (n,) in gelees})


def _signer(rapport: RapportPurge) -> RapportPurge:
    """Counts of the whole run, per table; sealed, never changed afterwards."""
    with traitement(PURGE, acteur=SYSTEME, motif=MOTIF):
        comptes: Counter[str] = Counter()
        for modele, nombre in Effacement.objects.filter(rapport_id=rapport.pk).values_list("modele", "nombre"):
            comptes[modele] += nombre
        fini = timezone.now()
        contenu = json.dumps(
            {"rapport": rapport.pk, "commence_le": rapport.commence_le.isoformat(), "termine_le": fini.isoformat(),
             "regles": rapport.regles, "lignes": dict(sorted(comptes.items())), "total": sum(comptes.values())},
            ensure_ascii=False, sort_keys=True,
        )  # fmt: skip
        rapport.etat, rapport.termine_le, rapport.contenu = RapportPurge.Etat.TERMINE, fini, contenu
        rapport.signature, rapport.cle_publique = signature.sceller(contenu), signature.cle_publique()
        with transaction.atomic():
            rapport.save(update_fields=["etat", "termine_le", "contenu", "signature", "cle_publique"])
    return rapport


def lignes_du_rapport(rapport: RapportPurge) -> dict[str, int]:
    """Rows per table, as signed."""
    lignes: dict[str, int] = json.loads(rapport.contenu)["lignes"]
    return lignes


def tasser() -> int:
    """Rewrite the emptied tables without the erased rows, and what the planner remembered of their values.

    Those with their own clock too: requests on data name who asked, and went before the file. Returns how many tables.
    Erased rows would otherwise stay in the pages until something is written over them.
    """
    effaces = {m._meta.db_table for genre in (DOSSIER, PERSONNE) for m in ordre(genre)}
    effaces |= {m._meta.db_table for m in modeles() if retention(m).horloge == DATE}
    effaces |= {m._meta.db_table for m in modeles() if retention(m).horloge == SANS_PERSONNE}  # transfer files, emptied
    connexion = connections[PROPRIETAIRE]
    with connexion.cursor() as curseur:
        for table in sorted(effaces):
            curseur.execute(f"VACUUM (FULL, ANALYZE) {connexion.ops.quote_name(table)}")
        curseur.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if curseur.fetchone()[0]:
            curseur.execute("VACUUM (FULL) pg_catalog.pg_statistic")
            curseur.execute("CHECKPOINT")
    return len(effaces)


__all__ = ["a_effacer", "lignes_du_rapport", "preparer", "purger", "tasser"]
