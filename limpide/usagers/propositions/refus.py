"""« Ne plus me le proposer », for good, and its contrary. Inside `refus_de_proposition`."""

import contextlib

from django.db import IntegrityError, transaction
from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.droits.calcul import catalogue_droits
from limpide.identite.erreurs import ErreurSaisie
from limpide.usagers.models import PropositionDeclinee


def decliner(dossier: Dossier, droit: str) -> str:
    """The right is never offered again to this file, until the person says otherwise. Returns its label."""
    libelle = _connu(droit)
    if not PropositionDeclinee.objects.filter(dossier_id=dossier.pk, droit=droit).exists():
        with contextlib.suppress(IntegrityError), transaction.atomic():  # clicked in another tab meanwhile: it is done
            PropositionDeclinee.objects.create(
                dossier_id=dossier.pk, organisme_id=dossier.organisme_id, droit=droit, declinee_le=timezone.now()
            )
    return libelle


def reprendre(dossier: Dossier, droit: str) -> str:
    """The right may be offered again; nothing of the refusal is kept. Returns its label."""
    libelle = _connu(droit)
    PropositionDeclinee.objects.filter(dossier_id=dossier.pk, droit=droit).delete()
    return libelle


def _connu(droit: str) -> str:
    for connu in catalogue_droits():
        if connu.code == droit:
            return connu.libelle
    raise ErreurSaisie({"droit": "Ce droit n'est pas de ceux qui se proposent : choisissez-le dans la page."})
