"""What a person of the household earned in one month, by kind (CASF R262-6 and on, CSS R844-1 to R844-5).

Amounts are net of social contributions (the « montant net social »), in euros; NaN when one is unknown.
The shortcuts of the record (`sans_…` = 1) skip a whole group that is known to be zero.
"""

from typing import Any

from limpide.droits.bases.charge import NAISSANCE_INCONNUE, mois_depuis
from limpide.droits.bases.mots import euros, mois, nombre
from limpide.droits.bases.sejour import residence_lointaine
from limpide.droits.moteur import regle
from limpide.droits.moteur.primitive import primitive


@primitive
def positif(montant: float) -> float:
    """A negative month counts for nothing (CASF R262-7 III, CSS R843-1 IV); unknown stays unknown."""
    return 0.0 if montant < 0.0 else montant


@primitive
def rien_recu(p: Any, k: int) -> bool:
    """Every monthly amount of the person is known to be zero in month `k`."""
    return (
        p.salaire_net[k] == 0.0
        and p.remuneration_apprenti[k] == 0.0
        and p.indemnites_stage[k] == 0.0
        and p.revenus_stage_formation_pro[k] == 0.0
        and p.indemnites_chomage_partiel[k] == 0.0
        and p.bourse_recherche[k] == 0.0
        and p.indemnites_volontariat[k] == 0.0
        and p.rpns_auto_entrepreneur_benefice[k] == 0.0
        and p.indemnites_journalieres_maternite[k] == 0.0
        and p.indemnites_journalieres_paternite[k] == 0.0
        and p.indemnites_journalieres_adoption[k] == 0.0
        and p.chomage_net[k] == 0.0
        and p.allocation_securisation_professionnelle[k] == 0.0
        and p.ass[k] == 0.0
        and p.retraite_nette[k] == 0.0
        and p.pensions_invalidite[k] == 0.0
        and p.indemnites_journalieres_maladie[k] == 0.0
        and p.indemnites_journalieres_accident_travail[k] == 0.0
        and p.indemnites_journalieres_maladie_professionnelle[k] == 0.0
        and p.rente_accident_travail[k] == 0.0
        and p.prime_forfaitaire_mensuelle_reprise_activite[k] == 0.0
        and p.pensions_alimentaires_percues[k] == 0.0
        and p.pensions_alimentaires_versees_individu[k] == 0.0
        and p.prestation_compensatoire[k] == 0.0
        and p.retraite_combattant[k] == 0.0
        and p.revenus_capital[k] == 0.0
        and p.revenus_locatifs[k] == 0.0
        and p.gains_exceptionnels[k] == 0.0
        and p.dedommagement_victime_amiante[k] == 0.0
        and p.asi[k] == 0.0
        and p.aspa_individu[k] == 0.0
        and p.aah[k] == 0.0
        and p.caah[k] == 0.0
        and p.epargne_revenus_non_imposables[k] == 0.0
        and p.livret_a[k] == 0.0
        and p.aah_base_ressources_activite_milieu_protege[k] == 0.0
    )


@primitive
def rien_recu_sur_la_fenetre(p: Any) -> bool:
    """The same over the seven months: what the shortcuts promise when they are set."""
    if p.sans_revenu_activite == 1 and p.sans_revenu_remplacement == 1 and p.sans_autre_revenu == 1:
        return True
    for k in range(7):
        if not rien_recu(p, k):
            return False
    return True


@primitive
def sans_ressource(p: Any) -> bool:
    """Known to have received nothing over the whole window, nor in the years that count."""
    return (
        rien_recu_sur_la_fenetre(p)
        and p.rpns_benefice_exploitant_agricole == 0.0
        and p.rpns_micro_entreprise_benefice == 0.0
        and p.rpns_autres_revenus == 0.0
        and p.valeur_locative_immo_non_loue == 0.0
        and p.valeur_locative_terrains_non_loues == 0.0
        and p.revenus_imposables_n2 == 0.0
    )


@primitive
def salaires(p: Any, k: int) -> float:
    """Wages and what stands for them in month `k`, maternity and paternity pay included."""
    if p.sans_autre_activite == 1:
        return p.salaire_net[k]
    return (
        p.salaire_net[k]
        + p.remuneration_apprenti[k]
        + p.revenus_stage_formation_pro[k]
        + p.indemnites_chomage_partiel[k]
        + p.bourse_recherche[k]
        + p.indemnites_volontariat[k]
        + positif(p.rpns_auto_entrepreneur_benefice[k])
        + p.indemnites_journalieres_maternite[k]
        + p.indemnites_journalieres_paternite[k]
        + p.indemnites_journalieres_adoption[k]
    )


@regle(
    "CASF R262-18",
    "CASF R262-19",
    "CSS R845-1",
    "CSS R845-2",
    depuis="2017-01-01",
    libelle="Revenus d'indépendant",
    phrase=lambda a, r: (
        f"{a.vos('derniers revenus annuels de travail indépendant')} comptent pour {euros(r)} par mois."
    ),
    phrase_nulle="Aucun revenu annuel d'indépendant n'est compté.",
)
def revenus_independant(p: Any) -> float:
    """A twelfth of the last known yearly profits; a loss counts for nothing."""
    return profits(p) / 12.0


