"""A visitor's simulation becomes a claim: on their click, after their login, under encryption meanwhile, then gone."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from limpide.usagers.models import BrouillonDemande
from limpide.usagers.propositions import portee
from tests.banc import ecrans
from tests.usagers.test_decisions import mots

PORTER, ICI = "/simulateur/demander/", "/mon-compte/simulation/"


def simuler(client: Client) -> dict[str, str]:
    """Answer the five parts; returns everything that the result carries."""
    foyer, personnes, precisions, *_ = ecrans.REPONSES_A_LA_DEMANDE
    tout = {
        **{c: v for c, v in foyer.items() if c != "foyer_depuis"}, **personnes, **precisions, "mois": "2026-11",
        "a0_date_naissance": "24/03/1990", "e0_soutien_depuis": "15/01/2025",
    }  # fmt: skip
    page = client.post("/simulateur/", tout | {"etape": "4"}).content.decode()
    assert "Votre résultat" in page
    assert 'form="porter" name="droit" value="rsa"' in page
    assert 'value="asf">Demander' in page
    assert "droits en une fois" in page
    return tout | {"etape": "4", "droit": "rsa"}


def compte(presents: dict[str, Any]) -> str:
    return next(c.identifiant for c in presents.values() if c.adresse == "/demande-rsa/")


@pytest.mark.preuve(
    "S02-2 : un visiteur demande un droit depuis sa simulation en un clic ; ses réponses, chiffrées dans la session, "
    "deviennent le brouillon après la connexion, puis s'effacent",
    systemes=("S02",),
)
def test_mc_003_la_simulation_devient_une_demande(comptes_seuls: dict[str, Any]) -> None:
    client = ecrans.visiteur()
    tout = simuler(client)
    assert not client.cookies  # the simulation itself leaves none
    assert client.post(PORTER, tout)["Location"] == ICI
    gardee = client.session[portee.CLE]
    assert gardee["droit"] == "rsa"
    assert b"1990" not in bytes.fromhex(gardee["contenu"])
    assert "chomeur" not in "".join(s.get_decoded().__repr__() for s in Session.objects.using("proprietaire").all())
    assert client.get(ICI)["Location"] == f"/connexion/?next={ICI}"
    assert not BrouillonDemande.objects.using("proprietaire").exists()
    assert ecrans.entrer(client, compte(comptes_seuls)).status_code == 302
    page = mots(client.get(ICI))
    for attendu in ("Revenu de solidarité active", "03/05/2019", "Au chômage", "Faire ma demande avec ces réponses"):
        assert attendu in page, attendu
    envoi = {nom: valeur for nom, valeur in tout.items() if nom not in ("droit", "etape")}
    suite = client.post(ICI, envoi)
    assert (suite.status_code, suite["Location"]) == (307, "/demande-rsa/reprendre/")
    assert portee.CLE not in client.session
    assert client.post("/demande-rsa/reprendre/", envoi).status_code == 302  # as the browser does with a 307
    assert BrouillonDemande.objects.using("proprietaire").count() == 1
    assert "Aucune réponse n'est gardée" in mots(client.get(ICI))


def test_les_reponses_s_effacent_sans_rien_creer(comptes_seuls: dict[str, Any]) -> None:
    client = ecrans.visiteur()
    client.post(PORTER, simuler(client))
    ecrans.entrer(client, compte(comptes_seuls))
    assert client.post(ICI, {"effacer": "1"})["Location"] == "/simulateur/"
    assert portee.CLE not in client.session
    assert not BrouillonDemande.objects.using("proprietaire").exists()


@pytest.mark.parametrize("change", [{"droit": "caah"}, {"droit": "../rsa"}, {"couple": ""}, {"e0_date_naissance": "x"}])
def test_rien_n_est_garde_d_une_simulation_inachevee(base: None, change: dict[str, str]) -> None:
    client = ecrans.visiteur()
    assert client.post(PORTER, simuler(client) | change)["Location"] == "/simulateur/"
    assert not client.cookies


def test_une_avalanche_de_champs_n_est_pas_gardee(base: None) -> None:
    client = ecrans.visiteur()
    assert client.post(PORTER, simuler(client) | {"z": "z" * 30_000})["Location"] == "/simulateur/"
    assert not client.cookies


def test_a_click_from_another_site_puts_no_session_over_the_reader_s(comptes_seuls: dict[str, Any]) -> None:
    """A form sent from elsewhere comes without the session's cookie: answered with a new one, it would log out."""
    ailleurs = ecrans.visiteur()
    tout = simuler(ailleurs)
    assert ailleurs.post(PORTER, tout, headers={"sec-fetch-site": "cross-site"})["Location"] == "/simulateur/"
    assert not ailleurs.cookies
    assert ailleurs.post(PORTER, tout, headers={"sec-fetch-site": "same-origin"})["Location"] == ICI
