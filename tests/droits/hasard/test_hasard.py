"""The draws: repeatable, complete, and aimed where the law bends."""

import numpy as np
import pytest

from limpide.droits.faits import DATE_INCONNUE, INCONNU, NATURES
from limpide.droits.hasard import TIRAGE_COMPARABLE, TIRAGE_COMPLET, tirer
from limpide.droits.hasard.banc import enregistrer, tirer_banc
from limpide.droits.hasard.revenus import INDEMNITES_D_ARRET
from limpide.droits.situation import ENFANT, FOYER, MOIS_FENETRE, PERSONNE


def inconnus(tableau: np.ndarray, nom: str) -> np.ndarray:
    valeurs = tableau[nom]
    if valeurs.dtype.kind == "f":
        return np.isnan(valeurs)
    return valeurs == (DATE_INCONNUE if NATURES[nom].type == "date" else INCONNU)


def octets(lignes: np.ndarray) -> list[bytes]:
    """Each field's bytes: what lies between the fields of a record is nobody's."""
    return [np.ascontiguousarray(lignes[nom]).tobytes() for nom in lignes.dtype.names]


def test_same_seed_same_bytes() -> None:
    premier, second = tirer(500, 42, "2026-03"), tirer(500, 42, "2026-03")
    for un, deux in zip(premier, second, strict=True):
        assert octets(un) == octets(deux)
    autre, _ = tirer(500, 43, "2026-03")
    assert octets(autre) != octets(premier[0])


def test_records_are_what_the_law_takes() -> None:
    foyers, personnes = tirer(300, 1, "2026-03")
    assert foyers.dtype == FOYER
    assert personnes.dtype == PERSONNE
    assert foyers["debut"][0] == 0
    assert (foyers["debut"][1:] == foyers["fin"][:-1]).all()
    assert foyers["fin"][-1] == len(personnes)
    assert (personnes["role"][foyers["debut"]] == 0).all()


@pytest.fixture(scope="module")
def beaucoup() -> tuple[np.ndarray, np.ndarray]:
    return tirer(20_000, 5, "2026-03")


@pytest.mark.parametrize("nom", [nom for nom in NATURES if nom != "date_naissance"])
def test_every_fact_varies(beaucoup: tuple[np.ndarray, np.ndarray], nom: str) -> None:
    """A fact that never varies would leave the rules that read it untested."""
    foyers, personnes = beaucoup
    tableau = foyers if NATURES[nom].sujet == "foyer" else personnes
    valeurs = tableau[nom][~inconnus(tableau, nom)]
    assert len(np.unique(valeurs)) >= min(2, len(NATURES[nom].valeurs) or 2)
    assert len(np.unique(valeurs)) >= len(NATURES[nom].valeurs)
    assert inconnus(tableau, nom).any()


DEMANDES_JAMAIS_TIREES = ("cmg_date_demande", "date_demande_logement")
"""OpenFisca knows of no claim: without one, the month is computed as for a household that is only simulated."""


def test_comparable_draws_know_everything_and_nobody_moves() -> None:
    """Every fact is known; the date of what did not happen is no fact: it exists beside the event alone."""
    foyers, personnes = tirer(3000, 5, "2026-03", TIRAGE_COMPARABLE)
    arrets = np.sum([personnes[nom] for nom in INDEMNITES_D_ARRET], axis=0).any(axis=1)
    evenements = {"date_arret_de_travail": arrets, "date_deces_enfant": foyers["deces_enfant"] != 0}
    for nom, nature in NATURES.items():
        inconnu = inconnus(foyers if nature.sujet == "foyer" else personnes, nom)
        if nom in DEMANDES_JAMAIS_TIREES:
            assert inconnu.all()
            continue
        arrive = evenements.get(nom, np.ones(len(inconnu), bool))
        assert arrive.any(), nom
        assert not inconnu[arrive].any(), nom
    assert (personnes["present"] == 1).all()
    assert not foyers["rang_trimestre"].any()


def test_shortcuts_are_true() -> None:
    _, personnes = tirer(3000, 6, "2026-03", TIRAGE_COMPLET)
    sans = personnes["sans_revenu_activite"] == 1
    for nom, nature in NATURES.items():
        if nature.groupe in ("salaire", "activite"):
            assert (personnes[nom][sans] == 0).all()


@pytest.mark.parametrize("age", [3, 14, 16, 18, 20, 25])
def test_ages_that_matter_are_aimed_at(age: int) -> None:
    _, personnes = tirer(5000, 9, "2026-03", TIRAGE_COMPARABLE)
    naissance = np.datetime64("1970-01-01") + personnes["date_naissance"][personnes["role"] == ENFANT].astype(int)
    mois = (np.datetime64("2026-03") - naissance.astype("datetime64[M]")).astype(int)
    assert ((mois >= 12 * age - 2) & (mois <= 12 * age + 2)).sum() > 50


def test_population_of_the_benchmark() -> None:
    banc = tirer_banc(4000, 1)
    foyers, personnes = enregistrer(banc, "2026-06")
    assert len(personnes) == len(banc.foyer)
    assert 2.3 < len(personnes) / len(foyers) < 2.6
    assert personnes["salaire_net"].shape == (len(personnes), MOIS_FENETRE)
    assert (personnes["salaire_net"][:, -1] == banc.salaires["2026-06"]).all()
    assert (personnes["salaire_net"][:, 0] == banc.salaires["2025-12"]).all()
    for nom in (
        "date_naissance",
        "nationalite",
        "residence",
        "aide_logement",
        "prestations_familiales_base_ressources",
    ):
        assert not inconnus(foyers if NATURES[nom].sujet == "foyer" else personnes, nom).any()
