"""Claims: what is asked, the documents it needs, the receipt, and the states it goes through."""

import datetime
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from limpide.droits.calcul import liste_droits
from limpide.droits.faits import LOGEMENTS, NATURES, NATURES_PAR_CODE, SOUTIENS
from limpide.droits.faits_enfants import DECES_ENFANT
from limpide.droits.faits_garde import GARDES_A_DOMICILE, MODES_GARDE, PREPARE_CHOIX
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import Personne, Qualite

from .models import Canal, Demande, Dossier, EtatDemande, EtatPiece, Fait, PieceAttendue

BROUILLON, DEPOSEE, ATTENTE, COMPLETE, DECIDEE, ABANDONNEE = (
    EtatDemande.BROUILLON,
    EtatDemande.DEPOSEE,
    EtatDemande.ATTENTE_PIECES,
    EtatDemande.COMPLETE,
    EtatDemande.DECIDEE,
    EtatDemande.ABANDONNEE,
)
TRANSITIONS: dict[EtatDemande, frozenset[EtatDemande]] = {
    BROUILLON: frozenset({DEPOSEE, ABANDONNEE}),
    DEPOSEE: frozenset({ATTENTE, COMPLETE, ABANDONNEE}),
    ATTENTE: frozenset({COMPLETE, DECIDEE, ABANDONNEE}),  # decided: refused for want of documents
    COMPLETE: frozenset({ATTENTE, DECIDEE, ABANDONNEE}),  # waiting again: a document was refused
    DECIDEE: frozenset(),
    ABANDONNEE: frozenset(),
}
TRANSITIONS_PIECES: dict[EtatPiece, frozenset[EtatPiece]] = {
    EtatPiece.ATTENDUE: frozenset({EtatPiece.RECUE, EtatPiece.INUTILE}),
    EtatPiece.RECUE: frozenset({EtatPiece.VALIDEE, EtatPiece.REFUSEE, EtatPiece.INUTILE}),
    EtatPiece.VALIDEE: frozenset(),
    EtatPiece.REFUSEE: frozenset({EtatPiece.RECUE, EtatPiece.INUTILE}),
    EtatPiece.INUTILE: frozenset(),  # shown otherwise, or what it was to prove is answered without it
}
TOUTES = "toutes"
JOURS_POUR_FOURNIR = 60
"""Time given to send a document; past it the claim may be decided on what is known."""


@dataclass(frozen=True)
class GenreDePiece:
    """A supporting document: for which benefits, about whom; `durable`: once accepted, it is not asked again.

    `quand`: only of who has this fact, or whose household has it, with one of these values (as stored).
    """

    libelle: str
    droits: tuple[str, ...] = (TOUTES,)
    roles: tuple[Qualite, ...] = (Qualite.DEMANDEUR, Qualite.CONJOINT)
    durable: bool = True
    quand: tuple[str, frozenset[int]] | None = None


def _soutien(*situations: str) -> tuple[str, frozenset[int]]:
    return "soutien_autre_parent", frozenset(SOUTIENS.index(situation) for situation in situations)


def _garde(*modes: str) -> tuple[str, frozenset[int]]:
    return "mode_garde", frozenset(MODES_GARDE.index(mode) for mode in modes)


def _loge(*statuts: str) -> tuple[str, frozenset[int]]:
    return "statut_occupation_logement", frozenset(LOGEMENTS.index(statut) for statut in statuts)


DECISION_MDPH = "decision_mdph"
"""What the agent reads in it is recorded when it is accepted (`documents.decision_mdph`)."""
OUI = frozenset({1})
ARRETS = frozenset(range(1, len(PREPARE_CHOIX)))
PLUSIEURS = frozenset(range(2, 10))
D_UN_MOIS = "deces_enfant"
DES_JOURS = frozenset(range(1, 63))
"""Half-days of leave of a month."""


