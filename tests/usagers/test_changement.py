"""A change of situation declared online (S06): drafted, read again with what it moves, sealed once, followed."""

import datetime as dt
import io
import re
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from limpide.dossiers.models import (
    Adresse,
    Decision,
    DeclarationScellee,
    Fait,
    PieceAttendue,
    Rattachement,
    TacheAgent,
)
from limpide.droits.faits import NATURES
from limpide.identite.models import MessageContact, Personne
from limpide.paiements.models import Creance
from limpide.usagers import scellement
from limpide.usagers.models import BrouillonChangement
from tests.banc import ecrans, protecteurs

ICI = "/mon-compte/changement/"
DEMENAGER = {"depuis": "02/11/2026", "lignes": "4 rue des Essais", "code_postal": "75011", "commune": "Paris",
             "logement": "loge_gratuitement"}  # fmt: skip
NAITRE = {"evenement": "naissance", "prenoms": "Lou Anna", "nom_naissance": "Belavassin", "naissance": "12/10/2026",
          "garde": "non"}  # fmt: skip
VIVRE_EN_COUPLE = {"depuis": "05/10/2026", "lien": "pacs", "prenoms": "Sacha", "nom_naissance": "Orvandel",
                   "naissance": "04/04/1992", "nationalite": "francaise", "activite": "actif"}  # fmt: skip


def les(modele: Any, **filtres: Any) -> Any:
    return modele.objects.using("proprietaire").filter(**filtres)


@pytest.fixture
def amina(presents: dict[str, Any]) -> Client:
    client = ecrans.visiteur()
    assert ecrans.entrer(client, ecrans.amina(presents).identifiant).status_code == 302
    return client


def texte(reponse: Any) -> str:
    brut = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", brut.replace("\xa0", " ").replace("\u202f", " "))


def erreurs(reponse: Any) -> list[str]:
    return re.findall(r'<li><a href="#[^"]*">[^<]*</a> : ([^<]*)', reponse.content.decode().replace("&#x27;", "'"))


def refus(client: Client, genre: str, saisie: dict[str, str]) -> list[str]:
    reponse = client.post(f"{ICI}{genre}/", saisie)
    assert reponse.status_code == 422
    return erreurs(reponse)


def declarer(client: Client, genre: str, saisie: dict[str, str], **accords: str) -> str:
    """Typed, read again, sent; the page read again."""
    adresse = f"{ICI}{genre}/"
    assert client.post(adresse, saisie)["Location"] == f"{adresse}relire/"
    relue = client.get(f"{adresse}relire/")
    assert client.post(f"{adresse}relire/", {"honneur": "on", **accords})["Location"] == ICI
    return texte(relue)


def composition() -> list[tuple[str, str, bool]]:
    """(first name, role, shared custody) of Amina's household today, as known now."""
    dossier, _ = ecrans.fiche_d_amina()
    lignes = les(Rattachement, dossier_id=dossier, connu__upper_inf=True, valide__upper_inf=True)
    return sorted((r.personne.prenoms, r.role, r.garde_alternee) for r in lignes.select_related("personne"))


def valeur(nature: str, qui: int | None, jour: dt.date) -> list[tuple[int, str]]:
    dossier, _ = ecrans.fiche_d_amina()
    faits = les(Fait, dossier_id=dossier, personne_id=qui, nature=NATURES[nature].code, connu__upper_inf=True)
    return [(f.valeur, f.source) for f in faits.filter(valide__contains=jour)]


def verifier(agent: Client, preuve: str = "guichet") -> tuple[str, Any]:
    """(what the agent reads of the last task, the answer to their validation)."""
    dossier, _ = ecrans.fiche_d_amina()
    adresse = f"/agent/dossier/{dossier}/taches/{les(TacheAgent).latest('pk').pk}/changement/"
    page = agent.get(adresse)
    vue = re.search(r'name="empreinte" value="([0-9a-f]+)"', page.content.decode())
    assert vue, page.content.decode()[-3000:]
    return texte(page), agent.post(adresse, {"acte": "enregistrer", "preuve": preuve, "empreinte": vue[1]})


