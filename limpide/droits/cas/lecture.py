"""From the text of a case to a situation and what is expected of it.

A stranger's file may hold what Limpide does not take: variables it does not read or compute, several families, a
reform. Such a case is refused with its reason (`CasNonPris`), never guessed; one that is badly written is
`CasInvalide`.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from limpide.droits.bareme import ecrire_mois, lire_mois
from limpide.droits.calcul import catalogue_droits
from limpide.droits.ensemble import completer, faits_dits, nourrir_et_liquider
from limpide.droits.faits import MOIS_FENETRE, NATURES
from limpide.droits.fautes import en_francais
from limpide.droits.lecture_openfisca import lire_commune, traduire, verifier_age
from limpide.droits.periodes_openfisca import repartir
from limpide.droits.situation import FOYER_FAITS, PERSONNE_FAITS, Situation

from .attentes import MARGE, PLURIELS, attentes, marges, nombre
from .modele import Cas, CasInvalide, CasNonPris

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
TAILLE_MAXIMALE, VALEURS_AU_PLUS = 5_000_000, 1_000_000
ENTITES = {"individus", *PLURIELS, *PLURIELS.values()}
ROLES = {"parents", "enfants", "declarants", "personnes_a_charge", "personne_de_reference", "conjoint", "autres"}
MOTS = {
    "absolute_error_margin", "description", "ignore_variables", "input", "keywords", "max_spiral_loops", "name",
    "only_variables", "output", "period", "relative_error_margin",
}  # fmt: skip
AUTRE_LOI = {"reforms": "une réforme", "extensions": "une extension", "parameters": "des paramètres modifiés"}


def lire_cas(dossier: Path | None = None) -> Iterator[Cas]:
    """Every case that Limpide ships, folder by folder (`cas.yaml`, `cas_limites.yaml`…); all must be taken whole."""
    for fichier in sorted((dossier or ICI).glob("*/cas*.yaml")):
        ou = f"{fichier.parent.name}/{fichier.name}"
        for rang, brut in enumerate(yaml.load(fichier.read_text(encoding="utf-8"), Loader=LECTEUR) or [], 1):  # noqa: S506 - a safe one
            try:
                yield from _lire(fichier.parent.name, brut, notre=True)
            except (KeyError, TypeError, ValueError) as erreur:
                raise CasInvalide(f"{ou}, cas n° {rang} : {erreur}") from erreur


def lire_cas_de_fichier(fichier: Path) -> Iterator[tuple[str, list[Cas] | CasNonPris | CasInvalide]]:
    """Cases of one file, with their names; one that Limpide does not take, or cannot read, comes with its reason.

    `CasInvalide` if the file itself cannot be read.
    """
    notre = fichier.resolve().parent.parent == ICI
    for rang, brut in enumerate(_charger(fichier), 1):
        dit = brut.get("name") if isinstance(brut, dict) else None
        nom = str(dit) if dit and isinstance(dit, str | int | float) else f"cas n° {rang}"
        if not isinstance(brut, dict) or not isinstance(brut.get("output"), dict):
            yield nom, CasInvalide("un cas est un objet avec « period », « input » et « output »")
            continue
        try:
            yield nom, list(_lire(fichier.parent.name, brut, notre=notre))
        except CasNonPris as raison:
            yield nom, raison
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as erreur:
            yield nom, CasInvalide(str(erreur))


def _charger(fichier: Path) -> list[Any]:
    try:
        contenu = fichier.read_bytes()
        if len(contenu) > TAILLE_MAXIMALE:
            raise CasInvalide(f"{fichier} : plus de {TAILLE_MAXIMALE // 1_000_000} millions d'octets")
        if b"\0" in contenu:
            raise CasInvalide(f"{fichier} n'est pas écrit en UTF-8")
        lu = yaml.safe_load(contenu.decode("utf-8-sig"))
        if _valeurs(lu, {}) > VALEURS_AU_PLUS:
            raise CasInvalide(f"{fichier} : ses renvois (&, *) font plus de {VALEURS_AU_PLUS} valeurs")
    except OSError as erreur:
        raise CasInvalide(f"{fichier} ne peut pas être lu ({erreur.strerror})") from erreur
    except UnicodeDecodeError as erreur:
        raise CasInvalide(f"{fichier} n'est pas écrit en UTF-8") from erreur
    except yaml.MarkedYAMLError as erreur:
        ou = f", ligne {erreur.problem_mark.line + 1}" if erreur.problem_mark else ""
        quoi = en_francais(erreur.problem)
        raise CasInvalide(f"{fichier}{ou} : l'écriture YAML est incorrecte ({quoi})") from erreur
    except (yaml.YAMLError, ValueError, RecursionError) as erreur:
        if isinstance(erreur, CasInvalide):
            raise
        raise CasInvalide(f"{fichier} : l'écriture YAML est incorrecte ({en_francais(erreur)})") from erreur
    if lu is None:
        return []
    return lu if isinstance(lu, list) else [lu]


def _valeurs(lu: Any, connues: dict[int, float]) -> float:
    """How many values this is once its aliases are written out: a few lines can stand for billions, or for ever."""
    if not isinstance(lu, dict | list):
        return 1
    if id(lu) not in connues:
        connues[id(lu)] = math.inf  # met again inside itself
        dedans = [*lu.keys(), *lu.values()] if isinstance(lu, dict) else lu
        connues[id(lu)] = 1 + sum(_valeurs(valeur, connues) for valeur in dedans)
    return connues[id(lu)]


def _lire(droit: str, brut: dict[str, Any], *, notre: bool) -> Iterator[Cas]:
    """The case, once per month that it expects something of."""
    for cle, quoi in AUTRE_LOI.items():
        if brut.get(cle):
            raise CasNonPris(f"le cas suppose {quoi} : Limpide calcule la loi en vigueur")
    if inconnus := set(brut) - MOTS - set(AUTRE_LOI):
        raise ValueError(f"« {min(map(str, inconnus))} » n'est pas un mot du format")
    membres, groupes = _entites(brut.get("input") or {})
    attendus, non_pris = attentes(brut, list(membres))
    if not attendus:
        raise CasNonPris(f"Limpide ne calcule pas {', '.join(non_pris) or 'ce cas, qui n’attend rien'}")
    absolues, relatives = marges(brut.get("absolute_error_margin")), marges(brut.get("relative_error_margin"))
    roles = _roles(membres, groupes)
    rangs = {nom: rang for rang, nom in enumerate(roles)}
    for mois, du_mois in attendus.items():
        donnees = _situation(membres, groupes, roles, mois, notre=notre)
        situation = Situation.depuis_dict(donnees) if notre else _recevant(donnees)
        chacun = {quoi: {rangs[nom]: euros for nom, euros in siens.items()} for quoi, siens in du_mois.chacun.items()}
        nom = str(brut.get("name", ""))
        yield Cas(droit, nom, situation, du_mois.foyer, MARGE, absolues, relatives, non_pris, chacun)


def _roles(membres: Mapping[Any, Any], groupes: Mapping[str, Mapping[str, Any]]) -> dict[Any, str]:
    """Role of each person, in the order of our records."""
    composition = groupes.get("famille", {})
    parents, enfants = _membres(composition, "parents"), _membres(composition, "enfants")
    if not parents and not enfants:
        parents = list(membres)[:1]
    if len(parents) > 2:
        raise CasNonPris(f"la famille a {len(parents)} parents")
    if seuls := set(membres) - {*parents, *enfants}:
        raise CasNonPris(f"{min(map(str, seuls))} n'est pas de la famille : Limpide calcule un foyer à la fois")
    if absents := {*parents, *enfants} - set(membres):
        raise ValueError(f"{min(map(str, absents))} n'est pas dans « individus »")
    if deux := [nom for rang, nom in enumerate([*parents, *enfants]) if nom in [*parents, *enfants][:rang]]:
        raise ValueError(f"{deux[0]} est deux fois dans la famille")
    return dict(zip(parents, ("demandeur", "conjoint"), strict=False)) | dict.fromkeys(enfants, "enfant")


def _situation(
    membres: Mapping[Any, Any], groupes: Mapping[str, Mapping[str, Any]], roles: Mapping[Any, str], mois: str, *,
    notre: bool,
) -> dict[str, Any]:  # fmt: skip
    """The household of the case as `Situation.depuis_dict` reads it."""
    personnes = [
        ({} if role == "enfant" else ADULTE_ORDINAIRE)
        | {"role": role}
        | _faits(membres[nom] or {}, PERSONNE_FAITS, mois, notre=notre)
        for nom, role in roles.items()
    ]
    foyer = dict(FOYER_ORDINAIRE)
    for contenu in groupes.values():
        faits = {cle: valeur for cle, valeur in contenu.items() if cle not in ROLES}
        foyer |= _faits(faits, FOYER_FAITS, mois, notre=notre)
    return {"mois": mois, "foyer": foyer, "personnes": personnes}


def _recevant(donnees: dict[str, Any]) -> Situation:
    """The household that receives what it has a right to and does not tell: OpenFisca computes it."""
    dits = faits_dits(donnees)
    libres = [droit.code for droit in catalogue_droits() if droit.nourrit and droit.nourrit not in dits]
    return nourrir_et_liquider(completer(donnees, dits), libres)[0]


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
            if len(table) > 1 and pluriel != "foyers_fiscaux":  # who lives together may declare apart
                raise CasNonPris(f"{len(table)} {pluriel} : Limpide calcule un foyer à la fois")
            contenu = {}
            for dits in filter(None, table.values()):
                if deux := [nom for nom in dits if nom not in ROLES and contenu.get(nom, dits[nom]) != dits[nom]]:
                    raise CasNonPris(f"« {deux[0]} » a deux valeurs : Limpide calcule un foyer à la fois")
                contenu |= dits
        groupes[singulier] = contenu
    return dict(entree.get("individus") or {}), groupes


def _faits(faits: Mapping[str, Any], connus: tuple[str, ...], mois: str, *, notre: bool) -> dict[str, Any]:
    """The facts that Limpide reads; another variable is only left out if it says nothing (zero, false, none)."""
    lus: dict[str, Any] = {}
    for nom, valeur in faits.items():
        if nom == "depcom":
            lus["residence"], zone = lire_commune(_code_insee(valeur), nom)
            if zone is not None and "zone_apl" not in faits:
                lus["zone_apl"] = zone
        elif nom == "age" and "date_naissance" not in faits:
            lus["date_naissance"] = _naissance(valeur, mois)
        elif nom in connus or nom == "present":
            lus[nom] = _valeur(nom, valeur, mois, notre=notre)
        elif nom in NATURES:
            raise ValueError(f"« {nom} » se donne ailleurs : {NATURES[nom].sujet}")
        elif _dit_quelque_chose(valeur) and nom != "age":
            raise CasNonPris(f"Limpide ne lit pas « {nom} »")
    return lus


def _code_insee(valeur: Any) -> Any:
    """A municipality's code, which YAML reads as a number where it was written without quotes."""
    if isinstance(valeur, Mapping):
        return {periode: _code_insee(dite) for periode, dite in valeur.items()}
    return f"{valeur:05d}" if isinstance(valeur, int) and not isinstance(valeur, bool) else valeur


