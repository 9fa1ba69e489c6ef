"""The addresses of OpenFisca's web API: what its clients send and read, and what we refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from limpide import __version__
from limpide.droits.faits import NATURES
from limpide.droits.openfisca.specification import EXEMPLE
from limpide.usagers.debit import Debit
from limpide.usagers.views import openfisca as vues

RACINE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _debit_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has the rate for itself."""
    monkeypatch.setattr(vues, "DEBIT", Debit(par_seconde=1000.0, reserve=1000))


def demander(adresse: str, corps: Any) -> Any:
    texte = corps if isinstance(corps, str) else json.dumps(corps)
    return Client().post(f"/openfisca/{adresse}", texte, content_type="application/json")


def avec(**familles: Any) -> dict[str, Any]:
    """The example, where the family's variables are replaced or added."""
    situation: dict[str, Any] = json.loads(json.dumps(EXEMPLE))
    situation["familles"]["famille1"] |= familles
    return situation


def test_les_valeurs_demandees_reviennent_calculees_et_le_reste_intact() -> None:
    revenus = {"2026-11": 17000, "2026-03": 17000}
    demande = avec(
        af={"2026-11": None, "2026-03": None},
        af_crds={"2026-11": None},
        af_motif={"2026-11": None},
        prestations_familiales_base_ressources=revenus,
    )
    reponse = demander("calculate", demande)
    assert reponse.status_code == 200
    attendu = avec(
        af={"2026-11": 153.01, "2026-03": 151.8},
        af_crds={"2026-11": 0.76},
        af_motif={"2026-11": "OUVERT"},
        prestations_familiales_base_ressources=revenus,
    )
    assert reponse.json() == attendu
    assert reponse["Access-Control-Allow-Origin"] == "*"
    assert reponse["Cache-Control"] == "no-cache"
    assert (reponse["Country-Package"], reponse["Country-Package-Version"]) == ("limpide", __version__)
    assert reponse.cookies == {}


def test_deux_familles_se_calculent_chacune_avec_les_siens() -> None:
    demande = avec()
    demande["individus"]["seule"] = {"date_naissance": {"ETERNITY": "1980-01-01"}}
    sans_aide = {"2026": 0}
    demande["familles"]["autre"] = {
        "parents": ["seule"], "aide_logement": sans_aide, "rsa": {"2026-11": None}, "af": {"2026-11": None},
    }  # fmt: skip
    demande["menages"] = {
        "m": {"personne_de_reference": ["seule"], "statut_occupation_logement": {"2026-11": "sans_domicile"}}
    }
    reponse = demander("calculate", demande).json()
    assert reponse["familles"]["famille1"]["af"] == {"2026-11": 153.01}
    assert reponse["familles"]["autre"] == {
        "parents": ["seule"],
        "aide_logement": sans_aide,
        "rsa": {"2026-11": 651.69},
        "af": {"2026-11": 0.0},
    }


