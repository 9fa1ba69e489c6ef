"""Collective consultation: decided by a named agent, counted and capped, traced one by one; no right changes."""

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from limpide.dossiers import campagnes_rncps, consultation_differee, habilitations_rncps, rncps
from limpide.dossiers.models import Adresse, CampagneRncps, ConsultationRncps, Dossier, HabilitationRncps
from limpide.identite.models import Compte
from limpide.monde.rncps import Repertoire
from limpide.monde.rncps import rncps as simuler
from limpide.monde.simulateurs import PartenaireSimule, Simulateur
from limpide.registre.conservation.cycle import effacer_les_courtes
from limpide.registre.models import LigneJournal
from limpide.socle.appel import Partenaire
from tests.banc import ecrans
from tests.dossiers.test_consultation_rncps import AILLEURS, amina, droits_et_faits, ordre

CAMPAGNES, FILE = "/agent/rncps/campagnes/", "/agent/rncps/"
RSA = {"motif": "prestation", "critere": "prestation", "droit": "rsa"}
DANS_UN_MOIS = timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler(foyers=48)


@pytest.fixture
def ouvert(presents: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Repertoire, PartenaireSimule, Partenaire]]:
    tenu = Repertoire()
    serveur = Simulateur(simuler(tenu), port=0)
    monkeypatch.setenv("LIMPIDE_RNCPS_URL", serveur.adresse("rncps"))
    with serveur.ouvert():
        simule = serveur.partenaires["rncps"]
        rncps.publier()
        yield tenu, simule, Partenaire("rncps", serveur.adresse("rncps"), simule.jeton, essais=2, attente=0.0)


@pytest.fixture
def habilite(presents: Any) -> Any:
    """The browser of the agent of Paris, who may decide campaigns."""
    habilitations_rncps.habiliter(ecrans.AGENT_PARIS, ["collectif"], "Décision du directeur n° 2026-12", DANS_UN_MOIS)
    return ecrans.agent(presents)


def compte() -> int:
    return int(Compte.objects.using("proprietaire").get(identifiant=ecrans.AGENT_PARIS).pk)


def questions() -> Any:
    return ConsultationRncps.objects.using("proprietaire").filter(mode="collectif")


def collectives() -> Any:
    return HabilitationRncps.objects.using("proprietaire").filter(mode="collectif")


def page(client: Any, ou: str = CAMPAGNES) -> str:
    return html.unescape(client.get(ou).content.decode())


def lancer(*options: str, finalite: str = "prestation", critere: str = "prestation", valeur: str = "rsa") -> None:
    call_command(
        "rncps", "campagne", ecrans.AGENT_PARIS, f"--finalite={finalite}", f"--critere={critere}", f"--valeur={valeur}",
        *options,
    )  # fmt: skip


@pytest.mark.preuve(
    "Consultation collective du Rncps : décidée par un agent nommément habilité, comptée, plafonnée ; chaque personne "
    "a sa trace et la voit ; aucun droit ne change (RN-03, RN-04, RN-10)",
    systemes=("S47",),
)
def test_rn_03_une_campagne_du_compte_au_constat(ouvert: Any, habilite: Any, capsys: Any, tmp_path: Path) -> None:
    tenu, simule, _ = ouvert
    amina(tenu, "Caf du Nord", AILLEURS, "rsa")
    avant = droits_et_faits()
    # Counted first: nothing is written.
    reponse = habilite.post(CAMPAGNES, RSA | {"acte": "compter"})
    lancer()
    nombre = int(capsys.readouterr().out.split(" personne(s) seraient interrogées (--executer")[0].split()[-1])
    assert f"{nombre} personnes seraient interrogées" in html.unescape(reponse.content.decode())
    assert nombre > 1
    assert not questions().exists()
    # Decided by the agent who may.
    assert habilite.post(CAMPAGNES, RSA | {"acte": "decider"}).status_code == 302
    campagne = CampagneRncps.objects.using("proprietaire").get()
    assert (campagne.agent, campagne.taille, campagne.organisme_id) == (compte(), nombre, "751")
    assert {(c.agent, c.motif, c.campagne_id) for c in questions()} == {(compte(), "prestation", campagne.pk)}
    assert questions().count() == nombre
    # Asked in its own mode, one trace for each.
    call_command("rncps", "interroger", "--executer")
    assert f"{nombre} répondue(s), 0 sans suite" in capsys.readouterr().out
    assert consultation_differee.COLLECTIVES in simule.recues
    assert consultation_differee.CHEMIN not in simule.recues
    assert set(tenu.traces) == {str(q.pk) for q in questions()}
    assert {(t["mode"], t["campagne"], t["agent"]) for t in tenu.traces.values()} == {
        ("collectif", str(campagne.pk), compte())
    }
    sortie = tmp_path / "traces.jsonl"
    call_command("rncps", "exporter-traces", sortie=sortie)
    dites = [json.loads(ligne) for ligne in sortie.read_text().splitlines()]
    assert {(d["mode"], d["campagne"]) for d in dites} == {("collectif", str(campagne.pk))}
    assert droits_et_faits() == avant
    # What differs waits for an agent; where all agrees nobody has anything to look at.
    dossier, personne = ecrans.fiche_d_amina()
    sienne = questions().get(dossier_id=dossier)
    assert sienne.ecarts == ["adresse", "prestation"]
    ecarts = sum(1 for q in questions() if q.ecarts)
    assert len(re.findall(r"/agent/dossier/\d+/rncps/", page(habilite, FILE))) == ecarts
    ecrans.ouvrir(habilite, dossier)
    constat = {"acte": "constater", "consultation": sienne.pk, "constat": "La Caf du Nord a fermé le droit."}
    assert habilite.post(f"/agent/dossier/{dossier}/rncps/", constat).status_code == 302
    ligne = page(habilite).split("<tbody>")[1].split("</tbody>")[0]
    cases = [c.split("</td>")[0] for c in ligne.split("<td>")[1:]]
    assert cases[3:] == [str(nombre), str(nombre), "0", "0", str(ecarts), "1"]
    # She sees it, as she sees any consultation.
    lues = LigneJournal.objects.using("proprietaire").filter(personne_id=personne, acteur_genre="agent")
    assert lues.filter(traitement=campagnes_rncps.CAMPAGNE, acteur_id=compte()).exists()


