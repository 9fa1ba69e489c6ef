"""Allocation de rentrée scolaire: one month a year, one parent, and no step at the ceiling larger than the income."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limpide.droits.bareme import bareme_lisible
from limpide.droits.calcul import liquider_lot
from limpide.droits.faits import NATURES
from limpide.droits.hasard import tirer
from limpide.droits.moteur import Motif

from .tirages import MOIS, appartenance, avec_un_enfant, graines, tirage_connu

AOUTS = tuple(mois for mois in MOIS if mois.endswith("-08"))
rentrees = st.sampled_from(AOUTS)


def taux_le_plus_haut(b: Any) -> float:
    """That of the oldest, with the exceptional increase of 2020 (not a number in other years)."""
    return float(b.ars_taux[-1] + np.nan_to_num(b.ars_majoration_exceptionnelle))


@pytest.mark.parametrize("mois", [mois for mois in MOIS if mois not in AOUTS])
def test_nothing_is_due_outside_august_whatever_is_unknown(mois: str) -> None:
    resultats = liquider_lot(mois, *tirer(300, 6, mois))
    assert (resultats["ars_motif"] == Motif.HORS_PERIODE).all()
    assert (resultats["ars_centimes"] == 0).all()


@given(rentrees, graines)
@settings(max_examples=15, deadline=None)
def test_paid_amounts_are_at_least_the_minimum_and_at_most_one_full_amount_by_child(mois: str, graine: int) -> None:
    foyers, personnes = tirage_connu(mois, graine)
    centimes = liquider_lot(mois, foyers, personnes)["ars_centimes"]
    b = bareme_lisible(mois)[-1]
    assert (centimes[centimes > 0] >= 100 * b.ars_minimum_verse).all()
    enfants = np.bincount(appartenance(foyers), personnes["role"] == 2, len(foyers))
    assert (centimes <= enfants * np.ceil(100 * taux_le_plus_haut(b) * b.bmaf)).all()
    assert (centimes > 0).any()


@given(rentrees, graines, st.integers(1, 2000))
@settings(max_examples=25, deadline=None)
def test_one_more_euro_costs_at_most_a_euro_but_for_the_base_of_january_and_the_minimum(
    mois: str, graine: int, hausse: int
) -> None:
    """Across the ceiling the amount falls as income grows; the article also swaps the monthly base for January's."""
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes)["ars_centimes"]
    foyers["prestations_familiales_base_ressources"] += hausse
    apres = liquider_lot(mois, foyers, personnes)["ars_centimes"]
    assert (apres <= avant).all()
    b = bareme_lisible(mois)
    enfants = np.bincount(appartenance(foyers), personnes["role"] == 2, len(foyers))
    bases = 100 * taux_le_plus_haut(b[-1]) * (b[-1].bmaf - b[0].bmaf) * enfants
    assert (avant - apres <= 100 * (hausse + b[-1].ars_minimum_verse) + bases + enfants).all()


@given(rentrees, graines, st.integers(7, 15))
@settings(max_examples=15, deadline=None)
def test_one_more_child_at_school_never_lowers_it(mois: str, graine: int, age: int) -> None:
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes)["ars_centimes"]
    apres = liquider_lot(mois, *avec_un_enfant(mois, foyers, personnes, age))["ars_centimes"]
    assert (apres >= avant).all()
    assert (apres > avant).any()


@given(rentrees, graines)
@settings(max_examples=15, deadline=None)
def test_the_two_parents_of_a_shared_child_never_both_receive(mois: str, graine: int) -> None:
    """Designated here or there: what one household gains by the designation, the other cannot have."""
    foyers, personnes = tirage_connu(mois, graine)
    enfants = personnes["role"] == 2
    personnes["garde_alternee"][enfants] = 1
    personnes["allocataire_unique"] = 1
    ici = liquider_lot(mois, foyers, personnes)["ars_centimes"]
    personnes["allocataire_unique"] = 0
    ailleurs = liquider_lot(mois, foyers, personnes)
    assert (ici > 0).any()
    assert (ailleurs["ars_centimes"] == 0).all()
    personnes["allocataire_unique"][enfants] = -1
    inconnu = liquider_lot(mois, foyers, personnes)["ars_motif"]
    assert (inconnu[ici > 0] == Motif.INCONNU).all()


FAITS = ("inscription_rentree", "cours_preparatoire_anticipe", "allocataire_unique", "garde_alternee")


@pytest.mark.parametrize("nom", [*FAITS, "prestations_familiales_base_ressources", "salaire_net"])
@pytest.mark.parametrize("mois", AOUTS)
def test_a_fact_that_is_unknown_is_never_taken_for_false(mois: str, nom: str) -> None:
    """If the right answers without a fact, no value of that fact changes the answer (enrolment is presumed at school
    age: R543-4)."""
    foyers, personnes = tirage_connu(mois, 11, 600)
    nature = NATURES[nom]
    cible = foyers if nature.sujet == "foyer" else personnes
    age = np.datetime64(mois, "M") - (np.datetime64("1970-01-01") + personnes["date_naissance"]).astype("datetime64[M]")
    presumes = (age.astype(int) < 16 * 12) if nom == "inscription_rentree" else np.zeros(len(personnes), bool)
    variables = np.ones(len(cible), bool) if cible is foyers else ~presumes
    for raccourci in (n for n in cible.dtype.names if n.startswith("sans_")):
        cible[raccourci] = 0
    cible[nom][variables] = np.nan if nature.type == "euros" else -1
    inconnu = liquider_lot(mois, foyers, personnes)
    assert (inconnu["ars_motif"] == Motif.INCONNU).any()
    for valeur in (0, 1) if nature.type == "booleen" else (0.0, 20_000.0, 90_000.0):
        cible[nom][variables] = valeur
        connu = liquider_lot(mois, foyers, personnes)
        repondu = (inconnu["ars_motif"] != Motif.INCONNU) & (connu["ars_motif"] != Motif.INCONNU)
        assert (connu["ars_centimes"][repondu] == inconnu["ars_centimes"][repondu]).all()
