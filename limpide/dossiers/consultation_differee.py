"""Asking the RNCPS later, by lists of numbers (CSS R114-30, I): what waits is sent and kept; killed anywhere, again.

Each question keeps the key it was recorded with: asked twice, it is one question, for the directory and for the trace.
Answers are read as in real time, raise the same signals, change no right.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle.appel import DemandeRefusee, Partenaire, PartenaireInjoignable, partenaire, poster

from .consultation_rncps import comprendre, garder, ligne_de, numero_de
from .models import ConsultationRncps, ModeConsultation

DIFFERER = "consultation_rncps_differee"
MOTIF = "Consultation du Rncps en différé, demandée par un agent"
CHEMIN = "/v1/consultations/differees"
LIGNES_PAR_LISTE = 10
PERDUE = dt.timedelta(minutes=5)
"""A question in real time without answer for so long was cut: it waits like the others."""
ILLISIBLE = "Le répertoire a répondu de façon illisible"
SANS_NUMERO = "Le numéro de cette personne n'est plus certifié"


@dataclasses.dataclass
class Bilan:
    """What a run did, in questions. `arrete`: the directory stopped answering, the rest waits."""

    en_attente: int = 0
    repondues: int = 0
    sans_suite: int = 0
    arrete: bool = False


def interroger(vers: Partenaire | None = None, *, executer: bool = True) -> Bilan:
    """Ask everything that waits, list by list; only count without `executer`."""
    bilan = Bilan()
    with traitement(DIFFERER, acteur=SYSTEME, motif=MOTIF):
        bilan.en_attente = en_attente().count()
    if not executer:
        return bilan
    while True:
        with traitement(DIFFERER, acteur=SYSTEME, motif=MOTIF):
            en_attente().filter(mode=ModeConsultation.TEMPS_REEL).update(mode=ModeConsultation.DIFFERE)
            lignes, restent = _liste(bilan)
        if lignes and not _demander(vers or partenaire("rncps"), lignes, bilan):
            bilan.arrete = True
            return bilan
        if not restent:
            return bilan


def en_attente() -> QuerySet[ConsultationRncps]:
    """Open questions of these modes; those in real time that were cut."""
    ouvertes: QuerySet[ConsultationRncps] = ConsultationRncps.objects.filter(repondue_le=None, sans_suite="")
    coupee = Q(mode=ModeConsultation.TEMPS_REEL, demandee_le__lt=timezone.now() - PERDUE)
    return ouvertes.filter(~Q(mode=ModeConsultation.TEMPS_REEL) | coupee)


def _liste(bilan: Bilan) -> tuple[list[dict[str, Any]], bool]:
    """The next questions to send together, the oldest first; whether any was found. Those without number close."""
    questions = list(
        en_attente().select_related("dossier", "dossier__allocataire").order_by("demandee_le", "pk")[:LIGNES_PAR_LISTE]
    )
    lignes = []
    for question in questions:
        if (numero := numero_de(question.dossier)) is None:
            bilan.sans_suite += _clore(str(question.pk), SANS_NUMERO)
        else:
            lignes.append(ligne_de(question, numero))
    return lignes, bool(questions)


def _clore(cle: str, raison: str) -> int:
    ouverte = ConsultationRncps.objects.filter(pk=cle, repondue_le=None, sans_suite="")
    return int(ouverte.update(sans_suite=raison[:80]))


def _demander(vers: Partenaire, lignes: list[dict[str, Any]], bilan: Bilan) -> bool:
    """Send one list and keep its answers; False when the directory doesn't answer."""
    cles = [ligne["cle"] for ligne in lignes]
    envoi = str(uuid.uuid5(uuid.NAMESPACE_OID, ",".join(cles)))
    try:
        reponses = _comprendre(cles, poster(vers, CHEMIN, {"cle": envoi, "lignes": lignes}, envoi))
    except (PartenaireInjoignable, DemandeRefusee):
        return False
    with traitement(DIFFERER, acteur=SYSTEME, motif=MOTIF):
        _noter(reponses, bilan)
    return True


def _comprendre(cles: list[str], recue: Mapping[str, Any]) -> dict[str, list[dict[str, Any]] | str]:
    """By key: what the bodies say, or the reason of a refusal. An answer that forgets a question is none."""
    lignes = recue.get("lignes")
    if not isinstance(lignes, list) or not all(isinstance(ligne, dict) for ligne in lignes):
        raise PartenaireInjoignable("contenu")
    reponses: dict[str, list[dict[str, Any]] | str] = {}
    for ligne in lignes:
        cle = str(ligne.get("cle"))
        reponses[cle] = _une(cle, ligne)
    if set(reponses) != set(cles):
        raise PartenaireInjoignable("contenu")
    return reponses


def _une(cle: str, ligne: Mapping[str, Any]) -> list[dict[str, Any]] | str:
    if ligne.get("etat") == "refusee":
        return f"Le répertoire a refusé la question ({ligne.get('raison') or 'sans raison'})"
    try:
        return comprendre(cle, ligne)
    except PartenaireInjoignable:  # this line only: the others of the list have their answer
        return ILLISIBLE


def _noter(reponses: Mapping[str, list[dict[str, Any]] | str], bilan: Bilan) -> None:
    for question in ConsultationRncps.objects.select_related("dossier").filter(pk__in=list(reponses)):
        recue = reponses[str(question.pk)]
        if isinstance(recue, str):
            bilan.sans_suite += _clore(str(question.pk), recue)
        else:
            bilan.repondues += garder(question, recue)
