"""The public page is the page of the Caf, system by system; each entry opens on its full sheet."""

import html
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from limpide.registre.collecte import registre
from limpide.registre.publication.page import TITRES, comptes, sections
from tests.banc.navigateur import au_clavier

PAGE = tomllib.loads((Path(__file__).parent / "page_publique.toml").read_text(encoding="utf-8"))["systeme"]
ADRESSE = "/informatique-et-libertes/"
MOTS = {
    "acte_reglementaire": "Acte réglementaire",
    "avis_repute_favorable": "Avis de la CNIL réputé favorable",
    "decret": "Décret",
    "deliberation": "Délibération de la CNIL",
    "engagement_de_conformite": "Engagement de conformité de la Cnaf",
    "communique": "Communiqué",
    "information_collective": "Courrier information collective et mentions d'informations",
}


def texte(source: str) -> str:
    """What a reader sees, on one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", source))).strip()


@pytest.fixture
def publiee(base: None) -> str:
    reponse = Client().get(ADRESSE)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


def entrees(source: str) -> dict[str, str]:
    """The text of each system, as the page lists it."""
    morceaux = re.split(r'<(?:li|div) id="(S\d\d)"', source)
    return dict(zip(morceaux[1::2], (texte("<x" + m) for m in morceaux[2::2]), strict=True))


@pytest.mark.preuve(
    "La page « Informatique et libertés » est celle de la Caf : mêmes noms, actes, dates, système par système",
    systemes=("S43", "S44"),
)
def test_mc_085_la_page_dit_ce_que_dit_celle_de_la_caf(publiee: str) -> None:
    trouvees = entrees(publiee)
    assert list(trouvees) == [ligne["code"] for ligne in PAGE]
    for ligne in PAGE:
        dite = trouvees[ligne["code"]]
        assert ligne["nom"] in dite, ligne["code"]
        for nature, numero, jour in ligne["actes"]:
            debut = rf"{MOTS[nature]}[^,]* n° {re.escape(numero)}" if numero else re.escape(MOTS[nature])
            date = rf" \({jour[8:]}/{jour[5:7]}/{jour[:4]}\)" if jour else ""
            assert re.search(debut + date, dite), (ligne["code"], nature, numero, jour, dite)
        attendus = sum(bool(numero or jour) for _, numero, jour in ligne["actes"])
        assert len(re.findall(r"\(\d\d/\d\d/\d{4}\)", dite)) == sum(bool(j) for _, _, j in ligne["actes"])
        assert attendus <= len(ligne["actes"])


def test_les_neuf_sections_se_suivent(publiee: str) -> None:
    titres = [texte(t) for t in re.findall(r'<h2 id="section-\d"[^>]*>(.*?)</h2>', publiee, re.DOTALL)]
    assert titres == [f"{numero} – {titre}" for numero, titre in TITRES.items()]
    for chemin in ("/donnees-personnelles/", "/homologations/", "/cookies/"):
        assert f'href="{chemin}"' in publiee


@pytest.mark.parametrize("code", [ligne["code"] for ligne in PAGE])
def test_chaque_fiche_dit_tout(code: str) -> None:
    systeme = registre().systemes[code]
    fiche = texte(Client().get(f"{ADRESSE}{code}/").content.decode())
    dits = (
        systeme.nom, systeme.information, systeme.base_legale, systeme.origine, systeme.empreinte,
        *systeme.finalites, *systeme.personnes, *systeme.donnees, *systeme.destinataires, *systeme.mesures,
        *systeme.droits_applicables, *systeme.alias, systeme.reste, systeme.raison_visibilite,
    )  # fmt: skip
    for dit in dits:
        assert re.sub(r"\s+", " ", dit) in fiche, dit
    for traitement in registre().traitements_de(code):
        if traitement.etat == "en_service":
            assert traitement.intitule in fiche
            assert traitement.empreinte in fiche
    if not registre().construit(code) and systeme.statut == "vivant":
        assert "pas encore construit dans ce logiciel" in fiche


def test_une_fiche_inconnue_n_existe_pas() -> None:
    assert Client().get(f"{ADRESSE}S49/").status_code == 404
    assert Client().get(f"{ADRESSE}s06/").status_code == 200


@pytest.mark.parametrize(
    ("cherche", "codes"),
    [
        ("IDEAL", ["S08", "S09"]),
        ("2017-130", ["S06"]),
        ("france travail", ["S02", "S19"]),
        ("Éditique", []),
        ("mdph", ["S04"]),
    ],
)
def test_on_cherche_sans_accent_ni_majuscule(cherche: str, codes: list[str]) -> None:
    trouves = [e.systeme.code for s in sections(registre(), cherche) for e in s.entrees]
    assert set(codes) <= set(trouves)
    assert len(trouves) < 10


def test_la_recherche_de_la_page_montre_ce_qu_elle_a_trouve(base: None) -> None:
    page = Client().get(ADRESSE, {"q": 'IDEAL" <b>'}).content.decode()
    assert "0 traitement sur 48" in page
    assert "Aucun traitement ne répond" in page
    assert "<b>" not in page.split("</form>")[0].split("<form")[1]
    page = Client().get(ADRESSE, {"q": "ideal", "etat": "a_construire"}).content.decode()
    assert "2 traitements sur 48" in page
    assert set(entrees(page)) == {"S08", "S09"}
    assert Client().get(ADRESSE, {"etat": "inconnu"}).content.decode().count("Fiche complète") > 5


def test_les_etats_font_le_compte() -> None:
    assert sum(nombre for _, _, nombre in comptes(registre())) == 48
    assert {"remplace", "clos", "a_construire"} <= {etat for etat, _, _ in comptes(registre())}


@pytest.mark.navigateur
@pytest.mark.parametrize("chemin", [ADRESSE, f"{ADRESSE}S06/", f"{ADRESSE}S14/", f"{ADRESSE}?q=zzz"])
def test_les_pages_sont_accessibles(page: Any, page_axe: Any, chemin: str) -> None:
    page_axe(page, chemin)


@pytest.mark.navigateur
def test_on_cherche_au_clavier(page: Any, site: Any) -> None:
    page.goto(site + ADRESSE)
    au_clavier(page, "#q", touche=None)
    page.keyboard.type("recouvrement")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=recouvrement**")
    expect(page.locator("#S27")).to_be_visible()
    au_clavier(page, "#S27 a")
    page.wait_for_url("**/S27/")
