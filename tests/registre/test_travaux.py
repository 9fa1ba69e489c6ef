"""The work of the day: in order, each once, one failure stopping only what waits for it; told to the officer."""

import datetime as dt
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.identite import taches_du_jour as identite
from limpide.monde.messagerie import Messagerie
from limpide.monde.rncps import Repertoire, rncps
from limpide.monde.simulateurs import Simulateur
from limpide.monde.sngi import sngi
from limpide.registre.alertes import Alerte
from limpide.registre.conservation.modeles import Archivage, Examen
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.declaration import DeclarationInvalide
from limpide.registre.travaux import execution
from limpide.registre.travaux.table import TRAVAUX, Passage
from limpide.registre.travaux.taches import Comptes, Ordre, Tache, TravailIncomplet, ordonner, taches
from tests.banc import ecrans, temps
from tests.banc.base import connexion_superutilisateur
from tests.registre.conservation.gestes import jusqu_au_bout

pytestmark = pytest.mark.usefixtures("base")
ORDRE_DU_JOUR = [
    "journal_sceller", "acces_surveiller", "connexions_surveiller", "demandes_suivre", "homologations_suivre",
    "trimestres_demander", "trimestres_rappeler", "trimestres_suspendre", "identite_certifier",
    "infolettres_abonner", "coordonnees_rejets", "rendez_vous_rappeler", "infolettres_tenir", "coordonnees_envoyer",
    "infolettres_envoyer", "contacts_relire", "rncps_publier", "rncps_interroger", "rncps_effacer",
    "residence_signaler", "conservation_archiver", "acces_terminer", "conservation_prevenir", "conservation_examiner",
    "journal_purger",
]  # fmt: skip
CAF_PAR_CAF = [
    "acces_surveiller", "trimestres_demander", "trimestres_suspendre", "conservation_archiver",
    "conservation_prevenir",
]  # fmt: skip


def passages() -> list[tuple[str, str]]:
    return list(Passage.objects.using("proprietaire").order_by("pk").values_list("tache", "etat"))


def tache(cle: str, rang: int, faire: Callable[[Ordre], Comptes], **autres: Any) -> Tache:
    return Tache(cle=cle, rang=rang, intitule=cle.title(), traitements=("essai",), faire=faire, **autres)


def tout_faire(*travaux: Tache) -> list[tuple[str, str, bool]]:
    dites: list[execution.Issue] = []
    assert execution.executer(dites.append, travaux=travaux) == dites
    return [(i.tache.cle, i.etat, i.deja) for i in dites]


