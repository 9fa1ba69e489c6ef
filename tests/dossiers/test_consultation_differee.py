"""Questions that wait: asked later by lists, once, whatever is killed; found in the file and in the Caf's queue."""

import html
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from limpide.dossiers import consultation_differee, consultation_rncps, rncps
from limpide.dossiers.models import ConsultationRncps
from limpide.monde.rncps import Repertoire
from limpide.monde.rncps import rncps as simuler
from limpide.monde.simulateurs import PartenaireSimule, Simulateur
from limpide.registre.models import LigneJournal
from limpide.socle.appel import Partenaire
from tests.banc import ecrans
from tests.dossiers.test_consultation_rncps import AILLEURS, amina, droits_et_faits, ordre, une
from tests.pannes.coupures import attendre, lancer

FILE = "/agent/rncps/"


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler()


@pytest.fixture
def ouvert(presents: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Repertoire, PartenaireSimule, Partenaire]]:
    """The directory on HTTP, where the product looks for it; the Caf published first."""
    tenu = Repertoire()
    serveur = Simulateur(simuler(tenu), port=0)
    monkeypatch.setenv("LIMPIDE_RNCPS_URL", serveur.adresse("rncps"))
    with serveur.ouvert():
        simule = serveur.partenaires["rncps"]
        rncps.publier()
        yield tenu, simule, Partenaire("rncps", serveur.adresse("rncps"), simule.jeton, essais=2, attente=0.0)


@pytest.fixture
def agent(presents: Any) -> Any:
    dossier, _ = ecrans.fiche_d_amina()
    return ecrans.ouvrir(ecrans.agent(presents), dossier)


def chemin() -> str:
    return f"/agent/dossier/{ecrans.fiche_d_amina()[0]}/rncps/"


def page(client: Any, ou: str = "") -> str:
    return html.unescape(client.get(ou or chemin()).content.decode())


def demander(client: Any, mode: str = "differe") -> Any:
    assert client.post(chemin(), {"acte": "consulter", "motif": "adresse", "mode": mode}).status_code == 302
    return une()


@pytest.mark.preuve(
    "Consultation du Rncps en différé : la question attend, se pose par liste, la réponse se retrouve et se regarde ; "
    "la trace dit le mode (RN-03)",
    systemes=("S47",),
)
def test_rn_03_une_question_en_differe(ouvert: Any, agent: Any, capsys: Any) -> None:
    tenu, simule, _ = ouvert
    amina(tenu, "Cpam de Paris", AILLEURS)
    posee = demander(agent)
    assert (posee.mode, posee.repondue_le) == ("differe", None)
    assert "/v1/consultations" not in simule.recues
    assert "La réponse n'est pas encore arrivée." in page(agent)
    assert "Aucune réponse n'est à regarder." in page(agent, FILE)
    call_command("rncps", "interroger")
    assert "1 question(s) en attente ; rien n'a été demandé" in capsys.readouterr().out
    assert une().repondue_le is None
    avant = droits_et_faits()
    call_command("rncps", "interroger", "--executer")
    assert "1 répondue(s), 0 sans suite" in capsys.readouterr().out
    assert droits_et_faits() == avant
    assert une().ecarts == ["adresse"]
    assert tenu.traces[str(posee.pk)]["mode"] == "differe"
    assert [t["mode"] for t in consultation_rncps.traces()] == ["differe"]
    for dit in ("en différé", "Cpam de Paris", "2 rue d'Avant"):
        assert dit in page(agent)
    numero = ecrans.comptes.numero_allocataire(0)
    for dit in ("1 réponse à regarder", numero, "Un organisme connaît une autre adresse."):
        assert dit in page(agent, FILE)
    assert "Amina" not in page(agent, FILE)
    # Where something differs, an agent writes a finding rather than a glance.
    assert agent.post(chemin(), {"acte": "regarder", "consultation": posee.pk}).status_code == 422
    agent.post(chemin(), {"acte": "constater", "consultation": posee.pk, "constat": "A déménagé."})
    assert "Aucune réponse n'est à regarder." in page(agent, FILE)
    lues = LigneJournal.objects.using("proprietaire").filter(personne_id=ecrans.fiche_d_amina()[1])
    assert lues.filter(traitement=consultation_differee.DIFFERER).exists()
    assert lues.filter(traitement=consultation_rncps.CONSULTER, acteur_genre="agent").exists()


def test_une_reponse_ou_rien_ne_differe_se_marque_vue(ouvert: Any, agent: Any) -> None:
    posee = demander(agent)
    assert agent.post(chemin(), {"acte": "regarder", "consultation": posee.pk}).status_code == 422  # not there yet
    consultation_differee.interroger()
    assert "Rien ne diffère." in page(agent, FILE)
    assert agent.post(chemin(), {"acte": "regarder", "consultation": posee.pk}).status_code == 302
    assert une().vue_par is not None
    assert "Aucune réponse n'est à regarder." in page(agent, FILE)
    assert agent.post(chemin(), {"acte": "regarder", "consultation": posee.pk}).status_code == 422


