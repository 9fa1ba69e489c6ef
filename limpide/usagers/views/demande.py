"""Claiming a right online: questions, draft, submission. The same pages for each right, site or kiosk.

Somebody without a file answers the simulator's questions and their claim opens it; with a file, the law itself says
what is still to ask (`demande_dossier`).
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Personne
from limpide.registre.vues import au_nom_de, personne_de, sous_traitement
from limpide.usagers import scellement
from limpide.usagers.demande import brouillon, cadre, conduite, envoi, reprise
from limpide.usagers.demande.aides import Aide
from limpide.usagers.demande.cadre import Lieu
from limpide.usagers.demande.formulaires import FormulaireEnvoi
from limpide.usagers.dossier import nom_usuel
from limpide.usagers.models import BrouillonDemande
from limpide.usagers.simulateur.formulaires import Reponses
from limpide.usagers.simulateur.parcours import Parcours, poursuivre
from limpide.usagers.trimestre.envoi import Signature
from limpide.usagers.views import demande_dossier
from limpide.usagers.views.simulateur import sections

LIRE_ET_ECRIRE, ECRIRE = ["GET", "HEAD", "POST"], ["POST"]
A_CHANGE = "Votre dossier a changé pendant que vous répondiez : relisez cette page avant d'envoyer."
Vue = Callable[[Any, Aide, Lieu], HttpResponse]


def adresses(aide: Aide) -> list[URLPattern]:
    """The addresses of one right on the site, each under its own processing."""
    nom = aide.ici.partition(":")[2]
    pages: tuple[tuple[str, str, Vue, list[str], str], ...] = (
        ("", nom, demander, LIRE_ET_ECRIRE, f"Vous préparez une demande {aide.du}"),
        ("reprendre/", f"{nom}_reprendre", reprendre_simulation, ECRIRE, "Vous reprenez votre simulation"),
        ("envoyer/", f"{nom}_envoyer", envoyer, LIRE_ET_ECRIRE, f"Vous relisez et envoyez une demande {aide.du}"),
        ("abandonner/", f"{nom}_abandonner", abandonner, ECRIRE, "Vous effacez une demande commencée"),
    )
    return [
        path(f"{aide.chemin}{suite}", _page(aide, vue, methodes, motif), name=nom_adresse)
        for suite, nom_adresse, vue, methodes, motif in pages
    ]


def _page(aide: Aide, vue: Vue, methodes: list[str], motif: str) -> Callable[..., Any]:
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(methodes)
    @sous_traitement(aide.traitement, motif=motif)
    def page(request: Any) -> HttpResponse:
        return vue(request, aide, cadre.du_site(aide, request.user.pk))

    return page


def _demandeur(request: Any, aide: Aide) -> tuple[Personne, Reponses]:
    return conduite.demandeur(personne_de(request) or 0, aide, _acces(request))


def _acces(request: Any) -> int | None:
    """That by which a protector claims in the name of the person."""
    agit = au_nom_de(request)
    return None if agit is None else agit.acces


def demander(request: Any, aide: Aide, lieu: Lieu) -> HttpResponse:
    """GET takes up the draft. POST keeps what was typed, wrong or not, and shows the next part or the errors."""
    personne, su = _demandeur(request, aide)
    dossier = envoi.dossier_ouvert(personne.pk)
    if dossier is not None:
        return demande_dossier.demander(request, aide, dossier, lieu)
    if (acces := _acces(request)) is not None and envoi.prepare_de(acces) is None:
        return render(request, "usagers/demande/au_guichet.html", {"aide": aide})
    if request.method == "POST":
        parcours = conduite.poursuivre_sans_dossier(aide, personne.pk, su, request.POST.copy())
        if parcours.fini:
            return redirect(lieu.relire)
    else:
        parcours = conduite.reprendre(aide, personne.pk, su)
    return _partie(request, aide, parcours, lieu)


def _partie(request: Any, aide: Aide, parcours: Parcours, lieu: Lieu) -> HttpResponse:
    formulaire = parcours.formulaire
    assert formulaire is not None
    en_erreur = formulaire.is_bound and bool(formulaire.errors)
    parties, numero = conduite.parties(aide, parcours.donnees), len(parcours.vues) + 1
    fixes = not any(p.facultative for p in parties)
    contexte = {
        "aide": aide, "lieu": lieu, "parcours": parcours, "formulaire": formulaire, "sections": sections(parcours),
        "numero": numero, "total": len(parties) + 1 if fixes else None,
        "precedente": parcours.vues[-1] if parcours.vues else None,
        "suivante": parties[parcours.etape + 1].titre if parcours.etape + 1 < len(parties) else "Relire et envoyer",
        "ajout_enfant": formulaire.code == "personnes",
        "titre_page": ("Erreur : " if en_erreur else "") + f"{formulaire.titre} — Demander {aide.le}",
    }  # fmt: skip
    return render(request, "usagers/demande/partie.html", contexte, status=422 if en_erreur else 200)


def reprendre_simulation(request: Any, aide: Aide, lieu: Lieu) -> HttpResponse:
    """The explicit click: the answers of the simulator become a draft. Only from an open account, without a file."""
    personne, su = _demandeur(request, aide)
    if envoi.dossier_ouvert(personne.pk) is not None:
        messages.info(request, "Votre Caf connaît déjà votre foyer : elle ne vous demande que ce qui lui manque.")
        return redirect(lieu.ici)
    donnees = request.POST.copy()
    donnees["etape"], donnees["aller"] = "0", "0"
    reprise.reprendre(donnees)
    parcours = poursuivre(donnees, conduite.parties(aide, donnees), su)
    brouillon.garder(personne.pk, aide.droit, parcours.donnees, 0)
    messages.success(request, "Vos réponses sont reprises : relisez chaque étape et complétez-la.")
    return redirect(lieu.ici)


def abandonner(request: Any, aide: Aide, lieu: Lieu) -> HttpResponse:
    personne = personne_de(request)
    assert personne is not None
    brouillon.effacer(personne, aide.droit)
    messages.success(request, "Votre demande commencée est effacée. Rien n'a été envoyé.")
    return redirect("usagers:borne_espace" if lieu.borne else "usagers:compte")


def envoyer(request: Any, aide: Aide, lieu: Lieu) -> HttpResponse:
    """GET: everything to read again, the sanctions, the ticks. POST: sent once, whatever the number of clicks."""
    personne, su = _demandeur(request, aide)
    poste = request.method == "POST"
    commence = brouillon.lire(personne.pk, aide.droit, pour_envoyer=poste)
    dossier = envoi.dossier_ouvert(personne.pk)
    if commence is None:  # sent already, by another click or another tab: the receipt is there
        return redirect(lieu.suite if dossier is not None else lieu.ici)
    if dossier is not None:
        prete = conduite.prete_avec_dossier(aide, dossier, commence)
        nom = demande_dossier.signataire(request, nom_usuel(dossier.allocataire))
    else:
        prete = conduite.prete_sans_dossier(aide, personne, su, commence, _acces(request))
        nom = demande_dossier.signataire(request, envoi.prenoms_et_nom(personne))
    if prete is None:
        return redirect(lieu.ici)
    formulaire = FormulaireEnvoi(request.POST if poste else None, autres=prete.autres)
    if poste and dossier is not None and request.POST.get("vu") != prete.vu:
        messages.warning(request, A_CHANGE)
    elif poste and formulaire.is_valid():
        try:
            prete.envoyer(formulaire.accords(), Signature(nom, lieu.auteur, timezone.now(), lieu.canal))
        except ErreurSaisie as refus:
            for message in refus.champs.values():
                formulaire.add_error(None, message)
        else:
            return redirect(lieu.suite)
    contexte = {
        "aide": aide, "lieu": lieu, "aides": prete.aides, "recapitulatif": prete.recapitulatif, "vu": prete.vu,
        "formulaire": formulaire, "texte": scellement.texte_en_vigueur(timezone.localdate()),
        **({"etapes": range(prete.etapes)} if dossier is not None else _retours(aide, commence, su)),
    }  # fmt: skip
    gabarit = "usagers/demande/envoyer.html" if dossier is None else "usagers/demande/relire.html"
    return render(request, gabarit, contexte, status=422 if formulaire.errors else 200)


def _retours(aide: Aide, commence: BrouillonDemande, su: Reponses) -> dict[str, Any]:
    """Without a file: the steps that one may go back to, with everything that was typed."""
    parties, tapees = conduite.parties(aide, commence.reponses), commence.reponses
    derniere = len(parties) - 1
    tapees["etape"] = str(derniere)
    return {
        "total": None if any(p.facultative for p in parties) else len(parties) + 1, "derniere": derniere,
        "parties": [(rang, parties[rang].titre) for rang in poursuivre(tapees, parties, su).vues],
        "donnees": [(nom, valeur) for nom, valeurs in commence.reponses.lists() for valeur in valeurs],
    }  # fmt: skip
