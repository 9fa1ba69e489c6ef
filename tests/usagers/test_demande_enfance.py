"""AEEH, AJPP, AJPA, allocation décès: claimed with a file, decided, explained, paid; days told each month."""

import datetime as dt
import re
from typing import Any

import pytest
from django.http import QueryDict

from limpide.dossiers import connaissance
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Decision, Demande, Fait, LigneDroit, PieceAttendue
from limpide.dossiers.situations import situation_du
from limpide.paiements.models import LigneEcriture
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers.demande import aides, reprise
from tests.banc import demandes, ecrans
from tests.usagers.test_demande import erreurs, texte
from tests.usagers.test_demande_decidee import envoyer_les_documents
from tests.usagers.test_demande_dossier import accepter, envoyer
from tests.usagers.test_demande_famille import declarer_sa_nationalite, faits_dits

JOURS = "/mon-compte/changement/jours-de-conge/"
COMMUNES = {"p0_nationalite": "francaise", "f_prestations_familiales_base_ressources": "14000"}
HANDICAP = {
    "p1_aeeh_accordee": "oui", "p1_aeeh_accordee_fin": "31/08/2028", "p2_aeeh_accordee": "non",
    "p2_aeeh_accordee_fin": "", "p1_aeeh_date_demande": "20/06/2026", "p1_taux_incapacite": "80",
    "p1_aeeh_accueil": "sans_accompagnement", "p1_aeeh_niveau_handicap": "2", "p1_aeeh_niveau_handicap_fin": "",
    "p1_pch_au_lieu_du_complement": "non", "p1_aeeh_tierce_personne": "oui",
}  # fmt: skip
PRESENCE = {
    "p0_ajpp_demi_journees": "10,5", "p1_ajpp_accord_medical": "oui", "p2_ajpp_accord_medical": "non",
    "f_ajpp_frais": "0", "p1_ajpp_demi_journees_versees": "0",
}  # fmt: skip
AIDE = {"p0_ajpa_demi_journees": "2", "p0_ajpa_demi_journees_versees": "0", "p0_ajpa_demi_journees_carriere": "0"}
DEUIL = {"f_deces_enfant": "grossesse", "f_date_deces_enfant": "14/09/2026"}
NOVEMBRE = ["2026-11"]
ATTENDUS = {
    # Base, complement 2 and rise of a parent alone, since the month after the claim to the MDPH (R541-7).
    "aeeh": (HANDICAP, {"decision_aeeh"}, [f"2026-{m:02d}" for m in range(7, 12)], 525_97),
    "ajpp": (PRESENCE, {"conge_de_presence"}, NOVEMBRE, 703_19),
    "ajpa": (AIDE, {"proche_aide"}, NOVEMBRE, 142_86),
    "allocation_deces": (DEUIL, {"premier_examen_prenatal"}, ["2026-09"], 2_319_32),
}


@pytest.fixture
def dossier(comptes_seuls: dict[str, Any]) -> Any:
    sien = ecrans.foyer_a_completer()
    declarer_sa_nationalite(sien)
    return sien


def lignes(de: Any, droit: str) -> dict[str, int]:
    """Month → gross cents of the line in force, when it gives something. `de`: a file, or one of its claims."""
    numero = getattr(de, "dossier_id", de.pk)
    trouvees = LigneDroit.objects.using("proprietaire").filter(dossier_id=numero, droit=droit)
    vigueur = {f"{x.mois:%Y-%m}": x.montant_centimes for x in trouvees.order_by("mois", "rang")}
    return {mois: montant for mois, montant in vigueur.items() if montant}


def demander(elle: Any, droit: str, reponses: dict[str, str]) -> Any:
    chemin = f"/demande-{droit.replace('_', '-')}/"
    demandes.avec_dossier(elle, chemin, COMMUNES | reponses)
    return envoyer(elle, elle.get(f"{chemin}envoyer/").content.decode(), f"{chemin}envoyer/")


@pytest.mark.preuve(
    "AEEH, AJPP, AJPA et allocation décès d'un enfant se demandent en ligne avec un dossier : seulement ce que la loi "
    "ne sait pas, une décision humaine expliquée, les mois dus d'avant, le paiement",
    systemes=("S39",),
)
@pytest.mark.parametrize("droit", ATTENDUS)
def test_a_claim_goes_to_its_explained_decision_and_is_paid(
    droit: str, dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    reponses, genres, mois, montant = ATTENDUS[droit]
    elle = ecrans.elle_meme(dossier)
    demande = demander(elle, droit, reponses)
    pieces = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk, droits__contains=[droit])
    assert genres <= set(pieces.values_list("genre", flat=True))
    agent = ecrans.agent(comptes_seuls)
    accepter(agent, demande, envoyer_les_documents(elle, demande))
    assert "Avant de décider" in texte(agent.get(f"/agent/dossier/{dossier.pk}/demandes/{demande.pk}/"))
    assert lignes(dossier, droit) == dict.fromkeys(mois, montant)
    decision = Decision.objects.using("proprietaire").filter(dossier_id=dossier.pk).latest("pk")
    assert {e["droit"] for e in decision.effets if e["droit"] == droit} == {droit}
    assert all(e["apres"] > 0 for e in decision.effets if e["droit"] == droit)
    assert decision.automatisation == "assistee"
    assert "commission de recours amiable" in texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))
    assert LigneEcriture.objects.using("proprietaire").filter(dossier_id=dossier.pk, droit=droit).exists()
    chemin = f"/demande-{droit.replace('_', '-')}/"
    assert ("Vous recevez déjà" in texte(elle.get(chemin))) == (droit != "allocation_deces")
    # Another child, another decision: claimed again while it is paid.
    assert ('name="choix"' in elle.get(f"{chemin}?encore=1").content.decode()) == (droit != "ajpa")
    assert "Félicitations" not in texte(elle.get("/mon-compte/demandes/"))


