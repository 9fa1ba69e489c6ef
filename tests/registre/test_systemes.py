"""The systems of the register are those of the public page, to the letter, each in its room."""

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from limpide.registre.actes import avis_repute_favorable, deliberation, phrase
from limpide.registre.collecte import rassembler, registre
from limpide.registre.declaration import Acte, Conservation, DeclarationInvalide
from limpide.registre.systeme import Systeme, dans_l_ordre
from tests.registre.conftest import declarer

PAGE = tomllib.loads((Path(__file__).parent / "page_publique.toml").read_text(encoding="utf-8"))["systeme"]
SALLES = {
    "usagers": "S02 S20 S39 S46",
    "dossiers": "S03 S06 S26",
    "paiements": "S27",
    "identite": "S10 S21 S28 S35 S47 S48",
    "registre": "S42 S43 S44 S45",
    "echanges": "S04 S08 S09 S13 S15 S17 S18 S19 S23 S24 S29 S33",
    "partenaires": "S14 S34",
    "accompagnement": "S01 S25 S30 S37 S38",
    "etudes": "S05 S07 S11 S12 S22 S31",
    "courriers": "S32",
    "infolettres": "S41",
    "relation": "S16",
    "controle": "S36 S40",
}
TRANSVERSES = {"S39", "S40", "S41", "S42", "S43", "S44", "S45", "S46", "S48"}
"""Named by the page inside its sections, without an act of their own in a list."""


def un_systeme(**champs: Any) -> Systeme:
    return Systeme(
        **{
            "code": "S06",
            "section": 1,
            "rang": 6,
            "nom": "Essai",
            "finalites": ("Éprouver",),
            "base_legale": "aucune : essai",
            "personnes": ("Personnes fictives",),
            "donnees": ("Aucune",),
            "destinataires": ("Aucun",),
            "conservation": Conservation("le temps du test"),
            "mesures": ("Base jetable",),
            "droits_applicables": ("Aucun",),
            "information": "Essai",
            "origine": "Essai",
        }
        | champs
    )


def test_les_quarante_huit_systemes_sont_ceux_de_la_page_dans_son_ordre() -> None:
    declares = registre().systemes
    attendus = {ligne["code"]: ligne for ligne in PAGE}
    assert len(attendus) == 48
    # The page tells residence and newsletters inside the articles of the terms: their own order there is 5, 3, 6.
    assert list(declares) == [f"S{n:02d}" for n in range(1, 49)]
    assert {code: s.section for code, s in declares.items()} == {c: ligne["section"] for c, ligne in attendus.items()}


@pytest.mark.parametrize("ligne", PAGE, ids=[ligne["code"] for ligne in PAGE])
def test_chaque_systeme_porte_le_nom_et_les_actes_de_la_page(ligne: dict[str, Any]) -> None:
    systeme = registre().systemes[ligne["code"]]
    assert systeme.nom == ligne["nom"]
    if ligne["code"] in TRANSVERSES:
        assert ligne["actes"] == []
        assert all(acte.nature in ("aucun", "conditions_d_utilisation", "homologation") for acte in systeme.actes)
        return
    declares = [[a.nature, a.reference, a.date.isoformat() if a.date else ""] for a in systeme.actes]
    assert sorted(declares) == sorted(ligne["actes"])


def test_chaque_systeme_est_dans_la_salle_qui_le_realise() -> None:
    attendues = {code: salle for salle, codes in SALLES.items() for code in codes.split()}
    assert registre().salles == attendues


def test_un_systeme_sans_traitement_en_service_n_est_pas_dit_construit() -> None:
    construits = {code for code in registre().systemes if registre().construit(code)}
    en_service = {
        code for t in registre().traitements.values() if t.etat == "en_service" for code in (t.systeme, *t.aussi)
    }
    assert construits == en_service & set(registre().systemes)
    assert registre().systemes["S02"].sans_traitement  # its simulator has none; its claim has
    assert {"S06", "S27", "S39", "S48"} <= construits
    assert not {"S21", "S14", "S30", "S36"} & construits


