"""Where each page of the site is opened from, and by whom: a world in which every address has something to show.

The addresses come from the resolver and the accounts from the matrix of accesses. An address is a page, or `hors_page`
says what it is instead, which a real request checks. A new address is visited without a line here, unless it needs an
object that the world doesn't hold (`A_PART`).
"""

import base64
import datetime as dt
import functools
import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from limpide.dossiers.models import Decision, DemandeDetail, Document, Fait, Rattachement
from limpide.identite import second_facteur
from limpide.identite.comptes import creer_compte_agent
from limpide.identite.models import AccesProtecteur, AncienEtatCivil, Compte, MesureProtection, Organisme, RibPropose
from limpide.infolettres.models import Abonnement, Infolettre, OuverturesDuJour
from limpide.monde import comptes, infolettres, numeros
from limpide.monde.comptes import numero_allocataire
from limpide.paiements.models import DecisionHumaine, Recours
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.registre.controles import adresses
from limpide.registre.demandes.destinataires import AvisDestinataire
from limpide.registre.demandes.modeles import DemandeDroit
from limpide.registre.travaux import execution
from limpide.registre.travaux.table import Passage
from limpide.registre.travaux.taches import taches
from limpide.usagers.demande.aides import AIDES
from tests.banc import bornes, demandes, ecrans, fichiers, protecteurs
from tests.usagers.adresses import adresse
from tests.usagers.test_matrice import MATRICE

COMPTES = ("visiteur", "amina", "agent_751", "dpd")
"""Accounts whose pages are walked, each in one browser session."""

POST, DONNEES, RENVOI = "n'accepte que POST", "donne un fichier ou des données", "renvoie toujours ailleurs"
FERMEE = "n'a rien à donner dans ce monde"
JETON = "veut un jeton de l'application mobile"
MACHINE = ("/openfisca/", "/api/", "/etat")
"""What starts so answers programs; so does an address that ends as a file's name."""
NEUF = "agent.neuf"
IBAN = "FR76 3000 6000 0112 3456 7890 189"
RENVOYE, INCONNU, REFUSE, ABSENT, POST_SEUL = 302, 401, 403, 404, 405


def _le(modele: Any, **filtres: Any) -> Any:
    """The last one of the world, read as the owner."""
    return modele.objects.using("proprietaire").filter(**filtres).latest("pk")


def _photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("rib.jpg", fichiers.photo(), content_type="image/jpeg")


def _du_dossier(suite: str) -> str:
    return f"/agent/dossier/{ecrans.fiche_d_amina()[0]}/{suite}"


def _sans_reponse() -> str:
    demande = _le(DemandeDetail, repondue_le=None)
    return f"/agent/dossier/{demande.dossier_id}/decisions/{demande.decision_id}/detail/"


def _repondu() -> int:
    return int(_le(DecisionHumaine).recours_id)


def _fichier(nom: str) -> str:
    return f"/mon-compte/mes-donnees/{_le(DemandeDroit, etat='accordee').pk}/{nom}"


def _abonnement() -> Abonnement:
    """Amina's own, to the national letters."""
    siens = Abonnement.objects.using("proprietaire").filter(personne_id=ecrans.fiche_d_amina()[1])
    sien: Abonnement = siens.get(portee="nationale")
    return sien


def _a_imprimer() -> str:
    avis = _le(AvisDestinataire, issue="a_aviser")
    return f"/dpd/demandes/{avis.demande_id}/avis/{avis.pk}.pdf"


def _du_protecteur(suite: str) -> str:
    return _du_dossier(f"protecteurs/{suite}")


