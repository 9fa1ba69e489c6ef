"""The chain of the journal: five attacks made for real, as superuser in PostgreSQL and on an exported file."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction

from limpide.identite.models import Personne
from limpide.registre.chaine import scellement, tetes, verification
from limpide.registre.chaine.calcul import canonique, origine, suivante
from limpide.registre.chaine.examen import Alteration
from limpide.registre.contexte import traitement
from limpide.registre.models import Alerte, BlocScelle
from tests.banc.base import connexion_superutilisateur

from .conftest import AGENT


@pytest.fixture(autouse=True)
def copie_vide(population: None) -> Iterator[None]:
    """The copy of the heads starts and ends empty, like the database."""
    tetes.fichier().unlink(missing_ok=True)
    yield
    tetes.fichier().unlink(missing_ok=True)


@pytest.fixture
def attaquant() -> Iterator[Any]:
    """Who owns the server: triggers don't fire for them."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        yield connexion


def lire(*personnes: int) -> None:
    with traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"):
        for personne in personnes:
            Personne.objects.get(pk=personne)


def numeros() -> list[int]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT id FROM registre_journal ORDER BY id")
        return [numero for (numero,) in curseur.fetchall()]


@pytest.fixture
def scelle() -> list[int]:
    """Eight lines sealed in two times; their numbers."""
    lire(2, 4, 6, 8)
    scellement.sceller()
    lire(10, 12, 14, 16)
    bilan = scellement.sceller()
    assert (bilan.lignes, bilan.blocs, bilan.tete, bilan.reste) == (4, 1, 2, 0)
    return numeros()


def test_a_line_is_hashed_after_the_one_before() -> None:
    ligne = [1, "2026-11-25T10:00:00.000000Z", "agent", 7, "Caf", "t", "d", "é", None, 2, None, "o", "lecture", 9]
    assert canonique(ligne) == (
        b'[1,"2026-11-25T10:00:00.000000Z","agent",7,"Caf","t","d","\xc3\xa9",null,2,null,"o","lecture",9]'
    )
    assert suivante(origine("2026-11"), ligne) != suivante(origine("2026-12"), ligne)


@pytest.mark.usefixtures("scelle")
def test_an_intact_journal_is_said_intact_and_sealing_twice_changes_nothing() -> None:
    assert scellement.sceller() == scellement.Bilan()
    constat = verification.verifier_la_base()
    assert (constat.lignes, constat.tetes, constat.reste) == (8, 2, 0)
    lire(18)
    assert verification.verifier_la_base().reste == 1
    assert len(tetes.en_fichier()) == 2


def test_a_transaction_that_commits_late_is_sealed_later_and_never_lost() -> None:
    """It took its number first, wrote first, and commits after others were sealed."""
    lente = connexion_superutilisateur(os.environ["LIMPIDE_BASE"])
    lente.autocommit = False
    lente.execute(
        "INSERT INTO registre_journal (acteur_genre, service, traitement, declaration, motif, objet, action)"
        " VALUES ('agent', '', 'essai_guichet', 'x', 'lente', 'o', 'lecture')"
    )
    lire(2, 4)
    bilan = scellement.sceller()
    assert (bilan.lignes, bilan.reste) == (0, 2)  # nobody overtakes it
    lente.commit()
    lente.close()
    assert scellement.sceller().lignes == 3
    assert verification.verifier_la_base().lignes == 3


ATTAQUES: dict[str, tuple[str, str]] = {
    "modification": (
        "UPDATE registre_journal SET motif = 'autre' WHERE id = {n[2]}",
        "modification : la ligne n° {n[2]}",
    ),
    "modification de la date": (
        "UPDATE registre_journal SET quand = quand + interval '1 month' WHERE id = {n[2]}",
        "modification : la ligne n° {n[2]}",
    ),
    "suppression": ("DELETE FROM registre_journal WHERE id = {n[5]}", "suppression : la ligne n° {n[5]} a disparu"),
    "insertion": (
        (
            "INSERT INTO registre_journal (id, acteur_genre, service, traitement, declaration, motif, objet, action,"
            " transaction) SELECT 999999, acteur_genre, service, traitement, declaration, motif, objet, action,"
            " transaction"
            " FROM registre_journal WHERE id = {n[2]}"
        ),
        "insertion : .*la ligne n° 999999 n'a jamais été scellée",
    ),
    "réordonnancement": (
        (
            "UPDATE registre_journal SET id = CASE id WHEN {n[1]} THEN {n[3]} ELSE {n[1]} END, quand ="
            " CASE id WHEN {n[1]} THEN quand + interval '1 microsecond' ELSE quand + interval '1 microsecond' END"
            " WHERE id IN ({n[1]}, {n[3]}); UPDATE registre_journal SET quand = quand - interval '1 microsecond'"
            " WHERE id IN ({n[1]}, {n[3]})"
        ),
        "réordonnancement : la ligne n° {n[1]} a échangé son contenu avec la ligne n° {n[3]}",
    ),
    "troncature des lignes": (
        "DELETE FROM registre_journal WHERE id >= {n[4]}; DELETE FROM registre_blocscelle WHERE rang = 1",
        "troncature : .*position 5 manque, après la ligne n° {n[3]} ; la tête n° 2 en compte 8",
    ),
    "troncature du mois": (
        "DELETE FROM registre_journal; DELETE FROM registre_blocscelle",
        "troncature : .*position 1 manque, dès la première ligne ; la tête n° 2 en compte 8",
    ),
    "troncature des têtes": (
        (
            "DELETE FROM registre_journal WHERE id >= {n[4]}; DELETE FROM registre_blocscelle WHERE rang = 1;"
            " DELETE FROM registre_tetejournal WHERE numero = 2"
        ),
        "troncature : dans la base, la tête n° 2 manque",
    ),
}


