"""Sending: once each, resumed after a kill, in lots, with what comes back; none to who left."""

import datetime as dt
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from limpide.identite.models import MessageContact, PointDeContact
from limpide.infolettres import abonnements, envoi
from limpide.infolettres.models import (
    EnvoiInfolettre,
    Infolettre,
)
from limpide.monde.messagerie import Messagerie
from limpide.registre.contexte import Acteur, traitement

from .fabrique import abonner_des_voisins, envoyer, lien_de_sortie, rediger, relue, valider

ICI = "/mon-compte/lettres/"
P = "proprietaire"


def etats(lettre: Infolettre) -> dict[str, int]:
    lignes = EnvoiInfolettre.objects.using(P).filter(infolettre_id=lettre.pk).values_list("etat", flat=True)
    return {etat: list(lignes).count(etat) for etat in set(lignes)}


def test_a_letter_leaves_once_to_each_and_its_totals_stay(
    presents: dict[str, Any], habilites: None, boite: Messagerie, capsys: pytest.CaptureFixture[str]
) -> None:
    abonner_des_voisins(5)
    lettre = valider(rediger())
    call_command("infolettres", "envoyer")
    assert (len(boite.recus), capsys.readouterr().out) == (0, "1 lettre(s), 5 message(s) à envoyer (--executer).\n")
    for _ in range(2):
        call_command("infolettres", "envoyer", "--executer")
    assert sorted(r.vers for r in boite.recus) == [f"voisin.{n}@exemple.test" for n in range(5)]
    lettre = relue(lettre)
    assert (lettre.etat, lettre.partis, lettre.revenus, lettre.suivis) == ("envoyee", 5, 0, 0)
    assert "<img" not in "".join(r.html for r in boite.recus), "nobody agreed to anything"
    assert set(MessageContact.objects.using(P).filter(objet="lettre").values_list("categorie", flat=True)) == {
        "mission"
    }


ENVOYER_ET_SE_TAIRE = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "limpide.socle.settings"
import django
django.setup()
from limpide.infolettres import envoi
vrai, faits = envoi.expedier, 0
def expedier(*arguments):
    global faits
    if faits == 2 and {avant}:
        print("coupe", flush=True); time.sleep(60)
    vrai(*arguments)
    faits += 1
    if faits == 3:
        print("coupe", flush=True); time.sleep(60)
