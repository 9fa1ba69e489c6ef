"""Asking the RNCPS about one person: recorded with who and why, then sent, then read; nothing of it becomes a fact.

Real time is here: one number, asked at once. A question that waits goes with others, later: `consultation_differee`.

What differs between bodies is a signal for the agent (RN-10), closed by a finding in their words: a right is never
changed on what the directory says (RN-04). The answer goes after a month at most, the trace after a year (R114-28).
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Immatriculation
from limpide.identite.noms import normaliser
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.socle.appel import DemandeRefusee, Partenaire, PartenaireInjoignable, partenaire, poster

from .contenu_rncps import prestations_de
from .habilitations_rncps import exiger
from .models import Adresse, ConsultationRncps, Dossier, ModeConsultation
from .mois import ecrire, premier_jour

CONSULTER, TRACES = "consultation_rncps", "traces_rncps"
MOTIF = "Consultation du Rncps"
CHEMIN = "/v1/consultations"
JOURS_GARDES = 30
ECARTS: Mapping[str, str] = {
    "adresse": "Un organisme connaît une autre adresse.",
    "prestation": "Une prestation que vous versez est déclarée aussi par un autre organisme.",
    "inconnue": "Le répertoire ne connaît pas cette personne sous ce numéro et ce nom.",
}


def demander(dossier: Dossier, motif: str, agent: int, mode: str = ModeConsultation.TEMPS_REEL) -> ConsultationRncps:
    """Record the question, in the caller's processing. Raises ErreurSaisie: no accreditation, no number to ask with."""
    exiger(agent, mode)
    if numero_de(dossier) is None:
        raise ErreurSaisie({"motif": "Le numéro de cette personne n'est pas certifié : le Rncps ne se consulte pas."})
    nouvelle: ConsultationRncps = ConsultationRncps.objects.create(
        dossier_id=dossier.pk, organisme_id=dossier.organisme_id, motif=motif, agent=agent, mode=mode
    )
    return nouvelle


def numero_de(dossier: Dossier) -> Immatriculation | None:
    """The number to ask with: the certified NIR, else the waiting number; None for who has neither."""
    siens = Immatriculation.objects.filter(personne_id=dossier.allocataire_id, clos_le=None)
    return next((n for n in siens if n.genre == "nia" or n.certifie_le is not None), None)


def traiter(cle: uuid.UUID, acteur: Acteur, organisme: str, vers: Partenaire | None = None) -> ConsultationRncps:
    """Send an open question and keep its answer. Raises PartenaireInjoignable; the question then stays open."""
    with traitement(CONSULTER, acteur=acteur, motif=MOTIF, organisme=organisme):
        question = ConsultationRncps.objects.select_related("dossier", "dossier__allocataire").get(pk=cle)
        numero = numero_de(question.dossier)
        if numero is None:
            raise PartenaireInjoignable("numero")
        corps = ligne_de(question, numero)
    try:
        organismes = comprendre(str(cle), poster(vers or partenaire("rncps"), CHEMIN, corps, str(cle)))
    except DemandeRefusee as refus:
        raise PartenaireInjoignable(f"refus {refus.code}") from None
    with traitement(CONSULTER, acteur=acteur, motif=MOTIF, organisme=organisme):
        question = ConsultationRncps.objects.select_related("dossier").get(pk=cle)
        garder(question, organismes)
        return question


def ligne_de(question: ConsultationRncps, numero: Immatriculation) -> dict[str, Any]:
    """One question as it is asked: whose number and name, who asks, why."""
    return {
        "cle": str(question.pk), "genre": numero.genre, "numero": numero.numero.en_clair(),
        "nom": question.dossier.allocataire.nom_naissance, "organisme": question.organisme_id,
        "agent": question.agent, "motif": question.motif,
    }  # fmt: skip


def garder(question: ConsultationRncps, organismes: list[dict[str, Any]]) -> bool:
    """Keep the answer and what differs, in the caller's processing, unless another run kept it already."""
    ecarts = sorted(_ecarts(question.dossier, organismes))
    ouverte = ConsultationRncps.objects.filter(pk=question.pk, repondue_le=None, sans_suite="")
    return bool(ouverte.update(repondue_le=timezone.now(), reponse={"organismes": organismes}, ecarts=ecarts))


def differer(cle: uuid.UUID, acteur: Acteur, organisme: str) -> None:
    """The directory doesn't answer: the question waits for the next list, under the same key."""
    with traitement(CONSULTER, acteur=acteur, motif=MOTIF, organisme=organisme):
        ouverte = ConsultationRncps.objects.filter(pk=cle, repondue_le=None, sans_suite="")
        ouverte.update(mode=ModeConsultation.DIFFERE)


