from django.apps import AppConfig


class InfolettresConfig(AppConfig):
    name = "limpide.infolettres"
    label = "infolettres"
    verbose_name = "Lettres d'information"
