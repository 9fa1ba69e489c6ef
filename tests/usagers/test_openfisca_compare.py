"""OpenFisca-France's own web API and ours, asked the same: what a client of one reads from the other."""

import json
import subprocess
from typing import Any

import pytest
from django.test import Client

from limpide.droits.noms_openfisca import PLURIELS, noms_openfisca
from limpide.droits.openfisca.specification import EXEMPLE
from limpide.usagers.debit import Debit
from limpide.usagers.views import openfisca as vues
from tests.usagers.test_openfisca import RACINE, demander

OPENFISCA = """
import datetime, enum, json, sys
from openfisca_france import FranceTaxBenefitSystem
from openfisca_web_api.app import create_app
loi = FranceTaxBenefitSystem()
client = create_app(loi).test_client()
reponses = []
for adresse, corps in json.load(sys.stdin):
    if corps is None:
        reponse = client.get(adresse)
    else:
        reponse = client.post(adresse, data=corps, content_type="application/json")
    reponses.append([reponse.status_code, reponse.get_json(silent=True), list(reponse.headers.keys())])
def simple(d):
    return d.name if isinstance(d, enum.Enum) else d.isoformat() if isinstance(d, datetime.date) else d
noms = {nom: [v.entity.key, simple(v.default_value)] for nom, v in loi.variables.items()}
json.dump([reponses, noms], sys.stdout)
"""
SANS_AIDE = {"2023": 0, "2024": 0}


def salaries(*annuels: float) -> dict[str, Any]:
    """A couple with three children over three, of whom only the taxable pay of the year before last is told."""
    demande = ecoliers(af={"2024-09": None}, cf={"2024-09": None})
    demande["familles"]["f"].pop("prestations_familiales_base_ressources")
    demande["individus"] |= {"petit": {"age": {"2024": 9}}}
    demande["familles"]["f"]["enfants"].append("petit")
    demande["foyers_fiscaux"]["d"]["personnes_a_charge"].append("petit")
    demande["menages"]["m"]["enfants"] = demande["familles"]["f"]["enfants"]
    for nom, euros in zip(("pere", "mere"), annuels, strict=True):
        demande["individus"][nom]["salaire_imposable"] = {"2022": euros}
    return demande


def parent_seul(personne: dict[str, Any], **famille: Any) -> dict[str, Any]:
    """A mother and her child of sixteen months, with the incomes of neither."""
    return {
        "individus": {
            "mere": {"date_naissance": {"ETERNITY": "1990-01-01"}, "salaire_net": SANS_AIDE} | personne,
            "enfant": {"date_naissance": {"ETERNITY": "2023-02-01"}},
        },
        "familles": {
            "f": {
                "parents": ["mere"], "enfants": ["enfant"], "aide_logement": SANS_AIDE,
                "asf": {"2023": 1200, "2024": 1200}, "prestations_familiales_base_ressources": {"2024-06": 0},
                "rsa": {"2024-06": None},
            } | famille
        },
        "foyers_fiscaux": {"d": {"declarants": ["mere"], "personnes_a_charge": ["enfant"]}},
        "menages": {
            "m": {
                "personne_de_reference": ["mere"], "enfants": ["enfant"],
                "statut_occupation_logement": {"2024-06": "locataire_vide"},
            }
        },
    }  # fmt: skip


def ecoliers(**famille: Any) -> dict[str, Any]:
    """A couple with two children at school, whose ages are given."""
    return {
        "individus": {
            "pere": {"age": {"2024": 40}}, "mere": {"age": {"2024": 38}},
            "ainee": {"age": {"2024": 15}}, "cadet": {"age": {"2024": 14}},
        },
        "familles": {
            "f": {
                "parents": ["pere", "mere"], "enfants": ["ainee", "cadet"],
                "prestations_familiales_base_ressources": {f"2024-{mois:02d}": 10000 for mois in range(1, 13)},
            } | famille
        },
        "foyers_fiscaux": {"d": {"declarants": ["pere", "mere"], "personnes_a_charge": ["ainee", "cadet"]}},
        "menages": {"m": {"personne_de_reference": ["pere"], "conjoint": ["mere"], "enfants": ["ainee", "cadet"]}},
    }  # fmt: skip


VALEURS = [
    parent_seul({"aah": {"2023": 12000, "2024": 12000}}),
    parent_seul({"caah": {"2023": 1200, "2024": 1200}}),
    parent_seul({}, paje_base={"2024-06": None}, rsa_montant={"2024-06": None}),
    parent_seul({}, aide_logement={"month:2023-11:8": 1600}),
    parent_seul({"salaire_net": {"month:2023-11:8": 2400}}),
    parent_seul({"salaire_de_base": {"2024": 0}, "statut_marital": {"2024": "celibataire"}}),
    ecoliers(af={"month:2024-09": None}, af_base={"2024-09": None}, af_majoration={"2024-09": None}),
    ecoliers(ars={"2024": None}),
    salaries(30_000, 0),
    salaries(30_000, 28_000),
    salaries(50_000, 20_000),
    {"individus": {"seul": {"date_naissance": {"ETERNITY": "1990-01-01"}, "aah": {"2024-06": None}}}},
]
"""Requests that both answer, with the same values."""


