"""Messages: written once, read by the Caf, answered, told without content; read by nobody else, nor by the law."""

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from limpide.dossiers.models import Document
from limpide.identite.models import MessageContact
from limpide.registre.collecte import registre
from limpide.relation import echanges
from limpide.relation.models import Conversation, MessageEcrit
from tests.banc import ecrans, fichiers, protecteurs
from tests.banc.relation import TEXTE, TITRE, ecrire_a_la_caf, saisie

ECRIRE = "/mon-compte/messages/ecrire/"
REPONSE = "Merci. Votre aide est recalculée le mois prochain, vous n'avez rien à faire."


def texte(reponse: Any) -> str:
    brut = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", brut.replace("\xa0", " "))


def le_fil() -> Conversation:
    lu: Conversation = Conversation.objects.using("proprietaire").get()
    return lu


def page_agent(monde: dict[str, Any], fil: Any) -> str:
    return f"/agent/dossier/{monde['dossier']}/messages/{fil}/"


@pytest.mark.preuve(
    "Messages : écrit, lu, répondu, annoncé sans son contenu ; ni nom, ni titre dans la liste", systemes=("S16",)
)
def test_mc_062_a_message_is_answered_and_announced_without_its_content(monde: dict[str, Any], boite: Any) -> None:
    envoi = saisie(monde["amina"], ECRIRE, motif="situation", titre=TITRE, texte=TEXTE)
    for _ in range(2):  # sent twice, written once
        assert monde["amina"].post(ECRIRE, envoi).status_code == 302
    assert MessageEcrit.objects.using("proprietaire").count() == 1
    fil = le_fil()
    assert "pas encore lu : elle répond avant le" in texte(monde["amina"].get("/mon-compte/messages/"))
    liste = texte(monde["agent"].get("/agent/messages/?filtre=libres&motif=situation"))
    assert "Un changement dans ma situation" in liste
    assert TITRE not in liste
    assert "Belavassin" not in liste
    page = page_agent(monde, fil.pk)
    assert TEXTE in texte(monde["agent"].get(page))
    assert "Lu par un agent de votre Caf le" in texte(monde["amina"].get("/mon-compte/messages/"))
    assert monde["agent"].post(page, {"acte": "prendre"}).status_code == 302
    vide = monde["agent"].post(page, {"acte": "repondre", "cle": str(uuid.uuid4()), "texte": " "})
    assert vide.status_code == 422
    envoi = saisie(monde["agent"], page, acte="repondre", texte=REPONSE)
    for _ in range(2):
        assert monde["agent"].post(page, envoi).status_code == 302
    assert "Aucun message n'attend" in texte(monde["agent"].get("/agent/messages/"))
    assert REPONSE in texte(monde["amina"].get(f"/mon-compte/messages/{fil.pk}/"))
    (recu,) = boite.recus
    assert recu.sujet == "Votre Caf vous a répondu dans Mon Compte"
    for secret in (TITRE, "loyer", REPONSE, "Belavassin", str(fil.pk)):
        assert secret not in recu.texte + recu.sujet
    assert MessageContact.objects.using("proprietaire").get(objet="reponse").parti_le is not None


def test_title_and_text_are_encrypted_and_bounded(monde: dict[str, Any]) -> None:
    ecrire_a_la_caf()
    for modele in (Conversation, MessageEcrit):
        for ligne in modele.objects.using("proprietaire").values():
            assert "loyer" not in str({c: bytes(v) if isinstance(v, memoryview) else v for c, v in ligne.items()})
    envoi = saisie(monde["amina"], ECRIRE, motif="autre", titre="t" * 81, texte="x" * 2001)
    refus = monde["amina"].post(ECRIRE, envoi)
    assert refus.status_code == 422
    assert "80 caractères au plus" in texte(refus)
    assert "2000 caractères au plus" in texte(refus)
    assert "x" * 2001 in refus.content.decode()
    assert monde["amina"].post(ECRIRE, {**envoi, "motif": "sante", "titre": "t"}).status_code == 422
    assert Conversation.objects.using("proprietaire").count() == 1


def test_the_other_caf_and_the_neighbour_see_nothing_of_it(monde: dict[str, Any]) -> None:
    fil = ecrire_a_la_caf()
    assert "situation" not in re.findall(r"<tbody>.*</tbody>", monde["nord"].get("/agent/messages/").content.decode())
    assert monde["nord"].get(page_agent(monde, fil)).status_code == 404
    voisin = ecrans.autre_dossier("751", sauf=monde["dossier"])
    assert monde["agent"].get(f"/agent/dossier/{voisin.pk}/messages/{fil}/").status_code == 404
    ecrans.ouvrir_un_compte(voisin, "un autre bien long secret")
    voisine = ecrans.visiteur()
    ecrans.entrer(voisine, ecrans.numero_de(voisin.allocataire_id).en_clair(), "un autre bien long secret")
    adresse = f"/mon-compte/messages/{fil}/"
    assert voisine.get(adresse).status_code in {302, 404}
    assert voisine.post(adresse, {"cle": str(uuid.uuid4()), "texte": "Bonjour"}).status_code in {302, 404}
    assert MessageEcrit.objects.using("proprietaire").count() == 1


