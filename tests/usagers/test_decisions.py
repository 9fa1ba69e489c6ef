"""The letter of a decision and the detail of its calculation: complete, replayed, in time, nobody else's."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.test import Client
from freezegun import freeze_time
from pypdf import PdfReader

from limpide.dossiers import decisions, detail, lettres, lexique
from limpide.dossiers.models import Decision, DemandeDetail
from limpide.dossiers.voies_de_recours import recours_de
from limpide.droits.faits import NATURES
from limpide.droits.recu import rejouer
from tests.banc import ecrans


@pytest.fixture
def amina(presents: Any) -> Client:
    return ecrans.allocataire(presents)


def sienne() -> Decision:
    dossier, _ = ecrans.fiche_d_amina()
    return Decision.objects.using("proprietaire").filter(dossier_id=dossier).latest("prise_le")


def autre() -> Decision:
    dossier, _ = ecrans.fiche_d_amina()
    return Decision.objects.using("proprietaire").exclude(dossier_id=dossier).earliest("pk")


def demandes() -> list[DemandeDetail]:
    return list(DemandeDetail.objects.using("proprietaire").order_by("pk"))


def mots(reponse: Any) -> str:
    """Plain words of a page or of a PDF."""
    if reponse["Content-Type"] == "application/pdf":
        pages = PdfReader(io.BytesIO(reponse.content)).pages
        brut = " ".join(page.extract_text() for page in pages)
    else:
        brut = reponse.content.decode().replace("&#x27;", "'")
    return " ".join(brut.replace("\xa0", " ").replace("\u202f", " ").split())


@pytest.mark.preuve(
    "MC-088 : le courrier d'une décision rappelle règles, finalité, droit au détail et recours, en page et en PDF",
    systemes=("S42",),
)
def test_mc_088_le_courrier_est_complet(amina: Client) -> None:
    decision = sienne()
    for chemin in ("", "lettre.pdf"):
        reponse = amina.get(f"/mon-compte/decisions/{decision.pk}/{chemin}")
        assert reponse.status_code == 200
        texte = mots(reponse)
        for attendu in (decisions.FINALITE, decision.regles_id[:16], "L311-3-1", "Cada", "Vos droits sur ce calcul"):
            assert attendu in texte, (chemin, attendu)
        for droit in {effet["droit"] for effet in decision.effets}:
            assert recours_de(droit)["silence"].split(" du code")[0] in texte
    encore = amina.get(f"/mon-compte/decisions/{decision.pk}/lettre.pdf")
    assert encore.content == reponse.content
    assert encore["Content-Disposition"] == f'attachment; filename="decision-{decision.pk}.pdf"'


COMPLETE: dict[str, Any] = {
    "caisse": "Caf", "dossier": "1", "destinataire": "A", "reference": "r",
    "le": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    "recours": "r", "niveau": "exclusive", "niveau_en_clair": "n", "finalite": "f", "regles": "a" * 64,
    "regles_du": dt.date(2026, 1, 1), "mention": "m", "effets": (lettres.Effet("m", "d", "a", "b", "r"),), "cause": "",
}  # fmt: skip


@pytest.mark.preuve(
    "Aucun courrier ne part sans niveau, finalité, règles, mention ni recours : le type le refuse", systemes=("S42",)
)
@pytest.mark.parametrize(
    ("autres", "message"),
    [({"mention": " "}, "la mention de l'algorithme"), ({"recours": ""}, "les voies de recours"),
     ({"finalite": ""}, "la finalité"), ({"regles": ""}, "la version des règles"), ({"niveau": ""}, "niveau"),
     ({"niveau": "aucune"}, "niveau"), ({"effets": ()}, "aucun effet")],
)  # fmt: skip
def test_mc_088_un_courrier_incomplet_ne_part_pas(autres: dict[str, Any], message: str) -> None:
    assert lettres.LettreCalculee(**COMPLETE)
    with pytest.raises(lettres.LettreIncomplete, match=message):
        lettres.LettreCalculee(**COMPLETE | autres)


@pytest.mark.preuve(
    "Le détail d'un calcul s'obtient en un clic : part du calcul, données et sources, paramètres, opérations, rejoués",
    systemes=("S42",),
)
def test_le_detail_vient_du_rejeu(amina: Client) -> None:
    decision = sienne()
    chemin = f"/mon-compte/decisions/{decision.pk}/detail/"
    assert "Demander le détail du calcul" in mots(amina.get(chemin))
    assert amina.post(f"{chemin}demander/").status_code == 302
    (demande,) = demandes()
    assert (demande.decision_id, demande.agent) == (decision.pk, None)
    assert demande.echeance == detail.echeance(demande.deposee_le.astimezone().date())
    assert demande.repondue_le is not None
    page = mots(amina.get(chemin))
    for titre in ("1. Part du calcul", "2. Données lues", "3. Paramètres appliqués", "4. Opérations effectuées"):
        assert titre in page
    _verifier_le_contenu(decision, demande.reponse)
    pdf = mots(amina.get(f"/mon-compte/decisions/{decision.pk}/detail.pdf"))
    for droit in demande.reponse["mois"][0]["droits"]:
        assert all(p["reference"] in page for p in droit["parametres"])
        assert droit["parametres"][0]["reference"].split()[0] in pdf
    # Asked again, the same request and the same answer.
    assert amina.post(f"{chemin}demander/").status_code == 302
    assert [d.pk for d in demandes()] == [demande.pk]


def _verifier_le_contenu(decision: Decision, reponse: dict[str, Any]) -> None:
    assert reponse["regles"] == decision.regles_id
    donnes = {(m["mois"], d["droit"]) for m in reponse["mois"] for d in m["droits"]}
    assert donnes == {(e["mois"], e["droit"]) for e in decision.effets}
    libelles = {n.libelle for n in NATURES.values()}
    for mois in reponse["mois"]:
        assert rejouer(mois["recu"]) == []
        for droit in mois["droits"]:
            assert droit["parametres"]
            assert droit["operations"]
            assert {d["quoi"] for d in droit["donnees"]} <= libelles
            assert all(d["source"] and d["qui"] for d in droit["donnees"])
            assert all(p["article"] and p["reference"] for p in droit["parametres"])
    sources = {d["source"].split(", connu")[0] for m in reponse["mois"] for x in m["droits"] for d in x["donnees"]}
    assert sources & {mots.allocataire for mots in lexique.SOURCES.values()}


def test_le_recu_se_telecharge_et_se_rejoue(amina: Client) -> None:
    decision = sienne()
    amina.post(f"/mon-compte/decisions/{decision.pk}/detail/demander/")
    mois = decision.effets[0]["mois"]
    reponse = amina.get(f"/mon-compte/decisions/{decision.pk}/recu/{mois}.json")
    recu = json.loads(reponse.content)
    assert rejouer(recu) == []
    assert "Belavassin" not in reponse.content.decode()
    assert amina.get(f"/mon-compte/decisions/{decision.pk}/recu/2020-01.json").status_code == 404


@pytest.fixture
def rejeu_different(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the law had changed since: another rule gives another amount."""

    def autre_montant(effet: dict[str, Any], resultat: Any) -> None:
        raise detail.RejeuDifferent("Le rejeu ne redonne pas le montant de la décision : les règles ont changé depuis.")

    monkeypatch.setattr(detail, "_verifier", autre_montant)


