"""Who may open which address: every URL of the site × every kind of visitor. A new URL without a line fails."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from limpide.identite.models import AccesProtecteur, MesureProtection
from limpide.registre.controles import adresses
from limpide.usagers.demande.aides import AIDES
from tests.banc import bornes, ecrans, protecteurs
from tests.usagers.adresses import adresse, demander_le_detail
from tests.usagers.mobile.adresses import API

ROLES = ("visiteur", "amina", "voisine", "odile", "agent_751", "agent_591", "dpd")
"""Odile is Amina's guardian, and acts for her."""
TOUS = dict.fromkeys(ROLES, 200)
"""Expected HTTP status of a GET; a number for everybody, or one per role. 302: sent elsewhere (login, reason…)."""

ALLOCATAIRES = dict.fromkeys(ROLES, 403) | {"visiteur": 302, "amina": 200, "voisine": 200, "odile": 200}
D_AMINA = {"visiteur": 302, "amina": 403, "voisine": 403, "odile": 403, "agent_751": 200, "agent_591": 404, "dpd": 403}
AGENTS = {"visiteur": 302, "amina": 403, "voisine": 403, "odile": 403, "agent_751": 200, "agent_591": 200, "dpd": 403}
OFFICIERE = dict.fromkeys(ROLES, 403) | {"visiteur": 302, "dpd": 200}
PERSONNELLES = ALLOCATAIRES | {"odile": 403}
"""Each one's own credentials and points of contact: not even the protector's business (MC-035, MC-037)."""
SEULEMENT_POST = dict.fromkeys(ROLES, 405)
RIEN_DE_COMMENCE = {"amina": 302, "voisine": 302, "odile": 302}
"""No claim is being filled: sent to where one begins."""

OPENFISCA = ("variables", "variable/<str:nom>", "parameters", "parameter/<path:nom>", "entities", "spec")
REGISTRE = (
    "", "registre.ods", "registre.json", "immatriculation/", "versions/", "versions/<int:numero>/",
    "versions/<int:numero>.json", "<slug:code>/aipd.json", "<slug:code>/",
)  # fmt: skip

