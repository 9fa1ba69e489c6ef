"""What the law promises of the allocation de base of the Paje, on any household."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from limpide.droits.bareme import bareme_lisible
from limpide.droits.calcul import liquider_lot
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.moteur import Motif

from .tirages import graines, mois_tires, tirage_connu


def liquide(mois, foyers, personnes):
    return liquider_lot(mois, foyers, personnes, droits=["paje_base"])


@given(mois_tires, graines, st.integers(1, 5000))
@settings(max_examples=15, deadline=None)
def test_more_income_never_raises_it_and_amounts_are_one_of_the_rates(mois, graine, hausse):
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquide(mois, foyers, personnes)["paje_base_centimes"]
    foyers["prestations_familiales_base_ressources"] += hausse
    apres = liquide(mois, foyers, personnes)["paje_base_centimes"]
    assert (apres <= avant).all()
    assert (avant > 0).any()
    b = bareme_lisible(mois)[-1]
    un_taux = [int(100 * taux * b.bmaf + 0.5) for taux in b.paje_base_taux]
    if mois < "2021-04":  # children born before April 2018
        un_taux += [int(100 * taux * b.paje_base_mensuelle_gelee + 0.5) for taux in b.paje_base_taux_anterieur]
    assert all(any(montant % taux == 0 for taux in un_taux) for montant in avant[avant > 0])


@given(mois_tires, graines)
@settings(max_examples=15, deadline=None)
def test_a_pregnancy_or_two_incomes_never_lower_it(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    foyers["biactivite"] = 0
    personnes["enceinte"] = 0
    avant = liquide(mois, foyers, personnes)["paje_base_centimes"]
    foyers["biactivite"] = 1
    deux_revenus = liquide(mois, foyers, personnes)["paje_base_centimes"]
    personnes["enceinte"][personnes["role"] == 0] = 1
    attendu = liquide(mois, foyers, personnes)["paje_base_centimes"]
    assert (deux_revenus >= avant).all()
    assert (attendu >= deux_revenus).all()


@given(mois_tires, graines)
@settings(max_examples=15, deadline=None)
def test_the_two_parents_of_a_shared_child_never_both_receive(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    enfants = personnes["role"] == 2
    personnes["garde_alternee"][enfants] = 1
    personnes["allocataire_unique"] = 1
    ici = liquide(mois, foyers, personnes)["paje_base_centimes"]
    personnes["allocataire_unique"] = 0
    assert (ici > 0).any()
    assert (liquide(mois, foyers, personnes)["paje_base_centimes"] == 0).all()


PRIMES = {
    "paje_naissance": ("enceinte", "date_debut_grossesse", "enfants_attendus", "biactivite"),
    "paje_adoption": ("adoption", "date_adoption", "enceinte", "allocataire_unique", "biactivite"),
}


@pytest.mark.parametrize(("droit", "nom"), [(droit, nom) for droit, noms in PRIMES.items() for nom in noms])
def test_a_fact_that_a_grant_misses_is_never_guessed(droit, nom):
    """If a grant answers without a fact, no value of that fact changes the answer."""
    mois, nature = "2026-11", NATURES[nom]
    foyers, personnes = tirage_connu(mois, 11, 4000)
    cible = foyers if nature.sujet == "foyer" else personnes
    cible[nom] = DATE_INCONNUE if nature.type == "date" else -1
    inconnu = liquider_lot(mois, foyers, personnes)
    assert (inconnu[f"{droit}_motif"] == Motif.INCONNU).any()
    for valeur in {"date": (20_000, 20_610, 20_769), "booleen": (0, 1), "entier": (0, 2, 3)}[nature.type]:
        cible[nom] = valeur
        connu = liquider_lot(mois, foyers, personnes)
        repondu = (inconnu[f"{droit}_motif"] != Motif.INCONNU) & (connu[f"{droit}_motif"] != Motif.INCONNU)
        assert (connu[f"{droit}_centimes"][repondu] == inconnu[f"{droit}_centimes"][repondu]).all()
        assert (connu[f"{droit}_motif"][repondu] == inconnu[f"{droit}_motif"][repondu]).all()


@given(mois_tires, graines, st.integers(1, 20_000))
@settings(max_examples=10, deadline=None)
def test_more_income_never_raises_a_grant_and_it_is_whole_or_nothing(mois, graine, hausse):
    foyers, personnes = tirage_connu(mois, graine, 1500)
    b = bareme_lisible(mois)[-1]
    for droit, taux in (("paje_naissance", b.paje_naissance_taux), ("paje_adoption", b.paje_adoption_taux)):
        avant = liquider_lot(mois, foyers, personnes)[f"{droit}_centimes"]
        assert (avant % int(100 * taux * b.bmaf + 0.5) == 0).all()
        plus_riches = foyers.copy()
        plus_riches["prestations_familiales_base_ressources"] += hausse
        apres = liquider_lot(mois, plus_riches, personnes)[f"{droit}_centimes"]
        assert (apres <= avant).all()


@pytest.mark.parametrize(
    "nom",
    [
        "adoption",
        "date_adoption",
        "allocataire_unique",
        "garde_alternee",
        "enceinte",
        "biactivite",
        "prestations_familiales_base_ressources",
    ],
)
def test_a_fact_that_is_unknown_is_never_taken_for_false(nom):
    """If the right answers without a fact, no value of that fact changes the answer."""
    mois, nature = "2026-11", NATURES[nom]
    foyers, personnes = tirage_connu(mois, 11, 2500)
    cible = foyers if nature.sujet == "foyer" else personnes
    cible[nom] = {"euros": np.nan, "date": DATE_INCONNUE}.get(nature.type, -1)
    inconnu = liquide(mois, foyers, personnes)
    assert (inconnu["paje_base_motif"] == Motif.INCONNU).any()
    valeurs = {"euros": (0.0, 35_000.0, 90_000.0), "date": (15_000, 20_000, 20_769), "booleen": (0, 1)}
    for valeur in valeurs[nature.type]:
        cible[nom] = valeur
        connu = liquide(mois, foyers, personnes)
        repondu = (inconnu["paje_base_motif"] != Motif.INCONNU) & (connu["paje_base_motif"] != Motif.INCONNU)
        assert (connu["paje_base_centimes"][repondu] == inconnu["paje_base_centimes"][repondu]).all()
        assert (connu["paje_base_motif"][repondu] == inconnu["paje_base_motif"][repondu]).all()
