"""Developers write ordinary Django; what the processing doesn't declare is refused, whatever the way in."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, transaction
from django.db.models import Avg, Count, Exists, F, Max, OuterRef, Q, Subquery

from limpide.dossiers.models import Dossier, Fait
from limpide.identite.models import Affiliation, Organisme, Personne
from limpide.registre.contexte import Acteur, HorsRegistre, traitement

from .conftest import AGENT

pytestmark = pytest.mark.usefixtures("population")


def guichet(organisme: str = "751") -> Any:
    return traitement("essai_guichet", acteur=AGENT, motif="essai", organisme=organisme)


PERMIS: dict[str, Callable[[], Any]] = {
    "all": lambda: Personne.objects.order_by("id")[0].nom_naissance,
    "count": lambda: Personne.objects.all().count(),
    "select_related": lambda: Dossier.objects.select_related("allocataire", "organisme").first().organisme.nom,
    "clé étrangère": lambda: Dossier.objects.first().allocataire.nom_naissance,
    "relation inverse": lambda: Personne.objects.first().dossiers.first().numero,
    "prefetch": lambda: [p.dossiers.all()[0].numero for p in Personne.objects.prefetch_related("dossiers")[:5]],
    "aggregate": lambda: Fait.objects.aggregate(Avg("valeur")),
    "values": lambda: list(Dossier.objects.values("numero")[:2]),
    "values d'une relation": lambda: list(Dossier.objects.values_list("allocataire__nom_naissance", flat=True)[:2]),
    "group by": lambda: list(Dossier.objects.values("clos_le").annotate(n=Count("id"))),
    "distinct": lambda: list(Fait.objects.values_list("nature", flat=True).distinct()),
    "values_list nommée": lambda: Dossier.objects.values_list("numero", "id", named=True)[0].numero,
    "annotation": lambda: list(Fait.objects.annotate(x=F("valeur") * 2).values_list("x", "id")[:1]),
    "sous-requête": lambda: Personne.objects.filter(pk__in=Dossier.objects.values("allocataire_id")).count(),
    "exists": lambda: Personne.objects.filter(Exists(Dossier.objects.filter(allocataire=OuterRef("pk")))).count(),
    "subquery": lambda: Personne.objects.annotate(
        n=Subquery(Dossier.objects.filter(allocataire=OuterRef("pk")).values("numero")[:1])
    ).first().n,
    "iterator": lambda: sum(1 for _ in Dossier.objects.iterator(chunk_size=10)),
    "only": lambda: Dossier.objects.only("numero").first().numero,
    "in_bulk": lambda: len(Dossier.objects.in_bulk([2, 4])),
    "préfixe": lambda: Personne.objects.filter(nom_naissance__debute_par="ESSAI1").count(),
    "verrou": lambda: Personne.objects.select_for_update().get(pk=2).pk,
}  # fmt: skip
LIEU = "identite.Personne.lieu_naissance_code"
REFUS_PYTHON: dict[str, tuple[Callable[[], Any], str]] = {
    "attribut": (lambda: Personne.objects.first().lieu_naissance_code, LIEU),
    "values": (lambda: list(Personne.objects.values("lieu_naissance_code")), LIEU),
    "values_list": (lambda: list(Personne.objects.values_list("lieu_naissance_code")), LIEU),
    "filter": (lambda: Personne.objects.filter(lieu_naissance_code="1").exists(), LIEU),
    "exclude": (lambda: Personne.objects.exclude(Q(lieu_naissance_code="1") | Q(pk=1)).count(), LIEU),
    "order_by": (lambda: list(Personne.objects.order_by("lieu_naissance_code")), LIEU),
    "annotate": (lambda: list(Personne.objects.annotate(x=F("lieu_naissance_code"))), LIEU),
    "aggregate": (lambda: Personne.objects.aggregate(Max("lieu_naissance_code")), LIEU),
    "only": (lambda: Personne.objects.only("lieu_naissance_code").first().lieu_naissance_code, LIEU),
    "filtre par relation": (lambda: Dossier.objects.filter(allocataire__lieu_naissance_code="1").count(), LIEU),
    "table": (lambda: Fait.objects.select_related("piece").first(), "dossiers.Fait.piece_id"),
    "update": (lambda: Dossier.objects.update(numero="1"), "dossiers.Dossier.numero"),
    "delete": (lambda: Dossier.objects.first().delete(), "dossiers.Dossier"),
    "create": (lambda: Dossier.objects.create(organisme_id="751", allocataire_id=2, numero="1"), "dossiers.Dossier"),
    "nature": (lambda: list(Fait.objects.filter(nature=Fait.codes_natures()["taux_incapacite"])), "taux_incapacite"),
}  # fmt: skip
REFUS_SQL = {
    "étoile": "SELECT * FROM identite_personne",
    "colonne": "SELECT lieu_naissance_code FROM identite_personne",
    "ligne en JSON": "SELECT row_to_json(p) FROM identite_personne p",
    "filtre": "SELECT id FROM identite_personne WHERE lieu_naissance_code = '1'",
    "autre table": "SELECT id FROM identite_immatriculation",
    "autre colonne modifiée": "UPDATE dossiers_dossier SET numero = '9999999'",
    "autre Caf": "UPDATE dossiers_dossier SET organisme_id = '131'",
    "insertion": "INSERT INTO dossiers_dossier (organisme_id, numero, allocataire_id, ouvert_le, motif_cloture)"
    " VALUES ('751', '9999999', 2, '2026-01-01', '')",
    "suppression": "DELETE FROM dossiers_dossier",
    "vidage": "TRUNCATE dossiers_dossier",
    "copie": "COPY identite_personne TO STDOUT",
    "journal": "SELECT id FROM registre_journal",
}


@pytest.mark.parametrize("nom", PERMIS)
def test_ordinary_django_works(nom: str) -> None:
    with guichet():
        assert PERMIS[nom]()


def test_scope_is_the_office() -> None:
    with guichet():
        assert Personne.objects.count() == Dossier.objects.count() == 50
        assert not Dossier.objects.filter(pk=1).exists()
        assert [o.code for o in Organisme.objects.all()] == ["751"]
    with guichet("131"):
        assert Dossier.objects.filter(pk=1).exists()


def test_scope_is_the_person() -> None:
    with traitement("essai_personne", acteur=Acteur("allocataire", 1), motif="essai", personne=4):
        assert [p.pk for p in Personne.objects.all()] == [4]
        assert [d.pk for d in Dossier.objects.all()] == [4]


def test_a_kept_plan_follows_the_scope(sql: Any) -> None:
    """The same text, again and again on one connection: its plan is kept, the rows are those of who asks."""
    texte = "SELECT id FROM identite_personne WHERE id > %s ORDER BY id"

    def lus() -> set[int]:
        return {ligne[0] for ligne in sql(texte, [0])}

    for _ in range(8):
        with guichet():
            assert {n % 2 for n in lus()} == {0}
    with guichet("131"):
        assert {n % 2 for n in lus()} == {1}
        assert sql("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [texte[:40] + "%"]) == [(1,)]
    for personne in (4, 5):
        with traitement("essai_personne", acteur=Acteur("allocataire", 1), motif="essai", personne=personne):
            assert lus() == {personne}
    with traitement("essai_national", acteur=Acteur("systeme"), motif="essai"):
        assert len(lus()) == 100
    with guichet():
        assert len(lus()) == 50


@pytest.mark.preuve(
    "Une colonne non déclarée est refusée par l'ORM, values(), un filtre et le SQL, dans tout traitement",
    controles=(11,),
)
@pytest.mark.parametrize("nom", REFUS_PYTHON)
def test_undeclared_is_refused_before_the_database(nom: str, journal: Any) -> None:
    requete, objet = REFUS_PYTHON[nom]
    with guichet():
        with pytest.raises(HorsRegistre, match="essai_guichet"):
            requete()
        assert Dossier.objects.count() == 50  # the transaction is still usable
    assert [ligne[4] for ligne in journal("refus")] == [objet if nom != "nature" else "dossiers.Fait (taux_incapacite)"]


@pytest.mark.preuve(
    "Une colonne non déclarée est refusée par l'ORM, values(), un filtre et le SQL, dans tout traitement",
    controles=(11,),
)
@pytest.mark.parametrize("nom", REFUS_SQL)
def test_undeclared_is_refused_by_the_database(nom: str, sql: Any, journal: Any) -> None:
    with pytest.raises(HorsRegistre, match="refusé par la base"), guichet():
        sql(REFUS_SQL[nom])
    assert len(journal("refus")) == 1


def test_a_queryset_built_outside_is_narrowed_inside() -> None:
    dehors = Personne.objects.order_by("id")
    with guichet():
        assert dehors[0].nom_naissance == "ESSAI2"
        with pytest.raises(HorsRegistre):
            _ = dehors[0].lieu_naissance_code


def test_values_alone_means_declared_columns() -> None:
    with guichet():
        assert set(Dossier.objects.values()[0]) == {
            "id", "organisme_id", "numero", "allocataire_id", "clos_le", "motif_cloture",
        }  # fmt: skip


def test_kinds_of_facts_are_limited_by_the_database_too(sql: Any) -> None:
    with guichet():
        assert Fait.objects.count() == 100  # two of the three kinds
        assert sql("SELECT count(*) FROM dossiers_fait") == [(100,)]


def test_save_writes_declared_columns_only() -> None:
    with guichet():
        personne = Personne.objects.get(pk=2)
        personne.nom_usage = "ÉPOUSÉE"
        personne.save()
    with guichet():
        assert Personne.objects.get(pk=2).nom_usage == "ÉPOUSÉE"


def test_a_change_that_would_be_lost_is_refused() -> None:
    with guichet():
        personne = Personne.objects.get(pk=2)
        personne.prenoms = "Autre"
        with pytest.raises(HorsRegistre, match="prenoms"):
            personne.save()


def test_creation_names_declared_columns_only() -> None:
    with guichet():
        personne = Personne.objects.create(
            nom_naissance="NEUVE", prenoms="Ada", date_naissance="1990-01-01", statut_identite="declare"
        )
        Affiliation.objects.create(
            personne=personne,
            organisme_id="751",
            allocataire=personne,
            qualite="demandeur",
            valide=("2026-01-01", None),
        )
        assert Personne.objects.get(pk=personne.pk).prenoms == "Ada"
        with pytest.raises(HorsRegistre, match="date_deces"):
            Personne.objects.create(
                nom_naissance="X", prenoms="Y", date_naissance="1990-01-01", date_deces="2020-01-01"
            )


def test_declared_deletion_is_one_statement(journal: Any) -> None:
    with traitement("essai_national", acteur=Acteur("systeme"), motif="essai"):
        assert Affiliation.objects.all().delete() == (100, {"identite.Affiliation": 100})
    assert len(journal("ecriture")) == 100


@pytest.mark.preuve("Hors d'un traitement, le login de l'application ne peut rien")
def test_nothing_runs_outside_a_processing(sql: Any) -> None:
    with pytest.raises(HorsRegistre, match="hors de tout traitement"):
        list(Personne.objects.all())
    with pytest.raises(HorsRegistre, match="hors de tout traitement"):
        sql("SELECT 1")


def test_without_our_guard_postgresql_still_refuses() -> None:
    from django.db import ProgrammingError, connection

    from limpide.registre.contexte import garde_levee

    with garde_levee(), connection.cursor() as curseur:
        with pytest.raises(ProgrammingError, match="permission denied"):
            curseur.execute("SELECT id FROM identite_personne")
        connection.rollback() if not connection.get_autocommit() else None
        curseur.execute("SELECT current_user")
        assert curseur.fetchone() == ("limpide_app",)


def test_an_error_kept_silent_is_not_committed(sql: Any) -> None:
    with pytest.raises(transaction.TransactionManagementError, match="rien n'est enregistré"), guichet():  # noqa: PT012
        Personne.objects.filter(pk=2).update(nom_usage="PERDU")
        with contextlib.suppress(Error):
            sql("SELECT 1 / 0")
    with guichet():
        assert Personne.objects.get(pk=2).nom_usage == ""
