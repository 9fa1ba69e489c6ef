"""Verbs of the file: open, attach, declare, correct, close. The only place that writes households and facts.

Nothing known is edited. A new fact over a period closes what was known of the same subject and kind there, and
records again what it leaves of it before and after: as known at any earlier instant, the file reads as it did.
Each verb runs inside a processing opened by the caller, refuses with an `ErreurSaisie` per field, and writes all
or nothing.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import QuerySet

from limpide.droits.faits import NATURES, NATURES_PAR_CODE, Nature
from limpide.identite.erreurs import PARTOUT, ErreurSaisie, refus_en_francais
from limpide.identite.models import Affiliation, Personne, Qualite
from limpide.identite.services import affilier

from .connaissance import instant
from .models import Dossier, Fait, PieceAttendue, Rattachement, SourceFait
from .natures import DE_LA_COMPOSITION, bornes
from .periodes import chevauche, reste

CHAMPS = {
    "dossier_numero_unique_par_caf": "numero",
    "dossier_numero_sur_sept_chiffres": "numero",
    "un_seul_dossier_ouvert_par_allocataire": "allocataire",
    "un_seul_dossier_prepare_par_personne": "allocataire",
    "un_seul_demandeur_a_la_fois": "role",
    "un_seul_conjoint_a_la_fois": "role",
    "rattachement_role_connu": "role",
    "une_personne_dans_un_seul_foyer": "personne",
    "rattachement_personne_connue": "personne",
    "rattachement_apres_la_naissance": "valide",
    "rattachement_garde_alternee_pour_un_enfant": "garde_alternee",
    "rattachement_periodes_non_vides": "valide",
    "fait_nature_connue": "nature",
    "fait_sujet_conforme": "personne",
    "fait_valeur_admise": "valeur",
    "fait_montant_positif": "valeur",
    "fait_periode_entiere": "valide",
    "fait_periodes_non_vides": "valide",
    "fait_apres_la_naissance": "valide",
    "fait_personne_du_foyer": "personne",
    "dossier_clos_apres_ouverture_avec_motif": "clos_le",
}
"""Which field a refusal of the database is about."""

NUMERO = re.compile(r"[0-9]{7}", re.ASCII)

DEMANDEUR_EXIGE = "dossiers_rattachement_demandeur, dossiers_dossier_demandeur"
"""Deferred triggers: each open file has one claimant, each day."""


@dataclass(frozen=True)
class Origine:
    """Where a piece of knowledge comes from: kind of source, who recorded it, the document that proves it."""

    source: SourceFait
    auteur: str
    piece: PieceAttendue | None = None


@transaction.atomic
def ouvrir_dossier(
    organisme: str,
    numero: str,
    allocataire: Personne,
    ouvert_le: datetime.date,
    origine: Origine,
    present_depuis: datetime.date | None = None,
) -> Dossier:
    """Open a file for this person, who becomes its claimant from that day.

    `present_depuis`: since when they declare to live so, when it is before: the law reads the months before a claim.
    """
    if not NUMERO.fullmatch(numero):
        raise ErreurSaisie({"numero": "Le numéro d'allocataire a sept chiffres."})
    with refus_en_francais(CHAMPS), transaction.atomic():
        dossier = Dossier.objects.create(
            organisme_id=organisme, numero=numero, allocataire=allocataire, ouvert_le=ouvert_le
        )
    rattacher(dossier, allocataire, Qualite.DEMANDEUR, DateRange(present_depuis or ouvert_le, None), origine)
    return dossier


@transaction.atomic
def rattacher(
    dossier: Dossier,
    personne: Personne,
    role: Qualite,
    valide: DateRange,
    origine: Origine,
    *,
    garde_alternee: bool = False,
) -> Rattachement:
    """A person is in the household over this period. Replaces what was known of that person there on those days."""
    _exiger_periode(valide)
    with refus_en_francais(CHAMPS), transaction.atomic():
        maintenant = instant(dossier.organisme_id, dossier.pk)
        _affilier(dossier, personne, role, valide)
        connus = _connus(Rattachement.objects.filter(dossier_id=dossier.pk, personne_id=personne.pk))
        _remplacer(connus, valide, maintenant)
        ligne = Rattachement.objects.create(
            dossier_id=dossier.pk,
            organisme_id=dossier.organisme_id,
            personne_id=personne.pk,
            role=role,
            garde_alternee=garde_alternee,
            valide=valide,
            connu=_desormais(maintenant),
            source=origine.source,
            auteur=origine.auteur,
        )
        _exiger_un_demandeur()
        return ligne


@transaction.atomic
def detacher(dossier: Dossier, personne: Personne, depuis: datetime.date) -> None:
    """The person is no longer in the household from this day on."""
    with refus_en_francais(CHAMPS), transaction.atomic():
        maintenant = instant(dossier.organisme_id, dossier.pk)
        connus = _connus(Rattachement.objects.filter(dossier_id=dossier.pk, personne_id=personne.pk))
        touches = [r for r in connus if chevauche(r.valide, DateRange(depuis, None))]
        if not touches:
            raise ErreurSaisie({"depuis": "Cette personne n'est pas dans ce foyer à cette date."})
        _remplacer(touches, DateRange(depuis, None), maintenant)
        _exiger_un_demandeur()


@transaction.atomic
def reprendre_l_etat_civil(dossier: Dossier, personne: Personne) -> None:
    """The person's birth date was corrected: record their stays again, with the date known from now on."""
    with refus_en_francais(CHAMPS), transaction.atomic():
        maintenant = instant(dossier.organisme_id, dossier.pk)
        for sejour in _connus(Rattachement.objects.filter(dossier_id=dossier.pk, personne_id=personne.pk)):
            _fermer(sejour, maintenant)
            _copier(sejour, sejour.valide, maintenant)
        _exiger_un_demandeur()


