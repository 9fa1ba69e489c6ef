"""When identities go wrong: dispute and its outcome, death, two persons found to be one (ID-12).

A dispute never stops a payment by itself: a person settles it, and says what was found.
"""

import datetime

from django.db import transaction

from . import statuts
from .erreurs import ErreurSaisie, refus_en_francais
from .models import (
    Affiliation,
    CauseCloture,
    CauseEtat,
    CleAcces,
    CodeSecours,
    Compte,
    Connexion,
    EtapeAcces,
    EtapeNia,
    GenreNumero,
    Immatriculation,
    JetonMobile,
    LienFranceConnect,
    Personne,
    Reunion,
    SecondFacteur,
    StatutIdentite,
)
from .services import clore_les_numeros

CAUSES_DE_LITIGE = (
    CauseEtat.DEUX_NUMEROS,
    CauseEtat.NUMERO_PARTAGE,
    CauseEtat.DESACCORD,
    CauseEtat.USURPATION,
)
SUIVENT_LE_COMPTE = (
    Compte,
    Connexion,
    EtapeAcces,
    SecondFacteur,
    CodeSecours,
    CleAcces,
    LienFranceConnect,
    JetonMobile,
)


@transaction.atomic
def mettre_en_litige(personne: Personne, cause: CauseEtat, note: str = "", depuis: datetime.date | None = None) -> None:
    """Two numbers for one person, two persons for one number, a conflict with the SNGI: a human decides (ID-12)."""
    if cause not in CAUSES_DE_LITIGE:
        raise ErreurSaisie({"cause": "Dites pourquoi l'identité est en litige."})
    if personne.statut_identite == StatutIdentite.LITIGE:
        raise ErreurSaisie({"statut_identite": "L'identité de cette personne est déjà en litige."})
    statuts.passer(personne, StatutIdentite.LITIGE, cause, depuis, note)


@transaction.atomic
def regler_litige(personne: Personne, note: str, jour: datetime.date, *, numero_errone: bool = False) -> StatutIdentite:
    """Close a dispute: the number is confirmed, or it was not this person's and becomes an alias marked as wrong.

    Returns the state found again, which the number in use commands.
    """
    if personne.statut_identite != StatutIdentite.LITIGE:
        raise ErreurSaisie({"statut_identite": "L'identité de cette personne n'est pas en litige."})
    if not note.strip():
        raise ErreurSaisie({"note": "Écrivez en une phrase ce qui a été constaté."})
    if numero_errone:
        clore_les_numeros(personne, jour, CauseCloture.ERRONE)
    vers = etat_selon_le_numero(personne)
    statuts.passer(personne, vers, CauseEtat.LITIGE_REGLE, jour, note)
    return vers


def etat_selon_le_numero(personne: Personne) -> StatutIdentite:
    """The state that the person's number in use commands."""
    vivants = list(
        Immatriculation.objects.filter(personne_id=personne.pk, clos_le=None).only("id", "genre", "certifie_le")
    )
    if any(n.certifie_le for n in vivants):
        return StatutIdentite.NIR_CERTIFIE
    if any(n.genre == GenreNumero.NIR for n in vivants):
        return StatutIdentite.NIR_NON_CERTIFIE
    return StatutIdentite.NIA if vivants else StatutIdentite.DECLARE


@transaction.atomic
def constater_deces(personne: Personne, le: datetime.date) -> None:
    """Record a death; the numbers stay, for the rights of those who survive."""
    with refus_en_francais({"personne_deces_apres_naissance": "date_deces"}), transaction.atomic():
        Personne.objects.filter(pk=personne.pk).update(date_deces=le)
    statuts.passer(personne, StatutIdentite.DECEDE, CauseEtat.DECES, le)


@transaction.atomic
def reunir(gardee: Personne, doublon: Personne, jour: datetime.date) -> Reunion:
    """The duplicate's numbers and account go to the person kept; its closed files stay as they were told.

    Refused, and nothing written, when the duplicate has a live file or when numbers contradict each other.
    """
    _exiger_la_reunion_possible(gardee, doublon, jour)
    with refus_en_francais(), transaction.atomic():
        reunion = Reunion.objects.create(doublon=doublon, gardee=gardee, agent=statuts.agent_au_travail())
        clore_les_numeros(doublon, jour, CauseCloture.REMPLACE)
        Immatriculation.objects.filter(personne_id=doublon.pk).update(personne_id=gardee.pk)
        EtapeNia.objects.filter(personne_id=doublon.pk).update(personne_id=gardee.pk)
        if Compte.objects.filter(personne_id=gardee.pk).exists():
            Compte.objects.filter(personne_id=doublon.pk).update(is_active=False)
        else:
            for modele in SUIVENT_LE_COMPTE:
                modele.objects.filter(personne_id=doublon.pk).update(personne_id=gardee.pk)
    statuts.passer(doublon, StatutIdentite.REUNIE, CauseEtat.REUNION, jour)
    return reunion


def _exiger_la_reunion_possible(gardee: Personne, doublon: Personne, jour: datetime.date) -> None:
    if gardee.pk == doublon.pk:
        raise ErreurSaisie({"doublon": "Une personne ne se réunit pas à elle-même."})
    if StatutIdentite.REUNIE in (gardee.statut_identite, doublon.statut_identite):
        raise ErreurSaisie({"doublon": "L'une de ces personnes est déjà réunie à une autre."})
    vivantes = set(
        Affiliation.objects.filter(personne_id__in=(gardee.pk, doublon.pk), valide__contains=jour).values_list(
            "personne_id", flat=True
        )
    )
    if vivantes == {gardee.pk, doublon.pk}:
        raise ErreurSaisie(
            {"doublon": "Ces deux personnes ont chacune un dossier ouvert : l'un des deux se clôt d'abord, sans quoi "
                        "ses droits seraient calculés sur une personne qui n'existe plus."}
        )  # fmt: skip
    if doublon.pk in vivantes:
        raise ErreurSaisie({"doublon": "Le doublon a un dossier ouvert, l'autre n'en a pas : gardez celle-ci."})
    certifiees = set(
        Immatriculation.objects.filter(
            personne_id__in=(gardee.pk, doublon.pk), clos_le=None, certifie_le__isnull=False
        ).values_list("personne_id", flat=True)
    )
    if certifiees == {gardee.pk, doublon.pk}:
        raise ErreurSaisie({"doublon": "Chacune a un NIR certifié : l'un des deux est faux, le litige vient d'abord."})
    if doublon.pk in certifiees:
        raise ErreurSaisie({"doublon": "Seul le NIR du doublon est certifié : gardez la personne qui le porte."})
