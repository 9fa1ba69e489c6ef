"""Appeals: lodged before the right authority, decided, contested or final, closed; nothing else moves them."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connections

from limpide.identite.erreurs import ErreurSaisie
from limpide.paiements import recours
from limpide.paiements.models import Creance, Recours
from limpide.paiements.recours import Objet
from limpide.paiements.virements import emettre_virements
from limpide.registre.contexte import traitement
from tests.banc import ecrans
from tests.banc.mois import AGENT, MOIS, droit_verse, liquidation_ouverte, temoin

SIGNEE = {
    "signataire": "Dominique Petit",
    "qualite": "Présidente de la commission",
    "motifs": "Les revenus retenus sont ceux du dossier.",
}


def suivi() -> Any:
    return traitement("suivi_recours", acteur=AGENT, organisme="751", motif="Essai")


@pytest.fixture
def indu(monde: None) -> int:
    """A debt of 39,80 € that its household may contest."""
    with liquidation_ouverte():
        droit_verse(temoin().pk, 10_000)
    emettre_virements(MOIS, ["751"])
    with liquidation_ouverte():
        droit_verse(temoin().pk, 6_000)
        return Creance.objects.get().pk


def jour(texte: str) -> dt.date:
    return dt.date.fromisoformat(texte)


def deposer(creance: int, voie: str = "amiable", le: str = "2026-01-05") -> Recours:
    with suivi():
        return recours.deposer(temoin(), voie, Objet("af", creance=creance), jour(le))


def etats() -> list[tuple[str, str]]:
    return list(Recours.objects.using("proprietaire").order_by("pk").values_list("voie", "etat"))


@pytest.mark.preuve(
    "RET-03 : un recours va du dépôt à la décision définitive, devant le bon juge, sans retour en arrière"
)
def test_from_the_commission_to_the_final_judgment(indu: int) -> None:
    premier = deposer(indu)
    with suivi():
        recours.decider(premier, "rejete", jour("2026-02-10"))
        suite = recours.deposer(temoin(), "judiciaire", Objet("af", creance=indu), jour("2026-03-01"), premier)
    assert etats() == [("amiable", "conteste"), ("judiciaire", "depose")]
    with suivi():
        recours.decider(suite, "partiel", jour("2026-06-01"))
        recours.rendre_definitif(suite, jour("2026-07-02"))
        recours.clore(suite, jour("2026-07-20"))
    assert etats() == [("amiable", "conteste"), ("judiciaire", "clos")]


def test_the_judge_comes_after_the_commission(indu: int) -> None:
    with pytest.raises(ErreurSaisie, match="d'abord ainsi : Commission de recours amiable"):
        deposer(indu, "judiciaire")
    assert etats() == []


@pytest.mark.parametrize("le", ["2025-12-31", "2099-01-01"])
def test_dates_follow_each_other_and_are_not_in_the_future(indu: int, le: str) -> None:
    premier = deposer(indu)
    with pytest.raises(ErreurSaisie), suivi():
        recours.decider(premier, "rejete", jour(le))
    assert etats() == [("amiable", "depose")]


def test_a_step_out_of_the_table_is_refused(indu: int) -> None:
    premier = deposer(indu)
    with pytest.raises(ErreurSaisie, match="ne peut pas devenir « Clos »"), suivi():
        recours.clore(premier, jour("2026-02-01"))
    assert etats() == [("amiable", "depose")]


@pytest.mark.parametrize(
    "ordre",
    [
        (
            "UPDATE paiements_recours SET etat = 'clos', issue = 'rejete', decide_le = '2026-02-01', "
            "definitif_le = '2026-02-01', clos_le = '2026-02-01'"
        ),
        "UPDATE paiements_recours SET depose_le = '2020-01-01'",
        "DELETE FROM paiements_recours",
    ],
)
def test_even_the_owner_moves_it_only_by_its_table(indu: int, ordre: str) -> None:
    deposer(indu)
    with pytest.raises(IntegrityError, match="n'avance que d'un état"), connections["proprietaire"].cursor() as curseur:
        curseur.execute(ordre)
    assert etats() == [("amiable", "depose")]


def test_an_appeal_is_about_its_own_file(indu: int) -> None:
    with suivi():
        voisin = recours.Dossier.objects.exclude(pk=temoin().pk).order_by("pk").first()
    with pytest.raises(ErreurSaisie, match="de son propre dossier"), suivi():
        recours.deposer(voisin, "amiable", Objet("af", creance=indu), jour("2026-01-05"))
    assert etats() == []


def test_the_database_and_python_have_the_same_transitions() -> None:
    migration = Path(recours.__file__).parent / "migrations" / "0004_invariants_recours.py"
    en_base = set(re.findall(r"\('(\w+)', '(\w+)'\)", migration.read_text(encoding="utf-8")))
    assert en_base == {(de, vers) for de, possibles in recours.TRANSITIONS.items() for vers in possibles}


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode().replace("&#x27;", "'")))


def test_an_agent_records_an_appeal_then_its_decision(base: None) -> None:
    presents = ecrans.peupler(8)
    dossier, _ = ecrans.fiche_d_amina()
    client = ecrans.ouvrir(ecrans.agent(presents), dossier, "recours")
    chemin = f"/agent/dossier/{dossier}/recours/"
    page = client.get(chemin)
    objet = re.search(r'value="(decision-\d+-rsa|decision-\d+-ppa)"', page.content.decode())[1]
    refusee = client.post(chemin, {"objet": objet, "voie": "administratif", "le": "2026-11-20"})
    assert refusee.status_code == 422
    assert "Ce recours se dépose d'abord ainsi" in texte(refusee)
    assert etats() == []
    voie = "departement" if objet.endswith("rsa") else "amiable"
    assert client.post(chemin, {"objet": objet, "voie": voie, "le": "20/11/2026"}).status_code == 302
    assert "Le recours est enregistré." in texte(client.get(chemin))
    numero = Recours.objects.using("proprietaire").get().pk
    sans_issue = client.post(f"{chemin}{numero}/", {"etape": "decide", "le": "21/11/2026"})
    assert sans_issue.status_code == 422
    assert "Choisissez l'issue de la décision." in texte(sans_issue)
    assert (
        client.post(
            f"{chemin}{numero}/", {"etape": "decide", "le": "21/11/2026", "issue": "rejete"} | SIGNEE
        ).status_code
        == 302
    )
    assert etats() == [(voie, "decide")]
