"""The ten questions on identification and registration: ten, each with its texts, linked, and true of the software."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from limpide.identite.delais import MOIS_POUR_JUSTIFIER_UN_NIA
from limpide.registre.collecte import registre
from limpide.registre.publication.immatriculation import questions
from tests.banc.navigateur import au_clavier

ADRESSE = "/informatique-et-libertes/immatriculation/"


@pytest.mark.preuve(
    "Dix questions-réponses sur le numéro de sécurité sociale : en ligne, versionnées, chacune avec ses textes",
    systemes=("S48",),
)
def test_les_dix_questions_sont_en_ligne_avec_leurs_textes(base: None) -> None:
    page = html.unescape(Client().get(ADRESSE).content.decode())
    assert len(re.findall(r'<h2 id="question-\d+"', page)) == 10
    for question in questions().questions:
        assert question.titre in page
        for texte in (*question.reponse, *question.textes, question.ici):
            assert texte in page
        assert any(re.search(r"article|décret|règles d'identification", t, re.IGNORECASE) for t in question.textes)
    assert questions().version in page
    assert f'href="{ADRESSE}"' in Client().get("/informatique-et-libertes/").content.decode()


def test_les_trois_questions_que_pose_la_page_de_la_caf_y_sont() -> None:
    def simple(texte: str) -> str:
        return re.sub(r"\W+", " ", texte.replace("À", "A").replace("’", "'")).strip().lower()

    titres = {simple(q.titre) for q in questions().questions}
    posees = [simple(q) for q in re.findall(r"[^.?]+(?= \?)", registre().systemes["S48"].texte)]
    assert len(posees) == 3
    assert set(posees) <= titres


def test_les_delais_dits_sont_ceux_du_logiciel() -> None:
    reponse = next(q for q in questions().questions if "manque" in q.titre).reponse[0]
    assert MOIS_POUR_JUSTIFIER_UN_NIA == 3
    assert reponse.startswith("Vous avez trois mois pour le produire.")


@pytest.mark.navigateur
def test_la_page_est_accessible_et_se_lit_au_clavier(page: Any, page_axe: Any, site: Any) -> None:
    page_axe(page, ADRESSE)
    page.goto(site + "/informatique-et-libertes/?q=immatriculation")
    au_clavier(page, f'a[href="{ADRESSE}"]')
    page.wait_for_url(f"**{ADRESSE}")
    au_clavier(page, 'a[href="#question-8"]')
    page.wait_for_url("**#question-8")
