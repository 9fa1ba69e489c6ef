"""What if: a household with another wage, another rent, more or fewer children; its rights and what it has to live on.

Each point is computed by the same rules, traced, that explain a decision. Sums paid once (a school year, a birth) are
not in a curve of the month. Income is before income tax, which is not a matter of this law.
"""

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .bareme import lire_mois
from .calcul import Resultat, catalogue_droits, liquider
from .ensemble import AIDES_AU_LOGEMENT, completer, comptes_ailleurs, reconnus
from .faits import MOIS_FENETRE, NATURES
from .faits_logement import IMPOSABLE
from .francais import INCONNU_EN_LETTRES, centimes_en_euros, enumerer, euros, pourcent
from .moteur import Motif
from .situation import MAX_ENFANTS, M, Situation

AGE_SUPPOSE = 5
"""Age of a child that the household doesn't have: no rule changes at that age but the ceilings of its number."""
COMME_LE_PLUS_JEUNE = (
    "nationalite", "enfant_sejour_regulier", "garde_alternee", "allocataire_unique", "charge_logement",
    "soutien_autre_parent", "soutien_depuis", "asf_date_demande", "pension_en_cours_de_fixation", "enfant_recueilli",
    "deux_parents_absents",
)  # fmt: skip
"""What is told of the youngest child holds for one more: where they come from, live, and who supports them."""
AIDES_EN_TEMPS_REEL = 202101
"""Month from which housing benefits count twelve moving months of wages, not those of year N-2 (CCH R822-3)."""
POINTS_MAXIMUM = 400
DEDUITES = frozenset({"pensions_alimentaires_versees_individu"})
CAPITAUX = frozenset({"livret_a", "epargne_revenus_non_imposables"})
"""Amounts owned, not received: no part of what one lives on in a month."""
ESAT = "aah_base_ressources_activite_milieu_protege"
"""Told apart for the AAH, and part of the wage already."""
REVENUS = tuple(
    n.nom
    for n in NATURES.values()
    if n.sujet == "personne" and n.type == "euros" and n.periodicite == "mois" and n.nom not in {*CAPITAUX, ESAT}
)
PRESTATIONS_DITES = tuple(
    n.nom
    for n in NATURES.values()
    if n.sujet == "foyer" and n.groupe == "prestation" and n.nom not in {d.nourrit for d in comptes_ailleurs()}
)

DE_CHACUN = frozenset(d.nourrit for d in comptes_ailleurs() if d.part)
"""Facts that are each adult's own right: of one with a decision, no income but the right itself."""
SANS_MONTANT = frozenset({Motif.INCONNU.name, Motif.A_INSTRUIRE.name})
"""Reasons that give no amount, which is not an amount of zero."""
SANS_AIDE = frozenset({Motif.INCONNU.name, Motif.SANS_DEMANDE.name})
"""Reasons for which a housing benefit is not computed: what is said received stays."""
LOYER, SALAIRE = "loyer", "salaire"
A_INSTRUIRE = "à instruire"
TOUJOURS_CALCULES = {"aide_logement", "rsa"}
"""Facts of rights that a curve shows whatever was said received, where they can be computed."""


@dataclass(frozen=True)
class Axe:
    """What varies. `changer` puts a value in the data of a household; `entier`: a count, else euros a month.

    `gagne`: the euros are income, of which something stays once the rights have moved. `suppose`: what is taken for
    granted along the axis, in French.
    """

    code: str
    libelle: str
    entier: bool
    changer: Callable[[dict[str, Any], float], None]
    gagne: bool = False
    suppose: str = ""


@dataclass(frozen=True)
class Point:
    """One household of the curve. Cents, CRDS withheld; None where a fact is missing, or where a person must decide.

    `a_instruire`: the rights of the second kind.
    """

    valeur: float
    revenus: int | None
    droits: dict[str, int | None]
    a_instruire: frozenset[str] = frozenset()

    @property
    def disponible(self) -> int | None:
        """Incomes and rights of the month."""
        montants = [self.revenus, *self.droits.values()]
        return None if None in montants else sum(m for m in montants if m is not None)


