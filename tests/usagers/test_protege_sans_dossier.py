"""A guardian claims for somebody who never had a file (MC-047, MC-049, MC-050, MC-052)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone

from limpide.dossiers.models import Adresse, DeclarationScellee, Demande, Dossier, Fait, Rattachement
from limpide.identite.models import (
    AccesProtecteur,
    Affiliation,
    Compte,
    CoordonneesBancaires,
    DemandeProtecteur,
    EtatIdentite,
    Personne,
    RibPropose,
)
from limpide.monde import numeros
from limpide.usagers import scellement
from tests.banc import ecrans, fichiers, protecteurs, temps
from tests.banc.protecteurs import DOSSIERS, PROTEGE
from tests.usagers.test_matrice import ALLOCATAIRES, D_AMINA, MATRICE


def tous(modele: Any) -> Any:
    return modele.objects.using("proprietaire")


def texte(reponse: Any, statut: int = 200) -> str:
    assert reponse.status_code == statut, reponse
    return str(reponse.content.decode()).replace("&#x27;", "'")


def rose() -> Personne:
    trouvee: Personne = tous(Personne).get(nom_naissance=PROTEGE["protege_nom_naissance"])
    return trouvee


# Asked


def test_mc_050_somebody_without_a_file_is_described_and_nothing_is_looked_up(comptes_seuls: Any) -> None:
    connu = ecrans.amina(comptes_seuls).identifiant
    reponses = [protecteurs.demander_sans_numero(), protecteurs.demander_sans_numero(protege_nir=connu)]
    assert {(r.status_code, r["Location"]) for r in reponses} == {(302, f"{protecteurs.PAGE}?envoyee=1")}
    demande = protecteurs.derniere(DemandeProtecteur)
    assert (demande.numero, demande.protege_prenoms, demande.protege_nir_chiffre is None) == ("", "Rose", False)
    assert not tous(Personne).filter(nom_naissance="Quellerin").exists()
    page = texte(ecrans.agent(comptes_seuls).get(protecteurs.page_sans_numero()))
    assert "Quellerin" in page
    assert connu not in page


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("protege_nir", "123", "numéro"),
        ("protege_nir", protecteurs.NIR, "Ce numéro est le vôtre"),
        ("protege_prenoms", "", "Écrivez ses prénoms"),
        ("protege_date_naissance", "01/01/2020", "majeures"),
    ],
)
def test_mc_050_a_bad_entry_names_its_field_keeps_the_rest_and_writes_nothing(
    comptes_seuls: Any, champ: str, valeur: str, message: str
) -> None:
    page = texte(protecteurs.demander_sans_numero(**{champ: valeur}), 422)
    assert message in page
    assert f'href="#id_{champ}"' in page
    assert 'value="Quellerin"' in page
    assert tous(DemandeProtecteur).count() == 0


def test_mc_051_one_s_own_account_asks_once_for_somebody_without_a_file(comptes_seuls: Any) -> None:
    amina = ecrans.allocataire(comptes_seuls)
    saisie = {"organisme": "751", "sans_numero": "1", **PROTEGE}
    protecteurs.enregistrer(amina, DOSSIERS, saisie)
    assert "Vous avez déjà fait cette demande" in texte(amina.post(DOSSIERS, saisie), 422)
    assert "Rose Quellerin, sans dossier" in texte(amina.get(DOSSIERS))
    protecteurs.admettre_sans_numero(ecrans.agent(comptes_seuls))
    acces = tous(AccesProtecteur).get()
    assert (acces.protecteur_id, acces.personne_id) == (ecrans.fiche_d_amina()[1], rose().pk)


# Answered


@pytest.mark.preuve("MC-047 : un dossier préparé n'est pas ouvert ; la personne n'est allocataire qu'à sa demande")
def test_mc_047_a_prepared_file_is_not_open_and_nothing_is_computed(comptes_seuls: Any) -> None:
    _, odile, dossier = protecteurs.installer_sans_dossier(comptes_seuls)
    assert (dossier.ouvert_le, dossier.clos_le) == (None, timezone.localdate())
    assert dossier.allocataire_id == rose().pk
    for modele in (Rattachement, Fait, Demande):
        assert not tous(modele).filter(dossier_id=dossier.pk).exists()
    demande = tous(DemandeProtecteur).get()
    assert (demande.etat, demande.nir_chiffre, demande.protege_nir_chiffre, demande.protege_piece) == (
        "acceptee", None, None, "Décision du juge",
    )  # fmt: skip
    assert "devient allocataire avec sa première demande" in texte(odile.get("/mon-compte/"))
    assert not tous(Compte).filter(personne_id=rose().pk).exists()


def test_mc_051_a_known_person_s_file_is_the_one(comptes_seuls: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    elle = tous(Personne).get(pk=personne)
    agent = ecrans.agent(comptes_seuls)
    dit = {
        "protege_nir": ecrans.numero_de(personne).en_clair(), "protege_nom_naissance": elle.nom_naissance.lower(),
        "protege_prenoms": elle.prenoms, "protege_date_naissance": f"{elle.date_naissance:%d/%m/%Y}",
    }  # fmt: skip
    avant = tous(Dossier).count()
    protecteurs.demander_sans_numero(**dit)
    reponse = protecteurs.admettre_sans_numero(agent)
    assert reponse["Location"] == f"/agent/dossier/{dossier}/protecteurs/"
    assert "a déjà ce dossier" in texte(ecrans.ouvrir(agent, dossier).get(reponse["Location"]))
    assert (tous(Dossier).count(), tous(AccesProtecteur).get().dossier_id) == (avant, dossier)


def test_mc_051_a_number_known_under_another_name_is_to_be_checked_and_nothing_is_written(comptes_seuls: Any) -> None:
    agent, avant = ecrans.agent(comptes_seuls), (tous(Personne).count(), tous(Compte).count(), tous(Dossier).count())
    protecteurs.demander_sans_numero(protege_nir=ecrans.numero_de(ecrans.fiche_d_amina()[1]).en_clair())
    ici = protecteurs.page_sans_numero()
    assert protecteurs.admettre_sans_numero(agent)["Location"] == ici
    page = texte(agent.get(ici))
    assert "Le numéro de la personne à protéger est connu sous un autre nom" in page
    assert (tous(Personne).count(), tous(Compte).count(), tous(Dossier).count()) == avant
    assert tous(AccesProtecteur).count() == 0
    protecteurs.enregistrer(agent, ici, {"acte": "refuser", "motif": "protege"})
    assert protecteurs.derniere(DemandeProtecteur).protege_nir_chiffre is None


@pytest.mark.parametrize(
    ("statut", "caf", "message"),
    [("decede", "751", "identité « "), ("litige", "751", "identité « "), (None, "591", "La Caf 751 a déjà le dossier")],
)
def test_mc_051_the_dead_the_disputed_and_another_caf_s_are_refused(
    comptes_seuls: Any, statut: str | None, caf: str, message: str
) -> None:
    personne = ecrans.fiche_d_amina()[1]
    elle = tous(Personne).get(pk=personne)
    if statut is not None:
        cause = "deces" if statut == "decede" else "usurpation"
        tous(EtatIdentite).create(personne_id=personne, etat=statut, cause=cause, depuis=timezone.localdate())
    agent = ecrans.agent(comptes_seuls, *([ecrans.AGENT_NORD] if caf == "591" else []))
    protecteurs.demander_sans_numero(
        organisme=caf, protege_nir=ecrans.numero_de(personne).en_clair(), protege_nom_naissance=elle.nom_naissance,
        protege_date_naissance=f"{elle.date_naissance:%d/%m/%Y}",
    )  # fmt: skip
    ici = protecteurs.page_sans_numero()
    protecteurs.admettre_sans_numero(agent)
    assert message in texte(agent.get(ici))
    assert tous(AccesProtecteur).count() == 0


def test_mc_051_another_caf_s_request_without_a_number_does_not_exist(comptes_seuls: Any) -> None:
    protecteurs.demander_sans_numero(organisme="591")
    agent = ecrans.agent(comptes_seuls)
    assert agent.get(protecteurs.page_sans_numero()).status_code == 404
    protecteurs.demander()
    assert agent.get(protecteurs.page_sans_numero()).status_code == 404  # it has a number: on its file


def test_mc_047_each_page_of_the_space_and_of_the_file_bears_a_prepared_file(comptes_seuls: Any) -> None:
    agent, odile, dossier = protecteurs.installer_sans_dossier(comptes_seuls)
    seul = "/agent/dossier/<int:numero>/"
    du_dossier = [p for p, s in MATRICE.items() if p.startswith(seul) and "<" not in p[len(seul) :] and s == D_AMINA]
    de_l_espace = [p for p, s in MATRICE.items() if p.startswith("/mon-compte/") and "<" not in p and s == ALLOCATAIRES]
    assert len(du_dossier) > 10 < len(de_l_espace)
    statuts = {p: agent.get(p.replace("<int:numero>", str(dossier.pk))).status_code for p in du_dossier}
    statuts |= {p: odile.get(p).status_code for p in de_l_espace}
    assert statuts.pop("/mon-compte/simuler/") == 302  # the file says nothing to simulate with
    assert set(statuts.values()) == {200}, statuts
    assert "il attend une première demande" in texte(odile.get("/mon-compte/conservation/"))
    assert "En attente d'une première demande" in texte(agent.post("/agent/", {"numero": dossier.numero}))


# Claimed

SAISIE = {"honneur": "on"}


@pytest.mark.preuve("MC-049 : la personne protégée devient allocataire dès la demande faite en son nom")
def test_mc_049_the_first_claim_opens_the_file_and_the_account_waits_for_a_second_agent(comptes_seuls: Any) -> None:
    pouvoirs = [*protecteurs.TOUS, "paiements"]
    agent, odile, dossier = protecteurs.installer_sans_dossier(comptes_seuls, pouvoirs=pouvoirs)
    ecrans.remplir_une_demande(odile)
    protecteurs.enregistrer(odile, "/demande-rsa/envoyer/", SAISIE)
    dossier.refresh_from_db(using="proprietaire")
    jour = timezone.localdate()
    assert (dossier.ouvert_le, dossier.clos_le, dossier.motif_cloture) == (jour.replace(day=1), None, "")
    demande = tous(Demande).get(dossier_id=dossier.pk)
    assert timezone.localdate(demande.deposee_le) == jour
    assert tous(Rattachement).filter(dossier_id=dossier.pk, role="demandeur", personne_id=rose().pk).count() == 1
    assert tous(Affiliation).filter(personne_id=rose().pk).count() == 1
    assert tous(Adresse).get(dossier_id=dossier.pk).commune == "Paris"
    scellee = tous(DeclarationScellee).get(demande_id=demande.pk)
    assert "par la personne qui la protège (tutelle" in scellement.relire(scellee)["demandeur"]
    assert not tous(CoordonneesBancaires).filter(personne_id=rose().pk).exists()
    rib = tous(RibPropose).get()
    assert (rib.etat, rib.dossier_id, rib.titulaire) == ("depose", dossier.pk, "Rose Quellerin")
    assert "pas de dossier ouvert" not in texte(odile.get("/mon-compte/"))
    page, reponse = (
        f"/agent/dossier/{dossier.pk}/protecteurs/rib/{rib.pk}/",
        {"avis": "accepter", "depuis": "01/12/2026"},
    )
    assert "Un autre agent que celui qui a ouvert l'accès" in texte(agent.post(page, reponse), 422)
    protecteurs.enregistrer(ecrans.ouvrir(protecteurs.seconde_agente(), dossier.pk), page, reponse)
    assert tous(CoordonneesBancaires).get(personne_id=rose().pk).titulaire == "Rose Quellerin"


def test_mc_052_the_account_is_not_asked_again_while_one_waits(comptes_seuls: Any) -> None:
    _, odile, dossier = protecteurs.installer_sans_dossier(comptes_seuls)
    preuve = SimpleUploadedFile("rib.jpg", fichiers.photo(), content_type="image/jpeg")
    ici = f"{DOSSIERS}{tous(AccesProtecteur).get().pk}/montrer/"
    rib = {"acte": "rib", "iban": numeros.iban(78), "titulaire": "Rose Quellerin", "photo": preuve}
    protecteurs.enregistrer(odile, ici, rib)
    ecrans.remplir_une_demande(odile, 5)
    page = texte(odile.get("/demande-rsa/"))
    assert 'name="commune"' in page
    assert 'name="iban"' not in page
    ecrans.remplir_une_demande(odile)
    protecteurs.enregistrer(odile, "/demande-rsa/envoyer/", SAISIE)
    assert tous(RibPropose).get().dossier_id == dossier.pk


def test_mc_049_an_address_of_another_caf_is_refused_and_nothing_opens(comptes_seuls: Any) -> None:
    _, odile, dossier = protecteurs.installer_sans_dossier(comptes_seuls)
    ecrans.remplir_une_demande(odile, 5)
    tape: dict[str, str] = {}
    for saisie in ecrans.REPONSES_A_LA_DEMANDE:
        tape |= saisie
    odile.post("/demande-rsa/", tape | {"code_postal": "59000", "etape": "5"})
    assert "relève d'une autre Caf" in texte(odile.post("/demande-rsa/envoyer/", SAISIE), 422)
    dossier.refresh_from_db(using="proprietaire")
    assert dossier.ouvert_le is None
    assert tous(Demande).filter(dossier_id=dossier.pk).count() == 0


@pytest.mark.preuve("MC-049 : la personne protégée qui demande elle-même devient allocataire aussi")
def test_mc_049_the_person_herself_may_claim_and_opens_the_same_file(comptes_seuls: Any) -> None:
    _, _, dossier = protecteurs.installer_sans_dossier(comptes_seuls)
    numero = ecrans.ouvrir_un_compte(dossier)
    ecrans.accepter_les_conditions()
    ecrans.donner_des_contacts()
    elle = ecrans.visiteur()
    ecrans.entrer(elle, numero.en_clair())
    nouveau = "une autre phrase de Rose"
    elle.post("/mot-de-passe/", {"ancien": ecrans.MOT_DE_PASSE, "nouveau": nouveau, "confirmation": nouveau})
    ecrans.remplir_une_demande(elle)
    protecteurs.enregistrer(elle, "/demande-rsa/envoyer/", SAISIE)
    dossier.refresh_from_db(using="proprietaire")
    assert dossier.clos_le is None
    assert tous(CoordonneesBancaires).filter(personne_id=rose().pk).count() == 1
    assert tous(RibPropose).count() == 0


def test_mc_047_the_database_opens_a_file_once(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    temps.clore(dossier, timezone.localdate())
    with pytest.raises(IntegrityError, match="Un dossier s'ouvre une fois"):
        tous(Dossier).filter(pk=dossier).update(clos_le=None, motif_cloture="")
    with pytest.raises(IntegrityError, match="Un dossier s'ouvre une fois"):
        tous(Dossier).filter(pk=dossier).update(ouvert_le=timezone.localdate())
