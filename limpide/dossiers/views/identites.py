"""Identities: those of the Caf that wait for an agent, those of a file, one with what may be recorded of it."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import identites, presentation
from limpide.dossiers.declarations_identite import SUIVI
from limpide.dossiers.formulaires_identite import (
    FormulaireComparaison,
    FormulaireEtape,
    FormulaireIssue,
    FormulaireLitige,
)
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.identite import certification, delais, litiges
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Personne, StatutIdentite
from limpide.registre.contexte import Acteur
from limpide.registre.vues import acteur_de
from limpide.socle.appel import PartenaireInjoignable

MONTREES = 50
CLE_RESULTAT = "identite_faite"
MOTIF = "Suivi de l'identité"


@require_safe
@page_agent(SUIVI, "Liste des identités à traiter")
def liste(request: HttpRequest) -> HttpResponse:
    """The oldest first; file numbers only, neither name nor number."""
    attendent = identites.a_traiter(timezone.localdate())
    contexte = {"nombre": len(attendent), "montrees": MONTREES, "lignes": attendent[:MONTREES]}
    return render(request, "dossiers/identites_a_traiter.html", contexte)


@require_safe
@page_dossier(SUIVI)
def du_dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Persons of the file and where their identity stands."""
    return _page(request, "dossiers/identites.html", dossier, {"identites": identites.du_dossier(dossier.pk)})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(SUIVI, toujours=MOTIF)
def personne(request: Any, dossier: Dossier, personne: int) -> HttpResponse:
    """GET: one identity. POST: the act named by `acte`, refused field by field, or done and said on the page."""
    qui = identites.personne_du_dossier(dossier.pk, personne)
    if qui is None:
        raise Http404("Cette personne n'est pas de ce dossier.")
    vue = identites.fiche(qui)
    formulaires = _formulaires(vue, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        acte = request.POST.get("acte", "")
        formulaire = formulaires.get(acte)
        if acte == "certifier":
            refus = _certifier(request, qui)
            if not refus:
                return redirect("dossiers:identite", dossier.pk, qui.pk)
        elif formulaire is not None and formulaire.is_valid() and _faire(request, acte, vue, formulaire):
            return redirect("dossiers:identite", dossier.pk, qui.pk)
        else:
            refus = "" if formulaire is not None else "Cet acte n'est plus possible : l'identité a changé depuis."
        return _fiche(request, dossier, vue, formulaires, refus=refus, statut=422 if formulaire is not None else 409)
    return _fiche(request, dossier, vue, formulaires)


def _formulaires(vue: identites.Fiche, saisie: Any) -> dict[str, Any]:
    """The acts possible now, by name; only the one sent is bound."""
    acte = saisie.get("acte") if saisie is not None else None

    def lie(nom: str) -> Any:
        return saisie if nom == acte else None

    possibles: dict[str, Any] = {}
    etat = vue.personne.statut_identite
    if etat == StatutIdentite.LITIGE:
        possibles["issue"] = FormulaireIssue(lie("issue"))
    elif etat != StatutIdentite.REUNIE:
        possibles["litige"] = FormulaireLitige(lie("litige"))
    if vue.a_comparer is not None:
        possibles["comparaison"] = FormulaireComparaison(lie("comparaison"))
    if vue.suites and etat == StatutIdentite.NIA:
        possibles["etape"] = FormulaireEtape(lie("etape"), suites=vue.suites)
    return possibles


def _faire(request: Any, acte: str, vue: identites.Fiche, formulaire: Any) -> bool:
    """Do the act; False when it is refused, its messages then on the form."""
    try:
        request.session[CLE_RESULTAT] = ACTES[acte](vue, formulaire.cleaned_data)
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(champ if champ in formulaire.fields else None, message)
        return False
    return True


def _litige(vue: identites.Fiche, donnees: dict[str, Any]) -> str:
    litiges.mettre_en_litige(vue.personne, donnees["cause"], donnees["note"])
    return "Le litige est ouvert. Aucun paiement n'est arrêté."


def _issue(vue: identites.Fiche, donnees: dict[str, Any]) -> str:
    errone = donnees["issue"] == "errone"
    litiges.regler_litige(vue.personne, donnees["note"], timezone.localdate(), numero_errone=errone)
    return "Le litige est réglé." + (" Le numéro est retiré ; il reste trouvable." if errone else "")


def _comparaison(vue: identites.Fiche, donnees: dict[str, Any]) -> str:
    assert vue.a_comparer is not None
    meme = donnees["avis"] == "meme"
    certification.comparer(vue.a_comparer, meme_personne=meme)
    return "Le NIR est certifié." if meme else "Le litige est ouvert. Aucun paiement n'est arrêté."


def _etape(vue: identites.Fiche, donnees: dict[str, Any]) -> str:
    assert vue.nia is not None
    etape = delais.noter_etape(vue.nia, donnees["genre"], donnees["le"])
    return f"L'étape est notée : {etape.get_genre_display()}."


ACTES: dict[str, Callable[[identites.Fiche, dict[str, Any]], str]] = {
    "litige": _litige, "issue": _issue, "comparaison": _comparaison, "etape": _etape,
}  # fmt: skip


def _certifier(request: Any, qui: Personne) -> str:
    """Record the question; it leaves once this page's transaction is over. Returns why not, if it cannot be asked."""
    try:
        question = certification.demander(qui)
    except ErreurSaisie as refus:
        return str(refus)
    transaction.on_commit(functools.partial(_envoyer, request, question.pk, acteur_de(request)))
    return ""


def _envoyer(request: Any, cle: Any, acteur: Acteur) -> None:
    """Ask the SNGI, under its own processing; silent, the question stays open and the batch will send it again."""
    try:
        repondue = certification.traiter(cle, acteur)
    except PartenaireInjoignable:
        request.session[CLE_RESULTAT] = "Le SNGI ne répond pas. La demande est gardée : elle repartira d'elle-même."
        return
    if repondue is not None:
        request.session[CLE_RESULTAT] = (
            f"Le SNGI a répondu : {repondue.get_resultat_display()}. Suite : {repondue.get_suite_display()}."
        )


def _fiche(
    request: Any, dossier: Dossier, vue: identites.Fiche, formulaires: dict[str, Any], *, refus: str = "",
    statut: int = 200,
) -> HttpResponse:  # fmt: skip
    lie = next((f for f in formulaires.values() if f.is_bound), None)
    contexte = {
        "vue": vue, "formulaires": formulaires, "formulaire": lie, "refus": refus,
        "fait": request.session.pop(CLE_RESULTAT, None),
    }  # fmt: skip
    return _page(request, "dossiers/identite.html", dossier, contexte, statut)


def _page(
    request: HttpRequest, gabarit: str, dossier: Dossier, contexte: dict[str, Any], statut: int = 200
) -> HttpResponse:
    entete = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "identites",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
    }  # fmt: skip
    return render(request, gabarit, entete | contexte, status=statut)
