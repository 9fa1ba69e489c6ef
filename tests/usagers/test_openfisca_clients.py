"""What a client of OpenFisca sends and we take: benefits given, incomes under other names, its shapes and its names."""

import json
from pathlib import Path
from typing import Any

import pytest

from limpide.__main__ import main
from limpide.droits.openfisca.entites import ENTITES
from limpide.droits.openfisca.specification import specification
from limpide.usagers.debit import Debit
from limpide.usagers.views import openfisca as vues
from tests.usagers.test_openfisca import avec, demander


@pytest.fixture(autouse=True)
def _debit_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has the rate for itself."""
    monkeypatch.setattr(vues, "DEBIT", Debit(par_seconde=1000.0, reserve=1000))


SANS_AIDE = {"2026": 0}


def seul_avec(enfants: int = 0, **personne: Any) -> dict[str, Any]:
    """A claimant who gives everything the RSA asks, and asks for it."""
    demande = avec(aide_logement=SANS_AIDE, asf=SANS_AIDE, rsa={"2026-11": None})
    famille = demande["familles"]["famille1"]
    famille["enfants"] = famille["enfants"][:enfants]
    famille.pop("af")
    demande["individus"] = {nom: demande["individus"][nom] for nom in ("parent1", *famille["enfants"])}
    demande["individus"]["parent1"] |= {"salaire_net": SANS_AIDE} | personne
    demande["menages"] = {
        "m": {"personne_de_reference": ["parent1"], "statut_occupation_logement": {"2026": "locataire_vide"}}
    }
    return demande


def rsa(demande: dict[str, Any]) -> Any:
    reponse = demander("calculate", demande)
    assert reponse.status_code == 200, reponse.json()
    return reponse.json()["familles"]["famille1"]["rsa"]["2026-11"]


def test_une_prestation_donnee_compte_dans_les_droits_qui_la_lisent() -> None:
    assert rsa(seul_avec()) == 651.69
    assert rsa(seul_avec(aah={"2026": 1200})) == 551.69
    assert rsa(seul_avec(aah={"2026": 12000})) == 0.0
    assert rsa(seul_avec(caah={"month:2026-05:7": 700})) == 551.69
    demande = seul_avec(1)
    demande["familles"]["famille1"]["paje_base"] = {"2026": 1200}
    sans = seul_avec(1)
    sans["familles"]["famille1"]["paje_base"] = SANS_AIDE
    assert rsa(sans) - rsa(demande) == pytest.approx(100.0)


def test_la_prestation_donnee_pour_un_mois_demandee_pour_un_autre() -> None:
    demande = seul_avec(aah={"2026": 1200})
    demande["familles"]["famille1"]["rsa"] |= {"2026-09": 0, "2026-08": 0, "2026-10": 0}
    assert rsa(demande) == 551.69


def test_ce_que_rien_ne_dit_du_passe_est_calcule() -> None:
    """OpenFisca's clients give no past: the family benefits of the months looked at are those of the month."""
    demande = seul_avec(1)
    demande["individus"]["enfant1"] = {"date_naissance": {"ETERNITY": "2025-02-01"}}
    demande["familles"]["famille1"]["paje_base"] = {"2026-11": None}
    avec_paje = demander("calculate", demande).json()["familles"]["famille1"]
    demande["familles"]["famille1"]["paje_base"] = SANS_AIDE
    assert rsa(demande) - avec_paje["rsa"]["2026-11"] == pytest.approx(avec_paje["paje_base"]["2026-11"], abs=0.011)


@pytest.mark.parametrize("nom", ["salaire_de_base", "salaire_imposable"])
def test_un_salaire_sous_un_nom_que_limpide_ne_lit_pas_n_est_pas_pris_pour_zero(nom: str) -> None:
    demande = seul_avec(**{nom: {"2026": 30000}})
    assert rsa(demande) == 651.69  # the net pay is given: nothing is left to compute from this one
    del demande["individus"]["parent1"]["salaire_net"]
    reponse = demander("calculate", demande)
    assert reponse.status_code == 400
    message = reponse.json()["familles"]["famille1"]["rsa"]["2026-11"]
    assert "salaire_net" in message
    assert f"Limpide ne lit pas : individus.{nom}." in message
    demande["individus"]["parent1"][nom] = {"2026": 0}
    assert rsa(demande) == 651.69


