"""Documents kept: encrypted, bound to their row, seen by their file alone, gone with it."""

import datetime
import hashlib

import pytest
from django.db import IntegrityError

from limpide.dossiers import demandes
from limpide.dossiers.documents import services
from limpide.dossiers.documents.services import Depot
from limpide.dossiers.models import Document, EtatPiece, PieceAttendue
from limpide.identite.chiffrement import Indechiffrable
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.contexte import Acteur, HorsRegistre, traitement
from tests.banc import fichiers
from tests.dossiers.fabrique import AUTRE_CAF, CAF, dossier, instruction, personne

pytestmark = pytest.mark.django_db
QUAND = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)


def miens(qui, motif="Essai"):
    return traitement("mes_documents", acteur=Acteur("allocataire", 7, "Vous-même"), motif=motif, personne=qui.pk)


def examen(caf=CAF):
    return traitement("examen_documents", acteur=Acteur("agent", 3, "Caf"), motif="Essai", organisme=caf)


def attendues(droits=("rsa",)):
    """(whose, the file, expected documents by kind)."""
    qui = personne()
    d = dossier(qui)
    with instruction():
        demande = demandes.deposer(d, droits, "en_ligne", QUAND, "allocataire:1")
        pieces = demandes.demander_les_pieces(demande, [(qui, "demandeur")], QUAND.date())
    return qui, d, {p.genre: p for p in pieces}


def envoyer(qui, d, piece, octets=None):
    recu = services.recevoir(octets or fichiers.photo())
    with miens(qui):
        return services.deposer(
            piece.genre, recu, Depot("en_ligne", "compte 7", QUAND, qui.pk), personne=qui.pk, organisme=CAF,
            dossier=d, piece=piece,
        )  # fmt: skip


def etat(piece):
    with instruction():
        return PieceAttendue.objects.get(pk=piece.pk).etat


def test_a_document_is_encrypted_and_bound_to_its_row() -> None:
    qui, d, pieces = attendues()
    envoye = fichiers.photo()
    document = envoyer(qui, d, pieces["releve_bancaire"], envoye)
    autre = envoyer(qui, d, pieces["identite"])
    lu = Document.objects.using("proprietaire").get(pk=document.pk)
    assert b"JFIF" not in bytes(lu.contenu_chiffre)
    assert lu.octets[:3] == b"\xff\xd8\xff"
    assert bytes(lu.empreinte_recue) == hashlib.sha256(envoye).digest()
    assert bytes(lu.empreinte) == hashlib.sha256(lu.octets).digest() != bytes(lu.empreinte_recue)
    assert (lu.taille, lu.pages, lu.deposant_id, lu.auteur, lu.depose_le) == (
        len(lu.octets), 1, qui.pk, "compte 7", QUAND,
    )  # fmt: skip
    lu.contenu_chiffre = Document.objects.using("proprietaire").get(pk=autre.pk).contenu_chiffre
    with pytest.raises(Indechiffrable):
        _ = lu.octets


def test_mc_004_a_document_received_moves_the_expected_one_and_another_page_may_follow() -> None:
    qui, d, pieces = attendues()
    envoyer(qui, d, pieces["identite"])
    envoyer(qui, d, pieces["identite"], fichiers.pdf(2))
    assert etat(pieces["identite"]) == EtatPiece.RECUE
    with miens(qui):
        assert sorted(Document.objects.filter(piece_id=pieces["identite"].pk).values_list("forme", flat=True)) == [
            "jpeg", "pdf",
        ]  # fmt: skip


def test_an_accepted_identity_document_leaves_its_trace_and_not_its_copy() -> None:
    qui, d, pieces = attendues()
    garde = envoyer(qui, d, pieces["releve_bancaire"])
    parti = envoyer(qui, d, pieces["identite"])
    with examen():
        services.examiner(pieces["identite"], QUAND)
        services.examiner(pieces["releve_bancaire"], QUAND)
    lues = Document.objects.using("proprietaire")
    efface = lues.get(pk=parti.pk)
    assert (efface.contenu_chiffre, efface.efface_le) == (None, QUAND)
    assert bytes(efface.empreinte) == bytes(parti.empreinte)
    assert lues.get(pk=garde.pk).octets is not None
    assert etat(pieces["identite"]) == EtatPiece.VALIDEE


def test_a_refusal_says_why_keeps_the_copy_and_lets_send_again() -> None:
    qui, d, pieces = attendues()
    document = envoyer(qui, d, pieces["identite"])
    with examen():
        services.examiner(pieces["identite"], QUAND, "La photo est floue")
    with miens(qui):
        piece = PieceAttendue.objects.get(pk=pieces["identite"].pk)
        assert (piece.etat, piece.motif_refus) == (EtatPiece.REFUSEE, "La photo est floue")
        assert Document.objects.get(pk=document.pk).efface_le is None
    envoyer(qui, d, pieces["identite"])
    assert etat(pieces["identite"]) == EtatPiece.RECUE