@dataclass(frozen=True)
class Courbe:
    """Points in the order of the axis. `libelles`: the rights that are above zero somewhere, in the law's order.

    `remarque`: why nothing moves along the axis, or cannot be drawn, in French; empty where something does.
    `suppose`: what is taken for granted along it, for this household.
    """

    axe: Axe
    mois: str
    points: tuple[Point, ...]
    libelles: dict[str, str]
    manques: tuple[str, ...]
    remarque: str = ""
    suppose: str = ""

    @property
    def muette(self) -> bool:
        """No right has an amount anywhere: a table of it would say nothing."""
        return bool(self.libelles) and all(p.droits[code] is None for p in self.points for code in self.libelles)

    def garde(self, rang: int) -> float | None:
        """Of 100 more on the axis since the point before, what stays once the rights have moved; None if unknown."""
        if rang == 0 or not self.axe.gagne:
            return None
        ici, avant = self.points[rang], self.points[rang - 1]
        if ici.disponible is None or avant.disponible is None:
            return None
        return (ici.disponible - avant.disponible) / (ici.valeur - avant.valeur)

    def titres(self) -> list[str]:
        """Heads of the table's columns."""
        fin = ["Gardé sur 100 € de plus"] if self.axe.gagne else []
        return [self.axe.libelle, "Revenus", *self.libelles.values(), "Revenus et droits", *fin]

    def ligne(self, rang: int) -> list[str]:
        """One row of the table, in words; « inconnu » where a fact is missing, « à instruire » where one decides."""
        point = self.points[rang]
        dits = [_montant(point.revenus)]
        dits += [A_INSTRUIRE if c in point.a_instruire else _montant(point.droits[c]) for c in self.libelles]
        dits += [_montant(point.disponible)]
        if self.axe.entier:
            return [str(round(point.valeur)), *dits]
        if not self.axe.gagne:
            return [euros(point.valeur), *dits]
        garde = self.garde(rang)
        return [euros(point.valeur), *dits, "" if garde is None else centimes_en_euros(round(garde * 100))]


def _montant(cents: int | None) -> str:
    return INCONNU_EN_LETTRES if cents is None else centimes_en_euros(cents)


class CourbeImpossible(ValueError):
    """What is asked can't be drawn; the message (French) says why."""


def _salaire(donnees: dict[str, Any], valeur: float) -> None:
    demandeur = donnees["personnes"][0]
    demandeur["salaire_net"] = [valeur] * MOIS_FENETRE
    if isinstance(demandeur.get(ESAT), list):
        demandeur[ESAT] = [None if part is None else min(part, valeur) for part in demandeur[ESAT]]
    if valeur > 0:
        demandeur["activite"] = "actif"
    if lire_mois(donnees["mois"]) >= AIDES_EN_TEMPS_REEL:
        demandeur["logement_salaires"] = round(12 * IMPOSABLE * valeur, 2)


def _enfants(donnees: dict[str, Any], valeur: float) -> None:
    """The children there are, the eldest first; then children of five who live as the youngest does."""
    nombre = round(valeur)
    adultes = [p for p in donnees["personnes"] if p["role"] != "enfant"]
    enfants = [p for p in donnees["personnes"] if p["role"] == "enfant"]
    enfants.sort(key=lambda p: str(p["date_naissance"]))
    mois = lire_mois(donnees["mois"])
    neuf = {
        "role": "enfant",
        "date_naissance": f"{mois // 100 - AGE_SUPPOSE:04d}-{mois % 100:02d}-01",
        "nationalite": adultes[0]["nationalite"],
        "garde_alternee": False,
        "soutien_autre_parent": "apporte",
    }
    if enfants:
        neuf |= {nom: enfants[-1][nom] for nom in COMME_LE_PLUS_JEUNE if enfants[-1].get(nom) is not None}
    donnees["personnes"] = adultes + enfants[:nombre] + [dict(neuf) for _ in range(nombre - len(enfants))]


def _loyer(donnees: dict[str, Any], valeur: float) -> None:
    donnees["foyer"]["loyer"] = [valeur] * MOIS_FENETRE


