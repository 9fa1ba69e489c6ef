"""The income of the year before last from what OpenFisca's clients give: what counts, misses or is supposed."""

from copy import deepcopy
from typing import Any

import pytest

from limpide.droits.lecture_openfisca import Lecture, lire_openfisca
from limpide.droits.valeurs import SituationInvalide

BASE = "prestations_familiales_base_ressources"
MOIS = "2026-11"


def lire(*adultes: dict[str, Any], foyers_fiscaux: dict[str, Any] | None = None, mois: str = MOIS) -> Lecture:
    """A family of these adults (named a, b) and of two children."""
    individus = dict(zip("ab", map(deepcopy, adultes), strict=False))
    enfants = {"e1": {"date_naissance": {"ETERNITY": "2018-05-02"}}, "e2": {}}
    donnees: dict[str, Any] = {
        "individus": individus | enfants,
        "familles": {"f": {"parents": list(individus), "enfants": list(enfants)}},
    }
    if foyers_fiscaux:
        donnees["foyers_fiscaux"] = foyers_fiscaux
    return lire_openfisca(donnees, mois)


def base(*adultes: dict[str, Any], **reste: Any) -> Any:
    return lire(*adultes, **reste).situation["foyer"].get(BASE)


def a_l_annee(annee: int = 2024, **revenus: float) -> dict[str, Any]:
    return {nom: {str(annee): euros} for nom, euros in revenus.items()}


@pytest.mark.parametrize(
    ("revenus", "net"),
    [
        ({"salaire_imposable": 18000}, 16200.0),
        ({"salaire_imposable": 3000}, 2496.0),  # 504 € at least
        ({"salaire_imposable": 300}, 0.0),  # never more than the pay
        ({"salaire_imposable": 200_000}, 185_574.0),  # 14 426 € at most
        ({"salaire_imposable": 10_000, "chomage_imposable": 8000}, 16200.0),
        ({"salaire_imposable": 18000, "frais_reels": 4000}, 14000.0),
        ({"salaire_imposable": 18000, "frais_reels": 400}, 16200.0),
        ({"retraite_imposable": 3000}, 2550.0),  # 450 € at least
        ({"retraite_imposable": 60_000}, 55_601.0),  # 4 399 € at most
        ({"salaire_imposable": 0, "pensions_alimentaires_percues": 6000}, 5400.0),
        ({"salaire_imposable": 18000, "pensions_alimentaires_versees_individu": 2400}, 13800.0),
        ({"salaire_imposable": 18000, "hsup": 1000}, 17200.0),
        ({"rpns_autres_revenus": 12000}, 12000.0),
        ({"rpns_imposables": 12000, "rpns_autres_revenus": 12000}, 12000.0),
        ({"salaire_imposable": 18000, "rpns_imposables": -20_000}, 0.0),
        ({"salaire_imposable": 18000, "revenus_imposables_n2": 0}, 16200.0),
        ({"salaire_imposable": 0}, 0.0),
    ],
)
def test_le_revenu_net_de_l_avant_derniere_annee(revenus: dict[str, float], net: float) -> None:
    lu = lire(a_l_annee(**revenus))
    assert lu.situation["foyer"][BASE] == net
    assert lu.a_donner == {}
    assert "vaut déclaration de tous ses revenus" in lu.suppositions[-1]
    assert "individus.salaire_imposable" not in lu.ignores


def test_les_bornes_sont_celles_de_l_annee_des_revenus() -> None:
    assert base(a_l_annee(2018, salaire_imposable=3000), mois="2020-11") == 2563.0
    assert base(a_l_annee(2023, salaire_imposable=3000), mois="2025-01") == 2505.0


def test_les_deux_adultes_et_jamais_les_enfants() -> None:
    assert base(a_l_annee(salaire_imposable=18000), a_l_annee(salaire_imposable=10_000)) == 25200.0
    donnees = {
        "individus": {"a": a_l_annee(salaire_imposable=18000), "e": a_l_annee(salaire_imposable=9000)},
        "familles": {"f": {"parents": ["a"], "enfants": ["e"]}},
    }
    assert lire_openfisca(donnees, MOIS).situation["foyer"][BASE] == 16200.0


