"""To whom payments were given: the bank that executes them."""

from collections.abc import Iterator

from limpide.registre.demandes.destinataires import Destinataire, Source

from .models import OrdrePaiement


def _banque(_personne: int, dossier: int | None) -> Iterator[Destinataire]:
    if OrdrePaiement.objects.filter(dossier_id=dossier, fichier_id__isnull=False).exists():
        yield Destinataire(
            "banque", "Banque qui exécute les virements de la caisse", "Nom du titulaire, IBAN et montants versés"
        )


DESTINATAIRES = (Source("paiements", {"paiements.OrdrePaiement": ("id", "dossier_id", "fichier_id")}, _banque),)
