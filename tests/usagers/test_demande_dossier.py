"""Claiming with an open file: the law of the right says what is asked; one's own claim, then a guardian's."""

import re
from typing import Any

import pytest

from limpide.dossiers.models import Decision, DeclarationScellee, Demande, Fait, LigneDroit, PieceAttendue
from limpide.droits.faits import NATURES, NATURES_PAR_CODE
from limpide.usagers import scellement
from tests.banc import ecrans
from tests.usagers.test_demande import champs, erreurs, texte
from tests.usagers.test_demande_decidee import envoyer_les_documents

PPA, ENVOYER, MES_DEMANDES = "/demande-ppa/", "/demande-ppa/envoyer/", "/mon-compte/demandes/"
REPONSES = {"p0_nationalite": "francaise", "p0_etudiant": "non", "p0_enceinte": "non",
            "p0_type_conges": "non_renseigne", "f_rsa_isolement_recent": "non",
            "f_statut_occupation_logement": "locataire_hlm"}  # fmt: skip
SALAIRE = "1600"


@pytest.fixture
def dossier(comptes_seuls: dict[str, Any]) -> Any:
    return ecrans.foyer_a_completer()


def salaires(page: str) -> dict[str, str]:
    """The wages that the page asks, month by month."""
    return {nom: SALAIRE for nom in champs(page) if re.fullmatch(rf"m0_{NATURES['salaire_net'].code}_\d+_montant", nom)}


def repondre(elle: Any) -> str:
    """Wages, then the questions of the law; returns the page to read again."""
    tape = salaires(elle.get(PPA).content.decode())
    assert len(tape) == 3
    page = elle.post(PPA, tape | {"etape": "0"}).content.decode()
    for etape in range(1, 6):
        demandes = champs(page)
        saisie = {nom: REPONSES[nom] for nom in demandes if nom in REPONSES}
        saisie |= {nom: "210" for nom in demandes if re.fullmatch(r"f_aide_logement_m\d+", nom)}
        assert set(demandes) - set(saisie) - {"f_aide_logement_nsp"} == set(), "une question de trop"
        reponse = elle.post(PPA, saisie | {"etape": str(etape)})
        if reponse.status_code == 302:
            return str(elle.get(ENVOYER).content.decode())
        assert reponse.status_code == 200, erreurs(reponse)
        page = reponse.content.decode()
    raise AssertionError("les questions ne finissent pas")


def envoyer(elle: Any, page: str, chemin: str = ENVOYER) -> Demande:
    (vu,) = re.findall(r'name="vu" value="(\w+)"', page)
    reponse = elle.post(chemin, {"honneur": "on", "vu": vu})
    assert reponse.status_code == 302, erreurs(reponse)
    return Demande.objects.using("proprietaire").latest("pk")


def refuser_le_rsa(elle: Any, agent: Any, dossier: Any) -> None:
    """Everything is known by now, and the law gives nothing: the claim is answered all the same, and says why."""
    avant = LigneDroit.objects.using("proprietaire").get(dossier_id=dossier.pk, droit="rsa")
    assert (avant.montant_centimes, avant.fait_manquant) == (0, None)
    assert salaires(elle.get("/demande-rsa/").content.decode()) == {}
    assert elle.post("/demande-rsa/", {"etape": "0"})["Location"] == "/demande-rsa/envoyer/"
    (vu,) = re.findall(r'name="vu" value="(\w+)"', elle.get("/demande-rsa/envoyer/").content.decode())
    assert elle.post("/demande-rsa/envoyer/", {"honneur": "on", "vu": vu}).status_code == 302
    demande = Demande.objects.using("proprietaire").latest("pk")
    pieces = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk)
    assert [p.genre for p in pieces] == ["ressources_trimestre"]  # the others were accepted with the first claim
    accepter(agent, demande, envoyer_les_documents(elle, demande))
    decision = Decision.objects.using("proprietaire").filter(dossier_id=dossier.pk).latest("pk")
    (effet,) = decision.effets
    assert (effet["droit"], effet["avant"], effet["apres"]) == ("rsa", 0, 0)
    assert "solidarité active" in texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))
    assert "Votre demande du" in texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))


