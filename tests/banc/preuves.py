"""Proofs: every run of the tests leaves the result of those that show a claim, for `limpide preuves` to read."""

import datetime
import json
from typing import Any

import pytest

from limpide.registre.preuves.resultats import PAR_DEFAUT, Essai, ecrire, empreinte_du_code, systemes_de

PROPRIETE = "preuve"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a test shows travels with its report, from the workers to the controller."""
    for item in items:
        if (declaree := affirmation(item)) is not None:
            item.user_properties.append((PROPRIETE, json.dumps(declaree)))


def affirmation(item: pytest.Item) -> dict[str, Any] | None:
    """The sentence of the mark, and the systems and checks it is about; None without a mark."""
    marque = item.get_closest_marker("preuve")
    if marque is None:
        return None
    phrase = str(marque.args[0])
    return {
        "phrase": phrase,
        "systemes": systemes_de(phrase, marque.kwargs.get("systemes", ())),
        "controles": sorted(marque.kwargs.get("controles", ())),
    }


class Releve:
    """Gathers the results in the controller (or the only process) and writes them at the end."""

    def __init__(self) -> None:
        self.essais: dict[str, Essai] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        declaree = dict(report.user_properties).get(PROPRIETE)
        if declaree is None or (report.when != "call" and report.passed):
            return
        deja = self.essais.get(report.nodeid)
        champs = json.loads(str(declaree))
        self.essais[report.nodeid] = Essai(
            test=report.nodeid,
            phrase=champs["phrase"],
            systemes=tuple(champs["systemes"]),
            controles=tuple(champs["controles"]),
            reussi=report.passed and (deja is None or deja.reussi),
            duree=round(report.duration + (deja.duree if deja else 0.0), 3),
            quand=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            code=empreinte_du_code(),
        )

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.essais:
            ecrire(session.config.rootpath / PAR_DEFAUT, self.essais.values())


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Releve(), "releve-des-preuves")
