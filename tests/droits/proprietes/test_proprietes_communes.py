"""What holds for every right."""

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from limpide.droits.calcul import catalogue_droits, liquider, liquider_lot
from limpide.droits.faits import ACTIVITES
from limpide.droits.hasard import tirer
from limpide.droits.hasard.composition import composer
from limpide.droits.hasard.inconnues import oublier
from limpide.droits.moteur import Motif
from limpide.droits.situation import INCONNU, resumer

from .tirages import (
    CONNUS,
    enfants_melanges,
    graines,
    mois_tires,
    seuls,
    situations,
    tirage_connu,
)

CODES = [droit.code for droit in catalogue_droits()]
RETENUE_MAXIMALE = {"ajpa": 0.07}
"""Share of the amount: the CRDS alone is under a hundredth; from the AJPA the CSG is withheld too (CSS D168-13, II)."""


@given(mois_tires, graines)
@settings(max_examples=20, deadline=None)
def test_amounts_are_never_negative_and_agree_with_their_reason(mois: str, graine: int) -> None:
    resultats = liquider_lot(mois, *tirer(400, graine, mois), droits=CODES)
    for code in CODES:
        centimes, motif = resultats[f"{code}_centimes"], resultats[f"{code}_motif"]
        inconnu = np.isnan(resultats[code])
        assert (centimes >= 0).all()
        assert (resultats[code][~inconnu] * 100 - centimes[~inconnu] < 0.5).all()
        assert ((centimes > 0) == (motif == Motif.OUVERT)).all()
        assert ((motif == Motif.INCONNU) == inconnu).all()
        # A presence nobody stated is no fact of the catalogue: the right is unknown and names none.
        assert (inconnu | (resultats[f"{code}_manque"] == 0)).all()
        crds = resultats[f"{code}_crds"]
        assert ((crds >= 0) & (crds <= RETENUE_MAXIMALE.get(code, 0.01) * centimes)).all()


@given(mois_tires, graines)
@settings(max_examples=20, deadline=None)
def test_order_of_the_children_does_not_matter(mois: str, graine: int) -> None:
    foyers, personnes = tirage_connu(mois, graine)
    foyers, personnes = seuls(foyers, personnes)
    avant = liquider_lot(mois, foyers, personnes, droits=CODES)
    apres = liquider_lot(mois, foyers, enfants_melanges(foyers, personnes, graine), droits=CODES)
    for code in CODES:
        # One cent: sums of floats in another order may fall on the other side of a rounding.
        assert (np.abs(avant[f"{code}_centimes"] - apres[f"{code}_centimes"]) <= 1).all()
        assert (avant[f"{code}_motif"] == apres[f"{code}_motif"]).all()


ACTIF = ACTIVITES.index("actif")
SANS_ACTE = [Motif.NON_DEMANDE, Motif.A_DECLARER, Motif.DECISION, Motif.DECISION_ATTENDUE]
"""Nobody claimed, declared or decided: said before any other reason, without asking what those need."""
DEMANDES = {
    nom: (dt.date(2019, 1, jour) - dt.date(1970, 1, 1)).days
    for nom, jour in (("date_demande_logement", 20), ("date_entree_logement", 10), ("cmg_date_demande", 20))
}
"""What was claimed, and the dwelling it is about: neither is forgotten, or it would be a household only simulated."""


@given(mois_tires, graines)
@settings(max_examples=30, deadline=None)
def test_unknown_is_never_guessed(mois: str, graine: int) -> None:
    """Forgetting facts either changes nothing, or gives « unknown »: never another amount, never another reason.

    What is forgotten may be an act: nothing is due before nor after, and the reason is the act that is missing or came.
    """
    foyers, personnes = tirage_connu(mois, graine)
    for nom, jour in DEMANDES.items():
        foyers[nom] = jour
    personnes["salaire_net"][personnes["activite"] != ACTIF, -1] = 0.0  # who does not work has no wage to come (`caah`)
    connus = liquider_lot(mois, foyers, personnes, droits=CODES)
    hasards = np.random.default_rng(graine)
    composition = composer(len(foyers), np.datetime64(mois, "M"), np.random.default_rng([graine, 0]), CONNUS)
    oublier(foyers, personnes, composition, hasards, 1.0)
    for nom, jour in DEMANDES.items():
        foyers[nom] = jour
    resumer(foyers)
    resumer(personnes)
    oublies = liquider_lot(mois, foyers, personnes, droits=CODES)
    for code in CODES:
        sur = ~np.isnan(oublies[code])
        assert (oublies[f"{code}_centimes"][sur] == connus[f"{code}_centimes"][sur]).all()
        avant, apres = connus[f"{code}_motif"][sur], oublies[f"{code}_motif"][sur]
        assert ((avant == apres) | np.isin(avant, SANS_ACTE) | np.isin(apres, SANS_ACTE)).all()


@given(mois_tires, graines, st.integers(0, 39))
@settings(max_examples=30, deadline=None)
def test_missing_facts_are_named(mois: str, graine: int, rang: int) -> None:
    foyers, personnes = tirer(40, graine, mois)
    situation = list(situations(mois, foyers, personnes))[rang]
    for resultat in liquider(situation, CODES).values():
        if resultat.faits_manquants:
            assert resultat.motif == Motif.INCONNU.name
        elif resultat.motif == Motif.INCONNU.name:
            assert (situation.personnes["present"] == INCONNU).any()
