"""Appointments on the agents' side: the day's list, slots to open or take back, one appointment and its outcome."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.dossiers import presentation
from limpide.dossiers.views.acces import page_agent
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.models import Organisme
from limpide.registre.vues import ouvre
from limpide.relation import agenda, fuseaux, rappels
from limpide.relation.formulaires_rendez_vous import FormulaireAnnulation, FormulaireCreneaux, FormulaireJour
from limpide.relation.models import Creneau, EtatCreneau, EtatRendezVous, RendezVous

OCCUPENT = (EtatRendezVous.PRIS, EtatRendezVous.VENU, EtatRendezVous.ABSENT)
FAIT = {
    "venu": "C'est noté : la personne est venue.",
    "absent": "C'est noté : la personne n'est pas venue. Aucun droit n'en dépend.",
    "annuler": "Le rendez-vous est annulé. La personne en est prévenue, sans détail, et lit pourquoi dans Mon Compte.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(agenda.AGENDA, "Agenda des rendez-vous de la Caf")
def liste(request: Any) -> HttpResponse:
    """GET: one day, file numbers and motives only. POST: a free slot is taken back."""
    caf = Organisme.objects.get(pk=request.user.organisme_id)
    formulaire = FormulaireJour(request.GET if "jour" in request.GET else None)
    jour = fuseaux.jour_la_bas(timezone.now(), caf.departement)
    if formulaire.is_bound and formulaire.is_valid():
        jour = formulaire.cleaned_data["jour"]
    if request.method == "POST":
        _retirer(request)
        return _au_jour(jour)
    contexte = {
        "formulaire": formulaire, "jour": jour, "lignes": _lignes(jour, caf.departement, timezone.now()),
        "veille": jour - dt.timedelta(days=1), "lendemain": jour + dt.timedelta(days=1), "moi": _moi(request),
    }  # fmt: skip
    return render(request, "relation/agenda.html", contexte, status=422 if formulaire.errors else 200)


def _lignes(jour: dt.date, departement: str, maintenant: dt.datetime) -> list[tuple[Creneau, str, Any, bool]]:
    """(slot, its hour, who took it, whether it has started), of that day at the clock of the Caf."""
    bornes = (fuseaux.minuit(jour, departement), fuseaux.minuit(jour + dt.timedelta(days=1), departement))
    ouverts = Creneau.objects.filter(debut__gte=bornes[0], debut__lt=bornes[1]).exclude(etat=EtatCreneau.RETIRE)
    creneaux = list(ouverts.order_by("debut", "agent", "pk"))
    pris = RendezVous.objects.filter(creneau_id__in=[c.pk for c in creneaux], etat__in=OCCUPENT)
    par_creneau = {r.creneau_id: r for r in pris.select_related("dossier").defer("telephone_chiffre")}
    return [(c, fuseaux.heure(c.debut, departement), par_creneau.get(c.pk), c.debut <= maintenant) for c in creneaux]


def _retirer(request: Any) -> None:
    try:
        agenda.retirer(uuid.UUID(request.POST.get("creneau", "")))
    except ErreurSaisie as refus:
        messages.error(request, str(refus))
    except ValueError:
        raise Http404("Ce créneau n'existe pas.") from None
    else:
        messages.success(request, "Le créneau est retiré.")


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(agenda.AGENDA, "Ouverture de créneaux de rendez-vous")
def ouvrir(request: Any) -> HttpResponse:
    """GET: the form. POST: all the slots, or none."""
    formulaire = FormulaireCreneaux(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid():
        caf = Organisme.objects.get(pk=request.user.organisme_id)
        cle, plage = formulaire.cleaned_data["cle"], formulaire.plage
        try:
            nombre = agenda.ouvrir(caf.pk, caf.departement, _moi(request), cle, plage, timezone.now())
        except ErreurSaisie as refus:
            _expliquer(formulaire, refus)
        else:
            messages.success(request, f"Créneaux ouverts : {nombre}. Les personnes de votre Caf peuvent les prendre.")
            premier = next(plage.moments(caf.departement))[0]
            return _au_jour(fuseaux.jour_la_bas(premier, caf.departement))
    contexte = {"formulaire": formulaire}
    return render(request, "relation/ouvrir_creneaux.html", contexte, status=422 if formulaire.errors else 200)


@ouvre(agenda.AGENDA, rappels.AVIS)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(agenda.AGENDA, "Un rendez-vous avec une personne")
def rendez_vous(request: Any, rendez_vous: uuid.UUID) -> HttpResponse:
    """GET: who, why, where to call. POST: came, did not come, or the Caf cancels."""
    tenu = RendezVous.objects.select_related("dossier__allocataire", "organisme").filter(pk=rendez_vous).first()
    if tenu is None:
        raise Http404("Ce rendez-vous n'est pas dans votre Caf.")
    departement = tenu.organisme.departement
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    if request.method == "POST" and acte not in FAIT:
        raise Http404("Cet acte n'existe pas.")
    formulaire = FormulaireAnnulation(request.POST if acte == "annuler" else None)
    if acte and _faire(request, tenu, acte, formulaire):
        messages.success(request, FAIT[acte])
        return _au_jour(fuseaux.jour_la_bas(tenu.debut, departement))
    contexte = {
        "r": tenu, "formulaire": formulaire, "moment": fuseaux.moment(tenu.debut, departement),
        "nom": presentation.nom_complet(tenu.dossier.allocataire), "passe": tenu.debut <= timezone.now(),
        "jour": fuseaux.jour_la_bas(tenu.debut, departement), "occupe": tenu.etat in OCCUPENT,
        "par_un_protecteur": tenu.redacteur_id != tenu.personne_id,
        "telephone": None if tenu.telephone_chiffre is None else tenu.telephone.lisible(),
    }  # fmt: skip
    return render(request, "relation/rendez_vous.html", contexte, status=422 if formulaire.errors else 200)


def _au_jour(jour: dt.date) -> HttpResponse:
    return redirect(f"{reverse('relation:agenda')}?jour={jour:%d/%m/%Y}")


def _moi(request: Any) -> str:
    return f"compte {request.user.pk}"


def _faire(request: Any, tenu: RendezVous, acte: str, formulaire: FormulaireAnnulation) -> bool:
    """Whether it is done; a refusal is said on the page."""
    moi, quand = _moi(request), timezone.now()
    if acte == "annuler" and not formulaire.is_valid():
        return False
    gestes: dict[str, Callable[[], None]] = {
        "venu": lambda: agenda.constater(tenu, moi, quand, venu=True),
        "absent": lambda: agenda.constater(tenu, moi, quand, venu=False),
        "annuler": lambda: agenda.annuler_pour_la_caf(tenu, moi, formulaire.cleaned_data["raison"], quand),
    }
    try:
        gestes[acte]()
    except ErreurSaisie as refus:
        messages.error(request, str(refus))
        return False
    if acte == "annuler":
        rappels.prevenir_de_l_annulation(tenu)
    return True


def _expliquer(formulaire: Any, refus: ErreurSaisie) -> None:
    for champ, message in refus.champs.items():
        formulaire.add_error(None if champ in ("", PARTOUT) or champ not in formulaire.fields else champ, message)
