"""The public simulator: what it asks, what it answers, what it keeps (nothing)."""

import re
from typing import Any

import pytest
from django.urls import reverse

FOYER = {"etape": "0", "mois": "2026-11", "residence": "metropole", "couple": "non", "nombre_enfants": "2"}
PERSONNES = {
    "a0_date_naissance": "24/03/1990", "a0_nationalite": "francaise", "a0_activite": "actif",
    "e0_date_naissance": "01/01/2018", "e0_garde_alternee": "non",
    "e1_date_naissance": "01/01/2020", "e1_garde_alternee": "non",
    "e0_soutien_autre_parent": "apporte", "e1_soutien_autre_parent": "apporte",
}  # fmt: skip
PRECISIONS = {
    "statut_occupation_logement": "locataire_vide", "aide_logement": "210,50", "a0_enceinte": "non",
    "a0_type_conges": "non_renseigne", "rsa_isolement_recent": "non",
}  # fmt: skip
RESSOURCES = {"a0_ressources": ["salaire_net"]}
MONTANTS = {
    "a0_salaire_net_m2": "1 180", "a0_salaire_net_m3": "1180,00", "a0_salaire_net_m4": "1 180 €",
    "prestations_familiales_base_ressources": "14 310",
}  # fmt: skip
TOUT = FOYER | PERSONNES | PRECISIONS | RESSOURCES | MONTANTS
ADRESSE = "/simulateur/"


def texte(reponse: Any) -> str:
    """What a reader sees of the main part of the page."""
    page = reponse.content.decode()
    visible = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    return re.sub(r"\s+", " ", visible.replace("&#x27;", "'"))


def etape(reponse: Any) -> int:
    return int(re.search(r'name="etape" value="(\d)"', reponse.content.decode())[1])


def test_the_parts_follow_each_other_and_carry_the_answers(client: Any) -> None:
    donnees: dict[str, Any] = {}
    for rang, partie in enumerate((FOYER, PERSONNES, PRECISIONS, RESSOURCES)):
        donnees |= partie | {"etape": str(rang)}
        reponse = client.post(ADRESSE, donnees)
        assert reponse.status_code == 200
        assert etape(reponse) == rang + 1
        assert 'name="couple" value="non"' in reponse.content.decode()
    assert "Votre résultat" in texte(client.post(ADRESSE, TOUT | {"etape": "4"}))


def test_the_amounts_are_those_of_the_law_on_the_same_household(client: Any) -> None:
    from limpide.dossiers.templatetags.affichage import en_euros
    from limpide.droits.calcul import liquider
    from limpide.droits.situation import Situation

    enfant = {"role": "enfant", "garde_alternee": False}
    demandeur = {
        "role": "demandeur", "date_naissance": "1990-03-24", "nationalite": "francaise", "activite": "actif",
        "etudiant": False, "enceinte": False, "salaire_net": 1180,
    }  # fmt: skip
    situation = Situation.depuis_dict(
        {
            "mois": "2026-11",
            "foyer": {
                "residence": "metropole", "statut_occupation_logement": "locataire_vide", "aide_logement": 210.5,
                "rsa_isolement_recent": False, "prestations_familiales_base_ressources": 14310,
            },
            "personnes": [
                demandeur, enfant | {"date_naissance": "2018-01-01"}, enfant | {"date_naissance": "2020-01-01"},
            ],
        }
    )  # fmt: skip
    page = texte(client.post(ADRESSE, TOUT | {"etape": "4"}))
    attendus = [r.montant_centimes - r.crds_centimes for r in liquider(situation).values()]
    assert sum(attendus) > 50_000
    for centimes in (*attendus, sum(attendus)):
        assert re.sub(r"\s", " ", en_euros(centimes)) in page