@pytest.mark.parametrize(
    ("demande", "code", "chemin", "dit"),
    [
        (avec(ppa_fictive={"2026-11": None}), 404, ("familles", "famille1", "ppa_fictive"), "il calcule : af, "),
        (avec(toto={"2026-11": 3}), 404, ("familles", "famille1", "toto"), "Ni OpenFisca-France ni Limpide"),
        (
            avec(crds_pfam={"2026-11": 3}),
            400,
            ("familles", "famille1", "crds_pfam"),
            "ne lit pas « crds_pfam »",
        ),
        (avec(biactivite={"2026-11": None}), 400, ("familles", "famille1", "biactivite", "2026-11"), "donnez sa"),
        (avec(aah={"2026-11": None}), 400, ("familles", "famille1", "aah"), "dans « individus »"),
        (avec(af={"2026": None}), 400, ("familles", "famille1", "af", "2026"), "n'est pas un mois"),
        (
            avec(af={"month:2026-09:3": None}),
            400,
            ("familles", "famille1", "af", "month:2026-09:3"),
            "n'est pas un mois",
        ),
        (avec(af={"2017-01": None}), 400, ("familles", "famille1", "af", "2017-01"), "n'est pas couvert"),
        (avec(af={"novembre": None}), 400, ("familles", "famille1", "af"), "Trouvé novembre ; attendu : une période"),
        (avec(af={"2026-11": [None]}), 400, ("familles", "famille1", "af", "2026-11"), "Une valeur est"),
        (avec(cf="beaucoup"), 400, ("familles", "famille1", "cf"), "une valeur par période"),
        (avec(cf={"2031": -1}), 400, ("familles", "famille1", "cf", "2031"), "positif ou nul"),
        (avec(cf={"2026-13": 1}), 400, ("familles", "famille1", "cf"), "Trouvé 2026-13 ; attendu : une période comme"),
        (avec(enfants=True), 400, ("familles", "famille1", "enfants"), "liste de ces identifiants"),
        (avec(parents=["inconnu"]), 400, ("familles", "famille1", "parents"), "un identifiant présent"),
        (avec(enfants=["enfant1", "enfant1"]), 400, ("familles", "famille1", "enfants"), "chaque personne une fois"),
        (avec(parents=["parent1", "enfant1", "enfant2"], enfants=[]), 400, ("familles", "famille1", "parents"), "2 au"),
        ({"individus": {}, "familles": {}}, 400, ("individus",), "non vide"),
        ({"personnes": {}}, 400, ("personnes",), "Entité inconnue"),
        ([], 400, ("error",), "objet dont les clés"),
    ],
)
@pytest.mark.parametrize("adresse", ["calculate", "trace"])
def test_un_refus_est_au_bout_de_son_chemin(
    adresse: str, demande: Any, code: int, chemin: tuple[str, ...], dit: str
) -> None:
    reponse = demander(adresse, demande)
    assert reponse.status_code == code
    message = reponse.json()
    for cle in chemin:
        assert list(message) == [cle]
        message = message[cle]
    assert dit in (message if isinstance(message, str) else "".join(message.values()))


def test_une_valeur_fausse_dit_ce_qui_etait_attendu() -> None:
    demande = avec()
    demande["individus"]["parent1"]["salaire_net"] = {"2026-08": "beaucoup"}
    attendu = "un montant en euros, positif ou nul"
    reponse = demander("calculate", demande)
    assert (reponse.status_code, reponse.json()) == (
        400,
        {"individus": {"parent1": {"salaire_net": {"2026-08": f"Trouvé beaucoup ; attendu : {attendu}."}}}},
    )


def test_un_fait_qui_manque_n_est_pas_pris_pour_zero() -> None:
    demande = avec(rsa={"2026-11": None})
    del demande["individus"]["parent1"]["date_naissance"]
    reponse = demander("calculate", demande)
    assert reponse.status_code == 400
    message = reponse.json()["familles"]["famille1"]["rsa"]["2026-11"]
    assert message.startswith("Ce droit ne se calcule pas sans : ")
    assert "date_naissance" in message


@pytest.mark.parametrize(
    ("corps", "genre", "code", "dit"),
    [
        (
            b"{",
            "application/json",
            400,
            "un nom entre guillemets doubles est attendu, ligne 1, colonne 2",
        ),
        (b"[" * 100_000, "application/json", 400, "Invalid JSON: trop de niveaux d'imbrication"),
        (b'{"a": ' + b"9" * 5000 + b"}", "application/json", 400, "Invalid JSON: un nombre a trop de chiffres"),
        ('{"individus": {}}'.encode("utf-16"), "application/json", 400, "UTF-8"),
        (b'{"individus": {"a": {"salaire_net": {"2026-11": NaN}}}}', "application/json", 400, "NaN"),
        (b'"\xff"', "application/json", 400, "UTF-8"),
        (b"a=b", "application/x-www-form-urlencoded", 415, "en JSON"),
        (b'"' + b"a" * 1_100_000 + b'"', "application/json", 413, "un million"),
    ],
    ids=["coupe", "profond", "chiffres", "utf16", "NaN", "latin1", "formulaire", "long"],
)
def test_un_corps_illisible_est_refuse_en_json(corps: bytes, genre: str, code: int, dit: str) -> None:
    reponse = Client().post("/openfisca/calculate", corps, content_type=genre)
    assert reponse.status_code == code
    assert dit in reponse.json()["error"]


