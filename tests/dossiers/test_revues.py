"""Decisions that a person must look at: what waits, one review each, never edited, told as it is."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connections

from limpide.dossiers import lexique, revues
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Decision, RevueDecision
from limpide.dossiers.previsualisation import appliquer, previsualiser
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.contexte import SYSTEME, Acteur, HorsRegistre, traitement
from tests.banc import ecrans
from tests.banc.mois import ORIGINE, correction_ouverte, salaire, temoin

EN_ATTENTE = lexique.AUTOMATISATIONS["assistee"]


@pytest.fixture
def monde(base: None) -> None:
    """Amina's neighbours expect a child; two months are liquidated."""
    from limpide.monde import chargement

    chargement.charger(8, ecrans.GRAINE, ecrans.MOIS)
    ecrans.attendre_des_enfants()
    for mois in ecrans.MOIS_LIQUIDES:
        liquider_mois(mois, ["751"])


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler(grossesse=True)


def revue(organisme: str = "751", compte: int | None = 1, genre: str = "agent") -> Any:
    return traitement("revue_decision", acteur=Acteur(genre, compte, "Essai"), motif="Essai", organisme=organisme)


def en_attente() -> list[Decision]:
    """What waits in Caf 751, read as the owner."""
    faites = RevueDecision.objects.using("proprietaire").values("decision_id")
    return list(
        Decision.objects.using("proprietaire").filter(organisme_id="751", automatisation="assistee")
        .exclude(pk__in=faites).order_by("prise_le", "pk")
    )  # fmt: skip


def ecrites() -> list[tuple[Any, ...]]:
    lues = RevueDecision.objects.using("proprietaire").order_by("pk")
    return list(lues.values_list("decision_id", "dossier_id", "organisme_id", "agent", "avis", "note"))


def chemin(decision: Decision) -> str:
    return f"/agent/dossier/{decision.dossier_id}/decisions/{decision.pk}/verifier/"


def texte(reponse: Any) -> str:
    brut = reponse.content.decode().replace("&#x27;", "'").replace("\xa0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", brut))


@pytest.mark.preuve("Une décision calculée avec une donnée de santé attend une personne, et le dit", systemes=("S42",))
def test_a_decision_that_reads_health_waits_and_says_so(monde: None) -> None:
    attendues = en_attente()
    assert {d.donnees_sensibles for d in attendues} == {True}
    with revue():
        assert [d.pk for d in revues.a_verifier()] == [d.pk for d in attendues]
        mots = revues.mots(attendues[0], revues.revues_de(attendues[0].dossier_id))
    assert mots == EN_ATTENTE
    assert "vérifiée" not in mots.agent
    assert "l'a vérifié" not in mots.allocataire


def test_once_reviewed_it_says_when_and_leaves_the_queue(monde: None) -> None:
    decision, *autres = en_attente()
    with revue():
        faite = revues.relire(decision, "confirmee", "  Vu. ")
        etat = revues.revues_de(decision.dossier_id)
        mots = revues.mots(decision, etat)
        assert not revues.en_attente(decision, etat)
        assert [d.pk for d in revues.a_verifier()] == [d.pk for d in autres]
    assert re.fullmatch(r"Calculée, vérifiée par une personne le \d+(er)? \w+ \d{4}", mots.agent)
    assert faite.faite_le.year == 2026 or str(faite.faite_le.year) in mots.agent
    assert ecrites() == [(decision.pk, decision.dossier_id, "751", 1, "confirmee", "Vu.")]


def test_reviewed_twice_is_refused_and_changes_nothing(monde: None) -> None:
    decision = en_attente()[0]
    with revue():
        revues.relire(decision, "confirmee")
    avant = ecrites()
    with revue(compte=2):
        with pytest.raises(revues.DejaVerifiee, match="déjà vérifiée"):
            revues.relire(decision, "a_corriger", "Autre avis.")
        assert RevueDecision.objects.count() == 1  # the processing goes on
    assert ecrites() == avant


