"""Whom the explained differences on RSA and prime d'activité concern."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from limpide.droits.faits_handicap import FAITS_HANDICAP
from limpide.droits.faits_logement import FAITS_LOGEMENT
from limpide.droits.situation import NATURES

from .circonstances import Circonstances, M, Masque
from .passerelle import INDEPENDANTS

TRAVAIL = (
    *(n.nom for n in NATURES.values() if n.groupe in ("salaire", "activite")),
    "chomage_net",
    "allocation_securisation_professionnelle",
    "ass",
)
ARRET = (
    "indemnites_journalieres_maladie",
    "indemnites_journalieres_accident_travail",
    "indemnites_journalieres_maladie_professionnelle",
)
INTERRUPTIBLES_AUTREMENT = (
    "retraite_nette",
    "rente_accident_travail",
    "retraite_combattant",
    "allocation_securisation_professionnelle",
    *ARRET,
)
REMPLACEMENTS = ("chomage_net", "retraite_nette", "indemnites_journalieres_maladie")
D_AUTRES_DROITS = (*FAITS_HANDICAP, *FAITS_LOGEMENT)
REVENUS = tuple(
    n.nom
    for n in NATURES.values()
    if n.sujet == "personne" and n.type == "euros" and n.periodicite != "etat" and n not in D_AUTRES_DROITS
)
CONGES_EXCLUS = (1, 5, 6, 7)


def recu(c: Circonstances, noms: Iterable[str], mois: slice | None = None) -> Masque:
    """By person: one of these incomes is not nil in some reference month."""
    total = np.zeros(len(c.personnes))
    lus = c.reference if mois is None else mois
    for nom in noms:
        valeurs = c.personnes[nom]
        total += np.abs(valeurs if valeurs.ndim == 1 else valeurs[:, lus]).reshape(len(total), -1).sum(axis=1)
    return total > 0


def nombre_de_revenus(c: Circonstances, noms: Iterable[str]) -> np.ndarray:
    """By person: how many of these incomes are not nil somewhere in the window."""
    return np.asarray(sum(recu(c, (nom,), slice(None)).astype(int) for nom in noms))


def enfant_a_naitre(c: Circonstances) -> Masque:
    """A child not born yet in one of the months read."""
    return c.au_moins_un(c.enfant & (c.mois_civils(4) < 0))


def anniversaire_au_trimestre(c: Circonstances) -> Masque:
    """A child who turns 3 or 25 in a month read, or an adult who turns 18 or 25 this month."""
    enfant = np.zeros(len(c.personnes), bool)
    for recul in range(5):
        enfant |= np.isin(c.mois_civils(recul), (36, 300))
    adulte = ~c.enfant & np.isin(c.mois_civils(), (216, 300))
    return c.au_moins_un((c.enfant & enfant) | adulte)


def ages_moyens_au_trimestre(c: Circonstances) -> Masque:
    """Someone whose age, around a threshold, OpenFisca misses in a month it reads."""
    faux = np.zeros(len(c.personnes), bool)
    for recul in range(5):
        faux |= c.age_faux(recul) & np.isin(np.maximum(c.age_moyen(recul), c.age(recul)), (3, 18, 20, 25))
    return c.au_moins_un(faux)


def enfant_a_ressources(c: Circonstances) -> Masque:
    """A child, whatever the age, who has an income of any kind."""
    return c.au_moins_un(c.enfant & recu(c, REVENUS, slice(None)))


def residence_alternee(c: Circonstances) -> Masque:
    """A child in shared residence."""
    return c.au_moins_un(c.enfant & (c.personnes["garde_alternee"] == 1))


def etranger_sans_droit_acquis(c: Circonstances) -> Masque:
    """An adult, neither French nor protected, without five years (European: one year) of permit."""
    p = c.personnes
    duree = p["duree_possession_titre_sejour"]
    court = ((p["nationalite"] == 2) & (duree < 5)) | ((p["nationalite"] == 1) & (duree < 1))
    return c.au_moins_un(~c.enfant & court & (p["protection_internationale"] != 1))


def stagiaire_ou_etudiant_isole(c: Circonstances) -> Masque:
    """An adult on an internship, or a student who is alone with a child or pregnant."""
    p = c.personnes
    isole = ~c.couple & c.au_moins_un(c.enfant | (p["enceinte"] == 1))
    etudiant = ~c.enfant & (p["etudiant"] == 1)
    return c.au_moins_un(~c.enfant & (p["stagiaire"] == 1)) | (c.au_moins_un(etudiant) & isole)


def en_conge(c: Circonstances) -> Masque:
    """An adult on parental, sabbatical or unpaid leave, or « en disponibilité »."""
    return c.au_moins_un(~c.enfant & np.isin(c.personnes["type_conges"], CONGES_EXCLUS))


def jeune_travailleur_de_dix_huit_ans(c: Circonstances) -> Masque:
    """An adult of 18 who worked two years out of three."""
    jeune = c.personnes["rsa_jeune_condition_heures_travail_remplie"] == 1
    return c.au_moins_un(~c.enfant & jeune & (c.age() == 18))


def grossesse_avant_vingt_cinq_ans(c: Circonstances) -> Masque:
    """Nobody is 25 and no child is there, but one is expected."""
    majeur = c.au_moins_un(~c.enfant & (c.mois_civils() >= 300))
    enfant = c.au_moins_un(c.enfant & (c.mois_civils() >= 0) & (c.mois_civils() < 300))
    return c.au_moins_un(~c.enfant & (c.personnes["enceinte"] == 1)) & ~majeur & ~enfant


def plusieurs_revenus_interrompus(c: Circonstances) -> Masque:
    """An adult whose incomes stopped while having several of them, or one of a rarer kind."""
    p = c.personnes
    travail = (p["revenus_interrompus"] == 1) & (nombre_de_revenus(c, TRAVAIL) > 1)
    autres = (p["autres_ressources_interrompues"] == 1) & (nombre_de_revenus(c, REVENUS) > 1)
    arrete = (p["revenus_interrompus"] == 1) | (p["autres_ressources_interrompues"] == 1)
    rares = arrete & recu(c, INTERRUPTIBLES_AUTREMENT, slice(None))
    return c.au_moins_un(~c.enfant & (travail | autres | rares))


def ressource_remplacee(c: Circonstances) -> Masque:
    """An adult, one of whose incomes stops this month while a replacement income is paid."""
    p, mois = c.personnes, M
    arrete = np.zeros(len(p), bool)
    for nom in REVENUS:
        if p[nom].ndim == 2:
            arrete |= (p[nom][:, mois] == 0) & (p[nom][:, mois - 1] > 0)
    remplace = sum(p[nom][:, mois] for nom in (*REMPLACEMENTS, *ARRET)) > 0
    return c.au_moins_un(~c.enfant & arrete & remplace)


def autre_ressource_interrompue_autour_d_avril(c: Circonstances) -> Masque:
    """Another income stopped, and the lump sum changed between the last reference month and this one."""
    change = c.bareme[4].rsa_montant != c.bareme[6].rsa_montant
    return c.au_moins_un(~c.enfant & (c.personnes["autres_ressources_interrompues"] == 1)) & change


def ressources_ignorees_par_le_rsa(c: Circonstances) -> Masque:
    """An adult with a veteran's pension or a work accident pension."""
    return c.au_moins_un(~c.enfant & recu(c, ("retraite_combattant", "rente_accident_travail")))


