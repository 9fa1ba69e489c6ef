"""Quarters of rights and the resources to declare for them (CASF R262-4, R262-7; CSS L843-4, R843-1, D846-1).

The quarters of a file follow each other from the month of its claim of RSA or prime d'activité: the amount is
examined again on the first of the fourth month, from the fourth, third and second months before. The claim itself
gave the resources of the first quarter; each following one is declared.
"""

import calendar
import datetime as dt
from dataclasses import dataclass

from . import connaissance
from .models import Dossier, LigneDroit, Trimestre
from .mois import decaler, en_lettres, premier_jour
from .situations import JOUR_ZERO, TRIMESTRE, FaitsConnus, SituationAbsente, charger_dossier, situation_de

DROITS = ("rsa", "ppa")
PREMIER_MOIS_LU = -4
"""The fourth month before the examination; the two next ones follow."""
MOIS_POUR_RATTRAPER = 24
"""A late declaration opens again what two years leave open (CASF L262-45, CSS L845-4)."""


@dataclass(frozen=True)
class ADeclarer:
    """A quarter to declare: `mois` of the examination, last day to declare, whether that day is over."""

    mois: dt.date
    echeance: dt.date
    en_retard: bool

    @property
    def reference(self) -> tuple[dt.date, dt.date, dt.date]:
        """The three months whose resources count."""
        return mois_de_reference(self.mois)

    @property
    def reference_en_lettres(self) -> str:
        """« juillet 2026, août 2026 et septembre 2026 »."""
        premier, deuxieme, troisieme = (en_lettres(m) for m in self.reference)
        return f"{premier}, {deuxieme} et {troisieme}"

    @property
    def fin(self) -> dt.date:
        """First day after the quarter of rights."""
        return decaler(self.mois, TRIMESTRE)

    @property
    def droits(self) -> tuple[dt.date, dt.date]:
        """First and last months of the quarter of rights."""
        return self.mois, decaler(self.mois, TRIMESTRE - 1)


def mois_de_reference(mois: dt.date) -> tuple[dt.date, dt.date, dt.date]:
    premier = decaler(mois, PREMIER_MOIS_LU)
    return premier, decaler(premier, 1), decaler(premier, 2)


def echeance(mois: dt.date) -> dt.date:
    """The last day of the month of the examination: it is paid at the beginning of the next one (ours)."""
    return mois.replace(day=calendar.monthrange(mois.year, mois.month)[1])


def debut_du_trimestre(connus: FaitsConnus, jour: dt.date) -> dt.date | None:
    """The month of examination that holds on that day; None if the file claimed neither RSA nor prime d'activité.

    None too for the quarter of the claim: its resources were given with it.
    """
    if not len(connus.demandes):
        return None
    ce_mois = premier_jour(jour)
    try:
        rang = int(situation_de(connus, ce_mois).foyer["rang_trimestre"][0])
    except SituationAbsente:
        return None
    debut = decaler(ce_mois, -(max(rang, 0) % TRIMESTRE))
    depot = JOUR_ZERO + dt.timedelta(days=int(connus.demandes["depot"].min()))
    return debut if debut > premier_jour(depot) else None


def a_declarer(dossier: Dossier, jour: dt.date) -> ADeclarer | None:
    """The oldest quarter that this file still has to declare on that day."""
    limite = decaler(premier_jour(jour), -MOIS_POUR_RATTRAPER)
    en_attente = Trimestre.objects.filter(dossier_id=dossier.pk, declare_le=None, mois__gte=limite).order_by("mois")
    ancien = en_attente.first()
    if ancien is not None:
        return ADeclarer(ancien.mois, ancien.echeance, jour > ancien.echeance)
    mois = debut_du_trimestre(charger_dossier(dossier.pk, connaissance.maintenant()), jour)
    if mois is None or not droit_en_cours(dossier, mois):
        return None
    if Trimestre.objects.filter(dossier_id=dossier.pk, mois=mois).exists():
        return None  # declared already
    return ADeclarer(mois, echeance(mois), jour > echeance(mois))


def droit_en_cours(dossier: Dossier, mois: dt.date) -> bool:
    """Whether RSA or prime d'activité was open, or waited for a fact, in the quarter before or since."""
    lignes = LigneDroit.objects.filter(
        dossier_id=dossier.pk, droit__in=DROITS, mois__gte=decaler(mois, -TRIMESTRE), mois__lt=decaler(mois, TRIMESTRE)
    )
    en_vigueur: dict[tuple[dt.date, str], tuple[int, str]] = {}
    for m, droit, montant, motif in lignes.order_by("rang").values_list("mois", "droit", "montant_centimes", "motif"):
        en_vigueur[m, droit] = (montant, motif)
    return any(montant > 0 or motif == "INCONNU" for montant, motif in en_vigueur.values())
