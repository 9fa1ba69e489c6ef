"""Facts of the parents of a young child: who stops or reduces work, how the child is looked after.

Codes 160–169, 252, 254 and 255 of a person; 223–226, 250, 251, 253 and 256–259 of the household.
"""

from .nature import Defaut, Nature, oui_non

PREPARE_CHOIX = ("non_demandee", "cessation", "mi_temps", "temps_partiel", "cessation_majoree")
LIBELLES_PREPARE_CHOIX = (
    "pas demandée",
    "arrête de travailler",
    "travaille à mi-temps ou moins",
    "travaille entre 50 et 80 % du temps",
    "arrête de travailler moins longtemps, au taux majoré (trois enfants ou plus)",
)
MODES_GARDE = ("aucun", "assistant_maternel", "assistant_maternel_structure", "micro_creche")
LIBELLES_MODES_GARDE = (
    "aucun mode de garde payant",
    "assistant maternel que vous employez",
    "assistant maternel employé par une association ou une entreprise",
    "micro-crèche ou crèche familiale payée à l'heure",
)
GARDES_A_DOMICILE = ("aucune", "emploi_direct", "structure")
LIBELLES_GARDES_A_DOMICILE = (
    "aucune",
    "salarié que vous employez",
    "salarié d'une association ou d'une entreprise",
)

FAITS_GARDE = (
    Nature(
        "prepare_choix", 160, "personne", "enumeration", "etat", "Prestation partagée d'éducation de l'enfant demandée",
        PREPARE_CHOIX, libelles_valeurs=LIBELLES_PREPARE_CHOIX,
        defaut_si_absent=Defaut(0, "Cette prestation se demande ; sans demande, elle n'est pas due."),
    ),
    Nature(
        "prepare_trimestres", 161, "personne", "entier", "etat",
        "Trimestres d'activité validés avant l'arrivée de l'enfant (sur 2, 4 ou 5 ans pour 1, 2, 3 enfants ou plus)",
    ),
    Nature("prepare_depuis", 162, "personne", "date", "etat", "Arrêt ou réduction de l'activité pour élever un enfant"),
    Nature(
        "prepare_mois_indemnises", 163, "personne", "entier", "etat",
        "Mois de congé de maternité ou d'adoption indemnisés après l'arrivée de l'enfant",
    ),
    Nature(
        "mode_garde", 164, "personne", "enumeration", "etat", "Mode de garde de l'enfant, hors du domicile",
        MODES_GARDE, libelles_valeurs=LIBELLES_MODES_GARDE,
        defaut_si_absent=Defaut(0, "Une garde payée se déclare ; sans déclaration, il n'y en a pas."),
    ),
    Nature("garde_heures", 165, "personne", "entier", "etat", "Heures de garde de l'enfant payées dans le mois"),
    Nature(
        "garde_cout", 166, "personne", "euros", "etat",
        "Dépense de garde de l'enfant pour le mois (salaire net, entretien et repas, ou facture)",
    ),
    oui_non(
        168, "garde_horaires_specifiques",
        "Gardé 25 heures par mois ou plus la nuit, le dimanche ou un jour férié, pour le travail de ses parents",
    ),
    Nature(
        "garde_domicile", 223, "foyer", "enumeration", "etat", "Garde des enfants à votre domicile",
        GARDES_A_DOMICILE, libelles_valeurs=LIBELLES_GARDES_A_DOMICILE,
        defaut_si_absent=Defaut(0, "Une garde payée se déclare ; sans déclaration, il n'y en a pas."),
    ),
    Nature("garde_domicile_heures", 224, "foyer", "entier", "etat", "Heures de garde à domicile payées dans le mois"),
    Nature(
        "garde_domicile_cout", 225, "foyer", "euros", "etat",
        "Dépense du mois pour la garde à domicile (salaire net, ou facture)",
    ),
    Nature(
        "cmg_date_demande", 250, "foyer", "date", "etat",
        "Date de la demande du complément de libre choix du mode de garde", sans_valeur="jamais",
    ),
    Nature(
        "garde_cotisations", 252, "personne", "euros", "etat",
        "Cotisations sociales du mois de l'assistant maternel qui garde l'enfant",
    ),
    Nature(
        "garde_domicile_cotisations", 253, "foyer", "euros", "etat",
        "Cotisations sociales du mois de la personne employée chez vous pour garder les enfants",
    ),
    # The spring before the reform of September 2025, once for all: totals of March, April and May.
    Nature(
        "garde_2025_heures", 254, "personne", "entier", "etat",
        "Heures de garde de l'enfant par un assistant maternel que vous employez, de mars à mai 2025",
        defaut_si_absent=Defaut(0, "Une garde payée se déclare ; sans déclaration, il n'y en a pas."),
    ),
    Nature(
        "garde_2025_cout", 255, "personne", "euros", "etat",
        "Dépense pour ces heures de mars à mai 2025 (salaire net, entretien et repas)",
    ),
    Nature(
        "garde_domicile_2025_heures", 256, "foyer", "entier", "etat",
        "Heures de garde chez vous par un salarié que vous employez, de mars à mai 2025",
        defaut_si_absent=Defaut(0, "Une garde payée se déclare ; sans déclaration, il n'y en a pas."),
    ),
    Nature(
        "garde_domicile_2025_cout", 257, "foyer", "euros", "etat",
        "Dépense pour cette garde chez vous de mars à mai 2025 (salaire net)",
    ),
    Nature(
        "cmg_2025", 258, "foyer", "euros", "etat",
        "Complément de libre choix du mode de garde reçu pour mars, avril et mai 2025, sans les cotisations",
    ),
    Nature(
        "cmg_differentiel", 259, "foyer", "euros", "etat",
        "Complément transitoire fixé par mois en septembre 2025",
    ),
    oui_non(251, "garde_sans_depense", "Aucune garde payée ce mois-là", sujet="foyer"),
    Nature(
        "revenus_imposables_bruts", 226, "foyer", "euros", "annee",
        "Revenus imposables du foyer de l'avant-dernière année, avant abattements fiscaux",
    ),
)  # fmt: skip
