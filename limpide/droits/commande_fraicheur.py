"""`limpide fraicheur [--mois AAAA-MM] [--dans N] [--json]`: which parameters of the law somebody should look at."""

import argparse
import json
import sys
from datetime import date
from typing import Any

from .bareme import decaler, ecrire_mois, en_lettres, lire_mois, parametres
from .fraicheur import Echeance, citations, echeances
from .francais import nombre


def ajouter(commandes: Any) -> None:
    """Add the command to `limpide`'s."""
    fraicheur = commandes.add_parser("fraicheur", help="dire quels paramètres de la loi sont à vérifier bientôt")
    fraicheur.add_argument("--mois", help="mois d'où l'on regarde, comme 2026-11 (à défaut : celui d'aujourd'hui)")
    fraicheur.add_argument("--dans", type=int, default=3, help="nombre de mois à venir (3)")
    fraicheur.add_argument("--json", action="store_true", help="répondre en JSON")


def executer(options: argparse.Namespace) -> int:
    """Always 0: it is a report, not a check."""
    mois = lire_mois(options.mois or date.today().isoformat()[:7])  # noqa: DTZ011 - the day, where it is run
    liste = echeances(decaler(mois, options.dans))
    sys.stdout.write(_en_json(liste) if options.json else _en_texte(liste, decaler(mois, options.dans)))
    return 0


def _en_texte(liste: list[Echeance], jusqu_au: int) -> str:
    lignes = []
    for e in liste:
        p = e.parametre
        quand = "nouvelle valeur attendue" if e.mois == e.attendue else "valeur à vérifier de nouveau"
        lignes.append(f"{en_lettres(e.mois)}, {quand} : {p.libelle} ({p.dossier}, {p.nom})")
        acte = " : acte à retrouver" if e.acte_inconnu else ""
        sources = " ; ".join(citations(p.article, e.derniere.reference))
        lignes.append(f"    depuis {en_lettres(e.derniere.debut)}, {sources}{acte}")
    total = f"{nombre(len(liste))} paramètres sur {nombre(len(parametres()))} à regarder d'ici {en_lettres(jusqu_au)}."
    return "\n".join([*lignes, total]) + "\n"


def _en_json(liste: list[Echeance]) -> str:
    reponse = [
        {
            "nom": e.parametre.nom,
            "dossier": e.parametre.dossier,
            "libelle": e.parametre.libelle,
            "article": e.parametre.article,
            "a_regarder": ecrire_mois(e.mois),
            "valeur_attendue": ecrire_mois(e.attendue) if e.attendue else None,
            "verifie_jusque": ecrire_mois(e.parametre.verifie_jusque),
            "derniere_valeur": e.derniere.valeur,
            "depuis": ecrire_mois(e.derniere.debut),
            "reference": e.derniere.reference,
        }
        for e in liste
    ]
    return json.dumps(reponse, ensure_ascii=False, indent=1) + "\n"
