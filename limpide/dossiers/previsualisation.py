"""Before validating a correction: these months change, by so much, because of these steps. Then the same, for good.

The preview writes nothing: the facts of the file are loaded once, the corrected ones replaced in memory, and the law
run on both. It carries a fingerprint of what it saw; if the file changed meanwhile, the correction is refused.
"""

import datetime
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from limpide.droits.calcul import Resultat, liste_droits
from limpide.droits.comparaison import Mouvement, comparer
from limpide.droits.ensemble import sans_objet
from limpide.droits.moteur import Motif
from limpide.identite.models import Personne

from . import arrieres, connaissance, decisions, demandes_connues, exclusion, liquidation
from .fil import FilDesMois
from .lignes import SANS_MANQUE, ligne_du_resultat
from .models import Decision, Dossier, LigneDroit, Liquidation
from .mois import decaler, ecrire, premier_jour
from .retroactivite import MOIS_DE_PRESCRIPTION
from .services import Origine, declarer_fait
from .situations import FaitsConnus, charger_dossier


class DossierModifie(RuntimeError):
    """Somebody changed the file between the preview and its validation; nothing was written."""


class RienALiquider(LookupError):
    """The file has no month already liquidated: a correction has nothing to compute again."""


@dataclass(frozen=True)
class Correction:
    """One fact as it should have been known: its kind, its value as stored, whose (None: the household), when."""

    nature: str
    valeur: int
    debut: datetime.date
    fin: datetime.date | None = None
    personne: int | None = None


@dataclass(frozen=True)
class MoisPrevu:
    """One right of one month: net cents in force and as corrected, reasons, and the steps that moved."""

    mois: datetime.date
    droit: str
    libelle: str
    avant: int
    apres: int
    motif_avant: str
    motif_apres: str
    mouvements: tuple[Mouvement, ...]

    @property
    def difference(self) -> int:
        return self.apres - self.avant


class Sommes:
    """What months foreseen come to, in net cents: what would be paid besides, what was paid in excess."""

    mois: tuple[MoisPrevu, ...]

    @property
    def rappel(self) -> int:
        return sum(max(0, m.difference) for m in self.mois)

    @property
    def indu(self) -> int:
        return sum(max(0, -m.difference) for m in self.mois)


@dataclass(frozen=True)
class Previsualisation(Sommes):
    """What a correction would change. `empreinte`: what the file looked like, to be given back to `appliquer`."""

    dossier: int
    corrections: tuple[Correction, ...]
    mois: tuple[MoisPrevu, ...]
    empreinte: str

    @property
    def changements(self) -> tuple[MoisPrevu, ...]:
        """Only what moves, in amount or in reason."""
        return tuple(m for m in self.mois if m.difference or m.motif_avant != m.motif_apres)

    @property
    def total(self) -> int:
        """Net cents, all months: positive in favour of the household."""
        return sum(m.difference for m in self.mois)


def previsualiser(dossier: Dossier, corrections: Sequence[Correction]) -> Previsualisation:
    """What these corrections would change in the months already liquidated. Writes nothing."""
    connus = charger_dossier(dossier.pk, connaissance.maintenant())
    corriges = _corriger(connus, dossier.pk, corrections)
    mois = prevoir(dossier.pk, connus, corriges, mois_touches(dossier, corrections))
    return Previsualisation(dossier.pk, tuple(corrections), mois, empreinte(connus))


def prevoir(
    dossier: int, connus: FaitsConnus, supposes: FaitsConnus, mois: Sequence[datetime.date]
) -> tuple[MoisPrevu, ...]:
    """Each right of these liquidated months, in force and with what is supposed. Writes nothing."""
    return prevoir_et_suivre(dossier, FilDesMois(dossier, connus), FilDesMois(dossier, supposes), mois)


