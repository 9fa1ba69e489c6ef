"""What the screens say of a file's rights: lines in force, why this amount, what moved it.

Everything is recomputed from the facts as they were known when the line was written (`Liquidation.connu_au`): the
explanation shown today is the one that held then. To be called inside a processing that reads facts and lines.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from limpide.dossiers import lexique
from limpide.dossiers.models import LigneDroit
from limpide.dossiers.mois import decaler, ecrire, premier_jour
from limpide.dossiers.situations import FaitsConnus, charger_dossier, situation_de
from limpide.droits.calcul import Resultat, liste_droits
from limpide.droits.comparaison import Mouvement, comparer
from limpide.droits.distance import distance
from limpide.droits.ensemble import nourrir_et_liquider
from limpide.droits.explication import Recit, raconter
from limpide.droits.faits import NATURES_PAR_CODE
from limpide.droits.situation import Situation

EN_ATTENTE = ("INCONNU", "A_INSTRUIRE")
"""Reasons that wait for a fact or for a person."""


@dataclass(frozen=True)
class LigneVue:
    """One right of one month as written, ready to show. `corrige`: the net amount that this line replaced."""

    mois: dt.date
    droit: str
    libelle: str
    brut: int
    crds: int
    motif: str
    manque: str
    rang: int
    connu_au: dt.datetime
    liquidation: int
    genre: str
    corrige: int | None = None

    @property
    def net(self) -> int:
        return self.brut - self.crds

    @property
    def mots(self) -> lexique.Mots:
        return lexique.MOTIFS[self.motif]

    @property
    def inconnu(self) -> bool:
        return self.motif == "INCONNU"

    @property
    def ouvert(self) -> bool:
        return self.motif == "OUVERT"

    @property
    def parle(self) -> bool:
        """It gives something, gave something, or waits for somebody: what a page shows first."""
        return self.net != 0 or bool(self.corrige) or self.motif in EN_ATTENTE

    @property
    def tue(self) -> bool:
        """A right that no page mentions to a household that never spoke of what opens it."""
        droit = next((d for d in liste_droits() if d.code == self.droit), None)
        return droit is not None and droit.discret and self.motif == "NON_DEMANDE" and not self.corrige

    @property
    def une_fois(self) -> str:
        """« une fois par an », « une seule fois » for a sum that is not monthly; empty otherwise."""
        droit = next((d for d in liste_droits() if d.code == self.droit), None)
        if droit is None or not (droit.annuel or droit.unique):
            return ""
        return "une fois par an" if droit.annuel else "une seule fois"


def toutes_les_lignes(dossier: int) -> list[LigneVue]:
    """Every line of the file: month after month, in the law's order of rights, then by rank."""
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    ordre = {droit.code: rang for rang, droit in enumerate(liste_droits())}
    colonnes = (
        "mois", "droit", "rang", "montant_centimes", "crds_centimes", "motif", "fait_manquant",
        "liquidation_id", "liquidation__connu_au", "liquidation__genre",
    )  # fmt: skip
    lignes = [
        LigneVue(
            mois=mois, droit=droit, libelle=libelles.get(droit, droit), brut=brut, crds=crds, motif=motif,
            manque=NATURES_PAR_CODE[manque].libelle if manque in NATURES_PAR_CODE else "",
            rang=rang, connu_au=connu_au, liquidation=liquidation, genre=genre,
        )
        for mois, droit, rang, brut, crds, motif, manque, liquidation, connu_au, genre in LigneDroit.objects.filter(
            dossier_id=dossier
        ).values_list(*colonnes)
    ]  # fmt: skip
    return sorted(lignes, key=lambda ligne: (ligne.mois, ordre.get(ligne.droit, 99), ligne.rang))


def en_vigueur(lignes: list[LigneVue]) -> dict[dt.date, list[LigneVue]]:
    """Month → the last line of each right, carrying the amount that it replaced if it corrects another."""
    par_mois: dict[dt.date, dict[str, LigneVue]] = {}
    for ligne in lignes:
        droits = par_mois.setdefault(ligne.mois, {})
        precedente = droits.get(ligne.droit)
        droits[ligne.droit] = replace(ligne, corrige=precedente.net) if precedente else ligne
    return {mois: list(droits.values()) for mois, droits in par_mois.items()}


def a_montrer(lignes: Iterable[LigneVue]) -> tuple[list[LigneVue], list[LigneVue]]:
    """What a page shows of a month: what is open or waits, what is open first; then the rest, to be folded.

    Where nothing is open and nothing waits, everything is shown: a page is never empty without a reason.
    """
    rangees = sorted((ligne for ligne in lignes if not ligne.tue), key=lambda ligne: not ligne.ouvert)
    parlent = [ligne for ligne in rangees if ligne.parle]
    return (parlent, [ligne for ligne in rangees if not ligne.parle]) if parlent else (rangees, [])


