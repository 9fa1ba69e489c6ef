"""What a Caf knows of a family beyond its incomes: support of the other parent, schooling, pregnancy, adoption.

Drawn apart: the households stay the same people whatever is told here. The benefits of before the first month that
the program calculates come as amounts received, of the size that the law gives, as a takeover brings them.
"""

import datetime as dt

import numpy as np

from limpide.monde.foyers import CALAGE, FaitSynthetique, FoyerSynthetique, Membre, mois_decale

TROISIEME_TIRAGE = 2
"""Third number of the seed of these draws."""
METROPOLE = "metropole"
MOIS_DE_LA_RENTREE = 8
AGE_DE_L_ATTESTATION, AGE_DE_CHARGE, AGE_DE_L_ECOLE = 15, 20, 3
AGES_DE_L_ADOPTION = (1, 10)
ENFANTS_DU_COMPLEMENT = 3
SEMAINES_A_LA_DECLARATION = (7, 14)


def raconter(graine: int, f: FoyerSynthetique, debut: dt.date, mois: dt.date) -> None:
    """Add the facts to the household, as known at the first day of `mois`; amounts received from `debut`."""
    tirage = np.random.default_rng((graine, f.rang, TROISIEME_TIRAGE))
    enfants = [m for m in f.membres if m.role == "enfant"]
    adultes = [m for m in f.membres if m.role != "enfant"]
    if len(adultes) > 1:
        revenus = [any(x.nature == "activite" and x.valeur == "actif" for x in m.faits) for m in adultes]
        f.faits.append(FaitSynthetique("biactivite", all(revenus), f.ouvert_le))
    elif enfants:
        _raconter_soutien(tirage, f, enfants, debut, mois)
    for enfant in enfants:
        _raconter_enfant(tirage, f, enfant, debut, mois)
    for adulte in adultes:
        _raconter_grossesse(tirage, adulte)
    _raconter_recues(f, enfants, debut, mois)


def _ans(membre: Membre, jour: dt.date) -> float:
    return (jour - membre.naissance).days / 365.25


def _raconter_soutien(
    tirage: np.random.Generator, f: FoyerSynthetique, enfants: list[Membre], debut: dt.date, mois: dt.date
) -> None:
    """Of a lone parent: the other parent supports the children, or the allowance is paid and the file says why."""
    parts = CALAGE["soutien"]
    percue = any(x.nature == "asf" for x in f.faits)
    if f.profil == "autres" and tirage.random() < parts["prives_de_soutien_autres"]:
        percue = True
    f.faits = [x for x in f.faits if x.nature != "asf"]
    raisons = parts["raisons"]
    raison = str(tirage.choice(list(raisons), p=list(raisons.values()))) if percue else "apporte"
    depuis = mois_decale(mois, -int(tirage.integers(15, 40)))
    prives = 0
    for enfant in enfants:
        privee = raison != "apporte" and enfant.garde_alternee_depuis is None
        de = max(f.ouvert_le, enfant.naissance)
        enfant.faits.append(FaitSynthetique("soutien_autre_parent", raison if privee else "apporte", de))
        if not privee:
            continue
        enfant.faits.append(FaitSynthetique("soutien_depuis", max(depuis, enfant.naissance), de))
        if raison == "pension_impayee":
            enfant.faits.append(FaitSynthetique("asf_date_demande", max(depuis, enfant.naissance), de))
        prives += _ans(enfant, mois) < AGE_DE_CHARGE and enfant.naissance < mois_decale(debut, -1)
    if prives:
        f.faits.append(FaitSynthetique("asf", round(CALAGE["asf"]["par_enfant"] * prives, 2), debut))


def _raconter_enfant(
    tirage: np.random.Generator, f: FoyerSynthetique, enfant: Membre, debut: dt.date, mois: dt.date
) -> None:
    parts = CALAGE["famille"]
    if enfant.garde_alternee_depuis:
        designe = bool(tirage.random() < parts["alternee_allocataire_unique"])
        enfant.faits.append(FaitSynthetique("allocataire_unique", designe, enfant.garde_alternee_depuis))
    ans = _ans(enfant, mois)
    if ans >= AGE_DE_L_ATTESTATION and tirage.random() < parts["certificat_recu"]:
        annee = mois.year if mois.month >= MOIS_DE_LA_RENTREE else mois.year - 1
        inscrit = bool(tirage.random() < parts["inscrit"])
        de = max(f.ouvert_le, min(debut, dt.date(annee, MOIS_DE_LA_RENTREE, 1)))
        enfant.faits.append(FaitSynthetique("inscription_rentree", inscrit, de))
    au_moins, au_plus = AGES_DE_L_ADOPTION
    if au_moins <= ans < au_plus and tirage.random() < parts["adopte"]:
        arrivee = max(enfant.naissance + dt.timedelta(days=180), mois_decale(mois, -int(tirage.integers(1, 36))))
        de = max(f.ouvert_le, arrivee)
        enfant.faits += [FaitSynthetique("adoption", True, de), FaitSynthetique("date_adoption", arrivee, de)]


def _raconter_grossesse(tirage: np.random.Generator, adulte: Membre) -> None:
    """Declared before the fourteenth week, with the day it began; twins now and then."""
    for declaree in [x for x in adulte.faits if x.nature == "enceinte"]:
        semaines = int(tirage.integers(*SEMAINES_A_LA_DECLARATION))
        commencee = declaree.debut - dt.timedelta(weeks=semaines)
        adulte.faits.append(FaitSynthetique("date_debut_grossesse", commencee, declaree.debut))
        if tirage.random() < CALAGE["famille"]["jumeaux"]:
            adulte.faits.append(FaitSynthetique("enfants_attendus", 2, declaree.debut))


def _raconter_recues(f: FoyerSynthetique, enfants: list[Membre], debut: dt.date, mois: dt.date) -> None:
    """Of a modest family: the allocation de base until three years, else the complément familial."""
    if f.profil == "autres":
        return
    seuls = [e for e in enfants if e.garde_alternee_depuis is None]
    fin = debut
    for enfant in sorted(seuls, key=lambda e: e.naissance):
        de = max(debut, fin, mois_decale(enfant.naissance, 1))
        fin = max(fin, min(mois, mois_decale(enfant.naissance, 12 * AGE_DE_L_ECOLE)))
        if de < fin:
            f.faits.append(FaitSynthetique("paje_base", CALAGE["famille"]["allocation_de_base"], de, fin))
    ages = [_ans(e, debut) for e in seuls]
    grands = sum(AGE_DE_L_ECOLE < age < AGE_DE_CHARGE for age in ages)
    if f.residence == METROPOLE and grands == len(enfants) >= ENFANTS_DU_COMPLEMENT:
        f.faits.append(FaitSynthetique("cf", CALAGE["famille"]["complement_familial"], debut, mois))
