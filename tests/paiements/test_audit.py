"""The audit: silent on exact books, and it names the first row that somebody altered behind the triggers' back."""

import os

import pytest

from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import LigneDroit
from limpide.paiements.audit import auditer
from limpide.paiements.fichiers import dossier_des_virements
from limpide.paiements.virements import emettre_virements
from tests.banc.base import connexion_superutilisateur
from tests.banc.mois import MOIS, droit_verse, liquidation_ouverte, temoin


@pytest.fixture
def livres(monde):
    """Two months liquidated and paid, then a right that falls: rights, orders, files and an overpayment."""
    for mois in ("2026-10", "2026-11"):
        liquider_mois(mois)
        emettre_virements(mois)
    with liquidation_ouverte():
        droit_verse(temoin().pk, 1_000, mois=MOIS)
    assert auditer().ecart == ""


def alterer(requete):
    """As the superuser, triggers off."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        return connexion.execute(requete).fetchone()[0]


def test_livres_exacts(livres):
    constat = auditer()
    assert constat.ecart == ""
    assert (constat.lignes_droit, constat.ordres > 10, constat.fichiers > 5) == (
        LigneDroit.objects.using("proprietaire").count(),
        True,
        True,
    )
    assert constat.verse > 0
    assert constat.indus > 0


@pytest.mark.preuve("L'audit recalcule les livres et nomme la première ligne altérée", controles=(7,))
@pytest.mark.parametrize(
    ("table", "changement", "nomme"),
    [
        ("paiements_ligneecriture", "montant_centimes = montant_centimes + 1", "Écriture"),
        ("paiements_ordrepaiement", "montant_centimes = montant_centimes + 1", "OrdrePaiement"),
        ("paiements_creance", "montant_centimes = montant_centimes + 1", "Creance"),
        ("dossiers_lignedroit", "montant_centimes = montant_centimes + 1000", "LigneEcriture"),
        ("dossiers_lignedroit", "rang = 7", "LigneDroit"),
        ("paiements_fichiervirement", "total_centimes = total_centimes - 1", "FichierVirement"),
    ],
)
def test_ligne_alteree_trouvee(livres, table, changement, nomme):
    numero = alterer(f"""
        UPDATE {table} SET {changement}
         WHERE id = (SELECT max(id) FROM {table} {"WHERE montant_centimes > 0" if "total" not in changement else ""})
        RETURNING id""")
    ecart = auditer().ecart
    assert nomme in ecart
    if nomme in ("Creance", "LigneDroit", "FichierVirement"):
        assert f"{nomme} {numero}" in ecart


def test_deux_lignes_qui_se_compensent_trouvees(livres):
    """A balanced fraud: one cent moved from one household to another inside the same entry."""
    numero = alterer("""
        WITH visees AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM paiements_ligneecriture
                         WHERE compte = 'allocataires' AND montant_centimes < -100
                           AND ecriture_id = (SELECT min(id) FROM paiements_ecriture) LIMIT 2),
             faites AS (UPDATE paiements_ligneecriture l SET montant_centimes = montant_centimes + (2 * v.n - 3)
                          FROM visees v WHERE v.id = l.id RETURNING l.id)
        SELECT min(id) FROM faites""")
    assert f"LigneEcriture {numero} " in auditer().ecart


def test_ligne_effacee_trouvee(livres):
    alterer("DELETE FROM paiements_ligneecriture WHERE id = (SELECT max(id) FROM paiements_ligneecriture) RETURNING id")
    assert "Écriture" in auditer().ecart


def test_fichier_altere_trouve(livres):
    chemin = min(dossier_des_virements().glob("*.xml"))
    chemin.write_bytes(chemin.read_bytes().replace(b"SLEV", b"SHAR"))
    assert auditer().ecart == f"Le fichier {chemin.name} a changé depuis son émission."


def test_fichier_disparu_trouve(livres):
    chemin = max(dossier_des_virements().glob("*.xml"))
    chemin.unlink()
    assert auditer().ecart == f"Le fichier {chemin.name} a disparu."
