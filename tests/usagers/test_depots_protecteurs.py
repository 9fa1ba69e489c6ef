"""What a protector deposits: the judgement, read then erased (MC-051); the account, seen by two agents (MC-052)."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from limpide.dossiers.models import Document
from limpide.identite.models import AccesProtecteur, CoordonneesBancaires, Personne, RibPropose
from tests.banc import ecrans, fichiers, protecteurs

IBAN, AUTRE_IBAN = "FR76 3000 6000 0112 3456 7890 189", "FR14 2004 1010 0505 0001 3M02 606"


def tous(modele: Any) -> Any:
    return modele.objects.using("proprietaire")


def lignes(requete: str, *valeurs: Any) -> None:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(requete, valeurs)


def texte(reponse: Any, statut: int = 200) -> str:
    assert reponse.status_code == statut, reponse
    return re.sub(r"\s+", " ", reponse.content.decode().replace("&#x27;", "'"))


def fichier(octets: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("Odile-Vermandel.jpg", octets or fichiers.photo(), content_type="image/jpeg")


@pytest.fixture
def monde(comptes_seuls: Any) -> dict[str, Any]:
    """Odile's identity was seen: her access waits for its measure."""
    dossier, personne = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    protecteurs.demander()
    acces = protecteurs.admettre(agent, dossier)
    return {"agent": agent, "odile": protecteurs.entrer(), "acces": acces, "dossier": dossier, "personne": personne,
            "ici": f"/mon-compte/dossiers/{acces.pk}/montrer/", "presents": comptes_seuls}  # fmt: skip


def titulaire(monde: dict[str, Any]) -> str:
    elle = tous(Personne).get(pk=monde["personne"])
    return f"Mme {elle.nom_naissance.upper()} {elle.prenoms.split()[0]}"


def proposer(monde: dict[str, Any], **autres: Any) -> Any:
    saisie = {"acte": "rib", "iban": IBAN, "titulaire": titulaire(monde), "photo": fichier(), **autres}
    return monde["odile"].post(monde["ici"], saisie)


def ouvrir(monde: dict[str, Any], **mesure: Any) -> None:
    pouvoirs = [*protecteurs.TOUS, "paiements"]
    jugement = protecteurs.proteger(
        monde["agent"], monde["dossier"], monde["personne"], **({"pouvoirs": pouvoirs} | mesure)
    )
    protecteurs.ouvrir(monde["agent"], monde["dossier"], monde["acces"], jugement)


def page_du_rib(monde: dict[str, Any]) -> str:
    return f"/agent/dossier/{monde['dossier']}/protecteurs/rib/{tous(RibPropose).latest('depose_le').pk}/"


def repondre(monde: dict[str, Any], client: Any, **autres: str) -> Any:
    return client.post(page_du_rib(monde), {"avis": "accepter", "depuis": "01/12/2026", "motif": "", **autres})


def collegue(monde: dict[str, Any]) -> Any:
    """Another agent of the same Caf, second factor passed."""
    return ecrans.ouvrir(protecteurs.seconde_agente(), monde["dossier"])


@pytest.mark.preuve("MC-051 : la décision déposée n'ouvre rien avant qu'un agent l'ait lue ; sa copie part alors")
def test_mc_051_the_judgement_opens_nothing_before_it_is_read_and_its_copy_goes(monde: dict[str, Any]) -> None:
    protecteurs.enregistrer(monde["odile"], monde["ici"], {"acte": "decision", "fichiers": fichier(fichiers.pdf())})
    document = tous(Document).get()
    odile = protecteurs.compte_d_odile().personne_id
    assert (document.genre, document.personne_id, document.deposant_id) == (
        "mesure_de_protection", monde["personne"], odile,
    )  # fmt: skip
    assert tous(AccesProtecteur).get().etat == "a_justifier"
    assert monde["odile"].post(protecteurs.AGIR, {"acces": str(monde["acces"].pk)}).status_code == 404
    page = texte(monde["agent"].get(f"/agent/dossier/{monde['dossier']}/protecteurs/"))
    contenu = f"/agent/dossier/{monde['dossier']}/protecteurs/documents/{document.pk}/contenu.bin"
    assert contenu in page
    assert monde["agent"].get(contenu).content.startswith(b"%PDF")
    ouvrir(monde)
    document.refresh_from_db(using="proprietaire")
    assert document.contenu_chiffre is None
    assert monde["agent"].get(contenu).status_code == 404
    assert "lu, copie effacée" in texte(monde["odile"].get(monde["ici"]))


def test_mc_051_closing_an_access_erases_what_was_shown(monde: dict[str, Any]) -> None:
    protecteurs.enregistrer(monde["odile"], monde["ici"], {"acte": "decision", "photo": fichier()})
    assert proposer(monde).status_code == 302
    donnees = {"acte": "fermer", "acces": str(monde["acces"].pk)}
    protecteurs.enregistrer(monde["agent"], f"/agent/dossier/{monde['dossier']}/protecteurs/", donnees)
    assert [d.contenu_chiffre for d in tous(Document)] == [None, None]
    assert monde["odile"].get(monde["ici"]).status_code == 404


def test_mc_051_nobody_else_deposits_on_this_access_nor_reads_it(monde: dict[str, Any]) -> None:
    amina = ecrans.allocataire(monde["presents"])
    assert amina.get(monde["ici"]).status_code == 404
    assert amina.post(monde["ici"], {"acte": "decision", "photo": fichier()}).status_code == 404
    protecteurs.enregistrer(monde["odile"], monde["ici"], {"acte": "decision", "photo": fichier()})
    contenu = f"/protecteurs/documents/{tous(Document).get().pk}/contenu.bin"
    nord = ecrans.agent(monde["presents"], ecrans.AGENT_NORD)
    assert nord.get(f"/agent/dossier/{monde['dossier']}{contenu}").status_code == 404
    voisin = ecrans.autre_dossier("751", sauf=monde["dossier"])
    assert monde["agent"].get(f"/agent/dossier/{voisin.pk}{contenu}").status_code == 404


