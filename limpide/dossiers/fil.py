"""The months of one file computed one after the other: each counts as received what the earlier ones give."""

import datetime
from dataclasses import dataclass

from limpide.droits.calcul import Resultat
from limpide.droits.ensemble import liquider_foyer
from limpide.droits.situation import Situation

from . import montants_recus, parts
from .mois import premier_jour
from .situations import FaitsConnus, SituationAbsente, jour_2000, lot_de, situation_de


@dataclass
class FilDesMois:
    """What is known of one file. Ask the oldest month first. Writes nothing."""

    dossier: int
    connus: FaitsConnus

    def situation(self, mois: datetime.date) -> Situation | None:
        """The household of the month, or None if it did not exist then."""
        try:
            return situation_de(self.connus, mois)
        except SituationAbsente:
            return None

    def liquider(self, mois: datetime.date) -> dict[str, Resultat]:
        """The rights of the month, which later months will count; nothing if the household did not exist then."""
        try:
            situation, numeros = lot_de(self.connus, mois)
        except SituationAbsente:
            return {}
        resultats = liquider_foyer(situation)
        jour = jour_2000(premier_jour(mois))
        siennes = parts.en_lignes(self.dossier, jour, parts.des_resultats(resultats, numeros))
        self.connus = self.connus.avec_recus(montants_recus.des_resultats(self.dossier, jour, resultats), siennes)
        return resultats
