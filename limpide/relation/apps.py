from django.apps import AppConfig


class RelationConfig(AppConfig):
    name = "limpide.relation"
    label = "relation"
    verbose_name = "Relation avec les allocataires"
