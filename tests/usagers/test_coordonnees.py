"""Points of contact (MC-053 to MC-059), with a real SMTP server and the text messages over HTTP."""

import datetime as dt
import html
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from limpide.courriers.expedition import CATEGORIES, CategorieRefusee, Message
from limpide.identite import contacts, suivi_contacts
from limpide.identite.models import Compte, MessageContact, PointDeContact
from limpide.monde.messagerie import REFUS, Messagerie
from limpide.registre.contexte import SYSTEME, Acteur, HorsRegistre, traitement
from tests.banc import ecrans

ICI = "/mon-compte/coordonnees/"
ADRESSE, AUTRE, MOBILE = "amina.demo@exemple.test", "amina.autre@exemple.test", "06 12 34 56 78"


@pytest.fixture
def sans_contact(base: None) -> dict[str, Any]:
    """Accounts that accepted the terms and gave nothing yet."""
    presents = ecrans.peupler(8, ())
    PointDeContact.objects.using("proprietaire").all().delete()
    return presents


@pytest.fixture
def client(sans_contact: dict[str, Any], boite: Messagerie) -> Client:
    return ecrans.allocataire(sans_contact)


def donner(client: Client, genre: str, valeur: str, **options: Any) -> Any:
    return client.post(ICI, {"acte": genre, "valeur": valeur}, **options)


def attendu(genre: str = "courriel") -> PointDeContact:
    points = PointDeContact.objects.using("proprietaire")
    trouve: PointDeContact = points.get(genre=genre, confirme_le=None, retire_le=None)
    return trouve


def agir(client: Client, acte: str, point: uuid.UUID, **saisie: str) -> Any:
    return client.post(ICI, {"acte": acte, "point": str(point), **saisie})


def code_de(boite: Messagerie, vers: str) -> str:
    return re.findall(r"\b\d{6}\b", boite.dernier(vers).texte)[0]


def confirmer(client: Client, boite: Messagerie, genre: str, valeur: str, vers: str = "") -> Any:
    donner(client, genre, valeur)
    return agir(client, "code", attendu(genre).pk, code=code_de(boite, vers or valeur))


def confirmes() -> set[str]:
    points = PointDeContact.objects.using("proprietaire").filter(confirme_le__isnull=False, retire_le=None)
    return {p.valeur.en_clair() for p in points}


def voisin() -> Client:
    """Another citizen, whose account has accepted the terms and given nothing."""
    dossier = ecrans.autre_dossier("751", sauf=ecrans.fiche_d_amina()[0])
    numero = ecrans.numero_de(dossier.allocataire_id)
    from limpide.identite.comptes import creer_compte_allocataire
    from limpide.identite.models import Personne

    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        creer_compte_allocataire(Personne(pk=dossier.allocataire_id), numero, ecrans.MOT_DE_PASSE)
    Compte.objects.using("proprietaire").update(mot_de_passe_a_changer=False)
    ecrans.accepter_les_conditions()
    client = ecrans.visiteur()
    ecrans.entrer(client, numero.en_clair())
    return client


@pytest.mark.preuve("Coordonnées : Mon Compte ne s'ouvre pas sans adresse ou mobile confirmé", systemes=("S39",))
def test_mc_053_the_space_opens_with_a_confirmed_address_or_mobile_and_one_of_the_two_is_enough(
    client: Client, boite: Messagerie
) -> None:
    assert client.get("/mon-compte/").headers["Location"] == ICI
    assert "il faut une adresse électronique ou un téléphone mobile" in client.get(ICI).content.decode()
    donner(client, "courriel", ADRESSE)
    assert client.get("/mon-compte/").headers["Location"] == ICI, "given is not confirmed"
    agir(client, "code", attendu().pk, code=code_de(boite, ADRESSE))
    assert client.get("/mon-compte/").status_code == 200
    point = PointDeContact.objects.using("proprietaire").get(confirme_le__isnull=False)
    refus = agir(client, "retirer", point.pk)
    assert "seule coordonnée confirmée" in client.get(refus.headers["Location"]).content.decode()
    confirmer(client, boite, "mobile", MOBILE, "+33612345678")
    agir(client, "retirer", point.pk)
    assert confirmes() == {"+33612345678"}
    assert client.get("/mon-compte/").status_code == 200


