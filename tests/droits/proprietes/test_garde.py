"""What the law promises of the PreParE, on any household."""

import numpy as np
from hypothesis import given, settings

from limpide.droits.bareme import bareme_lisible
from limpide.droits.calcul import liquider_lot
from limpide.droits.faits_garde import PREPARE_CHOIX
from limpide.droits.moteur import Motif

from .tirages import graines, mois_tires, tirage_connu

MAJOREE = PREPARE_CHOIX.index("cessation_majoree")


def prepare(mois, foyers, personnes):
    return liquider_lot(mois, foyers, personnes, droits=["paje_prepare"])


@given(mois_tires, graines)
@settings(max_examples=8, deadline=None)
def test_the_amount_is_one_of_the_rates_and_two_parents_never_get_more_than_one_full_rate(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    centimes = prepare(mois, foyers, personnes)["paje_prepare_centimes"]
    b = bareme_lisible(mois)[-1]
    taux = [int(100 * t * b.bmaf + 0.5) for t in b.prepare_taux]
    assert (centimes > 0).any()
    assert set(centimes[centimes > 0].tolist()) <= set(taux)
    majore = np.logical_or.reduceat(personnes["prepare_choix"] == MAJOREE, foyers["debut"])
    assert (centimes[~majore] <= taux[0]).all()


@given(mois_tires, graines)
@settings(max_examples=8, deadline=None)
def test_more_quarters_and_fewer_months_of_maternity_never_lower_it(mois, graine):
    """The motive apart: one more parent to whom it is due may send the household to a person."""
    foyers, personnes = tirage_connu(mois, graine)
    avant = prepare(mois, foyers, personnes)
    personnes["prepare_trimestres"], personnes["prepare_mois_indemnises"] = 20, 0
    apres = prepare(mois, foyers, personnes)
    moins = apres["paje_prepare_centimes"] < avant["paje_prepare_centimes"]
    assert not (moins & (apres["paje_prepare_motif"] != Motif.A_INSTRUIRE)).any()


@given(mois_tires, graines)
@settings(max_examples=8, deadline=None)
def test_an_old_age_pension_of_everybody_closes_it(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    assert (prepare(mois, foyers, personnes)["paje_prepare_centimes"] > 0).any()
    personnes["retraite_nette"], personnes["sans_revenu_remplacement"] = 500.0, 0
    assert (prepare(mois, foyers, personnes)["paje_prepare_centimes"] == 0).all()


def cmg(mois, foyers, personnes):
    return liquider_lot(mois, foyers, personnes, droits=["paje_cmg"])["paje_cmg_centimes"]


@given(mois_tires, graines)
@settings(max_examples=8, deadline=None)
def test_more_income_never_raises_the_cmg_and_it_never_exceeds_the_cost(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    avant = cmg(mois, foyers, personnes)
    assert (avant > 0).any()
    cout = np.where(personnes["mode_garde"] > 0, personnes["garde_cout"], 0.0)
    domicile = np.where(foyers["garde_domicile"] > 0, foyers["garde_domicile_cout"], 0.0)
    depense = np.add.reduceat(cout, foyers["debut"]) + domicile
    assert (avant * 0.995 <= depense * 100 + 2).all()
    foyers["prestations_familiales_base_ressources"] += 3000.0
    assert (cmg(mois, foyers, personnes) <= avant).all()


@given(mois_tires, graines)
@settings(max_examples=8, deadline=None)
def test_a_cost_that_grows_never_lowers_the_cmg_of_employment(mois, graine):
    """A structure may become too dear an hour; somebody employed never does."""
    foyers, personnes = tirage_connu(mois, graine)
    foyers["garde_domicile"] = np.where(foyers["garde_domicile"] == 2, 0, foyers["garde_domicile"])
    personnes["mode_garde"] = np.where(personnes["mode_garde"] > 1, 0, personnes["mode_garde"])
    avant = cmg(mois, foyers, personnes)
    personnes["garde_cout"] += 50.0
    foyers["garde_domicile_cout"] += 50.0
    assert (cmg(mois, foyers, personnes) >= avant).all()
