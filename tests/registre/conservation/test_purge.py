"""A whole life, then its end: a household with everything is archived, told, erased; nothing of it remains anywhere."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connections

from limpide.dossiers.models import Dossier, Fait, LigneDroit, Rattachement
from limpide.identite.models import CoordonneesBancaires, Immatriculation, Personne
from limpide.paiements.audit import auditer
from limpide.paiements.fichiers import dossier_des_virements
from limpide.paiements.models import FichierVirement, LigneEcriture, Recours
from limpide.registre.conservation import cycle, purge, signature
from limpide.registre.conservation.modeles import Archivage, Effacement, RapportPurge
from limpide.registre.conservation.permission import CYCLE, PURGE
from limpide.registre.contexte import SYSTEME, HorsRegistre, traitement
from limpide.socle import dossier_donnees, postgres
from tests.banc import ecrans, temps
from tests.banc.mois import AGENT, MOIS
from tests.dossiers import fabrique
from tests.registre.conservation.gestes import commande, jusqu_au_bout, tous


def canaris(dossier: int) -> set[str]:
    """What would betray her: names, NIR, IBAN, their digests, the number of her claim."""
    fiche = tous(Dossier).get(pk=dossier)
    membres = set(tous(Rattachement).filter(dossier_id=dossier).values_list("personne_id", flat=True))
    numeros = tous(Immatriculation).filter(personne_id__in=membres)
    comptes = tous(CoordonneesBancaires).filter(personne_id__in=membres)
    return {
        tous(Personne).get(pk=fiche.allocataire_id).nom_naissance,
        *(i.numero.en_clair() for i in numeros),
        *(bytes(i.empreinte).hex() for i in numeros),
        *(c.iban.en_clair() for c in comptes),
        *(bytes(c.empreinte).hex() for c in comptes),
        f"{fiche.organisme_id}-{fiche.numero}-001",
    }


def presents_dans(canaris: set[str], texte: str) -> set[str]:
    return {c for c in canaris if c.lower() in texte.lower()}


def fichiers_du_dossier_de_donnees() -> str:
    """Everything on the disk: the tables' own files too, but not the log of the last writes, which turns by itself."""
    morceaux = []
    for chemin in dossier_donnees.dossier().rglob("*"):
        if chemin.is_file() and "pg_wal" not in chemin.parts:
            try:
                morceaux.append(chemin.read_bytes())
            except FileNotFoundError:
                continue  # the server removes what it no longer needs
    return b"\n".join(morceaux).decode("latin-1")


@pytest.mark.preuve(
    "RET-05, RET-06 : après la purge, plus rien d'une personne dans les tables, les fichiers, les sessions, les pages",
    controles=(27,),
)
def test_after_the_purge_nothing_of_her_remains(amina: int) -> None:
    siens = canaris(amina)
    assert len(siens) >= 6
    assert presents_dans(siens, temps.tout_le_texte()) >= {c for c in siens if len(c) == 64}
    assert any(c in "".join(f.read_text() for f in dossier_des_virements().glob("*.xml")) for c in siens)
    jusqu_au_bout()
    assert "Rapport n°" in commande("purger", "--executer")

    assert tous(Dossier).filter(pk=amina).count() == 0
    assert presents_dans(siens, temps.tout_le_texte()) == set()
    assert presents_dans(siens, fichiers_du_dossier_de_donnees()) == set()
    assert list(dossier_des_virements().glob("*.xml")) == []
    assert tous(Dossier).count() == 11


@pytest.mark.preuve("RET-08 : la purge ne change aucun total ; le livre reste équilibré et l'audit exact")
def test_the_books_stay_exact(amina: int) -> None:
    def soldes() -> dict[str, int]:
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute("SELECT compte, sum(montant_centimes)::bigint FROM paiements_ligneecriture GROUP BY compte")
            return dict(curseur.fetchall())

    avant, audit = soldes(), auditer()
    assert audit.ecart == ""
    jusqu_au_bout()
    commande("purger", "--executer")
    assert soldes() == avant
    apres = auditer()
    assert apres.ecart == ""
    assert apres.lignes_droit == audit.lignes_droit
    assert tous(LigneEcriture).filter(dossier_id=amina).count() == 0
    assert tous(LigneEcriture).filter(anonyme=True).count() > 0
    assert set(tous(FichierVirement).values_list("etat", flat=True)) == {"efface"}


