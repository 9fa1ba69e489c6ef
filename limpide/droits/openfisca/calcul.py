"""`/calculate` and `/trace`: the values asked for (`null`), family by family and month by month."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from limpide.droits.bareme import MoisHorsBareme, mois_couvert
from limpide.droits.calcul import Resultat, liquider
from limpide.droits.explication import Phrase, raconter
from limpide.droits.faits import NATURES
from limpide.droits.lecture_openfisca import AUTRES_NOMS, est_une_periode, lire_openfisca, traduire
from limpide.droits.moteur import Etape, Motif
from limpide.droits.situation import Situation, codes_droits
from limpide.droits.valeurs import SituationInvalide, lire_valeur

from .entites import ENTITES, FAMILLES, FOYERS_FISCAUX, INDIVIDUS, MENAGES, ROLES
from .refus import Refus
from .variables import calculees

PERSONNES_AU_PLUS = 200
DEMANDES_AU_PLUS = 100
Chemin = tuple[str, str, str, str]


def calculer(donnees: Any) -> dict[str, Any]:
    """The situation where each `null` is replaced by its value. `Refus` says what is wrong, where."""
    demandes = list(_demandes(donnees))
    complete = copy.deepcopy(donnees)
    calculs = _Calculs(donnees)
    for chemin in demandes:
        entite, instance, nom, periode = chemin
        complete[entite][instance][nom][periode] = calculs.valeur(chemin)
    reponse: dict[str, Any] = complete
    return reponse


def tracer_situation(donnees: Any) -> dict[str, Any]:
    """The steps of each value asked for, in OpenFisca's flat form; and ours, in French, under `limpide`."""
    calculs = _Calculs(donnees)
    trace: dict[str, Any] = {}
    demandes = []
    for chemin in _demandes(donnees):
        _, instance, nom, periode = chemin
        calculs.valeur(chemin)
        cle = f"{nom}<{periode}>"
        demandes.append(cle)
        if cle in trace:  # another family asks for the same: OpenFisca gives one value per family
            trace[cle]["value"].append(calculs.valeur(chemin))
        else:
            _aplatir(cle, calculs.racine(chemin), periode, trace, calculs.valeur(chemin))
        calculs.raconter(instance, nom, periode)
    return {
        "trace": trace,
        "entitiesDescription": {e: list(donnees[e]) for e in ENTITES if e in donnees},
        "requestedCalculations": demandes,
        "limpide": {
            "explications": calculs.explications,
            "suppositions": calculs.suppositions,
            "variables_sans_effet": calculs.ignores,
        },
    }


def _demandes(donnees: Any) -> Iterator[Chemin]:
    """Every path whose value is `null`, the shape being checked on the way."""
    nombre = 0
    for entite, instance, contenu in _instances(donnees):
        for nom, valeurs in contenu.items():
            if nom in ROLES.get(entite, ()):
                _verifier_role((entite, instance, nom), valeurs)
                continue
            if not isinstance(valeurs, dict):
                raise Refus(
                    (entite, instance, nom), 'Un objet est attendu, une valeur par période : {"2026-11": 1200}.'
                )
            for periode, valeur in valeurs.items():
                chemin = (entite, instance, nom, str(periode))
                _verifier_valeur(chemin, valeur)
                if valeur is None:
                    _verifier_demande(chemin)
                    nombre += 1
                    if nombre > DEMANDES_AU_PLUS:
                        raise Refus((), f"Plus de {DEMANDES_AU_PLUS} valeurs demandées : faites plusieurs requêtes.")
                    yield chemin


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
    for entite in (INDIVIDUS, FAMILLES):
        if not isinstance(donnees.get(entite), dict) or not donnees[entite]:
            raise Refus((entite,), "Un objet non vide, une clé par membre, est attendu.")
    if len(donnees[INDIVIDUS]) > PERSONNES_AU_PLUS:
        raise Refus((INDIVIDUS,), f"Plus de {PERSONNES_AU_PLUS} personnes : faites plusieurs requêtes.")


def _verifier_role(chemin: tuple[str, str, str], membres: Any) -> None:
    liste = [membres] if isinstance(membres, str) else membres
    if not isinstance(liste, list) or any(not isinstance(m, str) for m in liste):
        raise Refus(chemin, "Un identifiant de personne, ou une liste de ces identifiants, est attendu.")


def _verifier_valeur(chemin: Chemin, valeur: Any) -> None:
    """Refuse a value that cannot be, whatever its period: one that no calculation reads would pass unseen otherwise."""
    if isinstance(valeur, dict | list):
        raise Refus(chemin, "Une valeur est un nombre, un texte, vrai, faux ou null.")
    if valeur is None:
        return
    nom, periode = chemin[2:]
    if not est_une_periode(periode):
        raise Refus(chemin, "Une période comme 2026-08, 2026 ou ETERNITY est attendue.")
    nature = NATURES.get(AUTRES_NOMS.get(nom, nom))
    if nature is None:
        return
    try:
        lire_valeur(nature.nom, traduire(nature, valeur, nom))
    except SituationInvalide as refus:
        raise Refus(chemin, f"Trouvé {_court(refus.trouve)} ; attendu : {refus.attendu}.") from None


def _verifier_demande(chemin: Chemin) -> None:
    entite, _, nom, periode = chemin
    if nom not in calculees():
        if nom in NATURES:
            raise Refus(chemin, "Limpide lit cette variable et ne la calcule pas : donnez sa valeur.")
        connues = ", ".join(calculees())
        raise Refus(chemin[:3], f"Limpide ne calcule pas cette variable ; il calcule : {connues}.", 404)
    if entite != FAMILLES:
        raise Refus(chemin[:3], "Cette variable se demande pour une famille (« familles »).")
    try:
        mois_couvert(periode)
    except MoisHorsBareme as refus:
        raise Refus(chemin, str(refus)) from None