def change(entite: str, instance: str, **variables: Any) -> dict[str, Any]:
    """The example, where an instance says something else."""
    demande: dict[str, Any] = json.loads(json.dumps(EXEMPLE))
    demande.setdefault(entite, {}).setdefault(instance, {}).update(variables)
    return demande


def famille(**variables: Any) -> dict[str, Any]:
    return change("familles", "famille1", **variables)


REFUS: list[Any] = [
    ecoliers(toto={"2024-06": 3}),
    ecoliers(aah={"2024-06": None}),
    ecoliers(loyer_inconnu={"2024-06": None}),
    ecoliers(salaire_de_base={"2024-06": 0}),
    famille(toto={"2026-11": None}),
    famille(cousins=["enfant1"]),
    famille(af={"novembre": None}),
    famille(cf={"novembre": 1}),
    famille(cf={"2026-13": 1}),
    famille(cf={"2026-11": "abc"}),
    famille(cf={"2026-11": {"a": 1}}),
    famille(cf=12),
    famille(parents=["inconnu"]),
    famille(parents={"a": 1}),
    famille(parents=[1]),
    famille(enfants=["parent1", "enfant1", "enfant2"]),
    famille(parents=["parent1", "enfant1", "enfant2"], enfants=[]),
    change("individus", "parent1", age={"2026-11": "vieux"}),
    change("individus", "parent1", date_naissance={"ETERNITY": "1990-13-45"}),
    change("menages", "m", personne_de_reference=["parent1"], statut_occupation_logement={"2026-11": "lune"}),
    EXEMPLE | {"maisons": {}},
    EXEMPLE | {"familles": []},
    EXEMPLE | {"familles": {"famille1": []}},
    EXEMPLE | {"individus": {}},
    EXEMPLE | {"individus": []},
    {},
    [],
    None,
    "'",
    "{",
]
"""What both refuse, with the same status, at the same path; a text is sent as it is."""
CATALOGUES = [
    "/variables", "/variable/af", "/variable/aah", "/variable/ars", "/variable/aide_logement", "/variable/af_base",
    "/variable/statut_occupation_logement", "/variable/date_naissance", "/variable/salaire_net", "/variable/inconnue",
    "/parameters", "/parameter/inconnu", "/entities", "/spec",
]  # fmt: skip
NOEUDS = {
    "/parameter/prestations_sociales/prestations_familiales/bmaf/bmaf": "/parameter/bases/bmaf",
    "/parameter/prestations_sociales.prestations_familiales.bmaf.bmaf": "/parameter/bases.bmaf",
    "/parameter/prestations_sociales/prestations_familiales/bmaf": "/parameter/bases",
}
"""Their parameters and ours that are alike: one of a value, by both of its names, and a folder."""


@pytest.fixture(autouse=True)
def _debit_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has the rate for itself."""
    monkeypatch.setattr(vues, "DEBIT", Debit(par_seconde=1000.0, reserve=1000))


@pytest.mark.long
@pytest.mark.openfisca
def test_un_client_d_openfisca_lit_les_memes_formes() -> None:
    """The same requests to OpenFisca-France's own web API: same status, same keys, same value. One start for all."""
    deux = ecoliers(af={"2024-09": None})
    deux["individus"]["seul"] = {"age": {"2024": 40}, "aah": {"2024-09": None}}
    deux["familles"]["g"] = {"parents": ["seul"]}
    postees = [("/calculate", EXEMPLE), ("/trace", EXEMPLE), ("/trace", deux)]
    postees += [("/calculate", corps) for corps in VALEURS]
    postees += [(adresse, corps) for corps in REFUS for adresse in ("/calculate", "/trace")]
    questions: list[tuple[str, str | None]] = [(adresse, None) for adresse in (*CATALOGUES, *NOEUDS)]
    questions += [(adresse, corps if isinstance(corps, str) else json.dumps(corps)) for adresse, corps in postees]
    reponses, noms = _openfisca(questions)
    for (adresse, corps), (statut, lu, entetes) in zip(questions, reponses, strict=True):
        notre = NOEUDS.get(adresse, adresse)
        nous = demander(notre[1:], corps) if corps is not None else Client().get(f"/openfisca{notre}")
        assert nous.status_code == statut, (adresse, corps, nous.json(), lu)
        assert {e for e in entetes if e.startswith(("Country", "Access"))} <= set(nous.headers)
        if corps is None:
            _comparer_les_catalogues(adresse, nous.json(), lu)
        elif statut != 200:
            assert _formes(nous.json()) == _formes(lu), corps
        elif adresse == "/trace":
            _comparer_les_traces(nous.json(), lu)
        else:
            _comparer(nous.json(), lu, corps)
    assert {nom: [v.entite, v.defaut] for nom, v in noms_openfisca().items()} == {
        nom: [PLURIELS[entite], defaut] for nom, (entite, defaut) in noms.items()
    }


