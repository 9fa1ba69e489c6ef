"""Acting in the name of somebody in Mon Compte: looked at for each request, so that what ends is closed at once.

The session holds only the number of the access. Its measure and powers are read again for each page, by this account;
then the name, as the protector. The database asks the same question by itself (`registre_personne`).
"""

import functools
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from limpide.dossiers.declarations_depots import DEPOT
from limpide.identite import protecteurs
from limpide.identite.models import Personne
from limpide.registre.au_nom_de import GENRE, AuNomDe
from limpide.registre.collecte import registre
from limpide.registre.contexte import traitement
from limpide.registre.vues import acteur_de
from limpide.usagers.dossier import nom_usuel

CLE = "au_nom_de"
"""In a session: the access by which its holder acts for somebody."""
FINI = "Vous ne pouvez plus agir pour cette personne : la mesure a pris fin, a changé, ou la Caf a fermé l'accès."
MOTIF = "Savoir pour qui l'on agit"
DOSSIERS = "usagers:dossiers"


def entrer(request: Any, vue: Any) -> HttpResponse | None:
    """What is answered instead of this page when somebody acts for another; None when it may open."""
    numero = request.session.get(CLE)
    if numero is None:
        return None
    mandat = next((m for m in mandats_de(request) if m.acces == numero), None)
    agit = None if mandat is None else representer(request, mandat)
    if agit is None:
        request.session.pop(CLE)
        messages.warning(request, FINI)
        return redirect(DOSSIERS)
    request.au_nom_de = agit
    traitements = [registre().traitements[cle] for cle in getattr(vue, "registre_traitements", ())]
    if any(t.cle in (protecteurs.MES_ACCES, DEPOT) for t in traitements):
        return None  # where one chooses, asks, and goes back to oneself: under one's own name
    if not all(GENRE in t.genres for t in traitements):
        return render(request, "usagers/protecteurs/reserve.html", status=403)
    if not all(t.pouvoir in agit.pouvoirs for t in traitements):
        return render(request, "usagers/protecteurs/sans_pouvoir.html", status=403)
    return None


def mandats_de(request: Any) -> list[protecteurs.Mandat]:
    """What the holder of this account may open today."""
    moi = request.user.personne_id
    with traitement(protecteurs.MES_ACCES, acteur=acteur_de(request), motif=MOTIF, personne=moi) as cours:
        trouves = protecteurs.mandats(moi, timezone.localdate())
        cours.releve.vider()  # one's own accesses: nobody's file is looked at
    return trouves


def representer(request: Any, mandat: protecteurs.Mandat) -> AuNomDe | None:
    """For whom this access lets one act, by name; None if the database no longer shows them."""
    agit = AuNomDe(
        acces=mandat.acces, personne=mandat.personne, protecteur=mandat.protecteur, service=mandat.service, nom="",
        mesure=mandat.mesure, pouvoirs=mandat.pouvoirs,
        apres_un_acte=functools.partial(protecteurs.prevenir, mandat.personne, mandat.protecteur, acte=True),
    )  # fmt: skip
    with traitement(
        protecteurs.AU_NOM_DE, acteur=agit.acteur(request.user.pk), motif=agit.motif(MOTIF), personne=mandat.personne,
        protecteur=mandat.protecteur,
    ) as cours:  # fmt: skip
        qui = Personne.objects.filter(pk=mandat.personne).first()
        cours.releve.vider()  # the page itself says what it reads
    return None if qui is None else AuNomDe(**{**vars(agit), "nom": nom_usuel(qui)})