def _sans_ce_qui_change(page: Any) -> str:
    """The page without tokens, keys nor addresses."""
    return re.sub(r'value="[^"]*"|[0-9a-f-]{36}|\S+@\S+', "", html.unescape(page.content.decode()))


def test_mc_054_an_address_serves_one_account_whatever_its_writing_and_only_its_holder_learns_it(
    client: Client, boite: Messagerie
) -> None:
    confirmer(client, boite, "courriel", ADRESSE)
    autre = voisin()
    pris = _sans_ce_qui_change(donner(autre, "courriel", ADRESSE.upper(), follow=True))
    assert "Un code vient d'être envoyé" in pris
    arrive = ADRESSE.upper().replace("EXEMPLE.TEST", "exemple.test")
    refuse = agir(autre, "code", attendu().pk, code=code_de(boite, arrive))
    assert (refuse.status_code, "sert déjà à un autre compte" in refuse.content.decode()) == (422, True)
    assert _sans_ce_qui_change(donner(autre, "courriel", AUTRE, follow=True)) == pris
    assert len(confirmes()) == 1


def test_mc_054_the_same_mobile_written_otherwise_is_refused_to_a_second_account(
    client: Client, boite: Messagerie
) -> None:
    confirmer(client, boite, "mobile", "+33 6 12 34 56 78", "+33612345678")
    autre = voisin()
    donner(autre, "mobile", "06.12.34.56.78")
    refuse = agir(autre, "code", attendu("mobile").pk, code=code_de(boite, "+33612345678"))
    assert (refuse.status_code, confirmes()) == (422, {"+33612345678"})


def test_mc_055_an_address_counts_once_its_code_is_typed_and_five_wrong_ones_void_it(
    client: Client, boite: Messagerie
) -> None:
    donner(client, "courriel", ADRESSE)
    bon = code_de(boite, ADRESSE)
    faux = f"{(int(bon) + 1) % 1_000_000:06d}"
    point = attendu().pk
    for _ in range(contacts.CODES_FAUX - 1):
        page = agir(client, "code", point, code=faux)
        assert (page.status_code, "pas le code envoyé" in page.content.decode()) == (422, True)
        assert f'value="{faux}"' in page.content.decode(), "what was typed is kept"
    assert "plus valable" in agir(client, "code", point, code=faux).content.decode()
    assert "plus valable" in agir(client, "code", point, code=bon).content.decode()
    assert confirmes() == set()
    agir(client, "renvoyer", point)
    agir(client, "code", point, code=code_de(boite, ADRESSE))
    assert confirmes() == {ADRESSE}


def test_a_code_dies_after_a_quarter_of_an_hour_and_five_leave_in_an_hour(client: Client, boite: Messagerie) -> None:
    donner(client, "courriel", ADRESSE)
    PointDeContact.objects.using("proprietaire").update(code_jusqu_au=timezone.now() - dt.timedelta(seconds=1))
    assert "plus valable" in agir(client, "code", attendu().pk, code=code_de(boite, ADRESSE)).content.decode()
    for _ in range(contacts.CODES_PAR_HEURE - 1):
        agir(client, "renvoyer", attendu().pk)
    partis = len(boite.recus)
    page = donner(client, "mobile", MOBILE)
    assert (page.status_code, "Attendez une heure" in page.content.decode()) == (422, True)
    assert (partis, len(boite.recus)) == (contacts.CODES_PAR_HEURE, contacts.CODES_PAR_HEURE)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 500])