@primitive
def profits(p: Any) -> float:
    """Yearly profits of every kind."""
    total = positif(p.rpns_benefice_exploitant_agricole) + positif(p.rpns_micro_entreprise_benefice)
    return total + positif(p.rpns_autres_revenus)


@primitive
def indemnites_maladie(p: Any, k: int) -> float:
    """Daily allowances for sickness, work accident and occupational disease in month `k`."""
    if p.sans_revenu_remplacement == 1:
        return 0.0
    return (
        p.indemnites_journalieres_maladie[k]
        + p.indemnites_journalieres_accident_travail[k]
        + p.indemnites_journalieres_maladie_professionnelle[k]
    )


@regle(
    "CSS R844-1",
    "CSS R844-2",
    depuis="2016-01-01",
    libelle="Indemnités journalières comptées comme revenu du travail",
    phrase=lambda a, r: (
        f"En {mois(a['b'], a['k'])}, {euros(r)} d'indemnités journalières comptent comme revenu du travail,"
        f" dans les {nombre(a['b'][a['k']].ppa_duree_indemnites)} mois après l'arrêt."
    ),
    phrase_nulle="",
)
def indemnites_maladie_activite(p: Any, b: Any, k: int) -> float:
    """Work income during three months from the beginning of the sick leave; NaN if that date is unknown."""
    indemnites = indemnites_maladie(p, k)
    if indemnites == 0.0:
        return 0.0
    if p.date_arret_de_travail == NAISSANCE_INCONNUE:
        return float("nan")
    if mois_depuis(p.date_arret_de_travail, b[k].mois) < b[k].ppa_duree_indemnites:
        return indemnites
    return 0.0


@primitive
def chomage(p: Any, k: int) -> float:
    """Unemployment benefits in month `k`: insurance, secured transition, specific solidarity."""
    if p.sans_revenu_remplacement == 1:
        return 0.0
    return p.chomage_net[k] + p.allocation_securisation_professionnelle[k] + p.ass[k]


@primitive
def pensions(p: Any, k: int) -> float:
    """Old age, disability and work accident pensions, lump sum for going back to work, in month `k`."""
    if p.sans_revenu_remplacement == 1:
        return 0.0
    return (
        p.retraite_nette[k]
        + p.pensions_invalidite[k]
        + p.rente_accident_travail[k]
        + p.prime_forfaitaire_mensuelle_reprise_activite[k]
    )


@primitive
def pensions_alimentaires(p: Any, k: int) -> float:
    """Maintenance received and compensatory allowance in month `k`."""
    if p.sans_autre_revenu == 1:
        return 0.0
    return p.pensions_alimentaires_percues[k] + p.prestation_compensatoire[k]


@primitive
def minima_sociaux(p: Any, k: int) -> float:
    """Old-age minimum and disability supplement in month `k` (the disabled adults' allowance is apart)."""
    if p.sans_autre_revenu == 1:
        return 0.0
    return p.asi[k] + p.aspa_individu[k] + p.caah[k]


@primitive
def allocation_adulte_handicape(p: Any, k: int) -> float:
    """The disabled adults' allowance in month `k`."""
    if p.sans_autre_revenu == 1:
        return 0.0
    return p.aah[k]


@regle(
    "CSS R844-4",
    "CASF R262-10-1",
    depuis="2016-01-01",
    libelle="Allocation de soutien familial retenue",
    phrase=lambda a, r: f"L'allocation de soutien familial compte pour {euros(r)} en {mois(a['b'], a['k'])}.",
    phrase_nulle="Aucune allocation de soutien familial n'est retenue.",
)
def soutien_familial_retenu(foyer: Any, b: Any, k: int) -> float:
    """At most 22.5 % of the monthly base per child it is paid for; their number is read from the amount."""
    recu = foyer.asf[k]
    if recu == 0.0:
        return 0.0
    par_enfant = b[k].asf_taux * b[k].bmaf
    enfants = 1.0
    while enfants * par_enfant < recu - 0.5:
        enfants += 1.0
    retenu = enfants * b[k].asf_retenue_taux * b[k].bmaf
    return retenu if recu > retenu else recu


@regle(
    "CSS R844-4",
    "CASF R262-10-1",
    depuis="2016-01-01",
    libelle="Complément familial retenu",
    phrase=lambda a, r: f"Le complément familial compte pour {euros(r)} en {mois(a['b'], a['k'])}.",
    phrase_nulle="Aucun complément familial n'est retenu.",
)
def complement_familial_retenu(foyer: Any, b: Any, k: int) -> float:
    """At most the ordinary supplement: the increase of the poorest families is left to them."""
    taux = b[k].cf_retenu_outremer_taux if residence_lointaine(foyer) else b[k].cf_retenu_taux
    plafond = taux * b[k].bmaf
    return plafond if foyer.cf[k] > plafond else foyer.cf[k]
