from django.apps import AppConfig


class RegistreConfig(AppConfig):
    name = "limpide.registre"
    label = "registre"
    verbose_name = "Registre"
