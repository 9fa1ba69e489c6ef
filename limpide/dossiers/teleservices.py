"""The agents' back office, an online service of its own."""

from limpide.registre.teleservice import Teleservice

TELESERVICES = (
    Teleservice(
        cle="espace_agent",
        nom="Espace des agents",
        objet="Instruire les dossiers : rechercher, consulter, corriger, vérifier les décisions, suivre les recours.",
        public="agents",
        chemins=("/agent/",),
    ),
)
