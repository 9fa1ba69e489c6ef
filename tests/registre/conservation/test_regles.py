"""Every table and every column has a retention; what would block a purge, or escape it, is refused at start."""

import datetime as dt
from typing import Any

import pytest
from django.db import connections, models
from django.test.utils import isolate_apps

from limpide.registre.collecte import registre
from limpide.registre.conservation import controles
from limpide.registre.conservation.controles import fautes_de_retention, verifier_conservation, verifier_les_fiches
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.graphe import DOSSIER, PERSONNE, modeles, ordre
from limpide.registre.conservation.propres import PROPRES
from limpide.registre.conservation.regles import (
    HORLOGES,
    SORTS,
    Retention,
    RetentionInvalide,
    de_la_personne,
    du_dossier,
    sans_personne,
)
from limpide.registre.conservation.techniques import TABLES_SANS_MODELE, retention_de
from limpide.registre.modeles import Donnee


@pytest.mark.preuve("RET-11 : chaque table a une durée de conservation ; sans elle, rien ne démarre")
def test_every_model_has_a_retention_and_no_check_complains() -> None:
    assert [m._meta.label for m in modeles() if retention_de(m) is None] == []
    assert verifier_conservation(None) == []


def test_every_table_of_the_database_is_known(base: None) -> None:
    decrites = {m._meta.db_table for m in modeles()} | set(TABLES_SANS_MODELE)
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('public') "
            "AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        assert {nom for (nom,) in curseur.fetchall()} - decrites == set()


def codes(modele: Any) -> set[str]:
    return {faute.id for faute in fautes_de_retention(modele)}


@isolate_apps("limpide.registre")
def test_what_a_new_model_forgets_is_refused() -> None:
    class Oubliee(Donnee):
        personne_concernee = None
        perimetres: dict[str, str] = {}

        class Meta:
            app_label = "registre"

    class Perdue(Oubliee):
        conservation = du_dossier("Essai")

        class Meta:
            app_label = "registre"

    class Bavarde(Donnee):
        personne_concernee = None
        perimetres: dict[str, str] = {}
        conservation = sans_personne("Essai")
        dossier_id = models.BigIntegerField()
        note = models.JSONField()

        class Meta:
            app_label = "registre"

    class Bavardante(Donnee):
        personne_concernee = None
        perimetres: dict[str, str] = {}
        conservation = sans_personne("Essai", restent=("nombre", "disparue"))
        nombre = models.IntegerField()
        nom_naissance = models.CharField(max_length=10)

        class Meta:
            app_label = "registre"

    for modele in (Oubliee, Perdue, Bavarde, Bavardante):
        modele.__module__ = "limpide.essai"
    assert [str(f.msg) for f in fautes_de_retention(Bavardante)] == [
        "registre.Bavardante : sa conservation nomme « disparue », qui n'est pas une colonne",
        "registre.Bavardante : ses lignes restent, et rien ne dit que « nom_naissance » peut rester",
    ]
    assert codes(Oubliee) == {"registre.E020"}
    assert "registre.E022" in codes(Perdue)
    assert codes(Bavarde) == {"registre.E023", "registre.E027"}


def test_every_sheet_that_writes_in_files_says_the_duration_of_the_purge(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verifier_les_fiches(None) == []
    monkeypatch.setattr(controles, "APRES_LA_RELATION", Duree(annees=5))
    assert {faute.id for faute in verifier_les_fiches(None)} == {"registre.E026"}
    assert "cinq ans" in str(verifier_les_fiches(None)[0].msg)


@pytest.mark.preuve("RET-11 : les systèmes qui ont leur propre horloge l'annoncent comme elle est écrite")
def test_the_sheets_of_systems_with_their_own_clock_say_it() -> None:
    for propre in PROPRES:
        fiche = registre().systemes[propre.systeme].conservation
        texte = f"{fiche.active} ; {fiche.intermediaire}"
        assert propre.evenement in texte, propre
        assert propre.duree is None or str(propre.duree) in texte, propre
        assert fiche.sort_final == propre.sort, propre


def test_children_are_emptied_before_their_parents() -> None:
    for genre in (DOSSIER, PERSONNE):
        rangs = {m: rang for rang, m in enumerate(ordre(genre))}
        assert rangs
        for modele, rang in rangs.items():
            for champ in modele._meta.concrete_fields:
                cible = champ.remote_field and champ.remote_field.model._meta.concrete_model
                assert cible is None or cible is modele or rangs.get(cible, rang + 1) > rang, (modele, champ)
    assert [m._meta.label for m in ordre(DOSSIER)][-1] == "dossiers.Dossier"
    assert [m._meta.label for m in ordre(PERSONNE)][-1] == "identite.Personne"


@pytest.mark.parametrize(
    ("duree", "jour", "attendu", "texte"),
    [
        (Duree(annees=6), "2020-02-29", "2026-02-28", "six ans"),
        (Duree(mois=13), "2025-01-31", "2026-02-28", "treize mois"),
        (Duree(jours=30), "2026-11-25", "2026-12-25", "30 jours"),
        (Duree(annees=1, jours=1), "2026-11-25", "2027-11-26", "un an et un jour"),
        (Duree(), "2026-11-25", "2026-11-25", "aussitôt"),
        (Duree(annees_civiles=5), "2020-03-04", "2026-01-01", "jusqu'à la fin de la cinquième année civile"),
        (Duree(annees_civiles=5), "2020-12-31", "2026-01-01", "jusqu'à la fin de la cinquième année civile"),
    ],
)
def test_a_duration_gives_its_date_and_its_text(duree: Duree, jour: str, attendu: str, texte: str) -> None:
    assert duree.apres(dt.date.fromisoformat(jour)) == dt.date.fromisoformat(attendu)
    assert str(duree) == texte


@pytest.mark.parametrize(
    "champs",
    [
        {"horloge": "un_jour"},
        {"horloge": "date"},
        {"horloge": "fin_de_relation", "sort": "statistique"},
        {"horloge": "fin_de_relation", "raison": " "},
    ],
)
def test_an_incomplete_rule_is_refused(champs: dict[str, str]) -> None:
    with pytest.raises(RetentionInvalide):
        Retention(**{"raison": "Essai"} | champs)


def test_every_rule_is_told_in_words() -> None:
    assert set(SORTS) == {"suppression", "anonymisation", "statistique", "gardee"}
    assert all(HORLOGES.values())
    assert de_la_personne("Essai").phrase == "avec le dernier dossier qui nomme la personne"
    assert du_dossier("Essai").phrase == "six ans à compter de la fin de la relation avec la caisse"
