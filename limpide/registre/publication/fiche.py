"""Everything the register says of one system: the sheet, and what its running processings may touch."""

import dataclasses
from typing import Any

from django.apps import apps

from limpide.registre.collecte import Registre
from limpide.registre.declaration import Traitement
from limpide.registre.systeme import Systeme

AUTOMATISATIONS = {
    "aucune": "Aucune décision automatisée",
    "assistee": "Décision préparée par un calcul, prise par une personne",
    "selon_donnees": "Décision automatisée (CRPA L311-3-1) ; si le calcul utilise une donnée de santé, une personne "
    "doit la vérifier",
    "integrale": "Décision entièrement automatisée (CRPA L311-3-1 ; recours et règles accessibles)",
}
VISIBILITES = {
    "immediate": "Oui, aussitôt",
    "differee": "Oui, avec un délai",
    "jamais": "Non, la loi s'y oppose",
}
PERIMETRES = {
    "organisme": "Les dossiers d'une seule Caf",
    "personne": "La personne elle-même et son foyer",
    "national": "Toutes les Caf",
}
SORTS = {"suppression": "Effacement", "anonymisation": "Anonymisation", "archivage": "Archivage définitif"}
VERBES = (("lire", "Lue"), ("creer", "Créée"), ("modifier", "Modifiée"))


@dataclasses.dataclass(frozen=True)
class Table:
    """One table of the database, with the columns a processing may use and what it may do with each."""

    nom: str
    libelle: str
    colonnes: tuple[tuple[str, str, tuple[bool, ...]], ...]
    efface: bool


@dataclasses.dataclass(frozen=True)
class TraitementPublie:
    """A running processing of a system, in words."""

    traitement: Traitement
    perimetre: str
    automatisation: str
    tables: tuple[Table, ...]
    nombre_colonnes: int


def traitements_publies(registre: Registre, systeme: Systeme) -> list[TraitementPublie]:
    """The processings of a system that run here."""
    return [publier(t) for t in registre.traitements_de(systeme.code) if t.etat == "en_service"]


def publier(traitement: Traitement) -> TraitementPublie:
    """A processing in words: its rows, its columns by table."""
    tables = tuple(table(libelle, traitement) for libelle in traitement.modeles)
    return TraitementPublie(
        traitement,
        PERIMETRES[traitement.perimetre],
        AUTOMATISATIONS[traitement.automatisation],
        tables,
        sum(len(t.colonnes) for t in tables),
    )


def table(libelle: str, traitement: Traitement) -> Table:
    """One table of a processing: its columns in words, with the verbs allowed on each."""
    opts: Any = apps.get_model(libelle)._meta
    colonnes = tuple(
        (champ.attname, str(champ.verbose_name), verbes)
        for champ in opts.concrete_fields
        if any(verbes := tuple(champ.attname in getattr(traitement, verbe).get(libelle, ()) for verbe, _ in VERBES))
    )
    return Table(str(opts.verbose_name), libelle, colonnes, libelle in traitement.supprimer)
