"""What the allowances of leave and of a lost child say, and the amounts that were published for them."""

from typing import Any

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import Resultat, liquider
from limpide.droits.explication import raconter
from limpide.droits.situation import Situation
from tests.droits.test_phrases import foyers_tires, lisible, phrases

ENFANT = {"date_naissance": "2015-03-20", "ajpp_accord_medical": True, "ajpp_demi_journees_versees": 0}
COMPLEMENT = {"aeeh_accordee": True, "aeeh_niveau_handicap": 2, "aeeh_date_demande": "2019-01-01"}
AIDANT = {"ajpa_demi_journees": 4, "ajpa_demi_journees_versees": 0, "ajpa_demi_journees_carriere": 0}
PERTE = {"date_deces_enfant": "2026-11-10", "prestations_familiales_base_ressources": 30_000.0}
NETS = {
    "2020-04": (52.08, 43.83),
    "2021-04": (52.13, 43.87),
    "2022-03": (58.59, 58.59),
    "2023-01": (62.44, 62.44),
    "2024-01": (64.54, 64.54),
    "2025-01": (65.80, 65.80),
    "2026-01": (66.64, 66.64),
}
"""A day of presence parentale, CRDS withheld, alone and in a couple, as the press and the Caf gave it."""


def calculer(
    droit: str, *enfants: dict, adulte: dict | None = None, conjoint: dict | None = None, mois="2026-11", **foyer: Any
) -> Resultat:
    ordinaire = {"date_naissance": "1985-06-10", "nationalite": "francaise"}
    donnees = {
        "mois": mois,
        "foyer": {"residence": "metropole"} | foyer,
        "personnes": [
            {"role": "demandeur"} | ordinaire | (adulte or {}),
            *([{"role": "conjoint"} | ordinaire | conjoint] if conjoint is not None else []),
            *({"role": "enfant", "nationalite": "francaise"} | enfant for enfant in enfants),
        ],
    }
    return liquider(Situation.depuis_dict(donnees), [droit])[droit]


def dire(droit: str, *enfants: dict, **plus: Any) -> str:
    recit = raconter(calculer(droit, *enfants, **plus))
    textes = [recit.conclusion, *phrases(recit.phrases)]
    assert all(lisible(texte).endswith(".") for texte in textes), textes
    return "\n".join(textes).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("attendu", "enfant", "plus"),
    [
        ("vous recevez 1 465,98 €.", {}, {}),
        ("Vous avez pris 22 jours de congé de présence parentale.", {}, {}),
        ("la loi peut payer 22 jours ce mois-ci : au plus 22 par mois et 310 par période", {}, {}),
        ("7 heures du SMIC net du 1er janvier (9,52 € de l'heure)", {}, {}),
        ("12,63 % de la base mensuelle", {}, {"mois": "2021-12"}),
        ("Une journée vaut 44,09 € pour un couple", {}, {"mois": "2021-12", "conjoint": {}}),
        ("la loi paie 3,5 jours de congé", {}, {"adulte": {"ajpp_demi_journees": 7}}),
        ("les 310 jours de la période sont déjà payés", {"ajpp_demi_journees_versees": 620}, {}),
        ("« Accord du contrôle médical pour l'AJPP", {"ajpp_accord_medical": None}, {}),
        ("« Demi-journées d'AJPP déjà versées", {"ajpp_demi_journees_versees": None}, {}),
        ("le service du contrôle médical n'a pas donné son accord", {"ajpp_accord_medical": False}, {}),
        ("le complément d'AEEH est versé : l'allocation ne s'y ajoute pas", COMPLEMENT, {}),
        ("un agent vérifie", COMPLEMENT | {"pch_au_lieu_du_complement": True}, {}),
        ("comptent une allocation ou une pension", {}, {"adulte": {"ajpp_demi_journees": 44, "aah": 900.0}}),
        (
            "un complément de 130,01 € s'ajoute",
            {},
            {"ajpp_frais": 140.0, "prestations_familiales_base_ressources": 9e3},
        ),
        (
            "dépassent le plafond du complément",
            {},
            {"ajpp_frais": 140.0, "prestations_familiales_base_ressources": 9e5},
        ),
        ("n'a pas déclaré la situation", {}, {"adulte": {}}),
    ],
)
def test_presence_says_every_reason_with_its_figures(attendu, enfant, plus):
    assert attendu in dire("ajpp", ENFANT | enfant, **({"adulte": {"ajpp_demi_journees": 44}} | plus))


