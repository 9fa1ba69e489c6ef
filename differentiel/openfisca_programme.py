"""OpenFisca-France behind a pipe: the only file of the project that runs in `.venv-openfisca`.

OpenFisca pins a version of psutil that our own environment cannot share, so it lives apart and we talk to
it line by line: one JSON request on stdin, one JSON answer on stdout, arrays in `.npz` files. The
tax-benefit system (six seconds) is loaded once per process.

Request `{"ordre": "calculer", "entree": path, "sortie": path, "cibles": [["rsa", "2026-06"], …],
"ensemble": false}`. The input file holds `appartenance` (household of each person), `role` (0 claimant, 1
partner, 2 child) and one array per given value, named `variable@period`: numbers, booleans, enum names
(text) or dates (`datetime64[D]`). **Each target is computed in a fresh simulation**, because OpenFisca's
results depend on the order of the questions. `{"ordre": "tracer", …}` returns, for an input of one
household, the log of the computation of each target.
"""

import gc
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

Donnees = dict[str, np.ndarray]

ENTITES_DE_GROUPE = ("famille", "foyer_fiscal", "menage")


def rss_mo() -> float:
    """Resident memory of this process, in MiB."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def pic_mo() -> float:
    """Highest resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def charger(chemin: str) -> Donnees:
    """The arrays of an `.npz` file, as a dict."""
    with np.load(chemin) as archive:
        return {nom: archive[nom] for nom in archive.files}


def batir(systeme: FranceTaxBenefitSystem, donnees: Donnees, trace: bool = False) -> Simulation:
    """A fresh simulation: one family, one tax household and one dwelling per household."""
    batisseur = SimulationBuilder()
    batisseur.create_entities(systeme)
    appartenance, role = donnees["appartenance"], donnees["role"]
    batisseur.declare_person_entity("individu", np.arange(len(appartenance)))
    foyers = np.arange(int(appartenance.max()) + 1)
    for cle in ENTITES_DE_GROUPE:
        entite = batisseur.declare_entity(cle, foyers)
        # Roles are positions in the entity's flattened list, which is (first adult, second adult, child…)
        # in all three.
        batisseur.join_with_persons(entite, appartenance, roles=role)
    simulation = batisseur.build(systeme)
    simulation.trace = trace
    for nom, valeurs in donnees.items():
        if "@" not in nom:
            continue
        variable, periode = nom.split("@")
        simulation.set_input(variable, periode, encoder(systeme, variable, valeurs))
    return simulation


def encoder(systeme: FranceTaxBenefitSystem, nom: str, valeurs: np.ndarray) -> np.ndarray:
    """Enum names become OpenFisca's enum arrays; the rest passes as it is."""
    variable = systeme.variables[nom]
    if variable.value_type is Enum:
        return variable.possible_values.encode(valeurs)
    if variable.value_type is str:
        return valeurs.astype(bytes)
    return valeurs


def calculer(systeme: FranceTaxBenefitSystem, demande: dict[str, Any]) -> dict[str, Any]:
    """Compute the targets, each alone or all in one simulation; returns what it cost."""
    donnees = charger(demande["entree"])
    groupes = [demande["cibles"]] if demande["ensemble"] else [[cible] for cible in demande["cibles"]]
    resultats: Donnees = {}
    mesures = [_calculer_ensemble(systeme, donnees, cibles, resultats) for cibles in groupes]
    np.savez(demande["sortie"], **resultats)
    return {"mesures": mesures, "pic_mo": pic_mo(), "rss_mo": rss_mo()}


def _calculer_ensemble(
    systeme: FranceTaxBenefitSystem, donnees: Donnees, cibles: list[list[str]], resultats: Donnees
) -> dict[str, Any]:
    gc.collect()
    repos = rss_mo()
    cpu_entrees, mur_entrees = time.process_time(), time.perf_counter()
    simulation = batir(systeme, donnees)
    cpu, mur = time.process_time(), time.perf_counter()
    for variable, periode in cibles:
        resultats[f"{variable}@{periode}"] = np.asarray(simulation.calculate(variable, periode), dtype=np.float64)
    return {
        "cibles": cibles,
        "cpu_s": time.process_time() - cpu,
        "mur_s": time.perf_counter() - mur,
        "cpu_entrees_s": cpu - cpu_entrees,
        "mur_entrees_s": mur - mur_entrees,
        "rss_mo": rss_mo() - repos,
    }


def tracer(systeme: FranceTaxBenefitSystem, demande: dict[str, Any]) -> dict[str, Any]:
    """The computation logs of each target, each in its own simulation."""
    donnees = charger(demande["entree"])
    journaux = {}
    for variable, periode in demande["cibles"]:
        simulation = batir(systeme, donnees, trace=True)
        simulation.calculate(variable, periode)
        journaux[variable] = simulation.tracer.computation_log.lines()
    return {"journaux": journaux}


ORDRES = {"calculer": calculer, "tracer": tracer}


def main() -> None:
    """Serve requests until stdin closes."""
    sortie = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever OpenFisca prints must not mix with our answers
    debut = time.perf_counter()
    systeme = FranceTaxBenefitSystem()
    print(
        json.dumps({"pret": True, "chargement_s": time.perf_counter() - debut, "rss_mo": rss_mo()}),
        file=sortie,
    )
    for ligne in sys.stdin:
        demande = json.loads(ligne)
        print(json.dumps(ORDRES[demande["ordre"]](systeme, demande)), file=sortie)


if __name__ == "__main__":
    main()
