"""What was drawn beside what was published: structure counted on the whole, rights computed on the first pieces."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from limpide.droits.calcul import catalogue_droits
from limpide.droits.ensemble import AIDES_AU_LOGEMENT
from limpide.droits.francais import nombre
from limpide.droits.lot.chaine import liquider_bloc
from limpide.droits.lot.lecture import Fiches, lire_groupe, ouvrir
from limpide.droits.situation import codes_droits

from .composition import CALAGE, NIVEAUX, REGIONS, SITUATIONS, parts_des_regions
from .tirage import Morceau

MORCEAUX_CALCULES = 2
TAILLES = 5


@dataclass(frozen=True)
class Comparaison:
    """One count: of the population drawn, brought to the size of the country, and published (None: nothing read)."""

    theme: str
    quoi: str
    obtenu: int
    publie: int | None
    source: str

    @property
    def ecart(self) -> float | None:
        """Part of the published count by which the drawn one differs."""
        return self.obtenu / self.publie - 1 if self.publie else None


@dataclass
class Comptes:
    """Counts added piece by piece."""

    foyers: int = 0
    personnes: int = 0
    situations: Any = field(default_factory=lambda: np.zeros(len(SITUATIONS), np.int64))
    enfants: Any = field(default_factory=lambda: np.zeros(TAILLES + 1, np.int64))
    regions: Any = field(default_factory=lambda: np.zeros(len(REGIONS), np.int64))
    niveaux: Any = field(default_factory=lambda: np.zeros(len(NIVEAUX), np.int64))
    premiers: list[Any] = field(default_factory=list)
    """Kinds of the households of the first pieces."""

    def ajouter(self, morceau: Morceau) -> None:
        """Count a piece."""
        c = morceau.composition
        self.foyers += c.nombre
        self.personnes += len(c.foyer)
        self.situations += np.bincount(c.situation, minlength=len(SITUATIONS))
        self.enfants += np.bincount(c.enfants, minlength=TAILLES + 1)
        self.regions += np.bincount(c.region, minlength=len(REGIONS))
        self.niveaux += np.bincount(c.niveau, minlength=len(NIVEAUX))
        if len(self.premiers) < MORCEAUX_CALCULES:
            self.premiers.append(c.situation)


def comparer(dossier: Path, comptes: Comptes, mois: str) -> list[Comparaison]:
    """Every count of the report, brought to the published number of households."""
    total, publie = CALAGE["foyers"]["total"], CALAGE["publie"]
    echelle = total / comptes.foyers
    taille, source = publie["personnes_par_foyer"], CALAGE["composition"]["source"]
    attendu = round(taille["valeur"] * total)
    lignes = [Comparaison("structure", "personnes", round(comptes.personnes * echelle), attendu, taille["source"])]
    for nom, n in zip(SITUATIONS, comptes.situations, strict=True):
        attendu = round(CALAGE["composition"][nom] * total)
        lignes.append(Comparaison("structure", nom, round(int(n) * echelle), attendu, source))
    for rang, n in enumerate(comptes.enfants):
        quoi = f"{rang} ou plus" if rang == TAILLES else str(rang)
        attendus = round(_part_des_foyers(rang) * total) if rang else None
        lignes.append(Comparaison("enfants", quoi, round(int(n) * echelle), attendus, CALAGE["enfants"]["source"]))
    for nom, n, part in zip(REGIONS, comptes.regions, parts_des_regions()[0], strict=True):
        origine = CALAGE["regions"][nom]["source"]
        lignes.append(Comparaison("régions", nom, round(int(n) * echelle), round(float(part) * total), origine))
    for nom, n in zip(NIVEAUX, comptes.niveaux, strict=True):
        lignes.append(
            Comparaison("ressources", nom, round(int(n) * echelle), None, "choisi pour rendre les droits ci-dessous")
        )
    return lignes + _droits(dossier, comptes, mois)


def _part_des_foyers(rang: int) -> float:
    """Part of the households that the structure gives to families of so many children."""
    parents = ("monoparental", "couple_avec_enfants")
    return float(sum(CALAGE["composition"][nom] * CALAGE["enfants"][nom][rang - 1] for nom in parents))


def _droits(dossier: Path, comptes: Comptes, mois: str) -> list[Comparaison]:
    """Rights opened on the first pieces. A right of one month of the year is computed for that month."""
    publie, total = CALAGE["publie"], CALAGE["foyers"]["total"]
    situations = np.concatenate(comptes.premiers)
    echelle = total / len(situations)
    ouverts = _ouverts(dossier, mois, codes_droits(), len(comptes.premiers))
    lignes = []
    for code in (droit.code for droit in catalogue_droits()):
        chiffre = publie.get(code, {})
        du_mois = ouverts[code]
        if "mois" in chiffre:
            du_mois = _ouverts(dossier, f"{mois[:4]}-{chiffre['mois']:02d}", [code], len(comptes.premiers))[code]
        source = chiffre.get("source", "aucun compte retenu")
        lignes.append(Comparaison("droits", code, round(int(du_mois.sum()) * echelle), chiffre.get("foyers"), source))
    aides = np.logical_or.reduce([ouverts[code] for code in AIDES_AU_LOGEMENT])
    chiffre = publie["aide_logement"]
    lignes.append(
        Comparaison("droits", "aide_logement", round(int(aides.sum()) * echelle), chiffre["foyers"], chiffre["source"])
    )
    par_situation = publie["rsa_par_situation"]
    reste = publie["rsa"]["foyers"] / sum(par_situation[nom] for nom in SITUATIONS)
    for rang, nom in enumerate(SITUATIONS):
        n = int(ouverts["rsa"][situations == rang].sum())
        attendu = round(par_situation[nom] * reste)
        lignes.append(Comparaison("rsa", nom, round(n * echelle), attendu, par_situation["source"]))
    return lignes


def _ouverts(dossier: Path, mois: str, codes: Any, groupes: int) -> dict[str, Any]:
    """Whether each household of the first row groups is paid each right."""
    population = ouvrir(dossier)
    fiches, resultats = Fiches(population), []
    for rang in range(min(groupes, population.groupes)):
        for _, foyers, personnes in fiches.blocs(lire_groupe(population, rang, mois)):
            bloc = liquider_bloc(mois, foyers, personnes, codes, dits=population.dits)
            resultats.append({code: bloc[f"{code}_centimes"] > 0 for code in codes})
    return {code: np.concatenate([bloc[code] for bloc in resultats]) for code in codes}


def en_json(lignes: list[Comparaison]) -> list[dict[str, Any]]:
    """Plain values, with the gap."""
    return [asdict(ligne) | {"ecart": None if ligne.ecart is None else round(ligne.ecart, 4)} for ligne in lignes]


def en_texte(lignes: list[Comparaison]) -> str:
    """A table: obtained, published, gap."""
    titres = ("", "obtenu", "publié", "écart")
    ecrites = [
        (
            f"{ligne.theme} : {ligne.quoi.replace('_', ' ')}",
            nombre(ligne.obtenu),
            "" if ligne.publie is None else nombre(ligne.publie),
            "" if ligne.ecart is None else f"{nombre(100 * ligne.ecart, 1)} %",
        )
        for ligne in lignes
    ]
    largeurs = [max(len(ligne[i]) for ligne in [titres, *ecrites]) for i in range(4)]
    return "\n".join(
        f"  {ligne[0]:<{largeurs[0]}}  " + "  ".join(c.rjust(n) for c, n in zip(ligne[1:], largeurs[1:], strict=True))
        for ligne in [titres, *ecrites]
    )
