from django.apps import AppConfig


class PaiementsConfig(AppConfig):
    name = "limpide.paiements"
    label = "paiements"
    verbose_name = "Paiements"
