"""The simulator and an adopted or disabled child: asked of who ticked the box only, answered with the law's figures."""

import re
from typing import Any

import pytest
from django.http import QueryDict

from limpide.droits.calcul import Resultat, liquider
from limpide.droits.situation import Situation
from limpide.usagers.simulateur.foyer import situation
from limpide.usagers.simulateur.parcours import poursuivre
from tests.usagers.test_simulateur import ADRESSE, TOUT, texte

AEEH = "Allocation d'éducation de l'enfant handicapé"
UN_ENFANT = TOUT | {"nombre_enfants": "1"}
HANDICAP = UN_ENFANT | {
    "situations": ["handicap"], "e0_aeeh_accordee": "oui", "e0_taux_incapacite": "80",
    "e0_aeeh_accueil": "sans_accompagnement", "e0_aeeh_niveau_handicap": "0", "e0_aeeh_tierce_personne": "non",
    "e0_pch_au_lieu_du_complement": "non",
}  # fmt: skip


def resultat(droit: str, donnees: dict[str, Any]) -> Resultat:
    """The right on the household that these answers tell, without the page around it."""
    return liquider(foyer_dit(donnees), [droit])[droit]


def foyer_dit(donnees: dict[str, Any]) -> Situation:
    """The household that these answers tell."""
    recu = QueryDict(mutable=True)
    for nom, valeur in (donnees | {"etape": "4"}).items():
        recu.setlist(nom, valeur if isinstance(valeur, list) else [valeur])
    parcours = poursuivre(recu)
    assert parcours.fini, parcours.formulaire and parcours.formulaire.errors
    return situation(parcours.reponses)


ADOPTE = UN_ENFANT | {
    "situations": ["adoption"], "e0_date_naissance": "01/05/2020", "e0_adoption": "oui",
    "e0_date_adoption": "10/11/2026", "prestations_familiales_base_ressources": "20 000",
}  # fmt: skip


@pytest.mark.parametrize(
    ("droit", "reponses", "attendu"),
    [
        ("paje_adoption", {}, 219715),
        ("paje_adoption", {"e0_date_adoption": "31/10/2026"}, "HORS_PERIODE"),
        ("paje_adoption", {"e0_adoption": "non"}, "SANS_EVENEMENT"),
        ("paje_adoption", {"situations": []}, "SANS_EVENEMENT"),
        ("paje_adoption", {"e0_adoption": "nsp"}, "adoption"),
        ("paje_adoption", {"e0_date_adoption": ""}, "date_adoption"),
        ("paje_adoption", {"prestations_familiales_base_ressources": "60 000"}, "RESSOURCES"),
        ("paje_adoption", {"e0_date_adoption": "10/12/2026"}, "SANS_EVENEMENT"),
        ("paje_base", {"e0_date_adoption": "31/10/2026"}, 19915),
        ("paje_base", {"e0_date_adoption": "31/10/2023"}, "AGE"),
    ],
)
def test_an_adopted_child_opens_what_the_law_counts_from_its_arrival(
    droit: str, reponses: dict[str, Any], attendu: Any
) -> None:
    trouve = resultat(droit, ADOPTE | reponses)
    dits = (trouve.montant_centimes if trouve.motif == "OUVERT" else trouve.motif, *trouve.faits_manquants[:1])
    assert dits[-1] == attendu


def test_the_adoption_is_asked_of_who_ticked_it_and_what_it_opens_with_it(client: Any) -> None:
    foyer = ADOPTE | {"couple": "oui", "a1_date_naissance": "01/01/1990", "a1_nationalite": "francaise"}
    for situations, demande in ((["adoption"], True), ([], False)):
        donnees = foyer | {"situations": situations}
        personnes = client.post(ADRESSE, donnees | {"etape": "0"}).content.decode()
        assert ('id="id_e0_adoption_0"' in personnes) is demande
        donnees |= {"a1_activite": "inactif", "a0_enceinte": "non", "a1_enceinte": "non"}
        precisions = client.post(ADRESSE, donnees | {"etape": "1"}).content.decode()
        assert ('id="id_a0_prepare_choix"' in precisions) is demande
        montants = client.post(ADRESSE, donnees | {"etape": "3"}).content.decode()
        assert ('id="id_prestations_familiales_base_ressources"' in montants) is demande


