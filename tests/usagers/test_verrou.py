"""The door of Mon Compte: no enumeration, no lockout that shuts its holder out."""

import re
import statistics
import time
from typing import Any

import pytest

from tests.banc import ecrans
from tests.usagers.test_acces import lignes
from tests.usagers.test_acces_caf import acces_de, agente

INCONNU = "255081416802538"


def reponse_a(numero: str, mot_de_passe: str = "faux") -> tuple[int, str]:
    reponse = ecrans.entrer(ecrans.visiteur(), numero, mot_de_passe)
    return reponse.status_code, re.sub(r'value="[^"]*"', "", reponse.content.decode())


@pytest.mark.preuve(
    "Connexion : compte inconnu, connu, suspendu, fermé ou à changer répondent de même avant le bon mot de passe",
    systemes=("S39",),
    controles=(14,),
)
def test_unknown_known_suspended_and_closed_accounts_answer_alike(comptes_seuls: Any) -> None:
    amina = ecrans.amina(comptes_seuls).identifiant
    attendue = reponse_a(INCONNU)
    assert attendue[0] == 422
    assert reponse_a(amina) == attendue
    acces_de(agente(comptes_seuls), acte="suspendre", motif="partage")
    assert reponse_a(amina) == attendue
    lignes("UPDATE identite_compte SET suspendu_le = NULL, mot_de_passe_a_changer = true WHERE genre = 'allocataire'")
    assert reponse_a(amina) == attendue
    lignes("UPDATE identite_compte SET is_active = false WHERE genre = 'allocataire'")
    assert reponse_a(amina) == attendue
    assert reponse_a(amina, ecrans.MOT_DE_PASSE) == attendue  # a closed account: not even the right one


def test_the_same_work_is_done_whether_the_account_exists_or_not(comptes_seuls: Any) -> None:
    """Argon2 takes most of the time; what else differs stays far below what one measures through a network."""
    amina = ecrans.amina(comptes_seuls).identifiant
    durees: dict[str, list[float]] = {amina: [], INCONNU: []}
    for numero in (amina, INCONNU) * 9:
        lignes("DELETE FROM usagers_echecconnexion")
        debut = time.perf_counter()
        reponse_a(numero)
        durees[numero].append(time.perf_counter() - debut)
    connu, inconnu = (statistics.median(serie[1:]) for serie in durees.values())
    assert 0.5 < connu / inconnu < 2


def test_an_attacker_elsewhere_does_not_shut_the_holder_out(comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    for i in range(3):  # fifteen failures from three places: below what one account bears
        for _ in range(6):
            ecrans.entrer(ecrans.visiteur(), numero, "faux", REMOTE_ADDR=f"203.0.113.{i}")
    assert ecrans.entrer(ecrans.visiteur(), numero, REMOTE_ADDR="198.51.100.2").status_code == 302


@pytest.mark.preuve(
    "Connexion : une attaque répandue sur un compte ne ferme pas la porte là où son titulaire entre d'habitude",
    systemes=("S39",),
    controles=(14,),
)
def test_a_spread_attack_leaves_the_door_open_where_the_holder_comes_from(comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    chez_elle, ailleurs = {"REMOTE_ADDR": "198.51.100.2"}, {"REMOTE_ADDR": "198.51.100.99"}
    assert ecrans.entrer(ecrans.visiteur(), numero, **chez_elle).status_code == 302  # she is known there
    for i in range(8):
        for _ in range(4):
            ecrans.entrer(ecrans.visiteur(), numero, "faux", REMOTE_ADDR=f"203.0.113.{i}")
    assert ecrans.entrer(ecrans.visiteur(), numero, **chez_elle).status_code == 302
    refusee = ecrans.entrer(ecrans.visiteur(), numero, **ailleurs)  # a place never seen waits, for a while
    assert "Trop d'essais" in refusee.content.decode().replace("&#x27;", "'")
    lignes("UPDATE usagers_echecconnexion SET quand = quand - interval '16 minutes'")
    assert ecrans.entrer(ecrans.visiteur(), numero, **ailleurs).status_code == 302


def test_a_known_place_still_waits_after_its_own_failures(comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    assert ecrans.entrer(ecrans.visiteur(), numero).status_code == 302
    for _ in range(5):
        ecrans.entrer(ecrans.visiteur(), numero, "faux")
    refusee = ecrans.entrer(ecrans.visiteur(), numero)
    assert "Trop d'essais" in refusee.content.decode().replace("&#x27;", "'")
