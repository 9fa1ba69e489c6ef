"""Cases run one by one: passed, failed with what differs, not taken or not readable with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from limpide.droits.calcul import Resultat, catalogue_droits, liquider
from limpide.droits.explication import trace_de
from limpide.droits.manquants import en_mots
from limpide.droits.moteur import Motif

from .lecture import lire_cas_de_fichier
from .modele import Cas, CasInvalide, CasNonPris


class Issue(StrEnum):
    """How a case ended."""

    REUSSI = "réussi"
    ECHOUE = "échoué"
    NON_PRIS = "non pris"
    ILLISIBLE = "illisible"


@dataclass(frozen=True)
class Verdict:
    """One case of one file (rank 0: the file itself): `details` are what differs, or why it was not taken."""

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
    """Run every case of a file or folder, to the end. `CasInvalide` if there is no file."""
    for fichier in fichiers_de_cas(chemin):
        try:
            for rang, (nom, lu) in enumerate(lire_cas_de_fichier(fichier), 1):
                yield _juger(fichier, rang, nom, lu)
        except CasInvalide as raison:
            yield Verdict(fichier, 0, fichier.name, Issue.ILLISIBLE, (str(raison),))


def _juger(fichier: Path, rang: int, nom: str, lu: list[Cas] | CasNonPris | CasInvalide) -> Verdict:
    if not isinstance(lu, list):
        issue = Issue.NON_PRIS if isinstance(lu, CasNonPris) else Issue.ILLISIBLE
        return Verdict(fichier, rang, nom, issue, (str(lu),))
    ecarts: list[str] = []
    sans_reponse: list[str] = []
    for cas in lu:
        resultats = liquider(cas.situation, cas.droits_attendus)
        prefixe = f"{cas.situation.mois}, " if len(lu) > 1 else ""
        raisons = _sans_reponse(cas, resultats)
        sans_reponse += [prefixe + raison for raison in raisons]
        if not raisons:
            ecarts += [prefixe + ecart for ecart in cas.ecarts(resultats)]
    if ecarts:
        return Verdict(fichier, rang, nom, Issue.ECHOUE, tuple(ecarts))
    if sans_reponse:
        return Verdict(fichier, rang, nom, Issue.NON_PRIS, tuple(sans_reponse))
    non_calcules = lu[0].non_pris if lu else ()
    if non_calcules:
        return Verdict(fichier, rang, nom, Issue.NON_PRIS, (f"Limpide ne calcule pas {', '.join(non_calcules)}",))
    return Verdict(fichier, rang, nom, Issue.REUSSI)


def _sans_reponse(cas: Cas, resultats: dict[str, Resultat]) -> list[str]:
    """Rights of which no amount is told although the case expects one: a fact is missing, or a person decides."""
    raisons = []
    for code in cas.droits_attendus:
        motif, dit = resultats[code].motif, cas.attendu.get(f"{code}_motif")
        if motif == Motif.INCONNU.name and dit != motif and f"{code}_manque" not in cas.attendu:
            raisons.append(f"{code} : il manque {', '.join(_manquants(code, resultats[code])) or 'un fait'}")
        if motif == Motif.A_INSTRUIRE.name and dit is None:
            raisons.append(f"{code} est à instruire : la loi laisse ici une appréciation, une personne décide")
    return raisons


def _manquants(code: str, resultat: Resultat) -> list[str]:
    droit = next(d for d in catalogue_droits() if d.code == code)
    return en_mots(droit, trace_de(resultat), resultat.faits_manquants, variables=True)
