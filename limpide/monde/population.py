"""Fictitious households: drawn one by one from a seed, calibrated on `calage.toml`, told as dated facts.

A household depends only on (seed, rank, reference month): the same three numbers give the same family on
every machine, and a world can be extended without changing the families already there.
"""

import datetime as dt
import itertools

import numpy as np

from limpide.monde import enfance, famille, garde, handicap, logement, noms, numeros
from limpide.monde.foyers import CALAGE, FaitSynthetique, FoyerSynthetique, Membre, mois_decale

CAF = (
    ("751", "Caf de Paris", "75", "metropole"),
    ("591", "Caf du Nord", "59", "metropole"),
    ("691", "Caf du Rhône", "69", "metropole"),
    ("441", "Caf de la Loire-Atlantique", "44", "metropole"),
    ("974", "Caf de La Réunion", "974", "la_reunion"),
)
"""(code, name, département, place of residence of its households)."""

POIDS_CAF = (0.24, 0.26, 0.22, 0.18, 0.10)
MOIS_D_HISTOIRE = 11
ABATTEMENT = 0.1
"""Of wages and pensions, for the income before it."""
"""Monthly facts are told over this many months before the reference month: the law looks six months back,
and the demonstration corrects the past."""


def foyer(graine: int, rang: int, mois: dt.date) -> FoyerSynthetique:
    """Draw household number `rang` of the world `graine`, as known at the first day of `mois`."""
    tirage = np.random.default_rng((graine, rang))
    i_caf = int(tirage.choice(len(CAF), p=POIDS_CAF))
    composition = _choisir(tirage, {k: v for k, v in CALAGE["composition"].items() if k != "source"})
    parts = CALAGE["ressources"][composition]
    u = tirage.random()
    profil = (
        "tres_faibles"
        if u < parts["tres_faibles"]
        else "modestes"
        if u < parts["tres_faibles"] + parts["modestes"]
        else "autres"
    )
    membres = _membres(tirage, rang, composition, mois)
    ouvert = mois_decale(mois, -int(tirage.integers(13, 90)))
    debut = mois_decale(mois, -MOIS_D_HISTOIRE)
    f = FoyerSynthetique(rang, CAF[i_caf][0], CAF[i_caf][3], numeros.iban(rang), ouvert, membres, [], profil)
    _raconter_revenus(tirage, f, composition, debut, mois)
    _raconter_foyer(tirage, f, debut, mois)
    _raconter_sante(tirage, f, debut, mois)
    famille.raconter(graine, f, debut, mois)
    enfance.raconter(graine, f, debut, mois)
    handicap.raconter(graine, f, debut, mois)
    logement.raconter(graine, f, debut)
    garde.raconter(graine, f, debut, mois)
    return f


def _choisir(tirage: np.random.Generator, parts: dict[str, float]) -> str:
    poids = np.array(list(parts.values()))
    return list(parts)[int(tirage.choice(len(poids), p=poids / poids.sum()))]


def _naissance(tirage: np.random.Generator, mois: dt.date, age_min: float, age_max: float) -> dt.date:
    return mois - dt.timedelta(days=int(tirage.uniform(age_min, age_max) * 365.25) + 1)


def _membres(tirage: np.random.Generator, rang: int, composition: str, mois: dt.date) -> list[Membre]:
    """Adults first, then children from the eldest; ages follow from one another."""
    n_enfants = 0
    if composition in CALAGE["enfants"]:
        parts = CALAGE["enfants"][composition]
        n_enfants = 1 + int(tirage.choice(len(parts), p=parts))
    en_couple = composition.startswith("couple")
    patronyme = noms.nom(tirage)
    ages_enfants = sorted(tirage.uniform(0, 19.9, n_enfants), reverse=True)
    if n_enfants:
        age = max(ages_enfants[0] + tirage.uniform(20, 34), 20.5)
    elif composition == "seul_sans_enfant":
        age = tirage.uniform(20, 63) if tirage.random() < 0.8 else tirage.uniform(18.5, 25)
    else:
        age = tirage.uniform(23, 62)
    adultes = [("demandeur", age)] + ([("conjoint", max(age + tirage.normal(0, 3), 19))] if en_couple else [])
    membres = []
    for i, (role, a) in enumerate([*adultes, *(("enfant", float(a)) for a in ages_enfants)]):
        ne_le = _naissance(tirage, mois, a, a + 0.02)
        membres.append(
            Membre(
                role=role,
                nom=patronyme if role != "conjoint" or tirage.random() < 0.5 else noms.nom(tirage),
                prenom=noms.prenom(tirage),
                naissance=ne_le,
                nir=numeros.nir(ne_le, rang * 8 + i),
                nee_a_l_etranger=bool(role != "enfant" and tirage.random() < CALAGE["naissance"]["etranger"]),
            )
        )
    return membres


