"""A simulation's answers, as those of the law's questions: what was said once is not asked again."""

import re

from django.http import QueryDict

from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.commune import CODE, zone_dite

DU_FOYER = (
    "prestations_familiales_base_ressources", "prestations_familiales_base_ressources_nsp", "biactivite",
    "deces_enfant", "date_deces_enfant", "ajpp_frais", "loyer", "loyer_nsp", "logement_conventionne",
    "proprietaire_proche_famille", "statut_occupation_logement",
)  # fmt: skip
FORMES = {"entier": ("non", "non"), "coloc": ("oui", "non"), "chambre": ("non", "oui")}
"""What is rented → shared with others, one room."""
LIENS = {"parent": ("non", "non"), "recueilli": ("oui", "non"), "deux_parents": ("oui", "oui")}
"""Answer « êtes-vous son père ou sa mère ? » → taken in, deprived of both parents."""
HANDICAP_DIT = ("50", "80")
"""Rates told in a simulation that mean a decision of the MDPH: an agent reads it."""
DES_QUESTIONS = re.compile(r"(?:p\d+|f)_")


def reprendre(donnees: QueryDict) -> None:
    """Add them, under the names that the law's questions bear."""
    adultes = 2 if donnees.get("couple") == "oui" else 1
    for nom in list(donnees):
        dit = re.fullmatch(r"([ae])(\d{1,2})_(\w+)", nom)
        if dit is None:
            continue
        rang = int(dit[2]) + (adultes if dit[1] == "e" else 0)
        if dit[3] == "lien" and donnees[nom] in LIENS:
            recueilli, deux = LIENS[donnees[nom]]
            donnees[f"p{rang}_enfant_recueilli"], donnees[f"p{rang}_deux_parents_absents"] = recueilli, deux
        elif dit[3] == "taux_incapacite" and dit[1] == "a":
            donnees[f"p{rang}_aah_demandee"] = "oui" if donnees[nom] in HANDICAP_DIT else "non"
        elif dit[3] in ("pension", "pension_nsp"):
            donnees[f"p{rang}_{dit[3].replace('pension', 'pensions_alimentaires_percues')}"] = donnees[nom]
        elif dit[3] in NATURES:
            donnees[f"p{rang}_{dit[3]}"] = donnees[nom]
    if donnees.get("forme_logement") in FORMES:
        donnees["f_coloc"], donnees["f_logement_chambre"] = FORMES[donnees["forme_logement"]]
    for nom in DU_FOYER:
        if nom in donnees:
            donnees[f"f_{nom}"] = donnees[nom]
    _reprendre_la_zone(donnees)


def _reprendre_la_zone(donnees: QueryDict) -> None:
    """Found by the simulator from the postal code, when it asked one."""
    zone = zone_dite(donnees) if CODE in donnees else None
    if zone is not None:
        donnees["f_zone_apl"] = zone


def oublier_si_le_foyer_change(donnees: QueryDict, avant: QueryDict | None) -> None:
    """Questions are numbered by member: with other members, an answer would be another's."""
    change = avant is not None and any(donnees.get(c) != avant.get(c) for c in ("couple", "nombre_enfants"))
    if change or "retirer" in donnees:
        for nom in [n for n in donnees if DES_QUESTIONS.match(n)]:
            del donnees[nom]
