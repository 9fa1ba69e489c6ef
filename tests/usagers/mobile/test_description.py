"""The published description: valid OpenAPI 3.1, complete, kept by its fingerprint; the page for developers."""

from typing import Any

from django.test import Client
from openapi_spec_validator import validate

from limpide.registre.controles import adresses
from limpide.usagers.mobile import PREFIXE, problemes
from limpide.usagers.mobile.formes import FORMES


def lu() -> Any:
    return Client().get(f"{PREFIXE}openapi.json")


def test_the_document_is_valid_openapi_and_names_every_address() -> None:
    document = lu().json()
    validate(document)
    servies = {c for c, _ in adresses() if c.startswith(PREFIXE)} - {f"{PREFIXE}openapi.json"}
    assert len(servies) == len(document["paths"]) > 5
    texte = lu().content.decode()
    assert [forme for forme in FORMES if f"#/components/schemas/{forme}" not in texte] == []
    codes = {p.code for p in problemes.CATALOGUE}
    assert len(codes) == len(problemes.CATALOGUE)
    assert [c for c in codes - {"requete-incorrecte"} if f'"{c}"' not in texte] == []


def test_what_is_published_is_asked_again_by_its_fingerprint() -> None:
    for chemin in ("openapi.json", "conditions/"):
        reponse = Client().get(PREFIXE + chemin)
        assert (reponse["Cache-Control"], reponse.cookies) == ("no-cache", {})
        encore = Client().get(PREFIXE + chemin, headers={"if-none-match": reponse["ETag"]})
        assert (encore.status_code, encore.content) == (304, b"")
        assert Client().get(PREFIXE + chemin, headers={"if-none-match": '"autre"'}).status_code == 200


def test_each_problem_is_explained_where_its_type_leads() -> None:
    page = Client().get("/developpeurs/").content.decode()
    probleme = Client().get(f"{PREFIXE}moi/").json()
    assert probleme["type"] == "http://testserver/developpeurs/#jeton-refuse"
    assert [p.code for p in problemes.CATALOGUE if f'id="{p.code}"' not in page] == []


def test_a_closed_service_says_how_else_to_reach_the_caf(monkeypatch: Any) -> None:
    from limpide.registre import homologations

    monkeypatch.setattr(homologations._memoire, "decisions", list)
    reponse = Client().get(f"{PREFIXE}conditions/")
    assert (reponse.status_code, reponse.json()["code"]) == (503, "service-ferme")
    assert reponse.json()["autrement"]
    assert reponse["Content-Type"] == problemes.GENRE_DE_CONTENU
