"""Claiming family benefits online: with a file, only what the law of the right lacks; without one, the family too."""

import datetime as dt
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import QueryDict

from limpide.dossiers import connaissance, hypothese
from limpide.dossiers.models import Decision, DeclarationScellee, Demande, Dossier, Fait, LigneDroit, PieceAttendue
from limpide.dossiers.services import Origine, declarer_fait
from limpide.dossiers.situations import charger_dossier
from limpide.droits.faits import NATURES_PAR_CODE, SOUTIENS
from limpide.droits.situation import ENFANT
from limpide.identite.models import Personne
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers import scellement
from limpide.usagers.demande import moments, reprise
from limpide.usagers.demande.foyer_connu import FoyerConnu
from limpide.usagers.models import BrouillonDemande
from tests.banc import demandes, ecrans
from tests.usagers.test_demande import champs, erreurs, texte
from tests.usagers.test_demande_decidee import envoyer_les_documents
from tests.usagers.test_demande_dossier import accepter, envoyer

ASF, MES_DEMANDES = "/demande-asf/", "/mon-compte/demandes/"


@pytest.fixture
def dossier(comptes_seuls: dict[str, Any]) -> Any:
    return ecrans.foyer_a_completer()


@pytest.fixture
def sans_dossier(comptes_seuls: dict[str, Any]) -> Any:
    return ecrans.demandeuse(comptes_seuls)


def faits_dits(dossier: int) -> dict[str, list[Fait]]:
    dits: dict[str, list[Fait]] = {}
    for f in (
        Fait.objects.using("proprietaire").filter(dossier_id=dossier, source="declaration").order_by("personne_id")
    ):
        dits.setdefault(NATURES_PAR_CODE[f.nature].nom, []).append(f)
    return dits


def declarer_sa_nationalite(dossier: Any) -> None:
    """Known since the file is open, as the agents saw her papers."""
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        depuis = DateRange(dt.date(2025, 1, 1), None)
        declarer_fait(
            dossier, "nationalite", 0, depuis, Origine("declaration", "essai"), Personne(pk=dossier.allocataire_id)
        )


RIEN_D_AUTRE = {"p1_enfant_recueilli": "non", "p2_enfant_recueilli": "non", "p2_soutien_autre_parent": "apporte",
                "p0_nationalite": "francaise"}  # fmt: skip
ORPHELIN = RIEN_D_AUTRE | {"p1_soutien_autre_parent": "decede", "p1_soutien_depuis": "12/03/2026"}


@pytest.mark.preuve(
    "L'allocation de soutien familial demandée avec un dossier ouvert : enfant par enfant, seulement ce que la loi ne "
    "sait pas, scellée, puis une décision expliquée qui compte les mois d'avant la demande",
    systemes=("S39",),
)
def test_mc_017_a_claim_of_support_asks_of_each_child_and_goes_to_its_decision(
    dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    declarer_sa_nationalite(dossier)
    elle = ecrans.elle_meme(dossier)
    assert "Rose Quellerin" in texte(elle.get(ASF))
    connu = elle.post(ASF, {"choix": "1", "etape": "0"}).content.decode()
    assert re.search(r'name="p1_soutien_autre_parent" value="apporte"[^>]*checked', connu)  # told once: to correct
    premiere, suite = demandes.avec_dossier(elle, ASF, ORPHELIN)
    assert {n.partition("_")[2] for n in premiere} == {"soutien_autre_parent", "enfant_recueilli"}
    assert suite == ["p1_soutien_depuis"]  # the date of the one who lost a parent, nobody else's
    relue = elle.get(f"{ASF}envoyer/").content.decode()
    for attendu in ("Tim Quellerin", "parent décédé", "12/03/2026", "R552-2"):
        assert attendu.lower() in relue.lower(), attendu
    demande = envoyer(elle, relue, f"{ASF}envoyer/")
    assert (demande.droits, demande.dossier_id) == (["asf"], dossier.pk)
    dits = faits_dits(dossier.pk)
    orphelin, soutenu = dits["soutien_autre_parent"]
    assert (orphelin.valeur, orphelin.valide.lower) == (SOUTIENS.index("decede"), dt.date(2026, 3, 1))
    assert soutenu.valide.lower == dt.date(2026, 11, 1)
    assert {f.valide.lower for f in dits["asf_date_demande"]} == {dt.date(2026, 11, 1)}
    pieces = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk)
    assert [p.personne_id for p in pieces if p.genre == "acte_de_deces_du_parent"] == [orphelin.personne_id]
    assert not pieces.filter(genre__in=["titre_de_pension", "ressources_trimestre"]).exists()
    assert "déjà envoyée" in texte(elle.get(ASF))

    accepter(ecrans.agent(comptes_seuls), demande, envoyer_les_documents(elle, demande))
    lignes = LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier.pk, droit="asf", montant_centimes__gt=0)
    assert [ligne.mois for ligne in lignes.order_by("mois")] == [dt.date(2026, m, 1) for m in range(4, 12)]
    decision = Decision.objects.using("proprietaire").filter(dossier_id=dossier.pk).latest("pk")
    assert decision.cause.startswith("Votre demande du ")
    lettre = texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))
    assert "soutien familial" in lettre
    assert "Vous recevez déjà l'allocation de soutien familial" in texte(elle.get(ASF))


