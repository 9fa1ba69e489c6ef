"""From the text of a case to a situation and what is expected of it.

A stranger's file may hold what Limpide does not take: variables it does not read or compute, several families, a
reform. Such a case is refused with its reason (`CasNonPris`), never guessed; one that is badly written is
`CasInvalide`.
"""

import ast
import operator
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from limpide.droits.bareme import MoisHorsBareme, ecrire_mois, lire_mois, mois_couvert
from limpide.droits.calcul import catalogue_droits
from limpide.droits.faits import MOIS_FENETRE, NATURES
from limpide.droits.lecture_openfisca import est_annee, lire_commune, mois_de, traduire
from limpide.droits.situation import FOYER_FAITS, PERSONNE_FAITS, Situation

from .modele import Cas, CasInvalide, CasNonPris, droit_et_quoi

ICI = Path(__file__).parents[1]
FOYER_ORDINAIRE = {
    "residence": "metropole",
    "statut_occupation_logement": "locataire_vide",
    "aide_logement": 0,
    "prestations_familiales_base_ressources": 0,
}
ADULTE_ORDINAIRE = {"nationalite": "francaise", "salaire_net": 0}
LECTEUR: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same safe reader, in C where PyYAML has it: there are more than a thousand cases."""
MARGE = 0.005
TAILLE_MAXIMALE = 5_000_000
PLURIELS = {"famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}
ENTITES = {"individus", *PLURIELS, *PLURIELS.values()}
ROLES = {"parents", "enfants", "declarants", "personnes_a_charge", "personne_de_reference", "conjoint", "autres"}
MOTS = {
    "absolute_error_margin", "description", "ignore_variables", "input", "keywords", "max_spiral_loops", "name",
    "only_variables", "output", "period", "relative_error_margin",
}  # fmt: skip
AUTRE_LOI = {"reforms": "une réforme", "extensions": "une extension", "parameters": "des paramètres modifiés"}
OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def lire_cas(dossier: Path | None = None) -> Iterator[Cas]:
    """Every case that Limpide ships, folder by folder (`cas.yaml`, `cas_limites.yaml`…); all must be taken whole."""
    for fichier in sorted((dossier or ICI).glob("*/cas*.yaml")):
        ou = f"{fichier.parent.name}/{fichier.name}"
        for rang, brut in enumerate(yaml.load(fichier.read_text(encoding="utf-8"), Loader=LECTEUR) or [], 1):  # noqa: S506 - a safe one
            try:
                yield from _lire(fichier.parent.name, brut, notre=True)
            except (KeyError, TypeError, ValueError) as erreur:
                raise CasInvalide(f"{ou}, cas n° {rang} : {erreur}") from erreur


def lire_cas_de_fichier(fichier: Path) -> Iterator[tuple[str, list[Cas] | CasNonPris]]:
    """Cases of one file, with their names; one that Limpide does not take comes with its reason.

    `CasInvalide` if the file or a case cannot be read, with its name and its rank.
    """
    bruts = _charger(fichier)
    notre = fichier.resolve().parent.parent == ICI
    for rang, brut in enumerate(bruts, 1):
        if not isinstance(brut, dict) or not isinstance(brut.get("output"), dict):
            raise CasInvalide(
                f"{fichier}, cas n° {rang} : un cas est un objet avec « period », « input » et « output »"
            )
        nom = str(brut.get("name") or f"cas n° {rang}")
        try:
            yield nom, list(_lire(fichier.parent.name, brut, notre=notre))
        except CasNonPris as raison:
            yield nom, raison
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as erreur:
            raise CasInvalide(f"{fichier}, cas n° {rang} (« {nom} ») : {erreur}") from erreur


def _charger(fichier: Path) -> list[Any]:
    try:
        contenu = fichier.read_bytes()
        if len(contenu) > TAILLE_MAXIMALE:
            raise CasInvalide(f"{fichier} : plus de {TAILLE_MAXIMALE // 1_000_000} millions d'octets")
        lu = yaml.safe_load(contenu.decode("utf-8-sig"))
    except OSError as erreur:
        raise CasInvalide(f"{fichier} ne peut pas être lu ({erreur.strerror})") from erreur
    except UnicodeDecodeError as erreur:
        raise CasInvalide(f"{fichier} n'est pas écrit en UTF-8") from erreur
    except (yaml.YAMLError, ValueError, RecursionError) as erreur:
        if isinstance(erreur, CasInvalide):
            raise
        raise CasInvalide(f"{fichier} : l'écriture YAML est incorrecte ({str(erreur).splitlines()[0]})") from erreur
    if lu is None:
        return []
    return lu if isinstance(lu, list) else [lu]


def _lire(droit: str, brut: dict[str, Any], *, notre: bool) -> Iterator[Cas]:
    """The case, once per month that it expects something of."""
    for cle, quoi in AUTRE_LOI.items():
        if brut.get(cle):
            raise CasNonPris(f"le cas suppose {quoi} : Limpide calcule la loi en vigueur")
    if inconnus := set(brut) - MOTS - set(AUTRE_LOI):
        raise ValueError(f"« {min(map(str, inconnus))} » n'est pas un mot du format")
    attendus, non_pris = _attendus(brut)
    if not attendus:
        raise CasNonPris(f"Limpide ne calcule pas {', '.join(non_pris) or 'ce cas, qui n’attend rien'}")
    marges, relatives = _marges(brut.get("absolute_error_margin")), _marges(brut.get("relative_error_margin"))
    nom = str(brut.get("name", ""))
    for mois, attendu in attendus.items():
        donnees = _situation(brut.get("input") or {}, mois, notre=notre)
        situation = Situation.depuis_dict(donnees)
        yield Cas(droit, nom, situation, attendu, marges.get("default", MARGE), marges, relatives, non_pris)


def _marges(brut: Any) -> dict[str, float]:
    """A margin for all, or by variable; never under half a cent, as amounts are whole cents."""
    if brut is None:
        return {}
    table = brut if isinstance(brut, dict) else {"default": brut}
    return {str(cle): float(valeur) for cle, valeur in table.items() if valeur is not None}


def _attendus(brut: Mapping[str, Any]) -> tuple[dict[str, dict[str, Any]], tuple[str, ...]]:
    """What is expected, by month; and the variables that Limpide does not compute."""
    periode = brut.get("period")
    attendus: dict[str, dict[str, Any]] = {}
    non_pris: dict[str, None] = {}
    for variable, valeur in _variables(brut["output"], non_pris):
        if not _se_calcule(variable):
            non_pris[variable] = None
            continue
        for quand, montant in valeur.items() if isinstance(valeur, dict) else ((periode, valeur),):
            attendus.setdefault(_mois_seul(quand), {})[variable] = _nombre(montant)
    return attendus, tuple(non_pris)


def _variables(sortie: Mapping[str, Any], non_pris: dict[str, None]) -> Iterator[tuple[str, Any]]:
    """Expected variables, whether they are given flat or under their entity."""
    for cle, valeur in sortie.items():
        if cle == "individus":
            non_pris.update(dict.fromkeys(f"{v} (par personne)" for p in valeur.values() for v in p))
        elif cle in PLURIELS:
            yield from valeur.items()
        elif cle in PLURIELS.values():
            for contenu in valeur.values():
                yield from contenu.items()
        else:
            yield cle, valeur


def _se_calcule(variable: str) -> bool:
    return droit_et_quoi(variable)[0] in {d.code for d in catalogue_droits()}


def _mois_seul(periode: Any) -> str:
    """One month that the law covers, or `CasNonPris`."""
    if periode is None:
        raise ValueError("« period » manque : il dit le mois, comme 2026-11")
    texte = str(periode)[:7] if isinstance(periode, date) else str(periode)
    mois = mois_de(texte, 0, "period")
    if len(mois) != 1:
        raise CasNonPris(f"la période {texte} n'est pas un mois : Limpide calcule mois par mois")
    try:
        mois_couvert(ecrire_mois(mois[0]))
    except MoisHorsBareme as refus:
        raise CasNonPris(str(refus)) from None
    return ecrire_mois(mois[0])


def _situation(entree: Mapping[str, Any], mois: str, *, notre: bool) -> dict[str, Any]:
    """The household of the case as `Situation.depuis_dict` reads it."""
    membres, groupes = _entites(entree)
    composition = groupes.get("famille", {})
    parents, enfants = _membres(composition, "parents"), _membres(composition, "enfants")
    if not parents and not enfants:
        parents = list(membres)[:1]
    if len(parents) > 2:
        raise CasNonPris(f"la famille a {len(parents)} parents")
    if seuls := set(membres) - {*parents, *enfants}:
        raise CasNonPris(f"{min(map(str, seuls))} n'est pas de la famille : Limpide calcule un foyer à la fois")
    roles = dict.fromkeys(enfants, "enfant") | dict(zip(parents, ("demandeur", "conjoint"), strict=False))
    personnes = [
        ({} if roles[nom] == "enfant" else ADULTE_ORDINAIRE)
        | {"role": roles[nom]}
        | _faits(membres[nom] or {}, PERSONNE_FAITS, mois, notre=notre)
        for nom in (*parents, *enfants)
    ]
    foyer = dict(FOYER_ORDINAIRE)
    for contenu in groupes.values():
        faits = {cle: valeur for cle, valeur in contenu.items() if cle not in ROLES}
        foyer |= _faits(faits, FOYER_FAITS, mois, notre=notre)
    return {"mois": mois, "foyer": foyer, "personnes": personnes}


def _membres(composition: Mapping[str, Any], cle: str) -> list[str]:
    membres = composition.get(cle) or []
    return [membres] if isinstance(membres, str) else list(membres)


def _entites(entree: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Persons by name, and what is said of each group, from the three ways a case may be written."""
    if not set(entree) & ENTITES:  # one person, whose variables are given alone
        du_foyer = {*FOYER_FAITS, "depcom"}
        personne = {cle: valeur for cle, valeur in entree.items() if cle not in du_foyer}
        return {"personne": personne}, {"menage": {c: v for c, v in entree.items() if c in du_foyer}}
    groupes: dict[str, dict[str, Any]] = {}
    for singulier, pluriel in PLURIELS.items():
        contenu = entree.get(singulier) or {}
        if pluriel in entree:
            table = entree[pluriel] or {}
            if len(table) > 1:
                raise CasNonPris(f"{len(table)} {pluriel} : Limpide calcule un foyer à la fois")
            contenu = next(iter(table.values()), {}) or {}
        groupes[singulier] = contenu
    return dict(entree.get("individus") or {}), groupes


