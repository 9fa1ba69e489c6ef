"""What the allocation d'éducation de l'enfant handicapé says, and its published amounts month after month."""

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import Resultat, liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases

ACCORDEE = {
    "aeeh_accordee": True,
    "taux_incapacite": 80,
    "aeeh_date_demande": "2019-02-10",
    "aeeh_accueil": "sans_accompagnement",
}
PUBLIES = {
    "2020-03": (132.21, 1121.92),
    "2020-04": (132.61, 1125.29),
    "2021-04": (132.74, 1126.41),
    "2022-04": (135.13, 1146.69),
    "2022-07": (140.53, 1192.55),
    "2023-04": (142.70, 1210.90),
    "2024-04": (149.26, 1266.60),
    "2025-04": (151.80, 1288.13),
    "2026-03": (151.80, 1288.13),
}
"""Base and sixth complement, as service-public.fr and the circulars gave them."""


def calculer(*enfants: dict, mois: str = "2026-11", conjoint: dict | None = None, **foyer) -> Resultat:
    adulte = {"role": "demandeur", "date_naissance": "1985-06-10", "nationalite": "francaise"}
    autres = [{"role": "conjoint", "date_naissance": "1986-01-01"} | conjoint] if conjoint is not None else []
    ordinaire = {"role": "enfant", "nationalite": "francaise", "date_naissance": "2015-03-20"}
    donnees = {
        "mois": mois,
        "foyer": {"residence": "metropole"} | foyer,
        "personnes": [adulte, *autres, *(ordinaire | enfant for enfant in enfants)],
    }
    return liquider(Situation.depuis_dict(donnees), ["aeeh"])["aeeh"]


def dire(*enfants: dict, **plus) -> str:
    recit = raconter(calculer(*enfants, **plus))
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


def complement(niveau: int, **plus) -> dict:
    return ACCORDEE | {"aeeh_niveau_handicap": niveau, "aeeh_tierce_personne": True} | plus


def test_an_amount_says_its_three_parts_and_that_nothing_is_withheld():
    texte = dire(complement(2))
    for phrase in (
        "vous avez droit à 525,97 € pour novembre 2026.",
        "s'élève à 525,97 € pour ce mois, pour 1 enfant. Rien n'en est retenu.",
        "la commission a accordé l'allocation, avec un taux d'incapacité de 80 %.",
        "l'allocation de base est de 32 % de la base mensuelle (478,16 €), soit 153,01 €.",
        "le complément de 2e catégorie est de 65 % de la base mensuelle, soit 310,80 €.",
        "une majoration s'ajoute, de 13 % de la base mensuelle, soit 62,16 €.",
    ):
        assert phrase in texte, (phrase, texte)


@pytest.mark.parametrize(
    ("attendu", "enfant", "plus"),
    [
        ("Pour votre enfant, la commission n'a pas accordé de complément.", ACCORDEE, {}),
        ("complément de 1re catégorie est de 24 % de la base mensuelle", complement(1), {}),
        ("le montant de la majoration pour tierce personne des invalides", complement(6), {}),
        ("ne s'ajoute pas : vous vivez en couple", complement(3), {"conjoint": {}}),
        ("le complément est accordé pour des dépenses", complement(3, aeeh_tierce_personne=False), {}),
        ("vous avez choisi la prestation de compensation", complement(3, pch_au_lieu_du_complement=True), {}),
        ("entièrement pris en charge, l'allocation n'est due que pour", ACCORDEE | {"aeeh_accueil": "internat"}, {}),
        ("ou de 50 % avec un accompagnement spécialisé", ACCORDEE | {"taux_incapacite": 79}, {}),
        ("la loi ne connaît que six catégories", complement(7), {}),
        ("elle commence le mois suivant", ACCORDEE | {"aeeh_date_demande": "2026-11-30"}, {}),
        ("Ce droit suppose une décision ou un accord", {}, {}),
        ("un accompagnement spécialisé", ACCORDEE | {"taux_incapacite": 50, "aeeh_accueil": "accompagnement"}, {}),
        ("Il nous manque : « Complément d'AEEH accordé pour une", ACCORDEE | {"aeeh_niveau_handicap": 4}, {}),
        ("« Accompagnement de l'enfant handicapé »", ACCORDEE | {"aeeh_accueil": None}, {}),
        ("« Date de la demande d'AEEH à la maison", ACCORDEE | {"aeeh_date_demande": None}, {}),
        ("« Taux d'incapacité, en pour cent »", ACCORDEE | {"taux_incapacite": None}, {}),
        ("« AEEH accordée par la commission", ACCORDEE | {"aeeh_accordee": None}, {}),
        ("« Catégorie du complément d'AEEH accordé", ACCORDEE | {"aeeh_niveau_handicap": None}, {}),
        ("« Prestation de compensation choisie", complement(3, pch_au_lieu_du_complement=None), {}),
    ],
)
def test_every_reason_is_said_with_its_figures(attendu, enfant, plus):
    assert attendu in dire(enfant, **plus)


def test_a_child_without_a_decision_is_told_where_to_ask_beside_one_who_has_it():
    texte = dire(ACCORDEE, {"date_naissance": "2018-05-02"})
    assert "Pour votre enfant né en 2018, aucune décision en cours n'est connue. L'allocation se demande" in texte


@pytest.mark.parametrize(
    ("present", "majoration"),
    [
        ([False] * 6 + [True], False),  # the couple forms this month
        ([True] * 6 + [False], False),  # they part this month: from the next one
        ([True] * 5 + [False] * 2, True),
    ],
)
def test_the_rise_follows_the_months_lived_alone(present, majoration):
    seul = calculer(complement(4)).montant_centimes
    couple = calculer(complement(4), conjoint={}).montant_centimes
    attendu = seul if majoration else couple
    assert calculer(complement(4), conjoint={"present": present}).montant_centimes == attendu


def test_whether_the_partner_was_there_is_asked_only_where_it_matters():
    inconnu = {"present": [None] * 7}
    assert calculer(complement(1), conjoint=inconnu).motif == "OUVERT"
    assert calculer(complement(2), conjoint=inconnu).motif == "INCONNU"


@pytest.mark.parametrize("mois", sorted(set(PUBLIES) & set(mois_couverts())))
def test_published_amounts(mois):
    base, sixieme = PUBLIES[mois]
    assert calculer(ACCORDEE, mois=mois).montant_centimes == round(100 * base)
    avec = calculer(complement(6), conjoint={}, mois=mois).montant_centimes
    assert avec == round(100 * (base + sixieme))


@pytest.mark.parametrize("mois", mois_couverts())
def test_every_month_has_its_amounts(mois):
    assert calculer(complement(6), mois=mois).motif == "OUVERT"


@pytest.mark.parametrize("mois", [mois_couverts()[0], mois_couverts()[-1]])
def test_every_sentence_reads_well_for_any_household(mois):
    for rang, cas in enumerate(foyers_tires(mois, 250, int(mois.replace("-", "")))):
        recit = raconter(liquider(cas, ["aeeh"])["aeeh"])
        for texte in (recit.conclusion, *phrases(recit.phrases)):
            assert lisible(texte).endswith("."), (rang, texte)
