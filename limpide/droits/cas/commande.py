"""`limpide cas CHEMIN [--json] [--non-pris-admis]`: run the cases of a file or a folder."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from .modele import CasInvalide
from .verification import Issue, Verdict, verifier_chemin

ECHEC, ENTREE_INUTILISABLE, NON_VERIFIES = 1, 2, 3
CODES = """\
code de sortie :
  0  tous les cas sont réussis
  1  au moins un cas a échoué
  2  aucun n'a échoué, mais un fichier ou un cas est illisible, ou il n'y a aucun cas
  3  aucun n'a échoué, mais des cas ne sont pas pris : ils n'ont pas été vérifiés, pour la raison dite
     (avec --non-pris-admis : 0, et la dernière ligne le dit)
"""
SIGNES = {Issue.REUSSI: "✓", Issue.ECHOUE: "✗", Issue.NON_PRIS: "–", Issue.ILLISIBLE: "?"}
PAS_DE_PROGRES = 200


def ajouter(commandes: Any) -> None:
    """Add the command to `limpide`'s."""
    cas = commandes.add_parser(
        "cas",
        help="vérifier des cas écrits au format d'OpenFisca (YAML)",
        epilog=CODES,
    )
    cas.add_argument("chemin", type=Path, help="fichier .yaml, ou dossier qui en contient")
    cas.add_argument("--json", action="store_true", help="répondre en JSON")
    cas.add_argument("--tous", action="store_true", help="montrer aussi les cas réussis")
    cas.add_argument("--non-pris-admis", action="store_true", help="ne pas finir en échec pour des cas non pris")


def executer(options: argparse.Namespace) -> int:
    """The codes of `CODES`: a case that was not verified is no success unless one says so."""
    verdicts: list[Verdict] = []
    try:
        for verdict in verifier_chemin(options.chemin):
            verdicts.append(verdict)
            if len(verdicts) % PAS_DE_PROGRES == 0 and sys.stderr.isatty():
                sys.stderr.write(f"\r{len(verdicts)} cas…")
    except CasInvalide as refus:
        sys.stderr.write(f"{refus}\n")
        return ENTREE_INUTILISABLE
    if options.json:
        sys.stdout.write(_en_json(verdicts))
    else:
        sys.stdout.write(_en_texte(verdicts, tous=options.tous, admis=options.non_pris_admis))
    issues = {v.issue for v in verdicts}
    if Issue.ECHOUE in issues:
        return ECHEC
    if Issue.ILLISIBLE in issues or not issues:
        return ENTREE_INUTILISABLE
    return NON_VERIFIES if Issue.NON_PRIS in issues and not options.non_pris_admis else 0


def _en_texte(verdicts: list[Verdict], *, tous: bool, admis: bool) -> str:
    lignes = []
    for verdict in verdicts:
        if verdict.issue is Issue.REUSSI and not tous:
            continue
        ou = f"{verdict.fichier}, cas n° {verdict.rang} : {verdict.nom}" if verdict.rang else str(verdict.fichier)
        lignes.append(f"{SIGNES[verdict.issue]} {ou}")
        lignes += [f"    {detail}" for detail in verdict.details]
    comptes = Counter(v.issue for v in verdicts)
    resume = ", ".join(f"{comptes[issue]} {_accorder(issue, comptes[issue])}" for issue in Issue)
    return "\n".join([*lignes, f"{len(verdicts)} cas : {resume}.{_suite(comptes[Issue.NON_PRIS], admis)}"]) + "\n"


def _suite(non_pris: int, admis: bool) -> str:
    """What the cases not taken do to the exit code."""
    if not non_pris:
        return ""
    dits = "Le cas non pris n'a pas été vérifié" if non_pris == 1 else "Les cas non pris n'ont pas été vérifiés"
    return f" {dits}{' : admis.' if admis else ' (--non-pris-admis pour les admettre).'}"


def _accorder(issue: Issue, nombre: int) -> str:
    if issue is Issue.NON_PRIS or nombre < 2:
        return str(issue)
    return f"{issue}s"


def _en_json(verdicts: list[Verdict]) -> str:
    comptes = Counter(v.issue for v in verdicts)
    reponse = {
        "comptes": {str(issue): comptes[issue] for issue in Issue},
        "cas": [
            {
                "fichier": str(v.fichier),
                "rang": v.rang,
                "nom": v.nom,
                "issue": str(v.issue),
                "details": list(v.details),
            }
            for v in verdicts
        ],
    }
    return json.dumps(reponse, ensure_ascii=False, indent=1) + "\n"
