"""The income of the year before last, from the taxable incomes that OpenFisca's clients give (CSS R532-3).

In: what each adult gives of that year under OpenFisca's names, month by month or for the year. Out: the facts that
these settle (net income of the household, two incomes, incomes for the AAH), what had to be supposed, and, where they
settle nothing, what is missing, in OpenFisca's names. Somebody who gives one taxable income of the whole year declares
that year: the kinds that they do not name are supposed to be nil, and said to be. Part of a year is never a year.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from .bareme import decaler
from .faits import NATURES
from .francais import enumerer, enumerer_mois, periode
from .logement.revenus import deduction
from .periodes_openfisca import est_un_nombre, refus, repartir

TEXTE = tomllib.loads(Path(__file__).with_name("annee_openfisca.toml").read_text(encoding="utf-8"))
BASE, BRUTS, PLACEMENTS = "prestations_familiales_base_ressources", "revenus_imposables_bruts", "revenus_imposables_n2"
SALAIRE, CHOMAGE, RETRAITE = "salaire_imposable", "chomage_imposable", "retraite_imposable"
PROFITS = (
    "rpns_benefice_exploitant_agricole", "rpns_micro_entreprise_benefice", "rpns_autres_revenus",
    "rpns_auto_entrepreneur_benefice",
)  # fmt: skip
IMPOSABLE = "rpns_imposables"
"""OpenFisca's total of the taxable profits: where it is given, it is not added to those it is made of."""
PENSIONS = (RETRAITE, "pensions_invalidite", "pensions_alimentaires_percues")
EXONEREES, FRAIS, VERSEES = "hsup", "frais_reels", "pensions_alimentaires_versees_individu"
DECLARENT = (SALAIRE, CHOMAGE, RETRAITE, *PROFITS, IMPOSABLE)
"""Whoever gives one of these for the whole year declares that year."""
COMPTES = (SALAIRE, CHOMAGE, *PENSIONS, *PROFITS, IMPOSABLE, EXONEREES, FRAIS, VERSEES)
SOUS_UN_AUTRE_NOM = {
    SALAIRE: (
        "salaire_net", "salaire_de_base", "salaire_super_brut", "traitement_indiciaire_brut",
        "primes_fonction_publique", "primes_salaires",
    ),
    CHOMAGE: ("chomage_net", "chomage_brut"),
    RETRAITE: ("retraite_nette", "retraite_brute"),
    PLACEMENTS: ("revenus_capital", "revenus_locatifs"),
}  # fmt: skip
"""Given for the year, these say that there is an income of which the taxable amount is to be given."""
NON_IMPOSABLES = (
    "aah", "caah", "asi", "aspa_individu", "rente_accident_travail", "retraite_combattant",
    "dedommagement_victime_amiante", "epargne_revenus_non_imposables", "livret_a",
    "prime_forfaitaire_mensuelle_reprise_activite",
)  # fmt: skip
"""CGI 81: not taxed, nor counted by R532-3 (or capital, and no income)."""
COMPTES_AUTREMENT = tuple(
    n.nom
    for n in NATURES.values()
    if (n.sujet, n.type, n.periodicite) == ("personne", "euros", "mois")
    and n.nom not in (*COMPTES, *NON_IMPOSABLES, *(nom for noms in SOUS_UN_AUTRE_NOM.values() for nom in noms))
)
"""Taxed in part, or by another rule (apprentices, sick pay): with one of them, the income is to be given."""
CASES = ("f1", "f2", "f3", "f4", "f5", "f6e", "f6g", "f7ga", "f7gb", "f7gc")
"""How the boxes of an income declaration begin that say an income, a maintenance paid or the care of a child."""
TOTAL_CATEGORIEL = "revenu_categoriel"
INVALIDITE, MONTANT_MAXIMAL = 80, 1e9
IMPOSABLES = (SALAIRE, CHOMAGE, RETRAITE, EXONEREES, IMPOSABLE)
"""Variables that are no facts of ours, and are read here."""


@dataclass
class Annee:
    """What was settled: facts of the household and of each adult, what is supposed, what was read, what is missing."""

    foyer: dict[str, Any] = field(default_factory=dict)
    personnes: list[dict[str, Any]] = field(default_factory=list)
    suppositions: list[str] = field(default_factory=list)
    lus: set[str] = field(default_factory=set)
    manques: list[str] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)

    @property
    def a_donner(self) -> str:
        """What a client has to add for these facts to be settled; nothing to say if they are."""
        if not self.manques and not self.obstacles:
            return ""
        texte = f"Le revenu de l'avant-dernière année se donne par {BASE}"
        texte += f", ou se calcule de : {' ; '.join(self.manques)}" if not self.obstacles else ""
        texte += f" (il ne se calcule pas : {' ; '.join(self.obstacles)})" if self.obstacles else ""
        return f"{texte}."