AXES = {
    axe.code: axe
    for axe in (
        Axe(
            SALAIRE, "Salaire net mensuel du demandeur", entier=False, changer=_salaire, gagne=True,
            suppose="Ce salaire est supposé reçu depuis plus d'un an. Ce qui se calcule sur les revenus d'il y a deux"
            " ans ne change pas encore.",
        ),
        Axe(
            "enfants", "Nombre d'enfants", entier=True, changer=_enfants,
            suppose="Un enfant ajouté est supposé avoir cinq ans et vivre comme le plus jeune, ou avec le soutien de"
            " ses deux parents s'il n'y en a pas d'autre.",
        ),
        Axe(LOYER, "Loyer mensuel sans les charges", entier=False, changer=_loyer),
    )
}  # fmt: skip


def valeurs(de: float, a: float, pas: float, axe: Axe) -> list[float]:
    """From `de` to `a` by `pas`, both ends in. Raises `CourbeImpossible`."""
    if not all(map(math.isfinite, (de, a, pas))) or de < 0 or a <= de or pas <= 0:
        raise CourbeImpossible("Attendu : un début positif ou nul, une fin plus grande, un pas positif.")
    if axe.entier and any(v != int(v) for v in (de, a, pas)):
        raise CourbeImpossible(f"{axe.libelle} : des nombres entiers sont attendus.")
    if axe.entier and a > MAX_ENFANTS:
        raise CourbeImpossible(f"{axe.libelle} : {MAX_ENFANTS} au plus.")
    nombre = math.floor((a - de) / pas + 1e-9) + 1
    if nombre > POINTS_MAXIMUM:
        raise CourbeImpossible(f"{nombre} points demandés, {POINTS_MAXIMUM} au plus : prenez un pas plus grand.")
    return [round(de + i * pas, 2) for i in range(nombre)]


def tracer_courbe(situation: Situation, axe: Axe, points: Sequence[float]) -> Courbe:
    """The household of `situation` at each value of the axis. Benefits that it says it receives stay as said.

    Those of which it knows nothing are computed: what they lack is then named, not themselves.
    """
    donnees = situation.vers_dict()
    deja = [
        d for d in comptes_ailleurs()
        if not d.part and d.nourrit not in TOUJOURS_CALCULES
        and np.nan_to_num(situation.foyer[d.nourrit][0]).any()
    ]  # fmt: skip
    aides = _aides_au_logement(situation, axe, points)
    loge = not SANS_AIDE & {r.motif for r in aides.values()}
    dites = [*(d.nourrit for d in deja), *([] if loge else ["aide_logement"])]
    mensuels = [
        d for d in catalogue_droits() if not (d.annuel or d.unique) and (loge or d.code not in AIDES_AU_LOGEMENT)
    ]
    codes = [d.code for d in mensuels if d not in deja]
    calcules, manques = [], dict[str, None]()
    for valeur in points:
        copie = copy.deepcopy(donnees)
        axe.changer(copie, valeur)
        _oublier(copie)
        foyer = completer(copie, dites)
        resultats = liquider(foyer, codes)
        manques |= dict.fromkeys(nom for r in resultats.values() for nom in r.faits_manquants)
        calcules.append(_point(valeur, _revenus(foyer, dites), resultats))
    libelles = {d.code: d.libelle for d in mensuels if d.code in codes and any(p.droits[d.code] != 0 for p in calcules)}
    causes = dict.fromkeys(nom for aide in aides.values() for nom in aide.faits_manquants)
    if not loge and causes and "aide_logement" in manques:
        del manques["aide_logement"]
        manques |= causes
    calculees = {d.nourrit for d in mensuels if d.code in codes}  # unknown for want of what is named beside
    noms = tuple(NATURES[nom].libelle for nom in manques if nom not in calculees)
    remarque = _sans_trace(calcules, libelles, noms) or _remarque(axe, calcules, aides)
    return Courbe(axe, situation.mois, tuple(calcules), libelles, noms, remarque, _suppose(axe, situation, loge=loge))


