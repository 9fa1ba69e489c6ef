"""`limpide cas CHEMIN [--json]`: run the cases of a file or a folder."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from .modele import CasInvalide
from .verification import Issue, Verdict, verifier_chemin

ECHEC, ENTREE_INUTILISABLE = 1, 2
SIGNES = {Issue.REUSSI: "✓", Issue.ECHOUE: "✗", Issue.NON_PRIS: "–", Issue.ILLISIBLE: "?"}
PAS_DE_PROGRES = 200


def ajouter(commandes: Any) -> None:
    """Add the command to `limpide`'s."""
    cas = commandes.add_parser("cas", help="vérifier des cas écrits au format d'OpenFisca (YAML)")
    cas.add_argument("chemin", type=Path, help="fichier .yaml, ou dossier qui en contient")
    cas.add_argument("--json", action="store_true", help="répondre en JSON")
    cas.add_argument("--tous", action="store_true", help="montrer aussi les cas réussis")


def executer(options: argparse.Namespace) -> int:
    """0: no case failed; 1: some did; 2: none did, but a file or a case cannot be read."""
    verdicts: list[Verdict] = []
    try:
        for verdict in verifier_chemin(options.chemin):
            verdicts.append(verdict)
            if len(verdicts) % PAS_DE_PROGRES == 0 and sys.stderr.isatty():
                sys.stderr.write(f"\r{len(verdicts)} cas…")
    except CasInvalide as refus:
        sys.stderr.write(f"{refus}\n")
        return ENTREE_INUTILISABLE
    sys.stdout.write(_en_json(verdicts) if options.json else _en_texte(verdicts, tous=options.tous))
    issues = {v.issue for v in verdicts}
    return ECHEC if Issue.ECHOUE in issues else ENTREE_INUTILISABLE if Issue.ILLISIBLE in issues else 0


def _en_texte(verdicts: list[Verdict], *, tous: bool) -> str:
    lignes = []
    for verdict in verdicts:
        if verdict.issue is Issue.REUSSI and not tous:
            continue
        ou = f"{verdict.fichier}, cas n° {verdict.rang} : {verdict.nom}" if verdict.rang else str(verdict.fichier)
        lignes.append(f"{SIGNES[verdict.issue]} {ou}")
        lignes += [f"    {detail}" for detail in verdict.details]
    comptes = Counter(v.issue for v in verdicts)
    resume = ", ".join(f"{comptes[issue]} {_accorder(issue, comptes[issue])}" for issue in Issue)
    return "\n".join([*lignes, f"{len(verdicts)} cas : {resume}."]) + "\n"


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
