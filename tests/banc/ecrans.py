"""Who visits the screens: the demonstration's world, and its accounts logged in through the real pages."""

import datetime as dt
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.services import Origine, declarer_fait
from limpide.identite.comptes import creer_compte_allocataire
from limpide.identite.models import Immatriculation
from limpide.identite.nir import Numero
from limpide.monde import chargement, comptes, numeros, temoin
from limpide.paiements.services import emettre_virements
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from tests.banc import mondes

MOIS = dt.date(2026, 11, 1)
FOYERS, GRAINE = 12, 5
MOIS_LIQUIDES = ("2026-10", "2026-11")
RANG_A_COMPLETER = 5_000_000
MOT_DE_PASSE = comptes.MOT_DE_PASSE
AGENT_PARIS, AGENT_NORD, DPD = "agent.paris", "agent.nord", "dpd"


def peupler(
    foyers: int = FOYERS,
    mois_liquides: tuple[str, ...] = MOIS_LIQUIDES,
    *,
    grossesse: bool = False,
    conditions: bool = True,
) -> dict[str, comptes.CompteDemo]:
    """A few households, some months liquidated and paid, the demonstration's accounts by identifier.

    `conditions`: the citizens have accepted the terms of Mon Compte.
    `grossesse`: Amina's neighbours expect a child, so that the decisions on their files wait for a person.
    """
    quoi = ("peupler", foyers, mois_liquides, grossesse, conditions)
    presents: dict[str, comptes.CompteDemo] = mondes.retrouver(
        quoi, lambda: _peupler(foyers, mois_liquides, grossesse=grossesse, conditions=conditions)
    )
    return presents


def _peupler(
    foyers: int, mois_liquides: tuple[str, ...], *, grossesse: bool, conditions: bool
) -> dict[str, comptes.CompteDemo]:
    chargement.charger(foyers, GRAINE, MOIS)
    if grossesse:
        attendre_des_enfants()
    for mois in mois_liquides:
        liquider_mois(mois)
        emettre_virements(mois)
    presents = {compte.identifiant: compte for compte in comptes.creer(MOIS)}
    if conditions:
        accepter_les_conditions()
    donner_des_contacts()
    return presents


def accepter_les_conditions() -> None:
    """Every citizen's account that has not answered accepts the terms in force."""
    from limpide.identite.models import Compte
    from limpide.usagers import conditions

    for compte in Compte.objects.using("proprietaire").filter(genre="allocataire", reponses_conditions=None):
        acteur = Acteur("allocataire", compte.pk, "Vous-même")
        with traitement(conditions.CLE, acteur=acteur, motif="Essai", personne=compte.personne_id):
            conditions.repondre(compte.pk, compte.personne_id, "acceptees", "site")


def donner_des_contacts() -> None:
    """Every citizen's account without a confirmed point of contact gives its own e-mail address, and confirms it."""
    from limpide.identite import contacts
    from limpide.identite.models import Compte, PointDeContact

    avec = PointDeContact.objects.using("proprietaire").filter(confirme_le__isnull=False, retire_le=None)
    sans = Compte.objects.using("proprietaire").filter(genre="allocataire")
    for compte in sans.exclude(personne_id__in=list(avec.values_list("personne_id", flat=True))):
        donner_un_contact(compte, "courriel", f"compte.{compte.pk}@exemple.test", contacts)


def donner_un_contact(compte: Any, genre: str, valeur: str, contacts: Any) -> None:
    """Give and confirm, as the page does."""
    acteur = Acteur("allocataire", compte.pk, "Vous-même")
    with traitement(contacts.MES_COORDONNEES, acteur=acteur, motif="Essai", personne=compte.personne_id):
        envoi = contacts.donner(compte.personne_id, genre, valeur)
        point = next(p for p in contacts.les_miens(compte.personne_id) if p.genre == genre and p.confirme_le is None)
        contacts.confirmer(point, envoi.code)


def amina(presents: dict[str, comptes.CompteDemo]) -> comptes.CompteDemo:
    return next(compte for compte in presents.values() if not compte.secret_otp)


def demandeuse(presents: dict[str, comptes.CompteDemo]) -> Client:
    """Connected: the one who has an account and no file."""
    client = visiteur()
    compte = next(c for c in presents.values() if c.adresse == "/demande-rsa/")
    assert entrer(client, compte.identifiant).status_code == 302
    return client


