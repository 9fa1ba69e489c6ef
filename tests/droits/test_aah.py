"""What the allocation aux adultes handicapés says, and what worked cases cannot hold: every month of the range."""

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import Resultat, liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases

SANS_REVENU = {"aah_activite_n2": 0, "aah_pensions_n2": 0, "aah_autres_revenus_n2": 0}
RECONNUE = {"taux_incapacite": 80} | SANS_REVENU
TAUX_PLEINS = {
    "2019-11": 900, "2020-04": 902.7, "2021-04": 903.6, "2022-04": 919.86, "2022-07": 956.65, "2023-04": 971.37,
    "2024-04": 1016.05, "2025-04": 1033.32, "2026-04": 1041.59,
}  # fmt: skip


def calculer(*adultes: dict, mois: str = "2026-11", enfants: tuple[dict, ...] = (), **foyer) -> Resultat:
    ordinaire = {"date_naissance": "1985-06-10", "nationalite": "francaise", "salaire_net": 0.0}
    roles = ("demandeur", "conjoint")
    donnees = {
        "mois": mois,
        "foyer": {"residence": "metropole"} | foyer,
        "personnes": [
            *({"role": role} | ordinaire | adulte for role, adulte in zip(roles, adultes, strict=False)),
            *({"role": "enfant", "nationalite": "francaise"} | enfant for enfant in enfants),
        ],
    }
    return liquider(Situation.depuis_dict(donnees), ["aah"])["aah"]


def dire(*adultes: dict, **plus) -> str:
    recit = raconter(calculer(*adultes, **plus))
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("mois", mois_couverts())
def test_the_full_rate_of_every_month(mois):
    attendu = [montant for debut, montant in TAUX_PLEINS.items() if debut <= mois][-1]
    assert calculer(RECONNUE, mois=mois).montant_centimes == round(attendu * 100)


@pytest.mark.parametrize(
    ("attendu", "adulte", "plus"),
    [
        ("aucun taux d'incapacité d'au moins 50 % n'est reconnu", {}, {}),
        ("au-dessous de 80 %, il faut aussi une restriction substantielle", {"taux_incapacite": 60}, {}),
        ("les deux ne se cumulent pas", RECONNUE | {"ass": 580}, {}),
        ("le droit commence après 20 ans", RECONNUE | {"date_naissance": "2012-01-01"}, {}),
        ("à 62 ans, à un taux inférieur à 80 %", {
            "taux_incapacite": 60, "date_naissance": "1960-01-01",
            "aah_restriction_substantielle_durable_acces_emploi": True,
        }, {}),
        ("30 % du SMIC mensuel (1 867,06 €) et de 40 % au-delà, 207,95 €", RECONNUE | {"salaire_net": 800}, {}),
        ("sur août, septembre et octobre 2026", RECONNUE | {"salaire_net": 800}, {}),
        ("dans les six mois qui suivent", RECONNUE | {"salaire_net": 800, "aah_cumul_integral": True}, {}),
        ("arrêtés sans revenu de remplacement", RECONNUE | {"aah_activite_n2": 9, "revenus_interrompus": True}, {}),
        ("moins 30 % (changement de situation)", RECONNUE | {"aah_activite_n2": 9000, "abattement_activite": 30}, {}),
        ("pension, rente ou minimum de 400,00 € ce mois-ci", RECONNUE | {"pensions_invalidite": 400}, {}),
        ("ramenée à 312,48 €", RECONNUE | {
            "sejour_en_etablissement": "prison", "sejour_en_etablissement_depuis": "2026-01-01",
            "aah_sans_reduction": False,
        }, {}),
        ("Le plafond de ressources est de 1 562,38 € par mois : 1 041,59 €, plus 50 % pour 1 enfant à charge.",
         RECONNUE, {"enfants": ({"date_naissance": "2015-01-01"},)}),
    ],
)  # fmt: skip
def test_every_reason_is_said_with_its_figures(attendu, adulte, plus):
    assert attendu in dire(adulte, **plus)


def test_a_couple_that_kept_its_reckoning_is_told_both():
    texte = dire(
        RECONNUE | {"aah_conjugalise_eligible": True, "aah_autres_revenus_n2": 10800},
        SANS_REVENU | {"aah_activite_n2": 6000},
    )
    assert "Vos ressources laissent 141,59 € jusqu'au plafond." in texte
    assert "Les ressources du couple, comptées ensemble, laissent 901,94 € jusqu'au plafond." in texte
    assert "après un abattement annuel de 5 000,00 €." in texte


def test_a_partner_who_is_away_opens_nothing_and_one_unknown_leaves_it_unknown():
    assert calculer({}, RECONNUE | {"present": [False] * 7}).motif == "INCAPACITE"
    assert calculer({}, RECONNUE | {"present": [None] * 7}).motif == "INCONNU"


@pytest.mark.parametrize("mois", [mois_couverts()[0], mois_couverts()[-1]])
def test_every_sentence_reads_well_for_any_household(mois):
    for rang, cas in enumerate(foyers_tires(mois, 250, int(mois.replace("-", "")))):
        recit = raconter(liquider(cas, ["aah"])["aah"])
        for texte in (recit.conclusion, *phrases(recit.phrases)):
            assert lisible(texte).endswith("."), (rang, texte)
