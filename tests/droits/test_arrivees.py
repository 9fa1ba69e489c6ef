"""What a family reads when a child comes to live there in the month (CSS R552-2): why nothing yet, and from when."""

import pytest

from limpide.droits.calcul import liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import lisible, phrases

CE_MOIS = [False] * 6 + [True]
CE_MOIS_ET_LE_PRECEDENT = [False] * 5 + [True] * 2
ARTICLE = "(article R552-2 du code de la sécurité sociale)."
QUI_ARRIVE = "Pour votre enfant, qui vit chez vous depuis ce mois-ci, l'allocation"


def dire(droit: str, *enfants: dict, **foyer: object) -> str:
    adulte = {"role": "demandeur", "date_naissance": "1985-06-10", "nationalite": "francaise"}
    ordinaire = {"role": "enfant", "nationalite": "francaise", "date_naissance": "2015-03-20"}
    donnees = {
        "mois": "2026-11",
        "foyer": {"residence": "metropole", "prestations_familiales_base_ressources": 20_000} | foyer,
        "personnes": [adulte, *(ordinaire | enfant for enfant in enfants)],
    }
    recit = raconter(liquider(Situation.depuis_dict(donnees), [droit])[droit])
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


VENU = {"date_naissance": "2025-03-20", "present": CE_MOIS, "soutien_autre_parent": "decede",
        "soutien_depuis": "2024-05-12"}  # fmt: skip


@pytest.mark.parametrize(
    ("droit", "enfants", "attendu"),
    [
        ("af", [{}, VENU], f"L'enfant arrivé ce mois-ci compte à partir du mois qui suit {ARTICLE}"),
        ("af", [VENU, VENU], f"Les enfants arrivés ce mois-ci comptent à partir du mois qui suit {ARTICLE}"),
        ("af", [{}, VENU], "Ce droit commence au mois qui suit l'événement ou la demande."),
        ("af", [{}, {}, VENU], "Vous avez 2 enfants à charge pour les prestations familiales. L'enfant arrivé"),
        (
            "cf", [{}, {}, VENU | {"date_naissance": "2019-03-20"}],
            f"il en faut 3. L'enfant arrivé ce mois-ci compte à partir du mois qui suit {ARTICLE}",
        ),
        (
            "cf", [VENU | {"date_naissance": "2019-03-20"}],
            "Aucun enfant n'a l'âge d'ouvrir droit au complément familial. L'enfant arrivé ce mois-ci compte",
        ),
        (
            "asf", [VENU],
            f"{QUI_ARRIVE} peut commencer au mois qui suit {ARTICLE}",
        ),
        (
            "paje_base", [VENU],
            f"{QUI_ARRIVE} commence le mois qui suit {ARTICLE}",
        ),
    ],
)  # fmt: skip
def test_nothing_is_due_yet_for_who_just_came(droit: str, enfants: list[dict], attendu: str) -> None:
    assert attendu in dire(droit, *enfants)


@pytest.mark.parametrize("droit", ["af", "cf", "asf", "paje_base"])
def test_the_next_month_nothing_more_is_said_of_the_arrival(droit: str) -> None:
    texte = dire(droit, {}, {}, VENU | {"present": CE_MOIS_ET_LE_PRECEDENT})
    assert "mois qui suit (" not in texte
    assert "ce mois-ci" not in texte