def fiche_d_amina() -> tuple[int, int]:
    """(number of Amina's file, of Amina)."""
    from limpide.dossiers.models import Dossier

    dossier = Dossier.objects.using("proprietaire").get(organisme_id="751", numero=comptes.numero_allocataire(0))
    return dossier.pk, dossier.allocataire_id


def autre_dossier(organisme: str, *, sauf: int = 0) -> Any:
    """Some other file of that Caf, read as the owner."""
    from limpide.dossiers.models import Dossier

    return Dossier.objects.using("proprietaire").filter(organisme_id=organisme).exclude(pk=sauf).order_by("pk").first()


def attendre_des_enfants() -> None:
    """A health fact on every file of Paris but Amina's, known before its months are liquidated."""
    from limpide.dossiers.models import Dossier
    from limpide.identite.models import Personne

    depuis = DateRange(dt.date(2026, 7, 1), None)
    voisins = Dossier.objects.using("proprietaire").filter(organisme_id="751").exclude(pk=fiche_d_amina()[0])
    for dossier in list(voisins):
        with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
            qui = Personne(pk=dossier.allocataire_id)
            declarer_fait(dossier, "enceinte", 1, depuis, Origine("declaration", "essai"), qui)


def numero_de(personne: int) -> Numero:
    """The NIR of a person of the fictitious world."""
    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        return Immatriculation.objects.get(personne_id=personne, clos_le=None).numero


def ouvrir_un_compte(dossier: Any, mot_de_passe: str = MOT_DE_PASSE) -> Numero:
    """A citizen's account whose first password is to be changed; returns the NIR that opens it."""
    from limpide.identite.models import Personne

    numero = numero_de(dossier.allocataire_id)
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        creer_compte_allocataire(Personne(pk=dossier.allocataire_id), numero, mot_de_passe)
    accepter_les_conditions()
    donner_des_contacts()
    return numero


def visiteur() -> Client:
    """A browser without session, that must send the form's token."""
    return Client()


def entrer(client: Client, numero: str, mot_de_passe: str = MOT_DE_PASSE, **options: Any) -> Any:
    """Fill the citizen's login page."""
    return client.post("/connexion/", {"numero": numero, "mot_de_passe": mot_de_passe}, **options)


def allocataire(presents: dict[str, comptes.CompteDemo]) -> Client:
    client = visiteur()
    assert entrer(client, amina(presents).identifiant).status_code == 302
    return client


def agent(presents: dict[str, comptes.CompteDemo], identifiant: str = AGENT_PARIS) -> Client:
    """An agent or officer, second factor passed."""
    client = visiteur()
    saisie = {"identifiant": identifiant, "mot_de_passe": MOT_DE_PASSE}
    assert client.post("/agent/connexion/", saisie).status_code == 302
    reponse = client.post("/agent/second-facteur/", {"code": comptes.code_actuel(presents[identifiant])})
    assert reponse.status_code == 302, reponse.content.decode()
    return client


def ouvrir(client: Client, dossier: int, motif: str = "changement") -> Client:
    """Say why this file is opened."""
    assert client.post(f"/agent/dossier/{dossier}/motif/", {"motif": motif}).status_code == 302
    return client


def lever_une_alerte(cle: str = "essai") -> int:
    """An alert to treat, written by the owner; returns its number."""
    from limpide.registre.models import Alerte

    alerte, _ = Alerte.objects.using("proprietaire").get_or_create(
        cle=cle,
        defaults={"genre": "essai", "texte": "Quelque chose est à regarder", "note": "", "gravite": "attention"},
    )
    return int(alerte.pk)


