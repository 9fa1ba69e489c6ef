"""The simulator finds the zone of the dwelling from its postal code, and says which; it never asks it."""

import io
from typing import Any

import pytest
from django.http import QueryDict
from pypdf import PdfReader

from limpide.usagers.demande.reprise import reprendre
from tests.usagers.test_simulateur import ADRESSE, texte
from tests.usagers.test_simulateur_logement import LOYER, TU, lu

DEUX_ZONES = "01120"
"""Dagneux, La Boisse and Montluel are in zone II, the other communes of the code in zone III."""
CODE, COMMUNE = 'name="logement_code_postal"', 'name="logement_commune"'


def page(client: Any, **reponses: str) -> tuple[str, str]:
    """(the page, what is read of it) once the last part is sent with these answers on the place."""
    reponse = client.post(ADRESSE, LOYER | {"etape": "4"} | reponses)
    return reponse.content.decode(), texte(reponse)


@pytest.mark.parametrize(
    ("code", "zone", "dit"),
    [
        ("06000", "zone_2", "Nice est en zone II pour l'aide au logement (arrêté du 17 mars 1978, annexes)."),
        ("75 012", "zone_1", "Paris est en zone I pour"),
        ("20000", "zone_2", "Ajaccio est en zone II pour"),
        ("29000", "zone_3", "Quimper est en zone III pour"),
        ("67110", "zone_3", "Les communes du code postal 67110 sont en zone III pour"),
    ],
)
def test_a_postal_code_gives_the_zone_and_the_result_says_it(client: Any, code: str, zone: str, dit: str) -> None:
    foyer = lu(LOYER | {"logement_code_postal": code}).foyer
    assert foyer["zone_apl"][0] == int(zone[-1]) - 1
    html, lisible = page(client, logement_code_postal=code)
    assert dit in lisible
    assert COMMUNE not in html


def test_the_commune_is_asked_where_the_code_leaves_a_doubt(client: Any) -> None:
    html, lisible = page(client, logement_code_postal=DEUX_ZONES)
    assert "ne sont pas toutes dans la même zone : choisissez la vôtre" in lisible
    assert f'{CODE} value="{DEUX_ZONES}"' in html
    assert all(f'<option value="{nom}">' in html for nom in ("Dagneux", "Montluel"))
    assert "zone II" not in lisible
    for commune, zone in (("Dagneux", 1), ("Pizay", 2)):
        reponses = {"logement_code_postal": DEUX_ZONES, "logement_commune": commune}
        assert lu(LOYER | reponses).foyer["zone_apl"][0] == zone
        assert f"{commune} est en zone {'I' * (zone + 1)} pour" in page(client, **reponses)[1]
    # Another code, typed after: the name chosen for the first one is not taken for an answer.
    assert "choisissez la vôtre" in page(client, logement_code_postal="31450", logement_commune="Dagneux")[1]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("", "Écrivez le code postal, ou cochez"),
        ("0600", "Écrivez un code postal de cinq chiffres"),
        ("Nice", "Écrivez un code postal de cinq chiffres"),
        ("٠٦٠٠٠", "Écrivez un code postal de cinq chiffres"),
        ("99999", "Nous ne trouvons pas de commune qui ait ce code postal"),
        ("59039", "Un code « CEDEX », réservé au courrier des entreprises, ne convient pas"),
        ("97400", "Ce code postal est outre-mer (La Réunion), et vous avez répondu « France métropolitaine »"),
        ("97150", "Ce code postal est outre-mer (Saint-Martin)"),
    ],
)
def test_a_wrong_code_is_kept_and_explained(client: Any, code: str, message: str) -> None:
    html, lisible = page(client, logement_code_postal=code)
    assert lisible.count(message) >= 2, "in the summary and beside the field"
    assert not code or f'{CODE} value="{code}"' in html
    assert 'aria-invalid="true"' in html
    assert 'name="etape" value="4"' in html


def test_overseas_nothing_is_asked_and_the_zone_is_that_of_all(client: Any) -> None:
    ailleurs = LOYER | {"residence": "la_reunion"}
    assert CODE not in client.post(
        ADRESSE, ailleurs | {"etape": "3", "logement_code_postal": ""}
    ).content.decode().replace(f'type="hidden" {CODE}', "")
    assert lu(ailleurs).foyer["zone_apl"][0] == 1, "whatever was typed before for the métropole"
    assert "Toutes les communes d'outre-mer sont en zone II" in texte(client.post(ADRESSE, ailleurs | {"etape": "4"}))


def test_who_keeps_the_code_to_oneself_is_told_what_is_missing(client: Any) -> None:
    for reponses in (TU, TU | {"logement_code_postal": "0600"}):
        assert lu(LOYER | reponses).foyer["zone_apl"][0] < 0
        lisible = page(client, **reponses)[1]
        assert "Il manque : Zone de la commune pour l'aide au logement" in lisible
        assert "est en zone" not in lisible


def test_the_page_to_keep_says_the_zone_too(client: Any) -> None:
    for droit, dit in (("alf", True), ("ppa", False)):
        octets = client.post(ADRESSE, LOYER | {"etape": "4", "feuille": droit}).content
        lu = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(octets)).pages)
        assert ("Nice est en zone II" in " ".join(lu.split())) is dit


def test_nothing_of_the_place_is_said_of_who_was_not_asked(client: Any) -> None:
    lisible = texte(client.post(ADRESSE, LOYER | {"situations": [], "etape": "4"}))
    assert "Nice" not in lisible


@pytest.mark.parametrize(
    ("reponses", "zone"),
    [
        ({}, "zone_2"),
        ({"logement_code_postal": "75 012"}, "zone_1"),
        (TU, None),
        (TU | {"logement_code_postal": "06000"}, None),
    ],
)
def test_a_claim_takes_the_zone_that_was_found(reponses: dict[str, str], zone: str | None) -> None:
    donnees = QueryDict(mutable=True)
    donnees.update({n: v for n, v in (LOYER | reponses).items() if isinstance(v, str)})
    reprendre(donnees)
    assert donnees.get("f_zone_apl") == zone
