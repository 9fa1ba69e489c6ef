"""Resources that reduce the allowance, in euros a month (CSS R821-4 to R821-4-4, R532-3, D821-9, D821-10).

Those of year N-2 for who has no ordinary employment; else those of the three months before the quarter of rights.
Yearly facts are net taxable incomes; monthly ones are brought down to it by the deduction of 10 %.
"""

import math
from typing import Any

from limpide.droits.aah import phrases
from limpide.droits.bases.foyer import mois_examen
from limpide.droits.bases.revenus import positif, profits
from limpide.droits.moteur import regle
from limpide.droits.moteur.primitive import primitive


@primitive
def premier_mois(foyer: Any) -> int:
    """Index of the first of the three months before the quarter of rights."""
    return mois_examen(foyer) - 3


@primitive
def travail_du_mois(p: Any, k: int) -> float:
    """Taxable pay of ordinary employment in month `k`; apprentices' and interns' is exempt (CGI 81 bis)."""
    total = p.salaire_net[k] + p.revenus_stage_formation_pro[k] + p.indemnites_chomage_partiel[k]
    total += p.bourse_recherche[k] + positif(p.rpns_auto_entrepreneur_benefice[k])
    return positif(total - p.aah_base_ressources_activite_milieu_protege[k])


@primitive
def remplacement_du_mois(p: Any, k: int) -> float:
    """Unemployment and daily allowances, taxed as wages, which are no income from work."""
    total = p.chomage_net[k] + p.allocation_securisation_professionnelle[k] + p.ass[k]
    total += p.indemnites_journalieres_maladie[k] + p.indemnites_journalieres_accident_travail[k]
    total += p.indemnites_journalieres_maladie_professionnelle[k] + p.indemnites_journalieres_maternite[k]
    return total + p.indemnites_journalieres_paternite[k] + p.indemnites_journalieres_adoption[k]


@primitive
def pensions_du_mois(p: Any, k: int) -> float:
    """Pensions taxed as such; work accident pensions, the veterans' and minima are exempt."""
    total = p.retraite_nette[k] + p.pensions_invalidite[k]
    return total + p.pensions_alimentaires_percues[k] + p.prestation_compensatoire[k]


@primitive
def placements_du_mois(p: Any, k: int) -> float:
    """Income from capital and rents, less the maintenance paid."""
    return p.revenus_capital[k] + p.revenus_locatifs[k] - p.pensions_alimentaires_versees_individu[k]


@primitive
def travail_possible(p: Any, debut: int, fin: int) -> bool:
    """Ordinary employment in one of these months, or profits in the year: known, or not known to be nil."""
    for k in range(debut, fin):
        if not travail_du_mois(p, k) <= 0.0:
            return True
    return not profits(p) <= 0.0


@primitive
def travail_certain(p: Any, debut: int, fin: int) -> bool:
    """Ordinary employment known in one of these months, or profits in the year."""
    for k in range(debut, fin):
        if travail_du_mois(p, k) > 0.0:
            return True
    return profits(p) > 0.0


@primitive
def par_trimestre(foyer: Any, p: Any) -> bool:
    """Ordinary employment in the quarter of reference, or a quarterly reckoning that still runs.

    What is unknown counts as employment: `reference_indecise` tells when that decides.
    """
    if p.aah_evaluation_trimestrielle == 1:
        return True
    debut = premier_mois(foyer)
    return travail_possible(p, debut, debut + 3)


@primitive
def rang_indecis(foyer: Any, p: Any) -> bool:
    """Nobody said which month of the quarter this is, and the quarter may count: any of the months before may be it."""
    if foyer.rang_trimestre >= 0:
        return False
    return p.aah_evaluation_trimestrielle != 0 or travail_possible(p, 1, 6)


@primitive
def reference_indecise(foyer: Any, p: Any) -> bool:
    """A fact is missing to tell whether year N-2 or the quarter counts, or which quarter."""
    if rang_indecis(foyer, p) or p.aah_evaluation_trimestrielle < 0:
        return True
    if p.aah_evaluation_trimestrielle == 1:
        return False
    debut = premier_mois(foyer)
    return travail_possible(p, debut, debut + 3) and not travail_certain(p, debut, debut + 3)


