from django.apps import AppConfig


class CourriersConfig(AppConfig):
    name = "limpide.courriers"
    label = "courriers"
    verbose_name = "Courriers"
