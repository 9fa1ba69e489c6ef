"""What the law promises of the allowances for a disabled or ill child, and of those who stop work, on any household."""

import numpy as np
import pytest
from hypothesis import given, settings

from limpide.droits.bareme import bareme_lisible
from limpide.droits.calcul import liquider_lot
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.moteur import Motif

from .tirages import appartenance, graines, mois_tires, tirage_connu

AEEH_LUS = (
    "aeeh_niveau_handicap",
    "aeeh_accordee",
    "aeeh_date_demande",
    "aeeh_accueil",
    "taux_incapacite",
    "pch_au_lieu_du_complement",
    "aeeh_tierce_personne",
    "allocataire_unique",
)
VALEURS = {"date": (15_000, 20_500, 20_769), "booleen": (0, 1), "entier": (0, 1, 4, 44, 80, 132, 620)}


def reponses_sans_le_fait(droit, nom, nombre=2500):
    """A right without a fact, then with each of its values: (unknown, [known…])."""
    mois, nature = "2026-11", NATURES[nom]
    foyers, personnes = tirage_connu(mois, 11, nombre)
    cible = foyers if nature.sujet == "foyer" else personnes
    cible[nom] = DATE_INCONNUE if nature.type == "date" else -1
    inconnu = liquider_lot(mois, foyers, personnes, droits=[droit])
    connus = []
    for valeur in VALEURS.get(nature.type, range(len(nature.valeurs))):
        cible[nom] = valeur
        connus.append(liquider_lot(mois, foyers, personnes, droits=[droit]))
    return inconnu, connus


def refus_confondus(motifs):
    """No child in charge and no decision for any: both are said of a household that has neither."""
    return np.where(motifs == Motif.DECISION, Motif.NOMBRE_ENFANTS, motifs)


CONGES_LUS = {
    "ajpp": ("ajpp_demi_journees", "ajpp_accord_medical", "ajpp_demi_journees_versees", "aeeh_niveau_handicap"),
    "ajpa": ("ajpa_demi_journees", "ajpa_demi_journees_versees", "ajpa_demi_journees_carriere", "ajpp_demi_journees"),
    "allocation_deces": ("deces_enfant", "date_deces_enfant", "capital_deces"),
}
LUS = [("aeeh", nom) for nom in AEEH_LUS] + [(droit, nom) for droit, noms in CONGES_LUS.items() for nom in noms]


@pytest.mark.parametrize(("droit", "nom"), LUS)
def test_a_fact_that_is_unknown_is_never_guessed(droit, nom):
    """If the right answers without a fact, no value of that fact changes the answer."""
    inconnu, connus = reponses_sans_le_fait(droit, nom)
    assert (inconnu[f"{droit}_motif"] == Motif.INCONNU).any()
    for connu in connus:
        repondu = (inconnu[f"{droit}_motif"] != Motif.INCONNU) & (connu[f"{droit}_motif"] != Motif.INCONNU)
        assert (connu[f"{droit}_centimes"][repondu] == inconnu[f"{droit}_centimes"][repondu]).all()
        avant, apres = (refus_confondus(r[f"{droit}_motif"]) for r in (inconnu, connu))
        assert (apres[repondu] == avant[repondu]).all()


@given(mois_tires, graines)
@settings(max_examples=10, deadline=None)
def test_a_higher_category_is_never_paid_less_nor_a_parent_alone_less_than_a_couple(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    personnes["nationalite"] = 0
    precedent = np.zeros(len(foyers), np.int64)
    for niveau in range(7):
        personnes["aeeh_niveau_handicap"] = niveau
        montants = liquider_lot(mois, foyers, personnes, droits=["aeeh"])["aeeh_centimes"]
        assert (montants >= precedent).all()
        precedent = montants
    personnes["present"][personnes["role"] == 1] = 0
    seuls = liquider_lot(mois, foyers, personnes, droits=["aeeh"])["aeeh_centimes"]
    assert (seuls >= precedent).all()
    assert (precedent > 0).any()


@given(mois_tires, graines)
@settings(max_examples=10, deadline=None)
def test_the_allowance_is_at_least_the_base_and_at_most_the_last_category_by_child_whatever_the_income(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes, droits=["aeeh"])["aeeh_centimes"]
    b = bareme_lisible(mois)[-1]
    base = round(100 * b.aeeh_taux * b.bmaf)
    plus_haut = base + 100 * b.aeeh_complement_tierce_personne + 100 * b.aeeh_majorations[-1] * b.bmaf + 1
    enfants = np.bincount(appartenance(foyers), personnes["role"] == 2, len(foyers))
    assert (avant[avant > 0] >= base).all()
    assert (avant <= enfants * plus_haut).all()
    foyers["prestations_familiales_base_ressources"] += 90_000
    assert (liquider_lot(mois, foyers, personnes, droits=["aeeh"])["aeeh_centimes"] == avant).all()


@given(mois_tires, graines)
@settings(max_examples=8, deadline=None)
def test_a_half_day_more_of_leave_never_pays_less_nor_more_than_the_month_and_the_period_allow(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    foyers["ajpp_frais"] = 0.0
    adultes = personnes["role"] != 2
    personnes["indemnites_journalieres_maladie"] = 0.0
    b = bareme_lisible(mois)[-1]
    for droit, conge in (("ajpp", "ajpp_demi_journees"), ("ajpa", "ajpa_demi_journees")):
        avant = liquider_lot(mois, foyers, personnes, droits=[droit])
        plus = personnes.copy()
        plus[conge][adultes & (plus[conge] > 0) & (plus[conge] != 43)] += 1
        apres = liquider_lot(mois, foyers, plus, droits=[droit])
        ouverts = (avant[f"{droit}_motif"] == Motif.OUVERT) & (apres[f"{droit}_motif"] == Motif.OUVERT)
        assert (apres[f"{droit}_centimes"] >= avant[f"{droit}_centimes"])[ouverts].all()
    maximum = 22 * (10_000 if mois >= "2022" else round(100 * b.ajpa_taux[1] * b.bmaf) if mois >= "2020-10" else 0)
    assert (avant["ajpa_centimes"] <= maximum).all()


@given(mois_tires, graines)
@settings(max_examples=8, deadline=None)
def test_a_lost_child_gives_one_of_two_sums_in_its_month_only_and_income_never_raises_it(mois, graine):
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes, droits=["allocation_deces"])["allocation_deces_centimes"]
    b = bareme_lisible(mois)[-1]
    if mois < "2021-01":
        assert (avant == 0).all()
        return
    sommes = {0, *(int(100 * taux * b.bmaf + 0.5) for taux in b.deces_taux)}
    assert set(avant.tolist()) <= sommes
    jour = np.datetime64("1970-01-01") + foyers["date_deces_enfant"].astype(np.int64)
    ailleurs = jour.astype("datetime64[M]") != np.datetime64(mois, "M")
    assert (avant[ailleurs] == 0).all()
    foyers["prestations_familiales_base_ressources"] += 60_000
    apres = liquider_lot(mois, foyers, personnes, droits=["allocation_deces"])["allocation_deces_centimes"]
    assert (apres <= avant).all()
