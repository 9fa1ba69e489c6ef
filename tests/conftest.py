"""Loaded before Django's settings: the run's data folder first, then the bench's fixtures."""

import os

import pytest

from tests.banc import lieu

lieu.installer()

pytest_plugins = ["tests.banc.base", "tests.banc.navigateur"]


def pytest_configure(config: pytest.Config) -> None:
    import django

    django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers must not read the settings before `lieu.installer()` has named their own database."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    lieu.effacer()
