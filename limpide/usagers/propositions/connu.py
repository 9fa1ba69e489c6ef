"""What the Caf knows of a household, as answers of the simulator: what is unknown stays to be answered.

The reverse of `simulateur.foyer.donnees`. Inside `droits_proposes`, so no health fact is ever filled in; nothing is
written, and the answers travel in the page as those that a visitor types.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from limpide.dossiers import connaissance
from limpide.dossiers.models import Dossier
from limpide.dossiers.situations import SituationAbsente, situation_du
from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.periodes import SUFFIXES_DES_MOIS, mois_demandes
from limpide.usagers.simulateur.ressources import COURANTES, ressources_possibles

Reponses = list[tuple[str, str]]
OUI, NON = "oui", "non"


def reponses_connues(dossier: Dossier, mois: str) -> Reponses:
    """Names and values of the simulator's fields, as typed; empty when the file has no household that month."""
    try:
        su = situation_du(dossier.pk, mois, connaissance.maintenant()).vers_dict()
    except SituationAbsente:
        return []
    personnes = [p for p in su["personnes"] if _present(p)]
    adultes = [p for p in personnes if p["role"] != "enfant"]
    enfants = [p for p in personnes if p["role"] == "enfant"]
    return [
        ("mois", mois),
        ("couple", OUI if len(adultes) > 1 else NON),
        ("nombre_enfants", str(len(enfants))),
        *_foyer(su["foyer"], mois),
        *(r for i, p in enumerate(adultes) for r in _adulte(f"a{i}", p, mois)),
        *(r for i, p in enumerate(enfants) for r in _enfant(f"e{i}", p, seul=len(adultes) == 1)),
    ]


def _present(personne: dict[str, Any]) -> bool:
    presence = personne["present"]
    return bool(presence[-1] if isinstance(presence, list) else presence)


def _foyer(foyer: dict[str, Any], mois: str) -> Iterator[tuple[str, str]]:
    for nom in ("residence", "statut_occupation_logement"):
        if foyer[nom] is not None:
            yield nom, str(foyer[nom])
    for nom in ("aide_logement", "prestations_familiales_base_ressources"):
        if (montant := _du_mois(foyer[nom])) is not None:
            yield nom, _euros(montant)
    for nom in ("rsa_isolement_recent", "biactivite"):
        if foyer[nom] is not None:
            yield nom, OUI if foyer[nom] else NON
    for nature in NATURES.values():
        if nature.groupe == "prestation" and nature.nom != "aide_logement" and _du_mois(foyer[nature.nom]):
            yield "f_ressources", nature.nom
            yield from _mensuels("f", nature.nom, foyer[nature.nom], mois)


def _adulte(prefixe: str, personne: dict[str, Any], mois: str) -> Iterator[tuple[str, str]]:
    yield f"{prefixe}_date_naissance", _jour(personne["date_naissance"])
    for nom in ("nationalite", "activite", "type_conges"):
        if personne[nom] is not None:
            yield f"{prefixe}_{nom}", str(personne[nom])
    for nature in ressources_possibles(enfant=False):
        if nature.periodicite == "mois" and nature.sensible != "sante" and _recue(personne[nature.nom], mois):
            yield f"{prefixe}_ressources{'' if nature.nom in COURANTES else '_rares'}", nature.nom
            yield from _mensuels(prefixe, nature.nom, personne[nature.nom], mois)


def _enfant(prefixe: str, personne: dict[str, Any], *, seul: bool) -> Iterator[tuple[str, str]]:
    yield f"{prefixe}_date_naissance", _jour(personne["date_naissance"])
    yield f"{prefixe}_garde_alternee", OUI if personne["garde_alternee"] else NON
    if seul and personne["soutien_autre_parent"] is not None:
        yield f"{prefixe}_soutien_autre_parent", str(personne["soutien_autre_parent"])


def _recue(montants: Any, mois: str) -> bool:
    return isinstance(montants, list) and any(montants[i] for i, _ in mois_demandes(mois))


def _mensuels(prefixe: str, nom: str, montants: Any, mois: str) -> Iterator[tuple[str, str]]:
    for suffixe, (i, _) in zip(SUFFIXES_DES_MOIS, mois_demandes(mois), strict=True):
        if isinstance(montants, list) and montants[i] is not None:
            yield f"{prefixe}_{nom}_{suffixe}", _euros(montants[i])


def _du_mois(valeur: Any) -> Any:
    """The amount of the month asked; a yearly or unknown one as it is."""
    return valeur[-1] if isinstance(valeur, list) else valeur


def _euros(montant: float) -> str:
    return f"{montant:.2f}".replace(".", ",")


def _jour(valeur: Any) -> str:
    """« 24/03/1990 », from a date or its ISO form."""
    jour = valeur if isinstance(valeur, dt.date) else dt.date.fromisoformat(str(valeur))
    return f"{jour:%d/%m/%Y}"
