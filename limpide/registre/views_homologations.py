"""Accreditations of online services: the public list with its decisions, and the officer's screens."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.registre import homologations
from limpide.registre.formulaires_homologation import FormulaireHomologation, FormulaireRetrait
from limpide.registre.models import Homologation
from limpide.registre.teleservice import Teleservice, adresses_de, empreinte, teleservices
from limpide.registre.vues import acteur_de, sous_traitement

TENUE, PUBLICATION = homologations.TENUE, homologations.PUBLICATION
CHAMPS = {
    "homologation_datee": "au",
    "homologation_une_a_la_fois": "du",
    "homologation_retiree_avec_son_motif": "motif",
}
"""Which field a refusal of the database is about."""


@require_safe
@sous_traitement(PUBLICATION, motif="Consultation publique des homologations")
def liste(request: HttpRequest) -> HttpResponse:
    """Every online service, built or not, with its honest state."""
    return render(
        request, "registre/homologations_publiques.html", {"etats": homologations.etats(timezone.localdate())}
    )


@require_safe
@sous_traitement(PUBLICATION, motif="Lecture d'une décision d'homologation publiée")
def decision(request: HttpRequest, numero: int) -> HttpResponse:
    """The decision itself, as it was recorded."""
    trouvee = homologations.document_de(numero)
    if trouvee is None:
        raise Http404
    nom, contenu = trouvee
    reponse = HttpResponse(contenu, content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{nom}"'
    return reponse


@require_safe
@sous_traitement(TENUE, motif="Suivi des homologations")
def suivi(request: HttpRequest) -> HttpResponse:
    """The officer's list: states, and what to act on."""
    jour = timezone.localdate()
    tous = homologations.etats(jour)
    contexte = {"etats": tous, "avertissements": homologations.avertissements(jour, tous), "onglet": "homologations"}
    return render(request, "registre/homologations.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(TENUE, motif="Tenue d'une homologation")
def service(request: HttpRequest, cle: str) -> HttpResponse:
    """One service: its decisions, and the form that records another."""
    declare = teleservices().get(cle)
    if declare is None or not declare.chemins:
        raise Http404
    formulaire = FormulaireHomologation(request.POST or None, request.FILES or None, initial=_propose(declare))
    if request.method != "POST" or not formulaire.is_valid():
        return _page(request, declare, formulaire)
    try:
        with transaction.atomic():
            homologations.enregistrer(formulaire.signee(cle), acteur_de(request))
    except IntegrityError as refus:
        champ, message = _refus(refus)
        formulaire.add_error(champ, message)
        return _page(request, declare, formulaire)
    return redirect("registre:homologations")


@require_POST
@sous_traitement(TENUE, motif="Retrait d'une homologation")
def retirer(request: HttpRequest, cle: str, numero: int) -> HttpResponse:
    """Withdraw a decision, with its reason; the service closes."""
    declare = teleservices().get(cle)
    trouvee = Homologation.objects.only(*homologations.SANS_LE_DOCUMENT).filter(pk=numero, teleservice=cle).first()
    if declare is None or trouvee is None:
        raise Http404
    retrait = FormulaireRetrait(request.POST)
    if not retrait.is_valid():
        return _page(request, declare, FormulaireHomologation(initial=_propose(declare)), retrait=retrait, de=numero)
    try:
        with transaction.atomic():
            homologations.retirer(trouvee, retrait.cleaned_data["motif"], timezone.localdate())
    except IntegrityError as refus:
        retrait.add_error("motif", _refus(refus)[1])
        return _page(request, declare, FormulaireHomologation(initial=_propose(declare)), retrait=retrait, de=numero)
    return redirect("registre:homologation", cle)


def _refus(erreur: IntegrityError) -> tuple[str | None, str]:
    """Field and French message of a refusal of the database; one that has none keeps its error."""
    diagnostic = getattr(erreur.__cause__, "diag", None)
    nom = getattr(diagnostic, "constraint_name", "") or ""
    messages = {c.name: str(c.violation_error_message) for c in Homologation._meta.constraints}
    if nom == "homologation_se_retire_une_fois":
        return "motif", str(diagnostic.message_primary if diagnostic else "")
    if nom not in messages:
        raise erreur
    return CHAMPS.get(nom), messages[nom]


def _propose(declare: Teleservice) -> dict[str, Any]:
    adresses = ", ".join(adresses_de(declare))
    return {"perimetre": f"{declare.objet}\nAdresses : {adresses}", "decidee_le": timezone.localdate()}


def _page(
    request: HttpRequest,
    declare: Teleservice,
    formulaire: FormulaireHomologation,
    *,
    retrait: FormulaireRetrait | None = None,
    de: int = 0,
) -> HttpResponse:
    siennes = Homologation.objects.only(*homologations.SANS_LE_DOCUMENT).filter(teleservice=declare.cle)
    (etat,) = (e for e in homologations.etats(timezone.localdate()) if e.service is declare)
    contexte = {
        "service": declare, "etat": etat, "decisions": list(siennes.order_by("-validite", "-pk")),
        "adresses": adresses_de(declare), "empreinte": empreinte(declare.cle), "formulaire": formulaire,
        "retrait": retrait or FormulaireRetrait(), "retrait_de": de, "onglet": "homologations",
    }  # fmt: skip
    refuse = (formulaire.is_bound and formulaire.errors) or retrait is not None
    return render(request, "registre/homologation.html", contexte, status=422 if refuse else 200)