@pytest.mark.preuve("RET-07 : à blanc d'abord, puis un rapport signé qui ne porte que des nombres")
def test_dry_first_then_a_signed_report(amina: int) -> None:
    jusqu_au_bout()
    a_blanc = commande("purger")
    assert "Essai à blanc" in a_blanc
    assert tous(Dossier).filter(pk=amina).exists()
    assert tous(RapportPurge).count() == 0
    commande("purger", "--executer")
    rapport = tous(RapportPurge).get()
    assert signature.tient(rapport.contenu, rapport.signature, rapport.cle_publique)
    assert not signature.tient(
        rapport.contenu.replace('"total": ', '"total": 1'), rapport.signature, rapport.cle_publique
    )
    lignes = json.loads(rapport.contenu)["lignes"]
    assert lignes["dossiers.Dossier"] == 1
    assert lignes["identite.Personne"] >= 1
    with pytest.raises(IntegrityError, match="ne se modifie pas"), connections["proprietaire"].cursor() as curseur:
        curseur.execute("UPDATE registre_rapportpurge SET contenu = 'autre'")
    commande("purger", "--executer")
    assert "dossiers.Dossier" not in json.loads(tous(RapportPurge).order_by("-pk").first().contenu)["lignes"]


HELD = {
    "dette": (
        "UPDATE paiements_ligneecriture SET compte = 'indus:confirmes' WHERE compte = 'abandons' AND dossier_id = %s"
    ),
    "recours": "UPDATE paiements_recours SET etat = 'decide', definitif_le = NULL WHERE dossier_id = %s",
    "gel": (
        "INSERT INTO registre_gel (dossier_id, organisme, motif, reference, pose_le, pose_par, leve_par) "
        "VALUES (%s, '751', 'demande_de_droits', 'demande:1', now(), 'essai', '')"
    ),
}


@pytest.mark.parametrize("genre", HELD)
@pytest.mark.preuve("RET-01, RET-03, RET-12 : une dette, un recours ou une demande sur les données retient le dossier")
def test_what_holds_a_file_stops_every_step(amina: int, genre: str) -> None:
    temps.proprietaire(HELD[genre], [amina])
    jusqu_au_bout()
    assert tous(Archivage).count() == 0
    assert cycle.examiner().tenus == {genre: 1}


@pytest.mark.parametrize("genre", HELD)
def test_what_holds_at_the_last_moment_stops_the_purge(amina: int, genre: str) -> None:
    jusqu_au_bout()
    temps.proprietaire(HELD[genre], [amina])
    commande("purger", "--executer")
    assert tous(Dossier).filter(pk=amina).exists()
    commande("archiver", "--executer")
    assert tous(Archivage).count() == 0


@pytest.mark.preuve("RET-09 : une relation reprise rend le dossier à la base active")
def test_a_relation_that_lives_again_cancels_the_purge(amina: int) -> None:
    jusqu_au_bout()
    fiche = tous(Dossier).get(pk=amina)
    with traitement("instruction_droits", acteur=AGENT, organisme="751", motif="Essai"):
        from limpide.dossiers import services

        services.ouvrir_dossier(
            "751", "7654321", Personne(pk=fiche.allocataire_id), dt.date(2026, 1, 1), services.Origine("agent", "essai")
        )
    commande("purger", "--executer")
    assert tous(Dossier).filter(pk=amina).exists()
    commande("archiver", "--executer")
    assert tous(Archivage).count() == 0


@pytest.mark.preuve("RET-06 : un dossier archivé est hors de portée des traitements ordinaires, par la base elle-même")
def test_an_archived_file_is_out_of_reach(amina: int) -> None:
    def vu(cle: str = "instruction_droits") -> int:
        with traitement(cle, acteur=AGENT, organisme="751", motif="Essai"):
            return Dossier.objects.filter(pk=amina).count() + LigneDroit.objects.filter(dossier_id=amina).count()

    assert vu() > 1
    commande("archiver", "--executer")
    assert tous(Archivage).get().etat == "archive"
    assert vu() == 0
    avant = tous(Fait).filter(dossier_id=amina).count()
    with pytest.raises(HorsRegistre):
        fabrique.declarer(tous(Dossier).get(pk=amina), "aide_logement", 50_000, fabrique.du("2026-01-01"))
    assert tous(Fait).filter(dossier_id=amina).count() == avant


@pytest.mark.preuve("Seule la purge déclarée efface, et seulement ce qui est échu : la base refuse le reste")
def test_only_what_is_due_can_be_erased_and_only_by_the_purge(amina: int) -> None:
    with pytest.raises(IntegrityError), connections["proprietaire"].cursor() as curseur:
        curseur.execute("DELETE FROM dossiers_fait WHERE dossier_id = %s", [amina])
    with traitement(PURGE, acteur=SYSTEME, motif="Essai"):
        assert purge.executer("DELETE FROM dossiers_fait") == 0
        assert purge.executer("DELETE FROM paiements_ligneecriture") == 0
    with traitement(CYCLE, acteur=SYSTEME, motif="Essai"):
        assert purge.executer("DELETE FROM dossiers_fait WHERE dossier_id = %s", [amina]) == 0
    with pytest.raises(HorsRegistre), traitement("instruction_droits", acteur=AGENT, organisme="751", motif="Essai"):
        purge.executer("DELETE FROM dossiers_fait")
    assert tous(Fait).filter(dossier_id=amina).exists()