def test_nothing_more_is_taken_for_an_accepted_document_nor_past_the_limit() -> None:
    qui, d, pieces = attendues()
    envoyer(qui, d, pieces["identite"])
    with examen():
        services.examiner(pieces["identite"], QUAND)
    with pytest.raises(ErreurSaisie, match="déjà accepté"):
        envoyer(qui, d, pieces["identite"])
    for _ in range(services.PAR_PIECE):
        envoyer(qui, d, pieces["releve_bancaire"])
    with pytest.raises(ErreurSaisie, match="10 fichiers"):
        envoyer(qui, d, pieces["releve_bancaire"])
    assert Document.objects.using("proprietaire").count() == services.PAR_PIECE + 1


def test_a_medical_document_that_nobody_expects_does_not_enter() -> None:
    qui, d, _ = attendues()
    recu = services.recevoir(fichiers.photo())
    with pytest.raises(ErreurSaisie, match="genre"), miens(qui):
        services.deposer(
            "certificat_medical", recu, Depot("en_ligne", "x", QUAND), personne=qui.pk, organisme=CAF, dossier=d
        )
    assert not Document.objects.using("proprietaire").exists()


def test_nobody_else_sees_it_and_nobody_writes_in_another_file() -> None:
    qui, d, pieces = attendues()
    document = envoyer(qui, d, pieces["identite"])
    voisine = personne(prenoms="Voisine")
    dossier(voisine)
    with miens(voisine):
        assert not Document.objects.filter(pk=document.pk).exists()
        assert not PieceAttendue.objects.filter(pk=pieces["identite"].pk).exists()
    personne(caf=AUTRE_CAF)
    with examen(AUTRE_CAF):
        assert not Document.objects.exists()
    recu = services.recevoir(fichiers.photo())
    with pytest.raises(HorsRegistre), miens(voisine):
        services.deposer(
            "identite", recu, Depot("en_ligne", "x", QUAND, voisine.pk), personne=qui.pk, organisme=CAF, dossier=d
        )
    assert Document.objects.using("proprietaire").count() == 1


def test_a_document_may_hang_on_a_person_and_who_sent_it_still_sees_it() -> None:
    """A protector sends the judgment of somebody who has no file: the actor is not the person (MC-038)."""
    protegee, protecteur = personne(prenoms="Protégée"), personne(prenoms="Protecteur")
    recu = services.recevoir(fichiers.pdf(3))
    with miens(protecteur):
        document = services.deposer(
            services.MESURE_DE_PROTECTION, recu, Depot("en_ligne", "compte 9", QUAND, protecteur.pk),
            personne=protegee.pk, organisme=CAF,
        )  # fmt: skip
        assert Document.objects.get(pk=document.pk).octets[:5] == b"%PDF-"
    lu = Document.objects.using("proprietaire").get(pk=document.pk)
    assert (lu.lie_a, lu.personne_id, lu.deposant_id, lu.pages) == ("personne", protegee.pk, protecteur.pk, 3)
    tiers = personne(prenoms="Tierce")
    with miens(tiers):
        assert not Document.objects.exists()
    with examen():
        assert Document.objects.filter(pk=document.pk).exists()


def test_the_database_refuses_a_document_of_another_caf_s_file_or_half_erased() -> None:
    qui, d, pieces = attendues()
    document = envoyer(qui, d, pieces["identite"])
    personne(caf=AUTRE_CAF)
    lues = Document.objects.using("proprietaire").filter(pk=document.pk)
    with pytest.raises(IntegrityError, match="dossier_de_sa_caf"):
        lues.update(organisme_id=AUTRE_CAF)
    with pytest.raises(IntegrityError, match="document_la_ou_efface"):
        lues.update(contenu_chiffre=None)
    with pytest.raises(IntegrityError, match="lie_a_un_dossier"):
        lues.update(dossier=None)


def test_reading_it_is_journalled() -> None:
    from limpide.registre.models import LigneJournal

    qui, d, pieces = attendues()
    document = envoyer(qui, d, pieces["identite"])
    with examen():
        assert Document.objects.get(pk=document.pk).octets
    ligne = LigneJournal.objects.using("proprietaire").filter(traitement="examen_documents", personne_id=qui.pk)
    assert [(x.action, x.acteur_genre, x.dossier_id) for x in ligne if "Document" in x.objet][:1] == [
        ("lecture", "agent", d.pk)
    ]
