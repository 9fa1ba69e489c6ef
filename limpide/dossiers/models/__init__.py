"""Tables of the room, one file per theme."""

from .composition import Dossier, Rattachement, SourceFait
from .demandes import Canal, Demande, EtatDemande, EtatPiece, PieceAttendue
from .details import DemandeDetail
from .documents import Document, FormeDocument, LienDocument
from .droits import (
    Automatisation,
    Decision,
    DroitEfface,
    LigneDroit,
    Liquidation,
    RevueDecision,
    TexteDecision,
    VersionRegles,
)
from .faits import Fait, NatureFait
from .rncps import Adresse, ConsultationRncps, ModeConsultation, MotifConsultation, PublicationRncps
from .rncps_campagnes import CampagneRncps, CritereCampagne, MotifCampagne
from .rncps_habilitations import HabilitationRncps
from .scellees import DeclarationScellee, GenreScelle
from .taches import EtatTache, GenreTache, TacheAgent
from .trimestres import Trimestre

__all__ = [
    "Adresse",
    "Automatisation",
    "CampagneRncps",
    "Canal",
    "ConsultationRncps",
    "CritereCampagne",
    "Decision",
    "DeclarationScellee",
    "Demande",
    "DemandeDetail",
    "Document",
    "Dossier",
    "DroitEfface",
    "EtatDemande",
    "EtatPiece",
    "EtatTache",
    "Fait",
    "FormeDocument",
    "GenreScelle",
    "GenreTache",
    "HabilitationRncps",
    "LienDocument",
    "LigneDroit",
    "Liquidation",
    "ModeConsultation",
    "MotifCampagne",
    "MotifConsultation",
    "NatureFait",
    "PieceAttendue",
    "PublicationRncps",
    "Rattachement",
    "RevueDecision",
    "SourceFait",
    "TacheAgent",
    "TexteDecision",
    "Trimestre",
    "VersionRegles",
]
