"""My decisions: each with its letter, the detail of its calculation on request, and what to do if it is refused."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from limpide.dossiers import detail, lettres, lexique, revues
from limpide.dossiers.models import Decision, DemandeDetail, Dossier
from limpide.droits.calcul import liste_droits
from limpide.registre.vues import personne_de, sous_traitement
from limpide.usagers import dossier as lecture
from limpide.usagers.views.compte import en_pdf, page_du_compte
from limpide.usagers.views.recours import mes_recours


@page_du_compte("Vous consultez vos décisions")
def decisions(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    faites, details = revues.revues_de(dossier.pk), _details(dossier.pk)
    lignes = [
        {
            "decision": d,
            "mots": revues.mots(d, faites),
            "effets": effets_lisibles(d, libelles),
            "detail": details.get(d.pk),
        }
        for d in lecture.mes_decisions(dossier.pk)
    ]
    return render(request, "usagers/compte/decisions.html", {"decisions": lignes, "recours": mes_recours(dossier.pk)})


def effets_lisibles(decision: Any, libelles: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            **effet,
            "libelle": libelles.get(effet["droit"], effet["droit"]),
            "mots": lexique.MOTIFS[effet["motif"]],
        }
        for effet in decision.effets
    ]


@page_du_compte("Vous lisez le courrier d'une décision")
def lettre(request: HttpRequest, dossier: Dossier, numero: int) -> HttpResponse:
    """The letter of a decision, as a page."""
    return render(request, "usagers/compte/lettre.html", {"lettre": _lettre(dossier, numero), "numero": numero})


@page_du_compte("Vous téléchargez le courrier d'une décision")
def lettre_pdf(request: HttpRequest, dossier: Dossier, numero: int) -> HttpResponse:
    return en_pdf(lettres.en_pdf(_lettre(dossier, numero)), f"decision-{numero}.pdf")


@page_du_compte("Vous consultez le détail d'un calcul")
def detail_du_calcul(request: HttpRequest, dossier: Dossier, numero: int) -> HttpResponse:
    """The answer, or where the request stands; before any request, how to make it."""
    demande = DemandeDetail.objects.filter(decision_id=numero, dossier_id=dossier.pk).first()
    contexte: dict[str, Any] = {"lettre": _lettre(dossier, numero), "numero": numero, "demande": demande}
    if demande is not None:
        jour = timezone.localdate()
        contexte |= {
            "refusee": detail.refus_implicite(demande, jour),
            "cada": detail.cada_jusqu_au(demande),
            "cada_passee": jour > detail.cada_jusqu_au(demande),
        }
    return render(request, "usagers/compte/detail.html", contexte)


@page_du_compte("Vous téléchargez le détail d'un calcul")
def detail_pdf(request: HttpRequest, dossier: Dossier, numero: int) -> HttpResponse:
    repondue = _repondue(dossier, numero)
    contenu = lettres.detail_en_pdf(_lettre(dossier, numero), repondue.reponse, repondue.repondue_le)
    return en_pdf(contenu, f"detail-decision-{numero}.pdf")


@page_du_compte("Vous téléchargez le reçu d'un calcul")
def recu(request: HttpRequest, dossier: Dossier, numero: int, mois: str) -> HttpResponse:
    """The receipt of a month: whoever holds it can replay it (`limpide rejouer`)."""
    for du_mois in _repondue(dossier, numero).reponse.get("mois", ()):
        if du_mois["mois"] == mois:
            reponse = JsonResponse(du_mois["recu"], json_dumps_params={"ensure_ascii": False, "indent": 1})
            reponse["Content-Disposition"] = f'attachment; filename="recu-decision-{numero}-{mois}.json"'
            return reponse
    raise Http404


@never_cache
@require_POST
@sous_traitement("detail_decision", motif="Vous demandez le détail d'un calcul")
def demander_detail(request: Any, numero: int) -> HttpResponse:
    """One click: recorded with its clock, and answered at once when the replay holds. Asked again, nothing changes."""
    dossier = lecture.mon_dossier(personne_de(request))
    trouvee = None if dossier is None else _decisions(dossier).filter(pk=numero).first()
    if trouvee is None:
        raise Http404
    detail.demander(trouvee)
    return redirect("usagers:detail", numero)


def _decisions(dossier: Dossier) -> Any:
    relations = ("liquidation", "finalite", "regles", "mention", "recours")
    return Decision.objects.select_related(*relations).filter(dossier_id=dossier.pk)


def _lettre(dossier: Dossier, numero: int) -> lettres.LettreCalculee:
    trouvee = _decisions(dossier).filter(pk=numero).first()
    if trouvee is None:
        raise Http404("Cette décision n'est pas de votre dossier.")
    return lettres.emettre(trouvee, dossier, revues.mots(trouvee, revues.revues_de(dossier.pk)).allocataire)


def _repondue(dossier: Dossier, numero: int) -> DemandeDetail:
    trouvee = DemandeDetail.objects.filter(decision_id=numero, dossier_id=dossier.pk, repondue_le__isnull=False).first()
    if trouvee is None:
        raise Http404("Le détail de cette décision n'est pas encore donné.")
    return trouvee


def _details(dossier: int) -> dict[int, DemandeDetail]:
    return {d.decision_id: d for d in DemandeDetail.objects.filter(dossier_id=dossier).defer("reponse")}
