"""A situation written for OpenFisca-France (its JSON web format), as the dictionary `Situation.depuis_dict` reads.

Our facts bear OpenFisca's names, so most variables pass as they are; a few are written differently (nationality as a
country code, disability rate from 0 to 1, place of residence as a municipality code). OpenFisca's defaults are
applied where it would apply them, and told as assumptions. What it gives under names that we do not read is never
passed over in silence: see `noms_openfisca`.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from .bareme import decaler, ecrire_mois, lire_mois, mois_fenetre
from .faits import NATURES, RESIDENCES, Nature
from .noms_openfisca import faits_nourris, ne_dit_rien, noms_openfisca
from .valeurs import SituationInvalide, lire_valeur

ENTITES = ("individus", "familles", "foyers_fiscaux", "menages")
ROLES_DES_ENTITES = {
    "familles": ("parents", "enfants"),
    "foyers_fiscaux": ("declarants", "personnes_a_charge"),
    "menages": ("personne_de_reference", "conjoint", "enfants", "autres"),
}
EEE_ET_SUISSE = frozenset(
    {
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "DE", "GR", "HU", "IE", "IT", "LV", "LT",
        "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO", "CH",
    }
)  # fmt: skip
DEPARTEMENTS = {
    "971": "guadeloupe",
    "972": "martinique",
    "973": "guyane",
    "974": "la_reunion",
    "975": "saint_pierre_et_miquelon",
    "976": "mayotte",
    "977": "saint_barthelemy",
    "978": "saint_martin",
}
NON_RENSEIGNE = "non_renseigne"
"""OpenFisca's word for an enumeration that nobody told: unknown here, unless the fact has that value."""
AUTRES_NOMS = {"aspa": "aspa_individu"}
LUS_AUTREMENT = ("age", "depcom")
"""Variables of OpenFisca from which we read a fact of another name and meaning."""
PATRIMOINE = frozenset({"epargne_revenus_non_imposables", "livret_a"})
"""Amounts of what one owns, not of what one gets: the same in every month of a longer period."""
AGE_AU_PLUS = 150
LOCATAIRES = ("locataire_hlm", "locataire_vide", "locataire_meuble", "locataire_foyer")
PERIODE = re.compile(r"^(?:(month|year|day):)?(\d{4})(?:-(0[1-9]|1[0-2])(?:-\d{2})?)?(?::(\d{1,2}))?$", re.ASCII)


def est_openfisca(donnees: Mapping[str, Any]) -> bool:
    return "individus" in donnees and "familles" in donnees


def lire_openfisca(donnees: Mapping[str, Any], mois: str) -> tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]:
    """The household, the assumptions made, and the variables not used. `SituationInvalide` carries the path."""
    return _Lecteur(donnees, mois).lire()


