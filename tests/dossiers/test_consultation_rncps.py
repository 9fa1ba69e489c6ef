"""Consultation of the RNCPS by an agent: asked with a reason, answered, verified; never a fact, gone after a month."""

import datetime as dt
import html
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from limpide.dossiers import consultation_rncps
from limpide.dossiers.models import ConsultationRncps, Fait, LigneDroit
from limpide.monde.rncps import Repertoire
from limpide.registre.models import LigneJournal
from tests.banc import ecrans
from tests.banc.base import connexion_superutilisateur

AILLEURS = {"lignes": "2 rue d'Avant", "code_postal": "93999", "commune": "Ailleurs"}
MEME = {"lignes": "1, Rue des Éssais", "code_postal": "75999", "commune": "FICTIVILLE"}


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler()


def amina(tenu: Repertoire, organisme: str, adresse: Any = None, nature: str = "Retraite") -> None:
    """Another body says this of Amina."""
    _, personne = ecrans.fiche_d_amina()
    numero = ecrans.numero_de(personne).en_clair()
    prestation = {"nature": nature, "depuis": "2026-01", "jusqu_au": None}
    fiche = {
        "rattachement": {"depuis": "2019-01-01", "jusqu_au": None},
        "prestations": [prestation],
        "adresse": adresse,
    }
    tenu.inscrire(numero, tenu.noms[numero], organisme, fiche)


def consulter(agent: tuple[Any, str], motif: str = "adresse") -> str:
    client, chemin = agent
    assert client.post(chemin, {"acte": "consulter", "motif": motif}).status_code == 302
    return html.unescape(client.get(chemin).content.decode())


def une() -> Any:
    return ConsultationRncps.objects.using("proprietaire").latest("demandee_le")


def ordre(sql: str) -> None:
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        connexion.execute(sql)


def droits_et_faits() -> tuple[int, int]:
    return LigneDroit.objects.using("proprietaire").count(), Fait.objects.using("proprietaire").count()


@pytest.mark.preuve(
    "Consultation du Rncps : un agent, une personne, un motif ; la réponse ne change aucun droit ; ce qui diffère se "
    "constate (RN-03, RN-04, RN-10)",
    systemes=("S47",),
)
def test_rn_03_un_agent_consulte_avec_un_motif_et_constate(repertoire: Any, agent: Any, presents: Any) -> None:
    tenu, _ = repertoire
    amina(tenu, "Cpam de Paris", AILLEURS)
    client, chemin = agent
    assert client.post(chemin, {"acte": "consulter"}).status_code == 422
    assert client.post(chemin, {"acte": "consulter", "motif": "curiosite"}).status_code == 422
    assert not ConsultationRncps.objects.using("proprietaire").exists()
    avant = droits_et_faits()
    page = consulter(agent)
    for dit in ("Le Rncps a répondu", "Cpam de Paris", "2 rue d'Avant", "Un organisme connaît une autre adresse."):
        assert dit in page
    assert droits_et_faits() == avant
    posee = une()
    assert (posee.motif, posee.ecarts) == ("adresse", ["adresse"])
    vide = client.post(chemin, {"acte": "constater", "consultation": posee.pk, "constat": " "})
    assert vide.status_code == 422
    constat = {"acte": "constater", "consultation": posee.pk, "constat": "A déménagé en janvier, adresse à corriger."}
    assert client.post(chemin, constat).status_code == 302
    assert client.post(chemin, constat).status_code == 422
    assert "A déménagé en janvier" in client.get(chemin).content.decode()
    _, personne = ecrans.fiche_d_amina()
    lues = LigneJournal.objects.using("proprietaire").filter(traitement="consultation_rncps", personne_id=personne)
    assert lues.exists()  # she sees it in « qui a consulté mon dossier »


@pytest.mark.parametrize(
    ("adresse", "nature", "ecarts"),
    [
        (MEME, "Retraite", []),
        (None, "Retraite", []),
        (AILLEURS, "Retraite", ["adresse"]),
        (MEME, "rsa", ["prestation"]),
    ],
)
def test_rn_10_ce_qui_differe_est_signale(repertoire: Any, agent: Any, adresse: Any, nature: str, ecarts: Any) -> None:
    amina(repertoire[0], "Caf du Nord", adresse, nature)
    consulter(agent)
    assert une().ecarts == ecarts


def test_inconnue_sous_un_autre_nom(repertoire: Any, agent: Any) -> None:
    """R114-30, III: by number and name."""
    tenu, _ = repertoire
    _, personne = ecrans.fiche_d_amina()
    tenu.noms[ecrans.numero_de(personne).en_clair()] = "AUTRE"
    assert "Le répertoire ne connaît pas cette personne" in consulter(agent)


@pytest.mark.parametrize("panne", ["coupure", "500", "charabia"])
def test_un_rncps_muet_est_dit_et_la_question_reste_tracee(repertoire: Any, agent: Any, panne: str) -> None:
    repertoire[1].tomber(panne, fois=3)
    assert "Le Rncps ne répond pas" in consulter(agent)
    assert (une().repondue_le, une().reponse) == (None, None)


def test_sans_numero_certifie_on_ne_consulte_pas(repertoire: Any, agent: Any) -> None:
    _, personne = ecrans.fiche_d_amina()
    ordre(f"UPDATE identite_immatriculation SET certifie_le = NULL WHERE personne_id = {personne}")
    refus = agent[0].post(agent[1], {"acte": "consulter", "motif": "adresse"})
    assert refus.status_code == 422
    assert "n'est pas certifié" in html.unescape(refus.content.decode())


@pytest.mark.preuve(
    "Rncps : la réponse s'efface en un mois, la trace reste un an et se remet à la Cnav (RN-05, RN-06)",
    systemes=("S47",),
)
def test_rn_05_la_reponse_part_la_trace_reste(repertoire: Any, agent: Any, tmp_path: Path, capsys: Any) -> None:
    amina(repertoire[0], "Cpam de Paris", AILLEURS)
    consulter(agent)
    jour = timezone.localdate()
    assert consultation_rncps.effacer_les_reponses(jour + dt.timedelta(days=29)) == 0
    ordre("UPDATE dossiers_consultationrncps SET repondue_le = repondue_le - interval '32 days'")
    call_command("rncps", "effacer")
    assert "1 réponse(s) du Rncps à effacer" in capsys.readouterr().out
    assert une().reponse is not None
    call_command("rncps", "effacer", "--executer")
    assert "1 réponse(s) du Rncps effacée(s)" in capsys.readouterr().out
    assert une().reponse is None
    page = agent[0].get(agent[1]).content.decode()
    assert "Réponse effacée le" in page
    assert "2 rue d" not in page
    sortie = tmp_path / "traces.jsonl"
    call_command("rncps", "exporter-traces", sortie=sortie)
    (trace,) = [json.loads(ligne) for ligne in sortie.read_text().splitlines()]
    assert set(trace) == {"cle", "organisme", "agent", "motif", "mode", "campagne", "le"}
    assert (trace["motif"], trace["mode"], trace["organisme"]) == ("adresse", "temps_reel", "751")
    with pytest.raises(CommandError, match="exist"):
        call_command("rncps", "exporter-traces", sortie=sortie)
