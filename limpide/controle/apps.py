from django.apps import AppConfig


class ControleConfig(AppConfig):
    name = "limpide.controle"
    label = "controle"
    verbose_name = "Contrôle"
