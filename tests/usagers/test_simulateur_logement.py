"""The simulator and a rent: asked of who ticks it and rents, answered with the law's figures, counted in the RSA."""

from typing import Any

import pytest
from django.http import QueryDict

from limpide.droits.calcul import liquider
from limpide.usagers.simulateur.foyer import situation
from limpide.usagers.simulateur.parcours import poursuivre
from tests.usagers.test_simulateur import ADRESSE, TOUT, texte

LOYER = TOUT | {
    "situations": ["loyer"], "loyer": "500", "logement_code_postal": "06000", "logement_conventionne": "non",
    "forme_logement": "entier", "proprietaire_proche_famille": "non", "a0_logement_salaires": "9 000",
}  # fmt: skip
TU = {"logement_code_postal": "", "logement_code_postal_tu": "on"}
SEULE = LOYER | {"nombre_enfants": "0"}


def lu(donnees: dict[str, Any]) -> Any:
    """The household that these answers tell."""
    recu = QueryDict(mutable=True)
    for nom, valeur in (donnees | {"etape": "4"}).items():
        recu.setlist(nom, valeur if isinstance(valeur, list) else [valeur])
    parcours = poursuivre(recu)
    assert parcours.fini, parcours.formulaire and parcours.formulaire.errors
    return situation(parcours.reponses)


def test_nothing_is_asked_nor_shown_of_who_ticked_nothing_or_owns(client: Any) -> None:
    for donnees in (TOUT, LOYER | {"statut_occupation_logement": "proprietaire"}):
        page = client.post(ADRESSE, donnees | {"etape": "3"}).content.decode()
        assert 'name="logement_code_postal"' not in page.replace('type="hidden" name="logement_code_postal"', "")
        page = client.post(ADRESSE, donnees | {"etape": "4"}).content.decode()
        assert not any(f"pourquoi-{aide}" in page for aide in ("apl", "alf", "als"))


def test_a_tenant_is_asked_about_the_dwelling_and_the_year(client: Any) -> None:
    page = client.post(ADRESSE, TOUT | {"situations": ["loyer"], "etape": "3"}).content.decode()
    for champ in ("loyer", "logement_code_postal", "logement_conventionne", "forme_logement", "a0_logement_salaires"):
        assert f'name="{champ}"' in page
    assert "total d'octobre 2025 à septembre 2026".replace("'", "&#x27;") in page
    assert 'name="a0_logement_chomage"' not in page
    hlm = TOUT | {"situations": ["loyer"], "statut_occupation_logement": "locataire_hlm", "etape": "3"}
    assert 'name="logement_conventionne"' not in client.post(ADRESSE, hlm).content.decode()


@pytest.mark.parametrize(
    ("reponses", "aide"),
    [
        ({}, "alf"),
        ({"logement_conventionne": "oui"}, "apl"),
        ({"statut_occupation_logement": "locataire_hlm"}, "apl"),
        ({"forme_logement": "coloc"}, "alf"),
        ({"residence": "la_reunion"}, "alf"),
    ],
)
def test_the_answers_give_what_the_law_gives(client: Any, reponses: dict[str, str], aide: str) -> None:
    foyer = lu(LOYER | reponses)
    resultat = liquider(foyer, [aide])[aide]
    assert resultat.motif == "OUVERT"
    net = resultat.montant_centimes - resultat.crds_centimes
    assert foyer.foyer["aide_logement"][0][-1] == net / 100
    page = texte(client.post(ADRESSE, LOYER | reponses | {"etape": "4"})).replace("\u00a0", " ").replace("\u202f", " ")
    assert f"{net // 100},{net % 100:02d} €" in page
    assert "est supposée déjà reçue : elle compte dans le RSA" in page
    assert ("Le logement social est supposé conventionné" in page) == ("statut_occupation_logement" in reponses)


def test_a_student_tells_of_a_grant_and_of_no_income(client: Any) -> None:
    etudiant = SEULE | {"a0_activite": "etudiant", "a0_date_naissance": "01/01/2004", "a0_boursier": "oui"}
    etudiant |= {"a0_rsa_jeune_condition_heures_travail_remplie": "non"}
    page = client.post(ADRESSE, etudiant | {"etape": "3"}).content.decode()
    assert 'name="a0_boursier"' in page
    assert 'name="a0_logement_salaires" ' not in page.replace('type="hidden" name="a0_logement_salaires"', "")
    assert liquider(lu(etudiant), ["als"])["als"].motif == "OUVERT"