def _dit_quelque_chose(valeur: Any) -> bool:
    valeurs = valeur.values() if isinstance(valeur, dict) else [valeur]
    return any(v not in (0, 0.0, False, None, "", []) for v in valeurs)


def _naissance(age: Any, mois: str) -> str:
    """A date of birth that gives this age in the month: the first of the same month, that many years before."""
    annees = age if not isinstance(age, dict) else next((v for p, v in age.items() if str(p)[:7] == mois), None)
    if annees is None and isinstance(age, dict) and len(age) == 1:
        annees = next(iter(age.values()))
    if annees is not None:
        verifier_age(annees, "age")
    if not isinstance(annees, int):
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
        return nombre(valeur)
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
    lues = {_periode(periode): _valeur(nom, valeur, mois, notre=notre) for periode, valeur in valeurs.items()}
    par_mois = {ecrire_mois(m): valeur for m, valeur in repartir(nature, lues, lire_mois(mois), nom).items()}
    if notre and (dehors := set(par_mois) - set(fenetre)):
        raise ValueError(f"{nom} : {min(dehors)} n'est pas dans la fenêtre de {fenetre[0]} à {fenetre[-1]}")
    if mensuel:
        return [par_mois.get(m, absent) for m in fenetre]
    return par_mois.get(mois, next(iter(par_mois.values()), None))


def _periode(periode: Any) -> str:
    """YAML reads « 2026-11-01 » as a date."""
    return periode.isoformat()[:10] if isinstance(periode, date) else str(periode)


def mois_de_la_fenetre(mois: str) -> list[str]:
    """The months of the window, oldest first: « 2026-11 » → « 2026-05 » … « 2026-11 »."""
    annee, rang = (int(partie) for partie in mois.split("-"))
    fin = annee * 12 + rang - 1
    return [f"{m // 12}-{m % 12 + 1:02d}" for m in range(fin - MOIS_FENETRE + 1, fin + 1)]
