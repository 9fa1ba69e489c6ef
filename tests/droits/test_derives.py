"""Derived figures: the quotient familial of the Caf and the affiliation to the AVPF, with what they say."""

from typing import Any

import numpy as np
import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.derives.figures import affiliations_de, prestations_recues, quotient_de
from limpide.droits.derives.retenues import retenue_de
from limpide.droits.situation import Situation

ENFANT = {"role": "enfant", "nationalite": "francaise", "date_naissance": "2018-03-01"}
PETIT = ENFANT | {"date_naissance": "2025-10-02"}
ADULTE = {"date_naissance": "1990-03-24", "nationalite": "francaise", "activite": "actif", "salaire_net": 1500}
FOYER = {
    "residence": "metropole", "prestations_familiales_base_ressources": 20_000, "revenus_imposables_bruts": 24_000,
    "biactivite": False, "aide_logement": 0,
}  # fmt: skip


def foyer(*enfants: dict[str, Any], couple: bool = True, mois: str = "2026-11", **plus: Any) -> Situation:
    conjoint = [ADULTE | {"role": "conjoint", "activite": "inactif", "salaire_net": 0}] if couple else []
    adultes = [ADULTE | {"role": "demandeur"}, *conjoint]
    return Situation.depuis_dict({"mois": mois, "foyer": FOYER | plus, "personnes": [*adultes, *enfants]})


@pytest.mark.parametrize(
    ("enfants", "parts", "euros"),
    [(0, 2.0, 1000), (1, 2.5, 800), (2, 3.0, 667), (3, 4.0, 500), (4, 4.5, 444), (5, 5.0, 400)],
)
@pytest.mark.parametrize("couple", [True, False])
def test_parts_by_number_of_children_for_a_couple_as_for_a_parent_alone(enfants, parts, euros, couple):
    """24,000 euros a year and no benefit: 2,000 a month."""
    quotient = quotient_de(foyer(*[ENFANT] * enfants, couple=couple), (0, ()))
    assert (quotient.parts, quotient.euros) == (parts, euros)


def test_a_handicapped_child_gives_half_a_part_more_and_benefits_are_added():
    quotient = quotient_de(foyer(ENFANT, ENFANT | {"aeeh_accordee": True}), (30_000, ()))
    assert (quotient.parts, quotient.euros) == (3.5, 657)
    dit = " ".join(d.texte for p in quotient.phrases for d in (p, *p.details)).replace("\u00a0", " ")
    assert "avec une demi-part de plus" in dit
    assert "300,00 €" in dit
    assert "divisé par le nombre de parts" in dit


def test_what_is_not_known_gives_no_quotient_and_says_why():
    sans_revenu = quotient_de(foyer(ENFANT, revenus_imposables_bruts=None), (0, ()))
    assert sans_revenu.euros is None
    assert "avant abattements fiscaux" in sans_revenu.manques[0]
    partage = quotient_de(foyer(ENFANT | {"garde_alternee": True}), (0, ()))
    assert partage.euros is None
    assert "résidence alternée" in partage.raison


def test_benefits_of_the_month_are_those_paid_by_the_month_and_never_twice():
    situation = foyer(ENFANT, cf=200.0, asf=50.0, aide_logement=100)
    assert prestations_recues(situation, {"cf"}) == (15_000, ())
    assert prestations_recues(situation, ()) == (35_000, ())


def test_it_can_be_told_in_every_month():
    """The parameters of the derived figures have no gap."""
    assert {quotient_de(foyer(ENFANT, mois=mois), (0, ())).euros for mois in mois_couverts()[::7]} == {800}


