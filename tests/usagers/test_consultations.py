"""« Qui a consulté mon dossier »: own lines only, delayed and masked ones kept, exports without formula."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.db import connections

from limpide.registre.collecte import registre
from limpide.usagers import consultations
from tests.banc import ecrans


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler(mois_liquides=("2026-11",))


def ecrire(personne: int, dossier: int | None, **autres: Any) -> None:
    """A line of the journal, as the owner."""
    valeurs = {
        "acteur_genre": "agent", "acteur_id": 77, "service": "Caf 751", "traitement": "instruction_droits",
        "declaration": "x", "motif": "Étude d'une demande", "organisme": "751", "personne_id": personne,
        "dossier_id": dossier, "objet": "dossiers.Fait", "action": "lecture", "quand": dt.datetime.now(dt.UTC),
    } | autres  # fmt: skip
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            f"INSERT INTO registre_journal ({', '.join(valeurs)}) VALUES ({', '.join(['%s'] * len(valeurs))})",
            list(valeurs.values()),
        )


def page(client: Any, chemin: str = "", **criteres: str) -> str:
    reponse = client.get(f"/mon-compte/consultations/{chemin}", criteres)
    assert reponse.status_code == 200
    return str(reponse.content.decode("utf-8-sig"))


def test_the_service_the_reason_and_the_public_sheet_but_never_the_agent(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    ecrire(personne, dossier, acteur_id=424242)
    vue = page(ecrans.allocataire(presents))
    assert "Étude d&#x27;une demande" in vue
    assert "/informatique-et-libertes/s06/" in vue
    assert "424242" not in vue


def test_an_access_for_another_s_file_tells_neither_office_nor_reason(presents: Any) -> None:
    _, personne = ecrans.fiche_d_amina()
    autre = ecrans.autre_dossier("591")
    ecrire(personne, autre.pk, service="Caf 591", motif="Réclamation ou recours")
    vue = page(ecrans.allocataire(presents))
    assert consultations.AUTRE_DOSSIER in vue
    assert "Caf 591" not in vue
    assert "Réclamation ou recours" not in vue


def test_nobody_reads_the_lines_of_another_adult(presents: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    voisin = ecrans.autre_dossier("751", sauf=dossier)
    ecrire(voisin.allocataire_id, dossier, motif="Vérification d'un montant")
    assert "Vérification d" not in page(ecrans.allocataire(presents))


def visibilite(visible: str, jours: int = 0) -> None:
    """The agents' processing, declared delayed or masked. (Frozen, with slots: set behind its back.)"""
    declare = registre().traitements["instruction_droits"]
    for champ, valeur in (("visible_allocataire", visible), ("raison_visibilite", "Loi"), ("visible_apres", jours)):
        avant = getattr(declare, champ)
        object.__setattr__(declare, champ, valeur)
        RENDUS.append((declare, champ, avant))


RENDUS: list[tuple[Any, str, Any]] = []


@pytest.fixture(autouse=True)
def declarations_rendues() -> Any:
    yield
    while RENDUS:
        declare, champ, avant = RENDUS.pop()
        object.__setattr__(declare, champ, avant)


def test_a_masked_processing_shows_no_access_and_says_so_to_everybody(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    visibilite("jamais")
    client = ecrans.allocataire(presents)
    avant = page(client)
    assert "non montré. Loi." in avant
    ecrire(personne, dossier)
    apres = page(client)
    assert "Étude d" not in apres
    assert apres.count("Loi") == avant.count("Loi") == 1


def test_a_delayed_processing_shows_its_accesses_after_the_delay(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    visibilite("differee", 30)
    maintenant = dt.datetime.now(dt.UTC)
    ecrire(personne, dossier, motif="Trop récent", quand=maintenant - dt.timedelta(days=29))
    ecrire(personne, dossier, motif="Assez ancien", quand=maintenant - dt.timedelta(days=31))
    vue = page(ecrans.allocataire(presents))
    assert "Assez ancien" in vue
    assert "Trop récent" not in vue
    assert "montré 30 jours après" in vue


def test_reading_the_list_is_itself_in_the_list(presents: Any) -> None:
    client = ecrans.allocataire(presents)
    page(client)
    vue = page(client)
    assert consultations.LISTE_LUE in vue
    client.get("/mon-compte/paiements/")
    assert "Vous consultez vos paiements" not in page(client)
    assert "Vous consultez vos paiements" in page(client, moi="on")


def test_a_month_is_a_month_and_another_is_refused(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    mois = consultations.mois_proposes()[2]
    ecrire(personne, dossier, motif="Ce mois-là", quand=dt.datetime(mois.year, mois.month, 15, tzinfo=dt.UTC))
    client = ecrans.allocataire(presents)
    assert "Ce mois-là" in page(client, mois=f"{mois:%Y-%m}")
    suivant = consultations.mois_proposes()[1]
    assert "Ce mois-là" not in page(client, mois=f"{suivant:%Y-%m}")
    refus = client.get("/mon-compte/consultations/", {"mois": "1999-01"})
    assert refus.status_code == 422
    assert "Choisissez un des mois de la liste" in refus.content.decode()


@pytest.mark.preuve("La liste des accès s'exporte, et aucune de ses cellules n'est une formule", controles=(20,))
def test_exports_hold_the_same_lines_and_no_formula(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    ecrire(personne, dossier, motif="=HYPERLINK(1)")
    client = ecrans.allocataire(presents)
    lignes = list(csv.reader(io.StringIO(page(client, "acces.csv")), delimiter=";"))
    assert tuple(lignes[0]) == consultations.COLONNES
    assert "'=HYPERLINK(1)" in [ligne[4] for ligne in lignes]
    donnees = json.loads(page(client, "acces.json"))
    assert "=HYPERLINK(1)" in [acces["motif"] for acces in donnees["acces"]]
    assert {a["service"] for a in donnees["acces"]} >= {"Caf 751"}
