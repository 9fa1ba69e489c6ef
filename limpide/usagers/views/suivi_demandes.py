"""« Mes demandes »: each claim, where it stands, who acts next and by when, its receipt."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limpide.dossiers.models import DeclarationScellee, Demande, Dossier, GenreScelle, PieceAttendue
from limpide.registre.vues import personne_de, sous_traitement
from limpide.usagers.changement.suite import declares
from limpide.usagers.declarations_demande import SUIVI_DEMANDES
from limpide.usagers.demande.aides import PAR_DROIT, Aide
from limpide.usagers.demande.obtenir import obtentions
from limpide.usagers.demande.suite import suite_de
from limpide.usagers.models import BrouillonDemande
from limpide.usagers.views import scellees


def commencees(request: Any) -> list[tuple[Aide, dt.datetime]]:
    """Claims begun and not sent, with the moment of the last answer."""
    brouillons = BrouillonDemande.objects.only("id", "droit", "modifie_le").filter(personne_id=personne_de(request))
    return [(PAR_DROIT[b.droit], b.modifie_le) for b in brouillons if b.droit in PAR_DROIT]


@never_cache
@require_safe
@sous_traitement(SUIVI_DEMANDES, motif="Vous regardez quelles aides se demandent")
def obtenir(request: Any) -> HttpResponse:
    """Every right, and how it is obtained."""
    toutes = obtentions()
    contexte = {
        "obtentions": [o for o in toutes if o.aide],
        "sans_demande": [o for o in toutes if o.versee and not o.aide],
        "pas_versees": [o for o in toutes if not o.versee and not o.aide],
        "commencees": commencees(request),
    }
    return render(request, "usagers/demande/obtenir.html", contexte)


@never_cache
@require_safe
@sous_traitement(SUIVI_DEMANDES, motif="Vous suivez vos demandes")
def mes_demandes(request: Any) -> HttpResponse:
    """Each claim: where it stands, who acts next, by when; its receipt. Those begun come first."""
    pieces = list(PieceAttendue.objects.order_by("attendue_pour", "pk"))
    scellees = {
        s.demande_id: s for s in DeclarationScellee.objects.filter(genre=GenreScelle.DEMANDE).defer("contenu_chiffre")
    }
    siens = Dossier.objects.filter(allocataire_id=personne_de(request), clos_le=None)
    contexte = {
        "changements": [vu for dossier in siens.values_list("pk", flat=True) for vu in declares(dossier)],
        "demandes": [
            (d, suite_de(d, [p for p in pieces if p.demande_id == d.pk]), scellees.get(d.pk))
            for d in Demande.objects.order_by("-creee_le", "-pk")
        ],
        "commencees": commencees(request),
    }
    return render(request, "usagers/demande/mes_demandes.html", contexte)


@never_cache
@require_safe
@sous_traitement(SUIVI_DEMANDES, motif="Vous téléchargez une demande envoyée")
def en_pdf(request: Any, demande: int) -> HttpResponse:
    """The claim exactly as it was sent."""
    scellee = DeclarationScellee.objects.filter(demande_id=demande).first()
    return scellees.telecharger(scellee, "demande")
