"""The officer's rights desk: queue by deadline, figures, one request, letters received."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.registre.contexte import traitement
from limpide.registre.demandes import document, formulaires, limitation, motifs, regles, reunion, services
from limpide.registre.demandes.modeles import DemandeDroit, ReponseAcces
from limpide.registre.demandes.traitements import ASSEMBLAGE, GUICHET, REMISE
from limpide.registre.graphique import proportions
from limpide.registre.modeles import Donnee
from limpide.registre.vues import acteur_de, ouvre_sous_garde, sous_traitement

ACTIONS = {
    "identite": formulaires.FormulaireIdentite,
    "prolonger": formulaires.FormulaireProlongation,
    "repondre": formulaires.FormulaireReponse,
    "limiter": formulaires.FormulaireLimitation,
    "lever": formulaires.FormulaireLevee,
    "aviser": formulaires.FormulaireAvis,
}


@require_safe
@sous_traitement(GUICHET, motif="Suivi des demandes sur les données")
def liste(request: HttpRequest) -> HttpResponse:
    """Open requests by deadline, then the closed ones; kinds and delays in figures."""
    toutes = list(DemandeDroit.objects.order_by("echeance", "pk"))
    jour = timezone.localdate()
    ouvertes = [d for d in toutes if d.ouverte]
    closes = sorted((d for d in toutes if not d.ouverte), key=lambda d: (d.close_le, d.pk), reverse=True)
    delais = [(d.close_le - d.recue_le).days for d in closes if d.close_le]
    contexte = {
        "onglet": "demandes",
        "ouvertes": [(d, (d.echeance - jour).days) for d in ouvertes],
        "closes": closes[:50],
        "par_genre": proportions(Counter(d.get_genre_display() for d in toutes).most_common()),
        "par_issue": proportions(Counter(d.get_etat_display() for d in toutes).most_common()),
        "delai": sorted(delais)[len(delais) // 2] if delais else None,
        "en_retard": sum((d.echeance - jour).days < 0 for d in ouvertes),
    }
    return render(request, "registre/demandes/liste.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(GUICHET, motif="Enregistrement d'une demande reçue par courrier")
def courrier(request: HttpRequest) -> HttpResponse:
    """A letter: whose file, which right, when it came."""
    formulaire = formulaires.FormulaireCourrier(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        saisie = formulaire.cleaned_data
        dossier = _dossier(saisie["caisse"], saisie["numero"])
        if dossier is None:
            formulaire.add_error("numero", "Aucun dossier de cette caisse ne porte ce numéro.")
        else:
            demande = services.deposer(
                personne=dossier.allocataire_id, dossier=dossier.pk, organisme=dossier.organisme_id,
                genre=saisie["genre"], objet=saisie["objet"], canal=DemandeDroit.Canal.COURRIER,
                recue_le=saisie["recue_le"], par_le_protecteur=saisie["demandeur"] == "protecteur",
            )  # fmt: skip
            return redirect("registre:demande", demande.pk)
    contexte = {"onglet": "demandes", "formulaire": formulaire}
    return render(
        request, "registre/demandes/courrier.html", contexte, status=422 if formulaire.errors else 200
    )  # fmt: skip


def _dossier(caisse: str, numero: str) -> Any:
    modele = _modele_dossier()
    return modele.objects.filter(organisme_id=caisse, numero=numero).order_by("-ouvert_le").first()


def _modele_dossier() -> type[Donnee]:
    from limpide.registre.conservation.graphe import DOSSIER, racine

    modele: type[Donnee] = racine(DOSSIER)
    return modele


@require_safe
@sous_traitement(GUICHET, motif="Examen d'une demande sur les données")
def demande(request: HttpRequest, numero: int) -> HttpResponse:
    """One request: what it asks, its steps, what may be done now."""
    return render(request, "registre/demandes/demande.html", _contexte(_trouver(numero)))


def _trouver(numero: int) -> DemandeDroit:
    trouvee: DemandeDroit = get_object_or_404(DemandeDroit, pk=numero)
    return trouvee


def _contexte(trouvee: DemandeDroit, saisi: tuple[str, Any] | None = None, refus: str = "") -> dict[str, Any]:
    permises = regles.TRANSITIONS[trouvee.etat]
    actions = {
        "identite": regles.EN_COURS in permises and trouvee.etat == regles.A_IDENTIFIER,
        "commencer": regles.EN_COURS in permises and trouvee.etat == regles.DEPOSEE,
        "prolonger": regles.PROLONGEE in permises,
        "repondre": regles.ACCORDEE in permises,
        "assembler": regles.ACCORDEE in permises and trouvee.genre == "acces",
        "imprimer": _a_imprimer(trouvee),
        "limiter": regles.ACCORDEE in permises and trouvee.genre == "limitation",
        "lever": limitation.en_cours(trouvee.dossier_id) is not None,
    }
    ouverts = {nom: _formulaire(trouvee, nom) for nom in ACTIONS if actions.get(nom)}
    if saisi:
        ouverts[saisi[0]] = saisi[1]
    avis = list(trouvee.avis.order_by("pk"))
    saisie_d_avis = ouverts.get("aviser")
    return {
        "onglet": "demandes",
        "demande": trouvee,
        "regle": regles.GENRES[trouvee.genre],
        "etapes": list(trouvee.etapes.order_by("faite_le", "pk")),
        "reste": (trouvee.echeance - timezone.localdate()).days,
        "actions": actions,
        "formulaires": ouverts,
        "recours": regles.RECOURS,
        "corrections": services.corrections(trouvee) if trouvee.genre == "rectification" else None,
        "oppositions": motifs.oppositions() if trouvee.genre == "opposition" and trouvee.ouverte else (),
        "a_garder": services.raison_de_garder(trouvee) if trouvee.ouverte else "",
        "avis": [(a, _formulaire_d_avis(a.pk, saisie_d_avis) if a.issue == "a_aviser" else None) for a in avis],
        "refus": refus,
    }


def _formulaire(trouvee: DemandeDroit, action: str, saisie: Any = None) -> Any:
    """The form of an action; an opposition is answered about one system."""
    if action == "repondre" and trouvee.genre == "opposition":
        choix = [("", "Choisissez"), *((o.systeme, f"{o.systeme} – {o.nom}") for o in motifs.oppositions())]
        return formulaires.FormulaireOpposition(saisie, choix={"systeme": choix})
    return ACTIONS[action](saisie)


def _formulaire_d_avis(numero: int, saisi: Any) -> formulaires.FormulaireAvis:
    """The form of one recipient; with what was typed when it is the one that was refused."""
    if saisi is not None and saisi.data.get("avis") == str(numero):
        refuse: formulaires.FormulaireAvis = saisi
        return refuse
    return formulaires.FormulaireAvis(initial={"avis": numero}, auto_id=f"avis-{numero}-%s")


def _a_imprimer(trouvee: DemandeDroit) -> bool:
    """An answer still there, to a request that came by letter."""
    if trouvee.canal != DemandeDroit.Canal.COURRIER:
        return False
    reponses = ReponseAcces.objects.filter(demande_id=trouvee.pk, effacee_le=None)
    return bool(reponses.values_list("pk", flat=True))


@require_POST
@sous_traitement(GUICHET, motif="Suite donnée à une demande sur les données")
def agir(request: HttpRequest, numero: int, action: str) -> HttpResponse:
    """Check the identity, take more time, answer; a refusal of the database is shown with what was typed."""
    trouvee = _trouver(numero)
    if action == "commencer":
        return _faire(
            request, trouvee, lambda: services.avancer(trouvee, regles.EN_COURS, note="Prise en charge"), None
        )
    if action not in ACTIONS:
        raise Http404
    formulaire = _formulaire(trouvee, action, request.POST)
    if not formulaire.is_valid():
        return render(
            request, "registre/demandes/demande.html", _contexte(trouvee, (action, formulaire)), status=422
        )  # fmt: skip
    saisie = formulaire.cleaned_data
    faire = {
        "identite": lambda: services.identifier(trouvee, **saisie),
        "prolonger": lambda: services.prolonger(trouvee, saisie["motif"]),
        "repondre": lambda: services.repondre(trouvee, saisie["issue"], saisie["reponse"], saisie.get("systeme", "")),
        "limiter": lambda: services.accorder_la_limitation(
            trouvee, saisie["cas"], calcul_consenti=saisie["calcul_consenti"] == "oui"
        ),
        "lever": lambda: services.lever_la_limitation(trouvee, saisie["information"]),
        "aviser": lambda: services.regler_un_avis(trouvee, saisie["avis"], saisie["issue"], saisie["precision"]),
    }[action]
    return _faire(request, trouvee, faire, (action, formulaire))


def _faire(request: HttpRequest, trouvee: DemandeDroit, faire: Any, saisi: tuple[str, Any] | None) -> HttpResponse:
    try:
        faire()
    except (services.TransitionRefusee, limitation.LimitationRefusee, ValidationError) as refus:
        contexte = _contexte(_trouver(trouvee.pk), saisi, str(refus))
        return render(request, "registre/demandes/demande.html", contexte, status=409)
    return redirect("registre:demande", trouvee.pk)


@require_POST
@ouvre_sous_garde(ASSEMBLAGE, GUICHET)
def rassembler(request: HttpRequest, numero: int) -> HttpResponse:
    """Gather the person's data under a processing limited to them, then keep the answer and close the request."""
    acteur = acteur_de(request)
    with traitement(GUICHET, acteur=acteur, motif="Examen d'une demande d'accès"):
        trouvee = _trouver(numero)
    try:
        reunion.reunir(trouvee, acteur)
    except services.TransitionRefusee as refus:
        with traitement(GUICHET, acteur=acteur, motif="Examen d'une demande d'accès"):
            contexte = _contexte(_trouver(numero), refus=str(refus))
            return render(request, "registre/demandes/demande.html", contexte, status=409)
    return redirect("registre:demande", numero)


@require_safe
@never_cache
@ouvre_sous_garde(REMISE, GUICHET)
def imprimer(request: HttpRequest, numero: int) -> HttpResponse:
    """The answer to a request by letter, to send; under a processing limited to that person."""
    acteur = acteur_de(request)
    with traitement(GUICHET, acteur=acteur, motif="Remise d'une réponse par courrier"):
        trouvee = _trouver(numero)
        if not _a_imprimer(trouvee):
            raise Http404("Aucune réponse n'est à envoyer par courrier.")
    motif = f"Réponse à la demande d'accès {trouvee.numero}, envoyée par courrier"
    with traitement(REMISE, acteur=acteur, motif=motif, personne=trouvee.personne_id, dossier=trouvee.dossier_id):
        reponse = ReponseAcces.objects.get(demande_id=trouvee.pk)
        services.noter_la_remise(reponse)
        octets = document.en_pdf(
            reponse.contenu, numero=trouvee.numero, empreinte=reponse.empreinte, produite_le=reponse.produite_le
        )
    envoi = HttpResponse(octets, content_type="application/pdf")
    envoi["Content-Disposition"] = f'attachment; filename="reponse-{trouvee.numero.lower()}.pdf"'
    return envoi
