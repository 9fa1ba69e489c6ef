"""« Agir pour quelqu'un »: whose file to open, back to one's own, ask to protect somebody; who may act for oneself.

These pages run under one's own name, whoever one acts for: no number of anybody stands in their addresses.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limpide.identite import protecteurs as verbes
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.models import AccesProtecteur, DemandeProtecteur, Organisme
from limpide.registre.contexte import traitement
from limpide.registre.vues import acteur_de, ouvre_sous_garde
from limpide.usagers import au_nom
from limpide.usagers.formulaires_protecteurs import SANS_NUMERO, FormulaireDemande, FormulaireDemandeSansNumero

MOTIF = "Vous voyez pour qui vous pouvez agir, et qui peut agir pour vous"
DEMANDEE = (
    "Votre demande est envoyée. Un agent de la Caf vous répond. Ayez sous la main votre pièce d'identité et la "
    "décision du juge."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(verbes.MES_ACCES, verbes.AU_NOM_DE)
def dossiers(request: Any) -> HttpResponse:
    """GET: the files that one may open. POST: ask to protect somebody more, by number of file or by name."""
    moi, faite = request.user.personne_id, False
    sans_numero = bool((request.POST or request.GET).get(SANS_NUMERO))
    forme = FormulaireDemandeSansNumero if sans_numero else FormulaireDemande
    with traitement(verbes.MES_ACCES, acteur=acteur_de(request), motif=MOTIF, personne=moi):
        caisses = list(Organisme.objects.order_by("nom").values_list("code", "nom"))
        formulaire = forme(request.POST or None, caisses=caisses)
        if request.method == "POST" and formulaire.is_valid():
            faite = _demander(moi, formulaire)
        miens = {a.pk: a for a in AccesProtecteur.objects.filter(protecteur_id=moi).order_by("pk")}
        contexte = {
            "formulaire": formulaire,
            "sans_numero": sans_numero,
            "attendent": [a for a in miens.values() if a.etat == "a_justifier"],
            "demandes": list(DemandeProtecteur.objects.filter(protecteur_id=moi).order_by("-deposee_le")[:10]),
            "motifs": verbes.MOTIFS_REFUS,
            "pour_moi": list(
                AccesProtecteur.objects.filter(personne_id=moi, etat="ouvert").select_related("mesure").order_by("pk")
            ),
        }
    if faite:
        messages.success(request, DEMANDEE)
        return redirect(au_nom.DOSSIERS)
    contexte["ouverts"] = [a for m in au_nom.mandats_de(request) if (a := au_nom.representer(request, m)) is not None]
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, "usagers/protecteurs/dossiers.html", contexte, status=statut)


def _demander(moi: int, formulaire: FormulaireDemande | FormulaireDemandeSansNumero) -> bool:
    try:
        verbes.demander_depuis_son_compte(moi, formulaire.cleaned_data["organisme"], formulaire.cible())
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        return False
    return True


@never_cache
@require_POST
@ouvre_sous_garde(verbes.MES_ACCES, verbes.AU_NOM_DE)
def agir(request: Any) -> HttpResponse:
    """From now on, for the person of this access. One that isn't mine, or isn't in force, does not exist."""
    choisi = request.POST.get("acces", "")
    mandat = next((m for m in au_nom.mandats_de(request) if str(m.acces) == choisi), None)
    if mandat is None or au_nom.representer(request, mandat) is None:
        raise Http404("Cet accès n'est pas un des vôtres, ou n'est plus ouvert.")
    request.session[au_nom.CLE] = mandat.acces
    request.session.cycle_key()  # other rights, another session number
    return redirect("usagers:compte")


@never_cache
@require_POST
@ouvre_sous_garde(verbes.MES_ACCES)
def quitter(request: Any) -> HttpResponse:
    """Back to one's own space."""
    if request.session.pop(au_nom.CLE, None) is not None:
        request.session.cycle_key()
        messages.success(request, "Vous êtes de nouveau dans votre propre espace.")
    return redirect(au_nom.DOSSIERS)