def _faits(faits: Mapping[str, Any], connus: tuple[str, ...], mois: str, *, notre: bool) -> dict[str, Any]:
    """The facts that Limpide reads; another variable is only left out if it says nothing (zero, false, none)."""
    lus: dict[str, Any] = {}
    for nom, valeur in faits.items():
        if nom == "depcom":
            lus["residence"] = lire_commune(valeur, nom)
        elif nom == "age" and "date_naissance" not in faits:
            lus["date_naissance"] = _naissance(valeur, mois)
        elif nom in connus or nom == "present":
            lus[nom] = _valeur(nom, valeur, mois, notre=notre)
        elif nom in NATURES:
            raise ValueError(f"« {nom} » se donne ailleurs : {NATURES[nom].sujet}")
        elif _dit_quelque_chose(valeur) and nom != "age":
            raise CasNonPris(f"Limpide ne lit pas « {nom} »")
    return lus


def _dit_quelque_chose(valeur: Any) -> bool:
    valeurs = valeur.values() if isinstance(valeur, dict) else [valeur]
    return any(v not in (0, 0.0, False, None, "", []) for v in valeurs)


def _naissance(age: Any, mois: str) -> str:
    """A date of birth that gives this age in the month: the first of the same month, that many years before."""
    annees = age if not isinstance(age, dict) else next((v for p, v in age.items() if str(p)[:7] == mois), None)
    if annees is None and isinstance(age, dict) and len(age) == 1:
        annees = next(iter(age.values()))
    if isinstance(annees, bool) or not isinstance(annees, int) or annees < 0:
        raise CasNonPris("l'âge n'est pas un nombre d'années entier pour le mois calculé")
    return f"{int(mois[:4]) - annees}-{mois[5:]}-01"


