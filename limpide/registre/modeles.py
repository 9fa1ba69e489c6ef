"""`Donnee`: the base of every model that holds personal data. Developers write ordinary Django.

Inside a processing, columns it doesn't declare are deferred and refused when touched, `save()` writes only
the declared ones, and each person whose row comes through is noted for the journal. `delete()` is one SQL
DELETE: the database's foreign keys decide, there is no cascade in Python.
"""

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.lookups import StartsWith

from limpide.registre.collecte import registre
from limpide.registre.conservation.regles import Retention
from limpide.registre.contexte import Cours, refuser, traitement_courant
from limpide.registre.lectures import SUIVIES, colonnes_suivies, noter_concernes
from limpide.registre.releve import ECRITURE, LECTURE
from limpide.registre.requete import (
    RequeteDeclaree,
    codes_declares,
    exiger,
    exiger_natures,
    refus_de_colonne,
)

A_PRECISER = "?"  # personne_concernee left unsaid: a start-up check refuses it


@models.CharField.register_lookup
@models.TextField.register_lookup
class DebutePar(StartsWith):
    """`nom__debute_par="DUP"`: PostgreSQL's `^@`, leakproof, hence indexable under row-level security.

    `LIKE 'x%'` isn't leakproof: under a row policy its index goes unused (measured 8 times slower).
    """

    lookup_name = "debute_par"
    prepare_rhs = True

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        return models.Lookup.process_rhs(self, compiler, connection)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        gauche, parametres_gauche = self.process_lhs(compiler, connection)
        droite, parametres_droite = self.process_rhs(compiler, connection)
        return f"{gauche}::text ^@ {droite}::text", [*parametres_gauche, *parametres_droite]


