from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IdentiteConfig(AppConfig):
    name = "limpide.identite"
    label = "identite"
    verbose_name = "Identité"

    def ready(self) -> None:
        post_migrate.connect(_installer_les_cles, sender=self)


def _installer_les_cles(using: str, **_: Any) -> None:
    from limpide.identite import cles

    cles.installer(using)