@dataclass(frozen=True)
class Explication:
    """Why one right has this amount, what it changed from, what would change it: each computed if a page says it."""

    ligne: LigneVue
    calculs: "Calculs"
    precedente: LigneVue | None
    """The line of the month before."""
    repliee: bool = False
    """Neither open nor waiting, where other rights are: the page folds it."""

    @cached_property
    def recit(self) -> Recit:
        """The steps that led to this amount."""
        return raconter(self.calculs.de(self.ligne))

    @cached_property
    def mouvements(self) -> list[Mouvement]:
        """What moved since the month before; nothing if the right had no line then."""
        return comparer(self.calculs.de(self.precedente), self.calculs.de(self.ligne)) if self.precedente else []

    @cached_property
    def changerait(self) -> str:
        """How far from where the right opens or ends, in a sentence; empty when no income decides."""
        loin = distance(self.calculs.nourri(self.ligne), self.ligne.droit)
        return loin.texte if loin else ""


def expliquer(dossier: int, lignes: list[LigneVue], mois: dt.date) -> list[Explication]:
    """For each right of the month, those shown first: the steps, and what moved since the month before."""
    vigueur = en_vigueur(lignes)
    precedentes = {ligne.droit: ligne for ligne in vigueur.get(decaler(mois, -1), [])}
    calculs = Calculs(dossier)
    montrees, autres = a_montrer(vigueur.get(mois, []))
    return [
        Explication(ligne, calculs, precedentes.get(ligne.droit), ligne in autres) for ligne in (*montrees, *autres)
    ]


@dataclass(frozen=True)
class Correction:
    """A past month computed again: one right, before and after, and what moved it."""

    avant: LigneVue
    apres: LigneVue
    mouvements: list[Mouvement]

    @property
    def ecart(self) -> int:
        return self.apres.net - self.avant.net


def corrections(dossier: int, lignes: list[LigneVue], depuis: dt.datetime | None = None) -> list[Correction]:
    """Lines that replaced another, newest knowledge first: which fact moved which step, from what to what."""
    calculs = Calculs(dossier)
    trouvees = []
    par_cle = {(ligne.mois, ligne.droit, ligne.rang): ligne for ligne in lignes}
    for ligne in lignes:
        avant = par_cle.get((ligne.mois, ligne.droit, ligne.rang - 1))
        if avant is None or (depuis and ligne.connu_au < depuis):
            continue
        trouvees.append(Correction(avant, ligne, comparer(calculs.de(avant), calculs.de(ligne))))
    return sorted(trouvees, key=lambda c: (c.apres.connu_au, c.apres.mois), reverse=True)


class Calculs:
    """Computations of a file: what was known at a moment is read once, each month is computed once."""

    def __init__(self, dossier: int) -> None:
        self.dossier = dossier
        self._connus: dict[dt.datetime, FaitsConnus] = {}
        self._situations: dict[tuple[dt.date, dt.datetime], Situation] = {}
        self._liquides: dict[tuple[dt.date, dt.datetime], tuple[Situation, dict[str, Resultat]]] = {}

    def de(self, ligne: LigneVue) -> Resultat:
        """The result, with its steps, of the computation that wrote this line."""
        return self._liquider(ligne)[1][ligne.droit]

    def nourri(self, ligne: LigneVue) -> Situation:
        """The household of this computation, with what its rights give each other to count."""
        return self._liquider(ligne)[0]

    def _liquider(self, ligne: LigneVue) -> tuple[Situation, dict[str, Resultat]]:
        cle = (ligne.mois, ligne.connu_au)
        if cle not in self._liquides:
            self._liquides[cle] = nourrir_et_liquider(self.situation(ligne))
        return self._liquides[cle]

    def situation(self, ligne: LigneVue) -> Situation:
        """The household as it was known when this line was written."""
        cle = (ligne.mois, ligne.connu_au)
        if cle not in self._situations:
            if ligne.connu_au not in self._connus:
                self._connus[ligne.connu_au] = charger_dossier(self.dossier, ligne.connu_au)
            self._situations[cle] = situation_de(self._connus[ligne.connu_au], ecrire(ligne.mois))
        return self._situations[cle]


def mois_de(texte: str) -> dt.date | None:
    """A month of an address (« 2026-08 »), or None if it is not one."""
    try:
        return premier_jour(texte)
    except ValueError:
        return None


__all__ = [
    "Calculs", "Correction", "Explication", "LigneVue", "a_montrer", "corrections", "en_vigueur", "expliquer",
    "mois_de", "toutes_les_lignes",
]  # fmt: skip
