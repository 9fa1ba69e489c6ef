"""The daily tasks of this room: what the RNCPS is told, what it is asked later, its answers that go after a month."""

from limpide.dossiers import consultation_differee, consultation_rncps, rncps
from limpide.registre.travaux.taches import Comptes, Ordre, Tache, TravailIncomplet
from limpide.socle.appel import PartenaireInjoignable


def _publier(ordre: Ordre) -> Comptes:
    try:
        bilan = rncps.publier()
    except PartenaireInjoignable as panne:
        raise TravailIncomplet("L'adresse du Rncps n'est pas connue.") from panne
    comptes = {"dossiers changés": bilan.a_publier, "reçus": bilan.recues, "refusés": bilan.refusees}
    if bilan.arrete:
        raise TravailIncomplet("Le Rncps n'a pas tout reçu : ce qui reste lui sera renvoyé.", comptes)
    if bilan.refusees:
        raise TravailIncomplet("Le Rncps a refusé des lignes : elles sont à corriger.", comptes)
    return comptes


def _compter_les_changements(ordre: Ordre) -> Comptes:
    return {"dossiers changés": rncps.publier(a_blanc=True).a_publier}


def _interroger(ordre: Ordre) -> Comptes:
    try:
        bilan = consultation_differee.interroger()
    except PartenaireInjoignable as panne:
        raise TravailIncomplet("L'adresse du Rncps n'est pas connue.") from panne
    comptes = {"questions": bilan.en_attente, "répondues": bilan.repondues, "sans suite": bilan.sans_suite}
    if bilan.arrete:
        raise TravailIncomplet("Le Rncps n'a pas répondu à tout : ce qui reste attend.", comptes)
    return comptes


def _compter_les_questions(ordre: Ordre) -> Comptes:
    return {"questions": consultation_differee.interroger(executer=False).en_attente}


def _effacer(ordre: Ordre) -> Comptes:
    return {"réponses effacées": consultation_rncps.effacer_les_reponses(ordre.jour)}


def _compter_les_reponses(ordre: Ordre) -> Comptes:
    return {"réponses effacées": consultation_rncps.effacer_les_reponses(ordre.jour, executer=False)}


TRAVAUX = (
    Tache(
        cle="rncps_publier",
        rang=60,
        intitule="Publier au Rncps ce qui a changé",
        traitements=(rncps.PUBLIER,),
        faire=_publier,
        compter=_compter_les_changements,
    ),
    Tache(
        cle="rncps_interroger",
        rang=65,
        intitule="Poser au Rncps les questions des agents qui attendent",
        traitements=(consultation_differee.DIFFERER,),
        faire=_interroger,
        compter=_compter_les_questions,
    ),
    Tache(
        cle="rncps_effacer",
        rang=70,
        intitule="Effacer les réponses du Rncps de plus d'un mois",
        traitements=(consultation_rncps.TRACES,),
        faire=_effacer,
        compter=_compter_les_reponses,
        garde="Seules partent les réponses de plus d'un mois ; la trace de la consultation reste un an.",
    ),
)