PIECES: dict[str, GenreDePiece] = {
    "identite": GenreDePiece("Pièce d'identité ou titre de séjour"),
    "acte_de_naissance": GenreDePiece("Acte de naissance ou livret de famille", roles=(Qualite.ENFANT,)),
    # Asked after a change of situation, about somebody who is in no file yet: no claim asks them.
    "acte_enfant": GenreDePiece("Acte de naissance ou livret de famille de l'enfant déclaré", roles=()),
    "identite_conjoint": GenreDePiece("Pièce d'identité ou titre de séjour de votre conjoint", roles=()),
    "releve_bancaire": GenreDePiece("Relevé d'identité bancaire", roles=(Qualite.DEMANDEUR,)),
    "ressources_trimestre": GenreDePiece(
        "Déclaration de ressources des trois derniers mois", ("rsa", "ppa"), durable=False
    ),
    "acte_de_deces_du_parent": GenreDePiece(
        "Acte de décès de l'autre parent, ou livret de famille à jour", ("asf",), (Qualite.ENFANT,),
        quand=_soutien("decede"),
    ),
    "acte_de_naissance_complet": GenreDePiece(
        "Copie intégrale de l'acte de naissance de l'enfant", ("asf",), (Qualite.ENFANT,),
        quand=_soutien("filiation_non_etablie"),
    ),
    "titre_de_pension": GenreDePiece(
        "Décision de justice ou accord qui fixe la pension de l'enfant", ("asf",), (Qualite.ENFANT,),
        quand=_soutien("pension_impayee", "pension_partielle", "pension_faible"),
    ),
    "saisine_du_juge": GenreDePiece(
        "Preuve que le juge est saisi pour fixer la pension", ("asf",), (Qualite.ENFANT,), durable=False,
        quand=("pension_en_cours_de_fixation", OUI),
    ),
    "enfant_recueilli": GenreDePiece(
        "Décision de justice ou acte notarié qui vous confie l'enfant", ("asf",), (Qualite.ENFANT,),
        quand=("enfant_recueilli", OUI),
    ),
    "declaration_de_grossesse": GenreDePiece("Déclaration de grossesse", ("paje_naissance",), durable=False,
                                             quand=("enceinte", OUI)),
    "grossesse_multiple": GenreDePiece(
        "Attestation du médecin sur le nombre d'enfants attendus", ("paje_naissance",), durable=False,
        quand=("enfants_attendus", PLUSIEURS),
    ),
    "adoption": GenreDePiece(
        "Jugement d'adoption, ou attestation du service qui confie l'enfant", ("paje_adoption", "paje_base"),
        (Qualite.ENFANT,), quand=("adoption", OUI),
    ),
    "decision_aeeh": GenreDePiece(
        "Décision de la commission (MDPH) qui accorde l'AEEH", ("aeeh",), (Qualite.ENFANT,), durable=False,
        quand=("aeeh_accordee", OUI),
    ),
    # The detailed medical certificate (R544-1, 2°) goes in a sealed envelope to the medical service: never here.
    "conge_de_presence": GenreDePiece(
        "Attestation de votre employeur sur les jours de congé de présence parentale, ou déclaration sur l'honneur",
        ("ajpp",), durable=False, quand=("ajpp_demi_journees", DES_JOURS),
    ),
    "proche_aide": GenreDePiece(
        "Attestation de votre employeur sur le congé, ou décision sur le handicap ou l'autonomie de la personne aidée",
        ("ajpa",), (Qualite.DEMANDEUR,), durable=False,
        quand=("ajpa_demi_journees", DES_JOURS),
    ),
    "premier_examen_prenatal": GenreDePiece(
        "Document du premier examen de la grossesse", ("allocation_deces",), (Qualite.DEMANDEUR,), durable=False,
        quand=("deces_enfant", frozenset({DECES_ENFANT.index("grossesse")})),
    ),
    "arret_d_activite": GenreDePiece(
        "Attestation de l'employeur sur l'arrêt ou la réduction du travail", ("paje_prepare",), durable=False,
        quand=("prepare_choix", ARRETS),
    ),
    "releve_de_carriere": GenreDePiece(
        "Relevé de carrière, avec les trimestres validés", ("paje_prepare",), quand=("prepare_choix", ARRETS),
    ),
    "agrement": GenreDePiece(
        "Agrément de l'assistant maternel que vous employez", ("paje_cmg",), (Qualite.ENFANT,),
        quand=_garde("assistant_maternel"),
    ),
    "facture_de_garde": GenreDePiece(
        "Facture ou attestation de la structure qui garde l'enfant", ("paje_cmg",), (Qualite.ENFANT,), durable=False,
        quand=_garde("assistant_maternel_structure", "micro_creche"),
    ),
    "garde_a_domicile": GenreDePiece(
        "Déclaration Pajemploi, ou facture, de la garde chez vous", ("paje_cmg",), (Qualite.DEMANDEUR,), durable=False,
        quand=("garde_domicile", frozenset(range(1, len(GARDES_A_DOMICILE)))),
    ),
    "attestation_de_loyer": GenreDePiece(
        "Attestation de loyer remplie par le bailleur, ou bail", ("apl", "alf", "als"), (Qualite.DEMANDEUR,),
        durable=False, quand=_loge("locataire_hlm", "locataire_vide", "locataire_meuble"),
    ),
    "attestation_de_foyer": GenreDePiece(
        "Attestation de résidence en foyer remplie par le gestionnaire", ("apl", "alf", "als"), (Qualite.DEMANDEUR,),
        durable=False, quand=_loge("locataire_foyer"),
    ),
    "certificat_de_pret": GenreDePiece(
        "Certificat de prêt rempli par la banque", ("apl", "alf", "als"), (Qualite.DEMANDEUR,),
        durable=False, quand=_loge("primo_accedant"),
    ),
    "bourse": GenreDePiece(
        "Notification de la bourse sur critères sociaux", ("apl", "alf", "als"), durable=False, quand=("boursier", OUI),
    ),
    DECISION_MDPH: GenreDePiece(
        "Décision de la MDPH sur l'allocation aux adultes handicapés", ("aah",), durable=False,
        quand=("aah_demandee", OUI),
    ),
    "cours_preparatoire": GenreDePiece(
        "Certificat de l'école : entrée au cours préparatoire", ("ars",), (Qualite.ENFANT,), durable=False,
        quand=("cours_preparatoire_anticipe", OUI),
    ),
}  # fmt: skip


