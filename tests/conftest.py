"""Loaded before Django's settings: the run's data folder first, then the bench's fixtures."""

import pytest

from tests.banc import lieu

lieu.installer()

pytest_plugins = ["tests.banc.base", "tests.banc.navigateur"]


def pytest_configure(config: pytest.Config) -> None:
    import django

    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    lieu.effacer()
