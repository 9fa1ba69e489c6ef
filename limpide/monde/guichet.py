"""Rights requests of the demonstration: one of each kind, one in each state, so that the officer finds a queue.

Those who ask are drawn from the seed among the allocataires; everything goes through the verbs of the rights desk, as a
letter or a page of Mon Compte would. Each request is made once: told by what it asks, it is found again.
"""

import datetime as dt
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db.models import QuerySet

from limpide.dossiers.models import Dossier, Fait, PublicationRncps
from limpide.dossiers.previsualisation import Correction, appliquer, previsualiser
from limpide.dossiers.rncps import PUBLIER
from limpide.dossiers.services import Origine
from limpide.identite.models import Compte
from limpide.monde import temoin
from limpide.monde.chargement import MOTIF, TRAITEMENT, numero_allocataire
from limpide.monde.foyers import mois_decale
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.registre.demandes import regles, reunion, services
from limpide.registre.demandes.modeles import DemandeDroit
from limpide.registre.demandes.traitements import GUICHET

ORGANISME = "751"
EN_LIGNE, COURRIER = DemandeDroit.Canal.EN_LIGNE, DemandeDroit.Canal.COURRIER
MOIS_DE_RECUL = 2
EN_PLUS = 60_00
"""Cents: what a wage was corrected by, once its owner had written."""


@dataclass(frozen=True, slots=True)
class Demandeur:
    """Whose request: their person, their file."""

    personne: int
    dossier: int


@dataclass(frozen=True, slots=True)
class Guichet:
    """Who answers at the desk and in the Caf, when; accounts of those who have one, by person.

    `corrige`: the month whose wage is corrected.
    """

    dpd: Acteur
    agente: Acteur
    jour: dt.date
    corrige: dt.date
    comptes: dict[int, int]

    def par_elle(self, personne: int) -> AbstractContextManager[object]:
        """The person's own page."""
        elle = Acteur("allocataire", self.comptes[personne], "Vous-même")
        return traitement("mes_demandes_de_droits", acteur=elle, motif=MOTIF, personne=personne)

    def repondre(self, demande: DemandeDroit, etat: str, texte: str, systeme: str = "") -> None:
        with traitement(GUICHET, acteur=self.dpd, motif=MOTIF):
            services.repondre(demande, etat, texte, systeme)


Suite = Callable[[Guichet, DemandeDroit], None]


def _reunir(guichet: Guichet, demande: DemandeDroit) -> None:
    with traitement(GUICHET, acteur=guichet.dpd, motif=MOTIF):
        prise = services.avancer(demande, regles.EN_COURS, note="Prise en charge")
    reunion.reunir(prise, guichet.dpd)


def _identifier(guichet: Guichet, demande: DemandeDroit) -> None:
    """The document was looked at the day after the letter came, and its copy destroyed."""
    le = demande.recue_le + dt.timedelta(days=1)
    with traitement(GUICHET, acteur=guichet.dpd, motif=MOTIF):
        services.identifier(demande, moyen="Carte nationale d'identité", copie_detruite_le=le)


def _rectifier(guichet: Guichet, demande: DemandeDroit) -> None:
    """An agent corrects the wage, rights follow; then the officer grants, and there are recipients to warn."""
    _identifier(guichet, demande)
    origine = Origine("agent", f"compte {guichet.agente.identifiant}")
    with traitement("correction_dossier", acteur=guichet.agente, organisme=ORGANISME, motif=MOTIF):
        fiche = Dossier.objects.get(pk=demande.dossier_id)
        ancien = _salaires(guichet.corrige).get(dossier_id=fiche.pk, personne_id=fiche.allocataire_id)
        du, au = ancien.valide.lower, ancien.valide.upper
        corrections = [Correction("salaire_net", ancien.valeur + EN_PLUS, du, au, fiche.allocataire_id)]
        prevue = previsualiser(fiche, corrections)
        appliquer(fiche, corrections, origine, prevue.empreinte, "Le bulletin de paie le montre.")
    guichet.repondre(demande, regles.ACCORDEE, "Votre salaire est corrigé, d'après le bulletin que vous avez joint.")


def _salaires(mois: dt.date) -> QuerySet[Fait]:
    """Wages of that month, as they are known."""
    nature = Fait.codes_natures()["salaire_net"]
    return Fait.objects.filter(nature=nature, valide__contains=mois, connu__upper_inf=True)


def _refuser_l_opposition(guichet: Guichet, demande: DemandeDroit) -> None:
    _identifier(guichet, demande)
    guichet.repondre(demande, regles.REFUSEE, "Sans ce traitement, vos droits ne seraient plus calculés.", "S06")


def _accorder_en_partie(guichet: Guichet, demande: DemandeDroit) -> None:
    _identifier(guichet, demande)
    texte = (
        "La mesure d'audience s'arrête depuis la page « Cookies ». Le traceur de connexion reste : il est nécessaire."
    )
    guichet.repondre(demande, regles.PARTIELLE, texte, "S46")


def _prolonger(guichet: Guichet, demande: DemandeDroit) -> None:
    _identifier(guichet, demande)
    with traitement(GUICHET, acteur=guichet.dpd, motif=MOTIF):
        services.prolonger(demande, "Il faut demander à un autre service si un contrôle retient ce dossier.")


def _limiter(guichet: Guichet, demande: DemandeDroit) -> None:
    _identifier(guichet, demande)
    with traitement(GUICHET, acteur=guichet.dpd, motif=MOTIF):
        services.accorder_la_limitation(demande, "exactitude", calcul_consenti=True)


