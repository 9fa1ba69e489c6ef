"""Before serving: the register's checks, database included. Called by the web entry and `limpide serveur`."""

from django.core.checks import run_checks
from django.core.checks.messages import ERROR
from django.db import DEFAULT_DB_ALIAS, connections


class DemarrageRefuse(SystemExit):
    """The register and what would run don't agree; the message lists why."""


def verifier_demarrage() -> None:
    """Raise DemarrageRefuse unless every view, command, right and login agrees with the register."""
    messages = [m for m in run_checks(databases=[DEFAULT_DB_ALIAS]) if m.level >= ERROR]
    connections[DEFAULT_DB_ALIAS].close()  # a server forks after this: no connection may be shared
    if messages:
        lignes = "\n".join(f"- {m.msg}" + (f" ({m.hint})" if m.hint else "") for m in messages)
        raise DemarrageRefuse(f"Limpide ne démarre pas :\n{lignes}")
