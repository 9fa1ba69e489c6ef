import copy
import json
from datetime import date

import pytest

from limpide.droits import recu as module
from limpide.droits.calcul import liste_droits
from limpide.droits.ensemble import liquider_foyer
from limpide.droits.recu import RecuInvalide, emettre, rejouer
from tests.droits.foyers import situation


@pytest.fixture
def recu():
    foyer = situation()
    return json.loads(json.dumps(emettre(foyer, liquider_foyer(foyer), date(2026, 11, 22))))


def resceller(recu):
    recu["scelle"] = module._sceau({cle: valeur for cle, valeur in recu.items() if cle != "scelle"})
    return recu


def test_a_receipt_replays_to_the_same_results(recu):
    assert rejouer(recu) == []
    assert recu["connu_au"] == "2026-11-22"
    assert set(recu["resultats"]) == {droit.code for droit in liste_droits()}


def test_a_receipt_holds_facts_dates_and_results_only(recu):
    assert set(recu) == {"version", "empreinte_regles", "mois", "connu_au", "situation", "resultats", "scelle"}
    assert len(recu["empreinte_regles"]) == 64


def test_an_altered_receipt_is_refused(recu):
    recu["resultats"]["af"]["montant_centimes"] += 1
    with pytest.raises(RecuInvalide, match="modifié depuis son émission"):
        rejouer(recu)


@pytest.mark.parametrize("faux", [{}, [], None, "reçu", {"version": 1}])
def test_what_is_not_a_receipt_is_refused(faux):
    with pytest.raises(RecuInvalide, match="n'est pas un reçu"):
        rejouer(faux)


def test_changed_rules_and_changed_results_are_listed(recu, monkeypatch):
    ancien = copy.deepcopy(recu)
    ancien["resultats"]["af"]["montant_centimes"] -= 100
    resceller(ancien)
    (ecart,) = rejouer(ancien)
    assert ecart.startswith("af, montant_centimes :")
    monkeypatch.setattr(module, "empreinte_regles", lambda: "0" * 64)
    assert "ont changé depuis l'émission" in rejouer(ancien)[0]
