"""How fresh the parameters of the law are: until when each was checked, and when its next value is expected.

A parameter whose last three values began a year apart is one that an act raises every year: its next value is expected
a year after the last. Nothing here is guessed for the computation, which refuses a month without a
checked value (`bareme`): this says what to look for, and in which act the last value was found.
"""

from dataclasses import dataclass

from .bareme import Parametre, Valeur, decaler, parametres

SANS_ACTE = "valeur d'OpenFisca"
"""How the reference of a value whose act is not known begins."""


@dataclass(frozen=True)
class Echeance:
    """What is to be looked at for one parameter: the last value known, and the first month that lacks an answer."""

    parametre: Parametre
    derniere: Valeur
    attendue: int | None
    """Month in which a new value is expected (None: it is not raised every year)."""

    @property
    def mois(self) -> int:
        """The first month for which somebody should look: a new value, or another check of this one."""
        fin = decaler(self.parametre.verifie_jusque, 1)
        return fin if self.attendue is None else min(self.attendue, fin)

    @property
    def acte_inconnu(self) -> bool:
        return self.derniere.reference.startswith(SANS_ACTE)


def citations(*textes: str) -> list[str]:
    """What these texts cite, each once (« ; » between two): « CSS R821-1 » is in « CSS R821-1, rédaction de 2005 »."""
    toutes = list(dict.fromkeys(c.strip() for texte in textes for c in texte.split(" ; ")))
    return [c for c in toutes if not any(autre.startswith((f"{c},", f"{c} (")) for autre in toutes)]


def echeance(parametre: Parametre) -> Echeance:
    """What is known of one parameter."""
    debuts = [valeur.debut for valeur in parametre.valeurs]
    annuelle = len(debuts) > 2 and debuts[-3:] == [decaler(debuts[-1], -24), decaler(debuts[-1], -12), debuts[-1]]
    return Echeance(parametre, parametre.valeurs[-1], decaler(debuts[-1], 12) if annuelle else None)


def echeances(jusqu_au: int) -> list[Echeance]:
    """Parameters to look at by this month (202703), the most urgent first; those that exist no more are left out."""
    vivants = (p for p in parametres().values() if p.sans_objet_depuis > jusqu_au)
    toutes = [echeance(p) for p in vivants]
    return sorted((e for e in toutes if e.mois <= jusqu_au), key=lambda e: (e.mois, e.parametre.dossier))
