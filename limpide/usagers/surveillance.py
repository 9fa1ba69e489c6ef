"""Unusual connections and uses of Mon Compte, told to the data-protection officer (MC-043).

Six rules, over one day, each a figure above a threshold: the thresholds are ours, and published with the rules on the
sheet of the processing. Digests are counted, the contents of files are not read; an alert holds internal numbers only
and closes nothing by itself. Failures are kept one day: to be run several times a day.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils import timezone

from limpide.identite.models import Connexion, EtapeAcces, GenreEtapeAcces
from limpide.registre.alertes import Acces, signaler
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.models import LigneJournal
from limpide.usagers.models import EchecConnexion

CLE = "surveillance_connexions"
ORIGINE, CIBLE, COMPTES, FREQUENCE, USAGE, SIGNALEE = (
    "connexion_origine", "connexion_cible", "connexion_comptes", "connexion_frequence", "connexion_usage",
    "connexion_signalee",
)  # fmt: skip
ECHECS_D_UNE_ORIGINE = 10
"""Accounts tried in vain from one place: a reception desk has few people wrong on the same day."""
ORIGINES_D_UN_COMPTE = 5
"""Places from which one account is tried in vain: its holder is in two or three."""
COMPTES_D_UNE_ORIGINE = 15
"""Accounts opened from one place. A desk or a shared computer does it too: told as information."""
CONNEXIONS_PAR_JOUR = 20
ACCES_PAR_JOUR = 600
"""Lines of the journal of one account: far more than reading each page of one's file ten times."""


@dataclass
class Bilan:
    """New alerts by kind."""

    nouvelles: Counter[str] = field(default_factory=Counter)

    def signaler(
        self, genre: str, cle: str, texte: str, acces: Acces | None = None, gravite: str = "attention"
    ) -> None:
        if signaler(f"{genre}/{cle}", genre, texte, gravite=gravite, acces=acces):
            self.nouvelles[genre] += 1


def surveiller(jour: dt.date) -> Bilan:
    """Look at one day; run again it raises nothing twice."""
    bilan = Bilan()
    debut, fin = (timezone.make_aware(dt.datetime.combine(j, dt.time.min)) for j in (jour, jour + dt.timedelta(days=1)))
    with traitement(CLE, acteur=SYSTEME, motif=f"Connexions inhabituelles du {jour:%d/%m/%Y}"):
        _echecs(EchecConnexion.objects.filter(quand__gte=debut, quand__lt=fin), jour, bilan)
        _connexions(Connexion.objects.filter(ouverte_le__gte=debut, ouverte_le__lt=fin), jour, bilan)
        _usages(debut, fin, jour, bilan)
        _signalements(EtapeAcces.objects.filter(le__gte=debut, le__lt=fin), bilan)
    return bilan


def _au_dela(lignes: Any, par: str, compte_de: str, seuil: int) -> list[tuple[Any, int]]:
    """(value of `par`, how many different `compte_de`) where there are at least `seuil`."""
    groupes = lignes.order_by().values(par).annotate(nombre=Count(compte_de, distinct=True))
    return list(groupes.filter(nombre__gte=seuil).values_list(par, "nombre"))


def _echecs(echecs: Any, jour: dt.date, bilan: Bilan) -> None:
    for origine, nombre in _au_dela(echecs, "adresse", "compte", ECHECS_D_UNE_ORIGINE):
        texte = f"Un même réseau a essayé en vain {nombre} comptes différents le {jour:%d/%m/%Y}."
        bilan.signaler(ORIGINE, f"{jour}/{origine[:16]}", texte, gravite="haute")
    for compte, nombre in _au_dela(echecs, "compte", "adresse", ORIGINES_D_UN_COMPTE):
        texte = (
            f"Un même identifiant a été essayé en vain depuis {nombre} réseaux le {jour:%d/%m/%Y}. On n'en garde "
            "qu'une empreinte : rien ne dit si ce compte existe."
        )
        bilan.signaler(CIBLE, f"{jour}/{compte[:16]}", texte)


def _connexions(connexions: Any, jour: dt.date, bilan: Bilan) -> None:
    for origine, nombre in _au_dela(connexions, "origine", "compte_id", COMPTES_D_UNE_ORIGINE):
        texte = (
            f"Un même réseau a ouvert {nombre} comptes différents le {jour:%d/%m/%Y}. Un accueil ou un poste partagé "
            "le fait aussi."
        )
        bilan.signaler(COMPTES, f"{jour}/{origine[:16]}", texte, gravite="information")
    for compte, nombre in _au_dela(connexions, "compte_id", "id", CONNEXIONS_PAR_JOUR):
        texte = f"Le compte n° {compte} s'est connecté {nombre} fois le {jour:%d/%m/%Y}."
        bilan.signaler(FREQUENCE, f"{jour}/{compte}", texte, Acces(compte=compte))


def _usages(debut: dt.datetime, fin: dt.datetime, jour: dt.date, bilan: Bilan) -> None:
    lignes = LigneJournal.objects.filter(
        quand__gte=debut, quand__lt=fin, acteur_genre="allocataire", acteur_id__isnull=False
    )
    for compte, nombre in _au_dela(lignes, "acteur_id", "id", ACCES_PAR_JOUR):
        texte = f"Le compte n° {compte} a fait {nombre} accès le {jour:%d/%m/%Y} : peut-être un programme."
        bilan.signaler(USAGE, f"{jour}/{compte}", texte, Acces(compte=compte, du=debut, au=fin))


def _signalements(etapes: Any, bilan: Bilan) -> None:
    """Each « ce n'était pas moi »: somebody says that they were not alone."""
    for numero, compte in etapes.filter(genre=GenreEtapeAcces.SIGNALEMENT).values_list("pk", "compte_id"):
        texte = f"Le compte n° {compte} a signalé une connexion qui n'était pas la sienne."
        bilan.signaler(SIGNALEE, str(numero), texte, Acces(compte=compte), "haute")
