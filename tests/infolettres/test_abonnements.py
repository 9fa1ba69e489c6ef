"""Subscriptions: made at the opening, left in one click without login, changed in Mon Compte (MC-060 to MC-062)."""

import html
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from limpide.identite.models import MessageContact, PointDeContact
from limpide.infolettres import abonnements, envoi
from limpide.infolettres.models import Abonnement
from limpide.monde.messagerie import Messagerie
from limpide.registre.contexte import SYSTEME, HorsRegistre, traitement
from tests.banc import ecrans

from .fabrique import envoyer, lien_de_sortie, rediger, valider

ICI = "/mon-compte/lettres/"


def siens(personne: int, **filtres: Any) -> list[Abonnement]:
    return list(Abonnement.objects.using("proprietaire").filter(personne_id=personne, **filtres).order_by("portee"))


@pytest.mark.preuve("Lettres : ouvrir Mon Compte abonne, une fois, au titre de la mission", systemes=("S41",))
def test_mc_060_opening_the_space_subscribes_to_both_lists_on_the_mission_of_public_interest(
    presents: dict[str, Any], boite: Messagerie
) -> None:
    _, amina = ecrans.fiche_d_amina()
    PointDeContact.objects.using("proprietaire").filter(personne_id=amina).delete()
    client = ecrans.allocataire(presents)
    client.post("/mon-compte/coordonnees/", {"acte": "courriel", "valeur": "amina@exemple.test"})
    assert siens(amina) == [], "given isn't confirmed: the space isn't open"
    point = PointDeContact.objects.using("proprietaire").get(personne_id=amina)
    code = boite.dernier("amina@exemple.test").texte.split("Votre code : ")[1][:6]
    fini = client.post("/mon-compte/coordonnees/", {"acte": "code", "point": str(point.pk), "code": code}, follow=True)
    page = html.unescape(fini.content.decode())
    assert "Vous voici abonné aux lettres d'information" in page
    assert [(a.portee, a.fondement, a.origine) for a in siens(amina)] == [
        ("locale", "mission d'intérêt public", "ouverture"),
        ("nationale", "mission d'intérêt public", "ouverture"),
    ]
    assert "au titre de la mission d'intérêt public" in html.unescape(client.get(ICI).content.decode())


