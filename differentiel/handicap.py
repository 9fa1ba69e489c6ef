"""What OpenFisca-France is told for the allocation aux adultes handicapés and its complement, person by person.

The resources are facts for both sides, each by its kind and net of the deduction of 10 %: OpenFisca composes them
otherwise (see `docs/divergences.md`), and what is compared is what the law does of them. A partner's are told before
the 10 % that OpenFisca takes off.

For the complement the allowances and the housing benefit received are facts for both sides too; the work of the twelve
months before, which is what OpenFisca looks at, is told with everything that is earned by work.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from limpide.droits.faits_handicap import ETABLISSEMENTS
from limpide.droits.situation import ENFANT

from .circonstances import EPOQUE, Circonstances, Euros, M, Masque
from .passerelle import Donnees

Tableau = npt.NDArray[np.void]

TRIMESTRE = slice(M - 3, M)
TRAVAIL = ("salaire_net", "revenus_stage_formation_pro", "indemnites_chomage_partiel", "bourse_recherche")
REMPLACEMENT = (
    "chomage_net", "allocation_securisation_professionnelle", "ass", "indemnites_journalieres_maladie",
    "indemnites_journalieres_accident_travail", "indemnites_journalieres_maladie_professionnelle",
    "indemnites_journalieres_maternite", "indemnites_journalieres_paternite", "indemnites_journalieres_adoption",
)  # fmt: skip
PENSIONS = ("retraite_nette", "pensions_invalidite", "pensions_alimentaires_percues", "prestation_compensatoire")
INDEPENDANTS = ("rpns_benefice_exploitant_agricole", "rpns_micro_entreprise_benefice", "rpns_autres_revenus")
TUS = ("aah", "caah")
JAMAIS = np.datetime64("9999-12-31", "D")


def pour_l_aah(donnees: Donnees, mois: str, foyers: Tableau, personnes: Tableau) -> Donnees:
    """The same households without the allowance they receive, with what opens it."""
    c = Circonstances(mois, foyers, personnes)
    dites = {cle: valeurs for cle, valeurs in donnees.items() if cle.partition("@")[0] not in TUS}
    adulte = personnes["role"] != ENFANT
    dites[f"taux_incapacite@{mois}"] = np.where(adulte, personnes["taux_incapacite"] / 100, 0).astype(np.float32)
    for nom in ("aah_restriction_substantielle_durable_acces_emploi", "aah_conjugalise_eligible"):
        dites[f"{nom}@{mois}"] = personnes[nom] == 1
    depuis = EPOQUE + personnes["sejour_en_etablissement_depuis"].astype(np.int64)
    prison = personnes["sejour_en_etablissement"] == ETABLISSEMENTS.index("prison")
    ailleurs = (personnes["sejour_en_etablissement"] > 0) & ~prison
    for nom, la in (("incarceration", prison), ("hospitalisation", ailleurs)):
        dites[f"aah_date_debut_{nom}@{mois}"] = np.where(la, depuis, JAMAIS)
    _dire_les_ressources(dites, c)
    enfants = c.nombre(c.a_charge)
    dites[f"af_nbenf@{mois}"] = enfants.astype(np.int32)
    annee = str(int(mois[:4]) - 1)
    dites[f"nb_pac@{annee}"] = enfants.astype(np.int32)
    dites[f"rpns_imposables@{annee}"] = np.zeros(len(personnes), np.float32)
    return dites


def _dire_les_ressources(dites: Donnees, c: Circonstances) -> None:
    """By kind, for a year; « salaire_imposable » only says which period is read."""
    p, b = c.personnes, c.bareme[M]
    trimestre = par_trimestre(p)
    dites[f"salaire_imposable@{c.mois}"] = trimestre.astype(np.float32)
    garde = 1 - b.aah_frais
    retenu = (c.personnes["role"] == 1) | (c.personnes["role"] == 0)
    seul = ~eligible_au_taux(p, b)
    travail = 12 * travail_du_trimestre(p, garde)
    autres = 12 * autres_du_trimestre(p, garde, b.aah_abattement_pension)
    travail_n2, pensions_n2, autres_n2 = p["aah_activite_n2"], p["aah_pensions_n2"], p["aah_autres_revenus_n2"]
    # A partner without a right: everything bears the same abatement, and OpenFisca's own 10 %.
    brut = travail + 12 * autres_du_trimestre(p, garde, 0.0)
    annuel = travail_n2 + pensions_n2 + autres_n2
    for periode, activite, reste, tout in (
        ("trimestrielle", travail, autres, brut),
        ("annuelle", travail_n2, pensions_n2 * (1 - b.aah_abattement_pension) + autres_n2, annuel),
    ):
        nom = f"eval_{periode}@{c.mois}"
        dit = np.where(seul & retenu, tout / garde, activite)
        dites[f"aah_base_ressources_activite_{nom}"] = dit.astype(np.float32)
        dites[f"aah_base_ressources_hors_activite_{nom}"] = np.where(seul, 0.0, reste).astype(np.float32)


def eligible_au_taux(personnes: Tableau, b: object) -> Masque:
    """By person: the rate opens the right."""
    taux, restriction = personnes["taux_incapacite"], "aah_restriction_substantielle_durable_acces_emploi"
    plein, moindre = b.aah_taux_incapacite, b.aah_taux_avec_restriction  # type: ignore[attr-defined]
    adulte = personnes["role"] != ENFANT
    return np.asarray(adulte & ((taux >= plein) | ((taux >= moindre) & (personnes[restriction] == 1))))


def travail_du_trimestre(personnes: Tableau, garde: float) -> Euros:
    """Net taxable income from ordinary employment, euros a month."""
    mensuel = sum(personnes[nom][:, TRIMESTRE] for nom in TRAVAIL)
    mensuel = mensuel + np.maximum(personnes["rpns_auto_entrepreneur_benefice"][:, TRIMESTRE], 0)
    mensuel = np.maximum(mensuel - personnes["aah_base_ressources_activite_milieu_protege"][:, TRIMESTRE], 0)
    profits = sum(np.maximum(personnes[nom], 0) for nom in INDEPENDANTS)
    return np.asarray(mensuel.sum(axis=1) / 3 * garde + profits / 12)


def autres_du_trimestre(personnes: Tableau, garde: float, abattement: float) -> Euros:
    """The other resources, euros a month, pensions less the abatement."""
    remplacement = sum(personnes[nom][:, TRIMESTRE] for nom in REMPLACEMENT)
    pensions = sum(personnes[nom][:, TRIMESTRE] for nom in PENSIONS)
    reste = personnes["revenus_capital"][:, TRIMESTRE] + personnes["revenus_locatifs"][:, TRIMESTRE]
    reste = reste - personnes["pensions_alimentaires_versees_individu"][:, TRIMESTRE]
    mensuel = (remplacement + pensions * (1 - abattement)) * garde + reste
    return np.asarray(mensuel.sum(axis=1) / 3)


def par_trimestre(personnes: Tableau) -> Masque:
    """By person: the quarter is read, not year N-2."""
    return np.asarray((travail_du_trimestre(personnes, 1.0) > 0) | (personnes["aah_evaluation_trimestrielle"] == 1))


def pour_le_complement(donnees: Donnees, mois: str, foyers: Tableau, personnes: Tableau) -> Donnees:
    """The same households with the allowance they receive, without the complement, and the work of the year before."""
    dites = {cle: valeurs for cle, valeurs in donnees.items() if cle.partition("@")[0] != "caah"}
    adulte = personnes["role"] != ENFANT
    dites[f"taux_incapacite@{mois}"] = np.where(adulte, personnes["taux_incapacite"] / 100, 0).astype(np.float32)
    dites[f"asi_eligibilite@{mois}"] = personnes["asi"][:, M] > 0
    dites[f"aide_logement_montant@{mois}"] = foyers["aide_logement"][:, M].astype(np.float32)
    paye = paye_par_mois(personnes)
    fin = np.datetime64(mois, "M")
    for recul in range(1, 13):
        dites[f"salaire_imposable@{fin - recul}"] = paye[:, max(0, M - recul)].astype(np.float32)
    # OpenFisca asks for the profits of the same twelve months, as a year of their own.
    dites[f"rpns_imposables@year:{fin - 12}"] = profits_de_l_annee(personnes).astype(np.float32)
    return dites


def paye_par_mois(personnes: Tableau) -> Euros:
    """By person and month of the window: what work pays, an Esat (part of the wage) and an apprenticeship included."""
    mensuel = sum(personnes[nom] for nom in TRAVAIL) + np.maximum(personnes["rpns_auto_entrepreneur_benefice"], 0)
    mensuel = np.maximum(mensuel, personnes["aah_base_ressources_activite_milieu_protege"])
    return np.asarray(mensuel + personnes["remuneration_apprenti"])


def profits_de_l_annee(personnes: Tableau) -> Euros:
    """By person: yearly profits of every trade, a loss counting for nothing."""
    return np.asarray(sum(np.maximum(personnes[nom], 0) for nom in INDEPENDANTS))


PAR_PERSONNE = {"aah": pour_l_aah, "caah": pour_le_complement}
"""Rights that OpenFisca computes by person, of which ours is the household's sum."""
