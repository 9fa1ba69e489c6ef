"""The daily tasks of this room: subscriptions that were missed, validated letters, addresses that open nothing."""

from limpide.infolettres import abonnements, envoi, reception
from limpide.registre.travaux.taches import Comptes, Ordre, Tache, TravailIncomplet


def _abonner(ordre: Ordre) -> Comptes:
    return {"comptes abonnés": abonnements.rattraper(executer=True)}


def _compter_les_comptes(ordre: Ordre) -> Comptes:
    return {"comptes à abonner": abonnements.rattraper(executer=False)}


def _envoyer(ordre: Ordre) -> Comptes:
    if not envoi.envoyer(executer=False).lettres:
        return {}
    try:
        bilan = envoi.envoyer(executer=True)
    except envoi.SansAdresse as refus:
        raise TravailIncomplet(str(refus)) from None
    comptes = {
        "lettres": bilan.lettres, "messages partis": bilan.partis, "refusés": bilan.revenus,
        "écartés": bilan.ecartes, "interrompus": bilan.incertains,
    }  # fmt: skip
    if bilan.arrete:
        raise TravailIncomplet("Le relais ne prend plus de message : ce qui reste attend.", comptes)
    return comptes


def _compter_les_envois(ordre: Ordre) -> Comptes:
    bilan = envoi.envoyer(executer=False)
    return {"lettres": bilan.lettres, "messages à envoyer": bilan.a_envoyer}


def _tenir(ordre: Ordre) -> Comptes:
    return {"coordonnées à revoir": reception.tenir_la_liste(executer=True)}


def _compter_les_silences(ordre: Ordre) -> Comptes:
    return {"coordonnées à revoir": reception.tenir_la_liste(executer=False)}


TRAVAUX = (
    Tache(
        cle="infolettres_abonner",
        rang=52,
        intitule="Abonner les comptes ouverts qui ne l'ont jamais été",
        traitements=(abonnements.RATTRAPAGE,),
        faire=_abonner,
        compter=_compter_les_comptes,
    ),
    Tache(
        cle="infolettres_tenir",
        rang=55,
        intitule="Demander de revoir les adresses où plus aucune lettre ne s'affiche",
        traitements=(reception.TENUE,),
        faire=_tenir,
        compter=_compter_les_silences,
    ),
    Tache(
        cle="infolettres_envoyer",
        rang=57,
        intitule="Envoyer les lettres d'information validées",
        traitements=(envoi.ENVOYER,),
        faire=_envoyer,
        compter=_compter_les_envois,
    ),
)
