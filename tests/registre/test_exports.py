"""The register in its other forms: workbook, JSON, impact assessment. Each says what the declarations say."""

import dataclasses
import datetime as dt
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from limpide.registre.actes import phrase
from limpide.registre.collecte import registre
from limpide.registre.declaration import Traitement
from limpide.registre.publication.donnees import empreinte
from limpide.registre.systeme import Systeme
from limpide.socle.classeur import TYPE
from tests.banc.classeur import lire

ADRESSE = "/informatique-et-libertes/"
CODES = [f"S{numero:02d}" for numero in range(1, 49)]


@pytest.fixture(scope="module")
def classeur() -> dict[str, list[list[str]]]:
    reponse = Client().get(f"{ADRESSE}registre.ods")
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == TYPE
    return lire(reponse.content)


def en_service() -> list[Traitement]:
    return [t for t in registre().traitements.values() if t.etat == "en_service"]


def rubriques(feuille: list[list[str]]) -> dict[str, str]:
    assert feuille[0] == ["Rubrique", "Contenu"]
    assert len({ligne[0] for ligne in feuille}) == len(feuille)
    return {ligne[0]: ligne[1] for ligne in feuille[1:]}


COMMUNES = {
    "Base légale": "base_legale",
    "Information des personnes": "information",
    "Catégories de personnes concernées": "personnes",
    "Destinataires": "destinataires",
    "Mesures de sécurité": "mesures",
    "Droits des personnes": "droits_applicables",
    "Autres noms": "alias",
    "Version de la fiche": "empreinte",
}


def comparer(dites: dict[str, str], declaration: Systeme | Traitement) -> None:
    """The rubrics that systems and processings share, cell by cell."""
    for rubrique, champ in COMMUNES.items():
        valeur = getattr(declaration, champ)
        assert dites[rubrique] == (valeur if isinstance(valeur, str) else "\n".join(valeur)), rubrique
    assert dites["Actes"] == "\n".join(phrase(acte) for acte in declaration.actes)
    assert dites["Durée en base active"] == declaration.conservation.active
    assert dites["Archivage intermédiaire"] == declaration.conservation.intermediaire
    assert (declaration.article9 in dites["Données sensibles"]) is True
    assert dites["Données sensibles"].startswith("Données de santé") is declaration.donnees_de_sante
    assert declaration.raison_visibilite in dites["Accès montrés à la personne"]


@pytest.mark.preuve(
    "Le classeur du registre, rouvert, dit cellule par cellule ce que disent les déclarations", systemes=("S42", "S44")
)
def test_le_classeur_dit_ce_que_disent_les_declarations(classeur: dict[str, list[list[str]]]) -> None:
    titres, *lignes = classeur["Liste"]
    assert titres == ["Genre", "Référence", "Nom", "État", "Finalité principale", "Version", "Feuille"]
    assert [ligne[1] for ligne in lignes] == [*registre().systemes, *sorted(t.cle for t in en_service())]
    for genre, reference, nom, _, finalite, version, feuille in lignes:
        dites = rubriques(classeur[feuille])
        if genre == "Système":
            systeme = registre().systemes[reference]
            comparer(dites, systeme)
            attendu = (systeme.nom, systeme.finalites[0], "\n".join(systeme.donnees), systeme.origine)
            assert (nom, finalite, dites["Catégories de données"], dites["Sur quoi repose cette fiche"]) == attendu
            assert dites["Sous-finalités"] == "\n".join(systeme.finalites[1:])
        else:
            traitement = registre().traitements[reference]
            comparer(dites, traitement)
            assert (nom, finalite) == (traitement.intitule, traitement.finalite)
            assert dites["Responsable du traitement"] == traitement.responsable
            assert dites["Système de la page"].split("\n")[0] == traitement.systeme
        assert dites["Version de la fiche"] == version
    assert len(classeur) == len(lignes) + 3


def test_le_classeur_dit_chaque_colonne_et_ce_qu_on_en_fait(classeur: dict[str, list[list[str]]]) -> None:
    dites = {(t, table, c): verbes for t, table, c, _, *verbes in classeur["Colonnes"][1:]}
    attendues = {}
    for traitement in en_service():
        for libelle in traitement.modeles:
            for champ in apps.get_model(libelle)._meta.concrete_fields:
                permis = [
                    champ.attname in getattr(traitement, v).get(libelle, ()) for v in ("lire", "creer", "modifier")
                ]
                if any(permis):
                    attendues[traitement.cle, libelle, champ.attname] = ["oui" if p else "non" for p in permis]
    assert dites == attendues
    assert len(attendues) > 200


def valeur_json(valeur: Any) -> Any:
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    if isinstance(valeur, dict):
        return {cle: valeur_json(v) for cle, v in valeur.items()}
    return [valeur_json(v) for v in valeur] if isinstance(valeur, tuple | list) else valeur


