"""« Mes attestations »: asked, read, saved as PDF, withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import personne_de, sous_traitement
from limpide.usagers import attestations as verbes
from limpide.usagers import dossier as lecture
from limpide.usagers.declarations_attestations import MES_ATTESTATIONS
from limpide.usagers.formulaires_attestations import FormulaireAttestation
from limpide.usagers.models import Attestation, GenreAttestation

ICI, UNE = "usagers:attestations", "usagers:attestation"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(MES_ATTESTATIONS, motif="Vous demandez une attestation")
def attestations(request: Any) -> HttpResponse:
    """GET: the form and the certificates of the year. POST: one more."""
    dossier = lecture.mon_dossier(personne_de(request) or 0)
    if dossier is None:
        return render(request, "usagers/compte/sans_dossier.html")
    formulaire = FormulaireAttestation(request.POST or None, jour=timezone.localdate())
    if request.method == "POST" and formulaire.is_valid():
        emise = emettre(request, dossier, formulaire, f"compte {request.user.pk}")
        if emise is not None:
            return redirect(UNE, emise.pk)
    pages = [verbes.page_de(a) for a in Attestation.objects.order_by("-emise_le")]
    contexte = {"formulaire": formulaire, "attestations": [(p, verbes.titre(p.contenu)) for p in pages]}
    return render(request, "usagers/attestations/liste.html", contexte, status=422 if formulaire.errors else 200)


def emettre(request: HttpRequest, dossier: Any, formulaire: Any, auteur: str) -> Attestation | None:
    """The certificate; None when it is refused, and the form says why."""
    adresse = request.build_absolute_uri(reverse("usagers:verifier"))
    try:
        return verbes.emettre(dossier, formulaire.voulue(), adresse=adresse, auteur=auteur)
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(champ if champ in formulaire.fields else None, message)
        return None


def une(attestation: UUID) -> verbes.Page:
    """Mine, or it does not exist."""
    trouvee = Attestation.objects.filter(pk=attestation).first()
    if trouvee is None:
        raise Http404("Cette attestation n'est pas à vous, ou n'existe plus.")
    return verbes.page_de(trouvee)


def contexte_de(page: verbes.Page) -> dict[str, Any]:
    """What a template needs to write the paper on screen."""
    contenu = page.contenu
    quotient = contenu["genre"] == GenreAttestation.QUOTIENT
    return {
        "page": page, "titre": verbes.titre(contenu), "phrase": verbes.phrase(contenu), "contenu": contenu,
        "entete": verbes.entete(contenu), "sans_quotient": "" if quotient else verbes.SANS_QUOTIENT,
        "detail": contenu.get("detail", []),
    }  # fmt: skip


@never_cache
@require_safe
@sous_traitement(MES_ATTESTATIONS, motif="Vous relisez une attestation")
def attestation(request: Any, attestation: UUID) -> HttpResponse:
    """The accessible version of the paper."""
    return render(request, "usagers/attestations/attestation.html", contexte_de(une(attestation)))


@never_cache
@require_safe
@sous_traitement(MES_ATTESTATIONS, motif="Vous téléchargez une attestation")
def attestation_pdf(request: Any, attestation: UUID) -> HttpResponse:
    reponse = HttpResponse(verbes.en_pdf(une(attestation)), content_type="application/pdf")
    reponse["Content-Disposition"] = 'attachment; filename="attestation.pdf"'
    return reponse


@never_cache
@require_POST
@sous_traitement(MES_ATTESTATIONS, motif="Vous annulez le code d'une attestation")
def retirer(request: Any, attestation: UUID) -> HttpResponse:
    """Its code answers no more, at once."""
    if verbes.retirer(une(attestation).attestation):
        messages.success(request, "Ce code ne répond plus. L'attestation déjà donnée ne peut plus être vérifiée.")
    return redirect(ICI)