def test_un_agent_d_une_autre_caf_n_a_rien_a_regarder(ouvert: Any, agent: Any, presents: Any) -> None:
    demander(agent)
    consultation_differee.interroger()
    assert "1 réponse à regarder" in page(agent, FILE)
    assert "Aucune réponse n'est à regarder." in page(ecrans.agent(presents, ecrans.AGENT_NORD), FILE)


@pytest.mark.parametrize("panne", ["coupure", "500", "charabia"])
def test_un_rncps_muet_fait_attendre_la_question(ouvert: Any, agent: Any, panne: str) -> None:
    """In real time first, then in a list, under the same key."""
    tenu, simule, vers = ouvert
    simule.tomber(panne, fois=3)
    posee = demander(agent, "temps_reel")
    assert "sera posée en différé" in page(agent)
    assert une().mode == "differe"
    simule.tomber(panne, fois=2)
    assert consultation_differee.interroger(vers).arrete
    assert une().repondue_le is None
    bilan = consultation_differee.interroger(vers)
    assert (bilan.en_attente, bilan.repondues, bilan.arrete) == (1, 1, False)
    assert list(tenu.traces) == [str(posee.pk)]


@pytest.mark.parametrize("moment", ["_noter", "_comprendre"])
def test_tuee_apres_l_envoi_elle_se_reprend_sous_la_meme_cle(ouvert: Any, agent: Any, moment: str) -> None:
    """The directory answered; we died before keeping it. Neither a second question nor a lost answer."""
    tenu, _, vers = ouvert
    posee = demander(agent)

    def interroger_et_mourir() -> None:
        setattr(consultation_differee, moment, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        consultation_differee.interroger(vers)

    assert attendre(lancer(interroger_et_mourir)) == -signal.SIGKILL
    assert list(tenu.traces) == [str(posee.pk)]
    assert une().repondue_le is None
    assert consultation_differee.interroger(vers).repondues == 1
    assert list(tenu.traces) == [str(posee.pk)]
    assert consultation_differee.interroger(vers).en_attente == 0


def test_une_question_en_temps_reel_coupee_attend_comme_les_autres(ouvert: Any, agent: Any, monkeypatch: Any) -> None:
    """The server died between the page and the network."""
    _, _, vers = ouvert
    monkeypatch.setattr("limpide.dossiers.views.rncps._envoyer", lambda *_: None)
    demander(agent, "temps_reel")
    assert consultation_differee.interroger(vers).en_attente == 0  # it may still be on its way
    ordre("UPDATE dossiers_consultationrncps SET demandee_le = demandee_le - interval '6 minutes'")
    assert consultation_differee.interroger(vers).repondues == 1
    assert une().mode == "differe"


def test_une_personne_sans_numero_n_arrete_pas_les_autres(ouvert: Any, agent: Any) -> None:
    _, _, vers = ouvert
    demander(agent)
    _, personne = ecrans.fiche_d_amina()
    ordre(f"UPDATE identite_immatriculation SET certifie_le = NULL WHERE personne_id = {personne}")
    bilan = consultation_differee.interroger(vers)
    assert (bilan.repondues, bilan.sans_suite, bilan.arrete) == (0, 1, False)
    assert "n'est plus certifié" in page(agent)
    assert "n'est plus certifié" in page(agent, FILE)
    assert consultation_differee.interroger(vers).en_attente == 0


def test_une_liste_garde_ce_qui_est_repondu_et_dit_ce_qui_est_refuse(ouvert: Any, agent: Any, monkeypatch: Any) -> None:
    """More questions than one list holds; one refused, one unreadable."""
    tenu, simule, vers = ouvert
    posees = [str(demander(agent).pk) for _ in range(13)]
    dire = tenu._dire
    monkeypatch.setattr(
        tenu,
        "_dire",
        lambda q, mode: (
            {"etat": "refusee", "raison": "nom", "cle": q["cle"]}
            if q["cle"] == posees[0]
            else {"cle": q["cle"], "organismes": [{}]}
            if q["cle"] == posees[1]
            else dire(q, mode)
        ),
    )
    bilan = consultation_differee.interroger(vers)
    assert (bilan.en_attente, bilan.repondues, bilan.sans_suite) == (13, 11, 2)
    assert simule.recues.count(consultation_differee.CHEMIN) == 2
    closes = ConsultationRncps.objects.using("proprietaire").exclude(sans_suite="").order_by("demandee_le")
    assert [c.sans_suite for c in closes] == [
        "Le répertoire a refusé la question (nom)",
        consultation_differee.ILLISIBLE,
    ]


def test_sans_adresse_la_commande_le_dit(presents: Any, agent: Any, monkeypatch: Any) -> None:
    monkeypatch.delenv("LIMPIDE_RNCPS_URL", raising=False)
    demander(agent)
    with pytest.raises(CommandError, match="LIMPIDE_RNCPS_URL"):
        call_command("rncps", "interroger", "--executer")
