from django.apps import AppConfig


class MondeConfig(AppConfig):
    name = "limpide.monde"
    label = "monde"
    verbose_name = "Monde synthétique"
