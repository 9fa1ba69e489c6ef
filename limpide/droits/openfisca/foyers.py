"""The families of a request, month by month: each is computed once, however many of its values are asked for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter_ns
from typing import Any

from limpide.droits.calcul import Resultat, catalogue_droits, liquider
from limpide.droits.commande_derives import Derives
from limpide.droits.derives.figures import Affiliation
from limpide.droits.ensemble import MUETS, completer, faits_dits, nourrir_et_liquider, parts
from limpide.droits.explication import trace_de
from limpide.droits.lecture_openfisca import lire_openfisca
from limpide.droits.manquants import en_mots
from limpide.droits.moteur import Motif
from limpide.droits.situation import CONJOINT, DEMANDEUR, Situation, codes_droits
from limpide.droits.valeurs import SituationInvalide

from .demandes import Demande, court, liste
from .entites import FAMILLES, FOYERS_FISCAUX, INDIVIDUS, MENAGES, ROLES
from .refus import Refus
from .variables import Calculee, calculees


@dataclass(frozen=True)
class FoyerDuMois:
    """One family in one month. `membres` in the order of its records; `recus`: amounts that the client gives."""

    situation: Situation
    membres: tuple[str, ...]
    recus: frozenset[str]
    suppositions: tuple[str, ...]
    ignores: tuple[str, ...]
    a_donner: Mapping[str, str]

    @cached_property
    def _libres(self) -> list[str]:
        """Codes of the rights that others may count: an amount that the client gives stays."""
        tenus = {droit.code for droit in catalogue_droits() if droit.nourrit in self.recus}
        return [code for code in codes_droits() if code not in tenus]

    @cached_property
    def _ensemble(self) -> tuple[Situation, dict[str, Resultat]]:
        return nourrir_et_liquider(self.situation, self._libres)

    @cached_property
    def resultats(self) -> dict[str, Resultat]:
        """Every right: computed together, but those whose amount the client gives, which nothing reads."""
        nourri, resultats = self._ensemble
        tenus = [code for code in codes_droits() if code not in resultats]
        return resultats | (liquider(nourri, tenus) if tenus else {})

    def inconnu(self, code: str, manques: Collection[str]) -> bool:
        """Whether this right misses one of these facts."""
        return not set(manques).isdisjoint(self.resultats[code].faits_manquants)

    @property
    def derives(self) -> Derives:
        """Figures that are no right, on the benefits that the client gives, and on the rights of the month."""
        return self.derives_et_duree[0]

    @cached_property
    def derives_et_duree(self) -> tuple[Derives, int]:
        """These figures, and the nanoseconds that they took, together."""
        recu = self._ensemble
        debut = perf_counter_ns()
        derives = Derives.de(self.situation, *recu)
        return derives, perf_counter_ns() - debut

    @cached_property
    def affiliations(self) -> dict[int, Affiliation]:
        return {affiliation.role: affiliation for affiliation in self.derives.affiliations}


class Foyers:
    """The families of one request."""

    def __init__(self, donnees: Mapping[str, Any]) -> None:
        self.donnees = donnees
        self._du_mois: dict[tuple[str, str], FoyerDuMois] = {}
        self._famille = {
            membre: famille
            for famille, contenu in donnees[FAMILLES].items()
            for role in ROLES[FAMILLES]
            for membre in liste(contenu.get(role))
        }

    def famille(self, demande: Demande) -> str:
        return demande.instance if demande.entite == FAMILLES else self._famille[demande.instance]

    def du_mois(self, demande: Demande) -> FoyerDuMois:
        famille = self.famille(demande)
        if (famille, demande.mois) not in self._du_mois:
            self._du_mois[famille, demande.mois] = self._lire(famille, demande.mois)
        return self._du_mois[famille, demande.mois]

    def autres_valeurs(self, demande: Demande) -> list[float | str | bool | None]:
        """The same value of each instance of the entity, in the order of the request.

        None: it cannot be told, or nothing is asked of this family that month, which is then not computed.
        """
        valeurs: list[float | str | bool | None] = []
        for instance in self.donnees[demande.entite]:
            autre = Demande(demande.entite, instance, *demande[2:])
            if (self.famille(autre), autre.mois) not in self._du_mois:
                valeurs.append(None)
                continue
            try:
                valeurs.append(self.valeur(autre))
            except Refus:
                valeurs.append(None)
        return valeurs

    def _lire(self, famille: str, mois: str) -> FoyerDuMois:
        seule = _une_famille(self.donnees, famille)
        try:
            lu = lire_openfisca(seule, mois)
            dit = lu.situation
            recus = frozenset(d.nourrit for d in catalogue_droits() if d.nourrit and _donne(dit, d.nourrit))
            situation = completer(dit, faits_dits(dit))
        except SituationInvalide as refus:
            raise Refus(
                _chemin(refus.chemin or f"{FAMILLES}.{famille}"),
                f"Trouvé {court(refus.trouve)} ; attendu : {refus.attendu}.",
            ) from None
        composition = seule[FAMILLES][famille]
        membres = tuple(m for role in ROLES[FAMILLES] for m in liste(composition.get(role)))
        return FoyerDuMois(situation, membres, recus, lu.suppositions, lu.ignores, lu.a_donner)

    def valeurs(self, demandes: Sequence[Demande]) -> list[float | str | bool]:
        """The values asked for; one `Refus` that says, at the path of each that cannot be told, what is missing."""
        valeurs, refuses = [], []
        for demande in demandes:
            try:
                valeurs.append(self.valeur(demande))
            except Refus as refus:
                refuses.append(refus)
        if refuses:
            raise Refus.ensemble(refuses)
        return valeurs

    def valeur(self, demande: Demande) -> float | str | bool:
        """The value asked for; `Refus` if it cannot be told, with what is missing."""
        foyer, calculee = self.du_mois(demande), calculees()[demande.nom]
        if calculee.quoi == "quotient":
            quotient = foyer.derives.quotient
            if quotient.euros is None:
                raise _sans(demande, foyer, quotient.manques, quotient.raison)
            return float(quotient.euros)
        if calculee.quoi == "affiliation":
            return _affilie(demande, foyer)
        resultats = [foyer.resultats[droit.code] for droit in calculee.droits]
        if calculee.quoi == "motif":
            return resultats[0].motif
        inconnus = [r for r in resultats if r.motif == Motif.INCONNU.name]
        if inconnus:
            raise _sans(demande, foyer, [nom for r in inconnus for nom in r.faits_manquants], inconnus=inconnus)
        return _montant(demande, foyer, calculee, resultats)


def _montant(demande: Demande, foyer: FoyerDuMois, calculee: Calculee, resultats: list[Resultat]) -> float:
    """Euros, before CRDS; housing benefits, which are paid in whole euros, after, as in OpenFisca."""
    if calculee.quoi == "crds":
        return resultats[0].crds_centimes / 100
    if calculee.quoi == "part":
        return parts(calculee.droits[0], resultats[0]).get(foyer.membres.index(demande.instance), 0.0)
    if calculee.quoi == "etape":
        etapes = trace_de(resultats[0]).etapes[0].etapes  # none of that name where the right is closed before it
        return next((float(etape.resultat) for etape in etapes if etape.nom == calculee.etape), 0.0)
    couples = zip(calculee.droits, resultats, strict=True)
    dits = [(d, r) for d, r in couples if len(resultats) == 1 or Motif[r.motif] not in MUETS]
    return sum(r.montant_centimes - (r.crds_centimes if d.nourrit_net else 0) for d, r in dits) / 100


def _affilie(demande: Demande, foyer: FoyerDuMois) -> bool:
    rang = foyer.membres.index(demande.instance)
    role = int(foyer.situation.personnes["role"][rang])
    trouvee = foyer.affiliations.get(role) if role in (DEMANDEUR, CONJOINT) else None
    if trouvee is None:
        return False
    if trouvee.affilie is None:
        manques = [trouvee.manque] if trouvee.manque else []
        raise _sans(demande, foyer, manques, "" if manques else Motif.A_INSTRUIRE.phrase)
    return trouvee.affilie


def _sans(
    demande: Demande,
    foyer: FoyerDuMois,
    manques: Collection[str],
    raison: str = "",
    inconnus: Collection[Resultat] = (),
) -> Refus:
    """What is missing, of whom and when; what would do if it were given; and what is given that we do not read."""
    precis = [mots for r in inconnus for mots in _en_mots(foyer, r)] or list(manques)
    texte = raison or f"Ce droit ne se calcule pas sans : {', '.join(dict.fromkeys(precis)) or 'qui était présent'}."
    texte += "".join(f" {foyer.a_donner[nom]}" for nom in dict.fromkeys(manques) if nom in foyer.a_donner)
    siens = calculees()[demande.nom].droits
    avant = [d for d in catalogue_droits() if d.nourrit and all(d.ordre < sien.ordre for sien in siens)]
    if nourriciers := [d for d in avant if foyer.inconnu(d.code, manques)]:
        texte += f" Ou donnez ce que le foyer reçoit : {', '.join(dict.fromkeys(d.nourrit for d in nourriciers))}."
    if foyer.ignores:
        texte += f" Limpide ne lit pas : {', '.join(foyer.ignores)}."
    return Refus(demande.chemin, texte)


def _en_mots(foyer: FoyerDuMois, resultat: Resultat) -> list[str]:
    """Each fact that this right misses; of whom, the first right that misses it knows, where others wait for it."""
    droits = {droit.code: droit for droit in catalogue_droits()}
    avant = [d for d in droits.values() if d.nourrit and d.ordre < droits[resultat.droit].ordre]
    ecrits = []
    for nom in resultat.faits_manquants:
        premier = next((foyer.resultats[d.code] for d in avant if foyer.inconnu(d.code, [nom])), resultat)
        droit, trace = droits[premier.droit], trace_de(premier)
        ecrits += en_mots(droit, trace, [nom], variables=True, membres=foyer.membres)
    return ecrits


def _chemin(texte: str) -> tuple[str, ...]:
    """Entity, member, variable: a member may have a point in its name."""
    entite, _, reste = texte.partition(".")
    membre, _, variable = reste.rpartition(".")
    return tuple(cle for cle in (entite, membre, variable) if cle)


def _donne(lu: Mapping[str, Any], fait: str) -> bool:
    """Whether the client gives this amount for the month computed."""
    dits = [lu["foyer"].get(fait), *(personne.get(fait) for personne in lu["personnes"])]
    return any(montants[-1] is not None for montants in dits if montants)


def _une_famille(donnees: Mapping[str, Any], famille: str) -> dict[str, Any]:
    """The situation of one family: its members, the dwelling of its first parent, its parents' tax households."""
    composition = donnees[FAMILLES][famille]
    membres = [m for role in ROLES[FAMILLES] for m in liste(composition.get(role)) if isinstance(m, str)]
    seule = {
        INDIVIDUS: {nom: contenu for nom, contenu in donnees[INDIVIDUS].items() if nom in membres},
        FAMILLES: {famille: composition},
    }
    parents = [m for m in liste(composition.get("parents")) if isinstance(m, str)]
    for entite, dedans in ((FOYERS_FISCAUX, parents), (MENAGES, membres[:1])):
        for instance, contenu in (donnees.get(entite) or {}).items():
            siens = [m for role in ROLES[entite] for m in liste(contenu.get(role))]
            seul = len(donnees[FAMILLES]) == len(donnees[entite]) == 1
            if seul or not set(dedans).isdisjoint(siens):
                seule.setdefault(entite, {})[instance] = contenu
    return {
        entite: {instance: _sans_demandes(contenu) for instance, contenu in table.items()}
        for entite, table in seule.items()
    }


def _sans_demandes(contenu: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what is asked for, which is no fact, nor what an answer of ours adds (reasons, CRDS)."""
    donnes: dict[str, Any] = {}
    for nom, valeurs in contenu.items():
        calculee = calculees().get(nom)
        if calculee is not None and calculee.quoi in {"motif", "crds"}:
            continue
        if not isinstance(valeurs, dict) or None not in valeurs.values():
            donnes[nom] = valeurs
        elif dites := {periode: valeur for periode, valeur in valeurs.items() if valeur is not None}:
            donnes[nom] = dites
    return donnes
