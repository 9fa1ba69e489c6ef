from django.apps import AppConfig
from django.core.checks import Tags, register


class PaiementsConfig(AppConfig):
    name = "limpide.paiements"
    label = "paiements"
    verbose_name = "Paiements"

    def ready(self) -> None:
        """Listen to the liquidations: their entry is posted in their transaction."""
        from . import ecoute  # noqa: F401
        from .controles import verifier_les_signatures

        register(verifier_les_signatures, Tags.models)
