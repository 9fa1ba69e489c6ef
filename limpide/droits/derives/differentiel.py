"""What the CMG's reform of September 2025 takes from families, given back for a time.

Law 2022-1616, art. 86, VII; décret 2025-515, art. 4, of which I and II were read. Called « complément transitoire » by
the Urssaf, which pays it: a figure here, for care like that of March to May 2025. Its end is that of the simulator that
the Urssaf published. Fixed once in September 2025: a later month reads what was fixed then, which is a fact.
"""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, mois_depuis
from limpide.droits.bases.mots import euros, pluriel, pour_cent
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.calendrier import annee_mois_jour
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_cmg.enfants import ASSISTANT, SALARIE, enfants_du_cmg
from limpide.droits.paje_cmg.garde import GARDE_AIDEE, garde_de_l_enfant, garde_du_domicile
from limpide.droits.paje_cmg.montants import ASSISTANT_MATERNEL, DOMICILE, aide_directe, plafond_du_cmg
from limpide.droits.paje_cmg.regles import paje_cmg_condition, paje_cmg_manque, total_direct

MOIS_DE_REFERENCE = 3
INSUFFISANT, SUFFISANT, A_VOIR = 0, 1, 2
"""Hours of the spring: too few, enough, or enough only if each child had a childminder of their own."""
AOUT = 5
"""Place of August in the window of September."""
FIXE, RECU, COUT, COUT_A_DOMICILE = (
    NATURES[nom].code for nom in ("cmg_differentiel", "cmg_2025", "garde_2025_cout", "garde_domicile_2025_cout")
)


def _dire_heures(a: Any, r: float) -> str:
    heures = sum(p.garde_2025_heures for p in a["personnes"] if p.role == ENFANT and p.garde_2025_heures > 0)
    chez_soi = max(int(a["foyer"].garde_domicile_2025_heures), 0)
    seuils = a["b"][6].cmg_differentiel_heures
    return (
        f"De mars à mai 2025, vous avez payé {pluriel(heures, 'heure')} d'assistant maternel et"
        f" {pluriel(chez_soi, 'heure')} chez vous. Il en fallait par mois, en moyenne, de {min(seuils):.0f} à"
        f" {max(seuils):.0f}, selon le nombre et l'âge des enfants et la garde."
    )


def _dire_nouveau(a: Any, r: float) -> str:
    return f"Aux règles de septembre 2025, la même garde aurait donné {euros(r)} par mois, après CRDS."


def _dire_reference(a: Any, r: float) -> str:
    recu = a["foyer"].cmg_2025
    return (
        f"Vous avez reçu {euros(recu)} pour les trois mois, soit {euros(recu / MOIS_DE_REFERENCE)} par mois : le"
        f" complément transitoire est la différence, {euros(r)}."
    )


def _dire_complement(a: Any, r: float) -> str:
    part = pour_cent(a["b"][6].cmg_differentiel_part)
    return (
        f"Pour une garde semblable à celle du printemps 2025, ce complément serait de {euros(r)} ce mois-ci, au plus :"
        f" avec le complément de libre choix du mode de garde, il ne dépasse pas {part} du salaire net versé."
    )


@primitive
def fin_du_complement(p: Any, b: Any) -> int:
    """Last month, written 202608, for which this child opens it; 0 if never: too old, born since, or three in 2025."""
    mois, fin = b[6].cmg_differentiel_mois, b[6].cmg_differentiel_fin
    if p.role != ENFANT or mois_depuis(p.date_naissance, int(mois[1])) < 0:
        return 0
    annee, mois_naissance, _ = annee_mois_jour(p.date_naissance)
    reforme = int(mois[2])
    if annee + fin[0] > reforme // 100:
        petit: int = (annee + int(fin[0])) * 100 + int(fin[1])
        return petit
    grand: int = (annee + int(fin[2])) * 100 + mois_naissance
    return grand if annee + fin[0] < reforme // 100 and grand >= reforme else 0


@primitive
def plus_de_trois_ans(p: Any, b: Any) -> bool:
    """Had three years before the month of the reform."""
    passes: int = mois_depuis(p.date_naissance, int(b[6].cmg_differentiel_mois[2]))
    grand: bool = passes > 12 * b[6].cmg_differentiel_fin[0]
    return grand


