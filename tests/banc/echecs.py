"""A failure is told when it happens: a run cut before its summary has still named what failed."""

import pytest


class Annonce:
    """In the controller (or the only process): each failed report, whole, as soon as it is known."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        ecran = self.config.pluginmanager.get_plugin("terminalreporter")
        if not report.failed or ecran is None:
            return
        ecran.write_line("")
        ecran.write_line(f"ÉCHEC ({report.when}) {report.nodeid}", red=True)
        report.toterminal(ecran._tw)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Annonce(config), "annonce-des-echecs")
