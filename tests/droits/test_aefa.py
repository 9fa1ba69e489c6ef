"""The aide exceptionnelle de fin d'année, year by year."""

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import Resultat, liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases


def calculer(mois: str, *, enfants: int = 0, ass: float = 0.0, rsa: object = 500.0) -> Resultat:
    adulte = {"role": "demandeur", "date_naissance": "1985-06-10", "nationalite": "francaise", "ass": ass}
    petits = [{"role": "enfant", "date_naissance": f"{2008 + rang}-01-01"} for rang in range(enfants)]
    donnees = {"mois": mois, "foyer": {"residence": "metropole", "rsa": rsa}, "personnes": [adulte, *petits]}
    return liquider(Situation.depuis_dict(donnees), ["aefa"])["aefa"]


def dire(resultat: Resultat) -> str:
    recit = raconter(resultat)
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("mois", mois_couverts())
def test_it_is_due_once_a_year_when_a_decree_is_known(mois):
    attendu = 15245 if mois.endswith("-12") and mois < "2026" else 0
    assert calculer(mois).montant_centimes == attendu


@pytest.mark.parametrize(
    ("attendu", "mois", "plus"),
    [
        ("Le RSA a été reçu en novembre 2025", "2025-12", {}),
        ("Le RSA a été reçu en décembre 2025", "2025-12", {"rsa": [0.0] * 6 + [200.0]}),
        ("plus 35 % pour un parent seul : 308,72 €", "2023-12", {"enfants": 1}),
        ("avec 2 enfants, l'aide de 152,45 € est multipliée par 1,8 : 274,41 €", "2024-12", {"enfants": 2}),
        ("n'a été reçu ni en novembre 2025, ni en décembre 2025", "2025-12", {"rsa": 0.0}),
        ("Aucun décret connu n'accorde cette aide pour ce mois", "2026-12", {}),
        ("France Travail verse 152,45 € d'aide de fin d'année", "2025-12", {"ass": 400.0, "enfants": 1}),
    ],
)  # fmt: skip
def test_every_reason_is_said(attendu, mois, plus):
    assert attendu in dire(calculer(mois, **plus))


def test_more_children_never_lower_it():
    montants = [calculer("2023-12", enfants=n).montant_centimes for n in range(7)]
    assert montants == sorted(montants)


def test_every_sentence_reads_well_for_any_household():
    for mois in ("2020-12", "2023-12", "2026-12"):
        for rang, cas in enumerate(foyers_tires(mois, 100, int(mois.replace("-", "")))):
            recit = raconter(liquider(cas, ["aefa"])["aefa"])
            for texte in (recit.conclusion, *phrases(recit.phrases)):
                assert lisible(texte).endswith("."), (rang, texte)
