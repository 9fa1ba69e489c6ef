"""One file: household at any date, facts with their history, rights and why, decisions, who read it."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from limpide.dossiers import explications, lexique, presentation
from limpide.dossiers.formulaires_agent import FormulaireVue
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import page_dossier

LIRE, CONTACTS = "instruction_droits", "contacts_agents"


@require_safe
@page_dossier(LIRE, avec=(CONTACTS,))
def fiche(request: Any, dossier: Dossier) -> HttpResponse:
    """Summary: who was in the household on a day, as known on another; claims, documents, rights by month.

    The panels of other rooms come with it.
    """
    vue, jour, connu = _quand(request)
    vigueur = explications.en_vigueur(explications.toutes_les_lignes(dossier.pk))
    contexte = {
        "vue": vue,
        "jour": jour,
        "connu": connu,
        "passe": bool(vue.data),
        "membres": presentation.membres(dossier.pk, jour, connu),
        "demandes": presentation.demandes(dossier.pk),
        "pieces": presentation.pieces(dossier.pk),
        "graphique": presentation.dessin(vigueur),
        "mois": presentation.tableau(vigueur),
        "droits": presentation.droits_montres(vigueur),
        "decisions": presentation.decisions(dossier.pk),
        "panneaux": request.panneaux,
    }
    return _page(request, "dossiers/fiche.html", dossier, "fiche", contexte)


def _quand(request: HttpRequest) -> tuple[FormulaireVue, dt.date, dt.datetime]:
    """The day looked at and the moment of knowledge; today and now by default."""
    vue = FormulaireVue(request.GET or None)
    jour, connu = timezone.localdate(), timezone.now()
    if vue.is_bound and vue.is_valid():
        jour = vue.cleaned_data["au"] or jour
        if vue.cleaned_data["connu"]:
            soir = dt.datetime.combine(vue.cleaned_data["connu"], dt.time.max, timezone.get_current_timezone())
            connu = min(soir, connu)
    return vue, jour, connu


@require_safe
@page_dossier(LIRE)
def faits(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Every fact, of each person and of the household, with what replaced it."""
    contexte = {"sujets": presentation.faits(dossier.pk)}
    return _page(request, "dossiers/faits.html", dossier, "faits", contexte)


@require_safe
@page_dossier(LIRE)
def droits(request: HttpRequest, dossier: Dossier, mois: str) -> HttpResponse:
    """Why each right of the month has its amount, and what moved since the month before."""
    jour = explications.mois_de(mois)
    lignes = explications.toutes_les_lignes(dossier.pk)
    connus = sorted({ligne.mois for ligne in lignes}, reverse=True)
    if jour is None or jour not in connus:
        raise Http404("Aucun droit n'est calculé pour ce mois.")
    contexte = {
        "mois": jour,
        "autres": connus,
        "explications": explications.expliquer(dossier.pk, lignes, jour),
        "corrections": [c for c in explications.corrections(dossier.pk, lignes) if c.apres.mois == jour],
    }
    return _page(request, "dossiers/droits.html", dossier, "droits", contexte)


@require_safe
@page_dossier(LIRE)
def journal(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Who read or changed this file, when, under which processing and for what reason."""
    contexte = {"lignes": presentation.journal(dossier.pk), "actions": lexique.ACTIONS}
    return _page(request, "dossiers/journal.html", dossier, "journal", contexte)


def _page(request: HttpRequest, gabarit: str, dossier: Dossier, onglet: str, contexte: dict[str, Any]) -> HttpResponse:
    entete = {"dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": onglet,
              "dernier_mois": presentation.dernier_mois(dossier.pk)}  # fmt: skip
    return render(request, gabarit, entete | contexte)