def test_a_pension_is_asked_only_of_a_child_who_receives_one_and_the_claim_opens_it(dossier: Any) -> None:
    elle = ecrans.elle_meme(dossier)
    faible = RIEN_D_AUTRE | {
        "p1_soutien_autre_parent": "pension_partielle", "p1_soutien_depuis": "01/02/2026",
        "p1_pensions_alimentaires_percues": "40",
    }  # fmt: skip
    *_, derniere = demandes.avec_dossier(elle, ASF, faible)
    assert "p1_pensions_alimentaires_percues" in derniere
    assert "p1_asf_date_demande" not in derniere  # the day of the claim is that date
    demande = envoyer(elle, elle.get(f"{ASF}envoyer/").content.decode(), f"{ASF}envoyer/")
    genres = set(
        PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk).values_list("genre", flat=True)
    )
    assert "titre_de_pension" in genres
    (pension,) = faits_dits(dossier.pk)["pensions_alimentaires_percues"]
    assert (pension.valeur, pension.valide.lower, pension.valide.upper) == (4000, dt.date(2026, 2, 1), None)


def test_a_wrong_answer_is_kept_and_explained_and_a_draft_is_its_own(
    dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    elle, autre = ecrans.elle_meme(dossier), ecrans.demandeuse(comptes_seuls)
    elle.post(ASF, {"choix": "1", "etape": "0"})
    refus = elle.post(ASF, {"p1_soutien_autre_parent": "decede", "etape": "1"})
    assert refus.status_code == 422
    assert ("Tim Quellerin, l'avez-vous recueilli, sans être son père ni sa mère ?", "Choisissez une réponse.") in [
        (question.replace("&#x27;", "'"), faute) for question, faute in erreurs(refus)
    ]
    elle.post(
        ASF, {k: v for k, v in ORPHELIN.items() if k.startswith(("p1_s", "p2_s", "p1_e", "p2_e"))} | {"etape": "1"}
    )
    refus = elle.post(ASF, {"p1_soutien_depuis": "31/02/2026", "p0_nationalite": "francaise", "etape": "2"})
    assert refus.status_code == 422
    assert 'value="31/02/2026"' in refus.content.decode()
    assert "Demande d'allocation de soutien familial commencée" in texte(elle.get(MES_DEMANDES))
    assert "commencée" not in texte(autre.get(MES_DEMANDES))
    assert "Quellerin" not in texte(autre.get(ASF))
    assert BrouillonDemande.objects.using("proprietaire").filter(droit="asf").count() == 1
    assert elle.get(f"{ASF}envoyer/")["Location"] == ASF
    assert elle.post(f"{ASF}abandonner/").status_code == 302
    assert not BrouillonDemande.objects.using("proprietaire").exists()


def test_a_pregnancy_asks_the_income_of_the_year_that_will_be_looked_at(dossier: Any) -> None:
    elle, chemin = ecrans.elle_meme(dossier), "/demande-paje-naissance/"
    reponses = {"p0_enceinte": "oui", "p0_date_debut_grossesse": "10/09/2026", "p0_enfants_attendus": "2",
                "p0_nationalite": "francaise", "f_prestations_familiales_base_ressources_2025": "14000"}  # fmt: skip
    premiere, *suite = demandes.avec_dossier(elle, chemin, reponses)
    assert premiere == ["p0_enceinte"]
    assert "f_prestations_familiales_base_ressources_2025" in [n for noms in suite for n in noms]  # looked at in 2027
    demande = envoyer(elle, elle.get(f"{chemin}envoyer/").content.decode(), f"{chemin}envoyer/")
    dits = faits_dits(dossier.pk)
    assert dits["enceinte"][0].valide.lower == dt.date(2026, 9, 1)
    (revenu,) = dits["prestations_familiales_base_ressources"]
    assert revenu.valide.lower == dt.date(2025, 1, 1)
    genres = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk).values_list("genre", flat=True)
    assert {"declaration_de_grossesse", "grossesse_multiple"} <= set(genres)


