"""The number: read, checked, refused with the part that is wrong, never shown by accident."""

import logging
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import nir as stdnum_nir

from limpide.identite.nir import Numero, NumeroInvalide, Partie, cle_de_controle, lire_numero

VALIDES = ["295109912611193", "186022A21532523", "255081416802538", "180127512345642"]


@pytest.mark.parametrize("saisie", VALIDES)
def test_les_numeros_valides_se_lisent(saisie: str) -> None:
    lu = lire_numero(saisie)
    assert lu.numero.en_clair() == saisie
    assert (lu.cle_calculee, lu.provisoire, lu.avertissements) == (False, False, ())


def test_la_cle_de_corse_du_sud_et_de_haute_corse() -> None:
    assert cle_de_controle("186022B215325") == "50"
    assert cle_de_controle("186022A215325") == "23"


def test_le_specimen_publie_par_la_cnmss_est_faux() -> None:
    with pytest.raises(NumeroInvalide) as refus:
        lire_numero("1 80 05 06 324 023 15")
    assert refus.value.partie == Partie.CLE
    assert lire_numero("1 80 05 06 324 023").numero.cle == "76"


@pytest.mark.parametrize("saisie", ["2 95 10 99 126 111", "2.95.10.99.126.111", " 2951099126111 ", "2951099126111"])
def test_treize_caracteres_suffisent_la_cle_se_calcule(saisie: str) -> None:
    lu = lire_numero(saisie)
    assert lu.numero.en_clair() == "295109912611193"
    assert lu.cle_calculee


def test_les_minuscules_et_les_espaces_insecables_passent() -> None:
    assert lire_numero("1 86 02 2a 215 325 23").numero.corps == "186022A215325"


@pytest.mark.parametrize(
    ("saisie", "partie", "message"),
    [
        ("", Partie.LONGUEUR, "est nécessaire"),
        ("   ", Partie.LONGUEUR, "est nécessaire"),
        ("29510991261119", Partie.LONGUEUR, "14 ont été saisis"),
        ("295109912611", Partie.LONGUEUR, "12 ont été saisis"),
        ("9" * 41, Partie.LONGUEUR, "41 ont été saisis"),
        ("29510991261119X", Partie.CLE, "est faite de deux chiffres"),
        ("295109912611194", Partie.CLE, "ne correspond pas"),
        ("395109912611193", Partie.SEXE, "1 ou 2"),
        ("095109912611193", Partie.SEXE, "1 ou 2"),
        ("2X5109912611193", Partie.CARACTERES, "que des chiffres"),
        ("2951099126A1193", Partie.CARACTERES, "que des chiffres"),
        ("186022A2153A523", Partie.CARACTERES, "Seul le département"),
        ("186022C21532523", Partie.LIEU, "2A, ou 2B"),
        ("18602A221532523", Partie.LIEU, "2A, ou 2B"),
        ("295139912611193", Partie.MOIS, "Le mois"),
        ("295009912611193", Partie.MOIS, "Le mois"),
        ("295439912611193", Partie.MOIS, "Le mois"),
        ("295499912611193", Partie.MOIS, "Le mois"),
        ("295100012611193", Partie.LIEU, "ne peut pas être nul"),
        ("295109900011193", Partie.LIEU, "ne peut pas être nul"),
        ("295109912600093", Partie.ORDRE, "001 à 999"),
        ("²95109912611193", Partie.CARACTERES, "que des chiffres"),
        ("٢95109912611193", Partie.CARACTERES, "que des chiffres"),
        ("1123456789012345678", Partie.GENRE, "NTT"),
        ("2" + "123456789" + "ABC123", Partie.GENRE, "n'ouvre aucun droit"),
    ],
)  # fmt: skip
def test_un_numero_faux_dit_quelle_partie(saisie: str, partie: Partie, message: str) -> None:
    with pytest.raises(NumeroInvalide, match=message) as refus:
        lire_numero(saisie)
    assert refus.value.partie == partie
    assert saisie.strip() == "" or saisie.strip() not in str(refus.value)


