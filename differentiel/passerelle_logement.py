"""The dwelling and its income told to OpenFisca-France, for the three housing benefits only.

OpenFisca's `apl`, `alf` and `als` are what is paid after CRDS: ours are compared less their CRDS (`NETS`).
"""

from __future__ import annotations

import numpy as np

from limpide.droits.situation import DATE_INCONNUE, ENFANT, NATURES, M

from .passerelle import INDEPENDANTS, JAMAIS, Donnees, Tableau

NETS = ("apl", "alf", "als")
ACCEDANT = NATURES["statut_occupation_logement"].valeurs.index("primo_accedant")
EPOQUE = np.datetime64("1970-01-01", "D")
DERNIER = 13
"""The reference period runs from the thirteenth month before to the second."""


def avec_le_logement(donnees: Donnees, mois: str, foyers: Tableau, personnes: Tableau) -> Donnees:
    """The same households, with what OpenFisca asks for housing benefits; nothing else is asked of these data."""
    fin = np.datetime64(mois, "M")
    annee = int(mois[:4])
    completes = {cle: valeurs for cle, valeurs in donnees.items() if not cle.startswith("pensions_alimentaires")}
    ancien = mois < "2021-01"
    for recul in range(DERNIER + 1):
        periode = str(fin - recul)
        _revenus(completes, periode, recul, personnes)
        completes[f"rsa@{periode}"] = foyers["rsa"][:, max(0, M - recul)].astype(np.float32)
    if ancien:  # the calendar year before last
        for numero in range(1, 13):
            _revenus(completes, f"{annee - 2}-{numero:02d}", DERNIER, personnes)
    _annees(completes, annee, annee - 2 if ancien else annee - 1, foyers, personnes)
    _circonstances(completes, mois, foyers, personnes)
    _logement(completes, mois, foyers)
    return completes


def _revenus(donnees: Donnees, periode: str, recul: int, personnes: Tableau) -> None:
    """A twelfth of the year's income in each month of it; in the last two, what the window says."""
    dans_la_periode = recul > 1
    chomage = personnes["logement_chomage"] / 12 if dans_la_periode else personnes["chomage_net"][:, M - recul]
    donnees[f"chomage_imposable@{periode}"] = chomage.astype(np.float32)
    salaire = personnes["logement_salaires"] / 12 if dans_la_periode else personnes["salaire_net"][:, M - recul]
    donnees[f"salaire_imposable@{periode}"] = salaire.astype(np.float32)
    donnees[f"retraite_imposable@{periode}"] = (personnes["logement_pensions"] / 12).astype(np.float32)


def _annees(donnees: Donnees, annee: int, des_charges: int, foyers: Tableau, personnes: Tableau) -> None:
    n, appartenance = len(foyers), donnees["appartenance"].astype(np.int64)
    adulte = personnes["role"] != ENFANT
    independant = sum(personnes[nom] for nom in INDEPENDANTS)
    donnees[f"rpns_imposables@{annee - 2}"] = np.asarray(independant, dtype=np.float32)
    donnees[f"frais_reels@{des_charges}"] = np.round(personnes["frais_reels"]).astype(np.int32)
    placements = np.bincount(appartenance, personnes["revenus_imposables_n2"] * adulte, n)
    donnees[f"aide_logement_base_revenus_fiscaux@{annee - 2}"] = placements.astype(np.float32)
    versees = np.bincount(appartenance, personnes["logement_pensions_versees"] * adulte, n)
    donnees[f"pensions_alimentaires_versees@{des_charges}"] = (-versees).astype(np.float32)
    donnees[f"abattements_speciaux_prestations_familiales@{annee - 2}"] = np.zeros(n, np.float32)


def _circonstances(donnees: Donnees, mois: str, foyers: Tableau, personnes: Tableau) -> None:
    appartenance = donnees["appartenance"].astype(np.int64)
    for nom in ("activite", "type_conges"):
        donnees[f"{nom}@{mois}"] = np.array(NATURES[nom].valeurs)[personnes[nom]]
    donnees[f"boursier@{mois}"] = personnes["boursier"] == 1
    donnees[f"taux_incapacite@{mois}"] = (personnes["taux_incapacite"] / 100).astype(np.float32)
    debut = personnes["date_debut_chomage"].astype(np.int64)
    donnees["date_debut_chomage@ETERNITY"] = np.where(debut == DATE_INCONNUE, JAMAIS, EPOQUE + debut)
    for nom in ("valeur_locative_immo_non_loue", "valeur_locative_terrains_non_loues"):
        donnees[f"{nom}@{mois}"] = personnes[nom].astype(np.float32)
    donnees[f"aeeh@{mois}"] = foyers["aeeh"][:, M].astype(np.float32)
    adulte = personnes["role"] != ENFANT
    aah = np.bincount(appartenance, (personnes["aah"][:, M] > 0) & adulte, len(foyers)) > 0
    demandeur = personnes["role"] == 0
    donnees[f"handicap@{mois}"] = demandeur & (aah | (foyers["aeeh"][:, M] > 0))[appartenance]
    capitaux = personnes["livret_a"][:, M] + personnes["epargne_revenus_non_imposables"][:, M]
    du_foyer = np.bincount(appartenance, capitaux, len(foyers))
    reste = np.maximum(0, foyers["valeur_patrimoine"] - du_foyer)
    donnees[f"epargne_revenus_imposables@{mois}"] = (reste[appartenance] * demandeur).astype(np.float32)


def _logement(donnees: Donnees, mois: str, foyers: Tableau) -> None:
    donnees[f"loyer@{mois}"] = foyers["loyer"][:, M].astype(np.float32)
    donnees[f"zone_apl@{mois}"] = np.array(NATURES["zone_apl"].valeurs)[foyers["zone_apl"]]
    for nom in ("coloc", "logement_chambre", "personne_agee_handicapee", "logement_crous"):
        donnees[f"{nom}@{mois}"] = foyers[nom] == 1
    # OpenFisca tells the APL of a home buyer by the agreement of the dwelling, not of the loan.
    accedant = foyers["statut_occupation_logement"] == ACCEDANT
    conventionne = np.where(accedant, foyers["aide_logement_est_pret_conventionne"], foyers["logement_conventionne"])
    donnees[f"logement_conventionne@{mois}"] = conventionne == 1
    for nom in ("etat_logement", "etat_logement_foyer"):
        donnees[f"{nom}@{mois}"] = np.array([*NATURES[nom].valeurs, "non_renseigne"])[foyers[nom]]
    donnees["aide_logement_est_pret_conventionne@ETERNITY"] = foyers["aide_logement_est_pret_conventionne"] == 1
    signature = foyers["aide_logement_date_pret"].astype(np.int64)
    donnees["aide_logement_date_pret@ETERNITY"] = np.where(signature == DATE_INCONNUE, JAMAIS, EPOQUE + signature)
    donnees[f"proprietaire_proche_famille@{mois}"] = foyers["proprietaire_proche_famille"] == 1
