"""Every figure of the law in force is held by a case: changed a little, up or down, some case tells it.

Only the last value of each parameter, in the months where it holds. A duration, an age, a number of people moves by
one; a yes becomes a no; an amount, a rate, a coefficient moves by 1 %. What no case can tell is in `SANS_CAS`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Any, NamedTuple

import pytest

from limpide.droits.bareme import Parametre, decaler, parametres
from limpide.droits.calcul import Resultat, droits_demandes, fiches
from limpide.droits.cas import Cas, lire_cas
from limpide.droits.moteur import Motif, centimes
from limpide.droits.paje_prepare.parents import annees_de_reference
from limpide.droits.situation import Situation

DERIVES = "not a right: test_derives.py holds it"
PRET_ANCIEN = "no loan opens the right at this ceiling: in zones I and II those of an old home ended with 2017 (L831-2)"
CENTAINE = "1 % less comes to the same: « R » goes up to the next hundred (D823-17)"
PREMIERE_TRANCHE = "the first band begins at no income"
SANS_CAS = {
    "acc_apl_ancien_zone_1": PRET_ANCIEN,
    "acc_apl_ancien_zone_2": PRET_ANCIEN,
    "aeeh_majorations[0]": "the first category has no rise (D541-4): the rule asks for the second at least",
    "af_age_majoration": "reached in March 2030 at the earliest: who was fourteen before March 2026 keeps that age",
    "al_etudiant[0] −": CENTAINE,
    "al_etudiant[1] −": CENTAINE,
    "avpf_age": DERIVES,
    "avpf_enfants": DERIVES,
    "ava_taux": DERIVES,
    "cmg_cotisations_domicile": "not a right: test_cotisations.py holds it",
    "cmg_differentiel_fin": "not a right: test_differentiel.py holds it",
    "cmg_differentiel_heures": "not a right: test_differentiel.py holds it",
    "cmg_differentiel_mois[0]": "no rule reads it: the spring has three months, of which the last is read",
    "cmg_differentiel_mois[1]": "not a right: test_differentiel.py holds it",
    "cmg_differentiel_mois[2]": "not a right: test_differentiel.py holds it",
    "cmg_differentiel_part": "not a right: test_differentiel.py holds it",
    "deces_regime +": "there is no third regime",
    "foyer_e0_bornes[0]": PREMIERE_TRANCHE,
    "foyer_e0_bornes_second[0]": PREMIERE_TRANCHE,
    "foyer_etudiant[0] −": CENTAINE,
    "foyer_etudiant[1] −": CENTAINE,
    "prepare_annees_de_reference": "tells where work is counted, moves no amount: a test below holds it",
    "qf_part_handicap": DERIVES,
    "qf_parts": DERIVES,
}
"""A parameter, one of its figures (« nom[rang] »), or this figure one way (« nom[rang] − »), that no case can tell."""

DE_PROCHE_EN_PROCHE = ("EUR", "taux", "coefficient", "parts")
"""Units of what is not counted one by one."""
ANNEE_MOIS = 190001
"""From there on, a figure is a month: 201712."""


class Ecart(NamedTuple):
    """One figure of a parameter and what it becomes."""

    parametre: Parametre
    rang: int
    sens: str
    valeur: Any

    @property
    def nom(self) -> str:
        liste = isinstance(self.parametre.valeurs[-1].valeur, tuple)
        return f"{self.parametre.nom}[{self.rang}] {self.sens}" if liste else f"{self.parametre.nom} {self.sens}"


@dataclass(frozen=True)
class Epreuve:
    """A case ready to run again, and the parameters that it reads, each with its month."""

    cas: Cas
    foyer: Any
    personnes: list[Any]
    b: Sequence[Any]
    lus: frozenset[tuple[str, int]]

    def tient(self, b: Sequence[Any]) -> bool:
        return not self.cas.ecarts(resultats(self.cas, self.foyer, self.personnes, b))


class Suivi:
    """The parameters of one month; notes which are read."""

    def __init__(self, ligne: Any, lus: set[tuple[str, int]]) -> None:
        self._ligne, self._lus = ligne, lus

    def __getattr__(self, nom: str) -> Any:
        self._lus.add((nom, self._ligne.mois))
        return getattr(self._ligne, nom)


def resultats(cas: Cas, foyer: Any, personnes: list[Any], b: Sequence[Any]) -> dict[str, Resultat]:
    """The rights that the case speaks of, under these parameters: amount, reason and CRDS."""
    trouves = {}
    for droit in droits_demandes(cas.droits_attendus):
        montant = droit.montant(foyer, personnes, b)
        if isnan(montant):
            trouves[droit.code] = Resultat(droit.code, 0, Motif.INCONNU.name, (), None)
            continue
        motif = Motif(int(droit.motif(foyer, personnes, b, montant))).name
        crds = 0.0 if droit.crds is None else droit.crds(foyer, personnes, b, max(montant, 0.0))
        trouves[droit.code] = Resultat(droit.code, centimes(max(montant, 0.0)), motif, (), None, centimes(crds))
    return trouves


def preparer(cas: Cas) -> Epreuve:
    """What is missing, and whose right it is, are other tests' matter: `test_cas` holds them."""
    foyer, personnes, b = fiches(cas.situation)
    dits = {cle: dit for cle, dit in cas.attendu.items() if not cle.endswith("_manque")}
    cas = replace(cas, attendu=dits, chacun={})
    lus: set[tuple[str, int]] = set()
    epreuve = Epreuve(cas, foyer, personnes, b, frozenset())
    assert epreuve.tient([Suivi(ligne, lus) for ligne in b]), cas.nom
    return replace(epreuve, lus=frozenset(lus))


