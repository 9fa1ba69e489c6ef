"""The engine on the real law: traced and compiled agree, unknown is never zero, a household is fast."""

import math
import os
import subprocess
import sys
import time
from datetime import date

import numpy as np
import pytest

from limpide.droits.bareme import MoisHorsBareme, mois_couverts
from limpide.droits.calcul import catalogue_droits, liquider, liquider_lot, liste_droits
from limpide.droits.faits import NATURES, NATURES_PAR_CODE
from limpide.droits.hasard import tirer
from limpide.droits.moteur import Motif
from limpide.droits.situation import Situation, SituationInvalide, codes_droits, dtype_droits
from tests.droits.foyers import situation

FOYERS_COMPARES = int(os.environ.get("LIMPIDE_FOYERS_COMPARES", "600"))


def ecarts(mois, foyers, personnes):
    """Households whose traced result differs from the compiled one, in anything."""
    droits = liquider_lot(mois, foyers, personnes)
    differents = []
    for i, foyer in enumerate(foyers):
        resultats = liquider(Situation(mois, foyers[i : i + 1], personnes[foyer["debut"] : foyer["fin"]]))
        for code, resultat in resultats.items():
            compile_ = (
                int(droits[i][f"{code}_centimes"]),
                Motif(int(droits[i][f"{code}_motif"])).name,
                int(droits[i][f"{code}_crds"]),
            )
            if compile_ != (resultat.montant_centimes, resultat.motif, resultat.crds_centimes):
                differents.append((i, code, compile_, resultat))
            manque = int(droits[i][f"{code}_manque"])
            nomme = manque in NATURES_PAR_CODE or -1 in personnes["present"][foyer["debut"] : foyer["fin"]]
            if nomme < (resultat.motif == "INCONNU") or (manque and resultat.motif != "INCONNU"):
                differents.append((i, code, manque, resultat.faits_manquants))
    return differents


@pytest.mark.parametrize("mois", ["2020-03", "2024-11", "2026-11"])
def test_traced_and_compiled_agree_to_the_cent(mois):
    """LIMPIDE_FOYERS_COMPARES=33400 makes it the 100,000 households of the proof."""
    foyers, personnes = tirer(FOYERS_COMPARES, int(mois[-2:]), mois)
    assert ecarts(mois, foyers, personnes) == []


def test_threads_give_the_same_as_one():
    foyers, personnes = tirer(500, 3, "2026-11")
    assert (liquider_lot("2026-11", foyers, personnes, fils=2).tobytes()) == (
        liquider_lot("2026-11", foyers, personnes).tobytes()
    )


def test_an_empty_batch_is_empty():
    foyers, personnes = tirer(1, 3, "2026-11")
    assert len(liquider_lot("2026-11", foyers[:0], personnes[:0])) == 0


def test_a_household_outside_the_persons_is_refused():
    foyers, personnes = tirer(2, 3, "2026-11")
    with pytest.raises(SituationInvalide, match="hors des personnes"):
        liquider_lot("2026-11", foyers, personnes[:1])
    with pytest.raises(SituationInvalide):
        liquider_lot("2026-11", personnes, personnes)


@pytest.mark.parametrize("mois", ["2019-12", "2027-01"])
def test_a_month_that_is_not_covered_is_refused(mois):
    foyers, personnes = tirer(1, 3, "2026-11")
    with pytest.raises(MoisHorsBareme):
        liquider_lot(mois, foyers, personnes)
    with pytest.raises(MoisHorsBareme):
        liquider(situation(mois))


def test_every_month_covered_computes():
    for mois in mois_couverts():
        resultats = liquider(situation(mois, p2__date_naissance="2018-06-18"))
        assert resultats["af"].montant_centimes > 0
        assert {r.motif for r in resultats.values()} <= set(Motif.__members__)


def test_results_hold_every_right():
    assert tuple(liquider(situation())) == tuple(droit.code for droit in liste_droits())
    assert set(liquider(situation(), codes_droits())) == set(codes_droits())


def test_a_right_asked_alone_answers_what_it_answers_with_the_others():
    foyers, personnes = tirer(500, 4, "2026-11")
    ensemble = liquider_lot("2026-11", foyers, personnes, droits=codes_droits())
    assert ensemble.dtype.names == dtype_droits([d.code for d in catalogue_droits()]).names
    for code in ("af", *(droit.code for droit in catalogue_droits() if droit.nourrit or not droit.liquide)):
        seul = liquider_lot("2026-11", foyers, personnes, droits=[code])
        assert seul.dtype == dtype_droits([code])
        for nom in seul.dtype.names:
            assert np.array_equal(seul[nom], ensemble[nom], equal_nan=nom == code), nom


