"""What the tests of retention do: read as the owner, run the command, take a file to the eve of its erasure."""

import datetime as dt
import io
from typing import Any

from django.core.management import call_command

from limpide.dossiers.models import Decision, Dossier
from limpide.dossiers.previsualisation import appliquer, previsualiser
from limpide.paiements import recours
from limpide.paiements.models import Creance
from limpide.paiements.services import abandonner, emettre_virements
from limpide.registre.contexte import traitement
from tests.banc import ecrans, temps
from tests.banc.mois import AGENT, MOIS, ORIGINE, correction_ouverte, indus_ouverts, salaire

ANS = 8


def tous(modele: Any) -> Any:
    return modele._base_manager.using("proprietaire")


def commande(*arguments: str) -> str:
    sortie = io.StringIO()
    call_command("conservation", *arguments, stdout=sortie)
    return sortie.getvalue()


def jusqu_au_bout() -> None:
    commande("archiver", "--executer")
    commande("notifier", "--executer")
    temps.grace_passee()


def une_vie_passee() -> int:
    """Rights, a debt given up, a final appeal, decisions, an account with a session, payments in files; long ago."""
    presents = ecrans.peupler(12)
    dossier, _ = ecrans.fiche_d_amina()
    ecrans.allocataire(presents).get("/mon-compte/")
    with correction_ouverte():
        fiche = Dossier.objects.get(pk=dossier)
        corrections = salaire(fiche, 320_000, dt.date(2026, 8, 1))
        prevue = previsualiser(fiche, corrections)
        appliquer(fiche, corrections, ORIGINE, prevue.empreinte, "Essai")
    with indus_ouverts():
        for creance in Creance.objects.filter(dossier_id=dossier, etat="proposee"):
            abandonner(creance, "Erreur de la caisse")
    emettre_virements(MOIS)
    with traitement("suivi_recours", acteur=AGENT, organisme="751", motif="Essai"):
        fiche = Dossier.objects.get(pk=dossier)
        decision = Decision.objects.filter(dossier_id=dossier).order_by("-pk").first()
        droit = decision.effets[0]["droit"]
        fait = recours.deposer(
            fiche, recours.voies_ouvertes(droit)[0], recours.Objet(droit, decision=decision.pk), dt.date(2026, 11, 22)
        )
        signee = recours.Signature(
            "Dominique Petit", "Présidente de la commission", "Les revenus sont ceux du dossier."
        )
        recours.decider(fait, "rejete", dt.date(2026, 11, 23), signee)
        recours.rendre_definitif(fait, dt.date(2026, 11, 24))
    temps.reculer(ANS)
    temps.clore(dossier, dt.date(2018, 12, 31))
    return dossier