def test_le_plafond_des_pensions_est_celui_du_foyer_fiscal() -> None:
    deux = [a_l_annee(retraite_imposable=40_000), a_l_annee(retraite_imposable=40_000)]
    assert base(*deux) == 72000.0
    assert base(*deux, foyers_fiscaux={"ff": {"declarants": ["a", "b"]}}) == 75_601.0


def test_mois_par_mois() -> None:
    douze = {f"2024-{mois:02d}": 1500 for mois in range(1, 13)}
    assert base({"salaire_imposable": douze}) == 16200.0
    assert base({"salaire_imposable": {"year:2024": 18000}}) == 16200.0
    assert base({"salaire_imposable": {"2024": 18000, "2024-12": 7000}}) == 16200.0


def test_une_annee_dite_en_partie_est_refusee_avec_ses_mois() -> None:
    dits = {f"2024-{mois:02d}": 1500 for mois in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11)}
    lu = lire({"salaire_imposable": dits})
    assert BASE not in lu.situation["foyer"]
    assert "salaire_imposable de a, mars et décembre 2024" in lu.a_donner[BASE]


@pytest.mark.parametrize(
    ("b", "manque"),
    [
        ({}, "salaire_imposable de b, 2024 (0 sans salaire"),
        ({"salaire_net": {"2024": 12000}}, "salaire_imposable de b, 2024"),
        ({"salaire_imposable": {"2024": 0}, "chomage_net": {"2024-03": 900}}, "chomage_imposable de b, 2024"),
        ({"salaire_imposable": {"2024": 0}, "retraite_brute": {"2024": 900}}, "retraite_imposable de b, 2024"),
        ({"salaire_imposable": {"2024": 0}, "rpns_autres_revenus": {"2025": 9000}}, "rpns_autres_revenus de b, 2024"),
        ({"salaire_imposable": {"2024": 0}, "revenus_locatifs": {"2024": 900}}, "revenus_imposables_n2 de b, 2024"),
    ],
)
def test_tout_ce_qui_manque_est_dit_a_la_fois(b: dict[str, Any], manque: str) -> None:
    lu = lire({"salaire_imposable": {"2024-01": 1500}}, b)
    assert BASE not in lu.situation["foyer"]
    assert "salaire_imposable de a, de février à décembre 2024" in lu.a_donner[BASE]
    assert manque in lu.a_donner[BASE]


@pytest.mark.parametrize(
    ("personne", "obstacle"),
    [
        ({"date_naissance": {"ETERNITY": "1959-12-31"}}, "157 bis"),
        ({"taux_incapacite": {MOIS: 0.8}}, "157 bis"),
        ({"remuneration_apprenti": {"2024": 6000}}, "remuneration_apprenti de a"),
        ({"indemnites_journalieres_maladie": {"2024-05": 600}}, "indemnites_journalieres_maladie de a"),
    ],
)
def test_ce_que_la_loi_compte_autrement_n_est_pas_calcule(personne: dict[str, Any], obstacle: str) -> None:
    lu = lire(a_l_annee(salaire_imposable=18000) | personne)
    assert BASE not in lu.situation["foyer"]
    assert obstacle in lu.a_donner[BASE]


def test_ce_que_l_impot_ne_compte_pas_ne_compte_pas() -> None:
    personne = {"aah": {"2024": 12000}, "date_naissance": {"ETERNITY": "1960-01-01"}, "taux_incapacite": {MOIS: 0.79}}
    assert base(a_l_annee(salaire_imposable=18000) | personne) == 16200.0


