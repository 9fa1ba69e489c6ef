"""The derived figures of one household for one month, with their explanation."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from limpide.droits.bareme import en_lettres
from limpide.droits.calcul import catalogue_droits, fiches, liquider
from limpide.droits.derives.aidants import affiliation_aidant
from limpide.droits.derives.avpf import (
    A_VOIR,
    ACTIVITE,
    AUCUNE,
    NON_DIT,
    PAR_PRESENCE,
    PAR_PROCHE,
    affiliation,
    affiliation_manque,
)
from limpide.droits.derives.cotisations import cotisations_manque, cotisations_prises_en_charge
from limpide.droits.derives.differentiel import (
    AOUT,
    complement_differentiel,
    differentiel_condition,
    differentiel_manque,
    fin_la_plus_tardive,
    recours_suffisant,
)
from limpide.droits.derives.quotient import (
    parts_du_quotient,
    quotient_familial,
    quotient_manque,
    residence_partagee,
)
from limpide.droits.ensemble import AIDES_AU_LOGEMENT
from limpide.droits.explication import Phrase, phrases_de
from limpide.droits.faits import NATURES, NATURES_PAR_CODE
from limpide.droits.moteur import Etape, Motif, tracer
from limpide.droits.paje_cmg.montants import plafond_du_cmg
from limpide.droits.situation import CONJOINT, DEMANDEUR, Situation

HORS_DU_QUOTIENT = frozenset({"paje_cmg"})
"""Monthly rights that the quotient leaves out: what pays for care is not a resource of the month."""
MINIMA = ("aah", "caah", "asi")
"""Benefits that a fact of a person says."""


@dataclass(frozen=True)
class Quotient:
    """The quotient of a month. `euros` is None where it cannot be told: `manques` and `raison` say why."""

    mois: str
    euros: int | None
    parts: float | None
    prestations_centimes: int
    phrases: tuple[Phrase, ...]
    manques: tuple[str, ...] = ()
    raison: str = ""


@dataclass(frozen=True)
class Affiliation:
    """Whether one adult is affiliated to the AVPF this month; None: it cannot be told, `manque` says what for."""

    role: int
    affilie: bool | None
    phrases: tuple[Phrase, ...]
    manque: str = ""


@dataclass(frozen=True)
class Cotisations:
    """What the CMG pays to the Urssaf this month, in cents; None: `manque` says what for. Not the family's money."""

    centimes: int | None
    phrases: tuple[Phrase, ...]
    manque: str = ""


@dataclass(frozen=True)
class Differentiel:
    """The complément transitoire of the CMG, in cents at most; None: `manque` or `raison` says why. Paid by the Urssaf.

    `jusque`: the last month it may be due, in words; empty where nothing is due.
    """

    centimes: int | None
    phrases: tuple[Phrase, ...] = ()
    jusque: str = ""
    manque: str = ""
    raison: str = ""


def prestations_du_mois(situation: Situation) -> tuple[int, tuple[str, ...]]:
    """Net cents of the monthly benefits, computed or received, and the facts without which one of them is unknown."""
    mensuels = {d.code for d in catalogue_droits() if not (d.annuel or d.unique)} - HORS_DU_QUOTIENT
    calcules = liquider(situation, sorted(mensuels - set(AIDES_AU_LOGEMENT)))
    recues = {nom for nom, montant in _montants_recus(situation) if montant > 0.0}
    seuls = {code: r for code, r in calcules.items() if code not in recues}
    total, manques = prestations_recues(situation, seuls)
    for resultat in seuls.values():
        total += resultat.montant_centimes - resultat.crds_centimes
        if resultat.motif == Motif.INCONNU.name:
            manques += tuple(NATURES[n].libelle for n in resultat.faits_manquants if n in NATURES)
    return total, tuple(dict.fromkeys(manques))


