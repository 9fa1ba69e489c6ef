"""OpenFisca-France on the population of the benchmark, in three ways of feeding it.

- `net`: monthly net wages and unemployment benefits, housing, status: the normal use by a survey or a
simulator; - `caf`: the same, plus what a Caf's file holds (yearly tax aggregates, benefits paid, past RSA
and AAH), so that OpenFisca walks neither the income tax nor its own past: its best case; - `faits`: exactly
the facts Limpide is given, housing benefit and yearly income included: least work of all.
"""

from __future__ import annotations

import numpy as np

from differentiel.passerelle import Donnees, traduire
from limpide.droits.hasard.banc import STATUTS, Banc, enregistrer, mois_du_banc

MODES = ("net", "caf", "faits")
ZONES = np.array(["zone_1", "zone_2", "zone_3"])
ANNEES = ("2023", "2024", "2025", "2026")

NULS_MENSUELS = (
    "asi",
    "ass",
    "retraite_nette",
    "retraite_imposable",
    "revenus_capital",
    "revenus_locatifs",
    "rpns_auto_entrepreneur_benefice",
    "remuneration_apprenti",
    "rsa_base_ressources_patrimoine_individu",
    "indemnites_journalieres_imposables",
    "pensions_invalidite",
    "rente_accident_travail",
    "indemnites_stage",
)
NULS_ANNUELS = (
    "rpns_imposables",
    "rpns_pvce",
    "rpns_exon",
    "rpns_pvct",
    "moins_values_court_terme_non_salaries",
    "moins_values_long_terme_non_salaries",
    "ppa_rsa_derniers_revenus_tns_annuels_connus",
    "rpns_micro_entreprise_benefice",
    "rpns_benefice_exploitant_agricole",
    "rpns_autres_revenus",
    "abattement_salaires_pensions",
)
NULS_ANNUELS_DU_FOYER = (
    "rev_coll",
    "aide_logement_base_revenus_fiscaux",
    "abattements_speciaux_prestations_familiales",
    "pensions_alimentaires_versees",
    "assiette_csg_plus_values",
    "rente_viagere_titre_onereux_net",
)


def entrees(banc: Banc, mode: str, mois: str) -> Donnees:
    """OpenFisca's inputs for a mode."""
    if mode == "faits":
        return traduire(mois, *enregistrer(banc, mois))
    donnees = _entrees_net(banc)
    if mode == "caf":
        donnees |= _fichier_de_la_caf(banc, mois)
    return donnees


def _entrees_net(banc: Banc) -> Donnees:
    activite = np.where(
        banc.chomeur,
        "chomeur",
        np.where(banc.etudiant, "etudiant", np.where(banc.salarie, "actif", "inactif")),
    )
    jamais, debut = np.datetime64("2099-12-31"), np.datetime64("2026-01-15")
    donnees: Donnees = {
        "appartenance": banc.foyer,
        "role": banc.role,
        "date_naissance@ETERNITY": banc.naissance,
        "date_debut_chomage@ETERNITY": np.where(banc.chomeur, debut, jamais).astype("datetime64[D]"),
    }
    for mois in mois_du_banc():
        salaires, chomages = banc.salaires[mois], banc.chomages[mois]
        donnees[f"salaire_net@{mois}"] = salaires
        donnees[f"salaire_imposable@{mois}"] = (salaires * 1.035).astype(np.float32)
        donnees[f"chomage_net@{mois}"] = chomages
        donnees[f"chomage_imposable@{mois}"] = (chomages * 1.02).astype(np.float32)
        donnees[f"pensions_alimentaires_percues@{mois}"] = banc.pension.astype(np.float32)
        if mois < "2025-01":
            continue
        donnees |= {
            f"loyer@{mois}": banc.loyer.astype(np.float32),
            f"zone_apl@{mois}": ZONES[banc.zone],
            f"statut_occupation_logement@{mois}": np.array(STATUTS)[banc.logement],
            f"activite@{mois}": activite,
            f"etudiant@{mois}": banc.etudiant,
            f"taux_incapacite@{mois}": banc.taux_incapacite.astype(np.float32),
            f"aah_restriction_substantielle_durable_acces_emploi@{mois}": banc.restriction_emploi,
            f"handicap@{mois}": banc.handicap,
            f"aeeh_niveau_handicap@{mois}": banc.niveau_aeeh,
            f"enceinte@{mois}": banc.enceinte,
        }
    return donnees


def _fichier_de_la_caf(banc: Banc, mois_du_droit: str) -> Donnees:
    personnes, foyers = np.zeros(len(banc.foyer), np.float32), np.zeros(banc.nombre, np.float32)
    donnees: Donnees = {}
    for annee in ANNEES:
        donnees |= {f"{nom}@{annee}": personnes for nom in NULS_ANNUELS}
        donnees |= {f"{nom}@{annee}": foyers for nom in NULS_ANNUELS_DU_FOYER}
    for mois in mois_du_banc():
        if mois >= "2024-01":
            donnees |= {f"{nom}@{mois}": personnes for nom in NULS_MENSUELS}
            donnees[f"aspa@{mois}"] = foyers
        if "2025-01" <= mois < mois_du_droit:
            donnees[f"rsa@{mois}"] = foyers
            donnees[f"aah@{mois}"] = personnes
    return donnees
