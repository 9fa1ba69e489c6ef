"""« Déclarer un changement »: which one, its questions, read again with what it would move, sent once, followed."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import DeclarationScellee, Dossier, GenreScelle
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import au_nom_de, ouvre_sous_garde, personne_de, pour_la_requete, sous_traitement
from limpide.usagers import scellement
from limpide.usagers.changement import brouillon, effet, envoi, suite
from limpide.usagers.changement.connu import connu_de
from limpide.usagers.changement.formulaires import FormulaireChangement
from limpide.usagers.changement.genres import GENRES, Genre
from limpide.usagers.declarations_changement import CHANGEMENT
from limpide.usagers.dossier import mon_dossier, nom_usuel
from limpide.usagers.views import scellees

ICI, SAISIR, RELIRE = "usagers:changement", "usagers:changement_saisir", "usagers:changement_relire"
ENVOYE = "Votre déclaration est envoyée. Voici votre récépissé."
OCCUPEE = "Le calcul du mois est en cours à votre Caf : vos droits seront recalculés avec lui."


class FormulaireEnvoi(FormulaireDSFR):
    """The ticks that send; none is ticked beforehand. One more for each other adult (MC-087)."""

    def __init__(self, *args: Any, autres: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["honneur"] = forms.BooleanField(
            label="Je déclare sur l'honneur que ce que j'ai écrit est exact",
            error_messages={"required": "Cochez cette case pour envoyer votre déclaration."},
        )
        for rang, qui in enumerate(autres):
            self.fields[f"accord_{rang}"] = forms.BooleanField(
                label=f"{qui} est d'accord pour que je donne ces informations à la Caf",
                error_messages={"required": "L'accord de cette personne est nécessaire avant de donner ses données."},
            )

    def accords(self) -> list[str]:
        return [str(champ.label) for nom, champ in self.fields.items() if nom.startswith("accord_")]


def _ouvert(request: Any) -> Dossier | None:
    dossier = mon_dossier(personne_de(request) or 0)
    return None if dossier is None or dossier.clos_le is not None else dossier


def _genre(code: str) -> Genre:
    if code not in GENRES:
        raise Http404("Ce changement ne se déclare pas ici.")
    return GENRES[code]


@never_cache
@require_safe
@sous_traitement(CHANGEMENT, motif="Vous regardez vos changements de situation")
def choisir(request: Any) -> HttpResponse:
    """What changed? And each change declared: where it stands, who acts next, by when; its receipt."""
    dossier = _ouvert(request)
    if dossier is None:
        return render(request, "usagers/compte/sans_dossier.html")
    commences = [(GENRES[b.genre], b) for b in brouillon.tous(dossier.allocataire_id) if b.genre in GENRES]
    contexte = {"genres": GENRES.values(), "commences": commences, "declares": suite.declares(dossier.pk)}
    return render(request, "usagers/changement/choisir.html", contexte)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(CHANGEMENT, motif="Vous préparez un changement de situation")
def saisir(request: Any, genre: str) -> HttpResponse:
    """GET takes up the draft. POST keeps what was typed, wrong or not, and goes on or shows the errors."""
    choisi, dossier = _genre(genre), _ouvert(request)
    if dossier is None:
        return render(request, "usagers/compte/sans_dossier.html")
    if request.method == "POST":
        formulaire = choisi.formulaire(request.POST, connu=connu_de(dossier))
        brouillon.garder(dossier.allocataire_id, genre, request.POST)
        if formulaire.is_valid():
            return redirect(RELIRE, genre)
    else:
        commence = brouillon.lire(dossier.allocataire_id, genre)
        tapees = None if commence is None else commence.reponses
        formulaire = choisi.formulaire(tapees, connu=connu_de(dossier))
    en_erreur = request.method == "POST"
    contexte = {
        "genre": choisi, "formulaire": formulaire,
        "titre_page": ("Erreur : " if en_erreur else "") + choisi.titre + " — Déclarer un changement",
    }  # fmt: skip
    return render(request, "usagers/changement/saisir.html", contexte, status=422 if en_erreur else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(CHANGEMENT)
def relire(request: Any, genre: str) -> HttpResponse:
    """GET: everything to read again, what it would move, the sanctions, the ticks. POST: sent once."""
    choisi = _genre(genre)
    with pour_la_requete(request, CHANGEMENT, "Vous relisez et envoyez un changement de situation"):
        dossier = _ouvert(request)
        if dossier is None:
            return render(request, "usagers/compte/sans_dossier.html")
        commence = brouillon.lire(dossier.allocataire_id, genre, pour_envoyer=request.method == "POST")
        if commence is None:  # sent already, by another click or another tab: the receipt is there
            return redirect(ICI)
        formulaire = choisi.formulaire(commence.reponses, connu=connu_de(dossier))
        if not formulaire.is_valid():
            return redirect(SAISIR, genre)
        plan = formulaire.plan()
        ticks = FormulaireEnvoi(request.POST if request.method == "POST" else None, autres=formulaire.accords())
        pret = request.method == "POST" and ticks.is_valid()
        if not (pret and _envoyer(request, dossier, choisi, formulaire, ticks)):
            return _relire(request, dossier, choisi, formulaire, ticks)
        organisme, numero = dossier.organisme_id, dossier.pk
    messages.success(request, ENVOYE)
    if plan.tout_de_suite and not effet.recalculer(organisme, numero, plan.depuis, plan.cause, plan.droit):
        messages.info(request, OCCUPEE)
    return redirect(ICI)


def _envoyer(
    request: Any, dossier: Dossier, genre: Genre, formulaire: FormulaireChangement, ticks: FormulaireEnvoi
) -> bool:
    """Whether it is sent; a refusal is said on the form of the ticks."""
    nom, agit = nom_usuel(dossier.allocataire), au_nom_de(request)
    if agit is not None:
        nom = f"{nom}, par la personne qui la protège ({agit.mesure})"
    par = envoi.Signature(nom, f"compte {request.user.pk}", timezone.now())
    try:
        envoi.declarer(dossier, genre.code, formulaire.plan(), formulaire.recapitulatif(), ticks.accords(), par)
    except ErreurSaisie as refus:
        for message in refus.champs.values():
            ticks.add_error(None, message)
        return False
    return True


def _relire(
    request: Any, dossier: Dossier, genre: Genre, formulaire: FormulaireChangement, ticks: FormulaireEnvoi
) -> HttpResponse:
    plan = formulaire.plan()
    contexte = {
        "genre": genre, "plan": plan, "recapitulatif": formulaire.recapitulatif(), "formulaire": ticks,
        "texte": scellement.texte_en_vigueur(timezone.localdate()),
        "estimation": effet.estimer(dossier, plan.etapes, plan.depuis) if plan.etapes else None,
    }  # fmt: skip
    return render(request, "usagers/changement/relire.html", contexte, status=422 if ticks.errors else 200)


@require_POST
@sous_traitement(CHANGEMENT, motif="Vous effacez un changement commencé")
def abandonner(request: Any, genre: str) -> HttpResponse:
    brouillon.effacer(personne_de(request) or 0, _genre(genre).code)
    messages.success(request, "Votre déclaration commencée est effacée. Rien n'a été envoyé.")
    return redirect(ICI)


@never_cache
@require_safe
@sous_traitement(CHANGEMENT, motif="Vous téléchargez un changement de situation déclaré")
def en_pdf(request: Any, changement: uuid.UUID) -> HttpResponse:
    """The declaration exactly as it was sent."""
    return scellees.telecharger(
        DeclarationScellee.objects.filter(pk=changement, genre=GenreScelle.CHANGEMENT).first(),
        "changement-de-situation",
    )
