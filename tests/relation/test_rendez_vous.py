"""Appointments: opened, taken once, moved, cancelled, reminded of once without content; of no consequence."""

import datetime as dt
import re
import threading
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.utils import timezone

from limpide.identite.models import MessageContact
from limpide.registre.collecte import registre
from limpide.relation import rappels
from limpide.relation.models import Creneau, RendezVous
from tests.banc import ecrans, protecteurs
from tests.banc.relation import saisie
from tests.banc.rendez_vous import LIEU, TELEPHONE, dans, ouvrir_des_creneaux, passer, prendre_un_rendez_vous
from tests.relation.test_messages import texte

MIENS, PRENDRE = "/mon-compte/rendez-vous/", "/mon-compte/rendez-vous/prendre/?motif=droits"
AGENDA, OUVRIR = "/agent/rendez-vous/", "/agent/rendez-vous/ouvrir/"
SECRETS = ("Docteur-Finlay", "Mes droits", "Belavassin", "12 34", " h ")


def tous() -> dict[str, str]:
    """State of each appointment's slot, by the appointment's state."""
    return {
        r.etat: Creneau.objects.using("proprietaire").get(pk=r.creneau_id).etat
        for r in RendezVous.objects.using("proprietaire").order_by("pris_le")
    }


def le_rendez_vous() -> RendezVous:
    lu: RendezVous = RendezVous.objects.using("proprietaire").get(etat="pris")
    return lu


def page_agent(cle: Any) -> str:
    return f"{AGENDA}{cle}/"


def du_jour(jours: int) -> str:
    return f"{AGENDA}?jour={dans(jours):%d/%m/%Y}"


def creneaux_offerts(client: Any, adresse: str = PRENDRE) -> list[str]:
    return re.findall(r'name="creneau" value="([0-9a-f-]{36})"', client.get(adresse).content.decode())


