"""Versions of the register: an installation that changes a declaration leaves a version that says what changed."""

import dataclasses
import html
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from django.test import Client
from playwright.sync_api import expect

from limpide.registre import collecte
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.declaration import Conservation, Traitement
from limpide.registre.installation import installer
from limpide.registre.models import VersionRegistre
from limpide.registre.publication.donnees import empreinte, en_donnees
from limpide.registre.publication.libelles import CHAMPS
from limpide.registre.publication.versions import Difference, comparer
from limpide.registre.systeme import Systeme
from tests.banc.navigateur import au_clavier

ADRESSE = "/informatique-et-libertes/versions/"


def texte(source: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", source))).strip()


def gardees() -> list[VersionRegistre]:
    return list(VersionRegistre.objects.using("proprietaire").order_by("numero"))


@pytest.fixture
def changee(base: None) -> Iterator[tuple[int, int]]:
    """Numbers of the versions before and after a deployment that changes one system and one processing."""
    avant = gardees()[-1].numero
    systemes, declarations = list(collecte._systemes()), list(collecte._declarations())
    autres_systemes = [(salle, _autre_systeme(s) if s.code == "S06" else s) for salle, s in systemes]
    autres = [(salle, _autre_traitement(t) if t.cle == "publication_registre" else t) for salle, t in declarations]
    origine = collecte._systemes, collecte._declarations
    collecte._systemes = lambda: autres_systemes  # type: ignore[assignment]
    collecte._declarations = lambda: autres  # type: ignore[assignment]
    try:
        collecte.registre.cache_clear()
        installer()
        yield avant, gardees()[-1].numero
    finally:
        collecte._systemes, collecte._declarations = origine
        collecte.registre.cache_clear()
        installer()


def _autre_systeme(systeme: Systeme) -> Systeme:
    return dataclasses.replace(
        systeme,
        destinataires=(*systeme.destinataires[1:], "Un destinataire de plus"),
        conservation=Conservation(active="un siècle"),
    )


def _autre_traitement(traitement: Traitement) -> Traitement:
    lire = {"registre.VersionRegistre": traitement.lire["registre.VersionRegistre"], "registre.Alerte": ("id",)}
    return dataclasses.replace(traitement, intitule="Un autre nom", lire=lire)


def test_la_preparation_garde_le_registre_en_vigueur(base: None) -> None:
    derniere = gardees()[-1]
    assert derniere.contenu == en_donnees(collecte.registre())
    assert derniere.empreinte == empreinte(derniere.contenu) == derniere.contenu["empreinte"]


def test_une_installation_qui_ne_change_rien_ne_garde_rien(base: None) -> None:
    avant = len(gardees())
    installer()
    assert len(gardees()) == avant


@pytest.mark.preuve(
    "Journal des versions du registre : une déclaration qui change laisse une version qui dit le champ, avant et après",
    systemes=("S44",),
)
def test_le_journal_nomme_ce_qui_a_change(changee: tuple[int, int]) -> None:
    avant, apres = changee
    assert apres == avant + 1
    page = Client().get(f"{ADRESSE}{apres}/").content.decode()
    lue = texte(page)
    assert f"Ce qui a changé depuis la version {avant}" in lue
    assert "2 déclarations changées" in lue
    for dit in (
        "S06 – Modèle Cristal",
        "Destinataires",
        "Maintenant : Un destinataire de plus",
        "Durées de conservation",
        "Maintenant : En base active : un siècle",
        "Traitement modifié · publication_registre · système S44",
        "Avant : Publication des versions du registre",
        "Maintenant : Un autre nom",
        "Colonnes lues",
        "Maintenant : registre.Alerte : id",
    ):
        assert dit in lue, dit
    assert texte(Client().get(ADRESSE).content.decode()).count("(en vigueur)") == 1
    assert gardees()[-1].changees == 2
    assert Client().get(f"{ADRESSE}{apres}.json").json()["version"] == apres


def test_revenir_en_arriere_est_aussi_une_version(changee: tuple[int, int]) -> None:
    avant, apres = (next(v for v in gardees() if v.numero == numero) for numero in changee)
    aller, retour = comparer(avant.contenu, apres.contenu), comparer(apres.contenu, avant.contenu)
    assert [(c.reference, c.sort) for c in aller] == [("S06", "modifié"), ("publication_registre", "modifié")]
    for c, d in zip(aller, retour, strict=True):
        assert d.differences == tuple(Difference(x.champ, x.ajoutes, x.retires) for x in c.differences)


def test_une_declaration_de_plus_ou_de_moins_est_dite(base: None) -> None:
    contenu = gardees()[-1].contenu
    sans = contenu | {"traitements": contenu["traitements"][1:]}
    cle = contenu["traitements"][0]["cle"]
    assert [(c.reference, c.sort, c.differences) for c in comparer(sans, contenu)] == [(cle, "ajouté", ())]
    assert [(c.reference, c.sort, c.differences) for c in comparer(contenu, sans)] == [(cle, "retiré", ())]
    assert comparer(contenu, contenu) == []


def test_chaque_champ_d_une_declaration_a_son_nom_francais() -> None:
    champs = {c.name for classe in (Systeme, Traitement) for c in dataclasses.fields(classe)}
    assert champs | {"salle", "etat"} == set(CHAMPS)


def test_une_version_ne_se_modifie_ni_ne_s_efface(base: None) -> None:
    for ordre in (
        "UPDATE registre_versionregistre SET empreinte = 'x'",
        "DELETE FROM registre_versionregistre",
        "TRUNCATE registre_versionregistre",
    ):
        with (
            pytest.raises(DatabaseError, match="ne se modifie ni ne s'efface"),
            transaction.atomic(using="proprietaire"),
            connections["proprietaire"].cursor() as curseur,
        ):
            curseur.execute(ordre)


def test_comparer_avec_une_version_qui_n_existe_pas_est_explique(changee: tuple[int, int]) -> None:
    _, apres = changee
    for saisie in ("999", "x", ""):
        reponse = Client().get(f"{ADRESSE}{apres}/", {"depuis": saisie})
        assert reponse.status_code == 422, saisie
        assert 'id="erreur-depuis"' in reponse.content.decode()
    assert Client().get(f"{ADRESSE}999/").status_code == 404
    assert Client().get(f"{ADRESSE}999.json").status_code == 404


def test_la_commande_dit_les_versions_et_leurs_changements(changee: tuple[int, int]) -> None:
    avant, apres = changee
    sortie = io.StringIO()
    call_command("registre_versions", stdout=sortie)
    assert re.search(rf"^ *{apres} .* 2 déclaration\(s\) changée\(s\)$", sortie.getvalue(), re.MULTILINE)
    sortie = io.StringIO()
    call_command("registre_versions", apres, stdout=sortie)
    assert f"De la version {avant} à la version {apres} : 2 déclaration(s)." in sortie.getvalue()
    assert "    + Un destinataire de plus" in sortie.getvalue()
    call_command("registre_versions", avant, depuis=apres, stdout=sortie)
    assert "    - Un destinataire de plus" in sortie.getvalue()
    with pytest.raises(CommandError, match="999"):
        call_command("registre_versions", 999)


def test_une_ligne_du_journal_mene_a_la_version_de_sa_declaration(changee: tuple[int, int]) -> None:
    avant, apres = changee
    with traitement("publication_registre", acteur=SYSTEME, motif="Essai"):
        list(VersionRegistre.objects.only("id", "numero"))
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT DISTINCT declaration FROM registre_journal WHERE traitement = 'publication_registre'")
        ((stampee,),) = curseur.fetchall()
    sortie = io.StringIO()
    call_command("registre_versions", declaration=stampee, stdout=sortie)
    (ligne,) = sortie.getvalue().splitlines()
    assert ligne.startswith(f"Traitement publication_registre : version {apres}, ")
    assert stampee not in str(next(v for v in gardees() if v.numero == avant).contenu)
    with pytest.raises(CommandError, match="Aucune version gardée"):
        call_command("registre_versions", declaration="0" * 16)


@pytest.mark.navigateur
def test_les_versions_se_comparent_au_clavier(changee: tuple[int, int], page: Any, page_axe: Any) -> None:
    avant, apres = changee
    page_axe(page, ADRESSE)
    page_axe(page, f"{ADRESSE}1/")
    page_axe(page, f"{ADRESSE}{apres}/?depuis=999", statut=422)
    page_axe(page, f"{ADRESSE}{apres}/")
    au_clavier(page, "#id_depuis", touche=None)
    au_clavier(page, "main form button")
    page.wait_for_url(f"**/{apres}/?depuis={avant}")
    expect(page.get_by_role("heading", name="Destinataires")).to_be_visible()