@pytest.mark.preuve(
    "Le journal modifié, effacé, complété, réordonné ou tronqué : la première ligne fautive est nommée", controles=(25,)
)
@pytest.mark.parametrize("nom", ATTAQUES)
def test_each_attack_in_the_database_names_its_first_line(nom: str, scelle: list[int], attaquant: Any) -> None:
    ordres, phrase = ATTAQUES[nom]
    for ordre in ordres.format(n=scelle).split(";"):
        attaquant.execute(ordre)
    with pytest.raises(Alteration, match=phrase.format(n=scelle)):
        verification.verifier_la_base()
    alerte = Alerte.objects.using("proprietaire").get()
    assert (alerte.gravite, alerte.genre) == ("haute", "journal")


def test_a_chain_made_again_after_an_edit_does_not_fit_the_signed_head(scelle: list[int], attaquant: Any) -> None:
    """Who owns the database recomputes every hash: only the signature, kept outside, betrays them."""
    attaquant.execute("UPDATE registre_journal SET motif = 'autre' WHERE id = %s", [scelle[1]])
    attaquant.execute("DELETE FROM registre_blocscelle")
    attaquant.execute("DELETE FROM registre_tetejournal")
    copie = tetes.fichier().read_text()
    tetes.fichier().unlink()
    attaquant.execute("UPDATE registre_journal SET transaction = 0")
    scellement.sceller()  # the attacker's own, under the real code
    tetes.fichier().write_text(copie)
    with pytest.raises(Alteration, match="la tête n° 1 diffère entre la base et la copie hors de la base"):
        verification.verifier_la_base()


def test_nothing_is_sealed_over_a_base_that_lost_heads(scelle: list[int], attaquant: Any) -> None:
    attaquant.execute("DELETE FROM registre_tetejournal WHERE numero = 2")
    lire(18)
    with pytest.raises(CommandError, match="Rien n'est scellé"):
        call_command("journal", "sceller")
    assert BlocScelle.objects.using("proprietaire").count() == 2


def test_a_copy_that_a_crash_left_behind_catches_up(scelle: list[int]) -> None:
    lignes = tetes.fichier().read_text().splitlines(keepends=True)
    tetes.fichier().write_text(lignes[0])
    with pytest.raises(Alteration, match="dans la copie hors de la base, la tête n° 2 manque"):
        verification.verifier_la_base()
    scellement.sceller()
    assert tetes.fichier().read_text().startswith("".join(lignes))
    assert verification.verifier_la_base().tetes == 3  # the alert raised meanwhile was sealed too


