"""The simulator and disability: asked of who says a rate, and computed with the law."""

from typing import Any

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