def test_la_trace_nomme_ses_etapes_et_notre_explication_l_accompagne() -> None:
    reponse = demander("trace", avec(rsa={"2026-11": None}, aide_logement={"2026": 0})).json()
    assert sorted(reponse["requestedCalculations"]) == ["af<2026-11>", "rsa<2026-11>"]
    assert reponse["entitiesDescription"]["familles"] == ["famille1"]
    af = reponse["trace"]["af<2026-11>"]
    assert af["value"] == [153.01]
    for etape in reponse["trace"].values():
        assert set(etape) == {
            "dependencies", "parameters", "value", "calculation_time", "formula_time", "label", "references",
        }  # fmt: skip
        assert set(etape["dependencies"]) <= set(reponse["trace"])
    explication = reponse["limpide"]["explications"]["famille1"]["af"]["2026-11"]
    assert "153,01" in explication["conclusion"].replace("\u202f", " ")
    assert any("CSS L521-1" in etape["articles"] for etape in explication["etapes"])


def test_la_trace_dit_le_temps_mesure_de_chaque_etape() -> None:
    """In seconds, that of the run that gave the trace; `formula_time` is what its steps did not take."""
    demande = avec(
        quotient_familial={"2026-11": None},
        aide_logement_montant={"2026-11": None},
        aide_logement={"2026": 0},
        revenus_imposables_bruts={"2026-11": 17000},
    )
    for enfant in ("enfant1", "enfant2"):
        demande["individus"][enfant]["soutien_autre_parent"] = {"2026-11": "apporte"}
    demande["menages"] = {
        "m": {"personne_de_reference": ["parent1"], "statut_occupation_logement": {"2026-11": "sans_domicile"}}
    }
    reponse = demander("trace", demande)
    for temps in (e["calculation_time"] for e in reponse.json()["trace"].values()):
        assert 0 < temps < 60
    trace = reponse.json()["trace"]
    for etape in trace.values():
        dedans = sum(trace[nom]["calculation_time"] for nom in etape["dependencies"])
        assert etape["formula_time"] == pytest.approx(etape["calculation_time"] - dedans, rel=0.01, abs=1e-7)
    assert trace["quotient_familial<2026-11>"]["dependencies"] == []
    assert trace["aide_logement_montant<2026-11>"]["dependencies"] == ["apl<2026-11>", "alf<2026-11>", "als<2026-11>"]


def test_la_valeur_d_une_trace_est_celle_de_chaque_instance_dans_l_ordre() -> None:
    demande = avec(af={"2026-11": None})
    demande["familles"] = {"autre": {"parents": ["seule"]}} | demande["familles"]
    demande["individus"]["seule"] = {"date_naissance": {"ETERNITY": "1980-01-01"}}
    demande["individus"]["parent1"]["aah"] = {"2026-11": None}
    rien_de_demande = demander("trace", demande).json()
    assert rien_de_demande["entitiesDescription"]["familles"] == ["autre", "famille1"]
    assert rien_de_demande["trace"]["af<2026-11>"]["value"] == [None, 153.01]
    assert rien_de_demande["trace"]["aah<2026-11>"]["value"] == [0.0, 0.0, 0.0, None]
    demande["familles"]["autre"]["paje_base"] = {"2026-11": None}
    assert demander("trace", demande).json()["trace"]["af<2026-11>"]["value"] == [0.0, 153.01]