@pytest.mark.preuve(
    "Rendez-vous : créneaux ouverts, pris, déplacés, annulés, confirmés sans contenu ; place et heure en fichier ICS",
    systemes=("S16",),
)
def test_an_appointment_is_taken_moved_and_cancelled(monde: dict[str, Any], boite: Any) -> None:
    champs = {
        "du": f"{dans(3):%d/%m/%Y}", "au": f"{dans(3):%d/%m/%Y}", "jours": [str(n) for n in range(6)],
        "de": "9h", "a": "11:00", "minutes": "30", "mode": "place", "lieu": "", "motif": "",
    }  # fmt: skip
    if dans(3).weekday() == 6:  # slots aren't opened on Sundays
        champs |= {"du": f"{dans(4):%d/%m/%Y}", "au": f"{dans(4):%d/%m/%Y}"}
    jour = f"{AGENDA}?jour={champs['du']}"
    refus = monde["agent"].post(OUVRIR, saisie(monde["agent"], OUVRIR, **champs))
    assert refus.status_code == 422
    assert "Dites où la personne doit venir" in texte(refus)
    assert not Creneau.objects.using("proprietaire").exists()
    envoi = saisie(monde["agent"], OUVRIR, **champs | {"lieu": LIEU})
    for _ in range(2):  # sent twice, opened once
        assert monde["agent"].post(OUVRIR, envoi)["Location"] == jour
    assert Creneau.objects.using("proprietaire").count() == 4
    trop = monde["agent"].post(OUVRIR, saisie(monde["agent"], OUVRIR, **champs | {"lieu": LIEU}))
    assert trop.status_code == 422
    assert "Vous avez déjà un créneau à ce moment-là" in texte(trop)

    amina = monde["amina"]
    offerts = creneaux_offerts(amina)
    assert len(offerts) == 4
    assert "Choisissez un créneau" in texte(amina.post(PRENDRE, saisie(amina, PRENDRE)))
    envoi = saisie(amina, PRENDRE, creneau=offerts[0])
    for _ in range(2):
        assert amina.post(PRENDRE, envoi)["Location"] == MIENS
    pris = le_rendez_vous()
    assert "à 9 h" in texte(amina.get(MIENS))
    assert LIEU in texte(amina.get(MIENS))
    assert "déjà un rendez-vous pour ce motif" in texte(amina.get(PRENDRE))
    agenda = texte(monde["agent"].get(jour))
    assert "Mes droits et mes paiements" in agenda
    assert "Belavassin" not in agenda
    assert "Belavassin" in texte(monde["agent"].get(page_agent(pris.pk)))
    assert monde["nord"].get(page_agent(pris.pk)).status_code == 404

    ics = amina.get(f"{MIENS}{pris.pk}/rendez-vous.ics")
    assert ics["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{pris.debut.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}\r\n" in ics.content.decode()
    for secret in SECRETS[1:4]:
        assert secret not in ics.content.decode()

    deplacer = f"{MIENS}{pris.pk}/deplacer/"
    offerts = creneaux_offerts(amina, deplacer)
    assert len(offerts) == 3
    envoi = saisie(amina, deplacer, creneau=offerts[-1])
    for _ in range(2):
        assert amina.post(deplacer, envoi)["Location"] == MIENS
    assert tous() == {"deplace": "libre", "pris": "pris"}
    annuler = f"{MIENS}{le_rendez_vous().pk}/annuler/"
    assert "Annuler ne change aucun droit" in texte(amina.get(annuler))
    for _ in range(2):
        assert amina.post(annuler)["Location"] == MIENS
    assert tous() == {"deplace": "libre", "annule": "libre"}
    assert len(boite.recus) == 3
    for recu in boite.recus:
        assert recu.sujet == "Vos rendez-vous avec votre Caf ont changé"
        assert not [s for s in SECRETS if s in recu.texte + recu.sujet]
    libre = Creneau.objects.using("proprietaire").first()
    assert monde["agent"].post(jour, {"creneau": str(libre.pk)}).status_code == 302
    assert Creneau.objects.using("proprietaire").get(pk=libre.pk).etat == "retire"


def ensemble(*gestes: Any) -> list[Any]:
    """Every act at the same moment, each on its own connection; their answers in order."""
    barriere, reponses = threading.Barrier(len(gestes)), [None] * len(gestes)

    def agir(n: int, geste: Any) -> None:
        try:
            barriere.wait()
            reponses[n] = geste()
        finally:
            connections.close_all()

    fils = [threading.Thread(target=agir, args=(n, geste)) for n, geste in enumerate(gestes)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return list(reponses)


@pytest.mark.preuve(
    "Rendez-vous : deux personnes au même créneau, deux onglets : un seul est pris, d'autres sont proposés",
    systemes=("S16",),
)
def test_two_persons_and_two_tabs_at_once_take_one_appointment(monde: dict[str, Any]) -> None:
    creneaux = [str(c.pk) for c in ouvrir_des_creneaux()]
    voisin = ecrans.autre_dossier("751", sauf=monde["dossier"])
    ecrans.ouvrir_un_compte(voisin, "un autre bien long secret")
    voisine, amina = ecrans.visiteur(), monde["amina"]
    ecrans.entrer(voisine, ecrans.numero_de(voisin.allocataire_id).en_clair(), "un autre bien long secret")
    nouveau = {
        "ancien": "un autre bien long secret",
        "nouveau": "un tout autre secret",
        "confirmation": "un tout autre secret",
    }
    assert voisine.post("/mot-de-passe/", nouveau).status_code == 302

    envois = [saisie(client, PRENDRE, creneau=creneaux[0]) for client in (amina, voisine)]
    reponses = ensemble(lambda: amina.post(PRENDRE, envois[0]), lambda: voisine.post(PRENDRE, envois[1]))
    assert sorted(r.status_code for r in reponses) == [302, 422]
    refus = next(r for r in reponses if r.status_code == 422)
    assert "Ce créneau vient d'être pris. Choisissez-en un autre." in texte(refus)
    assert creneaux[0] not in refus.content.decode()
    assert creneaux[1] in refus.content.decode()
    assert RendezVous.objects.using("proprietaire").count() == 1
    qui, perdante = (amina, voisine) if reponses[0].status_code == 302 else (voisine, amina)
    adresse = PRENDRE.replace("droits", "dette")
    onglets = [saisie(qui, adresse, creneau=c) for c in creneaux[1:]]
    reponses = ensemble(lambda: qui.post(adresse, onglets[0]), lambda: qui.post(adresse, onglets[1]))
    assert sorted(r.status_code for r in reponses) == [302, 422]
    refus = next(r for r in reponses if r.status_code == 422)
    assert "déjà un rendez-vous à venir pour ce motif" in texte(refus)
    assert RendezVous.objects.using("proprietaire").count() == 2
    le_leur = RendezVous.objects.using("proprietaire").first()
    assert perdante.post(f"{MIENS}{le_leur.pk}/annuler/").status_code == 404


def test_the_database_itself_refuses_two_appointments_in_one(monde: dict[str, Any]) -> None:
    tenu = RendezVous.objects.using("proprietaire").get(pk=prendre_un_rendez_vous())
    autre = ouvrir_des_creneaux(5)[0]
    for change in (
        {"motif": "dette"},  # the same slot
        {"creneau_id": autre.pk, "debut": autre.debut, "fin": autre.fin},  # the same motive
        {"creneau_id": autre.pk, "motif": "dette"},  # the same hour
        {"creneau_id": autre.pk, "motif": "dette", "debut": autre.debut, "fin": autre.debut},  # ends as it starts
    ):
        with pytest.raises(IntegrityError):
            RendezVous.objects.using("proprietaire").create(
                **{c: v for c, v in vars(tenu).items() if not c.startswith("_")}
                | {"id": uuid.uuid4(), "telephone_chiffre": None}
                | change
            )
    assert RendezVous.objects.using("proprietaire").count() == 1


@pytest.mark.preuve(
    "Rendez-vous par téléphone : numéro chiffré, montré à l'agent, effacé ; venu ou absent sans conséquence",
    systemes=("S16",),
)
def test_the_number_to_call_is_encrypted_shown_and_erased(monde: dict[str, Any]) -> None:
    ouvrir_des_creneaux(mode="telephone", lieu="")
    amina = monde["amina"]
    sans = amina.post(PRENDRE, saisie(amina, PRENDRE, creneau=creneaux_offerts(amina)[0], telephone="12"))
    assert sans.status_code == 422
    assert "La Caf vous appelle à ce numéro" in texte(sans)
    assert 'value="12"' in sans.content.decode()
    avec = saisie(amina, PRENDRE, creneau=creneaux_offerts(amina)[0], telephone=TELEPHONE)
    assert amina.post(PRENDRE, avec).status_code == 302
    pris = le_rendez_vous()
    assert b"99001234" not in bytes(pris.telephone_chiffre)
    page = page_agent(pris.pk)
    assert f"appeler le {TELEPHONE}" in texte(monde["agent"].get(page))
    assert "n'a pas encore eu lieu" in texte(monde["agent"].post(page, {"acte": "absent"}))
    assert le_rendez_vous().etat == "pris"
    passer(pris.pk)
    assert amina.post(f"{MIENS}{pris.pk}/annuler/").status_code == 302
    assert le_rendez_vous().etat == "pris"  # its hour has passed: nothing to cancel any more
    for acte in ("absent", "venu", "absent"):  # corrected
        assert monde["agent"].post(page, {"acte": acte}).status_code == 302
    note = RendezVous.objects.using("proprietaire").get()
    assert (note.etat, note.telephone_chiffre) == ("absent", None)
    assert "aucun droit n'en dépend" in texte(amina.get(MIENS))
    assert (
        amina.post(PRENDRE, saisie(amina, PRENDRE, creneau=creneaux_offerts(amina)[0], telephone=TELEPHONE)).status_code
        == 302
    )


def test_the_caf_cancels_with_a_reason_that_is_told_without_content(presents: dict[str, Any], boite: Any) -> None:
    agent, odile = protecteurs.installer(presents)
    odile = protecteurs.agir(odile)
    creneaux = ouvrir_des_creneaux()
    avant = len(boite.recus)
    assert odile.post(PRENDRE, saisie(odile, PRENDRE, creneau=str(creneaux[0].pk))).status_code == 302
    assert [r.sujet for r in boite.recus][avant:] == [
        "Un acte a été fait en votre nom dans Mon Compte", "Vous avez agi pour une autre personne dans Mon Compte",
    ]  # fmt: skip
    pris = le_rendez_vous()
    _, personne = ecrans.fiche_d_amina()
    assert pris.personne_id == personne != pris.redacteur_id
    page = page_agent(pris.pk)
    assert "Pris par son protecteur, en son nom" in texte(agent.get(page))
    assert agent.post(page, {"acte": "annuler"}).status_code == 422
    assert le_rendez_vous().pk == pris.pk
    assert agent.post(page, {"acte": "annuler", "raison": "agent"}).status_code == 302
    assert tous() == {"ann_caf": "retire"}
    assert [r.sujet for r in boite.recus][avant + 2 :] == ["Votre Caf a annulé un rendez-vous"] * 2
    assert not [s for r in list(boite.recus)[avant:] for s in SECRETS if s in r.texte + r.sujet]
    amina = ecrans.allocataire(presents)
    assert "annulé par votre Caf, l'agent ne peut pas être là" in texte(amina.get(MIENS))


@pytest.mark.preuve(
    "Rappel de rendez-vous : un seul, la veille, sans contenu ; lot tué puis repris ; rien au protecteur sans pouvoir",
    systemes=("S16",),
)
def test_mc_058_a_reminder_leaves_once_even_when_the_run_is_killed(presents: dict[str, Any], boite: Any) -> None:
    from limpide.identite import suivi_contacts
    from limpide.identite.models import AccesProtecteur

    _, odile = protecteurs.installer(presents)
    odile = protecteurs.agir(odile)
    creneaux = ouvrir_des_creneaux(1)
    odile.post(PRENDRE, saisie(odile, PRENDRE, creneau=str(creneaux[0].pk)))
    prendre_un_rendez_vous("dette", 4)
    _, personne = ecrans.fiche_d_amina()
    protecteur = RendezVous.objects.using("proprietaire").exclude(redacteur_id=personne).get().redacteur_id
    jour = timezone.localdate()
    assert rappels.rappeler(jour, executer=False) == 1
    assert not MessageContact.objects.using("proprietaire").filter(objet="rappel").exists()
    mourir_avant_la_fin(jour)
    assert not MessageContact.objects.using("proprietaire").filter(objet="rappel").exists()
    assert not RendezVous.objects.using("proprietaire").filter(rappel_le__isnull=False).exists()
    assert [rappels.rappeler(jour, executer=True) for _ in range(2)] == [1, 0]
    avertis = MessageContact.objects.using("proprietaire").filter(objet="rappel").values_list("personne_id", flat=True)
    assert sorted(avertis) == sorted([personne, protecteur])
    avant = len(boite.recus)
    for _ in range(2):
        suivi_contacts.envoyer(executer=True)
    recus = list(boite.recus)[avant:]
    assert [r.sujet for r in recus] == ["Rappel : un rendez-vous avec la Caf approche"] * 2
    assert not [s for r in recus for s in SECRETS if s in r.texte + r.sujet]

    RendezVous.objects.using("proprietaire").update(rappel_le=None)
    MessageContact.objects.using("proprietaire").filter(objet="rappel").delete()
    AccesProtecteur.objects.using("proprietaire").update(etat="ferme", ferme_le=timezone.now(), ferme_par="Essai")
    assert rappels.rappeler(jour + dt.timedelta(days=3), executer=True) == 2
    avertis = MessageContact.objects.using("proprietaire").filter(objet="rappel").values_list("personne_id", flat=True)
    assert protecteur not in avertis
    perime = MessageContact.objects.using("proprietaire").filter(objet="rappel")
    perime.update(prepare_le=timezone.now() - dt.timedelta(hours=25))
    assert suivi_contacts.envoyer(executer=True).partis == 0  # « aujourd'hui ou demain » is no more true


def mourir_avant_la_fin(jour: dt.date) -> None:
    """The server closes the connection of the run between the mark and the messages, as when a machine stops."""
    import os
    import signal

    fils = os.fork()
    if fils == 0:
        connections.close_all()
        vraie = rappels.contacts.preparer_un_avis

        def fatale(*arguments: Any) -> Any:
            vraie(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)

        rappels.contacts.preparer_un_avis = fatale
        rappels.rappeler(jour, executer=True)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(fils, 0)[1]) == -signal.SIGKILL
    connections.close_all()


def test_a_number_nobody_erased_goes_after_a_week(monde: dict[str, Any]) -> None:
    cle = prendre_un_rendez_vous(mode="telephone", lieu="")
    passer(cle)
    assert rappels.effacer_les_numeros(executer=True) == 0
    RendezVous.objects.using("proprietaire").filter(pk=cle).update(
        pris_le=timezone.now() - dt.timedelta(days=20), debut=timezone.now() - dt.timedelta(days=9),
        fin=timezone.now() - dt.timedelta(days=8),
    )  # fmt: skip
    assert [rappels.effacer_les_numeros(executer=e) for e in (False, True, True)] == [1, 1, 0]
    assert RendezVous.objects.using("proprietaire").get().telephone_chiffre is None


@pytest.mark.preuve(
    "Rendez-vous : ni la loi, ni le paiement, ni le contrôle ne lisent qui n'est pas venu", systemes=("S16",)
)
def test_no_calculation_nor_control_may_read_who_did_not_come() -> None:
    lecteurs = {
        t.cle: t.systeme
        for t in registre().traitements.values()
        for verbes in (t.lire, t.creer, t.modifier)
        if {"relation.RendezVous", "relation.Creneau"} & set(verbes)
    }
    siens = {"mes_rendez_vous": "S16", "agenda_rendez_vous": "S16", "avis_rendez_vous": "S16"}
    registre_seul = {"cycle_conservation": "S43", "purge_conservation": "S43", "reponse_droit_acces": "S44"}
    assert lecteurs == siens | registre_seul
