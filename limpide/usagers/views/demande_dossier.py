"""Claiming with an open file: what the Caf knows, what it lacks for this right, then read again and sent."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.dossiers.mois import premier_jour
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import au_nom_de
from limpide.usagers import scellement
from limpide.usagers.demande import brouillon, envoi_dossier
from limpide.usagers.demande.aides import Aide
from limpide.usagers.demande.avancee import RESSOURCES, Avancee, avancer, connu_du_foyer, trimestre_de
from limpide.usagers.demande.formulaires import FormulaireEnvoi
from limpide.usagers.demande.foyer_connu import FoyerConnu, connaitre
from limpide.usagers.dossier import nom_usuel
from limpide.usagers.models import BrouillonDemande
from limpide.usagers.scellement import Recapitulatif
from limpide.usagers.trimestre.envoi import Signature

MES_DEMANDES = "usagers:mes_demandes"
ETAPES_AU_PLUS = 20
A_CHANGE = "Votre dossier a changé pendant que vous répondiez : relisez cette page avant d'envoyer."


def demander(request: Any, aide: Aide, dossier: Dossier) -> HttpResponse:
    """GET: where the draft was left, or the step asked. POST: the step answered, kept as typed, then the next."""
    if aide.avec_dossier:
        return render(request, "usagers/demande/deja.html", {"aide": aide, "rien": aide.avec_dossier})
    en_cours = envoi_dossier.en_cours(dossier, aide)
    verse = envoi_dossier.deja_verse(dossier, aide)
    suspendu = aide.ressources and envoi_dossier.suspendu(dossier)
    if en_cours is not None or verse or suspendu:
        contexte = {"aide": aide, "en_cours": en_cours, "verse": verse, "suspendu": suspendu}
        return render(request, "usagers/demande/deja.html", contexte)
    foyer = connaitre(dossier, premier_jour(timezone.localdate()))
    commence = brouillon.lire(dossier.allocataire_id, aide.droit)
    donnees = QueryDict(mutable=True) if commence is None else commence.reponses
    offertes = envoi_dossier.offertes(dossier, aide)
    if request.method == "POST":
        soumise = _entier(request.POST.get("etape"))
        _completer(foyer, aide, donnees, request.POST, soumise, offertes)
        ou = avancer(foyer, aide, donnees, soumise, offertes=offertes)
        brouillon.garder(dossier.allocataire_id, aide.droit, donnees, min(ou.etape, ETAPES_AU_PLUS))
        if ou.fini:
            return redirect(aide.relire)
    else:
        demandee = request.GET.get("etape")
        reprise = commence.etape if commence is not None else RESSOURCES
        ou = avancer(foyer, aide, donnees, reprise - 1, _entier(demandee) if demandee else None, offertes)
        if ou.fini:
            return redirect(aide.relire)
    return _etape(request, aide, foyer, ou)


def _completer(
    foyer: FoyerConnu, aide: Aide, donnees: QueryDict, recu: QueryDict, soumise: int, offertes: list[Aide]
) -> None:
    """What was typed before, with this step as it is now: a box that is no longer ticked goes."""
    montre = avancer(foyer, aide, donnees, soumise - 1, soumise, offertes).formulaire
    for nom in montre.fields if montre is not None else ():
        donnees.pop(nom, None)
        if nom in recu:
            donnees.setlist(nom, recu.getlist(nom))


def _entier(texte: str | None) -> int:
    return min(int(texte), ETAPES_AU_PLUS) if texte and texte.isdigit() and len(texte) < 3 else 0


def _etape(request: Any, aide: Aide, foyer: FoyerConnu, ou: Avancee) -> HttpResponse:
    formulaire = ou.formulaire
    assert formulaire is not None
    debut = ou.etape == RESSOURCES
    ressources = debut and aide.ressources
    titre = "Ce que votre Caf ne sait pas encore"
    if debut:
        titre = "Les ressources de trois mois" if ressources else "Ce que vous demandez"
    contexte: dict[str, Any] = {
        "aide": aide, "formulaire": formulaire, "etape": ou.etape, "precedente": ou.etape - 1, "titre": titre,
        "ressources": ressources, "debut": debut,
        "titre_page": ("Erreur : " if ou.en_erreur else "") + f"{titre} — {aide.titre}",
    }  # fmt: skip
    if debut:
        contexte |= {"trimestre": trimestre_de(foyer), "connu": connu_du_foyer(foyer, [aide])}
    else:
        contexte["sections"] = [
            {"section": s, "champs": [formulaire[nom] for nom in s.champs]} for s in getattr(formulaire, "sections", ())
        ]
    return render(request, "usagers/demande/etape.html", contexte, status=422 if ou.en_erreur else 200)


def envoyer(request: Any, aide: Aide, dossier: Dossier, commence: BrouillonDemande) -> HttpResponse:
    """GET: everything to read again. POST: sent, unless what was read has changed meanwhile."""
    foyer = connaitre(dossier, premier_jour(timezone.localdate()))
    dit = avancer(foyer, aide, commence.reponses, offertes=envoi_dossier.offertes(dossier, aide))
    if not dit.fini:
        return redirect(aide.ici)
    poste, vu = request.method == "POST", _empreinte(dit.recapitulatif)
    formulaire = FormulaireEnvoi(request.POST if poste else None, autres=envoi_dossier.majeurs(foyer))
    if poste and request.POST.get("vu") != vu:
        messages.warning(request, A_CHANGE)
    elif poste and formulaire.is_valid():
        try:
            envoi_dossier.envoyer(aide, foyer, dit, formulaire.accords(), _signature(request, dossier))
        except ErreurSaisie as refus:
            for message in refus.champs.values():
                formulaire.add_error(None, message)
        else:
            return redirect(MES_DEMANDES)
    contexte = {
        "aide": aide, "aides": dit.aides, "recapitulatif": dit.recapitulatif, "formulaire": formulaire, "vu": vu,
        "texte": scellement.texte_en_vigueur(timezone.localdate()), "etapes": list(range(dit.etape)),
    }  # fmt: skip
    return render(request, "usagers/demande/relire.html", contexte, status=422 if formulaire.errors else 200)


def _empreinte(recapitulatif: Recapitulatif) -> str:
    return hashlib.sha256(repr(recapitulatif).encode()).hexdigest()[:16]


def _signature(request: Any, dossier: Dossier) -> Signature:
    nom, agit = nom_usuel(dossier.allocataire), au_nom_de(request)
    if agit is not None:
        nom = f"{nom}, par la personne qui la protège ({agit.mesure})"
    return Signature(nom, f"compte {request.user.pk}", timezone.now())