def _openfisca(questions: list[tuple[str, str | None]]) -> Any:
    python = RACINE / ".venv-openfisca" / "bin" / "python"
    fini = subprocess.run(
        [str(python), "-W", "ignore", "-c", OPENFISCA],
        input=json.dumps(questions), capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return json.loads(fini.stdout)


def _comparer(nous: Any, lu: Any, quoi: str) -> None:
    """The same objects, the same values to the cent and a half (OpenFisca counts in float32, and rounds less)."""
    if isinstance(lu, dict):
        assert nous.keys() == lu.keys(), quoi
        for cle, valeur in lu.items():
            _comparer(nous[cle], valeur, quoi)
    elif isinstance(lu, float):
        assert nous == pytest.approx(lu, abs=0.015), quoi
    else:
        assert nous == lu, quoi


def _comparer_les_traces(nous: Any, lu: Any) -> None:
    """The same keys everywhere; the values asked for, one by instance; the parameters that the calculation read."""
    assert set(nous) == {*lu, "limpide"}
    assert nous["entitiesDescription"].keys() == lu["entitiesDescription"].keys()
    assert nous["requestedCalculations"] == lu["requestedCalculations"]
    for entite in ("individus", "familles"):
        assert nous["entitiesDescription"][entite] == lu["entitiesDescription"][entite]
    [cles] = {frozenset(etape) for etape in lu["trace"].values()}
    assert {frozenset(etape) for etape in nous["trace"].values()} == {cles | {"label", "references"}}
    for nom in lu["requestedCalculations"]:
        notre, leur = nous["trace"][nom], lu["trace"][nom]
        assert {cle: type(notre[cle]) for cle in leur} == {cle: type(leur[cle]) for cle in leur}
        assert len(notre["value"]) == len(leur["value"])
        for valeur, la_leur in zip(notre["value"], leur["value"], strict=True):
            assert valeur is None or valeur == pytest.approx(la_leur, abs=0.01)
    assert any(valeur is not None for nom in lu["requestedCalculations"] for valeur in nous["trace"][nom]["value"])
    lues = {valeur for etape in lu["trace"].values() for cle, valeur in etape["parameters"].items() if "bmaf<" in cle}
    assert lues == {
        v for e in nous["trace"].values() for c, v in e["parameters"].items() if c.startswith("bases.bmaf<")
    }


FACULTATIVES = {"documentation", "source", "references", "formulas", "possibleValues"}
"""Keys that OpenFisca writes of a variable or of a parameter where there is something to say."""


def _comparer_les_catalogues(adresse: str, nous: Any, lu: Any) -> None:
    if lu is None:  # a page of Flask says that there is none: ours says it in JSON
        assert set(nous) == {"error"}
    elif adresse in ("/variables", "/parameters"):
        assert _formes(next(iter(nous.values()))) == _formes(next(iter(lu.values())))
    elif adresse == "/entities":
        assert nous.keys() == lu.keys()
        for entite, sienne in lu.items():
            assert set(nous[entite]) == set(sienne)
            for role, dit in sienne.get("roles", {}).items():
                assert set(nous[entite]["roles"][role]) == set(dit)
                assert {c: nous[entite]["roles"][role].get(c) for c in ("plural", "max")} == {
                    c: dit.get(c) for c in ("plural", "max")
                }
    elif adresse == "/spec":
        assert set(nous["paths"]) == set(lu["paths"])
        assert {chemin: set(verbes) for chemin, verbes in nous["paths"].items()} == {
            chemin: set(verbes) for chemin, verbes in lu["paths"].items()
        }
    elif adresse in NOEUDS:
        assert set(nous) - FACULTATIVES == set(lu) - FACULTATIVES
        assert {type(v) for v in nous.get("values", {}).values()} <= {int, float}
        assert {frozenset(p) for p in nous.get("subparams", {}).values()} == {
            frozenset(p) for p in lu.get("subparams", {}).values()
        }
    else:
        memes = ("id", "valueType", "entity", *(("definitionPeriod",) if "formulas" in lu else ()))
        assert {c: nous[c] for c in memes} == {c: lu[c] for c in memes}
        assert set(nous) - FACULTATIVES == set(lu) - FACULTATIVES
        for formule in nous.get("formulas", {}).values():
            assert {"source", "content"} <= set(formule) <= {"source", "content", "documentation"}


def _formes(valeur: Any) -> Any:
    """Keys and kinds, without the values."""
    if isinstance(valeur, dict):
        return {cle: _formes(v) for cle, v in valeur.items()}
    if isinstance(valeur, list):
        return [_formes(v) for v in valeur]
    return "nombre" if isinstance(valeur, int | float) and not isinstance(valeur, bool) else type(valeur).__name__
