"""Households for the tests, made through the room's own verbs, inside real processings."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers import services
from limpide.dossiers.models import Dossier, SourceFait
from limpide.dossiers.services import Origine
from limpide.identite.models import Organisme, Personne, Qualite
from limpide.identite.services import EtatCivil, affilier, creer_personne
from limpide.registre.contexte import SYSTEME, traitement

CAF, AUTRE_CAF = "751", "931"
AGENT = Origine(SourceFait.AGENT, "agent:1")
AUJOURD_HUI = datetime.date(2026, 11, 22)
_numeros = count(1_000_000)


def jour(texte: str) -> datetime.date:
    return datetime.date.fromisoformat(texte)


def du(debut: str, fin: str | None = None) -> DateRange:
    """From a day included to a day excluded."""
    return DateRange(jour(debut), None if fin is None else jour(fin))


@contextmanager
def instruction(caf: str = CAF) -> Iterator[None]:
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme=caf):
        yield


def caisse(code: str = CAF) -> None:
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        if not Organisme.objects.filter(code=code).exists():
            Organisme.objects.create(code=code, nom=f"Caf {code}", departement=code[:2], bic_emetteur="")


def personne(prenoms: str = "Camille", naissance: str = "1990-05-31", caf: str | None = CAF) -> Personne:
    if caf:
        caisse(caf)
    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        nee = creer_personne(EtatCivil("Essai", prenoms, jour(naissance)), AUJOURD_HUI)
        if caf:
            affilier(nee, caf, nee.pk, Qualite.DEMANDEUR, jour(naissance))
        return nee


def dossier(demandeur: Personne | None = None, ouvert_le: str = "2025-01-01", caf: str = CAF) -> Dossier:
    caisse(caf)
    demandeur = demandeur or personne(caf=caf)
    with instruction(caf):
        return services.ouvrir_dossier(caf, str(next(_numeros)), demandeur, jour(ouvert_le), AGENT)


def declarer(le_dossier: Dossier, nature: str, valeur: int, valide: DateRange, qui: Personne | None = None) -> Any:
    with instruction(le_dossier.organisme_id):
        return services.declarer_fait(le_dossier, nature, valeur, valide, AGENT, qui)


def periode_sure(periodicite: str, debut: datetime.date, duree: int | None) -> DateRange:
    """A period starting about there, whole as its kind of fact asks: days, months or years."""
    if periodicite == "annee":
        fin = None if duree is None else datetime.date(debut.year + 1 + duree // 12, 1, 1)
        return DateRange(datetime.date(debut.year, 1, 1), fin)
    if periodicite == "mois":
        rang = debut.year * 12 + debut.month - 1 + (duree or 0)
        return DateRange(debut, None if duree is None else datetime.date(rang // 12, rang % 12 + 1, 1))
    return DateRange(debut, None if duree is None else debut + datetime.timedelta(days=duree * 7))
