"""Until when a file is kept and what holds it; and the archive, opened with a reason."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import lexique, presentation
from limpide.dossiers.models import Dossier, LigneDroit, Rattachement
from limpide.dossiers.views.acces import page_dossier, porte
from limpide.droits.calcul import liste_droits
from limpide.registre.conservation.cycle import suivis
from limpide.registre.conservation.modeles import Archivage
from limpide.registre.contexte import HorsRegistre, traitement
from limpide.registre.vues import acteur_de, ouvre

from .formulaires import MOTIFS_D_ARCHIVE, FormulaireArchives

CONSULTER = "consultation_archives"


@require_safe
@page_dossier("conservation_dossier")
def conservation(request: Any, dossier: Dossier) -> HttpResponse:
    """The ties of this file, the one that decides, and the dates that follow."""
    suivi = suivis([(dossier.pk, dossier.organisme_id)], timezone.localdate())[0]
    contexte = {
        "dossier": dossier,
        "nom": presentation.nom_complet(dossier.allocataire),
        "onglet": "conservation",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
        "relation": suivi.relation,
        "archivable": suivi.archivable,
    }
    return render(request, "paiements/conservation.html", contexte)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@ouvre(CONSULTER)
def archives(request: Any) -> HttpResponseBase:
    """A file out of the active base: which one and why first, then what it holds. Always a POST, never an address."""
    if (ailleurs := porte(request)) is not None:
        return ailleurs
    formulaire = FormulaireArchives(request.POST or None)
    if request.method != "POST" or not formulaire.is_valid():
        statut = 422 if formulaire.is_bound else 200
        return render(request, "paiements/archives.html", {"formulaire": formulaire}, status=statut)
    motif = f"Archive : {MOTIFS_D_ARCHIVE[formulaire.cleaned_data['motif']].lower()}"
    try:
        with traitement(CONSULTER, acteur=acteur_de(request), motif=motif, organisme=request.user.organisme_id):
            trouvee = _archive(formulaire.cleaned_data["numero"])
            if trouvee is None:
                formulaire.add_error("numero", "Aucun dossier de ce numéro n'est en archive dans votre Caf.")
            statut = 200 if trouvee else 422
            contexte = {"formulaire": formulaire, "archive": trouvee}
            return render(request, "paiements/archives.html", contexte, status=statut)
    except HorsRegistre as refus:
        raise PermissionDenied(str(refus)) from refus


def _archive(numero: str) -> dict[str, Any] | None:
    """What the archive holds of a file: who, which rights by month, what was paid."""
    dossier = Dossier.objects.select_related("allocataire").filter(numero=numero, clos_le__isnull=False).first()
    etat = None if dossier is None else Archivage.objects.filter(dossier_id=dossier.pk).first()
    if dossier is None or etat is None:
        return None
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    vigueur: dict[Any, LigneDroit] = {}
    for ligne in LigneDroit.objects.filter(dossier_id=dossier.pk).order_by("mois", "droit", "rang"):
        vigueur[(ligne.mois, ligne.droit)] = ligne
    membres = Rattachement.objects.select_related("personne").filter(dossier_id=dossier.pk).order_by("pk")
    return {
        "dossier": dossier,
        "nom": presentation.nom_complet(dossier.allocataire),
        "etat": etat,
        "membres": sorted({(lexique.ROLES[r.role].agent, presentation.nom_complet(r.personne)) for r in membres}),
        "droits": [(m, libelles.get(d, d), x.net_centimes) for (m, d), x in vigueur.items() if x.montant_centimes],
        "paye": sum(ordre.montant_centimes for ordre in dossier.ordres_paiement.all()),
    }
