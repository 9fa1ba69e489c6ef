"""Sending a validated letter: who receives it is listed once, then each message is taken, sent, noted. Never twice.

One transaction notes the message that left and takes the next: killed anywhere, at most one message is in doubt. It is
told `incertain` and never sent again: missing a letter is better than having it twice. A subscription left, an address
removed or an agreement withdrawn counts until the very moment the message is taken.
"""

import datetime as dt
import os
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.mail.backends.smtp import EmailBackend
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from limpide.courriers.expedition import NonParti
from limpide.courriers.listes import Interrompu, MessageDeListe, expedier, relais_ouvert
from limpide.identite import chiffrement
from limpide.identite.contacts import rejeter
from limpide.identite.models import Affiliation, MessageContact, ObjetMessage, Personne, PointDeContact
from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle import dossier_donnees
from limpide.socle.appel import BOUCLE

from .contenu import Adresses, composer
from .models import (
    Abonnement,
    AccordReception,
    EnvoiInfolettre,
    Infolettre,
    Portee,
    ReceptionInfolettre,
    VersionInfolettre,
)

ENVOYER = "envoi_infolettres"
MOTIF = "Envoi d'une lettre d'information"
USAGE_IMAGE = "image-infolettre"
LOT = 200
"""Persons listed in one transaction; messages sent over one connection."""
EN_DOUTE_APRES = dt.timedelta(minutes=10)
"""A message taken for so long isn't in anybody's hands: the relay answers in seconds, or the machine stopped."""
RENONCER_APRES = dt.timedelta(days=3)
"""An address that the relay puts off for so long doesn't get this letter; the next one will try again."""
REFUS_DE_SUITE = 3
"""So many addresses put off in a row: it is the relay, not the addresses."""
PUBLIQUE = "LIMPIDE_ADRESSE"
ICI = "http://localhost:8000"
Etat = EnvoiInfolettre.Etat


class SansAdresse(RuntimeError):
    """Links of a letter need the public address of the site."""


@dataclass
class Bilan:
    """What a run did. `arrete`: the relay stopped taking messages, the rest waits."""

    lettres: int = 0
    a_envoyer: int = 0
    partis: int = 0
    revenus: int = 0
    ecartes: int = 0
    incertains: int = 0
    arrete: bool = False


@dataclass(frozen=True, repr=False)
class APartir:
    """One message taken: everything that its sending needs. Lives in memory, for seconds."""

    cle: str
    vers: str
    message: MessageDeListe


@dataclass(frozen=True)
class Fini:
    """How a message taken ended: its key, the state to note, why it came back."""

    cle: str
    etat: str
    raison: str = ""
    definitif: bool = False


def adresse_publique() -> str:
    """Where the site answers, without final slash. Raises SansAdresse unless it is https, or this machine."""
    adresse = os.environ.get(PUBLIQUE, "") or (ICI if dossier_donnees.demonstration() else "")
    lue = urlsplit(adresse)
    if not lue.hostname or (lue.scheme != "https" and lue.hostname not in BOUCLE):
        raise SansAdresse(f"Posez {PUBLIQUE} : l'adresse publique du site, en https (les liens des lettres y mènent).")
    return adresse.rstrip("/")


def abonnes(lettre: Infolettre) -> QuerySet[Abonnement]:
    """Subscriptions that this letter goes to: of its list, alive, reachable; of its Caf's allocataires if local."""
    joignables = PointDeContact.objects.filter(
        personne_id=OuterRef("personne_id"), genre="courriel", confirme_le__isnull=False, retire_le=None, rejete_le=None
    )
    vivante = Personne.objects.filter(pk=OuterRef("personne_id"), date_deces=None)
    siens: QuerySet[Abonnement] = Abonnement.objects.filter(
        Exists(joignables), Exists(vivante), portee=lettre.portee, desabonne_le=None
    )
    if lettre.portee == Portee.LOCALE:
        affilies = Affiliation.objects.filter(
            personne_id=OuterRef("personne_id"), organisme_id=lettre.organisme_id, qualite="demandeur",
            valide__contains=timezone.localdate(),
        )  # fmt: skip
        siens = siens.filter(Exists(affilies))
    return siens.order_by("personne_id")


def envoyer(*, executer: bool, quand: dt.datetime | None = None) -> Bilan:
    """Send every validated letter. Killed anywhere, the next run goes on. Raises SansAdresse."""
    bilan = Bilan()
    base = adresse_publique() if executer else ""
    with traitement(ENVOYER, acteur=SYSTEME, motif=MOTIF):
        lettres = list(Infolettre.objects.filter(etat=Infolettre.Etat.VALIDEE).order_by("validee_le", "pk"))
        bilan.lettres = len(lettres)
        bilan.a_envoyer = sum(_reste(lettre) for lettre in lettres)
    for lettre in lettres if executer else []:
        if lettre.preparee_le is None:
            _lister(lettre)
        _distribuer(lettre, base, bilan, quand)
        if bilan.arrete:
            break
        _terminer(lettre, quand)
    return bilan


