"""What the law promises of housing benefits: one at most, less with more income, whole euros, words for each step."""

import numpy as np
import pytest

from limpide.droits.calcul import liquider, liquider_lot
from limpide.droits.explication import raconter
from limpide.droits.moteur import Motif
from limpide.droits.situation import NATURES
from tests.droits.test_phrases import lisible, phrases

from .tirages import CONNUS, situations, tirage_connu

AIDES = ("apl", "alf", "als")
MOIS = ("2025-04", "2026-06", "2026-11")
HLM = NATURES["statut_occupation_logement"].valeurs.index("locataire_hlm")


def montants(mois, foyers, personnes):
    resultats = liquider_lot(mois, foyers, personnes, droits=AIDES)
    return resultats, sum(resultats[f"{aide}_centimes"] for aide in AIDES)


@pytest.mark.parametrize("mois", MOIS)
def test_a_household_has_one_housing_benefit_at_most(mois):
    resultats, _ = montants(mois, *tirage_connu(mois, 11, 1500))
    assert (np.sum([resultats[f"{aide}_centimes"] > 0 for aide in AIDES], axis=0) <= 1).all()
    for aide in AIDES:
        assert (resultats[f"{aide}_centimes"] > 0).sum() > 30


@pytest.mark.parametrize("mois", MOIS)
def test_what_is_paid_is_whole_euros_unless_the_rent_is_reduced(mois):
    foyers, personnes = tirage_connu(mois, 12, 1500)
    resultats, _ = montants(mois, foyers, personnes)
    prive = foyers["statut_occupation_logement"] != HLM
    for aide in AIDES:
        net = resultats[f"{aide}_centimes"] - resultats[f"{aide}_crds"]
        assert (net[prive] % 100 == 0).all()
        verses = resultats[f"{aide}_centimes"] > 0
        assert (resultats[f"{aide}_crds"][verses] <= resultats[f"{aide}_centimes"][verses] * 0.005 + 2).all()


@pytest.mark.parametrize("mois", MOIS)
def test_more_income_never_gives_more_nor_another_benefit(mois):
    foyers, personnes = tirage_connu(mois, 13, 1500)
    avant, total = montants(mois, foyers, personnes)
    demandeurs = personnes["role"] == 0
    personnes["revenus_imposables_n2"][demandeurs] += 1_000
    apres, moins = montants(mois, foyers, personnes)
    # A reduction of rent that is lost gives back to the aid what it takes from the landlord: those rents are put aside.
    prives = foyers["statut_occupation_logement"] != HLM
    assert (moins[prives] <= total[prives]).all()
    assert (moins < total).sum() > 100
    for aide in AIDES:
        autre = [r[f"{aide}_motif"] == Motif.AUTRE_AIDE for r in (avant, apres)]
        assert (autre[0] == autre[1]).all()


@pytest.mark.parametrize("mois", MOIS)
def test_a_higher_rent_helps_up_to_its_ceiling_then_ends(mois):
    foyers, personnes = tirage_connu(mois, 14, 1500)
    foyers["loyer"][:] = 180.0
    _, bas = montants(mois, foyers, personnes)
    foyers["loyer"][:] = 230.0
    _, milieu = montants(mois, foyers, personnes)
    foyers["loyer"][:] = 9_000.0
    resultats, haut = montants(mois, foyers, personnes)
    assert (milieu >= bas).mean() > 0.99
    assert (milieu > bas).sum() > 200
    sans_limite = np.sum([resultats[f"{aide}_motif"] == Motif.OUVERT for aide in AIDES], axis=0) > 0
    assert (haut[~sans_limite] == 0).all()
    assert sans_limite.any()


@pytest.mark.parametrize("mois", MOIS)
def test_every_sentence_of_a_housing_benefit_reads_well(mois):
    foyers, personnes = tirage_connu(mois, 15, 60)
    for rang, cas in enumerate(situations(mois, foyers, personnes)):
        for resultat in liquider(cas, AIDES).values():
            recit = raconter(resultat)
            for texte in (recit.conclusion, *phrases(recit.phrases)):
                assert lisible(texte).endswith("."), (rang, texte)
    assert CONNUS.inconnues == 0


@pytest.mark.parametrize("mois", MOIS)
@pytest.mark.parametrize("statut", ["locataire_foyer", "primo_accedant"])
def test_a_hostel_and_a_loan_open_the_same_three_benefits_in_words(mois, statut):
    foyers, personnes = tirage_connu(mois, 16, 120)
    foyers["statut_occupation_logement"] = NATURES["statut_occupation_logement"].valeurs.index(statut)
    resultats, _ = montants(mois, foyers, personnes)
    assert all((resultats[f"{aide}_centimes"] > 0).any() for aide in AIDES)
    for rang, cas in enumerate(situations(mois, foyers, personnes)):
        expliques = liquider(cas, AIDES)
        assert [expliques[a].montant_centimes for a in AIDES] == [resultats[f"{a}_centimes"][rang] for a in AIDES]
        for texte in (t for r in expliques.values() for t in phrases(raconter(r).phrases)):
            assert lisible(texte).endswith("."), (rang, texte)