@primitive
def en_esat(p: Any) -> bool:
    """Works in an Esat in the month computed."""
    return p.aah_base_ressources_activite_milieu_protege[6] > 0.0


@primitive
def smic_mensuel(b: Any, k: int) -> float:
    """Gross minimum wage of a month."""
    return b[k].smic_horaire * b[k].aah_heures


@regle(
    "CSS D821-9",
    "CSS R821-4-4",
    depuis="2011-01-01",
    libelle="Revenus du travail qui ne comptent pas",
    phrase=phrases.dire_dispense,
    phrase_nulle="",
)
def travail_dispense(p: Any) -> int:
    """1: work begun or resumed less than six months ago; 2: stopped, and nothing replaces it; 0: it counts."""
    if p.aah_cumul_integral == 1:
        return 1
    return 2 if p.revenus_interrompus == 1 else 0


@regle(
    "CSS D821-9",
    depuis="2011-01-01",
    libelle="Revenus du travail retenus",
    phrase=phrases.dire_travail,
    phrase_nulle="",
)
def travail_retenu(p: Any, travail: float, smic: float, b: Any, k: int) -> float:
    """Euros a month: 20 % of what stays within 30 % of the minimum wage of the period's last day, 60 % of the rest."""
    if p.aah_cumul_integral == 1 or p.revenus_interrompus == 1:
        return 0.0
    revenu = travail * (100 - p.abattement_activite) / 100
    seuil = b[k].aah_seuil_activite * smic
    bas = min(revenu, seuil)
    return bas * (1.0 - b[k].aah_abattement_activite[0]) + (revenu - bas) * (1.0 - b[k].aah_abattement_activite[1])


@primitive
def abattement_esat(p: Any, b: Any, k: int) -> float:
    """Rate, by the share of the minimum wage that the Esat itself pays."""
    part = p.esat_part_etablissement / smic_mensuel(b, k)
    if math.isnan(part):
        return part
    if part <= b[k].aah_esat_seuils[0] or part > b[k].aah_esat_seuils[4]:
        return 0.0
    if part < b[k].aah_esat_seuils[1]:
        return b[k].aah_esat_abattements[0]
    if part < b[k].aah_esat_seuils[2]:
        return b[k].aah_esat_abattements[1]
    if part < b[k].aah_esat_seuils[3]:
        return b[k].aah_esat_abattements[2]
    return b[k].aah_esat_abattements[3]


@primitive
def remuneration_esat(p: Any, debut: int) -> float:
    """Euros a month: the pay of the whole period of reference, else the « aide au poste » in its place."""
    if debut < 0:
        if p.esat_remuneration_garantie_n2 <= 0.0:
            return p.esat_aide_au_poste
        return p.esat_remuneration_garantie_n2 / 12.0
    total = 0.0
    for k in range(debut, debut + 3):
        if p.aah_base_ressources_activite_milieu_protege[k] == 0.0:
            return p.esat_aide_au_poste
        total += p.aah_base_ressources_activite_milieu_protege[k]
    return total / 3.0


@regle(
    "CSS D821-10",
    depuis="2010-11-17",
    libelle="Rémunération d'Esat retenue",
    phrase=phrases.dire_esat,
    phrase_nulle="",
)
def esat_retenu(p: Any, debut: int, b: Any, k: int) -> float:
    """Euros a month, less the abatement of the Esat's share and the deduction of 10 %."""
    return remuneration_esat(p, debut) * (1.0 - abattement_esat(p, b, k)) * (1.0 - b[k].aah_frais)


@primitive
def autres_annuelles(p: Any, b: Any) -> float:
    """Euros a month: a twelfth of the pensions of year N-2 less 20 %, and of the rest."""
    return (p.aah_pensions_n2 * (1.0 - b[6].aah_abattement_pension) + p.aah_autres_revenus_n2) / 12.0


@primitive
def autres_du_trimestre(p: Any, debut: int, b: Any) -> float:
    """Euros a month: a third of three months, pensions less 10 then 20 %, replacement incomes less 10 %."""
    total = 0.0
    for k in range(debut, debut + 3):
        net = remplacement_du_mois(p, k) if p.revenus_interrompus != 1 else 0.0
        net += pensions_du_mois(p, k) * (1.0 - b[k].aah_abattement_pension)
        total += net * (1.0 - b[k].aah_frais) + placements_du_mois(p, k)
    return total / 3.0