def test_what_is_no_code_is_refused_beside_its_field(client: Client, boite: Messagerie, code: str) -> None:
    donner(client, "courriel", ADRESSE)
    page = agir(client, "code", attendu().pk, code=code)
    assert page.status_code == 422
    assert f"{attendu().pk}-code" in page.content.decode()
    assert attendu().code_essais == 0


def test_mc_056_a_protected_person_and_who_protects_them_have_their_own_addresses(
    client: Client, boite: Messagerie
) -> None:
    """Whatever the link between two persons: an address confirmed by one is refused to the other's account."""
    protecteur = voisin()
    confirmer(protecteur, boite, "courriel", ADRESSE)
    donner(client, "courriel", ADRESSE)
    page = agir(client, "code", attendu().pk, code=code_de(boite, ADRESSE))
    assert "chacun a les siens" in page.content.decode()
    assert client.get("/mon-compte/").headers["Location"] == ICI
    assert "protégée et qui la protège ont chacune les leurs" in client.get(ICI).content.decode()


def vieillir(jours: int) -> None:
    avant = timezone.now() - dt.timedelta(days=jours)
    PointDeContact.objects.using("proprietaire").filter(confirme_le__isnull=False).update(confirme_le=avant)


def test_mc_057_after_a_year_the_person_is_asked_once_and_answers_in_one_click(
    client: Client, boite: Messagerie, capsys: pytest.CaptureFixture[str]
) -> None:
    confirmer(client, boite, "courriel", ADRESSE)
    assert "à vérifier" not in client.get("/mon-compte/").content.decode()
    vieillir(366)
    assert "Une de vos coordonnées est à vérifier" in client.get("/mon-compte/").content.decode()
    avant = len(boite.recus)
    call_command("coordonnees", "envoyer")
    assert len(boite.recus) == avant
    for _ in range(2):
        call_command("coordonnees", "envoyer", "--executer")
    assert [r.sujet for r in list(boite.recus)[avant:]] == [
        "Vos coordonnées dans Mon Compte : sont-elles toujours bonnes ?"
    ]
    point = PointDeContact.objects.using("proprietaire").get(confirme_le__isnull=False)
    assert "Est-ce toujours bon" in client.get(ICI).content.decode()
    agir(client, "toujours", point.pk)
    assert "à vérifier" not in client.get("/mon-compte/").content.decode()


@pytest.mark.preuve("Coordonnées : un message revenu se voit, la personne et l'agent savent", systemes=("S39",))
def test_mc_057_a_message_that_comes_back_marks_the_address_and_only_a_code_clears_it(
    client: Client, boite: Messagerie, tmp_path: Path
) -> None:
    confirmer(client, boite, "courriel", ADRESSE)
    vieillir(366)
    # From now on this mailbox sends everything back, as a closed account does.
    boite_fermee = "revient.amina@exemple.test"
    point = PointDeContact.objects.using("proprietaire").get(confirme_le__isnull=False)
    point.valeur = contacts.lire("courriel", boite_fermee)
    point.empreinte = contacts.empreinte("courriel", point.valeur)
    point.save(using="proprietaire", update_fields=["valeur_chiffre", "empreinte"])
    call_command("coordonnees", "envoyer", "--executer")
    (tmp_path / "1.eml").write_bytes(boite.rapports[-1])
    (tmp_path / "2.eml").write_bytes(b"Subject: bonjour\n\nrien a voir")
    for deja in (0, 1):
        with pytest.raises(CommandError, match="1 rapport"):
            call_command("coordonnees", "rejets", str(tmp_path))
        point.refresh_from_db()
        assert (point.rejete_le is not None, point.rejet, deja) == (True, "message revenu", deja)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["1.eml", "2.eml"], "nothing is lost"
    assert "Un message nous est revenu" in client.get(ICI).content.decode()
    assert "à vérifier" in client.get("/mon-compte/").content.decode()
    page = agir(client, "toujours", point.pk)
    assert "se confirme par un code" in client.get(page.headers["Location"]).content.decode()
    confirmer(client, boite, "courriel", ADRESSE)
    assert confirmes() == {ADRESSE}
    assert "à vérifier" not in client.get("/mon-compte/").content.decode()