MATRICE: dict[str, dict[str, int]] = {
    "/": TOUS,
    "/simulateur/": TOUS,
    **{f"/informatique-et-libertes/{suite}": TOUS for suite in REGISTRE},
    "/simulateur/demander/": SEULEMENT_POST,
    "/algorithmes/": TOUS,
    "/algorithmes/droits.json": TOUS,
    "/algorithmes/<slug:code>/": TOUS,
    "/algorithmes/<slug:code>.json": TOUS,
    "/openfisca/": dict.fromkeys(ROLES, 300),  # as OpenFisca's own root answers
    "/openfisca/calculate": SEULEMENT_POST,
    **{f"/openfisca/{suite}": TOUS for suite in OPENFISCA},
    "/openfisca/trace": SEULEMENT_POST,
    "/accessibilite/": TOUS,
    "/donnees-personnelles/": TOUS,
    "/etat": TOUS,
    "/developpeurs/": TOUS,
    **{chemin: dict.fromkeys(ROLES, statut) for chemin, statut in API.items()},
    "/securite/": TOUS,
    "/cookies/": TOUS,
    "/conditions/": TOUS,
    "/mon-compte/conditions/": ALLOCATAIRES,
    "/mon-compte/conditions/refuser/": ALLOCATAIRES,
    "/connexion/": TOUS,
    "/agent/connexion/": TOUS,
    "/connexion/compte-tuteur/": TOUS,
    "/connexion/code/": dict.fromkeys(ROLES, 302),  # nobody's password is waiting for its code
    "/connexion/franceconnect/": dict.fromkeys(ROLES, 302),  # not set here: number and password
    "/connexion/franceconnect/cles.json": dict.fromkeys(ROLES, 404),  # nothing is encrypted here
    "/connexion/franceconnect/retour/": dict.fromkeys(ROLES, 302),  # nobody left for it
    "/deconnexion/": SEULEMENT_POST,
    "/pas-moi/": SEULEMENT_POST,
    "/mot-de-passe/": TOUS | {"visiteur": 302},
    "/agent/second-facteur/": dict.fromkeys(ROLES, 302),
    "/mon-compte/": ALLOCATAIRES,
    "/mon-compte/dossiers/": ALLOCATAIRES,
    "/mon-compte/dossiers/<int:acces>/montrer/": ALLOCATAIRES | {"amina": 404, "voisine": 404},
    "/mon-compte/dossiers/agir/": SEULEMENT_POST,
    "/mon-compte/dossiers/quitter/": SEULEMENT_POST,
    "/mon-compte/coordonnees/": PERSONNELLES,
    "/mon-compte/residence/": PERSONNELLES,
    "/mon-compte/lettres/": PERSONNELLES,
    "/lettres/": TOUS,
    "/lettres/<int:numero>/": dict.fromkeys(ROLES, 404),  # no letter is written yet
    "/lettres/desabonnement/<str:jeton>/": dict.fromkeys(ROLES, 404),  # a token drawn by nobody
    "/lettres/reception/<str:jeton>.gif": TOUS,
    "/agent/lettres/": AGENTS,
    "/agent/lettres/ecrire/": AGENTS,
    "/agent/lettres/<int:numero>/": AGENTS | {"agent_751": 404, "agent_591": 404},
    "/agent/lettres/<int:numero>/modifier/": AGENTS | {"agent_751": 404, "agent_591": 404},
    "/mon-compte/paiements/": ALLOCATAIRES,
    "/mon-compte/indus/": ALLOCATAIRES,
    "/mon-compte/simulation/": ALLOCATAIRES,
    "/mon-compte/simuler/": ALLOCATAIRES,
    "/mon-compte/droits-possibles/": ALLOCATAIRES,
    "/mon-compte/droits-possibles/decliner/": SEULEMENT_POST,
    "/mon-compte/droits-possibles/reprendre/": SEULEMENT_POST,
    "/mon-compte/situation/": ALLOCATAIRES,
    "/mon-compte/decisions/": ALLOCATAIRES,
    "/mon-compte/second-facteur/": PERSONNELLES,
    "/mon-compte/connexions/": PERSONNELLES,
    "/mon-compte/connexions/franceconnect/": SEULEMENT_POST | {"odile": 403},
    "/mon-compte/connexions/fermer/": SEULEMENT_POST | {"odile": 403},
    "/mon-compte/consultations/": ALLOCATAIRES,
    "/mon-compte/supprimer/": PERSONNELLES,
    "/mon-compte/erreurs/": ALLOCATAIRES,
    "/mon-compte/erreurs/autre/signaler/": ALLOCATAIRES,
    "/mon-compte/erreurs/<int:fait>/signaler/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/conservation/": ALLOCATAIRES,
    "/mon-compte/consultations/acces.csv": ALLOCATAIRES,
    "/mon-compte/consultations/acces.json": ALLOCATAIRES,
    "/mon-compte/pourquoi/<str:mois>/": ALLOCATAIRES,
    "/mon-compte/pourquoi/<str:mois>/<slug:droit>.pdf": ALLOCATAIRES,
    "/mon-compte/changements/<str:mois>/": ALLOCATAIRES,
    "/mon-compte/recours/<int:recours>/": ALLOCATAIRES
    | {"amina": 404, "voisine": 404, "odile": 404},  # nobody answered an appeal
    "/mon-compte/recours/<int:recours>/lettre.pdf": ALLOCATAIRES | {"amina": 404, "voisine": 404, "odile": 404},
    "/mon-compte/decisions/<int:numero>/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/decisions/<int:numero>/changements/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/decisions/<int:numero>/lettre.pdf": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/decisions/<int:numero>/detail/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/decisions/<int:numero>/detail.pdf": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/decisions/<int:numero>/recu/<str:mois>.json": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/decisions/<int:numero>/detail/demander/": SEULEMENT_POST,
    "/agent/details/": AGENTS,
    "/agent/archives/": AGENTS,
    "/agent/dossier/<int:numero>/conservation/": D_AMINA,
    "/agent/": AGENTS,
    "/agent/a-verifier/": AGENTS,
    "/agent/coordonnees/": AGENTS,
    "/agent/dossier/<int:numero>/decisions/<int:decision>/verifier/": D_AMINA,
    "/agent/dossier/<int:numero>/decisions/<int:decision>/detail/": D_AMINA | {"agent_751": 404},  # none waits
    "/agent/dossier/<int:numero>/motif/": D_AMINA,
    "/agent/dossier/<int:numero>/": D_AMINA,
    "/agent/dossier/<int:numero>/faits/": D_AMINA,
    "/agent/dossier/<int:numero>/droits/<str:mois>/": D_AMINA,
    "/agent/dossier/<int:numero>/journal/": D_AMINA,
    "/agent/dossier/<int:numero>/faits/<int:fait>/corriger/": D_AMINA,
    "/agent/dossier/<int:numero>/recours/": D_AMINA,
    "/agent/dossier/<int:numero>/recours/<int:recours>/": D_AMINA | {"agent_751": 404},  # Amina has lodged none
    "/agent/acces/": AGENTS,
    "/agent/dossier/<int:numero>/acces/": D_AMINA,
    "/agent/dossier/<int:numero>/acces/mot-de-passe/": SEULEMENT_POST,
    "/agent/dossier/<int:numero>/acces/preuves/": SEULEMENT_POST,
    "/agent/dossier/<int:numero>/protection/": D_AMINA,
    "/agent/dossier/<int:numero>/protection/<int:mesure>/": D_AMINA | {"agent_751": 404},  # nobody protects Amina
    "/agent/protecteurs/": AGENTS,
    "/agent/protecteurs/refuser/": SEULEMENT_POST,
    "/agent/protecteurs/demandes/<uuid:demande>/": AGENTS | {"agent_751": 404, "agent_591": 404},  # none waits
    "/agent/dossier/<int:numero>/protecteurs/": D_AMINA,
    "/agent/dossier/<int:numero>/protecteurs/rib/<uuid:rib>/": D_AMINA | {"agent_751": 404},  # Odile proposed none
    "/agent/dossier/<int:numero>/protecteurs/documents/<uuid:document>/contenu.bin": D_AMINA | {"agent_751": 404},
    "/agent/proches/": AGENTS,
    "/agent/dossier/<int:numero>/adresse/": D_AMINA,
    "/agent/dossier/<int:numero>/rncps/": D_AMINA,
    "/agent/rncps/": AGENTS,
    "/agent/rncps/campagnes/": AGENTS,
    "/mon-compte/rncps/": ALLOCATAIRES,
    "/agent/identites/": AGENTS,
    "/agent/dossier/<int:numero>/identites/": D_AMINA,
    "/agent/dossier/<int:numero>/identites/<int:personne>/": D_AMINA,
    "/agent/dossier/<int:numero>/identites/<int:personne>/etat-civil/": D_AMINA,
    "/dpd/demandes/<int:numero>/avis/<int:avis>.pdf": OFFICIERE | {"dpd": 404},  # nobody is to be warned
    "/dpd/etats-civils/": OFFICIERE,
    "/dpd/etats-civils/<uuid:cle>/": OFFICIERE | {"dpd": 404},  # nobody's civil status changed
    "/agent/dossier/<int:numero>/corrige/": D_AMINA | {"agent_751": 302},
    "/dpd/": OFFICIERE,
    "/dpd/traitements/<slug:cle>/": OFFICIERE,
    "/dpd/journal/": OFFICIERE,
    "/dpd/travaux/": OFFICIERE,
    "/dpd/alertes/": OFFICIERE,
    "/dpd/alertes/<int:numero>/": OFFICIERE,
    "/dpd/conservation/": OFFICIERE,
    "/dpd/conservation/gels/": OFFICIERE,
    "/dpd/conservation/gels/<int:numero>/lever/": SEULEMENT_POST,
    "/dpd/demandes/": OFFICIERE,
    "/dpd/demandes/courrier/": OFFICIERE,
    "/dpd/demandes/<int:numero>/": OFFICIERE | {"dpd": 404},  # Amina asks for nothing
    "/dpd/demandes/<int:numero>/reponse.pdf": OFFICIERE | {"dpd": 404},
    "/dpd/demandes/<int:numero>/reunir/": SEULEMENT_POST,
    "/dpd/demandes/<int:numero>/<slug:action>/": SEULEMENT_POST,
    **{f"/{aide.chemin}": ALLOCATAIRES for aide in AIDES},
    **{f"/{aide.chemin}envoyer/": ALLOCATAIRES | RIEN_DE_COMMENCE for aide in AIDES},
    **{f"/{aide.chemin}{acte}/": SEULEMENT_POST for aide in AIDES for acte in ("reprendre", "abandonner")},
    "/mon-compte/demander/": ALLOCATAIRES,
    "/mon-compte/demandes/": ALLOCATAIRES,
    "/mon-compte/demandes/<int:demande>/demande.pdf": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/trimestre/": ALLOCATAIRES,
    "/mon-compte/trimestre/<uuid:declaration>/declaration.pdf": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/changement/": ALLOCATAIRES,
    "/mon-compte/changement/<slug:genre>/": ALLOCATAIRES,
    "/mon-compte/changement/<slug:genre>/relire/": ALLOCATAIRES | dict.fromkeys(("amina", "voisine", "odile"), 302),
    "/mon-compte/changement/<slug:genre>/abandonner/": SEULEMENT_POST,
    "/mon-compte/changement/<uuid:changement>/declaration.pdf": ALLOCATAIRES | {"voisine": 404},
    "/agent/dossier/<int:numero>/taches/<int:tache>/changement/": D_AMINA,
    "/mon-compte/documents/": ALLOCATAIRES,
    "/mon-compte/documents/<int:piece>/envoyer/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/documents/<uuid:document>/contenu.bin": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/messages/": ALLOCATAIRES,
    "/mon-compte/messages/ecrire/": ALLOCATAIRES,
    "/mon-compte/messages/<uuid:conversation>/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/rendez-vous/": ALLOCATAIRES,
    "/mon-compte/rendez-vous/prendre/": ALLOCATAIRES,
    "/mon-compte/rendez-vous/<uuid:rendez_vous>/deplacer/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/rendez-vous/<uuid:rendez_vous>/annuler/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/rendez-vous/<uuid:rendez_vous>/rendez-vous.ics": ALLOCATAIRES | {"voisine": 404},
    "/agent/rendez-vous/": AGENTS,
    "/agent/rendez-vous/ouvrir/": AGENTS,
    "/agent/rendez-vous/<uuid:rendez_vous>/": AGENTS | {"agent_591": 404},
    "/agent/messages/": AGENTS,
    "/agent/dossier/<int:numero>/messages/<uuid:conversation>/": D_AMINA,
    "/agent/dossier/<int:numero>/contacts/": D_AMINA,
    "/agent/contacts/relire/": AGENTS,
    "/agent/contacts/chiffres/": AGENTS,
    "/agent/accueil-telephonique/": AGENTS,
    "/agent/a-faire/": AGENTS,
    "/agent/demandes/": AGENTS,
    "/agent/dossier/<int:numero>/demandes/<int:demande>/": D_AMINA,
    "/agent/taches/": AGENTS,
    "/agent/dossier/<int:numero>/taches/<int:tache>/": D_AMINA,
    "/agent/documents/": AGENTS,
    "/agent/dossier/<int:numero>/documents/": D_AMINA,
    "/agent/dossier/<int:numero>/documents/<uuid:document>/contenu.bin": D_AMINA,
    "/mon-compte/attestations/": ALLOCATAIRES,
    "/mon-compte/attestations/<uuid:attestation>/": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/attestations/<uuid:attestation>/attestation.pdf": ALLOCATAIRES | {"voisine": 404},
    "/mon-compte/attestations/<uuid:attestation>/retirer/": SEULEMENT_POST,
    **dict.fromkeys(bornes.POUR_TOUS, TOUS),
    **dict.fromkeys(bornes.DEVANT_UNE_BORNE, dict.fromkeys(ROLES, 403)),  # none of them is: `test_borne.py`
    "/verifier/": TOUS,
    "/mon-compte/mes-donnees/": ALLOCATAIRES,
    "/mon-compte/mes-donnees/<int:demande>/donnees.pdf": ALLOCATAIRES | {"amina": 404, "voisine": 404, "odile": 404},
    "/mon-compte/mes-donnees/<int:demande>/donnees.json": ALLOCATAIRES | {"amina": 404, "voisine": 404, "odile": 404},
    "/mon-compte/mes-donnees/<int:demande>/retirer/": SEULEMENT_POST,
    "/homologations/": TOUS,
    "/homologations/<int:numero>/decision.pdf": TOUS,
    "/dpd/homologations/": OFFICIERE,
    "/dpd/homologations/<slug:cle>/": OFFICIERE,
    "/dpd/homologations/<slug:cle>/retirer/<int:numero>/": SEULEMENT_POST,
}


