"""Claiming with an open file: what the Caf knows, then what it lacks for this right, step after step."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from limpide.dossiers.models import Dossier
from limpide.registre.vues import au_nom_de
from limpide.usagers.demande import conduite
from limpide.usagers.demande.aides import Aide
from limpide.usagers.demande.avancee import RESSOURCES, Avancee, connu_du_foyer, titre_de, trimestre_de
from limpide.usagers.demande.cadre import Lieu
from limpide.usagers.demande.conduite import ETAPES_AU_PLUS
from limpide.usagers.demande.deja import deja
from limpide.usagers.demande.foyer_connu import FoyerConnu


def demander(request: Any, aide: Aide, dossier: Dossier, lieu: Lieu) -> HttpResponse:
    """GET: where the draft was left, or the step asked. POST: the step answered, kept as typed, then the next."""
    rien = deja(dossier, aide)
    encore = aide.encore and (request.method == "POST" or {"encore", "etape"} & set(request.GET))
    if rien is not None and not (rien.genre == "verse" and encore):
        return render(request, "usagers/demande/deja.html", {"aide": aide, "lieu": lieu, "deja": rien})
    foyer = conduite.foyer_de(dossier)
    if request.method == "POST":
        ou = conduite.poursuivre_avec_dossier(aide, foyer, request.POST, _entier(request.POST.get("etape")))
    else:
        demandee = request.GET.get("etape")
        ou = conduite.reprendre_avec_dossier(aide, foyer, _entier(demandee) if demandee else None)
    return redirect(lieu.relire) if ou.fini else _etape(request, aide, foyer, ou, lieu)


def _entier(texte: str | None) -> int:
    return min(int(texte), ETAPES_AU_PLUS) if texte and texte.isdigit() and len(texte) < 3 else 0


def _etape(request: Any, aide: Aide, foyer: FoyerConnu, ou: Avancee, lieu: Lieu) -> HttpResponse:
    formulaire = ou.formulaire
    assert formulaire is not None
    debut, titre = ou.etape == RESSOURCES, titre_de(aide, ou.etape)
    contexte: dict[str, Any] = {
        "aide": aide, "lieu": lieu, "formulaire": formulaire, "etape": ou.etape, "precedente": ou.etape - 1,
        "titre": titre, "ressources": debut and aide.ressources, "debut": debut,
        "titre_page": ("Erreur : " if ou.en_erreur else "") + f"{titre} — {aide.titre}",
    }  # fmt: skip
    if debut:
        contexte |= {"trimestre": trimestre_de(foyer), "connu": connu_du_foyer(foyer, [aide])}
    else:
        contexte["sections"] = [
            {"section": s, "champs": [formulaire[nom] for nom in s.champs]} for s in getattr(formulaire, "sections", ())
        ]
    return render(request, "usagers/demande/etape.html", contexte, status=422 if ou.en_erreur else 200)


def signataire(request: Any, nom: str) -> str:
    """Who declares, as it is sealed: for whom (`nom`), where another does it."""
    agit = au_nom_de(request)
    return nom if agit is None else f"{nom}, par la personne qui la protège ({agit.mesure})"
