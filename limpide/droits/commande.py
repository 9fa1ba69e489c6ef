"""The commands that need the law alone, without Django nor any database: `simuler`, `courbe`, `rejouer`, `cas`…"""

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from .analyseur import ENTREE_INUTILISABLE, Analyseur
from .bareme import MoisHorsBareme, en_lettres, lire_mois, mois_couvert
from .calcul import Resultat, catalogue_droits
from .cas.commande import ajouter as ajouter_cas
from .cas.commande import executer as executer_cas
from .commande_courbe import ajouter as ajouter_courbe
from .commande_courbe import executer as executer_courbe
from .commande_derives import Derives
from .commande_fraicheur import ajouter as ajouter_fraicheur
from .commande_fraicheur import executer as executer_fraicheur
from .courbe import CourbeImpossible
from .distance import distance
from .empreinte import empreinte_regles
from .ensemble import completer, faits_dits, nourrir_et_liquider
from .explication import Phrase, raconter, trace_de
from .francais import centimes_en_euros, enumerer
from .lecture_fichier import FichierInvalide, FichierLu, lire_fichier
from .manquants import en_mots
from .moteur import Droit, Motif
from .recu import RecuInvalide, emettre, rejouer
from .situation import codes_droits
from .valeurs import SituationInvalide

ECART = 1

EN_PARQUET = {"population": "population", "calculer-lot": "lot", "reforme": "reforme"}
"""Commands over a whole population, and the folder of each: they alone load Arrow."""


def main(argv: Sequence[str]) -> int:
    """Run one of them. Returns 0, 1 (a receipt that no longer holds, a case that fails) or 2 (unusable input)."""
    for flux in (sys.stdout, sys.stderr):
        if hasattr(flux, "reconfigure"):
            flux.reconfigure(encoding="utf-8", errors="backslashreplace")  # what a file holds is said, whatever it is
    if argv and argv[0] in EN_PARQUET:
        return _en_parquet(argv)
    options = _analyseur().parse_args(argv)
    try:
        if options.commande == "cas":
            return executer_cas(options)
        if options.commande == "courbe":
            return executer_courbe(options)
        if options.commande == "fraicheur":
            return executer_fraicheur(options)
        return _simuler(options) if options.commande == "simuler" else _rejouer(options)
    except (CourbeImpossible, FichierInvalide, MoisHorsBareme, RecuInvalide, SituationInvalide) as refus:
        sys.stderr.write(f"{refus}\n")
        return ENTREE_INUTILISABLE


def _en_parquet(argv: Sequence[str]) -> int:
    """Run a command over a population; 2 if its input or its folder of results cannot be used."""
    try:
        from .lot.colonnes import PopulationInvalide
        from .lot.execution import CalculImpossible
    except ModuleNotFoundError as absent:
        sys.stderr.write(f"Le module {absent.name} n'est pas installé : cette commande lit et écrit du Parquet.\n")
        return ENTREE_INUTILISABLE
    commande = importlib.import_module(f"limpide.droits.{EN_PARQUET[argv[0]]}.commande")
    analyseur = Analyseur(prog="limpide")
    commande.ajouter(analyseur.add_subparsers(dest="commande", required=True, parser_class=Analyseur))
    try:
        resultat: int = commande.executer(analyseur.parse_args(argv))
    except (CalculImpossible, MoisHorsBareme, PopulationInvalide) as refus:
        sys.stderr.write(f"{refus}\n")
        return ENTREE_INUTILISABLE
    except KeyboardInterrupt:
        sys.stderr.write("Interrompu. La même commande reprend où elle s'est arrêtée.\n")
        return ECART
    return resultat


def _analyseur() -> Analyseur:
    analyseur = Analyseur(prog="limpide")
    commandes = analyseur.add_subparsers(dest="commande", required=True, parser_class=Analyseur)
    simuler = commandes.add_parser("simuler", help="calculer les droits d'un foyer décrit dans un fichier")
    simuler.add_argument("fichier", type=Path, help="foyer, ou situation d'OpenFisca, en YAML ou JSON")
    simuler.add_argument("--mois", help="mois à calculer, comme 2026-11 (à défaut : celui du fichier)")
    simuler.add_argument("--expliquer", action="store_true", help="dire chaque étape, avec ses articles")
    simuler.add_argument("--json", action="store_true", help="répondre en JSON")
    simuler.add_argument("--recu", type=Path, help="écrire dans ce fichier un reçu que l'on peut rejouer")
    rejeu = commandes.add_parser("rejouer", help="recalculer un reçu et comparer")
    rejeu.add_argument("recu", type=Path, help="reçu écrit par « limpide simuler --recu »")
    ajouter_cas(commandes)
    ajouter_courbe(commandes)
    ajouter_fraicheur(commandes)
    return analyseur


def _simuler(options: argparse.Namespace) -> int:
    if options.mois:
        mois_couvert(options.mois)
    lu = lire_fichier(options.fichier, options.mois)
    if lu.openfisca is not None:  # as OpenFisca's addresses do: what was paid before and is not told is computed
        lu = replace(lu, situation=completer(lu.openfisca, faits_dits(lu.openfisca)))
    nourri, resultats = nourrir_et_liquider(lu.situation, codes_droits())
    derives = Derives.de(lu.situation, nourri, resultats)
    if options.recu:
        recu = emettre(lu.situation, resultats, date.today().isoformat())  # noqa: DTZ011 - the day, where it is run
        _ecrire(options.recu, json.dumps(recu, ensure_ascii=False, indent=1) + "\n")
    if options.json:
        sys.stdout.write(
            json.dumps(_en_json(lu, resultats, derives, options.expliquer), ensure_ascii=False, indent=1) + "\n"
        )
    else:
        sys.stdout.write(_en_texte(lu, resultats, derives, options.expliquer))
    return 0


