"""Every view names its processing: three decorators, for functions and for class-based views.

`sous_traitement` opens the processing around the view and its template; `ouvre` names those that the view
opens by itself (login, pages with two purposes); `sans_donnees` says why a view touches no personal data.
A view with none of them stops the start (see `controles.py`).
"""

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator

from limpide.registre.au_nom_de import AuNomDe
from limpide.registre.collecte import registre
from limpide.registre.contexte import Acteur, HorsRegistre, traitement
from limpide.registre.declaration import DeclarationInvalide

Vue = TypeVar("Vue", bound=Callable[..., Any])
GENRES_A_SECOND_FACTEUR = ("agent", "dpd")


def acteur_de(request: HttpRequest) -> Acteur:
    """Who makes this request: kind, account number, service (what the citizen will see, never a name)."""
    compte: Any = getattr(request, "user", None)
    if compte is None or not compte.is_authenticated:
        return Acteur("visiteur", None, "Public")
    service = getattr(compte, "service", "") or _service_par_defaut(compte)
    return Acteur(str(compte.genre), int(compte.pk), str(service))


def _service_par_defaut(compte: Any) -> str:
    organisme = getattr(compte, "organisme_id", None)
    if compte.genre == "agent" and organisme:
        return f"Caf {organisme}"
    return {"allocataire": "Vous-même", "dpd": "Délégué à la protection des données"}.get(compte.genre, "")


def au_nom_de(request: HttpRequest) -> AuNomDe | None:
    """For whom this request is made, when it is not for oneself."""
    agit: AuNomDe | None = getattr(request, "au_nom_de", None)
    return agit


def personne_de(request: HttpRequest) -> int | None:
    """Whose data this request is about: the holder of the account, or the person for whom they act."""
    agit = au_nom_de(request)
    return getattr(request.user, "personne_id", None) if agit is None else agit.personne


def _portail(request: HttpRequest, cles: tuple[str, ...]) -> HttpResponseBase | None:
    """Where to send a visitor who must log in first; None when the request may go on."""
    genres = {genre for cle in cles for genre in registre().traitements[cle].genres}
    acteur = acteur_de(request)
    if acteur.genre == "visiteur" and "visiteur" not in genres:
        agents = genres <= {*GENRES_A_SECOND_FACTEUR, "systeme"}
        porte = getattr(settings, "CONNEXION_AGENTS_URL", settings.LOGIN_URL) if agents else settings.LOGIN_URL
        return redirect_to_login(request.get_full_path(), resolve_url(porte))
    verifie = getattr(request.user, "is_verified", None)
    if acteur.genre in GENRES_A_SECOND_FACTEUR and acteur.genre in genres and not (verifie is not None and verifie()):
        return redirect(getattr(settings, "SECOND_FACTEUR_URL", settings.LOGIN_URL))
    return None


@contextlib.contextmanager
def pour_la_requete(request: HttpRequest, cle: str, motif: str) -> Iterator[None]:
    """A processing for the account of this request, or in the name of whom they act for; then both are told."""
    compte: Any = request.user
    agit = au_nom_de(request)
    acteur, motif = (acteur_de(request), motif) if agit is None else (agit.acteur(compte.pk), agit.motif(motif))
    with traitement(
        cle,
        acteur=acteur,
        motif=motif,
        organisme=getattr(compte, "organisme_id", None),
        personne=personne_de(request),
        protecteur=None if agit is None else agit.protecteur,
    ) as cours:
        yield
        ecrit = cours.releve.a_ecrit
    if agit is not None and ecrit:
        agit.apres_un_acte()


def _executer(
    vue: Callable[..., Any], cle_de_la_vue: str, motif: str, request: HttpRequest, /, *args: Any, **kwargs: Any
) -> Any:
    """Positional only: the address may well have an argument of its own named `cle` or `motif`."""
    if (ailleurs := _portail(request, (cle_de_la_vue,))) is not None:
        return ailleurs
    try:
        with pour_la_requete(request, cle_de_la_vue, motif):
            reponse = vue(request, *args, **kwargs)
            if callable(getattr(reponse, "render", None)):
                reponse = reponse.render()  # a TemplateResponse would read rows after the processing
    except HorsRegistre as refus:
        # Refused and journalled; the visitor learns no more than « interdit ».
        raise PermissionDenied(str(refus)) from refus
    return reponse


def sous_traitement(cle: str, *, motif: str) -> Callable[[Vue], Vue]:
    """Open processing `cle` around the view: scope and actor come from the account of the request."""
    if not motif.strip():
        raise DeclarationInvalide(f"sous_traitement(« {cle} ») : le motif manque")

    def decorer(vue: Vue) -> Vue:
        def envelopper(fonction: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(fonction)
            def enveloppe(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
                return _executer(fonction, cle, motif, request, *args, **kwargs)

            return enveloppe

        if isinstance(vue, type):
            return cast("Vue", _marquer(method_decorator(envelopper, name="dispatch")(vue), (cle,), ""))
        return cast("Vue", _marquer(envelopper(vue), (cle,), ""))

    return decorer


def ouvre(*cles: str) -> Callable[[Any], Any]:
    """The view opens these processings itself. It isn't guarded here: each opening checks its actor."""
    if not cles:
        raise DeclarationInvalide("ouvre() : nommer au moins un traitement")
    return lambda vue: _marquer(_copie(vue), cles, "")


def ouvre_sous_garde(*cles: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`ouvre`, for a view that opens several processings: who must log in is sent there, who may not is refused."""

    def decorer(vue: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(vue)
        def gardee(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if (ailleurs := _portail(request, cles)) is not None:
                return ailleurs
            try:
                return vue(request, *args, **kwargs)
            except HorsRegistre as refus:
                raise PermissionDenied(str(refus)) from refus

        garde: Callable[..., Any] = ouvre(*cles)(gardee)
        return garde

    return decorer


def sans_donnees(raison: str) -> Callable[[Any], Any]:
    """The view touches no personal data, and why. Any query it made would be refused."""
    if not raison.strip():
        raise DeclarationInvalide("sans_donnees() : dire pourquoi la vue ne touche aucune donnée")
    return lambda vue: _marquer(_copie(vue), (), raison)


def _copie(vue: Any) -> Any:
    """Mark our own wrapper, not a third party's function that other URLs may share."""
    if isinstance(vue, type):
        return vue

    @functools.wraps(vue)
    def enveloppe(*args: Any, **kwargs: Any) -> Any:
        return vue(*args, **kwargs)

    return enveloppe


def _marquer(vue: Any, cles: tuple[str, ...], raison: str) -> Any:
    vue.registre_traitements = cles
    vue.registre_sans_donnees = raison
    return vue
