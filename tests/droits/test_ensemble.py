"""A household's rights together: the law's order, no circle, the same one by one and in a batch."""

import copy
import json
from typing import Any

import numpy as np
import pytest

from limpide.droits.calcul import catalogue_droits, liquider, liquider_lot
from limpide.droits.ensemble import (
    _recu,
    completer,
    comptes_ailleurs,
    liquider_foyer,
    liquider_foyers,
    nourrir_et_liquider,
    par_fait,
    reconnus,
    sans_objet,
)
from limpide.droits.faits import NATURES
from limpide.droits.hasard import tirer
from limpide.droits.moteur import Motif
from limpide.droits.recu import emettre, rejouer
from limpide.droits.situation import M, Situation, codes_droits
from tests.droits.foyers import famille, situation

MOIS = "2026-08"
"""August: the allowance of the rentrée is computed too."""
NOURRIS = [droit.nourrit for droit in comptes_ailleurs()]
DE_CHACUN = [droit.nourrit for droit in comptes_ailleurs() if droit.part]


def champ(fait: str, foyers: np.ndarray, personnes: np.ndarray) -> np.ndarray:
    return (foyers if fait in foyers.dtype.names else personnes)[fait]


def completes(foyers: np.ndarray, personnes: np.ndarray, resultats: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    apres, recus = foyers.copy(), personnes.copy()
    recus["sans_autre_revenu"] = 0
    for foyer in foyers:
        siens = slice(foyer["debut"], foyer["fin"])
        if reconnus(personnes[siens]).any():  # each adult's: as the traced rules give them
            seul = Situation(MOIS, np.array([foyer]), personnes[siens])
            membres = nourrir_et_liquider(seul, codes_droits())[0].personnes
            for fait in DE_CHACUN:
                recus[fait][siens] = membres[fait]
    for fait, droits in par_fait(d for d in comptes_ailleurs() if not d.part).items():
        total, dit = np.zeros(len(foyers)), np.zeros(len(foyers), bool)
        for droit in droits:
            motif = resultats[f"{droit.code}_motif"]
            retenu = resultats[f"{droit.code}_crds"] if fait == "aide_logement" else 0
            total += np.where(motif == Motif.INCONNU, np.nan, (resultats[f"{droit.code}_centimes"] - retenu) / 100)
            dit |= (motif != Motif.SANS_DEMANDE) & (motif != Motif.AUTRE_AIDE)
        apres[fait][dit, M] = total[dit]
    apres["sans_prestation"] = 0
    return apres, recus


@pytest.mark.parametrize("rang", range(len(NOURRIS)))
def test_no_right_reads_the_amount_of_one_that_comes_after_it(rang: int) -> None:
    """Nor its own: what a later right gives changes nothing to the earlier ones."""
    foyers, personnes = tirer(1_500, 31, MOIS)
    avant = [droit.code for droit in comptes_ailleurs()[: rang + 1]]
    foyers["sans_prestation"] = 0
    personnes["sans_autre_revenu"] = 0
    for fait in NOURRIS[rang:]:
        champ(fait, foyers, personnes)[:, M] = 0.0
    temoin = liquider_lot(MOIS, foyers, personnes, droits=avant)
    for fait in NOURRIS[rang:]:
        champ(fait, foyers, personnes)[:, M] = 321.0
    apres = liquider_lot(MOIS, foyers, personnes, droits=avant)
    for nom in temoin.dtype.names:
        assert np.array_equal(temoin[nom], apres[nom], equal_nan=nom in avant), nom


def test_computing_again_on_what_was_completed_gives_the_same() -> None:
    foyers, personnes = tirer(1_500, 32, MOIS)
    une_fois = liquider_foyers(MOIS, foyers, personnes, droits=codes_droits())
    encore = liquider_lot(MOIS, *completes(foyers, personnes, une_fois), droits=codes_droits())
    for droit in catalogue_droits():
        for suffixe in ("_centimes", "_motif", "_crds"):
            assert (une_fois[droit.code + suffixe] == encore[droit.code + suffixe]).all(), droit.code


def test_one_by_one_and_in_a_batch_to_the_cent() -> None:
    foyers, personnes = tirer(250, 33, MOIS)
    temoin = foyers.copy(), personnes.copy()
    lot = liquider_foyers(MOIS, foyers, personnes, droits=codes_droits(), fils=2)
    for fait in NOURRIS:  # the caller's records are left as they were
        assert np.array_equal(champ(fait, foyers, personnes), champ(fait, *temoin), equal_nan=True)
    assert np.array_equal(personnes["sans_autre_revenu"], temoin[1]["sans_autre_revenu"])
    for i, foyer in enumerate(foyers):
        situe = Situation(MOIS, foyers[i : i + 1], personnes[foyer["debut"] : foyer["fin"]])
        for code, resultat in liquider_foyer(situe, codes_droits()).items():
            dits = (resultat.montant_centimes, resultat.crds_centimes, resultat.motif)
            assert dits == (
                lot[i][f"{code}_centimes"], lot[i][f"{code}_crds"], Motif(int(lot[i][f"{code}_motif"])).name,
            ), (i, code)  # fmt: skip


def grande_famille(**faits):
    """Four children, of whom one is a baby: the allocation de base closes the complément familial."""
    donnees = famille(**faits)
    donnees["personnes"] += [
        {"role": "enfant", "date_naissance": "2018-03-01"}, {"role": "enfant", "date_naissance": "2026-01-10"},
    ]  # fmt: skip
    for enfant in donnees["personnes"][1:]:
        enfant["soutien_autre_parent"] = "apporte"
    return donnees


def test_the_allocation_de_base_of_the_month_closes_the_complement_familial() -> None:
    foyer = Situation.depuis_dict(grande_famille())
    seul, ensemble = liquider(foyer, ["cf"])["cf"], liquider_foyer(foyer)
    assert (seul.motif, ensemble["paje_base"].motif, ensemble["cf"].motif) == ("OUVERT", "OUVERT", "NON_CUMUL")
    # Not asked for, it stays the fact: nothing was said to be received.
    assert liquider_foyer(foyer, ["cf"])["cf"].motif == "OUVERT"


def test_what_a_right_misses_is_named_where_another_waits_for_it() -> None:
    """The complément familial misses the allocation de base, which misses the income: the income is asked."""
    donnees = grande_famille(foyer__prestations_familiales_base_ressources=None)
    foyer = Situation.depuis_dict(donnees)
    resultats = liquider_foyer(foyer)
    assert resultats["paje_base"].motif == resultats["cf"].motif == "INCONNU"
    assert resultats["cf"].faits_manquants[0] == "prestations_familiales_base_ressources"
    assert "paje_base" not in resultats["cf"].faits_manquants
    lot = liquider_foyers(foyer.mois, foyer.foyer, foyer.personnes)
    assert lot["cf_manque"][0] == NATURES["prestations_familiales_base_ressources"].code


def test_months_to_come_count_what_was_received_not_what_is_due() -> None:
    """RSA reads three past months: the amount of the month itself moves it in nothing, what was received does."""
    sans = liquider_foyer(situation())["rsa"].montant_centimes
    du_mois = liquider_foyer(situation(foyer__asf=[0.0] * 6 + [400.0]))["rsa"].montant_centimes
    recu = liquider_foyer(situation(foyer__asf=[200.0] * 6 + [0.0]))["rsa"].montant_centimes
    assert du_mois == sans > recu


def test_a_receipt_of_the_household_replays_to_the_cent() -> None:
    foyer = Situation.depuis_dict(grande_famille())
    recu = json.loads(json.dumps(emettre(foyer, liquider_foyer(foyer), "2026-11-27")))
    assert rejouer(recu) == []
    # A receipt of before: what was not computed then stays the fact that it was.
    seuls = ["af", "rsa", "ppa"]
    ancien = emettre(foyer, liquider(foyer, seuls), "2026-11-27")
    assert rejouer(json.loads(json.dumps(ancien))) == []


LOUE = {
    "statut_occupation_logement": "locataire_vide", "loyer": 520.0, "zone_apl": "zone_2",
    "logement_conventionne": False, "rsa": 0.0,
}  # fmt: skip


def locataire(**plus):
    """A family that rents, and told what it received of a benefit elsewhere."""
    donnees = famille(foyer__aide_logement=123.0)
    donnees["foyer"] |= LOUE | plus
    donnees["personnes"][0] |= {"logement_salaires": 9_000.0, "activite": "actif"}
    return Situation.depuis_dict(donnees)


def recu_du_mois(foyer: Situation) -> float:
    """What the housing benefit is for the rights that count it: the complement of the AAH says which it read."""
    resultats = liquider_foyer(foyer, ["apl", "alf", "als"])
    recu = _recu(par_fait(comptes_ailleurs())["aide_logement"], resultats)
    return float(foyer.foyer["aide_logement"][0][M]) if recu is None else recu


def test_three_benefits_give_one_fact_of_what_is_paid() -> None:
    due = liquider_foyer(locataire())["alf"]
    assert (due.motif, recu_du_mois(locataire())) == ("OUVERT", (due.montant_centimes - due.crds_centimes) / 100)
    assert due.crds_centimes > 0
    # Nobody claimed, or the law of the month before the claim: what was declared stays.
    assert recu_du_mois(locataire(loyer=None)) == 123.0
    assert recu_du_mois(locataire(date_demande_logement="2026-12-01")) == 123.0
    assert np.isnan(recu_du_mois(locataire(zone_apl=None)))
    foyer = locataire(loyer=None)
    avant = liquider_foyers(foyer.mois, foyer.foyer, foyer.personnes)
    assert avant["alf_motif"][0] == avant["apl_motif"][0] == Motif.SANS_DEMANDE
    assert sans_objet(liquider_foyer(foyer), ["apl", "alf", "als"]) == set()  # a claim is answered
    assert {"apl", "als"} <= sans_objet(liquider_foyer(locataire()), ["apl", "alf", "als"])


def deux_reconnus(**plus: object) -> Situation:
    """Two adults at 80 %, the second with a pension of 400 euros."""
    nulle = {"aah_activite_n2": 0, "aah_pensions_n2": 0, "aah_autres_revenus_n2": 0, "taux_incapacite": 80}
    adulte = {"date_naissance": "1980-01-02", "nationalite": "francaise", "salaire_net": 0.0} | nulle
    conjoint = {"role": "conjoint", **adulte, "pensions_invalidite": 400.0} | plus
    return Situation.depuis_dict({
        "mois": MOIS, "personnes": [{"role": "demandeur", **adulte}, conjoint],
        "foyer": {"residence": "metropole", "statut_occupation_logement": "locataire_vide", "aide_logement": 200.0},
    })  # fmt: skip


def nourri(foyer: Situation) -> Situation:
    return nourrir_et_liquider(foyer)[0]


def test_of_two_adults_each_receives_their_own_allowance_and_its_complement_follows() -> None:
    vue = nourri(deux_reconnus())
    assert vue.personnes["aah"][:, M].tolist() == [1041.59, 641.59]
    assert vue.personnes["caah"][:, M].tolist() == [104.77, 104.77]
    seul = nourri(deux_reconnus(taux_incapacite=0, aah=50.0))
    assert seul.personnes["aah"][:, M].tolist() == [1041.59, 50.0]  # without a decision, what is said stays
    inconnu = nourri(deux_reconnus(aah_activite_n2=None))
    assert np.isnan(inconnu.personnes["aah"][:, M]).all()


SEUL = {
    "mois": "2026-12",
    "foyer": {
        "residence": "metropole", "statut_occupation_logement": "proprietaire", "aide_logement": 0.0,
        "prestations_familiales_base_ressources": 12_800.0, "rsa_isolement_recent": True,
    },
    "personnes": [
        {"role": "demandeur", "date_naissance": "1996-05-14", "nationalite": "francaise", "activite": "actif",
         "salaire_net": 1250.0, "etudiant": False, "enceinte": False},
    ],
}  # fmt: skip


def avec(*naissances: str) -> dict[str, Any]:
    enfants = [
        {
            "role": "enfant", "date_naissance": jour, "garde_alternee": False,
            "soutien_autre_parent": "decede", "soutien_depuis": jour, "asf_date_demande": jour,
        }
        for jour in naissances
    ]  # fmt: skip
    return copy.deepcopy(SEUL) | {"personnes": [*copy.deepcopy(SEUL["personnes"]), *enfants]}


def test_what_a_child_opens_was_not_received_before_it_came() -> None:
    """Born in November, it opens from December (R552-2): the quarter of August to October counts nothing of it."""
    foyer = completer(avec("2026-11-02"))
    assert [round(m) for m in foyer.foyer["paje_base"][0]] == [0, 0, 0, 0, 0, 0, 199]
    assert [round(m) for m in foyer.foyer["asf"][0]] == [0, 0, 0, 0, 0, 0, 202]
    sans = liquider(completer(copy.deepcopy(SEUL)), ["ppa"])["ppa"]
    assert liquider(foyer, ["ppa"])["ppa"].montant_centimes >= sans.montant_centimes > 0


def test_what_a_child_who_was_there_opens_was_received_all_along() -> None:
    ancien = completer(avec("2025-11-02"))
    assert len(set(ancien.foyer["paje_base"][0])) == len(set(ancien.foyer["asf"][0])) == 1
    deux = completer(avec("2025-11-02", "2026-09-15"))
    assert [round(m) for m in deux.foyer["asf"][0]] == [202, 202, 202, 202, 404, 404, 404]
    adopte = avec("2020-01-01")
    adopte["personnes"][1] |= {"adoption": True, "date_adoption": "2026-10-20"}
    assert [m > 0 for m in completer(adopte).foyer["paje_base"][0]] == [False] * 5 + [True] * 2