def _salaires(tirage: np.random.Generator, profil: str, composition: str) -> list[float]:
    """Monthly net wages of the adults (0: no wage), by income group."""
    couple = composition.startswith("couple")
    enfants = composition in CALAGE["enfants"]
    if profil == "tres_faibles":
        return [float(tirage.uniform(80, 380)) if tirage.random() < 0.15 else 0.0, 0.0][: 1 + couple]
    if profil == "modestes":
        haut = 1450 if not couple and not enfants else 1650
        premier = float(tirage.uniform(850, haut))
        second = float(tirage.uniform(250, 900)) if couple and tirage.random() < 0.45 else 0.0
        return [premier, second][: 1 + couple]
    plancher = 2700 if enfants else 2100
    premier = float(np.clip(tirage.lognormal(7.95, 0.30), plancher, 9500))
    second = float(np.clip(tirage.lognormal(7.75, 0.35), 1700, 9000)) if tirage.random() < 0.9 else 0.0
    return [premier, second][: 1 + couple]


def _raconter_revenus(
    tirage: np.random.Generator, f: FoyerSynthetique, composition: str, debut: dt.date, mois: dt.date
) -> None:
    """Activity and monthly incomes of the adults, declared until the month before the reference month."""
    salaires = _salaires(tirage, f.profil, composition)
    retraite = f.profil == "autres" and composition == "seul_sans_enfant" and tirage.random() < 0.35
    if retraite:
        salaires[0] = 0.0
        pension = round(float(tirage.uniform(900, 1700)), 2)
        f.membres[0].faits.append(FaitSynthetique("retraite_nette", pension, debut, mois))
    adultes = [m for m in f.membres if m.role != "enfant"]
    for membre, salaire in zip(adultes, salaires, strict=True):
        sans_emploi = "retraite" if retraite else str(tirage.choice(["chomeur", "inactif"], p=[0.6, 0.4]))
        activite = "actif" if salaire else sans_emploi
        membre.faits.append(FaitSynthetique("activite", activite, f.ouvert_le))
        membre.faits += _mois_par_mois(tirage, "salaire_net", salaire, debut, mois)
        if activite == "chomeur" and f.profil == "autres":
            indemnite = round(float(tirage.uniform(700, 1300)), 2)
            membre.faits.append(FaitSynthetique("chomage_net", indemnite, debut, mois))
        membre.faits += _nationalite(tirage, membre, f.ouvert_le)
    annuel = round(sum(salaires) * 12 * float(tirage.uniform(0.85, 1.02)) + (14_000 if retraite else 0))
    for annee in sorted({debut.year - 2, mois.year - 2}):
        f.faits.append(
            FaitSynthetique(
                "prestations_familiales_base_ressources",
                float(annuel),
                dt.date(annee, 1, 1),
                dt.date(annee + 1, 1, 1),
            )
        )
        avant = float(round(annuel / (1 - ABATTEMENT)))
        f.faits.append(
            FaitSynthetique("revenus_imposables_bruts", avant, dt.date(annee, 1, 1), dt.date(annee + 1, 1, 1))
        )


def _nationalite(tirage: np.random.Generator, membre: Membre, depuis: dt.date) -> list[FaitSynthetique]:
    if not (membre.nee_a_l_etranger and tirage.random() < 0.5):
        return [FaitSynthetique("nationalite", "francaise", depuis)]
    return [
        FaitSynthetique("nationalite", "autre", depuis),
        FaitSynthetique("duree_possession_titre_sejour", int(tirage.integers(2, 25)), depuis),
    ]


