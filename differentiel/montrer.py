"""One household in full: its facts, our steps, OpenFisca's computation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import liquider
from limpide.droits.moteur import Etape
from limpide.droits.situation import Situation

from .fin_d_annee import pour_la_fin_d_annee
from .handicap import PAR_PERSONNE
from .openfisca import OpenFisca
from .passerelle import ANNUELS, EVENEMENTS, FAITS_ET_DROITS, jusqu_a_decembre, sans_le_fait, traduire
from .passerelle_garde import avec_la_garde
from .passerelle_logement import NETS, avec_le_logement

Tableau = npt.NDArray[np.void]

RETENUES = re.compile(
    r"^(aeeh|af|ars|rsa|ppa|prestations_familiales|nb_|en_couple|enceinte|autonomie|age|date_naissance|aide_logement|cf|asf|paje|"
    r"aah|caah|mva|eligibilite_caah|taux_incapacite|rpns|salaire_imposable|ass|asi|aspa|salaire_net|chomage_net|retraite|indemnites|pensions|prime|garde|etudiant|statut|loyer)"
)
NUL = re.compile(r"\[[\s0.False'-]*\]$")
PROFONDEUR_MAXIMALE = 16


def situation_de(mois: str, foyers: Tableau, personnes: Tableau, rang: int) -> Situation:
    """The household `rang` of a draw, alone."""
    foyer = foyers[rang]
    return Situation(mois, foyers[rang : rang + 1].copy(), personnes[foyer["debut"] : foyer["fin"]].copy())


def faits_parlants(situation: Situation) -> Iterator[str]:
    """Lines stating what is known and not nil about the household."""
    donnees = situation.vers_dict()
    for titre, faits in [("foyer", donnees["foyer"]), *((p["role"], p) for p in donnees["personnes"])]:
        dits = {nom: valeur for nom, valeur in faits.items() if _parle(nom, valeur)}
        yield f"{titre} : " + ", ".join(f"{nom}={valeur}" for nom, valeur in dits.items())


def _parle(nom: str, valeur: object) -> bool:
    if nom in ("role", "present") or valeur in (None, False, 0, 0.0):
        return False
    return not (isinstance(valeur, list) and not any(valeur))


def etapes_de_limpide(situation: Situation, droit: str) -> Iterator[str]:
    """Our trace, one indented line per step."""
    resultat = liquider(situation, [droit])[droit]
    montant, manque = resultat.montant_centimes / 100, ", ".join(resultat.faits_manquants)
    yield f"{droit} = {montant:.2f} € ({resultat.motif}{manque and f', il manque {manque}'})"
    if resultat.trace is not None:
        yield from _lignes(resultat.trace, 1)


def _lignes(etape: Etape, retrait: int) -> Iterator[str]:
    for fille in etape.etapes:
        simples = {n: v for n, v in fille.arguments.items() if isinstance(v, (int, float, bool))}
        arguments = ", ".join(f"{nom}={valeur}" for nom, valeur in simples.items())
        yield f"{'  ' * retrait}{fille.nom}({arguments}) = {fille.resultat}  [{', '.join(fille.articles)}]"
        yield from _lignes(fille, retrait + 1)


def calcul_d_openfisca(openfisca: OpenFisca, situation: Situation, droit: str) -> Iterator[str]:
    """OpenFisca's log, kept to the variables of the rights, each shown once."""
    periode, faits = situation.mois, (situation.mois, situation.foyer, situation.personnes)
    donnees = traduire(*faits)
    if droit in FAITS_ET_DROITS:
        donnees = sans_le_fait(donnees, droit)
    if droit in NETS:
        donnees = avec_le_logement(donnees, *faits)
    if droit in PAR_PERSONNE:
        donnees = PAR_PERSONNE[droit](donnees, *faits)
    if droit == "paje_cmg":
        donnees = avec_la_garde(donnees, *faits)
    if droit in EVENEMENTS:
        donnees = EVENEMENTS[droit](donnees, situation.mois, situation.personnes)
    if droit in ANNUELS:
        fin = pour_la_fin_d_annee(donnees, *faits) if droit == "aefa" else None
        donnees, periode = fin or jusqu_a_decembre(donnees, situation.mois), situation.mois[:4]
    deja: set[str] = set()
    for ligne in openfisca.tracer(donnees, [(droit, periode)])[droit]:
        texte = ligne.strip()
        retrait = len(ligne) - len(ligne.lstrip())
        if retrait <= 2 * PROFONDEUR_MAXIMALE and RETENUES.match(texte) and not NUL.search(texte) and texte not in deja:
            deja.add(texte)
            yield ligne


def montrer(openfisca: OpenFisca, situation: Situation, droit: str) -> None:
    """Print everything about one household and one right."""
    print(f"\n=== {droit}, {situation.mois} ===")
    for ligne in faits_parlants(situation):
        print(ligne)
    print("--- Limpide")
    for ligne in etapes_de_limpide(situation, droit):
        print(ligne)
    print("--- OpenFisca-France")
    for ligne in calcul_d_openfisca(openfisca, situation, droit):
        print(ligne)
