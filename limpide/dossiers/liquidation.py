"""The month, Caf by Caf: facts → law → entitlement lines → decisions, then the ledger by the signal.

Each Caf is one transaction under an advisory lock: killed at any point, it leaves everything or nothing, and started
again it does what remains. Run again with the same facts it writes nothing. Past months whose facts changed are
computed again in the same transaction; a line is added only where an amount or a reason changed.
"""

import dataclasses
import datetime
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Max
from django.utils import timezone

from limpide.droits.calcul import liste_droits
from limpide.droits.empreinte import empreinte_regles
from limpide.droits.moteur import Motif
from limpide.droits.situation import Situation
from limpide.identite.models import Organisme
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.journal import journaliser_lectures

from . import (
    arrieres,
    connaissance,
    decisions,
    demandes_connues,
    exclusion,
    lignes,
    montants_recus,
    parts,
    retroactivite,
)
from .evenements import droits_liquides
from .models import Liquidation
from .mois import avec_de, decaler, ecrire, premier_jour
from .situations import charger, construire, parts_du_foyer

TRAITEMENT = "liquidation_mensuelle"
Progres = Callable[[str, int, int], None]


class _Essai(Exception):
    pass


@dataclasses.dataclass
class Bilan:
    """What a liquidation did: for the table of the demonstration and of the command."""

    mois: datetime.date
    foyers: int = 0
    lignes: int = 0
    decisions: int = 0
    secondes: float = 0.0
    ouverts: dict[str, int] = dataclasses.field(default_factory=dict)
    centimes: dict[str, int] = dataclasses.field(default_factory=dict)
    deja_faites: list[str] = dataclasses.field(default_factory=list)
    occupees: list[str] = dataclasses.field(default_factory=list)

    @property
    def total_centimes(self) -> int:
        """Net amounts of the rights open for the month."""
        return sum(self.centimes.values())

    def compter(self, calcul: npt.NDArray[Any]) -> None:
        """Add a Caf's rights of the month."""
        for j, code in enumerate(lignes.codes_des_droits()):
            du_droit = calcul[calcul["droit"] == j]
            self.ouverts[code] = self.ouverts.get(code, 0) + int((du_droit["montant"] > 0).sum())
            net = int((du_droit["montant"] - du_droit["crds"]).sum())
            self.centimes[code] = self.centimes.get(code, 0) + net


def liquider_mois(
    mois: str | datetime.date,
    organismes: Iterable[str] | None = None,
    progress: Progres | None = None,
    *,
    executer: bool = True,
) -> Bilan:
    """Liquidate the month for these Caf (all by default). `progress(code, done, total)` is called after each.

    Without `executer`, everything is computed and nothing kept.

    A Caf that another process is liquidating is left to it and listed in `occupees`.
    """
    echeance, debut = premier_jour(mois), time.perf_counter()
    codes = list(organismes) if organismes is not None else caisses()
    bilan = Bilan(echeance)
    for rang, code in enumerate(codes, 1):
        try:
            liquider_caisse(code, echeance, bilan, executer=executer)
        except exclusion.CaisseOccupee:
            bilan.occupees.append(code)
        if progress is not None:
            progress(code, rang, len(codes))
    bilan.secondes = time.perf_counter() - debut
    return bilan


def caisses() -> list[str]:
    """Codes of every Caf, in order."""
    with traitement("inventaire_caisses", acteur=SYSTEME, motif="Liste des caisses à liquider"):
        return list(Organisme.objects.order_by("code").values_list("code", flat=True))


def liquider_caisse(organisme: str, echeance: datetime.date, bilan: Bilan, *, executer: bool = True) -> None:
    """One Caf, one month. The first run records its date of knowledge before working, so that it can be resumed."""
    motif = f"Calcul des droits {avec_de(echeance)}"
    with traitement(TRAITEMENT, acteur=SYSTEME, organisme=organisme, motif=motif):
        exclusion.seul(organisme)
        connu_au = connaissance.figer(organisme)
        deja = Liquidation.objects.filter(mois=echeance, genre=Liquidation.Genre.MENSUELLE)
        if executer and not deja.exists():
            _ouvrir(organisme, echeance, Liquidation.Genre.MENSUELLE, connu_au)
    try:
        with traitement(TRAITEMENT, acteur=SYSTEME, organisme=organisme, motif=motif):
            exclusion.seul(organisme)
            _travailler(organisme, echeance, connu_au, bilan)
            if not executer:
                raise _Essai  # noqa: TRY301 -- the way out of the transaction
    except _Essai:
        pass  # everything was computed, nothing is kept: that is what a trial is