A_PART: dict[str, tuple[str, Callable[[], str]]] = {
    "/agent/second-facteur/": ("en_chemin", lambda: "/agent/second-facteur/"),
    "/connexion/code/": ("a_la_porte", lambda: "/connexion/code/"),
    "/connexion/franceconnect/": ("visiteur", lambda: "/connexion/franceconnect/"),
    "/connexion/franceconnect/retour/": ("visiteur", lambda: "/connexion/franceconnect/retour/"),
    "/mot-de-passe/": ("amina", lambda: "/mot-de-passe/"),
    "/agent/dossier/<int:numero>/corrige/": ("agent_751", lambda: _du_dossier("corrige/")),
    "/agent/dossier/<int:numero>/recours/<int:recours>/": (
        "agent_751", lambda: _du_dossier(f"recours/{_le(Recours).pk}/"),
    ),
    "/agent/dossier/<int:numero>/decisions/<int:decision>/detail/": ("agent_751", _sans_reponse),
    "/agent/dossier/<int:numero>/protection/<int:mesure>/": (
        "agent_751", lambda: _du_dossier(f"protection/{_le(MesureProtection).pk}/"),
    ),
    "/mon-compte/dossiers/<int:acces>/montrer/": (
        "odile", lambda: f"/mon-compte/dossiers/{_le(AccesProtecteur).pk}/montrer/",
    ),
    "/agent/dossier/<int:numero>/protecteurs/rib/<uuid:rib>/": (
        "agent_751", lambda: _du_protecteur(f"rib/{RibPropose.objects.using('proprietaire').get().pk}/"),
    ),
    "/agent/dossier/<int:numero>/protecteurs/documents/<uuid:document>/contenu.bin": (
        "agent_751",
        lambda: _du_protecteur(f"documents/{_le(Document, lie_a='personne', efface_le=None).pk}/contenu.bin"),
    ),
    "/agent/protecteurs/demandes/<uuid:demande>/": ("agent_751", protecteurs.page_sans_numero),
    "/dpd/demandes/<int:numero>/reponse.pdf": (
        "dpd", lambda: f"/dpd/demandes/{_le(DemandeDroit, represente_par__gt='').pk}/reponse.pdf",
    ),
    "/dpd/demandes/<int:numero>/avis/<int:avis>.pdf": ("dpd", _a_imprimer),
    "/mon-compte/recours/<int:recours>/": ("amina", lambda: f"/mon-compte/recours/{_repondu()}/"),
    "/mon-compte/recours/<int:recours>/lettre.pdf": (
        "amina", lambda: f"/mon-compte/recours/{_repondu()}/lettre.pdf",
    ),
    "/lettres/<int:numero>/": ("visiteur", lambda: f"/lettres/{_le(Infolettre, etat='envoyee').pk}/"),
    "/lettres/desabonnement/<str:jeton>/": (
        "visiteur", lambda: f"/lettres/desabonnement/{_abonnement().jeton.en_clair()}/",
    ),
    "/agent/lettres/<int:numero>/": ("agent_751", lambda: f"/agent/lettres/{_le(Infolettre, etat='envoyee').pk}/"),
    "/agent/lettres/<int:numero>/modifier/": (
        "agent_751", lambda: f"/agent/lettres/{_le(Infolettre, etat='brouillon').pk}/modifier/",
    ),
    "/dpd/etats-civils/<uuid:cle>/": (
        "dpd", lambda: f"/dpd/etats-civils/{AncienEtatCivil.objects.using('proprietaire').get().pk}/",
    ),
    "/dpd/demandes/<int:numero>/": ("dpd", lambda: f"/dpd/demandes/{_le(DemandeDroit, etat='en_cours').pk}/"),
    "/demande-rsa/": ("demandeuse", lambda: "/demande-rsa/"),
    "/demande-rsa/envoyer/": ("demandeuse", lambda: "/demande-rsa/envoyer/"),
    "/mon-compte/changement/<slug:genre>/relire/": ("amina", lambda: "/mon-compte/changement/emploi/relire/"),
    "/demande-ppa/": ("demandeuse", lambda: "/demande-ppa/"),
    "/demande-ppa/envoyer/": ("demandeuse", lambda: "/demande-ppa/envoyer/"),
    "/demande-af/": ("demandeuse", lambda: "/demande-af/"),
    "/demande-af/envoyer/": ("demandeuse", lambda: "/demande-af/envoyer/"),
    "/demande-asf/": ("amina", lambda: "/demande-asf/?etape=1"),
    "/demande-asf/envoyer/": ("amina", lambda: "/demande-asf/envoyer/"),
    "/mon-compte/mes-donnees/<int:demande>/donnees.pdf": ("amina", lambda: _fichier("donnees.pdf")),
    "/mon-compte/mes-donnees/<int:demande>/donnees.json": ("amina", lambda: _fichier("donnees.json")),
    "/borne/": ("borne_libre", lambda: "/borne/"),
    "/borne/informations/": ("borne_libre", lambda: "/borne/informations/"),
    **{p: ("borne", functools.partial(adresse, p)) for p in bornes.DEVANT_UNE_BORNE},
    "/borne/demander/<slug:droit>/": ("borne", lambda: "/borne/demander/asf/?etape=1"),
    "/borne/connexion/": ("borne_libre", lambda: "/borne/connexion/"),
    "/borne/code/": ("borne_au_code", lambda: "/borne/code/"),
    "/borne/documents/<uuid:document>/recepisse/": (
        "borne", lambda: f"/borne/documents/{_le(Document, canal='borne').pk}/recepisse/",
    ),
}  # fmt: skip
"""Addresses whose account or object the matrix of accesses doesn't have: who opens them, and where."""


