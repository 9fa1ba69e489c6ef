from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DossiersConfig(AppConfig):
    name = "limpide.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        post_migrate.connect(_copier_le_catalogue, sender=self)


def _copier_le_catalogue(using: str, **_: Any) -> None:
    from limpide.dossiers import natures

    natures.synchroniser(using)