@regle(
    "CSS R821-4",
    "CSS R821-4-1",
    "CSS R532-3",
    depuis="2010-11-17",
    libelle="Autres ressources retenues",
    phrase=phrases.dire_autres,
    phrase_nulle="",
)
def autres_retenues(p: Any, debut: int, b: Any) -> float:
    """Euros a month, of year N-2 (`debut` below zero) or of the quarter that begins there."""
    return autres_annuelles(p, b) if debut < 0 else autres_du_trimestre(p, debut, b)


@primitive
def travail_du_trimestre(p: Any, debut: int, b: Any) -> float:
    """Net taxable income from work, euros a month over the quarter of reference."""
    total = 0.0
    for k in range(debut, debut + 3):
        total += travail_du_mois(p, k) * (1.0 - b[k].aah_frais)
    return total / 3.0 + profits(p) / 12.0


@regle(
    "CSS R821-4",
    "CSS R821-4-1",
    "CSS R821-4-2",
    "CSS R821-4-4",
    depuis="2010-11-17",
    libelle="Ressources d'une personne",
    phrase=phrases.dire_ressources,
    phrase_nulle=phrases.dire_ressources,
)
def ressources_de(p: Any, foyer: Any, b: Any) -> float:
    """Euros a month, abatements done; never below zero; NaN if a fact is missing."""
    if reference_indecise(foyer, p) or math.isnan(p.aah_base_ressources_activite_milieu_protege[6]):
        return math.nan
    trimestre = par_trimestre(foyer, p)
    debut = premier_mois(foyer) if trimestre else -1
    fin = debut + 2 if trimestre else 6
    total = autres_retenues(p, debut, b)
    if en_esat(p) and not trimestre:
        return positif(total + esat_retenu(p, debut, b, fin))
    if en_esat(p):
        total += esat_retenu(p, debut, b, fin)
    travail = travail_du_trimestre(p, debut, b) if trimestre else p.aah_activite_n2 / 12.0
    if travail != 0.0:
        smic = smic_mensuel(b, fin) if trimestre else b[6].smic_horaire_n2 * b[6].aah_heures
        total += travail_retenu(p, travail, smic, b, fin)
    return positif(total)


@primitive
def revenus_bruts_du_conjoint(q: Any, debut: int, b: Any) -> float:
    """Net taxable incomes that bear the abatement (pay, replacement incomes, pensions), euros a month."""
    if debut < 0:
        return (q.aah_activite_n2 + q.aah_pensions_n2 + q.aah_autres_revenus_n2) / 12.0
    total = 0.0
    for k in range(debut, debut + 3):
        net = travail_du_mois(q, k) + q.aah_base_ressources_activite_milieu_protege[k]
        net += remplacement_du_mois(q, k) + pensions_du_mois(q, k)
        total += net * (1.0 - b[k].aah_frais) + placements_du_mois(q, k)
    return total / 3.0 + profits(q) / 12.0


@regle(
    "CSS R821-4",
    depuis="2010-11-17",
    jusque="2021-12-31",
    libelle="Revenus du conjoint retenus",
    phrase=phrases.dire_conjoint,
    phrase_nulle="Les revenus de votre couple ne comptent pas au-delà des vôtres.",
)
def conjoint_retenu(revenus: float, enfants: int, b: Any) -> float:
    """Euros a month: 80 % of the partner's incomes."""
    return positif(revenus) * (1.0 - b[6].aah_abattement_conjoint)


@regle(
    "CSS D821-8-1",
    depuis="2022-01-01",
    libelle="Revenus du conjoint retenus",
    phrase=phrases.dire_conjoint_forfait,
    phrase_nulle="Les revenus de l'autre membre du couple restent dans l'abattement : ils ne comptent pas.",
    variante_de=conjoint_retenu,
)
def conjoint_retenu_2022(revenus: float, enfants: int, b: Any) -> float:
    """Euros a month: what exceeds a twelfth of 5 000 euros and of 1 400 for each child in charge."""
    return positif(revenus - (b[6].aah_forfait_conjoint[0] + enfants * b[6].aah_forfait_conjoint[1]) / 12.0)
