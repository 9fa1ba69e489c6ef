"""Facts told by a claim, and since when each holds."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.retroactivite import MOIS_DE_PRESCRIPTION
from limpide.droits.faits import NATURES, Nature
from limpide.identite.models import Personne
from limpide.usagers.demande.aides import Aide
from limpide.usagers.demande.foyer_connu import FoyerConnu

DATE_PAR = {
    "soutien_depuis": frozenset(
        {"soutien_autre_parent", "soutien_depuis", "enfant_recueilli", "deux_parents_absents",
         "pensions_alimentaires_percues"}
    ),
    "date_adoption": frozenset({"adoption", "date_adoption"}),
    "prepare_depuis": frozenset(
        {"prepare_choix", "prepare_depuis", "prepare_trimestres", "prepare_mois_indemnises"}
    ),
    "date_debut_grossesse": frozenset({"enceinte", "enfants_attendus", "date_debut_grossesse"}),
    "aeeh_date_demande": frozenset(
        {"aeeh_accordee", "aeeh_date_demande", "taux_incapacite", "aeeh_accueil", "aeeh_niveau_handicap",
         "aeeh_tierce_personne", "pch_au_lieu_du_complement"}
    ),
    "date_deces_enfant": frozenset({"deces_enfant", "date_deces_enfant", "capital_deces"}),
}  # fmt: skip
"""A date that is told → what holds since then, of the same person, or of anybody when it is the household's."""
D_UN_MOIS = frozenset({"deces_enfant"})
"""Told for the month of its date only: nobody is reminded of it afterwards."""
A_TERME = frozenset({"aeeh_accordee", "aeeh_niveau_handicap"})
"""What a commission grants until a day, when it fixes one (R541-4): it holds until the end of that month."""

DU_LOGEMENT = NATURES["date_demande_logement"]


@dataclass(frozen=True)
class Declare:
    """One fact told by the claim, as it is stored."""

    personne: Personne | None
    nature: Nature
    valeur: int
    valide: DateRange


def dater(declares: list[Declare], depot: dt.date) -> list[Declare]:
    """The same, each since the day that was told for it; two years back at most, as the claim itself (L553-1)."""
    dits = {(_pk(d), d.nature.nom): d.valeur for d in declares}
    dates = []
    for d in declares:
        quand = [
            dits.get((qui, date)) for date, faits in DATE_PAR.items() if d.nature.nom in faits for qui in {_pk(d), None}
        ]
        jours = [dt.date(1970, 1, 1) + dt.timedelta(days=j) for j in quand if j is not None]
        if jours:
            debut = max(premier_jour(jours[0]), decaler(depot, -MOIS_DE_PRESCRIPTION))
            terme = d.valide.upper if d.nature.nom in A_TERME else None
            fin = decaler(debut, 1) if d.nature.nom in D_UN_MOIS else terme
            dates.append(replace(d, valide=DateRange(debut, fin)))
        else:
            dates.append(d)
    return dates


def appliquer(foyer: FoyerConnu, declares: list[Declare]) -> FoyerConnu:
    """The household as if these facts were recorded. Writes nothing."""
    for d in declares:
        foyer = foyer.avec(_pk(d), d.nature.nom, d.valeur, d.valide.lower, d.valide.upper)
    return foyer


def _pk(d: Declare) -> int | None:
    return None if d.personne is None else d.personne.pk


def de_la_demande(foyer: FoyerConnu, aides: Collection[Aide]) -> list[Declare]:
    """The date of the claim, where the law reads it: of each child, from this month on.

    Of the household, for the months that it may open too; one that was recorded before stays, the right is open since.
    """
    jour = (timezone.localdate() - dt.date(1970, 1, 1)).days
    lues = [NATURES[a.date_demande] for a in aides if a.date_demande]
    des_enfants = [
        Declare(m.personne, nature, jour, DateRange(foyer.depot, None))
        for nature in lues
        if nature.sujet == "personne"
        for m in foyer.membres
        if m.enfant
    ]
    avant = DateRange(decaler(foyer.depot, -MOIS_DE_PRESCRIPTION), None)
    du_foyer = [n for n in lues if n.sujet == "foyer" and n != DU_LOGEMENT and foyer.valeur(None, n.nom) is None]
    du_logement = _du_logement(foyer, jour) if DU_LOGEMENT in lues else []
    return [*des_enfants, *(Declare(None, nature, jour, avant) for nature in du_foyer), *du_logement]


def _du_logement(foyer: FoyerConnu, jour: int) -> list[Declare]:
    """Each dwelling has its own claim (CCH R823-10); its zone, where the address says it."""
    zone, depuis = NATURES["zone_apl"], DateRange(foyer.depot, None)
    dite = [] if foyer.zone is None else [Declare(None, zone, zone.valeurs.index(foyer.zone), depuis)]
    return [Declare(None, DU_LOGEMENT, jour, depuis), *dite]
