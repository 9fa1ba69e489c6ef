"""The daily task of this room: unusual connections to Mon Compte."""

import datetime as dt
from collections import Counter

from limpide.identite.suivi_contacts import SUIVI
from limpide.paiements.declarations_trimestres import SUSPENDRE
from limpide.registre.travaux.taches import Comptes, Ordre, Tache, TravailIncomplet
from limpide.usagers import fin_du_compte, residence, surveillance
from limpide.usagers.trimestre import rappels, suspension

JOURS_RATTRAPES = 31
"""As for the accesses of agents: a month at the most, day by day."""


def _surveiller(ordre: Ordre) -> Comptes:
    """Every day that ended since the last time, and this one up to now: failures are kept one day only."""
    debut = max(ordre.depuis or dt.date.min, ordre.jour - dt.timedelta(days=JOURS_RATTRAPES))
    jours = (ordre.jour - debut).days if ordre.depuis else 1
    nouvelles: Counter[str] = Counter()
    for n in range(jours, -1, -1):
        nouvelles.update(surveillance.surveiller(ordre.jour - dt.timedelta(days=n)).nouvelles)
    return {"jours regardés": jours + 1, "alertes levées": nouvelles.total()}


def _terminer(ordre: Ordre) -> Comptes:
    return {"accès fermés": fin_du_compte.terminer(ordre.jour, executer=True)}


def _compter_les_termes(ordre: Ordre) -> Comptes:
    return {"accès fermés": fin_du_compte.terminer(ordre.jour, executer=False)}


def _demander_la_residence(ordre: Ordre) -> Comptes:
    return {"vérifications demandées": residence.signaler(ordre.jour)}


def _demander_les_trimestres(ordre: Ordre) -> Comptes:
    return {"trimestres ouverts": rappels.demander_les_trimestres(ordre.jour, caf=ordre.caf)}


def _compter_les_trimestres(ordre: Ordre) -> Comptes:
    return {"trimestres ouverts": rappels.demander_les_trimestres(ordre.jour, caf=ordre.caf, executer=False)}


def _rappeler(ordre: Ordre) -> Comptes:
    bilan = rappels.rappeler(ordre.jour)
    return {"rappels": bilan.rappels, "personnes à joindre": bilan.injoignables}


def _compter_les_rappels(ordre: Ordre) -> Comptes:
    return {"rappels": rappels.rappeler(ordre.jour, executer=False).rappels}


def _suspendre(ordre: Ordre) -> Comptes:
    bilan = suspension.suspendre(ordre.jour, caf=ordre.caf)
    comptes = {"trimestres suspendus": bilan.suspendus}
    if bilan.occupees:
        raise TravailIncomplet("Le calcul mensuel d'une caisse était en cours : ses dossiers restent.", comptes)
    return comptes


def _compter_les_suspensions(ordre: Ordre) -> Comptes:
    return {"trimestres suspendus": suspension.suspendre(ordre.jour, caf=ordre.caf, executer=False).suspendus}


TRAVAUX = (
    Tache(
        cle="trimestres_demander",
        rang=42,
        intitule="Ouvrir les trimestres à déclarer",
        traitements=(rappels.DEMANDER,),
        faire=_demander_les_trimestres,
        compter=_compter_les_trimestres,
        par_caf=True,
    ),
    Tache(
        cle="trimestres_rappeler",
        rang=44,
        intitule="Rappeler les trimestres à déclarer",
        traitements=(rappels.RAPPELER,),
        faire=_rappeler,
        compter=_compter_les_rappels,
        apres=("trimestres_demander",),
    ),
    Tache(
        cle="trimestres_suspendre",
        rang=46,
        intitule="Suspendre les trimestres non déclarés après un rappel",
        traitements=(SUSPENDRE,),
        faire=_suspendre,
        compter=_compter_les_suspensions,
        par_caf=True,
    ),
    Tache(
        cle="acces_terminer",
        rang=85,
        intitule="Fermer les accès six ans après la fin de la relation",
        traitements=(fin_du_compte.TERME,),
        faire=_terminer,
        compter=_compter_les_termes,
        garde="Le dossier garde sa propre durée ; un accès fermé peut être rendu par la Caf.",
    ),
    Tache(
        cle="connexions_surveiller",
        rang=25,
        intitule="Signaler les connexions inhabituelles",
        traitements=(surveillance.CLE,),
        faire=_surveiller,
    ),
    Tache(
        cle="residence_signaler",
        rang=75,
        intitule="Demander où habite qui se connecte longtemps de l'étranger",
        traitements=(residence.SIGNALER, SUIVI),
        faire=_demander_la_residence,
    ),
)
