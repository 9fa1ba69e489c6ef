"""What the predicates of the explained classes may ask about the households of a month."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import bareme_lisible
from limpide.droits.hasard.composition import mois_revolus
from limpide.droits.situation import ENFANT, MOIS_FENETRE, NATURES

from .alignement import reculs

Tableau = npt.NDArray[np.void]
Masque = npt.NDArray[np.bool_]
Entiers = npt.NDArray[np.int64]
Euros = npt.NDArray[np.float64]

EPOQUE = np.datetime64("1970-01-01", "D")
M = MOIS_FENETRE - 1


@dataclass(frozen=True)
class Circonstances:
    """The households of a month, and what predicates usually ask about them."""

    mois: str
    foyers: Tableau
    personnes: Tableau

    @cached_property
    def reculs(self) -> tuple[int, ...]:
        """How long before the month the reference months are: three, or four when two quarters live side by side."""
        tous = {recul - rang for recul in reculs(self.mois) for rang in range(3)}
        return tuple(sorted(tous))

    @cached_property
    def reference(self) -> slice:
        """The same months in a monthly array."""
        return slice(M - self.reculs[-1], M - self.reculs[0] + 1)

    @cached_property
    def appartenance(self) -> Entiers:
        """Household of each person."""
        return np.repeat(np.arange(len(self.foyers)), self.foyers["fin"] - self.foyers["debut"])

    @cached_property
    def enfant(self) -> Masque:
        """By person."""
        return np.asarray(self.personnes["role"] == ENFANT)

    @cached_property
    def couple(self) -> Masque:
        """By household."""
        return self.au_moins_un(self.personnes["role"] == 1)

    @cached_property
    def naissance(self) -> npt.NDArray[np.datetime64]:
        """By person."""
        return np.asarray(EPOQUE + self.personnes["date_naissance"].astype(np.int64))

    def mois_civils(self, recul: int = 0) -> Entiers:
        """Calendar months between the month of birth and a month of the window, by person."""
        mois = np.datetime64(self.mois, "M") - recul
        return np.asarray((mois - self.naissance.astype("datetime64[M]")).astype(np.int64))

    def residence(self, *lieux: str) -> Masque:
        """By household: lives in one of these places."""
        rangs = [NATURES["residence"].valeurs.index(lieu) for lieu in lieux]
        return np.isin(self.foyers["residence"], rangs)

    @cached_property
    def bareme(self) -> Any:
        """Parameters of the seven months, as the rules read them."""
        return bareme_lisible(self.mois)

    def age(self, recul: int = 0) -> Entiers:
        """Completed years on the first day of the month `recul` months before the one computed, by person."""
        return mois_revolus(self.naissance, np.datetime64(self.mois, "M") - recul) // 12

    def age_moyen(self, recul: int = 0) -> Entiers:
        """Age as OpenFisca counts it: days, plus one, divided by 365.2425."""
        premier = (np.datetime64(self.mois, "M") - recul).astype("datetime64[D]")
        ecart = premier - self.naissance + np.timedelta64(1, "D")
        return np.asarray(ecart.astype("timedelta64[Y]").astype(np.int64))

    def age_faux(self, recul: int = 0) -> Masque:
        """Persons already born whose age OpenFisca misses."""
        return np.asarray((self.age_moyen(recul) != self.age(recul)) & (self.mois_civils(recul) > 0))

    def au_moins_un(self, masque: Masque) -> Masque:
        """By household: at least one person satisfies."""
        return self.nombre(masque) > 0

    def nombre(self, masque: Masque) -> Entiers:
        """By household: how many persons satisfy."""
        return np.bincount(self.appartenance, masque, len(self.foyers)).astype(np.int64)

    # -- children in charge for family benefits
    # ----------------------------------------------------------------

    @cached_property
    def plafond_enfant(self) -> float:
        """Pay above which a child of 16 is no more in charge, euros a month."""
        b = self.bareme[M]
        return float(b.pf_plafond_remuneration * b.smic_horaire * b.pf_heures_plafond)

    @cached_property
    def gain(self) -> Euros:
        """What each person earned in the month computed, as the rule on children counts it."""
        noms = ("salaire_net", "remuneration_apprenti", "revenus_stage_formation_pro")
        return np.asarray(sum(self.personnes[nom][:, M] for nom in noms))

    @cached_property
    def salaire_moyen(self) -> Euros:
        """Average wage of the six months before, which is what OpenFisca looks at."""
        return np.asarray(self.personnes["salaire_net"][:, :M].mean(axis=1))

    @cached_property
    def a_charge(self) -> Masque:
        """By person: child in charge for family benefits, from the law's calendar months."""
        age = self.mois_civils()
        jeune = (age < 16 * 12) & (self.personnes["rempli_obligation_scolaire"] == 1)
        grand = (age >= 16 * 12) & (age < 20 * 12) & (self.gain <= self.plafond_enfant)
        return self.enfant & (age >= 1) & (jeune | grand)

    @cached_property
    def de_vingt_ans(self) -> Masque:
        """By person: child in the year that follows its twentieth birthday."""
        age = self.mois_civils()
        return self.enfant & (age >= 20 * 12) & (age < 21 * 12)

    @cached_property
    def ressources(self) -> Euros:
        """Net income of the household two years before."""
        return np.asarray(self.foyers["prestations_familiales_base_ressources"])

    def au_dessus_du_plafond(self, enfants: Entiers, k: int = M) -> Masque:
        """Income above the first ceiling of family allowances, in a month of the window, for so many children."""
        b = self.bareme[k]
        return np.asarray(self.ressources > b.af_plafond_1 + enfants * b.af_plafond_par_enfant)