@pytest.mark.parametrize("mois", sorted(NETS))
def test_published_days(mois):
    seul, couple = NETS[mois]
    for attendu, conjoint in ((seul, None), (couple, {})):
        trouve = calculer("ajpp", ENFANT, adulte={"ajpp_demi_journees": 2}, conjoint=conjoint, mois=mois)
        assert trouve.montant_centimes - trouve.crds_centimes == round(100 * attendu)
        aide = calculer("ajpa", adulte=AIDANT | {"ajpa_demi_journees": 2}, conjoint=conjoint, mois=mois)
        net = aide.montant_centimes - aide.crds_centimes
        # The decree rounds twice: a day of a carer is at most one cent away from what is published.
        assert abs(net - round(100 * attendu)) <= 1 or mois < "2020-10"


@pytest.mark.parametrize(
    ("attendu", "adulte", "mois"),
    [
        ("pour la contribution sociale généralisée (CSG) et le remboursement de la dette", {}, "2026-11"),
        ("vous recevez 133,29 €.", {}, "2026-11"),
        ("La CSG (6,2 %) et la CRDS (0,5 %) retiennent 9,57 € sur 142,86 €.", {}, "2026-11"),
        ("Il vous reste 66 jours, ce mois compris : la loi en paie 66 jours par personne aidée, 264", {}, "2026-11"),
        ("la loi en paie 66 jours dans toute la carrière", {}, "2024-12"),
        ("Vous avez pris 23 jours de congé : la loi en paie 22 jours", {"ajpa_demi_journees": 46}, "2026-11"),
        ("13,467 % de la base mensuelle", {}, "2021-12"),
        ("Aider une autre personne peut rouvrir le droit", {"ajpa_demi_journees_versees": 132}, "2026-11"),
        ("n'est pas dû pour celui-ci", {}, "2020-09"),
        ("« Demi-journées d'AJPA déjà versées pour la", {"ajpa_demi_journees_versees": None}, "2026-11"),
        ("« Demi-journées d'AJPA déjà versées depuis", {"ajpa_demi_journees_carriere": None}, "2026-11"),
        ("« Demi-journées de congé de proche aidant", {"ajpa_demi_journees": None}, "2026-11"),
        ("« Allocation de chômage nette »", {"chomage_net": None}, "2026-11"),
    ],
)
def test_a_carer_is_told_every_reason_with_its_figures(attendu, adulte, mois):
    assert attendu in dire("ajpa", adulte=AIDANT | adulte, mois=mois)


@pytest.mark.parametrize(
    ("attendu", "perte", "plus"),
    [
        ("Nous sommes désolés de votre perte. Une allocation de 2 319,32 €", "moins_de_seize_ans", {}),
        ("vous n'avez rien à demander.", "grossesse", {}),
        ("comparés à 99 940,00 € pour 1 enfant : l'enfant que vous avez perdu compte", "grossesse", {}),
        ("485,05 % de la base mensuelle (478,16 €)", "grossesse", {}),
        ("qu'à partir de la vingtième semaine", "grossesse_avant_vingt_semaines", {}),
        ("peut vous recevoir, si vous le souhaitez", "vingt_cinq_ans_ou_plus", {}),
        ("Le capital décès a été choisi", "seize_a_vingt_quatre_ans", {"adulte": {"capital_deces": True}}),
        ("Faites le calcul pour ce mois-là", "grossesse", {"date_deces_enfant": "2026-10-10"}),
        ("« Date du décès, ou de la fin de la grossesse »", "grossesse", {"date_deces_enfant": None}),
        ("« Revenu net du foyer", "grossesse", {"prestations_familiales_base_ressources": None}),
    ],
)
def test_a_lost_child_is_spoken_of_with_care(attendu, perte, plus):
    assert attendu in dire("allocation_deces", deces_enfant=perte, **(PERTE | plus))


@pytest.mark.parametrize("mois", [mois_couverts()[0], "2020-11", "2021-03", mois_couverts()[-1]])
def test_every_sentence_reads_well_for_any_household(mois):
    for rang, cas in enumerate(foyers_tires(mois, 150, int(mois.replace("-", "")))):
        for droit, resultat in liquider(cas, ["ajpp", "ajpa", "allocation_deces"]).items():
            recit = raconter(resultat)
            for texte in (recit.conclusion, *phrases(recit.phrases)):
                assert lisible(texte).endswith("."), (rang, droit, texte)
