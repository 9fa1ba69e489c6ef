"""« Rendez-vous »: mine, to come and past; take one, move it, cancel it, put it in one's own calendar."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers.models import Dossier
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import au_nom_de, ouvre_sous_garde, personne_de, pour_la_requete, sous_traitement
from limpide.relation import agenda, fuseaux, rappels
from limpide.relation.calendrier_ics import en_ics
from limpide.relation.formulaires_rendez_vous import FormulaireChoix, FormulaireMotif
from limpide.relation.models import EtatRendezVous, Motif, RendezVous
from limpide.usagers.dossier import mon_dossier

ICI = "usagers:rendez_vous"
PRIS = "Votre rendez-vous est pris. Un message le confirme, sans détail, et un rappel part la veille."
DEPLACE = "Votre rendez-vous est déplacé. Un message le confirme, sans détail."
ANNULE = "Votre rendez-vous est annulé. Cela ne change aucun droit."
MONTRES = 12
"""Slots offered at once: more make a page that nobody reads on a telephone."""


@never_cache
@require_safe
@sous_traitement(agenda.MES_RENDEZ_VOUS, motif="Vous consultez vos rendez-vous")
def liste(request: Any) -> HttpResponse:
    """Those to come first, then what became of the others."""
    dossier, maintenant = mon_dossier(personne_de(request)), timezone.now()
    siens = [] if dossier is None else [(r, _moment(dossier, r)) for r in RendezVous.objects.order_by("debut", "pk")]
    contexte = {
        "dossier": dossier,
        "a_venir": [(r, m) for r, m in siens if _attend(r, maintenant)],
        "autres": [(r, m) for r, m in reversed(siens) if not _attend(r, maintenant)],
    }
    return render(request, "usagers/rendez_vous/liste.html", contexte)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(agenda.MES_RENDEZ_VOUS)
def prendre(request: Any) -> HttpResponse:
    """GET: the motive, then the free slots for it. POST: one of them is mine."""
    with pour_la_requete(request, agenda.MES_RENDEZ_VOUS, "Vous prenez rendez-vous avec votre Caf"):
        dossier = mon_dossier(personne_de(request))
        if dossier is None:
            return render(request, "usagers/compte/sans_dossier.html")
        motif = request.GET.get("motif", "")
        if motif not in Motif.values:
            formulaire = FormulaireMotif(request.GET or None)
            contexte = {"formulaire": formulaire}
            return render(request, "usagers/rendez_vous/motif.html", contexte, status=422 if formulaire.errors else 200)
        tenus = RendezVous.objects.filter(motif=motif, etat=EtatRendezVous.PRIS, debut__gt=timezone.now())
        return _choisir(request, dossier, motif, deja=tenus.first())


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(agenda.MES_RENDEZ_VOUS)
def deplacer(request: Any, rendez_vous: uuid.UUID) -> HttpResponse:
    """GET: the free slots. POST: another one, instead of this one."""
    with pour_la_requete(request, agenda.MES_RENDEZ_VOUS, "Vous déplacez un rendez-vous"):
        dossier, tenu = _le_mien(request, rendez_vous)
        return _choisir(request, dossier, tenu.motif, tenu=tenu)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(agenda.MES_RENDEZ_VOUS, motif="Vous annulez un rendez-vous")
def annuler(request: Any, rendez_vous: uuid.UUID) -> HttpResponse:
    """GET: are you sure. POST: cancelled, the slot is free again."""
    dossier, tenu = _le_mien(request, rendez_vous)
    if not _attend(tenu, timezone.now()):
        messages.info(request, agenda.PASSE)
        return redirect(ICI)
    if request.method == "POST":
        try:
            agenda.annuler(tenu, timezone.now())
        except ErreurSaisie as refus:
            messages.error(request, str(refus))
        else:
            _confirmer(request, tenu, ANNULE)
        return redirect(ICI)
    return render(request, "usagers/rendez_vous/annuler.html", {"r": tenu, "moment": _moment(dossier, tenu)})


@never_cache
@require_safe
@sous_traitement(agenda.MES_RENDEZ_VOUS, motif="Vous mettez un rendez-vous dans votre agenda")
def ics(request: Any, rendez_vous: uuid.UUID) -> HttpResponse:
    """When and where, for one's own calendar."""
    _, tenu = _le_mien(request, rendez_vous)
    if tenu.etat != EtatRendezVous.PRIS:
        raise Http404("Ce rendez-vous n'a plus lieu.")
    reponse = HttpResponse(en_ics(tenu, timezone.now()), content_type="text/calendar; charset=utf-8")
    reponse["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return reponse


def _attend(tenu: RendezVous, maintenant: dt.datetime) -> bool:
    return tenu.etat == EtatRendezVous.PRIS and tenu.debut > maintenant


def _le_mien(request: Any, cle: uuid.UUID) -> tuple[Dossier, RendezVous]:
    tenu = RendezVous.objects.filter(pk=cle).first()
    dossier = mon_dossier(personne_de(request))
    if tenu is None or dossier is None or tenu.dossier_id != dossier.pk:
        raise Http404("Ce rendez-vous n'est pas le vôtre.")
    return dossier, tenu


def _moment(dossier: Dossier, tenu: RendezVous) -> str:
    return fuseaux.moment(tenu.debut, dossier.organisme.departement)


def _choisir(
    request: Any, dossier: Dossier, motif: str, *, tenu: RendezVous | None = None, deja: RendezVous | None = None
) -> HttpResponse:
    """The free slots, and the choice of one. `tenu`: the one to move. `deja`: the one that this motive already has."""
    maintenant, refuse = timezone.now(), None
    if tenu is not None and not _attend(tenu, maintenant) and request.method != "POST":
        messages.info(request, agenda.PASSE)
        return redirect(ICI)
    if request.method == "POST":
        saisi = FormulaireChoix(request.POST, libres=[], departement="")
        if saisi.is_valid():
            refuse = _tenter(request, dossier, motif, saisi, tenu)
            if refuse is None:
                return redirect(ICI)
    apres = _apres(request, maintenant)
    libres = agenda.libres(dossier.organisme_id, motif, apres, MONTRES + 1)
    poste = request.POST if request.method == "POST" else None
    formulaire = FormulaireChoix(poste, libres=libres[:MONTRES], departement=dossier.organisme.departement)
    for champ, message in ({} if refuse is None else refuse.champs).items():
        formulaire.add_error(champ if champ in formulaire.fields else None, message)
    contexte = {
        "formulaire": formulaire, "libres": libres, "motif": Motif(motif), "tenu": tenu, "deja": deja,
        "moment": "" if (sien := tenu or deja) is None else _moment(dossier, sien), "plus_tard": apres > maintenant,
        "suite": libres[MONTRES - 1].debut.isoformat() if len(libres) > MONTRES else "",
    }  # fmt: skip
    return render(request, "usagers/rendez_vous/choisir.html", contexte, status=422 if formulaire.errors else 200)


def _apres(request: Any, maintenant: dt.datetime) -> dt.datetime:
    """After which moment slots are shown; now, unless the address says a later one."""
    try:
        demande = dt.datetime.fromisoformat(request.GET.get("apres", ""))
    except ValueError:
        return maintenant
    return maintenant if demande.tzinfo is None else max(demande, maintenant)


def _tenter(
    request: Any, dossier: Dossier, motif: str, saisi: FormulaireChoix, tenu: RendezVous | None
) -> ErreurSaisie | None:
    """Why it is refused; None once it is done, sent twice or not."""
    donnees, compte = saisi.cleaned_data, request.user
    if agenda.deja_pris(dossier.pk, donnees["cle"]):
        return None
    prise = agenda.Prise(
        donnees["cle"], donnees["creneau"], donnees.get("telephone", ""), f"compte {compte.pk}", compte.personne_id,
        timezone.now(),
    )  # fmt: skip
    try:
        pris = agenda.prendre(dossier, motif, prise) if tenu is None else agenda.deplacer(tenu, dossier, prise)
    except ErreurSaisie as refus:
        return refus
    _confirmer(request, pris, PRIS if tenu is None else DEPLACE)
    return None


def _confirmer(request: Any, tenu: RendezVous, phrase: str) -> None:
    """Said on the page, and at the confirmed address; an act in somebody's name is told to both by itself."""
    messages.success(request, phrase)
    if au_nom_de(request) is None:
        rappels.confirmer(tenu)
