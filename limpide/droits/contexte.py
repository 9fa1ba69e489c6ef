"""What the sentence of a step may draw on: the arguments of its rule, the steps inside it, the household.

A phrase written as a function receives a `Contexte`: `a["k"]` is an argument, `a.etape("forfait_logement")` the step
of that name just inside, `a.qui` the person the step is about, as the explanation calls them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from .bareme import en_lettres
from .faits import DATE_INCONNUE, NATURES
from .francais import valeur_de_fait
from .moteur import Etape
from .moteur.calendrier import annee_mois_jour
from .situation import CONJOINT, ENFANT


class Contexte(dict[str, Any]):
    """The arguments of a rule applied once, with its steps and the persons of the household."""

    def __init__(self, arguments: Mapping[str, Any], etapes: Sequence[Etape], personnes: Sequence[Any]) -> None:
        super().__init__(arguments)
        self.etapes = etapes
        self.personnes = personnes

    @property
    def qui(self) -> str:
        """« vous », « votre conjoint », « votre enfant né en 2015 »."""
        personne = self.get("p", self.get("parent"))
        rang = next((r for r, p in enumerate(self.personnes) if p is personne), -1)
        return qui_est(self.personnes, rang)

    def vos(self, chose: str) -> str:
        """« Vos revenus », « Les revenus de votre conjoint »."""
        return f"Vos {chose}" if self.qui == "vous" else f"Les {chose} de {self.qui}"

    def directes(self, nom: str) -> list[Etape]:
        """The steps of a rule just inside this one, in order."""
        return [etape for etape in self.etapes if etape.nom == nom]

    def etape(self, nom: str) -> Etape | None:
        """The first of them, None if the rule was not applied."""
        return next(iter(self.directes(nom)), None)

    def somme(self, nom: str) -> float:
        """What the rule gave, all its applications together."""
        return float(sum(etape.resultat for etape in self.directes(nom)))


def qui_est(personnes: Sequence[Any], rang: int) -> str:
    """How the explanation calls a person: there are no names in the law records."""
    if rang < 0:
        return "votre foyer"
    role = personnes[rang].role
    if role == CONJOINT:
        return "votre conjoint"
    return _quel_enfant(personnes, rang) if role == ENFANT else "vous"


def _quel_enfant(personnes: Sequence[Any], rang: int) -> str:
    """A child by the year of birth; by the month, the day, then the rank, where that is not enough."""
    enfants = [r for r, p in enumerate(personnes) if p.role == ENFANT]
    if len(enfants) == 1:
        return "votre enfant"
    place = enfants.index(rang) + 1
    ordinal = f"{place}{'er' if place == 1 else 'e'}"
    naissance = personnes[rang].date_naissance
    if naissance == DATE_INCONNUE:
        return f"votre {ordinal} enfant"
    naissances = {r: personnes[r].date_naissance for r in enfants if personnes[r].date_naissance != DATE_INCONNUE}
    autres = [annee_mois_jour(jour) for r, jour in naissances.items() if r != rang]
    annee, mois, jour = annee_mois_jour(naissance)
    if not any(autre[0] == annee for autre in autres):
        return f"votre enfant né en {annee}"
    if not any(autre[:2] == (annee, mois) for autre in autres):
        return f"votre enfant né en {en_lettres(annee * 100 + mois)}"
    texte = f"votre enfant né le {valeur_de_fait(NATURES['date_naissance'], naissance)}"
    return texte if (annee, mois, jour) not in autres else f"{texte} ({ordinal} de vos enfants)"


__all__ = ["Contexte", "qui_est"]