def test_un_mois_incomplet_passe_avec_un_avertissement() -> None:
    for mois in (*range(20, 43), *range(50, 100)):
        lu = lire_numero(f"295{mois}99126111")
        assert "Mois de naissance fictif" in lu.avertissements[0]
    for mois in (0, *range(13, 20), *range(43, 50)):
        with pytest.raises(NumeroInvalide):
            lire_numero(f"295{mois:02}99126111")


@pytest.mark.parametrize("sexe", "78")
def test_un_numero_provisoire_le_dit(sexe: str) -> None:
    lu = lire_numero(f"{sexe}951099126111")
    assert lu.provisoire
    assert "provisoire" in lu.avertissements[0]


def test_la_corse_avant_et_apres_1976() -> None:
    assert lire_numero("1750220215325").avertissements == ()
    assert "depuis 1976" in lire_numero("1760220215325").avertissements[0]
    assert lire_numero("176022A215325").avertissements == ()


corps = st.builds(
    lambda s, a, m, d, c, o: f"{s}{a:02}{m:02}{d}{c:03}{o:03}",
    st.sampled_from("1278"),
    st.integers(0, 99),
    st.integers(1, 12) | st.integers(20, 42) | st.integers(50, 99),
    st.sampled_from([f"{d:02}" for d in range(1, 100)] + ["2A", "2B"]),
    st.integers(1, 999),
    st.integers(1, 999),
)


@given(corps)
def test_la_cle_est_celle_de_la_norme(corps: str) -> None:
    cle = cle_de_controle(corps)
    assert cle == stdnum_nir.calc_check_digits(corps)
    assert 1 <= int(cle) <= 97
    assert lire_numero(corps + cle).numero == lire_numero(corps).numero


@given(corps, st.integers(0, 12), st.sampled_from("0123456789"))
def test_un_chiffre_change_ne_passe_jamais(corps: str, rang: int, chiffre: str) -> None:
    faux = corps[:rang] + chiffre + corps[rang + 1 :]
    if faux == corps:
        return
    with pytest.raises(NumeroInvalide):
        lire_numero(faux + cle_de_controle(corps))


@given(st.text(max_size=45))
def test_n_importe_quel_texte_se_lit_ou_se_refuse(saisie: str) -> None:
    refus: NumeroInvalide | None = None
    try:
        lu = lire_numero(saisie)
    except NumeroInvalide as erreur:
        refus = erreur
    if refus is None:
        assert len(lu.numero.en_clair()) == 15
    else:
        assert refus.partie in Partie
        assert len(saisie.strip()) < 16 or saisie.strip() not in str(refus)


@pytest.mark.preuve("Identité : un NIR ne s'affiche jamais en clair par accident", systemes=("S48",), controles=(24,))
@given(corps)
def test_rien_ne_montre_le_numero_par_accident(corps: str) -> None:
    numero = lire_numero(corps).numero
    clair = numero.en_clair()
    montres = [
        str(numero),
        repr(numero),
        f"{numero}",
        f"{numero:>30}",
        f"{numero!r}",
        repr([numero]),
        repr({"n": numero}),
    ]
    for montre in montres:
        assert clair not in montre.replace(" ", "")
        assert clair[:10] not in montre.replace(" ", "")
    assert str(numero).endswith(f"{clair[10:13]} {clair[13:]}")
    assert numero.complet().replace(" ", "") == clair


def test_un_numero_ne_s_enregistre_ni_ne_se_journalise(caplog: pytest.LogCaptureFixture) -> None:
    numero = lire_numero(VALIDES[0]).numero
    with pytest.raises(TypeError, match="confidentielle"):
        pickle.dumps(numero)
    with caplog.at_level(logging.INFO):
        logging.getLogger("essai").info("lu %s, %r", numero, numero)
    assert VALIDES[0] not in caplog.text


def test_deux_numeros_egaux_sont_le_meme() -> None:
    assert Numero(VALIDES[0]) == Numero(VALIDES[0])
    assert Numero(VALIDES[0]) != Numero(VALIDES[1])
    assert Numero(VALIDES[0]) != VALIDES[0]
    assert len({Numero(VALIDES[0]), Numero(VALIDES[0])}) == 1