@lru_cache(maxsize=1)
def annees() -> dict[int, dict[str, Any]]:
    """The amounts by year of the incomes."""
    return {ligne["annee"]: ligne for ligne in TEXTE["annee"]}


def verifier_montant(nom: str, valeur: Any, chemin: str) -> None:
    """Refuse what is no amount (`SituationInvalide`); nothing is one that nobody gives."""
    signe = nom == IMPOSABLE or (nom in NATURES and NATURES[nom].signe)
    if valeur is not None and not (est_un_nombre(valeur) and (signe or valeur >= 0) and abs(valeur) < MONTANT_MAXIMAL):
        raise refus(chemin, valeur, "un montant en euros")


def montants(nom: str, brut: Any, mois: int, dits: Sequence[int], chemin: str) -> dict[int, float]:
    """Euros of each of these months that are given; a yearly variable is given once. `SituationInvalide` otherwise."""
    for valeur in brut.values() if isinstance(brut, Mapping) else [brut]:
        verifier_montant(nom, valeur, chemin)
    nature = NATURES.get(nom) or NATURES["rpns_autres_revenus" if nom == IMPOSABLE else "salaire_net"]
    par_mois = repartir(nature, brut, mois, chemin) if isinstance(brut, Mapping) else {}
    parts = {m: float(par_mois[m]) for m in dits if par_mois.get(m) is not None}
    return {m: euros / len(dits) for m, euros in parts.items()} if nature.periodicite != "mois" else parts


class Declaration:
    """One adult's year."""

    def __init__(self, nom: str, contenu: Mapping[str, Any], fiche: Mapping[str, Any], mois: int) -> None:
        self.nom, self.contenu, self.fiche, self.mois = nom, contenu, fiche, mois
        self.annee = mois // 100 - 2
        self.dits = [self.annee * 100 + m for m in range(1, 13)]
        self.euros = {nom: self._total(nom) for nom in COMPTES if nom in contenu}

    def _total(self, variable: str) -> tuple[float, list[int]] | None:
        """(euros of the year, months that are missing); None if nothing is said of that year."""
        lus = montants(variable, self.contenu[variable], self.mois, self.dits, f"individus.{self.nom}.{variable}")
        return (round(sum(lus.values()), 2), [m for m in self.dits if m not in lus]) if lus else None

    def dit(self, variable: str) -> bool:
        """Whether an amount of that year is given under this name."""
        brut = self.contenu.get(variable)
        if not isinstance(brut, Mapping):
            return False
        par_mois = repartir(None, brut, self.mois, f"individus.{self.nom}.{variable}")
        return any(par_mois.get(m) for m in self.dits)

    def du(self, *variables: str) -> float:
        """Euros of the year under these names."""
        return sum(lu[0] for lu in map(self.euros.get, variables) if lu)

    @property
    def declaree(self) -> bool:
        """One taxable income of the whole year is given, be it zero."""
        return any(lu is not None and not lu[1] for lu in map(self.euros.get, DECLARENT))

    def manques(self) -> list[str]:
        """What is missing to know that year, in OpenFisca's names."""
        manques = []
        for variable, lu in self.euros.items():
            if lu is not None and lu[1]:
                suite = lu[1] == list(range(lu[1][0], lu[1][-1] + 1))
                manques.append(f"{variable} de {self.nom}, {periode(lu[1]) if suite else enumerer_mois(lu[1])}")
            elif lu is None and variable in (*PROFITS, IMPOSABLE) and _dit_quelque_chose(self.contenu[variable]):
                manques.append(f"{variable} de {self.nom}, {self.annee}")
        for imposable, noms in SOUS_UN_AUTRE_NOM.items():
            dit = self.euros.get(imposable) is not None or imposable in self.contenu.keys() & {PLACEMENTS}
            if not dit and any(map(self.dit, noms)):
                manques.append(f"{imposable} de {self.nom}, {self.annee}")
        if not self.declaree and not manques:
            autres = ", ".join(DECLARENT[1:])
            manques.append(f"{SALAIRE} de {self.nom}, {self.annee} (0 sans salaire ; de même, s'il y en a, {autres})")
        if PLACEMENTS in self.fiche and self.fiche[PLACEMENTS] is None:
            manques.append(f"{PLACEMENTS} de {self.nom}, {self.annee}")
        return manques

    def obstacles(self) -> Iterator[str]:
        """Why these incomes do not make that of R532-3: the law counts one of them in part, or has an abatement."""
        if autres := [nom for nom in COMPTES_AUTREMENT if self.dit(nom)]:
            yield f"{enumerer(autres)} de {self.nom} : ce qui en est imposé n'est pas dit"
        naissance = self.fiche.get("date_naissance")
        agee = isinstance(naissance, str) and naissance[:4].isdigit() and (
            self.annee - int(naissance[:4]) >= TEXTE["article"]["age"]
        )  # fmt: skip
        if agee or (self.fiche.get("taux_incapacite") or 0) >= INVALIDITE:
            yield f"l'abattement de l'article 157 bis du CGI pour {self.nom}"

    @property
    def travail_et_chomage(self) -> tuple[float, float]:
        """Net of costs, which are shared between the two; real costs may make a loss (CGI, article 156, I)."""
        salaires, chomage, regle = self.du(SALAIRE), self.du(CHOMAGE), annees()[self.annee]
        total = salaires + chomage
        if not total:
            return 0.0, 0.0
        frais = max(deduction(total, TEXTE["article"]["taux"], *regle["frais"]), self.du(FRAIS))
        part = 1.0 - frais / total
        return salaires * part, chomage * part

    @property
    def abattement_pensions(self) -> float:
        """Before its maximum, which is the tax household's."""
        pensions = self.du(*PENSIONS)
        return deduction(pensions, TEXTE["article"]["taux"], annees()[self.annee]["pensions"][0], pensions)

    @property
    def independant(self) -> float:
        """Profits; below zero, a loss."""
        return self.du(IMPOSABLE) if self.euros.get(IMPOSABLE) else self.du(*PROFITS)


