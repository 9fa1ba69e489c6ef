"""A situation written for OpenFisca-France (its JSON web format), as the dictionary `Situation.depuis_dict` reads.

Our facts bear OpenFisca's names, so most variables pass as they are; a few are written differently (nationality as a
country code, disability rate from 0 to 1, place of residence as a municipality code). OpenFisca's defaults are
applied where it would apply them, and told as assumptions. What it gives under names that we do not read is never
passed over in silence: see `noms_openfisca`.
"""

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from .annee_openfisca import BASE, CHOMAGE, IMPOSABLES, SALAIRE, douze_mois_du_logement, lire_annee, montants
from .bareme import decaler, ecrire_mois, lire_mois, mois_fenetre
from .faits import NATURES, RESIDENCES, Nature
from .faits_logement import LIBELLES_ZONES, ZONES
from .logement.zones import zone_du_code
from .noms_openfisca import faits_nourris, ne_dit_rien, noms_openfisca
from .periodes_openfisca import est_un_nombre, refus, repartir
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
LUS_AUTREMENT = ("age", "depcom", *IMPOSABLES)
"""Variables of OpenFisca from which we read a fact of another name and meaning."""
AGE_AU_PLUS = 150
LOCATAIRES = ("locataire_hlm", "locataire_vide", "locataire_meuble", "locataire_foyer")


def verifier_age(age: Any, chemin: str) -> None:
    """`SituationInvalide` if it is none."""
    if not (est_un_nombre(age) and 0 <= age <= AGE_AU_PLUS):
        raise refus(chemin, age, "un âge en années")


def est_openfisca(donnees: Mapping[str, Any]) -> bool:
    return "individus" in donnees and "familles" in donnees


class Lecture(NamedTuple):
    """The household, the assumptions made, the variables not used, and what to add by OpenFisca's names, by fact."""

    situation: dict[str, Any]
    suppositions: tuple[str, ...]
    ignores: tuple[str, ...]
    a_donner: dict[str, str]


def lire_openfisca(donnees: Mapping[str, Any], mois: str) -> Lecture:
    """What OpenFisca's situation says of one family in this month. `SituationInvalide` carries the path."""
    return _Lecteur(donnees, mois).lire()


