"""Asking the RNCPS later, by lists of numbers (CSS R114-30, I): what waits is sent and kept; killed anywhere, again.

Each question keeps the key it was recorded with: asked twice, it is one question, for the directory and for the trace.
Answers are read as in real time, raise the same signals, change no right. Those of a campaign leave under its name.
A question whose agent is no longer accredited when it would leave isn't asked: it closes and says so.
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
from .habilitations_rncps import SEULES, agents_de
from .models import ConsultationRncps, ModeConsultation

DIFFERER = "consultation_rncps_differee"
MOTIF = "Consultation du Rncps en différé, demandée par un agent"
CHEMIN, COLLECTIVES = "/v1/consultations/differees", "/v1/consultations/collectives"
DITS_UNE_FOIS = ("organisme", "agent", "motif")
"""Said at the head of a campaign's list, the same for all its questions."""
LIGNES_PAR_LISTE = 10
PERDUE = dt.timedelta(minutes=5)
"""A question in real time without answer for so long was cut: it waits like the others."""
ILLISIBLE = "Le répertoire a répondu de façon illisible"
SANS_NUMERO = "Le numéro de cette personne n'est plus certifié"
PLUS_HABILITE = "L'agent qui a posé la question n'est plus habilité"


@dataclasses.dataclass
class Bilan:
    """What a run did, in questions. `arrete`: the directory stopped answering, the rest waits."""

    en_attente: int = 0
    repondues: int = 0
    sans_suite: int = 0
    arrete: bool = False


@dataclasses.dataclass(frozen=True)
class Liste:
    """Questions that leave together. `entete`: what is said once of a campaign, empty for questions of agents."""

    lignes: list[dict[str, Any]]
    entete: dict[str, Any]


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
            bilan.sans_suite += _clore_sans_habilitation()
            liste = _liste(bilan)
        if liste is None:
            return bilan
        if liste.lignes and not _demander(vers or partenaire("rncps"), liste, bilan):
            bilan.arrete = True
            return bilan


def en_attente() -> QuerySet[ConsultationRncps]:
    """Open questions of these modes; those in real time that were cut."""
    ouvertes: QuerySet[ConsultationRncps] = ConsultationRncps.objects.filter(repondue_le=None, sans_suite="")
    coupee = Q(mode=ModeConsultation.TEMPS_REEL, demandee_le__lt=timezone.now() - PERDUE)
    return ouvertes.filter(~Q(mode=ModeConsultation.TEMPS_REEL) | coupee)


def _clore_sans_habilitation() -> int:
    """Questions of agents who may not ask any more; one that waits doesn't say if it was asked in real time."""
    collectives = Q(mode=ModeConsultation.COLLECTIF)
    close = 0
    for questions, modes in ((collectives, {ModeConsultation.COLLECTIF}), (~collectives, SEULES)):
        sans = en_attente().filter(questions).exclude(agent__in=agents_de(modes))
        close += int(sans.update(sans_suite=PLUS_HABILITE))
    return close


def _liste(bilan: Bilan) -> Liste | None:
    """The next questions to send together, the oldest first; None when nothing waits. Those without number close."""
    suite = en_attente().select_related("dossier", "dossier__allocataire", "campagne").order_by("demandee_le", "pk")
    premiere = suite.first()
    if premiere is None:
        return None
    campagne, lignes = premiere.campagne, []
    for question in suite.filter(campagne_id=premiere.campagne_id)[:LIGNES_PAR_LISTE]:
        if (numero := numero_de(question.dossier)) is None:
            bilan.sans_suite += _clore(str(question.pk), SANS_NUMERO)
        else:
            lignes.append(ligne_de(question, numero))
    if campagne is None:
        return Liste(lignes, {})
    dit = {"campagne": str(campagne.pk), **{champ: lignes[0][champ] for champ in DITS_UNE_FOIS}} if lignes else {}
    return Liste([{c: v for c, v in ligne.items() if c not in DITS_UNE_FOIS} for ligne in lignes], dit)


def _clore(cle: str, raison: str) -> int:
    ouverte = ConsultationRncps.objects.filter(pk=cle, repondue_le=None, sans_suite="")
    return int(ouverte.update(sans_suite=raison[:80]))


def _demander(vers: Partenaire, liste: Liste, bilan: Bilan) -> bool:
    """Send one list and keep its answers; False when the directory doesn't answer."""
    cles = [ligne["cle"] for ligne in liste.lignes]
    envoi = str(uuid.uuid5(uuid.NAMESPACE_OID, ",".join(cles)))
    corps = {"cle": envoi, "lignes": liste.lignes, **liste.entete}
    try:
        reponses = _comprendre(cles, poster(vers, COLLECTIVES if liste.entete else CHEMIN, corps, envoi))
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
