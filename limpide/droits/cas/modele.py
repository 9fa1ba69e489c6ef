"""One worked case: a situation, what is expected of it, and the margin allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from limpide.droits.calcul import Resultat, catalogue_droits, liquider
from limpide.droits.ensemble import parts
from limpide.droits.situation import Situation


class CasInvalide(ValueError):
    """A case that cannot be read: says which file and which case."""


class CasNonPris(ValueError):
    """A case about something that Limpide does not compute or read; the message is the reason."""


PRECISION = 6
"""Decimals of euros: what a subtraction of two amounts loses is no difference."""
SUFFIXES = ("motif", "manque", "crds")


def droit_et_quoi(variable: str) -> tuple[str, str]:
    """« paje_base_motif » → (« paje_base », « motif »); « paje_base » → (« paje_base », ""): its amount."""
    droit, _, quoi = variable.rpartition("_")
    return (droit, quoi) if quoi in SUFFIXES and droit else (variable, "")


@dataclass(frozen=True)
class Cas:
    """One worked case: `attendu` maps a right to euros, or `<right>_motif` to a reason, `<right>_crds` to euros.

    `<right>_manque` is the missing fact that is named first (none: what is missing is no fact of the catalogue).
    `marges` maps a variable (or "default") to euros, `relatives` to a share of what is expected: as OpenFisca does, a
    case holds within both where both are given, and `marge` is what is allowed otherwise, and always.
    `chacun`: of a right that is each adult's, the euros expected of each rank. `non_pris` names the expected variables
    that Limpide does not compute.
    """

    droit: str
    nom: str
    situation: Situation
    attendu: dict[str, Any]
    marge: float
    marges: Mapping[str, float] = field(default_factory=dict)
    relatives: Mapping[str, float] = field(default_factory=dict)
    non_pris: tuple[str, ...] = ()
    chacun: Mapping[str, Mapping[int, float]] = field(default_factory=dict)

    @property
    def droits_attendus(self) -> tuple[str, ...]:
        """The rights that the case says something of."""
        return tuple(dict.fromkeys([*(droit_et_quoi(cle)[0] for cle in self.attendu), *self.chacun]))

    def ecarts(self, resultats: dict[str, Resultat]) -> list[str]:
        """What differs from the expected results, in French; nothing if the case holds."""
        ecarts = [self._ecart(cle, attendu, resultats) for cle, attendu in self.attendu.items()]
        for droit, attendus in self.chacun.items():
            siens = parts(next(d for d in catalogue_droits() if d.code == droit), resultats[droit])
            for rang, euros in attendus.items():
                ecarts.append(self._ecart_de(f"{droit}, personne n° {rang + 1}", droit, euros, siens.get(rang, 0.0)))
        return [ecart for ecart in ecarts if ecart]

    def verifier(self) -> list[str]:
        """Run the rules on the household of the case and compare."""
        return self.ecarts(liquider(self.situation, self.droits_attendus))

    def _ecart(self, cle: str, attendu: Any, resultats: dict[str, Resultat]) -> str:
        droit, quoi = droit_et_quoi(cle)
        resultat = resultats[droit]
        if quoi == "motif":
            return "" if resultat.motif == attendu else f"{cle} : {attendu} attendu, {resultat.motif} trouvé"
        if quoi == "manque":
            premier = next(iter(resultat.faits_manquants), None)
            return "" if premier == attendu else f"{cle} : {attendu or 'rien'} attendu, {premier or 'rien'} trouvé"
        trouve = (resultat.crds_centimes if quoi == "crds" else resultat.montant_centimes) / 100
        return self._ecart_de(cle, cle, attendu, trouve)

    def _ecart_de(self, mots: str, variable: str, attendu: float, trouve: float) -> str:
        if round(abs(trouve - attendu), PRECISION) <= self._marge(variable, attendu):
            return ""
        return f"{mots} : {attendu} € attendus, {trouve:.2f} € trouvés"

    def _marge(self, cle: str, attendu: float) -> float:
        absolue, part = (table.get(cle, table.get("default")) for table in (self.marges, self.relatives))
        permises = [] if absolue is None else [absolue]
        if part is not None:
            permises.append(abs(attendu) * part)
        return max(min(permises, default=0.0), self.marge)
