"""What the RNCPS may know of each beneficiary of a file, and nothing else (CSS R114-26).

Who is a beneficiary: the allocataire, of everything that the file opens; their conjoint, of the RSA and of the prime
d'activité only, in that quality. One has the prime « en tant que bénéficiaire ou conjoint » (R842-3, 3°, b), and
« bénéficier du RSA » means the conjoint too (CE 398535); family benefits have one allocataire (L513-1, R513-1). A child
opens rights (L512-3), counts in the household, and benefits from none of them: nothing is published of children.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from limpide.identite import contacts
from limpide.identite.models import Qualite
from limpide.registre.conservation.durees import RATTACHEMENT_RNCPS

from .models import Adresse, Dossier, LigneDroit, Rattachement
from .periodes import periode_lisible

ALLOCATAIRE, CONJOINT = "allocataire", "conjoint"
DU_CONJOINT = ("rsa", "ppa")
"""Rights of which the conjoint is a beneficiary too."""

Cle = tuple[int, int]
"""Number of the file, of the person."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rattache:
    """A person attached to the Caf by this file, in which quality, from which day to which (both included)."""

    qualite: str
    depuis: dt.date
    jusqu_au: dt.date | None

    def oublie(self, jour: dt.date) -> bool:
        """The attachment ended too long ago to be told of (R114-26, 3°, a; R114-28)."""
        return self.jusqu_au is not None and RATTACHEMENT_RNCPS.apres(self.jusqu_au) <= jour

    def couvre(self, mois: dt.date) -> bool:
        """Some day of that month is in the attachment of a conjoint; the allocataire's rights are all theirs."""
        if self.qualite == ALLOCATAIRE:
            return True
        return self.depuis.replace(day=1) <= mois and (self.jusqu_au is None or mois <= self.jusqu_au)


def rattaches(dossiers: Iterable[Dossier]) -> dict[Cle, Rattache]:
    """Who benefits from the rights of these files, or did."""
    par_numero = {d.pk: d for d in dossiers}
    trouves: dict[Cle, Rattache] = {}
    couples = Rattachement.objects.filter(dossier_id__in=par_numero, role=Qualite.CONJOINT, connu__upper_inf=True)
    for lien in couples.order_by("valide").only("dossier_id", "personne_id", "valide"):
        depuis, fin = periode_lisible(lien.valide)
        clos = par_numero[lien.dossier_id].clos_le
        bornes = [jour for jour in (fin, clos) if jour is not None]
        trouves[lien.dossier_id, lien.personne_id] = Rattache(CONJOINT, depuis, min(bornes, default=None))
    for pk, dossier in par_numero.items():
        trouves[pk, dossier.allocataire_id] = Rattache(ALLOCATAIRE, dossier.ouvert_le, dossier.clos_le)
    return trouves


def contenus_de(dossiers: Iterable[Dossier]) -> dict[Cle, dict[str, Any]]:
    """What is published of each beneficiary of these files."""
    par_numero = {d.pk: d for d in dossiers}
    adresses = _adresses(par_numero)
    ouverts, dernier = _ouverts(par_numero)
    qui_est = rattaches(par_numero.values())
    joindre = _contacts({personne for _, personne in qui_est})
    return {
        (pk, personne): {
            "organisme": par_numero[pk].organisme_id,
            "rattachement": {"depuis": _jour(qui.depuis), "jusqu_au": _jour(qui.jusqu_au)},
            "prestations": list(_prestations(qui, ouverts.get(pk, {}), dernier.get(pk))),
            "adresse": adresses.get(pk),
            "contacts": joindre.get(personne, {}),
        }
        for (pk, personne), qui in qui_est.items()
    }


def prestations_de(dossier: Dossier) -> list[dict[str, Any]]:
    """The benefits of the allocataire of this file, as they are published."""
    ouverts, dernier = _ouverts([dossier.pk])
    qui = Rattache(ALLOCATAIRE, dossier.ouvert_le, dossier.clos_le)
    return list(_prestations(qui, ouverts.get(dossier.pk, {}), dernier.get(dossier.pk)))


def _jour(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _adresses(dossiers: Iterable[int]) -> dict[int, dict[str, str]]:
    """The address declared for the file: the one for which its benefits are paid."""
    connues = Adresse.objects.filter(dossier_id__in=list(dossiers), valide__contains=timezone.localdate())
    return {a.dossier_id: {"lignes": a.lignes, "code_postal": a.code_postal, "commune": a.commune} for a in connues}


def _contacts(personnes: Iterable[int]) -> dict[int, dict[str, str]]:
    """By person: kind and key of their own confirmed points of contact, but those whose messages come back."""
    trouves: dict[int, dict[str, str]] = defaultdict(dict)
    for point in contacts.en_usage(personnes):
        if point.rejete_le is None:
            trouves[point.personne_id][point.genre] = str(point.pk)
    return trouves


def _ouverts(dossiers: Iterable[int]) -> tuple[dict[int, dict[str, dict[dt.date, bool]]], dict[int, dt.date]]:
    """By file: whether each right is open, month by month, from the last calculation of each; its last month."""
    lignes = LigneDroit.objects.filter(dossier_id__in=list(dossiers)).order_by("dossier_id", "droit", "mois", "rang")
    ouverts: dict[int, dict[str, dict[dt.date, bool]]] = defaultdict(lambda: defaultdict(dict))
    dernier: dict[int, dt.date] = {}
    for dossier, droit, mois, motif in lignes.values_list("dossier_id", "droit", "mois", "motif"):
        ouverts[dossier][droit][mois] = motif == "OUVERT"
        dernier[dossier] = max(dernier.get(dossier, mois), mois)
    return ouverts, dernier


def _prestations(
    qui: Rattache, ouverts: Mapping[str, Mapping[dt.date, bool]], dernier: dt.date | None
) -> Iterable[dict[str, Any]]:
    """Nature, quality and months of the benefits of this person: the last uninterrupted run of each."""
    for droit, mois_par_mois in sorted(ouverts.items()):
        if qui.qualite == CONJOINT and droit not in DU_CONJOINT:
            continue
        siens = {mois: ouvert for mois, ouvert in mois_par_mois.items() if qui.couvre(mois)}
        if (suite := _derniere_suite(siens)) is not None:
            debut, fin = suite
            encore = fin == dernier and qui.jusqu_au is None
            jusqu_au = None if encore else f"{fin:%Y-%m}"
            yield {"nature": droit, "qualite": qui.qualite, "depuis": f"{debut:%Y-%m}", "jusqu_au": jusqu_au}


def _derniere_suite(mois: Mapping[dt.date, bool]) -> tuple[dt.date, dt.date] | None:
    """First and last month of the last uninterrupted run of open months; None if none was open."""
    suite: tuple[dt.date, dt.date] | None = None
    for jour in sorted(mois):
        if mois[jour]:
            suite = (suite[0], jour) if suite is not None and _suivent(suite[1], jour) else (jour, jour)
    return suite


def _suivent(avant: dt.date, apres: dt.date) -> bool:
    return (apres.year - avant.year) * 12 + apres.month - avant.month == 1
