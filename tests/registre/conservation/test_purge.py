"""A whole life, then its end: a household with everything is archived, told, erased; nothing of it remains anywhere."""

import datetime as dt
import io
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections

from limpide.dossiers.models import Decision, Dossier, Fait, LigneDroit, Rattachement
from limpide.identite.models import CoordonneesBancaires, Immatriculation, Personne
from limpide.paiements import recours
from limpide.paiements.audit import auditer
from limpide.paiements.fichiers import dossier_des_virements
from limpide.paiements.models import Creance, FichierVirement, LigneEcriture, Recours
from limpide.paiements.services import abandonner, emettre_virements
from limpide.registre.conservation import cycle, purge, signature
from limpide.registre.conservation.modeles import Archivage, Effacement, RapportPurge
from limpide.registre.conservation.permission import CYCLE, PURGE
from limpide.registre.contexte import SYSTEME, HorsRegistre, traitement
from limpide.socle import dossier_donnees, postgres
from tests.banc import ecrans, temps
from tests.banc.mois import AGENT, MOIS, ORIGINE, correction_ouverte, indus_ouverts, salaire
from tests.dossiers import fabrique
from tests.pannes import coupures

ANS = 8


def tous(modele: Any) -> Any:
    return modele._base_manager.using("proprietaire")


def commande(*arguments: str) -> str:
    sortie = io.StringIO()
    call_command("conservation", *arguments, stdout=sortie)
    return sortie.getvalue()


@pytest.fixture
def amina(base: None) -> Iterator[int]:
    """Rights, a debt given up, a final appeal, decisions, an account with a session, payments in files; long ago."""
    from limpide.dossiers.previsualisation import appliquer, previsualiser

    presents = ecrans.peupler(12)
    dossier, _ = ecrans.fiche_d_amina()
    ecrans.allocataire(presents).get("/mon-compte/")
    with correction_ouverte():
        fiche = Dossier.objects.get(pk=dossier)
        corrections = salaire(fiche, 320_000, dt.date(2026, 8, 1))
        prevue = previsualiser(fiche, corrections)
        appliquer(fiche, corrections, ORIGINE, prevue.empreinte, "Essai")
    with indus_ouverts():
        for creance in Creance.objects.filter(dossier_id=dossier, etat="proposee"):
            abandonner(creance, "Erreur de la caisse")
    emettre_virements(MOIS)
    with traitement("suivi_recours", acteur=AGENT, organisme="751", motif="Essai"):
        fiche = Dossier.objects.get(pk=dossier)
        decision = Decision.objects.filter(dossier_id=dossier).order_by("-pk").first()
        droit = decision.effets[0]["droit"]
        fait = recours.deposer(
            fiche, recours.voies_ouvertes(droit)[0], recours.Objet(droit, decision=decision.pk), dt.date(2026, 11, 22)
        )
        recours.decider(fait, "rejete", dt.date(2026, 11, 23))
        recours.rendre_definitif(fait, dt.date(2026, 11, 24))
    temps.reculer(ANS)
    temps.clore(dossier, dt.date(2018, 12, 31))
    yield dossier
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()


def jusqu_au_bout() -> None:
    commande("archiver", "--executer")
    commande("notifier", "--executer")
    temps.grace_passee()


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


@pytest.mark.preuve("RET-02 : six ans au plus, au jour près ; prévenu trente jours avant")
def test_the_clock_is_exact_to_the_day(amina: int) -> None:
    aujourd_hui = dt.date(2026, 11, 25)
    for fin, etape in (
        (dt.date(2024, 11, 26), "en_base"),
        (dt.date(2024, 11, 25), "a_archiver"),
        (dt.date(2020, 12, 26), "archives"),
        (dt.date(2020, 12, 25), "a_prevenir"),
    ):
        relation = cycle.Relation(amina, (cycle_element(fin),))
        archive = None
        if etape in ("archives", "a_prevenir"):
            archive = Archivage(dossier_id=amina, etat="archive", efface_apres=relation.effacable_le)
        assert cycle.Suivi("751", relation, archive, aujourd_hui).etape == etape


def cycle_element(fin: dt.date) -> Any:
    from limpide.registre.conservation.relations import Element

    return Element("relation", "Dossier clos", "Votre dossier est clos.", fin)


