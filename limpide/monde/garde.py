"""Who looks after young children, and parents who stop for one, told to a part of the fictitious families.

Drawn apart, with a number of their own: the households stay the same people whatever is told here. The care is told
month by month until the month before the reference one: this one is still to declare, as at the first of a month.
"""

import datetime as dt

import numpy as np

from limpide.monde.foyers import CALAGE, FaitSynthetique, FoyerSynthetique, Membre, mois_decale

TIRAGE = 6
"""Third number of the seed of these draws."""
JOURS_D_UN_MOIS = 30.44
AGE_DE_GARDE = 6 * 12
MOIS_DE_MATERNITE, HEURES = 4, (60, 160)
TRIMESTRES = 16
AGES_DE_LA_PREPARE = (12, 36)
"""Of an only child, of several (CSS D531-13)."""
CHOIX = {"inactif": ("cessation", "conjoints_arretes"), "actif": ("temps_partiel", "conjoints_a_temps_partiel")}
SANS_CHOIX = ("", "")
"""What the partner chose, by what they do; which share of the calibration."""


def raconter(graine: int, f: FoyerSynthetique, debut: dt.date, mois: dt.date) -> None:
    """Add the facts to the household, as known at the first day of `mois`; the care since `debut`."""
    tirage = np.random.default_rng((graine, f.rang, TIRAGE))
    enfants = [m for m in f.membres if m.role == "enfant" and m.garde_alternee_depuis is None]
    adultes = [m for m in f.membres if m.role != "enfant"]
    petits = [e for e in enfants if MOIS_DE_MATERNITE <= _mois(e, mois) < AGE_DE_GARDE]
    if not petits:
        return
    parts, petit = CALAGE["garde"], petits[-1]
    prepare = _mois(petit, mois) < AGES_DE_LA_PREPARE[min(len(enfants), 2) - 1]
    if all(_activite(a) == "actif" for a in adultes) and tirage.random() < parts["enfants_gardes"]:
        _faire_garder(tirage, f, petit, debut, mois)
    elif len(adultes) > 1 and prepare:
        choix, part = CHOIX.get(_activite(adultes[1]), SANS_CHOIX)
        if tirage.random() < parts.get(part, 0.0):
            _arreter(f, adultes[1], choix, enfants, petit)


def _activite(adulte: Membre) -> str:
    return next((str(x.valeur) for x in adulte.faits if x.nature == "activite"), "")


def _mois(enfant: Membre, mois: dt.date) -> float:
    return (mois - enfant.naissance).days / JOURS_D_UN_MOIS


def _faire_garder(
    tirage: np.random.Generator, f: FoyerSynthetique, enfant: Membre, debut: dt.date, mois: dt.date
) -> None:
    """A childminder whom the parents employ; hours move from month to month, the price of one does not."""
    depuis = max(debut, mois_decale(enfant.naissance, MOIS_DE_MATERNITE), f.ouvert_le.replace(day=1))
    if depuis >= mois:
        return
    prix = float(tirage.uniform(*CALAGE["garde"]["cout_horaire"]))
    f.faits.append(FaitSynthetique("cmg_date_demande", depuis, depuis))
    while depuis < mois:
        fin, heures = mois_decale(depuis, 1), int(tirage.integers(*HEURES))
        enfant.faits += [
            FaitSynthetique("mode_garde", "assistant_maternel", depuis, fin),
            FaitSynthetique("garde_heures", heures, depuis, fin),
            FaitSynthetique("garde_cout", round(heures * prix, 2), depuis, fin),
        ]
        depuis = fin


def _arreter(f: FoyerSynthetique, parent: Membre, choix: str, enfants: list[Membre], enfant: Membre) -> None:
    """The partner stopped, or works less, since the birth of an only child, or the end of the leave of maternity."""
    arret = mois_decale(enfant.naissance, 0 if len(enfants) == 1 else MOIS_DE_MATERNITE)
    de = max(f.ouvert_le, arret)
    parent.faits += [
        FaitSynthetique("prepare_choix", choix, de),
        FaitSynthetique("prepare_depuis", arret, de),
        FaitSynthetique("prepare_trimestres", TRIMESTRES, de),
        FaitSynthetique("prepare_mois_indemnises", 0 if len(enfants) == 1 else MOIS_DE_MATERNITE, de),
    ]