def prevoir_et_suivre(
    dossier: int, connus: FilDesMois, supposes: FilDesMois, mois: Sequence[datetime.date]
) -> tuple[MoisPrevu, ...]:
    """The same, leaving both threads after the last of these months."""
    en_vigueur = _en_vigueur(dossier)
    prevus = []
    for du_mois in mois:
        avant, apres = connus.liquider(du_mois), supposes.liquider(du_mois)
        for droit in liste_droits():
            ligne = en_vigueur.get((du_mois, droit.code))
            if ligne is None and droit.code in sans_objet(apres):
                continue
            prevus.append(_mois_prevu(du_mois, droit, ligne, avant.get(droit.code), apres.get(droit.code)))
    return tuple(prevus)


def _mois_prevu(
    mois: datetime.date, droit: Any, ligne: LigneDroit | None, avant: Resultat | None, apres: Resultat | None
) -> MoisPrevu:
    en_vigueur = ligne.net_centimes if ligne else 0
    prevu = apres.montant_centimes - apres.crds_centimes if apres else en_vigueur
    mouvements = tuple(comparer(avant, apres)) if avant and apres else ()
    motif = ligne.motif if ligne else ""
    return MoisPrevu(
        mois, droit.code, droit.libelle, en_vigueur, prevu, motif, apres.motif if apres else motif, mouvements
    )


def _corriger(connus: FaitsConnus, dossier: int, corrections: Sequence[Correction]) -> FaitsConnus:
    for c in corrections:
        connus = connus.avec(dossier, c.personne, c.nature, c.valeur, c.debut, c.fin)
    return connus


def mois_touches(dossier: Dossier, corrections: Sequence[Correction]) -> list[datetime.date]:
    """Months already liquidated for this file that a corrected fact may move, two years back at most."""
    liquides = mois_depuis(dossier.pk, min(c.debut for c in corrections))
    if liquides is None:
        raise RienALiquider("Aucun mois de ce dossier n'est encore liquidé.")
    return liquides


def mois_depuis(dossier: int, jour: datetime.date) -> list[datetime.date] | None:
    """Months already liquidated for this file from that of `jour`, two years back at most; None if none ever was."""
    liquides = sorted(set(LigneDroit.objects.filter(dossier_id=dossier).values_list("mois", flat=True)))
    if not liquides:
        return None
    limite = decaler(liquides[-1], -MOIS_DE_PRESCRIPTION)
    return [m for m in liquides if m >= max(premier_jour(jour), limite)]


def _en_vigueur(dossier: int) -> dict[tuple[datetime.date, str], LigneDroit]:
    lignes = LigneDroit.objects.filter(dossier_id=dossier).order_by("rang")
    return {(ligne.mois, ligne.droit): ligne for ligne in lignes}


def empreinte(connus: FaitsConnus) -> str:
    """Fingerprint of what is known of a file: any change of a fact or of the household gives another."""
    condense = hashlib.sha256()
    for tableau in (connus.composition, connus.faits, connus.demandes):
        condense.update(np.sort(tableau, order=list(tableau.dtype.names or ())).tobytes())
    return condense.hexdigest()


@transaction.atomic
def appliquer(
    dossier: Dossier, corrections: Sequence[Correction], origine: Origine, empreinte_vue: str, cause: str
) -> Decision | None:
    """Record the corrected facts, liquidate the months they touch, post the difference, take the decision.

    `empreinte_vue` is the preview's. `cause`: one sentence, in French, for the household. Returns the decision, or
    None if no amount changes. Raises `DossierModifie`, `CaisseOccupee`, `ErreurSaisie`; then nothing is written.
    """
    exclusion.partage(dossier.organisme_id)
    avant = charger_dossier(dossier.pk, connaissance.instant(dossier.organisme_id, dossier.pk))
    if empreinte(avant) != empreinte_vue:
        raise DossierModifie(
            "Ce dossier a changé depuis la prévisualisation : relisez-la avant de valider. Rien n'a été enregistré."
        )
    touches = mois_touches(dossier, corrections)
    for c in corrections:
        personne = None if c.personne is None else Personne(pk=c.personne)
        declarer_fait(dossier, c.nature, c.valeur, DateRange(c.debut, c.fin), origine, personne)
    connu_au = connaissance.maintenant()
    return reliquider(dossier, touches, charger_dossier(dossier.pk, connu_au), cause)


