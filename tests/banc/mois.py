"""A small world with money in it: households loaded, agents and processings opened, books emptied."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import Any

from limpide.dossiers.models import Dossier, LigneDroit, Liquidation
from limpide.dossiers.previsualisation import Correction
from limpide.dossiers.services import Origine
from limpide.monde.chargement import charger
from limpide.paiements.models import LigneEcriture
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from tests.banc import mondes

MOIS = dt.date(2026, 11, 1)
AGENT = Acteur("agent", 1, "Service des prestations")
ORIGINE = Origine("agent", "compte 1")

TABLES_DU_MOIS = (
    "paiements_creance", "paiements_ligneecriture", "paiements_ecriture", "paiements_ordrepaiement",
    "paiements_fichiervirement", "dossiers_revuedecision", "dossiers_decision", "dossiers_lignedroit",
    "dossiers_liquidation", "dossiers_textedecision", "registre_journal",
)  # fmt: skip


def peupler(foyers: int = 25) -> None:
    """Fictitious households, always the same."""
    mondes.retrouver(("mois", foyers), lambda: charger(foyers, 7, MOIS))


@contextlib.contextmanager
def liquidation_ouverte(organisme: str = "751") -> Iterator[Any]:
    with traitement("liquidation_mensuelle", acteur=SYSTEME, organisme=organisme, motif="Essai") as cours:
        yield cours


@contextlib.contextmanager
def correction_ouverte(organisme: str = "751") -> Iterator[Any]:
    with traitement("correction_dossier", acteur=AGENT, organisme=organisme, motif="Essai") as cours:
        yield cours


@contextlib.contextmanager
def indus_ouverts(organisme: str = "751") -> Iterator[Any]:
    with traitement("traitement_indus", acteur=AGENT, organisme=organisme, motif="Essai") as cours:
        yield cours


def temoin() -> Dossier:
    """Amina's file, the first of Caf 751, inside one of its processings."""
    dossier = Dossier.objects.order_by("pk").first()
    assert dossier is not None
    return dossier


def salaire(dossier: Dossier, centimes: int, mois: dt.date = dt.date(2026, 8, 1)) -> list[Correction]:
    """Her wage of a month was this one."""
    fin = (mois + dt.timedelta(days=32)).replace(day=1)
    return [Correction("salaire_net", centimes, mois, fin, dossier.allocataire_id)]


def droit_verse(dossier: int, montant: int, mois: dt.date = MOIS, droit: str = "af") -> Liquidation:
    """A liquidation that says this right is now worth that, without the law; inside a processing."""
    from limpide.dossiers.connaissance import maintenant
    from limpide.dossiers.liquidation import terminer

    numero = Liquidation.objects.filter(mois=mois).count() + 1
    rang = LigneDroit.objects.filter(dossier_id=dossier, mois=mois, droit=droit).count() + 1
    faite = Liquidation.objects.create(
        organisme_id="751", mois=mois, numero=numero, connu_au=maintenant(), empreinte_regles="0" * 64
    )
    LigneDroit.objects.create(
        liquidation=faite, organisme_id="751", dossier_id=dossier, mois=mois, droit=droit, rang=rang,
        montant_centimes=montant, crds_centimes=montant // 200, motif="OUVERT",
    )  # fmt: skip
    terminer(faite, 1, 1)
    return faite


def soldes(dossier: int) -> dict[str, int]:
    """Balance of each account of a file, inside a processing; credits are negative."""
    sortie: dict[str, int] = {}
    for compte, montant in LigneEcriture.objects.filter(dossier_id=dossier).values_list("compte", "montant_centimes"):
        sortie[compte] = sortie.get(compte, 0) + montant
    return {compte: solde for compte, solde in sortie.items() if solde}
