"""Our law records told to OpenFisca-France: the same household, in the other's words.

Fairness. Benefits that neither draw computes here (housing benefit, ASF, family supplement, PAJE, AAH…) and
the yearly income are given to both sides as the same facts: what is compared is the law of the three
rights, and OpenFisca never walks back through its spirals. Where OpenFisca asks for what our records do not
hold, `HYPOTHESES` says what it is told.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import lire_mois, parametres
from limpide.droits.situation import DATE_INCONNUE, ENFANT, MOIS_FENETRE, NATURES

Tableau = npt.NDArray[np.void]
Donnees = dict[str, npt.NDArray[np.generic]]

MOIS_ANTERIEURS = 6
"""Months told to OpenFisca before the window."""

HYPOTHESES = (
    "Avant la fenêtre de sept mois, chaque revenu garde sa première valeur.",
    "Depuis mars 2025, departement_experimentation_rsa est vrai partout : OpenFisca retient alors M-4 à M-2.",
    "Un accédant à la propriété rembourse un emprunt, un propriétaire n'en rembourse pas.",
    "Les revenus imposables de l'année N-2 sont donnés comme revenus du capital de cette année-là.",
    "Le complément familial non majoré est la part reçue qui n'excède pas 41,65 % de la base mensuelle.",
    "Une valeur locative annuelle est donnée par douzième, car OpenFisca l'ajoute chaque mois.",
    "Une personne protégée (réfugiée, apatride) est dite établie depuis dix ans.",
    "Une grossesse se lit sur la mère, jamais sur la date de naissance future d'un enfant.",
    "Pour l'allocation de rentrée scolaire, les mois d'après août répètent août.",
    "Un enfant est handicapé, pour l'AEEH, quand la commission l'a accordée pour lui.",
    "Pour le CMG, dans un foyer sur deux, un seul assistant maternel garde le plus jeune enfant de moins de six ans.",
    "Pour la prime à la naissance, un enfant à naître est dit né un mois plus tôt ; une adoption, au 1er de son mois.",
    "Pour le complément de l'AAH, tout ce qu'un travail a payé dans les douze mois précédents est dit imposable.",
)
"""Said again, with their reasons, in `docs/divergences.md`."""

REVENUS_MENSUELS = (
    "salaire_net",
    "remuneration_apprenti",
    "revenus_stage_formation_pro",
    "indemnites_chomage_partiel",
    "bourse_recherche",
    "indemnites_volontariat",
    "rpns_auto_entrepreneur_benefice",
    "indemnites_journalieres_maternite",
    "indemnites_journalieres_paternite",
    "indemnites_journalieres_adoption",
    "chomage_net",
    "allocation_securisation_professionnelle",
    "ass",
    "retraite_nette",
    "pensions_invalidite",
    "indemnites_journalieres_maladie",
    "indemnites_journalieres_accident_travail",
    "indemnites_journalieres_maladie_professionnelle",
    "rente_accident_travail",
    "prime_forfaitaire_mensuelle_reprise_activite",
    "pensions_alimentaires_percues",
    "prestation_compensatoire",
    "retraite_combattant",
    "revenus_capital",
    "revenus_locatifs",
    "gains_exceptionnels",
    "dedommagement_victime_amiante",
    "asi",
    "aah",
    "caah",
    "epargne_revenus_non_imposables",
    "livret_a",
)
NULS_INDIVIDU = ("hsup", "etr")
NULS_FAMILLE = ("paje_clca", "paje_colca")
VALEURS_LOCATIVES = ("valeur_locative_immo_non_loue", "valeur_locative_terrains_non_loues")
INDEPENDANTS = ("rpns_benefice_exploitant_agricole", "rpns_micro_entreprise_benefice", "rpns_autres_revenus")
ETATS_INDIVIDU = (
    "etudiant",
    "apprenti",
    "stagiaire",
    "enceinte",
    "garde_alternee",
    "rempli_obligation_scolaire",
    "rsa_jeune_condition_heures_travail_remplie",
)
ALLOCATIONS = ("aide_logement", "asf", "cf", "paje_base", "paje_prepare")
FAITS_ET_DROITS = {"cf": ("cf", "cf_non_majore_avant_cumul"), "asf": ("asf",), "paje_base": ("paje_base",)}
"""Rights whose past amounts are facts for the others, with the variables that tell those facts."""
ANNUELS = {"ars": "08", "aefa": "12"}
"""Rights of a year for OpenFisca, with the month in which ours are due: compared in that month only."""
GENERALISATION = 202503
"""Décret n° 2025-185: the quarter of the experiment becomes everyone's."""
NATIONALITES = np.array(["FR", "DE", "ZZ"])
JAMAIS = np.datetime64("0001-01-01", "D")
"""What OpenFisca takes for « no date »."""
DUREE_D_UN_PROTEGE = 10
LOYER_D_UN_ACCEDANT = 500.0


