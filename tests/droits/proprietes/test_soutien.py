"""What the law promises of the allocation de soutien familial, on any household."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from limpide.droits.bareme import bareme_lisible
from limpide.droits.calcul import liquider_lot
from limpide.droits.faits import DATE_INCONNUE, NATURES, SOUTIENS
from limpide.droits.moteur import Motif

from .tirages import appartenance, graines, mois_tires, tirage_connu


@given(mois_tires, graines)
@settings(max_examples=15, deadline=None)
def test_paid_amounts_are_at_least_the_minimum_and_at_most_the_rate_of_two_parents_by_child(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    centimes = liquider_lot(mois, foyers, personnes, droits=["asf"])["asf_centimes"]
    b = bareme_lisible(mois)[-1]
    enfants = np.bincount(appartenance(foyers), personnes["role"] == 2, len(foyers))
    assert (centimes[centimes > 0] >= 100 * b.asf_minimum_verse).all()
    assert (centimes <= enfants * np.ceil(100 * b.asf_taux_deux_parents * b.bmaf)).all()
    assert (centimes > 0).any()


@given(mois_tires, graines)
@settings(max_examples=15, deadline=None)
def test_income_never_moves_it(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes, droits=["asf"])
    foyers["prestations_familiales_base_ressources"] += 50_000
    personnes["salaire_net"][personnes["role"] != 2] += 3_000
    for raccourci in (n for n in personnes.dtype.names if n.startswith("sans_")):
        personnes[raccourci] = 0
    assert (liquider_lot(mois, foyers, personnes, droits=["asf"]) == avant).all()


@given(mois_tires, graines, st.floats(1, 150))
@settings(max_examples=15, deadline=None)
def test_a_euro_more_of_a_small_pension_is_a_euro_less(mois, graine, hausse):
    foyers, personnes = tirage_connu(mois, graine)
    verses = (personnes["role"] == 2) & (personnes["soutien_autre_parent"] == SOUTIENS.index("pension_faible"))
    avant = liquider_lot(mois, foyers, personnes, droits=["asf"])["asf_centimes"]
    personnes["pensions_alimentaires_percues"][verses] += hausse
    apres = liquider_lot(mois, foyers, personnes, droits=["asf"])["asf_centimes"]
    combien = np.bincount(appartenance(foyers), verses, len(foyers))
    minimum = 100 * bareme_lisible(mois)[-1].asf_minimum_verse
    assert (apres <= avant).all()
    assert (avant - apres <= combien * (100 * hausse + 1) + minimum).all()


@given(mois_tires, graines)
@settings(max_examples=15, deadline=None)
def test_nothing_is_due_for_children_that_the_other_parent_supports(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    personnes["soutien_autre_parent"] = SOUTIENS.index("apporte")
    resultats = liquider_lot(mois, foyers, personnes, droits=["asf"])
    assert (resultats["asf_centimes"] == 0).all()
    assert (resultats["asf_motif"] == Motif.SOUTIEN).any()


FAITS = (
    "soutien_autre_parent",
    "soutien_depuis",
    "asf_date_demande",
    "pension_en_cours_de_fixation",
    "enfant_recueilli",
    "deux_parents_absents",
    "pensions_alimentaires_percues",
)


@pytest.mark.parametrize("nom", FAITS)
def test_a_fact_that_is_unknown_is_never_taken_for_false(nom):
    """If the right answers without a fact, no value of that fact changes the answer."""
    mois, nature = "2026-11", NATURES[nom]
    foyers, personnes = tirage_connu(mois, 11, 2000)
    for raccourci in (n for n in personnes.dtype.names if n.startswith("sans_")):
        personnes[raccourci] = 0
    enfants = personnes["role"] == 2
    personnes[nom][enfants] = {"euros": np.nan, "date": DATE_INCONNUE}.get(nature.type, -1)
    inconnu = liquider_lot(mois, foyers, personnes, droits=["asf"])
    assert (inconnu["asf_motif"] == Motif.INCONNU).any()
    valeurs = {"euros": (0.0, 90.0, 400.0), "date": (15_000, 20_500, 20_769), "booleen": (0, 1)}
    for valeur in valeurs.get(nature.type, range(len(SOUTIENS))):
        personnes[nom][enfants] = valeur
        connu = liquider_lot(mois, foyers, personnes, droits=["asf"])
        repondu = (inconnu["asf_motif"] != Motif.INCONNU) & (connu["asf_motif"] != Motif.INCONNU)
        assert (connu["asf_centimes"][repondu] == inconnu["asf_centimes"][repondu]).all()
        assert (connu["asf_motif"][repondu] == inconnu["asf_motif"][repondu]).all()
