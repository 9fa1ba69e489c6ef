"""The ORM's query, narrowed to what the open processing declares, before PostgreSQL has to refuse.

Three gates of Django's `Query` are enough: the mask of columns to load (undeclared ones are deferred, so
plain `.all()` works), the resolution of names (filter, order_by, values, F()), and lookups (kinds of facts).
Outside a processing nothing changes here: the connection's guard refuses to run anything.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Model
from django.db.models.expressions import Col
from django.db.models.sql import Query

from limpide.registre.collecte import registre
from limpide.registre.contexte import Cours, HorsRegistre, refuser, traitement_courant

VERBES_EN_FRANCAIS = {"lire": "lue", "creer": "renseignée à la création", "modifier": "modifiée"}
PROFONDEUR_MAX = 5  # Django's own limit for an unrestricted select_related()


def est_donnee(modele: type[Model]) -> bool:
    """Is this table governed by the register (derived from Donnee)?"""
    return hasattr(modele, "perimetres")


def refus_de_colonne(cours: Cours, modele: type[Model], colonne: str, verbe: str) -> HorsRegistre:
    libelle = modele._meta.label
    return refuser(
        f"{libelle}.{colonne} n'est pas déclarée pour être {VERBES_EN_FRANCAIS[verbe]} par « {cours.cle} »",
        objet=f"{libelle}.{colonne}",
    )


def exiger(cours: Cours, modele: type[Model], colonne: str, verbe: str = "lire") -> None:
    """Raise HorsRegistre unless the processing declares this column for this verb."""
    concret = modele._meta.concrete_model or modele
    if est_donnee(concret) and colonne not in registre().colonnes(cours.cle, verbe, concret):
        raise refus_de_colonne(cours, concret, colonne, verbe)


class RequeteDeclaree(Query):
    """A `Query` that knows the register. UPDATE and DELETE lose its class: the queryset checks those."""

    def get_select_mask(self) -> dict[Any, Any]:
        masque: dict[Any, Any] = super().get_select_mask()
        cours = traitement_courant()
        modele = self.model
        if cours is None or modele is None or not est_donnee(modele):
            return masque
        return _masque_declare(cours, modele, masque, self.select_related, PROFONDEUR_MAX)

    def names_to_path(self, names: Any, opts: Any, *args: Any, **kwargs: Any) -> Any:
        resultat = super().names_to_path(names, opts, *args, **kwargs)
        cours = traitement_courant()
        if cours is not None:
            _verifier_chemin(cours, resultat[0], resultat[2])
        return resultat

    def build_lookup(self, lookups: Any, lhs: Any, rhs: Any) -> Any:
        cours = traitement_courant()
        if cours is not None and isinstance(lhs, Col):
            _verifier_nature(cours, lhs.target, rhs)
        return super().build_lookup(lookups, lhs, rhs)


def _masque_declare(
    cours: Cours, modele: type[Model], masque: dict[Any, Any], relies: Any, profondeur: int
) -> dict[Any, Any]:
    """Fields to load: asked for (`masque`, empty = all) and declared; same for the joined tables."""
    opts = modele._meta
    lues = registre().colonnes(cours.cle, "lire", modele)
    if not lues:
        raise refuser(f"« {cours.cle} » ne déclare pas lire {opts.label}", objet=opts.label)
    voulus: dict[Any, Any] = {
        champ: {}
        for champ in opts.concrete_fields
        if champ.attname in lues and (not masque or champ in masque or champ.primary_key)
    }
    for champ in _relations_suivies(opts, relies, profondeur):
        if isinstance(champ, Field) and champ not in voulus:
            raise refus_de_colonne(cours, modele, champ.attname, "lire")
        suivant = relies.get(champ.name, {}) if isinstance(relies, dict) else True
        lie: Any = champ.related_model
        sous_masque = masque.get(champ) or {}
        voulus[champ] = (
            _masque_declare(cours, lie, sous_masque, suivant, profondeur - 1) if est_donnee(lie) else sous_masque
        )
    return voulus


def _relations_suivies(opts: Any, relies: Any, profondeur: int) -> Iterable[Any]:
    if not relies or profondeur == 0:
        return []
    directes = [champ for champ in opts.fields if champ.is_relation]
    if not isinstance(relies, dict):
        return [champ for champ in directes if not champ.null]
    inverses = [objet for objet in opts.related_objects if objet.field.unique and not objet.many_to_many]
    return [champ for champ in (*directes, *inverses) if champ.name in relies]


def _verifier_chemin(cours: Cours, chemin: list[Any], cibles: Iterable[Any]) -> None:
    """Columns used by a name: each join's foreign key, and the last field unless the join is trimmed."""
    direct = False
    for etape in chemin:
        jointure = etape.join_field
        direct = isinstance(jointure, Field)
        cle_etrangere = jointure if direct else jointure.field
        if getattr(cle_etrangere, "column", None) and not cle_etrangere.many_to_many:
            exiger(cours, cle_etrangere.model, cle_etrangere.attname)
    referencees = chemin[-1].join_field.foreign_related_fields if direct else ()
    for cible in cibles:
        if cible not in referencees and getattr(cible, "column", None) and hasattr(cible, "model"):
            exiger(cours, cible.model, cible.attname)


def codes_declares(cours: Cours, modele: Any, verbe: str) -> frozenset[int] | None:
    """Codes of the kinds of facts that the processing may touch; None when it isn't limited."""
    noms = cours.declaration.natures_pour(verbe)
    if not getattr(modele, "colonne_nature", "") or noms == ("*",):
        return None
    codes = modele.codes_natures()
    return frozenset(codes[nom] for nom in noms)


def _verifier_nature(cours: Cours, champ: Any, valeur: Any) -> None:
    modele = getattr(champ, "model", None)
    if modele is None or getattr(modele, "colonne_nature", "") != champ.attname:
        return
    permis = codes_declares(cours, modele, "lire")
    demandes = valeur if isinstance(valeur, (list, tuple, set, frozenset)) else [valeur]
    exiger_natures(cours, modele, {int(v) for v in demandes if isinstance(v, int)}, permis)


def exiger_natures(cours: Cours, modele: Any, codes: set[int], permis: frozenset[int] | None) -> None:
    """Raise HorsRegistre, naming the kinds of facts that are not declared."""
    if permis is None or codes <= permis:
        return
    noms = {code: nom for nom, code in modele.codes_natures().items()}
    refusees = ", ".join(sorted(noms.get(code, str(code)) for code in codes - permis))
    raise refuser(
        f"« {cours.cle} » ne déclare pas ces natures de faits : {refusees}",
        objet=f"{modele._meta.label} ({refusees})",
    )
