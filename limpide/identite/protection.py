"""Verbs of protection measures: record a judgement, end it, say who may act for a person on a day."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.registre.contexte import HorsRegistre, traitement_courant

from .erreurs import ErreurSaisie, refus_en_francais
from .mesures import GENRES, POUVOIRS
from .models import MesureProtection, Personne

MAJORITE = 18
UN_JOUR = dt.timedelta(days=1)
CHAMPS = {
    "mesure_pouvoirs_de_son_genre": "pouvoirs",
    "mesure_periode_non_vide": "fin",
    "mesure_terme_fixe": "fin",
    "mesure_protecteur_nomme": "protecteur_nom",
    "mesure_courrier_adresse": "adresse_courrier",
    "une_seule_mesure_a_la_fois": "debut",
}


@dataclass(frozen=True)
class Jugement:
    """What the judge decided, as read on the judgement. `fin`: last day, None when none is set."""

    genre: str
    protecteur_genre: str
    protecteur_nom: str
    jugement_le: dt.date
    tribunal: str
    debut: dt.date
    fin: dt.date | None
    pouvoirs: frozenset[str] = frozenset()
    adresse_courrier: str = ""


def _qui() -> str:
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("une mesure de protection s'enregistre dans un traitement")
    acteur = cours.acteur
    return f"compte {acteur.identifiant}" if acteur.identifiant is not None else acteur.genre


@transaction.atomic
def enregistrer(personne: Personne, jugement: Jugement, aujourd_hui: dt.date) -> MesureProtection:
    """Record the measure of an adult; refused field by field, and by the database if it overlaps another."""
    erreurs = {}
    if _age(personne.date_naissance, jugement.debut) < MAJORITE:
        erreurs["debut"] = "La personne est mineure à cette date : ces mesures protègent des majeurs."
    if jugement.jugement_le > aujourd_hui:
        erreurs["jugement_le"] = "Ce jugement est dans le futur."
    if jugement.fin is not None and jugement.fin < jugement.debut:
        erreurs["fin"] = "Le dernier jour précède le premier."
    interdits = sorted(jugement.pouvoirs - set(GENRES[jugement.genre].possibles))
    if interdits:
        genre = GENRES[jugement.genre]
        erreurs["pouvoirs"] = f"La {genre.nom} ne permet pas ce pouvoir ({genre.article})."
    if erreurs:
        raise ErreurSaisie(erreurs)
    with refus_en_francais(CHAMPS), transaction.atomic():
        return MesureProtection.objects.create(
            personne_id=personne.pk, genre=jugement.genre, protecteur_genre=jugement.protecteur_genre,
            protecteur_nom=jugement.protecteur_nom.strip(), adresse_courrier=jugement.adresse_courrier.strip(),
            jugement_le=jugement.jugement_le, tribunal=jugement.tribunal.strip(),
            valide=DateRange(jugement.debut, _lendemain(jugement.fin)), enregistree_par=_qui(),
            **{f"pouvoir_{p}": p in jugement.pouvoirs for p in POUVOIRS},
        )  # fmt: skip


def _age(naissance: dt.date, jour: dt.date) -> int:
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


def _lendemain(jour: dt.date | None) -> dt.date | None:
    return None if jour is None else jour + UN_JOUR


@transaction.atomic
def terminer(mesure: MesureProtection, dernier_jour: dt.date) -> None:
    """The measure ends before its term: release, replacement, death (code civil, art. 443)."""
    actuelle = MesureProtection.objects.select_for_update(of=("self",)).get(pk=mesure.pk)
    debut, fin = actuelle.valide.lower, actuelle.valide.upper
    if dernier_jour < debut:
        raise ErreurSaisie({"dernier_jour": "Ce jour précède le début de la mesure."})
    if fin is not None and dernier_jour >= fin:
        raise ErreurSaisie({"dernier_jour": "La mesure se termine déjà avant ce jour."})
    actuelle.valide = DateRange(debut, _lendemain(dernier_jour))
    with refus_en_francais(CHAMPS), transaction.atomic():
        actuelle.save(update_fields=["valide"])


def mesures_de(personne: int) -> list[MesureProtection]:
    """The measures of a person, the latest first."""
    return list(MesureProtection.objects.filter(personne_id=personne).order_by("-valide", "-pk"))