class _Calculs:
    """Each family is computed once a month, however many of its values are asked for."""

    def __init__(self, donnees: Any) -> None:
        self.donnees = donnees
        self.faits: dict[tuple[str, str], dict[str, Resultat]] = {}
        self.explications: dict[str, Any] = {}
        self.suppositions: dict[str, list[str]] = {}
        self.ignores: dict[str, list[str]] = {}

    def resultats(self, famille: str, mois: str) -> dict[str, Resultat]:
        if (famille, mois) not in self.faits:
            situation = self._situation(famille, mois)
            self.faits[famille, mois] = liquider(situation, codes_droits())
        return self.faits[famille, mois]

    def _situation(self, famille: str, mois: str) -> Situation:
        try:
            lu, suppositions, ignores = lire_openfisca(_une_famille(self.donnees, famille), mois)
            situation = Situation.depuis_dict(lu)
        except SituationInvalide as refus:
            chemin = tuple((refus.chemin or f"{FAMILLES}.{famille}").split("."))
            raise Refus(chemin, f"Trouvé {_court(refus.trouve)} ; attendu : {refus.attendu}.") from None
        self.suppositions[famille], self.ignores[famille] = list(suppositions), list(ignores)
        return situation

    def valeur(self, chemin: Chemin) -> float | str:
        _, famille, nom, mois = chemin
        droit, quoi = calculees()[nom]
        resultat = self.resultats(famille, mois)[droit.code]
        if quoi == "motif":
            return resultat.motif
        if resultat.motif == Motif.INCONNU.name:
            manquants = ", ".join(resultat.faits_manquants) or "qui était présent"
            raise Refus(chemin, f"Ce droit ne se calcule pas sans : {manquants}.")
        return (resultat.crds_centimes if quoi == "crds" else resultat.montant_centimes) / 100

    def racine(self, chemin: Chemin) -> Etape:
        _, famille, nom, mois = chemin
        droit, quoi = calculees()[nom]
        trace = self.resultats(famille, mois)[droit.code].trace
        assert trace is not None
        rang = {"montant": 0, "motif": 1, "crds": 2}[quoi]
        return trace.etapes[rang] if rang < len(trace.etapes) else trace

    def raconter(self, famille: str, nom: str, mois: str) -> None:
        droit = calculees()[nom][0]
        recit = raconter(self.resultats(famille, mois)[droit.code])
        self.explications.setdefault(famille, {}).setdefault(droit.code, {})[mois] = {
            "conclusion": recit.conclusion,
            "etapes": [_phrase(phrase) for phrase in recit.phrases],
        }


def _phrase(phrase: Phrase) -> dict[str, Any]:
    return {
        "texte": phrase.texte,
        "articles": list(phrase.articles),
        "etapes": [_phrase(detail) for detail in phrase.details],
    }


def _une_famille(donnees: Mapping[str, Any], famille: str) -> dict[str, Any]:
    """The situation of one family: its members, and the dwelling and tax household of its first parent."""
    composition = donnees[FAMILLES][famille]
    membres = [m for role in ROLES[FAMILLES] for m in _liste(composition.get(role)) if isinstance(m, str)]
    seule = {
        INDIVIDUS: {nom: contenu for nom, contenu in donnees[INDIVIDUS].items() if nom in membres},
        FAMILLES: {famille: composition},
    }
    for entite in (FOYERS_FISCAUX, MENAGES):
        for instance, contenu in (donnees.get(entite) or {}).items():
            siens = [m for role in ROLES[entite] for m in _liste(contenu.get(role))]
            if membres and membres[0] in siens:
                seule[entite] = {instance: contenu}
    if len(donnees[FAMILLES]) == 1:  # OpenFisca refuses people without a family: so do we, with their names
        seule[INDIVIDUS] = dict(donnees[INDIVIDUS])
        for entite in (FOYERS_FISCAUX, MENAGES):
            if len(donnees.get(entite) or {}) == 1:
                seule[entite] = dict(donnees[entite])
    return _sans_demandes(seule)


def _liste(brut: Any) -> list[Any]:
    return brut if isinstance(brut, list) else [] if brut is None else [brut]


def _sans_demandes(situation: dict[str, Any]) -> dict[str, Any]:
    """The same without what is asked for, which is not a fact."""
    return {
        entite: {
            instance: {nom: valeur for nom, valeur in contenu.items() if nom not in calculees()}
            for instance, contenu in table.items()
        }
        for entite, table in situation.items()
    }


def _aplatir(cle: str, etape: Etape, periode: str, trace: dict[str, Any], valeur: Any) -> None:
    """OpenFisca's flat trace: one entry per step, naming those it depends on; a rule used again bears a number."""
    ici = trace[cle] = {
        "dependencies": [],
        "parameters": {},
        "value": [_simple(valeur)],
        "label": etape.libelle,
        "references": list(etape.articles),
    }
    for dedans in etape.etapes:
        sienne = f"{dedans.nom}<{periode}>"
        rang = 2
        while sienne in trace:
            sienne, rang = f"{dedans.nom}#{rang}<{periode}>", rang + 1
        _aplatir(sienne, dedans, periode, trace, dedans.resultat)
        ici["dependencies"].append(sienne)


def _simple(valeur: Any) -> Any:
    """A value that JSON can hold; unknown is null."""
    if isinstance(valeur, float) and valeur != valeur:  # noqa: PLR0124 - not a number: unknown
        return None
    return valeur if isinstance(valeur, bool | int | float | str) or valeur is None else str(valeur)


def _court(valeur: object) -> str:
    texte = "rien" if valeur is None else str(valeur)
    return texte if len(texte) <= 60 else texte[:60] + "…"