def test_une_case_de_la_declaration_arrete_le_calcul() -> None:
    personne = a_l_annee(salaire_imposable=18000)
    for case in ("f4ba", "f2dc"):
        lu = lire(personne, foyers_fiscaux={"ff": {"declarants": ["a"], case: {"2024": 900}}})
        assert BASE not in lu.situation["foyer"]
        assert case in lu.a_donner[BASE]
    assert base(personne, foyers_fiscaux={"ff": {"declarants": ["a"], "f4ba": {"2024": 0}}}) == 16200.0


def test_le_revenu_categoriel_du_foyer_fiscal_suffit() -> None:
    ff: dict[str, Any] = {"ff": {"declarants": ["a"], "revenu_categoriel": {"2024": 17000}}}
    assert base({}, foyers_fiscaux=ff) == 17000.0
    assert base({}, {}, foyers_fiscaux=ff) is None
    ff["ff"]["declarants"] = ["a", "b"]
    lu = lire({}, {}, foyers_fiscaux=ff)
    assert lu.situation["foyer"][BASE] == 17000.0
    assert "revenu catégoriel de 2024" in lu.suppositions[-1]
    ff["ff"] = {"declarants": ["a", "b"], "rfr": {"2024": 17000}}
    assert base({}, {}, foyers_fiscaux=ff) is None


def test_le_revenu_donne_reste() -> None:
    donnees: dict[str, Any] = {
        "individus": {"a": a_l_annee(salaire_imposable=18000)},
        "familles": {"f": {"parents": ["a"], BASE: {MOIS: 5}}},
    }
    assert lire_openfisca(donnees, MOIS).situation["foyer"][BASE] == 5


@pytest.mark.parametrize(
    ("a", "b", "deux"),
    [
        ({"salaire_imposable": 20_000}, {"salaire_imposable": 7008}, True),  # 13,6 % of 46 368 € is 6 306,05 €
        ({"salaire_imposable": 20_000}, {"salaire_imposable": 7007}, False),
        ({"salaire_imposable": 20_000}, {"rpns_autres_revenus": 6307}, True),
        ({"salaire_imposable": 20_000}, {"salaire_imposable": 4000, "chomage_imposable": 9000}, None),
        ({"salaire_imposable": 0}, {"chomage_imposable": 9000}, False),
    ],
)
def test_deux_revenus_du_travail(a: dict[str, float], b: dict[str, float], deux: bool | None) -> None:
    assert lire(a_l_annee(**a), a_l_annee(**b)).situation["foyer"].get("biactivite") is deux


def test_un_adulte_seul_n_a_pas_deux_revenus() -> None:
    assert "biactivite" not in lire(a_l_annee(salaire_imposable=18000)).situation["foyer"]


def test_les_revenus_de_chacun_pour_l_aah_et_avant_abattements() -> None:
    situation = lire(a_l_annee(salaire_imposable=12000, chomage_imposable=6000, retraite_imposable=5000)).situation
    assert situation["foyer"]["revenus_imposables_bruts"] == 23000.0
    lus = {fait: euros for fait, euros in situation["personnes"][0].items() if fait.endswith("_n2")}
    assert lus == {"aah_activite_n2": 10800.0, "aah_pensions_n2": 4500.0, "aah_autres_revenus_n2": 5400.0}


def test_les_douze_mois_de_l_aide_au_logement() -> None:
    a = {"salaire_imposable": {"month:2025-10:12": 18000}}
    assert lire(a).situation["personnes"][0]["logement_salaires"] == 18000.0
    assert lire(a, mois="2026-10").situation["personnes"][0]["logement_salaires"] is None
    avant = a_l_annee(2018, salaire_imposable=9000)
    assert lire(avant, mois="2020-11").situation["personnes"][0]["logement_salaires"] == 9000.0


@pytest.mark.parametrize("valeur", ["beaucoup", True, -1, 1e12])
def test_un_montant_impossible_est_refuse(valeur: Any) -> None:
    with pytest.raises(SituationInvalide) as refus:
        lire({"salaire_imposable": {"2024": valeur}})
    assert refus.value.chemin == "individus.a.salaire_imposable"