@transaction.atomic
def declarer_fait(
    dossier: Dossier,
    nature: str,
    valeur: int,
    valide: DateRange,
    origine: Origine,
    personne: Personne | None = None,
) -> Fait:
    """Record a fact over a period: it takes over what was known there, and leaves the rest as it was.

    `valeur`: cents, 0 or 1, rank in the enumeration, number, or days since 1970, as the kind says.
    """
    trouvee = _verifier_fait(nature, valeur, valide, personne)
    with refus_en_francais(CHAMPS), transaction.atomic():
        maintenant = instant(dossier.organisme_id, dossier.pk)
        _remplacer(_faits_connus(dossier, personne, trouvee.code), valide, maintenant)
        return _ecrire_fait(dossier, personne, trouvee.code, valeur, valide, maintenant, origine)


@transaction.atomic
def corriger_fait(fait: Fait, valeur: int, origine: Origine, valide: DateRange | None = None) -> Fait:
    """What was known was wrong: close it, record what we know now, over its own period or a better one.

    Days of the old period that the new one leaves out become unknown: the fact did not hold there either.
    """
    nature = NATURES_PAR_CODE[fait.nature]
    nouvelle = valide or fait.valide
    personne = fait.personne
    _verifier_fait(nature.nom, valeur, nouvelle, personne)
    with refus_en_francais(CHAMPS), transaction.atomic():
        maintenant = instant(fait.organisme_id, fait.dossier_id)
        _fermer(_encore_connu(fait), maintenant)
        connus = _faits_connus(fait.dossier, personne, fait.nature)
        _remplacer(connus, nouvelle, maintenant)
        return _ecrire_fait(fait.dossier, personne, fait.nature, valeur, nouvelle, maintenant, origine)


@transaction.atomic
def retirer_fait(fait: Fait) -> None:
    """What was known was wrong, and nothing is known instead."""
    maintenant = instant(fait.organisme_id, fait.dossier_id)
    with refus_en_francais(CHAMPS), transaction.atomic():
        _fermer(_encore_connu(fait), maintenant)


@transaction.atomic
def cloturer_dossier(dossier: Dossier, clos_le: datetime.date, motif: str) -> None:
    """Close the file on its last day, and the household with it. What was known stays known."""
    if not motif.strip():
        raise ErreurSaisie({"motif": "Un dossier se clôt avec un motif."})
    if dossier.clos_le is not None:
        raise ErreurSaisie({"clos_le": "Ce dossier est déjà clos."})
    maintenant = instant(dossier.organisme_id, dossier.pk)
    apres = DateRange(clos_le + datetime.timedelta(days=1), None)
    with refus_en_francais(CHAMPS), transaction.atomic():
        dossier.clos_le, dossier.motif_cloture = clos_le, motif.strip()
        dossier.save(update_fields=["clos_le", "motif_cloture"])
        _remplacer(_connus(Rattachement.objects.filter(dossier_id=dossier.pk)), apres, maintenant)
        _exiger_un_demandeur()