@pytest.mark.preuve("Simulateur : aucun cookie, aucune session, aucune réponse enregistrée", systemes=("S02", "S03"))
def test_nothing_is_kept(client: Any) -> None:
    for reponse in (client.get(ADRESSE), client.post(ADRESSE, TOUT | {"etape": "4"})):
        assert reponse.cookies == {}
        assert "no-store" in reponse.headers["Cache-Control"]
        assert "1180" not in (reponse.headers.get("Location") or "")


TROIS_ENFANTS = TOUT | {
    "couple": "oui", "nombre_enfants": "3", "a1_date_naissance": "24/03/1990", "a1_nationalite": "francaise",
    "a1_activite": "inactif", "a1_enceinte": "non", "e2_date_naissance": "01/01/2022", "e2_garde_alternee": "non",
    "e2_soutien_autre_parent": "apporte",
    "prestations_familiales_base_ressources": "50 000",
}  # fmt: skip


def test_two_incomes_are_asked_of_couples_with_three_children_only(client: Any) -> None:
    for donnees, demande in ((TROIS_ENFANTS, True), (TOUT, False), (TROIS_ENFANTS | {"couple": "non"}, False)):
        assert ('name="biactivite"' in client.post(ADRESSE, donnees | {"etape": "3"}).content.decode()) is demande


@pytest.mark.parametrize(
    ("reponse", "phrase"),
    [("oui", "198,16 €"), ("non", "Vos ressources dépassent"), ("nsp", "Chaque membre du couple avait un revenu")],
)
def test_the_family_supplement_is_simulated(client: Any, reponse: str, phrase: str) -> None:
    page = client.post(ADRESSE, TROIS_ENFANTS | {"etape": "4", "biactivite": reponse})
    carte = texte(page).partition("Complément familial")[2][:400]
    assert phrase in carte.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_family_supplement_counts_in_the_other_rights(client: Any) -> None:
    """Simulated or declared as received, it gives the same prime d'activité."""
    recu = {"f_ressources": ["cf"]} | {f"f_cf_m{i}": "199,15" for i in (2, 3, 4)}
    simule, declare = (
        texte(client.post(ADRESSE, TROIS_ENFANTS | {"etape": "4", "biactivite": "oui"} | plus)) for plus in ({}, recu)
    )
    primes = [page.partition("Prime d'activité")[2][:20] for page in (simule, declare)]
    assert re.search(r"\d,\d\d", primes[0])
    assert primes[0] == primes[1]
    assert "est supposé déjà reçu" in simule
    assert "est supposé déjà reçu" not in declare


RENTREE = TOUT | {
    "mois": "2026-08", "nombre_enfants": "1", "e0_date_naissance": "01/03/2018",
    "prestations_familiales_base_ressources": "14 310",
}  # fmt: skip


def test_the_rentree_is_paid_once_and_is_not_added_to_the_month(client: Any) -> None:
    """Of one child too, the income of two years before is asked in August; other months say when it is paid."""
    page = texte(client.post(ADRESSE, RENTREE | {"etape": "4"})).replace("\u00a0", " ").replace("\u202f", " ")
    assert "et, une seule fois dans l'année, 426,87 € : Allocation de rentrée scolaire." in page
    assert "426,87 € une fois par an" in page
    mensuel = re.search(r"pourrait recevoir ([\d ]+,\d\d) €", page)
    ailleurs = texte(client.post(ADRESSE, RENTREE | {"etape": "4", "mois": "2026-09"}))
    ailleurs = ailleurs.replace("\u00a0", " ").replace("\u202f", " ")
    apres = re.search(r"pourrait recevoir ([\d ]+,\d\d) €", ailleurs)
    assert mensuel
    assert apres
    # The minimum wage moves a few euros from one month to the next: the year's amount would move hundreds.
    assert abs(float(mensuel[1].replace(",", ".")) - float(apres[1].replace(",", "."))) < 10
    assert "Ce droit n'est pas dû tous les mois de l'année." in ailleurs
    assert "versée une seule fois par an, pour le mois d'août" in ailleurs


