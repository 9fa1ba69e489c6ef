"""The year-end aid against OpenFisca-France: what it is told of December, and whom the explained differences concern.

OpenFisca looks at the RSA and the ASS of the whole year, and at the children of January: it is told those of November
and December, which open the aid, and nothing before.
"""

from __future__ import annotations

import numpy as np

from .circonstances import Circonstances, M, Masque
from .classe import Classe
from .passerelle import Donnees, Tableau

AEFA = ("aefa",)
OUVRENT = {"11": M - 1, "12": M}
"""The two months that open the aid, with their place in our window."""


def pour_la_fin_d_annee(donnees: Donnees, mois: str, foyers: Tableau, personnes: Tableau) -> Donnees:
    """The same households with the RSA and the ASS of the two months."""
    annee, rien = mois[:4], np.zeros(len(foyers), np.float32)
    dites = dict(donnees)
    for numero in range(1, 13):
        texte = f"{numero:02d}"
        rang = OUVRENT.get(texte)
        dites[f"rsa@{annee}-{texte}"] = rien if rang is None else foyers["rsa"][:, rang].astype(np.float32)
        ass = np.zeros(len(personnes), np.float32) if rang is None else personnes["ass"][:, rang].astype(np.float32)
        dites[f"ass@{annee}-{texte}"] = ass
        dites[f"api@{annee}-{texte}"] = rien
        dites[f"aer@{annee}-{texte}"] = np.zeros(len(personnes), np.float32)
    return dites


def aidee(c: Circonstances) -> Masque:
    """By household: the RSA or the ASS is received in one of the two months."""
    ass = c.au_moins_un((c.personnes["ass"][:, M - 1 :] > 0).any(axis=1))
    return np.asarray((c.foyers["rsa"][:, M - 1 :] > 0).any(axis=1) | ass)


def sans_decret(c: Circonstances) -> Masque:
    """A year whose decree is not known."""
    return aidee(c) & (c.bareme[M].aefa_decret != 1)


def avec_l_ass(c: Circonstances) -> Masque:
    """Somebody receives the ASS: France Travail pays, the Caf the difference only."""
    return aidee(c) & c.au_moins_un((c.personnes["ass"][:, M - 1 :] > 0).any(axis=1))


def parent_seul(c: Circonstances) -> Masque:
    """A parent alone, in a year when the decree gives more."""
    return aidee(c) & ~c.couple & c.au_moins_un(c.enfant) & (c.bareme[M].aefa_parent_seul > 0)


def enfants_de_janvier(c: Circonstances) -> Masque:
    """A child born in the year or expected, of sixteen or more, out of school, or in shared residence."""
    age = c.mois_civils()
    autre = (age <= M + 6) | (age >= 16 * 12) | (c.personnes["rempli_obligation_scolaire"] != 1)
    return aidee(c) & c.au_moins_un(c.enfant & (autre | (c.personnes["garde_alternee"] == 1)))


CLASSES_FIN_D_ANNEE: tuple[Classe, ...] = (
    Classe("aefa-sans-decret", "Année dont le décret n'est pas connu", AEFA, "Décret de chaque année", "limpide",
           sans_decret),
    Classe("aefa-ass", "Allocation de solidarité spécifique reçue", AEFA, "Décret n° 2023-1184, art. 5", "limpide",
           avec_l_ass),
    Classe("aefa-parent-seul", "Parent seul, en 2023", AEFA, "Décret n° 2023-1184, art. 4", "limpide", parent_seul),
    Classe("aefa-enfants", "Enfant que janvier ne compte pas comme décembre", AEFA, "Décret n° 2023-1184, art. 4",
           "limpide", enfants_de_janvier),
)  # fmt: skip
