"""Protectors online: who asks, whose identity is to be seen, which measure opens what; one page for each file."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.dossiers import depots, presentation
from limpide.dossiers.formulaires_protecteurs import FormulaireAdmission, FormulaireOuverture, FormulaireRefus
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import LIMITES, page_agent, page_dossier
from limpide.identite import protecteurs as verbes
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.mesures import PERSONNE
from limpide.identite.models import (
    AccesProtecteur,
    DemandeProtecteur,
    EtatDemandeProtecteur,
    EtatRib,
    MesureProtection,
    RibPropose,
)
from limpide.identite.suivi_contacts import SUIVI
from limpide.registre.contexte import HorsRegistre, traitement
from limpide.registre.vues import acteur_de, ouvre

CLE_RESULTAT = "protecteur_fait"
MONTREES = 50
OUVERT = "L'identité est vérifiée et le compte est ouvert. L'accès attend la décision du juge."
ATTENDENT = (EtatDemandeProtecteur.DEPOSEE, EtatDemandeProtecteur.ADMISE)


@require_safe
@page_agent(verbes.ACCES, "Liste des demandes de protecteurs")
def liste(request: Any) -> HttpResponse:
    """The oldest first; a request whose number is no file's can only be refused, one without a number has its page."""
    demandes = DemandeProtecteur.objects.filter(etat__in=ATTENDENT).order_by("deposee_le")[:MONTREES]
    dossiers = dict(
        Dossier.objects.filter(numero__in=[d.numero for d in demandes], clos_le=None).values_list("numero", "pk")
    )
    justifier = AccesProtecteur.objects.filter(etat="a_justifier").order_by("cree_le")[:MONTREES]
    contexte = {
        "lignes": [(d, dossiers.get(d.numero)) for d in demandes],
        "justifier": justifier,
        "ribs": RibPropose.objects.filter(etat=EtatRib.DEPOSE).order_by("depose_le")[:MONTREES],
        "formulaire": FormulaireRefus(),
        "resultat": request.session.pop(CLE_RESULTAT, ""),
    }
    return render(request, "dossiers/protecteurs_a_traiter.html", contexte)


@require_POST
@page_agent(verbes.ACCES, "Refus d'une demande de protecteur")
def refuser(request: Any) -> HttpResponse:
    """A request of the Caf that names no file; another Caf's does not exist."""
    demande = demande_de(request, DemandeProtecteur.objects.all())
    formulaire = FormulaireRefus(request.POST)
    if formulaire.is_valid() and tenter(formulaire, lambda: verbes.refuser(demande, formulaire.cleaned_data["motif"])):
        request.session[CLE_RESULTAT] = "La demande est refusée."
    else:
        request.session[CLE_RESULTAT] = "Rien n'est fait : choisissez un motif, pour une demande qui attend encore."
    return redirect("dossiers:protecteurs_a_traiter")


def demande_de(request: Any, parmi: Any) -> uuid.UUID:
    try:
        cle = uuid.UUID(request.POST.get("demande", ""))
    except ValueError:
        raise Http404("Cette demande n'existe pas.") from None
    if not parmi.filter(pk=cle).exists():
        raise Http404("Cette demande n'existe pas dans votre Caf.")
    return cle


@ouvre(verbes.ACCES, LIMITES, verbes.OUVERTURE, SUIVI)
def du_dossier(request: Any, numero: int) -> HttpResponseBase:
    """Requests and accesses of a file. Once committed: the account of who was admitted is opened, both are told."""
    reponse: HttpResponseBase = _page(request, numero)
    if (admise := getattr(request, "demande_admise", None)) is not None:
        return _ouvrir_le_compte(request, *admise)
    if (tous_deux := getattr(request, "a_prevenir", None)) is not None:
        verbes.prevenir(*tous_deux, acte=False)
    return reponse


def _ouvrir_le_compte(request: Any, demande: uuid.UUID, dossier: int, protege: int) -> HttpResponse:
    motif = "Ouverture du compte d'un protecteur"
    try:
        with traitement(verbes.OUVERTURE, acteur=acteur_de(request), motif=motif, dossier=dossier):
            verbes.accepter(demande, dossier, protege)
    except ErreurSaisie as refus:
        request.session[CLE_RESULTAT] = " ".join(refus.champs.values())
    except HorsRegistre as refus:
        raise PermissionDenied(str(refus)) from refus
    else:
        request.session[CLE_RESULTAT] = OUVERT
    return redirect("dossiers:protecteurs", dossier)


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(verbes.ACCES)
def _page(request: Any, dossier: Dossier) -> HttpResponse:
    """GET: where it stands. POST: the act named by `acte`, refused field by field or done and said."""
    formulaire = None
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    if request.method == "POST":
        if acte not in ACTES:
            raise Http404("Cet acte n'existe pas.")
        formulaire = ACTES[acte](request, dossier)
        if formulaire is None:
            return redirect("dossiers:protecteurs", dossier.pk)
    return _montrer(request, dossier, acte, formulaire)