def test_a_colleague_s_thread_is_taken_before_it_is_answered(monde: dict[str, Any]) -> None:
    fil = ecrire_a_la_caf()
    page = page_agent(monde, fil)
    assert "répondez avant de terminer" in texte(monde["agent"].post(page, {"acte": "terminer"}, follow=True))
    quand = le_fil().ouverte_le
    Conversation.objects.using("proprietaire").filter(pk=fil).update(agent="compte 999999", prise_le=quand)
    envoi = saisie(monde["agent"], page, acte="repondre", texte=REPONSE)
    refus = monde["agent"].post(page, envoi)
    assert refus.status_code == 422
    assert "Un collègue s'en charge" in texte(refus)
    assert REPONSE in texte(refus)
    monde["agent"].post(page, {"acte": "prendre"})
    assert monde["agent"].post(page, {**envoi, "terminer": "on"}).status_code == 302
    assert le_fil().etat == "close"
    suite = monde["amina"].post(f"/mon-compte/messages/{fil}/", {"cle": str(uuid.uuid4()), "texte": "Encore"})
    assert suite.status_code == 422
    assert "est terminée" in texte(suite)


def test_a_document_is_joined_cleaned_and_read_by_the_agent(monde: dict[str, Any]) -> None:
    fil = ecrire_a_la_caf()
    adresse = f"/mon-compte/messages/{fil}/"
    faux = SimpleUploadedFile("bail.pdf", b"MZ\x90\0" * 30)
    refus = monde["amina"].post(adresse, saisie(monde["amina"], adresse, texte="Le bail", fichier=faux))
    assert refus.status_code == 422
    assert MessageEcrit.objects.using("proprietaire").count() == 1
    vrai = SimpleUploadedFile("bail-Belavassin.pdf", fichiers.pdf())
    envoi = saisie(monde["amina"], adresse, texte="Le bail", fichier=vrai)
    assert monde["amina"].post(adresse, envoi).status_code == 302
    document = Document.objects.using("proprietaire").get()
    assert document.genre == "joint_message"
    lien = f"/agent/dossier/{monde['dossier']}/documents/{document.pk}/contenu.bin"
    assert lien in monde["agent"].get(page_agent(monde, fil)).content.decode()
    assert monde["agent"].get(lien).status_code == 200


def test_mc_038_a_protector_writes_in_her_name_and_both_are_told(presents: dict[str, Any], boite: Any) -> None:
    monde = {"amina": ecrans.allocataire(presents), "dossier": ecrans.fiche_d_amina()[0]}
    agent, odile = protecteurs.installer(presents)
    odile = protecteurs.agir(odile)
    envoi = saisie(odile, ECRIRE, motif="droits", titre=TITRE, texte=TEXTE)
    assert odile.post(ECRIRE, envoi).status_code == 302
    (message,) = MessageEcrit.objects.using("proprietaire").all()
    _, amina = ecrans.fiche_d_amina()
    assert message.personne_id == amina
    assert message.redacteur_id not in (None, amina)
    assert "Votre protecteur, en votre nom" in texte(monde["amina"].get(f"/mon-compte/messages/{le_fil().pk}/"))
    page = page_agent(monde, le_fil().pk)
    assert "Son protecteur, en son nom" in texte(agent.get(page))
    avant = len(boite.recus)
    assert agent.post(page, saisie(agent, page, acte="repondre", texte=REPONSE)).status_code == 302
    assert len(boite.recus) - avant == 2


PERMIS = {echanges.MES_MESSAGES, echanges.MESSAGES_AGENTS}
"""And the register's own: what answers the person's rights, and what erases."""


@pytest.mark.preuve(
    "Messages : aucun traitement de calcul, de paiement ni de contrôle ne peut les lire", systemes=("S16",)
)
def test_no_processing_but_this_room_s_and_the_register_s_reads_the_tables() -> None:
    autres = {
        t.cle: t.systeme
        for t in registre().traitements.values()
        for verbes in (t.lire, t.creer, t.modifier)
        if any(table.startswith("relation.") for table in verbes)
    }
    assert {cle for cle, systeme in autres.items() if systeme == "S16"} >= PERMIS
    etrangers = {cle: systeme for cle, systeme in autres.items() if systeme != "S16"}
    assert etrangers == {"cycle_conservation": "S43", "purge_conservation": "S43", "reponse_droit_acces": "S44"}


def test_the_access_answer_says_the_messages_in_clear(monde: dict[str, Any]) -> None:
    from limpide.registre.contexte import Acteur, traitement
    from limpide.registre.demandes.assemblage import assembler
    from limpide.registre.demandes.traitements import ASSEMBLAGE

    ecrire_a_la_caf()
    _, personne = ecrans.fiche_d_amina()
    with traitement(ASSEMBLAGE, acteur=Acteur("dpd", 1, "Essai"), motif="Essai", personne=personne):
        tables = {t["table"]: t["lignes"] for t in assembler(personne)["tables"]}
    assert tables["relation.MessageEcrit"][0]["texte"] == TEXTE
    assert tables["relation.Conversation"][0]["titre"] == TITRE
