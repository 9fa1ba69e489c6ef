"""Canaries: a NIR, an IBAN and a name walk through every screen, and are found nowhere but on the pages."""

import io
import logging
import re
import zipfile
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connections
from pypdf import PdfReader

from limpide.registre.controles import adresses
from tests.banc import ecrans
from tests.usagers.adresses import adresse, demander_le_detail
from tests.usagers.test_matrice import MATRICE

TITRE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
ADRESSES = re.compile(r'(?:href|action|src|hx-post|hx-get)="([^"]*)"')


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    """The demonstration's world, with a decision that waits for a person: every address has something to show."""
    presents = ecrans.peupler(grossesse=True)
    ecrans.attendre_des_documents()
    return presents


def canaris(presents: Any) -> list[str]:
    """What must never leave the page: Amina's NIR (13 and 15 signs), her name, her IBAN."""
    from limpide.identite.models import CoordonneesBancaires
    from limpide.registre.contexte import SYSTEME, traitement

    _, personne = ecrans.fiche_d_amina()
    with traitement("paiement_prestations", acteur=SYSTEME, organisme="751", motif="Essai"):
        iban = CoordonneesBancaires.objects.get(personne_id=personne).iban.en_clair()
    numero = ecrans.amina(presents).identifiant
    return [numero, numero[:13], "Belavassin", iban]


def sessions_en_clair() -> str:
    from django.contrib.sessions.backends.db import SessionStore

    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT session_data FROM django_session")
        return " ".join(str(SessionStore().decode(ligne)) for (ligne,) in curseur.fetchall())


def journal_des_acces() -> str:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT j::text FROM registre_journal j")
        return " ".join(ligne for (ligne,) in curseur.fetchall())


def visiter(presents: Any) -> list[Any]:
    """Every screen as the citizen, the agent and the officer, searches and wrong inputs included."""
    dossier, _ = ecrans.fiche_d_amina()
    numero = ecrans.amina(presents).identifiant
    agent = ecrans.agent(presents)
    reponses = [
        ecrans.entrer(ecrans.visiteur(), numero, "faux"),
        agent.post("/agent/", {"nir": numero}),
        agent.post("/agent/", {"nom": "Belavassin", "naissance": "99/99/9999"}),
        agent.get(f"/agent/dossier/{dossier}/faits/"),
    ]
    ecrans.ouvrir(agent, dossier)
    amina = ecrans.allocataire(presents)
    demander_le_detail(amina, dossier)
    roles = {"amina": amina, "agent_751": agent, "dpd": ecrans.agent(presents, ecrans.DPD)}
    for patron, attendus in MATRICE.items():
        reponses += [client.get(adresse(patron)) for role, client in roles.items() if attendus[role] == 200]
    return reponses


@pytest.mark.preuve(
    "Canari : ni NIR, ni IBAN, ni nom dans les adresses, les titres, les journaux, les sessions", controles=(24,)
)
def test_nothing_personal_leaves_the_pages(presents: Any, caplog: Any, capfd: Any) -> None:
    secrets = canaris(presents)
    with caplog.at_level(logging.DEBUG):
        reponses = visiter(presents)
    pages = [_texte(r) for r in reponses if not r.streaming]
    assert sum("Belavassin" in page for page in pages) > 5, "the walk must have shown her file"
    sortie, erreur = capfd.readouterr()
    ailleurs = {
        "adresses": " ".join(unquote(a) for page in pages for a in ADRESSES.findall(page)),
        "redirections": " ".join(unquote(r.headers.get("Location", "")) for r in reponses),
        "titres": " ".join(titre for page in pages for titre in TITRE.findall(page)),
        "cookies": " ".join(str(r.cookies) for r in reponses),
        "journaux": caplog.text + sortie + erreur,
        "sessions": sessions_en_clair(),
        "journal des accès": journal_des_acces(),
    }
    assert len(ailleurs["journaux"]) > 1000
    fuites = [(ou, quoi[:4]) for ou, texte in ailleurs.items() for quoi in secrets if quoi.lower() in texte.lower()]
    assert fuites == []


def test_pages_with_personal_data_are_never_kept_by_a_cache(presents: Any) -> None:
    client = ecrans.allocataire(presents)
    demander_le_detail(client, ecrans.fiche_d_amina()[0])
    ecrans.attester(client)
    for patron, attendus in MATRICE.items():
        if attendus["amina"] == 200 and patron.startswith("/mon-compte/"):
            assert "no-store" in client.get(adresse(patron)).headers["Cache-Control"], patron
    agent = ecrans.ouvrir(ecrans.agent(presents), ecrans.fiche_d_amina()[0])
    for patron, attendus in MATRICE.items():
        if attendus["agent_751"] == 200 and patron.startswith("/agent/"):
            assert "no-store" in agent.get(adresse(patron)).headers["Cache-Control"], patron


@pytest.mark.preuve("Aucun formulaire ne se passe du jeton contre les requêtes forgées", controles=(19,))
def test_every_form_carries_its_token_but_the_simulator_s() -> None:
    exemptes = {chemin for chemin, vue in adresses() if getattr(vue, "csrf_exempt", False)}
    # Anonymous, without effect: a token would be their only cookie.
    sans_effet = {"/simulateur/", "/openfisca/calculate", "/openfisca/trace"}
    # The simulator's last button: what it keeps is read again and confirmed before any use (`simulation_portee`).
    sans_effet |= {"/simulateur/demander/"}
    # Tokens only: the cookie that a browser would send by itself is not read there (`mobile.canal`).
    a_jetons = {chemin for chemin, _ in adresses() if chemin.startswith("/api/mobile/v1/")} - {
        "/api/mobile/v1/openapi.json"
    }
    # The letters' one is sent by a mailbox, without cookie nor session (RFC 8058): the secret of the address proves.
    assert exemptes == sans_effet | a_jetons | {"/lettres/desabonnement/<str:jeton>/"}


def _texte(reponse: Any) -> str:
    """The words of a page, of a PDF, or of a workbook."""
    if reponse["Content-Type"] == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(reponse.content)).pages)
    if reponse["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet":
        with zipfile.ZipFile(io.BytesIO(reponse.content)) as classeur:
            return "".join(classeur.read(nom).decode() for nom in classeur.namelist() if nom.endswith(".xml"))
    if reponse["Content-Type"].startswith("image/"):
        return str(reponse.content.decode("latin-1"))  # what its bytes would say to whoever looks for words in them
    return str(reponse.content.decode())