@primitive
def heures_de(personnes: Any, b: Any, grand: bool) -> int:
    """Hours with a childminder in the spring, of the children over three or of the others."""
    heures = 0
    for p in personnes:
        if p.role == ENFANT and p.garde_2025_heures > 0 and plus_de_trois_ans(p, b) == grand:
            heures += p.garde_2025_heures
    return heures


@primitive
def enfants_gardes(personnes: Any) -> int:
    """Children who were with a childminder in the spring."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and p.garde_2025_heures > 0:
            n += 1
    return n


@regle("Décret n° 2025-515, article 4", depuis="2019-01-01", libelle="Heures de garde du printemps 2025",
       phrase=_dire_heures)  # fmt: skip
def recours_suffisant(foyer: Any, personnes: Any, b: Any) -> int:
    """Enough hours a month on average: at home, with one child, with several."""
    seuil, mois = b[6].cmg_differentiel_heures, MOIS_DE_REFERENCE
    petits, grands = heures_de(personnes, b, False), heures_de(personnes, b, True)
    if foyer.garde_domicile_2025_heures >= mois * seuil[4]:
        return SUFFISANT
    chacun = petits >= mois * seuil[0] or grands >= mois * seuil[1]
    if enfants_gardes(personnes) < 2:
        return SUFFISANT if chacun else INSUFFISANT
    if petits + grands >= mois * (seuil[3] if grands > 0 else seuil[2]):
        return SUFFISANT
    return A_VOIR if chacun else INSUFFISANT


@regle("Décret n° 2025-515, article 4", "CSS D531-18", depuis="2019-01-01",
       libelle="CMG du printemps 2025 aux nouvelles règles", phrase=_dire_nouveau)  # fmt: skip
def cmg_aux_nouvelles_regles(foyer: Any, personnes: Any, b: Any) -> float:
    """Net euros a month: what the care of the spring would have given, with the income of September."""
    total = 0.0
    for p in personnes:
        if p.role == ENFANT and p.garde_2025_heures > 0:
            cout, heures = p.garde_2025_cout, p.garde_2025_heures
            total += aide_directe(ASSISTANT_MATERNEL, cout, heures, False, foyer, personnes, b, 6)
    if foyer.garde_domicile_2025_heures > 0:
        cout, heures = foyer.garde_domicile_2025_cout, foyer.garde_domicile_2025_heures
        total += aide_directe(DOMICILE, cout, heures, False, foyer, personnes, b, 6)
    return arrondi_centime(total * (1.0 - b[6].crds_taux) / MOIS_DE_REFERENCE)


@regle("Loi n° 2022-1616, article 86", "Décret n° 2025-515, article 4", depuis="2019-01-01",
       libelle="Différence avec le CMG du printemps 2025", phrase=_dire_reference,
       phrase_nulle="Les nouvelles règles ne vous donnent pas moins : il n'y a pas de complément.")  # fmt: skip
def difference_de_reference(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros a month between what was due and what the new rules would have given."""
    nouveau = cmg_aux_nouvelles_regles(foyer, personnes, b)
    recu: float = arrondi_centime(foyer.cmg_2025 / MOIS_DE_REFERENCE)
    difference: float = max(recu - nouveau, 0.0)
    return difference


@regle("Loi n° 2022-1616, article 86", "Décret n° 2025-515, article 4", depuis="2019-01-01",
       libelle="Complément transitoire du CMG", phrase=_dire_complement,
       phrase_nulle="Le complément transitoire n'ajoute rien ce mois-ci.")  # fmt: skip
