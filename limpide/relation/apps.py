from django.apps import AppConfig


class RelationConfig(AppConfig):
    name = "limpide.relation"
    label = "relation"
    verbose_name = "Relation avec les allocataires"

    def ready(self) -> None:
        from limpide.dossiers import panneaux
        from limpide.relation import panneau

        panneaux.ajouter(panneau.PANNEAU)