def test_a_right_that_does_not_exist_is_refused_by_its_name():
    with pytest.raises(ValueError, match="Droit inconnu : aah2"):
        liquider_lot("2026-11", *tirer(3, 4, "2026-11"), droits=["af", "aah2"])


def test_shortcuts_change_nothing_but_speed():
    foyers, personnes = tirer(800, 5, "2026-11")
    avec = liquider_lot("2026-11", foyers, personnes, droits=codes_droits())
    sans_foyers, sans_personnes = foyers.copy(), personnes.copy()
    sans_foyers["sans_prestation"] = 0
    for nom in personnes.dtype.names:
        if nom.startswith("sans_"):
            sans_personnes[nom] = 0
    sans = liquider_lot("2026-11", sans_foyers, sans_personnes, droits=codes_droits())
    for nom in avec.dtype.names:
        assert np.array_equal(avec[nom], sans[nom], equal_nan=nom in codes_droits()), nom


DEMANDEE = (date(2024, 1, 1) - date(1970, 1, 1)).days


@pytest.mark.parametrize("nom", [n for n, nature in NATURES.items() if nature.type == "euros"])
def test_an_unknown_amount_is_never_taken_for_zero(nom):
    """If a right answers although an amount is unknown, then no value of that amount changes its answer."""
    mois, nature = "2026-11", NATURES[nom]
    foyers, personnes = tirer(150, 11, mois)
    cible = foyers if nature.sujet == "foyer" else personnes
    foyers["date_demande_logement"] = DEMANDEE  # without a claim, no rent is no question; a rent told is a claim
    cible[nom] = np.nan
    for raccourci in (n for n in cible.dtype.names if n.startswith("sans_")):
        cible[raccourci] = 0
    inconnu = liquider_lot(mois, foyers, personnes, droits=codes_droits())
    for valeur in (0.0, 137.5, 5000.0):
        cible[nom] = valeur
        connu = liquider_lot(mois, foyers, personnes, droits=codes_droits())
        for code in codes_droits():
            repondu = inconnu[f"{code}_motif"] != Motif.INCONNU
            # Where the known facts are not enough either, there is nothing to compare.
            repondu &= connu[f"{code}_motif"] != Motif.INCONNU
            memes = connu[f"{code}_centimes"] == inconnu[f"{code}_centimes"]
            assert memes[repondu].all(), (code, valeur, np.flatnonzero(repondu & ~memes)[:5])


def test_missing_facts_are_named():
    resultat = liquider(situation(p0__salaire_net=None))["rsa"]
    assert (resultat.motif, resultat.montant_centimes) == ("INCONNU", 0)
    assert "salaire_net" in resultat.faits_manquants


def test_a_traced_household_takes_less_than_five_milliseconds():
    foyer = situation()
    liquider(foyer)
    durees = []
    for _ in range(20):
        depart = time.process_time()
        liquider(foyer)
        durees.append(time.process_time() - depart)
    assert sorted(durees)[10] < 0.005


def test_one_household_needs_neither_numba_nor_django():
    programme = (
        "import sys; from limpide.droits.commande import main;"
        "main(['simuler', 'docs/exemples/foyer.yaml']);"
        "sys.exit(any(m.split('.')[0] in {'numba', 'django', 'pyarrow', 'rich'} for m in sys.modules))"
    )
    fini = subprocess.run([sys.executable, "-c", programme], capture_output=True, text=True, timeout=60, check=False)
    assert (fini.returncode, fini.stderr) == (0, "")
    assert "novembre 2026" in fini.stdout


def test_amounts_are_whole_cents():
    foyers, personnes = tirer(2000, 21, "2026-11")
    droits = liquider_lot("2026-11", foyers, personnes, droits=codes_droits())
    for code in codes_droits():
        connus = ~np.isnan(droits[code])
        assert (droits[code][connus] >= 0).all()
        assert math.isclose(
            np.abs(droits[code][connus] * 100 - droits[f"{code}_centimes"][connus]).max(), 0, abs_tol=1e-6
        )
