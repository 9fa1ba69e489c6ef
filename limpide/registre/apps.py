from django.apps import AppConfig
from django.core.checks import register
from django.db.backends.signals import connection_created


class RegistreConfig(AppConfig):
    name = "limpide.registre"
    label = "registre"
    verbose_name = "Registre"

    def ready(self) -> None:
        from limpide.registre.contexte import poser_les_gardes
        from limpide.registre.controles import CONTROLES

        connection_created.connect(poser_les_gardes, dispatch_uid="limpide.registre.gardes")
        for controle, etiquette in CONTROLES:
            register(controle, etiquette)
