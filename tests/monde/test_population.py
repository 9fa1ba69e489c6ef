"""The fictitious households: same seed, same people; every number valid; nothing before birth."""

import datetime as dt

import pytest

from limpide.droits.faits import NATURES
from limpide.identite.iban import lire_iban
from limpide.identite.nir import lire_numero
from limpide.monde import population, temoin
from limpide.monde.chargement import valeur_enregistree
from limpide.monde.foyers import CALAGE

MOIS = dt.date(2026, 11, 1)
FOYERS = [temoin.foyer(MOIS), *(population.foyer(1, rang, MOIS) for rang in range(1, 400))]


def test_the_same_seed_rank_and_month_give_the_same_household():
    assert population.foyer(7, 12, MOIS) == population.foyer(7, 12, MOIS)
    assert population.foyer(7, 12, MOIS) != population.foyer(8, 12, MOIS)


def test_every_number_passes_the_checks_and_belongs_to_one_person_only():
    numeros = [m.nir for f in FOYERS for m in f.membres]
    assert all(not lire_numero(n).avertissements for n in numeros)
    assert len(set(numeros)) == len(numeros)
    ibans = [f.iban for f in FOYERS]
    assert all(lire_iban(i) for i in ibans)
    assert len(set(ibans)) == len(ibans)


def test_no_number_can_be_a_real_persons():
    assert {m.nir[7:10] for f in FOYERS for m in f.membres} == {"999"}
    assert {f.iban[4:9] for f in FOYERS} == {"99999"}


def test_every_fact_is_of_the_catalogue_and_storable():
    for f in FOYERS:
        for sujet, faits in [("foyer", f.faits), *(("personne", m.faits) for m in f.membres)]:
            for fait in faits:
                nature = NATURES[fait.nature]
                assert nature.sujet == sujet
                assert isinstance(valeur_enregistree(nature, fait.valeur), int)
                assert fait.fin is None or fait.debut < fait.fin
                assert fait.connu_le <= MOIS


@pytest.mark.parametrize("rang", range(1, 400, 7))
def test_a_household_has_one_claimant_first_then_a_partner_then_children(rang):
    roles = [m.role for m in population.foyer(1, rang, MOIS).membres]
    assert roles[0] == "demandeur"
    assert roles == sorted(roles, key=["demandeur", "conjoint", "enfant"].index)
    assert roles.count("demandeur") == 1
    assert roles.count("conjoint") <= 1


@pytest.mark.parametrize("rang", range(1, 400, 7))
def test_parents_are_older_than_their_children(rang):
    f = population.foyer(1, rang, MOIS)
    for enfant in (m for m in f.membres if m.role == "enfant"):
        assert (enfant.naissance - f.membres[0].naissance).days > 18 * 365


def test_the_composition_follows_the_published_structure():
    foyers = [population.foyer(3, rang, MOIS) for rang in range(1, 3001)]
    part_couples_avec_enfants = sum(
        any(m.role == "conjoint" for m in f.membres) and any(m.role == "enfant" for m in f.membres) for f in foyers
    ) / len(foyers)
    assert part_couples_avec_enfants == pytest.approx(CALAGE["composition"]["couple_avec_enfants"], abs=0.03)
