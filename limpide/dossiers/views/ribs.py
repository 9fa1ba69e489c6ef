"""The account that a protector proposes: its holder, its proof, the answer of another agent than the access's."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import depots, presentation
from limpide.dossiers.declarations_depots import RIB
from limpide.dossiers.declarations_documents import EXAMEN_DOCUMENTS
from limpide.dossiers.documents.remise import remettre
from limpide.dossiers.formulaires_protecteurs import FormulaireRib
from limpide.dossiers.models import Document, Dossier
from limpide.dossiers.views.acces import LIMITES, page_dossier
from limpide.dossiers.views.protecteurs import CLE_RESULTAT
from limpide.identite import protecteurs
from limpide.identite import ribs_proteges as verbes
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.models import EtatRib, Personne, RibPropose
from limpide.identite.suivi_contacts import SUIVI
from limpide.registre.vues import ouvre

MOTIF = "Vérification d'un compte bancaire"
FAIT = {
    "accepter": "Le compte est enregistré. Les deux personnes en sont prévenues.",
    "refuser": "Le Rib est refusé, avec son motif.",
}


@ouvre(RIB, LIMITES, SUIVI)
def rib(request: Any, numero: int, rib: UUID) -> HttpResponseBase:
    """Once accepted and committed, both are told, each at their own address."""
    reponse: HttpResponseBase = _page(request, numero, rib)
    if (tous_deux := getattr(request, "a_prevenir", None)) is not None:
        protecteurs.prevenir(*tous_deux, acte=True)
    return reponse


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(RIB, toujours=MOTIF)
def _page(request: Any, dossier: Dossier, rib: UUID) -> HttpResponse:
    """GET: the number masked, the holder, whether it names the person. POST: accepted from a day, or refused."""
    propose = RibPropose.objects.select_related("acces").filter(pk=rib, dossier_id=dossier.pk).first()
    if propose is None:
        raise Http404("Ce Rib n'est pas de ce dossier.")
    personne = Personne.objects.get(pk=propose.personne_id)
    formulaire = FormulaireRib(request.POST or None)
    if request.method == "POST" and formulaire.is_valid() and _repondre(propose, personne, formulaire):
        request.session[CLE_RESULTAT] = FAIT[formulaire.cleaned_data["avis"]]
        if formulaire.cleaned_data["avis"] == "accepter":
            request.a_prevenir = (propose.personne_id, propose.protecteur_id)
        return redirect("dossiers:protecteurs", dossier.pk)
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "protecteurs",
        "dernier_mois": presentation.dernier_mois(dossier.pk), "rib": propose, "formulaire": formulaire,
        "iban": propose.iban.masque() if propose.iban else "", "attend": propose.etat == EtatRib.DEPOSE,
        "a_son_nom": verbes.au_nom_de(propose.titulaire, personne),
        "documents": depots.montres(propose.personne_id, propose.protecteur_id, depots.RIB),
    }  # fmt: skip
    statut = 422 if formulaire.is_bound else 200
    return render(request, "dossiers/rib_protecteur.html", contexte, status=statut)


def _repondre(propose: RibPropose, personne: Personne, formulaire: FormulaireRib) -> bool:
    saisie = formulaire.cleaned_data
    try:
        if saisie["avis"] == "accepter":
            verbes.accepter(propose, personne, saisie["depuis"])
        else:
            verbes.refuser(propose, saisie["motif"])
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        return False
    depots.effacer(propose.personne_id, propose.protecteur_id, depots.RIB, timezone.now())
    return True


@require_safe
@page_dossier(EXAMEN_DOCUMENTS, toujours="Lecture de la décision ou du Rib montrés par un protecteur")
def contenu(request: Any, dossier: Dossier, document: UUID) -> HttpResponse:
    """What a protector showed about this file's allocataire, to save."""
    montre = Document.objects.filter(
        pk=document, lie_a="personne", personne_id=dossier.allocataire_id, genre__in=(depots.RIB, depots.DECISION)
    )
    return remettre(montre.first())
