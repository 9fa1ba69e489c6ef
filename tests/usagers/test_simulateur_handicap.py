"""The simulator and disability: asked of who says a rate, and computed with the law."""

from typing import Any

import pytest

from tests.usagers.test_simulateur import ADRESSE, FOYER, PERSONNES, PRECISIONS, texte

SEUL = FOYER | {"nombre_enfants": "0"}
MOI = {nom: valeur for nom, valeur in PERSONNES.items() if nom.startswith("a0_")} | {"a0_activite": "inactif"}
LOGEMENT = {nom: PRECISIONS[nom] for nom in ("statut_occupation_logement", "aide_logement", "a0_enceinte")}
SANS_REVENU = {"a0_aah_activite_n2": "0", "a0_aah_pensions_n2": "0", "a0_aah_autres_revenus_n2": "0"}
SEJOUR = {"a0_sejour_en_etablissement": "aucun"}


def resultat(client: Any, **change: str) -> str:
    return texte(client.post(ADRESSE, SEUL | MOI | LOGEMENT | SEJOUR | SANS_REVENU | change | {"etape": "4"}))


def test_nothing_is_asked_of_who_says_no_rate(client: Any) -> None:
    page = texte(client.post(ADRESSE, SEUL | MOI | {"etape": "1"}))
    assert "établissement" not in page
    assert "restriction" not in page


def test_a_rate_asks_for_what_the_allowance_reads(client: Any) -> None:
    page = texte(client.post(ADRESSE, SEUL | MOI | {"a0_taux_incapacite": "50", "etape": "1"}))
    assert "La MDPH a-t-elle reconnu une restriction substantielle et durable d'accès à l'emploi" in page
    assert "Séjour en ce moment dans un établissement" in page
    assert "revenus du couple" not in page
    page = texte(client.post(ADRESSE, SEUL | MOI | LOGEMENT | SEJOUR | {"a0_taux_incapacite": "80", "etape": "3"}))
    assert "revenus de 2024" in page
    assert "Montants nets imposables de l'avis d'impôt, pour toute l'année." in page


def test_what_an_esat_pays_is_asked_as_a_wage_too(client: Any) -> None:
    """It is part of the wage: whoever ticks only the first would be computed without any."""
    esat = SEUL | MOI | LOGEMENT | SEJOUR | {"a0_taux_incapacite": "80", "a0_aah_cumul_integral": "non"}
    esat |= {"a0_activite": "actif", "a0_type_conges": "non_renseigne", "etape": "3"}
    page = client.post(ADRESSE, esat | {"a0_ressources_rares": ["aah_base_ressources_activite_milieu_protege"]})
    assert "Vous : salaire net" in texte(page)
    assert 'name="a0_salaire_net_m2"' in page.content.decode()
    assert "Vous : salaire net" not in texte(client.post(ADRESSE, esat))


def test_the_allowance_is_computed_with_its_reason(client: Any) -> None:
    assert "1 041,59 €" in resultat(client, a0_taux_incapacite="80").replace("\u202f", " ").replace("\u00a0", " ")
    refuse = resultat(client, a0_taux_incapacite="50", a0_aah_restriction_substantielle_durable_acces_emploi="non")
    assert "À votre taux d'incapacité, ce droit suppose une restriction durable d'accès à l'emploi" in refuse
    assert "ce droit suppose un taux d'incapacité reconnu" in resultat(client).replace("Ce droit", "ce droit")


def test_a_long_stay_reduces_the_allowance(client: Any) -> None:
    page = resultat(
        client, a0_taux_incapacite="80", a0_sejour_en_etablissement="hopital",
        a0_sejour_en_etablissement_depuis="02/01/2026", a0_aah_sans_reduction="non",
    )  # fmt: skip
    assert "312,48" in page


def test_the_complement_follows_the_allowance(client: Any) -> None:
    page = resultat(client, a0_taux_incapacite="80", aide_logement="250")
    assert "104,77" in page
    assert "est supposée déjà reçue" in page


COUPLE = SEUL | MOI | {"couple": "oui", "a1_date_naissance": "02/02/1985", "a1_nationalite": "francaise"} | {
    "a1_activite": "actif", "a1_taux_incapacite": "0", "a0_taux_incapacite": "80", "a1_enceinte": "non",
    "a1_type_conges": "non_renseigne",
}  # fmt: skip


@pytest.mark.parametrize(
    ("mois", "garde", "demande"),
    [("2026-11", "non", False), ("2026-11", "oui", True), ("2026-11", "nsp", True), ("2023-09", "non", True)],
)
def test_the_income_of_a_partner_is_asked_only_where_it_counts(
    client: Any, mois: str, garde: str, demande: bool
) -> None:
    reponses = COUPLE | LOGEMENT | SEJOUR | {"mois": mois, "a0_aah_conjugalise_eligible": garde, "etape": "3"}
    page = texte(client.post(ADRESSE, reponses))
    assert f"Vous : revenus de {int(mois[:4]) - 2}" in page
    assert ("Votre conjoint ou conjointe : revenus de" in page) is demande


def test_the_former_reckoning_is_asked_since_there_is_another(client: Any) -> None:
    for mois, demande in (("2023-09", False), ("2023-10", True)):
        page = texte(client.post(ADRESSE, COUPLE | {"mois": mois, "etape": "1"}))
        assert ("revenus du couple" in page) is demande


def test_the_partner_is_named_only_where_there_is_one(client: Any) -> None:
    seul = texte(client.post(ADRESSE, SEUL | MOI | {"a0_taux_incapacite": "80", "etape": "1"}))
    assert "si le conjoint ne travaille pas" not in seul
    assert "En cas de séjour, le forfait journalier est-il à votre charge" in seul
    assert "si le conjoint ne travaille pas" in texte(client.post(ADRESSE, COUPLE | {"etape": "1"}))


def test_the_name_of_an_esat_keeps_its_capital(client: Any) -> None:
    rares = {"a0_ressources_rares": ["aah_base_ressources_activite_milieu_protege"], "a0_activite": "actif"}
    page = texte(
        client.post(
            ADRESSE,
            SEUL
            | MOI
            | LOGEMENT
            | SEJOUR
            | {"a0_taux_incapacite": "80", "etape": "3"}
            | rares
            | {"a0_type_conges": "non_renseigne", "a0_aah_cumul_integral": "non"},
        )
    )
    assert "Vous : rémunération garantie d'un Esat" in page


def test_what_is_missing_is_told_apart(client: Any) -> None:
    page = resultat(client, a0_taux_incapacite="nsp", statut_occupation_logement="nsp")
    assert "Il manque : Taux d'incapacité, en pour cent" in page
    page = resultat(
        client, a0_taux_incapacite="80", a0_aah_activite_n2="", a0_aah_activite_n2_nsp="on",
        a0_aah_pensions_n2="", a0_aah_pensions_n2_nsp="on",
    )  # fmt: skip
    assert " ; " in page[page.index("Il manque :") :].split(".")[0]


def test_a_child_expected_is_not_asked_of_a_pensioner_alone(client: Any) -> None:
    for naissance, demande in (("24/03/1990", True), ("24/03/1953", False)):
        page = texte(client.post(ADRESSE, SEUL | MOI | {"a0_date_naissance": naissance, "etape": "1"}))
        assert ("Attendez-vous un enfant" in page) is demande
