"""« Résidence en France »: what is kept of the country of one's logins, one's absences, the answer to the Caf."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.dossiers import taches
from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR
from limpide.dossiers.models import EtatTache, GenreTache, TacheAgent
from limpide.dossiers.models.taches import LONGUEUR
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import sous_traitement
from limpide.usagers import residence as regles
from limpide.usagers.models import AbsenceDeclaree, PaysDuMois


class FormulaireAbsence(FormulaireDSFR):
    du = ChampDate(label="Premier jour hors de France", help_text="Exemple : 24/03/2026", future=True)
    au = ChampDate(label="Dernier jour hors de France", help_text="Exemple : 12/04/2026", future=True)


class FormulaireReponse(FormulaireDSFR):
    texte = forms.CharField(
        label="Votre réponse",
        help_text="Dites où vous habitez et pourquoi vous étiez à l'étranger, en mots simples.",
        max_length=LONGUEUR,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={
            "required": "Écrivez votre réponse.",
            "max_length": f"Écrivez {LONGUEUR} caractères au plus.",
        },
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(regles.MA_RESIDENCE, motif="Vous consultez ce qui est gardé de vos connexions")
def residence(request: Any) -> HttpResponse:
    """GET: what is kept. POST: an absence declared, or the answer to the Caf, once."""
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    absence = FormulaireAbsence(request.POST if acte == "absence" else None, auto_id="absence-%s")
    reponse = FormulaireReponse(request.POST if acte == "repondre" else None, auto_id="reponse-%s")
    moi = request.user.personne_id
    siennes = TacheAgent.objects.filter(genre=GenreTache.RESIDENCE, dossier__allocataire_id=moi).order_by("-creee_le")
    attendue = siennes.filter(etat=EtatTache.OUVERTE, repondue_le=None).first()
    if acte == "absence" and absence.is_valid() and _tenter(absence, lambda s: _declarer(moi, s)):
        messages.success(request, "Votre absence est enregistrée.")
        return redirect("usagers:residence")
    if acte == "repondre" and reponse.is_valid() and _tenter(reponse, lambda s: _repondre(attendue, s)):
        messages.success(request, "Votre réponse est enregistrée. Un agent de votre Caf la lira.")
        return redirect("usagers:residence")
    lie = {"absence": absence, "repondre": reponse}.get(acte)
    contexte = {
        "mois": PaysDuMois.objects.filter(personne_id=moi).order_by("-mois", "pays"),
        "absences": AbsenceDeclaree.objects.filter(personne_id=moi).order_by("-du"),
        "questions": siennes, "attendue": attendue, "absence": absence, "reponse": reponse, "formulaire": lie,
        "seuil_jours": regles.SEUIL_JOURS, "seuil_mois": regles.SEUIL_MOIS,
    }  # fmt: skip
    return render(request, "usagers/compte/residence.html", contexte, status=422 if lie and lie.errors else 200)


def _declarer(personne: int, saisie: dict[str, Any]) -> None:
    regles.declarer_une_absence(personne, saisie["du"], saisie["au"])


def _repondre(attendue: TacheAgent | None, saisie: dict[str, Any]) -> None:
    if attendue is None:
        raise ErreurSaisie({"": "Aucune question n'attend votre réponse."})
    taches.repondre(attendue, saisie["texte"], timezone.now())


def _tenter(formulaire: FormulaireDSFR, geste: Any) -> bool:
    """Whether it is done; a refusal is said on the form, which keeps what was typed."""
    try:
        geste(formulaire.cleaned_data)
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(champ if champ in formulaire.fields else None, message)
        return False
    return True
