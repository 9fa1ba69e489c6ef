"""« Signaler une erreur » (MC-080): on each datum, sealed, answered by an agent within a month."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from limpide.dossiers.models import DeclarationScellee, Fait, TacheAgent
from limpide.identite.models import MessageContact
from limpide.usagers import scellement
from tests.banc import ecrans

LISTE, AUTRE = "/mon-compte/erreurs/", "/mon-compte/erreurs/autre/signaler/"
DIT = {"valeur": "Le salaire de juillet était de 980 euros", "raison": "Ma fiche de paie le montre.", "honneur": "on"}


@pytest.fixture
def amina(presents: dict[str, Any]) -> Client:
    return ecrans.allocataire(presents)


def du(modele: Any) -> Any:
    return modele._base_manager.using("proprietaire")


def lu(reponse: Any) -> str:
    texte = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", texte)


def liens(client: Client) -> list[str]:
    page = client.get("/mon-compte/situation/").content.decode()
    assert page.count('<td><a class="fr-link"') == len(re.findall(r'<tr><th scope="row">', page))
    return re.findall(r'href="(/mon-compte/erreurs/\d+/signaler/)"', page)


def test_mc_080_each_datum_may_be_reported_and_the_answer_is_read(amina: Client, presents: dict[str, Any]) -> None:
    ou = liens(amina)[0]
    faits = du(Fait).count()
    vide = amina.post(ou, {"valeur": "", "raison": "Rien", "cle": str(uuid.uuid4())})
    assert vide.status_code == 422
    assert "Écrivez ce qui est exact." in lu(vide)
    assert "Cochez cette case" in lu(vide)
    assert "Rien" in vide.content.decode()
    assert du(TacheAgent).count() == du(DeclarationScellee).count() == 0
    saisie = DIT | {"cle": str(uuid.uuid4())}
    for _ in range(2):  # two clicks
        assert amina.post(ou, saisie)["Location"] == LISTE
    tache = du(TacheAgent).get()
    assert (tache.genre, tache.etat) == ("erreur", "ouverte")
    assert (tache.echeance - tache.creee_le.date()).days in {30, 31}
    assert "Un agent de votre Caf vérifie." in lu(amina.get(LISTE))
    encore = amina.post(ou, DIT | {"cle": str(uuid.uuid4())})
    assert encore.status_code == 422
    assert "déjà signalé" in lu(encore)
    scellee = du(DeclarationScellee).get(genre="erreur")
    assert ["Ce qui est exact", DIT["valeur"]] in scellement.relire(scellee)["reponses"][0]["lignes"]
    assert du(Fait).count() == faits  # a report changes nothing by itself
    dossier, _ = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier)
    assert DIT["valeur"] in lu(agent.get(f"/agent/dossier/{dossier}/taches/{tache.pk}/"))
    reponse = {"issue": "faite", "reponse": "Votre fiche de paie est dans le dossier : le montant est corrigé."}
    assert agent.post(f"/agent/dossier/{dossier}/taches/{tache.pk}/", reponse).status_code == 302
    assert reponse["reponse"] in lu(amina.get(LISTE))
    assert du(MessageContact).filter(objet="verifie", personne_id=ecrans.fiche_d_amina()[1]).count() == 1
    assert amina.post(ou, DIT | {"cle": str(uuid.uuid4())}).status_code == 302  # answered: it may be said again
    assert du(TacheAgent).count() == 2


def test_what_is_not_in_the_list_is_reported_too_and_another_file_does_not_exist(amina: Client) -> None:
    sans_quoi = amina.post(AUTRE, DIT | {"cle": str(uuid.uuid4())})
    assert sans_quoi.status_code == 422
    assert "Dites quelle information est fausse." in lu(sans_quoi)
    quoi = "La date de naissance de mon second enfant"
    assert amina.post(AUTRE, DIT | {"quoi": quoi, "cle": str(uuid.uuid4())}).status_code == 302
    assert du(TacheAgent).get().objet == quoi
    voisin = du(Fait).exclude(dossier_id=ecrans.fiche_d_amina()[0]).latest("pk")
    for numero in (voisin.pk, 999_999_999):
        assert amina.get(f"/mon-compte/erreurs/{numero}/signaler/").status_code == 404
    trop = amina.post(AUTRE, DIT | {"quoi": quoi, "raison": "x" * 601, "cle": str(uuid.uuid4())})
    assert trop.status_code == 422
