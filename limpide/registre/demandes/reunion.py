"""Answer an access: gather the person's data under a processing limited to them, keep the answer, close the request."""

from limpide.registre.contexte import Acteur, traitement
from limpide.registre.demandes import regles, services
from limpide.registre.demandes.assemblage import assembler, aussi
from limpide.registre.demandes.modeles import DemandeDroit
from limpide.registre.demandes.traitements import ASSEMBLAGE, GUICHET

REPONSE = (
    "Vos données sont réunies dans un document et un fichier, à télécharger depuis Mon Compte pendant "
    f"{regles.JOURS_DE_TELECHARGEMENT} jours."
)
PAS_UNE_COPIE = "Cette demande n'attend pas de copie des données."


def attend_une_copie(demande: DemandeDroit) -> bool:
    """An access that may still be granted."""
    return regles.ACCORDEE in regles.TRANSITIONS[demande.etat] and demande.genre == "acces"


def reunir(demande: DemandeDroit, acteur: Acteur) -> None:
    """Outside any processing: opens its own. Raises TransitionRefusee, and then nothing is kept."""
    if not attend_une_copie(demande):
        raise services.TransitionRefusee(PAS_UNE_COPIE)
    motif = f"Réponse à la demande d'accès {demande.numero}"
    with traitement(ASSEMBLAGE, acteur=acteur, motif=motif, personne=demande.personne_id, dossier=demande.dossier_id):
        contenu = assembler(demande.personne_id)
        doublons = aussi([demande.personne_id])
    contenu["doublons"] = []
    while doublons:  # each under its own scope: PostgreSQL gives one entry's rows at a time
        doublon = doublons.pop()
        with traitement(ASSEMBLAGE, acteur=acteur, motif=motif, personne=doublon):
            contenu["doublons"].append(assembler(doublon))
            doublons += aussi([doublon])
    with traitement(GUICHET, acteur=acteur, motif=motif):
        services.remettre(demande, contenu)
        services.repondre(demande, regles.ACCORDEE, REPONSE)