@pytest.mark.preuve("Une personne qu'un autre dossier nomme n'est pas effacée : seul le lien part")
def test_a_person_of_another_living_file_stays(amina: int) -> None:
    fiche = tous(Dossier).get(pk=amina)
    enfant = tous(Rattachement).filter(dossier_id=amina, role="enfant").first()
    voisin = ecrans.autre_dossier("751", sauf=amina)  # a child of both houses
    temps.proprietaire(
        "INSERT INTO dossiers_rattachement (dossier_id, organisme_id, personne_id, role, garde_alternee, valide, connu,"
        " source, auteur) VALUES (%s, '751', %s, 'enfant', true, '[2026-01-01,)', '[2026-01-01,)', 'agent', 'essai')",
        [voisin.pk, enfant.personne_id],
    )
    jusqu_au_bout()
    commande("purger", "--executer")
    assert tous(Personne).filter(pk=enfant.personne_id).exists()
    assert tous(Personne).filter(pk=fiche.allocataire_id).count() == 0
    assert tous(Recours).filter(dossier_id=amina).count() == 0
    assert (
        tous(Rattachement).filter(personne_id=enfant.personne_id).values_list("dossier_id", flat=True).get()
        == voisin.pk
    )


def test_health_does_not_follow_into_the_archive(amina: int) -> None:
    from limpide.droits.faits import NATURES

    temps.proprietaire(
        "UPDATE dossiers_fait SET nature = %s WHERE id = (SELECT min(id) FROM dossiers_fait WHERE dossier_id = %s "
        "AND personne_id IS NOT NULL)",
        [NATURES["handicap"].code, amina],
    )
    avant = tous(Fait).filter(dossier_id=amina).count()
    commande("archiver", "--executer")
    assert tous(Fait).filter(dossier_id=amina).count() == avant - 1
    # Agents' accreditations ended long ago at that date: they go by their own rule, and say nothing of health.
    assert tous(Effacement).exclude(modele="dossiers.HabilitationRncps").get().modele == "dossiers.Fait"


def test_the_states_are_the_same_in_the_database() -> None:
    import re
    from pathlib import Path

    migrations = Path(cycle.__file__).parents[1] / "migrations"
    texte = next(migrations.glob("*_invariants_conservation.py")).read_text()
    en_base = set(re.findall(r"\('(\w+)', '(\w+)'\)", texte))
    assert en_base == {
        (a, b) for a, suites in cycle.TRANSITIONS.items() for b in suites if {a, b} <= {"archive", "prevenu"}
    }


def test_every_folder_of_the_data_folder_says_how_long_it_is_kept(amina: int) -> None:
    from limpide.registre.conservation.relations import fichiers

    dits = {f.dossier for f in fichiers()}
    presents = {chemin.name for chemin in dossier_donnees.dossier().iterdir() if chemin.is_dir()}
    assert presents - dits == set()
    assert postgres.dossier_serveur().name in dits


def test_the_archive_opens_with_a_reason_that_the_journal_keeps(amina: int) -> None:
    from limpide.monde.comptes import code_actuel, creer
    from limpide.registre.models import LigneJournal

    commande("archiver", "--executer")
    presents = {compte.identifiant: compte for compte in creer(MOIS)}
    assert code_actuel(presents[ecrans.AGENT_PARIS])
    client = ecrans.agent(presents)
    sans_motif = client.post("/agent/archives/", {"numero": "1000000"})
    assert sans_motif.status_code == 422
    assert b"Belavassin" not in sans_motif.content
    ouverte = client.post("/agent/archives/", {"numero": "1000000", "motif": "retour"})
    assert ouverte.status_code == 200
    assert b"Belavassin" in ouverte.content
    lignes = LigneJournal.objects.using("proprietaire").filter(traitement="consultation_archives", dossier_id=amina)
    assert set(lignes.values_list("motif", flat=True)) == {"Archive : la personne revient vers sa caisse"}
    autre = ecrans.agent(presents, ecrans.AGENT_NORD)
    assert autre.post("/agent/archives/", {"numero": "1000000", "motif": "retour"}).status_code == 422