def ressources_de_la_prime(c: Circonstances) -> Masque:
    """An adult with an income that only one of the two counts for the prime d'activité."""
    noms = (
        "retraite_combattant",
        "rente_accident_travail",
        "indemnites_volontariat",
        "allocation_securisation_professionnelle",
    )
    return c.au_moins_un(~c.enfant & recu(c, noms))


def indemnites_d_arret(c: Circonstances) -> Masque:
    """An adult who receives sick pay."""
    return c.au_moins_un(~c.enfant & recu(c, ARRET, slice(None)))


def premiers_mois_d_un_enfant(c: Circonstances) -> Masque:
    """The base allowance is received in the first months of a child."""
    jeune = np.zeros(len(c.personnes), bool)
    for recul in c.reculs:
        jeune |= (c.mois_civils(recul) >= 0) & (c.mois_civils(recul) <= 3)
    return c.au_moins_un(c.enfant & jeune) & (c.foyers["paje_base"][:, c.reference] > 0).any(axis=1)


def demandeur_mineur(c: Circonstances) -> Masque:
    """An adult of the household is under 18."""
    return c.au_moins_un(~c.enfant & (c.mois_civils() < 216))


def allocations_familiales_du_trimestre(c: Circonstances) -> Masque:
    """Family allowances differ in a reference month: a birth, a 16th or 20th birthday, overseas, short permit."""
    age = np.zeros(len(c.personnes), bool)
    for recul in c.reculs:
        civils = c.mois_civils(recul)
        paye = (c.personnes["rempli_obligation_scolaire"] != 1) | (c.gain > 0)
        age |= np.isin(civils, (0, 240)) | ((civils == 192) & paye) | (c.age_faux(recul) & (c.age(recul) > 14))
    dessus = np.zeros(len(c.foyers), bool)
    for k in range(c.reference.start, c.reference.stop):
        dessus |= c.au_dessus_du_plafond(c.nombre(c.a_charge), k)
    return c.au_moins_un(c.enfant & age) | (~c.residence("metropole") & dessus)


def soutien_familial_et_age(c: Circonstances) -> Masque:
    """ASF is received and a child leaves or enters its age in a month read."""
    age = c.mois_civils()
    change = (age < 7) | ((age >= 237) & (age < 246))
    return c.au_moins_un(c.enfant & change) & (c.foyers["asf"] > 0).any(axis=1)


def apprenant_et_aah(c: Circonstances) -> Masque:
    """An adult student, trainee or apprentice who works and receives the AAH in a reference month."""
    p = c.personnes
    apprenant = (p["etudiant"] == 1) | (p["stagiaire"] == 1) | (p["apprenti"] == 1)
    return c.au_moins_un(~c.enfant & apprenant & recu(c, ("aah",)) & recu(c, (*TRAVAIL, *INDEPENDANTS)))
