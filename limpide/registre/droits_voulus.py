"""What PostgreSQL must hold so that the register is true: grants per column, policies per row.

Computed from the declarations and the models alone; `installation` applies it, `ecarts` compares it.
"""

import dataclasses
import hashlib
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model

from limpide.registre.collecte import Registre, modele_de
from limpide.registre.conservation.politiques import (
    ARCHIVAGE,
    COLONNES_D_ARCHIVAGE,
    COLONNES_DE_LIMITATION,
    LIMITATION,
    effacables,
    hors_archives,
    hors_limitation,
    sujet_a_archivage,
)
from limpide.registre.contexte import role_de
from limpide.registre.declaration import DeclarationInvalide, Traitement
from limpide.registre.journal import COLONNES_ECRITES
from limpide.registre.requete import est_donnee

JOURNAL = "registre_journal"
PRIVILEGES = {"lire": "SELECT", "creer": "INSERT", "modifier": "UPDATE"}
# (select …) makes the setting one InitPlan per query instead of one call per row.
ORGANISME = "(select nullif(current_setting('app.organisme', true), ''))"
PERSONNE = "(select registre_personne())"
SOI = "(select registre_soi())"
"""`{personne}`: the person named by the processing, if who acts for them still may. `{soi}`: nobody, for another."""


@dataclasses.dataclass(frozen=True, order=True)
class Droit:
    """One privilege of one role; `colonne` is empty for a whole table or a sequence."""

    role: str
    relation: str
    colonne: str
    privilege: str


@dataclasses.dataclass(frozen=True, order=True)
class Politique:
    """One row policy. `using` and `check` are SQL predicates, empty when the command has none."""

    relation: str
    nom: str
    role: str
    commande: str
    using: str
    check: str

    @property
    def empreinte(self) -> str:
        return empreinte(self.role, self.commande, self.using, self.check)


@dataclasses.dataclass(frozen=True)
class Voulu:
    """The whole wanted state: roles, grants, policies, and the sequences that a role may advance."""

    roles: frozenset[str]
    droits: frozenset[Droit]
    politiques: frozenset[Politique]
    sequences: frozenset[tuple[str, str]]


def empreinte(*textes: str) -> str:
    """Short hash, kept in the policy's comment."""
    return hashlib.sha256("\x1f".join(textes).encode()).hexdigest()[:16]


def _predicat(traitement: Traitement, modele: type[Model]) -> str:
    du_dossier = sujet_a_archivage(modele)
    archives = "" if traitement.archives or not du_dossier else hors_archives(modele)
    if du_dossier and not traitement.limitation:
        archives += hors_limitation(modele, consentie=bool(traitement.limitation_consentie))
    if traitement.perimetre == "national" or not est_donnee(modele):
        return f"true{archives}"
    return _remplir(modele.perimetres[traitement.perimetre]) + archives  # type: ignore[attr-defined]


def _remplir(predicat: str) -> str:
    return f"({predicat.replace('{organisme}', ORGANISME).replace('{personne}', PERSONNE).replace('{soi}', SOI)})"


def _natures(traitement: Traitement, modele: type[Model], verbe: str) -> str:
    noms = traitement.natures_pour(verbe)
    colonne = getattr(modele, "colonne_nature", "")
    if not colonne or noms == ("*",):
        return ""
    codes = modele.codes_natures()  # type: ignore[attr-defined]
    liste = ",".join(str(code) for code in sorted(int(codes[nom]) for nom in noms))
    return f" AND {colonne} = ANY ('{{{liste}}}'::smallint[])"


def lectures_du_perimetre(traitement: Traitement) -> dict[type[Model], frozenset[str]]:
    """Columns of other tables that the scope's predicates read; they are granted with it, and published."""
    lues: dict[type[Model], frozenset[str]] = {}
    a_voir = [modele_de(libelle, traitement.cle) for libelle in traitement.modeles]
    vus: set[type[Model]] = set()
    while a_voir:
        modele = a_voir.pop()
        if modele in vus or not est_donnee(modele):
            continue
        vus.add(modele)
        for libelle, colonnes in modele.lectures_perimetre.get(traitement.perimetre, {}).items():  # type: ignore[attr-defined]
            autre = modele_de(libelle, f"{modele._meta.label}.lectures_perimetre")
            if autre is modele or modele in _lus_par(autre, traitement.perimetre):
                raise DeclarationInvalide(
                    f"{modele._meta.label} : son périmètre « {traitement.perimetre} » se lit lui-même ; "
                    "passer par une fonction SECURITY DEFINER sans argument"
                )
            lues[autre] = lues.get(autre, frozenset()) | frozenset(colonnes)
            a_voir.append(autre)
    if not traitement.archives and any(sujet_a_archivage(modele) for modele in vus):
        archivage = modele_de(ARCHIVAGE, traitement.cle)
        lues[archivage] = lues.get(archivage, frozenset()) | frozenset(COLONNES_D_ARCHIVAGE)
    if not traitement.limitation and any(sujet_a_archivage(modele) for modele in vus):
        limitation = modele_de(LIMITATION, traitement.cle)
        lues[limitation] = lues.get(limitation, frozenset()) | frozenset(COLONNES_DE_LIMITATION)
    return lues


