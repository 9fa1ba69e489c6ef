"""One value of one fact: read from what a person or a program wrote, written back, refused with a French reason."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from .bornes import PLUS_ANCIENNE_DATE, date_maximale, entier_maximal
from .faits import DATE_INCONNUE, INCONNU, MOIS_FENETRE, NATURES, Nature

EPOQUE = date(1970, 1, 1)
MONTANT_MAXIMAL = 100_000_000.0
MONTRE_AU_PLUS = 60


class SituationInvalide(ValueError):
    """A fact that cannot be: says which one, of whom (rank in the household, from 1), what was found and expected."""

    chemin: str | None = None
    """Where the value was written, when it was read from a file."""

    def __init__(self, champ: str, personne: int | None, trouve: object, attendu: str) -> None:
        self.champ, self.personne, self.trouve, self.attendu = champ, personne, trouve, attendu
        qui = f"personne n° {personne}, " if personne else ""
        texte = "rien" if trouve is None else str(trouve)
        texte = texte if len(texte) <= MONTRE_AU_PLUS else texte[:MONTRE_AU_PLUS] + "…"
        super().__init__(f"{qui}« {champ} » : trouvé {texte} ; attendu : {attendu}.")


def lire_valeur(nom: str, valeur: object, personne: int | None = None) -> Any:
    """The value as the record holds it: euros (number or one per month), small integer, or days since 1970.

    None is unknown. `SituationInvalide` on anything else than what the catalogue expects.
    """
    nature = NATURES[nom]
    if nature.type == "euros":
        return _lire_euros(nature, valeur, personne)
    if valeur is None:
        return DATE_INCONNUE if nature.type == "date" else INCONNU
    lecteurs = {
        "date": _lire_date,
        "booleen": _lire_booleen,
        "enumeration": _lire_choix,
        "entier": _lire_entier,
    }
    return lecteurs[nature.type](nature, valeur, personne)


def ecrire_valeur(nature: Nature, valeur: Any) -> Any:
    """The plain JSON value of a field of a record; unknown is None."""
    if nature.type == "euros":
        montants = [None if math.isnan(v) else float(v) for v in (valeur if nature.periodicite == "mois" else [valeur])]
        return montants if nature.periodicite == "mois" else montants[0]
    entier = int(valeur)
    if nature.type == "date":
        return None if entier == DATE_INCONNUE else (EPOQUE + timedelta(days=entier)).isoformat()
    if entier == INCONNU:
        return None
    if nature.type == "booleen":
        return bool(entier)
    return nature.valeurs[entier] if nature.type == "enumeration" else entier


def lire_presence(valeur: object, personne: int | None) -> list[int]:
    """Presence in the household: true, false, null (unknown), or one of them per month of the window."""
    mois = list(valeur) if isinstance(valeur, list | tuple) else [valeur] * MOIS_FENETRE
    if len(mois) != MOIS_FENETRE or any(v is not None and not isinstance(v, bool) for v in mois):
        raise SituationInvalide("present", personne, valeur, f"oui ou non, ou {MOIS_FENETRE} fois oui ou non")
    return [INCONNU if v is None else int(v is True) for v in mois]


def ecrire_presence(valeurs: Sequence[Any]) -> list[bool | None]:
    return [None if v == INCONNU else bool(v) for v in valeurs]


def _lire_euros(nature: Nature, valeur: object, personne: int | None) -> float | list[float]:
    if nature.periodicite != "mois":
        return _lire_montant(nature, valeur, personne)
    if not isinstance(valeur, list | tuple):
        return [_lire_montant(nature, valeur, personne)] * MOIS_FENETRE
    if len(valeur) != MOIS_FENETRE:
        attendu = f"{MOIS_FENETRE} mois, du plus ancien au mois calculé"
        raise SituationInvalide(nature.nom, personne, f"{len(valeur)} valeurs", attendu)
    return [_lire_montant(nature, v, personne) for v in valeur]


def _lire_booleen(nature: Nature, valeur: Any, personne: int | None) -> int:
    if not isinstance(valeur, bool):
        raise SituationInvalide(nature.nom, personne, valeur, "oui ou non (true, false)")
    return int(valeur)


def _lire_choix(nature: Nature, valeur: object, personne: int | None) -> int:
    if not isinstance(valeur, str) or valeur not in nature.valeurs:
        raise SituationInvalide(nature.nom, personne, valeur, "une valeur parmi " + ", ".join(nature.valeurs))
    return nature.valeurs.index(valeur)


def _lire_entier(nature: Nature, valeur: Any, personne: int | None) -> int:
    maximum = entier_maximal(nature)
    if isinstance(valeur, bool) or not isinstance(valeur, int) or not 0 <= valeur <= maximum:
        raise SituationInvalide(nature.nom, personne, valeur, f"un nombre entier de 0 à {maximum}")
    return valeur


def _lire_montant(nature: Nature, valeur: object, personne: int | None) -> float:
    if valeur is None:
        return math.nan
    attendu = "un montant en euros" if nature.signe else "un montant en euros, positif ou nul"
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        raise SituationInvalide(nature.nom, personne, valeur, attendu)
    if abs(valeur) > MONTANT_MAXIMAL or valeur != valeur or (valeur < 0 and not nature.signe):  # noqa: PLR0124
        raise SituationInvalide(nature.nom, personne, valeur, attendu + ", d'au plus 100 millions")
    return float(valeur)


def _lire_date(nature: Nature, valeur: object, personne: int | None) -> int:
    attendu = "une date comme 1990-05-31"
    if isinstance(valeur, str):
        try:
            valeur = date.fromisoformat(valeur)
        except ValueError:
            raise SituationInvalide(nature.nom, personne, valeur, attendu) from None
    derniere = date_maximale(nature)
    if type(valeur) is not date or not PLUS_ANCIENNE_DATE <= valeur <= derniere:
        entre = f", de {PLUS_ANCIENNE_DATE.year} à {derniere.year}"
        raise SituationInvalide(nature.nom, personne, valeur, attendu + entre)
    return (valeur - EPOQUE).days