def attendre_des_documents() -> tuple[int, str]:
    """Amina claims the RSA and sends her bank details: (an expected document, the one sent)."""
    from limpide.dossiers import demandes
    from limpide.dossiers.documents import services
    from limpide.dossiers.models import Canal, Dossier, PieceAttendue
    from limpide.identite.models import Personne
    from tests.banc import fichiers

    quand = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
    numero, qui = fiche_d_amina()
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        demande = demandes.deposer(Dossier.objects.get(pk=numero), ["rsa"], Canal.EN_LIGNE, quand, "essai")
        demandes.demander_les_pieces(demande, [(Personne(pk=qui), "demandeur")], quand.date())
    sceller(demande, qui)
    declarer_un_trimestre(numero, qui, quand)
    declarer_une_naissance(numero, qui, quand)
    recu = services.recevoir(fichiers.photo())
    with traitement("examen_documents", acteur=Acteur("agent", 1, "Essai"), motif="Essai", organisme="751"):
        piece = PieceAttendue.objects.get(demande_id=demande.pk, genre="releve_bancaire")
        document = services.deposer(
            "releve_bancaire", recu, services.Depot(Canal.EN_LIGNE, "essai", quand, qui), personne=qui,
            organisme="751", dossier=Dossier.objects.get(pk=numero), piece=piece,
        )  # fmt: skip
        attendue = PieceAttendue.objects.get(demande_id=demande.pk, genre="identite")
    return attendue.pk, str(document.pk)


def sceller(demande: Any, qui: int) -> None:
    """What Amina declared online with this claim."""
    from limpide.dossiers.models import Dossier, GenreScelle
    from limpide.usagers import scellement

    quand = demande.deposee_le
    texte = scellement.texte_en_vigueur(quand.date())
    reponses = [("Votre foyer", [("Vivez-vous en couple ?", "Non")])]
    dit = scellement.composer(
        GenreScelle.DEMANDE, demande.numero, "Demande de RSA", "Amina Belavassin", reponses, texte, [], quand
    )
    with traitement("demande_rsa", acteur=Acteur("allocataire", 1, "Vous-même"), motif="Essai", personne=qui):
        dossier = Dossier.objects.get(pk=demande.dossier_id)
        scellement.sceller(dossier, qui, dit, texte, "compte 1", quand, demande)


def declarer_un_trimestre(numero: int, qui: int, quand: dt.datetime) -> None:
    """What Amina declared for the quarter of August, with nothing to correct."""
    from limpide.dossiers.models import Dossier
    from limpide.dossiers.trimestres import ADeclarer
    from limpide.usagers.declarations_trimestre import TRIMESTRE
    from limpide.usagers.trimestre import envoi

    aout = ADeclarer(dt.date(2026, 8, 1), dt.date(2026, 8, 31), en_retard=False)
    with traitement(TRIMESTRE, acteur=Acteur("allocataire", 1, "Vous-même"), motif="Essai", personne=qui):
        signature = envoi.Signature("Amina Belavassin", "compte 1", quand)
        envoi.declarer(
            Dossier.objects.get(pk=numero), aout, [], [("Amina", [("Autre ressource", "Aucune")])], signature
        )


def declarer_une_naissance(numero: int, qui: int, quand: dt.datetime) -> None:
    """What Amina declared of a child born in November, whom an agent has to record."""
    from limpide.dossiers.models import Dossier
    from limpide.usagers.changement import envoi
    from limpide.usagers.changement.connu import connu_de
    from limpide.usagers.changement.formulaires import Naissance
    from limpide.usagers.declarations_changement import CHANGEMENT

    saisie = {"evenement": "naissance", "prenoms": "Lou", "nom_naissance": "Belavassin", "naissance": "03/11/2026",
              "garde": "non"}  # fmt: skip
    with traitement(CHANGEMENT, acteur=Acteur("allocataire", 1, "Vous-même"), motif="Essai", personne=qui):
        dossier = Dossier.objects.select_related("allocataire").get(pk=numero)
        formulaire = Naissance(saisie, connu=connu_de(dossier))
        assert formulaire.is_valid(), formulaire.errors
        signature = envoi.Signature("Amina Belavassin", "compte 1", quand)
        envoi.declarer(dossier, "naissance", formulaire.plan(), formulaire.recapitulatif(), [], signature)


def changement_d_amina() -> tuple[str, int]:
    """(her last change declared, its task); nobody's in a world where she declared none."""
    from limpide.dossiers.models import DeclarationScellee, TacheAgent

    scellee = DeclarationScellee.objects.using("proprietaire").filter(genre="changement").order_by("scellee_le").last()
    if scellee is None:
        return "00000000-0000-0000-0000-000000000000", 0
    tache = TacheAgent.objects.using("proprietaire").get(genre="changement", cle=scellee.numero)
    return str(scellee.pk), int(tache.pk)


