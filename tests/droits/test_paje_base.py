"""What the explanation of the allocation de base says: every reason, every step, in plain French."""

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases

BEBE = {"date_naissance": "2025-06-10"}
AINE = {"date_naissance": "2018-05-02"}


def dire(*enfants: dict, ressources: float | None = 20_000.0, mois="2026-11", seul: bool = False, **foyer) -> str:
    adulte = {"date_naissance": "1985-06-10", "nationalite": "francaise", "enceinte": False}
    couple = [{"role": "conjoint"} | adulte]
    donnees = {
        "mois": mois,
        "foyer": {"residence": "metropole", "biactivite": False, "prestations_familiales_base_ressources": ressources}
        | foyer,
        "personnes": [
            {"role": "demandeur"} | adulte,
            *([] if seul else couple),
            *({"role": "enfant", "nationalite": "francaise"} | enfant for enfant in enfants),
        ],
    }
    recit = raconter(liquider(Situation.depuis_dict(donnees), ["paje_base"])["paje_base"])
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


def test_an_amount_says_the_child_the_ceiling_the_rate_and_the_crds():
    texte = dire(BEBE, AINE)
    for phrase in (
        "vous avez droit à 199,15 € pour novembre 2026",
        "vous recevez 198,16 €.",
        "Votre enfant né en 2025 ouvre droit : du mois qui suit sa naissance à celui qui précède le troisième",
        "Une seule allocation de base est due par foyer",
        "Le plafond du taux plein est de 37 279,50 € pour 2 enfants nés ou à naître, à comparer à vos revenus de 2024.",
        "À taux plein, l'allocation est de 41,65 % de la base mensuelle (478,16 €), soit 199,15 €.",
    ):
        assert phrase in texte, (phrase, texte)


@pytest.mark.parametrize(
    ("attendu", "enfants", "plus"),
    [
        ("taux partiel est de 37 117,50 € pour 1 enfant né ou à naître", [BEBE], {"ressources": 35_000.0}),
        ("À taux partiel, l'allocation est de 20,825 %", [BEBE], {"ressources": 35_000.0}),
        ("Vos ressources dépassent", [BEBE], {"ressources": 60_000.0}),
        ("2 enfants sont arrivés ensemble : une allocation de base est due pour chacun", [BEBE, BEBE], {}),
        ("l'allocation a pris fin 3 ans après sa naissance", [AINE], {}),
        ("l'allocation commence le mois qui suit sa naissance", [{"date_naissance": "2026-11-02"}], {}),
        (
            "du mois qui suit son arrivée chez vous",
            [AINE | {"adoption": True, "date_adoption": "2026-02-01"}],
            {},
        ),
        (
            "c'est l'autre parent qui est désigné",
            [BEBE | {"garde_alternee": True, "allocataire_unique": False}],
            {"seul": True},
        ),
        ("Le plafond est relevé", [BEBE], {"seul": True}),
        ("Il nous manque : « Revenu net du foyer", [BEBE], {"ressources": None}),
        ("Il nous manque : « Arrivée au foyer de l'enfant adopté »", [AINE | {"adoption": True}], {}),
    ],
)  # fmt: skip
def test_every_reason_is_said_with_its_figures(attendu, enfants, plus):
    assert attendu in dire(*enfants, **plus)


@pytest.mark.parametrize("mois", [mois_couverts()[0], mois_couverts()[-1]])
def test_every_sentence_reads_well_for_any_household(mois):
    for rang, cas in enumerate(foyers_tires(mois, 250, int(mois.replace("-", "")))):
        recit = raconter(liquider(cas, ["paje_base"])["paje_base"])
        for texte in (recit.conclusion, *phrases(recit.phrases)):
            assert lisible(texte).endswith("."), (rang, texte)
