from django.apps import AppConfig


class EchangesConfig(AppConfig):
    name = "limpide.echanges"
    label = "echanges"
    verbose_name = "Échanges avec les partenaires"
