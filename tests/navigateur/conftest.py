from typing import Any

import pytest


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    """The demonstration's world and its accounts."""
    from tests.banc.ecrans import peupler  # Django is not ready when this file is read

    return peupler()