def test_a_pregnancy_that_would_be_over_is_explained(dossier: Any) -> None:
    elle, chemin = ecrans.elle_meme(dossier), "/demande-paje-naissance/"
    elle.post(chemin, {"choix": "1", "etape": "0"})
    assert elle.post(chemin, {"p0_enceinte": "oui", "etape": "1"}).status_code == 200  # never seen: shown, not skipped
    refus = elle.post(chemin, {"p0_date_debut_grossesse": "10/09/2024", "p0_enfants_attendus": "", "etape": "2"})
    assert refus.status_code == 422
    assert any("serait terminée" in faute for _, faute in erreurs(refus))


@pytest.mark.preuve(
    "Une famille sans dossier demande en une fois les allocations familiales et la Paje : le foyer, un revenu, rien "
    "d'autre ; un dossier, une décision qui compte les mois d'avant la demande",
    systemes=("S39",),
)
def test_mc_004_a_family_without_a_file_claims_its_allowances_and_the_paje_at_once(
    sans_dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    chemin = "/demande-af/"
    assert set(champs(sans_dossier.get(chemin).content.decode())) == {
        "residence", "couple", "nombre_enfants", "foyer_depuis", "aussi",
    }  # fmt: skip
    _, loi, _ = demandes.sans_dossier(sans_dossier, chemin)
    assert loi == ["p0_nationalite", "f_prestations_familiales_base_ressources"]
    relue = texte(sans_dossier.get(f"{chemin}envoyer/"))
    assert "Allocation de base de la Paje" in relue
    assert "votre conjoint" in relue.lower()
    refus = sans_dossier.post(f"{chemin}envoyer/", {"honneur": "on"})
    assert (refus.status_code, len(erreurs(refus))) == (422, 1)  # the other adult's agreement (MC-087)
    assert sans_dossier.post(f"{chemin}envoyer/", {"honneur": "on", "accord_a1": "on"}).status_code == 302
    demande = Demande.objects.using("proprietaire").latest("pk")
    assert demande.droits == ["af", "paje_base"]
    ouvert = Dossier.objects.using("proprietaire").get(pk=demande.dossier_id)
    assert ouvert.ouvert_le == dt.date(2025, 6, 1)
    dits = faits_dits(ouvert.pk)
    assert set(dits) == {"residence", "nationalite", "prestations_familiales_base_ressources"}
    lu = scellement.relire(DeclarationScellee.objects.using("proprietaire").get(demande_id=demande.pk))
    assert (lu["titre"], lu["prestations"]) == ("Demande d'allocations familiales", ["af", "paje_base"])

    accepter(ecrans.agent(comptes_seuls), demande, envoyer_les_documents(sans_dossier, demande))
    lignes = LigneDroit.objects.using("proprietaire").filter(dossier_id=ouvert.pk, montant_centimes__gt=0)
    mois = {droit: [ligne.mois for ligne in lignes.filter(droit=droit).order_by("mois")] for droit in demande.droits}
    assert mois["af"] == mois["paje_base"] == [dt.date(2026, m, 1) for m in range(1, 12)]  # the year of that income
    assert "Allocations familiales" in texte(sans_dossier.get(MES_DEMANDES))
    assert "elle les calcule chaque mois" in texte(sans_dossier.get(chemin))  # nothing to claim with a file


def test_a_family_benefit_without_a_child_is_explained(sans_dossier: Any) -> None:
    seul = demandes.FAMILLE | {"couple": "non", "nombre_enfants": "0", "aussi": []}
    refus = sans_dossier.post("/demande-cf/", seul | {"etape": "0"})
    assert any("complément familial" in faute for _, faute in erreurs(refus))
    assert (
        sans_dossier.post("/demande-paje-naissance/", seul | {"etape": "0"}).status_code == 200
    )  # one may be expected


def test_with_another_member_no_answer_goes_to_somebody_else(sans_dossier: Any) -> None:
    base = demandes.FAMILLE | {"couple": "non", "aussi": []}
    reponse = sans_dossier.post(ASF, base | {"etape": "0"})
    tape = base | {k: v for k, v in demandes.REPONSES.items() if k.endswith(("date_naissance", "alternee", "deja_la"))}
    tape |= {"p1_soutien_autre_parent": "decede", "p1_enfant_recueilli": "non"}
    assert sans_dossier.post(ASF, tape | {"etape": "1"}).status_code == 200
    reponse = sans_dossier.post(ASF, tape | {"etape": "1", "retirer": "0"})
    assert 'name="p1_soutien_autre_parent"' not in reponse.content.decode()
    assert 'value="08/07/2025"' in reponse.content.decode()


def test_a_simulation_gives_its_answers_to_the_questions_of_the_law() -> None:
    donnees = QueryDict(mutable=True)
    donnees.update({
        "couple": "oui", "a0_nationalite": "francaise", "e0_soutien_autre_parent": "decede", "e0_lien": "deux_parents",
        "e0_pension": "40", "biactivite": "non", "e0_inconnu": "x",
    })  # fmt: skip
    reprise.reprendre(donnees)
    dits = {nom: valeur for nom, valeur in donnees.items() if reprise.DES_QUESTIONS.match(nom)}
    assert dits == {
        "p0_nationalite": "francaise", "p2_soutien_autre_parent": "decede", "p2_enfant_recueilli": "oui",
        "p2_deux_parents_absents": "oui", "p2_pensions_alimentaires_percues": "40", "f_biactivite": "non",
    }  # fmt: skip


def test_several_rights_of_a_simulation_are_claimed_in_one_form(sans_dossier: Any) -> None:
    simulee = ecrans.REPONSES_A_LA_DEMANDE[0] | ecrans.REPONSES_A_LA_DEMANDE[1] | {"aussi": ["ppa", "asf"]}
    assert sans_dossier.post("/demande-rsa/reprendre/", simulee)["Location"] == "/demande-rsa/"
    cochees = re.findall(
        r'<input[^>]*name="aussi"[^>]*value="(\w+)"[^>]*checked', sans_dossier.get("/demande-rsa/").content.decode()
    )
    assert cochees == ["ppa", "asf"]


def test_the_rentree_is_looked_at_in_august_and_the_adoption_in_the_month_of_the_arrival() -> None:
    foyer = SimpleNamespace(depot=dt.date(2026, 11, 1), membres=(), valeur=lambda _membre, _nom: None)
    assert moments.de_la_rentree(foyer) == dt.date(2026, 8, 1)
    assert moments.de_la_rentree(SimpleNamespace(depot=dt.date(2026, 3, 1))) == dt.date(2025, 8, 1)
    enfant = SimpleNamespace(enfant=True)
    arrive = SimpleNamespace(
        depot=foyer.depot, membres=(enfant,), valeur=lambda _m, _n: (dt.date(2026, 5, 20) - dt.date(1970, 1, 1)).days
    )
    assert moments.de_l_arrivee(arrive) == dt.date(2026, 5, 1)
    assert moments.de_l_arrivee(foyer) == foyer.depot


def test_a_child_born_or_come_this_month_counts_from_the_next_one() -> None:
    enfant = SimpleNamespace(enfant=True, naissance=dt.date(2015, 5, 2))
    foyer = SimpleNamespace(depot=dt.date(2026, 11, 1), membres=(enfant,), enfant_arrive=False)
    assert moments.du_mois_ou_du_suivant(foyer) == dt.date(2026, 11, 1)
    foyer.enfant_arrive = True
    assert moments.du_mois_ou_du_suivant(foyer) == dt.date(2026, 12, 1)
    enfant.naissance, foyer.enfant_arrive = dt.date(2026, 11, 5), False
    assert moments.du_mois_ou_du_suivant(foyer) == dt.date(2026, 12, 1)


def test_a_child_who_comes_in_the_month_of_the_claim_is_seen_as_arrived(dossier: Any) -> None:
    """Not who was there already, nor who left: nor in the next month, by when it was there."""
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        connus = charger_dossier(dossier.pk, connaissance.maintenant())
    mois, lignes = dt.date(2026, 11, 1), connus.composition
    benjamin = int(lignes[lignes["role"] == ENFANT]["personne"][-1])
    connu = FoyerConnu(dossier, mois, (), connus, depot=mois, depuis=mois, annee=2024)
    assert not connu.enfant_arrive
    parti = hypothese.sans(connus, dossier.pk, benjamin, dt.date(2026, 9, 1))
    assert not replace(connu, connus=parti).enfant_arrive
    revenu = hypothese.avec(parti, dossier.pk, benjamin, "enfant", dt.date(2026, 11, 30), dt.date(2015, 5, 2))
    assert replace(connu, connus=revenu).enfant_arrive
    assert not replace(connu, connus=revenu, depot=dt.date(2026, 12, 1)).enfant_arrive
    assert not replace(connu, connus=revenu, depot=dt.date(2026, 10, 1)).enfant_arrive