def test_un_dossier_de_parametres_est_un_noeud() -> None:
    noeud = Client().get("/openfisca/parameter/bases").json()
    assert set(noeud) == {"id", "description", "metadata", "source", "subparams"}
    assert noeud["subparams"]["bmaf"]["description"]
    assert "bases" not in Client().get("/openfisca/parameters").json()


def test_les_catalogues_disent_tout_ce_qui_se_lit_et_se_calcule() -> None:
    client = Client()
    variables = client.get("/openfisca/variables").json()
    assert set(NATURES) < set(variables)
    for nom in ("af", "rsa", "ppa", "salaire_net", "date_naissance", "statut_occupation_logement", "rsa_motif"):
        href = variables[nom]["href"]
        assert href == f"http://testserver/openfisca/variable/{nom}"
        assert client.get(href).json()["id"] == nom
    rsa = client.get("/openfisca/variable/rsa").json()
    assert (rsa["entity"], rsa["definitionPeriod"], rsa["valueType"]) == ("famille", "MONTH", "Float")
    assert any("L262-2" in article for article in rsa["references"])
    formule = next(iter(rsa["formulas"].values()))
    fichier, _, lignes = formule["source"].partition("#")
    debut, fin = (int(mot[1:]) for mot in lignes.split("-"))
    assert (RACINE / fichier).read_text().splitlines(keepends=True)[debut - 1 : fin] == formule["content"].splitlines(
        keepends=True
    )
    parametres = client.get("/openfisca/parameters").json()
    bmaf = client.get(parametres["bases.bmaf"]["href"]).json()
    assert bmaf["values"]["2025-04-01"] == 474.37
    assert client.get("/openfisca/parameter/paje_base/paje_base_mensuelle_gelee").json()["values"] == {
        "2013-04-01": 403.79, "2021-04-01": None,
    }  # fmt: skip
    assert bmaf["metadata"]["reference"]["2025-04-01"]
    assert client.get("/openfisca/parameter/bases.bmaf").json() == bmaf
    assert {e["plural"] for e in client.get("/openfisca/entities").json().values()} == {
        "individus",
        "familles",
        "foyers_fiscaux",
        "menages",
    }


@pytest.mark.parametrize("adresse", ["variable/rien", "parameter/bases/rien", "parameter/rsa/bmaf", "parameter/bmaf"])
def test_ce_qui_n_existe_pas_repond_en_json(adresse: str) -> None:
    reponse = Client().get(f"/openfisca/{adresse}")
    assert reponse.status_code == 404
    assert reponse.json()["error"].startswith("Aucun")


def test_un_verbe_de_trop_et_la_question_d_un_navigateur() -> None:
    assert Client().get("/openfisca/calculate").json() == {"error": "Cette adresse répond à POST."}
    avant = Client().options("/openfisca/calculate")
    assert (avant.status_code, avant["Access-Control-Allow-Methods"]) == (204, "POST, OPTIONS")


def test_trop_de_demandes_font_attendre(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vues, "DEBIT", Debit(par_seconde=0.1, reserve=2))
    statuts = [Client().get("/openfisca/entities").status_code for _ in range(3)]
    assert statuts == [200, 200, 429]
    assert Client().get("/openfisca/entities", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert int(Client().get("/openfisca/entities")["Retry-After"]) <= 10


def test_le_seau_se_remplit_avec_le_temps_et_oublie_les_plus_anciens() -> None:
    debit = Debit(par_seconde=2.0, reserve=1, adresses=2)
    assert debit.attendre("a", 0.0) == 0.0
    assert debit.attendre("a", 0.1) == pytest.approx(0.4)
    assert debit.attendre("a", 0.6) == 0.0
    debit.attendre("b", 0.7)
    debit.attendre("c", 0.7)
    assert debit.attendre("a", 0.7) == 0.0  # forgotten, hence full


def test_rien_n_est_enregistre(base: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert demander("calculate", EXEMPLE).status_code == 200
        assert demander("trace", EXEMPLE).status_code == 200
