"""The indicator of who agreed: counted once, seen by nobody in a file, shown in sums, erased (MC-063)."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from limpide.identite.models import MessageContact, PointDeContact
from limpide.infolettres import reception
from limpide.infolettres.models import (
    SEUIL,
    AccordReception,
    Infolettre,
    OuverturesDuJour,
    ReceptionInfolettre,
)
from limpide.monde.messagerie import Messagerie
from limpide.registre.collecte import registre
from limpide.registre.contexte import Acteur, HorsRegistre, traitement
from limpide.registre.models import LigneJournal
from tests.banc import ecrans

from .conftest import REDACTRICE
from .fabrique import abonner_des_voisins, accepter, envoyer, image_de, lien_de_sortie, par, rediger

ICI = "/mon-compte/lettres/"
P = "proprietaire"


@pytest.mark.preuve(
    "Lettres : l'indicateur n'existe que chez qui l'accepte ; le dossier n'en voit rien", systemes=("S41", "S46")
)
def test_mc_063_the_indicator_is_in_letters_of_who_agreed_only_and_counts_once(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    accordee, _autre = abonner_des_voisins(2)
    accepter([accordee])
    lettre, _ = envoyer()
    suivie = boite.dernier("voisin.0@exemple.test")
    assert image_de(boite.dernier("voisin.1@exemple.test")) == ""
    assert "Vous avez accepté que cette lettre dise" in suivie.texte
    image = image_de(suivie)
    journal = LigneJournal.objects.using(P).filter(traitement="reception_infolettres")
    for _ in range(2):
        vue = Client().get(image)
        assert (vue.status_code, vue["Content-Type"], vue.content[:3], vue.cookies) == (200, "image/gif", b"GIF", {})
    assert "no-store" in vue["Cache-Control"]
    assert Client().get("/lettres/reception/" + "A" * 43 + ".gif").content == vue.content, (
        "an unknown one answers the same"
    )
    ligne = ReceptionInfolettre.objects.using(P).get()
    assert (ligne.personne_id, ligne.ouverte_le) == (accordee, timezone.localdate())
    somme = OuverturesDuJour.objects.using(P).get()
    assert (somme.infolettre_id, somme.ouvertures) == (lettre.pk, 1)
    assert journal.count() == 0, "the second of a reading is nowhere"


def test_mc_063_no_agent_s_processing_declares_the_openings_of_a_person_and_the_database_refuses_them() -> None:
    lecteurs = {
        t.cle
        for t in registre().traitements.values()
        for verbe in (t.lire, t.creer, t.modifier)
        if "infolettres.ReceptionInfolettre" in verbe and {"agent", "partenaire"} & set(t.genres)
    }
    assert lecteurs == set()
    a_revoir = {
        t.cle
        for t in registre().traitements.values()
        if "a_verifier_le" in t.lire.get("identite.PointDeContact", ()) and "agent" in t.genres
    }
    assert a_revoir == set(), "nor what is deduced from them"


def test_mc_063_an_agent_with_the_file_open_reads_no_opening(presents: dict[str, Any], habilites: None) -> None:
    for cle in ("redaction_infolettres", "recherche_dossier"):
        acteur = Acteur("agent", 1, "Caf 751")
        with pytest.raises(HorsRegistre), traitement(cle, acteur=acteur, motif="Essai", organisme="751"):
            list(ReceptionInfolettre.objects.all())


def test_mc_063_withdrawing_in_mon_compte_or_by_the_link_erases_what_was_noted(
    presents: dict[str, Any], habilites: None, abonnes: int, boite: Messagerie
) -> None:
    _, amina = ecrans.fiche_d_amina()
    client = ecrans.allocataire(presents)
    adresse = PointDeContact.objects.using(P).get(personne_id=amina).valeur.en_clair()
    for retirer in (
        lambda: client.post(ICI, {"acte": "refuser"}),
        lambda: Client().post(lien_de_sortie(boite.dernier(adresse)), {"acte": "accord"}),
    ):
        assert "Ne rien choisir, c'est refuser" in client.get(ICI).content.decode()
        client.post(ICI, {"acte": "accepter"})
        envoyer(rediger())
        image = image_de(boite.dernier(adresse))
        Client().get(image)
        assert ReceptionInfolettre.objects.using(P).get(personne_id=amina).ouverte_le
        retirer()
        assert ReceptionInfolettre.objects.using(P).filter(personne_id=amina).count() == 0
        assert Client().get(image).status_code == 200, "the letter still reads the same"
        assert OuverturesDuJour.objects.using(P).latest("pk").ouvertures == 1, "a sum tells of nobody"
        assert AccordReception.objects.using(P).filter(personne_id=amina, retire_le=None).count() == 0
    envoyer(rediger())
    assert image_de(boite.dernier(adresse)) == ""


def ouvrir(boite: Messagerie, combien: int, jour: dt.date) -> None:
    """So many of the followed letters, not opened yet, are displayed that day."""
    images = [re.findall(r"reception/([\w-]+)\.gif", r.html)[0] for r in boite.recus if "<img" in r.html]
    assert sum(reception.noter(i, jour) for i in images[:combien]) <= combien


def interet(lettre: Infolettre) -> reception.Interet:
    with par(REDACTRICE):
        return reception.interet(Infolettre.objects.get(pk=lettre.pk))


def test_mc_063_few_openings_are_never_shown_and_days_are_joined_until_they_are_many(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    accepter(abonner_des_voisins(25))
    lettre, _ = envoyer()
    jour = timezone.localdate()
    assert lettre.suivis == 25
    ouvrir(boite, 4, jour)
    assert (interet(lettre).dit, interet(lettre).tranches) == ("Moins de 10 lettres affichées, sur 25 suivies.", ())
    ouvrir(boite, 8, jour + dt.timedelta(days=1))
    ouvrir(boite, 13, jour + dt.timedelta(days=2))
    ouvrir(boite, 15, jour + dt.timedelta(days=3))
    vu = interet(lettre)
    assert vu.dit == "15 lettres affichées, sur 25 suivies."
    assert vu.tranches == ((jour, jour + dt.timedelta(days=3), 15),), "no group is under the threshold"
    ouvrir(boite, 25, jour + dt.timedelta(days=4))
    assert (interet(lettre).dit, interet(lettre).tranches) == ("Plus de 15 lettres affichées, sur 25 suivies.", ())


def test_mc_063_under_the_threshold_the_database_itself_gives_an_agent_no_sum(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    accepter(abonner_des_voisins(SEUIL - 1))
    lettre, _ = envoyer()
    ouvrir(boite, 5, timezone.localdate())
    with par(REDACTRICE):
        assert list(OuverturesDuJour.objects.all()) == []
    assert "Trop peu de lecteurs" in interet(lettre).dit
    Infolettre.objects.using(P).filter(pk=lettre.pk).update(suivis=SEUIL)
    with par(REDACTRICE):
        assert OuverturesDuJour.objects.get().ouvertures == 5


def test_the_writer_s_page_has_the_chart_and_the_same_table(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    accepter(abonner_des_voisins(24))
    lettre, _ = envoyer()
    ouvrir(boite, 12, timezone.localdate())
    page = ecrans.agent(presents).get(f"/agent/lettres/{lettre.pk}/").content.decode()
    assert "12 lettres affichées, sur 24 suivies." in page
    assert page.count('<rect x="') == 1
    assert '<td class="fr-cell--right">12</td>' in page
    assert "voisin." not in page


def test_the_row_policy_and_the_page_have_one_threshold() -> None:
    assert f"i.suivis >= {SEUIL} " in OuverturesDuJour.perimetres["organisme"]


def trois_lettres(boite: Messagerie) -> None:
    """Three letters sent, forty days ago or more."""
    for n in range(reception.LETTRES_SANS_OUVERTURE):
        envoyer(rediger(sujet=f"Lettre {n}"))
    for n, ligne in enumerate(ReceptionInfolettre.objects.using(P).order_by("infolettre_id")):
        ligne.suivi_le = timezone.now() - dt.timedelta(days=60, minutes=-n)
        ligne.save(using=P, update_fields=["suivi_le"])


@pytest.mark.preuve(
    "Lettres : une adresse muette est demandée à la personne, sans que l'agent le sache", systemes=("S41",)
)
def test_mc_063_after_three_letters_unopened_the_person_is_asked_once_and_the_answer_is_believed(
    presents: dict[str, Any], habilites: None, abonnes: int, boite: Messagerie
) -> None:
    _, amina = ecrans.fiche_d_amina()
    accepter([amina, *abonner_des_voisins(2)])
    trois_lettres(boite)
    # One of the neighbours opened the last one.
    derniere = ReceptionInfolettre.objects.using(P).exclude(personne_id=amina).latest("suivi_le")
    ReceptionInfolettre.objects.using(P).filter(pk=derniere.pk).update(ouverte_le=timezone.localdate())
    call_command("infolettres", "tenir")
    assert PointDeContact.objects.using(P).exclude(a_verifier_le=None).count() == 0
    PointDeContact.objects.using(P).update(confirme_le=timezone.now() - dt.timedelta(days=300))
    for _ in range(2):
        call_command("infolettres", "tenir", "--executer")
    marques = PointDeContact.objects.using(P).exclude(a_verifier_le=None)
    assert set(marques.values_list("personne_id", flat=True)) >= {amina}
    assert marques.count() == 2
    assert MessageContact.objects.using(P).filter(objet="silence").count() == 2
    call_command("coordonnees", "envoyer", "--executer")
    adresse = PointDeContact.objects.using(P).get(personne_id=amina)
    assert boite.dernier(adresse.valeur.en_clair()).sujet.endswith("recevez-vous nos lettres ?")

    client = ecrans.allocataire(presents)
    assert "Nos dernières lettres ne semblent pas arriver" in client.get("/mon-compte/coordonnees/").content.decode()
    client.post("/mon-compte/coordonnees/", {"acte": "toujours", "point": str(adresse.pk)})
    call_command("infolettres", "tenir", "--executer")
    adresse.refresh_from_db()
    assert adresse.a_verifier_le is None
    assert "ne semblent pas arriver" not in client.get("/mon-compte/coordonnees/").content.decode()
    agent = ecrans.ouvrir(ecrans.agent(presents), ecrans.fiche_d_amina()[0])
    assert "lettre" not in agent.get("/agent/coordonnees/").content.decode().split("<main")[1].lower()


def test_mc_063_opening_data_goes_after_six_months(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    accepter(abonner_des_voisins(2))
    envoyer()
    ancienne = ReceptionInfolettre.objects.using(P).earliest("pk")
    ReceptionInfolettre.objects.using(P).filter(pk=ancienne.pk).update(suivi_le=timezone.now() - dt.timedelta(days=190))
    call_command("conservation", "archiver", "--executer")
    assert ReceptionInfolettre.objects.using(P).filter(pk=ancienne.pk).count() == 0
    assert ReceptionInfolettre.objects.using(P).count() == 1
