"""Whom the explained differences on the allocation aux adultes handicapés and on its complement concern."""

from __future__ import annotations

from .circonstances import Circonstances, M, Masque
from .handicap import (
    eligible_au_taux,
    par_trimestre,
    paye_par_mois,
    profits_de_l_annee,
    travail_du_trimestre,
)

AVANTAGES = ("retraite_nette", "pensions_invalidite", "rente_accident_travail", "aspa_individu")
DECONJUGALISATION = "2023-10"
SUBSTITUTIONS = ("chomage_net", "retraite_nette", "rente_accident_travail", "pensions_invalidite")


def _reconnu(c: Circonstances) -> Masque:
    """By person: an adult whose rate opens the right."""
    return eligible_au_taux(c.personnes, c.bareme[M])


def vingt_ans(c: Circonstances) -> Masque:
    """An adult not yet past the month of the twentieth birthday: still in charge of parents, or that very month."""
    return c.au_moins_un(_reconnu(c) & (c.mois_civils() <= 20 * 12))


def sejour_de_moins_d_un_an(c: Circonstances) -> Masque:
    """A foreign adult whose permit is checked by a person; each adult has a right of one's own."""
    p = c.personnes
    equivalent = (p["protection_internationale"] == 1) | (p["carte_resident"] == 1)
    return c.au_moins_un(_reconnu(c) & (p["nationalite"] == 2) & (p["duree_possession_titre_sejour"] < 1) & ~equivalent)


def age_d_inaptitude(c: Circonstances) -> Masque:
    """Below 80 %, between sixty-two and the age that OpenFisca takes."""
    moindre = c.personnes["taux_incapacite"] < c.bareme[M].aah_taux_incapacite
    age = c.mois_civils()
    return c.au_moins_un(_reconnu(c) & moindre & (age >= 62 * 12) & (age <= 66 * 12))


def ass_recue(c: Circonstances) -> Masque:
    """An adult who receives the allocation de solidarité spécifique in the month."""
    return c.au_moins_un(_reconnu(c) & (c.personnes["ass"][:, M] > 0))


def avantages(c: Circonstances) -> Masque:
    """A pension, an annuity or a minimum that OpenFisca does not complete, or not of that month."""
    p = c.personnes
    autres = (p["retraite_nette"][:, M] > 0) | (p["rente_accident_travail"][:, M] > 0) | (p["aspa_individu"][:, M] > 0)
    return c.au_moins_un(_reconnu(c) & (autres | (p["asi"][:, M] != p["asi"][:, M - 1])))


def cessation(c: Circonstances) -> Masque:
    """Work incomes that OpenFisca lowers by 30 % or 60 %, without a change of situation being told."""
    p = c.personnes
    substitution = sum(p[nom][:, M - 1] for nom in SUBSTITUTIONS) > 0
    annee = ~par_trimestre(p) & (p["aah_activite_n2"] > 0)
    trimestre = par_trimestre(p) & substitution & (travail_du_trimestre(p, 1.0) > 0)
    return c.au_moins_un(_reconnu(c) & (annee | trimestre))


def smic_de_la_periode(c: Circonstances) -> Masque:
    """Work incomes whose threshold is not that of the month's minimum wage: year N-2, or a wage raised since."""
    p = c.personnes
    releve = c.bareme[M].smic_horaire != c.bareme[M - 1].smic_horaire
    annee = ~par_trimestre(p) & (p["aah_activite_n2"] > 0)
    return c.au_moins_un(_reconnu(c) & (annee | (releve & (travail_du_trimestre(p, 1.0) > 0))))


def changement_de_travail(c: Circonstances) -> Masque:
    """Work begun, reduced or stopped: facts that OpenFisca has no input for."""
    p = c.personnes
    change = (p["abattement_activite"] > 0) | (p["aah_cumul_integral"] == 1) | (p["revenus_interrompus"] == 1)
    return c.au_moins_un(_reconnu(c) & change)


def esat(c: Circonstances) -> Masque:
    """An adult who works in an Esat."""
    return c.au_moins_un(_reconnu(c) & (c.personnes["aah_base_ressources_activite_milieu_protege"][:, M] > 0))


def sejour_en_etablissement(c: Circonstances) -> Masque:
    """A stay in an establishment: its exceptions, and 30 % of the full amount rather than of one's own."""
    return c.au_moins_un(_reconnu(c) & (c.personnes["sejour_en_etablissement"] > 0))


def deux_allocataires(c: Circonstances) -> Masque:
    """A couple of two beneficiaries reckoned together: all until September 2023, since then who kept that reckoning."""
    garde = c.au_moins_un(_reconnu(c) & (c.personnes["aah_conjugalise_eligible"] == 1))
    return (garde | (c.mois < DECONJUGALISATION)) & (c.nombre(_reconnu(c)) == 2)


# -- the complement
# ------------------------------------------------------------------------


def _allocataire(c: Circonstances) -> Masque:
    """By person: an adult at 80 % who receives the AAH or the ASI in the month."""
    p = c.personnes
    recue = (p["aah"][:, M] > 0) | (p["asi"][:, M] > 0)
    return ~c.enfant & (p["taux_incapacite"] >= c.bareme[M].aah_taux_incapacite) & recue


def allocation_reduite(c: Circonstances) -> Masque:
    """An AAH below its full rate that completes no pension, annuity nor minimum."""
    p = c.personnes
    avantage = sum(p[nom][:, M] for nom in (*AVANTAGES, "asi")) > 0
    return c.au_moins_un(_allocataire(c) & (p["aah"][:, M] < c.bareme[M].aah_montant) & ~avantage)


def travail_d_une_autre_periode(c: Circonstances) -> Masque:
    """Work in the month and none in the months before, or the contrary, without yearly profits."""
    paye = paye_par_mois(c.personnes) > 0
    change = paye[:, M] != paye[:, :M].any(axis=1)
    return c.au_moins_un(_allocataire(c) & change & (profits_de_l_annee(c.personnes) == 0))


def complement_suspendu(c: Circonstances) -> Masque:
    """A stay in an establishment that had lasted sixty days on the first of the month."""
    p, b = c.personnes, c.bareme[M]
    suspendu = p["sejour_en_etablissement_depuis"] + b.aah_jours_en_etablissement <= b.debut_mois
    return c.au_moins_un(_allocataire(c) & (p["sejour_en_etablissement"] > 0) & suspendu)