def _retirer(guichet: Guichet, demande: DemandeDroit) -> None:
    with guichet.par_elle(demande.personne_id):
        services.avancer(demande, regles.RETIREE, note="Retirée par la personne")


def _rien(guichet: Guichet, demande: DemandeDroit) -> None:
    """Left as it came."""


@dataclass(frozen=True, slots=True)
class Histoire:
    """One request: which right, what is asked, how many days ago it came, by which way, what became of it."""

    genre: str
    objet: str
    il_y_a: int
    suite: Suite
    canal: str = COURRIER


HISTOIRES = (
    Histoire("acces", "Je voudrais une copie de tout ce que la Caf a sur moi.", 0, _reunir, EN_LIGNE),
    Histoire("directives", "Après ma mort, mes données vont à ma sœur.", 0, _rien, EN_LIGNE),
    Histoire("opposition", "Je ne veux plus de mesure d'audience sur mes visites.", 0, _retirer, EN_LIGNE),
    Histoire("rectification", "Mon salaire d'il y a deux mois est inexact : voici le bulletin.", 9, _rectifier),
    Histoire("opposition", "Je ne veux pas qu'un ordinateur calcule mes droits.", 15, _refuser_l_opposition),
    Histoire("opposition", "Je ne veux aucun traceur quand je me connecte.", 12, _accorder_en_partie),
    Histoire("effacement", "Effacez mon dossier, je n'en ai plus besoin.", 20, _prolonger),
    Histoire("limitation", "Je conteste mon loyer : n'utilisez plus mon dossier.", 6, _limiter),
    Histoire("portabilite", "Envoyez mes données à une autre administration.", 5, _rien),
    Histoire("acces", "Qui a regardé mon dossier cette année ?", 45, _identifier),
    Histoire("acces", "Envoyez-moi ce que vous savez de moi.", 2, _rien),
    Histoire("effacement", "Effacez le numéro de compte que je n'utilise plus.", 4, _identifier),
)


def installer(graine: int, mois: dt.date, jour: dt.date) -> int:
    """Make the requests that nobody made yet; returns how many. A world without the accounts has no desk.

    `mois`: the month in which the world is told, the last one liquidated.
    """
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        acteurs = dict(Compte.objects.exclude(genre="allocataire").values_list("identifiant", "pk"))
        comptes = dict(Compte.objects.exclude(personne_id=None).values_list("personne_id", "pk"))
    if not {"agent.paris", "dpd"} <= set(acteurs):
        return 0
    guichet = Guichet(
        Acteur("dpd", acteurs["dpd"], "Délégué à la protection des données"),
        Acteur("agent", acteurs["agent.paris"], "Caf de Paris"), jour,
        mois_decale(mois, -MOIS_DE_RECUL), comptes,
    )  # fmt: skip
    faites = 0
    for histoire, qui in _attribuer(graine, guichet):
        with traitement(GUICHET, acteur=guichet.dpd, motif=MOTIF):
            deja = DemandeDroit.objects.filter(objet=histoire.objet).exists()
        if not deja:
            histoire.suite(guichet, _deposer(guichet, histoire, qui))
            faites += 1
    with traitement(GUICHET, acteur=SYSTEME, motif="Suivi quotidien des échéances"):
        services.surveiller(jour)
    return faites


def _attribuer(graine: int, guichet: Guichet) -> list[tuple[Histoire, Demandeur]]:
    """Amina asks online; the others write, drawn by the seed among those of Paris whom the RNCPS knows."""
    amina = numero_allocataire(temoin.RANG)
    with traitement(PUBLIER, acteur=SYSTEME, motif=MOTIF):
        publies = set(PublicationRncps.objects.filter(accusee_le__isnull=False).values_list("dossier_id", flat=True))
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        ouverts = Dossier.objects.filter(organisme_id=ORGANISME, clos_le=None, ouvert_le__lt=guichet.corrige)
        fiches = ouverts.order_by("numero")
        tous = {numero: Demandeur(qui, pk) for pk, numero, qui in fiches.values_list("pk", "numero", "allocataire_id")}
    par_courrier = [d for d in tous.values() if d.personne not in guichet.comptes and d.dossier in publies]
    random.Random(graine).shuffle(par_courrier)  # noqa: S311 -- a story, not a secret
    with traitement("correction_dossier", acteur=guichet.agente, organisme=ORGANISME, motif=MOTIF):
        payes = set(_salaires(guichet.corrige).values_list("dossier_id", "personne_id"))
    par_courrier.sort(key=lambda d: (d.dossier, d.personne) not in payes)  # whose wage is corrected comes first
    en_ligne = [(h, tous[amina]) for h in HISTOIRES if h.canal == EN_LIGNE and amina in tous]
    un_salaire = any((d.dossier, d.personne) in payes for d in par_courrier)
    lettres = [h for h in HISTOIRES if h.canal == COURRIER and (un_salaire or h.suite is not _rectifier)]
    return [*en_ligne, *zip(lettres, par_courrier, strict=False)]  # a very small world has fewer


def _deposer(guichet: Guichet, histoire: Histoire, qui: Demandeur) -> DemandeDroit:
    ouvert = (
        guichet.par_elle(qui.personne)
        if histoire.canal == EN_LIGNE
        else traitement(GUICHET, acteur=guichet.dpd, motif=MOTIF)
    )
    with ouvert:
        return services.deposer(
            personne=qui.personne, dossier=qui.dossier, organisme=ORGANISME, genre=histoire.genre,
            objet=histoire.objet, canal=histoire.canal, recue_le=guichet.jour - dt.timedelta(days=histoire.il_y_a),
        )  # fmt: skip
