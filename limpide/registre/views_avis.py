"""The notice to a recipient of corrected data, to print and send."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limpide.registre.demandes import propagation
from limpide.registre.demandes.destinataires import AvisDestinataire
from limpide.registre.demandes.modeles import DemandeDroit
from limpide.registre.demandes.traitements import GUICHET
from limpide.registre.vues import sous_traitement


@never_cache
@require_safe
@sous_traitement(GUICHET, motif="Avis à un destinataire (RGPD art. 19)")
def imprimer(request: HttpRequest, numero: int, avis: int) -> HttpResponse:
    """The PDF for one recipient still to warn; its name says the request, never the person."""
    demande = get_object_or_404(DemandeDroit, pk=numero)
    attendu = AvisDestinataire.objects.filter(pk=avis, demande_id=demande.pk).first()
    if attendu is None or attendu.issue != AvisDestinataire.Issue.A_AVISER:
        raise Http404("Ce destinataire n'est pas à aviser.")
    envoi = HttpResponse(propagation.avis_en_pdf(demande, attendu), content_type="application/pdf")
    envoi["Content-Disposition"] = f'attachment; filename="avis-{demande.numero.lower()}-{attendu.destinataire}.pdf"'
    return envoi