@pytest.mark.parametrize(
    ("enfant", "demande"),
    [
        ({"e0_date_naissance": "01/03/2018"}, set()),
        ({"e0_date_naissance": "01/03/2021"}, {"cours_preparatoire_anticipe"}),
        ({"e0_date_naissance": "31/01/2021"}, {"inscription_rentree"}),
        ({"e0_date_naissance": "01/03/2009"}, {"inscription_rentree"}),
        ({"e0_date_naissance": "01/03/2018", "e0_garde_alternee": "oui"}, {"allocataire_unique"}),
    ],
)
def test_only_what_the_rentree_does_not_presume_is_asked(client: Any, enfant: Any, demande: set[str]) -> None:
    faits = {"cours_preparatoire_anticipe", "inscription_rentree", "allocataire_unique"}
    for mois, attendus in (("2026-08", demande), ("2026-11", set())):
        page = client.post(ADRESSE, RENTREE | enfant | {"etape": "1", "mois": mois}).content.decode()
        assert {fait for fait in faits if f'name="e0_{fait}"' in page} == attendus


@pytest.mark.parametrize(
    ("reponse", "phrase"),
    [("oui", "426,87 €"), ("non", "un seul des deux parents la reçoit"), ("nsp", "votre foyer est celui désigné")],
)
def test_a_shared_child_has_one_parent_designated(client: Any, reponse: str, phrase: str) -> None:
    partage = {"etape": "4", "e0_garde_alternee": "oui", "e0_allocataire_unique": reponse}
    page = texte(client.post(ADRESSE, RENTREE | partage))
    assert phrase in page.replace("\u00a0", " ").replace("\u202f", " ")


SEUL = TOUT | {
    "nombre_enfants": "1", "e0_soutien_autre_parent": "sans_titre", "e0_lien": "parent",
    "e0_soutien_depuis": "15/01/2026", "e0_asf_date_demande": "", "e0_pension_en_cours_de_fixation": "non",
}  # fmt: skip


def carte(client: Any, donnees: dict[str, Any], titre: str = "Allocation de soutien familial") -> str:
    """What the result says of a right: its card if it is open or waits, else its line among the others."""
    page = client.post(ADRESSE, donnees | {"etape": "4"}).content.decode().replace("&#x27;", "'")
    debut = page.find(f'lp-carte__titre">{titre}<')
    dit = page[debut : page.index("</div>", debut)] if debut >= 0 else page.partition(f"<summary>{titre} : ")[2]
    visible = re.sub(r"<[^>]+>", " ", dit.partition("</summary>")[0])
    return re.sub(r"\s+", " ", visible)


@pytest.mark.parametrize(
    ("reponses", "phrase"),
    [
        ({}, "200,78 €"),
        ({"e0_asf_date_demande": "30/06/2026"}, "si vous demandez au juge de fixer une pension"),
        ({"e0_asf_date_demande": "30/06/2026", "e0_pension_en_cours_de_fixation": "oui"}, "200,78 €"),
        ({"e0_asf_date_demande": "30/06/2026", "e0_pension_en_cours_de_fixation": "nsp"}, "Le juge est saisi"),
        ({"e0_soutien_depuis": ""}, "Début de cette situation"),
        ({"e0_soutien_autre_parent": "nsp"}, "Il manque : Soutien de l'autre parent"),
        ({"e0_soutien_autre_parent": "apporte"}, "Aucun de vos enfants n'est privé du soutien d'un parent."),
        ({"e0_soutien_autre_parent": "decede"}, "200,78 €"),
        ({"e0_soutien_autre_parent": "decede", "e0_lien": "deux_parents"}, "267,63 €"),
        ({"e0_soutien_autre_parent": "decede", "e0_lien": "nsp"}, "Enfant recueilli"),
        ({"e0_soutien_autre_parent": "pension_faible", "e0_pension": "125"}, "76,40 €"),
        ({"e0_soutien_autre_parent": "pension_faible", "e0_pension_nsp": "on"}, "Pension alimentaire reçue"),
        ({"e0_garde_alternee": "oui"}, "l'appréciation d'une personne"),
        ({"residence": "mayotte"}, "À Mayotte, il n'y a pas de Caf : la Caisse de sécurité sociale de Mayotte"),
    ],
)
def test_the_support_of_the_other_parent_is_simulated(client: Any, reponses: dict[str, str], phrase: str) -> None:
    assert phrase in carte(client, SEUL | reponses)


