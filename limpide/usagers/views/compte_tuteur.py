"""« Compte tuteur »: a natural person whom a judge charged with an allocataire asks for an account (MC-050, MC-022).

The answer never says whether a person, an account or a file exists: nothing is looked up. An agent answers.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.identite import protecteurs as verbes
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.models import Organisme
from limpide.registre.contexte import traitement
from limpide.registre.teleservice import AUTREMENT_USAGERS
from limpide.registre.vues import acteur_de, ouvre
from limpide.usagers.debit import Debit
from limpide.usagers.formulaires_protecteurs import (
    ORGANISME,
    PERSONNE,
    SANS_NUMERO,
    FormulaireCompteTuteur,
    FormulaireCompteTuteurSansNumero,
)

MOTIF = "Recevoir la demande d'un compte tuteur"
TROP = "Trop de demandes viennent de votre réseau. Attendez quelques minutes, puis recommencez."
DEBIT = Debit(par_seconde=1 / 60, reserve=10)
"""Ten requests at once from one address, then one a minute."""


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre(verbes.DEMANDE)
def compte_tuteur(request: HttpRequest) -> HttpResponse:
    """GET: who protects, a person or a body; then the form, or the other way. POST: the request.

    `sans_numero`: the person to protect has no number of file, so the form asks who they are.
    """
    if request.GET.get("envoyee"):
        return render(request, "usagers/protecteurs/envoyee.html", {"autrement": AUTREMENT_USAGERS})
    qui = request.POST.get("qui") or request.GET.get("qui", "")
    if qui == ORGANISME:
        statut = 422 if request.method == "POST" else 200
        return render(request, "usagers/protecteurs/organisme.html", {"autrement": AUTREMENT_USAGERS}, status=statut)
    if qui != PERSONNE:
        return render(request, "usagers/protecteurs/compte_tuteur.html")
    statut, sans_numero = 200, bool((request.POST or request.GET).get(SANS_NUMERO))
    forme = FormulaireCompteTuteurSansNumero if sans_numero else FormulaireCompteTuteur
    with traitement(verbes.DEMANDE, acteur=acteur_de(request), motif=MOTIF):
        caisses = list(Organisme.objects.order_by("nom").values_list("code", "nom"))
        formulaire = forme(request.POST if request.method == "POST" else None, caisses=caisses)
        if formulaire.is_bound and formulaire.is_valid():
            if DEBIT.attendre(request.META.get("REMOTE_ADDR", "")):
                formulaire.add_error(None, TROP)
                statut = 429
            elif _demander(formulaire):
                return redirect(f"{reverse('usagers:compte_tuteur')}?envoyee=1")
        if formulaire.is_bound and statut == 200:
            statut = 422
        contexte = {"formulaire": formulaire, "sans_numero": sans_numero}
        return render(request, "usagers/protecteurs/demande.html", contexte, status=statut)


def _demander(formulaire: FormulaireCompteTuteur | FormulaireCompteTuteurSansNumero) -> bool:
    try:
        verbes.demander(formulaire.cleaned_data["organisme"], formulaire.cible(), formulaire.declarant())
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        return False
    return True