class _Lecteur:
    def __init__(self, donnees: Mapping[str, Any], mois: str) -> None:
        self.donnees, self.mois = donnees, lire_mois(mois)
        self.fenetre = mois_fenetre(self.mois)
        self.suppositions: list[str] = []
        self.ignores: dict[str, None] = {}
        self.zone: str | None = None
        """Of the commune, for the housing benefit."""
        self.nourris: dict[str, dict[str, None]] = {}
        """By member: facts that what we do not read would serve to compute."""

    def lire(self) -> Lecture:
        inconnues = sorted(set(self.donnees) - set(ENTITES) - {"mois"})
        if inconnues:
            raise refus(inconnues[0], "une entité inconnue", ", ".join(ENTITES))
        individus = self._table("individus")
        famille = self._unique("familles")
        ordre = self._membres(famille, individus)
        personnes = [self._personne(rang, nom, role, individus[nom]) for rang, (nom, role) in enumerate(ordre)]
        foyer: dict[str, Any] = {}
        for entite in ("familles", "foyers_fiscaux", "menages"):
            table = self._table(entite) if entite in self.donnees else {}
            if len(table) > 1 and entite != "foyers_fiscaux":  # who lives together may declare apart
                raise refus(entite, f"{len(table)} {entite}", "une seule : on calcule un foyer à la fois")
            for nom, contenu in table.items():
                dits: dict[str, Any] = {}
                self._faits(entite, nom, contenu, dits)
                if deux := [fait for fait, dit in dits.items() if foyer.get(fait, dit) != dit]:
                    raise refus(f"{entite}.{nom}.{deux[0]}", dits[deux[0]], "la même valeur que dans l'autre entité")
                foyer |= dits
                for personne in personnes:
                    self._taire(personne, nom)
        if "aspa_individu" in foyer:
            personnes[0]["aspa_individu"] = foyer.pop("aspa_individu")
        if "residence" not in foyer:
            foyer["residence"] = RESIDENCES[0]
            self.suppositions.append("Le foyer réside en France métropolitaine (valeur d'OpenFisca par défaut).")
        self._logement(foyer)
        noms = [nom for nom, _ in ordre]
        self._douze_mois(noms, personnes)
        a_donner = self._annee(noms, personnes, foyer)
        situation = {"mois": ecrire_mois(self.mois), "foyer": foyer, "personnes": personnes}
        return Lecture(situation, tuple(self.suppositions), tuple(self.ignores), a_donner)

    def _douze_mois(self, noms: list[str], personnes: list[dict[str, Any]]) -> None:
        """The incomes that the housing benefit counts, where every month of them is given."""
        dits = douze_mois_du_logement(self.mois)
        for nom, personne in zip(noms, personnes, strict=True):
            contenu = self.donnees["individus"][nom]
            for variable, fait in ((SALAIRE, "logement_salaires"), (CHOMAGE, "logement_chomage")):
                lus = montants(variable, contenu.get(variable), self.mois, dits, f"individus.{nom}.{variable}")
                if len(lus) == len(dits) and personne.get(fait) is None:
                    personne[fait] = round(sum(lus.values()), 2)
                    self.ignores.pop(f"individus.{variable}", None)

    def _annee(self, noms: list[str], personnes: list[dict[str, Any]], foyer: dict[str, Any]) -> dict[str, str]:
        """The income of the year before last, unless it is given; else what to add, by missing fact."""
        adultes = [rang for rang, personne in enumerate(personnes) if personne["role"] != "enfant"]
        individus = self.donnees["individus"]
        lus = [(noms[rang], individus[noms[rang]], personnes[rang]) for rang in adultes]
        annee = lire_annee(lus, self.donnees.get("foyers_fiscaux", {}), self.mois)
        for variable in annee.lus:
            self.ignores.pop(f"individus.{variable}", None)
        pris = [fait for fait in annee.foyer if foyer.get(fait) is None]
        foyer |= {fait: annee.foyer[fait] for fait in pris}
        for rang, faits in zip(adultes, annee.personnes, strict=True):
            personnes[rang] |= {fait: valeur for fait, valeur in faits.items() if personnes[rang].get(fait) is None}
        if pris:
            self.suppositions += annee.suppositions
        return {} if foyer.get(BASE) is not None or not annee.a_donner else {BASE: annee.a_donner}

    def _logement(self, foyer: dict[str, Any]) -> None:
        """What OpenFisca supposes of a dwelling."""
        if self.zone is not None and "zone_apl" not in foyer:
            foyer["zone_apl"] = self.zone
            dite = LIBELLES_ZONES[ZONES.index(self.zone)]
            self.suppositions.append(f"Le logement est en {dite} (sa commune, arrêté du 17 mars 1978).")
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
            raise refus(entite, type(table).__name__, "un objet, une clé par membre")
        return table

    def _unique(self, entite: str) -> Mapping[str, Any]:
        table = self._table(entite)
        if len(table) != 1:
            raise refus(entite, f"{len(table)} {entite}", "une seule : on calcule un foyer à la fois")
        famille: Mapping[str, Any] = next(iter(table.values()))
        return famille

    def _membres(self, famille: Mapping[str, Any], individus: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Persons in the order of our records, with their role."""
        roles: list[tuple[str, str]] = []
        for cle in ("parents", "enfants"):
            membres = famille.get(cle, [])
            membres = [membres] if isinstance(membres, str) else membres
            if not isinstance(membres, list) or any(not isinstance(m, str) for m in membres):
                raise refus(f"familles.{cle}", membres, "une liste d'identifiants d'individus")
            for rang, nom in enumerate(membres):
                if nom not in individus:
                    raise refus(f"familles.{cle}", nom, "un identifiant présent dans « individus »")
                role = "enfant" if cle == "enfants" else "demandeur" if rang == 0 else "conjoint"
                roles.append((nom, role))
        oublies = sorted(set(individus) - {nom for nom, _ in roles})
        if oublies:
            raise refus("individus", oublies[0], "une personne rattachée à la famille")
        if len({nom for nom, _ in roles}) != len(roles):
            raise refus("familles", "une personne citée deux fois", "chaque personne une fois")
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
                cible["residence"], self.zone = lire_commune(brut, chemin)
            elif variable == "age" and sujet == "personne":
                continue
            elif nature is None:
                self._non_lue(entite, nom, variable, brut)
            elif nature.sujet != sujet and fait not in AUTRES_NOMS.values():
                raise refus(chemin, f"« {variable} » ici", f"cette variable parmi les faits du {nature.sujet}")
            else:
                self._fait(nature, brut, chemin, cible)

    def _fait(self, nature: Nature, brut: Any, chemin: str, cible: dict[str, Any]) -> None:
        try:
            valeur = self._valeur(nature, brut, chemin)
            if valeur is not _ABSENTE:
                lire_valeur(nature.nom, valeur)
        except SituationInvalide as faute:
            faute.chemin = faute.chemin or chemin
            raise
        if valeur is not _ABSENTE:
            cible[nature.nom] = valeur

    def _non_lue(self, entite: str, nom: str, variable: str, brut: Any) -> None:
        """A variable that we do not read: left out if it says nothing, refused if we cannot tell what it changes."""
        chemin = f"{entite}.{nom}.{variable}"
        connue = noms_openfisca().get(variable)
        if connue is None:
            raise refus(chemin, f"« {variable} »", "le nom d'une variable d'OpenFisca-France ou de Limpide")
        if connue.entite != entite:
            raise refus(chemin, f"« {variable} » dans « {entite} »", f"cette variable dans « {connue.entite} »")
        faits = faits_nourris(variable)
        if not ne_dit_rien(variable, brut):
            if faits is None:
                raise refus(chemin, brut, f"rien, ou zéro : Limpide ne lit pas « {variable} »")
            self.nourris.setdefault(nom, {}).update(dict.fromkeys(faits))
        self.ignores[f"{entite}.{variable}"] = None

    def _age(self, nom: str, brut: Any, chemin: str, cible: dict[str, Any]) -> None:
        """A date of birth that gives this age in the month it is told of, unless the date is given.

        The age is reached the month before: what an anniversary opens or closes from the month after, it has.
        """
        for age in brut.values() if isinstance(brut, dict) else [brut]:
            if age is not None:
                verifier_age(age, chemin)
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
        if nature.type == "date" and par_mois:  # a date is one whatever the period it is told of
            return traduire(nature, par_mois.get(self.mois, par_mois[max(par_mois)]), chemin)
        if self.mois not in par_mois:
            return _ABSENTE
        return traduire(nature, par_mois[self.mois], chemin)


_ABSENTE = object()


def lire_commune(brut: Any, chemin: str) -> tuple[str, str | None]:
    """Place of residence and zone of the housing benefit of a municipality's Insee code, given once or by periods.

    The zone is None where the published list does not know the code.
    """
    valeurs = list(brut.values()) if isinstance(brut, dict) else [brut]
    code = valeurs[-1] if valeurs else None
    if not isinstance(code, str) or not re.fullmatch(r"\d[0-9AB]\d{3}", code):
        raise refus(chemin, code, "un code Insee de commune, comme 69123")
    return DEPARTEMENTS.get(code[:3], RESIDENCES[0]), zone_du_code(code)


def traduire(nature: Nature, valeur: Any, chemin: str) -> Any:
    """A value in OpenFisca's terms, in ours."""
    if nature.nom == "nationalite":
        if not isinstance(valeur, str) or not re.fullmatch(r"[A-Z]{2}", valeur):
            raise refus(chemin, valeur, "un code de pays de deux lettres, comme FR")
        return "francaise" if valeur == "FR" else "eee_ou_suisse" if valeur in EEE_ET_SUISSE else "autre"
    if nature.nom == "taux_incapacite":
        if isinstance(valeur, bool) or not isinstance(valeur, int | float) or not 0 <= valeur <= 1:
            raise refus(chemin, valeur, "un taux de 0 à 1")
        return round(valeur * 100)
    if valeur == NON_RENSEIGNE and nature.type == "enumeration" and NON_RENSEIGNE not in nature.valeurs:
        return None
    if nature.type == "entier" and isinstance(valeur, float) and math.isfinite(valeur):
        return math.floor(valeur)
    return valeur
