"""Requirements of Mon Compte that no other file names: what the pages say, what they never do (systems.md, MC-)."""

import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from limpide.dossiers.models import Fait
from limpide.identite.messages_contact import TEXTES
from limpide.registre.collecte import registre
from limpide.registre.controles import adresses
from limpide.registre.traceurs import RESPONSABLE, traceurs
from limpide.usagers import conditions, scellement
from tests.banc import ecrans
from tests.usagers.adresses import adresse
from tests.usagers.test_simulateur import TOUT

CONSEILS = "/securite/"
LIEUX = re.compile(r"latitude|longitude|geoloc|coordonnees_gps|position_geo|adresse_ip", re.IGNORECASE)


@pytest.fixture
def amina(presents: Any) -> Client:
    return ecrans.allocataire(presents)


def lu(reponse: Any) -> str:
    """What a reader sees of the page, spaces made plain."""
    assert reponse.status_code == 200
    texte = re.sub(r"<[^>]+>", " ", reponse.content.decode())
    return re.sub(r"\s+", " ", texte.replace("&#x27;", "'"))


def regles() -> str:
    """The terms in force, as anybody reads them."""
    return lu(Client().get("/conditions/"))


def test_mc_001_the_notice_names_the_editor_and_who_offers_the_service() -> None:
    assert "édité par la Caisse nationale des allocations familiales (Cnaf)" in regles()
    assert "offert par elle et par les caisses d'allocations familiales (Caf)" in regles()


def test_mc_003_a_simulation_is_run_from_the_account_and_becomes_a_claim(amina: Client) -> None:
    page = amina.post("/simulateur/", TOUT | {"etape": "4"})
    assert "Votre foyer pourrait" in lu(page) or "votre foyer pourrait recevoir" in lu(page)
    reprendre = re.compile(r'formaction="[^"]*/demande-[a-z-]+/reprendre/">Demander ')
    assert reprendre.search(page.content.decode())
    assert not reprendre.search(Client().post("/simulateur/", TOUT | {"etape": "4"}).content.decode())


def test_mc_005_what_the_caf_makes_available_is_consulted_and_nothing_changes(amina: Client) -> None:
    avant = Fait.objects.using("proprietaire").count()
    pages = {
        "/mon-compte/": "Mes droits", "/mon-compte/paiements/": "€", "/mon-compte/situation/": "Ma situation",
        "/mon-compte/decisions/": "décision", "/mon-compte/demandes/": "Mes demandes",
    }  # fmt: skip
    for chemin, attendu in pages.items():
        assert attendu in lu(amina.get(chemin)), chemin
        assert amina.post(chemin).status_code in {405, 403}, chemin
    assert Fait.objects.using("proprietaire").count() == avant


def _de_l_espace() -> list[str]:
    espace = [c for c, _ in adresses() if c.startswith(("/mon-compte/", "/demande-"))]
    assert len(espace) > 30
    return espace


def test_mc_006_mc_027_no_action_is_possible_without_identification_and_authentication(presents: Any) -> None:
    """Every address of the space, read and written, by a visitor then by who gave the number without the password."""
    ecrans.attendre_des_documents()
    sans_mot_de_passe = Client()
    numero = ecrans.amina(presents).identifiant
    assert ecrans.entrer(sans_mot_de_passe, numero, "").status_code == 422
    assert ecrans.entrer(sans_mot_de_passe, numero, "autre chose").status_code == 422
    for patron in _de_l_espace():
        for client in (Client(), sans_mot_de_passe):
            for methode in (client.get, client.post):
                reponse = methode(adresse(patron))
                assert reponse.status_code in {302, 403, 404, 405}, (patron, methode.__name__)
                if reponse.status_code == 302:
                    assert reponse["Location"].startswith("/connexion/"), patron
                assert b"Belavassin" not in reponse.content


RECOMMANDATIONS = {
    "028": "Ne demandez jamais à quelqu'un d'autre d'en créer un pour vous",
    "029": "Prenez un mot de passe différent pour chaque service",
    "030": "Changez-le régulièrement",
    "031": "Évitez de le faire retenir par un navigateur",
    "032": "Ne l'envoyez pas en clair sur Internet",
    "033": "Ne le notez pas dans un fichier ou un cahier que d'autres peuvent ouvrir",
    "034": "Gardez-le à jour",
}


def test_mc_028_029_030_033_the_recommendations_are_told_on_a_page_that_the_footer_shows() -> None:
    page = lu(Client().get(CONSEILS))
    for phrase in RECOMMANDATIONS.values():
        assert phrase in page
    assert f'href="{CONSEILS}"' in Client().get("/").content.decode()


def test_mc_031_every_password_field_says_what_it_holds_so_that_nothing_else_is_kept() -> None:
    """The policy that the page tells: a manager of passwords is left alone, a shared browser is warned of."""
    assert "un gestionnaire de mots de passe" in lu(Client().get(CONSEILS))
    page = Client().get("/connexion/").content.decode()
    champs = re.findall(r'<input[^>]*type="password"[^>]*>', page)
    assert champs
    assert all('autocomplete="current-password"' in champ for champ in champs)


