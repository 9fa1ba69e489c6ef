"""Doors of the back office: an agent, with a verified second factor, in their own Caf, with a reason per file.

The reason is chosen from a closed list (no free text, which could carry a name), kept in the session, and written on
each line of the journal; the citizen reads it.
"""

import functools
import time
from collections.abc import Callable
from typing import Any, Concatenate, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from limpide.dossiers import panneaux
from limpide.dossiers.models import Dossier
from limpide.registre.contexte import HorsRegistre, traitement
from limpide.registre.models import Limitation
from limpide.registre.vues import acteur_de, ouvre

MOTIFS = {
    "demande": "Étude d'une demande",
    "question": "Réponse à une question de l'allocataire",
    "changement": "Changement de situation signalé",
    "verification": "Vérification d'un montant",
    "recours": "Réclamation ou recours",
    "guichet": "Avec la personne présente, à l'accueil de la Caf",
}
APPEL, GUICHET = "appel", "guichet"
PRESENCES = {APPEL: "pendant un appel, identité vérifiée", GUICHET: "avec la personne présente"}
"""What is added to the reason of each page of the file, as long as the person is there."""
TOUS_LES_MOTIFS = MOTIFS | {APPEL: "Appel de la personne, identité vérifiée"}
"""The last one is never chosen: answering the questions of the telephone gives it."""
PRESENCE_DURE = 45 * 60
"""Seconds after which an agent says again that the person is still there: ours."""
LIMITES = "recherche_dossier"
CLE_SESSION, CLE_PRESENCES = "motifs_des_dossiers", "presences_jusqu_a"

Vue = Callable[..., HttpResponseBase]
Rendu = TypeVar("Rendu")


def porte(request: Any) -> HttpResponseBase | None:
    """Where to send who may not enter yet; None for an agent with a verified second factor."""
    compte = request.user
    if not compte.is_authenticated:
        return redirect(f"{reverse('usagers:connexion_agent')}?{urlencode({'next': request.path})}")
    if compte.genre != "agent":
        raise PermissionDenied("L'espace des agents est réservé aux agents.")
    if not compte.is_verified():
        return redirect(settings.SECOND_FACTEUR_URL)
    if compte.mot_de_passe_a_changer:
        return redirect("usagers:mot_de_passe")
    return None


def page_agent(cle: str, motif: str) -> Callable[[Vue], Vue]:
    """A page of the back office about no file in particular, under processing `cle`."""

    def decorer(vue: Vue) -> Vue:
        @never_cache
        @ouvre(cle)
        @functools.wraps(vue)
        def protegee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if (ailleurs := porte(request)) is not None:
                return _aller(request, ailleurs)
            return _ouvrir(request, cle, motif, None, functools.partial(vue, request, *args, **kwargs))

        return protegee

    return decorer


def page_dossier(
    cle: str, toujours: str = "", *, avec: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Any, Dossier, ...], HttpResponse]], Vue]:
    """A page of one file, under processing `cle`. A file of another Caf does not exist here.

    The reason is asked first, unless the page has only one (`toujours`). `avec`: processings of the panels that other
    rooms add to it; they are in `request.panneaux`.
    """

    def decorer(vue: Callable[Concatenate[Any, Dossier, ...], HttpResponse]) -> Vue:
        @never_cache
        @ouvre(cle, LIMITES, *avec)
        @functools.wraps(vue)
        def protegee(request: Any, numero: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if (ailleurs := porte(request)) is not None:
                return _aller(request, ailleurs)
            motif = _pour_cette_page(request, numero, toujours)
            if motif is None:
                suite = urlencode({"next": request.path})
                return redirect(f"{reverse('dossiers:motif', args=[numero])}?{suite}")

            request.panneaux = _panneaux(request, avec, motif, numero)

            def montrer() -> HttpResponse:
                dossier = Dossier.objects.select_related("allocataire").filter(pk=numero).first()
                if dossier is None:
                    raise Http404("Ce dossier n'existe pas dans votre Caf.")
                return vue(request, dossier, *args, **kwargs)

            try:
                return _ouvrir(request, cle, motif, numero, montrer)
            except Http404:
                if (limite := _limite(request, numero)) is None:
                    raise
                return limite

        return protegee

    return decorer


def _panneaux(request: Any, cles: tuple[str, ...], motif: str, numero: int) -> list[tuple[str, dict[str, Any]]]:
    """(template, context) of each panel asked for. Of another Caf's file, or one under limitation, nothing is read."""
    lus: list[tuple[str, dict[str, Any]]] = []
    for panneau in panneaux.panneaux():
        if panneau.cle in cles:
            lire = functools.partial(panneau.lire, request, numero)
            lus.append((panneau.gabarit, _ouvrir(request, panneau.cle, motif, numero, lire)))
    return lus


def _limite(request: Any, numero: int) -> HttpResponseBase | None:
    """Said to the agent: this file is under limitation (RGPD art. 18); None when it isn't."""

    def montrer() -> HttpResponseBase:
        posee = Limitation.objects.filter(dossier_id=numero, levee_le=None).first()
        if posee is None:
            raise Http404
        return render(request, "dossiers/limite.html", {"posee_le": posee.posee_le}, status=403)

    try:
        return _ouvrir(request, LIMITES, "Dossier limité : l'agent en est prévenu", numero, montrer)
    except Http404:
        return None


def _aller(request: Any, reponse: HttpResponseBase) -> HttpResponseBase:
    """A redirect that htmx follows as a whole page, not as a fragment."""
    return HttpResponseClientRedirect(reponse["Location"]) if request.htmx else reponse


def _ouvrir(request: Any, cle: str, motif: str, dossier: int | None, vue: Callable[[], Rendu]) -> Rendu:
    acteur = acteur_de(request)
    try:
        with traitement(cle, acteur=acteur, motif=motif, organisme=request.user.organisme_id, dossier=dossier):
            return vue()
    except HorsRegistre as refus:
        raise PermissionDenied(str(refus)) from refus


def _pour_cette_page(request: Any, numero: int, toujours: str) -> str | None:
    """The reason of this page: its own, with who is there; or the one that was given for this file."""
    if not toujours:
        return motif_de(request, numero)
    presence = PRESENCES.get(code_du_motif(request, numero) or "")
    return f"{toujours}, {presence}" if presence else toujours


def code_du_motif(request: Any, numero: int) -> str | None:
    """The code of the reason given in this session for this file; a person who was there may have left since."""
    code: str | None = request.session.get(CLE_SESSION, {}).get(str(numero))
    fin = request.session.get(CLE_PRESENCES, {}).get(str(numero), 0.0)
    return None if code in PRESENCES and fin < time.time() else code


def motif_de(request: Any, numero: int) -> str | None:
    """The reason given in this session for this file."""
    return TOUS_LES_MOTIFS.get(code_du_motif(request, numero) or "")


def noter_motif(request: Any, numero: int, code: str) -> None:
    request.session[CLE_SESSION] = {**request.session.get(CLE_SESSION, {}), str(numero): code}
    if code in PRESENCES:
        fin = time.time() + PRESENCE_DURE
        request.session[CLE_PRESENCES] = {**request.session.get(CLE_PRESENCES, {}), str(numero): fin}