RELUES = ("rsa", "ppa", "af", "asf")
"""Rights of which a claim is filled here, without a file or with one: the others' last page is the same one."""
NON_COMMENCEES = tuple(f"/{aide.chemin}envoyer/" for aide in AIDES if aide.droit not in RELUES)


def compte_de(patron: str) -> str:
    """Who opens this address: the first account to which the matrix answers something."""
    if patron in A_PART:
        return A_PART[patron][0]
    if patron in NON_COMMENCEES:
        return "demandeuse"
    if set(MATRICE[patron].values()) == {ABSENT}:
        return "visiteur"
    ouverts = [role for role, statut in MATRICE[patron].items() if statut not in {RENVOYE, REFUSE, ABSENT}]
    return next((role for role in COMPTES if role in ouverts), f"aucun de {COMPTES} ({MATRICE[patron]})")


def hors_page(patron: str) -> str:
    """What this address is said to be instead of a page; empty for a page."""
    if patron in NON_COMMENCEES:
        return RENVOI
    if patron in bornes.PAR_POST or set(MATRICE[patron].values()) - {REFUSE} == {POST_SEUL}:
        return POST
    if patron not in A_PART and set(MATRICE[patron].values()) == {ABSENT}:
        return FERMEE
    if set(MATRICE[patron].values()) == {RENVOYE} and compte_de(patron) == "visiteur":
        return RENVOI
    if set(MATRICE[patron].values()) == {INCONNU}:
        return JETON
    return DONNEES if patron.startswith(MACHINE) or re.search(r"\.\w+$", patron) else ""


def ou(patron: str) -> str:
    """The address itself, with the numbers of this world."""
    return A_PART[patron][1]() if patron in A_PART else adresse(patron)


def pages_de(compte: str) -> list[str]:
    """Every address that this account opens as a page."""
    return [p for p in dict(adresses()) if not hors_page(p) and compte_de(p) == compte]


def reste_de(comptes: tuple[str, ...]) -> dict[str, str]:
    """Every other address that these accounts may ask: what each is said to be."""
    return {p: hors_page(p) for p in dict(adresses()) if hors_page(p) and compte_de(p) in comptes}


def meubler() -> dict[str, Client]:
    """A world where every page has something to show, and its accounts logged in, by name."""
    presents = ecrans.peupler(grossesse=True)
    ecrans.attendre_des_documents()
    dossier, _ = ecrans.fiche_d_amina()
    comptes.habiliter([ecrans.AGENT_PARIS], ["collectif"])
    clients = {
        "visiteur": ecrans.visiteur(),
        "amina": ecrans.allocataire(presents),
        "agent_751": ecrans.ouvrir(ecrans.agent(presents), dossier),
        "dpd": ecrans.agent(presents, ecrans.DPD),
        "en_chemin": _en_chemin(),
        **_a_la_porte(dossier),
        "demandeuse": ecrans.demandeuse(presents),
        "borne_libre": bornes.installer(),
        "borne": bornes.devant(ecrans.amina(presents).identifiant),
    }
    ecrans.remplir_une_demande(clients["demandeuse"])
    ecrans.remplir_une_demande(clients["demandeuse"], droit="ppa")
    demandes.sans_dossier(clients["demandeuse"])
    demandes.avec_dossier(clients["amina"], "/demande-asf/", demandes.SOUTENUS)
    emploi = {"qui": "moi", "activite": "retraite", "depuis": "03/11/2026"}
    _enregistrer(clients["amina"], "/mon-compte/changement/emploi/", emploi)
    _corriger(clients["agent_751"], dossier)
    _demander_le_detail(clients["amina"], dossier)
    ecrans.attester(clients["amina"])
    bornes.deposer(clients["borne"])
    _deposer_un_recours(clients["agent_751"], dossier)
    clients["odile"] = _proteger(clients["agent_751"], clients["dpd"])
    _exercer_ses_droits(clients["amina"], clients["dpd"])
    saisie = {"dossier": dossier, "motif": "justice", "reference": "réquisition 2026/114"}
    _enregistrer(clients["dpd"], "/dpd/conservation/gels/", saisie)
    ecrans.lever_une_alerte()
    ecrans.ouvrir_une_tache()
    _passer_deux_travaux()
    _changer_un_etat_civil(clients["agent_751"], dossier)
    _envoyer_des_lettres()
    return clients


