from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "limpide.socle"
    label = "socle"
    verbose_name = "Socle"
