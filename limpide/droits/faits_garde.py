"""Facts of the parents of a young child: who stops or reduces work, how the child is looked after (codes 160–169)."""

from .nature import Defaut, Nature

PREPARE_CHOIX = ("non_demandee", "cessation", "mi_temps", "temps_partiel", "cessation_majoree")
LIBELLES_PREPARE_CHOIX = (
    "pas demandée",
    "arrête de travailler",
    "travaille à mi-temps ou moins",
    "travaille entre 50 et 80 % du temps",
    "arrête de travailler moins longtemps, au taux majoré (trois enfants ou plus)",
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
)  # fmt: skip
