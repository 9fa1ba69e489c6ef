"""Tasks of agents: the list of the Caf by deadline, then one task with its answer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import presentation, taches
from limpide.dossiers.declarations_taches import TACHES_AGENTS
from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import Dossier, EtatTache, GenreTache, TacheAgent
from limpide.dossiers.models.taches import LONGUEUR
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.suivi_contacts import SUIVI
from limpide.registre.vues import ouvre

MONTREES = 50


class FormulaireTache(FormulaireDSFR):
    """What became of it, and what the person reads."""

    issue = forms.ChoiceField(
        label="Ce que vous en faites",
        choices=[c for c in EtatTache.choices if c[0] != EtatTache.OUVERTE],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si la tâche est traitée ou sans suite."},
    )
    reponse = forms.CharField(
        label="Réponse à la personne",
        help_text="Elle la lit dans Mon Compte : dites ce qui est vérifié et ce que cela change, en mots simples.",
        max_length=LONGUEUR,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={
            "required": "Écrivez ce qui est répondu à la personne.",
            "max_length": f"Écrivez {LONGUEUR} caractères au plus.",
        },
    )


@require_safe
@page_agent(TACHES_AGENTS, "Liste des tâches à traiter")
def liste(request: HttpRequest) -> HttpResponse:
    """The earliest deadline first, of one genre or all; file numbers only."""
    genre = request.GET.get("genre", "")
    ouvertes = TacheAgent.objects.filter(etat=EtatTache.OUVERTE).order_by("echeance", "pk")
    if genre in GenreTache.values:
        ouvertes = ouvertes.filter(genre=genre)
    contexte = {
        "genres": GenreTache.choices, "genre": genre, "nombre": ouvertes.count(), "montrees": MONTREES,
        "taches": ouvertes.select_related("dossier")[:MONTREES], "aujourdhui": timezone.localdate(),
    }  # fmt: skip
    return render(request, "dossiers/taches.html", contexte)


@ouvre(TACHES_AGENTS, "recherche_dossier", SUIVI)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(TACHES_AGENTS, toujours="Vérification d'un point signalé")
def tache(request: Any, dossier: Dossier, tache: int) -> HttpResponse:
    """GET: what is to be checked. POST: the answer, once."""
    lue = TacheAgent.objects.filter(pk=tache, dossier_id=dossier.pk).first()
    if lue is None:
        raise Http404("Cette tâche n'est pas dans ce dossier.")
    if lue.genre == GenreTache.CHANGEMENT and lue.etat == EtatTache.OUVERTE:
        return redirect("usagers:changement_verifier", dossier.pk, lue.pk)  # with what was declared before one's eyes
    formulaire = FormulaireTache(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            issue, reponse = EtatTache(formulaire.cleaned_data["issue"]), formulaire.cleaned_data["reponse"]
            taches.clore(lue, f"compte {request.user.pk}", issue, reponse, timezone.now())
            taches.prevenir_de_la_reponse(dossier)
        except ErreurSaisie as refus:
            for champ, message in refus.champs.items():
                formulaire.add_error(champ or None, message)
        else:
            messages.success(request, "Votre réponse est enregistrée. La personne, prévenue, la lit dans Mon Compte.")
            return redirect("dossiers:taches")
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "taches", "tache": lue,
        "formulaire": formulaire, "ouverte": lue.etat == EtatTache.OUVERTE,
    }  # fmt: skip
    return render(request, "dossiers/tache.html", contexte, status=422 if formulaire.errors else 200)
