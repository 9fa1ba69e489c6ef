"""Whom the explained differences on the CMG concern: households that pay for the care of a child."""

from __future__ import annotations

import numpy as np

from limpide.droits.faits import ACTIVITES
from limpide.droits.faits_garde import GARDES_A_DOMICILE, MODES_GARDE

from .circonstances import Circonstances, Entiers, M, Masque

ASSISTANT, EN_STRUCTURE, MICRO_CRECHE = (
    MODES_GARDE.index(mode) for mode in ("assistant_maternel", "assistant_maternel_structure", "micro_creche")
)
SALARIE, PAR_STRUCTURE = GARDES_A_DOMICILE.index("emploi_direct"), GARDES_A_DOMICILE.index("structure")
TROIS_ANS, SIX_ANS = 3 * 12, 6 * 12
REFORME = np.datetime64("2025-09", "M")


def garde(c: Circonstances) -> Masque:
    """By person: a child whose care outside the home is paid."""
    return np.asarray(c.enfant & (c.personnes["mode_garde"] > 0))


def paie_une_garde(c: Circonstances) -> Masque:
    """By household."""
    return c.au_moins_un(garde(c)) | (c.foyers["garde_domicile"] > 0)


def emploi_direct(c: Circonstances) -> Masque:
    """By household: somebody is employed."""
    assistant = c.au_moins_un(c.enfant & (c.personnes["mode_garde"] == ASSISTANT))
    return assistant | (c.foyers["garde_domicile"] == SALARIE)


def reforme(c: Circonstances) -> Masque:
    """Somebody is employed since September 2025: an hourly effort, no more three bands."""
    return emploi_direct(c) & (np.datetime64(c.mois, "M") >= REFORME)


def plusieurs_gardes(c: Circonstances) -> Masque:
    """Several cares at once, or children on both sides of three years: OpenFisca adds a whole and a half amount."""
    petits = c.au_moins_un(c.enfant & (c.mois_civils() >= 0) & (c.mois_civils() < TROIS_ANS))
    grands = c.enfant & (c.mois_civils() >= TROIS_ANS) & (c.mois_civils() <= SIX_ANS)
    gardes = c.nombre(garde(c)) + (c.foyers["garde_domicile"] > 0)
    return paie_une_garde(c) & ((gardes > 1) | (petits & c.au_moins_un(grands)))


def seul_age(c: Circonstances) -> Masque:
    """The child is of an age that the two count otherwise: the months of three and six, the year of three, older."""
    age = c.mois_civils()
    annee = np.datetime64(c.mois, "Y").astype(int) - c.naissance.astype("datetime64[Y]").astype(int)
    limite = c.enfant & (age >= 0) & ((annee == TROIS_ANS // 12) | (age == TROIS_ANS) | (age >= SIX_ANS) | (age == 0))
    jeune = limite & (age <= 2 * SIX_ANS)
    return paie_une_garde(c) & (c.au_moins_un(jeune) | c.au_moins_un(c.enfant & c.age_faux()))


def majorations(c: Circonstances) -> Masque:
    """A parent alone, the AAH, a child who opens the AEEH, special hours."""
    aah = c.au_moins_un(~c.enfant & (c.personnes["aah"][:, M] > 0))
    enfants = c.enfant & ((c.personnes["aeeh_accordee"] == 1) | (c.personnes["garde_horaires_specifiques"] == 1))
    return paie_une_garde(c) & (~c.couple | aah | c.au_moins_un(enfants))


def activite(c: Circonstances) -> Masque:
    """No adult is at work: other incomes, studies or allowances may stand for it, which OpenFisca reads otherwise."""
    au_travail = ~c.enfant & (c.personnes["activite"] == ACTIVITES.index("actif"))
    return paie_une_garde(c) & ~c.au_moins_un(au_travail)


def prepare_recue(c: Circonstances) -> Masque:
    """The PreParE is received: its rate closes the CMG, halves it, or changes nothing."""
    return paie_une_garde(c) & (c.foyers["paje_prepare"][:, M] > 0)


def enfants_comptes(c: Circonstances) -> Masque:
    """A child who may count for one and not for the other: shared residence, school, pay, twentieth year."""
    p, age = c.personnes, c.mois_civils()
    autre = (p["garde_alternee"] == 1) | (p["rempli_obligation_scolaire"] != 1) | (age >= 16 * 12)
    return paie_une_garde(c) & c.au_moins_un(c.enfant & autre)


def sejour_ou_lieu(c: Circonstances) -> Masque:
    """A claimant of another nationality, or a household out of reach of the benefit: OpenFisca looks at neither."""
    etranger = c.au_moins_un((c.personnes["role"] == 0) & (c.personnes["nationalite"] == 2))
    ailleurs = c.residence("mayotte", "saint_pierre_et_miquelon", "hors_de_france")
    return paie_une_garde(c) & (etranger | ailleurs)


def structure_refusee(c: Circonstances) -> Masque:
    """Few hours in a structure, or a micro-crèche too dear by the hour."""
    p, b = c.personnes, c.bareme[M]
    structure = c.enfant & (p["mode_garde"] > ASSISTANT)
    chere = (p["mode_garde"] == MICRO_CRECHE) & (p["garde_cout"] > p["garde_heures"] * b.cmg_tarif_maximal)
    peu = c.foyers["garde_domicile_heures"] < b.cmg_heures_minimum
    domicile = (c.foyers["garde_domicile"] == PAR_STRUCTURE) & peu
    return c.au_moins_un(structure & (chere | (p["garde_heures"] < b.cmg_heures_minimum))) | domicile


def depense_faible(c: Circonstances) -> Masque:
    """85 % of what is paid is less than the amount of the band of income: OpenFisca knows no cost."""
    b, p = c.bareme[M], c.personnes
    taux = {ASSISTANT: b.cmg_direct_taux, EN_STRUCTURE: b.cmg_assistant_taux, MICRO_CRECHE: b.cmg_domicile_taux}
    bas = np.zeros(len(p), bool)
    for mode, parts in taux.items():
        maximum = np.asarray(parts)[tranche(c)] * b.bmaf
        bas |= (p["mode_garde"] == mode) & (p["garde_cout"] * b.cmg_part_maximale < maximum[c.appartenance])
    parts_chez_soi = np.where(c.foyers["garde_domicile"] == SALARIE, 0, 1)
    deux = np.stack([np.asarray(b.cmg_direct_taux)[tranche(c)], np.asarray(b.cmg_domicile_taux)[tranche(c)]])
    chez_soi = deux[parts_chez_soi, np.arange(len(c.foyers))] * b.bmaf
    cher = c.foyers["garde_domicile_cout"] * b.cmg_part_maximale < chez_soi
    return c.au_moins_un(c.enfant & bas) | ((c.foyers["garde_domicile"] > 0) & cher)


def tranche(c: Circonstances) -> Entiers:
    """By household: 0, 1 or 2, by the ceilings of a couple."""
    b, enfants = c.bareme[M], c.nombre(c.a_charge)
    seuils = [p[0] + enfants * p[1] for p in (b.cmg_plafond_premier, b.cmg_plafond_second)]
    return np.asarray(sum((c.ressources > seuil).astype(np.int64) for seuil in seuils))