class _Lecteur:
    def __init__(self, donnees: Mapping[str, Any], mois: str) -> None:
        self.donnees, self.mois = donnees, lire_mois(mois)
        self.fenetre = mois_fenetre(self.mois)
        self.suppositions: list[str] = []
        self.ignores: dict[str, None] = {}
        self.nourris: dict[str, dict[str, None]] = {}
        """By member: facts that what we do not read would serve to compute."""

    def lire(self) -> tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]:
        inconnues = sorted(set(self.donnees) - set(ENTITES) - {"mois"})
        if inconnues:
            raise _refus(inconnues[0], "une entité inconnue", ", ".join(ENTITES))
        individus = self._table("individus")
        famille = self._unique("familles")
        ordre = self._membres(famille, individus)
        personnes = [self._personne(rang, nom, role, individus[nom]) for rang, (nom, role) in enumerate(ordre)]
        foyer: dict[str, Any] = {}
        for entite in ("familles", "foyers_fiscaux", "menages"):
            table = self._table(entite) if entite in self.donnees else {}
            if len(table) > 1:
                raise _refus(entite, f"{len(table)} {entite}", "une seule : on calcule un foyer à la fois")
            for nom, contenu in table.items():
                self._faits(entite, nom, contenu, foyer)
                for personne in personnes:
                    self._taire(personne, nom)
        if "aspa_individu" in foyer:
            personnes[0]["aspa_individu"] = foyer.pop("aspa_individu")
        if "residence" not in foyer:
            foyer["residence"] = RESIDENCES[0]
            self.suppositions.append("Le foyer réside en France métropolitaine (valeur d'OpenFisca par défaut).")
        self._logement(foyer)
        situation = {"mois": ecrire_mois(self.mois), "foyer": foyer, "personnes": personnes}
        return situation, tuple(self.suppositions), tuple(self.ignores)

    def _logement(self, foyer: dict[str, Any]) -> None:
        """What OpenFisca supposes of a dwelling."""
        statut = foyer.get("statut_occupation_logement")
        if statut == "locataire_foyer" and "type_foyer" not in foyer:
            foyer["type_foyer"] = "autre"
            self.suppositions.append("Le foyer relève du barème général de l'APL (le seul d'OpenFisca).")
        if statut in LOCATAIRES and "logement_conventionne" not in foyer:
            foyer["logement_conventionne"] = statut == "locataire_hlm"
            dit = "est conventionné" if statut == "locataire_hlm" else "n'est pas conventionné"
            self.suppositions.append(f"Le logement {dit} (valeur d'OpenFisca par défaut).")

    def _personne(self, rang: int, nom: str, role: str, contenu: Mapping[str, Any]) -> dict[str, Any]:
        personne: dict[str, Any] = {"role": role}
        self._faits("individus", nom, contenu, personne)
        if "age" in contenu:  # once every fact is read: a date of birth says more
            self._age(nom, contenu["age"], f"individus.{nom}.age", personne)
        self._taire(personne, nom)
        if rang < 2 and role != "enfant":
            self._defaut(personne, "salaire_net", 0.0, nom, "aucun salaire")
        self._defaut(personne, "nationalite", "francaise", nom, "la nationalité française")
        return personne

    def _defaut(self, personne: dict[str, Any], fait: str, valeur: Any, nom: str, mots: str) -> None:
        if fait not in personne:
            personne[fait] = valeur
            self.suppositions.append(f"{nom} : {mots} (valeur d'OpenFisca par défaut).")

    def _taire(self, personne: dict[str, Any], nom: str) -> None:
        """What we do not read says something of these facts: unless they are given too, they are unknown, not zero."""
        for fait in self.nourris.get(nom, ()):
            personne.setdefault(fait, None)

    def _table(self, entite: str) -> Mapping[str, Any]:
        table = self.donnees.get(entite)
        if not isinstance(table, dict) or not all(isinstance(v, dict) for v in table.values()):
            raise _refus(entite, type(table).__name__, "un objet, une clé par membre")
        return table

    def _unique(self, entite: str) -> Mapping[str, Any]:
        table = self._table(entite)
        if len(table) != 1:
            raise _refus(entite, f"{len(table)} {entite}", "une seule : on calcule un foyer à la fois")
        famille: Mapping[str, Any] = next(iter(table.values()))
        return famille

    def _membres(self, famille: Mapping[str, Any], individus: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Persons in the order of our records, with their role."""
        roles: list[tuple[str, str]] = []
        for cle in ("parents", "enfants"):
            membres = famille.get(cle, [])
            membres = [membres] if isinstance(membres, str) else membres
            if not isinstance(membres, list) or any(not isinstance(m, str) for m in membres):
                raise _refus(f"familles.{cle}", membres, "une liste d'identifiants d'individus")
            for rang, nom in enumerate(membres):
                if nom not in individus:
                    raise _refus(f"familles.{cle}", nom, "un identifiant présent dans « individus »")
                role = "enfant" if cle == "enfants" else "demandeur" if rang == 0 else "conjoint"
                roles.append((nom, role))
        oublies = sorted(set(individus) - {nom for nom, _ in roles})
        if oublies:
            raise _refus("individus", oublies[0], "une personne rattachée à la famille")
        if len({nom for nom, _ in roles}) != len(roles):
            raise _refus("familles", "une personne citée deux fois", "chaque personne une fois")
        return roles

    def _faits(self, entite: str, nom: str, contenu: Mapping[str, Any], cible: dict[str, Any]) -> None:
        sujet = "personne" if entite == "individus" else "foyer"
        for variable, brut in contenu.items():
            if variable in ROLES_DES_ENTITES.get(entite, ()):
                continue
            chemin = f"{entite}.{nom}.{variable}"
            fait = AUTRES_NOMS.get(variable, variable)
            nature = NATURES.get(fait)
            if variable == "depcom":
                cible["residence"] = lire_commune(brut, chemin)
            elif variable == "age" and sujet == "personne":
                continue
            elif nature is None:
                self._non_lue(entite, nom, variable, brut)
            elif nature.sujet != sujet and fait not in AUTRES_NOMS.values():
                raise _refus(chemin, f"« {variable} » ici", f"cette variable parmi les faits du {nature.sujet}")
            else:
                self._fait(nature, brut, chemin, cible)

    def _fait(self, nature: Nature, brut: Any, chemin: str, cible: dict[str, Any]) -> None:
        try:
            valeur = self._valeur(nature, brut, chemin)
            if valeur is not _ABSENTE:
                lire_valeur(nature.nom, valeur)
        except SituationInvalide as refus:
            refus.chemin = refus.chemin or chemin
            raise
        if valeur is not _ABSENTE:
            cible[nature.nom] = valeur

    def _non_lue(self, entite: str, nom: str, variable: str, brut: Any) -> None:
        """A variable that we do not read: left out if it says nothing, refused if we cannot tell what it changes."""
        chemin = f"{entite}.{nom}.{variable}"
        connue = noms_openfisca().get(variable)
        if connue is None:
            raise _refus(chemin, f"« {variable} »", "le nom d'une variable d'OpenFisca-France ou de Limpide")
        if connue.entite != entite:
            raise _refus(chemin, f"« {variable} » dans « {entite} »", f"cette variable dans « {connue.entite} »")
        faits = faits_nourris(variable)
        if not ne_dit_rien(variable, brut):
            if faits is None:
                raise _refus(chemin, brut, f"rien, ou zéro : Limpide ne lit pas « {variable} »")
            self.nourris.setdefault(nom, {}).update(dict.fromkeys(faits))
        self.ignores[f"{entite}.{variable}"] = None

    def _age(self, nom: str, brut: Any, chemin: str, cible: dict[str, Any]) -> None:
        """A date of birth that gives this age in the month it is told of, unless the date is given.

        The age is reached the month before: what an anniversary opens or closes from the month after, it has.
        """
        for age in brut.values() if isinstance(brut, dict) else [brut]:
            if age is not None and not (_est_un_nombre(age) and 0 <= age <= AGE_AU_PLUS):
                raise _refus(chemin, age, "un âge en années")
        dits = {m: age for m, age in repartir(None, brut, self.mois, chemin).items() if age is not None}
        if dits and "date_naissance" not in cible:
            mois = self.mois if self.mois in dits else min(dits)
            age, veille = math.floor(dits[mois]), decaler(mois, -1)
            cible["date_naissance"] = f"{veille // 100 - age:04d}-{veille % 100:02d}-01"
            self.suppositions.append(f"{nom} : {age} ans depuis le mois qui précède (l'âge seul est donné).")

    def _valeur(self, nature: Nature, brut: Any, chemin: str) -> Any:
        par_mois = repartir(nature, brut, self.mois, chemin)
        if nature.type == "euros" and nature.periodicite == "mois":
            return [par_mois.get(m) for m in self.fenetre]
        if nature.type == "euros" and nature.nom.startswith("rpns_"):
            connus = [v for m, v in sorted(par_mois.items()) if m <= self.mois and v]
            return connus[-1] if connus else 0.0
        if self.mois not in par_mois:
            return _ABSENTE
        return traduire(nature, par_mois[self.mois], chemin)


def repartir(nature: Nature | None, brut: Any, mois: int, chemin: str) -> dict[int, Any]:
    """Value by month (202611) of a variable given once, or by periods.

    As in OpenFisca, the shorter of two periods is right for its months; a monthly amount given for a longer one is a
    sum, shared between the months that nothing else tells.
    """
    if not isinstance(brut, Mapping):
        return dict.fromkeys(mois_fenetre(mois), brut)
    par_mois: dict[int, Any] = {}
    periodes = [(str(periode), mois_de(periode, mois, chemin), valeur) for periode, valeur in brut.items()]
    for periode, dits, valeur in sorted(periodes, key=lambda lue: (lue[2] is None, len(lue[1]))):
        libres = [m for m in dits if m not in par_mois]
        if _est_une_somme(nature, periode, valeur) and libres:
            connus = [par_mois[m] for m in dits if m in par_mois]
            part = (valeur - sum(connus)) / len(libres) if all(map(_est_un_nombre, connus)) else valeur / len(dits)
            par_mois |= dict.fromkeys(libres, part)
        else:
            par_mois |= dict.fromkeys(libres, valeur)
    return par_mois


def _est_une_somme(nature: Nature | None, periode: str, valeur: Any) -> bool:
    if nature is None or nature.type != "euros" or nature.periodicite != "mois" or nature.nom in PATRIMOINE:
        return False
    return periode.upper() != "ETERNITY" and _est_un_nombre(valeur)


def _est_un_nombre(valeur: Any) -> bool:
    return isinstance(valeur, int | float) and not isinstance(valeur, bool)


_ABSENTE = object()


def lire_commune(brut: Any, chemin: str) -> str:
    """Place of residence from a municipality's Insee code, given once or by periods."""
    valeurs = list(brut.values()) if isinstance(brut, dict) else [brut]
    code = valeurs[-1] if valeurs else None
    if not isinstance(code, str) or not re.fullmatch(r"\d[0-9AB]\d{3}", code):
        raise _refus(chemin, code, "un code Insee de commune, comme 69123")
    return DEPARTEMENTS.get(code[:3], RESIDENCES[0])


def traduire(nature: Nature, valeur: Any, chemin: str) -> Any:
    """A value in OpenFisca's terms, in ours."""
    if nature.nom == "nationalite":
        if not isinstance(valeur, str) or not re.fullmatch(r"[A-Z]{2}", valeur):
            raise _refus(chemin, valeur, "un code de pays de deux lettres, comme FR")
        return "francaise" if valeur == "FR" else "eee_ou_suisse" if valeur in EEE_ET_SUISSE else "autre"
    if nature.nom == "taux_incapacite":
        if isinstance(valeur, bool) or not isinstance(valeur, int | float) or not 0 <= valeur <= 1:
            raise _refus(chemin, valeur, "un taux de 0 à 1")
        return round(valeur * 100)
    if valeur == NON_RENSEIGNE and nature.type == "enumeration" and NON_RENSEIGNE not in nature.valeurs:
        return None
    if nature.type == "entier" and isinstance(valeur, float) and math.isfinite(valeur):
        return math.floor(valeur)
    return valeur


def est_une_periode(periode: str) -> bool:
    """Whether `mois_de` reads it."""
    return periode.upper() == "ETERNITY" or PERIODE.fullmatch(periode) is not None


def mois_de(periode: Any, mois: int, chemin: str) -> list[int]:
    """Months of an OpenFisca period: ETERNITY, 2026, 2026-08, month:2026-06:3, year:2026."""
    if str(periode).upper() == "ETERNITY":
        return mois_fenetre(mois)
    trouve = PERIODE.match(str(periode))
    if trouve is None:
        raise _refus(chemin, periode, "une période comme 2026-08, 2026 ou ETERNITY")
    unite, annee, numero, nombre = trouve[1], int(trouve[2]), trouve[3], int(trouve[4] or 1)
    debut = annee * 12 + (int(numero) - 1 if numero else 0)
    duree = nombre * (12 if unite == "year" or numero is None else 1)
    return [m // 12 * 100 + m % 12 + 1 for m in range(debut, debut + duree)]


def _refus(chemin: str, trouve: object, attendu: str) -> SituationInvalide:
    refus = SituationInvalide(chemin.rsplit(".", 1)[-1], None, trouve, attendu)
    refus.chemin = chemin
    return refus
