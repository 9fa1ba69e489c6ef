"""The public simulator: one address, five parts, one result; nothing about the visitor is kept anywhere."""

import functools
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from limpide.dossiers.feuille import SIMULATION, feuille
from limpide.droits.bareme import parametres_du_mois
from limpide.droits.calcul import catalogue_droits
from limpide.droits.derives.figures import affiliations_de, cotisations_de, differentiel_de, quotient_de
from limpide.droits.ensemble import AIDES_AU_LOGEMENT
from limpide.droits.situation import Situation
from limpide.registre.vues import sans_donnees
from limpide.usagers.demande.aides import AIDES, Aide
from limpide.usagers.propositions.adresses import adresse_de_la_demande
from limpide.usagers.simulateur import resultats
from limpide.usagers.simulateur.commune import phrase_du_lieu
from limpide.usagers.simulateur.enfance import apres_l_arrivee
from limpide.usagers.simulateur.formulaires import Reponses
from limpide.usagers.simulateur.foyer import situation, situation_dite, suppositions
from limpide.usagers.simulateur.logement import logement_demande
from limpide.usagers.simulateur.parcours import PARTIES, Parcours, commencer, poursuivre
from limpide.usagers.simulateur.periodes import mois_proposes

ENFANTS = {"personnes"}


# Exempt from the CSRF token because it would be the only cookie of the page: this view has no effect to forge.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sans_donnees("Simulation anonyme : les réponses restent dans la page du visiteur et ne sont enregistrées nulle part.")
def simulateur(request: HttpRequest) -> HttpResponse:
    """GET starts; POST shows the next part, the same part with its errors, or the result."""
    parcours = poursuivre(request.POST) if request.method == "POST" and request.POST else commencer()
    if parcours.fini and request.POST.get("feuille"):
        return _feuille(parcours, request.POST["feuille"])
    if parcours.fini:
        return render(request, "usagers/simulateur/resultat.html", _resultat(parcours))
    assert parcours.formulaire is not None
    en_erreur = parcours.formulaire.is_bound and bool(parcours.formulaire.errors)
    contexte = {
        "parcours": parcours,
        "formulaire": parcours.formulaire,
        "sections": sections(parcours),
        "numero": parcours.etape + 1,
        "total": len(PARTIES),
        "suivante": PARTIES[parcours.etape + 1].titre if parcours.etape + 1 < len(PARTIES) else "Votre résultat",
        "calcules": [droit.libelle for droit in catalogue_droits()],
        "ajout_enfant": parcours.formulaire.code in ENFANTS,
        "titre_page": ("Erreur : " if en_erreur else "") + f"{parcours.formulaire.titre} — Simuler mes droits",
        "numero_precedent": parcours.etape - 1,
    }
    return render(request, "usagers/simulateur/partie.html", contexte)


def sections(parcours: Parcours) -> list[dict[str, Any]]:
    """The groups of fields of the part shown, for its page."""
    formulaire = parcours.formulaire
    assert formulaire is not None
    return [{"section": s, "champs": [formulaire[nom] for nom in s.champs]} for s in formulaire.sections]


def _resultat(parcours: Parcours) -> dict[str, Any]:
    reponses = parcours.reponses
    foyer = situation(reponses)
    droits = _droits(reponses, foyer)
    demandables = a_demander(droits)
    return {
        "parcours": parcours,
        "mois": reponses["mois"],
        "mois_possibles": mois_proposes(),
        "apres_l_arrivee": apres_l_arrivee(reponses),
        "montres": [d for d in droits if d.montre],
        "autres": [d for d in droits if not d.montre],
        "a_demander": demandables,
        "ensemble": [aide for aide in demandables if not aide.seule],
        "total": sum(d.centimes for d in droits if d.ouvert and not (d.annuel or d.unique)),
        "une_fois": [d for d in droits if d.ouvert and (d.annuel or d.unique)],
        "complet": not any(d.inconnu for d in droits),
        "variantes": resultats.variantes(foyer, droits),
        "logement_compte": any(d.ouvert and d.code in AIDES_AU_LOGEMENT for d in droits),
        "courbes": resultats.courbes(situation_dite(reponses)),
        "quotient": quotient_de(foyer) if reponses.get("revenus_imposables_bruts") is not None else None,
        "affiliations": affiliations_de(foyer) if reponses["nombre_enfants"] else [],
        "cotisations": cotisations_de(foyer),
        "differentiel": differentiel_de(foyer),
        "suppositions": suppositions(reponses),
        "parametres": _parametres(reponses["mois"]),
        "parties": list(enumerate(p.titre for p in PARTIES)),
        "derniere_partie": len(PARTIES) - 1,
    }


def _droits(reponses: Reponses, foyer: Situation) -> list[resultats.DroitSimule]:
    """The rights of this household, each with the address of its claim, and what was found of the dwelling."""
    lieu = phrase_du_lieu(reponses) if logement_demande(reponses) else ""
    return [
        replace(d, demande=adresse_de_la_demande(d.code), precise=lieu if d.code in AIDES_AU_LOGEMENT else "")
        for d in resultats.droits(foyer)
    ]


def _feuille(parcours: Parcours, code: str) -> HttpResponse:
    """The explanation of one right, on a page to keep; nothing of it stays here."""
    simule = next((d for d in _droits(parcours.reponses, situation(parcours.reponses)) if d.code == code), None)
    if simule is None:
        raise Http404("Ce droit n'est pas dans cette simulation.")
    octets = feuille(
        simule.recit, net=None if simule.inconnu else simule.centimes, emetteur="Limpide, simulation anonyme",
        le=timezone.now().replace(hour=0, minute=0, second=0, microsecond=0), changerait=simule.changerait,
        mention=f"{simule.precise} {SIMULATION}".strip(),
    )  # fmt: skip
    reponse = HttpResponse(octets, content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="explication-{code}-{parcours.reponses["mois"]}.pdf"'
    return reponse


def a_demander(droits: list[resultats.DroitSimule]) -> list[Aide]:
    """What is open and claimed online: the right that asks most comes first, the others may go with it."""
    ouverts = {d.code for d in droits if d.ouvert and d.demande}
    return [aide for aide in AIDES if not ouverts.isdisjoint(aide.droits)]


@functools.lru_cache(maxsize=32)
def _parametres(mois: str) -> list[dict[str, Any]]:
    return parametres_du_mois(mois)


@never_cache
@require_http_methods(["GET", "HEAD"])
@sans_donnees("Page de présentation, sans donnée personnelle.")
def accueil(request: HttpRequest) -> HttpResponse:
    """The public home: what the service does, and the three ways in."""
    return render(request, "usagers/accueil.html")
