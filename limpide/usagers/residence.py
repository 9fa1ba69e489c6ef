"""From which country one's own logins came, and whether to ask where one lives. Nothing here ends or changes a right.

The country is what the proxy in front of the site says it is; without that setting nothing is counted. Of a login are
kept the person, the month, the country and one more day: never an address, a place, an hour.
"""

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from limpide.dossiers import taches
from limpide.dossiers.models import Dossier, GenreTache, TacheAgent
from limpide.dossiers.models.taches import LONGUEUR
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import Connexion, ObjetMessage
from limpide.identite.suivi_contacts import prevenir
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers.models import AbsenceDeclaree, PaysDuMois

COMPTER, SIGNALER, MA_RESIDENCE = "residence_compter", "residence_signaler", "ma_residence"
SEUIL_JOURS, SEUIL_MOIS = 20, 3
"""More than 20 days of login from abroad, over 3 months at least, in one calendar year: ours. The law lets a person
be away up to three months of the year (CSS R111-2); a long holiday must not ring."""
FRANCE = frozenset({"FR", "GP", "GF", "MQ", "RE", "BL", "MF", "YT", "PM"})
"""CSS R111-2 names metropolitan France, Guadeloupe, Guyane, Martinique, La Réunion, Saint-Barthélemy, Saint-Martin.
Mayotte and Saint-Pierre-et-Miquelon, which have texts of their own, are counted as France too: nobody is asked."""
_PAYS = re.compile(r"[A-Z]{2}")
_INCONNUS = frozenset({"XX", "T1", "ZZ"})


def pays_annonce(entetes: Mapping[str, str]) -> str:
    """The country that the proxy says, in two letters; empty when it is not configured, or says anything else."""
    nom = os.environ.get("LIMPIDE_PAYS_ENTETE", "").strip()
    pays = entetes.get(nom, "").strip().upper() if nom else ""
    return pays if _PAYS.fullmatch(pays) and pays not in _INCONNUS else ""


def compter(personne: int, pays: str, quand: dt.datetime) -> bool:
    """One more day for this country, at the first login of the day only. Within `COMPTER`."""
    jour = timezone.localdate(quand)
    minuit = timezone.make_aware(dt.datetime.combine(jour, dt.time.min))
    if not pays or Connexion.objects.filter(personne_id=personne, ouverte_le__gte=minuit).count() != 1:
        return False
    with transaction.atomic():
        ligne, neuve = PaysDuMois.objects.get_or_create(
            personne_id=personne, mois=jour.replace(day=1), pays=pays, defaults={"jours": 1}
        )
        if not neuve:
            PaysDuMois.objects.filter(pk=ligne.pk).update(jours=F("jours") + 1)
    return True


@dataclass(frozen=True)
class Constat:
    """The logins of one year from abroad, less the days of the absences declared."""

    jours: int
    mois: tuple[tuple[dt.date, str, int], ...]

    @property
    def a_verifier(self) -> bool:
        return self.jours > SEUIL_JOURS and len({m for m, _, _ in self.mois}) >= SEUIL_MOIS

    @property
    def detail(self) -> str:
        lignes = " ; ".join(f"{m:%m/%Y} : {pays}, {n} j" for m, pays, n in self.mois)
        return (
            f"Connexions à Mon Compte depuis l'étranger, {self.jours} jours en tout ({lignes}). C'est un indice, pas "
            "une preuve : demandez à la personne où elle habite. Rien ne s'arrête tant qu'elle n'a pas répondu."
        )[:LONGUEUR]


def constater(annee: int, lignes: Iterable[PaysDuMois], absences: Iterable[AbsenceDeclaree]) -> Constat:
    """In doubt for the person: a month with an absence loses as many days as the absence had in it."""
    otes: dict[dt.date, int] = {}
    for jour in {j for a in absences for j in _jours(a.du, a.au) if j.year == annee}:
        otes[jour.replace(day=1)] = otes.get(jour.replace(day=1), 0) + 1
    restent: list[tuple[dt.date, str, int]] = []
    for ligne in sorted(lignes, key=lambda li: (li.mois, li.pays)):
        if ligne.mois.year != annee or ligne.pays in FRANCE:
            continue
        couverts = min(ligne.jours, otes.get(ligne.mois, 0))
        otes[ligne.mois] = otes.get(ligne.mois, 0) - couverts
        if ligne.jours > couverts:
            restent.append((ligne.mois, ligne.pays, ligne.jours - couverts))
    return Constat(sum(n for _, _, n in restent), tuple(restent))


def _jours(du: dt.date, au: dt.date) -> Iterable[dt.date]:
    return (du + dt.timedelta(days=n) for n in range((au - du).days + 1))


def signaler(jour: dt.date) -> int:
    """One task per person and year above the threshold, however often it runs; how many are new. Each is told.

    In January, the year that ended is looked at too. Each person is done for good before the next.
    """
    annees = (jour.year - 1, jour.year) if jour.month == 1 else (jour.year,)
    motif = f"Connexions de l'étranger au {jour:%d/%m/%Y}"
    with traitement(SIGNALER, acteur=SYSTEME, motif=motif):
        ailleurs = PaysDuMois.objects.exclude(pays__in=FRANCE).filter(mois__year__in=annees)
        personnes = sorted(set(ailleurs.values_list("personne_id", flat=True)))
    nouvelles = 0
    for personne in personnes:
        with traitement(SIGNALER, acteur=SYSTEME, motif=motif):
            demandes = sum(_signaler(personne, annee) for annee in annees)
        if demandes:
            prevenir({personne}, ObjetMessage.QUESTION, "Prévenir d'une question de la Caf")
        nouvelles += demandes
    return nouvelles


def _signaler(personne: int, annee: int) -> bool:
    constat = constater(
        annee,
        PaysDuMois.objects.filter(personne_id=personne, mois__year=annee),
        AbsenceDeclaree.objects.filter(personne_id=personne),
    )
    dossier = Dossier.objects.filter(allocataire_id=personne, clos_le=None).order_by("pk").first()
    if not constat.a_verifier or dossier is None:
        return False
    deja = TacheAgent.objects.filter(dossier_id=dossier.pk, genre=GenreTache.RESIDENCE, cle=str(annee)).exists()
    if not deja:
        taches.ouvrir(
            dossier, GenreTache.RESIDENCE, str(annee), f"Résidence en France à vérifier, année {annee}",
            constat.detail, SIGNALER, timezone.now(),
        )  # fmt: skip
    return not deja


def declarer_une_absence(personne: int, du: dt.date, au: dt.date) -> AbsenceDeclaree:
    """Dates away from France, before or after. Raises `ErreurSaisie`; the same dates twice are one absence."""
    if au < du:
        raise ErreurSaisie({"au": "Le retour vient après le départ : vérifiez les deux dates."})
    if (au - du).days > 366:
        raise ErreurSaisie({"au": "Une absence dure un an au plus. Si vous avez déménagé, dites-le à votre Caf."})
    with refus_en_francais(), transaction.atomic():
        absence, _ = AbsenceDeclaree.objects.get_or_create(
            personne_id=personne, du=du, au=au, defaults={"declaree_le": timezone.now()}
        )
    return absence
