"""The law, run on the fictitious households, opens the rights in the published proportions."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from limpide.droits.calcul import liquider
from limpide.droits.faits import MOIS_FENETRE, NATURES
from limpide.droits.situation import Situation
from limpide.monde import population
from limpide.monde.foyers import CALAGE, FaitSynthetique, FoyerSynthetique, mois_decale

MOIS = dt.date(2026, 11, 1)
FENETRE = [mois_decale(MOIS, i - MOIS_FENETRE + 1) for i in range(MOIS_FENETRE)]
FOYERS = 1500


def valeurs(faits: list[FaitSynthetique]) -> dict[str, Any]:
    """Facts of one person or household, as a situation of the month tells them."""
    lues: dict[str, Any] = {}
    for fait in faits:
        en_cours = [fait.debut <= m and (fait.fin is None or m < fait.fin) for m in FENETRE]
        periodicite = NATURES[fait.nature].periodicite
        if periodicite == "mois":
            mensuelles = lues.setdefault(fait.nature, [None] * MOIS_FENETRE)
            for i, vaut in enumerate(en_cours):
                if vaut:
                    mensuelles[i] = fait.valeur
        elif (periodicite == "annee" and fait.debut.year == MOIS.year - 2) or (periodicite == "etat" and en_cours[-1]):
            lues[fait.nature] = fait.valeur
    return lues


def situation(f: FoyerSynthetique) -> Situation:
    personnes = [{"role": m.role, "date_naissance": m.naissance.isoformat(), **valeurs(m.faits)} for m in f.membres]
    return Situation.depuis_dict({"mois": f"{MOIS:%Y-%m}", "foyer": valeurs(f.faits), "personnes": personnes})


@pytest.fixture(scope="module")
def ouverts() -> Counter[str]:
    compte: Counter[str] = Counter()
    for rang in range(1, FOYERS + 1):
        for code, resultat in liquider(situation(population.foyer(1, rang, MOIS))).items():
            compte[code] += resultat.montant_centimes > 0
    return compte


@pytest.mark.parametrize("droit", ["af", "rsa", "ppa"])
def test_rights_open_in_the_published_proportions(ouverts, droit):
    attendues = CALAGE["parts_ouvertes"]
    assert ouverts[droit] / FOYERS == pytest.approx(attendues[droit], abs=attendues["tolerance"])


def test_the_care_of_a_child_is_told_month_by_month_and_the_reference_month_is_still_to_declare():
    """Every family that pays a childminder told each month but the last; nobody who told nothing is asked."""
    familles = [population.foyer(1, rang, MOIS) for rang in range(1, 200)]
    gardees = [f for f in familles if any(x.nature == "cmg_date_demande" for x in f.faits)]
    assert len(gardees) >= 5
    for f in gardees:
        dits = [x for m in f.membres for x in m.faits if x.nature == "garde_cout"]
        assert all(x.fin == mois_decale(x.debut, 1) for x in dits)
        assert max(x.debut for x in dits) == mois_decale(MOIS, -1)
        assert str(liquider(situation(f))["paje_cmg"].motif) == "A_DECLARER"
