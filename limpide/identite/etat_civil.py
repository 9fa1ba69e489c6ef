"""A civil status that changes: new sex, new names, adoption, or a mistake corrected (ID-17).

The person stays the same row: files, rights and payments are untouched. What they were is sealed with the reason, and
their former NIR with it; agents see the new identity only, under a reason that is the same for every change.
"""

import dataclasses
import datetime as dt
import json
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import statuts
from .erreurs import ErreurSaisie, refus_en_francais
from .models import AncienEtatCivil, CauseEtat, Immatriculation, Personne, Sexe, StatutIdentite
from .models.scelles import Memoire
from .noms import normaliser
from .services import immatriculer

CHANGEMENT, HISTOIRE = "changement_etat_civil", "histoire_scellee"
MOTIF = "Mise à jour de l'état civil"
"""The only reason that the journal knows, whatever the cause: it must not tell what was sealed."""
COLONNES = ("nom_naissance", "nom_usage", "prenoms", "sexe")
LONGUEURS = {"nom_naissance": 120, "nom_usage": 120, "prenoms": 160, "acte": 160}
NECESSAIRES = {
    "nom_naissance": "Le nom de naissance est nécessaire.",
    "prenoms": "Un prénom au moins est nécessaire.",
    "acte": "Dites quel acte ou quel jugement vous avez vu.",
}
CHAMPS = {"personne_nom_et_prenoms_presents": "nom_naissance", "personne_sexe_connu": "sexe"}


class CauseChangement(StrEnum):
    """Why a civil status changes; sealed with it."""

    SEXE = "sexe"
    NOMS = "noms"
    ADOPTION = "adoption"
    ERREUR = "erreur"


LIBELLES = {
    CauseChangement.SEXE: "Modification de la mention du sexe",
    CauseChangement.NOMS: "Changement de nom ou de prénom",
    CauseChangement.ADOPTION: "Adoption",
    CauseChangement.ERREUR: "Erreur dans ce qui avait été enregistré",
}


@dataclasses.dataclass(frozen=True)
class Changement:
    """What the document says. `numero`: the new NIR as typed, empty when it didn't change or isn't known yet."""

    cause: CauseChangement
    nom_naissance: str
    nom_usage: str
    prenoms: str
    sexe: str
    acte: str
    le: dt.date
    numero: str = ""


@transaction.atomic
def changer(personne: Personne, nouveau: Changement, jour: dt.date) -> AncienEtatCivil:
    """Seal what was, write what is. Raises ErreurSaisie, and then nothing is written."""
    _exiger(personne, nouveau, jour)
    ancien = AncienEtatCivil(personne_id=personne.pk, scelle_le=timezone.now())
    ancien.contenu = Memoire(json.dumps(_memoire(personne, nouveau), ensure_ascii=False, sort_keys=True))
    certifie = personne.statut_identite == StatutIdentite.NIR_CERTIFIE
    if nouveau.numero:
        immatriculer(personne, nouveau.numero, jour)
    elif certifie:  # certified for an identity that is no longer theirs
        _decertifier(personne)
    for colonne in COLONNES:
        setattr(personne, colonne, getattr(nouveau, colonne).strip())
    with refus_en_francais(CHAMPS), transaction.atomic():
        personne.save(update_fields=list(COLONNES))
    ancien.save(force_insert=True)  # last: the database seals the numbers that are closed by now
    return ancien


def _exiger(personne: Personne, nouveau: Changement, jour: dt.date) -> None:
    erreurs: dict[str, str] = {}
    for champ, longueur in LONGUEURS.items():
        if len(getattr(nouveau, champ).strip()) > longueur:
            erreurs[champ] = f"{longueur} caractères au plus."
        if champ in NECESSAIRES and not normaliser(getattr(nouveau, champ)):
            erreurs[champ] = NECESSAIRES[champ]
    if nouveau.sexe not in ("", *Sexe.values):
        erreurs["sexe"] = "Le sexe à l'état civil s'écrit F, M, ou reste vide."
    if nouveau.le > jour:
        erreurs["le"] = "La date de l'acte ne peut pas être à venir."
    if personne.statut_identite in (StatutIdentite.LITIGE, StatutIdentite.REUNIE):
        erreurs["cause"] = "Cette identité est en litige, ou réunie à une autre : réglez-le d'abord."
    if not erreurs and _rien_ne_change(personne, nouveau):
        erreurs["nom_naissance"] = "Rien ne change : ni les noms, ni le sexe, ni le numéro."
    if erreurs:
        raise ErreurSaisie(erreurs)


def _rien_ne_change(personne: Personne, nouveau: Changement) -> bool:
    return not nouveau.numero and all(
        getattr(personne, colonne).strip() == getattr(nouveau, colonne).strip() for colonne in COLONNES
    )


def _memoire(personne: Personne, nouveau: Changement) -> dict[str, Any]:
    """What is sealed. Numbers by key: their own rows stay, encrypted, and are sealed too."""
    siens = Immatriculation.objects.filter(personne_id=personne.pk, clos_le=None).values_list("pk", flat=True)
    return {
        **{colonne: getattr(personne, colonne) for colonne in COLONNES},
        "cause": nouveau.cause.value,
        "acte": nouveau.acte.strip(),
        "acte_du": nouveau.le.isoformat(),
        "numeros": sorted(str(cle) for cle in siens) if nouveau.numero else [],
    }


def _decertifier(personne: Personne) -> None:
    Immatriculation.objects.filter(personne_id=personne.pk, clos_le=None).update(certifie_le=None)
    statuts.passer(personne, StatutIdentite.NIR_NON_CERTIFIE, CauseEtat.CORRECTION)


def lire(ancien: AncienEtatCivil) -> dict[str, Any]:
    """A sealed status, opened: within `histoire_scellee`, which journals whose it is and why."""
    contenu: dict[str, Any] = json.loads(ancien.contenu.en_clair())
    return contenu
