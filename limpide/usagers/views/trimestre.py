"""« Déclarer mon trimestre »: what the Caf knows, what is to correct or add; read again; sent once; the receipt."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import DeclarationScellee, Dossier, GenreScelle, TacheAgent, Trimestre
from limpide.dossiers.trimestres import ADeclarer, a_declarer
from limpide.identite.erreurs import ErreurSaisie
from limpide.paiements.calendrier import date_de_paiement
from limpide.registre.vues import au_nom_de, ouvre_sous_garde, personne_de, pour_la_requete, sous_traitement
from limpide.usagers import scellement
from limpide.usagers.declarations_trimestre import TRIMESTRE
from limpide.usagers.dossier import mon_dossier, nom_usuel
from limpide.usagers.trimestre import brouillon, connu, effet, envoi
from limpide.usagers.trimestre.formulaire import Dit, FormulaireTrimestre
from limpide.usagers.views import scellees

ICI = "usagers:trimestre"
RELIRE, ENVOYER, GARDER = "relire", "envoyer", "garder"
A_CHANGE = "Un montant connu de la Caf a changé pendant que vous répondiez : relisez cette page avant d'envoyer."
GARDE = "Ce que vous avez écrit est gardé soixante jours. Rien n'est encore envoyé à la Caf."
OCCUPEE = "Le calcul du mois est en cours à votre Caf : vos droits seront recalculés avec lui."


class FormulaireHonneur(FormulaireDSFR):
    """The tick that sends; never ticked beforehand."""

    honneur = forms.BooleanField(
        label="Je déclare sur l'honneur que ces ressources sont exactes et complètes",
        error_messages={"required": "Cochez cette case pour envoyer votre déclaration."},
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(TRIMESTRE)
def declarer(request: Any) -> HttpResponse:
    """GET: the figures known, or the receipts. POST: read again, then send; what was typed is kept all along."""
    a_recalculer: tuple[str, int, ADeclarer] | None = None
    with pour_la_requete(request, TRIMESTRE, "Vous déclarez vos ressources du trimestre"):
        dossier = mon_dossier(personne_de(request))
        if dossier is None or dossier.clos_le is not None:
            return render(request, "usagers/compte/sans_dossier.html")
        trimestre = a_declarer(dossier, timezone.localdate())
        if trimestre is None:
            return redirect(ICI) if request.method == "POST" else _recus(request, dossier)
        reponse = _repondre(request, dossier, trimestre)
        if reponse is not None:
            return reponse
        a_recalculer = dossier.organisme_id, dossier.pk, trimestre
    _recalculer(request, *a_recalculer)
    return redirect(ICI)


def _repondre(request: Any, dossier: Dossier, trimestre: ADeclarer) -> HttpResponse | None:
    """The page to show; None once the declaration is sent."""
    membres = connu.membres_connus(dossier, trimestre)
    vu = connu.empreinte(membres)
    if request.method != "POST":
        reprise = brouillon.lire(dossier.allocataire_id, trimestre.mois)
        formulaire = FormulaireTrimestre(initial=reprise, membres=membres)
        return _questions(request, trimestre, formulaire, vu)
    formulaire = FormulaireTrimestre(request.POST, membres=membres)
    brouillon.garder(dossier.allocataire_id, trimestre.mois, request.POST)
    if request.POST.get("etape") == GARDER:
        messages.success(request, GARDE)
        return redirect("usagers:compte")
    if request.POST.get("vu") != vu:
        messages.warning(request, A_CHANGE)
        return _questions(request, trimestre, formulaire, vu)
    etape = request.POST.get("etape")
    if not formulaire.is_valid() or etape not in (RELIRE, ENVOYER):
        return _questions(request, trimestre, formulaire, vu)
    honneur = FormulaireHonneur(request.POST if etape == ENVOYER else None)
    if etape == ENVOYER and honneur.is_valid():
        try:
            envoi.declarer(
                dossier, trimestre, formulaire.dits(), formulaire.recapitulatif(), _signature(request, dossier)
            )
        except ErreurSaisie as refus:
            for message in refus.champs.values():
                honneur.add_error(None, message)
        else:
            return None
    return _relire(request, dossier, trimestre, formulaire, honneur, vu)


def _signature(request: Any, dossier: Dossier) -> envoi.Signature:
    nom, agit = nom_usuel(dossier.allocataire), au_nom_de(request)
    if agit is not None:
        nom = f"{nom}, par la personne qui la protège ({agit.mesure})"
    return envoi.Signature(nom, f"compte {request.user.pk}", timezone.now())


def _recalculer(request: Any, organisme: str, dossier: int, trimestre: ADeclarer) -> None:
    """Months already computed, at once; a processing of its own, once the declaration is kept."""
    fait = effet.recalculer(organisme, dossier, trimestre.mois)
    messages.success(request, "Votre déclaration est envoyée. Voici votre récépissé.")
    if not fait:
        messages.info(request, OCCUPEE)


def _questions(request: Any, trimestre: ADeclarer, formulaire: FormulaireTrimestre, vu: str) -> HttpResponse:
    en_erreur = formulaire.is_bound and bool(formulaire.errors)
    contexte = {
        "trimestre": trimestre, "formulaire": formulaire, "vu": vu,
        "complet": all(m.complet for m in formulaire.membres),
        "reprise": not formulaire.is_bound and bool(formulaire.initial),
        "titre_page": ("Erreur : " if en_erreur else "") + "Déclarer mon trimestre",
    }  # fmt: skip
    return render(request, "usagers/trimestre/questions.html", contexte, status=422 if en_erreur else 200)


def _relire(
    request: Any, dossier: Dossier, trimestre: ADeclarer, formulaire: FormulaireTrimestre,
    honneur: FormulaireHonneur, vu: str,
) -> HttpResponse:  # fmt: skip
    dits: list[Dit] = formulaire.dits()
    contexte = {
        "trimestre": trimestre, "recapitulatif": formulaire.recapitulatif(), "formulaire": honneur, "vu": vu,
        "donnees": [(nom, request.POST.get(nom, "")) for nom in formulaire.fields if request.POST.get(nom)],
        "effets": effet.effets(dossier, trimestre, dits), "a_verifier": any(envoi.contredit(d) for d in dits),
        "paiement": date_de_paiement(trimestre.mois),
        "texte": scellement.texte_en_vigueur(timezone.localdate()),
    }  # fmt: skip
    statut = 422 if honneur.is_bound and honneur.errors else 200
    return render(request, "usagers/trimestre/relire.html", contexte, status=statut)


def _recus(request: Any, dossier: Dossier) -> HttpResponse:
    """Nothing to declare today: what was declared, and what it changed."""
    declares = list(
        Trimestre.objects.select_related("scellee").defer("scellee__contenu_chiffre")
        .filter(dossier_id=dossier.pk).exclude(declare_le=None).order_by("-mois")
    )  # fmt: skip
    dernier = ADeclarer(declares[0].mois, declares[0].echeance, en_retard=False) if declares else None
    contexte = {
        "declares": [(d, ADeclarer(d.mois, d.echeance, en_retard=False)) for d in declares],
        "dernier": dernier,
        "effets": effet.effets(dossier, dernier, []) if dernier else [],
        "paiement": date_de_paiement(dernier.mois) if dernier else None,
        "taches": list(TacheAgent.objects.filter(dossier_id=dossier.pk, genre="ressources").order_by("-creee_le")),
    }
    return render(request, "usagers/trimestre/recus.html", contexte)


@never_cache
@require_safe
@sous_traitement(TRIMESTRE, motif="Vous téléchargez une déclaration trimestrielle")
def en_pdf(request: Any, declaration: uuid.UUID) -> HttpResponse:
    """The declaration exactly as it was sent."""
    return scellees.telecharger(
        DeclarationScellee.objects.filter(pk=declaration, genre=GenreScelle.TRIMESTRE).first(),
        "declaration-trimestrielle",
    )
