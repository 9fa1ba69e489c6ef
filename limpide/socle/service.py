"""gunicorn, run from our own process: the addresses asked for stay out of its log."""

from typing import Any

from gunicorn.app.base import BaseApplication


class Site(BaseApplication):
    """The site, loaded once before the workers are forked."""

    def __init__(self, reglages: dict[str, Any]) -> None:
        self.reglages = reglages
        super().__init__()

    def load_config(self) -> None:
        for nom, valeur in self.reglages.items():
            self.cfg.set(nom, valeur)

    def load(self) -> Any:
        from limpide.socle.wsgi import application

        return application


def servir(*, adresse: str, port: int, processus: int) -> None:
    """Serve until a signal; returns after a clean stop."""
    hote = f"[{adresse}]" if ":" in adresse else adresse
    reglages = {
        "bind": f"{hote}:{port}",
        "workers": processus,
        "preload_app": True,
        "accesslog": None,  # ours holds no address: journaux.JournalDesAcces
        "loglevel": "warning",
        "timeout": 60,
        "graceful_timeout": 10,
        "limit_request_line": 2048,
        "limit_request_fields": 60,
        "post_fork": _oublier_les_connexions,
        "control_socket_disable": True,
    }
    try:
        Site(reglages).run()
    except SystemExit as fin:
        if fin.code:
            raise


def _oublier_les_connexions(_arbitre: Any, _processus: Any) -> None:
    """A connection opened before the fork belongs to the parent: two processes must not speak on it."""
    from django.db import connections

    for connexion in connections.all(initialized_only=True):
        connexion.connection = None
