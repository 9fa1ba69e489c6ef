"""Situations that silence settles for the month, and that a claim asks once when nobody ever told them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Optional

from limpide.droits.faits import ACTIVITES, LOGEMENTS, NATIONALITES, SOUTIENS
from limpide.droits.faits_enfants import DECES_ENFANT
from limpide.droits.faits_garde import MODES_GARDE
from limpide.usagers.simulateur.periodes import age
from limpide.usagers.simulateur.precisions import AGE_DE_GROSSESSE
from limpide.usagers.simulateur.soutien import AVEC_PENSION

if TYPE_CHECKING:
    from limpide.usagers.demande.foyer_connu import FoyerConnu, MembreDuFoyer

AGE_DU_RSA = 25
AGE_DE_LA_PAJE = 3
AGE_DE_LA_PREPARE = 6
"""Triplets open the PreParE until six years (CSS D531-13 to D531-15); the law says no of the others."""
AGES_DE_GARDE = (6, 12)
"""Of a couple, of a parent alone (CSS D531-18-1)."""
AGE_DES_ETUDES = 30
"""Past it no rule of the housing benefit counts studies."""
AUTRE_NATIONALITE = NATIONALITES.index("autre")
CAPITAL_POSSIBLE = DECES_ENFANT.index("seize_a_vingt_quatre_ans")
LOUES = frozenset(LOGEMENTS.index(f"locataire_{genre}") for genre in ("hlm", "vide", "meuble"))
FOYER, ACCEDANT = LOGEMENTS.index("locataire_foyer"), LOGEMENTS.index("primo_accedant")
PENSIONS = frozenset(SOUTIENS.index(soutien) for soutien in AVEC_PENSION)
Condition = Callable[["FoyerConnu", Optional["MembreDuFoyer"]], bool]


def _toujours(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return True


@dataclass(frozen=True)
class AConfirmer:
    """One fact, of whom, and when it matters. `lu`: only if the law of the right read it for this household.

    `encore`: what the claim is about: asked even when it was told once, with what was told to correct.
    """

    fait: str
    de: Literal["foyer", "adulte", "enfant"]
    si: Condition = _toujours
    lu: bool = True
    encore: bool = False


def _ans(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> int:
    return 0 if membre is None else age(membre.naissance, f"{foyer.mois:%Y-%m}")


def _etranger(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "nationalite") == AUTRE_NATIONALITE


def _jeune_sans_enfant(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return not foyer.enfants and _ans(foyer, membre) < AGE_DU_RSA


def _parent_seul(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.enfants and not foyer.couple


def _peut_attendre(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return _ans(foyer, membre) < AGE_DE_GROSSESSE


def _pension_recue(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "soutien_autre_parent") in PENSIONS


def _sans_soutien(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "soutien_autre_parent") not in (None, SOUTIENS.index("apporte"))


def _recueilli(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "enfant_recueilli") == 1


def _attend(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "enceinte") == 1


def _un_enfant_attendu(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return any(_attend(foyer, m) for m in foyer.membres)


def _sans_enfant_de_la_paje(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    """Without a child under three, only an adoption opens the allocation de base."""
    return all(_ans(foyer, m) >= AGE_DE_LA_PAJE for m in foyer.membres if m.enfant)


def _aeeh(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "aeeh_accordee") == 1


def _complement(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return _aeeh(foyer, membre) and (foyer.valeur(membre, "aeeh_niveau_handicap") or 0) > 0


def _conge_pris(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    """Somebody told days of leave: the child whom it is for, and what it costs, matter."""
    return any((foyer.valeur(m, "ajpp_demi_journees") or 0) > 0 for m in foyer.membres if not m.enfant)


def _demandeur(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return membre is not None and membre.role == "demandeur"


def _perte_dite(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(None, "deces_enfant") is not None


def _capital_possible(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return _demandeur(foyer, membre) and foyer.valeur(None, "deces_enfant") == CAPITAL_POSSIBLE


def _un_petit(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    """Somebody for whom a parent may have stopped."""
    return any(m.enfant and _ans(foyer, m) < AGE_DE_LA_PREPARE for m in foyer.membres)


def _arrete(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return bool(foyer.valeur(membre, "prepare_choix"))


def _se_garde(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    """Of the age at which the care of a child may be helped: later for a parent alone."""
    return _ans(foyer, membre) <= AGES_DE_GARDE[0 if foyer.couple else 1]


def _quelqu_un_se_garde(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return any(m.enfant and _se_garde(foyer, m) for m in foyer.membres)


def _garde(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return bool(foyer.valeur(membre, "mode_garde"))


def _en_structure(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return (foyer.valeur(membre, "mode_garde") or 0) > MODES_GARDE.index("assistant_maternel")


def _garde_chez_soi(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return bool(foyer.valeur(None, "garde_domicile"))


def _travaille(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "activite") == ACTIVITES.index("actif")


def _chomeur(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "activite") == ACTIVITES.index("chomeur")


def _sans_travail(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "activite") in {ACTIVITES.index(a) for a in ("chomeur", "retraite", "inactif")}


def _peut_etudier(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return _ans(foyer, membre) < AGE_DES_ETUDES


def _etudiant(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "etudiant") == 1


def _loue(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(None, "statut_occupation_logement") in LOUES


def _en_foyer(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(None, "statut_occupation_logement") == FOYER


def _accedant(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(None, "statut_occupation_logement") == ACCEDANT


def _loue_ou_en_foyer(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return _loue(foyer, membre) or _en_foyer(foyer, membre)


def _paie_son_logement(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return _loue_ou_en_foyer(foyer, membre) or _accedant(foyer, membre)


def _paie_sans_zone(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return _paie_son_logement(foyer, membre) and foyer.zone is None


def _au_crous(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return _en_foyer(foyer, membre) and foyer.valeur(None, "logement_crous") == 1


def _handicap_dit(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    return foyer.valeur(membre, "aah_demandee") == 1


def _sans_taux_reconnu(foyer: "FoyerConnu", membre: Optional["MembreDuFoyer"]) -> bool:
    """Who already has a decision has nothing to tell again."""
    return not foyer.valeur(membre, "taux_incapacite")


SEJOUR = (
    AConfirmer("protection_internationale", "adulte", _etranger),
    AConfirmer("carte_resident", "adulte", _etranger),
)
DU_RSA = (
    *SEJOUR,
    AConfirmer("enceinte", "adulte", _peut_attendre),
    AConfirmer("etudiant", "adulte"),
    AConfirmer("type_conges", "adulte"),
    AConfirmer("rsa_isolement_recent", "foyer", _parent_seul),
    AConfirmer("rsa_jeune_condition_heures_travail_remplie", "adulte", _jeune_sans_enfant),
)
DE_L_ASF = (
    *SEJOUR,
    AConfirmer("soutien_autre_parent", "enfant", encore=True),
    AConfirmer("soutien_depuis", "enfant", _sans_soutien, lu=False, encore=True),
    AConfirmer("enfant_recueilli", "enfant"),
    AConfirmer("deux_parents_absents", "enfant", _recueilli, lu=False),
    AConfirmer("pensions_alimentaires_percues", "enfant", _pension_recue, lu=False, encore=True),
)
DE_LA_RENTREE = (
    *SEJOUR,
    AConfirmer("inscription_rentree", "enfant", encore=True),
    AConfirmer("cours_preparatoire_anticipe", "enfant", encore=True),
)
DE_LA_NAISSANCE = (
    *SEJOUR,
    AConfirmer("enceinte", "adulte", _peut_attendre, encore=True),
    AConfirmer("date_debut_grossesse", "adulte", _attend, lu=False, encore=True),
    AConfirmer("enfants_attendus", "adulte", _attend, lu=False, encore=True),
    # Looked at in a month that the law may not cover yet: asked now, not when it comes.
    AConfirmer("prestations_familiales_base_ressources", "foyer", _un_enfant_attendu, lu=False),
)
DE_L_AAH = (
    *SEJOUR,
    AConfirmer("aah_demandee", "adulte", _sans_taux_reconnu, lu=False, encore=True),
    *(
        AConfirmer(fait, "adulte", _handicap_dit, lu=False)
        for fait in (
            "activite", "sejour_en_etablissement", "pensions_invalidite", "retraite_nette",
            "aah_base_ressources_activite_milieu_protege",
        )
    ),
)  # fmt: skip
DE_L_ADOPTION = (*SEJOUR, AConfirmer("adoption", "enfant", encore=True))
DE_L_ALLOCATION_DE_BASE = (*SEJOUR, AConfirmer("adoption", "enfant", _sans_enfant_de_la_paje, encore=True))
DE_L_AEEH = (
    *SEJOUR,
    AConfirmer("aeeh_accordee", "enfant", lu=False, encore=True),
    *(
        AConfirmer(fait, "enfant", _aeeh, lu=False, encore=True)
        for fait in ("aeeh_date_demande", "taux_incapacite", "aeeh_accueil", "aeeh_niveau_handicap")
    ),
    AConfirmer("pch_au_lieu_du_complement", "enfant", _complement, lu=False, encore=True),
)
DE_L_AJPP = (
    *SEJOUR,
    AConfirmer("ajpp_demi_journees", "adulte", lu=False, encore=True),
    AConfirmer("ajpp_accord_medical", "enfant", _conge_pris, lu=False, encore=True),
    AConfirmer("ajpp_frais", "foyer", _conge_pris, lu=False, encore=True),
)
DE_L_AJPA = (*SEJOUR, AConfirmer("ajpa_demi_journees", "adulte", _demandeur, lu=False, encore=True))
DU_DECES_D_UN_ENFANT = (
    *SEJOUR,
    AConfirmer("deces_enfant", "foyer", lu=False, encore=True),
    AConfirmer("date_deces_enfant", "foyer", _perte_dite, lu=False, encore=True),
    AConfirmer("capital_deces", "adulte", _capital_possible, lu=False, encore=True),
)
DE_LA_PREPARE = (
    *SEJOUR,
    AConfirmer("prepare_choix", "adulte", _un_petit, encore=True),
    AConfirmer("prepare_depuis", "adulte", _arrete, lu=False, encore=True),
    AConfirmer("prepare_trimestres", "adulte", _arrete, lu=False, encore=True),
    AConfirmer("prepare_mois_indemnises", "adulte", _arrete, lu=False, encore=True),
)
DU_CMG = (
    *SEJOUR,
    AConfirmer("mode_garde", "enfant", _se_garde, lu=False, encore=True),
    AConfirmer("garde_domicile", "foyer", _quelqu_un_se_garde, lu=False, encore=True),
    AConfirmer("garde_heures", "enfant", _garde, lu=False, encore=True),
    AConfirmer("garde_cout", "enfant", _garde, lu=False, encore=True),
    AConfirmer("garde_horaires_specifiques", "enfant", _en_structure, lu=False, encore=True),
    AConfirmer("garde_domicile_heures", "foyer", _garde_chez_soi, lu=False, encore=True),
    AConfirmer("garde_domicile_cout", "foyer", _garde_chez_soi, lu=False, encore=True),
)
DU_LOGEMENT = (
    *SEJOUR,
    AConfirmer("date_entree_logement", "foyer", lu=False, encore=True),
    AConfirmer("statut_occupation_logement", "foyer", lu=False, encore=True),
    *(
        AConfirmer(fait, "foyer", condition, lu=False, encore=True)
        for fait, condition in (
            ("loyer", _paie_son_logement),
            ("logement_conventionne", _loue_ou_en_foyer),
            ("coloc", _loue),
            ("logement_chambre", _loue_ou_en_foyer),
            ("proprietaire_proche_famille", _loue),
            ("type_foyer", _en_foyer),
            ("foyer_existant", _en_foyer),
            ("logement_crous", _en_foyer),
            ("etat_logement_foyer", _au_crous),
            ("aide_logement_date_pret", _accedant),
            ("aide_logement_est_pret_conventionne", _accedant),
            ("etat_logement", _accedant),
            ("zone_apl", _paie_sans_zone),
        )
    ),
    AConfirmer("pret_decision_etat", "foyer", _accedant),
    AConfirmer("inapte_travail", "adulte", _en_foyer),
    AConfirmer("activite", "adulte", lu=False),
    AConfirmer("etudiant", "adulte", _peut_etudier, lu=False),
    AConfirmer("boursier", "adulte", _etudiant),
    AConfirmer("logement_chomage", "adulte", _chomeur, lu=False),
    AConfirmer("chomage_net", "adulte", _chomeur, lu=False),
    AConfirmer("logement_pensions", "adulte", _sans_travail, lu=False),
    AConfirmer("rpns_autres_revenus", "adulte", _travaille, lu=False),
    AConfirmer("jeunes_maries", "foyer"),
    AConfirmer("enceinte", "adulte", _peut_attendre),
    AConfirmer("charge_logement", "enfant"),
)  # fmt: skip
