"""What my Caf published of my household to the RNCPS: the last messages received; where to ask, where to correct."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from limpide.dossiers import rncps
from limpide.dossiers.models import Dossier, PublicationRncps
from limpide.droits.calcul import liste_droits
from limpide.identite.models import Immatriculation, Personne
from limpide.usagers.views.compte import page_du_compte


@page_du_compte("Vous consultez ce que votre Caf publie au Rncps")
def publie(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The last message that the RNCPS received about each; why there is none, otherwise."""
    dernieres = rncps.dernieres([dossier.pk])
    sienne = dernieres.pop((dossier.pk, dossier.allocataire_id), None)
    en_route = PublicationRncps.objects.filter(
        dossier_id=dossier.pk, personne_id=dossier.allocataire_id, accusee_le=None, refus=""
    )
    contexte: dict[str, Any] = {
        "publication": None
        if sienne is None
        else _vue(sienne) | {"coordonnees": rncps.valeurs_des_contacts(sienne.contenu)},
        "conjoints": [_vue(p) | {"qui": _prenom(p.personne_id)} for p in dernieres.values()],
        "en_route": en_route.exists(),
    }
    if sienne is None:
        siens = Immatriculation.objects.filter(personne_id=dossier.allocataire_id, clos_le=None)
        contexte["sans_numero"] = not any(n.genre == "nia" or n.certifie_le for n in siens)
    return render(request, "usagers/compte/rncps.html", contexte)


def _prenom(personne: int) -> str:
    """The first name of somebody of the household, as Mon Compte knows it; empty when it no longer does."""
    qui = Personne.objects.filter(pk=personne).first()
    return "" if qui is None else str(qui.prenoms).split()[0].capitalize()


def _vue(publication: PublicationRncps) -> dict[str, Any]:
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    contenu = publication.contenu
    return {
        "le": publication.accusee_le,
        "organisme": publication.organisme_id,
        "depuis": dt.date.fromisoformat(contenu["rattachement"]["depuis"]),
        "jusqu_au": publication.rattachement_fini_le,
        "adresse": contenu["adresse"],
        "prestations": [
            {
                "libelle": libelles.get(p["nature"], p["nature"]),
                "depuis": dt.date.fromisoformat(f"{p['depuis']}-01"),
                "jusqu_au": None if p["jusqu_au"] is None else dt.date.fromisoformat(f"{p['jusqu_au']}-01"),
            }
            for p in contenu["prestations"]
        ],
    }
