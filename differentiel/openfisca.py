"""Our end of the pipe to `openfisca_programme.py`."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

RACINE = Path(__file__).resolve().parent.parent


class OpenFiscaAbsent(RuntimeError):
    """The environment of OpenFisca-France has not been created."""


def interprete() -> Path:
    """The Python of `.venv-openfisca`, or of `LIMPIDE_OPENFISCA` when it is set."""
    chemin = Path(os.environ.get("LIMPIDE_OPENFISCA") or RACINE / ".venv-openfisca" / "bin" / "python")
    if not chemin.exists():
        raise OpenFiscaAbsent(f"OpenFisca-France est absent ({chemin}) : lancez « make differential », qui l'installe.")
    return chemin


class OpenFisca:
    """One OpenFisca process, started once and asked as often as needed."""

    def __init__(self) -> None:
        self._processus = subprocess.Popen(  # noqa: S603  (our own file, run by the interpreter we installed)
            [str(interprete()), str(Path(__file__).with_name("openfisca_programme.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        self.demarrage = self._lire()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._processus.stdin is not None
        self._processus.stdin.close()
        self._processus.wait()
        if self._processus.stdout is not None:
            self._processus.stdout.close()

    def _lire(self) -> dict[str, Any]:
        assert self._processus.stdout is not None
        ligne = self._processus.stdout.readline()
        if not ligne:
            raise RuntimeError("OpenFisca s'est arrêté : voir son message ci-dessus.")
        reponse: dict[str, Any] = json.loads(ligne)
        return reponse

    def _demander(self, **demande: Any) -> dict[str, Any]:
        assert self._processus.stdin is not None
        self._processus.stdin.write(json.dumps(demande) + "\n")
        self._processus.stdin.flush()
        return self._lire()

    def calculer(
        self, donnees: dict[str, np.ndarray], cibles: list[tuple[str, str]], *, ensemble: bool = False
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Amounts per target (`variable@period` → one value per household or person), and measures."""
        with tempfile.TemporaryDirectory(prefix="limpide-openfisca-") as dossier:
            entree, sortie = Path(dossier) / "entree.npz", Path(dossier) / "sortie.npz"
            np.savez(entree, allow_pickle=False, **donnees)
            mesures = self._demander(
                ordre="calculer", entree=str(entree), sortie=str(sortie), cibles=cibles, ensemble=ensemble
            )
            with np.load(sortie) as archive:
                return {nom: archive[nom] for nom in archive.files}, mesures

    def tracer(self, donnees: dict[str, np.ndarray], cibles: list[tuple[str, str]]) -> dict[str, list[str]]:
        """Log of the computation of each target, for one household."""
        with tempfile.TemporaryDirectory(prefix="limpide-openfisca-") as dossier:
            entree = Path(dossier) / "entree.npz"
            np.savez(entree, allow_pickle=False, **donnees)
            journaux: dict[str, list[str]] = self._demander(ordre="tracer", entree=str(entree), cibles=cibles)[
                "journaux"
            ]
            return journaux
