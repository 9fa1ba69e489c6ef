"""The months of one file, whole: what one right gives, the next months count; and any line ever written replays."""

import datetime as dt
from typing import Any

import pytest

from limpide.dossiers import connaissance, demandes, explications, services
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Canal, Decision, Dossier, LigneDroit
from limpide.dossiers.situations import situation_du
from limpide.droits.faits import NATURES
from limpide.identite.models import Personne, Qualite
from tests.banc.mois import soldes

from .fabrique import AGENT, CAF, declarer, dossier, du, instruction, personne

pytestmark = pytest.mark.django_db
MOIS = ("2026-08", "2026-09", "2026-10", "2026-11")
OUVERT_LE = "2025-01-01"


def jours(texte: str) -> int:
    return (dt.date.fromisoformat(texte) - dt.date(1970, 1, 1)).days


def raison(mot: str) -> int:
    return NATURES["soutien_autre_parent"].valeurs.index(mot)


def foyer(**soutien: int) -> tuple[Dossier, Personne, list[Personne]]:
    """A lone parent without resources, with two children at school whose other parent is told in `soutien`."""
    parent = personne("Camille", "1990-05-31")
    fiche = dossier(parent, OUVERT_LE)
    enfants = [personne("Lou", "2015-02-03"), personne("Noa", "2017-06-18")]
    for enfant in enfants:
        with instruction():
            services.rattacher(fiche, enfant, Qualite.ENFANT, du(OUVERT_LE), AGENT)
        for nature, valeur in soutien.items():
            declarer(fiche, nature, valeur, du(OUVERT_LE), enfant)
    for nature, valeur in (("residence", 0), ("statut_occupation_logement", 3)):
        declarer(fiche, nature, valeur, du(OUVERT_LE))
    declarer(fiche, "aide_logement", 0, du(OUVERT_LE))
    declarer(fiche, "prestations_familiales_base_ressources", 0, du("2023-01-01"))
    for nature, valeur in (("activite", 4), ("nationalite", 0)):
        declarer(fiche, nature, valeur, du(OUVERT_LE), parent)
    declarer(fiche, "salaire_net", 0, du(OUVERT_LE), parent)
    return fiche, parent, enfants


def privee_de_soutien() -> tuple[Dossier, Personne, list[Personne]]:
    return foyer(soutien_autre_parent=raison("hors_d_etat"), soutien_depuis=jours("2025-01-01"))


def montants(fiche: Dossier, droit: str, rang: int | None = None) -> dict[str, int]:
    """Month → gross cents of the line in force, or of this rank."""
    with instruction():
        lignes = LigneDroit.objects.filter(dossier_id=fiche.pk, droit=droit).order_by("mois", "rang")
        return {f"{ligne.mois:%Y-%m}": ligne.montant_centimes for ligne in lignes if rang is None or ligne.rang == rang}


def test_past_months_count_what_this_caf_paid() -> None:
    """RSA of a month reads the fourth, third and second before: the ASF of August enters it in October."""
    fiche, _, _ = privee_de_soutien()
    for mois in (*MOIS, "2026-12"):
        liquider_mois(mois, [CAF])
    rsa, asf = montants(fiche, "rsa"), montants(fiche, "asf")
    assert set(asf.values()) == {2 * 201_78}
    assert rsa["2026-08"] == rsa["2026-09"]  # April to July: no line, nothing declared, nothing received
    assert rsa["2026-09"] > rsa["2026-10"] > rsa["2026-11"] > rsa["2026-12"]
    # 22.5 % of the monthly base for each of two children, once in the quarter of December for each of its months.
    retenu = 2 * 0.225 * 478.16
    assert rsa["2026-09"] - rsa["2026-12"] == pytest.approx(100 * retenu, abs=2)
    with instruction():
        lu = situation_du(fiche.pk, "2026-12", connaissance.maintenant()).foyer["asf"][0].tolist()
    assert lu == [0.0, 0.0, 403.56, 403.56, 403.56, 403.56, 0.0]


def test_a_declared_amount_gives_way_to_the_lines_of_this_caf_only() -> None:
    """« Reçue », taken over from before: it stays for the months that this Caf did not liquidate."""
    fiche, _, _ = foyer(soutien_autre_parent=raison("apporte"))
    declarer(fiche, "asf", 150_00, du("2026-01-01"))
    liquider_mois("2026-10", [CAF])
    with instruction():
        lu = situation_du(fiche.pk, "2026-11", connaissance.maintenant()).foyer["asf"][0].tolist()
    assert lu == [150.0, 150.0, 150.0, 150.0, 150.0, 0.0, 150.0]


