"""The same law twice: compiled over a batch, traced household by household. To the cent, and for the same
reason."""

import numpy as np
import pytest

from limpide.droits.calcul import Resultat, catalogue_droits, liquider, liquider_lot
from limpide.droits.hasard import tirer
from limpide.droits.moteur import Motif
from limpide.droits.situation import codes_droits

from .tirages import MOIS, situations

FOYERS_PAR_MOIS = 60
"""5,040 households here; `make preuves` runs the same comparison on 100,000."""


def difference(compile_: np.void, trace: dict[str, Resultat]) -> str:
    """What the two results of one household do not agree on, or nothing."""
    for droit in catalogue_droits():
        resultat, code = trace[droit.code], droit.code
        ici = (int(compile_[f"{code}_centimes"]), Motif(int(compile_[f"{code}_motif"])).name)
        la = (resultat.montant_centimes, resultat.motif)
        if ici != la or int(compile_[f"{code}_crds"]) != resultat.crds_centimes:
            return f"{code} : {ici} compilé, {la} tracé"
        manque = int(compile_[f"{code}_manque"])
        if manque and not resultat.faits_manquants:
            return f"{code} : il manque le fait {manque} compilé, rien tracé"
    return ""


@pytest.mark.parametrize("mois", MOIS)
def test_compiled_and_traced_are_equal_to_the_cent(mois: str) -> None:
    foyers, personnes = tirer(FOYERS_PAR_MOIS, MOIS.index(mois), mois)
    compiles = liquider_lot(mois, foyers, personnes, droits=codes_droits())
    for rang, situation in enumerate(situations(mois, foyers, personnes)):
        ecart = difference(compiles[rang], liquider(situation, codes_droits()))
        assert not ecart, f"foyer {rang} de {mois} : {ecart}"


def test_draws_reach_every_outcome() -> None:
    """A comparison proves nothing on households that all get nothing for the same reason."""
    atteints = {
        (droit.code, Motif(int(motif)))
        for mois in (*MOIS[::5], "2026-08")
        for resultats in [liquider_lot(mois, *tirer(4000, 3, mois), droits=codes_droits())]
        for droit in catalogue_droits()
        for motif in np.unique(resultats[f"{droit.code}_motif"])
    }
    for droit in catalogue_droits():
        assert {(droit.code, Motif.OUVERT), (droit.code, Motif.INCONNU)} <= atteints
    assert ("af", Motif.NOMBRE_ENFANTS) in atteints
    assert {("rsa", Motif.RESSOURCES), ("rsa", Motif.AGE), ("rsa", Motif.ETUDIANT)} <= atteints
    assert {("ars", Motif.RESSOURCES), ("ars", Motif.AGE), ("ars", Motif.HORS_PERIODE)} <= atteints
    assert {("aah", motif) for motif in (Motif.INCAPACITE, Motif.RESTRICTION, Motif.AGE, Motif.NON_CUMUL)} <= atteints
    assert {("caah", motif) for motif in (Motif.INCAPACITE, Motif.SANS_ALLOCATION, Motif.AUTONOMIE)} <= atteints
    assert {("aah", Motif.RESSOURCES), ("aah", Motif.A_INSTRUIRE)} <= atteints
    assert {("asf", Motif.COUPLE), ("asf", Motif.SOUTIEN), ("asf", Motif.A_VENIR)} <= atteints
    assert {("asf", Motif.PENSION_A_FIXER), ("asf", Motif.SEUIL), ("asf", Motif.A_INSTRUIRE)} <= atteints
    assert {("aeeh", m) for m in (Motif.DECISION, Motif.A_VENIR, Motif.A_INSTRUIRE, Motif.NOMBRE_ENFANTS)} <= atteints
    for droit in ("ajpp", "ajpa"):
        assert {(droit, m) for m in (Motif.NON_DEMANDE, Motif.DUREE_EPUISEE, Motif.NON_CUMUL)} <= atteints
    assert {("allocation_deces", m) for m in (Motif.NON_DEMANDE, Motif.HORS_PERIODE, Motif.AGE)} <= atteints
    assert {("paje_base", Motif.AGE), ("paje_base", Motif.RESSOURCES)} <= atteints
    assert {("paje_cmg", Motif.AGE), ("paje_cmg", Motif.NON_CUMUL), ("paje_cmg", Motif.SANS_ACTIVITE)} <= atteints
    assert {("paje_prepare", Motif.DUREE_EPUISEE), ("paje_prepare", Motif.ACTIVITE_ANTERIEURE)} <= atteints
    for prime in ("paje_naissance", "paje_adoption"):
        assert {(prime, Motif.HORS_PERIODE), (prime, Motif.RESSOURCES), (prime, Motif.SANS_EVENEMENT)} <= atteints
    assert {("ppa", Motif.ACTIVITE), ("ppa", Motif.SEUIL), ("ppa", Motif.SEJOUR)} <= atteints


def test_threads_and_neighbours_change_nothing() -> None:
    """A household's rights depend on it alone: not on threads, not on the batch it was calculated in."""
    mois = "2026-07"
    foyers, personnes = tirer(2000, 8, mois)
    ensemble = liquider_lot(mois, foyers, personnes, droits=codes_droits())
    assert liquider_lot(mois, foyers, personnes, droits=codes_droits(), fils=3).tobytes() == ensemble.tobytes()
    milieu = slice(700, 900)
    seuls = liquider_lot(mois, np.ascontiguousarray(foyers[milieu]), personnes, droits=codes_droits())
    assert seuls.tobytes() == ensemble[milieu].tobytes()
