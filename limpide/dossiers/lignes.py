"""Entitlement lines: what is already written, what the law now says, and the difference that is added.

Results and lines travel as columns: one record per household and right, rights numbered in the law's order.
"""

import datetime
import os
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import Resultat, liste_droits
from limpide.droits.ensemble import MUETS, liquider_foyer, liquider_foyers
from limpide.droits.moteur import Motif
from limpide.droits.situation import NATURES, Situation

from .lots import JOUR_ZERO, Bigint, Smallint, executer, lire_colonnes
from .mois import ecrire

FOYERS_SANS_COMPILER = 400
"""Up to this many households the traced rules in plain Python are quicker than waking the compiler; same cents."""

_COMPILATEUR: dict[str, bool] = {}
"""Whether this process already woke the compiler: from then on it is quicker whatever the size."""

SANS_MANQUE = -1
MOTIFS = [{motif.value: motif.name for motif in Motif}.get(valeur, "") for valeur in range(max(Motif) + 1)]
"""The reasons by their value, which is how records hold them; a value that no reason has is empty."""

CALCUL = np.dtype(
    [("dossier", "i8"), ("droit", "i2"), ("montant", "i8"), ("crds", "i8"), ("motif", "i2"), ("manque", "i2")]
)
"""One right of one household as the law now says it."""

LIGNE = np.dtype([*((nom, CALCUL[nom]) for nom in CALCUL.names or ()), ("rang", "i2")])
"""The same, with its rank: a line written or to be written."""

Tableau = npt.NDArray[Any]


def codes_des_droits() -> list[str]:
    """Codes of the rights in the order of liquidation; their index is `droit` in the records."""
    return [droit.code for droit in liste_droits()]


def calculer(mois: datetime.date, dossiers: Tableau, foyers: Tableau, personnes: Tableau) -> Tableau:
    """The rights of these households for the month, as `CALCUL` records sorted by household then right."""
    codes = codes_des_droits()
    sortie = np.zeros((len(dossiers), len(codes)), CALCUL)
    sortie["dossier"] = np.asarray(dossiers)[:, None]
    sortie["droit"] = np.arange(len(codes), dtype="i2")[None, :]
    sortie["manque"] = SANS_MANQUE
    if len(dossiers) <= FOYERS_SANS_COMPILER and not _COMPILATEUR.get("eveille"):
        for i in range(len(dossiers)):
            membres = personnes[foyers["debut"][i] : foyers["fin"][i]]
            resultats = liquider_foyer(Situation(ecrire(mois), foyers[i : i + 1], membres))
            sortie[i] = [(dossiers[i], *ligne_du_resultat(resultats[code], j)) for j, code in enumerate(codes)]
    else:
        droits = liquider_foyers(ecrire(mois), foyers, personnes, fils=os.cpu_count() or 1)
        _COMPILATEUR["eveille"] = True
        for j, code in enumerate(codes):
            sortie["montant"][:, j] = droits[f"{code}_centimes"]
            sortie["crds"][:, j] = droits[f"{code}_crds"]
            sortie["motif"][:, j] = droits[f"{code}_motif"]
            inconnu = droits[f"{code}_motif"] == Motif.INCONNU
            sortie["manque"][:, j] = np.where(
                inconnu & (droits[f"{code}_manque"] > 0), droits[f"{code}_manque"], SANS_MANQUE
            )
    plat = sortie.reshape(-1)
    return plat[np.argsort(plat["dossier"], kind="stable")]


def ligne_du_resultat(resultat: Resultat, rang_du_droit: int) -> tuple[int, int, int, int, int]:
    """(right, gross cents, CRDS cents, reason, missing fact) of one result, as in `CALCUL`."""
    manque = NATURES[resultat.faits_manquants[0]].code if resultat.faits_manquants else SANS_MANQUE
    return (
        rang_du_droit,
        resultat.montant_centimes,
        resultat.crds_centimes,
        Motif[resultat.motif].value,
        manque,
    )


_LIGNES_DU_MOIS = """
SELECT DISTINCT ON (l.dossier_id, d.rang)
       l.dossier_id, d.rang::smallint - 1::smallint, l.montant_centimes, l.crds_centimes,
       (array_position({motifs}::text[], l.motif::text) - 1)::smallint, coalesce(l.fait_manquant, {sans})::smallint,
       l.rang::smallint
  FROM dossiers_lignedroit l
  JOIN unnest({codes}::text[]) WITH ORDINALITY AS d(code, rang) ON d.code = l.droit
 WHERE l.organisme_id = {organisme} AND l.mois = {mois}::date
   AND ({dossiers}::bigint[] IS NULL OR l.dossier_id = ANY ({dossiers}::bigint[]))
 ORDER BY l.dossier_id, d.rang, l.rang DESC"""


