"""Letters of the demonstration: a national one, sent nine days ago and partly read; one of the Caf of Paris, a draft.

Everything goes through the real verbs, and over SMTP to the simulated mailboxes. Readers are drawn outside Paris, whose
persons without an account are others' story.
"""

import contextlib
import datetime as dt
import os
import re
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from limpide.identite import contacts
from limpide.identite.comptes import identifiant_de_connexion
from limpide.identite.models import Affiliation, Compte, Immatriculation, PointDeContact
from limpide.infolettres import abonnements, envoi, reception, redaction
from limpide.infolettres.models import HabilitationInfolettre, Infolettre, Portee
from limpide.monde.chargement import MOTIF, TRAITEMENT
from limpide.monde.identites import MESSAGERIE
from limpide.registre.contexte import SYSTEME, Acteur, traitement

REDACTRICE, VALIDEUR, ORGANISME = "agent.paris", "agent.nord", "751"
LECTEURS, ACCORDS = 40, 36
IL_Y_A = 9
OUVERTES_PAR_JOUR = (12, 6, 5, 3)
"""How many first openings on the day the letter left and the days after, at most."""
NATIONALE = """Bonjour,

## La déclaration trimestrielle change

Vos ressources sont maintenant préremplies. Vous les relisez, vous les corrigez si besoin, vous validez.

- Rien à faire avant la fin du trimestre.
- Une erreur ? Corrigez-la dans Mon Compte : votre Caf la vérifie.
- Comment vos droits sont calculés : page « Règles de calcul » du site.

Votre caisse d'allocations familiales

Vous ne voulez plus recevoir ces lettres ? {desabonnement}"""
LOCALE = """Bonjour,

## La Caf de Paris ouvre une permanence

Chaque mardi, sans rendez-vous, pour **les parents séparés**.

- Où : à l'accueil de la Caf.
- Quoi apporter : une pièce d'identité suffit.

Votre Caf de Paris

Vous ne voulez plus recevoir ces lettres ? {desabonnement}"""


def installer(jour: dt.date, adresse: str = envoi.ICI) -> int:
    """Once: who writes, who reads, the letter sent, the draft. Returns how many messages left."""
    with traitement(redaction.HABILITER, acteur=SYSTEME, motif=MOTIF):
        agents = Compte.objects.filter(identifiant__in=(REDACTRICE, VALIDEUR))
        comptes = {c.identifiant: (c.pk, c.organisme_id) for c in agents}
    if len(comptes) < 2 or not _habiliter(jour):
        return 0
    lecteurs = _lecteurs(jour)
    abonnements.rattraper(executer=True)
    for compte, personne in lecteurs[:ACCORDS]:
        elle = Acteur("allocataire", compte, "Vous-même")
        with traitement(abonnements.MES_INFOLETTRES, acteur=elle, motif=MOTIF, personne=personne):
            abonnements.accepter_la_reception(personne)
    quand = timezone.make_aware(dt.datetime.combine(jour - dt.timedelta(days=IL_Y_A), dt.time(9)))
    agente, valideur = (Acteur("agent", comptes[i][0], f"Caf {comptes[i][1]}") for i in (REDACTRICE, VALIDEUR))
    sujet = "La déclaration trimestrielle change : ce que vous avez à faire"
    with traitement(redaction.REDIGER, acteur=agente, motif=MOTIF, organisme=ORGANISME):
        numero = comptes[REDACTRICE][0]
        lettre = redaction.ecrire(numero, ORGANISME, Portee.NATIONALE, "mission", sujet, NATIONALE, quand)
        redaction.proposer(lettre, numero, quand)
        redaction.ecrire(numero, ORGANISME, Portee.LOCALE, "mission", "Une permanence le mardi", LOCALE)
    with traitement(redaction.REDIGER, acteur=valideur, motif=MOTIF, organisme=comptes[VALIDEUR][1]):
        redaction.valider(Infolettre.objects.get(pk=lettre.pk), comptes[VALIDEUR][0], 1, quand)
    with _boites_ouvertes(adresse):
        partis = envoi.envoyer(executer=True, quand=quand).partis
    _lire(quand.date())
    return partis


def _habiliter(jour: dt.date) -> bool:
    """Who may write; False when they already do: the letters were made."""
    with traitement(redaction.HABILITER, acteur=SYSTEME, motif=MOTIF):
        if HabilitationInfolettre.objects.exists():
            return False
    fin = max(jour, timezone.localdate()) + dt.timedelta(days=180)
    for agent, portee in (
        (REDACTRICE, Portee.NATIONALE), (REDACTRICE, Portee.LOCALE), (VALIDEUR, Portee.NATIONALE),
    ):  # fmt: skip
        redaction.habiliter(agent, portee, "Décision fictive de la démonstration", min(fin, _dans_l_annee()))
    return True


def _dans_l_annee() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=365)


def _lecteurs(jour: dt.date) -> list[tuple[int, int]]:
    """(account, person) of allocataires who open Mon Compte and confirm an address. Nobody knows their password."""
    with traitement("immatriculation", acteur=SYSTEME, motif=MOTIF):
        avec_compte = Compte.objects.exclude(personne_id=None).values_list("personne_id", flat=True)
        ailleurs = Affiliation.objects.filter(qualite="demandeur", valide__contains=jour).exclude(
            organisme_id=ORGANISME
        )  # fmt: skip
        cles = ailleurs.exclude(personne_id__in=list(avec_compte)).order_by("personne_id")
        personnes = list(cles.values_list("personne_id", flat=True)[:LECTEURS])
        siens = Immatriculation.objects.filter(personne_id__in=personnes, clos_le=None)
        identifiants = {i.personne_id: identifiant_de_connexion(i.numero) for i in siens}
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        return [(_ouvrir(p, identifiants[p], rang), p) for rang, p in enumerate(personnes) if p in identifiants]


def _ouvrir(personne: int, identifiant: str, rang: int) -> int:
    compte = Compte.objects.create(
        genre="allocataire", identifiant=identifiant, password=make_password(None), personne_id=personne
    )
    lue = contacts.lire("courriel", f"lecteur.{rang}@exemple.test")
    point = PointDeContact(
        personne_id=personne, genre="courriel", empreinte=contacts.empreinte("courriel", lue),
        confirme_le=timezone.now(),
    )  # fmt: skip
    point.valeur = lue
    point.save(force_insert=True)
    return int(compte.pk)


@contextlib.contextmanager
def _boites_ouvertes(adresse: str) -> Iterator[None]:
    """The simulated mail server, for the time of the block; nothing leaves this machine."""
    avant = {nom: os.environ.get(nom) for nom in ("LIMPIDE_SMTP_URL", envoi.PUBLIQUE)}
    with MESSAGERIE.smtp_ouvert(0) as port:
        os.environ["LIMPIDE_SMTP_URL"], os.environ[envoi.PUBLIQUE] = f"smtp://127.0.0.1:{port}", adresse
        try:
            yield
        finally:
            for nom, valeur in avant.items():
                if valeur is None:
                    os.environ.pop(nom)
                else:
                    os.environ[nom] = valeur


def _lire(premier: dt.date) -> None:
    """Some of those who agreed display their letter, that day and the next ones."""
    images = [re.findall(r"/reception/([\w-]+)\.gif", recu.html) for recu in MESSAGERIE.recus]
    suivies = iter([trouvees[0] for trouvees in images if trouvees])
    for apres, nombre in enumerate(OUVERTES_PAR_JOUR):
        for _, jeton in zip(range(nombre), suivies, strict=False):
            reception.noter(jeton, premier + dt.timedelta(days=apres))
