"""Asking to act for somebody online: « compte tuteur », identity, measure (MC-021, MC-022, MC-050, MC-051)."""

from typing import Any

import pytest
from django.db import connections

from limpide.dossiers.models import Dossier
from limpide.identite.models import (
    AccesProtecteur,
    Compte,
    DemandeProtecteur,
    Immatriculation,
    Personne,
)
from tests.banc import ecrans, protecteurs
from tests.banc.protecteurs import DOSSIERS, PAGE


def tous(modele: Any) -> Any:
    return modele.objects.using("proprietaire")


def lignes(requete: str, *valeurs: Any) -> list[tuple[Any, ...]]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(requete, valeurs)
        return list(curseur.fetchall()) if curseur.description else []


def texte(reponse: Any, statut: int = 200) -> str:
    assert reponse.status_code == statut, reponse
    return str(reponse.content.decode()).replace("&#x27;", "'")


@pytest.mark.preuve("MC-050 : le protecteur entre avec son propre numéro et le mot de passe qu'il a choisi")
def test_mc_050_the_protector_enters_with_their_own_number_and_password_and_has_no_file(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    assert protecteurs.demander()["Location"] == f"{PAGE}?envoyee=1"
    assert ecrans.entrer(ecrans.visiteur(), protecteurs.NIR, protecteurs.SECRET).status_code == 422
    protecteurs.admettre(agent, dossier)
    odile = protecteurs.entrer()
    assert "Aucun dossier n'est ouvert à votre nom" in texte(odile.get("/mon-compte/"))
    assert not tous(Dossier).filter(allocataire_id=protecteurs.compte_d_odile().personne_id).exists()
    assert protecteurs.compte_d_odile().mot_de_passe_a_changer is False


def test_mc_050_nothing_typed_remains_once_it_is_answered(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    protecteurs.demander()
    demande = protecteurs.derniere(DemandeProtecteur)
    assert demande.nir_chiffre is not None
    assert demande.secret.startswith("argon2")
    page = texte(agent.get(f"/agent/dossier/{dossier}/protecteurs/"))
    assert "Vermandel" in page
    assert protecteurs.NIR not in page
    protecteurs.admettre(agent, dossier)
    demande = protecteurs.derniere(DemandeProtecteur)
    assert (demande.etat, demande.nir_chiffre, demande.secret, demande.identite) == ("acceptee", None, "", "Passeport")


def test_mc_050_the_same_answer_whoever_asks(comptes_seuls: Any) -> None:
    connu = ecrans.amina(comptes_seuls).identifiant
    reponses = [protecteurs.demander(), protecteurs.demander(nir=connu), protecteurs.demander(numero="9999999")]
    assert {(r.status_code, r["Location"]) for r in reponses} == {(302, f"{PAGE}?envoyee=1")}
    assert tous(DemandeProtecteur).count() == 3
    assert tous(Personne).filter(nom_naissance=protecteurs.NOM).count() == 0
    assert ecrans.entrer(ecrans.visiteur(), connu, protecteurs.SECRET).status_code == 422


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("nir", "552 100 554", "personnes physiques"),
        ("nir", "123", "numéro"),
        ("numero", "12A", "sept chiffres"),
        ("mot_de_passe", "court", "caractères"),
        ("confirmation", "autre chose", "diffèrent"),
        ("date_naissance", "01/01/2020", "majeur"),
        ("organisme", "", "Choisissez une Caf"),
    ],
)  # fmt: skip
def test_mc_050_a_bad_entry_names_its_field_and_writes_nothing(
    comptes_seuls: Any, champ: str, valeur: str, message: str
) -> None:
    page = texte(protecteurs.demander(**{champ: valeur}), 422)
    assert message in page
    assert 'value="Odile"' in page
    assert tous(DemandeProtecteur).count() == 0


@pytest.mark.preuve("MC-022 : un organisme est refusé avec l'explication et une autre voie, et rien n'est enregistré")
def test_mc_022_a_legal_person_is_refused_and_told_another_way(comptes_seuls: Any) -> None:
    page = texte(protecteurs.demander(qui="organisme"), 422)
    assert "réservé aux personnes physiques" in page
    assert "par courrier, à l'adresse de votre caisse" in page
    assert tous(DemandeProtecteur).count() == 0


