"""Addresses and numbers as people type them (MC-054)."""

import pytest

from limpide.identite.joignable import Injoignable, lire_courriel, lire_mobile


@pytest.mark.parametrize(
    ("saisie", "lu", "lisible"),
    [
        ("06 12 34 56 78", "+33612345678", "06 12 34 56 78"),
        ("+33 6.12.34.56.78", "+33612345678", "06 12 34 56 78"),
        ("0033612345678", "+33612345678", "06 12 34 56 78"),
        ("0692 12 34 56", "+262692123456", "0692 12 34 56"),
        ("+262692123456", "+262692123456", "0692 12 34 56"),
        ("+32 470 12 34 56", "+32470123456", "+32 470 12 34 56"),
    ],
)
def test_a_mobile_is_one_however_it_is_written(saisie: str, lu: str, lisible: str) -> None:
    mobile = lire_mobile(saisie)
    assert (mobile.en_clair(), mobile.lisible()) == (lu, lisible)
    assert lu[-6:] not in f"{mobile} {mobile!r}"


@pytest.mark.parametrize("saisie", ["", "01 45 67 89 10", "12", "06 12 34 56", "0612345678x", "06" * 40, "null", "+33"])
def test_what_cannot_receive_a_text_message_is_refused_without_repeating_it(saisie: str) -> None:
    with pytest.raises(Injoignable) as refus:
        lire_mobile(saisie)
    assert len(saisie) < 3 or saisie not in str(refus.value)


def test_an_address_is_one_whatever_its_capitals() -> None:
    assert lire_courriel(" Amina.D@Exemple.FR ").cle == lire_courriel("amina.d@exemple.fr").cle
    assert lire_courriel("élise@exemple.fr").en_clair() == "élise@exemple.fr"
    assert str(lire_courriel("amina@exemple.fr")) == "a•••@exemple.fr"


@pytest.mark.parametrize(
    "saisie", ["", "a@b", "sans.arobase.fr", "a@@b.fr", "a b@c.fr", "x@localhost", "x@exemple..fr", "a" * 300 + "@x.fr",
               "a@x.fr\nBcc: tous@x.fr", "<script>@x.fr"],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_repeating_it(saisie: str) -> None:
    with pytest.raises(Injoignable) as refus:
        lire_courriel(saisie)
    assert len(saisie) < 4 or saisie not in str(refus.value)