def lire_annee(
    adultes: Sequence[tuple[str, Mapping[str, Any], Mapping[str, Any]]],
    foyers_fiscaux: Mapping[str, Any],
    mois: int,
) -> Annee:
    """`adultes`: name, what the client gives, the facts read of it. Nothing is settled where something is missing."""
    declarations = [Declaration(*adulte, mois) for adulte in adultes]
    annee = Annee(personnes=[{} for _ in adultes])
    if not declarations or mois // 100 - 2 not in annees():
        return annee
    annee.lus = {variable for d in declarations for variable, lu in d.euros.items() if lu}
    annee.manques = [manque for d in declarations for manque in d.manques()]
    obstacles = [obstacle for d in declarations for obstacle in d.obstacles()]
    obstacles += list(_cases(foyers_fiscaux, declarations))
    communs = _communs(foyers_fiscaux, declarations)
    categoriel = _categoriel(communs, foyers_fiscaux[communs], declarations[0]) if communs is not None else None
    if not annee.manques and not obstacles:
        _compter(annee, declarations, communs is not None)
    elif categoriel is not None and not any(lu and lu[1] for d in declarations for lu in d.euros.values()):
        versees = sum(d.du(VERSEES) for d in declarations)
        annee.foyer[BASE] = round(max(0.0, categoriel + sum(d.du(EXONEREES) for d in declarations) - versees), 2)
        annee.suppositions = [_supposition_du_total(declarations[0].annee)]
        annee.manques, obstacles = [], []
    annee.obstacles = obstacles
    return annee


def _supposition_du_total(annee: int) -> str:
    return (
        f"Le revenu catégoriel de {annee} est celui que comptent les prestations (CSS R532-3) :"
        " ni revenu taxé à un taux proportionnel, ni abattement de l'article 157 bis du CGI."
    )


def _compter(annee: Annee, declarations: Sequence[Declaration], communs: bool) -> None:
    """The facts that these declarations settle."""
    regle, total, bruts = annees()[declarations[0].annee], 0.0, 0.0
    abattements: list[float] = [d.abattement_pensions for d in declarations]
    ensemble: float = sum(abattements)
    permis = regle["pensions"][1]
    reste = min(1.0, permis / ensemble) if communs and ensemble else 1.0
    for rang, d in enumerate(declarations):
        travail, chomage = d.travail_et_chomage
        pensions = d.du(*PENSIONS) - min(abattements[rang] * reste, permis)
        placements = float(d.fiche.get(PLACEMENTS) or 0.0)
        travail += d.independant + d.du(EXONEREES)
        total += travail + chomage + pensions + placements - d.du(VERSEES)
        bruts += d.du(SALAIRE, CHOMAGE, *PENSIONS) + d.independant + placements
        annee.personnes[rang] = {
            "aah_activite_n2": round(max(0.0, travail), 2),
            "aah_pensions_n2": round(pensions, 2),
            "aah_autres_revenus_n2": round(chomage + placements, 2),
        }
        annee.suppositions.append(_supposition(d))
    annee.foyer = {BASE: round(max(0.0, total), 2), BRUTS: round(max(0.0, bruts), 2)}
    if len(declarations) > 1 and (deux := _deux_revenus(declarations)) is not None:
        annee.foyer["biactivite"] = deux


