"""Access of the allocataire to Mon Compte: what was reported and decided; another password, suspension, lifting."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.dossiers import acces_a_suivre, presentation
from limpide.dossiers.formulaires_acces import FormulaireAcces
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.identite import acces_compte as verbes
from limpide.identite import premier_mot_de_passe as remise
from limpide.identite import preuves_acces
from limpide.identite import second_facteur as facteurs
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.models import Compte, GenreEtapeAcces

CLE, PREUVES, OUVERTURE = "acces_mon_compte", "preuves_acces", "premier_mot_de_passe"
CLE_RESULTAT = "acces_fait"
MONTREES = 50
ACTES: dict[str, tuple[GenreEtapeAcces, Callable[[Compte, str], Any], str]] = {
    "forcer": (
        GenreEtapeAcces.CHANGEMENT, verbes.forcer_changement,
        "La prochaine page demandera à la personne un autre mot de passe.",
    ),
    "suspendre": (
        GenreEtapeAcces.SUSPENSION, verbes.suspendre,
        "L'accès est suspendu. La personne en lit le motif et la manière de le contester.",
    ),
    "lever": (GenreEtapeAcces.LEVEE, verbes.lever, "La suspension est levée."),
    "facteur": (
        GenreEtapeAcces.RETRAIT, facteurs.retirer, "Le second facteur est retiré : le mot de passe suffit de nouveau.",
    ),
}  # fmt: skip


@require_safe
@page_agent(CLE, "Liste des accès à suivre")
def liste(request: Any) -> HttpResponse:
    """Suspended accesses, and those reported lately; file numbers only."""
    trouves = acces_a_suivre.a_suivre()
    contexte = {"nombre": len(trouves), "montrees": MONTREES, "lignes": trouves[:MONTREES]}
    return render(request, "dossiers/acces_a_suivre.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(CLE)
def acces(request: Any, dossier: Dossier) -> HttpResponse:
    """GET: where the access stands, and its history. POST: one act of `ACTES`, with its reason."""
    compte = verbes.compte_de(dossier.allocataire_id)
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    if request.method == "POST" and (compte is None or acte not in ACTES):
        raise Http404("Cet acte n'existe pas, ou la personne n'a pas de compte.")
    formulaires = {nom: FormulaireAcces(genre, request.POST if nom == acte else None)
                   for nom, (genre, *_) in ACTES.items()}  # fmt: skip
    lie = formulaires.get(acte)
    if compte is not None and lie is not None and lie.is_valid() and _agir(compte, acte, lie):
        request.session[CLE_RESULTAT] = ACTES[acte][2]
        return redirect("dossiers:acces_compte", dossier.pk)
    contexte = {
        "dossier": dossier,
        "nom": presentation.nom_complet(dossier.allocataire),
        "onglet": "acces",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
        "compte": compte,
        "facteur": facteurs.est_active(compte.pk) if compte else False,
        "etapes": verbes.etapes(compte.pk) if compte else [],
        "formulaire": lie,
        **{f"formulaire_{nom}": f for nom, f in formulaires.items()},
        "resultat": request.session.pop(CLE_RESULTAT, ""),
    }
    return render(request, "dossiers/acces_compte.html", contexte, status=422 if lie and lie.errors else 200)


def _agir(compte: Compte, acte: str, formulaire: FormulaireAcces) -> bool:
    try:
        ACTES[acte][1](compte, formulaire.cleaned_data["motif"])
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT else champ, message)
        return False
    return True


@require_POST
@page_dossier(OUVERTURE)
def premier_mot_de_passe(request: Any, dossier: Dossier) -> HttpResponse:
    """A password generated for whoever proved who they are, on the only page that ever shows it."""
    contexte: dict[str, Any] = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "acces",
    }  # fmt: skip
    if request.POST.get("identite") == "verifiee":
        try:
            contexte["mot_de_passe"], contexte["motif"] = remise.donner(dossier.allocataire_id)
        except ErreurSaisie as refus:
            contexte["souci"] = " ".join(refus.champs.values())
    else:
        contexte["souci"] = "Dites que vous avez vérifié l'identité de la personne."
    return render(request, "dossiers/premier_mot_de_passe.html", contexte, status=409 if "souci" in contexte else 200)


@require_POST
@page_dossier(PREUVES)
def preuves(request: Any, dossier: Dossier) -> HttpResponse:
    """The sealed evidence, as a file; 404 when nothing was reported nor suspended."""
    compte = verbes.compte_de(dossier.allocataire_id)
    if compte is None:
        raise Http404("Cette personne n'a pas de compte.")
    try:
        texte = preuves_acces.produire(compte)
    except ErreurSaisie as refus:
        raise Http404(str(refus)) from refus
    nom = f"preuves-acces-{dossier.pk}.json"
    entete = {"Content-Disposition": f'attachment; filename="{nom}"'}
    return HttpResponse(texte, content_type="application/json", headers=entete)
