"""Half-days of leave already paid: what was told once, and those of the months that this Caf paid since.

The periods of the AJPP (310 days by child, CSS L544-3) and of the AJPA (66 by person helped, 264 in a career, D168-12)
end on them. A number told counts until the first day that its fact holds: a new one, at a renewal, starts again. A
month is counted when its line in force pays something; days of the parents go to the children in the order of birth.
"""

import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import lire_mois, parametres
from limpide.droits.calcul import liste_droits
from limpide.droits.faits import NATURES
from limpide.droits.situation import ENFANT

from .mois import decaler, ecrire

Tableau = npt.NDArray[Any]
JOUR_ZERO = datetime.date(2000, 1, 1)
PRESENCE, AIDE = NATURES["ajpp_demi_journees"].code, NATURES["ajpa_demi_journees"].code
DES_ENFANTS, DE_LA_PERSONNE, DE_LA_CARRIERE = (
    NATURES["ajpp_demi_journees_versees"],
    NATURES["ajpa_demi_journees_versees"],
    NATURES["ajpa_demi_journees_carriere"],
)
COMPTEURS = (DES_ENFANTS, DE_LA_PERSONNE, DE_LA_CARRIERE)
DEMI_JOURNEES_D_UN_JOUR = 2
CODES = [PRESENCE, AIDE]


@lru_cache(maxsize=1)
def droits_comptes() -> dict[str, int]:
    """Right whose half-days are counted, among those of the month → code of the half-days of a month."""
    codes = {"ajpp": PRESENCE, "ajpa": AIDE}
    return {droit.code: codes[droit.code] for droit in liste_droits() if droit.code in codes}


def ajouter(
    personnes: Tableau, numeros: Tableau, dossiers_des_personnes: Tableau, faits: Tableau, recus: Tableau,
    ce_mois: datetime.date,
) -> None:  # fmt: skip
    """Add to the numbers told those of the months paid before this one.

    `recus`: amounts of the lines (`montants_recus.RECU`), a later one taking the place of an earlier one.
    """
    paye = {
        (int(r["dossier"]), int(r["nature"]), int(r["mois"])): int(r["montant"])
        for r in recus[np.isin(recus["nature"], CODES) & (recus["mois"] < _jour(ce_mois))]
    }
    for (dossier, nature, mois), montant in sorted(paye.items()):
        la = np.flatnonzero(dossiers_des_personnes == dossier)
        if montant <= 0 or not len(la):
            continue
        siens = faits[faits["dossier"] == dossier]
        jour = JOUR_ZERO + datetime.timedelta(days=mois)
        fin = _jour(decaler(jour, 1)) - 1
        pris = siens[(siens["nature"] == nature) & (siens["debut"] <= fin) & (siens["fin"] > fin)]
        du_mois = _Mois(personnes, numeros, siens, ce_mois, jour)
        if nature == AIDE:
            du_mois.compter_pour_l_aidant(la, int(pris["valeur"].sum()))
        else:
            du_mois.compter_pour_les_enfants(la, int(pris["valeur"].sum()))


def _jour(date: datetime.date) -> int:
    return (date - JOUR_ZERO).days


class _Mois:
    """One paid month of one file, counted in the record of a later one."""

    def __init__(
        self, personnes: Tableau, numeros: Tableau, siens: Tableau, ce_mois: datetime.date, paye: datetime.date
    ) -> None:
        self.personnes, self.numeros, self.siens = personnes, numeros, siens
        self.dernier_jour, self.paye = _jour(decaler(ce_mois, 1)) - 1, _jour(paye)
        bareme = parametres()
        mois = lire_mois(ecrire(paye))
        self.au_plus = {
            nom: DEMI_JOURNEES_D_UN_JOUR * int(bareme[nom].en(mois).valeur)
            for nom in ("ajpp_jours_par_mois", "ajpa_jours_par_mois")
        }

    def _depuis(self, ligne: int, nature: int) -> bool:
        """The number told of this person holds now, and was told before that month was paid."""
        f = self.siens
        dit = (f["personne"] == self.numeros[ligne]) & (f["nature"] == nature)
        tenu = dit & (f["debut"] <= self.dernier_jour) & (f["fin"] > self.dernier_jour)
        return bool((tenu & (f["debut"] <= self.paye)).any())

    def compter_pour_l_aidant(self, lignes: Tableau, pris: int) -> None:
        demandeur = lignes[0]
        for nature in (DE_LA_PERSONNE, DE_LA_CARRIERE):
            if self._depuis(demandeur, nature.code):
                self.personnes[nature.nom][demandeur] += min(pris, self.au_plus["ajpa_jours_par_mois"])

    def compter_pour_les_enfants(self, lignes: Tableau, pris: int) -> None:
        reste = pris
        for ligne in lignes:
            enfant = self.personnes[ligne]
            if enfant["role"] != ENFANT or enfant["ajpp_accord_medical"] != 1:
                continue
            if self._depuis(ligne, DES_ENFANTS.code):
                part = min(reste, self.au_plus["ajpp_jours_par_mois"])
                self.personnes[DES_ENFANTS.nom][ligne] += part
                reste -= part
