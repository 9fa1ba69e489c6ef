"""« Demander une aide »: every right that the law computes here, and how it is obtained, one sentence each.

A right of the catalogue without its sentence stops the page: a new right is told the day it is added.
"""

from dataclasses import dataclass

from limpide.droits.calcul import catalogue_droits
from limpide.usagers.demande.aides import PAR_DROIT, Aide


@dataclass(frozen=True)
class Obtention:
    """How one right is obtained. `aide`: claimed online here; `versee`: paid by the monthly work."""

    libelle: str
    phrase: str
    article: str
    versee: bool
    aide: Aide | None


PHRASES: dict[str, tuple[str, str]] = {
    "rsa": (
        "Un revenu minimum si vos ressources sont faibles. Il se demande.",
        "Code de l'action sociale et des familles, art. L262-2 et R262-33",
    ),
    "ppa": (
        "Un complément si vous travaillez avec un petit salaire. Il se demande.",
        "Code de la sécurité sociale, art. L842-1 et R846-2",
    ),
    "af": (
        "Dès deux enfants (un outre-mer). Une famille sans dossier les demande ; la Caf les calcule ensuite seule.",
        "Code de la sécurité sociale, art. L521-1",
    ),
    "cf": (
        "Pour trois enfants ou plus, selon vos revenus.",
        "Code de la sécurité sociale, art. L522-1",
    ),
    "asf": (
        "Pour un enfant que son autre parent ne soutient pas, ou que vous avez recueilli.",
        "Code de la sécurité sociale, art. L523-1",
    ),
    "aah": (
        "Pour un adulte handicapé, selon ses ressources. La MDPH reconnaît le handicap, la Caf paie.",
        "Code de la sécurité sociale, art. L821-1, L821-4 et R821-2",
    ),
    "aefa": (
        "Rien à demander : elle suit le RSA de novembre ou de décembre. France Travail la verse avec l'ASS.",
        "Décret pris chaque année (n° 2023-1184 pour 2023)",
    ),
    "caah": (
        "Rien à demander : il s'ajoute à l'allocation aux adultes handicapés, avec un logement à vous et sans travail.",
        "Code de la sécurité sociale, art. L821-1-2 et R821-7",
    ),
    "ars": (
        "Une fois par an pour les enfants de 6 à 18 ans, selon vos revenus. Après 16 ans, dites leur inscription.",
        "Code de la sécurité sociale, art. L543-1",
    ),
    "paje_base": (
        "Chaque mois jusqu'aux trois ans de l'enfant, selon vos revenus.",
        "Code de la sécurité sociale, art. L531-3",
    ),
    "paje_naissance": (
        "Une seule fois, pendant la grossesse, selon vos revenus. Elle se demande avec la déclaration de grossesse.",
        "Code de la sécurité sociale, art. L531-2",
    ),
    "paje_prepare": (
        "Chaque mois, si vous travaillez moins ou plus du tout pour élever un jeune enfant. Elle se demande.",
        "Code de la sécurité sociale, art. L531-4",
    ),
    "paje_cmg": (
        "Chaque mois, si vous payez quelqu'un ou une structure pour garder un jeune enfant. Il se demande.",
        "Code de la sécurité sociale, art. L531-5 et L531-6",
    ),
    "paje_adoption": (
        "Une seule fois, à l'arrivée de l'enfant adopté, selon vos revenus.",
        "Code de la sécurité sociale, art. L531-2",
    ),
    "aeeh": (
        "Pour un enfant handicapé, quels que soient vos revenus. La MDPH l'accorde ; dites ici ce qu'elle a décidé.",
        "Code de la sécurité sociale, art. L541-1 et R541-3",
    ),
    "apl": (
        "Chaque mois pour un locataire, selon son loyer, ses revenus et sa famille. Une seule des trois s'applique.",
        "Code de la construction et de l'habitation, art. L821-1 et R823-10",
    ),
    "ajpp": (
        "Pour chaque jour de congé pris auprès d'un enfant gravement malade, handicapé ou accidenté. Elle se demande.",
        "Code de la sécurité sociale, art. L544-1",
    ),
    "ajpa": (
        "Pour chaque jour de congé pris pour aider un proche handicapé ou en perte d'autonomie. Elle se demande.",
        "Code de la sécurité sociale, art. L168-8",
    ),
    "allocation_deces": (
        "Une seule fois, quand une famille perd un enfant. Si la Caf vous connaît, vous n'avez rien à demander.",
        "Code de la sécurité sociale, art. L545-1",
    ),
}
"""By code of the right, the first of those claimed together: the sentence, the article."""


def obtentions() -> list[Obtention]:
    """Those claimed online first, then those paid, then the others, in the law's order."""
    aides = {d.code: PAR_DROIT.get(d.code) for d in catalogue_droits()}
    toutes = [
        Obtention(aide.nom if aide and aide.avec else d.libelle, *PHRASES[d.code], versee=d.liquide, aide=aide)
        for d in catalogue_droits()
        if (aide := aides[d.code]) is None or aide.droit == d.code
    ]
    return sorted(toutes, key=lambda o: (o.aide is None, not o.versee))