@pytest.mark.preuve(
    "Deux agents vérifient la même décision en même temps : une seule revue, l'autre est refusée",
    systemes=("S42",),
    controles=(29,),
)
def test_two_agents_at_once(monde: None) -> None:
    decision, issues, depart = en_attente()[0], [], threading.Barrier(2)

    def verifier(compte: int) -> None:
        try:
            with revue(compte=compte):
                depart.wait(10)
                revues.relire(decision, "confirmee")
            issues.append("faite")
        except revues.DejaVerifiee:
            issues.append("refusée")
        finally:
            connections.close_all()

    fils = [threading.Thread(target=verifier, args=(n,)) for n in (1, 2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert sorted(issues) == ["faite", "refusée"]
    assert len(ecrites()) == 1


def test_only_a_decision_that_waits_can_be_reviewed(monde: None) -> None:
    seule = Decision.objects.using("proprietaire").filter(automatisation="exclusive", organisme_id="751").first()
    with revue(), pytest.raises(ErreurSaisie, match="Seule une décision calculée et à vérifier"):
        revues.relire(seule, "confirmee")
    assert ecrites() == []


def test_a_review_names_the_file_of_its_decision(monde: None) -> None:
    decision = en_attente()[0]
    decision.dossier_id = ecrans.fiche_d_amina()[0]
    with revue(), pytest.raises(ErreurSaisie, match="de ce dossier"):
        revues.relire(decision, "confirmee")
    assert ecrites() == []


@pytest.mark.parametrize(("avis", "note", "champ"), [("a_corriger", "  ", "note"), ("peut_etre", "", "avis")])
def test_an_incomplete_review_is_refused(monde: None, avis: str, note: str, champ: str) -> None:
    decision = en_attente()[0]
    with revue(), pytest.raises(ErreurSaisie) as refus:
        revues.relire(decision, avis, note)
    assert list(refus.value.champs) == [champ]
    assert ecrites() == []


def test_another_caf_sees_nothing_and_writes_nothing(monde: None) -> None:
    decision = en_attente()[0]
    with revue("591"):
        assert list(revues.a_verifier()) == []
    with pytest.raises(HorsRegistre, match="périmètre"), revue("591"):
        revues.relire(decision, "confirmee")
    assert ecrites() == []


def test_the_machine_never_reviews(monde: None) -> None:
    decision = en_attente()[0]
    with pytest.raises(HorsRegistre), revue(genre="systeme", compte=None):
        pass
    with pytest.raises(PermissionError, match="agent identifié"), revue(compte=None):
        revues.relire(decision, "confirmee")
    assert ecrites() == []


@pytest.mark.parametrize("verbe", ["DELETE FROM dossiers_revuedecision", "UPDATE dossiers_revuedecision SET note = ''"])
def test_a_review_is_never_edited(monde: None, verbe: str) -> None:
    decision = en_attente()[0]
    with revue():
        revues.relire(decision, "a_corriger", "La période est fausse.")
    avant = ecrites()
    with pytest.raises(IntegrityError, match="ne s'efface pas"), connections["proprietaire"].cursor() as curseur:
        curseur.execute(verbe)
    assert ecrites() == avant


@pytest.mark.preuve(
    "Une correction validée par un agent porte sa revue ; celle d'un traitement ne prétend rien", systemes=("S42",)
)
@pytest.mark.parametrize("par_un_agent", [True, False])
def test_who_took_a_correction_is_told_as_it_is(monde: None, par_un_agent: bool) -> None:
    acteur = Acteur("agent", 1, "Essai") if par_un_agent else SYSTEME
    with traitement("correction_dossier", acteur=acteur, organisme="751", motif="Essai"):
        dossier = temoin()
        prevu = previsualiser(dossier, salaire(dossier, 10_000, ecrans.MOIS.replace(month=9)))
        prise = appliquer(dossier, prevu.corrections, ORIGINE, prevu.empreinte, "Salaire corrigé.")
    with correction_ouverte():
        mots = revues.mots(prise, revues.revues_de(prise.dossier_id))
    if par_un_agent:
        assert prise.automatisation == "assistee"
        assert ecrites() == [(prise.pk, prise.dossier_id, "751", 1, "confirmee", "")]
        assert mots.agent.startswith("Calculée, vérifiée par une personne le ")
    else:
        assert prise.automatisation == "exclusive"
        assert ecrites() == []
        assert mots == lexique.AUTOMATISATIONS["exclusive"]
    assert prise.pk not in {d.pk for d in en_attente()}


# -- the screens ----------------------------------------------------------------------------------------------


def test_the_queue_tells_the_files_without_names_oldest_first(presents: Any) -> None:
    attendues = en_attente()
    client = ecrans.agent(presents)
    assert len(attendues) > 1
    assert f"{len(attendues)} décisions à vérifier" in texte(client.get("/agent/"))
    page = client.get("/agent/a-verifier/")
    adresses = re.findall(r"/agent/dossier/\d+/decisions/(\d+)/verifier/", page.content.decode())
    assert [int(n) for n in adresses] == [d.pk for d in attendues]
    assert "(premier calcul)" in texte(page)
    assert "attend un enfant" not in texte(page).lower()
    assert "Belavassin" not in texte(page)
    vide = ecrans.agent(presents, ecrans.AGENT_NORD)
    assert "Aucune décision n'attend" in texte(vide.get("/agent/a-verifier/"))
    assert "icon-todo" not in vide.get("/agent/").content.decode()


def test_a_review_from_the_list_to_the_citizens_page(presents: Any) -> None:
    from limpide.dossiers.models import Dossier
    from limpide.registre.models import LigneJournal

    decision = en_attente()[0]
    assert EN_ATTENTE.allocataire.startswith("L'ordinateur a fait le calcul.")
    voisine = Dossier.objects.using("proprietaire").get(pk=decision.dossier_id)
    agent = ecrans.agent(presents)
    page = texte(agent.get(chemin(decision)))
    assert "attend un enfant" in page
    assert "Je la confirme" in page
    reponse = agent.post(chemin(decision), {"avis": "confirmee", "note": ""}, follow=True)
    assert f"La décision du dossier n° {voisine.numero} est vérifiée." in texte(reponse)
    lignes = LigneJournal.objects.using("proprietaire").filter(traitement="revue_decision", dossier_id=voisine.pk)
    assert {"lecture", "ecriture"} <= set(lignes.values_list("action", flat=True))
    assert "Vérification d'une décision calculée" in set(lignes.values_list("motif", flat=True))

    numero = ecrans.ouvrir_un_compte(voisine)
    client = ecrans.visiteur()
    ecrans.entrer(client, numero.en_clair())
    client.post("/mot-de-passe/", {"ancien": ecrans.MOT_DE_PASSE, "nouveau": "un tout autre secret",
                                   "confirmation": "un tout autre secret"})  # fmt: skip
    sienne = texte(client.get("/mon-compte/decisions/"))
    assert "Une personne l'a vérifié le" in sienne
    assert sienne.count(EN_ATTENTE.allocataire) == sum(d.dossier_id == voisine.pk for d in en_attente())


def test_to_be_corrected_opens_the_facts_of_the_file(presents: Any) -> None:
    decision = en_attente()[0]
    reponse = ecrans.agent(presents).post(chemin(decision), {"avis": "a_corriger", "note": "Le début est faux."})
    assert (reponse.status_code, reponse["Location"]) == (302, f"/agent/dossier/{decision.dossier_id}/faits/")
    assert [ligne[-2:] for ligne in ecrites()] == [("a_corriger", "Le début est faux.")]


FAUTES: list[tuple[dict[str, str], str]] = [
    ({"avis": "", "note": "Vu hier"}, "Choisissez une réponse."),
    ({"avis": "a_corriger", "note": "   "}, "Écrivez en une phrase ce qui est à corriger."),
    ({"avis": "confirmee", "note": "x" * 501}, "500 caractères au plus"),
]


@pytest.mark.parametrize(("saisie", "message"), FAUTES)
def test_a_faulty_form_says_why_and_keeps_what_was_typed(presents: Any, saisie: dict[str, str], message: str) -> None:
    reponse = ecrans.agent(presents).post(chemin(en_attente()[0]), saisie)
    assert reponse.status_code == 422
    assert message in texte(reponse)
    assert saisie["note"].strip() in texte(reponse)
    if saisie["avis"]:
        assert re.search(rf'value="{saisie["avis"]}"[^>]*checked', reponse.content.decode())
    assert ecrites() == []


def test_the_second_agent_is_told_and_nothing_changes(presents: Any) -> None:
    decision = en_attente()[0]
    agent = ecrans.agent(presents)
    assert agent.post(chemin(decision), {"avis": "confirmee"}).status_code == 302
    avant = ecrites()
    reponse = agent.post(chemin(decision), {"avis": "a_corriger", "note": "Je ne suis pas d'accord."})
    assert reponse.status_code == 409
    assert "déjà vérifiée" in texte(reponse)
    assert "Je ne suis pas d'accord." in texte(reponse)
    assert ecrites() == avant
    assert "Enregistrer ma vérification" not in texte(agent.get(chemin(decision)))


@pytest.mark.parametrize("qui", ["autre_caf", "allocataire", "visiteur"])
def test_nobody_else_reviews(presents: Any, qui: str) -> None:
    decision = en_attente()[0]
    ouvrir: dict[str, Callable[[], Any]] = {
        "autre_caf": lambda: ecrans.agent(presents, ecrans.AGENT_NORD),
        "allocataire": lambda: ecrans.allocataire(presents),
        "visiteur": ecrans.visiteur,
    }
    reponse = ouvrir[qui]().post(chemin(decision), {"avis": "confirmee"})
    assert reponse.status_code == {"autre_caf": 404, "allocataire": 403, "visiteur": 302}[qui]
    assert ecrites() == []


def test_a_decision_taken_by_the_law_alone_is_not_reviewed(presents: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    sienne = Decision.objects.using("proprietaire").filter(dossier_id=dossier).first()
    assert ecrans.agent(presents).get(chemin(sienne)).status_code == 404
