"""The daily tasks of this room: unusual accesses, identities to certify, messages that wait or came back."""

import datetime as dt
import os
from collections import Counter
from pathlib import Path

from limpide.identite import suivi_contacts, surveillance
from limpide.identite.certification import CERTIFIER, certifier_lot
from limpide.registre.travaux.taches import Comptes, Ordre, Tache, TravailIncomplet

JOURS_RATTRAPES = 31
"""A site that didn't run its day for longer looks at the last month: the journal is read day by day."""


def _surveiller(ordre: Ordre) -> Comptes:
    """Every day that ended since the last time, yesterday if there was none."""
    debut = max(ordre.depuis or dt.date.min, ordre.jour - dt.timedelta(days=JOURS_RATTRAPES))
    jours = (ordre.jour - debut).days if ordre.depuis else 1
    nouvelles: Counter[str] = Counter()
    for n in range(jours, 0, -1):
        nouvelles.update(surveillance.surveiller(ordre.jour - dt.timedelta(days=n), ordre.caf).nouvelles)
    return {"jours regardés": jours, "alertes levées": nouvelles.total()}


def _certifier(ordre: Ordre) -> Comptes:
    bilan = certifier_lot()
    comptes = {
        "identités à demander": bilan.a_demander, "certifiées": bilan.certifiees, "en litige": bilan.litiges,
        "à comparer par un agent": bilan.a_comparer, "sans réponse": bilan.pannes,
    }  # fmt: skip
    if bilan.arrete or bilan.pannes:
        raise TravailIncomplet("Le SNGI n'a pas répondu à tout : ce qui reste sera redemandé.", comptes)
    return comptes


def _compter_les_identites(ordre: Ordre) -> Comptes:
    return {"identités à demander": certifier_lot(a_blanc=True).a_demander}


def _envoyer(ordre: Ordre) -> Comptes:
    bilan = suivi_contacts.envoyer(executer=True)
    comptes = {"coordonnées à revoir": bilan.a_rappeler, "messages partis": bilan.partis, "refusés": bilan.revenus}
    if bilan.arrete:
        raise TravailIncomplet("Le relais ne prend plus de message : ce qui reste attend.", comptes)
    return comptes


def _compter_les_rappels(ordre: Ordre) -> Comptes:
    return {"coordonnées à revoir": suivi_contacts.envoyer(executer=False).a_rappeler}


def _lire_les_rejets(ordre: Ordre) -> Comptes:
    """Nothing to read where nobody said in which folder reports of non-delivery come."""
    if not (ou := os.environ.get("LIMPIDE_REJETS", "")):
        return {}
    if not (dossier := Path(ou)).is_dir():
        raise TravailIncomplet("LIMPIDE_REJETS ne nomme pas un dossier.")
    bilan = suivi_contacts.lire_rejets(dossier)
    comptes = {"coordonnées à revoir": bilan.points, "rapports déjà connus": bilan.connus}
    if bilan.illisibles:
        raise TravailIncomplet(
            "Des rapports de non-remise ne se lisent pas : « limpide coordonnees rejets » dit lesquels.",
            {**comptes, "rapports illisibles": len(bilan.illisibles)},
        )
    return comptes


TRAVAUX = (
    Tache(
        cle="acces_surveiller",
        rang=20,
        intitule="Signaler les accès inhabituels",
        traitements=(surveillance.CLE,),
        faire=_surveiller,
        par_caf=True,
    ),
    Tache(
        cle="identite_certifier",
        rang=50,
        intitule="Faire certifier les identités par le SNGI",
        traitements=(CERTIFIER,),
        faire=_certifier,
        compter=_compter_les_identites,
    ),
    Tache(
        cle="coordonnees_rejets",
        rang=53,
        intitule="Lire les rapports de non-remise",
        traitements=(suivi_contacts.SUIVI,),
        faire=_lire_les_rejets,
    ),
    Tache(
        cle="coordonnees_envoyer",
        rang=56,
        intitule="Envoyer les messages qui attendent",
        traitements=(suivi_contacts.SUIVI,),
        faire=_envoyer,
        compter=_compter_les_rappels,
    ),
)
