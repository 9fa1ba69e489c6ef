"""A declaration that is incomplete, contradictory or wrong about the tables is refused in French."""

from typing import Any

import pytest

from limpide.registre.collecte import rassembler
from limpide.registre.declaration import Acte, Conservation, DeclarationInvalide
from limpide.registre.droits_voulus import lectures_du_perimetre

from .conftest import declarer

FAUTES: dict[str, tuple[dict[str, Any], str]] = {
    "clé": ({"cle": "Avec Espace"}, "la clé s'écrit en minuscules"),
    "finalité": ({"finalite": " "}, "le champ « finalite » est vide"),
    "virgule": ({"personnes": ("Personnes")}, "doit être un tuple"),
    "périmètre": ({"perimetre": "planete"}, "périmètre : « planete » est inconnu"),
    "genre": ({"genres": ("pirate",)}, "genres : « pirate » est inconnu"),
    "étoile": ({"lire": {"identite.Personne": ("*",)}}, "chaque colonne s'écrit en toutes lettres"),
    "répétition": ({"lire": {"identite.Personne": ("id", "id")}}, "une colonne est répétée"),
    "modèle mal écrit": ({"lire": {"personne": ("id",)}}, "s'écrit « piece.Modele »"),
    "visibilité": ({"visible_allocataire": "jamais"}, "exige sa raison légale"),
    "santé": (
        {"donnees_de_sante": True, "article9": "9.2.b", "automatisation": "integrale"},
        "aucune décision entièrement automatisée sur des données de santé",
    ),
    "apprentissage assisté": (
        {"apprentissage": "forêt aléatoire", "automatisation": "assistee"},
        "un composant qui apprend ne décide pas",
    ),
    "apprentissage seul": (
        {"apprentissage": "forêt aléatoire", "automatisation": "integrale"},
        "un composant qui apprend ne décide pas",
    ),
    "article 9": ({"donnees_de_sante": True}, "exigent l'exception de l'article 9"),
    "pas en service": (
        {"etat": "a_construire", "lire": {"identite.Personne": ("id",)}},
        "ne touche aucune colonne",
    ),
}
FAUTES_DE_TABLE: dict[str, tuple[dict[str, Any], str]] = {
    "modèle inconnu": ({"lire": {"identite.Licorne": ("id",)}}, "le modèle « identite.Licorne » n'existe pas"),
    "colonne inconnue": ({"lire": {"identite.Personne": ("id", "licorne")}}, "n'a pas de colonne « licorne »"),
    "nom au lieu de colonne": (
        {"lire": {"dossiers.Dossier": ("id", "allocataire")}},
        "n'a pas de colonne « allocataire » ; écrire « allocataire_id »",
    ),
    "journal": ({"lire": {"dossiers.Dossier": ("id", "numero")}}, "exige la colonne « allocataire_id »"),
    "RETURNING": (
        {"creer": {"dossiers.Dossier": ("numero",)}},
        "rend son identifiant ; déclarer aussi lire « id »",
    ),
    "hors registre": ({"lire": {"auth.Group": ("id",)}}, "n'est pas une Donnee du registre"),
    "nature": (
        {
            "lire": {"dossiers.Fait": ("id", "dossier_id", "personne_id", "nature")},
            "natures": ("salaire_net", "licorne"),
        },
        "natures inconnues : licorne",
    ),
}


@pytest.mark.parametrize("nom", FAUTES)
def test_incomplete_declarations_are_refused(nom: str) -> None:
    champs, message = FAUTES[nom]
    with pytest.raises(DeclarationInvalide, match=message):
        declarer(**({"cle": "essai"} | champs))


@pytest.mark.parametrize("nom", FAUTES_DE_TABLE)
def test_declarations_are_checked_against_the_models(nom: str) -> None:
    champs, message = FAUTES_DE_TABLE[nom]
    with pytest.raises(DeclarationInvalide, match=message):
        rassembler([("essais", declarer("essai", **champs))])


def test_a_scope_that_the_table_ignores_is_refused(monkeypatch: Any) -> None:
    from limpide.identite.models import Organisme

    monkeypatch.setattr(Organisme, "perimetres", {"organisme": "code = {organisme}"})
    declare = declarer("essai", perimetre="personne", lire={"identite.Organisme": ("code",)})
    with pytest.raises(DeclarationInvalide, match="ne sait pas se limiter au périmètre « personne »"):
        rassembler([("essais", declare)])


def test_a_key_is_declared_once() -> None:
    with pytest.raises(DeclarationInvalide, match="cette clé est déjà prise"):
        rassembler([("essais", declarer("essai")), ("ailleurs", declarer("essai"))])


@pytest.mark.parametrize("champs", [{"active": ""}, {"active": "6 ans", "sort_final": "oubli"}])
def test_retention_is_said(champs: dict[str, str]) -> None:
    with pytest.raises(DeclarationInvalide, match="conservation"):
        Conservation(**champs)


def test_acts_have_a_known_kind() -> None:
    with pytest.raises(DeclarationInvalide, match="acte, nature"):
        Acte("rumeur", "On dit que")


def test_the_version_follows_every_field() -> None:
    base = declarer("essai")
    assert base.empreinte == declarer("essai").empreinte
    assert base.empreinte != declarer("essai", finalite="Autre").empreinte
    assert base.empreinte != declarer("essai", conservation=Conservation("deux ans")).empreinte


def test_columns_read_by_the_scope_are_published() -> None:
    from limpide.identite.models import Affiliation

    declare = declarer("essai", lire={"identite.Personne": ("id",)})
    assert lectures_du_perimetre(declare) == {Affiliation: frozenset({"personne_id", "organisme_id"})}
