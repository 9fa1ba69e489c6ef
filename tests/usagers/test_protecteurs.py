"""Two people, one file: protected person and protector in Mon Compte (MC-018 to MC-022, MC-035 to MC-038, MC-050…)."""

import datetime as dt
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from limpide.dossiers.models import Dossier, Fait
from limpide.identite.models import (
    AccesProtecteur,
    Compte,
    Connexion,
    MesureProtection,
    PointDeContact,
)
from limpide.registre.contexte import Acteur, HorsRegistre, traitement
from limpide.registre.demandes.modeles import DemandeDroit
from limpide.registre.models import LigneJournal
from tests.banc import ecrans, protecteurs
from tests.banc.protecteurs import AGIR, DOSSIERS, QUITTER

INTERDITES = (
    "/mon-compte/coordonnees/", "/mon-compte/connexions/", "/mon-compte/second-facteur/",
)  # fmt: skip


def tous(modele: Any) -> Any:
    return modele.objects.using("proprietaire")


def lignes(requete: str, *valeurs: Any) -> list[tuple[Any, ...]]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(requete, valeurs)
        return list(curseur.fetchall()) if curseur.description else []


def texte(reponse: Any, statut: int = 200) -> str:
    assert reponse.status_code == statut, reponse
    return str(reponse.content.decode()).replace("&#x27;", "'")


@pytest.fixture
def paire(comptes_seuls: Any) -> tuple[Any, Any]:
    return protecteurs.installer(comptes_seuls)


# What opens, for how long


@pytest.mark.preuve("MC-018 : le protecteur ouvre le dossier de la personne protégée, et son bandeau le dit")
def test_mc_018_the_protector_opens_the_protected_person_s_file(paire: Any) -> None:
    _, odile = paire
    assert "Vous agissez au nom de" not in texte(odile.get("/mon-compte/"))
    protecteurs.agir(odile)
    accueil = texte(odile.get("/mon-compte/"))
    assert "Vous agissez au nom de Amina Belavassin" in accueil
    for chemin in (
        "paiements/",
        "situation/",
        "decisions/",
        "consultations/",
        "conservation/",
        "mes-donnees/",
        "rncps/",
    ):
        assert "Vous agissez au nom de Amina Belavassin" in texte(odile.get(f"/mon-compte/{chemin}")), chemin
    protecteurs.enregistrer(odile, QUITTER, {})
    assert "Aucun dossier n'est ouvert à votre nom" in texte(odile.get("/mon-compte/"))


@pytest.mark.preuve(
    "MC-019 : sans décision enregistrée, aucun droit ; la mesure finie ferme aussitôt, sessions comprises"
)
def test_mc_019_a_measure_that_ends_closes_open_sessions_at_once(paire: Any) -> None:
    agent, odile = paire
    protecteurs.agir(odile)
    assert odile.get("/mon-compte/paiements/").status_code == 200
    dossier, _ = ecrans.fiche_d_amina()
    hier = f"{timezone.localdate() - dt.timedelta(days=1):%d/%m/%Y}"
    mesure = protecteurs.derniere(MesureProtection)
    protecteurs.enregistrer(agent, f"/agent/dossier/{dossier}/protection/{mesure.pk}/", {"dernier_jour": hier})
    assert odile.get("/mon-compte/paiements/")["Location"] == DOSSIERS
    page = texte(odile.get(DOSSIERS))
    assert "Vous ne pouvez plus agir" in page
    assert "Belavassin" not in page
    assert "Aucun dossier n'est ouvert à votre nom" in texte(odile.get("/mon-compte/paiements/"))


def test_mc_019_the_caf_closes_an_access_open_sessions_too(paire: Any) -> None:
    agent, odile = paire
    protecteurs.agir(odile)
    dossier, _ = ecrans.fiche_d_amina()
    acces = protecteurs.derniere(AccesProtecteur)
    donnees = {"acte": "fermer", "acces": str(acces.pk)}
    protecteurs.enregistrer(agent, f"/agent/dossier/{dossier}/protecteurs/", donnees)
    assert odile.get("/mon-compte/")["Location"] == DOSSIERS
    assert odile.post(AGIR, {"acces": str(acces.pk)}).status_code == 404
    with pytest.raises(Exception, match="Un accès attend sa mesure"):
        lignes("UPDATE identite_accesprotecteur SET etat = 'ouvert', ferme_le = NULL")


