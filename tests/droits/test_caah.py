"""What the complement of the AAH says, and that it follows the AAH computed where nothing is received yet."""

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import liquider
from limpide.droits.ensemble import completer
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases

PLEINE = {"taux_incapacite": 80, "aah": 1041.59}
CHEZ_SOI = {"residence": "metropole", "statut_occupation_logement": "locataire_vide", "aide_logement": 250}


def donnees(personne: dict, mois: str = "2026-11", **foyer) -> dict:
    ordinaire = {"role": "demandeur", "date_naissance": "1985-06-10", "nationalite": "francaise", "salaire_net": 0.0}
    return {"mois": mois, "foyer": CHEZ_SOI | foyer, "personnes": [ordinaire | personne]}


def dire(personne: dict, **foyer) -> str:
    recit = raconter(liquider(Situation.depuis_dict(donnees(personne, **foyer)), ["caah"])["caah"])
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("attendu", "personne", "foyer"),
    [
        ("la majoration pour la vie autonome est de 104,77 €", PLEINE, {}),
        (
            "le complément de ressources gardé depuis 2019 est de 179,31 €",
            PLEINE | {"complement_ressources_aah": True},
            {},
        ),
        ("n'est ni à taux plein (1 041,59 €), ni versée en complément", PLEINE | {"aah": 500}, {}),
        ("un revenu du travail est reçu", PLEINE | {"salaire_net": 10}, {}),
        ("il faut un logement indépendant, avec une aide au logement", PLEINE, {"aide_logement": 0}),
        ("ni l'allocation supplémentaire d'invalidité ne sont", {"taux_incapacite": 80}, {}),
        ("aucun taux d'incapacité d'au moins 80 %", {}, {}),
    ],
)
def test_every_reason_is_said(attendu, personne, foyer):
    assert attendu in dire(personne, **foyer)


def test_the_allowance_computed_is_the_one_that_is_completed_and_counted():
    """Where somebody looks at a household without a past, the AAH opens its complement and counts in the RSA."""
    sans_revenu = {"aah_activite_n2": 0, "aah_pensions_n2": 0, "aah_autres_revenus_n2": 0}
    brut = donnees({"taux_incapacite": 80} | sans_revenu)
    sans = liquider(Situation.depuis_dict(donnees({"taux_incapacite": 80} | sans_revenu)), ["rsa", "caah"])
    assert (sans["caah"].motif, sans["rsa"].motif) == ("SANS_ALLOCATION", "OUVERT")
    complete = completer(brut)
    avec = liquider(complete, ["rsa", "caah"])
    assert complete.personnes["aah"][0].tolist() == [1041.59] * 7
    assert (avec["caah"].montant_centimes, avec["rsa"].motif) == (10477, "RESSOURCES")


def test_an_allowance_that_somebody_said_stays_as_it_is():
    assert completer(donnees(PLEINE | {"aah": 300})).personnes["aah"][0].tolist() == [300.0] * 7


@pytest.mark.parametrize("mois", [mois_couverts()[0], mois_couverts()[-1]])
def test_every_sentence_reads_well_for_any_household(mois):
    for rang, cas in enumerate(foyers_tires(mois, 150, int(mois.replace("-", "")))):
        recit = raconter(liquider(cas, ["caah"])["caah"])
        for texte in (recit.conclusion, *phrases(recit.phrases)):
            assert lisible(texte).endswith("."), (rang, texte)
