"""Derived figures: the quotient familial of the Caf and the affiliation to the AVPF, with what they say."""

from typing import Any

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.derives.figures import affiliations_de, prestations_recues, quotient_de
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


def test_an_unknown_activity_is_named():
    situation = foyer(PETIT, paje_base=190.0)
    situation.personnes["activite"][1] = -1
    manque = affiliations_de(situation)[1]
    assert (manque.affilie, manque.manque) == (None, "Activité")
