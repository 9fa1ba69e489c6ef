"""Mon Compte: my rights, my payments, why, what changed, my situation, my decisions, who read my file. Read only."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limpide.dossiers import explications, lexique, presentation, trimestres
from limpide.dossiers.feuille import feuille
from limpide.dossiers.models import Dossier
from limpide.dossiers.mois import decaler, ecrire
from limpide.dossiers.templatetags.affichage import jour_fr
from limpide.droits.moteur import Motif
from limpide.identite import contacts
from limpide.paiements.calendrier import date_de_paiement
from limpide.registre.vues import au_nom_de, ouvre_sous_garde, personne_de, sous_traitement
from limpide.usagers import dossier as lecture
from limpide.usagers.changement.genres import GENRES, Genre
from limpide.usagers.demande.aides import AIDES, LOGEMENT
from limpide.usagers.propositions import portee
from limpide.usagers.propositions.apercu import DROITS_PROPOSES, apercu

Vue = Callable[..., HttpResponseBase]
CALCULE_LE = (
    "Calcul du {le}, avec ce que votre Caf savait ce jour-là. Les décisions et les recours se lisent dans Mon Compte."
)
CORRECTIONS_RECENTES = dt.timedelta(days=62)
MOIS_A_DIRE = 3
"""A month is asked as long as one was paid, or waits, in the last months calculated."""


def page_du_compte(motif: str) -> Callable[[Callable[..., HttpResponse]], Vue]:
    """A page of Mon Compte: under its processing, on the citizen's own file, once the password is their own."""

    def decorer(vue: Callable[..., HttpResponse]) -> Vue:
        @sous_traitement("mon_compte", motif=motif)
        @functools.wraps(vue)
        def sur_mon_dossier(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            dossier = lecture.mon_dossier(personne_de(request))
            if dossier is None:
                return render(request, "usagers/compte/sans_dossier.html")
            return vue(request, dossier, *args, **kwargs)

        @never_cache
        @require_safe
        @functools.wraps(sur_mon_dossier)
        def protegee(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(request.user, "genre", "") == "allocataire" and request.user.mot_de_passe_a_changer:
                return redirect("usagers:mot_de_passe")
            return sur_mon_dossier(request, *args, **kwargs)

        return protegee

    return decorer


@ouvre_sous_garde("mon_compte", DROITS_PROPOSES)
def compte(request: Any) -> HttpResponseBase:
    """The first page of the space: what is there, and whether there are rights to look at (counted once a session)."""
    request.droits_possibles = apercu(request)
    return accueil(request)


@page_du_compte("Vous consultez votre compte")
def accueil(request: Any, dossier: Dossier) -> HttpResponse:
    """Home: this month in plain words, the next payment, what moved, what is expected."""
    lignes = explications.toutes_les_lignes(dossier.pk)
    vigueur = explications.en_vigueur(lignes)
    mois = max(vigueur, default=None)
    droits = vigueur.get(mois, []) if mois else []
    montres, autres = explications.a_montrer(droits)
    return render(
        request,
        "usagers/compte/accueil.html",
        {
            "dossier": dossier,
            "prenom": dossier.allocataire.prenoms.split()[0],
            "mois": mois,
            "mois_adresse": ecrire(mois) if mois else "",
            "droits": montres,
            "autres_droits": autres,
            "total": sum(ligne.net for ligne in droits),
            "complet": not any(ligne.inconnu for ligne in droits),
            "prochain": date_de_paiement(mois) if mois else None,
            "deltas": _ecarts(vigueur, mois) if mois else [],
            "corrections": _recentes(lignes),
            "indus": lecture.indus(dossier.pk),
            "pieces": [(p, lexique.PIECES[p.etat]) for p in lecture.pieces_attendues(dossier.pk)],
            "precedente": request.user.precedente_connexion,
            "trimestre": trimestres.a_declarer(dossier, timezone.localdate()),
            "possibles": request.droits_possibles,
            "mois_a_dire": _mois_a_dire(vigueur),
            "logement": LOGEMENT,
            "revenus_finis": _revenus_finis(dossier, vigueur),
            "simulation": portee.CLE in request.session,
            "avis": lecture.avis_d_effacement(dossier.pk),
            "contact_a_revoir": au_nom_de(request) is None
            and any(contacts.a_revoir(p) for p in contacts.en_usage([request.user.personne_id])),
        },
    )


def _mois_a_dire(vigueur: dict[dt.date, list[explications.LigneVue]]) -> list[Genre]:
    """What is told month by month, of the rights that were open lately or wait for their month."""
    dits = _recents(vigueur, Motif.A_DECLARER)
    return [GENRES[g] for g in dict.fromkeys(a.chaque_mois for a in AIDES if a.chaque_mois and a.droit in dits)]


def _revenus_finis(dossier: Dossier, vigueur: dict[dt.date, list[explications.LigneVue]]) -> dt.date | None:
    """Until when the income of the housing benefit was told, once it is over and the benefit was open, or waits."""
    if _recents(vigueur, Motif.INCONNU).isdisjoint(LOGEMENT.droits):
        return None
    return lecture.revenus_du_logement_finis(dossier.pk, timezone.localdate())


def _recents(vigueur: dict[dt.date, list[explications.LigneVue]], attente: Motif) -> set[str]:
    """The rights that were open in the last months calculated, or waited for that reason."""
    lignes = [ligne for mois in sorted(vigueur)[-MOIS_A_DIRE:] for ligne in vigueur[mois]]
    return {ligne.droit for ligne in lignes if ligne.ouvert or ligne.motif == attente.name}


def _ecarts(vigueur: dict[dt.date, list[explications.LigneVue]], mois: dt.date) -> list[tuple[str, int, int]]:
    """(label, net before, net now) of the rights whose amount differs from the month before."""
    avant = {ligne.droit: ligne.net for ligne in vigueur.get(decaler(mois, -1), [])}
    return [(x.libelle, avant[x.droit], x.net) for x in vigueur[mois] if x.droit in avant and avant[x.droit] != x.net]


def _recentes(lignes: list[explications.LigneVue]) -> list[tuple[explications.LigneVue, int]]:
    """Past months corrected lately: (line in force, difference with the line it replaced)."""
    limite = timezone.now() - CORRECTIONS_RECENTES
    vues = [x for droits in explications.en_vigueur(lignes).values() for x in droits]
    return [(x, x.net - x.corrige) for x in vues if x.corrige is not None and x.connu_au > limite]


@page_du_compte("Vous consultez vos paiements")
def paiements(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Rights by month (chart and table), and transfers."""
    vigueur = explications.en_vigueur(explications.toutes_les_lignes(dossier.pk))
    return render(
        request,
        "usagers/compte/paiements.html",
        {
            "graphique": presentation.dessin(vigueur),
            "mois": presentation.tableau(vigueur),
            "droits": presentation.droits_montres(vigueur),
            "paiements": lecture.paiements(dossier.pk),
            "indus": lecture.indus(dossier.pk),
        },
    )


@page_du_compte("Vous consultez le calcul de vos droits")
def pourquoi(request: HttpRequest, dossier: Dossier, mois: str) -> HttpResponse:
    """Why these amounts: every step of every right of the month, recomputed from the facts of then."""
    jour, lignes = _mois_connu(dossier, mois)
    contexte = {
        "mois": jour,
        "explications": explications.expliquer(dossier.pk, lignes, jour),
        "autres": sorted({ligne.mois for ligne in lignes}, reverse=True),
        "total": sum(x.net for x in explications.en_vigueur(lignes)[jour]),
    }
    return render(request, "usagers/compte/pourquoi.html", contexte)


@page_du_compte("Vous gardez l'explication d'un droit")
def pourquoi_pdf(request: HttpRequest, dossier: Dossier, mois: str, droit: str) -> HttpResponse:
    """The same for one right, on a page to keep; always the same file for the same calculation."""
    jour, lignes = _mois_connu(dossier, mois)
    expliques = explications.expliquer(dossier.pk, lignes, jour)
    explique = next((e for e in expliques if e.ligne.droit == droit), None)
    if explique is None:
        raise Http404("Ce droit n'est pas calculé pour ce mois.")
    ligne = explique.ligne
    octets = feuille(
        explique.recit, net=None if ligne.inconnu else ligne.net, emetteur=dossier.organisme.nom, le=ligne.connu_au,
        changerait=explique.changerait, mention=CALCULE_LE.format(le=jour_fr(timezone.localdate(ligne.connu_au))),
    )  # fmt: skip
    return en_pdf(octets, f"explication-{droit}-{mois}.pdf")


def en_pdf(contenu: bytes, nom: str) -> HttpResponse:
    """A file to keep. `nom` names nobody."""
    reponse = HttpResponse(contenu, content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


@page_du_compte("Vous consultez ce qui a changé dans vos droits")
def changements(request: HttpRequest, dossier: Dossier, mois: str) -> HttpResponse:
    """Since the month before: which fact moved which step; and the past months computed again."""
    jour, lignes = _mois_connu(dossier, mois)
    contexte = {
        "mois": jour,
        "precedent": decaler(jour, -1),
        "explications": explications.expliquer(dossier.pk, lignes, jour),
        "corrections": explications.corrections(dossier.pk, lignes)[:24],
    }
    return render(request, "usagers/compte/changements.html", contexte)


def _mois_connu(dossier: Dossier, texte: str) -> tuple[dt.date, list[explications.LigneVue]]:
    jour = explications.mois_de(texte)
    lignes = explications.toutes_les_lignes(dossier.pk)
    if jour is None or not any(ligne.mois == jour for ligne in lignes):
        raise Http404("Aucun droit n'est calculé pour ce mois.")
    return jour, lignes


@page_du_compte("Vous consultez votre situation")
def situation(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Each datum with its origin and its date."""
    membres, foyer = lecture.ma_situation(dossier, timezone.localdate())
    return render(request, "usagers/compte/situation.html", {"membres": membres, "foyer": foyer})