def chiffres_changes(parametre: Parametre) -> Iterator[Ecart]:
    """Each figure of the last value, a little more and a little less."""
    derniere = parametre.valeurs[-1].valeur
    figures = derniere if isinstance(derniere, tuple) else (derniere,)
    for rang, figure in enumerate(figures):
        for sens, autre in voisins(parametre.unite, figure):
            liste = (*figures[:rang], autre, *figures[rang + 1 :])
            yield Ecart(parametre, rang, sens, liste if isinstance(derniere, tuple) else autre)


def voisins(unite: str, figure: float) -> list[tuple[str, float]]:
    """What the figure could have been: the next one up, the next one down; nothing is below zero."""
    if unite in ("oui ou non", "indicateur"):
        return [("+", 1) if figure == 0 else ("−", 0)]
    if figure > ANNEE_MOIS:
        return [("+", decaler(int(figure), 1)), ("−", decaler(int(figure), -1))]
    pas = abs(figure) / 100 or 0.01
    if isinstance(figure, int) or not unite.startswith(DE_PROCHE_EN_PROCHE):
        pas = max(pas, 1)
    if not unite.startswith(DE_PROCHE_EN_PROCHE):
        pas = 1
    plus = ("+", figure + pas)
    return [plus] if figure == 0 else [plus, ("−", figure - pas)]


def bareme_change(b: Sequence[Any], ecart: Ecart) -> list[Any]:
    """The window with the other figure, in the months where the value holds, or in the last contracts."""
    p = ecart.parametre
    if not p.selon_contrat:
        derniere = p.valeurs[-1]
        return [m._replace(**{p.nom: ecart.valeur}) if derniere.debut <= m.mois <= derniere.fin else m for m in b]
    return [m._replace(**{p.nom: (*getattr(m, p.nom)[:-1], (*ecart.valeur, p.valeurs[-1].debut))}) for m in b]


def qui_lit(parametre: Parametre, epreuves: Sequence[Epreuve]) -> list[Epreuve]:
    """Cases that read its last value, those of its own right first."""
    derniere = parametre.valeurs[-1]
    lecteurs = [
        epreuve
        for epreuve in epreuves
        for nom, mois in epreuve.lus
        if nom == parametre.nom and (parametre.selon_contrat or derniere.debut <= mois <= derniere.fin)
    ]
    uniques = {id(epreuve): epreuve for epreuve in lecteurs}.values()
    return sorted(uniques, key=lambda epreuve: epreuve.cas.droit != parametre.dossier)


def inapercus(epreuves: Sequence[Epreuve], choisis: Mapping[str, Parametre]) -> list[str]:
    """Figures that may change without any case telling it."""
    lecteurs = {nom: qui_lit(parametre, epreuves) for nom, parametre in choisis.items()}
    return [
        ecart.nom
        for parametre in choisis.values()
        for ecart in chiffres_changes(parametre)
        if all(epreuve.tient(bareme_change(epreuve.b, ecart)) for epreuve in lecteurs[parametre.nom])
    ]


def couvre(exception: str, figure: str) -> bool:
    """Whether an exception speaks of this figure, changed this way."""
    return figure == exception or figure.startswith((f"{exception} ", f"{exception}["))


def a_redire(trouves: Sequence[str], exceptions: Collection[str]) -> list[str]:
    """Figures that no case holds and no exception explains, then exceptions that explain none."""
    nus = [figure for figure in trouves if not any(couvre(exception, figure) for exception in exceptions)]
    return nus + [e for e in exceptions if not any(couvre(e, figure) for figure in trouves)]


@pytest.fixture(scope="module")
def tous_les_cas() -> list[Cas]:
    return list(lire_cas())


def test_chaque_chiffre_de_la_loi_en_vigueur_est_tenu_par_un_cas(tous_les_cas: list[Cas]) -> None:
    trouves = inapercus([preparer(cas) for cas in tous_les_cas], parametres())
    assert a_redire(trouves, SANS_CAS) == []


def test_un_chiffre_sans_cas_et_une_exception_sans_objet_se_voient(tous_les_cas: list[Cas]) -> None:
    seuils = {"aah_esat_seuils": parametres()["aah_esat_seuils"]}
    epreuves = [preparer(cas) for cas in tous_les_cas if cas.droit == "aah"]
    assert inapercus(epreuves, seuils) == []
    sans = [epreuve for epreuve in epreuves if "20 % du SMIC" not in epreuve.cas.nom]
    trouves = inapercus(sans, seuils)
    assert trouves == ["aah_esat_seuils[3] +", "aah_esat_seuils[3] −"]
    assert a_redire(trouves, ["aah_esat_seuils[3] +"]) == ["aah_esat_seuils[3] −"]
    assert a_redire(trouves, ["aah_esat_seuils[3]", "aah_esat_seuils[4]"]) == ["aah_esat_seuils[4]"]


@pytest.mark.parametrize(("choix", "enfants", "annees"), [
    ("cessation", 1, 2), ("cessation", 2, 4), ("cessation", 3, 5), ("cessation", 4, 5), ("cessation_majoree", 3, 5),
])  # fmt: skip
def test_annees_ou_compte_le_travail_d_avant_la_prepare(choix: str, enfants: int, annees: int) -> None:
    """R531-2: two, four and five years by the number of children; the longest at the increased rate."""
    parent = {"role": "demandeur", "date_naissance": "1990-06-10", "prepare_choix": choix}
    personnes = [parent, *[{"role": "enfant", "date_naissance": "2025-06-10"}] * enfants]
    _, fiches_lues, b = fiches(Situation.depuis_dict({"mois": "2026-11", "foyer": {}, "personnes": personnes}))
    assert annees_de_reference(fiches_lues[0], fiches_lues, b, 6) == annees
