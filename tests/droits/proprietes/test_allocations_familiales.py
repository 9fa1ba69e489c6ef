"""Family allowances: what more children or more income may do."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from limpide.droits.calcul import liquider_lot

from .tirages import avec_un_enfant, graines, mois_tires, tirage_connu


@given(mois_tires, graines, st.integers(1, 15))
@settings(max_examples=25, deadline=None)
def test_one_more_child_never_lowers_them(mois: str, graine: int, age: int) -> None:
    foyers, personnes = tirage_connu(mois, graine)
    # Overseas, the law does lower them: the allowance of an only child ignores income, that of two does not
    # (D755-5).
    foyers["residence"] = 0
    avant = liquider_lot(mois, foyers, personnes)["af_centimes"]
    apres = liquider_lot(mois, *avec_un_enfant(mois, foyers, personnes, age))["af_centimes"]
    assert (apres >= avant).all()


@given(mois_tires, graines, st.integers(1, 4000))
@settings(max_examples=25, deadline=None)
def test_one_more_euro_costs_at_most_a_euro(mois: str, graine: int, hausse: int) -> None:
    """The sliding complement: across a ceiling, allowances fall no faster than income grows (per
    allowance)."""
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes)["af_centimes"]
    foyers["prestations_familiales_base_ressources"] += hausse
    apres = liquider_lot(mois, foyers, personnes)["af_centimes"]
    assert (apres <= avant).all()
    allocations = 1 + np.maximum(0, foyers["fin"] - foyers["debut"] - 1)
    assert (avant - apres <= allocations * (hausse / 12 * 100 + 2)).all()


@given(mois_tires, graines)
@settings(max_examples=15, deadline=None)
def test_wages_of_the_parents_this_year_do_not_count(mois: str, graine: int) -> None:
    """Family allowances read the income of two years before, and the pay of the children, nothing else."""
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes)["af_centimes"]
    adultes = personnes["role"] != 2
    personnes["salaire_net"][adultes] += 1000
    personnes["sans_revenu_activite"][adultes] = 0
    assert (liquider_lot(mois, foyers, personnes)["af_centimes"] == avant).all()