def test_what_follows_from_the_other_parent_is_asked_of_a_parent_alone_only(client: Any) -> None:
    attendus = {
        "apporte": set(),
        "decede": {"lien", "soutien_depuis"},
        "pension_impayee": {"lien", "soutien_depuis", "asf_date_demande"},
        "pension_faible": {"lien", "soutien_depuis", "pension"},
        "sans_titre": {"lien", "soutien_depuis", "asf_date_demande", "pension_en_cours_de_fixation"},
    }
    questions = set().union(*attendus.values())
    for reponse, demandees in attendus.items():
        page = client.post(ADRESSE, SEUL | {"etape": "1", "e0_soutien_autre_parent": reponse}).content.decode()
        visibles = re.sub(r'<input type="hidden"[^>]*>', "", page)
        assert {q for q in questions if f'name="e0_{q}"' in visibles} == demandees
    couple = {"etape": "0", "couple": "oui"}
    assert "soutien_autre_parent" not in re.sub(
        r'<input type="hidden"[^>]*>', "", client.post(ADRESSE, SEUL | couple).content.decode()
    )


def test_the_support_allowance_counts_in_the_rsa_within_its_limit(client: Any) -> None:
    """22.5 % of the monthly base, 107.59 euros, leave the RSA of a parent without a wage; 94.19 stay above it."""
    sans_salaire = {f"a0_salaire_net_m{i}": "0" for i in (2, 3, 4)}
    montants = []
    for soutien in ("apporte", "decede"):
        rsa = carte(client, SEUL | sans_salaire | {"e0_soutien_autre_parent": soutien}, "Revenu de solidarité active")
        montants.append(float(re.search(r"([\d ]+,\d\d) €", rsa)[1].replace(" ", "").replace(",", ".")))
    assert round(montants[0] - montants[1], 2) == 107.59
    assert "est supposée déjà reçue" in texte(client.post(ADRESSE, SEUL | {"etape": "4"}))
    assert "est supposée demandée le mois d'avant" in texte(client.post(ADRESSE, SEUL | {"etape": "4"}))


BEBE = TOUT | {
    "nombre_enfants": "1", "couple": "oui", "e0_date_naissance": "10/06/2025", "a1_date_naissance": "24/03/1990",
    "a1_nationalite": "francaise", "a1_activite": "inactif", "a1_enceinte": "non", "biactivite": "non",
    "prestations_familiales_base_ressources": "30 000",
}  # fmt: skip
BASE = "Allocation de base de la Paje"


@pytest.mark.parametrize(
    ("reponses", "phrase"),
    [
        ({}, "198,16 €"),
        ({"prestations_familiales_base_ressources": "35 000"}, "99,09 €"),
        ({"prestations_familiales_base_ressources": "35 000", "biactivite": "oui"}, "198,16 €"),
        (
            {"prestations_familiales_base_ressources": "35 000", "biactivite": "nsp"},
            "un revenu professionnel suffisant",
        ),
        ({"prestations_familiales_base_ressources": "60 000"}, "Vos ressources dépassent"),
        ({"e0_date_naissance": "10/11/2023"}, "La condition d'âge"),
        ({"e0_garde_alternee": "oui", "e0_allocataire_unique": "non"}, "La condition d'âge"),
        ({"e0_garde_alternee": "oui", "e0_allocataire_unique": "oui"}, "198,16 €"),
    ],
)
def test_the_base_allowance_is_simulated(client: Any, reponses: dict[str, str], phrase: str) -> None:
    assert phrase in carte(client, BEBE | reponses, BASE)


