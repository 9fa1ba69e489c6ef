"""A household without a file, as its answers tell it: read by the same law, asked by the same questions."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers import connaissance
from limpide.dossiers.models import Dossier
from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.retroactivite import MOIS_DE_PRESCRIPTION
from limpide.dossiers.situations import JOUR_ZERO, SANS_FIN, FaitsConnus, charger_dossier
from limpide.droits.faits import NATURES
from limpide.identite.models import Personne
from limpide.usagers.demande.aides import Aide, choisies
from limpide.usagers.demande.declares import Declare, appliquer, dater, de_la_demande
from limpide.usagers.demande.faits import faits_declares
from limpide.usagers.demande.foyer_connu import ANNEES_AVANT, FoyerConnu, MembreDuFoyer
from limpide.usagers.simulateur.commune import ZONE_OUTRE_MER
from limpide.usagers.simulateur.formulaires import Reponses
from limpide.usagers.simulateur.ressources import OUTRE_MER

AUCUN_DOSSIER, LE_SIEN = 0, 1
"""Numbers of files that exist nowhere: to read an empty one, and to hold what was answered. Nothing is saved."""
ROLES = {"demandeur": 0, "conjoint": 1, "enfant": 2}
DITS = "dits_"
"""Prefix of the answers that hold facts told at a step."""
MOIS_LUS = 6
"""How far before the month of the claim the law looks at a household."""


def depuis(reponses: Reponses) -> dt.date:
    """Since when what is told holds: as long as the household is so, two years at most (L553-1)."""
    mois = premier_jour(reponses["mois"])
    return min(mois, max(premier_jour(reponses["foyer_depuis"]), decaler(mois, -MOIS_DE_PRESCRIPTION)))


def ouverture(reponses: Reponses, aides: Collection[Aide]) -> dt.date:
    """The first month that may be due: family benefits are, for the months before the claim too (R552-2, L553-1)."""
    avant = any(not aide.ressources for aide in aides)
    return depuis(reponses) if avant else premier_jour(reponses["mois"])


def arrivee_utile(reponses: Reponses, aides: Collection[Aide]) -> bool:
    """A child who came on the day told would come in a month that may be due (R552-2, I): whether it did is asked."""
    return premier_jour(reponses["foyer_depuis"]) == ouverture(reponses, aides)


def presences(reponses: Reponses) -> list[dt.date]:
    """Since when each member is recorded there, in the order of `membres_dits`: the same for the file to be opened.

    The claimant: over the months that the law reads before the first one due. The others: since the household is so,
    but a child who lived with the claimant before that day did not come then (R513-1): they parted, moved, formed a
    couple, had another child.
    """
    aides = choisies(reponses["aide"], reponses.get("aussi", ()))
    demandeur, ainsi = decaler(ouverture(reponses, aides), -MOIS_LUS), reponses["foyer_depuis"]
    debuts = [demandeur]
    for prefixe, *_, naissance in membres_dits(reponses)[1:]:
        debut = min(demandeur, ainsi) if reponses.get(f"{prefixe}_deja_la") == "oui" else ainsi
        debuts.append(max(debut, naissance))
    return debuts


def membres_dits(reponses: Reponses) -> list[tuple[str, str, str, dt.date]]:
    """(prefix of the fields, role, how they are called, birth) of each member; the claimant first."""
    dits = [("a0", "demandeur", reponses["nom"])]
    dits += [("a1", "conjoint", "Votre conjoint ou conjointe")] if reponses["couple"] == "oui" else []
    dits += [(f"e{i}", "enfant", f"Enfant {i + 1}") for i in range(reponses["nombre_enfants"])]
    return [(prefixe, role, nom, reponses[f"{prefixe}_date_naissance"]) for prefixe, role, nom in dits]


def dire(reponses: Reponses) -> FoyerConnu:
    """The household of these answers, with what the steps before already told."""
    mois, debut, dits = premier_jour(reponses["mois"]), depuis(reponses), membres_dits(reponses)
    vide = charger_dossier(AUCUN_DOSSIER, connaissance.maintenant())
    foyer = FoyerConnu(
        Dossier(pk=LE_SIEN, allocataire_id=1), mois,
        tuple(MembreDuFoyer(Personne(pk=rang), role, nom, ne) for rang, (_, role, nom, ne) in enumerate(dits, 1)),
        replace(vide, dossiers=_dossier(vide), composition=_composition(vide, reponses)),
        depot=mois, depuis=debut, annee=mois.year - ANNEES_AVANT,
        zone=ZONE_OUTRE_MER if reponses["residence"] in OUTRE_MER else None,
    )  # fmt: skip
    return appliquer(foyer, declares(reponses, foyer))


def declares(reponses: Reponses, foyer: FoyerConnu) -> list[Declare]:
    """Every fact that these answers tell, of the persons of `foyer`."""
    aides = choisies(reponses["aide"], reponses.get("aussi", ()))
    return [*_des_parties(reponses, foyer), *dits_aux_etapes(reponses), *de_la_demande(foyer, aides)]


def dits_aux_etapes(reponses: Reponses) -> list[Declare]:
    """The facts told at the steps of the law's questions, each since the day that was told for it."""
    dits = [d for cle in sorted(reponses) if cle.startswith(DITS) for d in reponses[cle]]
    return dater(dits, premier_jour(reponses["mois"]))


def _des_parties(reponses: Reponses, foyer: FoyerConnu) -> list[Declare]:
    """The facts of the parts that ask a fixed list."""
    if "a0_activite" not in reponses:
        lieu = NATURES["residence"]
        return [Declare(None, lieu, lieu.valeurs.index(reponses["residence"]), DateRange(foyer.depuis, None))]
    return [
        Declare(None if f.rang is None else foyer.membres[f.rang].personne, NATURES[f.nature], f.valeur, f.valide)
        for f in faits_declares(reponses)
    ]


def _dossier(vide: FaitsConnus) -> Any:
    dossiers = np.zeros(1, vide.dossiers.dtype)
    dossiers["dossier"], dossiers["ouvert"], dossiers["clos"] = LE_SIEN, -SANS_FIN, SANS_FIN
    return dossiers


def _composition(vide: FaitsConnus, reponses: Reponses) -> Any:
    dits = membres_dits(reponses)
    lignes = np.zeros(len(dits), vide.composition.dtype)
    for rang, ((prefixe, role, _, naissance), debut) in enumerate(zip(dits, presences(reponses), strict=True)):
        lignes[rang]["dossier"], lignes[rang]["personne"], lignes[rang]["role"] = LE_SIEN, rang + 1, ROLES[role]
        lignes[rang]["garde"] = reponses.get(f"{prefixe}_garde_alternee") == "oui"
        lignes[rang]["debut"], lignes[rang]["fin"] = (debut - JOUR_ZERO).days, SANS_FIN
        lignes[rang]["naissance"] = (naissance - JOUR_ZERO).days
    return lignes
