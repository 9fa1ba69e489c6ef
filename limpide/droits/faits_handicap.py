"""Facts of the disabled adults' benefits: decisions of the CDAPH, resources as they read them, stays, Esat.

Codes 34 to 36 (who the person is), 120 to 122 (yearly amounts), 140 to 149, 217 and 227.
"""
# ruff: noqa: E501 - one fact, one line

from .nature import NON_SIGNALE, Defaut, Nature, annuel, oui_non, revenu

ETABLISSEMENTS = ("aucun", "hopital", "maison_d_accueil_specialisee", "prison")
LIBELLES_ETABLISSEMENTS = ("aucun", "hôpital", "maison d'accueil spécialisée", "prison")

_COMPLEMENT = oui_non(
    217, "complement_ressources_aah", "Garde le complément de ressources accordé avant décembre 2019", sensible="sante",
    defaut_si_absent=Defaut(0, "Ce complément n'est plus accordé depuis décembre 2019 ; sans décision gardée, il n'y en a pas."),
)  # fmt: skip

FAITS_HANDICAP = (
    oui_non(
        34, "aah_restriction_substantielle_durable_acces_emploi",
        "Restriction substantielle et durable d'accès à l'emploi reconnue", sensible="sante",
        defaut_si_absent=Defaut(0, "Cette restriction résulte d'une décision ; sans décision, il n'y en a pas."),
    ),
    oui_non(
        35, "aah_conjugalise_eligible", "A gardé depuis septembre 2023 le calcul de l'AAH avec les revenus du couple",
        sensible="sante",
    ),
    Nature(
        "sejour_en_etablissement", 36, "personne", "enumeration", "etat",
        "Séjour à l'hôpital, en maison d'accueil spécialisée ou en prison", ETABLISSEMENTS, sensible="sante",
        defaut_si_absent=NON_SIGNALE, libelles_valeurs=LIBELLES_ETABLISSEMENTS,
    ),
    annuel(
        120, "aah_activite_n2", "Revenus nets du travail de l'avant-dernière année, pour l'AAH",
        sensible="sante", defaut_si_absent=None,
    ),
    annuel(
        121, "aah_pensions_n2", "Pensions nettes de l'avant-dernière année, pour l'AAH",
        sensible="sante", defaut_si_absent=None,
    ),
    annuel(
        122, "aah_autres_revenus_n2", "Chômage, placements et autres revenus nets de l'avant-dernière année, pour l'AAH",
        sensible="sante", defaut_si_absent=None,
    ),
    # -- disability (codes 140–149) -------------------------------------------------------------------------
    Nature(
        "sejour_en_etablissement_depuis", 140, "personne", "date", "etat", "Début de ce séjour", sensible="sante",
    ),
    Nature(
        "aah_sans_reduction", 141, "personne", "booleen", "etat",
        "Paie le forfait journalier, ou son conjoint ne travaille pas pour un motif reconnu", sensible="sante",
    ),
    oui_non(
        142, "aah_evaluation_trimestrielle", "Déclare déjà chaque trimestre ses ressources pour l'AAH", sensible="sante",
    ),
    revenu(
        143, "aah_base_ressources_activite_milieu_protege", "Rémunération garantie d'un Esat, comprise dans le salaire",
        "", sensible="sante",
    ),
    annuel(144, "esat_part_etablissement", "Part de la rémunération payée par l'Esat, par mois", sensible="sante"),
    annuel(
        145, "esat_aide_au_poste", "Aide au poste de l'Esat, par mois", sensible="sante", defaut_si_absent=None,
    ),
    Nature(
        "a_charge_de_ses_parents", 146, "personne", "booleen", "etat",
        "Entre 16 et 20 ans, encore à la charge de ses parents pour les allocations familiales",
    ),
    oui_non(147, "aah_cumul_integral", "Travail commencé ou repris depuis moins de six mois", sensible="sante"),
    Nature(
        "abattement_activite", 148, "personne", "entier", "etat",
        "Abattement de changement de situation sur les revenus du travail, en pour cent",
        defaut_si_absent=Defaut(0, "Cet abattement suit un changement de situation ; sans changement, il n'y en a pas."),
    ),
    annuel(149, "esat_remuneration_garantie_n2", "Rémunération garantie d'un Esat, l'avant-dernière année", sensible="sante"),
    _COMPLEMENT,
    oui_non(
        227, "aah_demandee", "L'AAH est demandée à la MDPH, ou accordée par elle", sensible="sante",
        defaut_si_absent=Defaut(0, "Cette demande se dit ; sans elle, aucune décision de la MDPH n'est attendue."),
    ),
)  # fmt: skip
