"""The catalogue of the facts the law reads: one line per fact, from which everything else is derived.

A line gives the field of the law record (dtype), the code under which the fact is stored, its French label, its
possible values, and what holds when nobody said anything. Adding an input of a new right is adding a line here:
no migration, no other code. Names are OpenFisca-France's variable names when it has one.

Unknown is never zero: money is NaN, flags, integers and enumerations are -1, dates are `DATE_INCONNUE`.
A default exists only where the law or the declaration form makes silence mean something; it carries its reason.
Codes are stored in the database: never reuse or renumber one. What a fact is made of is in `nature`; facts of a domain
may have their own file (`faits_*.py`), joined at the end of the catalogue here.
"""
# ruff: noqa: E501 - one fact, one line

from .faits_enfants import FAITS_ENFANTS
from .faits_garde import FAITS_GARDE
from .faits_handicap import FAITS_HANDICAP
from .faits_logement import FAITS_LOGEMENT
from .nature import (
    DATE_INCONNUE,
    INCONNU,
    MOIS_FENETRE,
    NON_DECLARE,
    NON_DECLARE_ENFANT,
    NON_PERCU,
    NON_SIGNALE,
    ROLES,
    Defaut,
    Groupe,
    Nature,
    Periodicite,
    Sensibilite,
    Sujet,
    Type,
)
from .nature import annuel as _annuel
from .nature import oui_non as _oui_non
from .nature import prestation as _prestation
from .nature import revenu as _revenu

__all__ = [
    "ACTIVITES", "CONGES", "DATE_INCONNUE", "INCONNU", "MOIS_FENETRE", "NATURES", "NATURES_PAR_CODE", "NON_DECLARE",
    "NON_DECLARE_ENFANT", "NON_PERCU", "NON_SIGNALE", "ROLES", "Defaut", "Groupe", "Nature", "Periodicite",
    "Sensibilite", "Sujet", "Type",
]  # fmt: skip

ACTIVITES = ("actif", "chomeur", "etudiant", "retraite", "inactif")
CONGES = (
    "non_renseigne",
    "conge_parental",
    "conge_maternite_paternite",
    "conge_presence_parentale",
    "conge_conventionnel",
    "conge_sans_solde",
    "disponibilite",
    "conge_sabbatique",
)
LOGEMENTS = (
    "primo_accedant",
    "proprietaire",
    "locataire_hlm",
    "locataire_vide",
    "locataire_meuble",
    "loge_gratuitement",
    "locataire_foyer",
    "sans_domicile",
)
LIBELLES_LOGEMENTS = (
    "accédant à la propriété",
    "propriétaire sans emprunt",
    "locataire d'un logement HLM",
    "locataire d'un logement vide",
    "locataire d'un logement meublé",
    "logé gratuitement",
    "résident d'un foyer",
    "sans domicile stable",
)
RESIDENCES = (
    "metropole",
    "guadeloupe",
    "martinique",
    "guyane",
    "la_reunion",
    "mayotte",
    "saint_barthelemy",
    "saint_martin",
    "saint_pierre_et_miquelon",
    "hors_de_france",
)
LIBELLES_RESIDENCES = (
    "France métropolitaine",
    "Guadeloupe",
    "Martinique",
    "Guyane",
    "La Réunion",
    "Mayotte",
    "Saint-Barthélemy",
    "Saint-Martin",
    "Saint-Pierre-et-Miquelon",
    "hors de France",
)
NATIONALITES = ("francaise", "eee_ou_suisse", "autre")
LIBELLES_NATIONALITES = (
    "française",
    "d'un pays de l'Espace économique européen ou suisse",
    "d'un autre pays",
)
SOUTIENS = (
    "apporte",
    "decede",
    "filiation_non_etablie",
    "hors_d_etat",
    "pension_impayee",
    "pension_partielle",
    "pension_faible",
    "sans_titre",
)
LIBELLES_SOUTIENS = (
    "apporté : il vit avec l'enfant, l'entretient ou paie sa pension",
    "parent décédé",
    "filiation non établie",
    "parent hors d'état de payer, reconnu comme tel par la Caf",
    "pension fixée, rien n'est payé",
    "pension fixée, payée en partie",
    "pension fixée et payée en entier, plus petite que l'allocation",
    "aucune pension fixée et aucune aide",
)

