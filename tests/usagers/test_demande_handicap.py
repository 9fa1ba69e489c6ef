"""Claiming the allowance of disabled adults: what the Caf lacks is asked, an agent reads the decision of the MDPH."""

import datetime as dt
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers.models import Decision, Fait, LigneDroit, PieceAttendue
from limpide.dossiers.services import Origine, declarer_fait
from limpide.droits.faits import NATURES_PAR_CODE
from limpide.identite.models import Personne
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers.demande.faits import sans_la_decision
from tests.banc import demandes, ecrans
from tests.usagers.test_demande import erreurs, texte
from tests.usagers.test_demande_decidee import envoyer_les_documents
from tests.usagers.test_demande_dossier import envoyer
from tests.usagers.test_demande_famille import declarer_sa_nationalite

AAH = "/demande-aah/"
REPONSES: dict[str, Any] = {
    "aah_demandee": "oui", "activite": "inactif", "nationalite": "francaise", "sejour_en_etablissement": "aucun",
    "pensions_invalidite": "0", "retraite_nette": "0", "aah_base_ressources_activite_milieu_protege": "0",
    "aah_activite_n2": "0", "aah_pensions_n2": "0", "aah_autres_revenus_n2": "0",
}  # fmt: skip
LUE = {"avis": "accepte", "taux": "80", "debut": "01/09/2026", "fin": "31/08/2031"}


@pytest.fixture
def dossier(comptes_seuls: dict[str, Any]) -> Any:
    """Her nationality and her wages are known."""
    sien = ecrans.foyer_a_completer()
    declarer_sa_nationalite(sien)
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        depuis, elle = DateRange(dt.date(2025, 1, 1), None), Personne(pk=sien.allocataire_id)
        declarer_fait(sien, "salaire_net", 0, depuis, Origine("declaration", "essai"), elle)
    return sien


def faits(dossier: int) -> dict[str, Fait]:
    dits = Fait.objects.using("proprietaire").filter(dossier_id=dossier, connu__endswith=None)
    return {NATURES_PAR_CODE[f.nature].nom: f for f in dits}


def accepter(agent: Any, demande: Any, pieces: list[int], lue: dict[str, str]) -> None:
    """The agent reads the decision, then decides."""
    chemin = f"/agent/dossier/{demande.dossier_id}/documents/"
    decision = PieceAttendue.objects.using("proprietaire").get(demande_id=demande.pk, genre="decision_mdph").pk
    for piece in pieces:
        saisie = {"piece": piece, **(lue if piece == decision else {"avis": "accepte"})}
        assert agent.post(chemin, saisie).status_code == 302
    assert agent.post(f"/agent/dossier/{demande.dossier_id}/demandes/{demande.pk}/").status_code == 302


@pytest.mark.preuve(
    "L'allocation aux adultes handicapés demandée en ligne : la MDPH décide, un agent lit sa décision, la loi compte "
    "les mois dus, la décision est celle d'une personne",
    systemes=("S39",),
)
def test_mc_017_the_claim_waits_for_the_decision_of_the_mdph_which_an_agent_reads(
    dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    elle, agent = ecrans.elle_meme(dossier), ecrans.agent(comptes_seuls)
    assert "maison départementale des personnes handicapées" in texte(elle.get(AAH))
    premiere, suite, *_ = demandes.avec_dossier(elle, AAH, REPONSES)
    assert premiere == ["p0_aah_demandee"]
    assert "p0_aah_activite_n2" in suite
    assert not [n for n in suite if n.endswith("taux_incapacite")]  # the commission says it, not the person
    demande = envoyer(elle, elle.get(f"{AAH}envoyer/").content.decode(), f"{AAH}envoyer/")
    dits = faits(dossier.pk)
    assert "taux_incapacite" not in dits
    assert dits["aah_demandee"].valeur == 1

    pieces = envoyer_les_documents(elle, demande)
    chemin = f"/agent/dossier/{dossier.pk}/documents/"
    visee = PieceAttendue.objects.using("proprietaire").get(demande_id=demande.pk, genre="decision_mdph").pk
    fausse = {"piece": visee, "avis": "accepte", "taux": "50", "debut": "1/9/26", "fin": "01/01/2025"}
    refus = agent.post(chemin, fausse)
    assert refus.status_code == 422
    assert {faute for _, faute in erreurs(refus)} >= {"Entre 50 et 79 %, dites si la restriction est reconnue."}
    assert "01/01/2025" in refus.content.decode()
    assert "taux_incapacite" not in faits(dossier.pk)  # nothing was recorded
    accepter(agent, demande, pieces, LUE)
    lu = faits(dossier.pk)["taux_incapacite"]
    assert (lu.valeur, lu.valide.lower, lu.valide.upper, lu.source) == (
        80, dt.date(2026, 9, 1), dt.date(2031, 9, 1), "agent",
    )  # fmt: skip
    lignes = LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier.pk, droit="aah", montant_centimes__gt=0)
    assert {ligne.mois: ligne.montant_centimes for ligne in lignes} == {
        dt.date(2026, m, 1): 104_159 for m in (9, 10, 11)
    }
    decision = Decision.objects.using("proprietaire").filter(dossier_id=dossier.pk).latest("pk")
    assert (decision.automatisation, decision.donnees_sensibles) == ("assistee", True)
    lettre = texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))
    assert "maison départementale des personnes handicapées" in lettre
    assert "commission de recours amiable" in lettre
    assert "Vous recevez déjà l'allocation aux adultes handicapés" in texte(elle.get(AAH))


def test_a_refusal_of_the_mdph_is_answered_and_awaited_no_more(dossier: Any, comptes_seuls: dict[str, Any]) -> None:
    elle = ecrans.elle_meme(dossier)
    demandes.avec_dossier(elle, AAH, REPONSES)
    demande = envoyer(elle, elle.get(f"{AAH}envoyer/").content.decode(), f"{AAH}envoyer/")
    refusee = {"avis": "accepte", "taux": "0", "debut": "01/09/2026", "fin": ""}
    accepter(ecrans.agent(comptes_seuls), demande, envoyer_les_documents(elle, demande), refusee)
    ligne = LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier.pk, droit="aah").latest("pk")
    assert (ligne.montant_centimes, ligne.motif) == (0, "INCAPACITE")
    effets = Decision.objects.using("proprietaire").filter(dossier_id=dossier.pk).latest("pk").effets
    assert [(e["apres"], e["motif"]) for e in effets if e["droit"] == "aah"] == [(0, "INCAPACITE")]


@pytest.mark.parametrize(("taux", "demandee"), [(80, True), (50, True), (0, None), (None, None)])
def test_a_rate_told_with_another_claim_is_a_claim_to_the_mdph_never_its_decision(taux: Any, demandee: Any) -> None:
    dite = {"taux_incapacite": taux, "aah_restriction_substantielle_durable_acces_emploi": True, "aah_activite_n2": 5.0}
    gardee = sans_la_decision(dite)
    assert gardee.pop("aah_demandee", None) is demandee
    assert gardee == {"aah_activite_n2": 5.0}