def test_le_json_dit_chaque_champ_de_chaque_declaration() -> None:
    reponse = Client().get(f"{ADRESSE}registre.json")
    assert reponse.status_code == 200
    dit = reponse.json()
    assert set(dit) == {"format", "empreinte", "systemes", "traitements"}
    assert dit["empreinte"] == empreinte(dit)
    assert [s["code"] for s in dit["systemes"]] == list(registre().systemes)
    assert [t["cle"] for t in dit["traitements"]] == sorted(registre().traitements)
    declares = [
        *((s, registre().systemes[s["code"]], {"salle", "etat", "empreinte"}) for s in dit["systemes"]),
        *((t, registre().traitements[t["cle"]], {"empreinte"}) for t in dit["traitements"]),
    ]
    for publie, declaration, en_plus in declares:
        champs = valeur_json(dataclasses.asdict(declaration))
        assert {cle: publie[cle] for cle in champs} | {"etat": None} == champs | {"etat": None}
        assert set(publie) == set(champs) | en_plus
        assert publie["empreinte"] == declaration.empreinte


def test_une_declaration_qui_change_change_la_version() -> None:
    dit = Client().get(f"{ADRESSE}registre.json").json()
    avant = empreinte(dit)
    dit["systemes"][3]["finalites"].append("Autre chose")
    assert empreinte(dit) != avant


SCHEMA = {
    "pia": {
        "name": str, "category": str, "author_name": str, "evaluator_name": str, "validator_name": str, "status": int,
        "is_example": int, "is_archive": int, "numberOfQuestions": int, "structure_id": str, "created_at": "date",
        "updated_at": "date",
    },
    "answers": [{"reference_to": int, "data": {"text": (str, type(None)), "gauge": (int, type(None)), "list": [str]},
                 "created_at": "date"}],
    "measures": [{"id": int, "title": str, "content": str, "placeholder": str, "created_at": "date"}],
    "evaluations": [{}],
    "comments": [{}],
}  # fmt: skip
"""What LINCnil/pia's `importData` reads (src/app/services/pia.service.ts), and what its own export holds."""
QUESTIONS = {
    111, 112, 113, 121, 122, 123, 211, 212, 213, 214, 215, *range(221, 228),
    *(base + rang for base in (320, 330, 340) for rang in range(1, 7)),
}  # fmt: skip


def conforme(valeur: Any, schema: Any, ou: str = "") -> None:
    """Checks a value against the shapes above; an unknown or missing key is a fault."""
    if isinstance(schema, dict):
        assert isinstance(valeur, dict), ou
        assert set(valeur) == set(schema), ou
        for cle, dedans in schema.items():
            conforme(valeur[cle], dedans, f"{ou}.{cle}")
    elif isinstance(schema, list):
        assert isinstance(valeur, list), ou
        for rang, element in enumerate(valeur):
            conforme(element, schema[0], f"{ou}[{rang}]")
    elif schema == "date":
        assert dt.datetime.fromisoformat(valeur).tzinfo is not None, ou
    else:
        assert isinstance(valeur, schema), (ou, valeur)


class Balises(HTMLParser):
    """Which tags a text holds, and whether each is closed."""

    def __init__(self, texte: str) -> None:
        super().__init__()
        self.vues: set[str] = set()
        self.ouvertes: list[str] = []
        self.feed(texte)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert not attrs
        self.vues.add(tag)
        self.ouvertes.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.ouvertes.pop() == tag


@pytest.mark.preuve(
    "L'analyse d'impact de chaque système est au format de l'outil PIA de la CNIL, remplie de ce que dit le registre",
    systemes=("S42",),
)
@pytest.mark.parametrize("code", CODES)
def test_l_analyse_d_impact_s_importe_et_dit_la_fiche(code: str) -> None:
    reponse = Client().get(f"{ADRESSE}{code}/aipd.json")
    assert reponse.status_code == 200
    dit, systeme = reponse.json(), registre().systemes[code]
    conforme(dit, SCHEMA)
    numeros = [r["reference_to"] for r in dit["answers"]]
    assert len(set(numeros)) == len(numeros)
    assert set(numeros) <= QUESTIONS
    assert len(QUESTIONS) == dit["pia"]["numberOfQuestions"]
    for reponse_ in dit["answers"]:
        balises = Balises(reponse_["data"]["text"] or "")
        assert balises.vues <= {"p", "ul", "li"}
        assert balises.ouvertes == []
    titres = {mesure["title"] for mesure in dit["measures"]}
    assert set(systeme.mesures) <= titres
    assert {titre for r in dit["answers"] for titre in r["data"]["list"]} <= titres
    entier = json.dumps(dit, ensure_ascii=False)
    for texte in (*systeme.finalites, *systeme.donnees, *systeme.destinataires, systeme.information):
        assert json.dumps(texte, ensure_ascii=False)[1:-1] in entier, texte
    # Severity and likelihood belong to people.
    assert {r["data"]["gauge"] for r in dit["answers"]} == {None}
    assert not set(numeros) & {325, 326, 335, 336, 345, 346}


def test_les_formes_d_un_systeme_inconnu_n_existent_pas() -> None:
    assert Client().get(f"{ADRESSE}S49/aipd.json").status_code == 404


def test_rien_de_personne_dans_les_fichiers_publies(classeur: dict[str, list[list[str]]]) -> None:
    """No query may even be made: these views declare no data. What they hold is code."""
    fichiers = [json.dumps(classeur, ensure_ascii=False), Client().get(f"{ADRESSE}registre.json").content.decode()]
    for fichier in fichiers:
        assert not re.search(r"\b[12]\d{12}(\d\d)?\b|FR\d{2}[ 0-9A-Z]{20,}|@[a-z]+\.[a-z]{2,}", fichier)