FOYER = SEULE | {
    "statut_occupation_logement": "locataire_foyer", "loyer": "350", "logement_conventionne": "oui",
    "type_foyer": "residence_sociale", "foyer_existant": "non", "a0_handicap": "non",
}  # fmt: skip
PRET = LOYER | {
    "statut_occupation_logement": "primo_accedant", "loyer": "650", "aide_logement_est_pret_conventionne": "oui",
    "aide_logement_date_pret": "15/12/2017", "etat_logement": "acquisition_sans_amelioration_logement_existant",
    "date_entree_logement": "", "pret_decision_etat": "non",
}  # fmt: skip
ETUDIANT_EN_FOYER = FOYER | {
    "a0_activite": "etudiant", "a0_date_naissance": "01/01/2004", "a0_boursier": "non", "logement_conventionne": "non",
    "forme_logement": "chambre", "logement_crous": "oui", "etat_logement_foyer": "oui",
    "a0_rsa_jeune_condition_heures_travail_remplie": "non",
}  # fmt: skip


@pytest.mark.parametrize(
    ("reponses", "aide", "motif", "mots"),
    [
        (FOYER, "apl", "OUVERT", "Le loyer et les charges compris dans votre redevance"),
        (FOYER | {"foyer_existant": "oui"}, "apl", "OUVERT", "1,2 part pour une personne seule"),
        (FOYER | {"type_foyer": "nsp"}, "apl", "INCONNU", "Genre de foyer"),
        (FOYER | {"logement_conventionne": "non"}, "als", "OUVERT", "Quelle que soit votre redevance"),
        (ETUDIANT_EN_FOYER, "als", "OUVERT", "chambre rénovée du Crous"),
        (PRET, "apl", "OUVERT", "plafond de ce prêt"),
        (PRET | {"aide_logement_date_pret": "02/01/2018"}, "apl", "PRET", "après la date limite"),
        (PRET | {"aide_logement_date_pret": ""}, "apl", "INCONNU", "Date de signature du prêt"),
        (PRET | {"aide_logement_est_pret_conventionne": "non"}, "alf", "OUVERT", "plafond de ce prêt"),
        (PRET | {"residence": "la_reunion"}, "alf", "OUVERT", "pour un accédant"),
    ],
)
def test_a_hostel_and_a_loan_are_asked_about_and_told(
    client: Any, reponses: dict[str, Any], aide: str, motif: str, mots: str
) -> None:
    resultat = liquider(lu(reponses), [aide])[aide]
    assert resultat.motif == motif
    page = texte(client.post(ADRESSE, reponses | {"etape": "4"}))
    assert mots in page
    assert 'id="courbe-loyer"' not in client.post(ADRESSE, reponses | {"etape": "4"}).content.decode()


def test_only_what_matters_is_asked_of_a_hostel_or_a_loan(client: Any) -> None:
    def page(reponses: dict[str, Any]) -> str:
        return client.post(ADRESSE, reponses | {"etape": "3"}).content.decode().replace('type="hidden" name="', "")

    foyer, pret, etudiant = page(FOYER), page(PRET), page(ETUDIANT_EN_FOYER)
    demandes = {"type_foyer": (1, 0, 1), "aide_logement_date_pret": (0, 1, 0), "logement_crous": (0, 0, 1)}
    for nom, attendu in demandes.items():
        assert tuple(f'name="{nom}"' in p for p in (foyer, pret, etudiant)) == attendu
    assert 'name="proprietaire_proche_famille"' not in foyer + pret
    assert 'name="pret_decision_etat"' not in pret
    assert 'name="pret_decision_etat"' in page(PRET | {"residence": "la_reunion"})


def test_what_nobody_knows_is_named(client: Any) -> None:
    page = texte(client.post(ADRESSE, SEULE | TU | {"etape": "4"}))
    assert "Zone de la commune pour l'aide au logement" in page


def test_the_result_draws_what_another_rent_would_give(client: Any) -> None:
    assert 'id="courbe-loyer"' not in client.post(ADRESSE, TOUT | {"etape": "4"}).content.decode()
    page = client.post(ADRESSE, LOYER | {"etape": "4"}).content.decode()
    bloc = page[page.index('id="courbe-loyer"') :]
    bloc = bloc[: bloc.index("</details>")]
    assert bloc.count('<th scope="row"') == 16
    assert bloc.count("<polygon") >= 2
    ligne = bloc[bloc.index('<th scope="row">500,00') :].partition("</tr>")[0]
    foyer = lu(LOYER)
    net = round(foyer.foyer["aide_logement"][0][-1] * 100)
    assert f"{net // 100},{net % 100:02d}" in ligne


def test_what_another_right_misses_is_named_and_not_that_right(client: Any) -> None:
    """Who answered that nothing is received is not told that « Aide au logement reçue » is missing."""
    page = texte(client.post(ADRESSE, LOYER | TU | {"aide_logement": "0", "etape": "4"}))
    assert page.count("Il manque : Zone de la commune pour l'aide au logement.") == 2, "the benefit, and what counts it"
    assert "Pour ce qui reste inconnu, il manque : Zone de la commune pour l'aide au logement." in page
    assert "Aide au logement reçue" not in page