def _ouvrir(organisme: str, mois: datetime.date, genre: str, connu_au: datetime.datetime) -> Liquidation:
    dernier = Liquidation.objects.filter(organisme_id=organisme, mois=mois).aggregate(n=Max("numero"))["n"] or 0
    return Liquidation.objects.create(
        organisme_id=organisme, mois=mois, numero=dernier + 1, genre=genre, connu_au=connu_au,
        empreinte_regles=empreinte_regles(),
    )  # fmt: skip


@dataclasses.dataclass
class Changements:
    """What a Caf's run found: lines to add by month, effects to notify, files whose calculation reads health."""

    lignes: dict[datetime.date, npt.NDArray[Any]] = dataclasses.field(default_factory=dict)
    effets: list[npt.NDArray[Any]] = dataclasses.field(default_factory=list)
    sante: list[npt.NDArray[Any]] = dataclasses.field(default_factory=list)
    recus: list[tuple[npt.NDArray[Any], npt.NDArray[Any]]] = dataclasses.field(default_factory=list)
    """Amounts that the months computed again in this run give, and that later months count before they are written.

    The second: whose they are, where two adults share one."""
    foyers: int = 0

    @property
    def nombre(self) -> int:
        return sum(len(nouvelles) for nouvelles in self.lignes.values())


def _travailler(organisme: str, echeance: datetime.date, connu_au: datetime.datetime, bilan: Bilan) -> None:
    """Compute the month and the past months that changed; write the lines, the decisions, and tell who listens."""
    liquidation = Liquidation.objects.filter(
        mois=echeance, genre=Liquidation.Genre.MENSUELLE, etat=Liquidation.Etat.EN_COURS
    ).first()
    connu_au = liquidation.connu_au if liquidation else connu_au
    changements = Changements()
    for mois, dossiers in _mois_a_revoir(organisme, echeance, connu_au).items():
        _calculer_mois(organisme, mois, connu_au, dossiers, changements)
    bilan.compter(_calculer_mois(organisme, echeance, connu_au, None, changements))
    bilan.foyers += changements.foyers
    if liquidation is None:
        if not changements.nombre:
            bilan.deja_faites.append(organisme)
            return
        liquidation = _ouvrir(organisme, echeance, Liquidation.Genre.MENSUELLE, connu_au)
    bilan.lignes += changements.nombre
    bilan.decisions += _enregistrer(liquidation, changements)


def _mois_a_revoir(
    organisme: str, echeance: datetime.date, connu_au: datetime.datetime
) -> dict[datetime.date, list[int] | None]:
    """Past months of the Caf to compute again, and for which files."""
    derniere = Liquidation.objects.filter(
        genre=Liquidation.Genre.MENSUELLE, etat=Liquidation.Etat.TERMINEE, connu_au__lte=connu_au
    ).aggregate(n=Max("connu_au"))["n"]
    if derniere is None:
        return {}
    passes = [m for m in retroactivite.mois_liquides(organisme, echeance) if m < echeance]
    return dict(retroactivite.par_mois(retroactivite.dossiers_changes(organisme, derniere), passes))


def _calculer_mois(
    organisme: str,
    mois: datetime.date,
    connu_au: datetime.datetime,
    dossiers: list[int] | None,
    vers: Changements,
) -> npt.NDArray[Any]:
    """Read the facts of a month, apply the law, add to `vers` what differs from the lines in force."""
    connus = charger(mois, connu_au, organisme, dossiers)
    for recus in vers.recus:
        connus = connus.avec_recus(*recus)
    identifiants, foyers, personnes, identifiants_personnes = construire(connus, mois)
    journaliser_lectures(identifiants_personnes)
    calcul = lignes.calculer(mois, identifiants, foyers, personnes)
    en_vigueur = lignes.lignes_du_mois(organisme, mois, dossiers)
    nouvelles = lignes.differences(calcul, en_vigueur)
    if len(nouvelles):
        vers.lignes[mois] = nouvelles
        recus = montants_recus.des_lignes(lignes.jours_depuis_2000(mois), nouvelles)

        def parts_de(dossier: int, _mois: int) -> dict[int, dict[int, float]]:
            i = int(np.searchsorted(identifiants, dossier))
            siens = slice(foyers["debut"][i], foyers["fin"][i])
            situation = Situation(ecrire(mois), foyers[i : i + 1], personnes[siens])
            return parts_du_foyer(situation, identifiants_personnes[siens])

        vers.recus.append((recus, parts.partager(recus, connus.composition, connus.faits, parts_de)))
        precedentes = lignes.lignes_du_mois(organisme, decaler(mois, -1), dossiers)
        trouves = effets(mois, nouvelles, en_vigueur, precedentes)
        vers.effets.append(trouves[~_rien_a_dire(organisme, connu_au, trouves)])
        vers.sante.append(np.asarray(identifiants)[decisions.lit_une_donnee_de_sante(foyers, personnes)])
    if dossiers is None:
        vers.foyers += len(identifiants)
    return calcul