@transaction.atomic
def deposer(dossier: Dossier, droits: Collection[str], canal: Canal, quand: datetime.datetime, auteur: str) -> Demande:
    """Submit a claim: a numbered, dated receipt, and the list of documents due."""
    inconnus = sorted(set(droits) - {droit.code for droit in liste_droits()})
    if not droits or inconnus:
        raise ErreurSaisie(
            {"droits": f"Prestation inconnue : {', '.join(inconnus)}." if inconnus else "Choisissez une prestation."}
        )
    with refus_en_francais(), transaction.atomic():
        return Demande.objects.create(
            dossier_id=dossier.pk,
            organisme_id=dossier.organisme_id,
            numero=numero_de_recepisse(quand),
            droits=sorted(droits),
            etat=DEPOSEE,
            canal=canal,
            creee_le=quand,
            deposee_le=quand,
            auteur=auteur,
        )


def numero_de_recepisse(quand: datetime.datetime) -> str:
    """Year and twelve hexadecimal digits drawn at random: tells nothing of the person nor of the volume."""
    return f"{quand:%Y}-{secrets.token_hex(6).upper()}"


@transaction.atomic
def demander_les_pieces(
    demande: Demande,
    foyer: Collection[tuple[Personne, Qualite]],
    quand: datetime.date,
    acceptees: Collection[tuple[str, int]] = (),
) -> list[PieceAttendue]:
    """Ask the documents that these benefits need of these persons; the claim waits for them.

    `acceptees`: (kind, number of the person) of those that an agent accepted before for this file.
    """
    echeance = quand + datetime.timedelta(days=JOURS_POUR_FOURNIR)
    dits = _faits_dits(demande)
    pieces = [
        PieceAttendue(
            dossier_id=demande.dossier_id,
            organisme_id=demande.organisme_id,
            demande_id=demande.pk,
            personne_id=personne.pk,
            genre=genre,
            droits=_pour(piece, demande.droits),
            attendue_pour=echeance,
        )
        for genre, piece in PIECES.items()
        for personne, role in foyer
        if role in piece.roles and _pour(piece, demande.droits)
        if piece.quand is None or {dits.get((qui, piece.quand[0])) for qui in (personne.pk, None)} & piece.quand[1]
        if not (piece.durable and (genre, personne.pk) in acceptees)
    ]
    with refus_en_francais({"piece_demandee_une_fois": "genre"}), transaction.atomic():
        for piece in pieces:
            piece.save(force_insert=True)
    changer_etat(demande, ATTENTE if pieces else COMPLETE)
    return pieces