@pytest.mark.preuve(
    "Un calcul sur les mois passés voit les montants qu'il vient de refaire ; chaque ligne jamais écrite se rejoue "
    "au centime",
    systemes=("S06",), controles=(9,),
)  # fmt: skip
def test_a_retroactive_run_sees_its_own_lines_and_every_line_replays() -> None:
    fiche, _, enfants = privee_de_soutien()
    for mois in MOIS:
        liquider_mois(mois, [CAF])
    avant = montants(fiche, "rsa")
    for enfant in enfants:
        declarer(fiche, "soutien_autre_parent", raison("apporte"), du("2026-08-01"), enfant)
    liquider_mois("2026-12", [CAF])

    assert montants(fiche, "asf") == dict.fromkeys([*MOIS, "2026-12"], 0)
    rsa = montants(fiche, "rsa")
    assert rsa["2026-11"] > avant["2026-11"]  # in one run, November saw the ASF of August fall
    assert set(rsa.values()) == {avant["2026-08"]}  # as if it had never been paid
    with instruction():
        lignes = explications.toutes_les_lignes(fiche.pk)
        calculs = explications.Calculs(fiche.pk)
        for ligne in lignes:
            resultat = calculs.de(ligne)
            dits = (resultat.montant_centimes, resultat.crds_centimes, resultat.motif)
            assert dits == (ligne.brut, ligne.crds, ligne.motif), (ligne.droit, ligne.mois, ligne.rang)
    assert {ligne.rang for ligne in lignes} == {1, 2}


def test_why_a_months_amounts_asks_for_that_month_once_and_what_moved_for_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fiche, parent, _ = privee_de_soutien()
    declarer(fiche, "salaire_net", 400_00, du("2026-01-01"), parent)
    for mois in MOIS:
        liquider_mois(mois, [CAF])
    calcules: list[str] = []
    liquider = explications.nourrir_et_liquider

    def compter(situation: Any) -> Any:
        calcules.append(situation.mois)
        return liquider(situation)

    monkeypatch.setattr(explications, "nourrir_et_liquider", compter)
    with instruction():
        expliques = explications.expliquer(fiche.pk, explications.toutes_les_lignes(fiche.pk), dt.date(2026, 11, 1))
        dits = {e.ligne.droit: (e.recit.conclusion, e.changerait) for e in expliques}
        assert calcules == ["2026-11"]
        bouges = {e.ligne.droit: e.mouvements for e in expliques}
    assert sorted(calcules) == ["2026-10", "2026-11"]
    assert "ce droit prendrait fin" in dits["rsa"][1]
    assert bouges["rsa"]  # the ASF of August entered


def test_the_rentree_is_paid_in_august_and_never_again() -> None:
    fiche, _, _ = privee_de_soutien()
    for mois in MOIS:
        liquider_mois(mois, [CAF])
    ars = montants(fiche, "ars")
    assert ars["2026-08"] > 2 * 300_00
    assert set(list(ars.values())[1:]) == {0}
    du_compte = soldes_de(fiche)
    assert du_compte["ars"] == -(ars["2026-08"] - crds(fiche, "ars"))


def test_a_birth_premium_is_paid_once() -> None:
    """Begun on 12 March, the pregnancy is looked at on the first day of September."""
    fiche, parent, _ = foyer(soutien_autre_parent=raison("apporte"))
    declarer(fiche, "enceinte", 1, du("2026-04-20"), parent)
    declarer(fiche, "date_debut_grossesse", jours("2026-03-12"), du("2026-04-20"), parent)
    for mois in MOIS:
        liquider_mois(mois, [CAF])
    prime = montants(fiche, "paje_naissance")
    payee = {mois: montant for mois, montant in prime.items() if montant}
    assert list(payee) == ["2026-09"]
    assert soldes_de(fiche)["paje_naissance"] == -(payee["2026-09"] - crds(fiche, "paje_naissance"))


def soldes_de(fiche: Dossier) -> dict[str, int]:
    """What is owed to the household by right, in net cents (a credit is negative)."""
    from limpide.paiements.models import LigneEcriture

    with liquidation():
        assert soldes(fiche.pk)
        lignes = LigneEcriture.objects.filter(dossier_id=fiche.pk, compte="allocataires")
        sortie: dict[str, int] = {}
        for droit, montant in lignes.values_list("droit", "montant_centimes"):
            sortie[droit] = sortie.get(droit, 0) + montant
    return sortie


def liquidation() -> Any:
    from tests.banc.mois import liquidation_ouverte

    return liquidation_ouverte(CAF)


def crds(fiche: Dossier, droit: str) -> int:
    with instruction():
        return sum(LigneDroit.objects.filter(dossier_id=fiche.pk, droit=droit).values_list("crds_centimes", flat=True))


def decides(fiche: Dossier) -> set[str]:
    with instruction():
        decision = Decision.objects.get(dossier_id=fiche.pk)
    return {effet["droit"] for effet in decision.effets}


def test_what_gives_nothing_is_told_to_who_claimed_it() -> None:
    muet, _, _ = foyer(soutien_autre_parent=raison("apporte"))
    demandeur, _, _ = foyer(soutien_autre_parent=raison("apporte"))
    with instruction():
        demandes.deposer(demandeur, ["asf"], Canal.EN_LIGNE, connaissance.maintenant(), "essai")
    liquider_mois("2026-11", [CAF])
    assert decides(muet) == {"af", "rsa"}  # what opens; neither the ASF, nor the primes, nor the rentrée
    assert decides(demandeur) == {"af", "rsa", "asf"}
    with instruction():
        assert not LigneDroit.objects.filter(dossier_id=muet.pk, droit="asf", montant_centimes__gt=0).exists()
        assert LigneDroit.objects.filter(dossier_id=muet.pk).values("droit").distinct().count() > 3
