"""Finding a file of one's Caf: by number, by NIR, by name and birth date. Each person shown is journalled."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from limpide.dossiers.models import Dossier
from limpide.identite import alias
from limpide.identite.models import Affiliation, Personne
from limpide.identite.nir import Numero
from limpide.identite.noms import normaliser
from limpide.registre.models import Limitation

LIMITE = 50


@dataclass(frozen=True)
class Trouve:
    """One file found: internal number, and what the list shows of its allocataire. `prepare`: never opened yet."""

    pk: int
    numero: str
    nom: str
    naissance: dt.date
    clos_le: dt.date | None
    limite: bool = False
    prepare: bool = False


def par_numero(numero: str) -> list[Trouve]:
    return _montrer(Dossier.objects.filter(numero=numero))


def par_nir(numero: Numero) -> list[Trouve]:
    """Files in which the bearer of this number is, as allocataire or as a member of the household.

    A number that was replaced, or wrongly given, still leads to the person (ID-09).
    """
    personnes = [p.personne for p in alias.porteurs(numero)]
    return _par_personnes([*personnes, *alias.doublons_de(personnes)])


def par_nom(nom: str, naissance: dt.date | None) -> list[Trouve]:
    """Files in which somebody's birth or usual name begins so (accents and case ignored)."""
    debut = normaliser(nom)
    personnes = Personne.objects.filter(Q(cle_naissance__debute_par=debut) | Q(cle_usage__debute_par=debut))
    if naissance:
        personnes = personnes.filter(date_naissance=naissance)
    return _par_personnes(list(personnes.order_by("pk").values_list("pk", flat=True)[: LIMITE + 1]))


def _par_personnes(personnes: list[int]) -> list[Trouve]:
    allocataires = set(Affiliation.objects.filter(personne_id__in=personnes).values_list("allocataire_id", flat=True))
    return _montrer(Dossier.objects.filter(allocataire_id__in=allocataires))


def _montrer(dossiers: Any) -> list[Trouve]:
    limites = set(Limitation.objects.filter(levee_le=None).values_list("dossier_id", flat=True))
    lignes = dossiers.select_related("allocataire").order_by("numero")[: LIMITE + 1]
    return [
        Trouve(
            pk=d.pk,
            numero=d.numero,
            nom=nom_complet(d.allocataire),
            naissance=d.allocataire.date_naissance,
            clos_le=d.clos_le,
            limite=d.pk in limites,
            prepare=d.ouvert_le is None,
        )
        for d in lignes
    ]


def nom_complet(personne: Personne) -> str:
    """« DUPONT épouse MARTIN Amina » as agents read it: usual name first if it differs."""
    if personne.nom_usage and personne.nom_usage != personne.nom_naissance:
        return f"{personne.nom_usage} (née ou né {personne.nom_naissance}) {personne.prenoms}"
    return f"{personne.nom_naissance} {personne.prenoms}"