@pytest.mark.parametrize(
    ("genre", "pouvoirs"),
    [
        ("tutelle", []),
        ("tutelle", ["donnees", "declarations"]),
        ("curatelle", []),
        ("curatelle_renforcee", ["donnees"]),
        ("habilitation", ["declarations"]),
        ("accompagnement", []),
        ("sauvegarde", []),
    ],
)
def test_mc_019_nothing_opens_that_the_recorded_decision_does_not_give(
    comptes_seuls: Any, genre: str, pouvoirs: list[str]
) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    mesure = protecteurs.proteger(agent, dossier, personne, genre=genre, pouvoirs=pouvoirs)
    protecteurs.demander()
    acces = protecteurs.admettre(agent, dossier)
    donnees = {"acte": "ouvrir", "acces": str(acces.pk), "mesure": str(mesure.pk), "lue": "on"}
    assert "rien à ouvrir" in texte(agent.post(f"/agent/dossier/{dossier}/protecteurs/", donnees), 422)
    odile = protecteurs.entrer()
    assert odile.post(AGIR, {"acces": str(acces.pk)}).status_code == 404
    assert "Belavassin" not in texte(odile.get(DOSSIERS))


@pytest.mark.parametrize("genre", ["curatelle", "accompagnement"])
def test_mc_019_consulting_only_is_not_acting(comptes_seuls: Any, genre: str) -> None:
    _, odile = protecteurs.installer(comptes_seuls, genre=genre, pouvoirs=["consultation"])
    protecteurs.agir(odile)
    assert odile.get("/mon-compte/paiements/").status_code == 200
    page = texte(odile.get("/mon-compte/mes-donnees/"), 403)
    assert "La décision du juge ne vous confie pas cela" in page
    saisie = {"genre": "acces", "objet": "Ses données"}
    texte(odile.post("/mon-compte/mes-donnees/", saisie), 403)
    assert tous(DemandeDroit).count() == 0


def test_mc_019_a_judgement_not_read_opens_nothing(comptes_seuls: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(comptes_seuls), dossier)
    mesure = protecteurs.proteger(agent, dossier, personne)
    protecteurs.demander()
    acces = protecteurs.admettre(agent, dossier)
    donnees = {"acte": "ouvrir", "acces": str(acces.pk), "mesure": str(mesure.pk)}
    page = texte(agent.post(f"/agent/dossier/{dossier}/protecteurs/", donnees), 422)
    assert "Lisez la décision du juge" in page
    assert tous(AccesProtecteur).get().etat == "a_justifier"