def envoyer_deux_fois(client: Client, genre: str) -> None:
    """Two tabs at the same moment."""
    reponses: list[int] = []

    def envoyer() -> None:
        autre = Client()
        autre.cookies = client.cookies
        reponses.append(autre.post(f"{ICI}{genre}/relire/", {"honneur": "on"}).status_code)
        connections.close_all()

    fils = [threading.Thread(target=envoyer) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert reponses == [302, 302]


def test_mc_002_mc_023_a_move_reaches_the_file_at_once_sealed_once(comptes_seuls: dict[str, Any]) -> None:
    amina = ecrans.allocataire(comptes_seuls)
    dossier, _ = ecrans.fiche_d_amina()
    assert len(refus(amina, "demenagement", DEMENAGER | {"depuis": "31/02/2026", "code_postal": "7501"})) == 2
    brouillon = amina.get(f"{ICI}demenagement/").content.decode()
    assert 'value="31/02/2026"' in brouillon  # wrong answers included
    demain = f"{timezone.localdate() + dt.timedelta(days=1):%d/%m/%Y}"
    assert refus(amina, "demenagement", DEMENAGER | {"depuis": demain}) == ["Cette date est dans le futur."]
    ancien = refus(amina, "demenagement", DEMENAGER | {"depuis": "01/01/2001"})
    assert "Votre dossier est ouvert depuis" in ancien[0]
    assert "Déclaration commencée : déménagement" in texte(amina.get(ICI))
    amina.post(f"{ICI}demenagement/", DEMENAGER)
    relue = texte(amina.get(f"{ICI}demenagement/relire/"))
    assert "441-1" in relue  # MC-026: the sanctions are told
    assert "Ce que cela changerait" in relue
    sans = amina.post(f"{ICI}demenagement/relire/", {})
    assert (sans.status_code, erreurs(sans)) == (422, ["Cochez cette case pour envoyer votre déclaration."])
    assert not les(DeclarationScellee, genre="changement").exists()
    envoyer_deux_fois(amina, "demenagement")
    scellee = les(DeclarationScellee).get(genre="changement")
    assert scellement.relire(scellee)["certifie_exact"] is True
    adresse = les(Adresse, dossier_id=dossier).get(valide__upper_inf=True)
    assert (adresse.lignes, adresse.valide.lower) == ("4 rue des Essais", dt.date(2026, 11, 2))
    assert valeur("statut_occupation_logement", None, dt.date(2026, 11, 3)) == [(5, "declaration")]
    assert not les(TacheAgent).exists()
    assert not les(BrouillonChangement).exists()
    assert amina.get(f"{ICI}demenagement/relire/")["Location"] == ICI
    suivi = texte(amina.get(ICI))
    assert scellee.numero in suivi
    assert "vous n'avez rien d'autre à faire" in suivi
    pdf = amina.get(f"{ICI}{scellee.pk}/declaration.pdf")
    lu = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.content)).pages)
    assert scellee.numero in lu
    assert "connaît déjà une adresse depuis le 2 novembre 2026" in refus(amina, "demenagement", DEMENAGER)[0]
    loin = DEMENAGER | {"depuis": "10/11/2026", "code_postal": "59000", "commune": "Lille"}
    relue = declarer(amina, "demenagement", loin)
    assert "Elle relève d'une autre caisse" in relue
    assert "D'ici là, elle continue à vous payer" in relue
    tache = les(TacheAgent).get()
    assert (tache.genre, tache.objet[:21]) == ("changement", "Dossier à transférer ")
    assert "Un agent de votre Caf vérifie. Prochaine étape : votre Caf , avant le" in texte(amina.get(ICI))


