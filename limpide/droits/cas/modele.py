"""One worked case: a situation, what is expected of it, and the margin allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from limpide.droits.calcul import Resultat, liquider
from limpide.droits.situation import Situation


class CasInvalide(ValueError):
    """A case that cannot be read: says which file and which case."""


class CasNonPris(ValueError):
    """A case about something that Limpide does not compute or read; the message is the reason."""


SUFFIXES = ("motif", "manque", "crds")


def droit_et_quoi(variable: str) -> tuple[str, str]:
    """« paje_base_motif » → (« paje_base », « motif »); « paje_base » → (« paje_base », ""): its amount."""
    droit, _, quoi = variable.rpartition("_")
    return (droit, quoi) if quoi in SUFFIXES and droit else (variable, "")


@dataclass(frozen=True)
class Cas:
    """One worked case: `attendu` maps a right to euros, or `<right>_motif` to a reason, `<right>_crds` to euros.

    `<right>_manque` is the missing fact that is named first (none: what is missing is no fact of the catalogue).
    `relative` maps a variable (or "default") to a margin as a share of what is expected; `marges` the same in euros.
    `non_pris` names the expected variables that Limpide does not compute.
    """

    droit: str
    nom: str
    situation: Situation
    attendu: dict[str, Any]
    marge: float
    marges: Mapping[str, float] = field(default_factory=dict)
    relatives: Mapping[str, float] = field(default_factory=dict)
    non_pris: tuple[str, ...] = ()

    @property
    def droits_attendus(self) -> tuple[str, ...]:
        """The rights that the case says something of."""
        return tuple(dict.fromkeys(droit_et_quoi(cle)[0] for cle in self.attendu))

    def ecarts(self, resultats: dict[str, Resultat]) -> list[str]:
        """What differs from the expected results, in French; nothing if the case holds."""
        return [ecart for cle, attendu in self.attendu.items() if (ecart := self._ecart(cle, attendu, resultats))]

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
        if abs(trouve - float(attendu)) <= self._marge(cle, float(attendu)):
            return ""
        return f"{cle} : {attendu} € attendus, {trouve:.2f} € trouvés"

    def _marge(self, cle: str, attendu: float) -> float:
        absolue = self.marges.get(cle, self.marges.get("default", self.marge))
        part = self.relatives.get(cle, self.relatives.get("default", 0.0))
        return max(absolue, abs(attendu) * part)
