"""Who is on the telephone: questions whose answers are never shown, right or wrong as a whole, and never too often.

The page asks the same questions of everybody, so that the questions themselves tell nothing of a file.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from limpide.dossiers.lots import interroger
from limpide.dossiers.models import Adresse, Dossier, Rattachement
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Personne, Qualite
from limpide.identite.noms import normaliser

from .models import VerificationAppel

ACCUEIL = "accueil_telephonique"
_SEUL = "SELECT pg_advisory_xact_lock(hashtextextended('appel:' || %(dossier)s::text, 0))"
MOTIF = "Contrôle de l'identité d'un appelant"
ESSAIS, PENDANT = 3, dt.timedelta(hours=1)
"""Failed checks of one file before it waits, and how long: ours."""
TROP = "Trop de réponses fausses pour ce dossier : dans une heure, ou proposez de venir avec une pièce d'identité."
SANS_DOSSIER = "Aucun dossier ouvert de votre Caf n'a ce numéro : relisez-le avec la personne."


@dataclass(frozen=True, repr=False)
class Reponses:
    """What the caller says. `enfant`: the birth date of a child of the household; None when they say there is none."""

    nom: str
    prenom: str
    naissance: dt.date
    code_postal: str
    enfant: dt.date | None


def dossier_appele(numero: str) -> Dossier:
    """The file of this Caf with this number. Raises `ErreurSaisie`."""
    trouve = Dossier.objects.filter(numero=numero, clos_le=None).first()
    if trouve is None:
        raise ErreurSaisie({"numero": SANS_DOSSIER})
    return trouve


@transaction.atomic
def verifier(dossier: Dossier, reponses: Reponses, auteur: str, quand: dt.datetime) -> bool:
    """Whether every answer is right; kept, whichever. Raises `ErreurSaisie` when this file must wait."""
    _seul(dossier.pk)
    manquees = VerificationAppel.objects.filter(dossier_id=dossier.pk, reussie=False, faite_le__gt=quand - PENDANT)
    if manquees.count() >= ESSAIS:
        raise ErreurSaisie({"": TROP})
    juste = all(controle(dossier, reponses) for controle in CONTROLES)
    VerificationAppel.objects.create(
        dossier_id=dossier.pk, organisme_id=dossier.organisme_id, personne_id=dossier.allocataire_id, auteur=auteur,
        faite_le=quand, reussie=juste,
    )  # fmt: skip
    return juste


def _seul(dossier: int) -> None:
    """One check of a file at a time: two at once would both be the last one allowed."""
    interroger(_SEUL, {"dossier": dossier})


def _nom(dossier: Dossier, reponses: Reponses) -> bool:
    personne = _allocataire(dossier.allocataire_id)
    noms = {normaliser(n) for n in (personne.nom_naissance, personne.nom_usage) if n}
    prenoms = normaliser(personne.prenoms)
    dit = normaliser(reponses.prenom)
    return normaliser(reponses.nom) in noms and bool(dit) and (prenoms == dit or prenoms.startswith(f"{dit} "))


def _naissance(dossier: Dossier, reponses: Reponses) -> bool:
    return bool(_allocataire(dossier.allocataire_id).date_naissance == reponses.naissance)


def _code_postal(dossier: Dossier, reponses: Reponses) -> bool:
    """Right when no address is known: nothing to compare with."""
    connue = Adresse.objects.filter(dossier_id=dossier.pk, valide__contains=timezone.localdate()).first()
    return connue is None or connue.code_postal == reponses.code_postal


def _enfant(dossier: Dossier, reponses: Reponses) -> bool:
    """A child of today's household as known now; « none » when there is none."""
    enfants = Rattachement.objects.filter(
        dossier_id=dossier.pk, role=Qualite.ENFANT, valide__contains=timezone.localdate(),
        connu__contains=timezone.now(),
    ).values_list("naissance", flat=True)  # fmt: skip
    naissances = set(enfants)
    return reponses.enfant in naissances if naissances else reponses.enfant is None


CONTROLES = (_nom, _naissance, _code_postal, _enfant)


def _allocataire(cle: int) -> Personne:
    lue: Personne = Personne.objects.only("pk", "nom_naissance", "nom_usage", "prenoms", "date_naissance").get(pk=cle)
    return lue