def mois_lus(mois: str) -> list[str]:
    """Months told to OpenFisca, oldest first, the last one being `mois`."""
    fin = np.datetime64(mois, "M")
    longueur = MOIS_FENETRE + MOIS_ANTERIEURS
    return [str(m) for m in np.arange(fin - longueur + 1, fin + 1)]


def bareme(nom: str, mois: str) -> float:
    """A parameter of our law; before its first value, that one."""
    parametre = parametres()[nom]
    valeur = parametre.en(max(lire_mois(mois), parametre.valeurs[0].debut)).valeur
    return float(valeur)  # type: ignore[arg-type]


def traduire(mois: str, foyers: Tableau, personnes: Tableau) -> Donnees:
    """The arrays OpenFisca needs for these households (nothing unknown, everybody there all along)."""
    appartenance = np.repeat(np.arange(len(foyers)), foyers["fin"] - foyers["debut"])
    donnees: Donnees = {
        "appartenance": appartenance,
        "role": personnes["role"].astype(np.int64),
        "date_naissance@ETERNITY": np.datetime64("1970-01-01", "D") + personnes["date_naissance"].astype(np.int64),
    }
    for periode, rang in zip(mois_lus(mois), _rangs(), strict=True):
        _individus(donnees, periode, rang, personnes)
        _familles(donnees, periode, rang, foyers, personnes)
        _menages(donnees, periode, foyers)
    _annees(donnees, mois, personnes, len(foyers))
    return donnees


def sans_le_fait(donnees: Donnees, droit: str) -> Donnees:
    """The same households without the amounts of this right, so that OpenFisca computes it."""
    tus = FAITS_ET_DROITS[droit]
    return {cle: valeurs for cle, valeurs in donnees.items() if cle.partition("@")[0] not in tus}


def jusqu_a_decembre(donnees: Donnees, mois: str) -> Donnees:
    """The same households, each later month of the year repeating this one: OpenFisca looks at October and December."""
    prolongees = dict(donnees)
    for cle, valeurs in donnees.items():
        nom, _, periode = cle.partition("@")
        if periode == mois:
            suivants = range(int(mois[5:]) + 1, 13)
            prolongees |= {f"{nom}@{mois[:4]}-{numero:02d}": valeurs for numero in suivants}
    return prolongees


def un_mois_plus_tot(donnees: Donnees, mois: str, personnes: Tableau) -> Donnees:
    """The same households, children to be born one month earlier: OpenFisca pays the month after the examination."""
    naissance = donnees["date_naissance@ETERNITY"].astype("datetime64[D]")
    jour = naissance - naissance.astype("datetime64[M]").astype("datetime64[D]")
    avance = (naissance.astype("datetime64[M]") - 1).astype("datetime64[D]") + jour
    a_naitre = (personnes["role"] == ENFANT) & (naissance.astype("datetime64[M]") > np.datetime64(mois, "M"))
    return donnees | {"date_naissance@ETERNITY": np.where(a_naitre, avance, naissance)}


def avec_les_adoptions(donnees: Donnees, mois: str, personnes: Tableau) -> Donnees:
    """The same households with the adoptions, each told from the first of its month, as the family is looked at."""
    jour = np.datetime64("1970-01-01", "D") + personnes["date_adoption"].astype(np.int64)
    arrivee = jour.astype("datetime64[M]").astype("datetime64[D]")
    adopte = personnes["adoption"] == 1
    return donnees | {"date_adoption@ETERNITY": np.where(adopte, arrivee, JAMAIS), f"adoption@{mois}": adopte}


def avec_les_decisions(donnees: Donnees, mois: str, personnes: Tableau) -> Donnees:
    """The same households with the children for whom the AEEH is granted, and the category of their complement."""
    accordee = (personnes["role"] == ENFANT) & (personnes["aeeh_accordee"] == 1)
    niveau = np.where(accordee, personnes["aeeh_niveau_handicap"], 0).astype(np.int32)
    return donnees | {f"handicap@{mois}": accordee, f"aeeh_niveau_handicap@{mois}": niveau}


EVENEMENTS = {
    "paje_naissance": un_mois_plus_tot,
    "paje_adoption": avec_les_adoptions,
    "aeeh": avec_les_decisions,
}
"""Rights of an event, with what OpenFisca must be told of it."""


def _rangs() -> list[int]:
    """Index in our window of each month told: the months before the window repeat its first one."""
    return [max(0, rang - MOIS_ANTERIEURS) for rang in range(MOIS_FENETRE + MOIS_ANTERIEURS)]


