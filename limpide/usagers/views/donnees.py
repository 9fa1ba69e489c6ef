"""« Mes données »: exercise one's rights on one's data, follow the request, fetch the answer."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.dossiers.models import Dossier
from limpide.registre.demandes import document, regles, services
from limpide.registre.demandes.modeles import DemandeDroit, ReponseAcces
from limpide.registre.formulaires_homologation import FormulaireDSFR
from limpide.registre.vues import au_nom_de, personne_de, sous_traitement

CLE = "mes_demandes_de_droits"
ICI = "usagers:mes_donnees"


class FormulaireDemande(FormulaireDSFR):
    """Which right, about what."""

    genre = forms.ChoiceField(
        label="Que voulez-vous faire ?",
        choices=[("", "Choisissez"), *((c, g.nom) for c, g in regles.GENRES.items() if not g.autre_voie)],
        error_messages={"required": "Choisissez le droit que vous voulez exercer."},
    )
    objet = forms.CharField(
        label="Dites-nous précisément ce que vous demandez",
        help_text="Par exemple : « mon salaire de mars 2026 est de 1 200 €, pas 1 500 € ».",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez ce que vous demandez, en une phrase au moins."},
    )


def page_des_donnees(motif: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponseBase]]:
    """A page under the person's own processing, once the password is their own."""

    def decorer(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
        sur_les_miennes = sous_traitement(CLE, motif=motif)(vue)

        @never_cache
        @functools.wraps(sur_les_miennes)
        def protegee(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(request.user, "genre", "") == "allocataire" and request.user.mot_de_passe_a_changer:
                return redirect("usagers:mot_de_passe")
            reponse: HttpResponseBase = sur_les_miennes(request, *args, **kwargs)
            return reponse

        return protegee

    return decorer


@require_http_methods(["GET", "HEAD", "POST"])
@page_des_donnees("Vous exercez vos droits sur vos données")
def mes_donnees(request: Any) -> HttpResponse:
    """My requests, and a new one."""
    formulaire = FormulaireDemande(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        dossier = Dossier.objects.filter(allocataire_id=personne_de(request)).order_by("clos_le", "-ouvert_le").first()
        if dossier is None:
            formulaire.add_error(None, "Vous n'avez pas de dossier d'allocataire : écrivez au délégué par courrier.")
        else:
            try:
                services.deposer(
                    personne=dossier.allocataire_id, dossier=dossier.pk, organisme=dossier.organisme_id,
                    canal=DemandeDroit.Canal.EN_LIGNE, recue_le=timezone.localdate(),
                    par_le_protecteur=au_nom_de(request) is not None, **formulaire.cleaned_data,
                )  # fmt: skip
            except ValidationError as refus:
                formulaire.add_error("genre", refus)
            else:
                return redirect(ICI)
    demandes = list(DemandeDroit.objects.prefetch_related("etapes", "avis").order_by("-pk"))
    reponses = {r.demande_id: r for r in ReponseAcces.objects.defer("contenu")}
    contexte = {
        "formulaire": formulaire,
        "demandes": [(d, regles.ETATS[d.etat][1], reponses.get(d.pk)) for d in demandes],
        "genres": [(g, g.autre_voie or g.refus) for g in regles.GENRES.values()],
        "recours": regles.RECOURS,
    }
    return render(request, "usagers/donnees/page.html", contexte, status=422 if formulaire.errors else 200)


def _reponse(demande: int) -> ReponseAcces:
    """The reader's own answer, still to be fetched; the database shows no other."""
    reponse: ReponseAcces | None = ReponseAcces.objects.filter(demande_id=demande).select_related("demande").first()
    if reponse is None or reponse.contenu is None:
        raise Http404
    services.noter_la_remise(reponse)
    return reponse


@require_safe
@page_des_donnees("Vous téléchargez vos données")
def en_pdf(request: Any, demande: int) -> HttpResponse:
    """The answer to read."""
    reponse = _reponse(demande)
    octets = document.en_pdf(
        reponse.contenu, numero=reponse.demande.numero, empreinte=reponse.empreinte, produite_le=reponse.produite_le
    )
    return _fichier(octets, "application/pdf", "mes-donnees.pdf")


@require_safe
@page_des_donnees("Vous téléchargez vos données")
def en_json(request: Any, demande: int) -> HttpResponse:
    """The answer for a computer: the sealed content itself."""
    reponse = _reponse(demande)
    texte = json.dumps(reponse.contenu, ensure_ascii=False, indent=1, sort_keys=True)
    return _fichier(texte.encode(), "application/json", "mes-donnees.json")


def _fichier(octets: bytes, genre: str, nom: str) -> HttpResponse:
    reponse = HttpResponse(octets, content_type=genre)
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


@require_POST
@page_des_donnees("Vous retirez une demande")
def retirer(request: Any, demande: int) -> HttpResponse:
    """The person no longer asks."""
    trouvee = DemandeDroit.objects.filter(pk=demande).first()
    if trouvee is None:
        raise Http404
    if trouvee.ouverte:
        services.avancer(trouvee, regles.RETIREE, note="Retirée par la personne")
    return redirect(ICI)
