"""A civil status that changes, at the agent's; the sealed one, at the officer's, with a reason."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import identites, presentation
from limpide.dossiers.formulaires_etat_civil import RAISONS, FormulaireEtatCivil, FormulaireOuverture
from limpide.dossiers.models import Dossier, Rattachement
from limpide.dossiers.views.acces import page_dossier
from limpide.dossiers.views.identites import CLE_RESULTAT
from limpide.identite import etat_civil
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.models import AncienEtatCivil
from limpide.registre.contexte import traitement
from limpide.registre.vues import acteur_de, ouvre_sous_garde, sous_traitement

LISTE = "Liste des états civils scellés"
MONTRES = 100


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(etat_civil.CHANGEMENT, toujours=etat_civil.MOTIF)
def changer(request: Any, dossier: Dossier, personne: int) -> HttpResponse:
    """GET: the present status, to correct. POST: changed and sealed, or refused field by field."""
    qui = identites.personne_du_dossier(dossier.pk, personne)
    if qui is None:
        raise Http404("Cette personne n'est pas de ce dossier.")
    formulaire = FormulaireEtatCivil(request.POST or None, personne=qui)
    if request.method == "POST" and formulaire.is_valid():
        try:
            etat_civil.changer(qui, formulaire.changement(), timezone.localdate())
        except ErreurSaisie as refus:
            for champ, message in refus.champs.items():
                formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        else:
            request.session[CLE_RESULTAT] = "L'état civil est à jour. L'ancien est scellé : il ne se relit plus ici."
            return redirect("dossiers:identite", dossier.pk, qui.pk)
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "identites",
        "dernier_mois": presentation.dernier_mois(dossier.pk), "qui": presentation.nom_complet(qui),
        "personne": qui.pk, "formulaire": formulaire,
    }  # fmt: skip
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, "dossiers/etat_civil.html", contexte, status=statut)


@never_cache
@require_safe
@sous_traitement(etat_civil.HISTOIRE, motif=LISTE)
def scelles(request: HttpRequest) -> HttpResponse:
    """Sealed statuses by date and file number: neither what they were, nor why."""
    lignes = list(
        AncienEtatCivil.objects.order_by("-scelle_le").values_list("pk", "personne_id", "scelle_le")[:MONTRES]
    )
    sejours = Rattachement.objects.filter(personne_id__in=[p for _, p, _ in lignes]).select_related("dossier")
    dossiers = {s.personne_id: s.dossier for s in sejours.order_by("pk")}
    contexte = {"lignes": [(cle, dossiers.get(qui), le) for cle, qui, le in lignes], "onglet": "scelles"}
    return render(request, "dossiers/scelles.html", contexte)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(etat_civil.HISTOIRE)
def ouvrir(request: Any, cle: uuid.UUID) -> HttpResponseBase:
    """GET: the reason is asked. POST: the status, shown once, its opening written in the journal."""
    formulaire = FormulaireOuverture(request.POST or None)
    motif = LISTE
    if request.method == "POST" and formulaire.is_valid():
        motif = RAISONS[formulaire.cleaned_data["raison"]]
    with traitement(etat_civil.HISTOIRE, acteur=acteur_de(request), motif=motif):
        ancien = AncienEtatCivil.objects.filter(pk=cle).first()
        if ancien is None:
            raise Http404("Aucun état civil scellé n'a ce numéro.")
        ouvert = etat_civil.lire(ancien) if motif != LISTE else None
        contexte = {
            "formulaire": formulaire, "ancien": ancien, "ouvert": ouvert, "onglet": "scelles",
            "cause": etat_civil.LIBELLES[etat_civil.CauseChangement(ouvert["cause"])] if ouvert else "",
        }  # fmt: skip
        statut = 422 if formulaire.is_bound and formulaire.errors else 200
        return render(request, "dossiers/scelle.html", contexte, status=statut)
