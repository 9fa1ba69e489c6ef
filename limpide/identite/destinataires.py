"""To whom identities were given: the SNGI, asked about a number and a civil status."""

import datetime as dt
from collections.abc import Iterator

from limpide.registre.demandes.destinataires import Destinataire, Source

from .models import Certification, EtatIdentite


def _sngi(personne: int, _dossier: int | None) -> Iterator[Destinataire]:
    if Certification.objects.filter(personne_id=personne, essais__gt=0).exists():
        yield Destinataire("sngi", "Service national de gestion des identifiants (Cnav)", "Numéro et état civil")


def _identite_reglee(personne: int, _dossier: int | None, depuis: dt.datetime) -> Iterator[str]:
    etats = EtatIdentite.objects.filter(personne_id=personne, connu_le__gte=depuis).count()
    if etats:
        yield f"État de l'identité changé {etats} fois."


DESTINATAIRES = (Source("identite", {"identite.Certification": ("id", "personne_id", "essais")}, _sngi),)
CORRECTIONS = (Source("identite", {"identite.EtatIdentite": ("id", "personne_id", "connu_le")}, _identite_reglee),)
