"""« Vérifier une attestation »: anybody who holds a code learns whether the Caf issued it, and what it says.

The code comes by POST only, never in an address. Who checks is not looked at: the line of the journal, which the
holder of the certificate reads, says « visiteur » whoever is connected.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.registre.contexte import Acteur, traitement
from limpide.registre.vues import ouvre
from limpide.usagers import attestations
from limpide.usagers.debit import Debit
from limpide.usagers.declarations_attestations import VERIFICATION
from limpide.usagers.formulaires_attestations import FormulaireVerification

DEBIT = Debit(par_seconde=1 / 20, reserve=10)
"""Ten codes at once from one address, then three a minute."""
TROP = "Trop de codes viennent de votre réseau. Attendez une minute, puis recommencez."
INCONNU = "Aucune attestation valable ne porte ce code : il est mal recopié, expiré, annulé, ou n'a jamais existé."
PORTEUR = Acteur("visiteur", None, "Une personne qui avait le code de votre attestation")
MOTIF = "Vérification d'une attestation que vous avez donnée"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre(VERIFICATION)
def verifier(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: what the certificate says, or the same refusal whatever the reason."""
    formulaire = FormulaireVerification(request.POST if request.method == "POST" else None)
    trouvee, statut = None, 200
    if formulaire.is_bound and formulaire.is_valid():
        if DEBIT.attendre(request.META.get("REMOTE_ADDR", "")):
            formulaire.add_error(None, TROP)
            statut = 429
        else:
            with traitement(VERIFICATION, acteur=PORTEUR, motif=MOTIF):
                trouvee = attestations.verifier(formulaire.cleaned_data["code"])
            if trouvee is None:
                formulaire.add_error("code", INCONNU)
    if formulaire.errors and statut == 200:
        statut = 422
    contexte = {"formulaire": formulaire, "trouvee": trouvee}
    if trouvee is not None:
        contexte["entete"] = attestations.entete(trouvee)
    return render(request, "usagers/verification.html", contexte, status=statut)