def ouvrir_une_tache(genre: str = "erreur") -> int:
    """Something to check in Amina's file, written by the owner; returns its number."""
    from limpide.dossiers.models import TacheAgent

    quand = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
    numero, _ = fiche_d_amina()
    tache, _ = TacheAgent.objects.using("proprietaire").get_or_create(
        dossier_id=numero, genre=genre, cle="essai",
        defaults={
            "organisme_id": "751", "objet": "Le salaire d'août", "detail": "675 euros et non 320", "creee_le": quand,
            "echeance": dt.date(2026, 12, 20), "auteur": "essai",
        },
    )  # fmt: skip
    return int(tache.pk)


def foyer_a_completer() -> Any:
    """A family whose file was opened for its allowances only: nobody ever told its wages, nationality nor housing."""
    from limpide.dossiers.models import Demande, Dossier

    sien = temoin.foyer(MOIS, RANG_A_COMPLETER, "Quellerin", ("Rose", "Tim", "Zoé"))
    sien.membres[0].faits = []
    sien.faits = [f for f in sien.faits if f.nature in ("residence", "prestations_familiales_base_ressources")]
    chargement.charger_lot("751", [sien])
    numero = comptes.numero_allocataire(RANG_A_COMPLETER)
    dossier = Dossier.objects.using("proprietaire").get(organisme_id="751", numero=numero)
    Demande.objects.using("proprietaire").filter(dossier_id=dossier.pk).update(droits=["af"])
    return dossier


def elle_meme(dossier: Any) -> Client:
    """The allocataire of this file, with an account of her own, its first password changed."""
    client = visiteur()
    entrer(client, ouvrir_un_compte(dossier).en_clair())
    saisie = {"ancien": MOT_DE_PASSE, "nouveau": "un tout autre secret", "confirmation": "un tout autre secret"}
    assert client.post("/mot-de-passe/", saisie).status_code == 302
    return client


REPONSES_A_LA_DEMANDE: tuple[dict[str, str], ...] = (
    {"residence": "metropole", "couple": "non", "nombre_enfants": "1", "foyer_depuis": "01/02/2026"},
    {
        "a0_nationalite": "francaise", "a0_activite": "chomeur", "e0_date_naissance": "03/05/2019",
        "e0_garde_alternee": "non", "e0_soutien_autre_parent": "decede",
    },
    {
        "a0_enceinte": "non", "statut_occupation_logement": "locataire_hlm", "aide_logement": "210",
        "rsa_isolement_recent": "non", "e0_lien": "parent",
    },
    {},
    {},
    {
        "e0_prenoms": "Lou", "e0_nom_naissance": "Tarandel", "adresse_lignes": "3 rue des Essais",
        "code_postal": "75012", "commune": "Paris", "iban": numeros.iban(77),
    },
)  # fmt: skip
"""Answers of somebody alone with a child, part after part."""


def remplir_une_demande(client: Client, jusqu_a: int = len(REPONSES_A_LA_DEMANDE), droit: str = "rsa") -> None:
    """Answer the first parts, as a person does."""
    tape: dict[str, str] = {}
    for etape, saisie in enumerate(REPONSES_A_LA_DEMANDE[:jusqu_a]):
        tape |= saisie
        assert client.post(f"/demande-{droit}/", tape | {"etape": str(etape)}).status_code in (200, 302), etape


def attester(client: Client, **saisie: str) -> Any:
    """Amina asks for a certificate of the payments of the month."""
    demande = {"genre": "paiements", "debut": "2026-11", "fin": "2026-11"} | saisie
    reponse = client.post("/mon-compte/attestations/", demande)
    assert reponse.status_code == 302, reponse.content.decode()[-3000:]
    return reponse


def attestation_d_amina() -> str:
    """The last one; nobody's in a world where none was asked."""
    from limpide.usagers.models import Attestation

    siennes = Attestation.objects.using("proprietaire").filter(personne_id=fiche_d_amina()[1])
    derniere = siennes.order_by("emise_le").last()
    return "00000000-0000-0000-0000-000000000000" if derniere is None else str(derniere.pk)
