from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limpide.droits.moteur import (
    age_au,
    age_en_mois_au,
    annee_mois_jour,
    arrondi_centime,
    arrondi_euro,
    centimes,
    tronque_centime,
)
from limpide.droits.moteur.compilation import inscrire

EPOQUE = date(1970, 1, 1)


@given(st.dates(date(1600, 1, 1), date(2400, 1, 1)))
def test_dates_are_those_of_the_calendar(jour):
    assert annee_mois_jour((jour - EPOQUE).days) == (jour.year, jour.month, jour.day)


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 40000))
def test_age_counts_birthdays(naissance, ecart):
    jour = naissance + timedelta(ecart)
    attendu = jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))
    assert age_au((naissance - EPOQUE).days, (jour - EPOQUE).days) == attendu


def test_age_before_birth_is_negative():
    assert age_en_mois_au(20000, 20000 - 40) < 0


@pytest.mark.parametrize(
    ("montant", "attendu"),
    [(1.005, 1.01), (2.675, 2.68), (1.0049, 1.0), (0.0, 0.0), (14.285, 14.29), (1e7 + 0.005, 1e7 + 0.01)],
)
def test_halves_of_a_cent_go_up_whatever_the_binary_says(montant, attendu):
    assert arrondi_centime(montant) == attendu


@given(st.integers(0, 10**9))
def test_rounding_is_that_of_exact_decimals(millieme):
    exact = Decimal(millieme) / 1000
    assert arrondi_centime(millieme / 1000) == float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    assert centimes(millieme / 1000) == int(exact.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)
    assert arrondi_euro(millieme / 1000) == float(exact.quantize(Decimal(1), ROUND_HALF_UP))


def test_cents_below():
    assert [tronque_centime(x) for x in (0.759, 0.29, 1.0)] == [0.75, 0.29, 1.0]


def test_unknown_stays_unknown():
    assert all(np.isnan(f(np.nan)) for f in (arrondi_centime, arrondi_euro, tronque_centime))
    assert centimes(np.nan) == 0


def test_compiled_rounding_is_the_same_to_the_last_bit():
    inscrire()

    @numba.njit
    def compile_(montants, sortie):
        for i in range(len(montants)):
            sortie[i] = arrondi_centime(montants[i])

    montants = np.random.default_rng(1).uniform(-1000, 5000, 20000).round(3)
    sortie = np.zeros_like(montants)
    compile_(montants, sortie)
    assert sortie.tolist() == [arrondi_centime(m) for m in montants.tolist()]