def test_l_aah_se_demande_pour_chaque_adulte() -> None:
    demande = avec()
    demande["individus"]["parent1"]["aah"] = {"2026-11": None}
    reponse = demander("calculate", demande)
    assert reponse.json()["individus"]["parent1"]["aah"] == {"2026-11": 0.0}
    variables = specification("")["components"]["schemas"]["Situation"]["properties"]
    assert "aah" in variables["individus"]["additionalProperties"]["properties"]
    assert "aah" not in variables["familles"]["additionalProperties"]["properties"]


def test_l_aide_de_l_annee_se_demande_par_annee_ou_pour_son_mois() -> None:
    demande = avec(ars={"2026": None, "year:2026": None, "2026-08": None, "month:2026-08": None, "2026-09": None})
    famille = demande["familles"]["famille1"]
    famille["prestations_familiales_base_ressources"] = {"2026-08": 17000, "2026-09": 17000}
    del famille["af"]
    valeurs = demander("calculate", demande).json()["familles"]["famille1"]["ars"]
    annee = valeurs.pop("2026")
    assert annee > 400
    assert valeurs == {"year:2026": annee, "2026-08": annee, "month:2026-08": annee, "2026-09": 0.0}


def test_les_etapes_et_l_aide_au_logement_se_demandent_sous_leur_nom() -> None:
    demande = seul_avec(2)
    famille = demande["familles"]["famille1"]
    del famille["aide_logement"], famille["rsa"]
    demande["menages"]["m"] |= {"loyer": {"2026-11": 600}, "zone_apl": {"2026-11": "zone_2"}}
    demande["individus"]["parent1"] |= {"logement_salaires": {"2026-11": 0}}
    famille |= {nom: {"2026-11": None} for nom in ("aide_logement", "aide_logement_montant", "alf", "alf_crds")}
    famille |= {nom: {"2026-11": None} for nom in ("af", "af_base", "af_majoration", "af_complement_degressif")}
    reponse = demander("calculate", demande)
    assert reponse.status_code == 200, reponse.json()
    lu = {
        nom: valeurs["2026-11"]
        for nom, valeurs in reponse.json()["familles"]["famille1"].items()
        if "2026-11" in valeurs
    }
    assert (lu["af_base"], lu["af_majoration"], lu["af_complement_degressif"], lu["af"]) == (153.01, 0.0, 0.0, 153.01)
    assert lu["aide_logement"] == lu["aide_logement_montant"] == lu["alf"] == int(lu["alf"]) > 100
    assert lu["alf_crds"] > 0
    trace = demander("trace", demande).json()["trace"]
    assert len(trace["aide_logement<2026-11>"]["dependencies"]) == 3
    assert trace["af_base<2026-11>"]["parameters"] or trace["af_base<2026-11>"]["dependencies"]


def test_sans_famille_chacun_est_seul() -> None:
    demande = {"individus": {"a": {"date_naissance": {"ETERNITY": "1990-01-01"}, "aah": {"2026-11": None}}}}
    reponse = demander("trace", demande).json()
    assert reponse["trace"]["aah<2026-11>"]["value"] == [0.0]
    assert reponse["entitiesDescription"] == {entite: ["a"] for entite in ENTITES}


def test_la_trace_dit_les_parametres_que_chaque_etape_a_lus() -> None:
    trace = demander("trace", avec()).json()["trace"]
    lus = {cle: valeur for etape in trace.values() for cle, valeur in etape["parameters"].items()}
    assert lus["bases.bmaf<2026-11-01>"] == 478.16
    assert any(
        "bases.bmaf<2026-11-01>" in etape["parameters"] for cle, etape in trace.items() if cle.startswith("montant")
    )
    assert trace["af<2026-11>"]["parameters"] != lus  # each step has its own