def _montrer(request: Any, dossier: Dossier, acte: str, formulaire: Any) -> HttpResponse:
    vise = request.POST.get("demande") or request.POST.get("acces")
    mesures = _mesures(dossier)

    def forme(nom: str, cle: Any, neuf: Callable[[], Any]) -> Any:
        return formulaire if formulaire is not None and (nom, str(cle)) == (acte, vise) else neuf()

    demandes = DemandeProtecteur.objects.filter(numero=dossier.numero, etat__in=ATTENDENT).order_by("deposee_le")
    acces = AccesProtecteur.objects.filter(dossier_id=dossier.pk).select_related("mesure").order_by("-pk")
    contexte = {
        "dossier": dossier,
        "nom": presentation.nom_complet(dossier.allocataire),
        "onglet": "protecteurs",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
        "formulaire": formulaire,
        "demandes": [
            (d, forme("admettre", d.pk, functools.partial(FormulaireAdmission, auto_id=f"admettre-{d.pk}-%s")),
             forme("refuser", d.pk, functools.partial(FormulaireRefus, auto_id=f"refuser-{d.pk}-%s")))
            for d in demandes
        ],
        "acces": [
            (a, forme("ouvrir", a.pk, functools.partial(
                FormulaireOuverture, mesures=mesures, auto_id=f"ouvrir-{a.pk}-%s")),
             depots.montres(a.personne_id, a.protecteur_id, depots.DECISION))
            for a in acces
        ],
        "mesures": mesures,
        "ribs": list(RibPropose.objects.filter(dossier_id=dossier.pk).order_by("-depose_le")),
        "resultat": request.session.pop(CLE_RESULTAT, ""),
    }  # fmt: skip
    return render(request, "dossiers/protecteurs.html", contexte, status=422 if formulaire is not None else 200)


def _mesures(dossier: Dossier) -> list[tuple[str, str]]:
    """Measures of the allocataire, given to a natural person and not over."""
    jour = timezone.localdate()
    siennes = MesureProtection.objects.filter(personne_id=dossier.allocataire_id, protecteur_genre=PERSONNE)
    return [
        (str(m.pk), f"{m.get_genre_display().capitalize()} confiée à {m.protecteur_nom}, {m.jugement_le:%d/%m/%Y}")
        for m in siennes.order_by("-pk")
        if m.valide.upper is None or m.valide.upper > jour
    ]


def _du_dossier(request: Any, dossier: Dossier) -> uuid.UUID:
    return demande_de(request, DemandeProtecteur.objects.filter(numero=dossier.numero))


def _acces(request: Any, dossier: Dossier) -> AccesProtecteur:
    numero = request.POST.get("acces", "")
    if not (numero.isascii() and numero.isdecimal() and len(numero) < 19):
        raise Http404("Cet accès n'existe pas.")
    trouve: AccesProtecteur | None = AccesProtecteur.objects.filter(pk=numero, dossier_id=dossier.pk).first()
    if trouve is None:
        raise Http404("Cet accès n'est pas de ce dossier.")
    return trouve


def tenter(formulaire: Any, verbe: Callable[[], None]) -> bool:
    try:
        verbe()
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        return False
    return True


def _admettre(request: Any, dossier: Dossier) -> Any:
    demande = _du_dossier(request, dossier)
    formulaire = FormulaireAdmission(request.POST, auto_id=f"admettre-{demande}-%s")
    if not formulaire.is_valid():
        return formulaire
    reprise = DemandeProtecteur.objects.filter(pk=demande, etat=EtatDemandeProtecteur.ADMISE).exists()
    piece = formulaire.cleaned_data["piece"]
    if not reprise and not tenter(formulaire, lambda: verbes.admettre(demande, dossier.numero, piece)):
        return formulaire
    request.demande_admise = (demande, dossier.pk, dossier.allocataire_id)
    return None


def _refuser(request: Any, dossier: Dossier) -> Any:
    demande = _du_dossier(request, dossier)
    formulaire = FormulaireRefus(request.POST, auto_id=f"refuser-{demande}-%s")
    if formulaire.is_valid() and tenter(formulaire, lambda: verbes.refuser(demande, formulaire.cleaned_data["motif"])):
        request.session[CLE_RESULTAT] = "La demande est refusée."
        return None
    return formulaire


def _ouvrir(request: Any, dossier: Dossier) -> Any:
    acces = _acces(request, dossier)
    formulaire = FormulaireOuverture(request.POST, mesures=_mesures(dossier), auto_id=f"ouvrir-{acces.pk}-%s")
    if not formulaire.is_valid():
        return formulaire
    mesure = MesureProtection.objects.get(pk=formulaire.cleaned_data["mesure"])
    if not tenter(formulaire, lambda: verbes.ouvrir(acces, mesure, timezone.localdate())):
        return formulaire
    depots.effacer(acces.personne_id, acces.protecteur_id, depots.DECISION, timezone.now())
    return _dire(request, acces, "L'accès est ouvert. Les deux personnes en sont prévenues.")


def _fermer(request: Any, dossier: Dossier) -> Any:
    acces = _acces(request, dossier)
    formulaire = FormulaireRefus()
    if not tenter(formulaire, lambda: verbes.fermer(acces)):
        return formulaire
    for genre in (depots.DECISION, depots.RIB):
        depots.effacer(acces.personne_id, acces.protecteur_id, genre, timezone.now())
    return _dire(
        request, acces, "L'accès est fermé, sessions ouvertes comprises. Les deux personnes en sont prévenues."
    )


def _dire(request: Any, acces: AccesProtecteur, resultat: str) -> None:
    request.session[CLE_RESULTAT] = resultat
    request.a_prevenir = (acces.personne_id, acces.protecteur_id)


ACTES: dict[str, Callable[[Any, Dossier], Any]] = {
    "admettre": _admettre, "refuser": _refuser, "ouvrir": _ouvrir, "fermer": _fermer,
}  # fmt: skip
