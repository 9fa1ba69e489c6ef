"""For which month the law of a right is run, to see what it lacks: not always that of the claim."""

import datetime as dt
from typing import TYPE_CHECKING

from limpide.dossiers.mois import decaler, premier_jour
from limpide.droits.bareme import bareme_lisible, lire_mois, mois_couverts, parametres
from limpide.droits.paje_naissance.regles import mois_de_l_examen
from limpide.droits.situation import M

if TYPE_CHECKING:
    from limpide.usagers.demande.foyer_connu import FoyerConnu

OUVERTURE_DE_LA_RENTREE = 7
"""From July on, the rentrée that comes is claimed; before, the last one (the two years of L553-1)."""


def du_mois(foyer: "FoyerConnu") -> dt.date:
    """That of the claim."""
    return foyer.depot


def du_mois_ou_du_suivant(foyer: "FoyerConnu") -> dt.date:
    """A child born this month, or who came to live here, counts from the next one (R552-2)."""
    ne = any(m.enfant and premier_jour(m.naissance) == foyer.depot for m in foyer.membres)
    return decaler(foyer.depot, 1) if ne or foyer.enfant_arrive else foyer.depot


def de_la_rentree(foyer: "FoyerConnu") -> dt.date:
    """The month for which the allocation de rentrée scolaire is computed (August)."""
    annee = foyer.depot.year if foyer.depot.month >= OUVERTURE_DE_LA_RENTREE else foyer.depot.year - 1
    mois = parametres()["ars_mois"].en(lire_mois(f"{foyer.depot:%Y-%m}")).valeur
    return dt.date(annee, int(mois), 1)


def de_l_examen(foyer: "FoyerConnu") -> dt.date:
    """The month after the fifth of the pregnancy (R531-1); that of the claim as long as its start is not told."""
    debuts = [d for m in foyer.membres if not m.enfant and (d := foyer.valeur(m, "date_debut_grossesse")) is not None]
    if not debuts:
        return foyer.depot
    mois = int(mois_de_l_examen(max(debuts), bareme_lisible(f"{foyer.depot:%Y-%m}"), M))
    return dt.date(mois // 100, mois % 100, 1)


def du_deces(foyer: "FoyerConnu") -> dt.date:
    """That of the loss (D545-5)."""
    jour = foyer.valeur(None, "date_deces_enfant")
    return foyer.depot if jour is None else premier_jour(dt.date(1970, 1, 1) + dt.timedelta(days=jour))


def de_l_arrivee(foyer: "FoyerConnu") -> dt.date:
    """The month in which the last adopted child came."""
    arrivees = [d for m in foyer.membres if m.enfant and (d := foyer.valeur(m, "date_adoption")) is not None]
    return premier_jour(dt.date(1970, 1, 1) + dt.timedelta(days=max(arrivees))) if arrivees else foyer.depot


def de_l_entree(foyer: "FoyerConnu") -> dt.date:
    """That of the claim, or the next one when the dwelling was entered this month (CCH R823-10)."""
    entree = foyer.valeur(None, "date_entree_logement")
    ce_mois = entree is not None and premier_jour(dt.date(1970, 1, 1) + dt.timedelta(days=entree)) == foyer.depot
    return decaler(foyer.depot, 1) if ce_mois else foyer.depot


def couvert(mois: dt.date) -> bool:
    """The law of that month is known here."""
    return f"{mois:%Y-%m}" in mois_couverts()
