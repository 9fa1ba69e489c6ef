"""The changes that can be declared online, in the order of the page; and those that are declared elsewhere."""

from dataclasses import dataclass

from limpide.usagers.changement.formulaires import (
    Demenagement,
    FormulaireChangement,
    Naissance,
    Separation,
)
from limpide.usagers.changement.formulaires_conges import JoursDeConge
from limpide.usagers.changement.formulaires_garde import GardeDuMois
from limpide.usagers.changement.formulaires_ressources import Ressources
from limpide.usagers.changement.formulaires_vie import Couple, Emploi, EnfantArrive, EnfantPart, Grossesse


@dataclass(frozen=True)
class Genre:
    """`code` stands in addresses and seals; `aide`: what it covers, in one sentence."""

    code: str
    aide: str
    formulaire: type[FormulaireChangement]

    @property
    def titre(self) -> str:
        return self.formulaire.titre


GENRES = {
    g.code: g
    for g in (
        Genre("demenagement", "Vous avez changé d'adresse, en France.", Demenagement),
        Genre("couple", "Mariage, pacs ou concubinage : quelqu'un vit avec vous.", Couple),
        Genre("separation", "Vous ne vivez plus avec votre conjoint ou conjointe.", Separation),
        Genre("grossesse", "Vous attendez un enfant, ou votre conjointe.", Grossesse),
        Genre("naissance", "Un enfant est né, ou arrive par adoption.", Naissance),
        Genre("enfant-arrive", "Un enfant vient, ou revient, vivre chez vous.", EnfantArrive),
        Genre("enfant-part", "Un enfant part, ou vit maintenant chez ses deux parents.", EnfantPart),
        Genre(
            "emploi",
            "Quelqu'un de votre foyer commence ou arrête un travail, ou n'en a plus.",
            Emploi,
        ),
        Genre("jours-de-conge", "Chaque mois, les jours passés auprès d'un enfant ou d'un proche.", JoursDeConge),
        Genre("garde", "Ce que vous avez payé un mois pour faire garder un jeune enfant (CMG).", GardeDuMois),
        Genre("ressources", "Un montant à corriger ou à ajouter, hors du trimestre à déclarer.", Ressources),
    )
}
