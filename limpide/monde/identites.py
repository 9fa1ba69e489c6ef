"""Fictitious identities at each state of their life, in the Caf of Paris, and the register of the simulated SNGI.

The same persons are found again at each run, so that the register is rebuilt without being kept anywhere. Everything
goes through the real verbs, and through the SNGI over HTTP for those that it answers.
"""

import contextlib
import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace

from limpide.dossiers import campagnes_rncps
from limpide.dossiers.consultation_differee import interroger
from limpide.dossiers.habilitations_rncps import agent_nomme
from limpide.dossiers.models import CampagneRncps, CritereCampagne, ModeConsultation, MotifCampagne, PublicationRncps
from limpide.dossiers.models.rncps_campagnes import PLAFOND
from limpide.dossiers.rncps import PUBLIER, publier, valeurs_des_contacts
from limpide.identite import delais, litiges, services
from limpide.identite.certification import certifier_lot
from limpide.identite.models import Affiliation, CauseEtat, Compte, EtatIdentite, GenreEtape, GenreNumero, Personne
from limpide.identite.nir import lire_numero
from limpide.monde import complet, comptes, franceconnect, numeros, temoin
from limpide.monde.messagerie import Messagerie
from limpide.monde.rncps import Repertoire, rncps
from limpide.monde.simulateurs import Simulateur
from limpide.monde.sngi import Inscrit, sngi
from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle.appel import PORT_DES_SIMULATEURS, Partenaire

ORGANISME, AGENT = "751", "agent.paris"
MOTIF = "Création du monde fictif de démonstration"
PREMIER_RANG = 90_000_000
CERTIFIE, PROCHE, INCONNU, A_DEMANDER, ATTENTE, ECHUE, LITIGE = range(7)
"""Who is at which state, by their place among the persons chosen."""


def _ouvert() -> contextlib.AbstractContextManager[object]:
    return traitement("immatriculation", acteur=SYSTEME, motif=MOTIF)


def choisies(jour: dt.date) -> list[Personne]:
    """Allocataires of Paris without an account, the first of the world; in a processing that may read them."""
    avec_compte = Compte.objects.exclude(personne_id=None).values_list("personne_id", flat=True)
    paris = Affiliation.objects.filter(organisme_id=ORGANISME, qualite="demandeur", valide__contains=jour)
    cles = (
        paris.exclude(personne_id__in=list(avec_compte)).order_by("personne_id").values_list("personne_id", flat=True)
    )
    return list(Personne.objects.filter(pk__in=list(cles[: LITIGE + 1])).order_by("pk"))


def nouveau_nir(qui: Personne, place: int) -> str:
    """The number that the demonstration gives this person, attributed to nobody."""
    return numeros.nir(qui.date_naissance, PREMIER_RANG + place)


def registre_du_sngi(personnes: list[Personne]) -> list[Inscrit]:
    """What the simulated SNGI knows: everybody but one, one of them under another spelling."""
    inscrits = [
        Inscrit(
            nouveau_nir(qui, place), qui.nom_naissance, qui.prenoms, qui.date_naissance.isoformat(),
            qui.lieu_naissance_code, qui.pays_naissance,
        )
        for place, qui in enumerate(personnes)
        if place != INCONNU
    ]  # fmt: skip
    return [replace(i, prenoms=i.prenoms.upper()) if n == PROCHE else i for n, i in enumerate(inscrits)]


REPERTOIRE = Repertoire()
MESSAGERIE = Messagerie()
"""The demonstration's RNCPS and mailboxes, as long as this process lives."""


def _rappeler(repertoire: Repertoire, jour: dt.date) -> None:
    """What the directory received before this process started, and what another body says of Amina."""
    with traitement(PUBLIER, acteur=SYSTEME, motif=MOTIF):
        recues = PublicationRncps.objects.filter(accusee_le__isnull=False)
        for publication in recues.select_related("immatriculation", "personne").order_by("accusee_le"):
            repertoire.inscrire(
                publication.immatriculation.numero.en_clair(), publication.personne.nom_naissance,
                publication.organisme_id, publication.contenu | valeurs_des_contacts(publication.contenu),
            )  # fmt: skip
    amina = temoin.foyer(jour.replace(day=1)).membres[0]
    ailleurs = {"lignes": "2 rue d'Avant", "code_postal": "93999", "commune": "Ailleurs-sur-Essai"}
    soins = {"nature": "Indemnités journalières", "depuis": f"{jour.year}-02", "jusqu_au": f"{jour.year}-03"}
    repertoire.inscrire(
        lire_numero(amina.nir).numero.en_clair(), amina.nom, "Cpam de Paris",
        {"rattachement": {"depuis": "2019-09-01", "jusqu_au": None}, "prestations": [soins], "adresse": ailleurs},
    )  # fmt: skip


def simulateur(jour: dt.date, port: int) -> Simulateur:
    """The demonstration's partners, not yet listening."""
    with _ouvert():
        connues = registre_du_sngi(choisies(jour))
    _rappeler(REPERTOIRE, jour)
    site = franceconnect.FournisseurSimule(identites_franceconnect(jour))
    serveur = Simulateur(
        sngi(connues), rncps(REPERTOIRE), MESSAGERIE.partenaire_sms(), port=port, page=MESSAGERIE.page,
        sites={"franceconnect": site},
    )  # fmt: skip
    site.emetteur = serveur.adresse("franceconnect")
    return serveur