@pytest.mark.preuve("MC-052 : le compte est au nom de la personne et accepté par un second agent avant tout paiement")
def test_mc_052_the_account_is_accepted_by_a_second_agent(monde: dict[str, Any]) -> None:
    avant = tous(CoordonneesBancaires).get(personne_id=monde["personne"])
    assert proposer(monde).status_code == 302
    ouvrir(monde)
    assert tous(CoordonneesBancaires).filter(personne_id=monde["personne"]).count() == 1
    page = texte(monde["agent"].get(page_du_rib(monde)))
    assert "c'est le nom de la personne protégée" in page
    assert IBAN.replace(" ", "") not in page.replace(" ", "")
    assert "Un autre agent que celui qui a ouvert" in texte(repondre(monde, monde["agent"]), 422)
    assert tous(CoordonneesBancaires).filter(personne_id=monde["personne"]).count() == 1
    assert repondre(monde, collegue(monde)).status_code == 302
    siens = list(tous(CoordonneesBancaires).filter(personne_id=monde["personne"]).order_by("valide"))
    assert [c.iban.en_clair() for c in siens] == [avant.iban.en_clair(), IBAN.replace(" ", "")]
    assert siens[1].titulaire == titulaire(monde)
    rib = tous(RibPropose).get()
    assert (rib.etat, rib.iban_chiffre) == ("accepte", None)
    assert [d.contenu_chiffre for d in tous(Document)] == [None]
    with pytest.raises(Exception, match="une réponse, et une seule"):
        lignes("UPDATE identite_ribpropose SET etat = 'refuse', motif = 'titulaire'")


def test_mc_052_another_holder_is_refused(monde: dict[str, Any]) -> None:
    proposer(monde, titulaire="Odile Vermandel")
    ouvrir(monde)
    collegue_ = collegue(monde)
    assert "ce n'est pas le nom" in texte(collegue_.get(page_du_rib(monde)))
    assert "n'est pas la personne protégée" in texte(repondre(monde, collegue_), 422)
    assert repondre(monde, collegue_, avis="refuser", depuis="", motif="titulaire").status_code == 302
    assert tous(CoordonneesBancaires).filter(personne_id=monde["personne"]).count() == 1
    assert "n'est pas au nom de la personne protégée" in texte(monde["odile"].get(monde["ici"]))


@pytest.mark.parametrize("cas", ["sans_pouvoir", "ferme"])
def test_mc_052_no_power_no_account(monde: dict[str, Any], cas: str) -> None:
    proposer(monde)
    ouvrir(monde, **({"pouvoirs": list(protecteurs.TOUS)} if cas == "sans_pouvoir" else {}))
    if cas == "ferme":
        donnees = {"acte": "fermer", "acces": str(monde["acces"].pk)}
        protecteurs.enregistrer(monde["agent"], f"/agent/dossier/{monde['dossier']}/protecteurs/", donnees)
    page = texte(repondre(monde, collegue(monde)), 422)
    assert "ne charge pas ce protecteur de percevoir" in page
    assert tous(CoordonneesBancaires).filter(personne_id=monde["personne"]).count() == 1
    assert tous(RibPropose).get().etat == "depose"


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [("iban", "FR76", "IBAN"), ("titulaire", "", "titulaire"), ("photo", "", "Choisissez un fichier")],
)
def test_mc_052_a_bad_entry_names_its_field_and_keeps_nothing(
    monde: dict[str, Any], champ: str, valeur: str, message: str
) -> None:
    page = texte(proposer(monde, **{champ: valeur}), 422)
    assert message in page
    assert (tous(RibPropose).count(), tous(Document).count()) == (0, 0)


def test_mc_052_one_account_waits_at_a_time_and_copies_are_few(monde: dict[str, Any]) -> None:
    assert proposer(monde).status_code == 302
    assert "attend déjà la réponse" in texte(proposer(monde, iban=AUTRE_IBAN), 422)
    assert tous(Document).count() == 1
    tous(Document).bulk_create([copie_de(tous(Document).get()) for _ in range(19)])
    reponse = monde["odile"].post(monde["ici"], {"acte": "decision", "photo": fichier()})
    assert "c'est le plus" in texte(reponse, 422)


def copie_de(document: Document) -> Document:
    valeurs = {c.attname: getattr(document, c.attname) for c in Document._meta.concrete_fields if not c.primary_key}
    return Document(**valeurs)


def test_mc_049_a_document_sent_for_the_protected_person_says_who_sent_it(monde: dict[str, Any]) -> None:
    ouvrir(monde)
    piece, _ = ecrans.attendre_des_documents()
    odile = protecteurs.agir(monde["odile"])
    protecteurs.enregistrer(odile, f"/mon-compte/documents/{piece}/envoyer/", {"photo": fichier()})
    document = tous(Document).get(piece_id=piece)
    compte = protecteurs.compte_d_odile()
    assert (document.personne_id, document.deposant_id) == (monde["personne"], compte.personne_id)
    assert document.auteur == f"compte {compte.pk}"
    assert "envoyé par une autre personne" in texte(ecrans.allocataire(monde["presents"]).get("/mon-compte/documents/"))