def _verifier_fait(nom: str, valeur: int, valide: DateRange, personne: Personne | None) -> Nature:
    """Refuse, field by field, what the catalogue tells apart; the database checks it again."""
    if nom in DE_LA_COMPOSITION:
        raise ErreurSaisie({"nature": DE_LA_COMPOSITION[nom]})
    if nom not in NATURES:
        raise ErreurSaisie({"nature": "Cette nature de fait n'est pas au catalogue."})
    nature, erreurs = NATURES[nom], {}
    if (nature.sujet == "personne") != (personne is not None):
        quoi = "une personne du foyer" if nature.sujet == "personne" else "le foyer, sans personne"
        erreurs["personne"] = f"« {nature.libelle} » concerne {quoi}."
    minimum, maximum = bornes(nature)
    if not minimum <= valeur <= maximum:
        negatif = nature.type == "euros" and valeur < 0
        erreurs["valeur"] = f"« {nature.libelle} » " + (
            "ne peut pas être négatif." if negatif else "n'a pas une valeur admise."
        )
    if erreurs:
        raise ErreurSaisie(erreurs)
    _exiger_periode(valide)
    return nature


def _exiger_periode(valide: DateRange) -> None:
    if valide.isempty or valide.lower is None or (valide.upper is not None and valide.upper <= valide.lower):
        raise ErreurSaisie({"valide": "La période commence à une date et finit après elle."})


def _affilier(dossier: Dossier, personne: Personne, role: Qualite, valide: DateRange) -> None:
    """Say in the national referential that this Caf knows the person through this allocataire."""
    deja = Affiliation.objects.filter(
        personne_id=personne.pk,
        organisme_id=dossier.organisme_id,
        allocataire_id=dossier.allocataire_id,
        valide__overlap=valide,
    )
    if not deja.exists():
        affilier(personne, dossier.organisme_id, dossier.allocataire_id, role, valide.lower)


def _connus(lignes: "QuerySet[Any]") -> list[Any]:
    """Rows still known today."""
    return list(lignes.filter(connu__upper_inf=True).order_by("pk"))


def _faits_connus(dossier: Dossier, personne: Personne | None, nature: int) -> list[Fait]:
    sujet = None if personne is None else personne.pk
    return _connus(Fait.objects.filter(dossier_id=dossier.pk, personne_id=sujet, nature=nature))


def _encore_connu(fait: Fait) -> Fait:
    """The fact as the database knows it now: somebody else may have corrected it meanwhile."""
    actuel = Fait.objects.filter(pk=fait.pk, connu__upper_inf=True).first()
    if actuel is None:
        raise ErreurSaisie({PARTOUT: "Ce fait a déjà été corrigé : relisez le dossier avant de le corriger."})
    return actuel


def _remplacer(connus: Iterable[Any], nouvelle: DateRange, maintenant: datetime.datetime) -> None:
    """Close what overlaps the new period, and record again what is left of it, from the same source."""
    for ancien in connus:
        if not chevauche(ancien.valide, nouvelle):
            continue
        _fermer(ancien, maintenant)
        for morceau in reste(ancien.valide, nouvelle):
            _copier(ancien, morceau, maintenant)


def _copier(ancien: Any, valide: DateRange, maintenant: datetime.datetime) -> None:
    """Record again, over this period, what was known from the same source."""
    copie = {c.attname: getattr(ancien, c.attname) for c in ancien._meta.concrete_fields if not c.primary_key}
    type(ancien).objects.create(**copie | {"valide": valide, "connu": _desormais(maintenant)})


def _fermer(ligne: Any, maintenant: datetime.datetime) -> None:
    ligne.connu = DateTimeTZRange(ligne.connu.lower, maintenant)
    ligne.save(update_fields=["connu"])


def _ecrire_fait(
    dossier: Dossier,
    personne: Personne | None,
    nature: int,
    valeur: int,
    valide: DateRange,
    maintenant: datetime.datetime,
    origine: Origine,
) -> Fait:
    return Fait.objects.create(
        dossier_id=dossier.pk,
        organisme_id=dossier.organisme_id,
        personne_id=None if personne is None else personne.pk,
        nature=nature,
        valeur=valeur,
        valide=valide,
        connu=_desormais(maintenant),
        source=origine.source,
        auteur=origine.auteur,
        piece_id=None if origine.piece is None else origine.piece.pk,
    )


def _desormais(maintenant: datetime.datetime) -> DateTimeTZRange:
    return DateTimeTZRange(maintenant, None)


def _exiger_un_demandeur() -> None:
    """Check now what the database would check at commit, so that the refusal can be said."""
    with connection.cursor() as curseur:
        curseur.execute(f"SET CONSTRAINTS {DEMANDEUR_EXIGE} IMMEDIATE")
        curseur.execute(f"SET CONSTRAINTS {DEMANDEUR_EXIGE} DEFERRED")
