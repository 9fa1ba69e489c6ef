"""What my Caf published of me to the RNCPS: the last message received, line by line; where to ask, where to correct."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from limpide.dossiers import rncps
from limpide.dossiers.models import Dossier, PublicationRncps
from limpide.droits.calcul import liste_droits
from limpide.identite.models import Immatriculation
from limpide.usagers.views.compte import page_du_compte


@page_du_compte("Vous consultez ce que votre Caf publie au Rncps")
def publie(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The last message that the RNCPS received; why there is none, otherwise."""
    derniere = rncps.dernieres([dossier.pk]).get(dossier.pk)
    en_route = PublicationRncps.objects.filter(dossier_id=dossier.pk, accusee_le=None, refus="").exists()
    contexte: dict[str, Any] = {"publication": derniere, "en_route": en_route}
    if derniere is not None:
        libelles = {droit.code: droit.libelle for droit in liste_droits()}
        contexte |= {
            "depuis": dt.date.fromisoformat(derniere.contenu["rattachement"]["depuis"]),
            "adresse": derniere.contenu["adresse"],
            "coordonnees": rncps.valeurs_des_contacts(derniere.contenu),
            "prestations": [
                {
                    "libelle": libelles.get(p["nature"], p["nature"]),
                    "depuis": dt.date.fromisoformat(f"{p['depuis']}-01"),
                    "jusqu_au": None if p["jusqu_au"] is None else dt.date.fromisoformat(f"{p['jusqu_au']}-01"),
                }
                for p in derniere.contenu["prestations"]
            ],
        }
    else:
        siens = Immatriculation.objects.filter(personne_id=dossier.allocataire_id, clos_le=None)
        contexte["sans_numero"] = not any(n.genre == "nia" or n.certifie_le for n in siens)
    return render(request, "usagers/compte/rncps.html", contexte)
