"""Tables of the command: what is due, what is held and why, what was erased. Counts only."""

from collections.abc import Mapping

from django.apps import apps
from rich.table import Table

from limpide.registre.conservation.cycle import Bilan
from limpide.registre.conservation.relations import GENRES

ETAPES = (
    ("ouverts", "Dossiers ouverts, gardés"),
    ("en_base", "Relation finie, encore en base active"),
    ("a_archiver", "À mettre en archive"),
    ("archives", "En archive intermédiaire"),
    ("a_prevenir", "Personne à prévenir"),
    ("prevenus", "Personne prévenue, délai de grâce"),
    ("a_effacer", "À effacer"),
    ("a_reprendre", "Relation reprise : à rendre à la base active"),
    ("a_redater", "Fin de relation changée : à dater de nouveau"),
)


def nom_de(libelle: str) -> str:
    """A table in the words of its model; what is not a model stays as written."""
    try:
        return str(apps.get_model(libelle)._meta.verbose_name_plural)
    except (LookupError, ValueError):
        return libelle


def table_bilan(bilan: Bilan) -> Table:
    """Files by step, then what holds the others."""
    table = Table(title="Conservation des dossiers")
    table.add_column("Étape")
    table.add_column("Dossiers", justify="right")
    for champ, libelle in ETAPES:
        table.add_row(libelle, str(getattr(bilan, champ)))
    table.add_section()
    table.add_row("dont demandeurs jamais allocataires", str(bilan.jamais_allocataires))
    for genre, libelle in GENRES.items():
        if bilan.tenus[genre]:
            table.add_row(f"Retenus : {libelle.lower()}", str(bilan.tenus[genre]))
    for modele, nombre in sorted(bilan.courtes.items()):
        table.add_row(f"Lignes effacées à leur âge : {nom_de(modele)}", str(nombre))
    return table


def table_effacements(comptes: Mapping[str, int], titre: str) -> Table:
    """Rows per table."""
    table = Table(title=titre)
    table.add_column("Table")
    table.add_column("Lignes", justify="right")
    for modele, nombre in sorted(comptes.items()):
        table.add_row(nom_de(modele), str(nombre))
    table.add_section()
    table.add_row("Total", str(sum(comptes.values())))
    return table
