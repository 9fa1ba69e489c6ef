"""The day, task after task. Killed anywhere, the next run of the day goes on at the task that hadn't finished.

A task that fails stops those that wait for it, and no other. One run at a time works (advisory lock, that ends with its
holder); a task done today is not done twice.
"""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import structlog
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from limpide.registre.alertes import signaler
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.travaux.table import COLONNES_FINIES, RAISON_MAX, TRAVAUX, Passage
from limpide.registre.travaux.taches import Comptes, Ordre, Tache, TravailIncomplet, taches

Etat = Passage.Etat
MOTIF = "Travaux du jour"
_PRENDRE = "SELECT pg_try_advisory_lock(hashtext('limpide.jour'))"
_RENDRE = "SELECT pg_advisory_unlock(hashtext('limpide.jour'))"
_trace = structlog.get_logger("limpide.travaux")


class DejaEnCours(RuntimeError):
    """Another process does the day's work."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What became of one task: done (now, or earlier today), failed, or not started because of another."""

    tache: Tache
    etat: str
    comptes: Comptes = field(default_factory=dict)
    raison: str = ""
    secondes: float = 0.0
    deja: bool = False

    @property
    def manque(self) -> bool:
        """Is it still to be done?"""
        return self.etat != Etat.FAIT


def choisir(caf: str = "") -> tuple[Tache, ...]:
    """The tasks of the day; with a Caf, those that can be done for it alone."""
    return tuple(t for t in taches() if not caf or t.par_caf)


def compter(caf: str = "") -> Iterator[tuple[Tache, Comptes | None]]:
    """Dry run: what each task would find to do (None: it doesn't say without doing)."""
    ordre = Ordre(timezone.localdate(), caf=caf)
    for tache in choisir(caf):
        yield tache, None if tache.compter is None else tache.compter(ordre)


def executer(dire: Callable[[Issue], object], caf: str = "", travaux: Sequence[Tache] | None = None) -> list[Issue]:
    """Do what is left of the day (of these tasks, when they are given); `dire` is told of each as it ends.

    Raises DejaEnCours.
    """
    jour, issues, manquent = timezone.localdate(), list[Issue](), dict[str, str]()
    with _seul():
        _constater_les_coupures()
        for tache in choisir(caf) if travaux is None else travaux:
            issue = _une(tache, Ordre(jour, caf=caf), [manquent[cle] for cle in tache.apres if cle in manquent])
            if issue.manque:
                manquent[tache.cle] = tache.intitule
            issues.append(issue)
            dire(issue)
    return issues


@contextlib.contextmanager
def _seul() -> Iterator[None]:
    """One process does the day; PostgreSQL frees the lock of one that was killed."""
    with traitement(TRAVAUX, acteur=SYSTEME, motif=MOTIF), connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        curseur.execute(_PRENDRE)
        (pris,) = curseur.fetchone()
    if not pris:
        raise DejaEnCours("Les travaux du jour sont déjà en cours dans un autre processus.")
    try:
        yield
    finally:
        with traitement(TRAVAUX, acteur=SYSTEME, motif=MOTIF), connections[DEFAULT_DB_ALIAS].cursor() as curseur:
            curseur.execute(_RENDRE)


def _constater_les_coupures() -> None:
    """Nobody else works: what is still said to be running was cut."""
    with traitement(TRAVAUX, acteur=SYSTEME, motif=MOTIF):
        Passage.objects.filter(etat=Etat.EN_COURS).update(etat=Etat.INTERROMPU)


def _une(tache: Tache, ordre: Ordre, attendus: list[str]) -> Issue:
    passage, ordre = _commencer(tache, ordre)
    if passage is None:
        return Issue(tache, Etat.FAIT, deja=True)
    debut = time.perf_counter()
    etat, comptes, raison = (
        (str(Etat.EMPECHE), dict[str, int](), f"Attend : {', '.join(attendus)}.")
        if attendus
        else _essayer(tache, ordre)
    )
    _finir(passage, tache, etat, comptes, raison)
    return Issue(tache, etat, comptes, raison, time.perf_counter() - debut)


def _commencer(tache: Tache, ordre: Ordre) -> tuple[Passage | None, Ordre]:
    """The passage that starts (None: done today already), and since when the task was last done."""
    with traitement(TRAVAUX, acteur=SYSTEME, motif=MOTIF):
        faits = Passage.objects.filter(tache=tache.cle, etat=Etat.FAIT, organisme__in={"", ordre.caf})
        dernier = faits.order_by("-jour").values_list("jour", flat=True).first()
        if dernier is not None and dernier >= ordre.jour:
            return None, ordre
        passage: Passage = Passage.objects.create(
            tache=tache.cle, jour=ordre.jour, organisme=ordre.caf, etat=Etat.EN_COURS, commence_le=timezone.now(),
            comptes={}, raison="",
        )  # fmt: skip
    return passage, Ordre(ordre.jour, dernier, ordre.caf)


def _essayer(tache: Tache, ordre: Ordre) -> tuple[str, dict[str, int], str]:
    """A failure is kept and told, never hidden; but an unforeseen message may quote a value: only its kind is kept."""
    try:
        return Etat.FAIT, dict(tache.faire(ordre)), ""
    except TravailIncomplet as manque:
        return Etat.ECHOUE, dict(manque.comptes), str(manque)[:RAISON_MAX]
    except Exception as erreur:  # noqa: BLE001 -- whatever stopped it, the tasks that don't wait for it go on
        _trace.error("travail_echoue", etape=tache.cle, exc_info=True)
        return Etat.ECHOUE, {}, f"Erreur imprévue ({type(erreur).__name__}) : voir le journal technique."


def _finir(passage: Passage, tache: Tache, etat: str, comptes: dict[str, int], raison: str) -> None:
    with traitement(TRAVAUX, acteur=SYSTEME, motif=MOTIF):
        passage.etat, passage.termine_le = etat, timezone.now()
        passage.comptes, passage.raison = comptes, raison
        passage.save(update_fields=list(COLONNES_FINIES))
        if etat == Etat.ECHOUE:
            texte = f"Travail du jour en échec : {tache.intitule}. {raison}"
            signaler(f"travail/{tache.cle}/{passage.jour}", "travail_du_jour", texte)
