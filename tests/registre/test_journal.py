"""One line per person read or written, one per refusal; nothing is ever taken back."""

from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from django.test.utils import CaptureQueriesContext

from limpide.dossiers.models import Dossier, Fait
from limpide.identite.models import Personne
from limpide.registre.collecte import registre
from limpide.registre.contexte import Acteur, HorsRegistre, traitement
from limpide.registre.journal import journaliser_lectures
from limpide.registre.releve import ECRITURE, LECTURE, Releve

from .conftest import AGENT

pytestmark = pytest.mark.usefixtures("population")


def guichet(**autres: Any) -> Any:
    return traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751", **autres)


@pytest.mark.preuve("Lire cinquante dossiers laisse cinquante lignes au journal", controles=(26,))
@pytest.mark.parametrize(
    "lire",
    [
        lambda: list(Dossier.objects.all()),
        lambda: list(Dossier.objects.values("numero")),
        lambda: list(Dossier.objects.values_list("numero", flat=True)),
        lambda: list(Dossier.objects.values_list("numero", flat=True).distinct()),
        lambda: list(Dossier.objects.values_list("numero", "clos_le", named=True)),
        lambda: list(Dossier.objects.only("numero")),
        lambda: list(Dossier.objects.defer("allocataire")),
        lambda: list(Dossier.objects.iterator(chunk_size=7)),
        lambda: list(Dossier.objects.raw("SELECT id, allocataire_id FROM dossiers_dossier")),
        lambda: list(Dossier.objects.select_related("allocataire")),
        lambda: Dossier.objects.in_bulk(list(range(1, 101))),
    ],
    ids=[
        "objets",
        "values",
        "values_list",
        "distinct",
        "nommée",
        "only",
        "defer",
        "iterator",
        "raw",
        "jointure",
        "in_bulk",
    ],
)
def test_fifty_files_read_leave_fifty_lines(lire: Any, journal: Any) -> None:
    with guichet():
        lire()
    lignes = journal()
    assert {(ligne[0], ligne[1]) for ligne in lignes} == {("lecture", "essai_guichet")}
    assert sorted(ligne[2] for ligne in lignes) == list(range(2, 101, 2))
    assert all(ligne[2] == ligne[3] for ligne in lignes)  # the file is named too


def test_one_person_read_in_three_tables_is_one_line(journal: Any) -> None:
    with guichet():
        Personne.objects.get(pk=2)
        Dossier.objects.get(pk=2)
        list(Fait.objects.filter(personne_id=2))
    assert journal() == [("lecture", "essai_guichet", 2, 2, "dossiers.Dossier, dossiers.Fait, identite.Personne")]


def test_figures_leave_one_line_without_a_person(journal: Any) -> None:
    with guichet():
        Dossier.objects.count()
    assert journal() == [("lecture", "essai_guichet", None, None, "dossiers.Dossier")]


def test_reads_writes_and_figures_go_in_one_statement(journal: Any) -> None:
    with CaptureQueriesContext(connections["default"]) as requetes, guichet():
        Personne.objects.get(pk=4)
        list(Fait.objects.filter(personne_id=2))
        Dossier.objects.count()
        Personne.objects.filter(pk=2).update(nom_usage="ÉPOUSÉE")
    envoyees = [r["sql"] for r in requetes.captured_queries if r["sql"].startswith("INSERT INTO registre_journal")]
    assert len(envoyees) == 1
    assert sorted(journal(), key=str) == [
        ("ecriture", "essai_guichet", 2, None, "identite.Personne"),
        ("lecture", "essai_guichet", 2, 2, "dossiers.Fait"),
        ("lecture", "essai_guichet", 4, None, "identite.Personne"),
        ("lecture", "essai_guichet", None, None, "dossiers.Dossier"),
    ]


def test_who_why_and_which_declaration() -> None:
    with guichet(dossier=2):
        Personne.objects.get(pk=2)
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "SELECT acteur_genre, acteur_id, service, motif, organisme, declaration, dossier_id,"
            " quand BETWEEN now() - interval '1 minute' AND now() FROM registre_journal"
        )
        assert curseur.fetchall() == [
            ("agent", 7, "Caf 751", "essai", "751", registre().empreintes["essai_guichet"], 2, True)
        ]


def test_what_was_read_is_journalled_even_when_the_work_fails(journal: Any) -> None:
    with pytest.raises(ZeroDivisionError), guichet():  # noqa: PT012 -- the work that fails has several steps
        personnes = list(Personne.objects.order_by("id")[:3])
        Personne.objects.filter(pk=2).update(nom_usage="PERDU")
        _ = personnes[0].pk // 0
    assert [ligne[2] for ligne in journal("lecture")] == [2, 4, 6]
    with guichet():
        assert Personne.objects.get(pk=2).nom_usage == ""