def test_every_address_has_its_line() -> None:
    assert {chemin for chemin, _ in adresses()} == set(MATRICE)


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    """The demonstration's world, with a decision of Amina's Caf that waits for a person."""
    presents = ecrans.peupler(grossesse=True)
    ecrans.attendre_des_documents()
    return presents


@pytest.fixture
def visiteurs(presents: Any) -> dict[str, Any]:
    """One browser per role. The agent of the other Caf gave a reason too: it must not help."""
    dossier, _ = ecrans.fiche_d_amina()
    voisin = ecrans.autre_dossier("751", sauf=dossier)
    numero = ecrans.ouvrir_un_compte(voisin)
    voisine = ecrans.visiteur()
    ecrans.entrer(voisine, numero.en_clair())
    saisie = {"ancien": ecrans.MOT_DE_PASSE, "nouveau": "un tout autre secret", "confirmation": "un tout autre secret"}
    assert voisine.post("/mot-de-passe/", saisie).status_code == 302
    autre = ecrans.agent(presents, ecrans.AGENT_NORD)
    session = autre.session
    session["motifs_des_dossiers"] = {str(dossier): "changement"}
    session.save()
    amina = ecrans.allocataire(presents)
    demander_le_detail(amina, dossier)
    ecrans.attester(amina)
    agent, odile = protecteurs.installer(presents)
    return {
        "visiteur": ecrans.visiteur(),
        "amina": amina,
        "voisine": voisine,
        "odile": protecteurs.agir(odile),
        "agent_751": agent,
        "agent_591": autre,
        "dpd": ecrans.agent(presents, ecrans.DPD),
    }


