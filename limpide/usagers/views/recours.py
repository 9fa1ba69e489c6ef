"""My appeals: where each stands, who acts next and until when; the letter of the person who decided."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from limpide.dossiers.models import Dossier
from limpide.dossiers.voies_de_recours import recours_de
from limpide.identite.delais import echeance_apres
from limpide.paiements import lettre_humaine
from limpide.paiements.models import DecisionHumaine, Recours
from limpide.usagers.views.compte import page_du_compte

MOIS_DE_SILENCE = 2
"""CSS R142-6, CRPA L231-4: without an answer after two months, the appeal is rejected."""
PREALABLES = (Recours.Voie.AMIABLE, Recours.Voie.DEPARTEMENT)


def mes_recours(dossier: int) -> list[dict[str, Any]]:
    """Appeals of this file, newest first, with what comes next in plain words."""
    decidees = set(DecisionHumaine.objects.filter(dossier_id=dossier).values_list("recours_id", flat=True))
    siens = Recours.objects.filter(dossier_id=dossier).order_by("-depose_le", "-pk")
    return [
        {
            "recours": recours,
            "libelle": recours_de(recours.droit)["libelle"],
            "suite": _suite(recours),
            "lettre": recours.pk in decidees,
        }
        for recours in siens
    ]


def _suite(recours: Recours) -> str:
    if recours.etat == Recours.Etat.DEPOSE:
        if recours.voie not in PREALABLES:
            return "Le juge n'a pas encore décidé. Il vous écrira."
        voies = recours_de(recours.droit)
        juge = Recours.Voie(voies["juge"]).label
        jusque = echeance_apres(recours.depose_le, MOIS_DE_SILENCE)
        return (
            f"{recours.get_voie_display()} : réponse attendue au plus tard le {jusque:%d/%m/%Y}. Sans réponse ce "
            f"jour-là, votre recours est rejeté ({voies['silence']}) et vous pouvez saisir : {juge}."
        )
    if recours.etat == Recours.Etat.DECIDE:
        return "Vous pouvez encore contester cette réponse : la lettre dit comment et dans quel délai."
    if recours.etat == Recours.Etat.CONTESTE:
        return "Vous avez contesté cette réponse : la suite est dans le recours plus récent."
    return "Plus aucun recours n'est possible : cette affaire est terminée."


def _lettre(dossier: Dossier, numero: int) -> lettre_humaine.LettreHumaine:
    decision = DecisionHumaine.objects.select_related("recours").filter(dossier_id=dossier.pk, recours=numero).first()
    if decision is None:
        raise Http404("Aucune réponse à ce recours n'est enregistrée dans votre dossier.")
    return lettre_humaine.emettre(decision, dossier)


@page_du_compte("Vous lisez la réponse à un recours")
def lettre(request: HttpRequest, dossier: Dossier, recours: int) -> HttpResponse:
    """The human decision, as a page."""
    contexte = {"lettre": _lettre(dossier, recours), "numero": recours, "par_qui": lettre_humaine.PAR_QUI}
    return render(request, "usagers/compte/lettre_humaine.html", contexte)


@page_du_compte("Vous téléchargez la réponse à un recours")
def lettre_pdf(request: HttpRequest, dossier: Dossier, recours: int) -> HttpResponse:
    reponse = HttpResponse(lettre_humaine.en_pdf(_lettre(dossier, recours)), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="recours-{recours}.pdf"'
    return reponse
