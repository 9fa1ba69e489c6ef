"""What the law promises of the AAH: never with the ASS, never above its full rate, one's own since October 2023."""

import numpy as np
import pytest

from limpide.droits.bareme import lire_mois, parametres
from limpide.droits.calcul import liquider_lot
from limpide.droits.hasard import tirer

MOIS = ("2020-01", "2022-06", "2023-09", "2023-10", "2026-11")


@pytest.mark.parametrize("mois", MOIS)
def test_the_aah_and_the_ass_are_never_both_and_the_full_rate_is_never_passed(mois: str) -> None:
    foyers, personnes = tirer(3000, 17, mois)
    recu = np.nan_to_num(liquider_lot(mois, foyers, personnes, droits=["aah"])["aah"])
    appartenance = np.repeat(np.arange(len(foyers)), foyers["fin"] - foyers["debut"])
    adulte = personnes["role"] != 2
    reconnus = adulte & (personnes["taux_incapacite"] >= 50)
    en_ass = np.bincount(appartenance, reconnus & ~(personnes["ass"][:, -1] > 0), len(foyers))
    plein = float(parametres()["aah_montant"].en(lire_mois(mois)).valeur)  # type: ignore[arg-type]
    assert (recu > 0).sum() > 100
    assert (recu <= en_ass * plein + 0.005).all()


def test_since_october_2023_a_partner_s_incomes_change_nothing() -> None:
    for mois, change in (("2023-09", True), ("2023-10", False)):
        foyers, personnes = tirer(3000, 18, mois)
        personnes["aah_conjugalise_eligible"] = 0
        avant = liquider_lot(mois, foyers, personnes, droits=["aah"])["aah"]
        riches = personnes.copy()
        simple = (riches["role"] == 1) & (riches["taux_incapacite"] == 0)
        riches["aah_activite_n2"][simple] += 60_000
        apres = liquider_lot(mois, foyers, riches, droits=["aah"])["aah"]
        assert (np.nan_to_num(apres) <= np.nan_to_num(avant)).all()
        assert bool((np.nan_to_num(apres) < np.nan_to_num(avant)).any()) is change