@pytest.mark.preuve(
    "Accès : chaque adresse × chaque rôle, dossier d'autrui et d'une autre Caf compris", controles=(10,)
)
def test_each_role_opens_what_it_may_and_nothing_else(visiteurs: Any) -> None:
    obtenus = {patron: {role: visiteurs[role].get(adresse(patron)).status_code for role in ROLES} for patron in MATRICE}
    assert obtenus == MATRICE


def test_the_neighbour_never_sees_amina_s_data(visiteurs: Any) -> None:
    for patron, attendus in MATRICE.items():
        if attendus["voisine"] == 200 and not patron.endswith(
            (".pdf", ".ods", ".gif")
        ):  # published, the same for everybody
            page = visiteurs["voisine"].get(adresse(patron)).content.decode()
            assert "Belavassin" not in page, patron
            assert "1000000" not in page, patron


def test_a_correction_posted_by_anyone_else_changes_nothing(visiteurs: Any) -> None:
    from limpide.dossiers.models import Fait

    avant = Fait.objects.using("proprietaire").count()
    chemin = adresse("/agent/dossier/<int:numero>/faits/<int:fait>/corriger/")
    saisie = {"valeur": "1", "debut": "2026-08", "fin": "2026-08", "source": "agent", "valider": "1", "empreinte": "x"}
    for role in ("visiteur", "amina", "voisine", "odile", "agent_591", "dpd"):
        assert visiteurs[role].post(chemin, saisie).status_code in {302, 403, 404}, role
    assert Fait.objects.using("proprietaire").count() == avant