def test_an_adopted_child_was_not_here_before_its_arrival() -> None:
    foyer = foyer_dit(ADOPTE | {"e0_date_adoption": "31/10/2026"})
    assert foyer.personnes["present"][1].tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert foyer_dit(ADOPTE | {"e0_date_adoption": ""}).personnes["present"][1].all()


def test_an_arrival_before_the_birth_is_refused(client: Any) -> None:
    page = texte(client.post(ADRESSE, ADOPTE | {"etape": "1", "e0_date_adoption": "01/01/2020"}))
    assert "avant sa naissance" in page


def test_the_prime_is_shown_and_what_is_not_ticked_is_supposed(client: Any) -> None:
    page = texte(client.post(ADRESSE, ADOPTE | {"etape": "4"}))
    assert re.search(r"et, une seule fois, 2\s186,17\s€ : Prime à l'adoption\.", page)
    assert "supposé adopté" not in page
    assert "Aucun enfant n'est supposé adopté" in texte(client.post(ADRESSE, UN_ENFANT | {"etape": "4"}))


def test_nothing_is_asked_nor_shown_when_nothing_is_ticked(client: Any) -> None:
    for etape in ("0", "1"):
        page = client.post(ADRESSE, UN_ENFANT | {"etape": etape}).content.decode()
        assert not {mot for mot in ("aeeh", "ajpp", "ajpa", "deces") if mot in page}
    page = client.post(ADRESSE, UN_ENFANT | {"etape": "4"}).content.decode()
    assert not {droit for droit in ("aeeh", "ajpp", "ajpa", "allocation_deces") if f"pourquoi-{droit}" in page}


def test_each_child_is_asked_and_the_decision_only_where_it_was_granted(client: Any) -> None:
    coche = TOUT | {"situations": ["handicap"]}
    page = client.post(ADRESSE, coche | {"etape": "0"}).content.decode()
    assert 'name="e0_aeeh_accordee"' in page
    assert 'name="e1_aeeh_accordee"' in page
    page = client.post(ADRESSE, coche | {"etape": "1", "e0_aeeh_accordee": "oui", "e1_aeeh_accordee": "non"})
    assert 'name="e0_aeeh_niveau_handicap"' in page.content.decode()
    assert 'name="e1_aeeh_niveau_handicap"' not in page.content.decode()


def test_the_allowance_is_shown_with_what_was_supposed(client: Any) -> None:
    page = texte(client.post(ADRESSE, HANDICAP | {"etape": "4"})).replace("\u00a0", " ").replace("\u202f", " ")
    assert "153,01 €" in page.partition("Allocations familiales")[2].partition(AEEH)[2][:200]
    assert "L'AEEH est supposée demandée avant le mois choisi." in page


@pytest.mark.parametrize(
    ("reponses", "attendu"),
    [
        ({}, 15301),
        ({"e0_aeeh_date_demande": "05/10/2026"}, 15301),
        ({"e0_aeeh_niveau_handicap": "2", "e0_aeeh_tierce_personne": "oui"}, 52597),
        ({"e0_aeeh_niveau_handicap": "2"}, 46381),
        ({"e0_aeeh_niveau_handicap": "2", "e0_pch_au_lieu_du_complement": "oui"}, 15301),
        ({"e0_aeeh_niveau_handicap": "2", "e0_aeeh_tierce_personne": "nsp"}, "aeeh_tierce_personne"),
        ({"e0_taux_incapacite": "50"}, "A_INSTRUIRE"),
        ({"e0_taux_incapacite": "50", "e0_aeeh_accueil": "accompagnement"}, 15301),
        ({"e0_taux_incapacite": "nsp"}, "taux_incapacite"),
        ({"e0_aeeh_accueil": "internat"}, "A_INSTRUIRE"),
        ({"e0_aeeh_accueil": "nsp"}, "aeeh_accueil"),
        ({"e0_aeeh_date_demande": "05/11/2026"}, "A_VENIR"),
        ({"e0_aeeh_accordee": "nsp"}, "aeeh_accordee"),
        ({"e0_garde_alternee": "oui", "e0_allocataire_unique": "oui"}, 15301),
        ({"e0_garde_alternee": "oui", "e0_allocataire_unique": "nsp"}, "allocataire_unique"),
    ],
)
def test_every_answer_gives_its_amount_its_reason_or_what_is_missing(reponses: dict[str, str], attendu: Any) -> None:
    trouve = resultat("aeeh", HANDICAP | reponses)
    dits = (trouve.montant_centimes if trouve.motif == "OUVERT" else trouve.motif, *trouve.faits_manquants[:1])
    assert dits[-1] == attendu


