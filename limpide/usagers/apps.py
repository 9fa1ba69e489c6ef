from django.apps import AppConfig
from django.core import checks


class UsagersConfig(AppConfig):
    name = "limpide.usagers"
    label = "usagers"
    verbose_name = "Usagers"

    def ready(self) -> None:
        from limpide.usagers import franceconnect

        checks.register(franceconnect.verifier)
