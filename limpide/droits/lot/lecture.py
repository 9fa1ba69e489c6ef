"""One row group of a population as law records: columns read and checked at once, records filled block by block.

A row whose value cannot be, or a household whose persons do not make one, is set aside with its line, its field and
what was expected; the others go on. Records are filled from the template of their role, then column by column:
what a population does not say costs nothing to read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from limpide.droits.bornes import (
    NE_DANS_LE_MOIS,
    PLUS_ANCIENNE_DATE,
    date_maximale,
    entier_maximal,
    ne_apres,
)
from limpide.droits.faits import DATE_INCONNUE, INCONNU, NATURES, ROLES
from limpide.droits.situation import (
    CONJOINT,
    DEMANDEUR,
    ENFANT,
    FOYER,
    MAX_ENFANTS,
    PERSONNE,
    RACCOURCIS,
    RANG_1970,
    deduire_les_etudes,
    foyers_vierges,
    personnes_vierges,
    resumer,
)
from limpide.droits.valeurs import EPOQUE, MONTANT_MAXIMAL, SituationInvalide, lire_valeur

from .bilan import Bilan
from .colonnes import (
    DECRIT,
    FOYERS,
    MEMBRES,
    PERSONNES,
    PRESENT,
    ROLE,
    Colonne,
    PopulationInvalide,
    colonnes_du_fichier,
)

Vecteur = npt.NDArray[Any]
FOYERS_PAR_BLOC = 4096
"""Households whose records are in memory at once: a few tens of megabytes by thread."""
_PLUS_ANCIENNE = (PLUS_ANCIENNE_DATE - EPOQUE).days


@dataclass(frozen=True)
class Rejet:
    """One household set aside. Lines count from 1 in their file; `fichier` is where the value is."""

    foyer: int
    fichier: str
    ligne: int
    champ: str
    trouve: str
    attendu: str


@dataclass(frozen=True)
class Population:
    """The two files of a folder, opened once to know where everything is. Small: it travels to the workers."""

    dossier: Path
    foyers: int
    debuts_foyers: tuple[int, ...]
    """First household of each row group, and their number."""
    debuts_membres: tuple[int, ...]
    """First person of each row group of households, and their number."""
    debuts_personnes: tuple[int, ...]
    """First person of each row group of the file of persons, and their number."""
    colonnes_foyers: tuple[Colonne, ...]
    colonnes_personnes: tuple[Colonne, ...]
    mois: str | None = None
    """Month for which it was written, if it says so."""

    @property
    def groupes(self) -> int:
        return len(self.debuts_foyers) - 1

    @property
    def dits(self) -> frozenset[str]:
        """Facts of the households that the files hold."""
        return frozenset(c.champ for c in self.colonnes_foyers)

    def absentes(self, bilan: Bilan) -> dict[str, Bilan]:
        """Facts that have no column and that rights miss: the file where they would be, and households by right."""
        dites = self.dits | {c.champ for c in self.colonnes_personnes}
        trouvees: dict[str, Bilan] = {}
        for code, droit in bilan["droits"].items():
            for nom, foyers in droit["manques"].items():
                if nom not in dites:
                    fichier = FOYERS if NATURES[nom].sujet == "foyer" else PERSONNES
                    trouvees.setdefault(nom, {"fichier": fichier, "droits": {}})["droits"][code] = foyers
        return trouvees


@dataclass
class Groupe:
    """A row group in columns: values by column, who belongs to whom, and the households set aside."""

    premier: int
    debuts: Vecteur
    """First person of each household in this group, and their number."""
    roles: Vecteur
    faits_foyers: list[tuple[Colonne, Vecteur]]
    faits_personnes: list[tuple[Colonne, Vecteur]]
    bons: Vecteur
    """Households kept."""
    rejets: list[Rejet] = field(default_factory=list)


def ouvrir(dossier: Path) -> Population:
    """Check both files against the catalogue and each other; `PopulationInvalide` says what is wrong."""
    fichiers = [_fichier(dossier / nom) for nom in (FOYERS, PERSONNES)]
    foyers, personnes = fichiers
    colonnes_foyers = colonnes_du_fichier(FOYERS, foyers.schema_arrow, "foyer")
    colonnes_personnes = colonnes_du_fichier(PERSONNES, personnes.schema_arrow, "personne")
    debuts_foyers, debuts_personnes = (_debuts(f) for f in fichiers)
    membres = [0]
    for groupe in range(foyers.num_row_groups):
        colonne = _lire_lignes(foyers, FOYERS, [groupe], [MEMBRES])[MEMBRES]
        if colonne.null_count or not pa.types.is_integer(colonne.type) or (colonne.to_numpy() < 1).any():
            raise PopulationInvalide(
                f"{FOYERS}, colonne « {MEMBRES} » : attendu : un nombre entier de personnes, 1 ou plus."
            )
        membres.append(membres[-1] + int(colonne.to_numpy().sum()))
    if membres[-1] != debuts_personnes[-1]:
        raise PopulationInvalide(
            f"{FOYERS} annonce {membres[-1]} personnes ; {PERSONNES} en a {debuts_personnes[-1]} : "
            "les personnes d'un foyer se suivent, dans l'ordre des foyers."
        )
    mois = (foyers.schema_arrow.metadata or {}).get(b"limpide.mois")
    return Population(
        dossier, debuts_foyers[-1], debuts_foyers, tuple(membres), debuts_personnes,
        tuple(colonnes_foyers), tuple(colonnes_personnes), mois.decode() if mois else None,
    )  # fmt: skip


def _fichier(chemin: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(chemin)
    except FileNotFoundError:
        raise PopulationInvalide(
            f"{chemin} n'existe pas : une population est un dossier avec {FOYERS} et {PERSONNES}."
        ) from None
    except (OSError, pa.ArrowException) as erreur:
        raise PopulationInvalide(
            f"{chemin} n'est pas un fichier Parquet lisible : il est d'un autre format, coupé ou abîmé."
        ) from erreur


def _lire_lignes(
    fichier: pq.ParquetFile, nom: str, groupes: Sequence[int], colonnes: Sequence[str] | None = None
) -> pa.Table:
    """These row groups; `PopulationInvalide` says which lines of the file cannot be read."""
    try:
        return fichier.read_row_groups(list(groupes), columns=colonnes, use_threads=False)
    except (OSError, pa.ArrowException) as erreur:
        debuts = _debuts(fichier)
        premiere, derniere = debuts[groupes[0]] + 1, debuts[groupes[-1] + 1]
        raise PopulationInvalide(
            f"{nom}, lignes {premiere} à {derniere} : elles ne se lisent pas, le fichier est abîmé."
        ) from erreur


def _debuts(fichier: pq.ParquetFile) -> tuple[int, ...]:
    tailles = [fichier.metadata.row_group(rang).num_rows for rang in range(fichier.num_row_groups)]
    return (0, *(int(n) for n in np.cumsum(tailles, dtype=np.int64)))


def lire_groupe(population: Population, rang: int, mois: str) -> Groupe:
    """Read and check a row group of households with their persons, for the month computed."""
    table = _lire_lignes(_fichier(population.dossier / FOYERS), FOYERS, [rang])
    membres = table[MEMBRES].to_numpy().astype(np.int64)
    debuts = np.concatenate([[0], np.cumsum(membres)])
    personnes = _personnes(population, population.debuts_membres[rang], int(debuts[-1]))
    roles, inconnus = _codes(personnes[ROLE], ROLES)
    groupe = Groupe(population.debuts_foyers[rang], debuts, roles, [], [], np.ones(len(membres), bool))
    de_qui = np.repeat(np.arange(len(membres)), membres)
    premiere = population.debuts_membres[rang]
    for ligne in np.flatnonzero(inconnus | (roles == INCONNU)):
        trouve = personnes[ROLE][int(ligne)].as_py()
        _rejeter(groupe, int(de_qui[ligne]), PERSONNES, premiere + int(ligne), ROLE, trouve, " ou ".join(ROLES))
    roles[roles == INCONNU] = ENFANT
    _verifier_roles(groupe)
    for colonne in population.colonnes_foyers:
        valeurs, mauvais = _valeurs(table[colonne.nom], colonne)
        groupe.faits_foyers.append((colonne, valeurs))
        for ligne in np.flatnonzero(mauvais):
            _refuser(groupe, int(ligne), FOYERS, groupe.premier + int(ligne), colonne, table[colonne.nom][int(ligne)])
    for colonne in population.colonnes_personnes:
        valeurs, mauvais = _valeurs(personnes[colonne.nom], colonne)
        groupe.faits_personnes.append((colonne, valeurs))
        for ligne in np.flatnonzero(mauvais):
            valeur = personnes[colonne.nom][int(ligne)]
            _refuser(groupe, int(de_qui[ligne]), PERSONNES, premiere + int(ligne), colonne, valeur)
        if colonne.champ == "date_naissance":
            for ligne in np.flatnonzero((roles != ENFANT) & ne_apres(valeurs, mois) & ~mauvais):
                ou = (int(de_qui[ligne]), PERSONNES, premiere + int(ligne))
                _rejeter(groupe, *ou, colonne.nom, personnes[colonne.nom][int(ligne)].as_py(), NE_DANS_LE_MOIS)
    return groupe


def _personnes(population: Population, premiere: int, nombre: int) -> pa.Table:
    """The persons from `premiere` on, out of the row groups that hold them."""
    fichier, debuts = _fichier(population.dossier / PERSONNES), np.array(population.debuts_personnes)
    a, b = np.searchsorted(debuts, premiere, "right") - 1, np.searchsorted(debuts, premiere + nombre, "left")
    noms = [ROLE, *(c.nom for c in population.colonnes_personnes)]
    table = _lire_lignes(fichier, PERSONNES, range(int(a), int(b)), noms)
    return table.slice(premiere - int(debuts[a]), nombre)


def _codes(colonne: pa.ChunkedArray, valeurs: tuple[str, ...]) -> tuple[Vecteur, Vecteur]:
    """Codes of the words of a column (-1: nothing said), and which rows hold a word that is not one of them."""
    dictionnaire = colonne if pa.types.is_dictionary(colonne.type) else colonne.dictionary_encode()
    uni = dictionnaire.combine_chunks()
    uni = uni if isinstance(uni, pa.Array) else uni.chunk(0) if uni.num_chunks else pa.array([], dictionnaire.type)
    mots = uni.dictionary.to_pylist()
    table = np.array([valeurs.index(m) if m in valeurs else -2 for m in mots] + [INCONNU], np.int8)
    indices = uni.indices.fill_null(len(mots)).to_numpy(zero_copy_only=False)
    codes = table[indices]
    inconnus = codes == -2
    codes[inconnus] = INCONNU
    return codes, inconnus


def _valeurs(colonne: pa.ChunkedArray, quoi: Colonne) -> tuple[Vecteur, Vecteur]:
    """The values as records hold them, and which rows hold one that cannot be."""
    nature = quoi.nature
    if nature is None or nature.type == "booleen":
        codes = colonne.cast(pa.int8()).fill_null(INCONNU).to_numpy()
        return codes, np.zeros(len(codes), bool)
    if nature.type == "enumeration":
        return _codes(colonne, nature.valeurs)
    if nature.type == "euros":
        dits = ~colonne.is_null().to_numpy() if colonne.null_count else True
        montants = colonne.cast(pa.float64()).to_numpy()
        plancher = -MONTANT_MAXIMAL if nature.signe else 0.0
        return montants, np.asarray(dits & ~((montants >= plancher) & (montants <= MONTANT_MAXIMAL)))
    if nature.type == "date":
        jours = colonne.cast(pa.date32()).cast(pa.int32()).fill_null(DATE_INCONNUE).to_numpy()
        hors = (jours < _PLUS_ANCIENNE) | (jours > (date_maximale(nature) - EPOQUE).days)
        return jours, hors & (jours != DATE_INCONNUE)
    nombres = colonne.cast(pa.int64(), safe=False).fill_null(INCONNU).to_numpy()
    dits = ~colonne.is_null().to_numpy() if colonne.null_count else True
    mauvais = np.asarray(dits & ((nombres < 0) | (nombres > entier_maximal(nature))))
    return np.where(mauvais, INCONNU, nombres).astype(np.int16), mauvais


def _refuser(groupe: Groupe, foyer: int, fichier: str, ligne: int, colonne: Colonne, valeur: pa.Scalar) -> None:
    """Set a household aside, in the words of `lire_valeur`."""
    trouve = valeur.as_py()
    attendu = "une valeur possible"
    try:
        if colonne.nature is not None:
            lire_valeur(colonne.champ, [trouve] * 7 if colonne.nature.periodicite == "mois" else trouve)
    except SituationInvalide as refus:
        attendu = refus.attendu
    _rejeter(groupe, foyer, fichier, ligne, colonne.nom, trouve, attendu)


def _rejeter(groupe: Groupe, foyer: int, fichier: str, ligne: int, champ: str, trouve: object, attendu: str) -> None:
    texte = "rien" if trouve is None else str(trouve)[:60]
    groupe.bons[foyer] = False
    groupe.rejets.append(Rejet(groupe.premier + foyer + 1, fichier, ligne + 1, champ, texte, attendu))


def _verifier_roles(groupe: Groupe) -> None:
    """Claimant first and alone in that role, one partner at most, a plausible number of children."""
    debuts = groupe.debuts[:-1]
    demandeurs = np.add.reduceat(groupe.roles == DEMANDEUR, debuts, dtype=np.int64)
    conjoints = np.add.reduceat(groupe.roles == CONJOINT, debuts, dtype=np.int64)
    enfants = np.add.reduceat(groupe.roles == ENFANT, debuts, dtype=np.int64)
    un_premier = (demandeurs == 1) & (groupe.roles[debuts] == DEMANDEUR)
    for mauvais, nombres, quoi, attendu in (
        (~un_premier, demandeurs, "demandeur(s)", "un seul demandeur, placé en premier"),
        (conjoints > 1, conjoints, "conjoints", "un conjoint au plus"),
        (enfants > MAX_ENFANTS, enfants, "enfants", f"{MAX_ENFANTS} enfants au plus"),
    ):
        for foyer in np.flatnonzero(mauvais & groupe.bons):
            _rejeter(groupe, int(foyer), FOYERS, groupe.premier + int(foyer), ROLE, f"{nombres[foyer]} {quoi}", attendu)


class Fiches:
    """Records of a population, filled again and again in the same memory, one block of households at a time."""

    def __init__(self, population: Population) -> None:
        self.foyer = foyers_vierges([1])
        self.modeles = personnes_vierges(range(len(ROLES)))
        self._effacer(self.foyer, population.colonnes_foyers)
        self._effacer(self.modeles, population.colonnes_personnes)
        self.memoire = np.empty(0, PERSONNE)
        dits = {colonne.champ for colonne in population.colonnes_personnes}
        self.etudes_a_deduire = "activite" in dits and "etudiant" not in dits

    @staticmethod
    def _effacer(modele: Vecteur, colonnes: tuple[Colonne, ...]) -> None:
        """Zero where a column will say: the shortcuts of the template are then those of all that is not said."""
        for colonne in colonnes:
            if colonne.nature is not None:
                modele[colonne.champ] = 0
        resumer(modele)

    def blocs(self, groupe: Groupe) -> Iterator[tuple[Vecteur, Vecteur, Vecteur]]:
        """(ranks in the group, households, persons) of the households kept. The persons hold until the next block."""
        nombre = len(groupe.bons)
        for debut in range(0, nombre, FOYERS_PAR_BLOC):
            fin = min(debut + FOYERS_PAR_BLOC, nombre)
            p0, p1 = int(groupe.debuts[debut]), int(groupe.debuts[fin])
            personnes = self._personnes(groupe, p0, p1)
            foyers = np.empty(fin - debut, FOYER)
            foyers[:] = self.foyer[0]
            foyers["debut"] = groupe.debuts[debut:fin] - p0
            foyers["fin"] = groupe.debuts[debut + 1 : fin + 1] - p0
            for colonne, valeurs in groupe.faits_foyers:
                _poser(foyers, colonne, valeurs[debut:fin])
            bons = groupe.bons[debut:fin]
            rangs = np.flatnonzero(bons) + debut
            yield rangs, foyers if bons.all() else np.ascontiguousarray(foyers[bons]), personnes

    def _personnes(self, groupe: Groupe, debut: int, fin: int) -> Vecteur:
        n = fin - debut
        if len(self.memoire) < n:
            self.memoire = np.empty(n + n // 8, PERSONNE)
        personnes, roles = self.memoire[:n], groupe.roles[debut:fin]
        octets = (self.modeles.view(np.uint8).reshape(len(ROLES), -1), personnes.view(np.uint8).reshape(n, -1))
        np.take(octets[0], roles, axis=0, out=octets[1], mode="clip")
        for colonne, valeurs in groupe.faits_personnes:
            _poser(personnes, colonne, valeurs[debut:fin])
        if self.etudes_a_deduire:
            deduire_les_etudes(personnes)
        return personnes


def _poser(lignes: Vecteur, colonne: Colonne, valeurs: Vecteur) -> None:
    """One column in its field; the shortcuts follow."""
    if colonne.rang is not None:
        lignes[colonne.champ][:, colonne.rang] = valeurs
    elif lignes.dtype[colonne.champ].shape:
        lignes[colonne.champ] = valeurs[:, None]
    else:
        lignes[colonne.champ] = valeurs
    if colonne.champ == "date_naissance":
        mois = valeurs.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + RANG_1970
        lignes["rang_naissance"] = np.where(valeurs == DATE_INCONNUE, 0, mois)
    groupe = NATURES[colonne.champ].groupe if colonne.champ != PRESENT else ""
    if groupe:
        nuls = valeurs == 0
        for raccourci, groupes in RACCOURCIS.items():
            if groupe in groupes and raccourci in (lignes.dtype.names or ()):
                lignes[raccourci] &= nuls


__all__ = ["DECRIT", "Fiches", "Groupe", "Population", "Rejet", "lire_groupe", "ouvrir"]
