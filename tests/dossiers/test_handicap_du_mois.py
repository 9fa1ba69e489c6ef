"""The AAH, its complement and the year-end aid in the months of a file: whose each amount is, and what counts it."""

import datetime as dt
from typing import Any

import pytest

from limpide.dossiers import connaissance, services
from limpide.dossiers.fil import FilDesMois
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Decision, Dossier, LigneDroit
from limpide.dossiers.situations import charger_dossier, situation_du, situations_caf
from limpide.identite.models import Personne, Qualite

from .fabrique import AGENT, CAF, declarer, dossier, du, instruction, personne
from .test_droits_du_mois import foyer, montants, raison

pytestmark = pytest.mark.django_db
OUVERT_LE, MOIS = "2025-01-01", ("2026-09", "2026-10", "2026-11")
PLEINE, MAJORATION = 104_159, 104_77


def reconnaitre(fiche: Dossier, qui: Personne, *, pension: int = 0) -> None:
    """A rate of 80 %, no income of two years before; no work. `pension` of invalidity, cents a month."""
    declarer(fiche, "taux_incapacite", 80, du(OUVERT_LE), qui)
    for nature in ("aah_activite_n2", "aah_pensions_n2", "aah_autres_revenus_n2"):
        declarer(fiche, nature, 0, du("2023-01-01"), qui)
    for nature, valeur in (("activite", 4), ("nationalite", 0), ("salaire_net", 0), ("pensions_invalidite", pension)):
        declarer(fiche, nature, valeur, du(OUVERT_LE), qui)


def couple(*, pension: int) -> tuple[Dossier, Personne, Personne]:
    """Two adults whom the CDAPH recognised; the second has a pension. They rent, and say their housing benefit."""
    elle, lui = personne("Ada", "1980-02-03"), personne("Léo", "1979-04-05")
    fiche = dossier(elle, OUVERT_LE)
    with instruction():
        services.rattacher(fiche, lui, Qualite.CONJOINT, du(OUVERT_LE), AGENT)
    for nature, valeur in (("residence", 0), ("statut_occupation_logement", 3), ("aide_logement", 250_00)):
        declarer(fiche, nature, valeur, du(OUVERT_LE))
    reconnaitre(fiche, elle)
    reconnaitre(fiche, lui, pension=pension)
    return fiche, elle, lui


def recues(fiche: Dossier, mois: str, fait: str, *, en_lot: bool = False) -> list[list[float]]:
    """What each adult is known to have received over the window, the claimant first."""
    with instruction():
        maintenant = connaissance.maintenant()
        if en_lot:
            return situations_caf(CAF, mois, maintenant)[2][fait].tolist()
        return situation_du(fiche.pk, mois, maintenant).personnes[fait].tolist()


@pytest.mark.preuve(
    "L'AAH de deux adultes d'un foyer : la ligne dit leur somme, la loi rejouée dit la part de chacun, et ce que "
    "chacun a reçu compte dans les mois suivants",
    systemes=("S06",),
)
def test_of_two_adults_each_receives_what_the_law_gives_to_each() -> None:
    fiche, elle, lui = couple(pension=300_00)
    for mois in MOIS:
        liquider_mois(mois, [CAF])
    reste = PLEINE - 300_00
    assert montants(fiche, "aah") == dict.fromkeys(MOIS, PLEINE + reste)
    assert montants(fiche, "caah") == dict.fromkeys(MOIS, 2 * MAJORATION)
    attendues = [[0.0] * 3 + [euros / 100] * 3 + [0.0] for euros in (PLEINE, reste)]
    for en_lot in (False, True):
        assert recues(fiche, "2026-12", "aah", en_lot=en_lot) == attendues
        assert recues(fiche, "2026-12", "caah", en_lot=en_lot)[1] == [0.0] * 3 + [104.77] * 3 + [0.0]
    # A correction of his pension, as it was, moves his part and not hers; in memory first, then for good.
    with instruction():
        connus = charger_dossier(fiche.pk, connaissance.maintenant())
    fil = FilDesMois(fiche.pk, connus.avec(fiche.pk, lui.pk, "pensions_invalidite", 500_00, dt.date(2026, 9, 1), None))
    for mois in (9, 10, 11):
        fil.liquider(dt.date(2026, mois, 1))
    suppose = fil.situation(dt.date(2026, 12, 1))
    assert suppose is not None
    assert suppose.personnes["aah"][:, 3:6].tolist() == [[1041.59] * 3, [541.59] * 3]
    declarer(fiche, "pensions_invalidite", 500_00, du("2026-09-01"), lui)
    liquider_mois("2026-12", [CAF])
    assert recues(fiche, "2027-01", "aah")[1][2:6] == [541.59] * 4
    assert recues(fiche, "2027-01", "aah")[0][2:6] == [1041.59] * 4
    assert elle.pk != lui.pk


