from django.apps import AppConfig


class RelationConfig(AppConfig):
    name = "limpide.relation"
    label = "relation"
    verbose_name = "Relation avec les allocataires"

    def ready(self) -> None:
        from limpide.dossiers import attentes, panneaux
        from limpide.relation import files, panneau

        panneaux.ajouter(panneau.PANNEAU)
        for file in files.FILES:
            attentes.ajouter(file)
