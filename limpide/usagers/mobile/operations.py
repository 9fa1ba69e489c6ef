"""One address, one operation: its verb, what it needs, its processing, the shapes that go in and out.

The same declaration gives the address, the guard, the line of the journal and the OpenAPI document.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from limpide.registre.vues import ouvre, pour_la_requete, sans_donnees
from limpide.usagers.mobile import CANAL, problemes
from limpide.usagers.mobile.corps import lire
from limpide.usagers.mobile.problemes import Probleme, Refus

LIBRE, SORTIE, PORTE, DOSSIER = "libre", "sortie", "porte", "dossier"
"""No token; a token, whatever the state of the access; a token, and an access neither suspended nor with a password to
change; the same, with the terms accepted and a point of contact confirmed: what is needed unless less is said."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What is declared of one address.

    `corps` and `reponse` name shapes of `formes`; with `fichiers`, files are sent instead of JSON; `refus`: its own
    problems, beyond those of its kind (`refus_de`).
    """

    chemin: str
    methode: str
    resume: str
    acces: str = DOSSIER
    traitements: tuple[str, ...] = ()
    sans_donnees: str = ""
    motif: str = ""
    corps: str = ""
    fichiers: bool = False
    reponse: str = ""
    statut: int = 200
    refus: tuple[Probleme, ...] = ()
    nom: str = ""
    explication: str = ""


OPERATIONS: dict[Operation, Callable[..., HttpResponse]] = {}


def operation(**declaree: Any) -> Callable[[Callable[..., Any]], Callable[..., HttpResponse]]:
    """Declare and guard. With a `motif`, its only processing is opened around the function, for the token's holder."""

    def decorer(fonction: Callable[..., Any]) -> Callable[..., HttpResponse]:
        quoi = Operation(nom=fonction.__name__, explication=fonction.__doc__ or "", **declaree)
        permises = ("GET", "HEAD") if quoi.methode == "GET" else (quoi.methode,)

        @functools.wraps(fonction)
        def repondre(request: HttpRequest, **parametres: Any) -> HttpResponse:
            if request.method not in permises:
                return problemes.repondre(request, problemes.METHODE, entetes={"Allow": ", ".join(permises)})
            try:
                if quoi.corps:
                    parametres["corps"] = lire(request, quoi.corps)
                return _en_json(_executer(quoi, fonction, request, parametres), quoi.statut)
            except Refus as refus:
                return refus.reponse(request)

        marquee = ouvre(*quoi.traitements) if quoi.traitements else sans_donnees(quoi.sans_donnees)
        # No cookie is read here (`canal`): without the token, a forged request has nothing to lean on.
        vue: Any = csrf_exempt(marquee(repondre))
        vue.operation = quoi
        OPERATIONS[quoi] = vue
        return vue

    return decorer


def _executer(quoi: Operation, fonction: Callable[..., Any], request: HttpRequest, parametres: dict[str, Any]) -> Any:
    if not quoi.motif:
        return fonction(request, **parametres)
    with pour_la_requete(request, quoi.traitements[0], f"{CANAL} : {quoi.motif}"):
        return fonction(request, **parametres)


def _en_json(contenu: Any, statut: int) -> HttpResponse:
    if isinstance(contenu, HttpResponse):
        return contenu
    reponse: HttpResponse = HttpResponse(status=statut)
    if contenu is not None:
        reponse = JsonResponse(contenu, status=statut, json_dumps_params={"ensure_ascii": False})
    else:
        del reponse["Content-Type"]
    reponse["Cache-Control"] = "no-store"
    return reponse


def refus_de(quoi: Operation) -> tuple[Probleme, ...]:
    """Every problem that this operation may answer, in the order of their status."""
    tous = [problemes.METHODE, problemes.TROP_DE_DEMANDES, problemes.FERME, problemes.PANNE, *quoi.refus]
    if quoi.corps:
        tous += [problemes.JSON_ILLISIBLE, problemes.TROP_LOURD, problemes.FORMAT, problemes.SAISIE]
    if quoi.fichiers:
        tous += [problemes.TROP_LOURD, problemes.FORMAT_FICHIERS, problemes.SAISIE]
    if quoi.acces != LIBRE:
        tous.append(problemes.SANS_JETON)
    if quoi.acces in (PORTE, DOSSIER):
        tous += [problemes.SUSPENDU, problemes.MOT_DE_PASSE, problemes.REFUSE]
    if quoi.acces == DOSSIER:
        tous += [problemes.CONDITIONS_A_LIRE, problemes.CONDITIONS_REFUSEES, problemes.SANS_CONTACT]
    if "<" in quoi.chemin:
        tous.append(problemes.INTROUVABLE)
    return tuple(sorted(set(tous), key=lambda p: (p.statut, p.code)))
