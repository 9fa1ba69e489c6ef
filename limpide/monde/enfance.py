"""Disabled children, parents and carers on leave, and losses, told to a few fictitious files.

Drawn apart, with a number of their own: the households stay the same people whatever is told here.
"""

import datetime as dt

import numpy as np

from limpide.monde.foyers import CALAGE, FaitSynthetique, FoyerSynthetique, Membre, mois_decale

TIRAGE = 5
"""Third number of the seed of these draws."""
AGE_DE_CHARGE = 20
DEMI_JOURNEES = (4, 40)
TAUX = 80


def raconter(graine: int, f: FoyerSynthetique, debut: dt.date, mois: dt.date) -> None:
    """Add the facts to the household, as known at the first day of `mois`; leaves and losses since `debut`."""
    tirage = np.random.default_rng((graine, f.rang, TIRAGE))
    enfants = [m for m in f.membres if m.role == "enfant" and (mois - m.naissance).days < AGE_DE_CHARGE * 365]
    parts = CALAGE["enfance"]
    for enfant in enfants:
        if enfant.naissance < mois_decale(mois, -12) and tirage.random() < parts["aeeh"]:
            _raconter_handicap(tirage, f, enfant, mois)
    actif = any(x.nature == "activite" and x.valeur == "actif" for x in f.membres[0].faits)
    if enfants and actif and tirage.random() < parts["presence"]:
        _raconter_presence(tirage, f, enfants[-1], debut, mois)
    elif actif and tirage.random() < parts["aidants"]:
        _raconter_aide(tirage, f, debut, mois)
    if enfants and tirage.random() < parts["deuils"]:
        jour = mois_decale(mois, -int(tirage.integers(1, 4))) + dt.timedelta(days=int(tirage.integers(0, 25)))
        du_mois = jour.replace(day=1), mois_decale(jour.replace(day=1), 1)
        f.faits += [
            FaitSynthetique("deces_enfant", "grossesse", *du_mois),
            FaitSynthetique("date_deces_enfant", jour, jour.replace(day=1)),
        ]


def _raconter_handicap(tirage: np.random.Generator, f: FoyerSynthetique, enfant: Membre, mois: dt.date) -> None:
    """What the commission decided: a rate of 80 %, a complement by the shares of the calibration."""
    parts = CALAGE["enfance"]["complements"]
    niveau = int(tirage.choice(len(parts), p=parts))
    demande = max(enfant.naissance, mois - dt.timedelta(days=int(tirage.integers(60, 1100))))
    de = max(f.ouvert_le, demande)
    enfant.faits += [
        FaitSynthetique("aeeh_accordee", True, de),
        FaitSynthetique("aeeh_date_demande", demande, de),
        FaitSynthetique("taux_incapacite", TAUX, de),
        FaitSynthetique("aeeh_accueil", "sans_accompagnement", de),
        FaitSynthetique("aeeh_niveau_handicap", niveau, de),
    ]
    if niveau:
        enfant.faits.append(FaitSynthetique("aeeh_tierce_personne", niveau > 1, de))


def _raconter_presence(
    tirage: np.random.Generator, f: FoyerSynthetique, enfant: Membre, debut: dt.date, mois: dt.date
) -> None:
    """Days of leave told month after month, for one child."""
    de = max(debut, enfant.naissance, f.ouvert_le).replace(day=1)
    premier = mois_decale(de, 1)
    enfant.faits += [
        FaitSynthetique("ajpp_accord_medical", True, premier),
        FaitSynthetique("ajpp_demi_journees_versees", 0, premier),
    ]
    f.membres[0].faits += _jours(tirage, "ajpp_demi_journees", premier, mois)


def _raconter_aide(tirage: np.random.Generator, f: FoyerSynthetique, debut: dt.date, mois: dt.date) -> None:
    """A few days a month for somebody close, who lives elsewhere."""
    premier = max(debut, mois_decale(f.ouvert_le.replace(day=1), 1), mois_decale(mois, -5))
    moi = f.membres[0]
    compteurs = ("ajpa_demi_journees_versees", "ajpa_demi_journees_carriere")
    moi.faits += [FaitSynthetique(nom, 0, premier) for nom in compteurs]
    moi.faits += _jours(tirage, "ajpa_demi_journees", premier, mois)


def _jours(tirage: np.random.Generator, nature: str, premier: dt.date, mois: dt.date) -> list[FaitSynthetique]:
    faits = []
    while premier < mois:
        suivant = mois_decale(premier, 1)
        faits.append(FaitSynthetique(nature, int(tirage.integers(*DEMI_JOURNEES)), premier, suivant))
        premier = suivant
    return faits