PRESENCE = UN_ENFANT | {
    "situations": ["presence"], "a0_ajpp_demi_journees": "10,5", "e0_ajpp_accord_medical": "oui",
    "e0_ajpp_demi_journees_versees": "0",
}  # fmt: skip
AIDANT = UN_ENFANT | {
    "situations": ["aidant"], "a0_ajpa_demi_journees": "2", "a0_ajpa_demi_journees_versees": "0",
    "a0_ajpa_demi_journees_carriere": "0",
}  # fmt: skip
DEUIL = UN_ENFANT | {
    "situations": ["deuil"], "deces_enfant": "grossesse", "date_deces_enfant": "10/11/2026",
    "prestations_familiales_base_ressources": "30 000",
}  # fmt: skip


@pytest.mark.parametrize(
    ("droit", "donnees", "reponses", "attendu"),
    [
        ("ajpp", PRESENCE, {}, 70319),
        ("ajpp", PRESENCE, {"ajpp_frais": "200", "prestations_familiales_base_ressources": "20 000"}, 83320),
        ("ajpp", PRESENCE, {"e0_ajpp_demi_journees_versees": ""}, "ajpp_demi_journees_versees"),
        ("ajpp", PRESENCE, {"e0_ajpp_accord_medical": "nsp"}, "ajpp_accord_medical"),
        ("ajpp", PRESENCE, {"a0_ajpp_demi_journees": ""}, "ajpp_demi_journees"),
        ("ajpa", AIDANT, {}, 14286),
        (
            "ajpa",
            AIDANT,
            {"a0_ajpa_demi_journees_versees": "66", "a0_ajpa_demi_journees_carriere": "66"},
            "DUREE_EPUISEE",
        ),
        ("ajpa", AIDANT, {"a0_ajpa_demi_journees_carriere": ""}, "ajpa_demi_journees_carriere"),
        ("allocation_deces", DEUIL, {}, 231932),
        ("allocation_deces", DEUIL, {"deces_enfant": "grossesse_avant_vingt_semaines"}, "GROSSESSE_COURTE"),
        ("allocation_deces", DEUIL, {"deces_enfant": ""}, "NON_DEMANDE"),
        ("allocation_deces", DEUIL, {"date_deces_enfant": ""}, "date_deces_enfant"),
        (
            "allocation_deces",
            DEUIL,
            {"deces_enfant": "seize_a_vingt_quatre_ans", "a0_capital_deces": "oui"},
            "NON_CUMUL",
        ),
    ],
)
def test_leaves_and_losses_are_answered(
    droit: str, donnees: dict[str, Any], reponses: dict[str, str], attendu: Any
) -> None:
    trouve = resultat(droit, donnees | reponses)
    dits = (trouve.montant_centimes if trouve.motif == "OUVERT" else trouve.motif, *trouve.faits_manquants[:1])
    assert dits[-1] == attendu


def test_a_day_and_a_half_is_typed_as_it_is_said(client: Any) -> None:
    page = texte(client.post(ADRESSE, PRESENCE | {"etape": "2", "a0_ajpp_demi_journees": "1,3"}))
    assert "Comptez par demi-journées" in page
