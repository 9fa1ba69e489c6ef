"""What a case expects, from its `output`: amounts of the household or of each person, month by month, and margins.

Written as OpenFisca's test runner reads it: variables flat, under their entity, or person by person; a list is one
value per person, in the order of `individus`; `only_variables` and `ignore_variables` choose what is looked at.
"""

import ast
import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from limpide.droits.bareme import MoisHorsBareme, ecrire_mois, mois_couvert
from limpide.droits.calcul import catalogue_droits
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Droit, Motif
from limpide.droits.openfisca.variables import calculees
from limpide.droits.periodes_openfisca import est_un_nombre, mois_de

from .modele import CasNonPris, droit_et_quoi

MARGE = 0.005
"""Half a cent: amounts are whole cents."""
PLURIELS = {"famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}
MOIS_DE_L_ANNEE = 12
OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


@dataclass
class Attendu:
    """What is expected of one month: of the household by variable, of each person by right, then by name."""

    foyer: dict[str, Any] = field(default_factory=dict)
    chacun: dict[str, dict[Any, float]] = field(default_factory=dict)


def attentes(brut: Mapping[str, Any], personnes: Sequence[Any]) -> tuple[dict[str, Attendu], tuple[str, ...]]:
    """What is expected, by month; and the variables that Limpide does not compute.

    `personnes`: names, in the order of the case.
    """
    periode, regardee = brut.get("period"), _regard(brut)
    attendus: dict[str, Attendu] = {}
    non_pris: dict[str, None] = {}
    for variable, qui, valeur in _variables(brut["output"]):
        if not regardee(variable):
            continue
        droit, quoi = droit_et_quoi(variable)
        du_droit = next((d for d in catalogue_droits() if d.code == droit), None)
        if du_droit is None or (qui is not None and (quoi or not du_droit.part)):
            non_pris[variable if qui is None else f"{variable} (par personne)"] = None
            continue
        for quand, dit in valeur.items() if isinstance(valeur, Mapping) else ((periode, valeur),):
            attendu = attendus.setdefault(_mois_seul(quand, du_droit), Attendu())
            for personne, une in _repartir(variable, qui, dit, personnes if du_droit.part and not quoi else ()):
                if personne is None:
                    attendu.foyer[variable] = _valeur_attendue(variable, une)
                else:
                    attendu.chacun.setdefault(variable, {})[personne] = _valeur_attendue(variable, une)
    return attendus, tuple(non_pris)


def _regard(brut: Mapping[str, Any]) -> Any:
    """Whether a variable is looked at."""
    seules, ignorees = (_noms(brut, cle) for cle in ("only_variables", "ignore_variables"))
    return lambda variable: (seules is None or variable in seules) and variable not in (ignorees or ())


def _noms(brut: Mapping[str, Any], cle: str) -> list[str] | None:
    noms = brut.get(cle)
    if noms is not None and not (isinstance(noms, list) and all(isinstance(nom, str) for nom in noms)):
        raise ValueError(f"« {cle} » : trouvé {noms} ; attendu : une liste de variables")
    return noms


def _variables(sortie: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(variable, person of whom it is expected or None, value), given flat or under their entity."""
    for cle, valeur in sortie.items():
        if cle == "individus":
            for qui, contenu in (valeur or {}).items():
                yield from ((variable, qui, dit) for variable, dit in (contenu or {}).items())
        elif cle in PLURIELS:
            yield from ((variable, None, dit) for variable, dit in (valeur or {}).items())
        elif cle in PLURIELS.values():
            for contenu in (valeur or {}).values():
                yield from ((variable, None, dit) for variable, dit in (contenu or {}).items())
        else:
            yield cle, None, valeur


def _repartir(variable: str, qui: Any, dit: Any, personnes: Sequence[Any]) -> list[tuple[Any, Any]]:
    """(person, or None for the household; value). `personnes`: those of whom the variable is, none if a household's."""
    if qui is not None:
        if qui not in personnes:
            raise ValueError(f"{variable} : {qui} n'est pas dans « individus »")
        return [(qui, dit)]
    if not isinstance(dit, list):
        return [(None, dit)]
    if not dit or (personnes and len(dit) != len(personnes)):
        raise ValueError(f"{variable} : {len(dit)} valeurs pour {len(personnes) or 1} attendues")
    if not personnes and len(dit) != 1:
        raise CasNonPris(f"{variable} a {len(dit)} valeurs : Limpide calcule un foyer à la fois")
    return list(zip(personnes or (None,), dit, strict=True))


def _valeur_attendue(variable: str, dit: Any) -> Any:
    """Euros, the name of a reason, or that of a missing fact (None: none of the catalogue)."""
    quoi = droit_et_quoi(variable)[1]
    if quoi in ("motif", "manque"):
        connus, mots = (Motif.__members__, "un motif") if quoi == "motif" else ({None, *NATURES}, "un fait")
        if dit not in connus:
            raise ValueError(f"{variable} : trouvé {dit} ; attendu : le nom d'{mots}")
        return dit
    euros = nombre(dit)
    if not isinstance(euros, float) or not math.isfinite(euros):
        raise ValueError(f"{variable} : trouvé {'rien' if dit is None else dit} ; attendu : un montant en euros")
    return euros


def _mois_seul(periode: Any, droit: Droit) -> str:
    """One month that the law covers, or `CasNonPris`; of a right that is paid once a year, the one when it is."""
    if periode is None:
        raise ValueError("« period » manque : il dit le mois, comme 2026-11")
    texte = str(periode)[:7] if isinstance(periode, date) else str(periode)
    mois = mois_de(texte, 0, "period")
    if droit.annuel and len(mois) == MOIS_DE_L_ANNEE and mois[0] % 100 == 1:
        mois = [mois[0] - 1 + calculees()[droit.code].mois_de_versement]
    if len(mois) != 1:
        raise CasNonPris(f"la période {texte} n'est pas un mois : Limpide calcule mois par mois")
    try:
        mois_couvert(ecrire_mois(mois[0]))
    except MoisHorsBareme as refus:
        raise CasNonPris(str(refus)) from None
    return ecrire_mois(mois[0])


def marges(brut: Any) -> dict[str, float]:
    """A margin for all, or by variable."""
    if brut is None:
        return {}
    table = brut if isinstance(brut, dict) else {"default": brut}
    return {str(cle): _marge(valeur) for cle, valeur in table.items() if valeur is not None}


def _marge(brute: Any) -> float:
    lue = nombre(brute)
    if not est_un_nombre(lue) or not 0 <= lue < math.inf:
        raise ValueError(f"marge : trouvé {str(brute)[:60]} ; attendu : un nombre positif ou nul")
    return float(lue)


def nombre(valeur: Any) -> Any:
    """A number, or the sum that the case writes (« 12 * 1500 »); anything else as it is."""
    if not isinstance(valeur, str):
        return float(valeur) if isinstance(valeur, int) and not isinstance(valeur, bool) else valeur
    try:
        return _calculer(ast.parse(valeur.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError):
        return valeur


def _calculer(noeud: ast.expr) -> float:
    if isinstance(noeud, ast.Constant) and type(noeud.value) in (int, float):
        return float(noeud.value)  # type: ignore[arg-type]
    if isinstance(noeud, ast.BinOp) and type(noeud.op) in OPERATIONS:
        return float(OPERATIONS[type(noeud.op)](_calculer(noeud.left), _calculer(noeud.right)))
    if isinstance(noeud, ast.UnaryOp) and isinstance(noeud.op, ast.USub):
        return -_calculer(noeud.operand)
    raise ValueError("not a sum")
