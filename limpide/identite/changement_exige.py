"""Another password asked of one citizen's account, or of all, by who runs the installation (MC-042).

A thousand accounts a transaction: stopped half-way it is run again, and who must change already is left as they are.
"""

from dataclasses import dataclass

from limpide.registre.contexte import SYSTEME, traitement

from . import acces_compte as acces
from .erreurs import ErreurSaisie
from .models import Compte, GenreCompte

CLE = "changement_exige"
TRANCHE = 1000


@dataclass
class Bilan:
    """How many accounts were to be asked, already were, and have been."""

    a_exiger: int = 0
    deja: int = 0
    exiges: int = 0


def exiger(compte: int | None, motif: str, *, executer: bool) -> Bilan:
    """Ask one account (None: every citizen's) for another password. Raises ErreurSaisie for an unknown account."""
    with traitement(CLE, acteur=SYSTEME, motif="Compter les mots de passe à faire changer") as cours:
        vises = Compte.objects.filter(genre=GenreCompte.ALLOCATAIRE, is_active=True)
        if compte is not None:
            vises = vises.filter(pk=compte)
            if not vises.exists():
                raise ErreurSaisie({"compte": f"Le compte n° {compte} n'est pas celui d'un allocataire, ou est fermé."})
        bilan = Bilan(
            a_exiger=vises.filter(mot_de_passe_a_changer=False).count(),
            deja=vises.filter(mot_de_passe_a_changer=True).count(),
        )
        cours.releve.vider()  # counted, nobody looked at
    dernier = 0
    while executer and (tranche := _tranche(compte, motif, dernier)):
        bilan.exiges += len(tranche)
        dernier = tranche[-1]
    return bilan


def _tranche(compte: int | None, motif: str, apres: int) -> list[int]:
    """Ask the next accounts after that number; their numbers."""
    with traitement(CLE, acteur=SYSTEME, motif="Mot de passe à changer : risque de sécurité"):
        vises = Compte.objects.filter(
            genre=GenreCompte.ALLOCATAIRE, is_active=True, mot_de_passe_a_changer=False, pk__gt=apres
        )
        if compte is not None:
            vises = vises.filter(pk=compte)
        suivants = list(vises.only("id", "personne_id").order_by("pk")[:TRANCHE])
        for suivant in suivants:
            acces.forcer_changement(suivant, motif)
        return [suivant.pk for suivant in suivants]
