"""The journal goes at its term, by whole months, and what is left still shows every attack."""

import datetime as dt
import json
import os
import signal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connections

from limpide.registre.chaine import purge, scellement, tetes, verification
from limpide.registre.chaine.calcul import apres
from limpide.registre.chaine.examen import Alteration
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc.base import connexion_superutilisateur
from tests.pannes.coupures import attendre, lancer

from .test_chaine import attaquant, copie_vide, lire, numeros  # noqa: F401 - fixtures

VIEUX, AGE, JEUNE = "2025-03", "2025-09", "2026-02"
JOUR = dt.date(2026, 11, 26)


def vieillir(mois: str, *personnes: int) -> None:
    """Lines read that month: the real ones, whose date the owner of the server moved before they were sealed."""
    deja = set(numeros())
    lire(*personnes)
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        nouvelles = [n for n in numeros() if n not in deja]
        connexion.execute("UPDATE registre_journal SET quand = %s WHERE id = ANY (%s)", [f"{mois}-15", nouvelles])


@pytest.fixture
def trois_mois() -> None:
    """Three sealed months, two of them past their term on JOUR."""
    for mois, personnes in ((VIEUX, (2, 4, 6)), (AGE, (8, 10)), (JEUNE, (12, 14, 16, 18))):
        vieillir(mois, *personnes)
        scellement.sceller()


def mois_presents() -> dict[str, int]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "SELECT to_char(quand AT TIME ZONE 'UTC', 'YYYY-MM'), count(*) FROM registre_journal GROUP BY 1"
        )
        return dict(curseur.fetchall())


def test_le_terme_est_douze_mois_apres_la_fin_du_mois() -> None:
    assert apres("2025-11", 12) == dt.date(2026, 12, 1)
    assert apres("2025-12", 36) == dt.date(2029, 1, 1)


@pytest.mark.usefixtures("trois_mois")
def test_a_blanc_rien_ne_part(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("journal", "purger")
    sortie = capsys.readouterr().out
    assert f"{VIEUX} : 3 ligne(s), à effacer" in sortie
    assert JEUNE not in sortie
    assert set(mois_presents()) >= {VIEUX, AGE, JEUNE}


@pytest.mark.preuve(
    "Le journal s'efface à son terme par mois entiers, annoncés par une tête signée ; ce qui reste se vérifie encore",
    controles=(25, 27),
    systemes=("S43",),
)
@pytest.mark.usefixtures("trois_mois")
def test_les_mois_a_terme_partent_et_le_reste_se_verifie(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    call_command("journal", "purger", "--executer")
    assert f"{AGE} : 2 ligne(s), effacé" in capsys.readouterr().out
    assert mois_presents().keys() & {VIEUX, AGE, JEUNE} == {JEUNE}
    scellement.sceller()
    constat = verification.verifier_la_base()
    assert constat.purges == (VIEUX, AGE)
    assert list(purge.purger(JOUR)) == []  # again: nothing is due any more
    export = tmp_path / "journal.jsonl"
    verification.exporter(export)
    assert verification.verifier_un_fichier(export, copie=tetes.en_fichier()).purges == (VIEUX, AGE)


ATTAQUES = {
    "modification": ("UPDATE registre_journal SET motif = 'autre' WHERE id = {n}", "modification"),
    "suppression": ("DELETE FROM registre_journal WHERE id = {n}", "suppression"),
    "insertion dans un mois effacé": (
        (
            "INSERT INTO registre_journal (quand, acteur_genre, service, traitement, declaration, motif, objet, action,"
            " transaction) VALUES ('2025-03-15', 'agent', '', 't', 'd', 'm', 'o', 'lecture', 1)"
        ),
        "insertion",
    ),
    "un mois jeune coupé": (
        (
            "DELETE FROM registre_journal WHERE quand < '2026-03-01';"
            "DELETE FROM registre_blocscelle WHERE mois = '2026-02'"
        ),
        "troncature",
    ),
    "têtes coupées": (
        "DELETE FROM registre_tetejournal WHERE numero = (SELECT max(numero) FROM registre_tetejournal)",
        "troncature",
    ),
}


@pytest.mark.usefixtures("trois_mois")
@pytest.mark.parametrize(("ordre", "phrase"), ATTAQUES.values(), ids=ATTAQUES.keys())
def test_apres_une_purge_chaque_attaque_se_voit(ordre: str, phrase: str, attaquant: Any) -> None:  # noqa: F811
    list(purge.purger(JOUR))
    scellement.sceller()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT min(id) FROM registre_journal WHERE quand < '2026-03-01'")
        (jeune,) = curseur.fetchone()
    for partie in ordre.format(n=jeune).split(";"):
        attaquant.execute(partie)
    with pytest.raises(Alteration, match=phrase):
        verification.verifier_la_base()


@pytest.mark.usefixtures("trois_mois")
def test_une_ligne_antidatee_et_scellee_apres_coup_se_voit(attaquant: Any) -> None:  # noqa: F811
    """Not even by our own sealing can a line come back into a month that went."""
    list(purge.purger(JOUR))
    vieillir(VIEUX, 20)
    scellement.sceller()
    with pytest.raises(Alteration, match=f"insertion : {VIEUX}"):
        verification.verifier_la_base()


@pytest.mark.usefixtures("trois_mois")
@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"purges": [JEUNE]}, f"{JEUNE} : la tête n° 4 l'efface avant son terme"),
        ({"purges": ["2024-01"]}, "n'efface pas ce qui était scellé"),
    ],
)
def test_une_purge_inventee_meme_signee_se_voit(change: dict[str, Any], phrase: str, attaquant: Any) -> None:  # noqa: F811
    """Who holds the key too still can't pass a cut for a term."""
    derniere = tetes.en_fichier()[-1]
    faux = json.loads(derniere.texte) | {
        "numero": 4, "precedente": scellement.empreinte_de_tete(derniere.texte), "le": "2026-11-26T08:00:00+00:00",
    } | change  # fmt: skip
    tete = tetes.Contenu(**{**faux, "purges": tuple(faux["purges"])}).signer()
    attaquant.execute(
        "INSERT INTO registre_tetejournal (numero, texte, signature) VALUES (4, %s, %s)", [tete.texte, tete.signature]
    )
    tetes.ajouter_au_fichier([tete])
    with pytest.raises(Alteration, match=phrase):
        verification.verifier_la_base()


