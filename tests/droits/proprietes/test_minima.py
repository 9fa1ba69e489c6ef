"""RSA and prime d'activité: what more income, or none, may do."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from limpide.droits.calcul import liquider_lot
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif
from limpide.droits.situation import resumer

from .tirages import graines, mois_tires, tirage_connu

REVENUS_DU_TRAVAIL = [
    nature.nom
    for nature in NATURES.values()
    if nature.groupe in ("salaire", "activite") or nature.nom.startswith("rpns_")
]
INDEMNITES_D_ARRET = [
    nom for nom in NATURES if nom.startswith("indemnites_journalieres_") and NATURES[nom].groupe == "remplacement"
]


@given(mois_tires, graines, st.floats(1, 3000))
@settings(max_examples=25, deadline=None)
def test_rsa_never_grows_with_the_income_of_the_claimant(mois: str, graine: int, hausse: float) -> None:
    foyers, personnes = tirage_connu(mois, graine)
    avant = liquider_lot(mois, foyers, personnes)["rsa_centimes"]
    demandeurs = personnes["role"] == 0
    personnes["salaire_net"][demandeurs] += round(hausse, 2)
    resumer(personnes)
    apres = liquider_lot(mois, foyers, personnes)["rsa_centimes"]
    assert (apres <= avant + 1).all()


@given(mois_tires, graines)
@settings(max_examples=25, deadline=None)
def test_no_prime_without_work(mois: str, graine: int) -> None:
    foyers, personnes = tirage_connu(mois, graine)
    for nom in [*REVENUS_DU_TRAVAIL, *INDEMNITES_D_ARRET]:
        personnes[nom] = 0.0
    resumer(personnes)
    resultats = liquider_lot(mois, foyers, personnes)
    assert not resultats["ppa_centimes"].any()
    assert not (resultats["ppa_motif"] == Motif.OUVERT).any()


@given(mois_tires, graines)
@settings(max_examples=20, deadline=None)
def test_the_amount_holds_for_three_months(mois: str, graine: int) -> None:
    """The second month of a quarter of rights pays what the first one gave, when the parameters did not
    change."""
    foyers, personnes = tirage_connu(mois, graine)
    foyers["rang_trimestre"] = 0
    premier = liquider_lot(mois, foyers, personnes)
    assert (premier["rsa_centimes"] % 1 == 0).all()
    assert np.isin(premier["rsa_motif"], [int(motif) for motif in Motif]).all()