def accepter(agent: Any, demande: Demande, pieces: list[int]) -> None:
    """The agent's turn."""
    for piece in pieces:
        saisie = {"piece": piece, "avis": "accepte"}
        assert agent.post(f"/agent/dossier/{demande.dossier_id}/documents/", saisie).status_code == 302
    assert agent.post(f"/agent/dossier/{demande.dossier_id}/demandes/{demande.pk}/").status_code == 302


@pytest.mark.preuve(
    "La prime d'activité demandée en ligne avec un dossier ouvert : seulement ce que la Caf ne sait pas, scellé, puis "
    "une décision expliquée depuis le mois de la demande",
    systemes=("S03", "S39"),
)
def test_mc_017_mc_024_a_claim_with_a_file_asks_what_the_law_lacks_and_goes_to_its_decision(
    dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    elle = ecrans.elle_meme(dossier)
    page = elle.get(PPA)
    assert "Rose Quellerin" in texte(page)
    assert not {"a0_date_naissance", "p0_date_naissance", "f_residence"} & set(champs(page.content.decode()))
    relue = repondre(elle)
    assert "Française" in relue
    assert elle.post(ENVOYER, {"honneur": "on", "vu": "autre"}).status_code == 200  # what was read has changed
    demande = envoyer(elle, relue)
    assert (demande.droits, demande.dossier_id, demande.canal) == (["ppa"], dossier.pk, "en_ligne")
    dits = {
        NATURES_PAR_CODE[f.nature].nom: f
        for f in Fait.objects.using("proprietaire").filter(dossier_id=dossier.pk, source="declaration")
    }
    assert dits["salaire_net"].valeur == 160_000
    assert dits["statut_occupation_logement"].valide.upper is None
    scellee = DeclarationScellee.objects.using("proprietaire").get(demande_id=demande.pk)
    lu = scellement.relire(scellee)
    assert lu["titre"] == "Demande de prime d'activité"
    assert lu["reponses"][0]["titre"] == "Ce que votre Caf sait déjà de votre foyer"
    assert elle.get(f"{MES_DEMANDES}{demande.pk}/demande.pdf").content[:5] == b"%PDF-"
    assert "déjà envoyée" in texte(elle.get(PPA))

    agent = ecrans.agent(comptes_seuls)
    accepter(agent, demande, envoyer_les_documents(elle, demande))
    ppa = LigneDroit.objects.using("proprietaire").get(dossier_id=dossier.pk, droit="ppa")
    assert (ppa.fait_manquant, ppa.mois, ppa.montant_centimes > 0) == (None, ecrans.MOIS, True)
    decision = Decision.objects.using("proprietaire").get(dossier_id=dossier.pk)
    assert decision.cause.startswith("Votre demande du ")
    assert "Prime d'activité" in texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))
    assert "Vous recevez déjà la prime d'activité" in texte(elle.get(PPA))

    refuser_le_rsa(elle, agent, dossier)


def test_what_was_typed_is_kept_wrong_or_not_and_nothing_is_asked_twice(dossier: Any) -> None:
    elle = ecrans.elle_meme(dossier)
    tape = salaires(elle.get(PPA).content.decode())
    premier = min(tape)
    refus = elle.post(PPA, tape | {premier: "-5", "etape": "0"})
    assert refus.status_code == 422
    assert 'value="-5"' in refus.content.decode()
    assert elle.post(PPA, tape | {"etape": "0"}).status_code == 200
    questions = elle.get(PPA).content.decode()  # taken up where it was left
    assert "p0_nationalite" in champs(questions)
    assert premier not in champs(questions)
    assert f'value="{SALAIRE}"' in elle.get(f"{PPA}?etape=0").content.decode()
    assert elle.get(ENVOYER)["Location"] == PPA
    assert "soixante jours" in texte(elle.get(MES_DEMANDES))
    assert (
        not Demande.objects.using("proprietaire").filter(dossier_id=dossier.pk, auteur__startswith="compte ").exists()
    )
    assert elle.post(f"{PPA}abandonner/").status_code == 302
    assert "soixante jours" not in texte(elle.get(MES_DEMANDES))