ATTENTE = BEBE | {"nombre_enfants": "0", "a1_enceinte": "oui", "a1_date_debut_grossesse": "10/05/2026"}


@pytest.mark.parametrize(
    ("reponses", "phrase"),
    [
        ({}, "1 093,08 € une seule fois"),
        ({"a1_enfants_attendus": "2"}, "2 186,16 € une seule fois"),
        ({"a1_date_debut_grossesse": "10/06/2026"}, "n'est pas dû tous les mois"),
        ({"a1_date_debut_grossesse": ""}, "Il manque : Début de la grossesse"),
        ({"a1_enceinte": "nsp"}, "Il manque : Attend un enfant"),
        ({"a1_enceinte": "non"}, "quand une naissance est attendue"),
        ({"prestations_familiales_base_ressources": "60 000"}, "Vos ressources dépassent"),
    ],
)
def test_the_birth_grant_is_simulated_and_is_not_added_to_the_month(
    client: Any, reponses: dict[str, str], phrase: str
) -> None:
    assert phrase in carte(client, ATTENTE | reponses, "Prime à la naissance")
    page = texte(client.post(ADRESSE, ATTENTE | {"etape": "4"})).replace("\u00a0", " ").replace("\u202f", " ")
    assert "et, une seule fois, 1 093,08 € : Prime à la naissance." in page


def test_of_an_only_child_income_is_asked_when_it_is_under_three(client: Any) -> None:
    for naissance, demande in (("10/06/2025", True), ("10/06/2018", False)):
        page = client.post(ADRESSE, BEBE | {"etape": "3", "e0_date_naissance": naissance}).content.decode()
        visible = re.sub(r'<input type="hidden"[^>]*>', "", page)
        assert ('name="prestations_familiales_base_ressources"' in visible) is demande
        assert ('name="biactivite"' in visible) is demande


def test_the_base_allowance_closes_the_family_supplement(client: Any) -> None:
    donnees = TROIS_ENFANTS | {"biactivite": "oui", "nombre_enfants": "4", "e3_garde_alternee": "non"}
    assert "198,16 €" in carte(client, donnees | {"e3_date_naissance": "01/02/2020"}, "Complément familial")
    assert "ne s'ajoute pas" in carte(client, donnees | {"e3_date_naissance": "01/02/2025"}, "Complément familial")
    page = texte(client.post(ADRESSE, donnees | {"e3_date_naissance": "01/02/2025", "etape": "4"}))
    assert "L'allocation de base de la Paje calculée ici est supposée déjà reçue" in page


FAUTES = [
    (FOYER | {"nombre_enfants": "-1"}, "nombre_enfants", "ne peut pas être négatif"),
    (FOYER | {"nombre_enfants": "deux"}, "nombre_enfants", "Écrivez un nombre entier"),
    (FOYER | {"couple": ""}, "couple", "Choisissez une réponse"),
    (FOYER | {"mois": "2031-01"}, "mois", ""),
    (FOYER | PERSONNES | {"etape": "1", "a0_date_naissance": "31/02/1990"}, "a0_date_naissance", "n'existe pas"),
    (FOYER | PERSONNES | {"etape": "1", "a0_date_naissance": "01/01/2027"}, "a0_date_naissance", "dans le futur"),
    (FOYER | PERSONNES | {"etape": "1", "a0_date_naissance": "01/01/2015"}, "a0_date_naissance", "au moins 16 ans"),
    (FOYER | PERSONNES | {"etape": "1", "e1_date_naissance": "01/01/1990"}, "e1_date_naissance", "À partir de 25 ans"),
    (TOUT | {"etape": "4", "a0_salaire_net_m2": "-5"}, "a0_salaire_net_m2", "ne peut pas être négatif"),
    (TOUT | {"etape": "4", "a0_salaire_net_m2": "beaucoup"}, "a0_salaire_net_m2", "Écrivez un montant en euros"),
    (TOUT | {"etape": "4", "a0_salaire_net_m3": ""}, "a0_salaire_net_m3", "Je ne sais pas"),
]