def _point(valeur: float, revenus: int | None, resultats: dict[str, Resultat]) -> Point:
    droits = {
        code: None if r.motif in SANS_MONTANT else r.montant_centimes - r.crds_centimes for code, r in resultats.items()
    }
    a_instruire = frozenset(code for code, r in resultats.items() if r.motif == Motif.A_INSTRUIRE.name)
    return Point(valeur, revenus, droits, a_instruire)


def _suppose(axe: Axe, situation: Situation, *, loge: bool) -> str:
    """What the axis takes for granted, and for who has a housing benefit computed, how a wage becomes a taxable one."""
    if axe.code != SALAIRE or not loge or lire_mois(situation.mois) < AIDES_EN_TEMPS_REEL:
        return axe.suppose
    return (
        f"{axe.suppose} Pour l'aide au logement, le salaire imposable de douze mois est pris égal au salaire net plus"
        f" {pourcent(IMPOSABLE - 1)} : le vôtre est sur vos bulletins de paie."
    )


def _sans_trace(points: Sequence[Point], libelles: dict[str, str], manques: Sequence[str]) -> str:
    """Why there is nothing to draw: too few points have all their amounts; empty where enough have."""
    if len(points) < 2 or sum(p.disponible is not None for p in points) > 1:
        return ""
    dits = ["Le graphique n'est pas tracé."]
    if manques:
        dits.append("Il faut d'abord connaître ce qui manque.")
    examines = [libelle for code, libelle in libelles.items() if any(code in p.a_instruire for p in points)]
    if examines:
        dits.append(f"Un agent de la Caf doit d'abord examiner la situation pour : {enumerer(examines)}.")
    if not manques and not examines:
        dits.append("Une ressource du foyer n'est pas connue.")
    return " ".join(dits)


def _aides_au_logement(situation: Situation, axe: Axe, points: Sequence[float]) -> dict[str, Resultat]:
    """The housing benefits of the household, or of the last point where the axis says what was not told (a rent)."""
    aides = liquider(situation, AIDES_AU_LOGEMENT)
    if axe.code != LOYER or not SANS_AIDE & {r.motif for r in aides.values()}:
        return aides
    copie = situation.vers_dict()
    axe.changer(copie, points[-1])
    return liquider(Situation.depuis_dict(copie), AIDES_AU_LOGEMENT)


def _remarque(axe: Axe, points: Sequence[Point], aides: dict[str, Resultat]) -> str:
    """Why every right stays the same from one end to the other; empty where one moves, or where a point is unknown."""
    if len(points) < 2 or any(p.droits != points[0].droits or None in p.droits.values() for p in points):
        return ""
    if axe.code != LOYER:
        return "Aucun droit du mois ne change entre ces valeurs."
    manquants = dict.fromkeys(nom for r in aides.values() for nom in r.faits_manquants)
    if manquants:
        dits = enumerer(f"« {NATURES[nom].libelle} »" for nom in manquants)
        return (
            "Le loyer ne change rien ici : aucune aide au logement n'est calculée, et celle qui est dite reçue reste"
            f" la même. Pour la calculer, il manque {dits}."
        )
    raison = next(r.motif for r in aides.values() if r.motif != Motif.AUTRE_AIDE.name)
    return f"Le loyer ne change rien ici. {Motif[raison].phrase}"


def _oublier(donnees: dict[str, Any]) -> None:
    """What an adult with a decision receives is computed again at each value."""
    for personne in donnees["personnes"]:
        if personne["role"] != "enfant" and personne.get("taux_incapacite") != 0:
            personne.update(dict.fromkeys(DE_CHACUN, 0.0))


def _revenus(foyer: Situation, dites: Sequence[str]) -> int | None:
    """Cents that the household receives that month outside the rights computed; None if one is unknown."""
    total = 0.0
    for rang, personne in enumerate(foyer.personnes):
        calculees = DE_CHACUN if reconnus(foyer.personnes)[rang] else frozenset()
        for nom in (n for n in REVENUS if n not in calculees):
            total += -float(personne[nom][M]) if nom in DEDUITES else float(personne[nom][M])
    for nom in (*PRESTATIONS_DITES, *dites):  # `aide_logement` is one of the second where it is not computed
        total += float(foyer.foyer[nom][0][M])
    return None if math.isnan(total) else round(total * 100)