def test_days_are_told_each_month_paid_for_that_month_only_and_counted(
    dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    elle = ecrans.elle_meme(dossier)
    assert "une fois l'allocation journalière" in texte(elle.get(JOURS))
    demande = demander(elle, "ajpp", PRESENCE)
    accepter(ecrans.agent(comptes_seuls), demande, envoyer_les_documents(elle, demande))
    refus = elle.post(JOURS, {"conge": "presence_moi", "mois": "2026-10", "jours": "1,3", "frais": ""})
    assert (refus.status_code, len(erreurs(refus))) == (422, 1)
    assert 'value="1,3"' in refus.content.decode()
    refus = elle.post(JOURS, {"conge": "presence_moi", "mois": "2026-10", "jours": "3", "frais": ""})
    assert any("R552-2" in faute for _, faute in erreurs(refus))  # due from the month of its claim
    page = elle.get(JOURS)
    assert "10,5 jours" in texte(page)
    assert elle.post(JOURS, {"conge": "presence_moi", "mois": "2026-11", "jours": "12", "frais": ""}).status_code == 302
    relue = texte(elle.get(f"{JOURS}relire/"))
    assert "799,63" in relue  # twelve days, CRDS withheld, said before it is sent
    assert elle.post(f"{JOURS}relire/", {"honneur": "on"}).status_code == 302
    assert lignes(dossier, "ajpp") == {"2026-11": 803_64}
    (dit,) = [f for f in faits_dits(dossier.pk)["ajpp_demi_journees"] if f.connu.upper is None]
    assert (dit.valeur, dit.valide.lower, dit.valide.upper) == (24, dt.date(2026, 11, 1), dt.date(2026, 12, 1))
    assert "Nous attendons le document demandé" in texte(elle.get("/mon-compte/changement/"))

    liquider_mois("2026-12", ["751"])
    assert lignes(dossier, "ajpp") == {"2026-11": 803_64}  # nothing told of December: nothing paid


def test_a_carer_without_a_child_nor_a_file_claims_and_counts_what_this_caf_paid(
    comptes_seuls: dict[str, Any],
) -> None:
    elle = ecrans.demandeuse(comptes_seuls)
    seule = demandes.FAMILLE | {"couple": "non", "nombre_enfants": "0", "aussi": []}
    etapes = demandes.sans_dossier(elle, "/demande-ajpa/", seule, demandes.REPONSES | AIDE)
    asked = [nom for noms in etapes for nom in noms]
    assert {"p0_nationalite", *AIDE} <= set(asked)
    assert not [nom for nom in asked if "ajpp" in nom or "deces" in nom]
    assert elle.post("/demande-ajpa/envoyer/", {"honneur": "on"}).status_code == 302
    demande = Demande.objects.using("proprietaire").latest("pk")
    accepter(ecrans.agent(comptes_seuls), demande, envoyer_les_documents(elle, demande))
    assert lignes(demande, "ajpa") == {"2026-11": 142_86}
    assert elle.post(JOURS, {"conge": "aide", "mois": "2026-10", "jours": "3", "frais": ""}).status_code == 302
    assert "Des mois passés" not in texte(elle.get(f"{JOURS}relire/"))
    assert elle.post(f"{JOURS}relire/", {"honneur": "on"}).status_code == 302
    liquider_mois("2026-10", ["751"])
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        lu = situation_du(demande.dossier_id, "2026-12", connaissance.maintenant()).personnes[0]
    # Nothing by another Caf; by this one, three days of October and two of November.
    assert (lu["ajpa_demi_journees_versees"], lu["ajpa_demi_journees_carriere"]) == (10, 10)


def test_a_simulation_gives_its_answers_to_these_claims_too() -> None:
    donnees = QueryDict(mutable=True)
    donnees.update({"couple": "oui", "a1_ajpp_demi_journees": "10,5", "e0_aeeh_accordee": "oui",
                    "e0_taux_incapacite": "80", "deces_enfant": "grossesse",
                    "date_deces_enfant": "14/09/2026"})  # fmt: skip
    reprise.reprendre(donnees)
    dits = {nom: valeur for nom, valeur in donnees.items() if reprise.DES_QUESTIONS.match(nom)}
    assert dits == {"p1_ajpp_demi_journees": "10,5", "p2_aeeh_accordee": "oui", "p2_taux_incapacite": "80",
                    "f_deces_enfant": "grossesse", "f_date_deces_enfant": "14/09/2026"}  # fmt: skip
    assert [a.droit for a in aides.choisies(aides.ALLOCATION_DECES, ["af"])] == ["allocation_deces"]
    assert [a.droit for a in aides.choisies(aides.AF, ["allocation_deces", "cf"])] == ["af", "cf"]


def test_a_loss_is_never_mentioned_to_who_did_not_speak_of_it(dossier: Any) -> None:
    elle = ecrans.elle_meme(dossier)
    liquider_mois("2026-11", ["751"])
    for page in ("", "pourquoi/2026-11/", "droits-possibles/"):
        lu = texte(elle.get(f"/mon-compte/{page}"))
        assert "décès" not in lu, page
    assert not re.search(
        r'name="aussi" value="(allocation_deces|ajpp|ajpa)"', elle.get("/demande-asf/").content.decode()
    )
    assert Fait.objects.using("proprietaire").filter(dossier_id=dossier.pk).exists()
