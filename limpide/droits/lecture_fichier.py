"""A household written by hand (YAML or JSON), or for OpenFisca (JSON), read into a `Situation`.

The file is a stranger's: size, depth, aliases, encoding and every value are checked, and a refusal says which field
of which person, on which line, what was found and what was expected. The format is told in docs/fichier-foyer.md.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from .bareme import MoisHorsBareme, decaler, ecrire_mois, lire_mois, mois_couvert, mois_fenetre
from .faits import MOIS_FENETRE, NATURES, ROLES, Nature
from .fautes import en_francais
from .lecture_openfisca import est_openfisca, lire_openfisca
from .situation import FOYER_FAITS, PERSONNE_FAITS, Situation
from .valeurs import SituationInvalide, lire_presence, lire_valeur

TAILLE_MAXIMALE = 1_000_000
PROFONDEUR_MAXIMALE = 12
MOTS_OUI, MOTS_NON, MOTS_INCONNU = {"oui", "vrai"}, {"non", "faux"}, {"inconnu", "?"}

SURNOMS = {
    "naissance": "date_naissance",
    "salaire": "salaire_net",
    "chomage": "chomage_net",
    "retraite": "retraite_nette",
    "logement": "statut_occupation_logement",
    "pension_alimentaire": "pensions_alimentaires_percues",
    "revenu_annuel": "prestations_familiales_base_ressources",
    "revenus_n_2": "prestations_familiales_base_ressources",
    "annees_de_titre_de_sejour": "duree_possession_titre_sejour",
    "refugie": "protection_internationale",
    "residence_alternee": "garde_alternee",
    "aide_au_logement": "aide_logement",
    "mensualite": "loyer",
    "redevance": "loyer",
    "date_du_pret": "aide_logement_date_pret",
    "pret_conventionne": "aide_logement_est_pret_conventionne",
}


class FichierInvalide(ValueError):
    """What is wrong in the file: path of the field, line if known, value found, what was expected."""

    def __init__(self, texte: str, chemin: str = "", ligne: int | None = None) -> None:
        self.chemin, self.ligne = chemin, ligne
        lieu = f"ligne {ligne}, " if ligne else ""
        super().__init__(f"{lieu}{chemin} : {texte}" if chemin else f"{lieu}{texte}")


class _Lecteur(yaml.SafeLoader):
    """YAML whose dates stay text, so that a wrong one is refused with its own words."""


_Lecteur.yaml_implicit_resolvers = {
    premier: [(etiquette, motif) for etiquette, motif in lus if etiquette != "tag:yaml.org,2002:timestamp"]
    for premier, lus in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class FichierLu:
    """A situation, and what must be said with it: what was assumed, and what was in the file but not used."""

    situation: Situation
    suppositions: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    openfisca: dict[str, Any] | None = None
    """What a situation of OpenFisca says, as `ensemble.completer` reads it; None for a household file."""
    a_donner: tuple[str, ...] = ()
    """What could be added to it, for what is missing to be computed."""


def lire_fichier(chemin: Path, mois: str | None = None) -> FichierLu:
    """Read a household file for a month ("2026-11"; the file's own if None). `FichierInvalide` says what is wrong."""
    try:
        with chemin.open("rb") as fichier:
            contenu = fichier.read(TAILLE_MAXIMALE + 1)
    except OSError as erreur:
        raise FichierInvalide(f"Le fichier {chemin} ne peut pas être lu ({erreur.strerror}).") from erreur
    return lire_texte(contenu, mois)


def lire_texte(contenu: bytes, mois: str | None = None) -> FichierLu:
    """The same from the bytes of the file."""
    if len(contenu) > TAILLE_MAXIMALE:
        raise FichierInvalide("Le fichier dépasse un million d'octets : un foyer en tient quelques milliers.")
    try:
        texte = contenu.decode("utf-8-sig")
        fin = texte.find("\0")  # in UTF-16, every other byte
    except UnicodeDecodeError as erreur:
        texte, fin = "", erreur.start
    if fin >= 0:
        ligne = contenu[:fin].count(b"\n") + 1
        raise FichierInvalide("Le fichier n'est pas écrit en UTF-8 : réenregistrez-le en UTF-8.", "", ligne)
    donnees, lignes = _analyser(texte)
    if not isinstance(donnees, dict):
        raise FichierInvalide("Le fichier doit contenir « foyer » et « personnes » (ou une situation OpenFisca).")
    demande = _mois_demande(mois, donnees, lignes)
    try:
        if est_openfisca(donnees):
            lu = lire_openfisca(donnees, demande)
            situation = Situation.depuis_dict(lu.situation)
            return FichierLu(situation, lu.suppositions, lu.ignores, lu.situation, tuple(lu.a_donner.values()))
        return FichierLu(Situation.depuis_dict(_normaliser(donnees, demande, lignes)))
    except SituationInvalide as refus:
        chemin = refus.chemin or (refus.champ if refus.champ in donnees else _chemin(refus))
        texte_refus = f"trouvé {_court(refus.trouve)} ; attendu : {refus.attendu}."
        raise FichierInvalide(texte_refus, chemin, _ligne(lignes, chemin)) from refus


def _mois_demande(mois: str | None, donnees: dict[str, Any], lignes: dict[str, int]) -> str:
    texte = mois or donnees.get("mois")
    if texte is None:
        raise FichierInvalide("Indiquez le mois à calculer : --mois 2026-11, ou « mois: 2026-11 » dans le fichier.")
    try:
        return ecrire_mois(mois_couvert(str(texte)))
    except MoisHorsBareme as refus:
        raise FichierInvalide(str(refus), "" if mois else "mois", None if mois else lignes.get("mois")) from refus


def _analyser(texte: str) -> tuple[Any, dict[str, int]]:
    """The data of the text, and the line of each path ("personnes.2.salaire_net")."""
    if texte.lstrip()[:1] in {"{", "["}:
        return _analyser_json(texte)
    try:
        _verifier_yaml(texte)
        racine = yaml.compose(texte, Loader=_Lecteur)
        lignes: dict[str, int] = {}
        if racine is not None:
            _relever_lignes(racine, "", lignes)
        return yaml.load(texte, Loader=_Lecteur), lignes  # noqa: S506 - a safe loader, dates left as text
    except yaml.MarkedYAMLError as erreur:
        ligne = erreur.problem_mark.line + 1 if erreur.problem_mark else None
        raise FichierInvalide(f"L'écriture YAML est incorrecte ({en_francais(erreur.problem)}).", "", ligne) from erreur
    except (yaml.YAMLError, ValueError, OverflowError) as erreur:
        if isinstance(erreur, FichierInvalide):
            raise
        raise FichierInvalide(f"L'écriture YAML est incorrecte ({en_francais(erreur)}).") from erreur


def _analyser_json(texte: str) -> tuple[Any, dict[str, int]]:
    def refuser_constante(mot: str) -> Any:
        raise FichierInvalide(f"{mot} n'est pas un nombre : écrivez null si la valeur n'est pas connue.")

    def refuser_doublons(paires: list[tuple[str, Any]]) -> dict[str, Any]:
        for nom in (doubles := [nom for nom, _ in paires if sum(autre == nom for autre, _ in paires) > 1]):
            raise FichierInvalide(f"« {nom} » est écrit {len(doubles)} fois.", nom)
        return dict(paires)

    if _profondeur_json(texte) > PROFONDEUR_MAXIMALE:
        raise FichierInvalide(f"Le fichier a plus de {PROFONDEUR_MAXIMALE} niveaux d'imbrication.")
    try:
        donnees = json.loads(texte, parse_constant=refuser_constante, object_pairs_hook=refuser_doublons)
    except json.JSONDecodeError as erreur:
        texte_refus = f"L'écriture JSON est incorrecte ({en_francais(erreur.msg)})."
        raise FichierInvalide(texte_refus, "", erreur.lineno) from erreur
    except ValueError as erreur:
        if isinstance(erreur, FichierInvalide):
            raise
        raise FichierInvalide(f"L'écriture JSON est incorrecte ({en_francais(erreur)}).") from erreur
    lignes: dict[str, int] = {}
    try:
        racine = yaml.compose(texte.replace("\t", " "), Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return donnees, {}
    if racine is not None:
        _relever_lignes(racine, "", lignes)
    return donnees, lignes


def _profondeur_json(texte: str) -> int:
    """Deepest nesting of brackets, those written inside strings put aside."""
    profondeur = plus_grande = 0
    for signe in re.sub(r'"(?:[^"\\]|\\.)*"', "", texte):
        if signe in "{[":
            profondeur += 1
            plus_grande = max(plus_grande, profondeur)
        elif signe in "}]":
            profondeur -= 1
    return plus_grande


def _verifier_yaml(texte: str) -> None:
    """Refuse aliases (a few lines can stand for billions) and deep nesting, before building anything."""
    profondeur = 0
    evenements: Iterator[Any] = yaml.parse(texte, Loader=yaml.SafeLoader)
    for evenement in evenements:
        ligne = evenement.start_mark.line + 1
        if isinstance(evenement, yaml.AliasEvent):
            raise FichierInvalide("Les renvois YAML (&, *) ne sont pas acceptés : recopiez la valeur.", "", ligne)
        if isinstance(evenement, yaml.CollectionStartEvent):
            profondeur += 1
            if profondeur > PROFONDEUR_MAXIMALE:
                texte_refus = f"Le fichier a plus de {PROFONDEUR_MAXIMALE} niveaux d'imbrication."
                raise FichierInvalide(texte_refus, "", ligne)
        elif isinstance(evenement, yaml.CollectionEndEvent):
            profondeur -= 1


def _relever_lignes(noeud: yaml.Node, chemin: str, lignes: dict[str, int]) -> None:
    if isinstance(noeud, yaml.MappingNode):
        for cle, valeur in noeud.value:
            ici = f"{chemin}.{cle.value}" if chemin else str(cle.value)
            if ici in lignes:
                raise FichierInvalide(f"« {cle.value} » est écrit deux fois.", ici, cle.start_mark.line + 1)
            lignes[ici] = cle.start_mark.line + 1
            _relever_lignes(valeur, ici, lignes)
    elif isinstance(noeud, yaml.SequenceNode):
        for rang, valeur in enumerate(noeud.value, 1):
            lignes[f"{chemin}.{rang}"] = valeur.start_mark.line + 1
            _relever_lignes(valeur, f"{chemin}.{rang}", lignes)


def _normaliser(donnees: dict[str, Any], mois: str, lignes: dict[str, int]) -> dict[str, Any]:
    """The hand-written form as `Situation.depuis_dict` reads it: full names, windows of months, yes and no."""
    foyer = donnees.get("foyer") or {}
    if not isinstance(foyer, dict):
        raise FichierInvalide(f"trouvé {_court(foyer)} ; attendu : les faits du foyer.", "foyer", lignes.get("foyer"))
    propre = {cle: valeur for cle, valeur in donnees.items() if cle not in {"foyer", "personnes", "mois"}}
    personnes = donnees.get("personnes")
    if isinstance(personnes, list):
        personnes = [
            _normaliser_faits(p, f"personnes.{rang}", mois, lignes) if isinstance(p, dict) else p
            for rang, p in enumerate(personnes, 1)
        ]
    faits = _normaliser_faits(foyer, "foyer", mois, lignes)
    return propre | {"mois": mois, "foyer": faits, "personnes": personnes}


def _nom_inconnu(nom: str, chemin: str) -> str:
    connus = FOYER_FAITS if chemin == "foyer" else PERSONNE_FAITS
    proches = " ou ".join(get_close_matches(nom, connus, 3, 0.6))
    return f"ce nom est inconnu ; attendu : {proches or 'un nom du catalogue des faits'}."


def _normaliser_faits(faits: dict[Any, Any], chemin: str, mois: str, lignes: dict[str, int]) -> dict[str, Any]:
    propre: dict[str, Any] = {}
    for cle, valeur in faits.items():
        nom, ici = _nom(str(cle)), f"{chemin}.{cle}"
        if nom in propre:
            raise FichierInvalide(f"« {nom} » est donné deux fois, sous deux noms.", ici, lignes.get(ici))
        nature = NATURES.get(nom)
        mensuel = nom == "present" or (nature is not None and nature.periodicite == "mois")
        if mensuel and isinstance(valeur, dict):
            propre[nom] = _par_mois(nom, valeur, ici, mois, lignes)
        elif isinstance(valeur, dict):
            raison = "ce fait ne se donne pas mois par mois." if nature else _nom_inconnu(nom, chemin)
            raise FichierInvalide(raison, ici, lignes.get(ici))
        else:
            propre[nom] = _mot(nature, valeur)
    return propre


def _du_mois(nom: str, valeur: Any, chemin: str, lignes: dict[str, int]) -> Any:
    """The value of one month, checked here, where its line is known."""
    try:
        if nom == "present":
            lire_presence(valeur, None)
        else:
            lire_valeur(nom, valeur)
    except SituationInvalide as refus:
        texte = f"trouvé {_court(refus.trouve)} ; attendu : {refus.attendu}."
        raise FichierInvalide(texte, chemin, lignes.get(chemin)) from refus
    return valeur


def _par_mois(nom: str, valeurs: dict[Any, Any], chemin: str, mois: str, lignes: dict[str, int]) -> list[Any]:
    """Amounts by month, as the window holds them; a month that is not written is unknown."""
    fenetre = mois_fenetre(lire_mois(mois))
    rangee: list[Any] = [None] * MOIS_FENETRE
    for cle, valeur in valeurs.items():
        ici = f"{chemin}.{cle}"
        try:
            numero = lire_mois(str(cle))
        except MoisHorsBareme as refus:
            raise FichierInvalide(str(refus), ici, lignes.get(ici)) from refus
        if numero in fenetre:
            rangee[fenetre.index(numero)] = _du_mois(nom, _mot(None, valeur), ici, lignes)
        elif not decaler(fenetre[0], -120) <= numero <= decaler(fenetre[-1], 120):
            raise FichierInvalide("ce mois est à plus de dix ans du mois calculé.", ici, lignes.get(ici))
    return rangee


def _mot(nature: Nature | None, valeur: Any) -> Any:
    """« oui », « non », « inconnu » as people write them; choices without accents or spaces."""
    if not isinstance(valeur, str):
        return valeur
    mot = simplifier(valeur)
    if mot in MOTS_INCONNU or valeur.strip() == "?":
        return None
    if nature is None or nature.type == "booleen":
        return True if mot in MOTS_OUI else False if mot in MOTS_NON else valeur
    if nature.type == "enumeration":
        par_libelle = {
            simplifier(libelle): v for libelle, v in zip(nature.libelles_valeurs, nature.valeurs, strict=False)
        }
        return mot if mot in nature.valeurs else par_libelle.get(mot, valeur)
    return valeur


def _nom(cle: str) -> str:
    """The fact meant: its own name, a familiar one, or its French label."""
    mot = simplifier(cle)
    return mot if mot in NATURES else SURNOMS.get(mot) or _PAR_LIBELLE.get(mot, cle)


def simplifier(texte: str) -> str:
    """Small letters without accents, words joined by underscores."""
    sans_accent = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", sans_accent.lower()).strip("_")


_PAR_LIBELLE = {simplifier(nature.libelle): nature.nom for nature in NATURES.values()}


def _chemin(refus: SituationInvalide) -> str:
    if refus.champ in {"personnes", "foyer"}:
        return refus.champ
    if refus.personne:
        return f"personnes.{refus.personne}.{refus.champ}"
    return f"foyer.{refus.champ}" if refus.champ not in {"role", *ROLES} else "personnes"


def _ligne(lignes: dict[str, int], chemin: str) -> int | None:
    """The line of a path, of the same field under the name that was written, or of the person."""
    if chemin in lignes:
        return lignes[chemin]
    tete, _, nom = chemin.rpartition(".")
    for autre, ligne in lignes.items():
        debut, _, ecrit = autre.rpartition(".")
        if debut == tete and _nom(ecrit) == nom:
            return ligne
    return lignes.get(tete)


def _court(valeur: object) -> str:
    texte = "rien" if valeur is None else str(valeur)
    return texte if len(texte) <= 60 else texte[:60] + "…"
