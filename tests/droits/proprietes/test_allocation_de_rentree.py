"""School allowance: when it is due, what one more child or one more euro may do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limpide.droits.calcul import liquider_lot
from limpide.droits.moteur import Motif

from .tirages import MOIS, avec_un_enfant, graines, tirage_connu

RENTREES = st.sampled_from([mois for mois in MOIS if mois.endswith("-08")])


@pytest.mark.parametrize("mois", [mois for mois in MOIS if not mois.endswith("-08")])
def test_no_other_month_pays_it(mois: str) -> None:
    droits = liquider_lot(mois, *tirage_connu(mois, 4), droits=("ars",))
    assert not droits["ars_centimes"].any()
    assert set(np.unique(droits["ars_motif"])) == {Motif.NOMBRE_ENFANTS, Motif.HORS_PERIODE}


@given(RENTREES, graines, st.integers(6, 14))
@settings(max_examples=20, deadline=None)
def test_one_more_child_at_school_never_lowers_it(mois: str, graine: int, age: int) -> None:
    """Rounding each child's share apart: a cent for each, at the most."""
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes, droits=("ars",))["ars_centimes"]
    apres = liquider_lot(mois, *avec_un_enfant(mois, foyers, personnes, age), droits=("ars",))["ars_centimes"]
    assert (apres >= avant - (foyers["fin"] - foyers["debut"])).all()


@given(RENTREES, graines, st.integers(1, 3000))
@settings(max_examples=20, deadline=None)
def test_more_income_never_raises_it_and_costs_no_more_than_itself(mois: str, graine: int, hausse: int) -> None:
    """Past the ceiling, the amounts of 1 January replace those of August: nine euros by child, fifteen at the end."""
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes, droits=("ars",))["ars_centimes"]
    foyers["prestations_familiales_base_ressources"] += hausse
    apres = liquider_lot(mois, foyers, personnes, droits=("ars",))["ars_centimes"]
    membres = foyers["fin"] - foyers["debut"]
    assert (apres <= avant + membres).all()
    assert (avant - apres <= hausse * 100 + membres * 900 + 1500).all()
