"""A correction reaches those who hold the data (RGPD art. 19): by their exchange, else by a notice to send.

A room whose exchange carries corrections says in its `destinataires.py` when one was received (`RECEPTIONS`); the daily
follow-up then settles that recipient by itself. For the others the officer prints a notice, sends it, and notes it.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from limpide.registre.conservation.graphe import PERSONNE, racine
from limpide.registre.demandes import destinataires
from limpide.registre.demandes.destinataires import AvisDestinataire
from limpide.registre.demandes.modeles import DemandeDroit
from limpide.registre.demandes.services import regler_un_avis
from limpide.socle.pdf import DocumentPDF

EMETTEUR = "Délégué à la protection des données"
COLONNES_PERSONNE = ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance")


def propager() -> int:
    """Settle the recipients who received the correction by their exchange. Returns how many."""
    regles = 0
    for avis in AvisDestinataire.objects.filter(issue=AvisDestinataire.Issue.A_AVISER).order_by("pk"):
        demande = DemandeDroit.objects.get(pk=avis.demande_id)
        recue = destinataires.reception(avis.destinataire, avis.personne_id, demande.dossier_id, avis.cree_le)
        if recue is not None:
            le = timezone.localtime(recue)
            regler_un_avis(
                demande, avis.pk, AvisDestinataire.Issue.AVISE, f"Correction reçue le {le:%d/%m/%Y à %H:%M}."
            )
            regles += 1
    return regles


def avis_en_pdf(demande: DemandeDroit, avis: AvisDestinataire) -> bytes:
    """The notice to one recipient: whose data, what they had received, what changed; without any number."""
    qui: Any = racine(PERSONNE).objects.only(*COLONNES_PERSONNE).get(pk=demande.personne_id)
    close = demande.close_le or timezone.localdate()
    le = timezone.make_aware(dt.datetime.combine(close, dt.time.min))
    document = DocumentPDF(f"Avis à un destinataire – {demande.numero}", emetteur=EMETTEUR, le=le)
    document.paragraphe(avis.nom, gras=True)
    document.paragraphe(
        f"Nous vous avons communiqué des données sur la personne ci-dessous : {avis.donnees}. Sa demande de "
        f"{demande.get_genre_display().lower()} est accordée. L'article 19 du règlement (UE) 2016/679 nous oblige à "
        "vous en aviser."
    )
    document.titre("La personne")
    usage = f", nom d'usage {qui.nom_usage}" if qui.nom_usage else ""
    document.paragraphe(f"{qui.prenoms} {qui.nom_naissance}{usage}, né(e) le {qui.date_naissance:%d/%m/%Y}.")
    document.titre("Ce qui change")
    document.paragraphe(demande.reponse)
    document.titre("Ce que nous vous demandons")
    document.paragraphe(
        f"Faites de même dans vos fichiers si ces données y sont, et répondez-nous en rappelant la référence "
        f"{demande.numero}. La personne sera informée de cet avis."
    )
    return document.octets()
