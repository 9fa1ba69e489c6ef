"""The officer's freezes: for a judge or a control, on one file, by its internal number; lifted one by one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from limpide.registre.conservation.gels import degeler, geler, gels_en_cours
from limpide.registre.conservation.graphe import DOSSIER, racine
from limpide.registre.conservation.permission import GEL
from limpide.registre.formulaires_gel import MOTIFS_DU_DELEGUE, FormulaireGel
from limpide.registre.vues import sous_traitement

CLE_RESULTAT = "gel_enregistre"


@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(GEL, motif="Gel de l'effacement d'un dossier")
def gels(request: Any) -> HttpResponse:
    """The freezes set by the officer, and the form of a new one; a file that doesn't exist is refused."""
    formulaire = FormulaireGel(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        saisi = formulaire.cleaned_data
        dossier = racine(DOSSIER).objects.filter(pk=saisi["dossier"]).first()
        if dossier is None:
            formulaire.add_error("dossier", "Aucun dossier ne porte ce numéro interne.")
        else:
            geler(
                organisme=dossier.organisme_id, dossier=dossier.pk, motif=saisi["motif"], reference=saisi["reference"]
            )
            request.session[CLE_RESULTAT] = "Le gel est posé : ce dossier ne sera pas effacé avant d'être dégelé."
            return redirect("registre:gels")
    contexte = {
        "onglet": "conservation",
        "formulaire": formulaire,
        "gels": gels_en_cours().filter(motif__in=MOTIFS_DU_DELEGUE),
        "resultat": request.session.pop(CLE_RESULTAT, ""),
    }
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, "registre/gels.html", contexte, status=statut)


@require_POST
@sous_traitement(GEL, motif="Levée d'un gel")
def lever(request: HttpRequest, numero: int) -> HttpResponse:
    """Lift one freeze of the officer's; another's, or one already lifted, does not exist here."""
    gel = gels_en_cours().filter(pk=numero, motif__in=MOTIFS_DU_DELEGUE).first()
    if gel is None:
        raise Http404("Ce gel n'est pas à lever.")
    degeler(motif=gel.motif, reference=gel.reference, dossier=gel.dossier_id, personne=gel.personne_id)
    request.session[CLE_RESULTAT] = "Le gel est levé : le dossier suit de nouveau les durées de conservation."
    return redirect("registre:gels")
