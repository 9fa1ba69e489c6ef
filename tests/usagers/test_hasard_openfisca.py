"""The OpenFisca-compatible addresses under requests drawn from their own published description.

Schemathesis writes requests that follow `/spec` and requests that break it; every answer must be one that the
description announces, of the announced shape, and never a failure of ours.
"""

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from limpide.droits.openfisca.specification import specification
from limpide.usagers.debit import Debit
from limpide.usagers.views import openfisca as vues

ADRESSES = [(chemin, verbe) for chemin, verbes in specification("")["paths"].items() for verbe in verbes]
CALCULS = [adresse for adresse in ADRESSES if adresse[1] == "post"]
SUIT, ENFREINT = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
TIRAGES = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def description(base: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What `/spec` publishes, the rate being that of a machine."""
    monkeypatch.setattr(vues, "DEBIT", Debit(par_seconde=1e6, reserve=1_000_000))
    return schemathesis.openapi.from_wsgi("/openfisca/spec", WSGIHandler())


@pytest.mark.parametrize(
    ("chemin", "verbe", "mode"),
    [*((*adresse, SUIT) for adresse in ADRESSES), *((*adresse, ENFREINT) for adresse in CALCULS)],
)
def test_every_answer_is_one_that_the_description_announces(
    description: Any, chemin: str, verbe: str, mode: GenerationMode
) -> None:
    codes: list[int] = []

    @TIRAGES
    @given(demande=description[chemin][verbe.upper()].as_strategy(generation_mode=mode))
    def repondre(demande: Any) -> None:
        # A situation of the right shape may still speak of nobody: that persons and families name each other is
        # beyond a JSON schema, and refused with the path of what is wrong.
        codes.append(demande.call_and_validate(excluded_checks=[positive_data_acceptance]).status_code)

    repondre()
    assert len(codes) >= 1
    if mode is ENFREINT:
        assert set(codes) <= {400, 404, 415}