def test_what_an_adult_receives_counts_in_the_rsa_and_a_file_without_decision_hears_nothing() -> None:
    fiche, parent, _ = foyer(soutien_autre_parent=raison("apporte"))
    muet, _, _ = foyer(soutien_autre_parent=raison("apporte"))
    reconnaitre(fiche, parent)
    for mois in (*MOIS, "2026-12"):
        liquider_mois(mois, [CAF])
    rsa = montants(fiche, "rsa")
    assert rsa["2026-09"] == montants(muet, "rsa")["2026-09"] > rsa["2026-12"]
    with instruction():
        effets = [e["droit"] for d in Decision.objects.filter(dossier_id=muet.pk) for e in d.effets]
        motifs = LigneDroit.objects.filter(dossier_id=muet.pk, droit__in=["aah", "caah", "aefa"])
        decisions = Decision.objects.filter(dossier_id=fiche.pk)
        assert {d.automatisation for d in decisions} == {"assistee"}
        assert set(motifs.values_list("droit", "motif")) == {
            ("aah", "INCAPACITE"), ("caah", "INCAPACITE"), ("aefa", "HORS_PERIODE"),
        }  # fmt: skip
    assert not {"aah", "caah", "aefa"} & set(effets)


def test_what_is_declared_of_another_body_stays_without_a_decision_known_here() -> None:
    """An allowance received elsewhere: this Caf knows no rate, its line gives nothing and erases nothing."""
    fiche, parent, _ = foyer(soutien_autre_parent=raison("apporte"))
    declarer(fiche, "aah", 400_00, du("2026-01-01"), parent)
    liquider_mois("2026-10", [CAF])
    assert recues(fiche, "2026-11", "aah")[0] == [400.0] * 7


@pytest.mark.preuve(
    "L'aide de fin d'année : payée une fois, en décembre, à qui reçoit le RSA de novembre ; rien tant que le décret "
    "de l'année n'est pas connu",
    systemes=("S06",),
)
def test_the_aid_of_the_year_is_paid_once_in_december_on_the_rsa_of_november() -> None:
    fiche, _, _ = foyer(soutien_autre_parent=raison("apporte"))
    for mois in ("2025-11", "2025-12", "2026-01", "2026-12"):
        liquider_mois(mois, [CAF])
    aide = montants(fiche, "aefa")
    assert {mois: montant for mois, montant in aide.items() if montant} == {"2025-12": 274_41}
    with instruction():
        lignes: dict[Any, str] = dict(
            LigneDroit.objects.filter(dossier_id=fiche.pk, droit="aefa").values_list("mois", "motif")
        )
        prises = Decision.objects.select_related("recours").filter(effets__contains=[{"droit": "aefa"}])
        (decision,) = prises.filter(dossier_id=fiche.pk)  # and none in January: nothing ends
    assert lignes[dt.date(2026, 12, 1)] == "HORS_PERIODE"  # no decree is known yet: nothing is guessed
    assert "aucun recours préalable n'est exigé" in decision.recours.texte
