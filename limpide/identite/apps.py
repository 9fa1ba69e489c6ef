from django.apps import AppConfig


class IdentiteConfig(AppConfig):
    name = "limpide.identite"
    label = "identite"
    verbose_name = "Identité"
