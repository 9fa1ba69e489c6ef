"""The curves of the simulator's result."""

import re
from typing import Any

from tests.usagers.test_simulateur import ADRESSE, TOUT


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
