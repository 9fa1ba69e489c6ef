"""The daily tasks of this room: near appointments are reminded of, notes that nobody reviewed in time go."""

from limpide.registre.travaux.taches import Comptes, Ordre, Tache
from limpide.relation import contacts, rappels


def _effacer(ordre: Ordre) -> Comptes:
    return {"notes effacées": contacts.effacer_les_notes_non_relues(ordre.jour, executer=True)}


def _compter(ordre: Ordre) -> Comptes:
    return {"notes à effacer": contacts.effacer_les_notes_non_relues(ordre.jour, executer=False)}


def _rappeler(ordre: Ordre, *, executer: bool) -> Comptes:
    return {
        "rendez-vous rappelés": rappels.rappeler(ordre.jour, executer=executer, caf=ordre.caf),
        "numéros effacés": rappels.effacer_les_numeros(executer=executer),
    }


TRAVAUX = (
    Tache(
        cle="rendez_vous_rappeler",
        rang=54,
        intitule="Rappeler les rendez-vous proches",
        traitements=(rappels.AVIS,),
        faire=lambda ordre: _rappeler(ordre, executer=True),
        compter=lambda ordre: _rappeler(ordre, executer=False),
        garde="Le numéro où appeler s'efface une semaine après l'heure ; le rendez-vous, lui, garde sa durée.",
    ),
    Tache(
        cle="contacts_relire",
        rang=59,
        intitule="Effacer les notes de contact que personne n'a relues",
        traitements=(contacts.RELIRE_TARD,),
        faire=_effacer,
        compter=_compter,
        garde="une note attend un encadrant trente jours au plus",
    ),
)
