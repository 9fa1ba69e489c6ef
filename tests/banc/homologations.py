"""Online services closed, as in production at first; or open without a database."""

import datetime as dt

from django.db import connections
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.registre import homologations
from limpide.registre.teleservice import empreinte, teleservices


def effacer_les_homologations() -> None:
    """As the owner, past the trigger that refuses it. The bench puts them back after the test."""
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("ALTER TABLE registre_homologation DISABLE TRIGGER registre_homologation_se_retire")
        curseur.execute("DELETE FROM registre_homologation")
        curseur.execute("ALTER TABLE registre_homologation ENABLE TRIGGER registre_homologation_se_retire")
    homologations.oublier()


def homologations_de_papier() -> list[homologations.Homologation]:
    """One valid accreditation for each built service, never recorded: for tests that have no database."""
    return [
        homologations.Homologation(
            pk=0, teleservice=cle, genre="provisoire", empreinte=empreinte(cle), fictive=True,
            validite=DateRange(dt.date(2020, 1, 1), dt.date(2100, 1, 1)),
        )
        for cle, service in teleservices().items() if service.chemins
    ]  # fmt: skip