_CATALOGUE = (
    # -- who the person is (codes 1–39) ---------------------------------------------------------------------
    Nature("date_naissance", 1, "personne", "date", "etat", "Date de naissance"),
    Nature(
        "nationalite", 2, "personne", "enumeration", "etat", "Nationalité", NATIONALITES,
        sensible="sejour", libelles_valeurs=LIBELLES_NATIONALITES,
    ),
    Nature(
        "duree_possession_titre_sejour", 3, "personne", "entier", "etat",
        "Années révolues de séjour avec un titre autorisant à travailler", sensible="sejour",
    ),
    _oui_non(4, "protection_internationale", "Réfugié, protégé subsidiaire ou apatride", sensible="sejour"),
    Nature(
        "activite", 5, "personne", "enumeration", "etat", "Activité", ACTIVITES,
        libelles_valeurs=("en activité", "au chômage", "en études", "à la retraite", "sans activité"),
    ),
    _oui_non(6, "etudiant", "Suit des études"),
    _oui_non(7, "apprenti", "Est en apprentissage"),
    _oui_non(8, "stagiaire", "Est en stage"),
    _oui_non(9, "enceinte", "Attend un enfant", sensible="sante"),
    _oui_non(10, "garde_alternee", "En résidence alternée chez ses deux parents"),
    _oui_non(
        11, "rempli_obligation_scolaire", "Remplit l'obligation scolaire",
        defaut_si_absent=Defaut(1, "L'assiduité scolaire est présumée tant que l'école ne signale rien."),
    ),
    _oui_non(12, "handicap", "Est en situation de handicap", sensible="sante"),
    Nature(
        "type_conges", 13, "personne", "enumeration", "etat", "Congé en cours", CONGES,
        defaut_si_absent=Defaut(0, "Un congé se signale ; sans déclaration, il n'y en a pas."),
        libelles_valeurs=(
            "aucun", "congé parental", "congé de maternité ou de paternité", "congé de présence parentale",
            "congé conventionnel", "congé sans solde", "disponibilité", "congé sabbatique",
        ),
    ),
    _oui_non(14, "rsa_jeune_condition_heures_travail_remplie", "A travaillé deux ans au cours des trois dernières années"),
    Nature(
        "taux_incapacite", 15, "personne", "entier", "etat", "Taux d'incapacité, en pour cent", sensible="sante",
        defaut_si_absent=Defaut(0, "Un taux d'incapacité résulte d'une décision ; sans décision, il n'y en a pas."),
    ),
    _oui_non(16, "carte_resident", "Titulaire d'une carte de résident ou d'un titre aux droits équivalents", sensible="sejour"),
    _oui_non(17, "revenus_interrompus", "Revenus du travail ou du chômage arrêtés, sans revenu de remplacement"),
    _oui_non(18, "autres_ressources_interrompues", "Autres ressources arrêtées, sans revenu de remplacement"),
    Nature("date_arret_de_travail", 19, "personne", "date", "etat", "Début de l'arrêt de travail", sensible="sante"),
    _oui_non(
        20, "enfant_sejour_regulier", "Né en France ou entré régulièrement (regroupement familial, réfugié…)",
        sensible="sejour",
        defaut_si_absent=Defaut(1, "La pièce est vérifiée à l'ouverture du dossier ; sans signalement, elle est acquise."),
    ),
    Nature(
        "inscription_rentree", 21, "personne", "booleen", "etat",
        "Inscription à la rentrée (école, études ou apprentissage), avec son certificat",
    ),
    _oui_non(22, "cours_preparatoire_anticipe", "Entre au cours préparatoire avant l'âge de six ans"),
    Nature(
        "allocataire_unique", 23, "personne", "booleen", "etat",
        "En résidence alternée : votre foyer est celui désigné pour recevoir ses prestations",
    ),
    Nature(
        "soutien_autre_parent", 24, "personne", "enumeration", "etat", "Soutien de l'autre parent", SOUTIENS,
        libelles_valeurs=LIBELLES_SOUTIENS,
    ),
    Nature(
        "soutien_depuis", 25, "personne", "date", "etat",
        "Début de cette situation (décès, arrêt des versements, premier versement, jour où l'enfant a été recueilli)",
    ),
    Nature(
        "asf_date_demande", 26, "personne", "date", "etat", "Date de la demande d'allocation de soutien familial",
    ),
    Nature(
        "pension_en_cours_de_fixation", 27, "personne", "booleen", "etat",
        "Le juge est saisi pour fixer la pension de l'enfant",
    ),
    _oui_non(28, "enfant_recueilli", "Enfant recueilli : l'allocataire n'est ni son père ni sa mère"),
    _oui_non(29, "deux_parents_absents", "Privé du soutien de ses deux parents"),
    _oui_non(30, "adoption", "Adopté ou confié en vue d'adoption"),
    Nature("date_adoption", 31, "personne", "date", "etat", "Arrivée au foyer de l'enfant adopté"),
    Nature("date_debut_grossesse", 32, "personne", "date", "etat", "Début de la grossesse", sensible="sante"),
    Nature(
        "enfants_attendus", 33, "personne", "entier", "etat", "Nombre d'enfants attendus, s'il y en a plusieurs", sensible="sante",
        defaut_si_absent=Defaut(0, "Sans déclaration d'une grossesse multiple, un seul enfant est attendu."),
    ),
    # -- monthly incomes from work (codes 40–59) ------------------------------------------------------------
    _revenu(40, "salaire_net", "Salaire net", "salaire", defaut_si_absent=NON_DECLARE_ENFANT),
    _revenu(41, "remuneration_apprenti", "Rémunération d'apprenti", "activite"),
    _revenu(42, "indemnites_stage", "Gratification de stage", "activite"),
    _revenu(43, "revenus_stage_formation_pro", "Rémunération de formation professionnelle", "activite"),
    _revenu(44, "indemnites_chomage_partiel", "Indemnité de chômage partiel", "activite"),
    _revenu(45, "bourse_recherche", "Bourse de recherche", "activite"),
    _revenu(46, "indemnites_volontariat", "Indemnité de volontariat", "activite"),
    _revenu(47, "rpns_auto_entrepreneur_benefice", "Bénéfice de micro-entrepreneur", "activite", signe=True),
    _revenu(48, "indemnites_journalieres_maternite", "Indemnités journalières de maternité", "activite", sensible="sante"),
    _revenu(49, "indemnites_journalieres_paternite", "Indemnités journalières de paternité", "activite"),
    _revenu(50, "indemnites_journalieres_adoption", "Indemnités journalières d'adoption", "activite"),
    # -- monthly replacement incomes (codes 60–79) ----------------------------------------------------------
    _revenu(60, "chomage_net", "Allocation de chômage nette", "remplacement"),
    _revenu(61, "allocation_securisation_professionnelle", "Allocation de sécurisation professionnelle", "remplacement"),
    _revenu(62, "ass", "Allocation de solidarité spécifique", "remplacement"),
    _revenu(63, "retraite_nette", "Pension de retraite nette", "remplacement"),
    _revenu(64, "pensions_invalidite", "Pension d'invalidité", "remplacement", sensible="sante"),
    _revenu(65, "indemnites_journalieres_maladie", "Indemnités journalières de maladie", "remplacement", sensible="sante"),
    _revenu(
        66, "indemnites_journalieres_accident_travail", "Indemnités journalières d'accident du travail",
        "remplacement", sensible="sante",
    ),
    _revenu(
        67, "indemnites_journalieres_maladie_professionnelle", "Indemnités journalières de maladie professionnelle",
        "remplacement", sensible="sante",
    ),
    _revenu(68, "rente_accident_travail", "Rente d'accident du travail", "remplacement", sensible="sante"),
    _revenu(69, "prime_forfaitaire_mensuelle_reprise_activite", "Prime forfaitaire de reprise d'activité", "remplacement"),
    # -- other monthly incomes of a person (codes 80–109) ---------------------------------------------------
    _revenu(80, "pensions_alimentaires_percues", "Pension alimentaire reçue", "autre"),
    _revenu(81, "pensions_alimentaires_versees_individu", "Pension alimentaire versée", "autre"),
    _revenu(82, "prestation_compensatoire", "Prestation compensatoire", "autre"),
    _revenu(83, "retraite_combattant", "Retraite du combattant", "autre"),
    _revenu(84, "revenus_capital", "Revenus de placements", "autre"),
    _revenu(85, "revenus_locatifs", "Loyers reçus", "autre"),
    _revenu(86, "gains_exceptionnels", "Gains exceptionnels", "autre"),
    _revenu(87, "dedommagement_victime_amiante", "Indemnisation de victime de l'amiante", "autre", sensible="sante"),
    _revenu(88, "asi", "Allocation supplémentaire d'invalidité", "autre", sensible="sante"),
    _revenu(89, "aspa_individu", "Allocation de solidarité aux personnes âgées", "autre"),
    _revenu(90, "aah", "Allocation aux adultes handicapés", "autre", sensible="sante"),
    _revenu(91, "caah", "Complément de l'allocation aux adultes handicapés", "autre", sensible="sante"),
    _revenu(92, "epargne_revenus_non_imposables", "Épargne sans revenu imposable (hors livret A)", "autre"),
    _revenu(93, "livret_a", "Épargne sur livret A", "autre"),
    # -- yearly amounts of a person (codes 110–129) ---------------------------------------------------------
    _annuel(110, "rpns_benefice_exploitant_agricole", "Dernier bénéfice agricole connu", signe=True),
    _annuel(111, "rpns_micro_entreprise_benefice", "Dernier bénéfice de micro-entreprise connu", signe=True),
    _annuel(112, "rpns_autres_revenus", "Derniers revenus d'indépendant connus", signe=True),
    _annuel(113, "valeur_locative_immo_non_loue", "Valeur locative des biens immobiliers non loués"),
    _annuel(114, "valeur_locative_terrains_non_loues", "Valeur locative des terrains non loués"),
    _annuel(115, "revenus_imposables_n2", "Placements, loyers et plus-values imposables de l'avant-dernière année"),
    # -- the household (codes 200–229) ----------------------------------------------------------------------
    Nature(
        "residence", 200, "foyer", "enumeration", "etat", "Lieu de résidence", RESIDENCES,
        libelles_valeurs=LIBELLES_RESIDENCES,
    ),
    Nature(
        "statut_occupation_logement", 201, "foyer", "enumeration", "etat", "Logement", LOGEMENTS,
        libelles_valeurs=LIBELLES_LOGEMENTS,
    ),
    _oui_non(202, "rsa_isolement_recent", "Parent isolé depuis moins de dix-huit mois", sujet="foyer"),
    _oui_non(203, "participation_frais", "Participe aux frais du logement qui l'héberge", sujet="foyer"),
    Nature(
        "rang_trimestre", 204, "foyer", "entier", "etat", "Mois écoulés depuis le début du trimestre de droits",
        defaut_si_absent=Defaut(0, "Sans demande antérieure, le mois calculé ouvre le trimestre de droits."),
    ),
    Nature(
        "prestations_familiales_base_ressources", 205, "foyer", "euros", "annee",
        "Revenu net du foyer de l'avant-dernière année",
    ),
    _oui_non(206, "departement_experimentation_rsa", "Réside dans un département qui expérimente le RSA prérempli", sujet="foyer"),
    Nature(
        "biactivite", 207, "foyer", "booleen", "etat",
        "Chaque membre du couple avait un revenu professionnel suffisant l'avant-dernière année",
    ),
    _oui_non(
        208, "trimestre_non_declare", "Déclaration trimestrielle attendue, pas reçue malgré un rappel", sujet="foyer",
        defaut_si_absent=Defaut(0, "Un trimestre non déclaré est constaté après un rappel ; sans constat, rien n'est suspendu."),
    ),
    # -- benefits of the household not computed here (codes 230–259) ----------------------------------------
    _prestation(230, "aide_logement", "Aide au logement reçue", defaut_si_absent=None),
    _prestation(231, "asf", "Allocation de soutien familial reçue"),
    _prestation(232, "cf", "Complément familial reçu"),
    _prestation(233, "paje_base", "Allocation de base de la Paje reçue"),
    _prestation(234, "paje_prepare", "Prestation partagée d'éducation de l'enfant reçue"),
    _prestation(235, "aeeh", "Allocation d'éducation de l'enfant handicapé reçue", sensible="sante"),
    *FAITS_GARDE,
    *FAITS_ENFANTS,
    *FAITS_LOGEMENT,
    *FAITS_HANDICAP,
)  # fmt: skip

NATURES: dict[str, Nature] = {nature.nom: nature for nature in _CATALOGUE}
NATURES_PAR_CODE: dict[int, Nature] = {nature.code: nature for nature in _CATALOGUE}

if len(NATURES) != len(_CATALOGUE) or len(NATURES_PAR_CODE) != len(_CATALOGUE):
    raise ValueError("Two facts of the catalogue share a name or a code.")
