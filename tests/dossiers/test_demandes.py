"""Claims: a numbered receipt, the documents due, and the states of one visible table."""

import datetime
import re

import pytest

from limpide.dossiers import demandes, services
from limpide.dossiers.models import Demande, EtatDemande, EtatPiece, PieceAttendue
from limpide.identite.erreurs import ErreurSaisie

from .fabrique import AGENT, dossier, du, instruction, jour, personne

pytestmark = pytest.mark.django_db
HIER = datetime.datetime(2026, 11, 21, 9, 30, tzinfo=datetime.UTC)
QUAND = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)


def deposee(droits=("rsa", "ppa")) -> tuple:
    qui, enfant = personne(), personne(naissance="2020-01-01")
    d = dossier(qui)
    with instruction():
        services.rattacher(d, enfant, "enfant", du("2025-01-01"), AGENT)
        demande = demandes.deposer(d, droits, "en_ligne", QUAND, "allocataire:1")
    return d, demande, [(qui, "demandeur"), (enfant, "enfant")]


def relue(demande: Demande) -> tuple:
    with instruction():
        d = Demande.objects.get(pk=demande.pk)
        return d.etat, d.decidee_le


def test_deposer_donne_un_recepisse_numerote_et_date() -> None:
    d, demande, _ = deposee()
    assert re.fullmatch(r"2026-[0-9A-F]{12}", demande.numero)
    with instruction():
        lue = Demande.objects.get(dossier_id=d.pk)
    assert (lue.droits, lue.etat, lue.deposee_le) == (["ppa", "rsa"], "deposee", QUAND)


@pytest.mark.parametrize(("droits", "message"), [((), "Choisissez"), (("rsa", "apl2"), "inconnue : apl2")])
def test_une_demande_porte_sur_des_prestations_connues(droits: tuple, message: str) -> None:
    d = dossier()
    with pytest.raises(ErreurSaisie, match=message) as refus, instruction():
        demandes.deposer(d, droits, "en_ligne", QUAND, "allocataire:1")
    assert list(refus.value.champs) == ["droits"]
    with instruction():
        assert not Demande.objects.exists()


def test_un_canal_inconnu_est_refuse() -> None:
    d = dossier()
    with pytest.raises(ErreurSaisie, match="en ligne, courrier, accueil"), instruction():
        demandes.deposer(d, ["rsa"], "pigeon", QUAND, "allocataire:1")


def test_les_pieces_dependent_des_prestations_et_des_personnes() -> None:
    _, demande, foyer = deposee()
    with instruction():
        demandes.demander_les_pieces(demande, foyer, jour("2026-11-22"))
        pieces = [
            (p.genre, p.personne_id, p.droits, p.attendue_pour)
            for p in PieceAttendue.objects.order_by("genre", "personne_id")
        ]
    (qui, _), (enfant, _) = foyer
    echeance = jour("2027-01-21")
    assert pieces == [
        ("acte_de_naissance", enfant.pk, ["ppa", "rsa"], echeance),
        ("identite", qui.pk, ["ppa", "rsa"], echeance),
        ("releve_bancaire", qui.pk, ["ppa", "rsa"], echeance),
        ("ressources_trimestre", qui.pk, ["ppa", "rsa"], echeance),
    ]
    assert relue(demande) == ("attente_pieces", None)


def test_les_allocations_familiales_ne_demandent_pas_le_trimestre() -> None:
    _, demande, foyer = deposee(("af",))
    with instruction():
        genres = {p.genre for p in demandes.demander_les_pieces(demande, foyer, jour("2026-11-22"))}
    assert genres == {"acte_de_naissance", "identite", "releve_bancaire"}


def test_une_piece_ne_se_demande_qu_une_fois() -> None:
    _, demande, foyer = deposee()
    with instruction():
        pieces = demandes.demander_les_pieces(demande, foyer, jour("2026-11-22"))
    with pytest.raises(ErreurSaisie, match="déjà demandée"), instruction():
        demandes.demander_les_pieces(demande, foyer, jour("2026-11-22"))
    with instruction():
        assert PieceAttendue.objects.count() == len(pieces)


@pytest.mark.preuve("Pièces : une demande est complète quand la dernière est validée, pas avant", systemes=("S26",))
def test_la_demande_est_complete_quand_la_derniere_piece_est_validee() -> None:
    _, demande, foyer = deposee(("af",))
    with instruction():
        pieces = demandes.demander_les_pieces(demande, foyer, jour("2026-11-22"))
        for piece in pieces:
            demandes.recevoir_piece(piece, HIER, "courrier", b"x" * 32)
        for piece in pieces[:-1]:
            demandes.examiner_piece(piece, QUAND)
    assert relue(demande) == ("attente_pieces", None)
    with instruction():
        demandes.examiner_piece(pieces[-1], QUAND, "Illisible")
        refusee = PieceAttendue.objects.get(pk=pieces[-1].pk)
        assert (refusee.etat, refusee.motif_refus) == ("refusee", "Illisible")
    assert relue(demande) == ("attente_pieces", None)
    with instruction():
        demandes.recevoir_piece(refusee, HIER, "accueil", b"y" * 32)
        demandes.examiner_piece(refusee, QUAND)
    assert relue(demande) == ("complete", None)


@pytest.mark.parametrize("de", EtatDemande)
@pytest.mark.parametrize("vers", EtatDemande)
def test_l_etat_d_une_demande_suit_sa_table(de: EtatDemande, vers: EtatDemande) -> None:
    _, demande, _ = deposee(("af",))
    avant = (de, QUAND if de == EtatDemande.DECIDEE else None)
    with instruction():
        Demande.objects.filter(pk=demande.pk).update(etat=avant[0], decidee_le=avant[1])
        demande.etat = de
        if vers in demandes.TRANSITIONS[de]:
            demandes.changer_etat(demande, vers, QUAND)
            attendu = (vers, QUAND if vers == EtatDemande.DECIDEE else None)
        else:
            with pytest.raises(ErreurSaisie, match="ne passe pas de"):
                demandes.changer_etat(demande, vers, QUAND)
            attendu = avant
    assert relue(demande) == attendu


def test_une_decision_ne_precede_pas_le_depot() -> None:
    _, demande, _ = deposee(("af",))
    with instruction():
        demandes.changer_etat(demande, EtatDemande.COMPLETE)
    with pytest.raises(ErreurSaisie, match="ne peut pas précéder le dépôt"), instruction():
        demandes.changer_etat(demande, EtatDemande.DECIDEE, HIER)
    assert relue(demande) == ("complete", None)


def test_une_decision_porte_sa_date() -> None:
    _, demande, _ = deposee(("af",))
    with instruction():
        demandes.changer_etat(demande, EtatDemande.COMPLETE)
    with pytest.raises(ErreurSaisie) as refus, instruction():
        demandes.changer_etat(demande, EtatDemande.DECIDEE)
    assert list(refus.value.champs) == ["decidee_le"]
    assert relue(demande) == ("complete", None)


@pytest.mark.parametrize("de", EtatPiece)
@pytest.mark.parametrize("vers", EtatPiece)
def test_l_etat_d_une_piece_suit_sa_table(de: EtatPiece, vers: EtatPiece) -> None:
    piece = PieceAttendue(etat=de)
    if vers in demandes.TRANSITIONS_PIECES[de]:
        demandes._changer_piece(piece, vers)
        assert piece.etat == vers
    else:
        with pytest.raises(ErreurSaisie, match="ne passe pas de"):
            demandes._changer_piece(piece, vers)
        assert piece.etat == de
