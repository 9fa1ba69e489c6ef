"""« Messages »: what I wrote to my Caf, where each stands, its answers; a new one; and what it noted of my contacts."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers.models import Dossier
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import ouvre_sous_garde, personne_de, pour_la_requete, sous_traitement
from limpide.relation import contacts, echanges
from limpide.relation.formulaires import FormulaireMessage, FormulaireSuite
from limpide.relation.models import Conversation, EtatConversation, MessageEcrit
from limpide.usagers.dossier import mon_dossier

ENVOYE = "Votre message est bien arrivé. Vous serez prévenu de la réponse par courriel ou SMS, sans son contenu."


@never_cache
@require_safe
@sous_traitement(echanges.MES_MESSAGES, motif="Vous consultez vos messages")
def liste(request: Any) -> HttpResponse:
    """The latest first, each with its state in one sentence."""
    siennes = Conversation.objects.order_by("-dernier_le", "pk")
    contexte = {
        "dossier": mon_dossier(personne_de(request)),
        "conversations": [(c, c.titre.en_clair(), echanges.ou_en_est(c)) for c in siennes],
        "contacts": contacts.les_miens(),
    }
    return render(request, "usagers/messages/liste.html", contexte)


def _page(request: Any, formulaire: FormulaireSuite, motif: str, faire: Callable[[bool], HttpResponse]) -> HttpResponse:
    """The file is looked at before any transaction: an antivirus may take seconds."""
    valide = request.method == "POST" and formulaire.is_valid()
    with pour_la_requete(request, echanges.MES_MESSAGES, motif):
        return faire(valide)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(echanges.MES_MESSAGES)
def ecrire(request: Any) -> HttpResponse:
    """GET: a new message. POST: written once, however often it is sent."""
    formulaire = FormulaireMessage(request.POST, request.FILES) if request.method == "POST" else FormulaireMessage()

    def faire(valide: bool) -> HttpResponse:
        dossier = mon_dossier(personne_de(request))
        if dossier is None:
            return render(request, "usagers/compte/sans_dossier.html")
        if valide and (faite := _tenter(formulaire, functools.partial(_ouvrir, request, dossier, formulaire))):
            messages.success(request, ENVOYE)
            return redirect("usagers:conversation", faite.pk)
        contexte = {"formulaire": formulaire, "dossier": dossier}
        return render(request, "usagers/messages/ecrire.html", contexte, status=422 if formulaire.errors else 200)

    return _page(request, formulaire, "Vous écrivez à votre Caf", faire)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(echanges.MES_MESSAGES)
def conversation(request: Any, conversation: uuid.UUID) -> HttpResponse:
    """GET: the thread. POST: what I add."""
    poste = request.method == "POST"
    formulaire = FormulaireSuite(request.POST, request.FILES) if poste else FormulaireSuite()

    def faire(valide: bool) -> HttpResponse:
        lue = Conversation.objects.filter(pk=conversation).first()
        if lue is None:
            raise Http404("Cette conversation n'est pas la vôtre.")
        if valide and _tenter(formulaire, lambda: echanges.ecrire(lue, _ecrit(request, formulaire))):
            messages.success(request, ENVOYE)
            return redirect("usagers:conversation", lue.pk)
        contexte = {
            "conversation": lue, "titre": lue.titre.en_clair(), "etat": echanges.ou_en_est(lue),
            "messages_ecrits": _ecrits(lue), "formulaire": formulaire, "moi": request.user.personne_id,
            "close": lue.etat == EtatConversation.CLOSE,
        }  # fmt: skip
        return render(request, "usagers/messages/fil.html", contexte, status=422 if formulaire.errors else 200)

    return _page(request, formulaire, "Vous lisez ou écrivez un message", faire)


def _ecrits(lue: Conversation) -> list[tuple[MessageEcrit, str]]:
    siens = MessageEcrit.objects.select_related("document").filter(conversation_id=lue.pk).order_by("ecrit_le", "pk")
    return [(m, m.texte.en_clair()) for m in siens.defer("document__contenu_chiffre")]


def _ecrit(request: Any, formulaire: FormulaireSuite) -> echanges.Ecrit:
    saisie, compte = formulaire.cleaned_data, request.user
    return echanges.Ecrit(
        cle=saisie["cle"], texte=saisie["texte"], auteur=f"compte {compte.pk}", redacteur=compte.personne_id,
        quand=timezone.now(), fichier=formulaire.recu,
    )  # fmt: skip


def _ouvrir(request: Any, dossier: Dossier, formulaire: FormulaireMessage) -> Conversation:
    saisie = formulaire.cleaned_data
    return echanges.ouvrir(dossier, saisie["motif"], saisie["titre"], _ecrit(request, formulaire))


def _tenter(formulaire: FormulaireSuite, geste: Callable[[], Conversation]) -> Conversation | None:
    """What was written; None when it is refused, its reasons then on the form."""
    try:
        return geste()
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(champ if champ in formulaire.fields else None, message)
        return None