RETENUES = {
    "alerte ouverte": (
        (
            "INSERT INTO registre_alerte (cle, genre, texte, lignes_du, lignes_au)"
            " VALUES ('a', 'acces', 't', '2025-09-14', '2025-09-16')"
        ),
        "1 alerte",
    ),
    "gel de la justice": (
        (
            "INSERT INTO registre_gel (personne_id, organisme, motif, reference, pose_le, pose_par, leve_par)"
            " VALUES (8, '751', 'justice', 'r', now(), 'x', '')"
        ),
        "1 dossier",
    ),
}


@pytest.mark.usefixtures("trois_mois")
@pytest.mark.parametrize(("ordre", "retenu"), RETENUES.values(), ids=RETENUES.keys())
def test_un_mois_retenu_attend_et_les_autres_partent(ordre: str, retenu: str, attaquant: Any) -> None:  # noqa: F811
    attaquant.execute(ordre)
    faits = {du.mois: du for du in purge.purger(JOUR)}
    assert faits[VIEUX].efface
    assert not faits[AGE].efface
    assert faits[AGE].retenu.startswith(retenu)
    assert mois_presents().keys() & {VIEUX, AGE} == {AGE}


REFUS = {
    "un mois jeune": ("2026-02-01", "n'a pas atteint son terme"),
    "sans tête signée": ("2025-03-01", "Aucune tête signée"),
    "au milieu d'un mois": ("2025-03-02", "n'a pas atteint son terme"),
}


@pytest.mark.usefixtures("trois_mois")
@pytest.mark.parametrize("nom", REFUS)
def test_la_base_refuse_d_effacer_autrement(nom: str, sql: Any) -> None:
    premier, phrase = REFUS[nom]
    with pytest.raises(DatabaseError, match=phrase), traitement(purge.CLE, acteur=SYSTEME, motif="essai"):
        sql("SELECT registre_journal_purger_mois(%s::date)", [premier])
    assert set(mois_presents()) >= {VIEUX, AGE, JEUNE}


@pytest.mark.usefixtures("trois_mois")
def test_aucun_autre_traitement_ni_le_proprietaire_n_efface(sql: Any) -> None:
    ordre = "SELECT registre_journal_purger_mois('2025-03-01')"
    with pytest.raises(DatabaseError), connections["proprietaire"].cursor() as curseur:
        curseur.execute(ordre)
    with pytest.raises(PermissionError), traitement("scellement_journal", acteur=SYSTEME, motif="essai"):
        sql(ordre)
    assert mois_presents()[VIEUX] == 3


@pytest.mark.usefixtures("trois_mois")
def test_un_mois_auquel_il_manque_une_ligne_ne_part_pas(attaquant: Any) -> None:  # noqa: F811
    """A purge would hide the deletion: it stops, and the verification names the line."""
    attaquant.execute("DELETE FROM registre_journal WHERE id = (SELECT min(id) FROM registre_journal)")
    with pytest.raises(DatabaseError, match="n'a pas les lignes qui ont été scellées"):
        list(purge.purger(JOUR))
    with pytest.raises(Alteration, match="suppression"):
        verification.verifier_la_base()


@pytest.mark.usefixtures("trois_mois")
@pytest.mark.parametrize("ou", ["effacer les lignes", "copier la tête"])
def test_tuee_au_milieu_la_purge_se_reprend(ou: str) -> None:
    """Before the commit nothing went; after it, only the copy of the head is behind, and catches up."""

    def mourir(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def purger_et_mourir() -> None:
        if ou == "copier la tête":
            tetes.ajouter_au_fichier = mourir  # type: ignore[assignment]
        else:
            purge.requetes.PURGER_UN_MOIS += ", pg_terminate_backend(pg_backend_pid())"
        list(purge.purger(JOUR))

    assert attendre(lancer(purger_et_mourir)) != 0
    assert (VIEUX in mois_presents()) == (ou != "copier la tête")
    effaces = [du.mois for du in purge.purger(JOUR) if du.efface]
    assert effaces == ([AGE] if ou == "copier la tête" else [VIEUX, AGE])
    assert mois_presents().keys() & {VIEUX, AGE, JEUNE} == {JEUNE}
    scellement.sceller()
    assert verification.verifier_la_base().purges == (VIEUX, AGE)
