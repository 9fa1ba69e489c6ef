"""One piece of the population: facts of households and persons, as columns of the catalogue.

A piece depends on (seed, rank, month) alone. Amounts are whole euros, as quarterly declarations are.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import lire_mois, parametres
from limpide.droits.faits import ACTIVITES, DATE_INCONNUE, INCONNU, LOGEMENTS, NATIONALITES, SOUTIENS
from limpide.droits.faits_logement import IMPOSABLE, ZONES
from limpide.droits.lot.colonnes import mensuelles
from limpide.droits.situation import CONJOINT, DEMANDEUR, ENFANT, MOIS_FENETRE

from .composition import AAH, AUTRES, CALAGE, JOURS_PAR_AN, MODESTES, REGIONS, TRES_FAIBLES, Composition, composer
from .enfance import decrire_l_enfance
from .rares import decrire_les_rares

Vecteur = npt.NDArray[Any]
Colonnes = dict[str, Vecteur]
FOYERS_PAR_MORCEAU = 65_536
TAUX_RECONNU, TAUX_RESTREINT = 80, 50
"""Rates of disability, in per cent: of those who receive the AAH or the AEEH, of those who do for want of work."""
RARES = 1
"""Names the second generator of a piece."""
ACTIF, CHOMEUR, ETUDIANT, RETRAITE, INACTIF = (ACTIVITES.index(nom) for nom in ACTIVITES)


@dataclass(frozen=True)
class Morceau:
    """Columns of the two files, in the codes of the law records."""

    composition: Composition
    foyers: Colonnes
    personnes: Colonnes


def tirer_morceau(graine: int, rang: int, nombre: int, mois: str) -> Morceau:
    """Draw piece number `rang`, of `nombre` households, for the month `mois`."""
    hasard = np.random.default_rng([graine, rang])
    composition = composer(nombre, hasard)
    reference = int(np.datetime64(mois, "D").astype(np.int64))
    personnes: Colonnes = {"role": composition.role}
    personnes["date_naissance"] = (reference - 1 - np.floor(composition.age * JOURS_PAR_AN)).astype(np.int32)
    revenus = _revenus(composition, mois, hasard)
    personnes |= _etats(composition, revenus["activite"], reference, hasard)
    personnes |= decrire_l_enfance(composition, revenus["activite"], reference, hasard)
    handicapes = personnes["aeeh_accordee"] == 1
    personnes["handicap"] |= handicapes
    personnes["taux_incapacite"][handicapes] = TAUX_RECONNU
    personnes |= _en_colonnes(revenus, hasard)
    personnes |= _de_l_annee(composition, revenus, reference, hasard)
    foyers: Colonnes = {"membres": composition.membres.astype(np.int16), "region": composition.region}
    foyers |= _foyers(composition, revenus, hasard)
    apart = np.random.default_rng([graine, rang, RARES])
    des_personnes, des_foyers = decrire_les_rares(composition, revenus["activite"], reference, apart)
    personnes |= des_personnes | _taux_reconnus(personnes, apart)
    foyers |= des_foyers
    foyers |= _heberges(composition, foyers, personnes["taux_incapacite"], apart)
    return Morceau(composition, foyers, personnes)


def _revenus(c: Composition, mois: str, hasard: np.random.Generator) -> Colonnes:
    """Activity and incomes of each person by level of resources: zero for children."""
    n, niveau = len(c.foyer), c.niveau[c.foyer]
    couple, avec_enfants = c.couple[c.foyer], c.enfants[c.foyer] > 0
    premier, second = c.role == DEMANDEUR, c.role == CONJOINT
    u, montant = hasard.random(n), hasard.uniform
    salaire = np.zeros(n)
    salaire = np.where((niveau == TRES_FAIBLES) & premier & (u < 0.15), montant(80, 380, n), salaire)
    haut = np.where(couple | avec_enfants, 1650, 1450)
    salaire = np.where((niveau == MODESTES) & premier, 850 + (haut - 850) * hasard.random(n), salaire)
    salaire = np.where((niveau == MODESTES) & second & (u < 0.45), montant(250, 900, n), salaire)
    plancher = np.where(avec_enfants, 2450, 2100)
    gros = np.clip(hasard.lognormal(7.95, 0.30, n), plancher, 9500)
    autre = np.clip(hasard.lognormal(7.75, 0.35, n), 1700, 9000)
    sans = (c.retraite | c.etudiant)[c.foyer]
    salaire = np.where((niveau == AUTRES) & premier & ~sans, gros, salaire)
    salaire = np.where(((niveau == AUTRES) | (niveau == AAH)) & second & (u < 0.82), autre, salaire)
    adulte = premier | second
    sans_emploi = np.where(hasard.random(n) < 0.6, CHOMEUR, INACTIF)
    activite = np.where(salaire > 0, ACTIF, sans_emploi)
    activite = np.where(premier & c.retraite[c.foyer], RETRAITE, activite)
    activite = np.where((premier & c.etudiant[c.foyer]) | ~adulte, ETUDIANT, activite)
    activite = np.where(premier & (niveau == AAH), INACTIF, activite)
    plein = parametres()["aah_montant"].en(lire_mois(mois)).valeur
    indemnise = adulte & (niveau == AUTRES) & (activite == CHOMEUR)
    return {
        "activite": activite.astype(np.int8),
        "salaire_net": np.round(salaire),
        "chomage_net": np.where(indemnise, np.round(montant(700, 1300, n)), 0),
        "retraite_nette": np.where(activite == RETRAITE, np.round(montant(900, 1700, n)), 0),
        "aah": np.where(premier & (niveau == AAH), plein, 0),
    }


def _taux_reconnus(personnes: Colonnes, hasard: np.random.Generator) -> Colonnes:
    """Of the adults who receive the AAH, those under 80 per cent have a restriction of access to work."""
    restreint = (personnes["handicap"] == 1) & (personnes["role"] != ENFANT)
    restreint &= hasard.random(len(restreint)) >= CALAGE["aah"]["part_au_taux_de_80"]
    return {
        "taux_incapacite": np.where(restreint, TAUX_RESTREINT, personnes["taux_incapacite"]).astype(np.int16),
        "aah_restriction_substantielle_durable_acces_emploi": restreint.astype(np.int8),
    }


def _heberges(c: Composition, foyers: Colonnes, taux: Vecteur, hasard: np.random.Generator) -> Colonnes:
    """Of those who receive the AAH at 80 per cent, some have no dwelling of their own: free housing, no rent."""
    au_taux = np.zeros(c.nombre, bool)
    au_taux[c.foyer[(c.role == DEMANDEUR) & (c.niveau[c.foyer] == AAH) & (taux == TAUX_RECONNU)]] = True
    heberges = au_taux & (hasard.random(c.nombre) < CALAGE["aah"]["part_hebergee"])
    loge = LOGEMENTS.index("loge_gratuitement")
    return {
        "statut_occupation_logement": np.where(heberges, loge, foyers["statut_occupation_logement"]).astype(np.int8),
        "loyer": np.where(heberges, 0.0, foyers["loyer"]),
    }


def _en_colonnes(revenus: Colonnes, hasard: np.random.Generator) -> Colonnes:
    """Wages of three persons in ten change once in the window; the other incomes are the same every month."""
    salaire = revenus["salaire_net"]
    n = len(salaire)
    change = hasard.random(n) < CALAGE["divers"]["salaire_changeant"]
    bascule = np.where(change, hasard.integers(1, MOIS_FENETRE, n), 0)
    avant = np.round(salaire * hasard.uniform(0.6, 1.15, n))
    colonnes: Colonnes = {nom: valeurs for nom, valeurs in revenus.items() if nom != "salaire_net"}
    for rang, nom in enumerate(mensuelles("salaire_net")):
        colonnes[nom] = np.where(rang < bascule, avant, salaire)
    return colonnes


def _de_l_annee(c: Composition, revenus: Colonnes, reference: int, hasard: np.random.Generator) -> Colonnes:
    """Yearly incomes that housing benefits and the AAH count: twelve months like these ones."""
    n = len(c.foyer)
    taux = (c.role == DEMANDEUR) & (c.niveau[c.foyer] == AAH)
    chomeur = revenus["activite"] == CHOMEUR
    nul = np.where(taux | (c.role == CONJOINT), 0.0, np.nan)
    etudiant = (revenus["activite"] == ETUDIANT) & (c.role != ENFANT)
    return {
        "logement_salaires": np.round(12 * IMPOSABLE * revenus["salaire_net"]),
        "logement_chomage": np.round(12 * IMPOSABLE * revenus["chomage_net"]),
        "logement_pensions": np.round(12 * IMPOSABLE * revenus["retraite_nette"]),
        "date_debut_chomage": np.where(chomeur, reference - hasard.integers(70, 900, n), DATE_INCONNUE).astype(
            np.int32
        ),
        "boursier": (etudiant & (hasard.random(n) < CALAGE["loyer"]["part_boursiers"])).astype(np.int8),
        "aah_activite_n2": np.where(taux | (c.role == CONJOINT), np.round(12 * 0.9 * revenus["salaire_net"]), np.nan),
        "aah_pensions_n2": nul,
        "aah_autres_revenus_n2": nul,
    }


def _etats(c: Composition, activite: Vecteur, reference: int, hasard: np.random.Generator) -> Colonnes:
    """What persons are, apart from money."""
    n, adulte, parts = len(c.foyer), c.role != ENFANT, CALAGE["divers"]
    etranger = adulte & (hasard.random(n) < parts["naissance_a_l_etranger"] * parts["part_de_nationalite_etrangere"])
    aah = (c.role == DEMANDEUR) & (c.niveau[c.foyer] == AAH)
    ecolier = ~adulte & (c.age >= 3)
    seul = ~c.couple[c.foyer]
    enceinte = adulte & (c.age < 45) & (hasard.random(n) < parts["enceintes"]) & (c.role == np.where(seul, 0, 1))
    debut = reference - hasard.integers(20, 260, n)
    soutien = _soutiens(c, hasard)
    sans = soutien != SOUTIENS.index("apporte")
    depuis = np.maximum(reference - hasard.integers(400, 2000, n), reference - (c.age * JOURS_PAR_AN).astype(np.int64))
    francaise, autre = NATIONALITES.index("francaise"), NATIONALITES.index("autre")
    return {
        "nationalite": np.where(etranger, autre, francaise).astype(np.int8),
        "duree_possession_titre_sejour": np.where(etranger, hasard.integers(2, 25, n), INCONNU).astype(np.int16),
        "etudiant": ((activite == ETUDIANT) & (c.age >= 16)).astype(np.int8),
        "enceinte": enceinte.astype(np.int8),
        "date_debut_grossesse": np.where(enceinte, debut, DATE_INCONNUE).astype(np.int32),
        "handicap": aah.astype(np.int8),
        "taux_incapacite": np.where(aah, TAUX_RECONNU, 0).astype(np.int16),
        "a_charge_de_ses_parents": (~adulte).astype(np.int8),
        "garde_alternee": (~adulte & (c.age >= 1) & (hasard.random(n) < parts["garde_alternee"])).astype(np.int8),
        "allocataire_unique": (~adulte & (hasard.random(n) < 0.5)).astype(np.int8),
        "inscription_rentree": ecolier.astype(np.int8),
        "soutien_autre_parent": soutien.astype(np.int8),
        "soutien_depuis": np.where(sans, depuis, DATE_INCONNUE).astype(np.int32),
        "asf_date_demande": np.where(sans, depuis, DATE_INCONNUE).astype(np.int32),
        "pension_en_cours_de_fixation": sans.astype(np.int8),
    }


def _soutiens(c: Composition, hasard: np.random.Generator) -> Vecteur:
    """All the children of a parent alone lack the same support, or none."""
    sans = ~c.couple & (c.enfants > 0) & (hasard.random(c.nombre) < CALAGE["soutien"]["part_sans_soutien"])
    causes = [SOUTIENS.index(nom) for nom in ("decede", "filiation_non_etablie", "hors_d_etat", "pension_impayee")]
    cause = hasard.choice(causes, c.nombre, p=[0.1, 0.3, 0.35, 0.25])
    concerne = (c.role == ENFANT) & sans[c.foyer]
    return np.where(concerne, cause[c.foyer], SOUTIENS.index("apporte"))


def _foyers(c: Composition, revenus: Colonnes, hasard: np.random.Generator) -> Colonnes:
    """Housing, yearly income, what the law asks of a household."""
    n, modeste = c.nombre, c.niveau != AUTRES
    logement = np.where(modeste, _logements("modeste", n, hasard), _logements("autre", n, hasard))
    logement = np.where(modeste & (c.enfants > 0), _logements("famille_modeste", n, hasard), logement)
    locataire = np.isin(logement, [LOGEMENTS.index(nom) for nom in LOGEMENTS if nom.startswith("locataire")])
    annuel = sum(revenus[nom] for nom in ("salaire_net", "chomage_net", "retraite_nette"))
    base = np.bincount(c.foyer, np.asarray(annuel), n) * 12 * 0.9 * hasard.uniform(0.85, 1.02, n)
    actifs = np.bincount(c.foyer, revenus["salaire_net"] > 0, n)
    isole = ~c.couple & (c.enfants > 0) & (hasard.random(n) < CALAGE["soutien"]["part_d_isolement_recent"])
    return {
        "residence": c.residence.astype(np.int8),
        "statut_occupation_logement": logement.astype(np.int8),
        "rsa_isolement_recent": isole.astype(np.int8),
        "biactivite": (c.couple & (actifs > 1)).astype(np.int8),
        "prestations_familiales_base_ressources": np.round(base),
        **_louer(c, logement, locataire, hasard),
    }


def _louer(c: Composition, logement: Vecteur, locataire: Vecteur, hasard: np.random.Generator) -> Colonnes:
    """Zone and rent of each household; no rent where it is not a tenant."""
    parts, n = CALAGE["loyer"], c.nombre
    ici = c.region == REGIONS.index("Île-de-France")
    zone = np.where(
        ici, hasard.choice(3, n, p=parts["zones_d_ile_de_france"]), hasard.choice(3, n, p=parts["zones_ailleurs"])
    )
    bas, haut = (np.array([parts[nom][i] for nom in ZONES])[zone] for i in (0, 1))
    hlm = logement == LOGEMENTS.index("locataire_hlm")
    loyer = (bas + (haut - bas) * hasard.random(n) + parts["par_personne"] * (c.membres - 1)) * np.where(
        hlm, parts["part_hlm"], 1.0
    )
    return {
        "zone_apl": zone.astype(np.int8),
        "loyer": np.where(locataire, np.round(loyer), 0.0),
        "logement_conventionne": (hlm | (hasard.random(n) < parts["part_conventionne"])).astype(np.int8),
    }


def _logements(niveau: str, n: int, hasard: np.random.Generator) -> Vecteur:
    parts = CALAGE["logement"][niveau]
    return hasard.choice([LOGEMENTS.index(nom) for nom in parts], n, p=list(parts.values()))
