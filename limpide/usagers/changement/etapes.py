"""What a change makes in a file, step by step: written in the seal, supposed for the estimate, then recorded."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers import hypothese
from limpide.dossiers.models import Dossier
from limpide.dossiers.services import Origine, declarer_fait, detacher, rattacher
from limpide.dossiers.situations import FaitsConnus
from limpide.identite.models import Personne, Qualite
from limpide.identite.services import EtatCivil, affilier, creer_personne

ARRIVANT = 0
"""In `FaitDit.qui`: the person who arrives, who has no number yet."""


@dataclass(frozen=True)
class FaitDit:
    """A fact as it will be stored. `qui`: a person of the file, `ARRIVANT`, or None for the household."""

    nature: str
    valeur: int
    debut: dt.date
    fin: dt.date | None = None
    qui: int | None = None


@dataclass(frozen=True)
class Depart:
    qui: int
    depuis: dt.date


@dataclass(frozen=True)
class Sejour:
    """Somebody of the file who lives here from that day, half of the time or not."""

    qui: int
    depuis: dt.date
    alternee: bool


@dataclass(frozen=True)
class Arrivee:
    """Somebody whom the file doesn't know."""

    prenoms: str
    nom_naissance: str
    naissance: dt.date
    role: str
    depuis: dt.date
    alternee: bool = False


@dataclass(frozen=True)
class Etapes:
    departs: tuple[Depart, ...] = ()
    sejours: tuple[Sejour, ...] = ()
    faits: tuple[FaitDit, ...] = ()
    arrivee: Arrivee | None = None

    def __bool__(self) -> bool:
        return bool(self.departs or self.sejours or self.faits or self.arrivee)


RIEN = Etapes()


def en_json(etapes: Etapes) -> dict[str, Any]:
    """As sealed: dates in ISO form."""
    return {nom: _ecrit(valeur) for nom, valeur in asdict(etapes).items()}


def _ecrit(valeur: Any) -> Any:
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    if isinstance(valeur, dict):
        return {cle: _ecrit(v) for cle, v in valeur.items()}
    return [_ecrit(v) for v in valeur] if isinstance(valeur, list | tuple) else valeur


def de_json(lu: dict[str, Any]) -> Etapes:
    """What `en_json` wrote."""
    arrivee = lu["arrivee"]
    return Etapes(
        tuple(Depart(**_dates(d)) for d in lu["departs"]),
        tuple(Sejour(**_dates(s)) for s in lu["sejours"]),
        tuple(FaitDit(**_dates(f)) for f in lu["faits"]),
        None if arrivee is None else Arrivee(**_dates(arrivee)),
    )


def _dates(lu: dict[str, Any]) -> dict[str, Any]:
    jours = ("depuis", "debut", "fin", "naissance")
    return {cle: dt.date.fromisoformat(v) if cle in jours and v is not None else v for cle, v in lu.items()}


def supposer(connus: FaitsConnus, dossier: int, etapes: Etapes) -> FaitsConnus:
    """The file as it would be known; writes nothing."""
    for d in etapes.departs:
        connus = hypothese.sans(connus, dossier, d.qui, d.depuis)
    for s in etapes.sejours:
        naissance = Personne.objects.get(pk=s.qui).date_naissance
        connus = hypothese.avec(connus, dossier, s.qui, Qualite.ENFANT, s.depuis, naissance, alternee=s.alternee)
    if (a := etapes.arrivee) is not None:
        connus = hypothese.avec(
            connus, dossier, hypothese.INCONNUE, a.role, a.depuis, a.naissance, alternee=a.alternee
        )  # fmt: skip
    for f in etapes.faits:
        qui = hypothese.INCONNUE if f.qui == ARRIVANT else f.qui
        connus = connus.avec(dossier, qui, f.nature, f.valeur, f.debut, f.fin)
    return connus


def enregistrer(dossier: Dossier, etapes: Etapes, origine: Origine, jour: dt.date) -> Personne | None:
    """Record them, in the transaction of the caller; the person who arrived. Raises `ErreurSaisie`."""
    for d in etapes.departs:
        detacher(dossier, Personne(pk=d.qui), d.depuis)
    for s in etapes.sejours:
        enfant = Personne(pk=s.qui)
        rattacher(dossier, enfant, Qualite.ENFANT, DateRange(s.depuis, None), origine, garde_alternee=s.alternee)
    arrivant = None if etapes.arrivee is None else _accueillir(dossier, etapes.arrivee, origine, jour)
    for f in etapes.faits:
        qui = arrivant if f.qui == ARRIVANT else None if f.qui is None else Personne(pk=f.qui)
        declarer_fait(dossier, f.nature, f.valeur, DateRange(f.debut, f.fin), origine, qui)
    return arrivant


def _accueillir(dossier: Dossier, arrivee: Arrivee, origine: Origine, jour: dt.date) -> Personne:
    """The civil status as declared; the affiliation from the day the person is there."""
    personne = creer_personne(EtatCivil(arrivee.nom_naissance, arrivee.prenoms, arrivee.naissance), jour)
    role = Qualite(arrivee.role)
    affilier(personne, dossier.organisme_id, dossier.allocataire_id, role, arrivee.depuis)
    rattacher(
        dossier, personne, role, DateRange(arrivee.depuis, None), origine, garde_alternee=arrivee.alternee
    )  # fmt: skip
    return personne
