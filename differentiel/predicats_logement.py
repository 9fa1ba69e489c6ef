"""Whom the explained differences on housing benefits concern."""

from __future__ import annotations

import numpy as np

from limpide.droits.calcul import liquider_lot
from limpide.droits.moteur import Motif
from limpide.droits.situation import NATURES

from . import predicats_cf as cf
from .circonstances import Circonstances, M, Masque
from .passerelle import INDEPENDANTS
from .predicats_af import sejour_de_moins_d_un_an as sans_sejour

STATUTS = NATURES["statut_occupation_logement"].valeurs
CHOMEUR = NATURES["activite"].valeurs.index("chomeur")
RETRAITE = NATURES["activite"].valeurs.index("retraite")
CONGE_PARENTAL = 1
AIDES = ("apl", "alf", "als")
PENSIONS = ("retraite_nette", "aah", "pensions_invalidite", "rente_accident_travail")
ARRETS = ("indemnites_journalieres_maladie", "indemnites_journalieres_accident_travail")


LOUES = ("locataire_hlm", "locataire_vide", "locataire_meuble")


def _locataire(c: Circonstances, masque: Masque) -> Masque:
    """Of the households concerned, those that rent: nobody else has a housing benefit on either side."""
    rangs = [STATUTS.index(nom) for nom in LOUES]
    return np.asarray(masque & np.isin(c.foyers["statut_occupation_logement"], rangs))


def age_en_annees_moyennes(c: Circonstances) -> Masque:
    """A child whose age, around a threshold, OpenFisca misses."""
    return _locataire(c, cf.age_en_annees_moyennes(c))


def anniversaire_dans_le_mois(c: Circonstances) -> Masque:
    """A child born, or of twenty-one, in the month computed."""
    return _locataire(c, cf.anniversaire_dans_le_mois(c))


def hors_de_l_ecole(c: Circonstances) -> Masque:
    """A child under sixteen who does not attend school."""
    return _locataire(c, cf.hors_de_l_ecole(c))


def remuneration_de_l_enfant(c: Circonstances) -> Masque:
    """A child whose pay counts in the month, which OpenFisca averages."""
    return _locataire(c, cf.remuneration_de_l_enfant(c))


def sejour_de_moins_d_un_an(c: Circonstances) -> Masque:
    """No adult is French, European, protected, or holds a permit for a year."""
    return _locataire(c, sans_sejour(c))


def _adulte(c: Circonstances, condition: Masque) -> Masque:
    """A claimant or partner of the household satisfies."""
    return _locataire(c, c.au_moins_un(~c.enfant & condition))


def _qui_gagne(c: Circonstances, condition: Masque) -> Masque:
    """A claimant or partner satisfies, or a child with an income of work: OpenFisca cuts that one too."""
    p = c.personnes
    gagne = p["logement_salaires"] + p["logement_chomage"] + abs(sum(p[nom] for nom in INDEPENDANTS)) > 0
    return _locataire(c, c.au_moins_un((~c.enfant | gagne) & condition))


def _conventionne(c: Circonstances) -> Masque:
    return np.asarray(c.foyers["logement_conventionne"] == 1)


def _hlm(c: Circonstances) -> Masque:
    return np.asarray(c.foyers["statut_occupation_logement"] == STATUTS.index("locataire_hlm"))


def proche(c: Circonstances) -> Masque:
    """The dwelling belongs to the family: OpenFisca still gives the APL."""
    return np.asarray(c.foyers["proprietaire_proche_famille"] == 1)


def a_examiner(c: Circonstances) -> Masque:
    """A loan of long ago, works at home; a foreign student without a grant; until 2020, who works and had little."""
    resultats = liquider_lot(c.mois, c.foyers, c.personnes, droits=AIDES)
    return np.asarray(np.any([resultats[f"{aide}_motif"] == Motif.A_INSTRUIRE for aide in AIDES], axis=0))


def accession(c: Circonstances) -> Masque:
    """Home buyers: ceilings by date of the loan, minimum of the APL, least net expense, floor of income."""
    return np.asarray(c.foyers["statut_occupation_logement"] == STATUTS.index("primo_accedant"))


def en_foyer(c: Circonstances) -> Masque:
    """Hostel residents: « K » cut to two decimals, second scale, least net expense, fee that caps the allowance."""
    return np.asarray(c.foyers["statut_occupation_logement"] == STATUTS.index("locataire_foyer"))


def outre_mer(c: Circonstances) -> Masque:
    """Overseas: no APL for a tenant, R0 with one dependant raised since 2024."""
    return _locataire(c, ~c.residence("metropole"))


def prive_conventionne(c: Circonstances) -> Masque:
    """Under agreement with a private landlord: OpenFisca still applies the reduction of social rents."""
    return _locataire(c, _conventionne(c) & ~_hlm(c))


def reduction_limite(c: Circonstances) -> Masque:
    """Social tenants whose income rounds up over the ceiling of the reduction, of which the aid is then not cut."""
    exact = liquider_lot(c.mois, c.foyers, c.personnes, droits=("apl",))
    un_peu_plus = c.personnes.copy()
    un_peu_plus["revenus_imposables_n2"][un_peu_plus["role"] == 0] += 100
    apres = liquider_lot(c.mois, c.foyers, un_peu_plus, droits=("apl",))
    return np.asarray(_hlm(c) & (apres["apl"] > exact["apl"]))


