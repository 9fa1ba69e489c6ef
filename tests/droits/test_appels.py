"""What the calls of a right lead to is what it reads: nothing that runs is missed, and nothing else can move it."""

import math
from dataclasses import replace
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from limpide.droits.appels import faits_cites
from limpide.droits.calcul import catalogue_droits, fiches
from limpide.droits.cas import lire_cas
from limpide.droits.ensemble import faits_en_cause
from limpide.droits.hasard import TIRAGE_COMPLET, tirer
from limpide.droits.lectures import FAITS_DERIVES, lire_avec
from limpide.droits.moteur import Droit
from limpide.droits.moteur.primitive import PRIMITIVES
from limpide.droits.moteur.regle import REGLES
from limpide.droits.situation import FOYER_FAITS, PERSONNE_FAITS, Situation, resumer

DROITS = {droit.code: droit for droit in catalogue_droits()}
LOI = "limpide.droits."
RARES = {"carte_resident", "duree_possession_titre_sejour", "protection_internationale"}
"""Read of a foreigner only: no draw nor case has one in each of the rarest rights."""


def noms(droit: Droit) -> set[str]:
    return {nature.nom for nature in faits_cites(droit)}


def en_entier(droit: Droit) -> Droit:
    """The right, every function of which runs when its amount is asked: those that only batches call too."""

    def montant(*fiches_: Any) -> float:
        euros = droit.montant(*fiches_)
        for role, fonction in droit.fonctions.items():
            if role == "crds" and euros > 0.0:
                fonction(*fiches_, euros)
            elif role in {"manque", "ensemble"}:
                fonction(*fiches_)
        return euros

    return replace(droit, montant=montant)


def tires(mois: str, foyers: Any, personnes: Any) -> list[Situation]:
    return [Situation(mois, foyers[i : i + 1], personnes[f["debut"] : f["fin"]]) for i, f in enumerate(foyers)]


def en_bref(droit: Droit, situation: Situation) -> tuple[str, int]:
    """Amount, and reason or what is missing."""
    foyer = fiches(situation)
    montant = droit.montant(*foyer)
    return repr(montant), droit.manque(*foyer) if math.isnan(montant) else droit.motif(*foyer, montant)


@lru_cache(maxsize=1)
def foyers_lus() -> list[tuple[Any, Any, Any]]:
    """Households at random, facts forgotten or not, and every worked case; as rules take them."""
    situations = [cas.situation for cas in lire_cas()]
    for mois in ("2020-12", "2023-04", "2026-08"):
        foyers, personnes = tirer(120, 41, mois, TIRAGE_COMPLET)
        situations += tires(mois, foyers, personnes)
    return [fiches(situation) for situation in situations]


@pytest.mark.parametrize("droit", DROITS.values(), ids=DROITS)
def test_no_fact_is_read_that_is_not_told(droit: Droit) -> None:
    lus = {nom for foyer in foyers_lus() for _, nom, _ in lire_avec(en_entier(droit), *foyer).faits}
    assert lus <= noms(droit)
    assert noms(droit) - lus <= RARES  # nor is anything told that no household makes it read


@pytest.mark.parametrize("droit", DROITS.values(), ids=DROITS)
def test_no_other_fact_can_move_a_right(droit: Droit) -> None:
    """The facts that it does not cite become those of other people: its amount, its reason and what it misses stay."""
    hasard = np.random.default_rng(7)
    foyers, personnes = tirer(250, 43, "2026-08")
    temoin = [en_bref(droit, foyer) for foyer in tires("2026-08", foyers, personnes)]
    echanges = 0
    for lignes, faits in ((foyers, FOYER_FAITS), (personnes, PERSONNE_FAITS)):
        for nom in sorted({*faits} - noms(droit)):
            autres = lignes[nom][hasard.permutation(len(lignes))]
            echanges += int(not np.array_equal(autres, lignes[nom], equal_nan=autres.dtype.kind == "f"))
            lignes[nom] = autres
        resumer(lignes)
    assert echanges > 30
    assert [en_bref(droit, foyer) for foyer in tires("2026-08", foyers, personnes)] == temoin


def test_the_law_is_written_so_that_its_calls_can_be_followed() -> None:
    """A field by its name, a function by its name: none made up, none in a table, a module or a closure."""
    fonctions = [v.fonction for r in REGLES.values() if r.cle.startswith(LOI) for v in r.variantes]
    fonctions += [f for f in PRIMITIVES if f.__module__.startswith(LOI)]
    assert len(fonctions) > 300
    for fonction in fonctions:
        code: Any = fonction.__code__
        assert not code.co_freevars, fonction
        assert not {"getattr", "globals", "eval", "vars"} & {*code.co_names}, fonction
        for nom in code.co_names:
            vu = fonction.__globals__.get(nom)
            assert not (isinstance(vu, ModuleType) and vu.__name__.startswith(LOI)), (fonction, nom)
            membres = vu.values() if isinstance(vu, dict) else vu if isinstance(vu, list | tuple | set) else ()
            assert not any(callable(membre) for membre in membres), (fonction, nom)


def test_a_right_cites_what_it_reads_and_no_neighbour_of_it() -> None:
    assert noms(DROITS["aefa"]) == {"ass", "date_naissance", "residence", "rsa"}
    assert len(noms(DROITS["af"])) < 20
    assert {"salaire_net", "garde_alternee", "date_naissance"} <= noms(DROITS["af"])
    assert not noms(DROITS["af"]) & {"enceinte", "aah", "pensions_invalidite", "loyer"}
    assert "rang_naissance" in FAITS_DERIVES


def test_what_can_move_a_right_holds_what_lies_behind_the_amounts_it_counts() -> None:
    """A rent learnt changes the housing benefit, hence the RSA; who studies is a student, if nobody says it."""
    en_cause = {nature.nom for nature in faits_en_cause(["rsa"])}
    assert {"loyer", "activite", "taux_incapacite"} <= en_cause - noms(DROITS["rsa"])
    assert {nature.nom for nature in faits_en_cause(["af"])} == noms(DROITS["af"])
    assert {nature.nom for nature in faits_en_cause(["caah"])} >= noms(DROITS["aah"])
    assert faits_en_cause([]) == ()