@pytest.mark.parametrize(
    ("nom", "situation", "demandeur", "conjoint"),
    [
        ("seul, allocation de base", foyer(PETIT, couple=False, paje_base=190.0), True, None),
        ("seul, un enfant de huit ans", foyer(ENFANT, couple=False, cf=190.0), False, None),
        ("seul, trois ans le mois prochain",
         foyer(ENFANT | {"date_naissance": "2023-12-20"}, couple=False, paje_base=190.0), True, None),
        ("seul, trois ans ce mois-ci",
         foyer(ENFANT | {"date_naissance": "2023-11-20"}, couple=False, paje_base=190.0), False, None),
        ("seul, deux enfants et complément", foyer(ENFANT, ENFANT, couple=False, cf=190.0), True, None),
        ("seul, sans prestation", foyer(PETIT, couple=False), False, None),
        ("seul, revenus trop hauts",
         foyer(PETIT, couple=False, paje_base=190.0, prestations_familiales_base_ressources=60_000), False, None),
        ("couple, allocation de base", foyer(PETIT, paje_base=190.0), False, True),
        ("couple, deux enfants et complément", foyer(ENFANT, ENFANT, cf=190.0), False, False),
        ("couple, trois enfants et complément", foyer(ENFANT, ENFANT, ENFANT, cf=190.0), False, True),
        ("couple, complément, revenus trop hauts",
         foyer(ENFANT, ENFANT, ENFANT, cf=190.0, prestations_familiales_base_ressources=60_000), False, False),
    ],
)  # fmt: skip
def test_who_is_affiliated_to_the_avpf(nom, situation, demandeur, conjoint):
    trouvees = [a.affilie for a in affiliations_de(situation)]
    assert trouvees == ([demandeur] if conjoint is None else [demandeur, conjoint]), nom
    assert all(a.phrases for a in affiliations_de(situation))


def test_the_parent_of_two_children_who_receives_the_prepare_is_affiliated():
    situation = foyer(ENFANT, PETIT, paje_prepare=460.0)
    situation.personnes["prepare_choix"][1] = 1
    assert [a.affilie for a in affiliations_de(situation)] == [False, True]
    situation.personnes["prepare_choix"][0] = 2
    assert [a.affilie for a in affiliations_de(situation)] == [None, None]
    un_enfant = foyer(PETIT, paje_prepare=460.0)
    un_enfant.personnes["prepare_choix"][1] = 1
    assert [a.affilie for a in affiliations_de(un_enfant)] == [False, False]


def test_an_unknown_activity_is_named():
    situation = foyer(PETIT, paje_base=190.0)
    situation.personnes["activite"][1] = -1
    manque = affiliations_de(situation)[1]
    assert (manque.affilie, manque.manque) == (None, "Activité")


def test_without_a_benefit_that_opens_it_nothing_else_is_missing():
    """A couple of whom nobody asked the income, nor whether both worked."""
    sans = foyer(ENFANT)
    sans.foyer["prestations_familiales_base_ressources"] = np.nan
    sans.foyer["biactivite"] = -1
    assert [(a.affilie, a.manque) for a in affiliations_de(sans)] == [(False, ""), (False, "")]
    avec = foyer(ENFANT, cf=190.0)
    avec.foyer["prestations_familiales_base_ressources"] = np.nan
    assert [a.affilie for a in affiliations_de(avec)] == [None, None]


def test_the_affiliation_is_told_in_french():
    seul, couple = foyer(PETIT, couple=False, paje_base=190.0), foyer(PETIT, paje_base=190.0)
    dits = [affiliations_de(s)[rang].phrases[0].texte.replace("\u00a0", " ") for s, rang in ((seul, 0), (couple, 1))]
    assert dits[0].startswith("Pour vous, l'affiliation est ouverte : vous élevez seul vos enfants")
    assert dits[1].startswith("Pour votre conjoint, l'affiliation est ouverte : sans activité")


HANDICAPE = ENFANT | {"aeeh_accordee": True, "aeeh_niveau_handicap": 3}


