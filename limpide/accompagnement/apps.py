from django.apps import AppConfig


class AccompagnementConfig(AppConfig):
    name = "limpide.accompagnement"
    label = "accompagnement"
    verbose_name = "Action sociale et accompagnement"