def complement_differentiel(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros of the month at most: what was spent stands for the net wage, which it is not under."""
    fixe: float = foyer.cmg_differentiel
    if math.isnan(fixe):
        fixe = difference_de_reference(foyer, personnes, b)
    recu = total_direct(foyer, personnes, b, 6)
    recu -= tronque_centime(recu * b[6].crds_taux)
    limite = b[6].cmg_differentiel_part * depense_directe(foyer, personnes, b)
    return arrondi_centime(max(min(fixe, limite - recu), 0.0))


@primitive
def garde_directe(p: Any, foyer: Any, personnes: Any, b: Any) -> bool:
    """True if the child is looked after this month by somebody the family employs."""
    if p.role != ENFANT:
        return False
    if p.mode_garde == ASSISTANT and garde_de_l_enfant(p, personnes, b, 6) == GARDE_AIDEE:
        return True
    chez_soi: bool = foyer.garde_domicile == SALARIE and garde_du_domicile(foyer, personnes, b, 6) == GARDE_AIDEE
    return chez_soi


@primitive
def depense_directe(foyer: Any, personnes: Any, b: Any) -> float:
    """What is spent this month for the persons employed."""
    depense = 0.0
    for p in personnes:
        if p.mode_garde == ASSISTANT and garde_directe(p, foyer, personnes, b):
            depense += p.garde_cout
    if foyer.garde_domicile == SALARIE and garde_du_domicile(foyer, personnes, b, 6) == GARDE_AIDEE:
        depense += foyer.garde_domicile_cout
    return depense


@primitive
def enfants_qui_ouvrent(foyer: Any, personnes: Any, b: Any) -> int:
    """OUVERT, AGE if no child opens it any more, A_INSTRUIRE where one does and another no longer does."""
    ouvrent, finis = 0, 0
    for p in personnes:
        fin = fin_du_complement(p, b)
        if fin > 0 and garde_directe(p, foyer, personnes, b):
            ouvrent += 1 if fin >= b[6].mois else 0
            finis += 1 if fin < b[6].mois else 0
    if ouvrent == 0:
        return int(Motif.AGE)
    return A_INSTRUIRE if finis > 0 else OUVERT


@primitive
def fin_la_plus_tardive(foyer: Any, personnes: Any, b: Any) -> int:
    """Last month of the child who opens it the longest."""
    derniere = 0
    for p in personnes:
        if garde_directe(p, foyer, personnes, b):
            derniere = max(derniere, fin_du_complement(p, b))
    return derniere


@primitive
def condition_de_reference(foyer: Any, personnes: Any, b: Any) -> int:
    """What opens it in September 2025: the income of August, the hours of the spring, the same children."""
    if foyer.prestations_familiales_base_ressources > plafond_du_cmg(True, personnes, b, AOUT):
        return int(Motif.RESSOURCES)
    recours = recours_suffisant(foyer, personnes, b)
    if recours == INSUFFISANT:
        return int(Motif.SEUIL)
    # A child who came since the spring lowers the effort: no text read says which number counts.
    autres_enfants = enfants_du_cmg(personnes, b, 6) != enfants_du_cmg(personnes, b, 2)
    return A_INSTRUIRE if recours == A_VOIR or autres_enfants else OUVERT


@primitive
def differentiel_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why nothing is told of it, or OUVERT."""
    condition: int = paje_cmg_condition(foyer, personnes, b)
    if condition != OUVERT:
        return condition
    enfants = enfants_qui_ouvrent(foyer, personnes, b)
    if enfants != OUVERT or not math.isnan(foyer.cmg_differentiel):
        return enfants
    if differentiel_manque(foyer, personnes, b) != 0:
        return INCONNU
    return condition_de_reference(foyer, personnes, b)


@primitive
def differentiel_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact; 0 if none."""
    manque: int = paje_cmg_manque(foyer, personnes, b) if paje_cmg_condition(foyer, personnes, b) == INCONNU else 0
    if manque != 0 or not math.isnan(foyer.cmg_differentiel):
        return manque
    if b[6].mois > b[6].cmg_differentiel_mois[2]:
        return FIXE
    if math.isnan(foyer.cmg_2025):
        return RECU
    for p in personnes:
        if p.role == ENFANT and p.garde_2025_heures > 0 and math.isnan(p.garde_2025_cout):
            return COUT
    sans_cout = foyer.garde_domicile_2025_heures > 0 and math.isnan(foyer.garde_domicile_2025_cout)
    return COUT_A_DOMICILE if sans_cout else 0