def lignes_du_mois(organisme: str, mois: datetime.date, dossiers: list[int] | None = None) -> Tableau:
    """The lines in force for a Caf and a month (the last rank of each), as `LIGNE` records sorted the same way."""
    parametres = {
        "organisme": organisme, "mois": mois, "motifs": MOTIFS, "codes": codes_des_droits(),
        "sans": SANS_MANQUE, "dossiers": dossiers,
    }  # fmt: skip
    colonnes = {"dossier": "bigint", "droit": "smallint", "montant": "bigint", "crds": "bigint",
                "motif": "smallint", "manque": "smallint", "rang": "smallint"}  # fmt: skip
    lues = lire_colonnes(_LIGNES_DU_MOIS, parametres, colonnes)
    return lues.astype(LIGNE)


def cle(lignes: Tableau) -> Tableau:
    """One sortable number per household and right."""
    return lignes["dossier"] * 64 + lignes["droit"]


def retrouver(cherchees: Tableau, connues: Tableau) -> tuple[Tableau, Tableau]:
    """For each key searched: whether it is among the known keys (sorted), and where."""
    if not len(connues):
        return np.zeros(len(cherchees), bool), np.zeros(len(cherchees), np.intp)
    place = np.minimum(np.searchsorted(connues, cherchees), len(connues) - 1)
    return connues[place] == cherchees, place


def differences(calcul: Tableau, en_vigueur: Tableau) -> Tableau:
    """The lines to add: rights never written, and those whose amount or reason changed, at their next rank.

    What nobody claimed, or another right answers, is not written as long as it never said anything.
    """
    connue, place = retrouver(cle(calcul), cle(en_vigueur))
    lignes = np.zeros(len(calcul), LIGNE)
    for nom in CALCUL.names or ():
        lignes[nom] = calcul[nom]
    lignes["rang"] = 1
    a_dire = connue | ~np.isin(calcul["motif"], [int(motif) for motif in MUETS])
    if len(en_vigueur):
        avant = en_vigueur[place]
        pareille = connue.copy()
        for nom in ("montant", "crds", "motif", "manque"):
            pareille &= avant[nom] == calcul[nom]
        lignes["rang"] = np.where(connue, avant["rang"] + 1, 1)
        a_dire &= ~pareille
    return lignes[a_dire]


_INSERER = """
INSERT INTO dossiers_lignedroit (liquidation_id, organisme_id, dossier_id, mois, droit, rang,
                                 montant_centimes, crds_centimes, motif, fait_manquant)
SELECT %(liquidation)s, %(organisme)s, l.dossier, %(mois)s, (%(codes)s::text[])[l.droit + 1], l.rang,
       l.montant, l.crds, (%(motifs)s::text[])[l.motif + 1], NULLIF(l.manque, %(sans)s)
  FROM unnest(%(dossier)s, %(droit)s, %(rang)s, %(montant)s, %(crds)s, %(motif)s, %(manque)s)
       AS l(dossier, droit, rang, montant, crds, motif, manque)"""


def inserer(liquidation: int, organisme: str, mois: datetime.date, lignes: Tableau) -> int:
    """Add these `LIGNE` records for the month. A rank already written is refused by the database."""
    if not len(lignes):
        return 0
    parametres: dict[str, Any] = {
        "liquidation": liquidation, "organisme": organisme, "mois": mois, "codes": codes_des_droits(),
        "motifs": MOTIFS, "sans": SANS_MANQUE,
        "dossier": Bigint(lignes["dossier"]), "montant": Bigint(lignes["montant"]), "crds": Bigint(lignes["crds"]),
    }  # fmt: skip
    parametres |= {nom: Smallint(lignes[nom]) for nom in ("droit", "rang", "motif", "manque")}
    return executer(_INSERER, parametres)


def jours_depuis_2000(jour: datetime.date) -> int:
    """A date as PostgreSQL counts it in a binary array."""
    return int((np.datetime64(jour) - JOUR_ZERO).astype(int))
