from .abonnes import GARDE_DES_OUVERTURES, Abonnement, AccordReception, EnvoiInfolettre, Jeton, ReceptionInfolettre
from .lettres import (
    DESABONNEMENT,
    SEUIL,
    HabilitationInfolettre,
    Infolettre,
    OuverturesDuJour,
    Portee,
    VersionInfolettre,
)

__all__ = [
    "DESABONNEMENT",
    "GARDE_DES_OUVERTURES",
    "SEUIL",
    "Abonnement",
    "AccordReception",
    "EnvoiInfolettre",
    "HabilitationInfolettre",
    "Infolettre",
    "Jeton",
    "OuverturesDuJour",
    "Portee",
    "ReceptionInfolettre",
    "VersionInfolettre",
]
