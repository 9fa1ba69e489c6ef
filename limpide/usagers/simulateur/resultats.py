"""Results of a simulation, ready to show: amounts, reasons told step by step, and what a small change would do."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from limpide.dossiers import lexique
from limpide.dossiers.explications import EN_ATTENTE
from limpide.droits.calcul import catalogue_droits, liquider
from limpide.droits.courbe import AXES, tracer_courbe, valeurs
from limpide.droits.dessin import dessiner
from limpide.droits.distance import distance
from limpide.droits.ensemble import nommer_les_causes
from limpide.droits.explication import raconter
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif
from limpide.droits.situation import Situation, codes_droits
from limpide.usagers.simulateur.enfance import a_montrer
from limpide.usagers.simulateur.logement import LOUES, logement_a_montrer

COURBES = (("salaire", "Et si votre salaire changeait ?"), ("enfants", "Et si vous aviez plus ou moins d'enfants ?"))
STATUTS = NATURES["statut_occupation_logement"].valeurs
COURBE_DU_LOYER = ("loyer", "Et si votre loyer changeait ?")
LOYER_MAXIMUM, PAS_LOYER = 1500.0, 100.0
SALAIRE_MAXIMUM, PAS_SALAIRE, ENFANTS_MAXIMUM = 3000.0, 250.0, 5.0
ECARTS_SALAIRE = (-100.0, 100.0)


@dataclass(frozen=True)
class DroitSimule:
    """One right of the household. `manques`: the labels of the facts without which it has no answer."""

    code: str
    libelle: str
    centimes: int
    motif: str
    phrase: str
    recit: Any
    manques: tuple[str, ...]
    annuel: bool = False
    unique: bool = False
    demande: str = ""
    """Address of its online claim, given by the page."""
    changerait: str = ""
    """How far from where it opens or ends, in a sentence."""
    precise: str = ""
    """What was found for the visitor and the right reads, in a sentence."""

    @property
    def ouvert(self) -> bool:
        return self.motif == "OUVERT"

    @property
    def inconnu(self) -> bool:
        return self.motif == "INCONNU"

    @property
    def montre(self) -> bool:
        """Open, or waiting for an answer or for somebody: shown first. The others say why they are not open."""
        return self.ouvert or self.motif in EN_ATTENTE


def droits(situation: Situation) -> list[DroitSimule]:
    """Every right that the law finds: those open, those that wait, the others, each group in the order of the law.

    Amounts are what would be paid, CRDS withheld.
    """
    catalogue = {droit.code: droit for droit in catalogue_droits()}
    simules = [
        DroitSimule(
            code=code,
            libelle=catalogue[code].libelle,
            centimes=resultat.montant_centimes - resultat.crds_centimes,
            motif=str(resultat.motif),
            phrase=recit.ailleurs or lexique.MOTIFS[str(resultat.motif)].allocataire,
            recit=recit,
            manques=tuple(NATURES[nom].libelle if nom in NATURES else nom for nom in resultat.faits_manquants),
            annuel=catalogue[code].annuel,
            unique=catalogue[code].unique,
            changerait=_changerait(situation, code),
        )
        for code, resultat in nommer_les_causes(liquider(situation, codes_droits())).items()
        if a_montrer(resultat, situation) and logement_a_montrer(resultat, situation)
        for recit in [raconter(resultat)]
    ]
    return sorted(simules, key=lambda d: (not d.ouvert, not d.montre))


def _changerait(situation: Situation, code: str) -> str:
    loin = distance(situation, code)
    return loin.texte if loin else ""


@dataclass(frozen=True)
class Variante:
    """A small change of the household and what each right becomes."""

    titre: str
    droits: list[tuple[str, int | None, int | None]]
    """(label of the right, cents before, cents after); None is unknown."""

    @property
    def bouge(self) -> bool:
        return any(avant != apres for _, avant, apres in self.droits)

    @property
    def ecart(self) -> int:
        return sum((apres or 0) - (avant or 0) for _, avant, apres in self.droits)


def variantes(situation: Situation, avant: list[DroitSimule]) -> list[Variante]:
    """The same household with a salary a little lower or higher: what would change the result."""
    trouvees = []
    for ecart in ECARTS_SALAIRE:
        donnees = situation.vers_dict()
        salaires = donnees["personnes"][0]["salaire_net"]
        if any(s is None or s + ecart < 0 for s in salaires):
            continue
        donnees["personnes"][0]["salaire_net"] = [s + ecart for s in salaires]
        if ecart > 0 and donnees["personnes"][0]["activite"] != "actif":
            continue
        apres = liquider(Situation.depuis_dict(donnees), codes_droits())
        lignes = [
            (
                d.libelle,
                _su(d.motif, d.centimes),
                _su(str(apres[d.code].motif), apres[d.code].montant_centimes - apres[d.code].crds_centimes),
            )
            for d in avant
            if d.montre or apres[d.code].motif == Motif.OUVERT.name
        ]
        trouvees.append(
            Variante(f"{'100 € de plus' if ecart > 0 else '100 € de moins'} de salaire chaque mois", lignes)
        )
    return [variante for variante in trouvees if variante.bouge]


def _su(motif: str, centimes: int) -> int | None:
    return None if motif == "INCONNU" else centimes


def courbes(situation: Situation) -> list[dict[str, Any]]:
    """The household against a wage, a number of children, a rent if it was asked: charts, each with its table."""
    salaire = float(np.nan_to_num(situation.personnes["salaire_net"][0]).max())
    fin = PAS_SALAIRE * math.ceil(max(SALAIRE_MAXIMUM, salaire * 1.5) / PAS_SALAIRE)
    points = {
        "salaire": valeurs(0.0, fin, PAS_SALAIRE if fin <= 2 * SALAIRE_MAXIMUM else fin / 24, AXES["salaire"]),
        "enfants": valeurs(0.0, ENFANTS_MAXIMUM, 1.0, AXES["enfants"]),
        "loyer": valeurs(0.0, LOYER_MAXIMUM, PAS_LOYER, AXES["loyer"]),
    }
    tracees = []
    loue = STATUTS[situation.foyer["statut_occupation_logement"][0]] in LOUES
    loyer = loue and not math.isnan(situation.foyer["loyer"][0][-1])
    for code, titre in (*COURBES, *([COURBE_DU_LOYER] if loyer else [])):
        courbe = tracer_courbe(situation, AXES[code], points[code])
        lignes = [courbe.ligne(rang) for rang in range(len(courbe.points))]
        tracees.append(
            {
                "code": code,
                "titre": titre,
                "suppose": courbe.suppose,
                "muette": courbe.muette,
                "dessin": dessiner(courbe),
                "remarque": courbe.remarque,
                "manques": courbe.manques,
                "titres": courbe.titres(),
                "lignes": [(premiere, reste) for premiere, *reste in lignes],
            }
        )
    return tracees
