"""What the explanation of the allocation de rentrée scolaire says: every reason, every step, in plain French."""

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases


def dire(mois: str = "2026-08", ressources: float | None = 15_000.0, *enfants: dict, **foyer) -> str:
    adulte = {"role": "demandeur", "date_naissance": "1985-06-10", "nationalite": "francaise", "activite": "actif"}
    membres = enfants or ({"date_naissance": "2015-03-20"},)
    donnees = {
        "mois": mois,
        "foyer": {"residence": "metropole", "prestations_familiales_base_ressources": ressources} | foyer,
        "personnes": [adulte, *({"role": "enfant", "nationalite": "francaise"} | enfant for enfant in membres)],
    }
    recit = raconter(liquider(Situation.depuis_dict(donnees), ["ars"])["ars"])
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


def test_an_amount_says_each_child_the_rate_the_ceiling_and_the_crds():
    texte = dire("2026-08", 15_000.0, {"date_naissance": "2015-03-20"}, {"date_naissance": "2018-05-02"})
    for phrase in (
        "vous avez droit à 881,68 € pour août 2026",
        "vous recevez 877,28 €.",
        "Votre allocation de rentrée scolaire s'élève à 881,68 € pour l'année, avant CRDS.",
        "due une fois par an, pour le mois d'août.",
        "2 enfants ouvrent droit à l'allocation de la rentrée 2026.",
        "Votre enfant né en 2015 ouvre droit : 11 ans cette année, son inscription à l'école est présumée.",
        "35 638,00 € pour 2 enfants à charge (22 274,00 €, plus 6 682,00 € par enfant), à comparer à vos revenus",
        "Pour votre enfant né en 2018 (moins de 11 ans à la fin de l'année) : 89,72 % de la base mensuelle (478,16 €)",
        "de 11 à 14 ans à la fin de l'année) : 94,67 % de la base mensuelle (478,16 €), soit 452,67 €.",
    ):
        assert phrase in texte, (phrase, texte)


@pytest.mark.parametrize(
    ("attendu", "arguments", "enfant"),
    [
        ("versée une seule fois par an, pour le mois d'août : faites le calcul", ("2026-11",), {}),
        ("est trop jeune : il faut atteindre 6 ans avant le 1er février 2027", (), {"date_naissance": "2021-02-01"}),
        (
            "a déjà 18 ans le 15 septembre 2026 : l'allocation s'arrête à cet âge",
            (),
            {"date_naissance": "2008-09-15", "inscription_rentree": True},
        ),
        (
            "n'est inscrit ni à l'école, ni en études, ni en apprentissage à la rentrée",
            (),
            {"date_naissance": "2009-03-20", "inscription_rentree": False},
        ),
        (
            "Il nous manque : « Inscription à la rentrée (école, études ou apprentissage), avec son certificat »",
            (),
            {"date_naissance": "2009-03-20"},
        ),
        (
            "un seul des deux parents la reçoit",
            (),
            {"date_naissance": "2015-03-20", "garde_alternee": True, "allocataire_unique": False},
        ),
        (
            "Il nous manque : « En résidence alternée : votre foyer est celui désigné",
            (),
            {"date_naissance": "2015-03-20", "garde_alternee": True},
        ),
        (
            "son inscription est justifiée",
            (),
            {"date_naissance": "2009-03-20", "inscription_rentree": True},
        ),
        (
            "entre au cours préparatoire avant 6 ans et ouvre droit",
            (),
            {"date_naissance": "2021-02-01", "cours_preparatoire_anticipe": True},
        ),
        ("n'est pas à votre charge au sens des prestations familiales", (), {"date_naissance": "2005-03-20"}),
        (
            "Vos revenus (29 000,00 €) dépassent de peu le plafond (28 956,00 €) : il reste 405,09 €",
            ("2026-08", 29_000.0),
            {},
        ),
        ("la base mensuelle (474,37 €, celle du 1er janvier), soit 449,09 €", ("2026-08", 29_000.0), {}),
        ("Il resterait 5,09 € : au-dessous de 15,00 € en tout", ("2026-08", 29_400.0), {}),
        ("atteignent ou dépassent 29 405,09 € : l'allocation réduite est nulle", ("2026-08", 50_000.0), {}),
        ("Il nous manque : « Revenu net du foyer de l'avant-dernière année »", ("2026-08", None), {}),
    ],
)
def test_every_reason_is_said_with_its_figures(attendu, arguments, enfant):
    assert attendu in dire(*(arguments or ("2026-08", 15_000.0)), *([enfant] if enfant else []))


def test_a_child_who_does_not_open_the_right_is_told_beside_the_one_who_does():
    texte = dire(
        "2026-08",
        15_000.0,
        {"date_naissance": "2009-03-20", "inscription_rentree": False},
        {"date_naissance": "2015-03-20"},
    )
    assert "vous avez droit à 452,67 €" in texte
    assert "Votre enfant né en 2009 n'est inscrit ni à l'école" in texte


@pytest.mark.parametrize(
    ("residence", "attendu"),
    [
        ("mayotte", "la Caisse de sécurité sociale de Mayotte y verse les prestations familiales (ordonnance"),
        ("saint_pierre_et_miquelon", "la Caisse de prévoyance sociale y verse les prestations familiales (ordonnance"),
        ("hors_de_france", "résider dans un territoire"),
    ],
)
def test_elsewhere_the_reason_is_the_place(residence, attendu):
    assert attendu in dire("2026-08", 15_000.0, residence=residence)


@pytest.mark.parametrize("mois", [mois for mois in mois_couverts() if mois.endswith(("-08", "-09"))])
def test_every_sentence_reads_well_for_any_household(mois):
    for rang, cas in enumerate(foyers_tires(mois, 250, int(mois.replace("-", "")))):
        recit = raconter(liquider(cas, ["ars"])["ars"])
        for texte in (recit.conclusion, *phrases(recit.phrases)):
            assert lisible(texte).endswith("."), (rang, texte)