def _mois_par_mois(
    tirage: np.random.Generator, nature: str, montant: float, debut: dt.date, fin: dt.date
) -> list[FaitSynthetique]:
    """One declaration a quarter; three wages in ten change once in the year, as real wages do."""
    bascule, avant = debut, montant
    if montant and tirage.random() < 0.3:
        bascule = mois_decale(debut, int(tirage.integers(3, MOIS_D_HISTOIRE - 1)))
        avant = montant * float(tirage.uniform(0.6, 1.15))
    bornes = sorted({bascule, fin, *(mois_decale(debut, i) for i in range(0, MOIS_D_HISTOIRE, 3))})
    return [
        FaitSynthetique(nature, round(avant if de < bascule else montant, 2), de, a)
        for de, a in itertools.pairwise(bornes)
    ]


def _raconter_foyer(tirage: np.random.Generator, f: FoyerSynthetique, debut: dt.date, mois: dt.date) -> None:
    """Housing, residence, isolation, children's own circumstances."""
    pauvre = f.profil != "autres"
    logements = [
        "locataire_hlm",
        "locataire_vide",
        "locataire_meuble",
        "proprietaire",
        "primo_accedant",
        "loge_gratuitement",
    ]
    poids = [0.42, 0.30, 0.06, 0.06, 0.06, 0.10] if pauvre else [0.15, 0.30, 0.05, 0.20, 0.28, 0.02]
    logement = str(tirage.choice(logements, p=poids))
    aide = round(float(tirage.uniform(150, 380)), 2) if pauvre and logement.startswith("locataire") else 0.0
    f.faits += [
        FaitSynthetique("residence", f.residence, f.ouvert_le),
        FaitSynthetique("statut_occupation_logement", logement, f.ouvert_le),
        FaitSynthetique("aide_logement", aide, debut),
    ]
    enfants = [m for m in f.membres if m.role == "enfant"]
    seul = not any(m.role == "conjoint" for m in f.membres)
    if enfants and seul and pauvre:
        jeune = max(e.naissance for e in enfants) > mois_decale(mois, -36)
        if not jeune and tirage.random() < 0.25:
            f.faits.append(FaitSynthetique("rsa_isolement_recent", True, mois_decale(mois, -10)))
        if tirage.random() < 0.55:
            f.faits.append(FaitSynthetique("asf", round(CALAGE["asf"]["par_enfant"] * len(enfants), 2), debut))
    for enfant in enfants:
        if tirage.random() < CALAGE["garde_alternee"]["part_des_enfants"] and enfant.naissance < debut:
            enfant.garde_alternee_depuis = debut
        if enfant.naissance < mois_decale(mois, -16 * 12):
            enfant.faits.append(FaitSynthetique("activite", "etudiant", max(f.ouvert_le, enfant.naissance)))
            enfant.faits.append(FaitSynthetique("etudiant", True, max(f.ouvert_le, enfant.naissance)))


def _raconter_sante(tirage: np.random.Generator, f: FoyerSynthetique, debut: dt.date, mois: dt.date) -> None:
    """A few pregnancies and invalidity pensions. Drawn last: the rest of the household does not depend on them."""
    parts = CALAGE["sante"]
    bebe = any(m.naissance > mois_decale(mois, -12) for m in f.membres)
    for membre in (m for m in f.membres if m.role != "enfant"):
        age = (mois - membre.naissance).days / 365.25
        femme = membre.prenom in noms.PRENOMS_DE_FEMMES
        if femme and not bebe and 18 <= age < 45 and tirage.random() < parts["enceinte"]:
            membre.faits.append(FaitSynthetique("enceinte", True, mois_decale(mois, -int(tirage.integers(1, 6)))))
        sans_emploi = any(x.nature == "activite" and x.valeur in {"chomeur", "inactif"} for x in membre.faits)
        if sans_emploi and 25 <= age < 62 and tirage.random() < parts["pension_invalidite"]:
            pension = round(float(tirage.uniform(350, 950)), 2)
            membre.faits.append(FaitSynthetique("pensions_invalidite", pension, debut, mois))
