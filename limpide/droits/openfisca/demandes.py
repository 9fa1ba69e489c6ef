"""What a request asks: every `null`, once the shape of the rest is checked. `Refus` says what is wrong, where."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from limpide.droits.annee_openfisca import IMPOSABLES, verifier_montant
from limpide.droits.bareme import MoisHorsBareme, mois_couvert
from limpide.droits.faits import NATURES
from limpide.droits.lecture_openfisca import AUTRES_NOMS, LUS_AUTREMENT, traduire, verifier_age
from limpide.droits.noms_openfisca import noms_openfisca
from limpide.droits.periodes_openfisca import PERIODE, est_une_periode
from limpide.droits.valeurs import SituationInvalide, lire_valeur

from .entites import ENTITES, FAMILLES, INDIVIDUS, ROLES, entite_du_fait
from .refus import Refus
from .variables import calculees

PERSONNES_AU_PLUS = 200
DEMANDES_AU_PLUS = 100
Chemin = tuple[str, str, str, str]


class Demande(NamedTuple):
    """One value asked for: its path in the request, the period as the client writes it, and the month it is of."""

    entite: str
    instance: str
    nom: str
    periode: str
    mois: str

    @property
    def chemin(self) -> Chemin:
        return self[:4]


def demandes_de(donnees: Any) -> list[Demande]:
    """Every value asked for, in the order of the request."""
    trouvees: list[Demande] = []
    ranges: set[tuple[str, str]] = set()
    for entite, instance, contenu in _instances(donnees):
        for nom, valeurs in contenu.items():
            if nom in ROLES.get(entite, ()):
                _verifier_role((entite, instance, nom), valeurs, donnees[INDIVIDUS], ranges)
                continue
            _verifier_variable((entite, instance, nom), valeurs)
            for periode, valeur in valeurs.items():
                chemin = (entite, instance, nom, str(periode))
                _verifier_valeur(chemin, valeur)
                if valeur is None:
                    trouvees.append(Demande(*chemin, _mois_demande(chemin)))
    if len(trouvees) > DEMANDES_AU_PLUS:
        raise Refus((), f"Plus de {DEMANDES_AU_PLUS} valeurs demandées : faites plusieurs requêtes.")
    return trouvees


def _instances(donnees: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    _verifier_entites(donnees)
    for entite, table in donnees.items():
        if not isinstance(table, dict):
            raise Refus((entite,), "Un objet, une clé par membre, est attendu.")
        for instance, contenu in table.items():
            if not isinstance(contenu, dict):
                raise Refus((entite, instance), "Un objet est attendu : des variables et leurs valeurs.")
            yield entite, instance, contenu


def _verifier_entites(donnees: Any) -> None:
    if not isinstance(donnees, dict):
        raise Refus((), "Une situation est un objet dont les clés sont des entités.")
    for entite in donnees:
        if entite not in ENTITES:
            raise Refus((entite,), f"Entité inconnue ; attendu : {', '.join(ENTITES)}.")
    if not isinstance(donnees.get(INDIVIDUS), dict) or not donnees[INDIVIDUS]:
        raise Refus((INDIVIDUS,), "Un objet non vide, une clé par membre, est attendu.")
    if len(donnees[INDIVIDUS]) > PERSONNES_AU_PLUS:
        raise Refus((INDIVIDUS,), f"Plus de {PERSONNES_AU_PLUS} personnes : faites plusieurs requêtes.")


def _verifier_role(
    chemin: tuple[str, str, str], membres: Any, individus: Collection[str], ranges: set[tuple[str, str]]
) -> None:
    """Each member is a person of the request, once in an entity (`ranges`: those seen); no more than the role holds."""
    noms = [membres] if isinstance(membres, str) else membres
    if not isinstance(noms, list) or any(not isinstance(m, str) for m in noms):
        raise Refus(chemin, "Un identifiant de personne, ou une liste de ces identifiants, est attendu.")
    au_plus = ROLES[chemin[0]][chemin[2]][1]
    if au_plus is not None and len(noms) > au_plus:
        raise Refus(chemin, f"Trouvé {len(noms)} personnes ; attendu : {au_plus} au plus.")
    for nom in noms:
        if nom not in individus:
            raise Refus(chemin, f"Trouvé {court(nom)} ; attendu : un identifiant présent dans « individus ».")
        if (chemin[0], nom) in ranges:
            raise Refus(chemin, f"Trouvé {court(nom)} une seconde fois ; attendu : chaque personne une fois.")
        ranges.add((chemin[0], nom))


def _verifier_variable(chemin: tuple[str, str, str], valeurs: Any) -> None:
    entite, _, nom = chemin
    nature, leur = NATURES.get(AUTRES_NOMS.get(nom, nom)), noms_openfisca().get(nom)
    if nature is None and leur is None and nom not in calculees():
        message = f"Ni OpenFisca-France ni Limpide n'ont de variable « {nom} » ; Limpide calcule : {_calculees()}."
        raise Refus(chemin, message, 404)
    if nature is None and leur is not None and nom not in calculees() and leur.entite != entite:
        raise Refus(chemin, f"Cette variable se donne dans « {leur.entite} ».")
    if not isinstance(valeurs, dict):
        raise Refus(chemin, 'Un objet est attendu, une valeur par période : {"2026-11": 1200}.')
    if nom in NATURES and (NATURES[nom].sujet == "personne") != (entite == INDIVIDUS):
        raise Refus(chemin, f"Cette variable se donne dans « {entite_du_fait(nom)} ».")


def _verifier_valeur(chemin: Chemin, valeur: Any) -> None:
    """Refuse a value that cannot be, whatever its period: one that no calculation reads would pass unseen otherwise."""
    if isinstance(valeur, dict | list):
        raise Refus(chemin, "Une valeur est un nombre, un texte, vrai, faux ou null.")
    nom, periode = chemin[2:]
    if not est_une_periode(periode):  # at the path of the variable, as OpenFisca does
        raise Refus(
            chemin[:3],
            f"Trouvé {court(periode)} ; attendu : une période comme 2026-08, month:2026-08, 2026 ou ETERNITY.",
        )
    if valeur is None:
        return
    nature = NATURES.get(AUTRES_NOMS.get(nom, nom))
    try:
        if nature is not None:
            lire_valeur(nature.nom, traduire(nature, valeur, nom))
        elif nom in IMPOSABLES:
            verifier_montant(nom, valeur, nom)
        elif nom == "age":
            verifier_age(valeur, nom)
    except SituationInvalide as refus:
        raise Refus(chemin, f"Trouvé {court(refus.trouve)} ; attendu : {refus.attendu}.") from None


def _calculees() -> str:
    return ", ".join(calculees())


def _mois_demande(chemin: Chemin) -> str:
    """The month that this value is of: of a year, the one when its amount is paid."""
    entite, _, nom, periode = chemin
    if nom not in calculees():
        if nom in NATURES or nom in AUTRES_NOMS or nom in LUS_AUTREMENT:
            raise Refus(chemin, "Limpide lit cette variable et ne la calcule pas : donnez sa valeur.")
        raise Refus(chemin[:3], f"Limpide ne calcule pas cette variable ; il calcule : {_calculees()}.", 404)
    calculee = calculees()[nom]
    if entite != calculee.entite:
        raise Refus(chemin[:3], f"Cette variable se demande dans « {calculee.entite} ».")
    try:
        return _mois(periode, calculee.mois_de_versement)
    except MoisHorsBareme as refus:
        raise Refus(chemin, str(refus)) from None


def _mois(periode: str, mois_de_versement: int) -> str:
    """`2026-11`, `month:2026-11`; of what is of a year, `2026` and `year:2026` too. `MoisHorsBareme` otherwise."""
    trouve = PERIODE.match(periode)
    if trouve is None or trouve[4] not in (None, "1") or re.search(r"-\d{2}-", periode):
        mois_couvert(periode)
        return periode
    unite, annee, numero = trouve[1], trouve[2], trouve[3]
    if numero is None and unite in (None, "year") and mois_de_versement:
        numero = f"{mois_de_versement:02d}"
    elif numero is None or unite not in (None, "month"):
        mois_couvert(periode)
    mois = f"{annee}-{numero}"
    mois_couvert(mois)
    return mois


def avec_familles(donnees: Mapping[str, Any]) -> dict[str, Any]:
    """The same, where who is in no family is alone in one that bears their name, as in OpenFisca."""
    familles = dict(donnees.get(FAMILLES) or {})
    ranges = {m for contenu in familles.values() for role in ROLES[FAMILLES] for m in liste(contenu.get(role))}
    for nom in donnees[INDIVIDUS]:
        if nom not in ranges:
            if nom in familles:
                raise Refus((FAMILLES, nom), "Une famille porte le nom d'une personne qui n'est d'aucune famille.")
            familles[nom] = {"parents": [nom]}
    return {**donnees, FAMILLES: familles}


def liste(brut: Any) -> list[Any]:
    """The members of a role, given alone or listed."""
    return brut if isinstance(brut, list) else [] if brut is None else [brut]


def court(valeur: object) -> str:
    """What was found, cut to sixty signs."""
    texte = "rien" if valeur is None else str(valeur)
    return texte if len(texte) <= 60 else texte[:60] + "…"