@pytest.fixture
def relais(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A mail server takes what the day sends."""
    with Messagerie().smtp_ouvert(0) as port:
        monkeypatch.setenv("LIMPIDE_SMTP_URL", f"smtp://127.0.0.1:{port}")
        yield


@pytest.fixture
def partenaires(relais: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulateur]:
    """The SNGI and the RNCPS answer."""
    serveur = Simulateur(sngi([]), rncps(Repertoire()), port=0)
    for nom, partenaire in serveur.partenaires.items():
        monkeypatch.setenv(f"LIMPIDE_{nom.upper()}_URL", serveur.adresse(nom))
        monkeypatch.setenv(f"LIMPIDE_{nom.upper()}_JETON", partenaire.jeton)
    with serveur.ouvert():
        yield serveur


def jour(*arguments: str) -> str:
    sortie = io.StringIO()
    call_command("jour", *arguments, stdout=sortie)
    return sortie.getvalue()


def test_the_rooms_tasks_are_in_the_order_that_the_pages_say() -> None:
    assert [t.cle for t in taches()] == ORDRE_DU_JOUR
    assert [t.cle for t in taches() if t.par_caf] == CAF_PAR_CAF


@pytest.mark.parametrize(
    ("deux", "message"),
    [
        ((("a_a", 1, ()), ("a_a", 2, ())), "déjà prise"),
        ((("a_a", 1, ()), ("b_b", 1, ())), "rang 1"),
        ((("a_a", 1, ("b_b",)), ("b_b", 2, ())), "attend b_b"),
        ((("a_a", 1, ("nulle_part",)), ("b_b", 2, ())), "attend nulle_part"),
    ],
)
def test_a_place_taken_twice_or_a_wait_for_what_comes_later_stops_the_start(deux: Any, message: str) -> None:
    with pytest.raises(DeclarationInvalide, match=message):
        ordonner(tache(cle, rang, lambda _: {}, apres=apres) for cle, rang, apres in deux)


def test_one_failure_stops_only_what_waits_for_it_and_the_next_run_takes_up_what_is_left() -> None:
    pannes = [TravailIncomplet("Le partenaire dort.", {"envoyés": 2})]
    fois: list[str] = []

    def fragile(_: Ordre) -> Comptes:
        fois.append("fragile")
        if pannes:
            raise pannes.pop()
        return {"envoyés": 5}

    def simple(_: Ordre) -> Comptes:
        fois.append("simple")
        return {"lignes": 1}

    travaux = (
        tache("fragile", 1, fragile),
        tache("suite", 2, simple, apres=("fragile",)),
        tache("seul", 3, simple),
        tache("suite_de_suite", 4, simple, apres=("suite",)),
    )
    assert tout_faire(*travaux) == [
        ("fragile", "echoue", False), ("suite", "empeche", False), ("seul", "fait", False),
        ("suite_de_suite", "empeche", False),
    ]  # fmt: skip
    assert fois == ["fragile", "simple"]
    premier, deuxieme = Passage.objects.using("proprietaire").order_by("pk")[:2]
    assert (premier.comptes, premier.raison) == ({"envoyés": 2}, "Le partenaire dort.")
    assert deuxieme.raison == "Attend : Fragile."
    assert premier.termine_le >= premier.commence_le

    assert tout_faire(*travaux) == [
        ("fragile", "fait", False), ("suite", "fait", False), ("seul", "fait", True), ("suite_de_suite", "fait", False),
    ]  # fmt: skip
    assert fois == ["fragile", "simple", "fragile", "simple", "simple"]
    alerte = Alerte.objects.using("proprietaire").get()
    assert (alerte.genre, alerte.cle) == ("travail_du_jour", f"travail/fragile/{timezone.localdate()}")
    assert "Le partenaire dort." in alerte.texte


def test_the_message_of_an_unforeseen_error_is_kept_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    def casse(_: Ordre) -> Comptes:
        raise ValueError("Solange Courtandin, 2 84 05 99 134 001 12")

    assert tout_faire(tache("casse", 1, casse)) == [("casse", "echoue", False)]
    passage = Passage.objects.using("proprietaire").get()
    assert passage.raison == "Erreur imprévue (ValueError) : voir le journal technique."
    assert "ValueError (tests.registre.test_travaux:" in caplog.text  # where it happened
    assert "Courtandin" not in caplog.text + Alerte.objects.using("proprietaire").get().texte


def test_a_task_knows_since_when_it_was_last_done() -> None:
    vus: list[Ordre] = []
    suivie = tache("suivie", 1, lambda ordre: vus.append(ordre) or {})
    tout_faire(suivie)
    avant = timezone.localdate() - dt.timedelta(days=4)
    Passage.objects.using("proprietaire").update(jour=avant)
    tout_faire(suivie)
    assert [o.depuis for o in vus] == [None, avant]


def test_the_accesses_of_every_day_missed_are_looked_at() -> None:
    surveiller = next(t for t in identite.TRAVAUX if t.cle == "acces_surveiller")
    aujourd_hui = timezone.localdate()
    for depuis, jours in ((None, 1), (1, 1), (4, 4), (400, identite.JOURS_RATTRAPES)):
        derniere = None if depuis is None else aujourd_hui - dt.timedelta(days=depuis)
        assert surveiller.faire(Ordre(aujourd_hui, derniere))["jours regardés"] == jours


def test_reports_of_non_delivery_are_read_where_the_setting_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lire = next(t for t in identite.TRAVAUX if t.cle == "coordonnees_rejets").faire
    ordre = Ordre(timezone.localdate())
    monkeypatch.delenv("LIMPIDE_REJETS", raising=False)
    assert lire(ordre) == {}
    monkeypatch.setenv("LIMPIDE_REJETS", str(tmp_path))
    assert lire(ordre) == {"coordonnées à revoir": 0, "rapports déjà connus": 0}
    (tmp_path / "1").write_bytes(b"Subject: essai\n\nce n'est pas un rapport\n")
    with pytest.raises(TravailIncomplet, match="ne se lisent pas") as manque:
        lire(ordre)
    assert manque.value.comptes["rapports illisibles"] == 1
    monkeypatch.setenv("LIMPIDE_REJETS", str(tmp_path / "nulle-part"))
    with pytest.raises(TravailIncomplet, match="ne nomme pas un dossier"):
        lire(ordre)


def test_another_process_at_work_is_left_alone() -> None:
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as autre:
        autre.execute("SELECT pg_advisory_lock(hashtext('limpide.jour'))")
        with pytest.raises(CommandError, match="déjà en cours") as refus:
            jour("--executer")
    assert refus.value.returncode == 1
    assert passages() == []


def test_without_executer_it_only_says(partenaires: Simulateur) -> None:
    ecrans.peupler(6)
    dit = jour()
    assert "Essai à blanc" in dit
    assert "Sceller le journal des accès : ne se compte pas sans le faire." in dit
    assert "Publier au Rncps ce qui a changé : " in dit
    assert passages() == []
    assert Examen.objects.using("proprietaire").count() == 0
    assert not any(partenaire.recues for partenaire in partenaires.partenaires.values())


@pytest.mark.preuve("Une seule commande fait les travaux du jour ; relancée, elle n'en refait aucun", controles=())
def test_the_whole_day_then_nothing_more(partenaires: Simulateur) -> None:
    ecrans.peupler(6)
    dit = jour("--executer")
    assert "Tous les travaux du jour sont faits." in dit
    assert passages() == [(cle, "fait") for cle in ORDRE_DU_JOUR]
    assert Examen.objects.using("proprietaire").count() == 1
    encore = jour("--executer")
    assert encore.count("déjà fait aujourd'hui") == len(ORDRE_DU_JOUR)
    assert len(passages()) == len(ORDRE_DU_JOUR)
    assert Examen.objects.using("proprietaire").count() == 1


@pytest.mark.usefixtures("relais")
def test_a_silent_partner_makes_one_task_fail_and_the_command_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    ecrans.peupler(6)
    for nom in ("SNGI", "RNCPS"):
        monkeypatch.setenv(f"LIMPIDE_{nom}_URL", "http://127.0.0.1:9")  # nobody listens there
        monkeypatch.setenv(f"LIMPIDE_{nom}_JETON", "essai")
    with pytest.raises(CommandError, match=r"à reprendre : .*Publier au Rncps") as echec:
        jour("--executer")
    assert echec.value.returncode == 1
    etats = dict(passages())
    assert etats["rncps_publier"] == "echoue"
    assert {cle for cle, etat in etats.items() if etat != "fait"} <= {"rncps_publier", "identite_certifier"}


def test_one_caf_alone_and_an_unknown_one() -> None:
    ecrans.peupler(6)
    jour("--executer", "--caf", "751")
    faits = Passage.objects.using("proprietaire").values_list("tache", "organisme")
    assert set(faits) == {(cle, "751") for cle in CAF_PAR_CAF}
    with pytest.raises(CommandError, match="« 999 » n'est pas une Caf") as refus:
        jour("--executer", "--caf", "999")
    assert refus.value.returncode == 2
    assert len(passages()) == len(CAF_PAR_CAF)


def test_only_the_files_of_that_caf_are_archived() -> None:
    ecrans.peupler(12)
    numero, _ = ecrans.fiche_d_amina()
    autre = Dossier.objects.using("proprietaire").exclude(organisme_id="751").order_by("pk").first()
    temps.reculer(8)
    for dossier in (numero, autre.pk):
        temps.clore(dossier, dt.date(2018, 12, 31))
    jour("--executer", "--caf", autre.organisme_id)
    assert list(Archivage.objects.using("proprietaire").values_list("dossier_id", flat=True)) == [autre.pk]


def test_the_day_prepares_the_purge_and_never_does_it(partenaires: Simulateur, amina: int) -> None:
    jusqu_au_bout()
    jour("--executer")
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT count(*) FROM dossiers_dossier WHERE id = %s", [amina])
        assert curseur.fetchone() == (1,)
    alerte = Alerte.objects.using("proprietaire").get(genre="purge_a_decider")
    assert alerte.texte.startswith("1 dossier(s) sont arrivés au terme")
    assert Passage.objects.using("proprietaire").get(tache="conservation_examiner").comptes == {
        "dossiers à effacer, sur décision": 1
    }


@pytest.mark.parametrize("autres", [{"etat": "fait"}, {"etat": "echoue", "termine_le": timezone.now()}])
def test_the_database_refuses_an_end_without_its_hour_or_a_failure_without_its_reason(autres: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="passage_fini_ou_explique"), _suivi(), transaction.atomic():
        Passage.objects.create(
            tache="essai", jour=timezone.localdate(), organisme="", commence_le=timezone.now(), comptes={}, raison="",
            **{"termine_le": None} | autres,
        )  # fmt: skip
    assert passages() == []


def _suivi() -> Any:
    return traitement(TRAVAUX, acteur=SYSTEME, motif="Essai")


def test_the_officer_reads_what_is_done_late_failed_or_cut() -> None:
    presents = ecrans.peupler(6)
    officiere = ecrans.agent(presents, ecrans.DPD)
    page = officiere.get("/dpd/travaux/").content.decode()
    assert "Le travail du jour n'a jamais été lancé" in page
    assert page.count("En retard</p>") == len(ORDRE_DU_JOUR)
    assert "Aucun passage n'est enregistré" in page

    maintenant, jour = timezone.now(), timezone.localdate()
    ecrits = Passage.objects.using("proprietaire")
    for cle in ORDRE_DU_JOUR:
        ecrits.create(
            tache=cle, jour=jour, etat="fait", commence_le=maintenant, termine_le=maintenant, comptes={"lignes": 7}
        )
    page = officiere.get("/dpd/travaux/").content.decode()
    assert "Tout est à jour." in page
    assert "En retard" not in page
    assert page.count("7 lignes") >= len(ORDRE_DU_JOUR)

    hier = maintenant - dt.timedelta(hours=37)
    ecrits.filter(tache="journal_sceller").update(jour=jour - dt.timedelta(days=2), commence_le=hier, termine_le=hier)
    ecrits.create(
        tache="rncps_publier", jour=jour, etat="echoue", commence_le=maintenant, termine_le=maintenant, comptes={},
        raison="L'adresse du Rncps n'est pas connue.",
    )  # fmt: skip
    ecrits.create(tache="rncps_effacer", jour=jour, etat="interrompu", commence_le=maintenant, comptes={})
    page = officiere.get("/dpd/travaux/").content.decode()
    assert "1 travail en retard, 1 travail en échec" in page
    assert page.count(">En retard<") == 1
    assert page.count(">Interrompu<") == 2  # the state of its task, and the passage
    assert "L&#x27;adresse du Rncps n&#x27;est pas connue." in page


@pytest.fixture
def amina() -> Iterator[int]:
    from limpide.paiements.fichiers import dossier_des_virements
    from tests.registre.conservation.gestes import une_vie_passee

    yield une_vie_passee()
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()
