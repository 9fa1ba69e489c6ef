"""The least that Django can serve: one view, one query, one template, no middleware (`python -m bench.page_nue`).

Served by the same gunicorn as the site, on a database of its own connection, as a floor to compare with.
"""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

GABARIT = (
    "<!doctype html><html lang='fr'><head><title>Nue</title></head><body><h1>Bonjour</h1>"
    "<ul>{% for n in nombres %}<li>{{ n }}</li>{% endfor %}</ul></body></html>"
)


def page(request: HttpRequest) -> HttpResponse:
    """Ten numbers read in PostgreSQL, in a list."""
    from django.db import connection
    from django.template import engines

    with connection.cursor() as curseur:
        curseur.execute("SELECT n FROM generate_series(1, 10) AS n")
        nombres = [ligne[0] for ligne in curseur.fetchall()]
    return HttpResponse(engines["django"].from_string(GABARIT).render({"nombres": nombres}))


urlpatterns = [path("", page)]


def regler() -> None:
    """Settings of a project that has nothing but this page."""
    import importlib

    base = importlib.import_module("limpide.socle.base_de_donnees").configuration()["proprietaire"]
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="page-nue",  # noqa: S106 -- nothing is signed here
        DATABASES={"default": {**base, "CONN_MAX_AGE": 60}},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )


def servir(port: int, processus: int) -> None:
    """Serve until a signal."""
    regler()
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication

    class Nue(BaseApplication):
        def load_config(self) -> None:
            reglages: dict[str, Any] = {
                "bind": f"127.0.0.1:{port}", "workers": processus, "preload_app": True, "loglevel": "warning",
                "control_socket_disable": True,
            }  # fmt: skip
            for nom, valeur in reglages.items():
                self.cfg.set(nom, valeur)

        def load(self) -> Any:
            return get_wsgi_application()

    Nue().run()


if __name__ == "__main__":
    servir(int(sys.argv[1]), int(sys.argv[2]))
