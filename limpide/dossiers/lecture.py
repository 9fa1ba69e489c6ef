"""Reading a file at two dates: what held on a day, as it was known at an instant (S06-1)."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from limpide.droits.faits import NATURES_PAR_CODE, Nature

from .models import Dossier, Fait, Rattachement
from .periodes import Jour


@dataclass(frozen=True)
class Evenement:
    """One thing learnt about a file: recorded, or withdrawn when something else replaced it."""

    quand: datetime.datetime
    retrait: bool
    objet: Fait | Rattachement

    @property
    def nature(self) -> Nature | None:
        """Kind of the fact; None for a household member."""
        return NATURES_PAR_CODE[self.objet.nature] if isinstance(self.objet, Fait) else None


@dataclass(frozen=True)
class Vue:
    """A file on a day, as known at an instant."""

    rattachements: list[Rattachement]
    faits: list[Fait]


def vue(dossier: Dossier, jour: Jour, connu_au: datetime.datetime | None = None) -> Vue:
    """Who was in the household and what held on that day, as known then (None: as known now)."""
    return Vue(
        list(_connus(Rattachement.objects.filter(dossier_id=dossier.pk), connu_au).filter(valide__contains=jour)),
        list(_connus(Fait.objects.filter(dossier_id=dossier.pk), connu_au).filter(valide__contains=jour)),
    )


def faits_connus(dossier: Dossier, connu_au: datetime.datetime | None = None) -> list[Fait]:
    """Every fact of the file, whatever its period, as known at an instant, by subject, kind and date."""
    faits = _connus(Fait.objects.filter(dossier_id=dossier.pk), connu_au)
    return list(faits.order_by("personne_id", "nature", "valide"))


def composition(dossier: Dossier, connu_au: datetime.datetime | None = None) -> list[Rattachement]:
    """Every stay in the household, as known at an instant: claimant, partner, then children by date of arrival."""
    lignes = _connus(Rattachement.objects.filter(dossier_id=dossier.pk), connu_au)
    rang = {"demandeur": 0, "conjoint": 1, "enfant": 2}
    return sorted(lignes, key=lambda r: (rang[r.role], r.valide.lower, r.pk))


def chronologie(dossier: Dossier) -> list[Evenement]:
    """All that was learnt about the file, newest first; a correction shows as a withdrawal and a record."""
    evenements = []
    for ligne in (*Fait.objects.filter(dossier_id=dossier.pk), *Rattachement.objects.filter(dossier_id=dossier.pk)):
        evenements.append(Evenement(ligne.connu.lower, retrait=False, objet=ligne))
        if ligne.connu.upper is not None:
            evenements.append(Evenement(ligne.connu.upper, retrait=True, objet=ligne))
    return sorted(evenements, key=lambda e: (e.quand, not e.retrait), reverse=True)


def _connus(lignes: "QuerySet", connu_au: datetime.datetime | None) -> "QuerySet":
    return lignes.filter(connu__upper_inf=True) if connu_au is None else lignes.filter(connu__contains=connu_au)
