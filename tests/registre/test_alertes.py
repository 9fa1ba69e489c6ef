"""Alerts to the officer: raised once, by who declares it, treated once with a note."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from limpide.registre import alertes
from limpide.registre.alertes import Acces, Alerte, signaler
from limpide.registre.contexte import SYSTEME, Acteur, HorsRegistre, traitement

from .conftest import AGENT

pytestmark = pytest.mark.usefixtures("base", "essais")


def veille() -> Any:
    return traitement("essai_veille", acteur=AGENT, motif="Essai", organisme="751")


def toutes() -> list[Alerte]:
    return list(Alerte.objects.using("proprietaire").order_by("pk"))


def test_twice_the_same_key_is_one_alert_even_from_a_processing_of_one_office() -> None:
    with veille():
        assert signaler("retard/2026-11", "retard", "Un fichier est en retard", echeance=dt.date(2026, 12, 1))
        assert not signaler("retard/2026-11", "retard", "Un fichier est en retard, bis")
    with veille():
        assert not signaler("retard/2026-11", "retard", "Ter", gravite="haute")
        assert signaler("retard/2026-12", "retard", "Un autre", acces=Acces(compte=7))
    assert [(a.cle, a.texte, a.gravite, a.echeance, a.lignes_compte) for a in toutes()] == [
        ("retard/2026-11", "Un fichier est en retard", "attention", dt.date(2026, 12, 1), None),
        ("retard/2026-12", "Un autre", "attention", None, 7),
    ]


def test_who_does_not_declare_it_raises_none(journal: Any) -> None:
    with (
        pytest.raises(HorsRegistre, match="COLONNES_SIGNALEES"),
        traitement("essai_guichet", acteur=AGENT, motif="Essai", organisme="751"),
    ):
        signaler("x", "x", "x")
    with pytest.raises(HorsRegistre, match="dans un traitement"):
        signaler("x", "x", "x")
    assert toutes() == []
    assert journal("refus") == [("refus", "essai_guichet", None, None, "registre.Alerte")]


def test_who_raises_cannot_read_what_others_raised(sql: Any) -> None:
    with pytest.raises(HorsRegistre, match="refusé par la base"), veille():  # noqa: PT012 -- raise, then read
        signaler("x", "x", "x")
        sql("SELECT texte FROM registre_alerte")
    assert toutes() == []  # the failed work took its alert back


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"cle": " "}, "cle"),
        ({"texte": "x" * 601}, "601"),
        ({"gravite": "grave"}, "gravité « grave » inconnue"),
    ],
)
def test_a_useless_alert_is_refused_in_french(champs: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message), veille():
        signaler(**({"cle": "c", "genre": "g", "texte": "t"} | champs))  # type: ignore[arg-type]
    assert toutes() == []


def officier() -> Any:
    return traitement("suivi_alertes", acteur=Acteur("dpd", 3, "DPD"), motif="Essai")


def test_an_alert_is_treated_once_with_a_note() -> None:
    with veille():
        signaler("x", "x", "Une chose")
    with officier():
        assert alertes.ouvertes() == 1
        vue = Alerte.objects.get(cle="x")
        vue.traitee_le, vue.traitee_par, vue.note = dt.datetime(2026, 11, 25, tzinfo=dt.UTC), 3, "Fausse alerte"
        vue.save()
        assert alertes.ouvertes() == 0
    with pytest.raises(DatabaseError, match="elle se traite, une fois"), officier():
        Alerte.objects.filter(cle="x").update(note="Autre chose")
    assert [(a.note, a.traitee_par) for a in toutes()] == [("Fausse alerte", 3)]


@pytest.mark.parametrize("ordre", ["UPDATE registre_alerte SET texte = 'rien'", "DELETE FROM registre_alerte"])
def test_not_even_the_owner_edits_or_erases_one(ordre: str) -> None:
    with veille():
        signaler("x", "x", "Une chose")
    with (
        pytest.raises(DatabaseError, match="ne se modifie pas et ne s'efface pas"),
        transaction.atomic(using="proprietaire"),
        connections["proprietaire"].cursor() as curseur,
    ):
        curseur.execute(ordre)
    assert [a.texte for a in toutes()] == ["Une chose"]


def test_a_page_that_does_not_declare_to_count_shows_no_count() -> None:
    with traitement("essai_national", acteur=SYSTEME, motif="Essai"):
        assert alertes.ouvertes() is None
