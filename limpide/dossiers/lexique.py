"""Words of the screens: each status has a term for the agent and a sentence for the citizen, never the raw code.

Completeness is tested against the law's reasons and the room's statuses: a new status without words fails.
"""

from dataclasses import dataclass

from limpide.droits.moteur.droit import Motif


@dataclass(frozen=True)
class Mots:
    """`agent`: the trade's term. `allocataire`: a sentence a person understands. `ton`: the DSFR badge colour."""

    agent: str
    allocataire: str
    ton: str = "info"


MOTIFS: dict[str, Mots] = {
    "OUVERT": Mots("Droit ouvert", "Vous y avez droit.", "success"),
    "INCONNU": Mots(
        "Information manquante",
        "Il manque une information pour calculer ce droit : ce n'est pas un refus.",
        "warning",
    ),
    "AGE": Mots("Condition d'âge non remplie", "La condition d'âge de ce droit n'est pas remplie."),
    "RESSOURCES": Mots(
        "Ressources supérieures au plafond", "Vos ressources dépassent le montant qui ouvre ce droit."
    ),
    "RESIDENCE": Mots(
        "Condition de résidence non remplie", "Ce droit suppose de vivre dans un territoire où il s'applique."
    ),
    "SEUIL": Mots("Montant sous le seuil de versement", "Le montant calculé est trop petit pour être versé."),
    "NOMBRE_ENFANTS": Mots("Nombre d'enfants insuffisant", "Ce droit commence avec plus d'enfants à charge."),
    "ACTIVITE": Mots(
        "Pas de revenu d'activité suffisant",
        "Ce droit demande un revenu du travail, qui manque ou est trop bas.",
    ),
    "SEJOUR": Mots("Condition de séjour non remplie", "La condition de séjour en France n'est pas remplie."),
    "ETUDIANT": Mots(
        "Étudiant, stagiaire ou apprenti", "Ce droit n'est pas ouvert aux étudiants dans cette situation."
    ),
    "A_INSTRUIRE": Mots(
        "À instruire par un agent",
        "La loi demande ici l'appréciation d'une personne : un agent étudie votre situation.",
        "new",
    ),
}

ORIGINES: dict[str, Mots] = {}


def motif(valeur: int | str) -> Mots:
    """Words of a reason, given by its name or by its number in the database."""
    return MOTIFS[Motif(valeur).name if isinstance(valeur, int) else valeur]
