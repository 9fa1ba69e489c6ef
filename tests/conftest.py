"""Loaded before Django's settings: the run's data folder first, then the bench's fixtures."""

import os

import hypothesis
import pytest

from tests.banc import lieu, modele, mots_de_passe

lieu.installer()

pytest_plugins = [
    "tests.banc.base",
    "tests.banc.navigateur",
    "tests.banc.preuves",
    "tests.banc.echecs",
    "tests.banc.ordre",
    "tests.banc.statiques",
]


def pytest_configure(config: pytest.Config) -> None:
    import django

    django.setup()
    mots_de_passe.alleger()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Workers must not read the settings before `lieu.installer()` has named their own database."""
    if not config.option.file_or_dir:
        modele.preparer_pendant_la_collecte()
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    lieu.effacer()


# The suite draws the same cases each time: a change is judged on what it changed. To explore further, and find what
# nobody thought of: LIMPIDE_EXPLORER=1 make test.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.register_profile("exploration", deadline=None, max_examples=500)
hypothesis.settings.load_profile("exploration" if os.environ.get("LIMPIDE_EXPLORER") else "suite")
