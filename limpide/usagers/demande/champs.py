"""Fields of the facts that their type does not describe: days of leave, what a commission decided, a loss."""

import datetime as dt
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate
from limpide.dossiers.mois import decaler, en_lettres
from limpide.usagers.simulateur.conges import JOURS_DEJA_PAYES, JOURS_DU_MOIS, PERTES, champ_jours
from limpide.usagers.simulateur.enfance import CATEGORIES, TAUX_DITS, accueils
from limpide.usagers.simulateur.formulaires import NSP, Choix

SANS_REPONSE = (NSP, "Je préfère ne pas répondre")
CHOIX: dict[str, list[tuple[str, str]]] = {
    "taux_incapacite": [choix for choix in TAUX_DITS if choix[0] != NSP],
    "aeeh_niveau_handicap": [choix for choix in CATEGORIES if choix[0] != NSP],
    "aeeh_accueil": accueils(),
    "deces_enfant": PERTES[1:],
}
"""Answers in plain words; « je ne sais pas » is added."""
JOURS = {
    "ajpp_demi_journees": JOURS_DU_MOIS,
    "ajpa_demi_journees": JOURS_DU_MOIS,
    "ajpp_demi_journees_versees": JOURS_DEJA_PAYES,
    "ajpa_demi_journees_versees": JOURS_DEJA_PAYES,
    "ajpa_demi_journees_carriere": JOURS_DEJA_PAYES,
}
"""Told in days, stored in half-days: the most that may be typed."""
DU_MOIS = frozenset(
    {"ajpp_demi_journees", "ajpa_demi_journees", "ajpp_frais", "mode_garde", "garde_heures", "garde_cout",
     "garde_horaires_specifiques", "garde_domicile", "garde_domicile_heures", "garde_domicile_cout"}
)  # fmt: skip
"""Told of one month, and of no other."""
TERMES = {
    "aeeh_accordee": "Jusqu'à quelle date l'AEEH est-elle accordée ?",
    "aeeh_niveau_handicap": "Jusqu'à quelle date le complément est-il accordé ?",
}
SANS_TERME = "Format attendu : JJ/MM/AAAA. Laissez vide si la décision ne dit pas de fin."


def avec_le_mois(nom: str, label: str, mois: dt.date) -> str:
    return f"{label}, {en_lettres(mois)}" if nom in DU_MOIS else label


def champ(nom: str, label: str, aide: str) -> forms.Field | None:
    """The field of this fact, if it has its own."""
    if nom in JOURS:
        return champ_jours(label, JOURS[nom], aide)
    if nom in CHOIX:
        inconnu = SANS_REPONSE if nom == "deces_enfant" else (NSP, "Je ne sais pas")
        return Choix(label, [*CHOIX[nom], inconnu], help_text=aide)
    return None


def terme(nom: str) -> forms.Field | None:
    """Until when it is granted, if a commission may say so."""
    return ChampDate(label=TERMES[nom], help_text=SANS_TERME, required=False) if nom in TERMES else None


def fin(jour: dt.date | None) -> dt.date | None:
    """The day after the last month that this one ends."""
    return None if jour is None else decaler(jour.replace(day=1), 1)


def stockee(nom: str, valeur: Any) -> Any:
    """Days as half-days; another value as it is."""
    return int(2 * valeur) if nom in JOURS else valeur


def montree(nom: str, valeur: int) -> Any:
    """As its field takes it: 21 half-days are « 10,5 »."""
    if nom in JOURS:
        return f"{valeur / 2:g}".replace(".", ",")
    return str(valeur) if nom in CHOIX else valeur