DE_L_ESPACE = [
    patron
    for patron, attendus in MATRICE.items()
    if patron.startswith("/mon-compte/") and "/conditions/" not in patron and 405 not in attendus.values()
]
"""Every address of the space but the terms, which are each one's own, and acts."""
CHOISIR = "/mon-compte/dossiers/"


@pytest.mark.preuve(
    "Protecteur : chaque adresse de l'espace se ferme avec la mesure, et n'ouvre jamais un autre dossier"
)
def test_mc_019_each_address_of_the_space_closes_with_the_measure(visiteurs: Any) -> None:
    """IDOR: with the session still open and the numbers of Amina's own objects in the address."""
    hier = timezone.localdate() - dt.timedelta(days=1)
    mesure = protecteurs.derniere(MesureProtection)
    dossier, _ = ecrans.fiche_d_amina()
    saisie = {"dernier_jour": f"{hier:%d/%m/%Y}"}
    protecteurs.enregistrer(visiteurs["agent_751"], f"/agent/dossier/{dossier}/protection/{mesure.pk}/", saisie)
    session = dict(visiteurs["odile"].session)
    for patron in DE_L_ESPACE:
        if patron != CHOISIR:
            assert visiteurs["odile"].get(adresse(patron)).headers.get("Location") == CHOISIR, patron
        page = visiteurs["odile"].get(adresse(patron))  # back under her own name
        assert page.status_code in {200, 302, 404}, patron
        assert b"Belavassin" not in page.content, patron
        encore = visiteurs["odile"].session
        encore["au_nom_de"] = session["au_nom_de"]
        encore.save()


