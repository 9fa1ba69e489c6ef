from django.apps import AppConfig


class PaiementsConfig(AppConfig):
    name = "limpide.paiements"
    label = "paiements"
    verbose_name = "Paiements"

    def ready(self) -> None:
        """Listen to the liquidations: their entry is posted in their transaction."""
        from . import ecoute  # noqa: F401
