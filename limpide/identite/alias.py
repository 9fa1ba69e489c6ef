"""Who bears or bore a number: the number in use first, then aliases — replaced, wrong, or of a duplicate reunited.

Found by blind index: no number is read, none is shown.
"""

from dataclasses import dataclass

from .models import Immatriculation, Reunion
from .nir import Numero
from .services import empreinte_du_numero


@dataclass(frozen=True)
class Porteur:
    """A person to whom a number leads; `ancien`: it is no longer, or never was, theirs."""

    personne: int
    ancien: bool


def porteurs(numero: Numero) -> list[Porteur]:
    """Persons in scope to whom this number leads, those who bear it today first."""
    lignes = Immatriculation.objects.filter(empreinte=empreinte_du_numero(numero)).values_list("personne_id", "clos_le")
    trouves: dict[int, bool] = {}
    for personne, clos_le in lignes:
        trouves[personne] = trouves.get(personne, True) and clos_le is not None
    return sorted((Porteur(p, ancien) for p, ancien in trouves.items()), key=lambda t: (t.ancien, t.personne))


def doublons_de(personnes: list[int]) -> list[int]:
    """Persons reunited to these: their closed files are still under their own entry."""
    return list(Reunion.objects.filter(gardee_id__in=personnes).values_list("doublon_id", flat=True))