def test_writes_name_their_persons(journal: Any) -> None:
    with guichet():
        Personne.objects.filter(pk__in=[2, 4, 5]).update(nom_usage="ÉPOUSÉE")  # 5 belongs to another office
    assert [ligne[2] for ligne in journal("ecriture")] == [2, 4]
    with guichet():
        neuve = Personne.objects.create(
            nom_naissance="NEUVE", prenoms="Ada", date_naissance="1990-01-01", statut_identite="declare"
        )
    assert journal("ecriture")[-1][2] == neuve.pk


@pytest.mark.preuve("Chaque refus est journalisé", controles=(26,))
def test_refusals_survive_the_rollback(journal: Any, sql: Any) -> None:
    with pytest.raises(HorsRegistre), guichet():
        Personne.objects.values("lieu_naissance_code")
    with pytest.raises(HorsRegistre), guichet():
        sql("SELECT lieu_naissance_code FROM identite_personne")
    with pytest.raises(HorsRegistre, match="pas ouvert"):
        traitement("essai_national", acteur=AGENT, motif="essai").__enter__()
    assert journal() == [
        ("refus", "essai_guichet", None, None, "identite.Personne.lieu_naissance_code"),
        ("refus", "essai_guichet", None, None, "identite_personne"),
        ("refus", "essai_national", None, None, "genre agent"),
    ]


def test_a_set_read_leaves_one_line_per_person(journal: Any) -> None:
    with guichet():
        assert journaliser_lectures([*range(1, 5001), 1, 2], objet="liquidation") == 5000
    assert len(journal()) == 5000


@pytest.mark.preuve("Le journal ne se modifie ni ne s'efface, même par le propriétaire")
@pytest.mark.parametrize("alias", ["default", "proprietaire"])
@pytest.mark.parametrize(
    "ordre",
    ["UPDATE registre_journal SET motif = 'autre'", "DELETE FROM registre_journal", "TRUNCATE registre_journal"],
)
def test_the_journal_is_append_only(alias: str, ordre: str, journal: Any) -> None:
    with guichet():
        Personne.objects.get(pk=2)
    avant = journal()
    if alias == "default":
        with pytest.raises(HorsRegistre), guichet(), connections[alias].cursor() as curseur:
            curseur.execute(ordre)
    else:
        with (
            pytest.raises(DatabaseError, match="ne se modifie ni ne s'efface"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as curseur,
        ):
            curseur.execute(ordre)
    assert journal()[: len(avant)] == avant


@pytest.mark.parametrize("colonne", ["quand", "id"])
def test_no_line_can_be_backdated(colonne: str, sql: Any) -> None:
    valeur = {"quand": "now() - interval '1 year'", "id": "1"}[colonne]
    with pytest.raises(HorsRegistre), guichet():
        sql(
            f"INSERT INTO registre_journal ({colonne}, acteur_genre, service, traitement, declaration, motif, objet,"
            f" action) VALUES ({valeur}, 'agent', '', 'essai_guichet', 'x', 'm', 'o', 'lecture')"
        )


def test_nobody_signs_for_another_processing(sql: Any) -> None:
    with pytest.raises(HorsRegistre), guichet():
        sql(
            "INSERT INTO registre_journal (acteur_genre, service, traitement, declaration, motif, objet, action)"
            " VALUES ('agent', '', 'mon_compte', 'x', 'm', 'o', 'lecture')"
        )


def test_summary_keeps_one_line_per_person_and_file() -> None:
    releve = Releve()
    releve.noter(LECTURE, "p", 1, None)
    releve.noter(LECTURE, "d", 1, 10)
    releve.noter(LECTURE, "d", 1, 11)
    releve.noter(LECTURE, "foyer", None, 10)
    releve.noter(LECTURE, "foyer", None, 99)
    releve.noter_table(ECRITURE, "t")
    assert [(ligne.action, ligne.personne, ligne.dossier, ligne.objet) for ligne in releve.lignes()] == [
        ("lecture", 1, 10, "d, foyer, p"),
        ("lecture", 1, 11, "d, p"),
        ("lecture", None, 99, "foyer"),
        ("ecriture", None, None, "t"),
    ]


def test_actor_kinds_are_known() -> None:
    with pytest.raises(ValueError, match="genre d'acteur inconnu"):
        Acteur("pirate")
