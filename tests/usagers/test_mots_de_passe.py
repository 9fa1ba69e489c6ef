"""What may be a password: a long passphrase in any writing, never one that leaked; and how it is kept."""

import unicodedata
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from limpide.socle import settings as site
from tests.banc import ecrans
from tests.usagers.test_acces import lignes

PHRASE = "Éléonore plante huit ciboulettes près du vieux poêle — encore ! "
LONGUE = (PHRASE * 5)[:256]


def changer(client: Any, ancien: str, nouveau: str) -> Any:
    return client.post("/mot-de-passe/", {"ancien": ancien, "nouveau": nouveau, "confirmation": nouveau})


@pytest.mark.preuve("Un mot de passe divulgué est refusé, sans que rien ne sorte de la machine", systemes=("S39",))
@pytest.mark.parametrize(
    "connu",
    [
        "motdepasse123", "azertyuiopqs", "Marseille13000", "JETAIMEMONAMOUR", "Motdepasse2026!", "!!123456789abc",
        "aaaaaaaaaaaa", "123456789012",
    ],
)  # fmt: skip
def test_a_password_that_leaked_is_refused_under_its_disguises(connu: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(connu)


@pytest.mark.parametrize("bon", [PHRASE, "trois petits chats dorment au soleil", "kumquat-verrou-22-parapluie"])
def test_a_passphrase_is_enough(bon: str) -> None:
    validate_password(bon)


def test_a_refused_password_changes_nothing_and_says_why(comptes_seuls: Any) -> None:
    client = ecrans.allocataire(comptes_seuls)
    avant = lignes("SELECT password FROM identite_compte ORDER BY id")
    page = changer(client, ecrans.MOT_DE_PASSE, "Marseille13000")
    assert page.status_code == 422
    assert "mots de passe divulgués" in page.content.decode()
    trop = changer(client, ecrans.MOT_DE_PASSE, LONGUE + "x").content.decode()
    assert "256 caractères au plus ; vous en avez écrit 257" in trop
    assert lignes("SELECT password FROM identite_compte ORDER BY id") == avant


@override_settings(PASSWORD_HASHERS=site.PASSWORD_HASHERS)
def test_a_long_passphrase_opens_from_any_keyboard_and_is_kept_by_argon2id(comptes_seuls: Any) -> None:
    """As the site keeps them: the suite's own hashing is lighter (`tests/banc/mots_de_passe.py`)."""
    client = ecrans.allocataire(comptes_seuls)
    composee, decomposee = (unicodedata.normalize(forme, LONGUE) for forme in ("NFC", "NFD"))
    assert composee != decomposee
    assert changer(client, ecrans.MOT_DE_PASSE, composee).status_code == 302
    numero = ecrans.amina(comptes_seuls).identifiant
    client.post("/deconnexion/")
    assert ecrans.entrer(ecrans.visiteur(), numero, composee[:-1]).status_code == 422  # nothing is cut
    assert ecrans.entrer(client, numero, decomposee).status_code == 302
    ((garde,),) = lignes(
        "SELECT c.password FROM identite_compte c JOIN identite_connexion x ON x.compte_id = c.id LIMIT 1"
    )
    algorithme, variante, version, reglages = garde.split("$")[:4]
    assert (algorithme, variante, version) == ("argon2", "argon2id", "v=19")
    valeurs = dict(r.split("=") for r in reglages.split(","))
    assert int(valeurs["m"]) >= 19 * 1024  # OWASP, Password Storage: 19 MiB, two passes, at least
    assert int(valeurs["t"]) >= 2
