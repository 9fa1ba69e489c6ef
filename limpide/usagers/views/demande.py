"""« Demander le RSA »: questions, draft, submission; then « Mes demandes » and the receipt."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import DeclarationScellee, Demande, GenreScelle, PieceAttendue
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Personne
from limpide.registre.vues import sous_traitement
from limpide.usagers import scellement
from limpide.usagers.declarations_demande import DEMANDE_RSA
from limpide.usagers.demande import brouillon, contenu, envoi
from limpide.usagers.demande.parties import PARTIES, connues
from limpide.usagers.demande.suite import suite_de
from limpide.usagers.simulateur.parcours import Parcours, poursuivre
from limpide.usagers.simulateur.periodes import mois_courant
from limpide.usagers.views.simulateur import sections

ICI, RELIRE, MES_DEMANDES = "usagers:demande_rsa", "usagers:demande_envoyer", "usagers:mes_demandes"


class FormulaireEnvoi(FormulaireDSFR):
    """The ticks that send a claim; none is ticked beforehand. One more for each other adult (MC-087)."""

    def __init__(self, *args: Any, autres: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["honneur"] = forms.BooleanField(
            label="Je déclare sur l'honneur que ce que j'ai écrit est exact",
            error_messages={"required": "Cochez cette case pour envoyer votre demande."},
        )
        for prefixe, qui in autres:
            self.fields[f"accord_{prefixe}"] = forms.BooleanField(
                label=f"{qui} est d'accord pour que je donne ces informations à la Caf",
                error_messages={"required": "L'accord de cette personne est nécessaire avant de donner ses données."},
            )


def _moi(request: Any) -> tuple[Personne, dict[str, Any]]:
    """The claimant, and what needs not be asked."""
    personne = Personne.objects.get(pk=request.user.personne_id)
    return personne, connues(personne, mois_courant(), envoi.caisses())


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(DEMANDE_RSA, motif="Vous préparez une demande de RSA")
def demander(request: Any) -> HttpResponse:
    """GET takes up the draft. POST keeps what was typed, wrong or not, and shows the next part or the errors."""
    personne, su = _moi(request)
    if envoi.dossier_ouvert(personne.pk) is not None:
        return render(request, "usagers/demande/dossier_ouvert.html", {})
    if request.method == "POST":
        parcours = poursuivre(request.POST, PARTIES, su)
        brouillon.garder(personne.pk, parcours.donnees, min(parcours.etape, len(PARTIES) - 1))
        if parcours.fini:
            return redirect(RELIRE)
    else:
        parcours = _reprendre(personne.pk, su)
    return _partie(request, parcours)


def _reprendre(personne: int, su: dict[str, Any]) -> Parcours:
    """Where the draft was left; the first part without one."""
    commence = brouillon.lire(personne)
    if commence is None:
        return Parcours(0, PARTIES[0](initial={"residence": "metropole"}, reponses=su))
    tapees = brouillon.reponses_tapees(commence)
    tapees["aller"] = str(commence.etape)
    return poursuivre(tapees, PARTIES, su)


def _partie(request: Any, parcours: Parcours) -> HttpResponse:
    formulaire = parcours.formulaire
    assert formulaire is not None
    en_erreur = formulaire.is_bound and bool(formulaire.errors)
    contexte = {
        "parcours": parcours, "formulaire": formulaire, "sections": sections(parcours),
        "numero": parcours.etape + 1, "total": len(PARTIES) + 1, "numero_precedent": parcours.etape - 1,
        "suivante": PARTIES[parcours.etape + 1].titre if parcours.etape + 1 < len(PARTIES) else "Relire et envoyer",
        "ajout_enfant": formulaire.code == "personnes",
        "titre_page": ("Erreur : " if en_erreur else "") + f"{formulaire.titre} — Demander le RSA",
    }  # fmt: skip
    return render(request, "usagers/demande/partie.html", contexte, status=422 if en_erreur else 200)


@never_cache
@sensitive_post_parameters()
@require_POST
@sous_traitement(DEMANDE_RSA, motif="Vous reprenez votre simulation dans une demande")
def reprendre_simulation(request: Any) -> HttpResponse:
    """The explicit click: the answers of the simulator become a draft. Only from an open account."""
    personne, su = _moi(request)
    donnees = request.POST.copy()
    donnees["etape"], donnees["aller"] = "0", "0"
    parcours = poursuivre(donnees, PARTIES, su)
    brouillon.garder(personne.pk, parcours.donnees, 0)
    messages.success(request, "Vos réponses sont reprises : relisez chaque étape et complétez-la.")
    return redirect(ICI)


@require_POST
@sous_traitement(DEMANDE_RSA, motif="Vous effacez une demande commencée")
def abandonner(request: Any) -> HttpResponse:
    brouillon.effacer(request.user.personne_id)
    messages.success(request, "Votre demande commencée est effacée. Rien n'a été envoyé.")
    return redirect("usagers:compte")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(DEMANDE_RSA, motif="Vous relisez et envoyez une demande de RSA")
def envoyer(request: Any) -> HttpResponse:
    """GET: everything to read again, the sanctions, the ticks. POST: sent once, whatever the number of clicks."""
    personne, su = _moi(request)
    commence = brouillon.lire(personne.pk, pour_envoyer=request.method == "POST")
    if commence is None:  # sent already, by another click or another tab: the receipt is there
        return redirect(MES_DEMANDES if envoi.dossier_ouvert(personne.pk) is not None else ICI)
    lu = contenu.recapituler(brouillon.reponses_tapees(commence), su)
    if lu is None:
        return redirect(ICI)
    recapitulatif, reponses = lu
    autres = envoi.majeurs(reponses)
    formulaire = FormulaireEnvoi(request.POST if request.method == "POST" else None, autres=autres)
    if request.method == "POST" and formulaire.is_valid():
        accords = [str(formulaire.fields[f"accord_{prefixe}"].label) for prefixe, _ in autres]
        try:
            envoi.envoyer(personne, recapitulatif, reponses, accords, f"compte {request.user.pk}")
        except ErreurSaisie as refus:
            for message in refus.champs.values():
                formulaire.add_error(None, message)
        else:
            return redirect(MES_DEMANDES)
    contexte = {
        "recapitulatif": recapitulatif, "formulaire": formulaire, "total": len(PARTIES) + 1,
        "texte": scellement.texte_en_vigueur(timezone.localdate()), "derniere": len(PARTIES) - 1,
        "parties": list(enumerate(p.titre for p in PARTIES)), "donnees": _cachees(commence),
    }  # fmt: skip
    return render(request, "usagers/demande/envoyer.html", contexte, status=422 if formulaire.errors else 200)


def _cachees(commence: Any) -> list[tuple[str, str]]:
    tapees: QueryDict = brouillon.reponses_tapees(commence)
    return [(nom, valeur) for nom, valeurs in tapees.lists() for valeur in valeurs]


@never_cache
@require_safe
@sous_traitement(DEMANDE_RSA, motif="Vous suivez vos demandes")
def mes_demandes(request: Any) -> HttpResponse:
    """Each claim: where it stands, who acts next, by when; its receipt."""
    pieces = list(PieceAttendue.objects.order_by("attendue_pour", "pk"))
    scellees = {
        s.demande_id: s for s in DeclarationScellee.objects.filter(genre=GenreScelle.DEMANDE).defer("contenu_chiffre")
    }
    contexte = {
        "demandes": [
            (d, suite_de(d, [p for p in pieces if p.demande_id == d.pk]), scellees.get(d.pk))
            for d in Demande.objects.order_by("-creee_le", "-pk")
        ],
        "commence": brouillon.lire(request.user.personne_id),
        "ouvert": envoi.dossier_ouvert(request.user.personne_id) is not None,
    }
    return render(request, "usagers/demande/mes_demandes.html", contexte)


@never_cache
@require_safe
@sous_traitement(DEMANDE_RSA, motif="Vous téléchargez une demande envoyée")
def en_pdf(request: Any, demande: int) -> HttpResponse:
    """The claim exactly as it was sent."""
    scellee = DeclarationScellee.objects.filter(demande_id=demande).first()
    if scellee is None:
        raise Http404("Cette demande n'a pas été envoyée en ligne.")
    reponse = HttpResponse(scellement.en_pdf(scellee), content_type="application/pdf")
    reponse["Content-Disposition"] = 'attachment; filename="demande-rsa.pdf"'
    return reponse
