from django.apps import AppConfig


class EtudesConfig(AppConfig):
    name = "limpide.etudes"
    label = "etudes"
    verbose_name = "Études et statistiques"
