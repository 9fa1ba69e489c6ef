"""OpenFisca-France's entities, and which of them each fact of our catalogue belongs to there."""

from typing import Any

from limpide.droits.faits import NATURES

INDIVIDUS, FAMILLES, FOYERS_FISCAUX, MENAGES = ENTITES = ("individus", "familles", "foyers_fiscaux", "menages")
CLES = {INDIVIDUS: "individu", FAMILLES: "famille", FOYERS_FISCAUX: "foyer_fiscal", MENAGES: "menage"}
ROLES = {
    FAMILLES: {"parents": ("parent", 2), "enfants": ("enfant", None)},
    FOYERS_FISCAUX: {"declarants": ("declarant", 2), "personnes_a_charge": ("personne_a_charge", None)},
    MENAGES: {
        "personne_de_reference": ("personne_de_reference", 1),
        "conjoint": ("conjoint", 1),
        "enfants": ("enfant", None),
        "autres": ("autre", None),
    },
}
DESCRIPTIONS = {
    INDIVIDUS: "Individu",
    FAMILLES: "Famille, au sens des prestations",
    FOYERS_FISCAUX: "Déclaration d'impôts (lue, sans effet : Limpide ne calcule pas l'impôt)",
    MENAGES: "Logement principal",
}
DU_MENAGE = frozenset(
    {
        "aide_logement_date_pret",
        "aide_logement_est_pret_conventionne",
        "coloc",
        "date_entree_logement",
        "etat_logement",
        "etat_logement_foyer",
        "foyer_existant",
        "logement_chambre",
        "logement_conventionne",
        "logement_crous",
        "loyer",
        "participation_frais",
        "personne_agee_handicapee",
        "pret_decision_etat",
        "residence",
        "statut_occupation_logement",
        "type_foyer",
        "zone_apl",
    }
)


def entite_du_fait(nom: str) -> str:
    """Plural name of the entity that holds this fact in OpenFisca-France."""
    if NATURES[nom].sujet == "personne":
        return INDIVIDUS
    return MENAGES if nom in DU_MENAGE else FAMILLES


def entites() -> dict[str, Any]:
    """What `/entities` answers."""
    return {CLES[pluriel]: _entite(pluriel) for pluriel in ENTITES}


def _entite(pluriel: str) -> dict[str, Any]:
    decrite: dict[str, Any] = {
        "plural": pluriel,
        "description": DESCRIPTIONS[pluriel],
        "documentation": DESCRIPTIONS[pluriel],
    }
    if pluriel in ROLES:
        decrite["roles"] = {
            cle: {"plural": None if cle == role else role, "description": role.replace("_", " ").capitalize()}
            | ({"max": n} if n else {})
            for role, (cle, n) in ROLES[pluriel].items()
        }
    return decrite