@pytest.mark.preuve("RET-04 : un demandeur à qui aucun droit n'a été ouvert est effacé deux ans après, et non six")
def test_somebody_who_never_had_a_right_goes_earlier(base: None) -> None:
    dossier = fabrique.dossier(ouvert_le="2022-01-01")
    temps.clore(dossier.pk, dt.date(2023, 1, 1))
    assert cycle.examiner().jamais_allocataires == 1
    jusqu_au_bout()
    assert tous(Archivage).get().efface_apres == dt.date(2025, 1, 1)
    commande("purger", "--executer")
    assert tous(Dossier).count() == 0
    assert tous(Personne).count() == 0


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
    assert tous(Effacement).get().modele == "dossiers.Fait"


@pytest.mark.preuve("Une purge coupée au milieu reprend, et finit le même rapport")
def test_a_purge_cut_in_the_middle_goes_on(amina: int, monkeypatch: pytest.MonkeyPatch) -> None:
    voisin = ecrans.autre_dossier("751", sauf=amina)
    temps.clore(voisin.pk, dt.date(2018, 12, 31))
    jusqu_au_bout()
    vraie, faites = purge._effacer, []

    def coupee(rapport: Any, caf: str, dossiers: list[int]) -> None:
        vraie(rapport, caf, dossiers)
        faites.append(dossiers)
        if len(faites) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(purge, "_effacer", coupee)
    with pytest.raises(KeyboardInterrupt):
        purge.purger(lot=1)
    assert tous(RapportPurge).get().etat == "en_cours"
    assert tous(Dossier).filter(pk__in=[amina, voisin.pk]).count() == 1
    monkeypatch.setattr(purge, "_effacer", vraie)
    rapport = purge.purger(lot=1)
    assert tous(RapportPurge).get().pk == rapport.pk
    assert tous(Dossier).filter(pk__in=[amina, voisin.pk]).count() == 0
    assert json.loads(rapport.contenu)["lignes"]["dossiers.Dossier"] == 2


@pytest.mark.preuve(
    "kill -9 pendant une purge : rien d'à moitié effacé, la suivante finit son rapport", controles=(27,)
)
def test_a_purge_killed_anywhere_goes_on(amina: int) -> None:
    fermes = [amina, *tous(Dossier).filter(organisme_id="751").exclude(pk=amina).values_list("pk", flat=True)]
    for dossier in fermes:
        temps.clore(dossier, dt.date(2018, 12, 31))
    jusqu_au_bout()
    dus = tous(Archivage).filter(etat="prevenu").count()
    assert dus >= 2
    for graine in range(4):
        coupures.tuer_apres(coupures.lancer(lambda: purge.purger(lot=1)), random.Random(graine).uniform(0.05, 0.6))
        restants = set(tous(Dossier).filter(pk__in=fermes).values_list("pk", flat=True))
        assert set(tous(Archivage).values_list("dossier_id", flat=True)) == restants
        assert set(tous(Fait).filter(dossier_id__in=fermes).values_list("dossier_id", flat=True)) <= restants
    assert coupures.attendre(coupures.lancer(lambda: purge.purger(lot=1))) == 0
    assert tous(Dossier).filter(pk__in=fermes).count() == 0
    rapports = [json.loads(r.contenu)["lignes"] for r in tous(RapportPurge).order_by("pk")]
    assert sum(lignes.get("dossiers.Dossier", 0) for lignes in rapports) == dus
    assert auditer().ecart == ""


@pytest.mark.preuve("RET-10 : après un décès, le délai court du règlement des sommes de la succession")
def test_a_death_counts_from_the_settlement_of_the_sums(amina: int) -> None:
    fiche = tous(Dossier).get(pk=amina)
    temps.proprietaire("UPDATE identite_personne SET date_deces = '2019-03-01' WHERE id = %s", [fiche.allocataire_id])
    with traitement(CYCLE, acteur=SYSTEME, motif="Essai"):
        assert cycle.relations([amina])[amina].fin == dt.date(2019, 3, 1)
    temps.proprietaire(
        "UPDATE paiements_ecriture SET date_comptable = '2019-09-15' WHERE id = (SELECT max(ecriture_id) "
        "FROM paiements_ligneecriture WHERE dossier_id = %s)",
        [amina],
    )
    with traitement(CYCLE, acteur=SYSTEME, motif="Essai"):
        assert cycle.relations([amina])[amina].fin == dt.date(2019, 9, 15)
    temps.proprietaire(
        "UPDATE paiements_ligneecriture SET montant_centimes = montant_centimes - 500 WHERE id = (SELECT max(id) "
        "FROM paiements_ligneecriture WHERE dossier_id = %s AND compte = 'allocataires')",
        [amina],
    )
    with traitement(CYCLE, acteur=SYSTEME, motif="Essai"):
        relation = cycle.relations([amina])[amina]
        assert relation.fin is None
        assert [e.agent for e in relation.tenants] == ["Somme à verser à l'allocataire"]


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