def _individus(donnees: Donnees, periode: str, rang: int, personnes: Tableau) -> None:
    for nom in REVENUS_MENSUELS:
        donnees[f"{nom}@{periode}"] = personnes[nom][:, rang].astype(np.float32)
    for nom in NULS_INDIVIDU:
        donnees[f"{nom}@{periode}"] = np.zeros(len(personnes), np.float32)
    for nom in ETATS_INDIVIDU:
        donnees[f"{nom}@{periode}"] = personnes[nom] == 1
    for nom in VALEURS_LOCATIVES:
        donnees[f"{nom}@{periode}"] = (personnes[nom] / 12).astype(np.float32)
    arret = personnes["date_arret_de_travail"].astype(np.int64)
    jours = np.where(arret == DATE_INCONNUE, JAMAIS, np.datetime64("1970-01-01", "D") + arret)
    donnees[f"date_arret_de_travail@{periode}"] = jours.astype("datetime64[D]")
    protege = personnes["protection_internationale"] == 1
    donnees[f"nationalite@{periode}"] = NATIONALITES[personnes["nationalite"]]
    donnees[f"duree_possession_titre_sejour@{periode}"] = np.where(
        protege, DUREE_D_UN_PROTEGE, personnes["duree_possession_titre_sejour"]
    ).astype(np.float32)


def _familles(donnees: Donnees, periode: str, rang: int, foyers: Tableau, personnes: Tableau) -> None:
    n, appartenance = len(foyers), donnees["appartenance"].astype(np.int64)
    for nom in ALLOCATIONS:
        donnees[f"{nom}@{periode}"] = foyers[nom][:, rang].astype(np.float32)
    lointain = foyers["residence"] != 0
    taux = np.where(lointain, bareme("cf_retenu_outremer_taux", periode), bareme("cf_retenu_taux", periode))
    plafond = taux * bareme("bmaf", periode)
    donnees[f"cf_non_majore_avant_cumul@{periode}"] = np.minimum(foyers["cf"][:, rang], plafond).astype(np.float32)
    for nom in NULS_FAMILLE:
        donnees[f"{nom}@{periode}"] = np.zeros(n, np.float32)
    adulte = personnes["role"] != ENFANT
    aspa = np.bincount(appartenance, personnes["aspa_individu"][:, rang], n)
    donnees[f"aspa@{periode}"] = aspa.astype(np.float32)
    enceinte = np.bincount(appartenance, (personnes["enceinte"] == 1) & adulte, n) > 0
    donnees[f"enceinte_fam@{periode}"] = enceinte
    partout = lire_mois(periode) >= GENERALISATION
    donnees[f"departement_experimentation_rsa@{periode}"] = (foyers["departement_experimentation_rsa"] == 1) | partout
    donnees[f"rsa_isolement_recent@{periode}"] = foyers["rsa_isolement_recent"] == 1
    ressources = foyers["prestations_familiales_base_ressources"]
    donnees[f"prestations_familiales_base_ressources@{periode}"] = ressources.astype(np.float32)
    donnees[f"cf_base_ressources@{periode}"] = ressources.astype(np.float32)
    donnees[f"biactivite@{periode}"] = foyers["biactivite"] == 1


def _menages(donnees: Donnees, periode: str, foyers: Tableau) -> None:
    statuts = np.array(NATURES["statut_occupation_logement"].valeurs)
    residences = np.array(NATURES["residence"].valeurs)
    statut, residence = statuts[foyers["statut_occupation_logement"]], residences[foyers["residence"]]
    donnees[f"statut_occupation_logement@{periode}"] = statut
    accedant = statut == "primo_accedant"
    donnees[f"loyer@{periode}"] = np.where(accedant, LOYER_D_UN_ACCEDANT, 0).astype(np.float32)
    donnees[f"participation_frais@{periode}"] = foyers["participation_frais"] == 1
    outre_mer = ("guadeloupe", "martinique", "guyane", "la_reunion", "mayotte")
    donnees[f"residence_dom@{periode}"] = np.isin(residence, outre_mer)
    donnees[f"residence_mayotte@{periode}"] = residence == "mayotte"


def _annees(donnees: Donnees, mois: str, personnes: Tableau, foyers: int) -> None:
    """Yearly inputs: profits for the years of the window, investments two years before."""
    annees = sorted({m[:4] for m in mois_lus(mois)})
    for annee in annees:
        for nom in INDEPENDANTS:
            donnees[f"{nom}@{annee}"] = personnes[nom].astype(np.float32)
        donnees[f"assiette_csg_plus_values@{annee}"] = np.zeros(foyers, np.float32)
        donnees[f"enfant_a_charge@{annee}"] = personnes["role"] == ENFANT
        avant = str(int(annee) - 2)
        donnees[f"assiette_csg_plus_values@{avant}"] = np.zeros(foyers, np.float32)
        for numero in range(1, 13):
            mensuel = (personnes["revenus_imposables_n2"] / 12).astype(np.float32)
            donnees[f"revenus_capital@{avant}-{numero:02d}"] = mensuel
            donnees[f"revenus_locatifs@{avant}-{numero:02d}"] = np.zeros(len(personnes), np.float32)
