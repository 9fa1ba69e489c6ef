"""Verbs of identity: the only place that writes persons, numbers, affiliations and bank details.

Each verb runs inside a processing opened by the caller, checks what it is given, refuses with an `ErreurSaisie`
per field, and writes all or nothing.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from . import chiffrement, comptes, delais, statuts
from .erreurs import ErreurSaisie, refus_en_francais
from .iban import IbanInvalide, lire_iban
from .models import (
    Affiliation,
    CauseCloture,
    CauseEtat,
    CoordonneesBancaires,
    GenreEtape,
    GenreNumero,
    Immatriculation,
    Personne,
    Qualite,
    StatutIdentite,
)
from .nir import Numero, NumeroInvalide, lire_numero
from .noms import normaliser


@dataclass(frozen=True)
class EtatCivil:
    """Civil status as declared or read on a document."""

    nom_naissance: str
    prenoms: str
    date_naissance: datetime.date
    nom_usage: str = ""
    sexe: str = ""
    lieu_naissance_code: str = ""
    pays_naissance: str = "99100"


@transaction.atomic
def creer_personne(etat_civil: EtatCivil, aujourd_hui: datetime.date) -> Personne:
    """Record a person whose identity is only declared."""
    erreurs = {}
    if not normaliser(etat_civil.nom_naissance):
        erreurs["nom_naissance"] = "Le nom de naissance est nécessaire."
    if not normaliser(etat_civil.prenoms):
        erreurs["prenoms"] = "Les prénoms sont nécessaires."
    if etat_civil.date_naissance > aujourd_hui:
        erreurs["date_naissance"] = "La date de naissance ne peut pas être à venir."
    if erreurs:
        raise ErreurSaisie(erreurs)
    champs = {
        "personne_nom_et_prenoms_presents": "nom_naissance",
        "personne_date_naissance_plausible": "date_naissance",
        "personne_sexe_connu": "sexe",
    }
    with refus_en_francais(champs):
        return Personne.objects.create(**vars(etat_civil))


def empreinte_du_numero(numero: Numero) -> bytes:
    """Blind index of a NIR or NIA."""
    return chiffrement.empreinte(numero.en_clair(), "nir")


@transaction.atomic
def immatriculer(
    personne: Personne,
    saisie: str,
    recu_le: datetime.date,
    genre: GenreNumero = GenreNumero.NIR,
    *,
    ancien: CauseCloture = CauseCloture.REMPLACE,
) -> Immatriculation:
    """Give a person a NIR (uncertified) or a waiting number (NIA); closes the number it replaces (ID-09).

    Everything hangs on the person, not on the number: the account alone is found by it, and follows.
    """
    try:
        lecture = lire_numero(saisie)
    except NumeroInvalide as erreur:
        raise ErreurSaisie({"numero": str(erreur)}) from None
    champs = {"un_numero_ne_se_declare_qu_une_fois": "numero", "compte_identifiant_unique": "numero"}
    corrige = personne.statut_identite in (statuts.NIR, statuts.CERTIFIE)
    with refus_en_francais(champs), transaction.atomic():
        if personne.statut_identite != StatutIdentite.DECLARE:
            clore_les_numeros(personne, recu_le, ancien)
        ligne = Immatriculation(
            personne=personne,
            genre=genre,
            recu_le=recu_le,
            empreinte=empreinte_du_numero(lecture.numero),
            nia_delivre_le=recu_le if genre == GenreNumero.NIA else None,
            justificatif_du_le=delais.echeance_du_nia(recu_le) if genre == GenreNumero.NIA else None,
        )
        ligne.numero = lecture.numero
        ligne.save(force_insert=True)
        comptes.suivre_le_numero(personne, lecture.numero)
    vers = StatutIdentite.NIA if genre == GenreNumero.NIA else StatutIdentite.NIR_NON_CERTIFIE
    statuts.passer(personne, vers, CauseEtat.CORRECTION if corrige else CauseEtat.NUMERO, recu_le)
    if genre == GenreNumero.NIA:
        delais.noter_etape(ligne, GenreEtape.INFORMATION, recu_le)
    return ligne


def clore_les_numeros(personne: Personne, clos_le: datetime.date, cause: CauseCloture) -> None:
    """The numbers in use become aliases, which keep leading to the person."""
    vivants = Immatriculation.objects.filter(personne_id=personne.pk, clos_le=None)
    for ancien in vivants.select_for_update(of=("self",)):
        ancien.clos_le, ancien.cause_cloture = clos_le, cause
        ancien.save(update_fields=["clos_le", "cause_cloture"])


@transaction.atomic
def certifier(immatriculation: Immatriculation, certifie_le: datetime.date) -> None:
    """The SNGI confirms number and civil status. Refused if the number or the person is already certified."""
    if immatriculation.genre != GenreNumero.NIR:
        raise ErreurSaisie({"numero": "Seul un NIR se certifie ; un NIA attend son remplacement."})
    with (
        refus_en_francais(dict.fromkeys(["un_seul_nir_certifie_par_personne"], "personne")),
        transaction.atomic(),
    ):
        immatriculation.certifie_le = certifie_le
        immatriculation.save(update_fields=["certifie_le"])
    statuts.passer(immatriculation.personne, StatutIdentite.NIR_CERTIFIE, CauseEtat.CERTIFICATION, certifie_le)


@transaction.atomic
def recevoir_justificatif(immatriculation: Immatriculation, recu_le: datetime.date) -> None:
    """The civil-status document arrived: the three-month clock of the NIA stops (ID-08)."""
    if immatriculation.genre != GenreNumero.NIA:
        raise ErreurSaisie({"numero": "Seul un NIA attend un acte d'état civil."})
    delais.noter_etape(immatriculation, GenreEtape.PIECE_RECUE, recu_le)


@transaction.atomic
def affilier(
    personne: Personne,
    organisme: str,
    allocataire: int,
    qualite: Qualite,
    depuis: datetime.date,
) -> Affiliation:
    """Say which Caf knows this person, through whose file, from when."""
    with refus_en_francais(), transaction.atomic():
        return Affiliation.objects.create(
            personne=personne,
            organisme_id=organisme,
            allocataire_id=allocataire,
            qualite=qualite,
            valide=DateRange(depuis, None),
        )


@transaction.atomic
def changer_coordonnees_bancaires(
    personne: Personne, saisie: str, titulaire: str, depuis: datetime.date
) -> CoordonneesBancaires:
    """Pay this person elsewhere from a date; the former details stop the day before."""
    try:
        iban, bic = lire_iban(saisie)
    except IbanInvalide as erreur:
        raise ErreurSaisie({"iban": str(erreur)}) from None
    if not titulaire.strip():
        raise ErreurSaisie({"titulaire": "Le titulaire du compte est nécessaire."})
    with refus_en_francais({"un_seul_compte_bancaire_a_la_fois": "depuis"}), transaction.atomic():
        _arreter_les_coordonnees(personne, depuis)
        ligne = CoordonneesBancaires(
            personne=personne,
            empreinte=chiffrement.empreinte(iban.en_clair(), "iban"),
            bic=bic,
            titulaire=titulaire.strip(),
            valide=DateRange(depuis, None),
        )
        ligne.iban = iban
        ligne.save(force_insert=True)
        return ligne


def _arreter_les_coordonnees(personne: Personne, depuis: datetime.date) -> None:
    actuelles = CoordonneesBancaires.objects.filter(personne_id=personne.pk, valide__contains=depuis)
    for ligne in actuelles.select_for_update(of=("self",)):
        if ligne.valide.lower == depuis:
            raise ErreurSaisie({"depuis": "Des coordonnées bancaires commencent déjà ce jour-là."})
        ligne.valide = DateRange(ligne.valide.lower, depuis)
        ligne.save(update_fields=["valide"])