def test_mc_022_a_measure_given_to_a_body_opens_nothing(comptes_seuls: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    mesure = protecteurs.proteger(agent, dossier, personne, protecteur_genre="organisme")
    protecteurs.demander()
    acces = protecteurs.admettre(agent, dossier)
    donnees = {"acte": "ouvrir", "acces": str(acces.pk), "mesure": str(mesure.pk), "lue": "on"}
    texte(agent.post(f"/agent/dossier/{dossier}/protecteurs/", donnees), 422)
    acces.refresh_from_db(using="proprietaire")
    assert acces.etat == "a_justifier"
    with pytest.raises(Exception, match="personne physique"):
        lignes("UPDATE identite_accesprotecteur SET etat = 'ouvert', mesure_id = %s, ouvert_le = now()", mesure.pk)


@pytest.mark.preuve("MC-021 : deux personnes, deux identifiants ; le même numéro est refusé")
def test_mc_021_the_protected_person_s_own_number_is_refused(comptes_seuls: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    elle = tous(Personne).get(pk=personne)
    naissance = f"{elle.date_naissance:%d/%m/%Y}"
    connu = ecrans.amina(comptes_seuls).identifiant
    protecteurs.demander(
        nir=connu, nom_naissance=elle.nom_naissance, prenoms=elle.prenoms, date_naissance=naissance
    )  # fmt: skip
    demande = protecteurs.derniere(DemandeProtecteur)
    chemin = f"/agent/dossier/{dossier}/protecteurs/"
    agent.post(chemin, {"acte": "admettre", "demande": str(demande.pk), "piece": "Passeport"})
    assert "celui de la personne à protéger" in texte(agent.get(chemin))
    assert tous(AccesProtecteur).count() == 0
    with pytest.raises(Exception, match="acces_protecteur_deux_personnes"):
        lignes(
            "INSERT INTO identite_accesprotecteur (organisme_id, dossier_id, personne_id, protecteur_id, "
            "protecteur_nom, etat) VALUES ('751', %s, %s, %s, 'x', 'a_justifier')", dossier, personne, personne,
        )  # fmt: skip


def test_mc_021_who_already_has_an_account_keeps_one_identifier_and_password(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    voisin = ecrans.autre_dossier("751", sauf=dossier)
    numero = ecrans.ouvrir_un_compte(voisin).en_clair()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    elle = tous(Personne).get(pk=voisin.allocataire_id)
    avant = tous(Compte).get(personne_id=elle.pk)
    protecteurs.demander(
        nir=numero, nom_naissance=elle.nom_naissance, prenoms=elle.prenoms,
        date_naissance=f"{elle.date_naissance:%d/%m/%Y}",
    )  # fmt: skip
    acces = protecteurs.admettre(agent, dossier)
    assert acces.protecteur_id == elle.pk
    apres = tous(Compte).get(personne_id=elle.pk)
    assert (apres.pk, apres.identifiant, apres.password) == (avant.pk, avant.identifiant, avant.password)
    assert ecrans.entrer(ecrans.visiteur(), numero, protecteurs.SECRET).status_code == 422


def test_mc_051_somebody_else_s_number_is_not_given_to_who_asks(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    voisin = ecrans.autre_dossier("751", sauf=dossier)
    numero = ecrans.numero_de(voisin.allocataire_id).en_clair()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    protecteurs.demander(nir=numero)
    demande = protecteurs.derniere(DemandeProtecteur)
    chemin = f"/agent/dossier/{dossier}/protecteurs/"
    agent.post(chemin, {"acte": "admettre", "demande": str(demande.pk), "piece": "Passeport"})
    assert "connu sous un autre nom" in texte(agent.get(chemin))
    assert tous(AccesProtecteur).count() == 0
    assert not tous(Compte).filter(personne_id=voisin.allocataire_id).exists()


def test_mc_051_another_caf_s_request_does_not_exist(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    protecteurs.demander(organisme="591")
    demande = protecteurs.derniere(DemandeProtecteur)
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    donnees = {"acte": "admettre", "demande": str(demande.pk), "piece": "Passeport"}
    assert agent.post(f"/agent/dossier/{dossier}/protecteurs/", donnees).status_code == 404
    assert (
        agent.post("/agent/protecteurs/refuser/", {"demande": str(demande.pk), "motif": "dossier"}).status_code == 404
    )
    nord = ecrans.agent(comptes_seuls, ecrans.AGENT_NORD)
    assert "Aucun dossier ouvert de la caisse" in texte(nord.get("/agent/protecteurs/"))
    protecteurs.enregistrer(nord, "/agent/protecteurs/refuser/", {"demande": str(demande.pk), "motif": "dossier"})
    demande = protecteurs.derniere(DemandeProtecteur)
    assert (demande.etat, demande.motif, demande.nir_chiffre, demande.secret) == ("refusee", "dossier", None, "")


def test_mc_051_one_s_own_account_asks_once(comptes_seuls: Any) -> None:
    amina = ecrans.allocataire(comptes_seuls)
    saisie = {"organisme": "751", "numero": "123"}
    protecteurs.enregistrer(amina, DOSSIERS, saisie)
    assert "Vous avez déjà fait cette demande" in texte(amina.post(DOSSIERS, saisie), 422)
    demande = tous(DemandeProtecteur).get()
    assert (demande.protecteur_id, demande.numero, demande.secret) == (ecrans.fiche_d_amina()[1], "0000123", "")


def test_mc_050_the_new_protector_s_number_is_to_be_certified_like_any_other(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    protecteurs.demander()
    acces = protecteurs.admettre(agent, dossier)
    assert tous(Personne).get(pk=acces.protecteur_id).statut_identite == "nir_non_certifie"
    assert tous(Immatriculation).get(personne_id=acces.protecteur_id).certifie_le is None


def test_mc_050_one_address_cannot_send_requests_without_end(comptes_seuls: Any) -> None:
    statuts = [
        ecrans.visiteur().post(PAGE, protecteurs.saisie(), REMOTE_ADDR="203.0.113.9").status_code for _ in range(11)
    ]
    assert statuts == [302] * 10 + [429]
    assert tous(DemandeProtecteur).count() == 10
