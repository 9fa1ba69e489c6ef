"""Quarters of rights and the resources to declare for them (CASF R262-4, R262-7; CSS L843-4, R843-1, D846-1).

The quarters of a file follow each other from the month of its claim of RSA or prime d'activité: the amount is
examined again on the first of the fourth month, from the fourth, third and second months before. The claim itself
gave the resources of the first quarter; each following one is declared.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from limpide.droits.bareme import parametres

from . import connaissance
from .models import Dossier, LigneDroit, Trimestre
from .mois import decaler, en_lettres, premier_jour
from .situations import JOUR_ZERO, TRIMESTRE, FaitsConnus, charger, charger_dossier, construire

DROITS = ("rsa", "ppa")
MOIS_POUR_RATTRAPER = 24
"""A late declaration opens again what two years leave open (CASF L262-45, CSS L845-4)."""
ATTENDENT = ("INCONNU", "NON_DECLARE")
"""Reasons of a right that only waits for something: its next quarters are still asked."""


@dataclass(frozen=True)
class ADeclarer:
    """A quarter to declare: `mois` of the examination, last day to declare, whether that day is over.

    `suspendu_le`: the day when its payment was suspended, if it was.
    """

    mois: dt.date
    echeance: dt.date
    en_retard: bool
    suspendu_le: dt.date | None = None

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

    @property
    def dernier_jour(self) -> dt.date:
        """After it, a late declaration opens nothing again: the two years of the first month are over."""
        return decaler(self.mois, MOIS_POUR_RATTRAPER + 1) - dt.timedelta(days=1)


def mois_de_reference(mois: dt.date) -> tuple[dt.date, dt.date, dt.date]:
    """From the fourth month before the examination, and from the third until February 2025 (décret n° 2025-185)."""
    recul = parametres()["trimestre_recul"].en(mois.year * 100 + mois.month).valeur
    premier = decaler(mois, -int(recul))  # type: ignore[arg-type]
    return premier, decaler(premier, 1), decaler(premier, 2)


def echeance(mois: dt.date, jour: dt.date) -> dt.date:
    """The last day of the month of the examination, or of this one for a quarter asked later (ours).

    That month is paid at the beginning of the next one.
    """
    demande = max(mois, premier_jour(jour))
    return demande.replace(day=calendar.monthrange(demande.year, demande.month)[1])


def debuts_des_trimestres(connus: FaitsConnus, jour: dt.date) -> dict[int, dt.date]:
    """File → the month of examination that holds on that day, for those that claimed RSA or prime d'activité.

    The quarter of the claim is left out: its resources were given with it.
    """
    ce_mois = premier_jour(jour)
    dossiers, foyers, _, _ = construire(connus, ce_mois)
    rangs = dict(zip(dossiers.tolist(), foyers["rang_trimestre"].tolist(), strict=True))
    trouves = {}
    for dossier, depot in zip(connus.demandes["dossier"].tolist(), connus.demandes["depot"].tolist(), strict=True):
        if dossier in rangs:
            debut = decaler(ce_mois, -(max(rangs[dossier], 0) % TRIMESTRE))
            if debut > premier_jour(JOUR_ZERO + dt.timedelta(days=depot)):
                trouves[dossier] = debut
    return trouves


def a_declarer(dossier: Dossier, jour: dt.date) -> ADeclarer | None:
    """The oldest quarter that this file still has to declare on that day."""
    limite = decaler(premier_jour(jour), -MOIS_POUR_RATTRAPER)
    en_attente = Trimestre.objects.filter(dossier_id=dossier.pk, declare_le=None, mois__gte=limite).order_by("mois")
    ancien = en_attente.first()
    if ancien is not None:
        return ADeclarer(ancien.mois, ancien.echeance, jour > ancien.echeance, ancien.suspendu_le)
    connus = charger_dossier(dossier.pk, connaissance.maintenant())
    mois = debuts_des_trimestres(connus, jour).get(dossier.pk)
    if mois is None or dossier.pk not in droits_en_cours([dossier.pk], mois):
        return None
    if Trimestre.objects.filter(dossier_id=dossier.pk, mois=mois).exists():
        return None  # declared already
    return ADeclarer(mois, echeance(mois, jour), en_retard=False)


def droits_en_cours(dossiers: Iterable[int], mois: dt.date) -> set[int]:
    """Those of these files where RSA or prime d'activité was open, or waited, in the quarter before or since."""
    lignes = LigneDroit.objects.filter(
        dossier_id__in=list(dossiers), droit__in=DROITS, mois__gte=decaler(mois, -TRIMESTRE),
        mois__lt=decaler(mois, TRIMESTRE),
    )  # fmt: skip
    en_vigueur: dict[tuple[int, dt.date, str], tuple[int, str]] = {}
    colonnes = ("dossier_id", "mois", "droit", "montant_centimes", "motif")
    for dossier, m, droit, montant, motif in lignes.order_by("rang").values_list(*colonnes):
        en_vigueur[dossier, m, droit] = (montant, motif)
    return {d for (d, _, _), (montant, motif) in en_vigueur.items() if montant > 0 or motif in ATTENDENT}


def a_demander(organisme: str, dossiers: list[int], jour: dt.date) -> dict[int, dt.date]:
    """Among these files of the Caf, those whose present quarter is to be asked, and its month of examination."""
    connus = charger(premier_jour(jour), connaissance.maintenant(), organisme, dossiers)
    debuts = debuts_des_trimestres(connus, jour)
    deja = set(Trimestre.objects.filter(dossier_id__in=dossiers).values_list("dossier_id", "mois"))
    trouves = {}
    for debut in sorted(set(debuts.values())):
        possibles = [d for d, m in debuts.items() if m == debut and (d, m) not in deja]
        trouves |= dict.fromkeys(sorted(droits_en_cours(possibles, debut)), debut)
    return trouves


def demander(organisme: str, jour: dt.date, trimestres: dict[int, dt.date]) -> int:
    """Open these quarters (file → month); one that the person just opened is left as it is. How many were asked."""
    allocataires = dict(Dossier.objects.filter(pk__in=trimestres, clos_le=None).values_list("pk", "allocataire_id"))
    Trimestre.objects.bulk_create(
        [
            Trimestre(
                dossier_id=dossier, organisme_id=organisme, personne_id=allocataires[dossier], mois=mois,
                echeance=echeance(mois, jour),
            )
            for dossier, mois in trimestres.items()
            if dossier in allocataires
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(allocataires)
