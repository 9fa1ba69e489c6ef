"""Rows given as plain values (`values`, `values_list`) are journalled too, one line per person.

When the query doesn't select the column that tells whose row it is, that column is added to the SQL and
taken off the rows again. With DISTINCT, which an added column would change, a second query names the
persons. GROUP BY yields figures on groups: noted as one line without a person.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models.query import (
    BaseIterable,
    FlatValuesListIterable,
    NamedValuesListIterable,
    ValuesIterable,
    ValuesListIterable,
)
from django.db.models.utils import create_namedtuple_class

from limpide.registre.collecte import registre
from limpide.registre.contexte import Cours, refuser, traitement_courant
from limpide.registre.releve import LECTURE


def colonnes_suivies(cours: Cours, modele: Any) -> tuple[str | None, str | None]:
    """Attributes naming the person and the file of a row, when this processing may read them."""
    deja = cours.suivies.get(modele)
    if deja is not None:
        return deja
    lues = registre().colonnes(cours.cle, "lire", modele)
    personne, dossier = modele.personne_concernee, modele.dossier_concerne_effectif()
    suivies = personne if personne in lues else None, dossier if dossier in lues else None
    cours.suivies[modele] = suivies  # asked once per row
    return suivies


def noter_concernes(cours: Cours, queryset: Any, action: str) -> None:
    """Note the persons of all the rows of a queryset, by one query of its own."""
    modele = queryset.model
    suivies = colonnes_suivies(cours, modele)
    noms = [nom for nom in suivies if nom]
    libelle = modele._meta.label
    if not noms:
        cours.releve.noter_table(action, libelle)
        return
    requete = queryset.query.clone()
    requete.clear_ordering(force=True)
    requete.clear_limits()
    requete.select_related = False
    requete.select_for_update = False
    requete.set_values(noms)
    requete.distinct = True
    requete.distinct_fields = ()
    for ligne in requete.get_compiler(queryset.db).results_iter(tuple_expected=True):
        valeurs = dict(zip(noms, ligne, strict=True))
        cours.releve.noter(action, libelle, *(valeurs.get(nom or "") for nom in suivies))


def _avec_concernes(requete: Any, modele: Any, noms: list[str]) -> tuple[Any, list[int], int]:
    """The query with the wanted columns selected: (query, their positions in the row, hidden columns)."""
    clone = requete.clone()
    clone.selected = dict(clone.selected)
    base = clone.get_initial_alias()
    positions, cachees = [], 0
    for nom in noms:
        champ = modele._meta.get_field(nom)
        rang = next((i for i, col in enumerate(clone.select) if col.target == champ and col.alias == base), None)
        if rang is None:
            clone.select = (*clone.select, champ.get_col(base))
            rang = len(clone.select) - 1
            clone.selected[f"__{nom}"] = rang
            cachees += 1
        positions.append(list(clone.selected.values()).index(rang))
    return clone, positions, cachees


class _ValeursSuivies(BaseIterable):  # type: ignore[type-arg]
    """Iterates tuples of the selected values, noting each row's person on the way."""

    def lignes(self) -> Iterator[tuple[Any, ...]]:
        queryset: Any = self.queryset
        requete, modele, cours = queryset.query, queryset.model, traitement_courant()
        positions: list[int] = []
        cachees = 0
        if cours is not None:
            suivies = colonnes_suivies(cours, modele)
            libelle = modele._meta.label
            noms = [nom for nom in suivies if nom]
            if requete.combinator:
                raise refuser(f"{libelle} : union de values() : lire chaque requête à part", objet=libelle)
            if requete.group_by is not None or not noms:
                cours.releve.noter_table(LECTURE, libelle)
            elif requete.distinct:
                noter_concernes(cours, queryset, LECTURE)
            else:
                requete, positions, cachees = _avec_concernes(requete, modele, noms)
        lignes = requete.get_compiler(queryset.db).results_iter(
            tuple_expected=True, chunked_fetch=self.chunked_fetch, chunk_size=self.chunk_size
        )
        if cours is None or not positions:
            yield from lignes
            return
        for ligne in lignes:
            valeurs = dict(zip(noms, (ligne[position] for position in positions), strict=True))
            cours.releve.noter(LECTURE, libelle, *(valeurs.get(nom or "") for nom in suivies))
            yield tuple(ligne[: len(ligne) - cachees])


class Dictionnaires(_ValeursSuivies, ValuesIterable):
    def __iter__(self) -> Iterator[dict[str, Any]]:
        requete: Any = self.queryset.query
        noms = list(requete.selected or (*requete.values_select, *requete.annotation_select))
        return (dict(zip(noms, ligne, strict=True)) for ligne in self.lignes())


class Tuples(_ValeursSuivies, ValuesListIterable):  # type: ignore[type-arg]
    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self.lignes()


class TuplesNommes(_ValeursSuivies, NamedValuesListIterable):
    def __iter__(self) -> Iterator[Any]:
        requete: Any = self.queryset.query
        classe = create_namedtuple_class(*(getattr(self.queryset, "_fields", None) or list(requete.selected)))
        return (tuple.__new__(classe, ligne) for ligne in self.lignes())


class Valeurs(_ValeursSuivies, FlatValuesListIterable):  # type: ignore[type-arg]
    def __iter__(self) -> Iterator[Any]:
        return (ligne[0] for ligne in self.lignes())


SUIVIES: dict[type[Any], type[Any]] = {
    ValuesIterable: Dictionnaires,
    ValuesListIterable: Tuples,
    NamedValuesListIterable: TuplesNommes,
    FlatValuesListIterable: Valeurs,
}
