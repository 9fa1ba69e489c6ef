"""Every month of the range: no gap in the parameters, one wording of each rule and no more, every right computes."""

import numpy as np
import pytest

from limpide.droits.bareme import decaler, lire_mois, mois_couverts
from limpide.droits.calcul import catalogue_droits, liquider_lot
from limpide.droits.hasard import tirer
from limpide.droits.moteur import Motif
from limpide.droits.moteur.regle import REGLES
from limpide.droits.situation import codes_droits

MOIS = mois_couverts()


def test_the_range_is_the_one_that_is_announced():
    assert (MOIS[0], MOIS[-1], len(MOIS)) == ("2020-01", "2026-12", 84)


@pytest.mark.parametrize("mois", MOIS)
def test_every_right_answers_for_every_household_of_every_month(mois):
    """Neither a parameter that nobody stated, nor one that did not exist yet, reaches an amount."""
    foyers, personnes = tirer(150, lire_mois(mois), mois)
    resultats = liquider_lot(mois, foyers, personnes, droits=codes_droits())
    for code in codes_droits():
        connus = resultats[f"{code}_motif"] != Motif.INCONNU
        assert np.isin(resultats[f"{code}_motif"], [int(m) for m in Motif]).all()
        assert not np.isnan(resultats[code][connus]).any(), code


def test_a_rule_has_exactly_one_wording_in_each_month():
    catalogue_droits()
    avec_variantes = [r for cle, r in REGLES.items() if cle.startswith("limpide.droits.") and len(r.variantes) > 1]
    assert len(avec_variantes) >= 8
    premier = decaler(lire_mois(MOIS[0]), -6)
    fenetre = [decaler(premier, pas) for pas in range(len(MOIS) + 6)]
    for regle in avec_variantes:
        for mois in fenetre:
            vigueur = [
                v
                for v in regle.variantes
                if v.depuis.year * 100 + v.depuis.month <= mois
                and (v.jusque is None or mois <= v.jusque.year * 100 + v.jusque.month)
            ]
            assert len(vigueur) == 1, (regle.cle, mois)
