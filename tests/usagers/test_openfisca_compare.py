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
    reponse = client.post(adresse, json=corps) if corps is not None else client.get(adresse)
    reponses.append([reponse.status_code, reponse.get_json(), list(reponse.headers.keys())])
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
REFUS = [
    ecoliers(toto={"2024-06": 3}),
    ecoliers(aah={"2024-06": None}),
    ecoliers(loyer_inconnu={"2024-06": None}),
    ecoliers(salaire_de_base={"2024-06": 0}),
]
"""Requests that both refuse, with the same status, at the same path."""
CATALOGUES = [
    "/variables", "/variable/af", "/variable/aah", "/variable/ars", "/variable/aide_logement", "/variable/af_base",
    "/variable/statut_occupation_logement", "/parameters", "/entities", "/spec",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _debit_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has the rate for itself."""
    monkeypatch.setattr(vues, "DEBIT", Debit(par_seconde=1000.0, reserve=1000))


@pytest.mark.long
@pytest.mark.openfisca
def test_un_client_d_openfisca_lit_les_memes_formes() -> None:
    """The same requests to OpenFisca-France's own web API: same status, same keys, same value. One start for all."""
    demande: dict[str, Any] = json.loads(json.dumps(EXEMPLE))
    questions = [("/calculate", demande), ("/trace", demande), *((adresse, None) for adresse in CATALOGUES)]
    questions += [("/calculate", corps) for corps in (*VALEURS, *REFUS)]
    reponses, noms = _openfisca(questions)
    for (adresse, corps), (statut, lu, entetes) in zip(questions, reponses, strict=True):
        nous = demander(adresse[1:], corps) if corps else Client().get(f"/openfisca{adresse}")
        assert nous.status_code == statut, (adresse, corps, nous.json(), lu)
        assert {e for e in entetes if e.startswith("Country")} <= set(nous.headers)
        if adresse == "/trace":
            _comparer_les_traces(nous.json(), lu)
        elif adresse != "/calculate":
            _comparer_les_catalogues(adresse, nous.json(), lu)
        elif statut == 200:
            _comparer(nous.json(), lu, json.dumps(corps))
        else:
            assert _formes(nous.json()) == _formes(lu)
    assert {nom: [v.entite, v.defaut] for nom, v in noms_openfisca().items()} == {
        nom: [PLURIELS[entite], defaut] for nom, (entite, defaut) in noms.items()
    }


def _openfisca(questions: list[tuple[str, Any]]) -> Any:
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
    assert set(lu) <= set(nous)
    assert nous["entitiesDescription"].keys() == lu["entitiesDescription"].keys()
    notre, leur = nous["trace"]["af<2026-11>"], lu["trace"]["af<2026-11>"]
    assert {"dependencies", "parameters", "value"} <= set(notre) & set(leur)
    assert notre["value"] == pytest.approx(leur["value"], abs=0.01)
    lues = {valeur for etape in lu["trace"].values() for cle, valeur in etape["parameters"].items() if "bmaf<" in cle}
    assert lues == {
        v for e in nous["trace"].values() for c, v in e["parameters"].items() if c.startswith("bases.bmaf<")
    }


def _comparer_les_catalogues(adresse: str, nous: Any, lu: Any) -> None:
    if adresse in ("/variables", "/parameters"):
        assert _formes(next(iter(nous.values()))) == _formes(next(iter(lu.values())))
    elif adresse == "/entities":
        assert nous.keys() == lu.keys()
        roles = [{c: set(e.get("roles", {})) for c, e in entites.items()} for entites in (nous, lu)]
        assert roles[0] == roles[1]
    elif adresse == "/spec":
        assert set(nous["paths"]) == set(lu["paths"])
    else:
        memes = ("id", "valueType", "entity", *(("definitionPeriod",) if "formulas" in lu else ()))
        assert {c: nous[c] for c in memes} == {c: lu[c] for c in memes}
        assert {"description", "defaultValue", "definitionPeriod"} <= set(nous) & set(lu)


def _formes(valeur: Any) -> Any:
    """Keys and kinds, without the values."""
    if isinstance(valeur, dict):
        return {cle: _formes(v) for cle, v in valeur.items()}
    if isinstance(valeur, list):
        return [_formes(v) for v in valeur]
    return "nombre" if isinstance(valeur, int | float) and not isinstance(valeur, bool) else type(valeur).__name__