def _envoyer_des_lettres() -> None:
    """The demonstration's letters; so few readers live here that sums are given, for the chart to have a bar."""
    infolettres.installer(timezone.localdate())
    lettre = _le(Infolettre, etat="envoyee")
    Infolettre.objects.using("proprietaire").filter(pk=lettre.pk).update(suivis=60)
    OuverturesDuJour.objects.using("proprietaire").filter(infolettre_id=lettre.pk).delete()
    for n in range(2):
        OuverturesDuJour.objects.using("proprietaire").create(
            infolettre_id=lettre.pk, jour=timezone.localdate() - dt.timedelta(days=n), ouvertures=12 + n
        )


def _passer_deux_travaux() -> None:
    """One task of the day done, another that failed."""
    execution.executer(list[object]().append, travaux=[t for t in taches() if t.cle == "homologations_suivre"])
    maintenant = timezone.now()
    Passage.objects.using("proprietaire").create(
        tache="rncps_publier", jour=timezone.localdate(), etat="echoue", commence_le=maintenant, termine_le=maintenant,
        raison="L'adresse du Rncps n'est pas connue.",
    )  # fmt: skip


def _changer_un_etat_civil(client: Client, dossier: int) -> None:
    """A child of Amina's file takes another first name: the officer has something to open."""
    rattachements = Rattachement.objects.using("proprietaire").filter(dossier_id=dossier, role="enfant")
    enfant = rattachements.select_related("personne").latest("pk").personne
    saisie = {
        "cause": "noms", "acte": "Décision de l'officier d'état civil", "le": "02/11/2026",
        "nom_naissance": enfant.nom_naissance, "prenoms": "Camille", "sexe": enfant.sexe,
    }  # fmt: skip
    _enregistrer(client, f"/agent/dossier/{dossier}/identites/{enfant.pk}/etat-civil/", saisie)


def _enregistrer(client: Client, chemin: str, saisie: dict[str, Any]) -> None:
    reponse = client.post(chemin, saisie)
    assert reponse.status_code == RENVOYE, f"{chemin} : {reponse.status_code}\n{reponse.content.decode()[-6000:]}"


def _en_chemin() -> Client:
    """A new agent, password given, at the door of the second factor."""
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        creer_compte_agent(NEUF, Organisme(pk="751"), "Agent neuf", ecrans.MOT_DE_PASSE)
    client = ecrans.visiteur()
    _enregistrer(client, "/agent/connexion/", {"identifiant": NEUF, "mot_de_passe": ecrans.MOT_DE_PASSE})
    return client


def _a_la_porte(dossier: int) -> dict[str, Client]:
    """A citizen of another file who added a second factor: the password is given, the code is awaited, here and there.

    On the site, then at a kiosk.
    """
    voisin = ecrans.autre_dossier("751", sauf=dossier)
    numero = ecrans.ouvrir_un_compte(voisin)
    compte = Compte.objects.using("proprietaire").get(personne_id=voisin.allocataire_id)
    acteur = Acteur("allocataire", compte.pk, "Vous-même")
    with traitement("second_facteur", acteur=acteur, motif="Essai", personne=compte.personne_id):
        prepare = second_facteur.preparer(compte)
        second_facteur.confirmer(compte, f"{totp(base64.b32decode(prepare.cle.en_clair())):06d}")
    client = ecrans.visiteur()
    assert ecrans.entrer(client, numero.en_clair())["Location"] == "/connexion/code/"
    borne = bornes.installer()
    assert bornes.entrer(borne, numero.en_clair())["Location"] == "/borne/code/"
    return {"a_la_porte": client, "borne_au_code": borne}


def _corriger(client: Client, dossier: int) -> None:
    """A wage of August is lowered: a decision, an arrear, and what the citizen reads of it."""
    salaires = Fait.objects.using("proprietaire").filter(dossier_id=dossier, connu__upper_inf=True)
    salaire = salaires.get(nature=Fait.codes_natures()["salaire_net"], valide__startswith="2026-08-01")
    chemin = f"/agent/dossier/{dossier}/faits/{salaire.pk}/corriger/"
    saisie = {"valeur": "300", "debut": "2026-08", "fin": "2026-08", "source": "agent"}
    apercu = client.post(chemin, saisie | {"apercu": "1"}).content.decode()
    empreinte = re.search(r'name="empreinte" value="([^"]+)"', apercu)[1]
    _enregistrer(client, chemin, saisie | {"valider": "1", "empreinte": empreinte})