@pytest.mark.preuve(
    "Sans réponse au bout d'un mois, la demande de détail est refusée : route et date de la Cada", systemes=("S42",)
)
def test_sans_reponse_le_refus_et_la_cada(amina: Client, rejeu_different: None) -> None:
    decision = sienne()
    chemin = f"/mon-compte/decisions/{decision.pk}/detail/"
    amina.post(f"{chemin}demander/")
    (demande,) = demandes()
    assert (demande.repondue_le, demande.reponse) == (None, None)
    assert "une personne de votre caisse prépare la réponse" in mots(amina.get(chemin))
    assert amina.get(f"/mon-compte/decisions/{decision.pk}/detail.pdf").status_code == 404
    le_lendemain = dt.datetime.combine(demande.echeance + dt.timedelta(days=1), dt.time(12), dt.UTC)
    cada = detail.cada_jusqu_au(demande)
    with freeze_time(le_lendemain - dt.timedelta(days=1)):
        assert detail.refus_implicite(demande, demande.echeance) is False
    assert detail.refus_implicite(demande, le_lendemain.date()) is True
    presents = {c.identifiant: c for c in ecrans.comptes.creer(ecrans.MOIS)}
    with freeze_time(le_lendemain):
        page = mots(ecrans.allocataire(presents).get(chemin))
        assert "Votre demande est refusée, faute de réponse" in page
        assert "saisir la Commission d'accès aux documents administratifs (Cada)" in page
        assert f"jusqu'au {cada.day} " in page
    with freeze_time(dt.datetime.combine(cada + dt.timedelta(days=1), dt.time(12), dt.UTC)):
        assert "Le délai pour saisir la Cada est passé" in mots(ecrans.allocataire(presents).get(chemin))


