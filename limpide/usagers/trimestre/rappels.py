"""Asking for the quarter, then reminding: twice at most, each time once, before anything is suspended.

A reminder and its trace are one transaction; the message leaves with those that wait (`coordonnees envoyer`). Killed
anywhere, the next run goes on and tells nobody twice. Who cannot be written to is an agent's to reach.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from limpide.dossiers import taches
from limpide.dossiers.liquidation import caisses
from limpide.dossiers.models import Dossier, EtatTache, GenreTache, TacheAgent, Trimestre
from limpide.dossiers.mois import decaler, en_lettres, premier_jour
from limpide.dossiers.trimestres import MOIS_POUR_RATTRAPER, a_demander, demander
from limpide.identite import contacts
from limpide.identite.models import AccesProtecteur, EtatAccesProtecteur, ObjetMessage
from limpide.registre.contexte import SYSTEME, traitement

DEMANDER, RAPPELER = "trimestre_demander", "trimestre_rappeler"
MOTIF = "Déclarations trimestrielles attendues"
JOURS_PREMIER, JOURS_SECOND = 15, 5
"""Days before the deadline at which each reminder leaves: ours, no text read sets them."""
JOURS_ENTRE = 5
LOT = 500


@dataclass
class Bilan:
    """What a run did: reminders recorded; persons whom nobody can write to, and whom an agent must reach."""

    rappels: int = 0
    injoignables: int = 0


def demander_les_trimestres(jour: dt.date, *, caf: str = "", executer: bool = True) -> int:
    """Open the quarters to declare of every open file, page by page; how many were not open yet."""
    nouveaux = 0
    for organisme in [caf] if caf else caisses():
        dernier = 0
        while True:
            with traitement(DEMANDER, acteur=SYSTEME, organisme=organisme, motif=MOTIF):
                ouverts = Dossier.objects.filter(pk__gt=dernier, clos_le=None).order_by("pk")
                page = list(ouverts.values_list("pk", flat=True)[:LOT])
                trimestres = a_demander(organisme, page, jour) if page else {}
                nouveaux += demander(organisme, jour, trimestres) if executer else len(trimestres)
            if not page:
                break
            dernier = page[-1]
    return nouveaux


def rappeler(jour: dt.date, *, executer: bool = True) -> Bilan:
    """Remind of what is due on that day. Without `executer`, only counts; each quarter is one transaction."""
    bilan = Bilan()
    for pk in _a_rappeler(jour):
        if executer:
            with traitement(RAPPELER, acteur=SYSTEME, motif=MOTIF):
                _rappeler(pk, jour, bilan)
        else:
            bilan.rappels += 1
    return bilan


def _a_rappeler(jour: dt.date) -> Iterator[int]:
    dernier = 0
    while True:
        with traitement(RAPPELER, acteur=SYSTEME, motif=MOTIF):
            attendus = Trimestre.objects.filter(
                pk__gt=dernier, declare_le=None, suspendu_le=None, rappele_encore_le=None, dossier__clos_le=None,
                echeance__lte=jour + dt.timedelta(days=JOURS_PREMIER),
                mois__gte=decaler(premier_jour(jour), -MOIS_POUR_RATTRAPER),
            )  # fmt: skip
            page = list(attendus.order_by("pk")[:LOT])
        if not page:
            return
        yield from (t.pk for t in page if _rappel_du(t, jour))
        dernier = page[-1].pk


def _rappel_du(trimestre: Trimestre, jour: dt.date) -> str:
    """Which column of the quarter a reminder would date on that day; empty: none is due."""
    reste = (trimestre.echeance - jour).days
    if trimestre.declare_le is not None or trimestre.suspendu_le is not None or reste > JOURS_PREMIER:
        return ""
    if trimestre.rappele_le is None:
        return "rappele_le"
    assez = jour >= trimestre.rappele_le + dt.timedelta(days=JOURS_ENTRE)
    return "rappele_encore_le" if assez and trimestre.rappele_encore_le is None and 0 <= reste <= JOURS_SECOND else ""


def _rappeler(pk: int, jour: dt.date, bilan: Bilan) -> None:
    """The reminder and its date, or nothing; another run may have done it meanwhile."""
    trimestre = Trimestre.objects.select_for_update(of=("self",)).get(pk=pk)
    colonne = _rappel_du(trimestre, jour)
    if not colonne:
        return
    prevenus = [
        qui
        for qui in (trimestre.personne_id, *_protecteurs(trimestre.dossier_id, jour))
        if contacts.preparer_un_avis(qui, ObjetMessage.TRIMESTRE) is not None
    ]
    le = jour if prevenus else _joint_par_un_agent(trimestre)
    if le is None:
        bilan.injoignables += 1
        return
    setattr(trimestre, colonne, le)
    trimestre.save(update_fields=[colonne])
    bilan.rappels += 1


def _protecteurs(dossier: int, jour: dt.date) -> list[int]:
    """Who may declare for this person online: reminded at their own address too."""
    ouverts = AccesProtecteur.objects.filter(
        dossier_id=dossier, etat=EtatAccesProtecteur.OUVERT, mesure__valide__contains=jour,
        mesure__pouvoir_consultation=True, mesure__pouvoir_declarations=True,
    )  # fmt: skip
    return sorted(set(ouverts.values_list("protecteur_id", flat=True)))


def _joint_par_un_agent(trimestre: Trimestre) -> dt.date | None:
    """The day when an agent says that they told the person; the task is opened the first time."""
    dossier = Dossier.objects.only("id", "organisme_id").get(pk=trimestre.dossier_id)
    tache = taches.ouvrir(
        dossier, GenreTache.RAPPEL, f"trimestre-{trimestre.mois:%Y-%m}",
        f"Personne à prévenir : trimestre de {en_lettres(trimestre.mois)} à déclarer",
        "Aucune adresse électronique ni mobile confirmé : appelez ou écrivez. Dites ce qui est à déclarer, et jusqu'à "
        f"quand ({trimestre.echeance:%d/%m/%Y}). Rien n'est suspendu tant que cette tâche n'est pas traitée.",
        RAPPELER, timezone.now(),
    )  # fmt: skip
    return _traitee_le(tache)


def _traitee_le(tache: TacheAgent) -> dt.date | None:
    faite = tache.etat == EtatTache.FAITE and tache.traitee_le is not None
    return timezone.localdate(tache.traitee_le) if faite else None