def test_qui_n_est_pas_habilite_ne_decide_rien(ouvert: Any, presents: Any, capsys: Any) -> None:
    client = ecrans.agent(presents)
    assert "Seul un agent nommément habilité" in page(client)
    for acte in ("compter", "decider"):
        reponse = client.post(CAMPAGNES, RSA | {"acte": acte})
        assert reponse.status_code == 422
        assert "n'êtes pas habilité" in html.unescape(reponse.content.decode())
    for options in ((), ("--executer",)):
        with pytest.raises(CommandError, match="pas habilité"):
            lancer(*options)
    assert not questions().exists()
    assert not CampagneRncps.objects.using("proprietaire").exists()


def test_une_habilitation_se_donne_finit_et_se_retire(ouvert: Any, presents: Any, capsys: Any) -> None:
    donner = [
        "rncps", "habiliter", ecrans.AGENT_PARIS, "--mode=collectif", "--decision=D1", f"--jusqu-au={DANS_UN_MOIS}",
    ]  # fmt: skip
    call_command(*donner)
    assert "serait habilité (--executer)" in capsys.readouterr().out
    assert not collectives().exists()
    call_command(*donner, "--executer")
    lancer()
    # Another Caf's agent isn't; nor is anybody once it ended or was withdrawn.
    with pytest.raises(CommandError, match="pas habilité"):
        call_command(
            "rncps", "campagne", ecrans.AGENT_NORD, "--finalite=droits", "--critere=prestation", "--valeur=rsa"
        )
    ordre("UPDATE dossiers_habilitationrncps SET depuis = depuis - 60, jusqu_au = jusqu_au - 60")
    with pytest.raises(CommandError, match="pas habilité"):
        lancer()
    call_command(*donner, "--executer")
    call_command("rncps", "retirer-habilitation", ecrans.AGENT_PARIS)
    lancer()
    call_command("rncps", "retirer-habilitation", ecrans.AGENT_PARIS, "--executer")
    assert "3 habilitation(s) retirée(s)" in capsys.readouterr().out
    with pytest.raises(CommandError, match="pas habilité"):
        lancer()


@pytest.mark.parametrize(
    ("decision", "jours", "dit"),
    [(" ", 30, "référence de la décision"), ("D1", -1, "finit dans l'année"), ("D1", 400, "finit dans l'année")],
)
def test_une_habilitation_mal_dite_est_refusee(presents: Any, decision: str, jours: int, dit: str) -> None:
    jusqu_au = timezone.localdate() + dt.timedelta(days=jours)
    with pytest.raises(CommandError, match=dit):
        call_command(
            "rncps",
            "habiliter",
            ecrans.AGENT_PARIS,
            "--mode=collectif",
            f"--decision={decision}",
            f"--jusqu-au={jusqu_au}",
            "--executer",
        )
    with pytest.raises(CommandError, match="Aucun compte d'agent"):
        call_command(
            "rncps",
            "habiliter",
            "personne",
            "--mode=collectif",
            "--decision=D1",
            f"--jusqu-au={DANS_UN_MOIS}",
            "--executer",
        )
    assert not collectives().exists()


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ({}, "Dites pourquoi vous décidez cette campagne."),
        (RSA | {"motif": "demande"}, "Sélectionnez un choix valide"),
        (RSA | {"droit": ""}, "Choisissez une des prestations de la liste."),
        ({"motif": "adresse", "critere": "adresse_ancienne", "mois": "2"}, "de 6 à 120"),
        ({"motif": "adresse", "critere": "adresse_ancienne", "mois": "deux"}, "de 6 à 120"),
    ],
)
def test_une_campagne_mal_dite_est_refusee(habilite: Any, saisie: dict[str, str], dit: str) -> None:
    reponse = habilite.post(CAMPAGNES, saisie | {"acte": "decider"})
    assert reponse.status_code == 422
    assert dit in html.unescape(reponse.content.decode())
    assert not CampagneRncps.objects.using("proprietaire").exists()


