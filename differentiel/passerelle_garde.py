"""What OpenFisca-France is told of the care of children, for the complément de libre choix du mode de garde."""

from __future__ import annotations

import numpy as np

from limpide.droits.faits import ACTIVITES

from .circonstances import Circonstances
from .passerelle import Donnees, Tableau
from .predicats_cmg import ASSISTANT, EN_STRUCTURE, MICRO_CRECHE, PAR_STRUCTURE, SIX_ANS, emploi_direct


def avec_la_garde(donnees: Donnees, mois: str, foyers: Tableau, personnes: Tableau) -> Donnees:
    """The same households with who is paid to look after the children; OpenFisca asks neither cost nor hours."""
    c = Circonstances(mois, foyers, personnes)
    mode, domicile = personnes["mode_garde"], foyers["garde_domicile"]
    au_travail = c.au_moins_un(~c.enfant & (personnes["activite"] == ACTIVITES.index("actif")))
    return donnees | {
        f"empl_dir@{mois}": emploi_direct(c),
        f"ass_mat@{mois}": c.au_moins_un(c.enfant & (mode == EN_STRUCTURE)),
        f"gar_dom@{mois}": c.au_moins_un(c.enfant & (mode == MICRO_CRECHE)) | (domicile == PAR_STRUCTURE),
        f"inactif@{mois}": ~au_travail,
        f"partiel1@{mois}": np.zeros(len(foyers), bool),
    }


HEURES, COUT = 160, 1400.0


def garder_simplement(mois: str, foyers: Tableau, personnes: Tableau) -> None:
    """In one household of two, one childminder for the youngest child, paid enough for 85 % not to matter. In place.

    As drawn, nearly every household that pays for care has something that OpenFisca doesn't know of.
    """
    c = Circonstances(mois, foyers, personnes)
    pair = np.arange(len(foyers)) % 2 == 0
    foyers["garde_domicile"][pair] = 0
    siennes = pair[c.appartenance]
    personnes["garde_horaires_specifiques"][siennes] = 0
    personnes["mode_garde"][siennes] = 0
    age = np.where(c.enfant & (c.mois_civils() > 0), c.mois_civils(), np.iinfo(np.int64).max)
    benjamin = np.full(len(foyers), np.iinfo(np.int64).max)
    np.minimum.at(benjamin, c.appartenance, age)
    garde = siennes & c.enfant & (age == benjamin[c.appartenance]) & (age < SIX_ANS)
    personnes["mode_garde"][garde] = ASSISTANT
    personnes["garde_heures"][garde], personnes["garde_cout"][garde] = HEURES, COUT