def _montants_recus(situation: Situation, comptees: Collection[str] = ()) -> list[tuple[str, float]]:
    """Every monthly benefit that a fact may say received, with its amount of the month, but those counted otherwise.

    Of an adult without a known decision, nothing is: what is said stays.
    """
    foyer, personnes = situation.foyer[0], situation.personnes
    noms = [n.nom for n in NATURES.values() if n.groupe == "prestation" and n.nom not in HORS_DU_QUOTIENT]
    montants = [(n, float(foyer[n][-1])) for n in noms if n not in comptees]
    dits = [(n, p) for n in MINIMA for p in personnes if n not in comptees or p["taux_incapacite"] == 0]
    return montants + [(n, float(p[n][-1])) for n, p in dits if p["present"][-1] == 1]


def prestations_recues(situation: Situation, deja: Collection[str]) -> tuple[int, tuple[str, ...]]:
    """Cents of the monthly benefits that facts say are received, but those of `deja`, counted otherwise."""
    comptees = {*deja, *(("aide_logement",) if set(AIDES_AU_LOGEMENT) & set(deja) else ())}
    montants = _montants_recus(situation, comptees)
    manques = [NATURES[n].libelle for n, montant in montants if math.isnan(montant)]
    return sum(round(m * 100) for _, m in montants if not math.isnan(m)), tuple(dict.fromkeys(manques))


def quotient_de(situation: Situation, prestations: tuple[int, tuple[str, ...]] | None = None) -> Quotient:
    """The quotient familial; `prestations`: what was paid, where it is known better than by computing it."""
    centimes, manques = prestations_du_mois(situation) if prestations is None else prestations
    foyer, personnes, b = fiches(situation)
    code = quotient_manque(foyer, personnes, b)
    if code:
        manques = (_nom(code), *manques)
    valeur, etape = tracer(quotient_familial, foyer, personnes, b, centimes / 100)
    racine = Etape(
        "quotient", "Quotient familial", (), {"foyer": foyer, "personnes": personnes, "b": b}, valeur, [etape]
    )
    partage = not code and residence_partagee(personnes, b, 6)
    if manques or partage:
        raison = "Un enfant est en résidence alternée : votre Caf vous donne le quotient familial." if partage else ""
        return Quotient(situation.mois, None, None, centimes, (), tuple(dict.fromkeys(manques)), raison)
    parts = parts_du_quotient(personnes, b, 6)
    return Quotient(situation.mois, round(valeur), parts, centimes, phrases_de(racine))


SANS_PARTAGE = frozenset({AUCUNE, NON_DIT, A_VOIR, PAR_PRESENCE, PAR_PROCHE})
"""Cases that do not depend on the other member of the couple; of the others, one of both is affiliated."""


def affiliations_de(situation: Situation) -> list[Affiliation]:
    """One for each adult who is there, at home or carer; two members of a couple who both may are left to a person."""
    foyer, personnes, b = fiches(situation)
    racine_de = {"foyer": foyer, "personnes": personnes, "b": b}
    allocations = [_euros_du_mois(situation, code) for code in ("ajpp", "ajpa")]
    trouvees = []
    for p in personnes:
        if p.role not in (DEMANDEUR, CONJOINT) or p.present[6] == 0:
            continue
        cas, etape = tracer(affiliation, p, foyer, personnes, b)
        code = affiliation_manque(p, foyer, personnes, b) if cas == NON_DIT else 0
        if cas in (AUCUNE, NON_DIT):
            aidant, etape_aidant = tracer(affiliation_aidant, p, *allocations, personnes, b)
            if aidant != AUCUNE:
                cas, etape, code = aidant, etape_aidant, ACTIVITE if aidant == NON_DIT else 0
        racine = Etape("avpf", "Affiliation", (), racine_de, cas, [etape])
        trouvees.append((p.role, cas, phrases_de(racine), _nom(code) if code else ""))
    if sum(cas not in SANS_PARTAGE for _, cas, _, _ in trouvees) > 1:
        trouvees = [(role, cas if cas in SANS_PARTAGE else A_VOIR, p, m) for role, cas, p, m in trouvees]
    return [
        Affiliation(role, None if cas in (NON_DIT, A_VOIR) else cas != AUCUNE, phrases, manque)
        for role, cas, phrases, manque in trouvees
    ]