def test_le_quotient_familial_et_l_affiliation_se_demandent() -> None:
    demande = seul_avec(2, activite={"2026": "inactif"})
    demande["individus"]["enfant2"] = {"date_naissance": {"ETERNITY": "2025-02-01"}}
    famille = demande["familles"]["famille1"]
    famille |= {"quotient_familial": {"2026-11": None}, "revenus_imposables_bruts": {"2026-11": 18000}}
    famille |= {"paje_base": {"2026": 2400}, "cf": SANS_AIDE, "paje_prepare": SANS_AIDE, "aeeh": SANS_AIDE}
    for individu in demande["individus"].values():
        individu["affiliation_avpf"] = {"2026-11": None}
    reponse = demander("calculate", demande)
    assert reponse.status_code == 200, reponse.json()
    lu = reponse.json()
    assert [i["affiliation_avpf"]["2026-11"] for i in lu["individus"].values()] == [True, False, False]
    assert lu["familles"]["famille1"]["quotient_familial"]["2026-11"] > 500
    trace = demander("trace", demande).json()
    assert trace["trace"]["affiliation_avpf<2026-11>"]["value"] == [True, False, False]
    assert trace["limpide"]["explications"]["famille1"]["quotient_familial"]["2026-11"]["etapes"]
    del famille["revenus_imposables_bruts"]
    message = demander("calculate", demande).json()["familles"]["famille1"]["quotient_familial"]["2026-11"]
    assert "avant abattements fiscaux" in message


def test_un_nom_avec_un_point_reste_une_seule_cle() -> None:
    demande = {"individus": {"M. Roux": {"aah": {"2026-11": None}, "invalidite": {"2026-11": True}}}}
    reponse = demander("calculate", demande)
    assert reponse.status_code == 400
    assert "ne lit pas « invalidite »" in reponse.json()["individus"]["M. Roux"]["invalidite"]


def test_la_commande_et_les_adresses_repondent_de_meme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the past months gave is computed by both where nobody says it: here the allocation de base of a baby."""
    demande = seul_avec(1)
    (enfant,) = demande["familles"]["famille1"]["enfants"]
    demande["individus"][enfant] |= {"date_naissance": {"ETERNITY": "2026-02-10"}}
    calcule = rsa(demande)
    sans = json.loads(json.dumps(demande))
    sans["familles"]["famille1"]["paje_base"] = SANS_AIDE
    assert rsa(sans) > calcule + 100

    fichier = tmp_path / "situation.json"
    fichier.write_text(json.dumps(demande), encoding="utf-8")
    assert main(["simuler", str(fichier), "--mois", "2026-11", "--json"]) == 0
    droits = json.loads(capsys.readouterr().out)["droits"]
    assert droits["rsa"]["montant_centimes"] == round(100 * calcule)


def mere(**personne: Any) -> dict[str, Any]:
    """The simplest request: a mother and her two children, family allowances asked, the example's income untold."""
    demande = avec()
    del demande["familles"]["famille1"]["prestations_familiales_base_ressources"]
    demande["individus"]["parent1"] = {"date_naissance": {"ETERNITY": "1990-03-14"}} | personne
    return demande


def test_le_salaire_de_l_avant_derniere_annee_donne_les_allocations() -> None:
    reponse = demander("calculate", mere(salaire_imposable={"2024": 18000}))
    assert reponse.status_code == 200, reponse.json()
    assert reponse.json()["familles"]["famille1"]["af"] == {"2026-11": 153.01}
    trace = demander("trace", mere(salaire_imposable={"2024": 90_000})).json()
    assert trace["trace"]["af<2026-11>"]["value"] == [76.51]
    dit = trace["limpide"]["suppositions"]["famille1"][-1]
    assert "salaire_imposable pour 2024 vaut déclaration de tous ses revenus" in dit
    assert "supposés nuls : chomage_imposable" in dit


def test_ce_qui_manque_se_dit_par_les_noms_et_les_annees_d_openfisca() -> None:
    demande = mere(salaire_imposable={"month:2024-01:10": 15000})
    demande["familles"]["famille1"]["rsa"] = {"2026-11": None}
    for adresse in ("calculate", "trace"):
        reponse = demander(adresse, demande)
        assert reponse.status_code == 400
        refus = reponse.json()["familles"]["famille1"]
        assert "salaire_imposable de parent1, de novembre à décembre 2024" in refus["af"]["2026-11"]
        assert "salaire_net (parent1, de juillet à septembre 2026)" in refus["rsa"]["2026-11"]


