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