@pytest.mark.parametrize(
    ("nom", "situation", "demandeur", "conjoint"),
    [
        ("complément accordé : le conjoint sans activité", foyer(HANDICAPE), None, True),
        ("seul et au travail : temps partiel à vérifier", foyer(HANDICAPE, couple=False), None, None),
        ("en internat", foyer(HANDICAPE | {"aeeh_accueil": "internat"}), False, False),
        ("79 % sans complément", foyer(ENFANT | {"taux_incapacite": 79}), False, False),
        ("80 % sans complément", foyer(ENFANT | {"taux_incapacite": 80}), None, True),
        ("accordée sans complément", foyer(ENFANT | {"aeeh_accordee": True}), False, False),
        ("avant septembre 2023", foyer(HANDICAPE, mois="2023-08"), None, None),
        ("depuis septembre 2023", foyer(HANDICAPE, mois="2023-09"), None, True),
    ],
)
def test_who_is_affiliated_as_a_carer_of_a_disabled_child(nom, situation, demandeur, conjoint):
    """L381-2 and D381-5. « None »: a person looks."""
    attendu = [demandeur, conjoint][: len(affiliations_de(situation))]
    assert [a.affilie for a in affiliations_de(situation)] == attendu, nom


def test_who_receives_a_presence_allowance_is_affiliated_whatever_the_other_does():
    """D381-3: each beneficiary, even of one couple."""
    situation = foyer(ENFANT | {"ajpp_accord_medical": True, "ajpp_demi_journees_versees": 0})
    situation.personnes["ajpp_demi_journees"][:2] = 10
    trouvees = affiliations_de(situation)
    assert [a.affilie for a in trouvees] == [True, True]
    assert "présence parentale" in trouvees[0].phrases[0].texte
    situation.personnes["ajpp_demi_journees"][1] = 0
    assert [a.affilie for a in affiliations_de(situation)] == [True, False]
    situation.personnes["ajpp_accord_medical"][2] = -1
    assert affiliations_de(situation)[0].affilie is None


@pytest.mark.parametrize(
    ("nom", "situation", "prestations", "retenue"),
    [
        # (1500 + 300) less a quarter, by two parts: 675; 56 + 25 % of 149 + 35 % of 222 + 45 % of 3.
        ("parent seul, loyer inconnu", foyer(ENFANT, couple=False), 300_00, 172_30),
        # (1500 + 500 - 600) by three parts: 466.67; 56 + 25 % of 149 + 35 % of 16.67.
        ("couple, loyer connu", foyer(ENFANT, ENFANT, loyer=600), 500_00, 99_08),
        # (1500 + 100 - 1600) is nothing: the lump sum alone.
        ("le loyer prend tout", foyer(ENFANT, loyer=1600), 100_00, 56_00),
        # (1500 + 3000 - 500) by two parts: 2000; 60 % over 898.
        ("couple sans enfant", foyer(loyer=500), 3000_00, 933_85),
        ("jamais plus que ce qui est versé", foyer(loyer=500), 40_00, 40_00),
    ],
)
def test_what_a_debt_would_take_each_month(nom, situation, prestations, retenue):
    trouvee = retenue_de(situation, prestations, trimestrielle=True)
    assert trouvee.centimes == retenue, nom
    assert len(trouvee.phrases) == 5
    assert {a for p in trouvee.phrases for a in p.articles} == {"CSS D553-1"}


def test_what_the_law_wants_and_a_file_lacks_gives_no_withholding():
    """The scale of a year that nobody read, resources counted otherwise, a quarter that was not told."""
    assert "barème" in retenue_de(foyer(ENFANT, mois="2023-05"), 10_000, trimestrielle=True).raison
    apprenti = foyer(ENFANT, ADULTE | {"role": "conjoint", "remuneration_apprenti": 800}, couple=False)
    assert "Rémunération d'apprenti" in retenue_de(apprenti, 10_000, trimestrielle=True).raison
    inconnue = foyer(ENFANT, ADULTE | {"role": "conjoint", "chomage_net": None}, couple=False)
    assert "trois derniers mois" in retenue_de(inconnue, 10_000, trimestrielle=True).raison
    assert "douze mois" in retenue_de(foyer(ENFANT, aide_logement=200), 10_000, trimestrielle=False).raison
    annuelle = retenue_de(foyer(ENFANT, revenus_imposables_bruts=24_000, loyer=1000), 50_000, trimestrielle=False)
    assert annuelle.centimes == 56_00 + 37_25 + round(0.35 * 150_00)  # (2000 + 500 - 1000) by two and a half: 600
    assert annuelle.bareme is not None
    assert annuelle.bareme.annee == 2025