def test_le_plafond_et_le_vide_sont_refuses(ouvert: Any, habilite: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(campagnes_rncps, "PLAFOND", 1)
    with pytest.raises(CommandError, match="resserrez le critère"):
        lancer("--executer")
    assert not questions().exists()
    with pytest.raises(CommandError, match="ne trouve personne"):
        lancer("--executer", critere="adresse_ancienne", valeur="120", finalite="adresse")
    assert not CampagneRncps.objects.using("proprietaire").exists()


def test_decidee_deux_fois_elle_n_interroge_personne_deux_fois(ouvert: Any, habilite: Any) -> None:
    _, _, vers = ouvert
    lancer("--executer")
    with pytest.raises(CommandError, match="ne trouve personne"):  # their questions wait
        lancer("--executer")
    consultation_differee.interroger(vers)
    with pytest.raises(CommandError, match="ne trouve personne"):  # their answers are at hand
        lancer("--executer")
    ordre("UPDATE dossiers_consultationrncps SET repondue_le = repondue_le - interval '31 days'")
    lancer("--executer")
    assert CampagneRncps.objects.using("proprietaire").count() == 2


def test_le_critere_d_adresse_et_les_dossiers_laisses_de_cote(ouvert: Any, habilite: Any) -> None:
    """Old addresses of this Caf only; neither a limited file nor somebody without a certified number."""
    vieilles = Adresse.objects.using("proprietaire").filter(
        organisme_id="751", valide__upper_inf=True, valide__startswith__lt=dt.date(2026, 5, 1), dossier__clos_le=None
    )
    attendus = set(vieilles.values_list("dossier_id", flat=True))
    assert len(attendus) > 2
    sans, limite = sorted(attendus)[:2]
    qui = Dossier.objects.using("proprietaire").get(pk=sans).allocataire_id
    ordre(f"UPDATE identite_immatriculation SET certifie_le = NULL WHERE personne_id = {qui}")
    ordre(f"UPDATE dossiers_adresse SET valide = daterange(current_date - 60, NULL) WHERE dossier_id = {limite}")
    lancer("--executer", finalite="adresse", critere="adresse_ancienne", valeur="6")
    assert set(questions().values_list("dossier_id", flat=True)) == attendus - {sans, limite}


def test_une_campagne_et_des_questions_d_agents_partent_separement(ouvert: Any, habilite: Any) -> None:
    tenu, _, vers = ouvert
    dossier, _ = ecrans.fiche_d_amina()
    ecrans.ouvrir(habilite, dossier)
    lancer("--executer")
    seule = {"acte": "consulter", "motif": "adresse", "mode": "differe"}
    assert habilite.post(f"/agent/dossier/{dossier}/rncps/", seule).status_code == 302
    bilan = consultation_differee.interroger(vers)
    assert bilan.repondues == bilan.en_attente == questions().count() + 1
    assert sorted({t["mode"] for t in tenu.traces.values()}) == ["collectif", "differe"]
    assert sum(1 for t in tenu.traces.values() if t["mode"] == "differe") == 1


def test_la_campagne_et_ses_traces_partent_apres_un_an(ouvert: Any, habilite: Any) -> None:
    lancer("--executer")
    assert not effacer_les_courtes(vraiment=True).get(CampagneRncps._meta.label)
    ordre("UPDATE dossiers_campagnerncps SET decidee_le = decidee_le - interval '1 year'")
    ordre("UPDATE dossiers_consultationrncps SET demandee_le = demandee_le - interval '1 year'")
    ordre("UPDATE dossiers_habilitationrncps SET depuis = depuis - 800, jusqu_au = jusqu_au - 800")
    effaces = effacer_les_courtes(vraiment=True)
    for modele in (CampagneRncps, ConsultationRncps, HabilitationRncps):
        assert effaces[modele._meta.label] >= 1
        assert not modele.objects.using("proprietaire").exists()
