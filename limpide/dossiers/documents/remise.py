"""How a document is given to a browser: saved, never run. The same for the person and for the agent."""

from django.http import Http404, HttpResponse

from limpide.dossiers.documents.contenu import GENRES_MIME, PDF
from limpide.dossiers.models import Document

BAC_A_SABLE = "sandbox; default-src 'none'; frame-ancestors 'none'"


def remettre(document: Document | None) -> HttpResponse:
    """The content as an attachment, under a name that says nothing of anybody. 404 when it is gone."""
    if document is None or document.efface_le is not None:
        raise Http404("Ce document n'est pas, ou plus, à votre disposition.")
    suffixe = "pdf" if document.forme == PDF else "jpg"
    reponse = HttpResponse(document.octets, content_type=GENRES_MIME[document.forme])
    reponse["Content-Disposition"] = f'attachment; filename="document.{suffixe}"'
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Content-Security-Policy"] = BAC_A_SABLE
    reponse["Cache-Control"] = "no-store, private"
    return reponse
