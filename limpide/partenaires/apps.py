from django.apps import AppConfig


class PartenairesConfig(AppConfig):
    name = "limpide.partenaires"
    label = "partenaires"
    verbose_name = "Accès des partenaires"