def effets(
    mois: datetime.date,
    nouvelles: npt.NDArray[Any],
    en_vigueur: npt.NDArray[Any],
    precedentes: npt.NDArray[Any],
) -> npt.NDArray[Any]:
    """Rights never calculated before, and those whose net amount changes.

    Before: the line in force for the month, else that of the month before; what was paid once then ends nothing now. A
    month that is still to declare changes nothing of the one before: what it gives is told once it is declared.
    """
    une_fois = np.array([not arrieres.par_mois(droit) for droit in liste_droits()])
    cles = lignes.cle(nouvelles)
    sortie = np.zeros(len(nouvelles), decisions.EFFET)
    sortie["mois"] = lignes.jours_depuis_2000(mois)
    sortie["dossier"], sortie["droit"] = nouvelles["dossier"], nouvelles["droit"]
    sortie["motif"] = nouvelles["motif"]
    sortie["apres"] = nouvelles["montant"] - nouvelles["crds"]
    sortie["avant"] = decisions.INCONNU_AVANT
    for connues in (precedentes, en_vigueur):
        trouvee, place = lignes.retrouver(cles, lignes.cle(connues))
        if connues is precedentes:
            trouvee = trouvee & (sortie["motif"] != Motif.A_DECLARER)
        if len(connues):
            nets = (connues["montant"] - connues["crds"])[place]
            if connues is precedentes:
                nets = np.where(une_fois[nouvelles["droit"]], 0, nets)
            sortie["avant"] = np.where(trouvee, nets, sortie["avant"])
    return sortie[sortie["avant"] != sortie["apres"]]


def _rien_a_dire(organisme: str, connu_au: datetime.datetime, trouves: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Which effects nobody is told: rights calculated for the first time that give nothing, and that were not claimed.

    Nobody asked, nothing changes: there is nothing to notify. Nor is there of a month that is still to declare.
    """
    muets = (trouves["avant"] == decisions.INCONNU_AVANT) & (trouves["apres"] == 0)
    if muets.any():
        dossiers = np.unique(trouves["dossier"][muets])
        demandes = np.isin(lignes.cle(trouves), demandes_connues.cles(organisme, connu_au, dossiers))
        muets &= ~demandes | (trouves["motif"] == Motif.A_DECLARER)
    return muets


def _enregistrer(liquidation: Liquidation, changements: Changements) -> int:
    """Write lines and decisions, close the liquidation, then let the ledger post; one transaction for all."""
    organisme = liquidation.organisme_id
    for mois, nouvelles in sorted(changements.lignes.items()):
        lignes.inserer(liquidation.pk, organisme, mois, nouvelles)
    prises = 0
    if changements.effets:
        sante = np.unique(np.concatenate(changements.sante))
        tous = np.concatenate(changements.effets)
        prises = decisions.decider_en_lot(liquidation.pk, organisme, liquidation.connu_au, tous, sante)
    terminer(liquidation, changements.foyers, changements.nombre)
    return prises


def terminer(liquidation: Liquidation, dossiers: int, nombre: int, cause: str = "") -> None:
    """Close the liquidation and tell who listens (the ledger), in the same transaction."""
    liquidation.etat = Liquidation.Etat.TERMINEE
    liquidation.terminee_le = timezone.now()
    liquidation.nombre_dossiers, liquidation.nombre_lignes = dossiers, nombre
    liquidation.save(update_fields=["etat", "terminee_le", "nombre_dossiers", "nombre_lignes"])
    droits_liquides.send(Liquidation, liquidation=liquidation, cause=cause)


def ouvrir_correction(organisme: str, mois: datetime.date, connu_au: datetime.datetime) -> Liquidation:
    """A liquidation for one corrected file, inside the agent's processing."""
    return _ouvrir(organisme, mois, Liquidation.Genre.CORRECTION, connu_au)
