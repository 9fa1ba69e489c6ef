"""FranceConnect+: what it sends is encrypted for the site; and the civil status that FranceConnect gives, read."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey, RSAKey

from limpide.identite.franceconnect import IdentitePivot
from limpide.monde import franceconnect as simule
from limpide.socle.appel import echanger
from tests.banc import ecrans
from tests.usagers.test_franceconnect import DEPART, entrer, fc, partir, texte

__all__ = ["fc"]


@pytest.fixture(params=["EC", "RSA"])
def plus(fc: Any, request: Any, monkeypatch: Any, tmp_path: Any, comptes_seuls: Any) -> simule.FournisseurSimule:
    """The provider as FranceConnect+: a higher level, and everything encrypted for the key that the site publishes."""
    genre = {"EC": ECKey, "RSA": RSAKey}[request.param]
    prive = genre.generate_key("P-256" if genre is ECKey else 2048).as_pem(private=True)
    (tmp_path / "cle.pem").write_bytes(prive)
    monkeypatch.setenv("LIMPIDE_FRANCECONNECT_NIVEAU", "eidas2")
    monkeypatch.setenv("LIMPIDE_FRANCECONNECT_CLE", str(tmp_path / "cle.pem"))
    publiees = ecrans.visiteur().get(f"{DEPART}cles.json").json()
    assert "d" not in publiees["keys"][0]
    assert publiees["keys"][0]["use"] == "enc"
    fc.niveau, fc.chiffrement = "eidas2", genre.import_key(publiees["keys"][0])
    connu: simule.FournisseurSimule = fc
    return connu


def test_franceconnect_plus_encrypts_for_the_site_s_own_key(plus: Any) -> None:
    client = ecrans.visiteur()
    assert parse_qs(urlsplit(partir(client)).query)["acr_values"] == ["eidas2"]
    assert entrer(client, plus)["Location"] == "/mon-compte/"
    adieu = re.search(r'href="([^"]+/session/end[^"]+)"', texte(client.post("/deconnexion/")))[1]  # type: ignore[index]
    assert echanger("GET", adieu.replace("&amp;", "&"), b"", {}, 5)[0] == 303  # the signed token, decrypted
    for defaut in ("en_clair", "autre_cle", "signature", "niveau", "identite_en_clair", "autre_sujet"):
        plus.gater(defaut)
        autre = entrer(ecrans.visiteur(), plus, "Maïwenn")
        assert (defaut, autre.status_code) == (defaut, 403)


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("family_name", ""), ("family_name", None), ("given_name", ["Amina"]), ("gender", "autre"),
        ("birthdate", "1990-00-00"), ("birthdate", 19900101), ("birthplace", ""), ("birthcountry", ""),
    ],
)  # fmt: skip
def test_an_incomplete_civil_status_is_compared_with_nobody(champ: str, valeur: Any) -> None:
    entier = {
        "family_name": "D'ESSAI", "given_name": "Léa-Rose Anne", "gender": "female", "birthdate": "1990-05-31",
        "birthplace": "75999", "birthcountry": "99100",
    }  # fmt: skip
    lue = IdentitePivot.lire(entier)
    assert lue is not None
    assert (lue.nom, lue.prenoms, lue.lieu) == ("D ESSAI", "LEA ROSE ANNE", "75999")
    assert IdentitePivot.lire(entier | {champ: valeur}) is None
    etrangere = IdentitePivot.lire(entier | {"birthplace": "", "birthcountry": "99351"})
    assert etrangere is not None
    assert etrangere.lieu == ""
