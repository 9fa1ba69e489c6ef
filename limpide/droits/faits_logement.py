"""The facts that housing benefits read: the dwelling, its rent, and the income that they count."""
# ruff: noqa: E501 - one fact, one line

from .nature import NON_DECLARE, NON_DECLARE_ENFANT, Defaut, Nature, oui_non, prestation

ZONES = ("zone_1", "zone_2", "zone_3")
LIBELLES_ZONES = (
    "zone I (Paris et sa proche banlieue)",
    "zone II (reste de l'Île-de-France, grandes villes, Corse, outre-mer)",
    "zone III (ailleurs)",
)
FOYERS = ("residence_sociale", "jeunes_travailleurs", "personnes_agees_handicapees", "autre")
LIBELLES_FOYERS = (
    "une résidence sociale",
    "un foyer de jeunes travailleurs",
    "un foyer de personnes âgées ou handicapées",
    "un autre foyer",
)
CHAMBRES_CROUS = ("logement_rehabilite", "logement_non_rehabilite")
LIBELLES_CHAMBRES_CROUS = ("chambre rénovée", "chambre qui n'a pas été rénovée")
OPERATIONS = (
    "construction_acquisition_logement_neuf",
    "acquisition_amelioration",
    "acquisition_sans_amelioration_logement_existant",
    "amelioration",
    "agrandissement_amenagement",
)
LIBELLES_OPERATIONS = (
    "la construction ou l'achat d'un logement neuf",
    "l'achat d'un logement ancien et des travaux",
    "l'achat d'un logement ancien",
    "des travaux dans un logement déjà à vous",
    "un agrandissement, ou l'aménagement de locaux en logement",
)
CHARGES_LOGEMENT = ("partagee", "ici", "autre_parent")
LIBELLES_CHARGES_LOGEMENT = (
    "partagée entre les deux parents",
    "confiée à votre foyer d'un commun accord",
    "confiée à l'autre parent d'un commun accord",
)

RESSOURCES_LOGEMENT = (
    "logement_salaires",
    "logement_chomage",
    "logement_pensions",
    "logement_pensions_versees",
    "frais_reels",
)
"""Incomes and costs of a year that moves with the month, which only housing benefits read."""

IMPOSABLE = 1.03
"""Taxable income beside the net one: the part of the CSG and the CRDS that is not deducted, roughly."""


def glissant(code: int, nom: str, libelle: str, **plus: object) -> Nature:
    """What came in over twelve months, as the months of a quarter count it: it is told again for the next (R823-6)."""
    plus.setdefault("defaut_si_absent", NON_DECLARE)
    return Nature(nom, code, "personne", "euros", "etat", libelle, **plus)  # type: ignore[arg-type]


FAITS_LOGEMENT = (
    # What R822-3 counts: twelve months, from the 13th to the 2nd before the month; until 2020, year N-2.
    glissant(
        116, "logement_salaires", "Salaires imposables des douze mois que compte l'aide au logement",
        defaut_si_absent=NON_DECLARE_ENFANT,
    ),
    glissant(117, "logement_chomage", "Allocations de chômage imposables des mêmes douze mois"),
    glissant(118, "logement_pensions", "Pensions de retraite, d'invalidité et alimentaires reçues en un an"),
    glissant(119, "logement_pensions_versees", "Pensions alimentaires versées l'année précédente"),
    glissant(130, "frais_reels", "Frais professionnels réels de l'année précédente"),
    oui_non(131, "boursier", "Titulaire d'une bourse sur critères sociaux"),
    Nature(
        "charge_logement", 132, "personne", "enumeration", "etat",
        "En résidence alternée : charge de l'enfant pour l'aide au logement", CHARGES_LOGEMENT,
        defaut_si_absent=Defaut(0, "Sans parent désigné d'un commun accord, la charge est partagée (CCH L823-2)."),
        libelles_valeurs=LIBELLES_CHARGES_LOGEMENT,
    ),
    Nature("date_debut_chomage", 133, "personne", "date", "etat", "Début du chômage total"),
    oui_non(134, "jeunes_maries", "Mariés depuis moins de cinq ans", sujet="foyer"),
    Nature(
        "valeur_patrimoine", 135, "foyer", "euros", "annee",
        "Valeur du patrimoine, hors résidence principale et biens professionnels",
        defaut_si_absent=Defaut(
            0.0, "Un patrimoine de plus de 30 000 € se déclare ; sans déclaration, il est tenu pour moindre."
        ),
    ),
    Nature("loyer", 209, "foyer", "euros", "mois", "Loyer sans les charges (celui de juillet dernier, ou du premier mois)"),
    Nature(
        "zone_apl", 210, "foyer", "enumeration", "etat", "Zone de la commune pour l'aide au logement", ZONES,
        libelles_valeurs=LIBELLES_ZONES,
    ),
    Nature("logement_conventionne", 211, "foyer", "booleen", "etat", "Logement conventionné (le bail ou le propriétaire le dit)"),
    oui_non(212, "coloc", "Colocation", sujet="foyer"),
    oui_non(213, "logement_chambre", "Le logement est une chambre", sujet="foyer"),
    oui_non(
        214, "personne_agee_handicapee", "Personne âgée ou handicapée accueillie chez un particulier, contre paiement",
        sujet="foyer", sensible="sante",
    ),
    oui_non(
        215, "proprietaire_proche_famille", "Le logement appartient à un de vos parents, enfants ou petits-enfants, ou à vous",
        sujet="foyer",
    ),
    # Until then nothing is due (R823-10): the aid received before, from another Caf, stays what was declared.
    Nature("date_demande_logement", 218, "foyer", "date", "etat", "Demande d'aide au logement", sans_valeur="jamais"),
    prestation(216, "rsa", "Revenu de solidarité active reçu"),
    # A home loan, or a contract of location-accession; `loyer` is then its monthly payment, insurance included.
    Nature("aide_logement_date_pret", 240, "foyer", "date", "etat", "Date de signature du prêt du logement"),
    Nature(
        "aide_logement_est_pret_conventionne", 241, "foyer", "booleen", "etat",
        "Prêt conventionné ou prêt d'accession sociale (l'offre de prêt le dit)",
    ),
    Nature(
        "etat_logement", 242, "foyer", "enumeration", "etat", "Ce que le prêt du logement a payé", OPERATIONS,
        libelles_valeurs=LIBELLES_OPERATIONS,
    ),
    Nature("date_entree_logement", 243, "foyer", "date", "etat", "Date d'entrée dans le logement"),
    oui_non(
        244, "pret_decision_etat", "Outre-mer : décision favorable de l'État sur le financement, prise avant 2019",
        sujet="foyer",
    ),
    # A hostel; `loyer` is then what the manager certifies of the fee as rent and charges.
    Nature(
        "type_foyer", 245, "foyer", "enumeration", "etat", "Genre de foyer", FOYERS, libelles_valeurs=LIBELLES_FOYERS,
    ),
    Nature(
        "foyer_existant", 246, "foyer", "booleen", "etat",
        "Foyer qui existait avant sa convention, et conventionné sans travaux (le gestionnaire le sait)",
    ),
    oui_non(247, "logement_crous", "Logement géré par le Crous", sujet="foyer"),
    Nature(
        "etat_logement_foyer", 248, "foyer", "enumeration", "etat", "État de la chambre du Crous", CHAMBRES_CROUS,
        libelles_valeurs=LIBELLES_CHAMBRES_CROUS,
    ),
    oui_non(249, "inapte_travail", "Reconnu inapte au travail", sensible="sante"),
)  # fmt: skip
