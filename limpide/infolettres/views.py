"""Screens of those who write: letters of their Caf and national ones, one letter with its preview, what it reached."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers.views.acces import page_agent
from limpide.identite.erreurs import PARTOUT, ErreurSaisie

from . import contenu, graphique, redaction
from .formulaires import FormulaireLettre, FormulaireTexte
from .models import Infolettre, VersionInfolettre
from .reception import interet

MOTIF = "Écriture d'une lettre d'information"
ICI, LETTRE = "redaction:liste", "redaction:lettre"
EXEMPLE = "/lettres/desabonnement/…/"
"""What stands for the reader's link in a preview: each one's own is drawn when the letter leaves."""
FAITS = {
    "proposer": "La lettre attend maintenant qu'une autre personne la valide.",
    "valider": "La lettre est validée.",
    "rendre": "La lettre est rendue à qui l'écrit.",
}


@require_safe
@page_agent(redaction.REDIGER, MOTIF)
def liste(request: Any) -> HttpResponse:
    """Letters of this Caf and national ones, the latest first."""
    toutes = list(Infolettre.objects.order_by("-creee_le", "-pk"))
    derniers: dict[int, VersionInfolettre] = {}
    for version in VersionInfolettre.objects.filter(infolettre_id__in=[x.pk for x in toutes]).order_by("numero"):
        derniers[version.infolettre_id] = version
    contexte = {
        "lignes": [(x, derniers[x.pk], redaction.attend_une_validation(x)) for x in toutes],
        "portees": redaction.portees_de(request.user.pk),
    }
    return render(request, "infolettres/liste.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(redaction.REDIGER, MOTIF)
def ecrire(request: Any) -> HttpResponse:
    """A new letter. Who isn't accredited reads why."""
    portees = redaction.portees_de(request.user.pk)
    formulaire = FormulaireLettre(
        request.POST if request.method == "POST" else None, portees=portees, initial={"contenu": contenu.MODELE}
    )
    if request.method == "POST" and formulaire.is_valid():
        saisie = formulaire.cleaned_data
        try:
            nouvelle = redaction.ecrire(
                request.user.pk, request.user.organisme_id, saisie["portee"], saisie["categorie"], saisie["sujet"],
                saisie["contenu"],
            )  # fmt: skip
        except ErreurSaisie as refus:
            _expliquer(formulaire, refus)
        else:
            messages.success(request, "Le brouillon est enregistré. Relisez-le ci-dessous, puis proposez-le.")
            return redirect(LETTRE, nouvelle.pk)
    contexte = {"formulaire": formulaire, "portees": portees, "titre": "Écrire une lettre d'information"}
    return render(request, "infolettres/ecrire.html", contexte, status=_statut(formulaire))


def _ouvrir(numero: int) -> Infolettre:
    lettre: Infolettre | None = Infolettre.objects.filter(pk=numero).first()
    if lettre is None:
        raise Http404("Cette lettre n'existe pas dans votre Caf.")
    return lettre


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(redaction.REDIGER, MOTIF)
def lettre(request: Any, numero: int) -> HttpResponse:
    """The letter as it will be read, in both parts, and the next step. POST: propose, validate or give back."""
    sienne = _ouvrir(numero)
    refus = ""
    if request.method == "POST":
        try:
            _avancer(sienne, request)
        except ErreurSaisie as erreur:
            refus = " ".join(erreur.champs.values())
        else:
            messages.success(request, FAITS[request.POST["acte"]])
            return redirect(LETTRE, numero)
    versions = redaction.versions(numero)
    derniere = versions[0]
    lu = interet(sienne) if sienne.etat == Infolettre.Etat.ENVOYEE else None
    contexte = {
        "lettre": sienne,
        "version": derniere,
        "anciennes": [(v, contenu.en_texte(v.contenu, EXEMPLE)) for v in versions[1:]],
        "corps": contenu.en_html(derniere.contenu, EXEMPLE, styles=False, titre="h3"),
        "texte": contenu.en_texte(derniere.contenu, EXEMPLE),
        "attend": redaction.attend_une_validation(sienne),
        "proposable": sienne.etat in {"brouillon", "envoyee"} and derniere.numero not in {
            sienne.version_validee, sienne.version_proposee,
        },
        "auteur": request.user.pk in {sienne.proposee_par, derniere.auteur},
        "habilite": sienne.portee in redaction.portees_de(request.user.pk),
        "interet": lu,
        "graphique": graphique.par_tranche(lu.tranches) if lu else None,
        "refus": refus,
    }  # fmt: skip
    return render(request, "infolettres/lettre.html", contexte, status=422 if refus else 200)


def _avancer(lettre: Infolettre, request: Any) -> None:
    acte, agent = request.POST.get("acte", ""), request.user.pk
    if acte == "proposer":
        redaction.proposer(lettre, agent)
    elif acte == "valider" and request.POST.get("version", "").isdecimal():
        redaction.valider(lettre, agent, int(request.POST["version"]))
    elif acte == "rendre":
        redaction.rendre(lettre, agent)
    else:
        raise ErreurSaisie({PARTOUT: "Choisissez ce que vous faites de cette lettre."})


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(redaction.REDIGER, MOTIF)
def modifier(request: Any, numero: int) -> HttpResponse:
    """One more version: of a draft, or the correction of what is online."""
    sienne = _ouvrir(numero)
    derniere = redaction.versions(numero)[0]
    correction = sienne.etat == Infolettre.Etat.ENVOYEE
    initial = {"sujet": derniere.sujet, "contenu": derniere.contenu}
    formulaire = FormulaireTexte(
        request.POST if request.method == "POST" else None, correction=correction, initial=initial
    )
    if request.method == "POST" and formulaire.is_valid():
        saisie = formulaire.cleaned_data
        try:
            redaction.recrire(sienne, request.user.pk, saisie["sujet"], saisie["contenu"], saisie.get("raison", ""))
        except ErreurSaisie as refus:
            _expliquer(formulaire, refus)
        else:
            messages.success(request, "La nouvelle version est enregistrée ; celle d'avant est gardée.")
            return redirect(LETTRE, numero)
    contexte = {
        "formulaire": formulaire,
        "portees": redaction.portees_de(request.user.pk) & {sienne.portee},
        "titre": "Corriger la lettre en ligne" if correction else "Modifier le brouillon",
        "lettre": sienne,
    }
    return render(request, "infolettres/ecrire.html", contexte, status=_statut(formulaire))


def _expliquer(formulaire: Any, refus: ErreurSaisie) -> None:
    for champ, message in refus.champs.items():
        formulaire.add_error(champ if champ in formulaire.fields else None, message)


def _statut(formulaire: Any) -> int:
    return 422 if formulaire.is_bound and formulaire.errors else 200