def _demander_le_detail(client: Client, dossier: int) -> None:
    """One request answered at once; a neighbour's, that waits for an agent."""
    _enregistrer(client, f"/mon-compte/decisions/{_le(Decision, dossier_id=dossier).pk}/detail/demander/", {})
    voisin = ecrans.autre_dossier("751", sauf=dossier).pk
    DemandeDetail.objects.using("proprietaire").create(
        decision_id=_le(Decision, dossier_id=voisin).pk, dossier_id=voisin, organisme_id="751", echeance="2026-12-25"
    )


def _deposer_un_recours(client: Client, dossier: int) -> None:
    """One that a person rejected, then one that waits."""
    chemin = f"/agent/dossier/{dossier}/recours/"
    objets = re.findall(r'<option value="(decision-\d+-rsa)"', client.get(chemin).content.decode())
    depot = {"objet": objets[0], "voie": "departement", "le": "10/11/2026"}
    _enregistrer(client, chemin, depot)
    reponse = {
        "etape": "decide", "le": "20/11/2026", "issue": "rejete", "signataire": "Dominique Petit",
        "qualite": "Cheffe du service RSA", "motifs": "Les revenus déclarés sont ceux que connaît la caisse.",
    }  # fmt: skip
    _enregistrer(client, f"{chemin}{_le(Recours).pk}/", reponse)
    _enregistrer(client, chemin, depot | {"le": "20/11/2026"})


def _exercer_ses_droits(amina: Client, dpd: Client) -> None:
    """One request answered with its files, one that the officer still examines, and whom it would have to warn."""
    for genre in ("acces", "rectification"):
        _enregistrer(amina, "/mon-compte/mes-donnees/", {"genre": genre, "objet": "Mes salaires"})
        fiche = f"/dpd/demandes/{_le(DemandeDroit).pk}/"
        _enregistrer(dpd, f"{fiche}commencer/", {})
        if genre == "acces":
            _enregistrer(dpd, f"{fiche}reunir/", {})
    demande = _le(DemandeDroit)
    AvisDestinataire.objects.using("proprietaire").create(
        demande_id=demande.pk, personne_id=demande.personne_id, destinataire="essai", nom="Destinataire d'essai",
        donnees="Salaires", cree_le=timezone.now(),
    )  # fmt: skip


def _proteger(agent: Client, dpd: Client) -> Client:
    """A judgment protects Amina; her guardian shows an account online; her letter is answered by a letter to print."""
    dossier, personne = ecrans.fiche_d_amina()
    jugement = {
        "membre": str(personne), "genre": "tutelle", "protecteur_genre": "personne",
        "protecteur_nom": "Odile Vermandel", "tribunal": "Tribunal judiciaire de Paris",
        "jugement_le": "03/03/2025", "debut": "03/03/2025", "fin": "02/03/2030", "pouvoirs": list(protecteurs.TOUS),
    }  # fmt: skip
    _enregistrer(agent, f"/agent/dossier/{dossier}/protection/", jugement)
    protecteurs.demander()
    protecteurs.ouvrir(agent, dossier, protecteurs.admettre(agent, dossier), _le(MesureProtection))
    odile = protecteurs.entrer()
    ici = f"/mon-compte/dossiers/{_le(AccesProtecteur).pk}/montrer/"
    _enregistrer(odile, ici, {"acte": "rib", "iban": IBAN, "titulaire": "Amina Belavassin", "photo": _photo()})
    protecteurs.demander(numero="9999999")
    protecteurs.demander(nir=numeros.nir(protecteurs.NAISSANCE, 88_000_002), prenoms="Basile")
    protecteurs.demander_sans_numero(nir=numeros.nir(protecteurs.NAISSANCE, 88_000_004), prenoms="Lise")
    lettre = {
        "caisse": "751", "numero": numero_allocataire(0), "demandeur": "protecteur", "genre": "acces",
        "objet": "Ses données", "recue_le": "2026-11-02",
    }  # fmt: skip
    _enregistrer(dpd, "/dpd/demandes/courrier/", lettre)
    fiche = f"/dpd/demandes/{_le(DemandeDroit).pk}/"
    _enregistrer(dpd, f"{fiche}identite/", {"moyen": "Passeport", "copie_detruite_le": "2026-11-03"})
    _enregistrer(dpd, f"{fiche}reunir/", {})
    return odile