def _faits_dits(demande: Demande) -> dict[tuple[int | None, str], int]:
    """(person, or None for the household; kind of fact) → value, of what decides which documents these benefits ask.

    It holds today; a loss is told of its month only, past or not.
    """
    noms = {p.quand[0] for p in PIECES.values() if p.quand is not None and _pour(p, demande.droits)}
    if not noms:
        return {}
    aujourd_hui = timezone.localdate()
    tenus = Fait.objects.filter(
        Q(valide__contains=aujourd_hui) | Q(nature=NATURES[D_UN_MOIS].code, valide__startswith__lte=aujourd_hui),
        dossier_id=demande.dossier_id, nature__in=[NATURES[nom].code for nom in noms], connu__contains=timezone.now(),
    ).order_by("valide")  # fmt: skip
    return {(f.personne_id, NATURES_PAR_CODE[f.nature].nom): f.valeur for f in tenus}


def _pour(piece: GenreDePiece, droits: Collection[str]) -> list[str]:
    return sorted(droits) if TOUTES in piece.droits else sorted(set(piece.droits) & set(droits))


def changer_etat(demande: Demande, vers: EtatDemande, quand: datetime.datetime | None = None) -> None:
    """Move the claim along its table of transitions, or refuse. `quand`: date of a decision."""
    actuel = EtatDemande(demande.etat)
    if vers not in TRANSITIONS[actuel]:
        raise ErreurSaisie({"etat": f"Une demande ne passe pas de « {actuel.label} » à « {vers.label} »."})
    demande.etat = vers
    demande.decidee_le = quand if vers == DECIDEE else None
    with refus_en_francais({"demande_decidee_a_une_date": "decidee_le"}), transaction.atomic():
        demande.save(update_fields=["etat", "decidee_le"])


@transaction.atomic
def recevoir_piece(piece: PieceAttendue, quand: datetime.datetime, canal: Canal, empreinte: bytes) -> None:
    """A document came in; `empreinte` is the SHA-256 of its image, kept elsewhere."""
    _changer_piece(piece, EtatPiece.RECUE)
    piece.recue_le, piece.traitee_le, piece.motif_refus = quand, None, ""
    piece.canal, piece.empreinte = canal, empreinte
    piece.save(update_fields=["etat", "recue_le", "traitee_le", "motif_refus", "canal", "empreinte"])


@transaction.atomic
def examiner_piece(piece: PieceAttendue, quand: datetime.datetime, refus: str = "") -> None:
    """Accept the document, or refuse it with a reason. The claim is complete when none is missing."""
    _changer_piece(piece, EtatPiece.REFUSEE if refus else EtatPiece.VALIDEE)
    piece.traitee_le, piece.motif_refus = quand, refus
    piece.save(update_fields=["etat", "traitee_le", "motif_refus"])
    if piece.demande_id is None:
        return
    demande = Demande.objects.get(pk=piece.demande_id)
    manque = PieceAttendue.objects.filter(demande_id=demande.pk).exclude(etat=EtatPiece.VALIDEE).exists()
    if not manque and demande.etat == ATTENTE:
        changer_etat(demande, COMPLETE)


@transaction.atomic
def ne_plus_attendre(piece: PieceAttendue, quand: datetime.datetime) -> None:
    """Nobody waits for this document any more; one that was accepted stays so."""
    if piece.etat == EtatPiece.VALIDEE:
        return
    _changer_piece(piece, EtatPiece.INUTILE)
    piece.traitee_le, piece.motif_refus = quand, ""
    piece.save(update_fields=["etat", "traitee_le", "motif_refus"])


def _changer_piece(piece: PieceAttendue, vers: EtatPiece) -> None:
    actuel = EtatPiece(piece.etat)
    if vers not in TRANSITIONS_PIECES[actuel]:
        raise ErreurSaisie({"etat": f"Une pièce ne passe pas de « {actuel.label} » à « {vers.label} »."})
    piece.etat = vers