def _reste(lettre: Infolettre) -> int:
    """Messages still to leave, in the caller's processing."""
    if lettre.preparee_le is None:
        return int(abonnes(lettre).count())
    return int(EnvoiInfolettre.objects.filter(infolettre_id=lettre.pk, etat=Etat.ATTEND).count())


def _lister(lettre: Infolettre) -> None:
    """One row for each person, by lots; a list begun is gone on with, and closed at its end."""
    while True:
        with traitement(ENVOYER, acteur=SYSTEME, motif=MOTIF):
            deja = EnvoiInfolettre.objects.filter(infolettre_id=lettre.pk, personne_id=OuterRef("personne_id"))
            lot = list(abonnes(lettre).exclude(Exists(deja)).values_list("personne_id", flat=True)[:LOT])
            EnvoiInfolettre.objects.bulk_create(
                (EnvoiInfolettre(infolettre_id=lettre.pk, personne_id=p, etat=Etat.ATTEND) for p in lot),
                ignore_conflicts=True,
            )
            if not lot:
                lettre.preparee_le = timezone.now()
                Infolettre.objects.filter(pk=lettre.pk, preparee_le=None).update(preparee_le=lettre.preparee_le)
                return


def _distribuer(lettre: Infolettre, base: str, bilan: Bilan, quand: dt.datetime | None) -> None:
    """Message after message, over a connection kept for a lot; stops when the relay takes nothing more."""
    distribution = _Distribution(lettre, base, bilan, quand or timezone.now())
    while not bilan.arrete and distribution.attend():
        try:
            with relais_ouvert() as relais:
                distribution.par(relais)
        except NonParti:
            bilan.arrete = True