def _valeur(nom: str, valeur: Any, mois: str, *, notre: bool) -> Any:
    """A value of the file as `Situation.depuis_dict` reads it: dates as text, months in the order of the window."""
    nature = NATURES.get(nom)
    if isinstance(valeur, dict):
        return _par_periodes(nom, valeur, mois, notre=notre)
    if isinstance(valeur, date):
        return valeur.isoformat()
    if nature is not None and nature.type == "euros":
        return _nombre(valeur)
    if nature is None or valeur is None or valeur in nature.valeurs:
        return valeur
    if nature.type == "entier" and isinstance(valeur, int) and valeur > 1:
        return valeur  # a disability rate in percents, as we write it
    return traduire(nature, valeur, nom)


def _par_periodes(nom: str, valeurs: Mapping[Any, Any], mois: str, *, notre: bool) -> Any:
    fenetre = mois_de_la_fenetre(mois)
    nature = NATURES.get(nom)
    mensuel = nature is None or nature.periodicite == "mois"
    absent: Any = False if nom == "present" else 0
    par_mois: dict[str, Any] = {}
    for periode, valeur in valeurs.items():
        partage = 12 if nature is not None and nature.type == "euros" and mensuel and est_annee(str(periode)) else 1
        lue = _valeur(nom, valeur, mois, notre=notre)
        for m in map(ecrire_mois, mois_de(str(periode)[:10], lire_mois(mois), nom)):
            par_mois[m] = lue / partage if isinstance(lue, float) else lue
    if notre and (dehors := set(par_mois) - set(fenetre)):
        raise ValueError(f"{nom} : {min(dehors)} n'est pas dans la fenêtre de {fenetre[0]} à {fenetre[-1]}")
    if mensuel:
        return [par_mois.get(m, absent) for m in fenetre]
    return par_mois.get(mois, next(iter(par_mois.values()), None))


def _nombre(valeur: Any) -> Any:
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


def mois_de_la_fenetre(mois: str) -> list[str]:
    """The months of the window, oldest first: « 2026-11 » → « 2026-05 » … « 2026-11 »."""
    annee, rang = (int(partie) for partie in mois.split("-"))
    fin = annee * 12 + rang - 1
    return [f"{m // 12}-{m % 12 + 1:02d}" for m in range(fin - MOIS_FENETRE + 1, fin + 1)]