@pytest.mark.parametrize(("donnees", "champ", "message"), FAUTES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_wrong_answer_is_explained_beside_its_field_and_kept(
    client: Any, donnees: Any, champ: str, message: str
) -> None:
    reponse = client.post(ADRESSE, donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert etape(reponse) == int(donnees["etape"])
    bloc = page[page.index(f'id="id_{champ}-erreur"') :][:600].replace("&#x27;", "'")
    assert message in bloc
    assert 'role="alert"' in bloc
    if donnees[champ] and champ not in {"couple", "mois"}:
        assert f'value="{donnees[champ]}"' in page


def test_what_is_not_known_is_said_and_never_zero(client: Any) -> None:
    reponse = client.post(
        ADRESSE,
        TOUT
        | {
            "etape": "4",
            "prestations_familiales_base_ressources": "",
            "prestations_familiales_base_ressources_nsp": "on",
        },
    )
    page = texte(reponse)
    assert "Allocations familiales Inconnu" in page
    assert page.count("Il manque : Revenu net du foyer de l'avant-dernière année") == 2  # PPA counts AF
    assert "nous ne pouvons pas encore dire combien" in page


def test_an_unknown_wage_leaves_the_rights_that_read_it_without_answer(client: Any) -> None:
    inconnu = {"a0_salaire_net_m2": "", "a0_salaire_net_m3": "", "a0_salaire_net_m4": "", "a0_salaire_net_nsp": "on"}
    page = texte(client.post(ADRESSE, TOUT | inconnu | {"etape": "4"}))
    assert page.count("Il manque : Salaire net") == 2


def test_questions_are_asked_only_where_they_matter(client: Any) -> None:
    seul = FOYER | {"nombre_enfants": "0"} | {k: v for k, v in PERSONNES.items() if k[0] == "a"} | {"etape": "1"}
    page = client.post(ADRESSE, seul).content.decode()
    assert "rsa_isolement_recent" not in page
    assert "titre_sejour" not in page
    page = client.post(ADRESSE, seul | {"a0_nationalite": "autre"}).content.decode()
    assert "a0_duree_possession_titre_sejour" in page
    sans_enfant = client.post(ADRESSE, seul | PRECISIONS | {"etape": "3"}).content.decode()
    assert "prestations_familiales_base_ressources" not in sans_enfant
    assert 'type="hidden" name="a0_nationalite"' in sans_enfant


def test_a_child_is_added_or_taken_off_without_losing_the_others(client: Any) -> None:
    page = client.post(ADRESSE, FOYER | PERSONNES | {"etape": "1", "ajouter": "1"}).content.decode()
    assert "Enfant 3" in page
    assert 'value="24/03/1990"' in page
    page = client.post(ADRESSE, FOYER | PERSONNES | {"etape": "1", "retirer": "0"}).content.decode()
    assert "Enfant 2" not in page
    assert 'value="01/01/2020"' in page
    assert 'value="01/01/2018"' not in page


def test_going_back_keeps_every_answer(client: Any) -> None:
    page = client.post(ADRESSE, TOUT | {"etape": "4", "aller": "1"}).content.decode()
    assert 'value="24/03/1990"' in page
    assert 'type="hidden" name="a0_salaire_net_m2" value="1 180"' in page


def test_the_result_shows_its_sources_and_another_month(client: Any) -> None:
    page = texte(client.post(ADRESSE, TOUT | {"etape": "4", "mois_autre": "2024-11"}))
    assert "En novembre 2024, votre foyer" in page
    assert "d'avant août 2024 et d'après octobre 2024" in page
    assert "CSS L521-1" in page
    assert "Base mensuelle" in page


def test_the_simulator_is_where_the_home_page_says(client: Any) -> None:
    assert reverse("usagers:simulateur") == ADRESSE
    assert ADRESSE in client.get("/").content.decode()
