"""Accreditations to the RNCPS: one agent, one mode, until a day; without one neither question nor answer (R114-29)."""

import html
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from limpide.dossiers import habilitations_rncps
from limpide.dossiers.models import ConsultationRncps, HabilitationRncps
from limpide.identite.models import Compte
from limpide.monde import comptes
from tests.banc import ecrans
from tests.dossiers.test_consultation_rncps import AILLEURS, amina, ordre

FILE = "/agent/rncps/"
SANS = "Vous n'êtes pas habilité"
FINIE = "UPDATE dossiers_habilitationrncps SET depuis = depuis - 400, jusqu_au = jusqu_au - 400"
A_VENIR = "UPDATE dossiers_habilitationrncps SET depuis = depuis + 30, jusqu_au = jusqu_au + 30"


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler()


def retirer() -> None:
    call_command("rncps", "retirer-habilitation", ecrans.AGENT_PARIS, "--executer")


def garder(mode: str) -> None:
    """The agent of Paris may ask in this mode only."""
    retirer()
    comptes.habiliter([ecrans.AGENT_PARIS], [mode])


def questions() -> Any:
    return ConsultationRncps.objects.using("proprietaire")


def poser(agent: Any, mode: str = "temps_reel") -> Any:
    client, chemin = agent
    return client.post(chemin, {"acte": "consulter", "motif": "adresse", "mode": mode})


def lue(reponse: Any) -> str:
    return html.unescape(reponse.content.decode())


@pytest.mark.preuve(
    "Consultation du Rncps : un agent sans habilitation nommée, ou dont elle est finie, retirée ou d'un autre mode, ne "
    "pose aucune question et ne lit aucune réponse ; la base refuse aussi (RN-03)",
    systemes=("S47",),
)
@pytest.mark.parametrize("comment", ["aucune", "finie", "a_venir", "retiree", "autre_agent"])
def test_rn_03_sans_habilitation_ni_question_ni_reponse(repertoire: Any, agent: Any, comment: str) -> None:
    tenu, _ = repertoire
    amina(tenu, "Caf du Nord", AILLEURS, "rsa")
    client, chemin = agent
    assert poser(agent).status_code == 302
    assert "2 rue d'Avant" in lue(client.get(chemin))
    if comment == "retiree":
        retirer()
    elif comment == "autre_agent":  # those of the agent of the North are not theirs
        ordre(f"DELETE FROM dossiers_habilitationrncps WHERE agent = {_compte(ecrans.AGENT_PARIS)}")
    else:
        ordre({"aucune": "DELETE FROM dossiers_habilitationrncps", "finie": FINIE, "a_venir": A_VENIR}[comment])
    page = lue(client.get(chemin))
    assert SANS in page
    assert "2 rue d'Avant" not in page
    assert "Consulter le Rncps</button>" not in page
    posee = questions().get()
    for acte in (
        {"acte": "consulter", "motif": "adresse"},
        {"acte": "constater", "consultation": posee.pk, "constat": "Vérifié."},
        {"acte": "regarder", "consultation": posee.pk},
    ):
        refusee = client.post(chemin, acte)
        assert refusee.status_code == 422
        assert SANS in lue(refusee)
    assert questions().get().constat == ""
    assert len(tenu.traces) == 1
    assert f"/agent/dossier/{posee.dossier_id}/rncps/" not in lue(client.get(FILE))
    assert SANS in lue(client.get(FILE))
    with pytest.raises(IntegrityError, match="agent sans habilitation"):
        questions().create(dossier_id=posee.dossier_id, organisme_id="751", agent=posee.agent, motif="adresse")


@pytest.mark.parametrize(("tenu", "autre"), [("temps_reel", "differe"), ("differe", "temps_reel")])
def test_une_habilitation_vaut_pour_son_mode(repertoire: Any, agent: Any, tenu: str, autre: str) -> None:
    garder(tenu)
    client, chemin = agent
    page = lue(client.get(chemin))
    assert f'value="{tenu}"' in page
    assert f'value="{autre}"' not in page
    refusee = poser(agent, autre)
    assert refusee.status_code == 422
    assert "pas habilité à consulter le Rncps de cette façon" in lue(refusee)
    assert not questions().exists()
    assert poser(agent, tenu).status_code == 302
    assert questions().get().mode == tenu


def test_qui_decide_des_campagnes_ne_consulte_pas_seul(repertoire: Any, agent: Any) -> None:
    garder("collectif")
    client, chemin = agent
    page = lue(client.get(chemin))
    assert SANS not in page  # may read what a campaign found
    assert "Consulter le Rncps</button>" not in page
    for mode in ("temps_reel", "differe", ""):
        assert poser(agent, mode).status_code == 422
    assert not questions().exists()


def test_une_question_qui_attend_ne_part_plus_sans_habilitation(repertoire: Any, agent: Any, capsys: Any) -> None:
    tenu, _ = repertoire
    assert poser(agent, "differe").status_code == 302
    retirer()
    call_command("rncps", "interroger", "--executer")
    assert "1 question(s) en attente ; 0 répondue(s), 1 sans suite" in capsys.readouterr().out
    assert not tenu.traces
    close = questions().get()
    assert (close.repondue_le, close.reponse) == (None, None)
    comptes.habiliter([ecrans.AGENT_PARIS], ["temps_reel"])
    client, chemin = agent
    assert "n'est plus habilité" in lue(client.get(chemin))


def test_une_question_en_attente_part_si_son_agent_garde_une_habilitation(repertoire: Any, agent: Any) -> None:
    _, simule = repertoire
    simule.tomber("coupure", fois=3)
    assert poser(agent).status_code == 302
    assert questions().get().mode == "differe"  # asked in real time, the directory didn't answer
    garder("temps_reel")
    call_command("rncps", "interroger", "--executer")
    assert questions().get().repondue_le is not None


def test_la_commande_liste_et_refuse(presents: Any, capsys: Any) -> None:
    call_command("rncps", "habilitations")
    sortie = capsys.readouterr().out
    assert "751  agent.paris  en temps réel, jusqu'au" in sortie
    assert "4 habilitation(s) en cours." in sortie
    with pytest.raises(CommandError, match="mode"):
        call_command("rncps", "habiliter", ecrans.AGENT_PARIS, "--mode=tout", "--decision=D1", "--jusqu-au=2026-12-31")
    retirer()
    call_command("rncps", "habilitations")
    assert "agent.paris" not in capsys.readouterr().out.split("retirée(s).")[1]
    assert HabilitationRncps.objects.using("proprietaire").count() == 4  # withdrawn, not erased


def test_les_memes_modes_ne_se_donnent_pas_deux_fois(presents: Any) -> None:
    comptes.habiliter([ecrans.AGENT_PARIS], habilitations_rncps.SEULES)
    assert HabilitationRncps.objects.using("proprietaire").filter(agent=_compte(ecrans.AGENT_PARIS)).count() == 2


def _compte(identifiant: str) -> int:
    return int(Compte.objects.using("proprietaire").get(identifiant=identifiant).pk)
