"""A declared change checked by an agent: what was sealed, what it moves, then the new person recorded, once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.dossiers import connaissance, presentation, taches
from limpide.dossiers.exclusion import CaisseOccupee
from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import (
    DeclarationScellee,
    Dossier,
    EtatPiece,
    EtatTache,
    GenreScelle,
    GenreTache,
    PieceAttendue,
    TacheAgent,
)
from limpide.dossiers.previsualisation import DossierModifie, empreinte
from limpide.dossiers.situations import charger_dossier
from limpide.dossiers.views.acces import page_dossier
from limpide.dossiers.views.taches import FormulaireTache
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.suivi_contacts import SUIVI
from limpide.registre.vues import ouvre
from limpide.usagers import scellement
from limpide.usagers.changement import effet, verification
from limpide.usagers.changement.etapes import de_json
from limpide.usagers.declarations_changement import VERIFIER_CHANGEMENT

FAIT = "C'est enregistré dans le dossier ; la personne lit la réponse dans Mon Compte."
REPONDU = "Votre réponse est enregistrée ; la personne la lit dans Mon Compte. Rien n'est ajouté au dossier."
MODIFIE = "Ce dossier a changé pendant votre lecture. Rien n'a été enregistré : relisez l'effet, puis validez."


class FormulaireVerification(FormulaireDSFR):
    """What was looked at. A document sent online must have been accepted first."""

    preuve = forms.ChoiceField(
        label="Ce que vous avez vérifié", widget=forms.RadioSelect,
        choices=[
            ("document", "Le document envoyé en ligne, accepté"), ("guichet", "L'original, montré au guichet"),
            ("organisme", "Ce qu'un organisme ou un professionnel de santé a transmis"),
        ],
        error_messages={"required": "Dites ce que vous avez vérifié."},
    )  # fmt: skip

    def __init__(self, *args: Any, piece: PieceAttendue | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.piece = piece

    def clean_preuve(self) -> str:
        preuve: str = self.cleaned_data["preuve"]
        if preuve == "document" and (self.piece is None or self.piece.etat != EtatPiece.VALIDEE):
            raise forms.ValidationError("Aucun document n'est accepté : examinez-le d'abord, dans « Documents ».")
        return preuve


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre(VERIFIER_CHANGEMENT, "recherche_dossier", SUIVI)
@page_dossier(VERIFIER_CHANGEMENT, toujours="Vérification d'un changement de situation")
def verifier(request: Any, dossier: Dossier, tache: int) -> HttpResponse:
    """GET: the declaration as sealed and what it moves. POST: recorded, if nothing moved meanwhile."""
    lue = TacheAgent.objects.filter(pk=tache, dossier_id=dossier.pk, genre=GenreTache.CHANGEMENT).first()
    scellee = None if lue is None else DeclarationScellee.objects.filter(
        dossier_id=dossier.pk, genre=GenreScelle.CHANGEMENT, numero=lue.cle
    ).first()  # fmt: skip
    if lue is None or scellee is None:
        raise Http404("Aucun changement déclaré n'attend sous ce numéro.")
    dit = scellement.relire(scellee)
    piece = PieceAttendue.objects.filter(pk=dit["piece"], dossier_id=dossier.pk).first()
    ouverte = lue.etat == EtatTache.OUVERTE
    a_faire = ouverte and dit["a_verifier"] is not None
    acte = request.POST.get("acte", "") if request.method == "POST" and ouverte else ""
    verifie = FormulaireVerification(request.POST if acte == "enregistrer" and a_faire else None, piece=piece)
    reponse = FormulaireTache(request.POST if acte == "repondre" else None)
    if (verifie.is_bound and verifie.is_valid()) or (reponse.is_bound and reponse.is_valid()):
        try:
            if verifie.is_bound:
                vue, agent = request.POST.get("empreinte", ""), f"compte {request.user.pk}"
                verification.enregistrer_le_changement(dossier, lue, dit, piece, vue, agent, timezone.now())
            else:
                _repondre(request, lue, piece, reponse.cleaned_data)
        except (DossierModifie, CaisseOccupee, ErreurSaisie) as refus:
            for message in _dire(refus):
                (verifie if verifie.is_bound else reponse).add_error(None, message)
        else:
            taches.prevenir_de_la_reponse(dossier)
            messages.success(request, FAIT if verifie.is_bound else REPONDU)
            return redirect("dossiers:tache", dossier.pk, lue.pk)
    lie = verifie if verifie.is_bound else reponse
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "taches", "tache": lue,
        "scellee": scellee, "dit": dit, "piece": piece, "formulaire": lie, "a_faire": a_faire, "ouverte": ouverte,
        "verifie": verifie, "reponse": reponse,
    }  # fmt: skip
    if a_faire:
        etapes = de_json(dit["a_verifier"])
        contexte["empreinte"] = empreinte(charger_dossier(dossier.pk, connaissance.maintenant()))
        contexte["estimation"] = effet.estimer(dossier, etapes, verification.depuis(dit))
    return render(request, "usagers/changement/verifier.html", contexte, status=422 if lie.errors else 200)


def _repondre(request: Any, tache: TacheAgent, piece: PieceAttendue | None, dit: dict[str, Any]) -> None:
    agent, issue = f"compte {request.user.pk}", EtatTache(dit["issue"])
    verification.repondre(tache, piece, issue, dit["reponse"], agent, timezone.now())


def _dire(refus: Exception) -> list[str]:
    if isinstance(refus, DossierModifie):
        return [MODIFIE]
    return list(refus.champs.values()) if isinstance(refus, ErreurSaisie) else [str(refus)]
