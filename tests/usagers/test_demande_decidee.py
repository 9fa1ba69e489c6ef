"""From the claim to the explained decision: the person sends, the agent examines and decides, the person reads."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from limpide.dossiers.models import Decision, Demande, LigneDroit, PieceAttendue
from tests.banc import ecrans, fichiers


def texte(reponse: Any) -> str:
    brut = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", brut.replace("\xa0", " ").replace("\u202f", " "))


@pytest.fixture
def deposee(presents: dict[str, Any]) -> tuple[Any, Any, Demande]:
    """The claimant's browser, the agent's, the claim."""
    elle = ecrans.demandeuse(presents)
    ecrans.remplir_une_demande(elle)
    assert elle.post("/demande-rsa/envoyer/", {"honneur": "on"}).status_code == 302
    return elle, ecrans.agent(presents), Demande.objects.using("proprietaire").latest("pk")


def envoyer_les_documents(elle: Any, demande: Demande) -> list[int]:
    pieces = list(
        PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk).values_list("pk", flat=True)
    )
    for piece in pieces:
        fichier = SimpleUploadedFile("photo.jpg", fichiers.photo(), content_type="image/jpeg")
        assert elle.post(f"/mon-compte/documents/{piece}/envoyer/", {"photo": fichier}).status_code == 302
    return pieces


@pytest.mark.preuve("Une première demande de RSA va jusqu'à sa décision expliquée", systemes=("S02", "S26"))
def test_a_first_claim_goes_to_its_explained_decision(deposee: tuple[Any, Any, Demande]) -> None:
    elle, agent, demande = deposee
    etude = f"/agent/dossier/{demande.dossier_id}/demandes/{demande.pk}/"
    assert agent.post(etude).status_code == 409  # documents are missing
    pieces = envoyer_les_documents(elle, demande)
    assert demande.dossier.numero in texte(agent.get("/agent/demandes/"))
    for piece in pieces:
        reponse = agent.post(f"/agent/dossier/{demande.dossier_id}/documents/", {"piece": piece, "avis": "accepte"})
        assert reponse.status_code == 302
    assert "Complète" in texte(agent.get(etude))
    assert not LigneDroit.objects.using("proprietaire").filter(dossier_id=demande.dossier_id).exists()
    assert agent.post(etude).status_code == 302
    decidee = Demande.objects.using("proprietaire").get(pk=demande.pk)
    assert decidee.etat == "decidee"
    rsa = LigneDroit.objects.using("proprietaire").get(dossier_id=demande.dossier_id, droit="rsa")
    assert rsa.montant_centimes > 0
    assert rsa.fait_manquant is None
    decision = Decision.objects.using("proprietaire").get(dossier_id=demande.dossier_id)
    assert decision.cause.startswith("Votre demande du ")
    assert "La décision est prise" in texte(elle.get("/mon-compte/demandes/"))
    lettre = texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))
    assert "solidarité active" in lettre
    assert texte(elle.get("/mon-compte/pourquoi/2026-11/")).count("R262") >= 1
    assert agent.post(etude).status_code == 409
    assert Decision.objects.using("proprietaire").filter(dossier_id=demande.dossier_id).count() == 1


def test_an_agent_of_another_caf_cannot_study_it(deposee: tuple[Any, Any, Demande], presents: dict[str, Any]) -> None:
    _, _, demande = deposee
    nord = ecrans.agent(presents, ecrans.AGENT_NORD)
    assert nord.post(f"/agent/dossier/{demande.dossier_id}/demandes/{demande.pk}/").status_code == 404
    assert demande.dossier.numero not in texte(nord.get("/agent/demandes/"))
    assert Demande.objects.using("proprietaire").get(pk=demande.pk).etat == "attente_pieces"
