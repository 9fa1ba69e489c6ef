"""Which rights to offer, and the calculation of each. Inside `droits_proposes`, which sees no health fact.

A right is left aside when the month already pays it to this file, when it is claimed or received, when it was
declined, and when its rules read a health fact for this household, even one that nobody stated: the database hides
those facts from the processing, and an estimation that would depend on them is not made.
"""

import datetime as dt
from dataclasses import dataclass

from limpide.dossiers import connaissance, lexique
from limpide.dossiers.decisions import NATURES_DE_SANTE
from limpide.dossiers.models import Demande, Dossier, EtatDemande, LigneDroit
from limpide.dossiers.situations import SituationAbsente, situation_du
from limpide.droits.calcul import Resultat, catalogue_droits
from limpide.droits.detail import donnees_lues
from limpide.droits.ensemble import comptes_ailleurs, liquider_foyer
from limpide.droits.explication import Recit, raconter
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Droit
from limpide.droits.situation import DATE_INCONNUE, FOYER, Situation
from limpide.usagers.demande.aides import AIDES
from limpide.usagers.models import PropositionDeclinee
from limpide.usagers.propositions.adresses import adresse_de_la_demande

OUVERT, INCONNU = "OUVERT", "INCONNU"
DISCRETS = frozenset(aide.droit for aide in AIDES if aide.discrete)
"""Never offered: a bereaved family is not told of a right by a banner."""
EPOQUE = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class DroitPossible:
    """One right that the law seems to open. Net cents. `manques`: what is missing to say so, in words."""

    code: str
    libelle: str
    centimes: int
    phrase: str
    recit: Recit
    manques: tuple[str, ...]
    annuel: bool
    unique: bool

    @property
    def par_mois(self) -> bool:
        return not (self.annuel or self.unique)

    @property
    def demande(self) -> str:
        """Address of its online claim; empty when there is none."""
        return adresse_de_la_demande(self.code)

    @property
    def compte_ailleurs(self) -> bool:
        """It counts as a resource in RSA and prime d'activité."""
        return any(droit.code == self.code for droit in comptes_ailleurs())


@dataclass(frozen=True)
class Propositions:
    """For a month: rights that seem open, those that lack an answer, those that the person no longer wants to see."""

    mois: str
    possibles: list[DroitPossible]
    a_verifier: list[DroitPossible]
    declines: list[tuple[str, str, dt.datetime]]

    @property
    def par_mois(self) -> int:
        return sum(d.centimes for d in self.possibles if d.par_mois)


def proposer(dossier: Dossier, mois: str) -> Propositions:
    """What to offer to this file for the month. Reads, writes nothing."""
    declinees = {p.droit: p.declinee_le for p in PropositionDeclinee.objects.filter(dossier_id=dossier.pk)}
    catalogue = {droit.code: droit for droit in catalogue_droits()}
    declines = [(code, catalogue[code].libelle, quand) for code, quand in declinees.items() if code in catalogue]
    vide = Propositions(mois, [], [], declines)
    if dossier.clos_le is not None:
        return vide
    try:
        situation = situation_du(dossier.pk, mois, connaissance.maintenant())
    except SituationAbsente:
        return vide
    _comme_demandee(situation)
    ecartes = {*declinees, *_deja_la(dossier.pk), *_recus(situation), *DISCRETS}
    resultats = liquider_foyer(situation, [code for code in catalogue if code not in ecartes])
    utiles = [r for r in resultats.values() if r.motif in (OUVERT, INCONNU) and not lit_la_sante(r)]
    vus = [_possible(catalogue[r.droit], r) for r in utiles]
    return Propositions(
        mois, [d for d in vus if d.centimes > 0], [d for d in vus if d.manques], declines
    )  # fmt: skip


def lit_la_sante(resultat: Resultat) -> bool:
    """Whether the rules read a kind of health fact to get there, whatever it holds."""
    return any(lue.nature.nom in NATURES_DE_SANTE for lue in donnees_lues(resultat))


def _deja_la(dossier: int) -> set[str]:
    """Rights that the last month calculated pays to this file, and those whose claim is being examined or decided."""
    lignes = LigneDroit.objects.filter(dossier_id=dossier).order_by("mois", "rang")
    derniers = {droit: montant for _, droit, montant in lignes.values_list("mois", "droit", "montant_centimes")}
    verses = {droit for droit, montant in derniers.items() if montant > 0}
    demandes = Demande.objects.filter(dossier_id=dossier).exclude(etat=EtatDemande.ABANDONNEE)
    return verses | {droit for droits in demandes.values_list("droits", flat=True) for droit in droits}


def _recus(situation: Situation) -> set[str]:
    """Benefits that a fact says are received this month: the fact that they give, or that has their name."""
    foyer, faits = situation.foyer[0], {d.code: d.nourrit or d.code for d in catalogue_droits()}
    return {code for code, fait in faits.items() if fait in (FOYER.names or ()) and foyer[fait][-1] > 0}


def _comme_demandee(situation: Situation) -> None:
    """The housing benefit as if it were claimed today: what it lacks is then said, and asked by its claim."""
    if situation.foyer["date_demande_logement"][0] == DATE_INCONNUE:
        situation.foyer["date_demande_logement"] = (dt.date.fromisoformat(f"{situation.mois}-01") - EPOQUE).days


def _possible(droit: Droit, resultat: Resultat) -> DroitPossible:
    return DroitPossible(
        code=droit.code, libelle=droit.libelle, centimes=resultat.montant_centimes - resultat.crds_centimes,
        phrase=lexique.MOTIFS[resultat.motif].allocataire, recit=raconter(resultat),
        manques=tuple(NATURES[nom].libelle for nom in resultat.faits_manquants), annuel=droit.annuel,
        unique=droit.unique,
    )  # fmt: skip
