"""A sealed declaration downloaded, whatever was declared: exactly as it was sent."""

from django.http import Http404, HttpResponse

from limpide.dossiers.models import DeclarationScellee
from limpide.usagers import scellement


def telecharger(scellee: DeclarationScellee | None, nom: str) -> HttpResponse:
    """The PDF, under a file name that says nobody's. Raises Http404 where the person's processing reads none."""
    if scellee is None:
        raise Http404("Cette déclaration n'existe pas, ou n'est pas dans votre dossier.")
    reponse = HttpResponse(scellement.en_pdf(scellee), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.pdf"'
    return reponse