def test_les_systemes_clos_et_remplaces_le_disent() -> None:
    statuts = {code: (s.statut, s.remplace_par) for code, s in registre().systemes.items() if s.statut != "vivant"}
    assert statuts == {"S14": ("remplace", "S34"), "S21": ("clos", "")}
    alias = {code: s.alias for code, s in registre().systemes.items()}
    assert "France Travail" in alias["S19"]
    assert "Carsat" in alias["S29"]
    assert "Cdap" in alias["S34"]


def test_l_empreinte_change_avec_la_fiche() -> None:
    avant = un_systeme()
    assert avant.empreinte == un_systeme().empreinte
    assert len(avant.empreinte) == 16
    assert dataclasses.replace(avant, information="Autre").empreinte != avant.empreinte


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"code": "S49"}, "le code va de S01 à S48"),
        ({"section": 10}, "la section va de 1 à 9"),
        ({"nom": " "}, "le champ « nom » est vide"),
        ({"finalites": "Éprouver"}, "doit être un tuple"),
        ({"destinataires": ()}, "le champ « destinataires » est vide"),
        ({"statut": "mort"}, "statut : « mort » est inconnu"),
        ({"statut": "remplace"}, "dire par quoi"),
        ({"remplace_par": "S34"}, "dire par quoi, et seulement alors"),
        ({"visible_allocataire": "jamais"}, "exige sa raison légale"),
        ({"donnees_de_sante": True}, "exigent l'exception de l'article 9"),
        ({"donnees_de_sante": True, "article9": "x", "automatisation": "integrale"}, "aucune décision entièrement"),
    ],
)
def test_une_fiche_incomplete_est_refusee_en_clair(champs: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationInvalide, match=message):
        un_systeme(**champs)


def test_deux_systemes_ne_prennent_pas_la_meme_place() -> None:
    with pytest.raises(DeclarationInvalide, match="S06 et S07 ont la même place"):
        dans_l_ordre([un_systeme(), un_systeme(code="S07")])
    with pytest.raises(DeclarationInvalide, match="déclaré deux fois"):
        dans_l_ordre([un_systeme(), un_systeme(rang=7)])
    with pytest.raises(DeclarationInvalide, match="remplacé par S34, qui n'est pas"):
        dans_l_ordre([un_systeme(statut="remplace", remplace_par="S34")])


def test_un_traitement_appartient_a_un_systeme_vivant_de_la_page() -> None:
    systemes = [("essai", un_systeme()), ("essai", un_systeme(code="S21", rang=21, statut="clos"))]
    ici = rassembler([("essai", declarer("essai_un", systeme="S06"))], systemes)
    assert ici.construit("S06")
    assert not ici.construit("S21")
    with pytest.raises(DeclarationInvalide, match="le système « S07 » n'est pas de la page"):
        rassembler([("essai", declarer("essai_un", systeme="S07"))], systemes)
    with pytest.raises(DeclarationInvalide, match="le système S21 n'est plus vivant"):
        rassembler([("essai", declarer("essai_un", systeme="S06", aussi=("S21",)))], systemes)


def test_un_avis_repute_favorable_n_a_ni_numero_ni_date() -> None:
    assert phrase(avis_repute_favorable()) == "Avis de la CNIL réputé favorable"
    assert phrase(deliberation("2017-039", "2017-02-23")) == "Délibération de la CNIL n° 2017-039 (23/02/2017)"
    with pytest.raises(DeclarationInvalide, match="n'a ni numéro ni date"):
        Acte("avis_repute_favorable", "Avis", "2017-1")


def test_chaque_salle_qui_declare_est_installee() -> None:
    assert {application.label for application in apps.get_app_configs()} >= set(SALLES)