@pytest.mark.parametrize("table", ["registre_blocscelle", "registre_tetejournal"])
@pytest.mark.parametrize("ordre", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET id = id + 100"])
def test_the_chain_is_append_only_for_the_owner_too(ordre: str, table: str, scelle: list[int]) -> None:
    with (
        pytest.raises(DatabaseError, match="ne se modifie ni ne s'efface"),
        transaction.atomic(using="proprietaire"),
        connections["proprietaire"].cursor() as curseur,
    ):
        curseur.execute(ordre.format(table))
    assert verification.verifier_la_base().lignes == len(scelle)


Fichier = list[dict[str, Any]]


def _modifier(f: Fichier) -> None:
    f[3]["ligne"][7] = "autre"


def _supprimer(f: Fichier) -> None:
    del f[3]
    for position, ligne in enumerate(f[1:]):
        ligne["position"] = position


def _inserer(f: Fichier) -> None:
    """A line whose own hash is right: what follows it betrays it."""
    intruse = json.loads(json.dumps(f[2]))
    intruse["ligne"][0] = 999999
    intruse["empreinte"] = suivante(bytes.fromhex(f[2]["empreinte"]), intruse["ligne"]).hex()
    f.insert(3, intruse)
    for position, ligne in enumerate(f[1:]):
        ligne["position"] = position


def _echanger(f: Fichier) -> None:
    f[2], f[3] = f[3], f[2]
    f[2]["position"], f[3]["position"] = 1, 2


def _tronquer(f: Fichier) -> None:
    del f[6:]


def _tronquer_les_tetes(f: Fichier) -> None:
    del f[0]["tetes"][1]


def _refaire(f: Fichier) -> None:
    """Edit, then every hash computed again."""
    f[3]["ligne"][7] = "autre"
    tete = origine(f[1]["mois"])
    for ligne in f[1:]:
        tete = suivante(tete, ligne["ligne"])
        ligne["empreinte"] = tete.hex()


SUR_FICHIER: dict[str, tuple[Callable[[Fichier], None], str]] = {
    "modification": (_modifier, "modification : .*ligne n° {n[2]}"),
    "suppression": (_supprimer, "suppression : .*position 3 : une ligne manque après la ligne n° {n[1]}"),
    "insertion": (_inserer, "insertion : .*ligne n° 999999"),
    "réordonnancement": (_echanger, "réordonnancement : .*ligne n° {n[2]}"),
    "troncature": (_tronquer, "troncature : .*position 6 manque, après la ligne n° {n[4]}"),
    "troncature des têtes": (_tronquer_les_tetes, "troncature : .*8 lignes scellées et 4 signées"),
    "chaîne refaite": (_refaire, "modification : .*entre les positions 1 et 4 .*la tête n° 1 signait"),
}


@pytest.mark.preuve("Hors ligne, sur un export : les mêmes altérations sont trouvées sans la base", controles=(25,))
@pytest.mark.parametrize("nom", SUR_FICHIER)
def test_each_attack_on_an_export_is_found_offline(nom: str, scelle: list[int], tmp_path: Path) -> None:
    attaquer, phrase = SUR_FICHIER[nom]
    export, cle = tmp_path / "journal.jsonl", tmp_path / "cle"
    call_command("journal", "exporter", sortie=export, verbosity=0)
    cle.write_text(tetes.cle_publique())
    call_command("journal", "verifier", archive=export, cle_publique=cle)
    lignes = [json.loads(ligne) for ligne in export.read_text().splitlines()]
    attaquer(lignes)
    export.write_text("".join(json.dumps(ligne) + "\n" for ligne in lignes))
    with pytest.raises(Alteration, match=phrase.format(n=scelle)):
        verification.verifier_un_fichier(export, cle.read_text())
    with pytest.raises(CommandError, match="Le journal est altéré"):
        call_command("journal", "verifier", archive=export, cle_publique=cle)


def test_an_export_cut_with_its_heads_is_found_with_a_copy_kept_elsewhere(scelle: list[int], tmp_path: Path) -> None:
    export, ailleurs = tmp_path / "journal.jsonl", tmp_path / "tetes.jsonl"
    verification.exporter(export)
    ailleurs.write_text(tetes.fichier().read_text())
    lignes = [json.loads(ligne) for ligne in export.read_text().splitlines()]
    _tronquer_les_tetes(lignes)
    export.write_text("".join(json.dumps(ligne) + "\n" for ligne in lignes[:5]))
    assert verification.verifier_un_fichier(export).lignes == 4  # an older, coherent export
    with pytest.raises(Alteration, match="dans l'export, la tête n° 2 manque"):
        verification.verifier_un_fichier(export, copie=tetes.en_fichier(ailleurs))


def test_heads_signed_by_another_key_are_refused(scelle: list[int], tmp_path: Path) -> None:
    export = tmp_path / "journal.jsonl"
    verification.exporter(export)
    with pytest.raises(Alteration, match="la tête n° 1 n'est pas signée par cette clé"):
        verification.verifier_un_fichier(export, "A" * 43 + "=")


@pytest.mark.parametrize(
    ("contenu", "message"),
    [("", "ligne 1 : ce n'est pas du JSON"), ("{}\n", "n'est pas un export du journal"), ("[1", "ligne 1")],
)
def test_a_file_that_is_no_export_is_told_so(contenu: str, message: str, tmp_path: Path) -> None:
    fichier = tmp_path / "autre.jsonl"
    fichier.write_text(contenu)
    with pytest.raises(CommandError, match=message):
        call_command("journal", "verifier", archive=fichier)
