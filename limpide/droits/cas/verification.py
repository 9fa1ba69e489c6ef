"""Cases run one by one: passed, failed with what differs, or not taken with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from limpide.droits.calcul import Resultat, liquider
from limpide.droits.moteur import Motif

from .lecture import lire_cas_de_fichier
from .modele import Cas, CasInvalide, CasNonPris


class Issue(StrEnum):
    """How a case ended."""

    REUSSI = "réussi"
    ECHOUE = "échoué"
    NON_PRIS = "non pris"


@dataclass(frozen=True)
class Verdict:
    """One case of one file: `details` are the differences, or the reason why it was not taken."""

    fichier: Path
    rang: int
    nom: str
    issue: Issue
    details: tuple[str, ...] = ()


def fichiers_de_cas(chemin: Path) -> list[Path]:
    """The files of a path: itself, or those of a folder and its sub-folders. `CasInvalide` if there is none."""
    if chemin.is_dir():
        trouves = sorted(f for f in chemin.rglob("*") if f.suffix in (".yaml", ".yml") and f.is_file())
        if not trouves:
            raise CasInvalide(f"{chemin} ne contient aucun fichier .yaml")
        return trouves
    if not chemin.exists():
        raise CasInvalide(f"{chemin} n'existe pas")
    return [chemin]


def verifier_chemin(chemin: Path) -> Iterator[Verdict]:
    """Run every case of a file or folder. `CasInvalide` where a file or a case cannot be read."""
    for fichier in fichiers_de_cas(chemin):
        for rang, (nom, lu) in enumerate(lire_cas_de_fichier(fichier), 1):
            yield _juger(fichier, rang, nom, lu)


def _juger(fichier: Path, rang: int, nom: str, lu: list[Cas] | CasNonPris) -> Verdict:
    if isinstance(lu, CasNonPris):
        return Verdict(fichier, rang, nom, Issue.NON_PRIS, (str(lu),))
    ecarts: list[str] = []
    inconnus: list[str] = []
    for cas in lu:
        resultats = liquider(cas.situation, cas.droits_attendus)
        prefixe = f"{cas.situation.mois}, " if len(lu) > 1 else ""
        manque = _faits_manquants(cas, resultats)
        inconnus += [prefixe + m for m in manque]
        if not manque:
            ecarts += [prefixe + ecart for ecart in cas.ecarts(resultats)]
    if ecarts:
        return Verdict(fichier, rang, nom, Issue.ECHOUE, tuple(ecarts))
    if inconnus:
        return Verdict(fichier, rang, nom, Issue.NON_PRIS, tuple(inconnus))
    non_calcules = lu[0].non_pris if lu else ()
    if non_calcules:
        return Verdict(fichier, rang, nom, Issue.NON_PRIS, (f"Limpide ne calcule pas {', '.join(non_calcules)}",))
    return Verdict(fichier, rang, nom, Issue.REUSSI)


def _faits_manquants(cas: Cas, resultats: dict[str, Resultat]) -> list[str]:
    """Rights left unknown although the case expects an amount: it takes for granted what it does not say."""
    return [
        f"{code} : il manque {', '.join(resultats[code].faits_manquants) or 'un fait'}"
        for code in cas.droits_attendus
        if resultats[code].motif == Motif.INCONNU.name
        and cas.attendu.get(f"{code}_motif") != Motif.INCONNU.name
        and f"{code}_manque" not in cas.attendu
    ]
