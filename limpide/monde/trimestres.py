"""The quarters of the fictitious households, declared through the service of Mon Compte.

But for Amina's, due now, and a neighbour's, late: reminded and suspended by the day's own rules.
"""

import datetime as dt

from django.utils import timezone

from limpide.dossiers.liquidation import caisses
from limpide.dossiers.models import Dossier, Trimestre
from limpide.dossiers.trimestres import a_declarer, a_demander, demander
from limpide.identite import contacts
from limpide.identite.suivi_contacts import SUIVI
from limpide.monde import chargement, comptes, temoin
from limpide.monde.foyers import mois_decale
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.usagers.declarations_trimestre import TRIMESTRE
from limpide.usagers.trimestre import connu, envoi, rappels, suspension
from limpide.usagers.trimestre.formulaire import FormulaireTrimestre

ORGANISME = "751"
MOTIF = "Création du monde fictif de démonstration"
MONDE = Acteur("allocataire", 0, "Foyer fictif")
JOUR_DU_RAPPEL = 16
DECLARES = 500
"""Files that declare, in each Caf: a bigger world is made to measure, and its quarters stay to be asked."""


def declarer(jour: dt.date) -> int:
    """Everybody but Amina declares the quarter that is asked, confirming what the Caf knows; how many did now."""
    faits = 0
    for organisme in caisses():
        sauf = chargement.numero_allocataire(temoin.RANG) if organisme == ORGANISME else ""
        with traitement(rappels.DEMANDER, acteur=SYSTEME, organisme=organisme, motif=MOTIF):
            ouverts = Dossier.objects.filter(clos_le=None).order_by("pk")
            siens = dict(ouverts.values_list("pk", "allocataire_id")[:DECLARES])
            attendus = a_demander(organisme, list(siens), jour)
        for dossier in attendus:
            faits += _declarer(dossier, siens[dossier], jour, sauf)
    return faits


def _declarer(dossier: int, personne: int, jour: dt.date, sauf: str) -> bool:
    with traitement(TRIMESTRE, acteur=MONDE, motif=MOTIF, personne=personne):
        sien = Dossier.objects.get(pk=dossier)
        trimestre = None if sien.numero == sauf else a_declarer(sien, jour)
        if trimestre is None:
            return False
        membres = connu.membres_connus(sien, trimestre)
        inconnus = [c for m in membres for ligne in m.lignes for c in ligne.chiffres if c.montant is None]
        formulaire = FormulaireTrimestre({f"{c.cle}_montant": "0" for c in inconnus}, membres=membres)
        if not formulaire.is_valid():
            raise ValueError(f"dossier {sien.numero} : {', '.join(formulaire.errors)} ne se déclare pas")
        par = envoi.Signature("Foyer fictif", "monde", timezone.now())
        envoi.declarer(sien, trimestre, formulaire.dits(), formulaire.recapitulatif(), par)
    return True


def mettre_en_retard(mois: dt.date) -> None:
    """Before this month is liquidated, once: a file of Paris, asked the month before, is reminded, then suspended."""
    avant = mois_decale(mois, -1)
    with traitement(rappels.DEMANDER, acteur=SYSTEME, organisme=ORGANISME, motif=MOTIF):
        if Trimestre.objects.exclude(suspendu_le=None).exists():
            return
        ouverts = Dossier.objects.filter(clos_le=None).order_by("pk")
        siens = dict(ouverts.values_list("pk", "allocataire_id")[:DECLARES])
        possibles = a_demander(ORGANISME, list(siens), avant)
        choisi = next((d for d, debut in sorted(possibles.items()) if debut == avant), None)
        if choisi is None:
            return
        demander(ORGANISME, avant, {choisi: avant})
    with traitement(SUIVI, acteur=SYSTEME, motif=MOTIF):
        joignable = contacts.a_un_contact(siens[choisi])
    if not joignable:
        with traitement(comptes.TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
            comptes.confirmer(siens[choisi], "courriel", f"dossier.{choisi}@exemple.test")
    rappels.rappeler(avant.replace(day=JOUR_DU_RAPPEL))
    suspension.suspendre(mois, caf=ORGANISME)


def en_retard() -> str:
    """The number of the file whose quarter is suspended; empty when the world holds none."""
    with traitement(rappels.DEMANDER, acteur=SYSTEME, organisme=ORGANISME, motif=MOTIF):
        dossier = Trimestre.objects.exclude(suspendu_le=None).values_list("dossier_id", flat=True).first()
    if dossier is None:
        return ""
    with traitement(comptes.TRAITEMENT, acteur=SYSTEME, organisme=ORGANISME, motif=MOTIF):
        return str(Dossier.objects.values_list("numero", flat=True).get(pk=dossier))