def test_mc_060_accounts_that_opened_before_are_subscribed_by_the_day_and_who_left_is_not_taken_back(
    presents: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    _, amina = ecrans.fiche_d_amina()
    call_command("infolettres", "abonner")
    assert siens(amina) == []
    call_command("infolettres", "abonner", "--executer")
    assert len(siens(amina)) == 2
    client = ecrans.allocataire(presents)
    client.post(ICI, {"acte": "desabonner", "portee": "nationale"})
    call_command("infolettres", "abonner", "--executer")
    assert [a.portee for a in siens(amina, desabonne_le=None)] == ["locale"]
    assert "0 compte(s) abonnés" in capsys.readouterr().out.splitlines()[-1]


def test_a_ground_other_than_the_mission_is_refused_by_the_database(presents: dict[str, Any], abonnes: int) -> None:
    _, amina = ecrans.fiche_d_amina()
    with pytest.raises(IntegrityError, match="abonnement_fonde_et_date"), transaction.atomic("proprietaire"):
        Abonnement.objects.using("proprietaire").filter(personne_id=amina).update(fondement="consentement")


@pytest.mark.preuve("Lettres : désabonnement en un clic, sans se connecter, dès l'envoi suivant", systemes=("S41",))
def test_mc_061_the_link_unsubscribes_without_login_once_for_all_and_from_the_next_letter(
    presents: dict[str, Any], habilites: None, abonnes: int, boite: Messagerie
) -> None:
    envoyer()
    recu = boite.recus[-1]
    sortie = lien_de_sortie(recu)
    assert recu.entetes["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sortie in recu.texte
    assert f'href="https://caf.exemple.test{sortie}"' in recu.html
    avant = len(boite.recus)

    # A program that checks links opens them: nothing happens. Nobody is named on the page.
    curieux = Client(enforce_csrf_checks=True)
    page = curieux.get(sortie).content.decode()
    assert "Me désabonner" in page
    assert recu.vers not in page
    assert Abonnement.objects.using("proprietaire").exclude(desabonne_le=None).count() == 0

    # The mailbox's own button: no cookie, no token of a form (RFC 8058). Twice has one effect.
    for _ in range(2):
        reponse = curieux.post(sortie, {"List-Unsubscribe": "One-Click"})
        assert (reponse.status_code, "ne recevez plus ces lettres" in reponse.content.decode()) == (200, True)
    quitte = Abonnement.objects.using("proprietaire").exclude(desabonne_le=None).get()
    assert (quitte.portee, quitte.sortie) == ("nationale", "un_clic")

    envoyer(rediger(sujet="La suivante"))
    assert recu.vers not in {r.vers for r in list(boite.recus)[avant:]}
    assert len(boite.recus) - avant == avant - 1


def test_mc_061_the_visible_link_is_a_page_with_one_button(
    presents: dict[str, Any], habilites: None, abonnes: int, boite: Messagerie
) -> None:
    envoyer()
    sortie = lien_de_sortie(boite.recus[-1])
    reponse = Client().post(sortie, {"acte": "desabonner"}, follow=True)
    assert "Vous ne recevez plus ces lettres" in reponse.content.decode()
    assert Abonnement.objects.using("proprietaire").exclude(desabonne_le=None).get().sortie == "lien"


@pytest.mark.parametrize("jeton", ["A" * 43, "court", "é" * 43, "..%2f..", "A" * 44])
def test_a_token_that_is_nobody_s_opens_nothing(presents: dict[str, Any], abonnes: int, jeton: str) -> None:
    for methode in ("get", "post"):
        assert getattr(Client(), methode)(f"/lettres/desabonnement/{jeton}/").status_code == 404
    assert Abonnement.objects.using("proprietaire").exclude(desabonne_le=None).count() == 0


def test_the_token_tells_of_nobody_and_the_database_does_not_give_it(presents: dict[str, Any], abonnes: int) -> None:
    from django.db import connections

    jetons = [a.jeton.en_clair() for a in Abonnement.objects.using("proprietaire").all()]
    assert len(set(jetons)) == len(jetons) == abonnes * 2
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT string_agg(a::text, ' ') FROM infolettres_abonnement a")
        brut = curseur.fetchone()[0]
    assert not [j for j in jetons if j in brut or j.encode().hex() in brut]


def test_mc_062_leaving_the_letters_stops_no_message_of_the_file(
    presents: dict[str, Any], abonnes: int, boite: Messagerie
) -> None:
    client = ecrans.allocataire(presents)
    for portee in ("nationale", "locale"):
        client.post(ICI, {"acte": "desabonner", "portee": portee})
    assert (
        "Ne plus recevoir ces lettres n'arrête pas les messages sur votre dossier" in client.get(ICI).content.decode()
    )
    client.post("/mon-compte/coordonnees/", {"acte": "courriel", "valeur": "amina.neuve@exemple.test"})
    assert boite.dernier("amina.neuve@exemple.test").sujet == "Votre code pour Mon Compte"
    assert MessageContact.objects.using("proprietaire").latest("prepare_le").categorie == "dossier"


def test_in_mon_compte_leaving_and_coming_back_take_one_button_each(presents: dict[str, Any], abonnes: int) -> None:
    _, amina = ecrans.fiche_d_amina()
    client = ecrans.allocataire(presents)
    premier = siens(amina, portee="locale")[0]
    client.post(ICI, {"acte": "desabonner", "portee": "locale"})
    client.post(ICI, {"acte": "desabonner", "portee": "locale"})
    assert "Les recevoir" in client.get(ICI).content.decode()
    client.post(ICI, {"acte": "abonner", "portee": "locale"})
    client.post(ICI, {"acte": "abonner", "portee": "locale"})
    ancien, nouveau = sorted(siens(amina, portee="locale"), key=lambda a: a.abonne_le)
    assert (ancien.pk, ancien.sortie, nouveau.origine, nouveau.desabonne_le) == (
        premier.pk, "mon_compte", "mon_compte", None,
    )  # fmt: skip
    # The link of a letter received before still leads out of the list.
    Client().post(f"/lettres/desabonnement/{ancien.jeton.en_clair()}/", {"acte": "desabonner"})
    assert siens(amina, portee="locale", desabonne_le=None) == []


@pytest.mark.parametrize(
    "saisie", [{}, {"acte": "abonner", "portee": "autre"}, {"acte": "effacer", "portee": "locale"}]
)
def test_anything_else_posted_changes_nothing(presents: dict[str, Any], abonnes: int, saisie: dict[str, str]) -> None:
    client = ecrans.allocataire(presents)
    avant = list(Abonnement.objects.using("proprietaire").order_by("pk").values())
    assert client.post(ICI, saisie).status_code == 302
    assert list(Abonnement.objects.using("proprietaire").order_by("pk").values()) == avant


def test_mc_065_mc_066_precautions_and_forbidden_uses_are_said_where_one_subscribes(
    presents: dict[str, Any], abonnes: int
) -> None:
    page = ecrans.allocataire(presents).get(ICI).content.decode()
    assert "Prenez toutes les précautions pour que vous seul lisiez ces messages" in page
    assert "à des fins illicites, ou contraires aux" in page
    assert "l'accès peut être suspendu" in page


def test_a_local_letter_goes_to_the_allocataires_of_its_caf_only(
    presents: dict[str, Any], habilites: None, boite: Messagerie
) -> None:
    from limpide.identite.models import Affiliation

    nord = ecrans.autre_dossier("591")
    ecrans.ouvrir_un_compte(nord)
    assert abonnements.rattraper(executer=True) > 1
    _valider_a_deux(rediger("locale"))
    assert envoi.envoyer(executer=True).partis == len(boite.recus) > 0
    vers = {r.vers for r in boite.recus}
    points = PointDeContact.objects.using("proprietaire").filter(genre="courriel")
    recus = {p.personne_id for p in points if p.valeur.en_clair() in vers}
    cafs = Affiliation.objects.using("proprietaire").filter(personne_id__in=recus, qualite="demandeur")
    assert set(cafs.values_list("organisme_id", flat=True)) == {"751"}
    assert nord.allocataire_id not in recus


def _valider_a_deux(lettre: Any) -> None:
    """A local letter is validated by a colleague of the same Caf."""
    import datetime as dt

    from django.utils import timezone

    from limpide.identite.comptes import creer_compte_agent
    from limpide.identite.models import Organisme
    from limpide.infolettres import redaction

    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        creer_compte_agent("agent.second", Organisme(pk="751"), "Second", ecrans.MOT_DE_PASSE)
    redaction.habiliter("agent.second", "locale", "Décision n° 6", timezone.localdate() + dt.timedelta(days=9))
    valider(lettre, "agent.second")


@pytest.mark.parametrize("cle", ["redaction_infolettres", "recherche_dossier"])
def test_no_processing_of_an_agent_reads_who_is_subscribed(presents: dict[str, Any], abonnes: int, cle: str) -> None:
    from limpide.registre.contexte import Acteur

    with (
        pytest.raises(HorsRegistre),
        traitement(cle, acteur=Acteur("agent", 1, "Caf 751"), motif="Essai", organisme="751"),
    ):
        list(Abonnement.objects.all())


@pytest.mark.parametrize("quitte", [True, False])
def test_an_exit_follows_a_duplicate_to_the_person_kept(presents: dict[str, Any], abonnes: int, quitte: bool) -> None:
    from limpide.identite.models import Reunion
    from limpide.registre.contexte import Acteur

    _, gardee = ecrans.fiche_d_amina()
    doublon = ecrans.autre_dossier("751", sauf=ecrans.fiche_d_amina()[0]).allocataire_id
    acteur = Acteur("allocataire", 1, "Vous-même")
    with traitement(abonnements.MES_INFOLETTRES, acteur=acteur, motif="Essai", personne=doublon):
        abonnements.a_l_ouverture(doublon)
        if quitte:
            abonnements.desabonner(doublon, "nationale", "lien")
    (ancien,) = siens(doublon, portee="nationale")
    Reunion.objects.using("proprietaire").create(doublon_id=doublon, gardee_id=gardee, agent=1)
    for _ in range(2):
        abonnements.rattraper(executer=True)
    assert siens(doublon) == []
    assert [a.portee for a in siens(gardee, desabonne_le=None)] == (["locale"] if quitte else ["locale", "nationale"])
    assert siens(gardee, pk=ancien.pk)[0].jeton == ancien.jeton, "the link of an old letter still opens"
