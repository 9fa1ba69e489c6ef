"""Facts of a disabled, ill or lost child, and of who stops work to be there (codes 37–39, 150–159, 220–222).

AEEH: what the commission decided. AJPP and AJPA: half-days of leave, those of the month and those already paid: a day
of leave is two of them. The loss of a child is told once, on the household, with its date.
"""

from .nature import NON_DECLARE, NON_SIGNALE, Defaut, Nature, oui_non

ACCUEILS_AEEH = ("sans_accompagnement", "accompagnement", "internat")
LIBELLES_ACCUEILS_AEEH = (
    "ni établissement spécialisé, ni dispositif adapté, ni soins décidés par la commission",
    "établissement ou service spécialisé, dispositif adapté ou soins décidés par la commission",
    "internat, ou hôpital depuis plus de deux mois, entièrement pris en charge",
)
DECES_ENFANT = (
    "aucun",
    "grossesse_avant_vingt_semaines",
    "grossesse",
    "moins_de_seize_ans",
    "seize_a_vingt_quatre_ans",
    "vingt_cinq_ans_ou_plus",
)
LIBELLES_DECES_ENFANT = (
    "aucune",
    "une grossesse interrompue avant sa vingtième semaine",
    "une grossesse interrompue à partir de sa vingtième semaine",
    "un enfant de moins de seize ans",
    "un enfant de seize à vingt-quatre ans",
    "un enfant de vingt-cinq ans ou plus",
)

FAITS_ENFANTS = (
    Nature(
        "aeeh_niveau_handicap",
        37,
        "personne",
        "entier",
        "etat",
        "Catégorie du complément d'AEEH accordé (1 à 6 ; 0 : aucun)",
        sensible="sante",
        defaut_si_absent=Defaut(0, "Un complément résulte d'une décision ; sans décision, il n'y en a pas."),
    ),
    oui_non(
        38,
        "aeeh_accordee",
        "AEEH accordée par la commission de la maison du handicap",
        sensible="sante",
        defaut_si_absent=Defaut(0, "L'AEEH résulte d'une décision ; sans décision, elle n'est pas accordée."),
    ),
    Nature("aeeh_date_demande", 39, "personne", "date", "etat", "Date de la demande d'AEEH à la maison du handicap"),
    Nature(
        "aeeh_accueil",
        150,
        "personne",
        "enumeration",
        "etat",
        "Accompagnement de l'enfant handicapé",
        ACCUEILS_AEEH,
        sensible="sante",
        libelles_valeurs=LIBELLES_ACCUEILS_AEEH,
    ),
    Nature(
        "ajpa_demi_journees_carriere",
        151,
        "personne",
        "entier",
        "etat",
        "Demi-journées d'AJPA déjà versées depuis le début de la carrière",
    ),
    oui_non(
        152,
        "pch_au_lieu_du_complement",
        "Prestation de compensation choisie à la place du complément d'AEEH",
        sensible="sante",
    ),
    Nature(
        "aeeh_tierce_personne",
        153,
        "personne",
        "booleen",
        "etat",
        "Complément d'AEEH accordé pour une activité réduite ou arrêtée, ou une tierce personne payée",
    ),
    Nature(
        "ajpp_accord_medical",
        154,
        "personne",
        "booleen",
        "etat",
        "Accord du contrôle médical pour l'AJPP de l'enfant",
        sensible="sante",
    ),
    Nature(
        "ajpp_demi_journees",
        155,
        "personne",
        "entier",
        "etat",
        "Demi-journées de congé de présence parentale du mois",
        defaut_si_absent=NON_SIGNALE,
    ),
    Nature(
        "ajpp_demi_journees_versees",
        156,
        "personne",
        "entier",
        "etat",
        "Demi-journées d'AJPP déjà versées pour l'enfant dans la période en cours",
    ),
    Nature(
        "ajpa_demi_journees",
        157,
        "personne",
        "entier",
        "etat",
        "Demi-journées de congé de proche aidant du mois",
        defaut_si_absent=NON_SIGNALE,
    ),
    Nature(
        "ajpa_demi_journees_versees",
        158,
        "personne",
        "entier",
        "etat",
        "Demi-journées d'AJPA déjà versées pour la personne aidée",
    ),
    oui_non(159, "capital_deces", "Capital décès choisi ou reçu pour l'enfant"),
    Nature("date_deces_enfant", 220, "foyer", "date", "etat", "Date du décès, ou de la fin de la grossesse"),
    Nature(
        "deces_enfant",
        221,
        "foyer",
        "enumeration",
        "etat",
        "Perte d'un enfant",
        DECES_ENFANT,
        libelles_valeurs=LIBELLES_DECES_ENFANT,
        defaut_si_absent=Defaut(0, "La perte d'un enfant se signale ; sans signalement, il n'y en a pas."),
    ),
    Nature(
        "ajpp_frais",
        222,
        "foyer",
        "euros",
        "etat",
        "Dépenses du mois dues à la maladie, au handicap ou à l'accident de l'enfant",
        sensible="sante",
        defaut_si_absent=NON_DECLARE,
    ),
)
