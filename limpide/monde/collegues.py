"""A colleague opens the file of an agent of the Caf of Paris: what the demonstration's officer finds to look at."""

import datetime as dt
import secrets

from limpide.dossiers.models import Dossier
from limpide.identite import proches, surveillance
from limpide.identite.comptes import creer_compte_agent
from limpide.identite.models import Affiliation, Compte, Organisme, Personne, QualiteLien
from limpide.registre.contexte import SYSTEME, Acteur, traitement

ORGANISME, AGENT, COLLEGUE = "751", "agent.paris", "agent.collegue"
MOTIF = "Création du monde fictif de démonstration"


def installer(jour: dt.date) -> None:
    """Once: the agent's own declaration, the colleague's reading, and the look at that day's accesses."""
    with traitement("alimentation_monde", acteur=SYSTEME, motif=MOTIF):
        comptes = {c.identifiant: c for c in Compte.objects.filter(identifiant__in=(AGENT, COLLEGUE))}
        if COLLEGUE in comptes or AGENT not in comptes:
            return
        # Nobody logs in as the colleague: the password is drawn and forgotten.
        comptes[COLLEGUE] = creer_compte_agent(
            COLLEGUE, Organisme(pk=ORGANISME), "Agent de la Caf de Paris (collègue)", secrets.token_urlsafe(24)
        )
    if (sienne := _une_allocataire(jour)) is None:
        return
    with traitement("dossiers_proches", acteur=_acteur(comptes[AGENT]), motif=MOTIF, organisme=ORGANISME):
        proches.declarer(Compte(pk=comptes[AGENT].pk, organisme_id=ORGANISME), sienne, QualiteLien.SOI)
    motif = "Étude d'une demande"
    with traitement("recherche_dossier", acteur=_acteur(comptes[COLLEGUE]), motif=motif, organisme=ORGANISME):
        list(Personne.objects.filter(pk=sienne))
        list(Dossier.objects.filter(allocataire_id=sienne))
    surveillance.surveiller(jour)


def _acteur(compte: Compte) -> Acteur:
    return Acteur("agent", compte.pk, "Caf de Paris")


def _une_allocataire(jour: dt.date) -> int | None:
    """The last allocataire of Paris without an account of Mon Compte, who is nobody's colleague yet."""
    with traitement("immatriculation", acteur=SYSTEME, motif=MOTIF):
        avec_compte = list(Compte.objects.exclude(personne_id=None).values_list("personne_id", flat=True))
        paris = Affiliation.objects.filter(organisme_id=ORGANISME, qualite="demandeur", valide__contains=jour)
        return (
            paris.exclude(personne_id__in=avec_compte)
            .order_by("personne_id")
            .values_list("personne_id", flat=True)
            .last()
        )
