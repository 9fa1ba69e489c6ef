"""The curves of the simulator's result."""

import re
from typing import Any

from tests.usagers.test_simulateur import ADRESSE, TOUT
from tests.usagers.test_simulateur_logement import LOYER, SEULE


def test_the_result_draws_what_another_wage_or_other_children_would_give(client: Any) -> None:
    page = client.post(ADRESSE, TOUT | {"etape": "4"}).content.decode()
    for code, titres in (("salaire", 13), ("enfants", 6)):
        bloc = page[page.index(f'id="courbe-{code}"') :]
        bloc = bloc[: bloc.index("</details>")]
        assert bloc.count("<polygon") >= 2
        assert bloc.count('<th scope="row"') == titres
        assert 'role="img"' in bloc
    # At two children, the household of the answers: the curve says what the cards above say.
    ligne = bloc[bloc.index('<th scope="row">2</th>') :]
    total = re.search(r"lp-total__montant\">([^<]+)<", page)[1]
    allocations = re.search(r"fr-cell--right\">([^<]+)</td><td class=\"fr-cell--right\">([^<]+)<", ligne)[2]
    assert allocations in page
    assert total


def test_the_benefits_of_a_child_are_computed_again_at_each_number_of_children(client: Any) -> None:
    """The allocation de base that the cards show is a right of the curve, not an income that stays without a child."""
    seule = {n: v for n, v in TOUT.items() if not n.startswith("e1_")} | {"nombre_enfants": "1", "etape": "4"}
    page = client.post(ADRESSE, seule | {"e0_date_naissance": "10/01/2025"}).content.decode()
    bloc = page[page.index('id="courbe-enfants"') :].replace("\u00a0", " ")
    bloc = bloc[: bloc.index("</details>")]
    base = re.findall(r'<th scope="col"[^>]*>([^<]+)<', bloc).index("Allocation de base de la Paje")
    lignes = [re.findall(r"<td[^>]*>([^<]+)<", ligne) for ligne in bloc.split('<th scope="row">')[1:]]
    assert [ligne[base - 1] for ligne in lignes[:3]] == ["0,00 €", "198,16 €", "198,16 €"]
    assert len({ligne[0] for ligne in lignes}) == 1


def test_a_curve_that_nothing_can_fill_says_why_and_shows_no_table(client: Any) -> None:
    page = client.post(ADRESSE, SEULE | {"residence": "mayotte", "situations": [], "etape": "4"}).content.decode()
    bloc = page[page.index('id="courbe-salaire"') :]
    bloc = bloc[: bloc.index("</details>")]
    assert "Un agent de la Caf doit d&#x27;abord examiner la situation pour : " in bloc
    assert "<svg" not in bloc
    assert "<table" not in bloc


def test_the_curve_of_the_wage_says_what_it_takes_for_a_taxable_one(client: Any) -> None:
    pages = [client.post(ADRESSE, d | {"etape": "4"}).content.decode() for d in (LOYER, TOUT)]
    dit = "le salaire imposable de douze mois est pris égal au salaire net plus 3\u00a0%"
    assert [dit in page for page in pages] == [True, False]