def _lus_par(modele: type[Model], perimetre: str) -> set[type[Model]]:
    directs = getattr(modele, "lectures_perimetre", {}).get(perimetre, {})
    return {modele_de(libelle, modele._meta.label) for libelle in directs}


def _colonnes_sql(modele: type[Model], attributs: Iterable[str]) -> list[str]:
    champs = modele._meta.concrete_fields
    return [str(champ.column) for champ in champs if champ.attname in attributs]


def _droits(registre: Registre, traitement: Traitement) -> Iterable[Droit]:
    role = role_de(traitement.cle)
    for verbe, privilege in PRIVILEGES.items():
        for modele, attributs in registre.droits[traitement.cle, verbe].items():
            for colonne in _colonnes_sql(modele, attributs):
                yield Droit(role, modele._meta.db_table, colonne, privilege)
    for modele in registre.droits[traitement.cle, "creer"]:
        if getattr(modele, "identifiant_prealloue", False) and modele._meta.pk:
            yield Droit(role, modele._meta.db_table, str(modele._meta.pk.column), "INSERT")
    for modele in registre.suppressions[traitement.cle]:
        yield Droit(role, modele._meta.db_table, "", "DELETE")
    for modele, attributs in lectures_du_perimetre(traitement).items():
        for colonne in _colonnes_sql(modele, attributs):
            yield Droit(role, modele._meta.db_table, colonne, "SELECT")
    for colonne in COLONNES_ECRITES:
        yield Droit(role, JOURNAL, colonne, "INSERT")


def _politiques(registre: Registre, traitement: Traitement) -> Iterable[Politique]:
    role, cle = role_de(traitement.cle), traitement.cle
    lus = set(registre.droits[cle, "lire"])
    for modele in lus | set(lectures_du_perimetre(traitement)):
        # Rows read only by another table's scope are limited by their own, whatever the kinds of facts.
        filtre = _predicat(traitement, modele) + (_natures(traitement, modele, "lire") if modele in lus else "")
        yield Politique(modele._meta.db_table, f"{cle}_lire", role, "SELECT", filtre, "")
    for modele in registre.droits[cle, "creer"]:
        creation = getattr(modele, "perimetres_creation", {}).get(traitement.perimetre)
        filtre = _predicat(traitement, modele)
        if creation:
            filtre = f"(({filtre}) OR {_remplir(creation)})"
        filtre += _natures(traitement, modele, "creer")
        yield Politique(modele._meta.db_table, f"{cle}_creer", role, "INSERT", "", filtre)
    for modele in registre.droits[cle, "modifier"]:
        filtre = _predicat(traitement, modele) + _natures(traitement, modele, "modifier")
        yield Politique(modele._meta.db_table, f"{cle}_modifier", role, "UPDATE", filtre, filtre)
    for modele in registre.suppressions[cle]:
        filtre = _predicat(traitement, modele) + _natures(traitement, modele, "supprimer") + effacables(cle, modele)
        yield Politique(modele._meta.db_table, f"{cle}_supprimer", role, "DELETE", filtre, "")
    # A role writes lines of its own processing only: nobody signs for another.
    yield Politique(JOURNAL, f"{cle}_journal", role, "INSERT", "", f"(traitement = '{cle}')")


def droits_voulus(registre: Registre) -> Voulu:
    """The wanted state of the database for this register."""
    actifs = [t for t in registre.traitements.values() if t.etat == "en_service"]
    prealloues = {
        (role_de(cle), modele._meta.db_table)
        for (cle, verbe), tables in registre.droits.items()
        if verbe == "creer"
        for modele in tables
        if getattr(modele, "identifiant_prealloue", False)
    }
    return Voulu(
        roles=frozenset(role_de(t.cle) for t in actifs),
        droits=frozenset(droit for t in actifs for droit in _droits(registre, t)),
        politiques=frozenset(politique for t in actifs for politique in _politiques(registre, t)),
        sequences=frozenset(prealloues | {(role_de(t.cle), JOURNAL) for t in actifs}),
    )


def tables_hors_registre() -> list[str]:
    """Tables of the installed applications that no Donnee governs (nobody gets a right on them unsaid)."""
    return sorted(
        modele._meta.db_table
        for modele in apps.get_models(include_auto_created=True)
        if modele._meta.managed and not est_donnee(modele)
    )
