"""Some persons alone, without a wage nor a pension, whom the MDPH recognised: the AAH, a dwelling of their own.

Drawn apart, as `famille`, before what is told of dwellings: the person stays the same, their work goes. What was
received before the first month that the program calculates comes as amounts; then the month pays it.
"""

import dataclasses
import datetime as dt

import numpy as np

from limpide.monde.foyers import CALAGE, FaitSynthetique, FoyerSynthetique, mois_decale

CINQUIEME_TIRAGE = 4
"""Third number of the seed of these draws."""
SANS_LIMITE, MOYEN = 80, 60
AGE_MAXIMUM = 60
REVENUS_N2 = ("aah_activite_n2", "aah_pensions_n2", "aah_autres_revenus_n2")


def raconter(graine: int, f: FoyerSynthetique, debut: dt.date, mois: dt.date) -> None:
    """Tell it of the household, as known at the first day of `mois`; of any other, nothing."""
    parts = CALAGE["handicap"]
    tirage = np.random.default_rng((graine, f.rang, CINQUIEME_TIRAGE))
    if f.profil != "autres" or len(f.membres) > 1 or tirage.random() >= parts["reconnu"]:
        return
    (elle,) = f.membres
    ans = (mois - elle.naissance).days / 365.25
    if any(x.nature in {"retraite_nette", "enceinte"} for x in elle.faits) or not 21 <= ans < AGE_MAXIMUM:
        return
    _sans_travail(f)
    total = bool(tirage.random() < parts["taux_de_80"])
    accordee = max(f.ouvert_le, mois_decale(mois, -int(tirage.integers(13, 48))))
    elle.faits += [
        FaitSynthetique("taux_incapacite", SANS_LIMITE if total else MOYEN, accordee),
        FaitSynthetique("aah_restriction_substantielle_durable_acces_emploi", not total, accordee),
        FaitSynthetique("aah", parts["montant"], max(debut, accordee), mois),
        *(FaitSynthetique(nature, 0.0, dt.date(a, 1, 1), dt.date(a + 1, 1, 1))
          for nature in REVENUS_N2 for a in sorted({debut.year - 2, mois.year - 2})),
    ]  # fmt: skip
    if tirage.random() < parts["locataire"]:
        _loger(tirage, f)


def _sans_travail(f: FoyerSynthetique) -> None:
    """No wage in any month, no income of the year that the Caf looks at."""
    (elle,) = f.membres
    nuls = {"salaire_net", "prestations_familiales_base_ressources", "revenus_imposables_bruts"}
    for porteur in (elle, f):
        porteur.faits = [
            dataclasses.replace(x, valeur=0.0) if x.nature in nuls else x
            for x in porteur.faits
            if x.nature != "chomage_net"
        ]
    elle.faits = [dataclasses.replace(x, valeur="inactif") if x.nature == "activite" else x for x in elle.faits]


def _loger(tirage: np.random.Generator, f: FoyerSynthetique) -> None:
    """A rented dwelling, and the housing benefit that the complement of the AAH asks for."""
    aide = round(float(tirage.uniform(180, 320)), 2)
    dit = {"statut_occupation_logement": "locataire_hlm", "aide_logement": aide}
    f.faits = [dataclasses.replace(x, valeur=dit.get(x.nature, x.valeur)) for x in f.faits]
