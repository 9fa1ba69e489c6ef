"""kill -9 during the day's work: the next run goes on at the task that hadn't finished; nothing is done twice."""

import os
import random
import signal
import time

import pytest
from django.utils import timezone

from limpide.monde.messagerie import Messagerie
from limpide.monde.rncps import Repertoire, rncps
from limpide.monde.simulateurs import Simulateur
from limpide.monde.sngi import sngi
from limpide.registre.alertes import Alerte
from limpide.registre.travaux import execution
from limpide.registre.travaux.table import Passage
from limpide.registre.travaux.taches import Tache, taches
from limpide.socle import base_de_donnees
from tests.banc import ecrans
from tests.banc.base import connexion_superutilisateur
from tests.pannes.coupures import attendre, lancer, tuer_apres

COUPURES = 6


def _passages():
    return list(Passage.objects.using("proprietaire").order_by("pk").values_list("tache", "etat"))


def _tache(cle, rang, faire):
    return Tache(cle=cle, rang=rang, intitule=cle, traitements=("essai",), faire=faire)


def test_killed_in_a_task_it_resumes_there(base):
    def tuer(_):
        os.kill(os.getpid(), signal.SIGKILL)

    avant, apres = _tache("avant", 1, lambda _: {}), _tache("apres", 3, lambda _: {})
    fatale = (avant, _tache("fatale", 2, tuer), apres)
    assert attendre(lancer(lambda: execution.executer(list[object]().append, travaux=fatale))) == -signal.SIGKILL
    assert _passages() == [("avant", "fait"), ("fatale", "en_cours")]

    issues = _une_fois_le_verrou_rendu(lambda: execution.executer(
        list[object]().append, travaux=(avant, _tache("fatale", 2, lambda _: {"lignes": 3}), apres)
    ))  # fmt: skip
    assert [(i.tache.cle, i.etat, i.deja) for i in issues] == [
        ("avant", "fait", True), ("fatale", "fait", False), ("apres", "fait", False),
    ]  # fmt: skip
    assert _passages() == [("avant", "fait"), ("fatale", "interrompu"), ("fatale", "fait"), ("apres", "fait")]


def _une_fois_le_verrou_rendu(quoi):
    """PostgreSQL may still be ending the session of the process just killed."""
    for _ in range(100):
        try:
            return quoi()
        except execution.DejaEnCours:
            time.sleep(0.05)
    raise AssertionError("le verrou du processus tué n'est jamais rendu")


def _la_journee():
    base_de_donnees.assurer()
    issues = _une_fois_le_verrou_rendu(lambda: execution.executer(list[object]().append))
    assert not any(i.manque for i in issues)


def _oublier():
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        for table in ("registre_passage", "registre_examen", "registre_alerte"):
            connexion.execute(f"DELETE FROM {table}")


@pytest.mark.preuve("kill -9 pendant les travaux du jour : chaque travail fait une fois, rien de perdu", controles=(1,))
def test_killed_anywhere_each_task_ends_done_once(base, monkeypatch):
    ecrans.peupler(8)
    serveur = Simulateur(sngi([]), rncps(Repertoire()), port=0)
    for nom, partenaire in serveur.partenaires.items():
        monkeypatch.setenv(f"LIMPIDE_{nom.upper()}_URL", serveur.adresse(nom))
        monkeypatch.setenv(f"LIMPIDE_{nom.upper()}_JETON", partenaire.jeton)
    with serveur.ouvert(), Messagerie().smtp_ouvert(0) as relais:
        monkeypatch.setenv("LIMPIDE_SMTP_URL", f"smtp://127.0.0.1:{relais}")
        assert attendre(lancer(_la_journee)) == 0
        attendues = set(Alerte.objects.using("proprietaire").values_list("cle", flat=True))
        _oublier()
        debut = time.perf_counter()
        assert attendre(lancer(_la_journee)) == 0
        duree = time.perf_counter() - debut
        tues = 0
        for graine in range(COUPURES):
            _oublier()
            hasard = random.Random(graine)
            tues += tuer_apres(lancer(_la_journee), hasard.uniform(0, duree)) == -signal.SIGKILL
            assert attendre(lancer(_la_journee)) == 0, f"graine {graine}"
            faits = [cle for cle, etat in _passages() if etat == "fait"]
            assert faits == [t.cle for t in taches()], f"graine {graine}"
            assert {etat for _, etat in _passages()} <= {"fait", "interrompu"}
            assert set(Alerte.objects.using("proprietaire").values_list("cle", flat=True)) == attendues
            assert set(Passage.objects.using("proprietaire").values_list("jour", flat=True)) == {timezone.localdate()}
    assert tues >= COUPURES // 2, "les coupures doivent tomber pendant le travail"
