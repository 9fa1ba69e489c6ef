"""« Signaler une erreur » on a datum, and the answers of the Caf."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import Dossier, Fait
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Personne
from limpide.registre.vues import au_nom_de, personne_de, sous_traitement
from limpide.usagers import erreurs, scellement
from limpide.usagers.declarations_erreurs import ERREURS
from limpide.usagers.dossier import donnee, mon_dossier, nom_usuel


class FormulaireErreur(FormulaireDSFR):
    """What is exact, and why; which information, when it isn't one of the list."""

    quoi = forms.CharField(
        label="Quelle information est fausse ?",
        help_text="Par exemple : la date de naissance d'un enfant, un paiement, une adresse.",
        max_length=erreurs.QUOI,
        error_messages={"required": "Dites quelle information est fausse."},
    )
    valeur = forms.CharField(
        label="Qu'est-ce qui est exact ?",
        max_length=erreurs.VALEUR,
        error_messages={"required": "Écrivez ce qui est exact."},
    )
    raison = forms.CharField(
        label="Pourquoi est-ce faux ? Qu'est-ce qui le montre ?",
        help_text=f"En quelques mots, {erreurs.RAISON} caractères au plus. N'écrivez rien sur la santé.",
        max_length=erreurs.RAISON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites pourquoi, en quelques mots."},
    )
    honneur = forms.BooleanField(
        label="Je déclare sur l'honneur que ce que j'écris est exact",
        error_messages={"required": "Cochez cette case pour envoyer."},
    )
    cle = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, connue: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if connue:
            del self.fields["quoi"]


@never_cache
@require_safe
@sous_traitement(ERREURS, motif="Vous suivez les erreurs que vous avez signalées")
def liste(request: Any) -> HttpResponse:
    """Each report: where it stands, who acts and until when, the answer."""
    dossier = mon_dossier(personne_de(request))
    signalees = [] if dossier is None else erreurs.signalees(dossier.pk)
    return render(request, "usagers/erreurs/liste.html", {"dossier": dossier, "signalees": signalees})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(ERREURS, motif="Vous signalez une erreur dans votre dossier")
def signaler(request: Any, fait: int | None = None) -> HttpResponse:
    """GET: the datum and the form. POST: sealed and given to an agent, once; or the errors, field by field."""
    dossier = mon_dossier(personne_de(request))
    if dossier is None:
        return render(request, "usagers/compte/sans_dossier.html")
    lu = None if fait is None else erreurs.fait_signalable(dossier.pk, fait, timezone.localdate())
    if fait is not None and lu is None:
        raise Http404("Cette information n'est pas dans votre dossier.")
    saisie = request.POST if request.method == "POST" else None
    formulaire = FormulaireErreur(saisie, connue=lu is not None, initial={"cle": uuid.uuid4()})
    if saisie is not None and formulaire.is_valid():
        try:
            _envoyer(request, dossier, lu, formulaire.cleaned_data)
        except ErreurSaisie as refus:
            for message in refus.champs.values():
                formulaire.add_error(None, message)
        else:
            messages.success(request, "C'est envoyé. Un agent de votre Caf vérifie et vous répond ici.")
            return redirect("usagers:erreurs")
    contexte = {
        "donnee": None if lu is None else donnee(lu), "formulaire": formulaire,
        "texte": scellement.texte_en_vigueur(timezone.localdate()),
    }  # fmt: skip
    return render(request, "usagers/erreurs/signaler.html", contexte, status=422 if formulaire.errors else 200)


def _envoyer(request: Any, dossier: Dossier, fait: Fait | None, dit: dict[str, Any]) -> None:
    nom = nom_usuel(Personne.objects.get(pk=dossier.allocataire_id))
    declarant = nom if au_nom_de(request) is None else f"{nom}, par la personne chargée de sa protection"
    erreurs.signaler(dossier, declarant, fait, dit, f"compte {request.user.pk}")