@pytest.mark.parametrize(
    ("genre", "saisie"), [("courriel", "inconnue.personne@exemple.test"), ("mobile", "06 12 34 00 00")]
)
def test_an_address_refused_at_once_is_said_so(client: Client, boite: Messagerie, genre: str, saisie: str) -> None:
    page = donner(client, genre, saisie, follow=True).content.decode()
    assert "pas pu partir" in page
    assert "Le message nous est revenu" in page
    assert attendu(genre).rejete_le is not None


def test_a_relay_that_is_down_loses_nothing_and_another_code_can_be_asked(client: Client, boite: Messagerie) -> None:
    boite.pannes.extend(["451 4.3.0 Try again later"])
    page = donner(client, "courriel", ADRESSE, follow=True).content.decode()
    assert "pas pu partir" in page
    assert attendu().rejete_le is None
    agir(client, "renvoyer", attendu().pk)
    agir(client, "code", attendu().pk, code=code_de(boite, ADRESSE))
    assert confirmes() == {ADRESSE}


def test_the_address_that_is_replaced_is_told_even_if_the_relay_was_down_just_then(
    client: Client, boite: Messagerie
) -> None:
    confirmer(client, boite, "courriel", ADRESSE)
    donner(client, "courriel", AUTRE)
    code = code_de(boite, AUTRE)
    boite.pannes.extend(["451 4.3.0 Try again later"])
    agir(client, "code", attendu().pk, code=code)
    assert boite.dernier(ADRESSE).sujet == "Votre code pour Mon Compte"
    call_command("coordonnees", "envoyer", "--executer")
    assert boite.dernier(ADRESSE).sujet == "Vos coordonnées ont changé dans Mon Compte"
    assert confirmes() == {AUTRE}


def test_a_relay_down_stops_the_run_and_the_next_one_goes_on_under_the_same_key(
    client: Client, boite: Messagerie
) -> None:
    confirmer(client, boite, "courriel", ADRESSE)
    vieillir(400)
    boite.pannes.extend(["451 4.3.0 Try again later"])
    with pytest.raises(CommandError, match="relancez"):
        call_command("coordonnees", "envoyer", "--executer")
    traces = MessageContact.objects.using("proprietaire").filter(objet="a_revoir")
    (cle,) = traces.values_list("pk", flat=True)
    call_command("coordonnees", "envoyer", "--executer")
    assert list(traces.filter(parti_le__isnull=False).values_list("pk", flat=True)) == [cle]
    assert boite.dernier(ADRESSE).sujet.startswith("Vos coordonnées dans Mon Compte")


def test_mc_058_only_messages_of_the_file_or_of_a_public_mission_exist(client: Client) -> None:
    assert set(CATEGORIES) == {"dossier", "mission"}
    with pytest.raises(CategorieRefusee, match="mission d'intérêt public"):
        Message("publicite", "Sujet", "Texte")
    assert "Jamais de publicité" in client.get(ICI).content.decode()


def test_mc_059_once_confirmed_one_is_told_to_look_at_the_spam(client: Client, boite: Messagerie) -> None:
    page = client.get(confirmer(client, boite, "courriel", ADRESSE).headers["Location"]).content.decode()
    assert "Votre adresse est confirmée. Pour recevoir nos messages, vérifiez de temps en temps" in page


def test_mc_078_mc_079_who_may_read_them_is_said_where_they_are_given(client: Client) -> None:
    page = client.get(ICI).content.decode()
    assert "Tous les organismes partenaires du répertoire national commun" in page
    assert "France Travail, les conseils départementaux et les services de l'État" in page


def tout_le_contenu() -> str:
    """Every row of every table, as PostgreSQL writes it."""
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        tables = [nom for (nom,) in curseur.fetchall()]
        lignes = []
        for nom in tables:
            curseur.execute(f'SELECT t::text FROM "{nom}" t')
            lignes += [ligne for (ligne,) in curseur.fetchall()]
    return "\n".join(lignes)


