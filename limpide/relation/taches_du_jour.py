"""The daily task of this room: notes that nobody reviewed in time."""

from limpide.registre.travaux.taches import Comptes, Ordre, Tache
from limpide.relation import contacts


def _effacer(ordre: Ordre) -> Comptes:
    return {"notes effacées": contacts.effacer_les_notes_non_relues(ordre.jour, executer=True)}


def _compter(ordre: Ordre) -> Comptes:
    return {"notes à effacer": contacts.effacer_les_notes_non_relues(ordre.jour, executer=False)}


TRAVAUX = (
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
