"""What the allocation de soutien familial says, and what worked cases cannot hold: couples that form and part."""

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import Resultat, liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases

DECES = {"soutien_autre_parent": "decede", "soutien_depuis": "2024-05-12"}
FAIBLE = {"soutien_autre_parent": "pension_faible", "soutien_depuis": "2024-05-12"}
IMPAYEE = {
    "soutien_autre_parent": "pension_impayee",
    "soutien_depuis": "2026-02-10",
    "asf_date_demande": "2026-06-10",
}
SANS_TITRE = IMPAYEE | {"soutien_autre_parent": "sans_titre", "pension_en_cours_de_fixation": False}


def recue(euros: float) -> dict[str, float]:
    return {"pensions_alimentaires_percues": euros}


def calculer(*enfants: dict, mois: str = "2026-11", conjoint: dict | None = None, **foyer) -> Resultat:
    adulte = {"role": "demandeur", "date_naissance": "1985-06-10", "nationalite": "francaise"}
    autres = [{"role": "conjoint", "date_naissance": "1986-01-01"} | conjoint] if conjoint is not None else []
    ordinaire = {"role": "enfant", "nationalite": "francaise", "date_naissance": "2015-03-20"}
    donnees = {
        "mois": mois,
        "foyer": {"residence": "metropole"} | foyer,
        "personnes": [adulte, *autres, *(ordinaire | enfant for enfant in enfants)],
    }
    return liquider(Situation.depuis_dict(donnees), ["asf"])["asf"]


def dire(*enfants: dict, **plus) -> str:
    recit = raconter(calculer(*enfants, **plus))
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


def test_an_amount_says_each_child_its_rate_and_what_is_got_back():
    texte = dire(DECES, IMPAYEE | {"date_naissance": "2018-05-02"})
    for phrase in (
        "vous avez droit à 403,56 € pour novembre 2026",
        "vous recevez 401,55 €.",
        "Votre allocation de soutien familial s'élève à 403,56 € pour ce mois, avant CRDS, pour 2 enfants.",
        "Votre enfant né en 2015 ouvre droit : son autre parent est décédé, depuis le 12 mai 2024.",
        "Pour votre enfant né en 2015, à qui manque un parent : 42,2 % de la base mensuelle (478,16 €), soit 201,78 €.",
        "Ce qui est versé pour votre enfant né en 2015 vous reste acquis : rien n'est récupéré auprès de",
        "Votre enfant né en 2018 ouvre droit : la pension fixée pour lui ou elle n'est pas payée, depuis le 10",
        "Ce qui est versé pour votre enfant né en 2018 est une avance : la Caf la récupère auprès de l'autre parent",
    ):
        assert phrase in texte, (phrase, texte)


@pytest.mark.parametrize(
    ("attendu", "enfant", "plus"),
    [
        ("n'est pas privé du soutien de ses parents", {"soutien_autre_parent": "apporte"}, {}),
        ("La pension reçue pour votre enfant (125,00 €) s'en déduit : il reste 76,78 €", FAIBLE | recue(125), {}),
        ("une pension de 250,00 €, au moins égale à l'allocation (201,78 €)", FAIBLE | recue(250), {}),
        ("Il resterait 11,78 € : au-dessous de 15,00 € par mois", FAIBLE | recue(190), {}),
        ("Il nous manque : « Pension alimentaire reçue »", FAIBLE, {}),
        ("Il nous manque : « Soutien de l'autre parent »", {}, {}),
        ("4 mensualités ont été versées sans qu'une pension soit fixée", SANS_TITRE, {}),
        ("sans pension fixée, la Caf n'a rien à récupérer", SANS_TITRE, {"mois": "2026-09"}),
        ("commence au mois qui suit l'événement", DECES | {"soutien_depuis": "2026-11-03"}, {}),
        ("réservée au parent qui vit seul", DECES, {"conjoint": {}}),
        ("il ou elle vit en résidence alternée", IMPAYEE | {"garde_alternee": True}, {}),
        ("l'allocation n'y est due que si un juge a fixé la pension", IMPAYEE, {"mois": "2026-05"}),
        ("une pension est reçue alors qu'aucune n'est attendue", DECES | recue(40), {}),
        ("à qui manquent ses deux parents : 56,25 % de la base mensuelle", DECES | {"deux_parents_absents": True}, {}),
    ],
)  # fmt: skip
def test_every_reason_is_said_with_its_figures(attendu, enfant, plus):
    assert attendu in dire(enfant, **plus)


SEPARES = [True] * 4 + [False] * 3
"""The partner was there until July; August is the first month without."""


@pytest.mark.parametrize(
    ("present", "motif"),
    [
        ([False] * 6 + [True], "COUPLE"),  # the couple forms this month: nothing from its first day
        ([True] * 6 + [False], "COUPLE"),  # they part this month: from the next one
        ([True] * 5 + [False] * 2, "OUVERT"),
        (SEPARES, "OUVERT"),
        ([None] * 7, "INCONNU"),
        ([None] * 5 + [False] * 2, "OUVERT"),
    ],
)
def test_a_couple_closes_the_right_from_its_month_until_the_month_after_it_parts(present, motif):
    assert calculer(DECES, conjoint={"present": present}).motif == motif


def test_a_couple_that_took_the_child_in_keeps_the_right():
    assert calculer(DECES | {"enfant_recueilli": True}, conjoint={}).montant_centimes == 20178


@pytest.mark.parametrize("mois", [mois for mois in mois_couverts() if mois >= "2025-04"])
def test_the_published_rates_apply_every_month(mois):
    base = 474.37 if mois < "2026-04" else 478.16
    assert calculer(DECES, mois=mois).montant_centimes == round(42.2 * base)
    assert calculer(DECES | {"deux_parents_absents": True}, mois=mois).montant_centimes == int(56.25 * base + 0.5)


@pytest.mark.parametrize("mois", [mois_couverts()[0], mois_couverts()[-1]])
def test_every_sentence_reads_well_for_any_household(mois):
    for rang, cas in enumerate(foyers_tires(mois, 250, int(mois.replace("-", "")))):
        recit = raconter(liquider(cas, ["asf"])["asf"])
        for texte in (recit.conclusion, *phrases(recit.phrases)):
            assert lisible(texte).endswith("."), (rang, texte)
