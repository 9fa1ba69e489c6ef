"""The keys and the database must agree: checked at each installation, before anything is written."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections
from django.db.models import Model

from . import chiffrement


def colonnes_chiffrees() -> Iterator[tuple[type[Model], str]]:
    """Every column of the project that holds ciphertexts."""
    for modele in apps.get_models():
        for attribut in vars(modele).values():
            if isinstance(attribut, chiffrement.Scelle | chiffrement.OctetsScelles):
                yield modele, attribut.colonne


def installer(base: str) -> None:
    """Create the key ring, or refuse to go on with one that does not open the database `base`."""
    chiffrement.installer(_identifiants_en_base(base))


def _identifiants_en_base(base: str) -> Iterator[bytes]:
    connexion = connections[base]
    presentes = set(connexion.introspection.table_names())
    for modele, colonne in colonnes_chiffrees():
        table = modele._meta.db_table
        if table not in presentes:
            continue
        nom = connexion.ops.quote_name
        with connexion.cursor() as curseur:
            curseur.execute(
                f"SELECT DISTINCT substr({nom(colonne)}, 1, {chiffrement.TAILLE_IDENTIFIANT})"  # noqa: S608 -- our names
                f" FROM {nom(table)} WHERE {nom(colonne)} IS NOT NULL"
            )
            for (identifiant,) in curseur:
                yield bytes(identifiant)
