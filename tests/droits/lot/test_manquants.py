"""The fact that a batch names is the one that a household computed alone names first."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from limpide.droits import calcul
from limpide.droits.calcul import liquider
from limpide.droits.ensemble import completer, liquider_foyer, liquider_foyers, nommer_les_causes
from limpide.droits.faits import INCONNU, NATURES_PAR_CODE
from limpide.droits.hasard import tirer
from limpide.droits.lot.chaine import liquider_bloc
from limpide.droits.lot.colonnes import FOYERS, PERSONNES
from limpide.droits.lot.lecture import Fiches, lire_groupe, ouvrir
from limpide.droits.situation import Situation, codes_droits, resumer

from .conftest import MOIS

COMPARES = 300
"""Households of each draw."""


def premier(resultat):
    """Name of the first missing fact; empty if there is none."""
    return next(iter(resultat.faits_manquants), "")


def nomme(resultats, code, rang):
    manque = int(resultats[f"{code}_manque"][rang])
    return NATURES_PAR_CODE[manque].nom if manque else ""


def trouee(population, dossier, part, graine):
    """The same population, where this share of what is told is not (a monthly amount, in all its months)."""
    dossier.mkdir()
    hasard = np.random.default_rng(graine)
    for fichier in (FOYERS, PERSONNES):
        table = pq.read_table(population / fichier)
        tus = {}
        for rang, nom in enumerate(table.column_names):
            if nom in ("membres", "region", "role", "present"):
                continue
            tu = tus.setdefault(re.sub(r"_m\d$", "", nom), hasard.random(len(table)) < part)
            colonne = table[nom].combine_chunks()
            vide = pa.nulls(len(table), colonne.type)
            table = table.set_column(rang, table.schema.field(rang), pc.if_else(pa.array(tu), vide, colonne))
        pq.write_table(table, dossier / fichier)
    return dossier


@pytest.mark.parametrize(("part", "graine"), [(0.3, 1), (0.03, 2)])
def test_a_population_with_holes(population, tmp_path, part, graine):
    """Rights that others count are computed where the files say nothing of them: what those miss is then named."""
    ouverte = ouvrir(trouee(population, tmp_path / "trouee", part, graine))
    _, foyers, personnes = next(Fiches(ouverte).blocs(lire_groupe(ouverte, 0, MOIS)))
    bruts = foyers.copy()
    resultats = liquider_bloc(MOIS, foyers, personnes, codes_droits(), dits=ouverte.dits)
    vus, ecarts = 0, []
    for rang in range(COMPARES):
        membres = personnes[foyers["debut"][rang] : foyers["fin"][rang]]
        donnees = Situation(MOIS, bruts[rang : rang + 1], membres).vers_dict()
        for code, resultat in nommer_les_causes(liquider(completer(donnees), codes_droits())).items():
            vus += resultat.motif == "INCONNU"
            if nomme(resultats, code, rang) != premier(resultat):
                ecarts.append((rang, code, nomme(resultats, code, rang), resultat.faits_manquants))
    assert vus > COMPARES
    assert ecarts == []


@pytest.mark.parametrize("mois", ["2021-03", "2026-11"])
def test_households_of_a_caf(mois, monkeypatch):
    """Random households, of whom anything may be unknown; most of what no rule names is found in columns."""
    un_par_un = []
    seul = calcul._premier_lu
    monkeypatch.setattr(calcul, "_premier_lu", lambda *quoi: un_par_un.append(1) or seul(*quoi))
    foyers, personnes = tirer(3 * COMPARES, 17, mois)
    hasard = np.random.default_rng(5)
    for fait in ("soutien_autre_parent", "nationalite", "taux_incapacite", "garde_alternee"):
        personnes[fait][hasard.random(len(personnes)) < 0.1] = INCONNU
    resumer(personnes)
    resultats = liquider_foyers(mois, foyers, personnes, droits=codes_droits())
    cherches = len(un_par_un)
    vus, ecarts = 0, []
    for rang in range(COMPARES):
        membres = personnes[foyers["debut"][rang] : foyers["fin"][rang]]
        situation = Situation(mois, foyers[rang : rang + 1], membres)
        for code, resultat in liquider_foyer(situation, codes_droits()).items():
            vus += resultat.motif == "INCONNU"
            if nomme(resultats, code, rang) != premier(resultat):
                ecarts.append((rang, code, nomme(resultats, code, rang), resultat.faits_manquants))
    assert vus > COMPARES
    assert ecarts == []
    assert cherches < 3 * COMPARES