def test_mc_032_the_service_never_sends_a_password(presents: Any, boite: Any) -> None:
    """No message has room for one, and none leaves when an agent creates the first."""
    champs = {c for texte in TEXTES.values() for c in re.findall(r"{(\w*)}", texte)}
    assert champs == {"code"}
    dossier, _ = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier)
    remis = agent.post(f"/agent/dossier/{dossier}/acces/mot-de-passe/", {"identite": "verifiee"})
    assert "ni par courriel, ni par message" in lu(remis)
    assert list(boite.recus) == []


def test_mc_034_an_old_browser_is_told_so_without_looking_at_its_name() -> None:
    page = Client(HTTP_USER_AGENT="Mozilla/4.0 (compatible; MSIE 6.0)").get(CONSEILS)
    assert RECOMMANDATIONS["034"] in lu(page)
    assert '<p class="lp-vieux-navigateur">' in page.content.decode()
    assert page.content == Client(HTTP_USER_AGENT="Autre").get(CONSEILS).content


def test_mc_039_every_page_of_the_space_warns_of_false_messages(amina: Client) -> None:
    for chemin in ("/mon-compte/", "/mon-compte/paiements/", "/mon-compte/connexions/", "/mon-compte/coordonnees/"):
        assert "méfiez-vous des faux messages" in lu(amina.get(chemin)), chemin
    assert "Ces techniques changent sans cesse" in lu(amina.get(CONSEILS))


def test_mc_067_the_clause_of_liability_is_in_a_published_version() -> None:
    assert "La Cnaf n'est pas responsable des dommages" in regles()
    assert f"Version {conditions.en_vigueur().version}" in regles()
    textes = [p for _, paragraphes in conditions.en_vigueur().articles for p in paragraphes]
    assert any("n'est pas responsable des dommages" in p for p in textes)


def test_mc_076_the_controller_is_shown_and_each_datum_has_its_origin(amina: Client) -> None:
    assert "La Cnaf est responsable du traitement de vos données" in regles()
    assert "Celles que vous écrivez et celles que d'autres organismes envoient sont concernées" in regles()
    page = amina.get("/mon-compte/situation/").content.decode()
    lignes = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    origines = [re.findall(r"<td>(.*?)</td>", ligne)[2] for ligne in lignes if ligne.count("<td>") >= 4]
    assert origines
    assert all(origine.strip() for origine in origines)


def test_mc_077_what_was_declared_cannot_be_altered_unseen_nor_read_by_another(presents: Any) -> None:
    from limpide.dossiers.models import DeclarationScellee
    from limpide.identite.chiffrement import Indechiffrable

    ecrans.attendre_des_documents()
    scellee = DeclarationScellee.objects.using("proprietaire").filter(genre="demande").latest("scellee_le")
    assert scellement.relire(scellee)["numero"] == scellee.numero
    scellee.empreinte = "0" * 64
    with pytest.raises(scellement.ContenuAltere):
        scellement.relire(scellee)
    scellee.contenu_chiffre = bytes(scellee.contenu_chiffre)[:-1] + b"\x00"
    with pytest.raises(Indechiffrable):
        scellement.relire(scellee)
    autre = ecrans.demandeuse(presents)
    assert autre.get(f"/mon-compte/demandes/{scellee.demande_id}/demande.pdf").status_code == 404


def test_mc_081_no_page_asks_where_one_is_and_no_table_holds_it() -> None:
    assert "geolocation=()" in Client().get("/")["Permissions-Policy"]
    assert "geolocation=()" in Client().get("/connexion/")["Permissions-Policy"]
    colonnes = [f"{m._meta.label}.{c.name}" for m in apps.get_models() for c in m._meta.concrete_fields]
    assert len(colonnes) > 300
    assert [c for c in colonnes if LIEUX.search(c)] == []
    assert "Aucune donnée de géolocalisation n'est utilisée, sauf pour" in regles()


def test_mc_082_nothing_is_done_for_trade_nor_advertising() -> None:
    assert "aucun usage commercial ou publicitaire, même en partie" in regles()
    dits = {
        t.cle: " ".join((t.finalite, *t.sous_finalites, *t.destinataires)).lower()
        for t in registre().traitements.values()
    }
    assert len(dits) > 60
    for mot in ("commercial", "publicit", "prospection", "annonceur", "revente"):
        assert [cle for cle, texte in dits.items() if mot in texte] == [], mot
    assert {t.responsable for t in traceurs()} == {RESPONSABLE}
    page = Client().get("/").content.decode()
    dehors = re.findall(r'(?:src|srcset)="(https?://[^"]+)"', page)
    assert dehors == [], json.dumps(dehors)
