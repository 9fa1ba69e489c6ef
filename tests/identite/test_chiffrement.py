"""Encryption of columns: bound to the row, keys made once, a lost key stops everything."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limpide.identite import chiffrement
from limpide.identite.chiffrement import CleAbsente, Indechiffrable, Trousseau, chiffrer, dechiffrer, empreinte

ICI = "identite_immatriculation.numero_chiffre.1"


@pytest.fixture
def maison(tmp_path, monkeypatch):
    """An empty data folder, no key anywhere."""
    monkeypatch.setenv("LIMPIDE_HOME", str(tmp_path))
    monkeypatch.delenv(chiffrement.VARIABLE, raising=False)
    chiffrement.trousseau.cache_clear()
    yield tmp_path
    chiffrement.trousseau.cache_clear()


@pytest.fixture
def cles(maison):
    chiffrement.installer([])
    return maison / "cles" / "trousseau.json"


def adopter(monkeypatch, trousseau: Trousseau) -> None:
    monkeypatch.setenv(chiffrement.VARIABLE, trousseau.ecrire())
    chiffrement.trousseau.cache_clear()


def test_aller_et_retour(cles) -> None:
    chiffre = chiffrer("295109912611193", ICI)
    assert b"2951099" not in chiffre
    assert dechiffrer(chiffre, ICI) == "295109912611193"
    assert chiffrer("295109912611193", ICI) != chiffre


@given(texte=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # one ring for all the texts is what we want
def test_tout_texte_revient(cles, texte: str) -> None:
    assert dechiffrer(chiffrer(texte, ICI), ICI) == texte


@pytest.mark.parametrize(
    "ailleurs",
    [
        "identite_immatriculation.numero_chiffre.2",
        "identite_coordonneesbancaires.numero_chiffre.1",
        "identite_immatriculation.iban_chiffre.1",
    ],
)
def test_recopie_ailleurs_il_ne_se_lit_plus(cles, ailleurs: str) -> None:
    with pytest.raises(Indechiffrable, match="pas à sa place"):
        dechiffrer(chiffrer("secret", ICI), ailleurs)


def test_altere_il_ne_se_lit_plus(cles) -> None:
    chiffre = chiffrer("secret", ICI)
    for rang in range(chiffrement.TAILLE_IDENTIFIANT, len(chiffre)):
        faux = chiffre[:rang] + bytes([chiffre[rang] ^ 1]) + chiffre[rang + 1 :]
        with pytest.raises(Indechiffrable):
            dechiffrer(faux, ICI)
    for court in range(chiffrement.TAILLE_IDENTIFIANT, 30):
        with pytest.raises(Indechiffrable):
            dechiffrer(chiffre[:court], ICI)


def test_l_empreinte_retrouve_sans_rien_dire(cles, monkeypatch) -> None:
    assert empreinte("x", "nir") == empreinte("x", "nir")
    assert empreinte("x", "nir") != empreinte("y", "nir")
    assert empreinte("x", "nir") != empreinte("x", "connexion")
    ancienne = empreinte("x", "nir")
    adopter(monkeypatch, Trousseau.nouveau())
    assert empreinte("x", "nir") != ancienne


def test_la_rotation_ecrit_avec_la_nouvelle_et_lit_avec_l_ancienne(cles, monkeypatch) -> None:
    ancien, index = chiffrer("secret", ICI), empreinte("x", "nir")
    adopter(monkeypatch, chiffrement.trousseau().avec_nouvelle_cle())
    nouveau = chiffrer("secret", ICI)
    assert nouveau[:4] != ancien[:4]
    assert dechiffrer(ancien, ICI) == dechiffrer(nouveau, ICI) == "secret"
    assert empreinte("x", "nir") == index


def test_une_cle_perdue_se_dit(cles, monkeypatch) -> None:
    chiffre = chiffrer("secret", ICI)
    adopter(monkeypatch, Trousseau.nouveau())
    with pytest.raises(CleAbsente, match="pas dans le trousseau"):
        dechiffrer(chiffre, ICI)


def test_le_trousseau_n_est_lisible_que_de_son_proprietaire(cles) -> None:
    assert stat.S_IMODE(cles.stat().st_mode) == 0o600
    assert stat.S_IMODE(cles.parent.stat().st_mode) == 0o700
    assert [f.name for f in cles.parent.iterdir()] == ["trousseau.json"]


def test_sans_trousseau_rien_ne_se_chiffre_et_rien_ne_se_cree(maison) -> None:
    with pytest.raises(CleAbsente, match="limpide preparer"):
        chiffrer("secret", ICI)
    assert not (maison / "cles" / "trousseau.json").exists()


@pytest.mark.preuve("Identité : un trousseau perdu arrête tout plutôt que d'être remplacé")
def test_un_trousseau_perdu_ne_se_remplace_pas(cles) -> None:
    identifiant = chiffrer("secret", ICI)[:4]
    cles.unlink()
    chiffrement.trousseau.cache_clear()
    with pytest.raises(CleAbsente, match="Restaurez sa sauvegarde"):
        chiffrement.installer([identifiant])
    assert not cles.exists()


def test_un_autre_trousseau_est_refuse(cles, monkeypatch) -> None:
    identifiant = chiffrer("secret", ICI)[:4]
    adopter(monkeypatch, Trousseau.nouveau())
    with pytest.raises(CleAbsente, match="n'ouvre pas toutes les données"):
        chiffrement.installer([identifiant])


def test_installer_deux_fois_garde_les_cles(cles) -> None:
    avant = cles.read_bytes()
    chiffrement.installer([chiffrer("secret", ICI)[:4]])
    assert cles.read_bytes() == avant


def test_deux_installations_a_la_fois_finissent_avec_le_meme_trousseau(maison) -> None:
    chemin = chiffrement.chemin_du_trousseau()
    with ThreadPoolExecutor(8) as fils:
        list(fils.map(lambda _: chiffrement._creer(chemin), range(8)))
    assert [f.name for f in chemin.parent.iterdir()] == ["trousseau.json"]
    assert len(chiffrement.trousseau().cles) == 1


@pytest.mark.parametrize(
    "contenu",
    [
        "",
        "{}",
        "pas du json",
        json.dumps({"chiffrement": [], "index": ""}),
        json.dumps({"chiffrement": ["AAAA"], "index": "AAAA"}),
    ],
)
def test_un_trousseau_abime_est_refuse_et_garde(cles, contenu: str) -> None:
    cles.write_text(contenu)
    chiffrement.trousseau.cache_clear()
    with pytest.raises(CleAbsente):
        chiffrement.installer([])
    assert cles.read_text() == contenu


def test_la_cle_de_l_index_est_a_part() -> None:
    trousseau = Trousseau.nouveau()
    meme = Trousseau((trousseau.index,), trousseau.index).ecrire()
    with pytest.raises(CleAbsente, match="celle de l'index à part"):
        Trousseau.lire(meme, "essai")


def test_le_trousseau_ne_se_montre_pas() -> None:
    trousseau = Trousseau.nouveau()
    assert repr(trousseau) == "<Trousseau de 1 clé(s)>"
    assert trousseau.ecrire() not in f"{trousseau}{trousseau!r}"