def _euros_du_mois(situation: Situation, code: str) -> float:
    resultat = liquider(situation, [code])[code]
    return math.nan if resultat.motif == Motif.INCONNU.name else resultat.montant_centimes / 100


def cotisations_de(situation: Situation) -> Cotisations | None:
    """The contributions of whoever is employed to look after the children; None where nobody told of any."""
    foyer, personnes, b = fiches(situation)
    dites = [p.garde_cotisations for p in personnes] + [foyer.garde_domicile_cotisations]
    if all(math.isnan(montant) for montant in dites):
        return None
    code = cotisations_manque(foyer, personnes, b)
    if code:
        return Cotisations(None, (), _nom(code))
    valeur, etape = tracer(cotisations_prises_en_charge, foyer, personnes, b)
    racine = Etape(
        "cotisations", "Cotisations", (), {"foyer": foyer, "personnes": personnes, "b": b}, valeur, [etape]
    )  # fmt: skip
    return Cotisations(round(valeur * 100), phrases_de(racine))


SANS_DIFFERENTIEL = {
    Motif.A_INSTRUIRE: "Un agent de votre Caf le regarde.",
    Motif.AGE: "Aucun enfant gardé par une personne que vous employez n'ouvre ce complément, ou ne l'ouvre plus.",
    Motif.RESSOURCES: "Les revenus de votre foyer dépassaient le plafond en août 2025.",
    Motif.SEUIL: "La garde de mars à mai 2025 n'atteignait pas le nombre d'heures demandé.",
}
"""Why nothing is told of the complement, where the CMG itself is open."""


def differentiel_de(situation: Situation) -> Differentiel | None:
    """What completes the CMG since September 2025; None where nobody told of the spring before it."""
    foyer, personnes, b = fiches(situation)
    if math.isnan(foyer.cmg_2025) and math.isnan(foyer.cmg_differentiel):
        return None
    if b[6].mois < b[6].cmg_differentiel_mois[2] or math.isnan(b[6].cmg_differentiel_part):
        return None
    motif = Motif(differentiel_condition(foyer, personnes, b))
    if motif == Motif.INCONNU:
        return Differentiel(None, manque=_nom(differentiel_manque(foyer, personnes, b)))
    etapes = _etapes_du_differentiel(motif, foyer, personnes, b)
    racines = [Etape("differentiel", "Complément transitoire", (), _trois(foyer, personnes, b), 0, [e]) for e in etapes]
    phrases = tuple(phrase for racine in racines for phrase in phrases_de(racine))
    if motif != Motif.OUVERT:
        raison = SANS_DIFFERENTIEL.get(motif, "Le complément de libre choix du mode de garde n'est pas dû ce mois-ci.")
        return Differentiel(None if motif == Motif.A_INSTRUIRE else 0, phrases, raison=raison)
    centimes = round(etapes[-1].resultat * 100)
    jusque = en_lettres(fin_la_plus_tardive(foyer, personnes, b)) if centimes else ""
    return Differentiel(centimes, phrases, jusque)


def _etapes_du_differentiel(motif: Motif, foyer: Any, personnes: Any, b: Any) -> list[Etape]:
    """What opened it, where September 2025 computes it, then the amount: each a step of its own."""
    etapes = []
    if math.isnan(foyer.cmg_differentiel) and motif in (Motif.OUVERT, Motif.RESSOURCES, Motif.SEUIL):
        etapes.append(tracer(plafond_du_cmg, True, personnes, b, AOUT)[1])
        etapes.append(tracer(recours_suffisant, foyer, personnes, b)[1])
    if motif == Motif.OUVERT:
        etapes.append(tracer(complement_differentiel, foyer, personnes, b)[1])
    return etapes


def _trois(foyer: Any, personnes: Any, b: Any) -> dict[str, Any]:
    return {"foyer": foyer, "personnes": personnes, "b": b}


def _nom(code: int) -> str:
    return NATURES_PAR_CODE[code].libelle if code in NATURES_PAR_CODE else "qui vit avec vous"
