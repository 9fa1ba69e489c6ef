"""What is told of appointments, at each one's own confirmed address: never which, when, nor why (MC-058).

A reminder is written in the same transaction as the mark that it is: killed anywhere, the next run goes on and no
appointment is reminded of twice. The messages leave with the others that wait.
"""

import datetime as dt
import functools
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from limpide.identite import contacts
from limpide.identite.models import AccesProtecteur, EtatAccesProtecteur, ObjetMessage, Organisme
from limpide.identite.suivi_contacts import SUIVI
from limpide.registre.contexte import SYSTEME, traitement

from . import fuseaux
from .echanges import prevenir
from .models import EtatRendezVous, RendezVous

AVIS = "avis_rendez_vous"
MOTIF = "Rappeler un rendez-vous proche"
LOT = 200
NUMERO_GARDE = dt.timedelta(days=7)
"""Nobody said who came: the number where to call goes all the same."""


def confirmer(tenu: RendezVous) -> None:
    """Once committed, to the person who did it for themselves; a protector and who they protect are told of the act."""
    qui, motif = {tenu.personne_id}, "Confirmer un rendez-vous pris, déplacé ou annulé"
    transaction.on_commit(functools.partial(prevenir, qui, ObjetMessage.RENDEZ_VOUS, motif))


def prevenir_de_l_annulation(tenu: RendezVous) -> None:
    """Once committed: the person, and the protector who took it, if they still may act."""
    transaction.on_commit(functools.partial(_dire_l_annulation, tenu))


def _dire_l_annulation(tenu: RendezVous) -> None:
    with traitement(AVIS, acteur=SYSTEME, motif="Prévenir d'un rendez-vous annulé par la Caf"):
        qui = _destinataires([tenu], timezone.localdate())
        envois = [e for p in sorted(qui) if (e := contacts.preparer_un_avis(p, ObjetMessage.RDV_CAF)) is not None]
    for envoi in envois:
        contacts.expedier(envoi, SUIVI, SYSTEME)  # what could not leave waits for the day's work


def rappeler(jour: dt.date, *, executer: bool, caf: str = "") -> int:
    """Appointments of that day and of the next, at the clock of each Caf, that were not reminded of. How many."""
    with traitement(AVIS, acteur=SYSTEME, motif=MOTIF):
        cafs = list(Organisme.objects.filter(code=caf) if caf else Organisme.objects.order_by("code"))
    total = 0
    for une in cafs:
        avant = fuseaux.minuit(jour + dt.timedelta(days=2), une.departement)
        while faits := _un_lot(une.code, avant, jour, executer=executer):
            total += faits
            if not executer:
                break
    return total


def _un_lot(caf: str, avant: dt.datetime, jour: dt.date, *, executer: bool) -> int:
    """One transaction. Returns how many appointments."""
    with traitement(AVIS, acteur=SYSTEME, motif=MOTIF):
        maintenant = timezone.now()
        dus = RendezVous.objects.filter(
            organisme_id=caf, etat=EtatRendezVous.PRIS, rappel_le=None, debut__gt=maintenant, debut__lt=avant
        )
        if not executer:
            return int(dus.count())
        lot = list(dus.order_by("debut", "pk").select_for_update(of=("self",), skip_locked=True)[:LOT])
        for qui in sorted(_destinataires(lot, jour)):
            contacts.preparer_un_avis(qui, ObjetMessage.RAPPEL)
        RendezVous.objects.filter(pk__in=[r.pk for r in lot]).update(rappel_le=maintenant)
    return len(lot)


def _destinataires(tenus: Iterable[RendezVous], jour: dt.date) -> set[int]:
    """The persons, and the protectors who took them, whose access is still open and gives them the power that day."""
    tenus = list(tenus)
    pris_pour = {(r.redacteur_id, r.personne_id) for r in tenus if r.redacteur_id != r.personne_id}
    ouverts = AccesProtecteur.objects.filter(
        protecteur_id__in={protecteur for protecteur, _ in pris_pour}, etat=EtatAccesProtecteur.OUVERT,
        mesure__valide__contains=jour, mesure__pouvoir_declarations=True,
    )  # fmt: skip
    encore = set(ouverts.values_list("protecteur_id", "personne_id")) & pris_pour if pris_pour else set()
    return {r.personne_id for r in tenus} | {protecteur for protecteur, _ in encore}


def effacer_les_numeros(*, executer: bool) -> int:
    """Numbers where to call, a week after an appointment of which nobody said whether the person came. How many."""
    with traitement(AVIS, acteur=SYSTEME, motif="Effacer un numéro qui ne sert plus"):
        passes = RendezVous.objects.filter(telephone_chiffre__isnull=False, fin__lt=timezone.now() - NUMERO_GARDE)
        return int(passes.update(telephone_chiffre=None) if executer else passes.count())