envoi.expedier = expedier
envoi.envoyer(executer=True)
"""


@pytest.mark.preuve("Lettres : un envoi tué reprend, personne ne la reçoit deux fois", systemes=("S41",))
@pytest.mark.parametrize("avant", [True, False], ids=["before-the-relay", "after-the-relay"])
def test_killed_in_the_middle_the_sending_goes_on_and_nobody_gets_the_letter_twice(
    presents: dict[str, Any], habilites: None, boite: Messagerie, avant: bool
) -> None:
    abonner_des_voisins(6)
    lettre = valider(rediger())
    programme = ENVOYER_ET_SE_TAIRE.format(avant=avant)
    with subprocess.Popen([sys.executable, "-c", programme], stdout=subprocess.PIPE, text=True) as processus:
        assert processus.stdout is not None
        assert processus.stdout.readline() == "coupe\n"
        processus.send_signal(signal.SIGKILL)
    assert len(boite.recus) == (2 if avant else 3)
    assert etats(lettre) == {"parti": 2, "pris": 1, "attend": 3}

    bilan = envoi.envoyer(executer=True)
    assert bilan.partis == 3
    assert relue(lettre).etat == "validee", "one message is still in doubt: the letter isn't said to be sent"
    ancien = timezone.now() - envoi.EN_DOUTE_APRES - dt.timedelta(seconds=1)
    EnvoiInfolettre.objects.using(P).filter(etat="pris").update(pris_le=ancien)
    envoi.envoyer(executer=True)
    recus = [r.vers for r in boite.recus]
    assert len(recus) == len(set(recus)) == (5 if avant else 6)
    fini = relue(lettre)
    assert (fini.etat, fini.partis, fini.incertains) == ("envoyee", 5, 1)


def test_the_list_is_made_by_lots_and_goes_on_where_it_stopped(
    presents: dict[str, Any], habilites: None, boite: Messagerie, monkeypatch: pytest.MonkeyPatch
) -> None:
    personnes = abonner_des_voisins(7)
    lettre = valider(rediger())
    monkeypatch.setattr(envoi, "LOT", 3)
    # A run that stopped once its first lot was listed.
    EnvoiInfolettre.objects.using(P).bulk_create(
        EnvoiInfolettre(infolettre_id=lettre.pk, personne_id=p, etat="attend") for p in personnes[:3]
    )
    assert envoi.envoyer(executer=True).partis == 7
    assert len({r.vers for r in boite.recus}) == len(boite.recus) == 7


def test_a_relay_that_is_down_takes_nothing_and_the_next_run_sends_all(
    presents: dict[str, Any], habilites: None, boite: Messagerie, monkeypatch: pytest.MonkeyPatch
) -> None:
    abonner_des_voisins(4)
    lettre = valider(rediger())
    with monkeypatch.context() as coupe:
        coupe.setenv("LIMPIDE_SMTP_URL", "smtp://127.0.0.1:9")
        with pytest.raises(CommandError, match="relancez"):
            call_command("infolettres", "envoyer", "--executer")
    assert etats(lettre) == {"attend": 4}
    # Then it answers, but puts off the first address: the others don't wait for it.
    boite.pannes.append("451 4.3.0 Try again later")
    assert envoi.envoyer(executer=True).partis == 3
    assert (etats(lettre), relue(lettre).etat) == ({"parti": 3, "attend": 1}, "validee")
    assert MessageContact.objects.using(P).filter(objet="lettre").count() == 3, "what didn't leave has no trace"
    assert envoi.envoyer(executer=True).partis == 1
    assert len({r.vers for r in boite.recus}) == len(boite.recus) == 4


def test_a_relay_that_puts_off_everybody_stops_the_run(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    abonner_des_voisins(5)
    lettre = valider(rediger())
    boite.pannes.extend(["451 4.3.0 Try again later"] * envoi.REFUS_DE_SUITE)
    bilan = envoi.envoyer(executer=True)
    assert (bilan.arrete, etats(lettre), len(boite.recus)) == (True, {"attend": 5}, 0)


def test_an_address_put_off_for_days_does_not_hold_the_letter(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    abonner_des_voisins(2)
    lettre = valider(rediger())
    boite.pannes.append("452 4.2.2 Mailbox full")
    envoi.envoyer(executer=True)
    EnvoiInfolettre.objects.using(P).update(prepare_le=timezone.now() - envoi.RENONCER_APRES - dt.timedelta(hours=1))
    boite.pannes.append("452 4.2.2 Mailbox full")
    envoi.envoyer(executer=True)
    assert (relue(lettre).etat, relue(lettre).partis, relue(lettre).ecartes) == ("envoyee", 1, 1)


@pytest.mark.preuve("Lettres : une adresse qui refuse ou rend la lettre est « à revoir »", systemes=("S41",))
def test_refused_or_returned_letters_mark_the_address_to_be_looked_at(
    presents: dict[str, Any], habilites: None, boite: Messagerie, tmp_path: Path
) -> None:
    (refusee,) = abonner_des_voisins(1, "inconnue")
    (revenue,) = abonner_des_voisins(1, "revient")
    lettre, bilan = envoyer()
    assert (bilan.partis, bilan.revenus, lettre.revenus) == (1, 1, 1)
    points = PointDeContact.objects.using(P)
    assert points.get(personne_id=refusee).rejet == "refus 550"
    (tmp_path / "rapport.eml").write_bytes(boite.rapports[-1])
    call_command("coordonnees", "rejets", str(tmp_path))
    assert points.get(personne_id=revenue).rejet == "message revenu"
    suivante, encore = envoyer(rediger(sujet="La suivante"))
    assert (suivante.etat, encore.partis) == ("envoyee", 0), "nothing goes to an address that refuses"


def test_who_leaves_or_changes_between_the_list_and_the_sending_gets_nothing_there(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    partie, changee, restee = abonner_des_voisins(3)
    lettre = valider(rediger())
    envoi._lister(relue(lettre))
    acteur = Acteur("allocataire", 1, "Vous-même")
    with traitement(abonnements.MES_INFOLETTRES, acteur=acteur, motif="Essai", personne=partie):
        abonnements.desabonner(partie, "nationale", "mon_compte")
    PointDeContact.objects.using(P).filter(personne_id=changee).update(retire_le=timezone.now())
    bilan = envoi.envoyer(executer=True)
    assert (bilan.partis, bilan.ecartes, [r.vers for r in boite.recus]) == (1, 2, ["voisin.2@exemple.test"])
    assert relue(lettre).ecartes == 2
    assert restee


def test_the_dead_receive_nothing(presents: dict[str, Any], habilites: None, boite: Messagerie) -> None:
    from limpide.identite.models import Personne

    (morte,) = abonner_des_voisins(1)
    Personne.objects.using(P).filter(pk=morte).update(date_deces=timezone.localdate())
    assert envoyer()[1].partis == 0


@pytest.mark.parametrize("adresse", ["", "http://caf.exemple.test", "caf.exemple.test"])
def test_without_a_safe_public_address_nothing_leaves(
    presents: dict[str, Any], habilites: None, boite: Messagerie, monkeypatch: pytest.MonkeyPatch, adresse: str
) -> None:
    abonner_des_voisins(1)
    valider(rediger())
    monkeypatch.setenv("LIMPIDE_ADRESSE", adresse)
    with pytest.raises(CommandError, match="LIMPIDE_ADRESSE"):
        call_command("infolettres", "envoyer", "--executer")
    assert (len(boite.recus), EnvoiInfolettre.objects.using(P).count()) == (0, 0)


def test_nothing_personal_stands_in_logs_nor_in_the_trace_of_a_call(
    presents: dict[str, Any], habilites: None, boite: Messagerie, capfd: pytest.CaptureFixture[str]
) -> None:
    abonner_des_voisins(2)
    envoyer()
    Client().get(lien_de_sortie(boite.recus[0]))
    sorti = "".join(capfd.readouterr())
    assert "voisin." not in sorti
    assert lien_de_sortie(boite.recus[0]).split("/")[3] not in sorti


def test_the_day_s_tasks_do_all_of_it(presents: dict[str, Any], habilites: None, boite: Messagerie) -> None:
    from limpide.infolettres.taches_du_jour import TRAVAUX
    from limpide.registre.travaux.taches import Ordre

    valider(rediger())
    ordre = Ordre(timezone.localdate())
    prevus = {t.cle: dict(t.compter(ordre)) for t in TRAVAUX if t.compter}
    assert prevus["infolettres_abonner"]["comptes à abonner"] > 0
    faits = {t.cle: dict(t.faire(ordre)) for t in sorted(TRAVAUX, key=lambda t: t.rang)}
    assert faits["infolettres_envoyer"]["messages partis"] == prevus["infolettres_abonner"]["comptes à abonner"]
    assert faits["infolettres_tenir"] == {"coordonnées à revoir": 0}
