"""What the primes of the Paje say: every reason, every step, in plain French."""

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases

ATTENTE = {"enceinte": True, "date_debut_grossesse": "2026-05-10"}
ARRIVE = {"date_naissance": "2020-05-01", "adoption": True, "date_adoption": "2026-11-10"}


def dire(droit: str, mere: dict, *enfants: dict, ressources: float | None = 20_000.0, mois="2026-11", **foyer) -> str:
    adulte = {"date_naissance": "1985-06-10", "nationalite": "francaise"}
    donnees = {
        "mois": mois,
        "foyer": {"residence": "metropole", "biactivite": False, "prestations_familiales_base_ressources": ressources}
        | foyer,
        "personnes": [
            {"role": "demandeur"} | adulte | mere,
            {"role": "conjoint"} | adulte,
            *({"role": "enfant", "nationalite": "francaise"} | enfant for enfant in enfants),
        ],
    }
    recit = raconter(liquider(Situation.depuis_dict(donnees), [droit])[droit])
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("attendu", "mere", "plus"),
    [
        ("vous avez droit à 1 098,57 € pour novembre 2026", ATTENTE, {}),
        ("vous recevez 1 093,08 €.", ATTENTE, {}),
        ("La grossesse a commencé le 10 mai 2026 : la prime est due pour ce mois", ATTENTE, {}),
        ("Le plafond est de 37 117,50 € pour 1 enfant né ou à naître, à comparer à vos revenus de 2024.", ATTENTE, {}),
        ("Pour chaque enfant attendu : 229,75 % de la base mensuelle (478,16 €), soit 1 098,57 €.", ATTENTE, {}),
        ("la prime est due une seule fois, pour le mois qui suit ses 5 premiers mois", ATTENTE, {"mois": "2026-10"}),
        ("Ni naissance attendue, ni arrivée d'un enfant adopté", {}, {}),
        ("Vos ressources dépassent", ATTENTE, {"ressources": 60_000.0}),
        ("Il nous manque : « Début de la grossesse »", {"enceinte": True}, {}),
    ],
)
def test_the_birth_grant_says_its_reasons_with_their_figures(attendu, mere, plus):
    assert attendu in dire("paje_naissance", mere, **plus)


@pytest.mark.parametrize(
    ("attendu", "enfant", "plus"),
    [
        ("vous avez droit à 2 197,15 € pour novembre 2026", ARRIVE, {}),
        ("est arrivé chez vous le 10 novembre 2026 : la prime est due pour le mois de son arrivée", ARRIVE, {}),
        ("Pour chaque enfant adopté : 459,5 % de la base mensuelle (478,16 €), soit 2 197,15 €.", ARRIVE, {}),
        ("la prime est due une seule fois, pour le mois de son arrivée", ARRIVE, {"mois": "2026-12"}),
        ("Vos ressources dépassent", ARRIVE, {"ressources": 60_000.0}),
        ("Il nous manque : « Arrivée au foyer de l'enfant adopté »", ARRIVE | {"date_adoption": None}, {}),
    ],
)
def test_the_adoption_grant_says_its_reasons_with_their_figures(attendu, enfant, plus):
    assert attendu in dire("paje_adoption", {}, enfant, **plus)


@pytest.mark.parametrize("jour", ["2026-01-01", "2026-01-02", "2026-01-31", "2025-12-31", "2026-02-28"])
def test_each_pregnancy_is_looked_at_in_one_month_only(jour):
    mere = {"enceinte": True, "date_debut_grossesse": jour}
    dus = [mois for mois in mois_couverts() if "vous avez droit" in dire("paje_naissance", mere, mois=mois)]
    debut = jour[:7]
    attendu = {"2026-01": "2026-06" if jour.endswith("-01") else "2026-07", "2025-12": "2026-06", "2026-02": "2026-08"}
    assert dus == [attendu[debut]]


@pytest.mark.parametrize("droit", ["paje_naissance", "paje_adoption"])
@pytest.mark.parametrize("mois", [mois_couverts()[0], mois_couverts()[-1]])
def test_every_sentence_reads_well_for_any_household(mois, droit):
    for rang, cas in enumerate(foyers_tires(mois, 250, int(mois.replace("-", "")))):
        recit = raconter(liquider(cas, [droit])[droit])
        for texte in (recit.conclusion, *phrases(recit.phrases)):
            assert lisible(texte).endswith("."), (rang, texte)
