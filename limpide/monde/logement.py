"""What a Caf knows of a household that rents and receives a housing benefit: its dwelling, its income of twelve months.

Drawn apart, as `famille`: the households stay the same people. What was received before the first month that the
program calculates is told by `population`; then the month pays it.
"""

import datetime as dt

import numpy as np

from limpide.monde.foyers import CALAGE, FaitSynthetique, FoyerSynthetique, Membre, mois_decale

QUATRIEME_TIRAGE = 3
"""Third number of the seed of these draws."""
HLM = "locataire_hlm"
IMPOSABLE = 1.03
"""Taxable wages for one euro of net ones: the part of the CSG that is not deducted, and the CRDS."""


def raconter(graine: int, f: FoyerSynthetique, debut: dt.date) -> None:
    """Add the facts of a tenant whose file says that a housing benefit is received; of anybody else, none."""
    dits = {x.nature: x.valeur for x in f.faits}
    statut = str(dits["statut_occupation_logement"])
    if not (statut.startswith("locataire") and float(dits["aide_logement"]) > 0):
        return
    tirage, parts = np.random.default_rng((graine, f.rang, QUATRIEME_TIRAGE)), CALAGE["logement"]
    zone = "zone_2" if f.residence != "metropole" else parts["zones"][f.organisme]
    bas, haut = parts[zone]
    loyer = float(tirage.uniform(bas, haut)) + parts["par_personne"] * (len(f.membres) - 1)
    social = statut == HLM
    f.faits += [
        FaitSynthetique("date_demande_logement", f.ouvert_le, f.ouvert_le),
        FaitSynthetique("date_entree_logement", mois_decale(f.ouvert_le, -int(tirage.integers(1, 30))), f.ouvert_le),
        FaitSynthetique("loyer", round(loyer * (parts["part_hlm"] if social else 1.0), 2), debut),
        FaitSynthetique("zone_apl", zone, f.ouvert_le),
        FaitSynthetique("logement_conventionne", social or bool(tirage.random() < parts["part_conventionne"]),
                        f.ouvert_le),
    ]  # fmt: skip
    for adulte in (m for m in f.membres if m.role != "enfant"):
        adulte.faits.append(FaitSynthetique("logement_salaires", _salaires(adulte), debut))


def _salaires(adulte: Membre) -> float:
    """Taxable wages of twelve months like those that the file tells, its last twelve."""
    tenus = [x for x in adulte.faits if x.nature == "salaire_net" and x.fin is not None]
    recu = sum(float(x.valeur) * _mois(x) for x in tenus)
    return round(IMPOSABLE * recu * 12 / max(sum(map(_mois, tenus)), 1), 2)


def _mois(fait: FaitSynthetique) -> int:
    assert fait.fin is not None
    return (fait.fin.year - fait.debut.year) * 12 + fait.fin.month - fait.debut.month