def comprendre(cle: str, recue: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bodies of the answer, and nothing else of it. An answer to another question is none."""
    organismes = recue.get("organismes")
    if recue.get("cle") != cle or not isinstance(organismes, list):
        raise PartenaireInjoignable("contenu")
    try:
        return [
            {
                "organisme": str(o["organisme"])[:40],
                "prestations": [
                    {"nature": str(p["nature"])[:40], "depuis": _mois(p["depuis"]),
                     "jusqu_au": None if p["jusqu_au"] is None else _mois(p["jusqu_au"])}
                    for p in o["prestations"]
                ],
                "adresse": None if o["adresse"] is None else {
                    champ: str(o["adresse"][champ])[:160] for champ in ("lignes", "code_postal", "commune")
                },
            }
            for o in organismes
        ]  # fmt: skip
    except (KeyError, TypeError, ValueError):
        raise PartenaireInjoignable("contenu") from None


def _mois(date: object) -> str:
    """The month of a date or of a month, « 2026-08 ». Raises ValueError for anything else."""
    return ecrire(premier_jour(str(date)[:7]))


def _ecarts(dossier: Dossier, organismes: list[dict[str, Any]]) -> Iterator[str]:
    if not organismes:
        yield "inconnue"
    ailleurs = [o for o in organismes if o["organisme"] != dossier.organisme_id]
    ici = Adresse.objects.filter(dossier_id=dossier.pk, valide__contains=timezone.localdate()).first()
    if ici is not None and any(o["adresse"] and _une_ligne(o["adresse"]) != _une_ligne(vars(ici)) for o in ailleurs):
        yield "adresse"
    versees = {p["nature"] for p in prestations_de(dossier) if p["jusqu_au"] is None}
    if any(p["nature"] in versees and p["jusqu_au"] is None for o in ailleurs for p in o["prestations"]):
        yield "prestation"


def _une_ligne(adresse: Mapping[str, Any]) -> str:
    """An address as it is compared: letters and digits, whatever the accents and the punctuation."""
    return normaliser(f"{adresse['lignes']} {adresse['code_postal']} {adresse['commune']}")


def constater(consultation: ConsultationRncps, constat: str, agent: int) -> None:
    """What the agent found out about what differs, once. Raises ErreurSaisie."""
    if not consultation.ecarts or consultation.constat:
        raise ErreurSaisie({"constat": "Il n'y a plus rien à constater sur cette consultation."})
    if not constat.strip():
        raise ErreurSaisie({"constat": "Écrivez ce que vous avez constaté."})
    consultation.constat, consultation.constat_par = constat.strip()[:240], agent
    consultation.constat_le = timezone.now()
    consultation.save(update_fields=["constat", "constat_par", "constat_le"])


def a_regarder() -> Any:
    """Deferred questions that an agent has still to look at: answered, or left without answer. No writing here."""
    closes = ConsultationRncps.objects.exclude(mode=ModeConsultation.TEMPS_REEL).filter(vue_le=None, constat="")
    closes = closes.exclude(mode=ModeConsultation.COLLECTIF, ecarts=[])  # nobody waits for an answer where all agrees
    return closes.filter(Q(repondue_le__isnull=False, effacee_le=None) | ~Q(ecarts=[]) | ~Q(sans_suite=""))


def regarder(consultation: ConsultationRncps, agent: int) -> None:
    """An agent looked at a deferred answer where nothing differs. Raises ErreurSaisie."""
    if consultation.mode != ModeConsultation.DIFFERE or consultation.vue_le is not None:
        raise ErreurSaisie({"consultation": "Cette réponse n'est plus à regarder."})
    if consultation.ecarts:
        raise ErreurSaisie({"consultation": "Quelque chose diffère : écrivez ce que vous avez constaté."})
    if consultation.repondue_le is None and not consultation.sans_suite:
        raise ErreurSaisie({"consultation": "Cette question attend encore sa réponse."})
    consultation.vue_par, consultation.vue_le = agent, timezone.now()
    consultation.save(update_fields=["vue_par", "vue_le"])


def effacer_les_reponses(jour: dt.date, *, executer: bool = True) -> int:
    """Answers older than a month go; their traces stay. Returns how many, or how many would."""
    avant = timezone.make_aware(dt.datetime.combine(jour - dt.timedelta(days=JOURS_GARDES), dt.time.min))
    with traitement(TRACES, acteur=SYSTEME, motif="Effacement des réponses du Rncps"):
        anciennes = ConsultationRncps.objects.filter(repondue_le__lt=avant, effacee_le=None)
        if not executer:
            return int(anciennes.count())
        return int(anciennes.update(reponse=None, effacee_le=timezone.now()))


def traces() -> list[dict[str, Any]]:
    """Every trace still kept, for the Cnav: body, account, day and hour, why, mode. Neither person nor answer."""
    with traitement(TRACES, acteur=SYSTEME, motif="Remise des traces du Rncps à la Cnav"):
        return [
            {
                "cle": str(c.pk), "organisme": c.organisme_id, "agent": c.agent, "motif": c.motif,
                "mode": c.mode, "campagne": None if c.campagne_id is None else str(c.campagne_id),
                "le": c.demandee_le.astimezone(dt.UTC).isoformat(timespec="seconds"),
            }
            for c in ConsultationRncps.objects.order_by("demandee_le")
        ]  # fmt: skip