def test_nothing_of_the_address_is_in_clear_in_the_database_nor_in_the_logs(
    client: Client, boite: Messagerie, capfd: pytest.CaptureFixture[str]
) -> None:
    confirmer(client, boite, "courriel", ADRESSE)
    confirmer(client, boite, "mobile", MOBILE, "+33612345678")
    base, journal = tout_le_contenu(), "".join(capfd.readouterr())
    for clair in (ADRESSE, "amina.demo", "612345678"):
        assert clair not in base
        assert clair not in journal
    for vers in (ADRESSE, "+33612345678"):  # six figures, which a digest or the fraction of a second may hold by chance
        assert not re.search(rf"(?<![0-9a-z.]){code_de(boite, vers)}(?![0-9a-z])", base)


def test_a_point_of_somebody_else_does_not_exist_here(client: Client, boite: Messagerie) -> None:
    donner(client, "courriel", ADRESSE)
    autre, cle = voisin(), attendu().pk
    for acte in ("code", "renvoyer", "toujours", "retirer", "inconnu"):
        agir(autre, acte, cle, code=code_de(boite, ADRESSE))
    assert attendu().pk == cle
    assert confirmes() == set()
    compte = Compte.objects.using("proprietaire").filter(genre="allocataire").order_by("-pk").first()
    with (
        pytest.raises(HorsRegistre),
        traitement(
            contacts.MES_COORDONNEES, acteur=Acteur("agent", 1, "Caf 751"), motif="Essai", personne=compte.personne_id
        ),
    ):
        contacts.les_miens(compte.personne_id)


def test_a_report_that_is_not_ours_says_what_lacks() -> None:
    bon = Messagerie()
    from limpide.monde.messagerie import _rapport

    for contenu, manque in (
        (b"", "multipart/report"),
        (b"x" * (suivi_contacts.TAILLE_MAX + 1), "mégaoctet"),
        (_rapport("<autre@ailleurs.fr>", ADRESSE, "a@b.test"), "n'est pas l'un des nôtres"),
        (_rapport(f"<{uuid.uuid4()}@ailleurs.fr>", ADRESSE, "a@b.test"), "n'est pas l'un des nôtres"),
        (_rapport("<x>", ADRESSE, "a@b.test").replace(b"failed", b"delayed"), "échec définitif"),
    ):
        with pytest.raises(ValueError, match=manque):
            suivi_contacts.cle_du_rejet(contenu)
    assert not bon.recus
    assert REFUS.startswith("550")


def test_the_agent_sees_the_files_whose_messages_come_back_and_the_address_itself(
    sans_contact: dict[str, Any], client: Client, boite: Messagerie
) -> None:
    confirmer(client, boite, "courriel", ADRESSE)
    agente = ecrans.agent(sans_contact)
    assert "Aucun message n'est revenu" in html.unescape(agente.get("/agent/coordonnees/").content.decode())
    point = PointDeContact.objects.using("proprietaire").get().pk
    with traitement("suivi_coordonnees", acteur=SYSTEME, motif="Essai"):
        contacts.rejeter(point, "message revenu")
    page = agente.get("/agent/coordonnees/").content.decode()
    dossier, _ = ecrans.fiche_d_amina()
    assert f"/agent/dossier/{dossier}/adresse/" in page
    assert ADRESSE not in page, "the list holds file numbers only"
    fiche = ecrans.ouvrir(agente, dossier).get(f"/agent/dossier/{dossier}/adresse/").content.decode()
    assert ADRESSE in fiche
    assert "Un message en est revenu" in fiche
    nord = ecrans.agent(sans_contact, ecrans.AGENT_NORD)
    assert "Aucun message n'est revenu" in html.unescape(nord.get("/agent/coordonnees/").content.decode())
