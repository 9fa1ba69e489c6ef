"""Tasks of agents: opened once, answered once, read by the person only in their own file."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from limpide.dossiers import taches
from limpide.dossiers.models import EtatTache, GenreTache, TacheAgent
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.contexte import Acteur, traitement
from tests.banc import ecrans

AGENT = Acteur("agent", 1, "Essai")


@pytest.fixture
def monde(base: None) -> dict[str, Any]:
    presents = ecrans.peupler()
    return {"agent": ecrans.agent(presents), "nord": ecrans.agent(presents, ecrans.AGENT_NORD)}


def _adresse(tache: int) -> str:
    return f"/agent/dossier/{ecrans.fiche_d_amina()[0]}/taches/{tache}/"


def test_an_agent_answers_once_and_the_task_leaves_the_list(monde: dict[str, Any]) -> None:
    tache = ecrans.ouvrir_une_tache()
    agent = monde["agent"]
    assert "Le salaire d" in agent.get("/agent/taches/?genre=erreur").content.decode()
    assert "Rien n" in agent.get("/agent/taches/?genre=residence").content.decode()
    vide = agent.post(_adresse(tache), {"issue": "faite", "reponse": " "})
    assert vide.status_code == 422
    assert "Écrivez ce qui est répondu" in vide.content.decode()
    assert agent.post(_adresse(tache), {"issue": "faite", "reponse": "Le salaire est corrigé."}).status_code == 302
    lue = TacheAgent.objects.using("proprietaire").get(pk=tache)
    assert (lue.etat, lue.reponse, lue.agent[:7]) == ("faite", "Le salaire est corrigé.", "compte ")
    encore = agent.post(_adresse(tache), {"issue": "sans_suite", "reponse": "Autre chose."})
    assert encore.status_code == 422
    assert "déjà traitée" in encore.content.decode()
    assert "Rien n" in agent.get("/agent/taches/").content.decode()


def test_another_caf_sees_nothing_of_it(monde: dict[str, Any]) -> None:
    tache = ecrans.ouvrir_une_tache()
    assert "Le salaire d" not in monde["nord"].get("/agent/taches/").content.decode()
    assert monde["nord"].get(_adresse(tache)).status_code == 404


def test_the_same_key_opens_one_task_and_the_person_answers_once(monde: dict[str, Any]) -> None:
    tache = TacheAgent.objects.using("proprietaire").get(pk=ecrans.ouvrir_une_tache("residence"))
    quand, dossier = timezone.now(), tache.dossier
    with traitement("taches_agents", acteur=AGENT, motif="Essai", organisme="751"):
        meme = taches.ouvrir(dossier, GenreTache.RESIDENCE, "essai", "Autre", "Autre", "essai", quand)
        assert (meme.pk, meme.objet) == (tache.pk, tache.objet)
        for issue, reponse in ((EtatTache.OUVERTE, "Oui"), (EtatTache.FAITE, "  ")):
            with pytest.raises(ErreurSaisie):
                taches.clore(tache, "compte 1", issue, reponse, quand)
        taches.clore(tache, "compte 1", EtatTache.SANS_SUITE, "Rien ne change.", quand)
        with pytest.raises(ErreurSaisie, match="déjà traité"):
            taches.repondre(tache, "Je suis là.", quand + dt.timedelta(minutes=1))


def test_a_task_closed_without_an_answer_is_refused_by_the_database(monde: dict[str, Any]) -> None:
    tache = ecrans.ouvrir_une_tache()
    with pytest.raises(IntegrityError, match="tache_traitee_avec_une_reponse"):
        TacheAgent.objects.using("proprietaire").filter(pk=tache).update(etat="faite", traitee_le=timezone.now())
