"""Collective consultations of the RNCPS: one purpose, one criterion, decided by a named agent, counted before, capped.

Deciding records one question for each person, as if asked alone; they are then asked like every question that waits
(`consultation_differee`), under the campaign's name. Who may decide is said by an accreditation of their own
(`habilitations_rncps`).
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from limpide.droits.calcul import liste_droits
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Immatriculation
from limpide.registre.contexte import traitement

from .consultation_rncps import JOURS_GARDES
from .habilitations_rncps import agent_nomme, exiger
from .models import (
    Adresse,
    CampagneRncps,
    ConsultationRncps,
    CritereCampagne,
    Dossier,
    LigneDroit,
    ModeConsultation,
)
from .models.rncps_campagnes import PLAFOND
from .mois import decaler

CAMPAGNE = "campagne_rncps"
MOTIF = "Campagne de consultation du Rncps"
MOIS_MINIMUM, MOIS_MAXIMUM = 6, 120


def valeur_de(critere: str, saisie: str) -> str:
    """The value of the criterion, as it is kept. Raises ErreurSaisie."""
    if critere == CritereCampagne.ADRESSE_ANCIENNE:
        if not saisie.isdecimal() or not MOIS_MINIMUM <= int(saisie) <= MOIS_MAXIMUM:
            raise ErreurSaisie({"mois": f"Donnez un nombre de mois, de {MOIS_MINIMUM} à {MOIS_MAXIMUM}."})
        return str(int(saisie))
    if saisie not in {droit.code for droit in liste_droits()}:
        raise ErreurSaisie({"droit": "Choisissez une des prestations de la liste."})
    return saisie


def concernes(critere: str, valeur: str) -> QuerySet[Dossier]:
    """Open files that the criterion finds, whose allocataire has a certified or waiting number.

    Without those whose question waits or was answered in the month: what the directory says of them is known.
    """
    numero = Immatriculation.objects.filter(personne_id=OuterRef("allocataire_id"), clos_le=None)
    connue = timezone.now() - dt.timedelta(days=JOURS_GARDES)
    recente = ConsultationRncps.objects.filter(dossier_id=OuterRef("pk")).filter(
        Q(repondue_le=None, sans_suite="") | Q(repondue_le__gte=connue)
    )
    trouves: QuerySet[Dossier] = Dossier.objects.filter(
        Exists(numero.filter(Q(genre="nia") | Q(certifie_le__isnull=False))), _trouve(critere, valeur), clos_le=None
    ).exclude(Exists(recente))
    return trouves.order_by("pk")


def _trouve(critere: str, valeur: str) -> Exists:
    if critere == CritereCampagne.ADRESSE_ANCIENNE:
        avant = decaler(timezone.localdate(), -int(valeur))
        anciennes = Adresse.objects.filter(valide__upper_inf=True, valide__startswith__lt=avant)
        return Exists(anciennes.filter(dossier_id=OuterRef("pk")))
    dernier = LigneDroit.objects.aggregate(dernier=Max("mois"))["dernier"]
    plus_tard = LigneDroit.objects.filter(
        dossier_id=OuterRef("dossier_id"), droit=valeur, mois=dernier, rang__gt=OuterRef("rang")
    )
    ouverts = LigneDroit.objects.filter(droit=valeur, mois=dernier, motif="OUVERT").exclude(Exists(plus_tard))
    return Exists(ouverts.filter(dossier_id=OuterRef("pk")))


def compter(critere: str, valeur: str) -> int:
    """How many persons a campaign would ask about, in the caller's processing; nobody is named."""
    return int(concernes(critere, valeur).count())


@transaction.atomic
def decider(organisme: str, agent: int, motif: str, critere: str, valeur: str) -> CampagneRncps:
    """Record the campaign and the question about each, in the caller's processing. Raises ErreurSaisie."""
    exiger(agent, ModeConsultation.COLLECTIF)
    dossiers = list(concernes(critere, valeur)[: PLAFOND + 1])
    if not dossiers:
        raise ErreurSaisie({"critere": "Ce critère ne trouve personne à interroger."})
    if len(dossiers) > PLAFOND:
        raise ErreurSaisie({"critere": f"Plus de {PLAFOND} personnes : resserrez le critère."})
    campagne: CampagneRncps = CampagneRncps.objects.create(
        organisme_id=organisme, agent=agent, motif=motif, critere=critere, valeur=valeur, taille=len(dossiers)
    )
    ConsultationRncps.objects.bulk_create(
        ConsultationRncps(
            dossier_id=d.pk, organisme_id=organisme, agent=agent, motif=motif, mode=ModeConsultation.COLLECTIF,
            campagne_id=campagne.pk,
        )
        for d in dossiers
    )  # fmt: skip
    return campagne


def decider_au_nom_de(identifiant: str, motif: str, critere: str, valeur: str, *, executer: bool) -> int:
    """The same from a command, in the name of that agent; without `executer`, only counts. Returns how many."""
    acteur, organisme = agent_nomme(identifiant, MOTIF)
    assert acteur.identifiant is not None
    with traitement(CAMPAGNE, acteur=acteur, motif=MOTIF, organisme=organisme):
        if executer:
            return int(decider(organisme, acteur.identifiant, motif, critere, valeur).taille)
        exiger(acteur.identifiant, ModeConsultation.COLLECTIF)
        return compter(critere, valeur)


def avancements() -> Iterator[dict[str, Any]]:
    """Every campaign of the Caf, the latest first: how many are answered, wait, differ; how many findings."""
    campagnes = list(CampagneRncps.objects.order_by("-decidee_le"))
    siennes = ConsultationRncps.objects.filter(campagne_id__in=[c.pk for c in campagnes]).order_by()
    differe = ~Q(ecarts=[])
    comptes = siennes.values("campagne_id").annotate(
        repondues=Count("pk", filter=Q(repondue_le__isnull=False)),
        sans=Count("pk", filter=~Q(sans_suite="")),
        attendent=Count("pk", filter=Q(repondue_le=None, sans_suite="")),
        ecart=Count("pk", filter=differe),
        constats=Count("pk", filter=differe & ~Q(constat="")),
    )
    par_campagne = {c["campagne_id"]: c for c in comptes}
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    for campagne in campagnes:
        ancienne = campagne.critere == CritereCampagne.ADRESSE_ANCIENNE
        quoi = f"{campagne.valeur} mois" if ancienne else libelles.get(campagne.valeur, campagne.valeur)
        yield {"campagne": campagne, "quoi": quoi, "comptes": par_campagne.get(campagne.pk, {})}
