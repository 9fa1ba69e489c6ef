"""A request to protect somebody who has no number of file: who both are, then their file, open, prepared or new."""

import functools
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from limpide.dossiers import avant_la_demande
from limpide.dossiers.formulaires_protecteurs import FormulaireAdmissionSansNumero, FormulaireRefus
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import page_agent
from limpide.dossiers.views.protecteurs import ATTENDENT, CLE_RESULTAT, OUVERT, tenter
from limpide.identite import protecteurs as verbes
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import DemandeProtecteur, EtatDemandeProtecteur
from limpide.registre.contexte import HorsRegistre, traitement
from limpide.registre.vues import acteur_de, ouvre

PREPARE = "Un dossier est préparé : la première demande l'ouvrira. Enregistrez la décision du juge."
DEJA = "Cette personne a déjà ce dossier : la demande y est rattachée."


@ouvre(verbes.ACCES, verbes.OUVERTURE)
def sans_numero(request: Any, demande: UUID) -> HttpResponseBase:
    """One request. Once both identities are committed as seen, the account opens, on the file of that person."""
    reponse: HttpResponseBase = _page(request, demande)
    return _ouvrir(request, demande) if getattr(request, "demande_admise", False) else reponse


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(verbes.ACCES, "Demande d'un protecteur pour une personne sans dossier")
def _page(request: Any, cle: UUID) -> HttpResponse:
    """GET: both persons as typed. POST: `acte` admits or refuses. A request of another Caf does not exist."""
    demande = DemandeProtecteur.objects.filter(pk=cle, numero="", etat__in=ATTENDENT).first()
    if demande is None:
        raise Http404("Cette demande n'attend pas de réponse dans votre Caf.")
    formes = {
        "admettre": functools.partial(FormulaireAdmissionSansNumero, auto_id="admettre-%s"),
        "refuser": functools.partial(FormulaireRefus, auto_id="refuser-%s"),
    }
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    formulaires = {nom: forme(request.POST if nom == acte else None) for nom, forme in formes.items()}
    lie = formulaires.get(acte)
    if request.method == "POST" and lie is None:
        raise Http404("Cet acte n'existe pas.")
    if lie is not None and lie.is_valid() and tenter(lie, functools.partial(_repondre, request, demande, acte, lie)):
        return redirect("dossiers:protecteurs_a_traiter")
    contexte = {
        "demande": demande, "formulaire": lie, **formulaires, "resultat": request.session.pop(CLE_RESULTAT, ""),
    }  # fmt: skip
    return render(request, "dossiers/protecteur_sans_numero.html", contexte, status=200 if lie is None else 422)


def _repondre(request: Any, demande: DemandeProtecteur, acte: str, formulaire: Any) -> None:
    saisie = formulaire.cleaned_data
    if acte == "refuser":
        verbes.refuser(demande.pk, saisie["motif"])
        request.session[CLE_RESULTAT] = "La demande est refusée."
        return
    if demande.etat != EtatDemandeProtecteur.ADMISE:  # admitted before: what stopped the opening was put right since
        verbes.admettre(demande.pk, "", saisie["piece"], saisie["piece_du_protege"])
    request.demande_admise = True


def _ouvrir(request: Any, demande: UUID) -> HttpResponse:
    """All at once, across all Caf: person, file, account and access. Refused: the request waits, and says why."""
    motif = "Ouverture du compte d'un protecteur, pour une personne sans dossier"
    try:
        with traitement(verbes.OUVERTURE, acteur=acteur_de(request), motif=motif):
            dossier = _rattacher(demande, request.user.organisme_id)
    except ErreurSaisie as refus:
        request.session[CLE_RESULTAT] = " ".join(refus.champs.values())
        return redirect("dossiers:protecteur_sans_numero", demande)
    except HorsRegistre as refus:
        raise PermissionDenied(str(refus)) from refus
    request.session[CLE_RESULTAT] = f"{OUVERT} {PREPARE if dossier.ouvert_le is None else DEJA}"
    return redirect("dossiers:protecteurs", dossier.pk)


def _rattacher(demande: UUID, organisme: str) -> Dossier:
    personne = verbes.reconnaitre(demande)
    dossier = avant_la_demande.trouver_ou_preparer(personne, organisme, timezone.localdate())
    verbes.accepter(demande, dossier.pk, personne.pk)
    return dossier