class RequetesDonnee(models.QuerySet[Any]):
    """Querysets of Donnee models: see the module's docstring."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        if query is None and model is not None:
            query = RequeteDeclaree(model)
        super().__init__(model=model, query=query, using=using, hints=hints)

    _chain: Any  # Django's own, unknown to its type stubs
    _fields: Any

    def _cours(self) -> Cours | None:
        return traitement_courant() if self.db == DEFAULT_DB_ALIAS else None

    def values(self, *fields: Any, **expressions: Any) -> Any:
        return self._suivre(super().values(*self._toutes(fields, expressions), **expressions))

    def values_list(self, *fields: Any, flat: bool = False, named: bool = False) -> Any:
        return self._suivre(super().values_list(*self._toutes(fields, {}), flat=flat, named=named))

    def _toutes(self, champs: tuple[Any, ...], expressions: Mapping[str, Any]) -> tuple[Any, ...]:
        """`.values()` alone means every declared column (plus the annotations already asked for)."""
        cours = self._cours()
        if champs or expressions or cours is None:
            return champs
        lues = registre().colonnes(cours.cle, "lire", self.model)
        concretes = [c.attname for c in self.model._meta.concrete_fields if c.attname in lues]
        return (*concretes, *self.query.annotations)

    @staticmethod
    def _suivre(clone: Any) -> Any:
        classe = clone._iterable_class  # noqa: SLF001
        clone._iterable_class = SUIVIES.get(classe, classe)  # noqa: SLF001
        return clone

    def only(self, *fields: Any) -> Self:
        """Whose row it is stays loaded, for the journal."""
        cours = self._cours()
        suivies = [] if cours is None else [c for c in colonnes_suivies(cours, self.model) if c]
        return super().only(*fields, *(c for c in suivies if c not in fields))

    def defer(self, *fields: Any) -> Self:
        cours = self._cours()
        suivies = set() if cours is None else set(colonnes_suivies(cours, self.model))
        noms = {c.name: c.attname for c in self.model._meta.concrete_fields}
        gardes = [c for c in fields if c is None or noms.get(c, c) not in suivies]
        return super().defer(*gardes) if gardes or not fields else self._chain()

    def count(self) -> int:
        self._noter_figure()
        return super().count()

    def exists(self) -> bool:
        self._noter_figure()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._noter_figure()
        return super().aggregate(*args, **kwargs)

    def _noter_figure(self) -> None:
        """A count or a sum: noted once, without a person (rows already loaded were noted one by one)."""
        cours = self._cours()
        if cours is not None and self._result_cache is None:
            cours.releve.noter_table(LECTURE, self.model._meta.label)

    def update(self, **kwargs: Any) -> int:
        cours = self._cours()
        if cours is not None:
            for nom in kwargs:
                champ = self.model._meta.get_field(nom)
                exiger(cours, self.model, champ.attname, "modifier")
            noter_concernes(cours, self, ECRITURE)
        return super().update(**kwargs)

    def _update(self, values: Sequence[tuple[Any, Any, Any]]) -> int:
        cours = self._cours()
        if cours is not None:
            for champ, _modele, _valeur in values:
                exiger(cours, self.model, champ.attname, "modifier")
        return int(super()._update(values))  # type: ignore[misc]

    def delete(self) -> tuple[int, dict[str, int]]:
        cours = self._cours()
        if cours is None:
            return super().delete()
        libelle = self.model._meta.label
        if self.model._meta.concrete_model not in registre().suppressions[cours.cle]:
            raise refuser(f"« {cours.cle} » ne déclare pas supprimer {libelle}", objet=libelle)
        if self.query.is_sliced or self.query.combinator or self._fields is not None:
            raise TypeError("delete() s'appelle sur une requête simple, sans tranche ni values()")
        noter_concernes(cours, self, ECRITURE)
        ensemble = self._chain()
        ensemble.query.clear_ordering(force=True)
        ensemble.query.select_related = False
        nombre = int(ensemble._raw_delete(self.db))  # noqa: SLF001
        self._result_cache = None
        return nombre, {libelle: nombre}

    def _insert(self, objs: Any, fields: Any, returning_fields: Any = None, **kwargs: Any) -> Any:
        cours = self._cours()
        if cours is None:
            return super()._insert(objs, fields, returning_fields=returning_fields, **kwargs)  # type: ignore[misc]
        champs = _champs_a_creer(cours, self.model, objs, list(fields))
        rendus = _champs_rendus(cours, self.model, returning_fields or ())
        cle = self.model._meta.pk
        if not self.model.identifiant_prealloue:
            lignes = super()._insert(objs, champs, returning_fields=rendus, **kwargs)  # type: ignore[misc]
        else:
            _preallouer(objs, cle)
            champs = champs if cle in champs else [cle, *champs]
            super()._insert(objs, champs, returning_fields=None, **kwargs)  # type: ignore[misc]
            lignes = [(objet.pk,) if cle in rendus[:1] else () for objet in objs]
        numeros = [ligne[0] for ligne in lignes or ()] if rendus[:1] == [cle] else [None] * len(objs)
        _noter_ecritures(cours, self.model, objs, numeros)
        return lignes

    _insert.queryset_only = False  # type: ignore[attr-defined]
    _update.queryset_only = False  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


def _champs_a_creer(cours: Cours, modele: Any, objets: Iterable[Any], champs: list[Any]) -> list[Any]:
    """Declared columns only; an undeclared one may be left out only when nobody gave it a value."""
    declarees = registre().colonnes(cours.cle, "creer", modele)
    libelle = modele._meta.label
    if not declarees:
        raise refuser(f"« {cours.cle} » ne déclare pas créer {libelle}", objet=libelle)
    gardes = [champ for champ in champs if champ.attname in declarees]
    for champ in champs:
        if champ in gardes or (champ.primary_key and modele.identifiant_prealloue):
            continue
        omissible = champ.null or champ.has_db_default()
        if not omissible or any(_donnee(objet, champ) for objet in objets):
            raise refus_de_colonne(cours, modele, champ.attname, "creer")
    if modele.colonne_nature:
        codes = {int(getattr(objet, modele.colonne_nature)) for objet in objets}
        exiger_natures(cours, modele, codes, codes_declares(cours, modele, "creer"))
    return gardes


def _champs_rendus(cours: Cours, modele: Any, rendus: Sequence[Any]) -> list[Any]:
    """RETURNING reads: only the columns declared for it, which Django matches by position."""
    lues = registre().colonnes(cours.cle, "lire", modele)
    return list(itertools.takewhile(lambda champ: champ.attname in lues, rendus))


def _donnee(objet: Any, champ: Any) -> bool:
    """Did someone give this attribute a value? (None and an untouched database default don't count.)"""
    valeur = getattr(objet, champ.attname)
    return valeur is not None and not hasattr(valeur, "resolve_expression")


def _noter_ecritures(cours: Cours, modele: Any, objets: Sequence[Any], numeros: Sequence[Any] | None = None) -> None:
    """Note whose rows are written; `numeros`: identifiers that the database has just given."""
    personne, dossier = modele.personne_concernee, modele.dossier_concerne_effectif()
    cle = modele._meta.pk.attname
    for objet, numero in itertools.zip_longest(objets, numeros or ()):
        attributs = objet.__dict__ | ({} if numero is None else {cle: numero})
        cours.releve.noter(
            ECRITURE,
            modele._meta.label,
            attributs.get(personne) if personne else None,
            attributs.get(dossier) if dossier else None,
        )


def _preallouer(objets: Iterable[Any], cle: Any) -> None:
    """Take the numbers first: INSERT … RETURNING would ask the row to be readable before its affiliation."""
    sans_numero = [objet for objet in objets if objet.pk is None]
    if sans_numero:
        with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
            curseur.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [cle.model._meta.db_table, cle.column, len(sans_numero)],
            )
            for objet, (numero,) in zip(sans_numero, curseur.fetchall(), strict=True):
                setattr(objet, cle.attname, numero)