def _rejouer(options: argparse.Namespace) -> int:
    try:
        recu = json.loads(options.recu.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as erreur:
        raise RecuInvalide(f"Le reçu {options.recu} ne peut pas être lu : ce n'est pas du JSON lisible.") from erreur
    ecarts = rejouer(recu)
    if not ecarts:
        sys.stdout.write(f"Le calcul de {en_lettres(lire_mois(recu['mois']))} redonne les mêmes résultats.\n")
        return 0
    sys.stdout.write("\n".join(ecarts) + "\n")
    return ECART


def _ecrire(chemin: Path, texte: str) -> None:
    try:
        chemin.write_text(texte, encoding="utf-8")
    except OSError as erreur:
        raise FichierInvalide(f"Le fichier {chemin} ne peut pas être écrit ({erreur.strerror}).") from erreur


def _en_texte(lu: FichierLu, resultats: dict[str, Resultat], derives: Derives, expliquer: bool) -> str:
    mois = lire_mois(lu.situation.mois)
    lignes = [f"Droits de {en_lettres(mois)}", ""]
    droits = {droit.code: droit for droit in catalogue_droits()}
    largeur = max(len(droit.libelle) for droit in droits.values())
    for code, resultat in resultats.items():
        lignes.append(f"  {droits[code].libelle:<{largeur}}  {_issue(resultat, droits[code])}")
    lignes += derives.lignes(largeur, _arbre if expliquer else None)
    if lu.suppositions or lu.ignores or lu.a_donner:
        lignes.append("")
    lignes += [f"Supposé : {s}" for s in lu.suppositions]
    lignes += [f"À donner : {manque}" for manque in lu.a_donner]
    if lu.ignores:
        lignes.append(f"Variables du fichier sans effet sur ces droits : {', '.join(lu.ignores)}.")
    for resultat in resultats.values() if expliquer else ():
        recit = raconter(resultat)
        lignes += ["", recit.conclusion]
        lignes += [ligne for phrase in recit.phrases for ligne in _arbre(phrase, 1)]
        loin = distance(lu.situation, resultat.droit)
        lignes += [f"   {loin.texte}"] if loin else []
    return "\n".join(lignes).rstrip() + "\n"


def _issue(resultat: Resultat, droit: Droit) -> str:
    if resultat.motif == Motif.INCONNU.name:
        manquants = enumerer(f"« {mots} »" for mots in _manquants(resultat, droit))
        return f"calcul impossible, il manque : {manquants or 'qui vivait avec vous, mois par mois'}"
    verse = centimes_en_euros(resultat.montant_centimes - resultat.crds_centimes)
    if resultat.crds_centimes:
        return f"{verse} ({centimes_en_euros(resultat.montant_centimes)} avant CRDS)"
    return verse if resultat.montant_centimes else f"{verse} : {Motif[resultat.motif].phrase}"


def _manquants(resultat: Resultat, droit: Droit) -> list[str]:
    return en_mots(droit, trace_de(resultat), resultat.faits_manquants)


def _arbre(phrase: Phrase, niveau: int) -> list[str]:
    articles = f"  [{', '.join(phrase.articles)}]" if phrase.articles else ""
    lignes = [f"{'   ' * niveau}· {phrase.texte}{articles}"]
    return lignes + [ligne for detail in phrase.details for ligne in _arbre(detail, niveau + 1)]


def _en_json(lu: FichierLu, resultats: dict[str, Resultat], derives: Derives, expliquer: bool) -> dict[str, Any]:
    droits: dict[str, Any] = {}
    par_code = {droit.code: droit for droit in catalogue_droits()}
    for code, resultat in resultats.items():
        droits[code] = {
            "montant_centimes": resultat.montant_centimes,
            "crds_centimes": resultat.crds_centimes,
            "motif": resultat.motif,
            "faits_manquants": list(resultat.faits_manquants),
            "il_manque": _manquants(resultat, par_code[code]),
        }
        if expliquer:
            recit = raconter(resultat)
            droits[code]["conclusion"] = recit.conclusion
            droits[code]["etapes"] = [_phrase_json(phrase) for phrase in recit.phrases]
            loin = distance(lu.situation, code)
            droits[code]["distance"] = loin and {"fait": loin.fait, "ecart": loin.ecart, "texte": loin.texte}
    return {
        "mois": lu.situation.mois,
        "empreinte_regles": empreinte_regles(),
        "droits": droits,
        **derives.en_json(_phrase_json if expliquer else None),
        "suppositions": list(lu.suppositions),
        "variables_sans_effet": list(lu.ignores),
        "a_donner": list(lu.a_donner),
    }


def _phrase_json(phrase: Phrase) -> dict[str, Any]:
    details = [_phrase_json(detail) for detail in phrase.details]
    return {"texte": phrase.texte, "articles": list(phrase.articles), "etapes": details}