def reliquider(
    dossier: Dossier, touches: list[datetime.date], connus: FaitsConnus, cause: str, demandes: Collection[str] = (),
    avant: Collection[datetime.date] = (),
) -> Decision | None:  # fmt: skip
    """Lines, decision and entry of one file, in one liquidation of its own.

    `demandes`: rights that were claimed; the first month says them whatever they give: a claim is always answered.
    `avant`: months before it, of which only what is due of these rights is said (`arrieres`).
    """
    en_vigueur, nouvelles, sante = _en_vigueur(dossier.pk), [], False
    attendus = demandes_connues.droits_demandes(dossier.organisme_id, dossier.pk, connus.connu_au)
    effets: list[dict[str, Any]] = []
    fil = FilDesMois(dossier.pk, connus)
    repondus: set[str] = set()
    for mois in sorted({*avant, *touches}):
        situation, resultats = fil.situation(mois), fil.liquider(mois)
        if situation is None:
            continue
        sante |= bool(decisions.lit_une_donnee_de_sante(situation.foyer, situation.personnes).any())
        dus = arrieres.a_dire(resultats, demandes, passe=mois in avant)
        tus = sans_objet(resultats, demandes)
        for rang_du_droit, droit in dus:
            ancienne = en_vigueur.get((mois, droit.code))
            if ancienne is None and droit.code in tus:
                continue
            repond = droit.code in demandes and mois == touches[0] and droit.code not in repondus
            ligne = _ligne(dossier, mois, resultats[droit.code], rang_du_droit, ancienne, meme=repond)
            if ligne is None:
                continue
            nouvelles.append(ligne)
            paye = ancienne.net_centimes if ancienne else None
            attendu = droit.code in attendus - repondus and ligne.motif != Motif.A_DECLARER.name
            muet = paye is None and ligne.net_centimes == 0 and not attendu
            if repond or (paye != ligne.net_centimes and not muet):
                effets.append({"mois": ecrire(mois), "droit": droit.code, "avant": paye,
                               "apres": ligne.net_centimes, "motif": ligne.motif})  # fmt: skip
        repondus |= arrieres.en_une_fois(dus, passe=mois in avant)
    if not nouvelles:
        return None
    echeance = Liquidation.objects.filter(organisme_id=dossier.organisme_id).aggregate(n=Max("mois"))["n"]
    faite = liquidation.ouvrir_correction(dossier.organisme_id, echeance or touches[-1], connus.connu_au)
    for ligne in nouvelles:
        ligne.liquidation = faite
    LigneDroit.objects.bulk_create(nouvelles)
    decision = None
    if effets:
        decision = decisions.decider(
            liquidation=faite.pk, organisme=dossier.organisme_id, dossier=dossier.pk, prise_le=connus.connu_au,
            effets=effets, cause=cause, donnees_sensibles=sante,
        )  # fmt: skip
    liquidation.terminer(faite, 1, len(nouvelles), cause)
    return decision


def _ligne(
    dossier: Dossier, mois: datetime.date, resultat: Resultat, rang_du_droit: int, ancienne: LigneDroit | None,
    *, meme: bool,
) -> LigneDroit | None:  # fmt: skip
    """The line to add, or None if the one in force says the same; `meme`: added then too."""
    _, montant, crds, _, manque = ligne_du_resultat(resultat, rang_du_droit)
    manquant = None if manque == SANS_MANQUE else manque
    nouvelle = (montant, crds, resultat.motif, manquant)
    if not meme and ancienne is not None and nouvelle == (
        ancienne.montant_centimes, ancienne.crds_centimes, ancienne.motif, ancienne.fait_manquant,
    ):  # fmt: skip
        return None
    return LigneDroit(
        organisme_id=dossier.organisme_id, dossier_id=dossier.pk, mois=mois, droit=resultat.droit,
        rang=ancienne.rang + 1 if ancienne else 1, montant_centimes=montant, crds_centimes=crds,
        motif=resultat.motif, fait_manquant=manquant,
    )  # fmt: skip