def test_mc_018_a_protector_of_somebody_else_opens_none_of_amina_s_pages(visiteurs: Any) -> None:
    """The same account, acting for a neighbour, with Amina's numbers in the addresses."""
    dossier, personne = ecrans.fiche_d_amina()
    voisin = ecrans.autre_dossier("751", sauf=dossier)
    protecteurs.enregistrer(visiteurs["odile"], "/mon-compte/dossiers/quitter/", {})
    session = visiteurs["odile"].session
    agent = ecrans.ouvrir(visiteurs["agent_751"], voisin.pk)
    mesure = protecteurs.proteger(agent, voisin.pk, voisin.allocataire_id)
    protecteurs.enregistrer(visiteurs["odile"], CHOISIR, {"organisme": "751", "numero": voisin.numero})
    acces = protecteurs.admettre(agent, voisin.pk)
    protecteurs.ouvrir(agent, voisin.pk, acces, mesure)
    protecteurs.enregistrer(visiteurs["odile"], "/mon-compte/dossiers/agir/", {"acces": str(acces.pk)})
    assert session.get("au_nom_de") != visiteurs["odile"].session["au_nom_de"]
    for patron in DE_L_ESPACE:
        reponse = visiteurs["odile"].get(adresse(patron))
        ferme = MATRICE[patron]["odile"] == 403
        sans_brouillon = patron.endswith("/changement/<slug:genre>/relire/")  # nothing is being filled
        assert reponse.status_code in ({403} if ferme else {302} if sans_brouillon else {200, 404}), patron
        if patron != CHOISIR and reponse.status_code == 200:
            assert b"Belavassin" not in reponse.content, patron  # a page, or a file
        if "<int:numero>" in patron or "<int:recours>" in patron or "<int:demande>" in patron:
            assert reponse.status_code == (403 if ferme else 404), patron
    autre = protecteurs.derniere(AccesProtecteur, personne_id=personne)
    amina = visiteurs["amina"]
    assert amina.post("/mon-compte/dossiers/agir/", {"acces": str(autre.pk)}).status_code == 404
