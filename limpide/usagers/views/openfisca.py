"""The addresses of OpenFisca's web API: JSON in, JSON out, nobody known and nothing kept."""

import functools
import json
import math
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from limpide import __version__
from limpide.droits import openfisca
from limpide.droits.fautes import en_francais
from limpide.registre.vues import sans_donnees
from limpide.usagers.debit import Debit

SANS_TRACE = "Calcul anonyme : la situation reçue n'est enregistrée nulle part."
CATALOGUE = "Catalogue public de la loi, sans donnée personnelle."
DEBIT = Debit(par_seconde=5.0, reserve=50)
PROFONDEUR_AU_PLUS = 12

Vue = Callable[..., HttpResponse]


def _adresse(request: HttpRequest) -> str:
    """Address of the API, with its last slash."""
    return request.build_absolute_uri(reverse("usagers:openfisca"))


def _repondre(contenu: Any, statut: int = 200) -> JsonResponse:
    reponse = JsonResponse(contenu, status=statut, safe=False, json_dumps_params={"ensure_ascii": False})
    # Anonymous figures of the law: any page may ask for them, without our cookies.
    reponse["Access-Control-Allow-Origin"] = "*"
    reponse["Country-Package"], reponse["Country-Package-Version"] = "limpide", __version__
    reponse["Cache-Control"] = "no-store" if statut != 200 else "no-cache"
    return reponse


def _refuser(message: str, statut: int) -> JsonResponse:
    return _repondre({"error": message}, statut)


def adresse(verbe: str) -> Callable[[Vue], Vue]:
    """One address of the API: its verb, the rate allowed, errors in JSON."""

    def decorer(vue: Vue) -> Vue:
        @functools.wraps(vue)
        def servir(request: HttpRequest, *arguments: Any, **nommes: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                reponse = HttpResponse(status=204)
                reponse["Access-Control-Allow-Origin"] = "*"
                reponse["Access-Control-Allow-Methods"] = f"{verbe}, OPTIONS"
                reponse["Access-Control-Allow-Headers"] = "Content-Type"
                return reponse
            if request.method not in {verbe, "HEAD" if verbe == "GET" else verbe}:
                reponse = _refuser(f"Cette adresse répond à {verbe}.", 405)
                reponse["Allow"] = f"{verbe}, OPTIONS"
                return reponse
            if attente := DEBIT.attendre(request.META.get("REMOTE_ADDR", "")):
                reponse = _refuser("Trop de demandes à la fois : attendez quelques secondes.", 429)
                reponse["Retry-After"] = str(math.ceil(attente))
                return reponse
            return vue(request, *arguments, **nommes)

        return servir

    return decorer


def _lire(request: HttpRequest) -> Any:
    """The JSON of the request; a response in JSON that says what is wrong with it otherwise."""
    if request.content_type not in ("application/json", ""):
        return _refuser("La demande s'envoie en JSON (Content-Type: application/json).", 415)
    try:
        texte = request.body.decode("utf-8")
    except RequestDataTooBig:
        return _refuser("La demande dépasse un million d'octets.", 413)
    except UnicodeDecodeError:
        return _refuser("Invalid JSON: la demande n'est pas écrite en UTF-8.", 400)
    try:
        return json.loads(texte, parse_constant=_refuser_constante)
    except (ValueError, RecursionError) as erreur:
        ou = f", ligne {erreur.lineno}, colonne {erreur.colno}" if isinstance(erreur, json.JSONDecodeError) else ""
        return _refuser(f"Invalid JSON: {_court(en_francais(erreur))}{ou}", 400)


def _refuser_constante(mot: str) -> Any:
    raise ValueError(f"{mot} n'est pas un nombre")


def _court(texte: str) -> str:
    return texte if len(texte) <= 120 else texte[:120] + "…"


def _calculer(request: HttpRequest, calcul: Callable[[Any], dict[str, Any]]) -> HttpResponse:
    lu = _lire(request)
    if isinstance(lu, HttpResponse):
        return lu
    try:
        return _repondre(calcul(lu))
    except openfisca.Refus as refus:
        return _repondre(refus.erreur, refus.code)


@sans_donnees(CATALOGUE)
@adresse("GET")
def accueil(request: HttpRequest) -> HttpResponse:
    """What this is and where to read more: status 300, as OpenFisca answers."""
    texte = (
        "Limpide, au format de l'interface web d'OpenFisca. La description de ses adresses est à "
        f"{_adresse(request)}spec"
    )
    return _repondre({"welcome": texte}, 300)


# Exempt from the CSRF token: anonymous, no cookie is read and nothing is changed; there is no effect to forge.
@csrf_exempt
@sans_donnees(SANS_TRACE)
@adresse("POST")
def calculate(request: HttpRequest) -> HttpResponse:
    """The situation with its values."""
    return _calculer(request, openfisca.calculer)


@csrf_exempt
@sans_donnees(SANS_TRACE)
@adresse("POST")
def trace(request: HttpRequest) -> HttpResponse:
    """The steps of the values, and our explanation."""
    return _calculer(request, openfisca.tracer_situation)


@sans_donnees(CATALOGUE)
@adresse("GET")
def variables(request: HttpRequest) -> HttpResponse:
    """Every variable."""
    return _repondre(openfisca.variables_publiees(_adresse(request)))


@sans_donnees(CATALOGUE)
@adresse("GET")
def variable(request: HttpRequest, nom: str) -> HttpResponse:
    """One variable."""
    trouvee = openfisca.variable(nom)
    return _refuser("Aucune variable de ce nom.", 404) if trouvee is None else _repondre(trouvee)


@sans_donnees(CATALOGUE)
@adresse("GET")
def parameters(request: HttpRequest) -> HttpResponse:
    """Every parameter."""
    return _repondre(openfisca.parametres_publies(_adresse(request)))


@sans_donnees(CATALOGUE)
@adresse("GET")
def parameter(request: HttpRequest, nom: str) -> HttpResponse:
    """One parameter."""
    trouve = openfisca.parametre(nom)
    return _refuser("Aucun paramètre de ce nom.", 404) if trouve is None else _repondre(trouve)


@sans_donnees(CATALOGUE)
@adresse("GET")
def entities(request: HttpRequest) -> HttpResponse:
    """The entities."""
    return _repondre(openfisca.entites())


@sans_donnees(CATALOGUE)
@adresse("GET")
def spec(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    return _repondre(openfisca.specification(_adresse(request).rstrip("/")))
