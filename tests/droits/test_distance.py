"""How far from where a right opens or ends: to the euro, by the rules themselves."""

import pytest

from limpide.droits.calcul import fiches, liquider
from limpide.droits.distance import PAS, REFUS_DE_RESSOURCES, Axe, axes, distance
from limpide.droits.hasard import tirer
from limpide.droits.situation import Situation, codes_droits
from tests.droits.foyers import famille, situation


def trois_enfants(ressources: float) -> Situation:
    donnees = famille(foyer__prestations_familiales_base_ressources=ressources)
    donnees["personnes"].append({"role": "enfant", "date_naissance": "2019-01-05"})
    return Situation.depuis_dict(donnees)


def motif(foyer: Situation, droit: str) -> str:
    return liquider(foyer, [droit])[droit].motif


def test_a_right_refused_for_its_incomes_says_what_less_opens_it_to_the_euro() -> None:
    loin = distance(trois_enfants(60_000.0), "cf")
    assert loin is not None
    assert loin.ouvre
    assert motif(trois_enfants(60_000.0 - loin.ecart), "cf") == "OUVERT"
    assert motif(trois_enfants(60_000.0 - loin.ecart + 1), "cf") == "RESSOURCES"
    assert loin.texte.startswith("Avec ")
    assert loin.texte.endswith(
        "€ de moins de revenu net du foyer pour l'année 2024, ce droit serait ouvert, tout le reste étant pareil."
    )


@pytest.mark.parametrize("salaire", [0.0, 300.0, 800.0])
def test_an_open_right_says_what_wage_ends_it_to_the_euro(salaire: float) -> None:
    loin = distance(situation(p0__salaire_net=salaire), "rsa")
    if salaire == 0.0:
        assert loin is None  # nobody has a wage here: nothing to vary
        return
    assert loin is not None
    assert not loin.ouvre
    assert motif(situation(p0__salaire_net=salaire + loin.ecart), "rsa") != "OUVERT"
    assert motif(situation(p0__salaire_net=salaire + loin.ecart - 1), "rsa") == "OUVERT"
    assert "de plus de salaire net chaque mois, ce droit prendrait fin" in loin.texte


def test_what_no_income_decides_has_no_distance() -> None:
    assert distance(situation(), "af") is None  # two children: due whatever the income
    assert distance(situation(), "cf") is None  # two children: refused whatever the income
    assert distance(situation(foyer__prestations_familiales_base_ressources=None), "paje_base") is None


def test_a_wage_that_moves_moves_for_every_month_and_the_household_is_left_as_it_was() -> None:
    foyer = situation(p0__salaire_net=[0.0, 900.0, 800.0, 800.0, 800.0, 800.0, 800.0])
    avant = foyer.vers_dict()
    loin = distance(foyer, "rsa")
    assert loin is not None
    assert foyer.vers_dict() == avant


REFUS = {motif.name for motif in REFUS_DE_RESSOURCES}


def deplace(foyer: Situation, axe: Axe, ecart: int) -> Situation:
    """A household of its own, its shortcuts set again."""
    ailleurs = Situation(foyer.mois, foyer.foyer, foyer.personnes)
    lignes, rang = (ailleurs.foyer, 0) if axe.personne < 0 else (ailleurs.personnes, axe.personne)
    lignes[axe.fait][rang] += ecart
    return Situation(foyer.mois, ailleurs.foyer, ailleurs.personnes)


def test_of_any_household_the_whole_computation_agrees_to_the_euro_and_finds_nothing_else() -> None:
    foyers, personnes = tirer(60, 7, "2026-11")
    trouvees = 0
    for foyer in foyers:
        tel_quel = Situation("2026-11", foyer, personnes[foyer["debut"] : foyer["fin"]])
        possibles = [a for a in axes(fiches(tel_quel)) if len(a.montants(fiches(tel_quel)))]
        for code, resultat in liquider(tel_quel, codes_droits()).items():
            if resultat.motif != "OUVERT" and resultat.motif not in REFUS:
                assert distance(tel_quel, code) is None
                continue
            sens, fin = (1, REFUS) if resultat.motif == "OUVERT" else (-1, {"OUVERT"})
            loin = distance(tel_quel, code)
            for axe in possibles:
                bouts = [p for p in PAS if sens > 0 or p < axe.montants(fiches(tel_quel)).min()]
                if loin is not None and f"{axe.de}, ce droit" in loin.texte:
                    trouvees += 1
                    assert motif(deplace(tel_quel, axe, sens * loin.ecart), code) in fin, code
                    assert motif(deplace(tel_quel, axe, sens * (loin.ecart - 1)), code) not in fin, code
                    break
                assert not any(motif(deplace(tel_quel, axe, sens * p), code) in fin for p in bouts), (code, axe)
    assert trouvees > 20
