"""Messages on the agents' side: the queue by deadline, then one thread to take in charge and to answer."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import presentation
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.suivi_contacts import SUIVI
from limpide.registre.vues import ouvre
from limpide.relation import echanges
from limpide.relation.formulaires import FormulaireReponse
from limpide.relation.models import Conversation, EtatConversation, MessageEcrit, Motif

MONTREES = 50
A_MOI, LIBRES = "moi", "libres"
FILTRES = ((A_MOI, "Dont je suis chargé"), (LIBRES, "Que personne n'a pris"))
FAIT = {
    "prendre": "Vous êtes chargé de répondre.",
    "rendre": "La conversation est de nouveau à tous.",
    "terminer": "La conversation est terminée.",
    "repondre": "Votre réponse est enregistrée. La personne en est prévenue, sans son contenu.",
}


@require_safe
@page_agent(echanges.MESSAGES_AGENTS, "Liste des messages à traiter")
def liste(request: Any) -> HttpResponse:
    """The earliest deadline first; file numbers and motives only."""
    moi, filtre, motif = _moi(request), request.GET.get("filtre", ""), request.GET.get("motif", "")
    attendent = Conversation.objects.filter(etat=EtatConversation.ATTEND).defer("titre_chiffre")
    if filtre in (A_MOI, LIBRES):
        attendent = attendent.filter(agent=moi if filtre == A_MOI else "")
    if motif in Motif.values:
        attendent = attendent.filter(motif=motif)
    contexte = {
        "filtres": FILTRES, "filtre": filtre, "nombre": attendent.count(), "montrees": MONTREES, "moi": moi,
        "conversations": attendent.select_related("dossier").order_by("reponse_avant", "ouverte_le", "pk")[:MONTREES],
        "motifs": Motif.choices, "motif": motif, "aujourdhui": timezone.localdate(),
    }  # fmt: skip
    return render(request, "relation/messages.html", contexte)


@ouvre(echanges.MESSAGES_AGENTS, "recherche_dossier", SUIVI)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(echanges.MESSAGES_AGENTS, toujours="Réponse à un message")
def conversation(request: Any, dossier: Dossier, conversation: uuid.UUID) -> HttpResponse:
    """GET: the whole thread. POST: take it, give it back, answer, end."""
    lue = Conversation.objects.filter(pk=conversation, dossier_id=dossier.pk).first()
    if lue is None:
        raise Http404("Cette conversation n'est pas dans ce dossier.")
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    if request.method == "POST" and acte not in FAIT:
        raise Http404("Cet acte n'existe pas.")
    formulaire = FormulaireReponse(request.POST if acte == "repondre" else None)
    if acte and _faire(request, lue, acte, formulaire):
        messages.success(request, FAIT[acte])
        return redirect(request.path if acte in ("prendre", "rendre") else "relation:messages")
    if request.method == "GET":
        echanges.noter_la_lecture(lue, timezone.now())
    ecrits = MessageEcrit.objects.select_related("document").filter(conversation_id=lue.pk).order_by("ecrit_le", "pk")
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "messages",
        "conversation": lue, "titre": lue.titre.en_clair(), "formulaire": formulaire, "moi": _moi(request),
        "messages_ecrits": [(m, m.texte.en_clair()) for m in ecrits.defer("document__contenu_chiffre")],
        "close": lue.etat == EtatConversation.CLOSE, "attend": lue.etat == EtatConversation.ATTEND,
    }  # fmt: skip
    return render(request, "relation/conversation.html", contexte, status=422 if formulaire.errors else 200)


def _moi(request: HttpRequest) -> str:
    return f"compte {request.user.pk}"


def _faire(request: Any, lue: Conversation, acte: str, formulaire: FormulaireReponse) -> bool:
    """Whether it is done; a refusal is said on the form, which keeps what was typed."""
    moi, quand = _moi(request), timezone.now()
    gestes: dict[str, Callable[[], Any]] = {
        "prendre": lambda: echanges.prendre_en_charge(lue, moi, quand),
        "rendre": lambda: echanges.rendre(lue, moi),
        "terminer": lambda: echanges.terminer(lue, moi, quand),
        "repondre": lambda: _repondre(lue, moi, formulaire.cleaned_data),
    }
    if acte == "repondre" and not formulaire.is_valid():
        return False
    try:
        gestes[acte]()
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            if acte == "repondre":
                formulaire.add_error(champ or None, message)
            else:
                messages.error(request, message)
        return False
    return True


def _repondre(lue: Conversation, moi: str, saisie: dict[str, Any]) -> None:
    deja = MessageEcrit.objects.filter(pk=saisie["cle"], conversation_id=lue.pk).exists()
    echanges.repondre(lue, saisie["cle"], moi, saisie["texte"], timezone.now(), terminer=saisie["terminer"])
    if not deja:
        echanges.prevenir_de_la_reponse(lue)