@pytest.mark.preuve("MC-019 : la base elle-même ne montre rien hors de la mesure, de l'accès et du pouvoir")
def test_mc_019_the_database_itself_shows_nothing_outside_the_measure(paire: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    compte = protecteurs.compte_d_odile()
    acteur = Acteur("protecteur", compte.pk, "Votre tuteur")

    def vus(cle: str, modele: Any, protege: int = personne) -> int:
        with traitement(cle, acteur=acteur, motif="Essai", personne=protege, protecteur=compte.personne_id):
            return int(modele.objects.count())

    voisin = ecrans.autre_dossier("751", sauf=dossier)
    assert vus("mon_compte", Fait) > 0
    assert vus("mon_compte", Fait, voisin.allocataire_id) == 0
    assert vus("mon_compte", Dossier, voisin.allocataire_id) == 0
    assert vus("mon_compte", PointDeContact) == 0
    assert tous(PointDeContact).filter(personne_id=personne).exists()
    for cle in ("mes_coordonnees", "mes_connexions", "second_facteur", "conditions_mon_compte", "correction_dossier"):
        with pytest.raises(HorsRegistre):
            vus(cle, Connexion)
    with (
        pytest.raises(HorsRegistre, match="agit pour une autre personne"),
        traitement("mon_compte", acteur=Acteur("allocataire", compte.pk), motif="x", personne=personne,
                   protecteur=compte.personne_id),
    ):  # fmt: skip
        pass


def test_mc_019_the_database_asks_for_the_power_and_the_day(comptes_seuls: Any) -> None:
    agent, _ = protecteurs.installer(comptes_seuls, pouvoirs=["consultation"])
    dossier, personne = ecrans.fiche_d_amina()
    compte = protecteurs.compte_d_odile()

    def vus(cle: str) -> int:
        acteur = Acteur("protecteur", compte.pk, "Votre tuteur")
        with traitement(cle, acteur=acteur, motif="Essai", personne=personne, protecteur=compte.personne_id):
            return int(Dossier.objects.count())

    assert (vus("mon_compte"), vus("ma_conservation")) == (1, 1)
    assert vus("mes_demandes_de_droits") == 0
    mesure = protecteurs.derniere(MesureProtection)
    hier = f"{timezone.localdate() - dt.timedelta(days=1):%d/%m/%Y}"
    protecteurs.enregistrer(agent, f"/agent/dossier/{dossier}/protection/{mesure.pk}/", {"dernier_jour": hier})
    assert (vus("mon_compte"), vus("ma_conservation"), vus("mes_demandes_de_droits")) == (0, 0, 0)


def test_mc_020_each_accepts_the_terms_for_themselves(paire: Any, comptes_seuls: Any) -> None:
    _, odile = paire
    protecteurs.agir(odile)
    amina = ecrans.allocataire(comptes_seuls)
    amina.post("/mon-compte/conditions/refuser/")
    assert amina.get("/mon-compte/").status_code == 403
    assert odile.get("/mon-compte/paiements/").status_code == 200
    odile.post("/mon-compte/conditions/refuser/")
    assert odile.get("/mon-compte/paiements/").status_code == 403
    empreinte = amina.get("/mon-compte/conditions/").context["conditions"].empreinte
    amina.post("/mon-compte/conditions/", {"accepte": "oui", "empreinte": empreinte})
    assert amina.get("/mon-compte/").status_code == 200
    assert odile.get("/mon-compte/paiements/").status_code == 403


# Credentials are each one's own


@pytest.mark.preuve("MC-035 : mot de passe, connexions, second facteur, coordonnées : à chacun les siens")
def test_mc_035_the_protector_reaches_no_credential_of_the_protected_person(paire: Any) -> None:
    _, odile = paire
    protecteurs.agir(odile)
    for chemin in INTERDITES:
        page = texte(odile.get(chemin), 403)
        assert "n'est ouverte qu'à la personne elle-même" in page
        assert "Vous agissez au nom de" in page
    accueil = texte(odile.get("/mon-compte/"))
    assert all(f'href="{chemin}"' not in accueil for chemin in INTERDITES)


@pytest.mark.preuve("MC-037 : le protecteur ne change ni le mot de passe, ni le second facteur de la personne protégée")
def test_mc_037_what_the_protector_changes_is_their_own(paire: Any, comptes_seuls: Any) -> None:
    _, odile = paire
    _, personne = ecrans.fiche_d_amina()
    avant = tous(Compte).get(personne_id=personne)
    amina = ecrans.allocataire(comptes_seuls)
    protecteurs.agir(odile)
    autre = "encore une autre phrase longue"
    saisie = {"ancien": protecteurs.SECRET, "nouveau": autre, "confirmation": autre}
    assert odile.post("/mot-de-passe/", saisie).status_code == 302
    assert odile.post("/pas-moi/").status_code == 302
    assert odile.post("/mon-compte/second-facteur/", {"acte": "activer", "mot_de_passe": autre}).status_code in (
        302,
        403,
    )
    apres = tous(Compte).get(personne_id=personne)
    assert (apres.password, apres.mot_de_passe_a_changer) == (avant.password, False)
    assert lignes("SELECT count(*) FROM identite_secondfacteur") == [(0,)]
    assert amina.get("/mon-compte/").status_code == 200
    assert ecrans.entrer(ecrans.visiteur(), protecteurs.NIR, autre).status_code == 302


def test_mc_036_neither_enters_with_the_other_s_credentials(paire: Any, comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    assert ecrans.entrer(ecrans.visiteur(), numero, protecteurs.SECRET).status_code == 422
    assert ecrans.entrer(ecrans.visiteur(), protecteurs.NIR, ecrans.MOT_DE_PASSE).status_code == 422
    odile = protecteurs.entrer()
    assert "Belavassin" not in texte(odile.get("/mon-compte/"))
    protecteurs.agir(odile)
    deja = tous(Connexion).values_list("personne_id", flat=True)
    assert ecrans.fiche_d_amina()[1] not in set(deja)


@pytest.mark.preuve("MC-056 : chacun ses coordonnées ; celle de l'un est refusée à l'autre")
def test_mc_056_the_protector_s_address_is_refused_on_the_protected_account(paire: Any, comptes_seuls: Any) -> None:
    from limpide.identite import contacts
    from limpide.identite.erreurs import ErreurSaisie

    _, personne = ecrans.fiche_d_amina()
    d_odile = tous(PointDeContact).get(personne_id=protecteurs.compte_d_odile().personne_id).valeur.en_clair()
    compte = tous(Compte).get(personne_id=personne)
    with pytest.raises(ErreurSaisie, match="autre compte"):
        ecrans.donner_un_contact(compte, "courriel", d_odile, contacts)
    confirmes = tous(PointDeContact).filter(personne_id=personne, retire_le=None, confirme_le__isnull=False)
    assert d_odile not in [p.valeur.en_clair() for p in confirmes]


# Acts


@pytest.mark.preuve("MC-038 : chaque acte porte qui l'a fait et pour qui, la personne le voit, les deux sont prévenus")
def test_mc_038_every_act_has_its_author_and_its_beneficiary(paire: Any, comptes_seuls: Any, boite: Any) -> None:
    _, odile = paire
    _, personne = ecrans.fiche_d_amina()
    compte = protecteurs.compte_d_odile()
    protecteurs.agir(odile)
    boite.recus.clear()
    protecteurs.enregistrer(odile, "/mon-compte/mes-donnees/", {"genre": "acces", "objet": "Ses données"})
    demande = tous(DemandeDroit).get()
    assert demande.personne_id == personne
    assert "Odile Vermandel (tutelle" in demande.represente_par
    journal = tous(LigneJournal).filter(traitement="mes_demandes_de_droits", action="ecriture")
    assert set(journal.values_list("acteur_genre", "acteur_id", "service", "personne_id")) == {
        ("protecteur", compte.pk, "Votre tuteur", personne)
    }
    assert {(recu.vers, recu.sujet) for recu in boite.recus} == {
        (contact_de(personne), "Un acte a été fait en votre nom dans Mon Compte"),
        (contact_de(compte.personne_id), "Vous avez agi pour une autre personne dans Mon Compte"),
    }
    page = texte(ecrans.allocataire(comptes_seuls).get("/mon-compte/consultations/"))
    assert "Votre tuteur" in page
    assert "En votre nom : « Vous exercez vos droits sur vos données »" in page
    with pytest.raises(Exception, match="ne se modifie"):
        lignes("UPDATE registre_journal SET acteur_id = 1")


def contact_de(personne: int) -> str:
    return str(
        tous(PointDeContact).get(personne_id=personne, retire_le=None, confirme_le__isnull=False).valeur.en_clair()
    )


def test_mc_038_a_reading_is_told_to_the_person_but_sends_no_message(paire: Any, comptes_seuls: Any) -> None:
    _, odile = paire
    avant = lignes("SELECT count(*) FROM identite_messagecontact")
    protecteurs.agir(odile)
    odile.get("/mon-compte/paiements/")
    assert lignes("SELECT count(*) FROM identite_messagecontact") == avant
    page = texte(ecrans.allocataire(comptes_seuls).get("/mon-compte/consultations/"))
    assert "En votre nom : « Vous consultez vos paiements »" in page


def test_mc_018_the_protected_person_sees_who_may_act(paire: Any, comptes_seuls: Any) -> None:
    page = texte(ecrans.allocataire(comptes_seuls).get(DOSSIERS))
    assert "Qui peut agir pour vous" in page
    assert "Odile Vermandel, tutelle" in page
