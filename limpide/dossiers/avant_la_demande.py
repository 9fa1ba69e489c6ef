"""A file prepared for a protected person who never claimed: so that a protector may claim in their name (MC-049).

It was never opened: no household, no fact, nothing computed, no allocataire. The first claim opens it (MC-047); without
one it goes like any closed file to which no right was ever positive (RET-04).
"""

import datetime
import secrets

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import Affiliation, Personne, Qualite
from limpide.identite.services import affilier

from .models import Dossier
from .services import CHAMPS, Origine, rattacher

MOTIF = "Préparé pour un protecteur, en attente d'une première demande"
ESSAIS = 8


def numero_au_hasard() -> str:
    """A number of file that says nothing of the volume."""
    return f"{secrets.randbelow(8_000_000) + 2_000_000:07d}"


def trouver_ou_preparer(personne: Personne, organisme: str, jour: datetime.date) -> Dossier:
    """The person's file in this Caf, open or prepared; else one is prepared. Across all Caf.

    Raises ErreurSaisie on field `demande` if another Caf has their open file.
    """
    ouverts = list(Dossier.objects.filter(allocataire_id=personne.pk, clos_le=None).order_by("pk"))
    ici: Dossier | None = next((d for d in ouverts if d.organisme_id == organisme), None)
    if ici is not None:
        return ici
    if ouverts:
        caf = ouverts[0].organisme_id
        raise ErreurSaisie(
            {"demande": f"La Caf {caf} a déjà le dossier de cette personne : refusez, le protecteur s'adresse à elle."}
        )
    return prepare_pour(personne.pk, organisme) or _preparer(personne, organisme, jour)


def prepare_pour(personne: int, organisme: str) -> Dossier | None:
    """The file that waits for the first claim of this person in this Caf."""
    sien: Dossier | None = Dossier.objects.filter(
        allocataire_id=personne, organisme_id=organisme, ouvert_le=None
    ).first()
    return sien


def _preparer(personne: Personne, organisme: str, jour: datetime.date) -> Dossier:
    """The Caf knows the person from now on, and nothing more."""
    affilier_au_besoin(personne, organisme, jour)
    for _ in range(ESSAIS):
        try:
            with refus_en_francais(CHAMPS), transaction.atomic():
                prepare: Dossier = Dossier.objects.create(
                    organisme_id=organisme, numero=numero_au_hasard(), allocataire=personne, ouvert_le=None,
                    clos_le=jour, motif_cloture=MOTIF,
                )  # fmt: skip
        except ErreurSaisie as refus:
            if "numero" not in refus.champs:
                raise
        else:
            return prepare
    raise ErreurSaisie({"demande": "Aucun numéro de dossier n'est libre : réessayez dans quelques minutes."})


def affilier_au_besoin(personne: Personne, organisme: str, jour: datetime.date) -> None:
    """From that day the Caf knows the person, for themselves; somebody who comes back is known already."""
    siennes = Affiliation.objects.filter(personne_id=personne.pk, allocataire_id=personne.pk, organisme_id=organisme)
    if not siennes.filter(valide__overlap=DateRange(jour, None)).exists():
        affilier(personne, organisme, personne.pk, Qualite.DEMANDEUR, jour)


@transaction.atomic
def ouvrir(
    dossier: Dossier, personne: Personne, debut: datetime.date, present_depuis: datetime.date, origine: Origine
) -> Dossier:
    """The first claim opens the prepared file from that day; the person is its claimant since `present_depuis`."""
    if dossier.ouvert_le is not None:
        raise ErreurSaisie({"": "Ce dossier a déjà été ouvert : relisez-le avant de recommencer."})
    dossier.ouvert_le, dossier.clos_le, dossier.motif_cloture = debut, None, ""
    with refus_en_francais(CHAMPS), transaction.atomic():
        dossier.save(update_fields=["ouvert_le", "clos_le", "motif_cloture"])
    rattacher(dossier, personne, Qualite.DEMANDEUR, DateRange(present_depuis, None), origine)
    return dossier
