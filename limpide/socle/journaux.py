"""Technical logs: one line per event, made of allowed keys only.

A key that is not on the list stops the test that wrote it and is dropped in production; a value that looks
like a NIR or an IBAN is masked. The journal of who read whose file is another thing: `limpide.registre`.
"""

import logging.config
import re
import sys
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

CLES_PERMISES = frozenset({
    "event", "level", "timestamp", "logger",  # what structlog itself adds
    "methode", "route", "code", "millisecondes",  # an access
    "commande", "traitement", "organisme", "mois", "liquidation", "etape", "nombre", "secondes", "octets",
    "fichier", "empreinte", "erreur", "migration", "port", "adresse", "version",
})  # fmt: skip

# Loose on purpose: a false alarm costs a masked number, a miss costs a person's identifier in a log.
NIR = re.compile(r"(?<!\d)[1-478][ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[ABab])(?:[ .]?\d{3}){2}(?:[ .]?\d{2})?(?!\d)")
IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")

Evenement = MutableMapping[str, Any]


class CleInterdite(ValueError):
    """A log call used a key that is not on the list: add it here, after checking that it names nobody."""


def refuser_les_cles_inconnues(_logger: Any, _methode: str, evenement: Evenement) -> Evenement:
    """Refuse what nobody has thought about: a log is a copy that escapes the register."""
    inconnues = sorted(cle for cle in evenement if cle not in CLES_PERMISES and not cle.startswith("_"))
    if inconnues:
        raise CleInterdite(f"clés refusées dans le journal technique : {', '.join(inconnues)}")
    return evenement


def masquer(texte: str) -> str:
    """Replace anything that looks like a NIR or an IBAN."""
    return IBAN.sub("[iban]", NIR.sub("[nir]", texte))


def masquer_les_valeurs(_logger: Any, _methode: str, evenement: Evenement) -> Evenement:
    for cle, valeur in evenement.items():
        if isinstance(valeur, str) and not cle.startswith("_"):
            evenement[cle] = masquer(valeur)
    return evenement


def sans_message_d_exception(_logger: Any, _methode: str, evenement: Evenement) -> Evenement:
    """Of an exception keep where it happened, not what it says: messages quote values."""
    exception = evenement.pop("exc_info", None)
    if exception:
        genre, _, trace = sys.exc_info() if exception is True else exception
        lieu = trace
        while lieu is not None and lieu.tb_next is not None:
            lieu = lieu.tb_next
        if genre is not None and lieu is not None:
            fichier = lieu.tb_frame.f_globals.get("__name__", "?")
            evenement["erreur"] = f"{genre.__name__} ({fichier}:{lieu.tb_lineno})"
    return evenement


def sans_arguments_etrangers(_logger: Any, _methode: str, evenement: Evenement) -> Evenement:
    """Lines of other libraries: Django attaches the request, with its address and its form, to its own."""
    for cle in ("stack_info", "positional_args", "request", "status_code"):
        evenement.pop(cle, None)
    return evenement


COMMUNS: list[Callable[..., Any]] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    sans_message_d_exception,
    sans_arguments_etrangers,
    refuser_les_cles_inconnues,
    masquer_les_valeurs,
]

# A person at a terminal reads lines; a collector reads JSON.
RENDU: Any = (
    structlog.dev.ConsoleRenderer(pad_event_to=0)
    if sys.stderr.isatty()
    else structlog.processors.JSONRenderer(ensure_ascii=False)
)

CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "ligne": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": COMMUNS,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                RENDU,
            ],
        },
    },
    "handlers": {"erreur_standard": {"class": "logging.StreamHandler", "formatter": "ligne"}},
    "root": {"handlers": ["erreur_standard"], "level": "WARNING"},
    "loggers": {
        "limpide": {"level": "INFO"},
        # These two quote the address asked for, query string included: our own access line replaces them.
        "django.request": {"level": "CRITICAL"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.server": {"handlers": [], "propagate": False},
    },
}


def configurer(configuration: dict[str, Any]) -> None:
    """Called by Django with LOGGING."""
    logging.config.dictConfig(configuration)
    structlog.configure(
        processors=[*COMMUNS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class JournalDesAcces:
    """One line per request: the route's pattern, never the address itself, which may hold a query."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite
        self.journal = structlog.get_logger("limpide.acces")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        debut = time.perf_counter()
        reponse = self.suite(request)
        trouve = request.resolver_match
        self.journal.info(
            "acces",
            methode=request.method,
            route=f"/{trouve.route}" if trouve else "(aucune)",
            code=reponse.status_code,
            millisecondes=round(1000 * (time.perf_counter() - debut)),
        )
        return reponse