def _deux_revenus(declarations: Sequence[Declaration]) -> bool | None:
    """R522-2: each one's work income reaches its share of the ceiling; None if unemployment benefits decide of it."""
    seuil = TEXTE["article"]["part_du_plafond"] * annees()[declarations[0].annee]["plafond"]
    nets = [(d.travail_et_chomage, d.independant + d.du(EXONEREES)) for d in declarations]
    if all(travail + autres >= seuil for (travail, _), autres in nets):
        return True
    return None if all(travail + chomage + autres >= seuil for (travail, chomage), autres in nets) else False


def _supposition(d: Declaration) -> str:
    """« parent1 : 18 000 € … »: what was taken as the declaration of the year, and what it does not name."""
    dits = [variable for variable, lu in d.euros.items() if lu]
    tus = [variable for variable in (*DECLARENT, PLACEMENTS) if variable not in dits and variable not in d.fiche]
    texte = f"{d.nom} : donner {', '.join(dits)} pour {d.annee} vaut déclaration de tous ses revenus de cette année"
    age = "" if "date_naissance" in d.fiche else f" ; moins de {TEXTE['article']['age']} ans"
    return f"{texte} (supposés nuls : {', '.join(tus)}){age}."


def _cases(foyers_fiscaux: Mapping[str, Any], declarations: Sequence[Declaration]) -> Iterator[str]:
    """Boxes of their declarations, given for that year, that say something of their income."""
    adultes = {d.nom for d in declarations}
    for nom, contenu in foyers_fiscaux.items():
        declarants = _declarants(contenu)
        if declarants and adultes.isdisjoint(declarants):
            continue
        cases = [case for case in contenu if case.startswith(CASES)]
        if dites := [case for case in cases if _de_l_annee(nom, case, contenu[case], declarations[0])]:
            yield f"{enumerer(dites)} de {nom} : Limpide ne lit pas ces cases"


def _declarants(contenu: Mapping[str, Any]) -> set[str]:
    declarants = contenu.get("declarants") or []
    return {declarants} if isinstance(declarants, str) else set(declarants)


def _de_l_annee(nom: str, case: str, brut: Any, d: Declaration) -> bool:
    if not isinstance(brut, Mapping):
        return bool(brut)
    par_mois = repartir(None, brut, d.mois, f"foyers_fiscaux.{nom}.{case}")
    return any(par_mois.get(m) for m in d.dits)


def _communs(foyers_fiscaux: Mapping[str, Any], declarations: Sequence[Declaration]) -> str | None:
    """The tax household where they all declare; None if they do not declare together."""
    for nom, contenu in foyers_fiscaux.items():
        if {d.nom for d in declarations} <= _declarants(contenu):
            return nom
    return None


def _categoriel(nom: str, contenu: Mapping[str, Any], d: Declaration) -> float | None:
    """The total of the net incomes of the tax household, where the client gives it for that year."""
    brut, chemin = contenu.get(TOTAL_CATEGORIEL), f"foyers_fiscaux.{nom}.{TOTAL_CATEGORIEL}"
    if not isinstance(brut, Mapping):
        return None
    lu = repartir(None, brut, d.mois, chemin).get(d.dits[0])
    if lu is not None and not est_un_nombre(lu):
        raise refus(chemin, lu, "un montant en euros")
    return None if lu is None else float(lu)


def _dit_quelque_chose(brut: Any) -> bool:
    return any(valeur for valeur in (brut.values() if isinstance(brut, Mapping) else [brut]))


def douze_mois_du_logement(mois: int) -> list[int]:
    """Months of the incomes that the housing benefit counts (CCH R822-3): until 2020, those of the year before last."""
    if mois < 202101:
        return [(mois // 100 - 2) * 100 + m for m in range(1, 13)]
    return [decaler(mois, -recul) for recul in range(13, 1, -1)]
