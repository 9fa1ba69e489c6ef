"""The file: same bytes for the same data, valid by its schema, nothing in it that a bank refuses."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limpide.paiements import calendrier, sepa

EMETTEUR = sepa.Emetteur("Caf de l'Hérault", "FR7630006000011234567890189", "")
VIREMENTS = [
    sepa.Virement("B-2", 12_345, "Zoé Dûpont-Æsir", "FR7630006000011234567890189", "Prestations 11/2026"),
    sepa.Virement("A-1", 5, "Léa Œuvre", "DE89370400440532013000", "Prestations 11/2026"),
]


def construire(virements=VIREMENTS):
    mois = dt.date(2026, 11, 1)
    return sepa.construire(
        "LIMPIDE-341-202611-01", calendrier.date_de_presentation(mois), calendrier.date_de_paiement(mois), EMETTEUR,
        virements,
    )  # fmt: skip


def test_memes_donnees_memes_octets_quel_que_soit_l_ordre():
    assert construire() == construire(list(reversed(VIREMENTS)))


def test_totaux_relus_dans_le_fichier():
    octets = construire()
    assert sepa.totaux(octets) == (2, 12_350)
    assert b"<CtrlSum>123.50</CtrlSum>" in octets
    assert b'<InstdAmt Ccy="EUR">0.05</InstdAmt>' in octets


def test_noms_dans_l_alphabet_des_banques():
    octets = construire()
    assert b"<Nm>Zoe Dupont-AEsir</Nm>" in octets
    assert b"<Nm>Lea OEuvre</Nm>" in octets
    assert b"<Nm>Caf de l'Herault</Nm>" in octets


@given(st.text(max_size=200), st.integers(min_value=1, max_value=140))
def test_latin_toujours_accepte(texte, longueur):
    propre = sepa.latin(texte, longueur)
    assert 0 < len(propre) <= max(longueur, len("NON COMMUNIQUE"))
    assert propre.isascii()


def test_iban_faux_refuse_sans_etre_cite():
    with pytest.raises(sepa.FichierInvalide, match=r"refusé par pain\.001\.001\.09") as refus:
        construire([sepa.Virement("A", 1, "X", "PAS UN IBAN", "Y")])
    assert "PAS UN IBAN" not in str(refus.value)


def test_fichier_sans_virement_refuse():
    with pytest.raises(sepa.FichierInvalide):
        construire([])


@pytest.mark.parametrize(
    ("mois", "jour"),
    [
        (dt.date(2026, 10, 1), dt.date(2026, 11, 5)),  # Thursday
        (dt.date(2026, 11, 1), dt.date(2026, 12, 4)),  # the 5th is a Saturday
        (dt.date(2026, 6, 1), dt.date(2026, 7, 6)),  # the 5th is a Sunday
        (dt.date(2026, 3, 1), dt.date(2026, 4, 7)),  # the 5th is Easter Sunday, the 6th is closed
        (dt.date(2025, 3, 1), dt.date(2025, 4, 4)),
        (dt.date(2025, 9, 1), dt.date(2025, 10, 6)),
        (dt.date(2025, 12, 1), dt.date(2026, 1, 5)),
    ],
)
def test_jour_de_paiement(mois, jour):
    """Days that the Cnaf published for 2025 and 2026."""
    assert calendrier.date_de_paiement(mois) == jour


@pytest.mark.parametrize(
    ("mois", "jour"),
    [
        (dt.date(2026, 6, 1), dt.date(2026, 7, 2)),
        (dt.date(2026, 3, 1), dt.date(2026, 4, 2)),
        (dt.date(2025, 12, 1), dt.date(2025, 12, 31)),  # the first of January is closed
    ],
)
def test_le_fichier_est_date_de_deux_jours_ouvres_avant(mois, jour):
    assert calendrier.date_de_presentation(mois).date() == jour