class GestionnaireDonnees(models.Manager.from_queryset(RequetesDonnee)):  # type: ignore[misc]
    """Default and base manager of every Donnee model."""


class Donnee(models.Model):
    """A table with personal data.

    personne_concernee: column telling whose row it is, or None (said explicitly).
    dossier_concerne: column telling which file (`dossier_id` when the table has one).
    perimetres: SQL predicates of the scopes it knows, with `{organisme}` (text) and `{personne}` (bigint); `{soi}`
        instead, for what a protector never reaches (credentials, points of contact).
    perimetres_creation: further predicate for rows not yet in scope when they are inserted.
    lectures_perimetre: columns of other tables that these predicates read, per scope.
    colonne_nature, codes_natures(): the column holding the kind of fact, and the codes of the kinds.
    identifiant_prealloue: take the number before inserting (see `_preallouer`).
    conservation: how long its rows live, and what becomes of them.
    """

    personne_concernee: ClassVar[str | None] = A_PRECISER
    dossier_concerne: ClassVar[str | None] = "dossier_id"
    perimetres: ClassVar[Mapping[str, str]] = {}
    perimetres_creation: ClassVar[Mapping[str, str]] = {}
    lectures_perimetre: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {}
    colonne_nature: ClassVar[str] = ""
    identifiant_prealloue: ClassVar[bool] = False
    conservation: ClassVar[Retention | None] = None

    objects: ClassVar[GestionnaireDonnees] = GestionnaireDonnees()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(
        self,
        *,
        force_insert: Any = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Inside a processing: insert, or update of the declared columns; a change elsewhere is refused."""
        cours = traitement_courant() if using in (None, DEFAULT_DB_ALIAS) else None
        if cours is not None and self._state.adding:
            # Checked before Django opens its atomic block, which a refusal would leave broken.
            concretes = [c for c in self._meta.concrete_fields if not c.generated]
            _champs_a_creer(cours, type(self), [self], [c for c in concretes if c != self._meta.auto_field])
            force_insert = force_insert or not force_update
        elif cours is not None:
            _noter_ecritures(cours, type(self), [self])
            if update_fields is None:
                update_fields = self._champs_modifiables(cours)
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)

    @classmethod
    def codes_natures(cls) -> Mapping[str, int]:
        """Kinds of facts by name; empty for tables that hold none."""
        return {}

    @classmethod
    def dossier_concerne_effectif(cls) -> str | None:
        """The file column that this table really has."""
        colonnes = {champ.attname for champ in cls._meta.concrete_fields}
        return cls.dossier_concerne if cls.dossier_concerne in colonnes else None

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs describe a later Django
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """Every row that becomes an object passes here, joined tables included: note whose it is."""
        objet = super().from_db(db, field_names, values)
        cours = traitement_courant() if db == DEFAULT_DB_ALIAS else None
        if cours is not None:
            personne, dossier = colonnes_suivies(cours, cls)
            attributs = objet.__dict__
            cours.releve.noter(
                LECTURE,
                cls._meta.label,
                attributs.get(personne) if personne else None,
                attributs.get(dossier) if dossier else None,
            )
            attributs["_registre_lu"] = (field_names, values)
        return objet

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Also called when a deferred attribute is read: the clear refusal of an undeclared column."""
        cours = traitement_courant()
        if cours is not None and using in (None, DEFAULT_DB_ALIAS):
            for nom in fields or ():
                champ = self._meta.get_field(nom)
                if isinstance(champ, models.Field) and champ.concrete:
                    exiger(cours, type(self), champ.attname)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)

    def _champs_modifiables(self, cours: Cours) -> list[str]:
        declarees = registre().colonnes(cours.cle, "modifier", type(self))
        lu = dict(zip(*self.__dict__.get("_registre_lu", ((), ())), strict=False))
        for colonne, valeur in lu.items():
            if colonne not in declarees and self.__dict__.get(colonne, valeur) != valeur:
                raise refus_de_colonne(cours, type(self), colonne, "modifier")
        champs = [
            champ.name
            for champ in self._meta.concrete_fields
            if champ.attname in declarees and champ.attname in self.__dict__
        ]
        if not champs:
            libelle = self._meta.label
            raise refuser(f"« {cours.cle} » ne déclare modifier aucune colonne de {libelle}", objet=libelle)
        return champs

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        if traitement_courant() is None or using not in (None, DEFAULT_DB_ALIAS):
            return super().delete(using=using, keep_parents=keep_parents)
        supprimees: tuple[int, dict[str, int]] = type(self).objects.filter(pk=self.pk).delete()
        return supprimees
