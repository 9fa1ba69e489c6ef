"""A right of no country, small enough to check by hand: what the engine is tested on."""

import math

from limpide.droits.moteur import Droit, Motif, age_au, arrondi_centime, regle


@regle("Essai art. 1", depuis="2015-01-01", phrase="{resultat} enfant(s) de moins de vingt ans.")
def enfants(personnes, b, k):
    nombre = 0
    for p in personnes:
        if p.role == 2 and p.present[k] == 1 and age_au(p.date_naissance, b[k].debut_mois) < 20:
            nombre += 1
    return nombre


@regle("Essai art. 2", depuis="2015-01-01", jusque="2026-03-31", phrase="Part de {resultat:euros} par enfant.")
def part(personnes, b, k):
    return 100.0


@regle("Essai art. 2", depuis="2026-04-01", variante_de=part, phrase="Part de {resultat:euros} par enfant.")
def part_2026(personnes, b, k):
    return 110.005


@regle(
    "Essai art. 3",
    depuis="2015-01-01",
    phrase="Salaires du foyer : {resultat:euros}.",
    phrase_nulle="Aucun salaire.",
)
def salaires(personnes, k):
    total = 0.0
    for p in personnes:
        if p.sans_revenu_activite == 1:
            continue
        total += p.salaire_net[k]
    return total


@regle("Essai art. 4", depuis="2015-01-01", phrase="Montant : {resultat:euros}.")
def montant(foyer, personnes, b):
    nombre = enfants(personnes, b, 6)
    if nombre == 0:
        return 0.0
    ressources = salaires(personnes, 6)
    if math.isnan(ressources):
        return math.nan
    return arrondi_centime(max(nombre * part(personnes, b, 6) - ressources / 10.0, 0.0))


@regle("Essai art. 5", depuis="2015-01-01")
def motif(foyer, personnes, b, montant):
    if montant > 0.0:
        return Motif.OUVERT
    if enfants(personnes, b, 6) == 0:
        return Motif.NOMBRE_ENFANTS
    return Motif.RESSOURCES


@regle("Essai art. 6", depuis="2015-01-01")
def manque(foyer, personnes, b):
    for p in personnes:
        if math.isnan(p.salaire_net[6]):
            return 40
    return 0


@regle("Essai art. 7", depuis="2015-01-01")
def crds(foyer, personnes, b, montant):
    return arrondi_centime(montant * 0.005)


DROIT = Droit("essai", "Prestation d'essai", 1, montant, motif, manque, crds)