def test_un_montant_qui_ne_se_retrouve_pas_n_est_pas_explique() -> None:
    class Resultat:
        montant_centimes, crds_centimes, motif = 1000, 5, "OUVERT"

    detail._verifier({"apres": 995, "motif": "OUVERT"}, Resultat())
    for effet in ({"apres": 994, "motif": "OUVERT"}, {"apres": 995, "motif": "AGE"}):
        with pytest.raises(detail.RejeuDifferent):
            detail._verifier(effet, Resultat())


@pytest.mark.parametrize(
    ("jour", "nombre", "attendu"),
    [(dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)), (dt.date(2027, 12, 31), 2, dt.date(2028, 2, 29)),
     (dt.date(2026, 11, 25), 1, dt.date(2026, 12, 25)), (dt.date(2026, 11, 25), 2, dt.date(2027, 1, 25))],
)  # fmt: skip
def test_un_mois_plus_tard(jour: dt.date, nombre: int, attendu: dt.date) -> None:
    assert detail.plus_mois(jour, nombre) == attendu


@pytest.mark.parametrize("suite", ["", "lettre.pdf", "detail/", "detail.pdf", "recu/2026-11.json"])
def test_la_decision_d_un_autre_n_existe_pas(amina: Client, suite: str) -> None:
    assert amina.get(f"/mon-compte/decisions/{autre().pk}/{suite}").status_code == 404


def test_demander_pour_un_autre_ne_laisse_rien(amina: Client, presents: Any) -> None:
    numero = autre().pk
    assert amina.post(f"/mon-compte/decisions/{numero}/detail/demander/").status_code == 404
    assert ecrans.visiteur().post(f"/mon-compte/decisions/{numero}/detail/demander/").status_code == 302
    assert ecrans.agent(presents).post(f"/mon-compte/decisions/{numero}/detail/demander/").status_code == 403
    assert demandes() == []


ENCORE = (
    "INSERT INTO dossiers_demandedetail (decision_id, dossier_id, organisme_id, echeance) SELECT decision_id,"
    " dossier_id, organisme_id, echeance FROM dossiers_demandedetail"
)


@pytest.mark.parametrize(
    ("ordre", "message"),
    [("UPDATE dossiers_demandedetail SET echeance = '2030-01-01'", "recevoir sa réponse, une fois"),
     ("UPDATE dossiers_demandedetail SET reponse = '{}'", "recevoir sa réponse, une fois"),
     (ENCORE, "detail_une_demande_par_decision")],
)  # fmt: skip
def test_la_base_garde_la_demande(amina: Client, ordre: str, message: str) -> None:
    amina.post(f"/mon-compte/decisions/{sienne().pk}/detail/demander/")
    with pytest.raises(IntegrityError, match=message), connections["proprietaire"].cursor() as curseur:
        curseur.execute(ordre)


def test_un_agent_repond_quand_le_rejeu_ne_peut_pas(amina: Client, presents: Any, rejeu_different: None) -> None:
    decision = sienne()
    amina.post(f"/mon-compte/decisions/{decision.pk}/detail/demander/")
    agent = ecrans.agent(presents)
    assert "1 demande sans réponse" in mots(agent.get("/agent/details/"))
    assert "Aucune demande n'attend" in mots(ecrans.agent(presents, ecrans.AGENT_NORD).get("/agent/details/"))
    chemin = f"/agent/dossier/{decision.dossier_id}/decisions/{decision.pk}/detail/"
    refus = agent.post(chemin, {"texte": "Trop court."})
    assert (refus.status_code, "Trop court." in refus.content.decode(), demandes()[0].reponse) == (422, True, None)
    texte = "Le calcul a donné le montant seul, avec votre salaire d'août, déclaré par vous, et les paramètres d'alors."
    assert agent.post(chemin, {"texte": texte}).status_code == 302
    (demande,) = demandes()
    assert (demande.reponse["texte"], demande.agent is not None) == (texte, True)
    assert "avec votre salaire d'août" in mots(amina.get(f"/mon-compte/decisions/{decision.pk}/detail/"))
    assert "votre salaire d'août" in mots(amina.get(f"/mon-compte/decisions/{decision.pk}/detail.pdf"))
    assert agent.post(chemin, {"texte": texte}).status_code == 404  # answered once
