"""The published algorithms: every rule and parameter of each right is on its page, and in the JSON beside."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from limpide.droits.bareme import ecrire_mois
from limpide.droits.empreinte import empreinte_regles
from limpide.droits.publication import publier
from limpide.droits.situation import codes_droits
from tests.banc.navigateur import au_clavier

ADRESSE = "/algorithmes/"


def texte(source: str) -> str:
    """What a reader sees, on one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", source))).strip()


def page_de(code: str) -> str:
    reponse = Client().get(f"{ADRESSE}{code}/")
    assert reponse.status_code == 200
    return str(reponse.content.decode())


@pytest.mark.preuve(
    "Règles publiées : chaque règle de chaque droit avec ses articles, sa date, son code ; chaque paramètre daté",
    systemes=("S42", "S02"),
)
@pytest.mark.parametrize("code", codes_droits())
def test_chaque_regle_et_chaque_parametre_est_sur_la_page(code: str) -> None:
    source, publie = page_de(code), publier(code)
    lu = texte(source)
    for regle in publie.regles:
        if regle.dossier == code or regle.dossier not in codes_droits():
            assert f'id="{regle.ancre}"' in source
            assert " ; ".join(regle.variante.articles) in lu
            assert f"{regle.fichier}, ligne {regle.ligne}" in lu
            assert texte(html.escape(regle.source)) in lu
            if regle.exemple:
                assert re.sub(r"\s+", " ", regle.exemple.texte) in lu
        else:
            assert f'href="{ADRESSE}{regle.dossier}/#{regle.ancre}"' in source
    for parametre in publie.parametres:
        assert f'id="parametre-{parametre.nom}"' in source
        for valeur in parametre.valeurs:
            assert re.sub(r"\s+", " ", valeur.reference) in lu
    for joue in publie.cas:
        assert re.sub(r"\s+", " ", joue.cas.nom) in lu
    assert lu.count("Conforme") >= len(publie.cas)
    assert empreinte_regles() in lu


@pytest.mark.parametrize("code", codes_droits())
def test_le_json_dit_la_meme_chose(code: str) -> None:
    reponse, publie = Client().get(f"{ADRESSE}{code}.json"), publier(code)
    assert reponse.status_code == 200
    dit = reponse.json()
    assert [(r["regle"], r["depuis"]) for r in dit["regles"]] == [
        (r.regle.cle, r.variante.depuis.isoformat()) for r in publie.regles
    ]
    assert {p["nom"]: [v["depuis"] for v in p["valeurs"]] for p in dit["parametres"]} == {
        p.nom: [ecrire_mois(v.debut) for v in p.valeurs] for p in publie.parametres
    }
    assert len(dit["cas"]) == len(publie.cas)
    assert {tuple(c["ecarts"]) for c in dit["cas"]} == {()}


def test_les_liens_d_une_page_menent_quelque_part() -> None:
    sources = {code: page_de(code) for code in codes_droits()}
    for code, source in sources.items():
        for lien in re.findall(r'href="([^"]*#[^"]+)"', source):
            chemin, _, ancre = lien.partition("#")
            cible = sources[chemin.strip("/").rpartition("/")[2]] if chemin else source
            assert f'id="{ancre}"' in cible, (code, lien)


def test_la_liste_mene_a_chaque_droit() -> None:
    page = Client().get(ADRESSE).content.decode()
    for code in codes_droits():
        assert f'href="{ADRESSE}{code}/"' in page
    assert "article L312-1-3" in page
    liste = Client().get(f"{ADRESSE}droits.json").json()
    assert {d["code"] for d in liste["droits"]} == set(codes_droits())
    assert all(d["adresse"].endswith(f"{ADRESSE}{d['code']}.json") for d in liste["droits"])


def test_les_sources_sont_liees_au_depot_publie(settings: Any) -> None:
    settings.DEPOT_PUBLIC = "https://depot.example/limpide/blob/main/"
    regle = publier("af").regles[0]
    lien = f"https://depot.example/limpide/blob/main/{regle.fichier}#L{regle.ligne}"
    assert f'href="{lien}"' in page_de("af")
    assert Client().get(f"{ADRESSE}af.json").json()["regles"][0]["adresse"] == lien


def test_un_droit_inconnu_n_existe_pas() -> None:
    assert Client().get(f"{ADRESSE}agepi/").status_code == 404
    assert Client().get(f"{ADRESSE}agepi.json").status_code == 404


@pytest.mark.navigateur
@pytest.mark.parametrize("chemin", [ADRESSE, *(f"{ADRESSE}{code}/" for code in codes_droits())])
def test_les_pages_sont_accessibles(page: Any, page_axe: Any, chemin: str) -> None:
    page_axe(page, chemin)


@pytest.mark.navigateur
def test_on_lit_une_regle_au_clavier_sans_javascript(page: Any, site: Any) -> None:
    contexte = page.context.browser.new_context(java_script_enabled=False, locale="fr-FR")
    sans_script = contexte.new_page()
    assert sans_script.goto(site + f"{ADRESSE}af/").status == 200
    resume = sans_script.locator("#af-regles-montant-enfants-2015-07 summary")
    resume.focus()
    sans_script.keyboard.press("Enter")
    expect(sans_script.locator("#af-regles-montant-enfants-2015-07 pre")).to_be_visible()
    contexte.close()
    page.goto(site + ADRESSE)
    au_clavier(page, f'a[href="{ADRESSE}af/"]')
    page.wait_for_url(f"**{ADRESSE}af/")