@pytest.mark.preuve("Une naissance déclarée en ligne : document, vérification d'un agent, droits recalculés")
def test_mc_005_a_birth_waits_for_an_agent_who_records_it_and_the_rights_follow(
    amina: Client, presents: dict[str, Any]
) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    avant, agent = composition(), ecrans.agent(presents)
    assert "Allocations familiales" in declarer(amina, "naissance", NAITRE)
    assert (composition(), les(Personne, prenoms="Lou Anna").exists()) == (avant, False)  # nothing before an agent
    tache = les(TacheAgent).get()
    assert tache.objet == "Naissance : identité à vérifier, puis à enregistrer"
    assert "Lou" not in tache.objet + tache.detail
    for page in (ICI, "/mon-compte/demandes/"):
        assert "Nous attendons le document demandé. Prochaine étape : vous , avant le" in texte(amina.get(page))
    assert "Vous avez déjà déclaré cet enfant" in refus(amina, "naissance", NAITRE | {"prenoms": "LOU"})[0]
    assert les(PieceAttendue).get(dossier_id=dossier, genre="acte_enfant").etat == "attendue"
    page, non = verifier(agent, "document")
    assert "Lou Anna" in page
    assert "Aucun document n'est accepté" in texte(non)
    assert composition() == avant
    _, fait = verifier(agent)
    assert fait.status_code == 302
    assert composition() == sorted([*avant, ("Lou Anna", "enfant", False)])
    decision = les(Decision, dossier_id=dossier).latest("prise_le")
    assert decision.cause == "Vous avez déclaré une naissance le 12 octobre 2026."
    assert any(e["droit"] == "af" and e["apres"] > (e["avant"] or 0) for e in decision.effets)
    assert "Lou est dans votre dossier depuis le 12 octobre 2026" in texte(amina.get(ICI))
    assert "est déjà dans votre dossier" in refus(amina, "naissance", NAITRE)[0]
    assert les(PieceAttendue).get(dossier_id=dossier, genre="acte_enfant").etat == "inutile"  # shown at the counter
    declarer(amina, "naissance", NAITRE | {"prenoms": "Ari", "naissance": "13/10/2026"})
    tache = f"/agent/dossier/{dossier}/taches/{les(TacheAgent).latest('pk').pk}/"
    assert agent.get(tache)["Location"] == f"{tache}changement/"
    reponse = {"acte": "repondre", "issue": "sans_suite", "reponse": "Cet acte n'est pas le bon."}
    assert agent.post(f"{tache}changement/", reponse).status_code == 302
    assert "ne l'a pas enregistré. Réponse de votre Caf : Cet acte n'est pas le bon." in texte(amina.get(ICI))
    assert not les(PieceAttendue, genre="acte_enfant", etat="attendue").exists()
    assert ("Ari", "enfant", False) not in composition()


@pytest.mark.preuve("MC-087 : l'accord du conjoint pour un changement ; couple vérifié, puis séparation")
def test_mc_087_a_couple_needs_the_spouse_s_agreement_then_a_separation_undoes_it(
    amina: Client, presents: dict[str, Any]
) -> None:
    avant, agent = composition(), ecrans.agent(presents)
    separer = {"depuis": "20/11/2026", "e0": "reste", "e1": "alternee"}
    assert refus(amina, "separation", separer) == [
        "À cette date, votre dossier ne connaît pas de conjoint ni de conjointe."
    ]
    salaires = dict.fromkeys(re.findall(r'name="(salaire_\d+)"', amina.get(f"{ICI}couple/").content.decode()), "1 800")
    assert len(salaires) == 4
    assert amina.post(f"{ICI}couple/", VIVRE_EN_COUPLE | salaires).status_code == 302
    sans = amina.post(f"{ICI}couple/relire/", {"honneur": "on"})
    assert erreurs(sans) == ["L'accord de cette personne est nécessaire avant de donner ses données."]
    relue = declarer(amina, "couple", VIVRE_EN_COUPLE | salaires, accord_0="on")
    assert "Sacha est d'accord pour que je donne ces informations à la Caf" in relue
    dit = scellement.relire(les(DeclarationScellee).get(genre="changement"))
    assert dit["accords"] == ["Sacha est d'accord pour que je donne ces informations à la Caf"]
    assert "un agent la vérifie" in refus(amina, "couple", VIVRE_EN_COUPLE | salaires)[0]
    assert "attend encore un agent" in refus(amina, "separation", separer)[0]
    assert (composition(), verifier(agent)[1].status_code) == (avant, 302)
    assert ("Sacha", "conjoint", False) in composition()
    assert "déclarez d'abord la séparation" in refus(amina, "couple", VIVRE_EN_COUPLE | salaires)[0]
    dus = list(les(Creance).values_list("etat", flat=True))
    assert set(dus) == {"proposee"}  # less than was paid: proposed, never taken
    declarer(amina, "separation", separer)
    dossier, _ = ecrans.fiche_d_amina()
    parti = les(Rattachement, dossier_id=dossier, role="conjoint", connu__upper_inf=True).get()
    assert (parti.valide.upper, parti.source) == (dt.date(2026, 11, 20), "declaration")
    assert composition() == sorted([*avant[:1], *[(p, r, r == "enfant" and p == "Noé") for p, r, _ in avant[1:]]])
    assert valeur("rsa_isolement_recent", None, dt.date(2027, 1, 1)) == [(1, "declaration")]


