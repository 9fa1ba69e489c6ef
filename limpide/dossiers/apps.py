from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "limpide.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers"
