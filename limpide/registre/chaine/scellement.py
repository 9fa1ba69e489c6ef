"""Chain what is committed. Lines are written by many transactions at once and none waits for the chain.

A line carries its transaction's number (64 bits, never reused). One sealing at a time (advisory lock) takes every
line whose transaction is below the horizon, that is over for sure: late commits are above it and will be
sealed later, and a line that appears below it afterwards was inserted behind the chain. Sealing twice changes nothing.
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from limpide.registre.alertes import signaler
from limpide.registre.chaine import requetes, tetes
from limpide.registre.chaine.calcul import LIGNES_PAR_BLOC, empreinte_de_tete, origine, suivante
from limpide.registre.chaine.tetes import Contenu, Tete
from limpide.registre.contexte import SYSTEME, traitement

CLE = "scellement_journal"
RETARD = dt.timedelta(hours=36)
LOT_DE_LECTURE = 10_000


class ChaineRompue(RuntimeError):
    """The database lost heads that the copy outside it still holds: nothing more is sealed over it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Bilan:
    """What one sealing did: lines, blocks, the head's number (0: none), lines still too young to be sealed."""

    lignes: int = 0
    blocs: int = 0
    tete: int = 0
    reste: int = 0


def sceller() -> Bilan:
    """Seal every committed line, sign a head, copy it outside the database. Raises ChaineRompue."""
    with traitement(CLE, acteur=SYSTEME, motif="Scellement du journal des accès"):
        with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
            curseur.execute(requetes.VERROU)
            connues = tetes_en_base(curseur)
            verifier_la_copie(connues)
            bilan, nouvelle = _sceller(curseur, connues[-1] if connues else None)
        en_base = [*connues, nouvelle] if nouvelle else connues
    deja = len(tetes.en_fichier())
    if deja < len(en_base):  # a copy that a crash left behind catches up here
        tetes.ajouter_au_fichier(en_base[deja:])
    return bilan


def tetes_en_base(curseur: Any) -> list[Tete]:
    """Signed heads, oldest first."""
    curseur.execute(requetes.TETES)
    return [Tete(*ligne) for ligne in curseur.fetchall()]


def verifier_la_copie(en_base: list[Tete]) -> None:
    """Nothing is signed over a database that lost heads. Raises ChaineRompue."""
    copie = tetes.en_fichier()
    if copie != en_base[: len(copie)]:
        raise ChaineRompue(
            "La copie des têtes du journal (dossier « journal » des données) ne continue pas celles de la base : des "
            "têtes ont été retirées ou changées. Rien n'est scellé. Lancer « limpide journal verifier »."
        )


def _sceller(curseur: Any, derniere: Tete | None) -> tuple[Bilan, Tete | None]:
    horizon = _un(curseur, requetes.HORIZON)
    marque = horizon_scelle(curseur)
    reprise = marque > horizon
    fins = fins_des_mois(curseur)
    _alerter_du_retard(curseur, 0 if reprise else marque)
    lignes = blocs = 0
    for mois, siennes in itertools.groupby(_a_sceller(marque, horizon, reprise=reprise), key=itemgetter(0)):
        rang, position, tete = fins.get(mois, (-1, 0, origine(mois)))
        for lot in _par_lots(siennes):
            numeros, empreintes, precedente = [], bytearray(), tete
            for ligne in lot:
                tete = suivante(tete, ligne[1:])
                numeros.append(ligne[1])
                empreintes += tete
            rang += 1
            valeurs = [mois, rang, position, len(lot), _tableau(numeros), bytes(empreintes), precedente, horizon]
            curseur.execute(requetes.AJOUTER_UN_BLOC, [*valeurs, reprise])
            position, lignes, blocs = position + len(lot), lignes + len(lot), blocs + 1
        fins[mois] = (rang, position, tete)
    reste = _un(curseur, requetes.RESTE, [horizon])
    if not blocs:
        return Bilan(reste=reste), None
    nouvelle = signer_une_tete(curseur, derniere, horizon, fins)
    return Bilan(lignes, blocs, tetes.lire(nouvelle).numero, reste), nouvelle


def fins_des_mois(curseur: Any) -> dict[str, tuple[int, int, bytes]]:
    """By sealed month: rank of its last block, lines sealed, last hash."""
    curseur.execute(requetes.DERNIERS_BLOCS)
    return {mois: (rang, position, bytes(tete)) for mois, rang, position, tete in curseur.fetchall()}


def horizon_scelle(curseur: Any) -> int:
    """Transactions sealed up to this one; 0 before any sealing."""
    return _un(curseur, requetes.DERNIER_HORIZON)


def signer_une_tete(
    curseur: Any, derniere: Tete | None, horizon: int, fins: dict[str, tuple[int, int, bytes]], purge: str = ""
) -> Tete:
    """The next head, written in the database; `purge`: a month whose lines are about to go."""
    avant = tetes.lire(derniere) if derniere else Contenu(0, "", "", 0, {})
    mois = {m: (nombre, tete.hex()) for m, (_, nombre, tete) in sorted(fins.items())}
    contenu = Contenu(
        numero=avant.numero + 1,
        precedente=empreinte_de_tete(derniere.texte) if derniere else "",
        le=timezone.now().astimezone(dt.UTC).isoformat(timespec="seconds"),
        horizon=horizon,
        mois={**mois, **{m: avant.mois[m] for m in avant.purges}},
        purges=tuple(sorted({*avant.purges, *([purge] if purge else [])})),
    )
    tete = contenu.signer()
    curseur.execute(requetes.AJOUTER_UNE_TETE, [contenu.numero, tete.texte, tete.signature])
    return tete


def _a_sceller(marque: int, horizon: int, *, reprise: bool) -> Iterator[tuple[Any, ...]]:
    """Streamed by a cursor of the server: a month of a large Caf doesn't stand in memory."""
    requete, valeurs = (requetes.A_REPRENDRE, [horizon]) if reprise else (requetes.A_SCELLER, [marque, horizon])
    with connections[DEFAULT_DB_ALIAS].chunked_cursor() as lecture:
        lecture.execute(requete, valeurs)
        while lot := lecture.fetchmany(LOT_DE_LECTURE):
            yield from lot


def _par_lots(lignes: Iterable[Any]) -> Iterator[list[Any]]:
    suite = iter(lignes)
    while lot := list(itertools.islice(suite, LIGNES_PAR_BLOC)):
        yield lot


def _alerter_du_retard(curseur: Any, marque: int) -> None:
    curseur.execute(requetes.RESTE, [marque])
    _, plus_ancienne = curseur.fetchone()
    if plus_ancienne is not None and timezone.now() - plus_ancienne > RETARD:
        signaler(
            f"scellement-en-retard/{timezone.localdate()}",
            "journal",
            f"Des accès du {timezone.localtime(plus_ancienne):%d/%m/%Y à %H:%M} n'étaient pas encore scellés : le "
            "scellement quotidien n'a pas tourné, ou une transaction reste ouverte.",
        )


def _un(curseur: Any, requete: str, valeurs: list[Any] | None = None) -> int:
    curseur.execute(requete, valeurs)
    ligne = curseur.fetchone()
    return int(ligne[0]) if ligne is not None else 0


def _tableau(numeros: list[int]) -> str:
    return "{" + ",".join(map(str, numeros)) + "}"
