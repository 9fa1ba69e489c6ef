from django.apps import AppConfig


class UsagersConfig(AppConfig):
    name = "limpide.usagers"
    label = "usagers"
    verbose_name = "Usagers"