class _Distribution:
    """The messages of one letter, one at a time."""

    def __init__(self, lettre: Infolettre, base: str, bilan: Bilan, quand: dt.datetime) -> None:
        self.lettre, self.base, self.bilan, self.quand = lettre, base, bilan, quand
        self.plus_tard: set[str] = set()
        self.refus_de_suite = 0
        with traitement(ENVOYER, acteur=SYSTEME, motif=MOTIF):
            self.version = VersionInfolettre.objects.get(infolettre_id=lettre.pk, numero=lettre.version_validee)

    def attend(self) -> bool:
        """Whether a message waits; those in doubt are said so first."""
        with traitement(ENVOYER, acteur=SYSTEME, motif=MOTIF):
            siens = EnvoiInfolettre.objects.filter(infolettre_id=self.lettre.pk)
            abandonnes = siens.filter(etat=Etat.PRIS, pris_le__lt=timezone.now() - EN_DOUTE_APRES)
            self.bilan.incertains += abandonnes.update(etat=Etat.INCERTAIN)
            return bool(siens.filter(etat=Etat.ATTEND).exclude(pk__in=self.plus_tard).exists())

    def par(self, relais: EmailBackend) -> None:
        """A lot over this connection. Each transaction notes the message before and takes the next."""
        fini: Fini | None = None
        for _ in range(LOT):
            pris = self._suivant(fini)
            if pris is None:
                return
            fini = self._partir(relais, pris)
            if self.bilan.arrete:
                break
        with traitement(ENVOYER, acteur=SYSTEME, motif=MOTIF):
            self._noter(fini)

    def _partir(self, relais: EmailBackend, pris: APartir) -> Fini:
        try:
            expedier(relais, pris.vers, pris.message, pris.cle)
        except Interrompu as panne:
            self.bilan.arrete = True
            return Fini(pris.cle, Etat.INCERTAIN, panne.nature)
        except NonParti as panne:
            if panne.definitif:
                return Fini(pris.cle, Etat.REVENU, panne.nature, definitif=True)
            self.plus_tard.add(pris.cle)
            self.refus_de_suite += 1
            self.bilan.arrete = self.refus_de_suite >= REFUS_DE_SUITE
            return Fini(pris.cle, Etat.ATTEND, panne.nature)
        self.refus_de_suite = 0
        return Fini(pris.cle, Etat.PARTI)

    def _noter(self, fini: Fini | None) -> None:
        if fini is None:
            return
        siens = EnvoiInfolettre.objects.filter(pk=fini.cle, etat=Etat.PRIS)
        if fini.etat == Etat.ATTEND:  # refused for now: it surely isn't gone, its trace goes with it
            personnes = list(siens.values_list("personne_id", flat=True))
            assez = siens.filter(prepare_le__lt=timezone.now() - RENONCER_APRES).update(etat=Etat.ECARTE)
            self.bilan.ecartes += assez
            siens.update(etat=Etat.ATTEND, pris_le=None)
            ReceptionInfolettre.objects.filter(infolettre_id=self.lettre.pk, personne_id__in=personnes).delete()
            MessageContact.objects.filter(pk=fini.cle).delete()
            return
        siens.update(etat=fini.etat)
        trace = MessageContact.objects.get(pk=fini.cle)
        trace.parti_le, trace.echec = (timezone.now() if fini.etat == Etat.PARTI else None), fini.raison
        trace.save(update_fields=["parti_le", "echec"])
        if fini.definitif:
            rejeter(trace.contact_id, fini.raison)
        self.bilan.partis += fini.etat == Etat.PARTI
        self.bilan.revenus += fini.etat == Etat.REVENU
        self.bilan.incertains += fini.etat == Etat.INCERTAIN

    def _suivant(self, fini: Fini | None) -> APartir | None:
        """Note the message before, take the next whose reader still wants it. None when nobody is left."""
        with traitement(ENVOYER, acteur=SYSTEME, motif=MOTIF):
            self._noter(fini)
            while True:
                siens = EnvoiInfolettre.objects.filter(infolettre_id=self.lettre.pk, etat=Etat.ATTEND)
                attendent = siens.exclude(pk__in=self.plus_tard)
                envoi = attendent.select_for_update(skip_locked=True).order_by("pk").first()
                if envoi is None:
                    return None
                if (pris := self._prendre(envoi)) is not None:
                    return pris
                EnvoiInfolettre.objects.filter(pk=envoi.pk).update(etat=Etat.ECARTE)
                self.bilan.ecartes += 1

    def _prendre(self, envoi: EnvoiInfolettre) -> APartir | None:
        """The message of this person, marked as taken. None if they left the list, or can't be reached any more."""
        abonnement = abonnes(self.lettre).filter(personne_id=envoi.personne_id).first()
        if abonnement is None:
            return None
        contact = PointDeContact.objects.get(
            personne_id=envoi.personne_id, genre="courriel", confirme_le__isnull=False, retire_le=None, rejete_le=None
        )
        EnvoiInfolettre.objects.filter(pk=envoi.pk).update(etat=Etat.PRIS, pris_le=timezone.now())
        MessageContact.objects.create(
            id=envoi.pk, contact_id=contact.pk, personne_id=envoi.personne_id, objet=ObjetMessage.LETTRE,
            categorie=self.lettre.categorie,
        )  # fmt: skip
        adresses = self._adresses(abonnement, envoi.personne_id)
        texte, html = composer(self.version.sujet, self.version.contenu, adresses)
        liste = f"{self.lettre.portee}{self.lettre.organisme_id or ''}.lettres"
        message = MessageDeListe(
            self.lettre.categorie, self.version.sujet, texte, html=html, desabonnement=adresses.desabonnement,
            liste=liste,
        )  # fmt: skip
        return APartir(str(envoi.pk), contact.valeur.en_clair(), message)

    def _adresses(self, abonnement: Abonnement, personne: int) -> Adresses:
        jeton = abonnement.jeton.en_clair()
        return Adresses(
            self.base + reverse("infolettres:desabonnement", args=[jeton]),
            self.base + reverse("infolettres:lettre", args=[self.lettre.pk]),
            self._image(personne),
        )

    def _image(self, personne: int) -> str:
        """The address of the image that says it was displayed; none without agreement."""
        if not AccordReception.objects.filter(personne_id=personne, retire_le=None).exists():
            return ""
        jeton = secrets.token_urlsafe(32)
        ReceptionInfolettre.objects.create(
            infolettre_id=self.lettre.pk, personne_id=personne, suivi_le=self.quand,
            jeton_empreinte=chiffrement.empreinte(jeton, USAGE_IMAGE),
        )  # fmt: skip
        return self.base + reverse("infolettres:reception", args=[jeton])


def _terminer(lettre: Infolettre, quand: dt.datetime | None) -> None:
    """Sent, once nothing waits nor is in somebody's hands: its totals are kept when its rows go."""
    with traitement(ENVOYER, acteur=SYSTEME, motif=MOTIF):
        siens = EnvoiInfolettre.objects.filter(infolettre_id=lettre.pk)
        par_etat = dict(siens.order_by().values_list("etat").annotate(Count("pk")))
        if par_etat.keys() & {Etat.ATTEND, Etat.PRIS}:
            return
        Infolettre.objects.filter(pk=lettre.pk, etat=Infolettre.Etat.VALIDEE).update(
            etat=Infolettre.Etat.ENVOYEE, envoyee_le=quand or timezone.now(), partis=par_etat.get(Etat.PARTI, 0),
            revenus=par_etat.get(Etat.REVENU, 0), ecartes=par_etat.get(Etat.ECARTE, 0),
            incertains=par_etat.get(Etat.INCERTAIN, 0),
            suivis=ReceptionInfolettre.objects.filter(infolettre_id=lettre.pk).count(),
        )  # fmt: skip