def identites_franceconnect(jour: dt.date) -> list[franceconnect.Identite]:
    """Who may present themselves: the accounts of the demonstration, and somebody whom no Caf knows."""
    mois, lieu = jour.replace(day=1), f"75{numeros.COMMUNE_JAMAIS_ATTRIBUEE}"
    nom, prenom, naissance = comptes.DEMANDEUSE
    connus = [(m.nom, m.prenom, m.naissance) for m in (f.membres[0] for f in (temoin.foyer(mois), complet.foyer(mois)))]
    connus += [(nom, prenom, naissance), ("Inconnu", "Jamais Vu", dt.date(1980, 2, 29))]
    return [
        franceconnect.Identite(
            hashlib.sha256(f"franceconnect simulé {nom} {prenom}".encode()).hexdigest(),
            f"{prenom} {nom}, née le {naissance:%d/%m/%Y}", nom.upper(), prenom, "female", naissance.isoformat(), lieu,
        )
        for nom, prenom, naissance in connus
    ]  # fmt: skip


@contextlib.contextmanager
def partenaires_ouverts(jour: dt.date) -> Iterator[Simulateur]:
    """The simulated partners answer during the block, where this process and its children look for them.

    What the mail server and the sender of text messages received is read at `/messages`.
    """
    try:
        serveur = simulateur(jour, PORT_DES_SIMULATEURS)
    except OSError:  # another demonstration has the usual port
        serveur = simulateur(jour, 0)
    for nom in (*serveur.partenaires, *serveur.sites):
        os.environ[f"LIMPIDE_{nom.upper()}_URL"] = serveur.adresse(nom)
    os.environ["LIMPIDE_FRANCECONNECT_CLIENT"] = franceconnect.CLIENT
    os.environ["LIMPIDE_FRANCECONNECT_SECRET"] = str(franceconnect.fichier_du_secret())
    with serveur.ouvert(), _smtp_ouvert() as port:
        os.environ["LIMPIDE_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        yield serveur


@contextlib.contextmanager
def _smtp_ouvert() -> Iterator[int]:
    with contextlib.ExitStack() as pile:
        try:
            port = pile.enter_context(MESSAGERIE.smtp_ouvert())
        except OSError:
            port = pile.enter_context(MESSAGERIE.smtp_ouvert(0))
        yield port


def installer(jour: dt.date) -> int:
    """Bring these persons to their states, once; returns how many."""
    with _ouvert():
        personnes = choisies(jour)
        if len(personnes) <= LITIGE or EtatIdentite.objects.filter(cause=CauseEtat.LITIGE_REGLE).exists():
            return 0
        for place, qui in enumerate(personnes):
            _raconter(qui, place, jour)
    serveur = simulateur(jour, port=0)
    with serveur.ouvert():
        certifier_lot(vers=Partenaire("sngi", serveur.adresse("sngi"), serveur.partenaires["sngi"].jeton))
    with _ouvert():  # asked by the agent who tries the screen
        services.immatriculer(personnes[A_DEMANDER], nouveau_nir(personnes[A_DEMANDER], A_DEMANDER), jour)
    return len(personnes)


def _raconter(qui: Personne, place: int, jour: dt.date) -> None:
    if place in (CERTIFIE, PROCHE, INCONNU):
        services.immatriculer(qui, nouveau_nir(qui, place), jour)
    elif place in (ATTENTE, ECHUE):
        delivre = jour - dt.timedelta(days=40 if place == ATTENTE else 220)
        litiges.mettre_en_litige(qui, CauseEtat.NUMERO_PARTAGE, "Ce numéro est celui d'une autre personne.", delivre)
        litiges.regler_litige(qui, "Le numéro a été retiré.", jour, numero_errone=True)
        nia = services.immatriculer(qui, f"7{nouveau_nir(qui, place)[1:13]}", delivre, GenreNumero.NIA)
        if place == ECHUE:
            delais.noter_etape(nia, GenreEtape.MISE_EN_DEMEURE, delivre + dt.timedelta(days=95))
    elif place == LITIGE:
        litiges.mettre_en_litige(qui, CauseEtat.DEUX_NUMEROS, "Deux numéros pour les mêmes papiers.", jour)


def publier_au_rncps(jour: dt.date) -> int:
    """What the Caf publish of this month, received by the simulated directory, then what it is asked; how many."""
    serveur = simulateur(jour, port=0)
    with serveur.ouvert():
        vers = Partenaire("rncps", serveur.adresse("rncps"), serveur.partenaires["rncps"].jeton)
        recues = publier(vers).recues
        if _decider_une_campagne():
            interroger(vers)
        return recues


def _decider_une_campagne() -> bool:
    """The agent of Paris asks about the old addresses of the Caf, once; False when there is nothing to decide."""
    acteur, organisme = agent_nomme(AGENT, MOTIF)
    critere, mois = CritereCampagne.ADRESSE_ANCIENNE, "6"
    with traitement(campagnes_rncps.CAMPAGNE, acteur=acteur, motif=MOTIF, organisme=organisme):
        if CampagneRncps.objects.exists() or not 0 < campagnes_rncps.compter(critere, mois) <= PLAFOND:
            return False
    comptes.habiliter([AGENT], [ModeConsultation.COLLECTIF])
    campagnes_rncps.decider_au_nom_de(AGENT, MotifCampagne.ADRESSE, critere, mois, executer=True)
    return True
