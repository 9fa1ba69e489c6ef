"""Messages and contacts of the demonstration: Amina's question, answered, another that waits, a call and a visit.

Everything goes through the real verbs. Nobody is told by e-mail: these were read days ago.
"""

import datetime as dt
import uuid

from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.identite.models import Compte
from limpide.monde import complet, temoin
from limpide.monde.chargement import MOTIF, TRAITEMENT, numero_allocataire
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.relation import contacts, echanges
from limpide.relation.models import Conversation

ORGANISME = "751"
REPONDUE = uuid.uuid5(uuid.NAMESPACE_URL, "limpide:demonstration:message-1")
EN_ATTENTE = uuid.uuid5(uuid.NAMESPACE_URL, "limpide:demonstration:message-2")
QUESTION = "Bonjour, j'ai commencé un nouveau travail ce mois-ci. Quand dois-je vous le dire ?"
REPONSE = (
    "Bonjour. Merci de votre message. Déclarez ce travail dans Mon Compte dès que vous avez votre premier bulletin de "
    "paie. Votre aide est recalculée le mois suivant, et vous lirez pourquoi."
)
AUTRE = "Bonjour, je ne retrouve pas le courrier de ma dernière décision. Où puis-je le lire ?"
CONTACTS = (
    ("appel", "droits", "Demande la date du prochain versement. Réponse donnée : le 5 du mois."),
    ("visite", "compte", "Aide à ouvrir Mon Compte sur la borne de l'accueil."),
)


def installer(jour: dt.date) -> int:
    """Once: two threads of Amina, and two contacts. Returns how many threads were written."""
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF, organisme=ORGANISME):
        sien = Dossier.objects.filter(organisme_id=ORGANISME, numero=numero_allocataire(temoin.RANG)).first()
    if sien is None:
        return 0
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        compte = Compte.objects.filter(personne_id=sien.allocataire_id).values_list("pk", flat=True).first()
    if compte is None:
        return 0
    elle = Acteur("allocataire", compte, "Vous-même")
    hier, avant = (timezone.make_aware(dt.datetime.combine(jour - dt.timedelta(days=n), dt.time(10))) for n in (1, 6))
    with traitement(echanges.MES_MESSAGES, acteur=elle, motif=MOTIF, personne=sien.allocataire_id):
        if Conversation.objects.filter(pk=REPONDUE).exists():
            return 0
        dossier = Dossier.objects.get(pk=sien.pk)
        for cle, motif, titre, texte, quand in (
            (REPONDUE, "situation", "Un nouveau travail", QUESTION, avant),
            (EN_ATTENTE, "decision", "Où relire ma décision", AUTRE, hier),
        ):
            ecrit = echanges.Ecrit(cle, texte, f"compte {compte}", sien.allocataire_id, quand)
            echanges.ouvrir(dossier, motif, titre, ecrit)
    agente = complet.agente()
    with traitement(echanges.MESSAGES_AGENTS, acteur=agente, motif=MOTIF, organisme=ORGANISME):
        lue = Conversation.objects.get(pk=REPONDUE)
        echanges.noter_la_lecture(lue, avant + dt.timedelta(days=1))
        cle = uuid.uuid5(REPONDUE, "reponse")
        echanges.repondre(lue, cle, f"compte {agente.identifiant}", REPONSE, avant + dt.timedelta(days=1, hours=2))
    with traitement(contacts.CONTACTS_AGENTS, acteur=agente, motif=MOTIF, organisme=ORGANISME):
        for rang, (canal, motif, note) in enumerate(CONTACTS, 1):
            cle, quand = uuid.uuid5(REPONDUE, f"contact-{rang}"), avant - dt.timedelta(days=20 * rang)
            saisie = contacts.Saisie(cle, canal, motif, note, f"compte {agente.identifiant}", quand)
            contacts.noter(Dossier.objects.get(pk=sien.pk), saisie)
    return 2