@pytest.mark.parametrize(("valeur", "code"), [("beaucoup", 400), (-1, 400), (None, 400), (0, 200)])
def test_un_revenu_imposable_est_un_montant(valeur: Any, code: int) -> None:
    reponse = demander("calculate", mere(salaire_imposable={"2024": 18000, "2023": valeur}))
    assert reponse.status_code == code
    if code == 400:
        assert list(reponse.json()["individus"]["parent1"]["salaire_imposable"]) == ["2023"]


def test_la_commune_donne_la_zone_de_l_aide_au_logement() -> None:
    demande = mere(salaire_imposable={"2024": 18000, "month:2025-10:12": 12000}, salaire_net={"2026": 12000})
    demande["individus"]["parent1"]["activite"] = {"2026": "actif"}
    demande["menages"] = {
        "m": {
            "personne_de_reference": ["parent1"],
            "statut_occupation_logement": {"2026-11": "locataire_vide"},
            "loyer": {"2026-11": 600},
            "depcom": {"2026-11": "69385"},
        }
    }
    demande["familles"]["famille1"] |= {"aide_logement": {"2026-11": None}}
    reponse = demander("trace", demande)
    assert reponse.status_code == 200, reponse.json()
    par_commune = reponse.json()["trace"]["aide_logement<2026-11>"]["value"]
    assert any("zone II" in dit for dit in reponse.json()["limpide"]["suppositions"]["famille1"])
    valeurs = {}
    for zone in ("zone_2", "zone_3"):
        demande["menages"]["m"]["zone_apl"] = {"2026-11": zone}
        valeurs[zone] = demander("trace", demande).json()["trace"]["aide_logement<2026-11>"]["value"]
    assert par_commune == valeurs["zone_2"] != valeurs["zone_3"]


def test_une_date_vaut_quelle_que_soit_la_periode_sous_laquelle_elle_est_dite() -> None:
    demande = mere(salaire_imposable={"2024": 18000})
    demande["individus"]["enfant1"]["date_naissance"] = {"2026-11": "2018-05-02"}
    demande["individus"]["enfant2"]["date_naissance"] = {"2026-11": "2021-11-20"}
    demande["familles"]["famille1"]["af"] = {"2026-11": None, "2026-03": None}
    reponse = demander("calculate", demande)
    assert reponse.status_code == 200, reponse.json()
    assert reponse.json()["familles"]["famille1"]["af"] == {"2026-11": 153.01, "2026-03": 151.8}


def test_les_charges_du_logement_ne_changent_rien() -> None:
    demande = seul_avec()
    demande["menages"]["m"]["charges_locatives"] = {"2026-11": 50}
    assert rsa(demande) == 651.69


def test_deux_foyers_fiscaux_comptent_tous_les_deux() -> None:
    demande = mere(salaire_imposable={"2024": 18000})
    demande["individus"]["pere"] = {"salaire_imposable": {"2024": 90_000}}
    demande["familles"]["famille1"]["parents"].append("pere")
    demande["foyers_fiscaux"] = {
        "a": {"declarants": ["parent1"], "personnes_a_charge": ["enfant1", "enfant2"]},
        "b": {"declarants": ["pere"]},
    }
    reponse = demander("calculate", demande)
    assert reponse.status_code == 200, reponse.json()
    assert reponse.json()["familles"]["famille1"]["af"] == {"2026-11": 76.51}
    demande["foyers_fiscaux"]["b"]["f4ba"] = {"2024": 9000}
    reponse = demander("calculate", demande)
    assert reponse.status_code == 400
    assert "f4ba de b" in reponse.json()["familles"]["famille1"]["af"]["2026-11"]


def test_ce_qui_manque_a_un_droit_lu_par_un_autre_est_a_qui_le_premier_le_demande() -> None:
    demande = mere(salaire_imposable={"2024": 18000}, salaire_net={"2026": 12000}, activite={"2026": "actif"})
    famille = demande["familles"]["famille1"]
    famille |= {"asf": {"2026-11": None}, "ppa": {"2026-11": None}, "aide_logement": SANS_AIDE}
    demande["menages"] = {
        "m": {"personne_de_reference": ["parent1"], "statut_occupation_logement": {"2026": "locataire_vide"}}
    }
    refus = demander("calculate", demande).json()["familles"]["famille1"]
    assert set(refus) == {"asf", "ppa"}
    for droit in refus.values():
        assert "sans : soutien_autre_parent (enfant1 et enfant2)." in droit["2026-11"]
