"""« Mes coordonnées »: the e-mail address and the mobile of the account, each confirmed by the code received there."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from limpide.identite import contacts
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.models import GenreContact, PointDeContact
from limpide.registre.vues import acteur_de, sous_traitement
from limpide.usagers.formulaires_coordonnees import FORMULAIRES, FormulaireCodeRecu
from limpide.usagers.views.infolettres import a_l_ouverture

ICI = "usagers:coordonnees"
PARTI = {
    "courriel": "Un code vient d'être envoyé à cette adresse. Vérifiez aussi vos courriers indésirables.",
    "mobile": "Un code vient d'être envoyé par SMS à ce numéro.",
}
NON_PARTI = (
    "Le message n'a pas pu partir. Vérifiez ce que vous avez écrit, ou redemandez un code dans quelques minutes."
)
CONFIRME = {
    "courriel": "Votre adresse est confirmée. Pour recevoir nos messages, vérifiez de temps en temps vos courriers "
    "indésirables (spams).",
    "mobile": "Votre mobile est confirmé.",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(contacts.MES_COORDONNEES, motif="Vous tenez vos coordonnées à jour")
def coordonnees(request: Any) -> HttpResponse:
    """GET: what is known. POST: one act, refused beside its field, or done and said."""
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    nouveaux = {g: f(request.POST if acte == g else None, auto_id=f"{g}-%s") for g, f in FORMULAIRES.items()}
    miens = contacts.les_miens(request.user.personne_id)
    codes = {
        p.pk: FormulaireCodeRecu(
            request.POST if (acte, _vise(request)) == ("code", p.pk) else None, auto_id=f"{p.pk}-%s"
        )
        for p in miens
        if p.confirme_le is None
    }
    lie = nouveaux.get(acte) or codes.get(_vise(request)) if acte in {*nouveaux, "code"} else None
    point = next((p for p in miens if p.pk == _vise(request)), None)
    if request.method == "POST" and (suite := _tenter(request, acte, lie, point)) is not None:
        return suite
    contexte = {
        "formulaire": lie,
        "obligatoire": not any(p.confirme_le for p in miens),
        "genres": [_vue(genre, miens, nouveaux[genre], codes) for genre in GenreContact],
    }
    return render(request, "usagers/compte/coordonnees.html", contexte, status=422 if lie and lie.errors else 200)


def _vise(request: Any) -> uuid.UUID | None:
    """The point that a form names; None when it names none."""
    try:
        return uuid.UUID(request.POST.get("point", ""))
    except ValueError:
        return None


def _vue(genre: GenreContact, miens: list[PointDeContact], nouveau: Any, codes: dict[Any, Any]) -> dict[str, Any]:
    siens = [p for p in miens if p.genre == genre]
    confirme = next((p for p in siens if p.confirme_le), None)
    attendu = next((p for p in siens if not p.confirme_le), None)
    return {
        "genre": genre.value,
        "nom": str(genre.label),
        "confirme": confirme,
        "lisible": _en_clair(confirme),
        "a_revoir": confirme is not None and contacts.a_revoir(confirme),
        "attendu": attendu,
        "attendu_lisible": _en_clair(attendu),
        "code": codes.get(attendu.pk) if attendu else None,
        "nouveau": nouveau,
    }


def _en_clair(point: PointDeContact | None) -> str:
    """The person's own address or number, readable."""
    if point is None:
        return ""
    valeur = point.valeur
    lisible: Callable[[], str] = getattr(valeur, "lisible", valeur.en_clair)
    return lisible()


def _tenter(request: Any, acte: str, lie: Any, point: PointDeContact | None) -> HttpResponse | None:
    """Where to go once the act is done; None when it is refused, its messages then on its form."""
    if lie is not None and not lie.is_valid():
        return None
    try:
        _faire(request, acte, lie.cleaned_data if lie is not None else {}, point)
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            if lie is None:
                messages.error(request, message)
            else:
                lie.add_error(None if champ == PARTOUT or champ not in lie.fields else champ, message)
        return None if lie is not None else redirect(ICI)
    return redirect(ICI)


def _faire(request: Any, acte: str, saisie: dict[str, Any], point: PointDeContact | None) -> None:
    if acte in GenreContact.values:
        _partir(request, contacts.donner(request.user.personne_id, acte, saisie["valeur"]))
    elif point is None:
        raise ErreurSaisie({PARTOUT: "Cette coordonnée n'est plus dans votre compte."})
    elif acte == "code":
        for envoi in contacts.confirmer(point, saisie["code"]):
            _partir(request, envoi)
        transaction.on_commit(functools.partial(a_l_ouverture, request))
        messages.success(request, CONFIRME[point.genre])
    elif acte == "renvoyer":
        _partir(request, contacts.renvoyer(point))
    elif acte == "toujours":
        contacts.dire_toujours_bonne(point)
        messages.success(request, "Merci. Nous vous le redemanderons dans un an.")
    elif acte == "retirer":
        for envoi in contacts.retirer(point):
            _partir(request, envoi)
        messages.success(request, "C'est retiré : nous n'y écrirons plus.")


def _partir(request: Any, envoi: contacts.Envoi) -> None:
    """It leaves once this page's transaction is over: nobody waits on the network inside one."""
    transaction.on_commit(functools.partial(_expedier, request, envoi))


def _expedier(request: Any, envoi: contacts.Envoi) -> None:
    parti = contacts.expedier(envoi, contacts.MES_COORDONNEES, acteur_de(request), request.user.personne_id)
    if envoi.code:
        (messages.success if parti else messages.error)(request, PARTI[envoi.genre] if parti else NON_PARTI)
