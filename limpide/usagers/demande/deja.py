"""Why there is nothing to claim with this file: already due, already asked, received, or stopped for another reason."""

from dataclasses import dataclass
from typing import Literal

from limpide.dossiers.models import Dossier
from limpide.dossiers.templatetags.affichage import en_euros
from limpide.usagers.demande import envoi_dossier
from limpide.usagers.demande.aides import Aide

CHAQUE_MOIS = (
    "Vos droits sont calculés chaque mois avec ce que votre Caf sait de vous. Vous les lisez dans « Mes droits ». "
    "Votre situation a changé ?"
)
PAR_MOIS = "Chaque mois à payer se déclare, sans nouvelle demande."


@dataclass(frozen=True)
class Deja:
    """`phrase`: why, `suite`: what follows from it; `genre`: what a page offers next."""

    genre: Literal["sans_demande", "en_cours", "suspendu", "verse"]
    phrase: str
    suite: str


def deja(dossier: Dossier, aide: Aide) -> Deja | None:
    """None when the right may be claimed."""
    if aide.avec_dossier:
        return Deja("sans_demande", aide.avec_dossier, "Un enfant manque, ou votre situation a changé ?")
    if (en_cours := envoi_dossier.en_cours(dossier, aide)) is not None:
        envoyee = f"Une demande {aide.du} est déjà envoyée : récépissé n° {en_cours.numero}."
        return Deja("en_cours", envoyee, "Elle attend une réponse. Une seconde demande n'irait pas plus vite.")
    if aide.ressources and envoi_dossier.suspendu(dossier):
        manque = "Une déclaration de trimestre manque : elle rouvre vos droits, sans nouvelle demande."
        return Deja("suspendu", manque, "")
    if verse := envoi_dossier.deja_verse(dossier, aide):
        recue = f"Vous recevez déjà {aide.le} : {en_euros(verse)} pour le dernier mois calculé."
        return Deja("verse", recue, PAR_MOIS if aide.chaque_mois else CHAQUE_MOIS)
    return None