def test_a_job_lost_a_child_who_leaves_and_comes_back_a_pregnancy(comptes_seuls: dict[str, Any]) -> None:
    amina = ecrans.allocataire(comptes_seuls)
    _, elle = ecrans.fiche_d_amina()
    perdre = {"qui": "moi", "activite": "chomeur", "depuis": "03/11/2026"}
    assert refus(amina, "emploi", perdre) == ["Répondez oui ou non : le calcul en dépend."]
    assert refus(amina, "emploi", perdre | {"activite": "actif"}) == ["C'est déjà ce que la Caf connaît à cette date."]
    declarer(amina, "emploi", perdre | {"remplacement": "non"})
    assert valeur("activite", elle, dt.date(2026, 11, 4)) == [(1, "declaration")]
    assert valeur("revenus_interrompus", elle, dt.date(2026, 11, 4)) == [(1, "declaration")]
    assert "vient après cette date" in refus(amina, "emploi", perdre | {"activite": "retraite"})[0]
    somme = {"qui": "moi", "nature": "salaire_net", "mois": "2026-08", "montant": "-4"}
    assert refus(amina, "ressources", somme) == ["Le montant ne peut pas être négatif."]
    declarer(amina, "ressources", somme | {"montant": "812,40"})
    assert valeur("salaire_net", elle, dt.date(2026, 8, 1)) == [(81240, "declaration")]
    avant = composition()
    declarer(amina, "enfant-part", {"qui": "e0", "ou": "part", "depuis": "04/11/2026"})
    assert len(composition()) == len(avant) - 1
    revenir = {"qui": "p0", "depuis": "15/11/2026", "garde": "non"}
    declarer(amina, "enfant-arrive", revenir)
    assert composition() == avant
    assert "C'est déjà" in refus(amina, "enfant-part", {"qui": "e0", "ou": "reste", "depuis": "16/11/2026"})[0]
    enceinte = {"qui": "moi", "depuis": "10/11/2026", "debut": "01/09/2026", "nombre": "2"}
    assert "N'envoyez aucun document médical" in declarer(amina, "grossesse", enceinte)
    assert "un agent la vérifie" in refus(amina, "grossesse", enceinte)[0]
    assert valeur("enceinte", elle, dt.date(2026, 11, 12)) == []
    assert verifier(ecrans.agent(comptes_seuls), "organisme")[1].status_code == 302
    assert valeur("enfants_attendus", elle, dt.date(2026, 11, 12)) == [(2, "declaration")]


@pytest.mark.preuve("MC-049 : le protecteur déclare un changement au nom de la personne, si le juge l'en a chargé")
def test_mc_049_a_protector_declares_a_change_in_the_person_s_name(comptes_seuls: dict[str, Any]) -> None:
    agent, odile = protecteurs.installer(comptes_seuls)
    protecteurs.agir(odile)
    declarer(odile, "demenagement", DEMENAGER)
    scellee = les(DeclarationScellee).get(genre="changement")
    assert scellee.personne_id == ecrans.fiche_d_amina()[1]
    assert scellee.auteur == f"compte {protecteurs.compte_d_odile().pk}"
    dit = scellement.relire(scellee)
    assert "par la personne qui la protège" in dit["demandeur"]
    assert "Vermandel" not in str(dit)
    declarer(odile, "naissance", NAITRE)
    assert verifier(agent)[1].status_code == 302
    prevenus = les(MessageContact, objet="verifie").values_list("personne_id", flat=True)
    assert set(prevenus) == {scellee.personne_id, protecteurs.compte_d_odile().personne_id}