def residence_alternee(c: Circonstances) -> Masque:
    """A child in shared custody: OpenFisca counts it whole."""
    return _locataire(c, c.au_moins_un(c.enfant & (c.personnes["garde_alternee"] == 1)))


def enceinte(c: Circonstances) -> Masque:
    """A woman alone and pregnant: OpenFisca counts a couple, whatever the month and the benefit."""
    seule = ~c.couple & ~c.au_moins_un(c.enfant & (c.mois_civils() >= 1) & (c.mois_civils() < 20 * 12))
    colocataire = ~c.couple & (c.foyers["coloc"] == 1)
    return np.asarray((seule | colocataire) & _adulte(c, c.personnes["enceinte"] == 1))


def chambre_en_colocation(c: Circonstances) -> Masque:
    """A room in a shared home: OpenFisca takes 75 % of 90 %."""
    return _locataire(c, (c.foyers["coloc"] == 1) & (c.foyers["logement_chambre"] == 1))


def incapacite(c: Circonstances) -> Masque:
    """A grown child with a disability: of exactly 80 %, or with income that OpenFisca counts otherwise."""
    grand = c.enfant & (c.mois_civils() >= 20 * 12) & (c.personnes["taux_incapacite"] >= 80)
    return _locataire(c, c.au_moins_un(grand))


def enfant_a_revenus(c: Circonstances) -> Masque:
    """A child with placements, with a trade of its own, or with costs: OpenFisca counts those of adults."""
    p = c.personnes
    autres = p["revenus_imposables_n2"] + p["logement_pensions_versees"] + abs(sum(p[nom] for nom in INDEPENDANTS))
    return _locataire(c, c.au_moins_un(c.enfant & ((autres > 0) | (p["ass"][:, M] > 0))))


def chomage(c: Circonstances) -> Masque:
    """Out of work, or with the ASS: since when, with what insurance, and whose income is left out (no child's)."""
    p = c.personnes
    return _qui_gagne(c, (p["activite"] == CHOMEUR) | (p["ass"][:, M - 1 :] > 0).any(axis=1))


def cessation(c: Circonstances) -> Masque:
    """A pension, the AAH or a long sick leave: whether work stopped, and what is cut by 30 % (nothing of a child's)."""
    p = c.personnes
    recu = sum(p[nom][:, M] for nom in (*PENSIONS, *ARRETS)) > 0
    return _qui_gagne(c, recu | (p["activite"] == RETRAITE))


def rsa_recu(c: Circonstances) -> Masque:
    """RSA with children who earn: OpenFisca leaves out the parents' income only from the month itself."""
    return np.asarray((c.foyers["rsa"][:, M - 1] > 0) & _adulte(c, c.personnes["logement_salaires"] > 0))


def conge_parental(c: Circonstances) -> Masque:
    """Parental leave of a parent alone, or for one child over three: OpenFisca still leaves the income out."""
    return _adulte(c, c.personnes["type_conges"] == CONGE_PARENTAL)


def deux_actifs(c: Circonstances) -> Masque:
    """Two partners who worked: OpenFisca asks a month's wage to reach twelve times the monthly base."""
    revenu = c.personnes["logement_salaires"] + sum(c.personnes[nom] for nom in INDEPENDANTS)
    actifs = c.nombre(~c.enfant & (revenu >= 12 * c.bareme[M].bmaf * 0.99))
    return _locataire(c, np.asarray(actifs > 1))


def frais_minimums(c: Circonstances) -> Masque:
    """Wages under the least deduction of costs: OpenFisca takes the excess off other incomes."""
    p = c.personnes
    gagne = p["logement_salaires"] + p["logement_chomage"]
    deduit = np.maximum(np.maximum(gagne * 0.1, c.bareme[M].al_frais[0]), p["frais_reels"])
    return _locataire(c, c.au_moins_un((gagne > 0) & (p["logement_salaires"] < deduit * 1.01)))


def pensions(c: Circonstances) -> Masque:
    """Small pensions: the least abatement is that of another year."""
    p = c.personnes["logement_pensions"]
    return _locataire(c, c.au_moins_un((p > 0) & (p * 0.1 < 1.05 * c.bareme[M].al_pensions)))


def jeunes_maries(c: Circonstances) -> Masque:
    """Married for less than five years: family allowance, which OpenFisca calls social."""
    sans_enfant = ~c.au_moins_un(c.enfant & (c.mois_civils() >= 1) & (c.mois_civils() < 20 * 12))
    return _locataire(c, sans_enfant & ~_conventionne(c) & (c.foyers["jeunes_maries"] == 1))


def seuil(c: Circonstances) -> Masque:
    """The law finds less than ten euros: OpenFisca looks at the threshold before the deductions."""
    resultats = liquider_lot(c.mois, c.foyers, c.personnes, droits=("alf", "als"))
    return np.asarray((resultats["alf_motif"] == Motif.SEUIL) | (resultats["als_motif"] == Motif.SEUIL))
