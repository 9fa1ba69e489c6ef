"""The differences with OpenFisca-France that an article explains.

Each class says which households it concerns (a predicate over their facts, never over the amounts), for
which rights, which article explains it and who is right. The same list, with the reasoning, is in
`docs/divergences.md`; a test checks that both agree. A household that differs without belonging to a class
is a fault of one of the two.
"""

from __future__ import annotations

from . import predicats_af as af
from . import predicats_cf as cf
from . import predicats_minima as minima
from .classe import Classe
from .classes_aah import CLASSES_AAH
from .classes_aeeh import CLASSES_AEEH
from .classes_cmg import CLASSES_CMG
from .classes_logement import CLASSES_LOGEMENT
from .classes_paje import CLASSES_PAJE
from .classes_rentree import CLASSES_RENTREE
from .classes_soutien import CLASSES_SOUTIEN
from .fin_d_annee import CLASSES_FIN_D_ANNEE

__all__ = ["CLASSES", "Classe"]

AF, CF, RSA, PPA, MINIMA = ("af",), ("cf",), ("rsa",), ("ppa",), ("rsa", "ppa")

CLASSES: tuple[Classe, ...] = (
    Classe(
        "age-en-annees-moyennes",
        "Âge compté en années moyennes",
        AF,
        "Code civil, art. 388",
        "limpide",
        af.age_en_annees_moyennes,
    ),
    Classe(
        "anniversaire-dans-le-mois",
        "Naissance ou anniversaire dans le mois calculé",
        AF,
        "CSS L552-1, R552-2, R552-3",
        "limpide",
        af.anniversaire_dans_le_mois,
    ),
    Classe(
        "remuneration-de-l-enfant",
        "Rémunération de l'enfant de plus de 16 ans : celle du mois",
        AF,
        "CSS L512-3, R512-2",
        "limpide",
        af.remuneration_de_l_enfant,
    ),
    Classe(
        "aines-du-meme-age",
        "Deux enfants du même âge : un seul aîné",
        AF,
        "CSS L521-3, R521-1",
        "limpide",
        af.aines_du_meme_age,
    ),
    Classe(
        "outre-mer-ressources",
        "Outre-mer au-dessus du plafond : enfant unique non modulé, complément dégressif",
        AF,
        "CSS L755-11, L755-12, D755-5",
        "limpide",
        af.outre_mer_ressources,
    ),
    Classe(
        "vingt-ans-au-dessus-du-plafond",
        "Complément dégressif de l'allocation forfaitaire",
        AF,
        "CSS D521-2",
        "limpide",
        af.vingt_ans_au_dessus_du_plafond,
    ),
    Classe(
        "vingt-ans-en-residence-alternee",
        "Allocation forfaitaire d'un enfant en résidence alternée",
        AF,
        "CSS L521-2, R521-3",
        "indecis",
        af.vingt_ans_en_residence_alternee,
    ),
    Classe(
        "sejour-de-moins-d-un-an",
        "Titre de séjour de moins d'un an",
        AF,
        "CSS L512-2, D512-1",
        "limpide",
        af.sejour_de_moins_d_un_an,
    ),
    Classe(
        "enfant-a-naitre",
        "Enfant à naître compté avant sa naissance",
        MINIMA,
        "CASF R262-3, CSS R842-3",
        "limpide",
        minima.enfant_a_naitre,
    ),
    Classe(
        "anniversaire-au-trimestre",
        "3, 18 ou 25 ans dans un mois lu",
        MINIMA,
        "CASF L262-4, L262-9, R262-3, CSS L842-7, R842-3",
        "limpide",
        minima.anniversaire_au_trimestre,
    ),
    Classe(
        "ages-moyens-au-trimestre",
        "Âge compté en années moyennes, dans un mois lu",
        MINIMA,
        "Code civil, art. 388",
        "limpide",
        minima.ages_moyens_au_trimestre,
    ),
    Classe(
        "enfant-a-ressources",
        "Enfant qui a des ressources",
        MINIMA,
        "CASF R262-3, CSS R842-3",
        "limpide",
        minima.enfant_a_ressources,
    ),
    Classe(
        "residence-alternee",
        "Enfant en résidence alternée compté pour moitié",
        MINIMA,
        "CE 21 juillet 2017 n° 398911, CASF R262-1, CSS D843-1",
        "limpide",
        minima.residence_alternee,
    ),
    Classe(
        "etranger-sans-droit-acquis",
        "Droit au séjour : par personne, et européens",
        MINIMA,
        "CASF L262-4 à L262-6, CSS L842-2, R842-4",
        "limpide",
        minima.etranger_sans_droit_acquis,
    ),
    Classe(
        "stagiaire-ou-etudiant-isole",
        "Stagiaires exclus, étudiants isolés admis",
        RSA,
        "CASF L262-4, 3°",
        "limpide",
        minima.stagiaire_ou_etudiant_isole,
    ),
    Classe(
        "en-conge",
        "Congé parental, sabbatique, sans solde ou disponibilité",
        RSA,
        "CASF L262-4, 4°",
        "limpide",
        minima.en_conge,
    ),
    Classe(
        "jeune-travailleur-de-18-ans",
        "Jeune travailleur de 18 ans",
        RSA,
        "CASF L262-7-1",
        "limpide",
        minima.jeune_travailleur_de_dix_huit_ans,
    ),
    Classe(
        "grossesse-avant-25-ans",
        "Enfant à naître avant 25 ans",
        RSA,
        "CASF L262-4, 1°",
        "limpide",
        minima.grossesse_avant_vingt_cinq_ans,
    ),
    Classe(
        "plusieurs-revenus-interrompus",
        "Interruption : toute la catégorie de revenus, ou chacun",
        RSA,
        "CASF R262-13",
        "indecis",
        minima.plusieurs_revenus_interrompus,
    ),
    Classe(
        "ressource-remplacee",
        "Ressource arrêtée, revenu de remplacement versé",
        RSA,
        "CASF R262-13",
        "limpide",
        minima.ressource_remplacee,
    ),
    Classe(
        "interruption-autour-d-avril",
        "Neutralisation au montant du mois de référence",
        RSA,
        "CASF R262-7, R262-13",
        "limpide",
        minima.autre_ressource_interrompue_autour_d_avril,
    ),
    Classe(
        "ressources-ignorees",
        "Rente d'accident et retraite du combattant",
        RSA,
        "CASF R262-6, R262-11",
        "limpide",
        minima.ressources_ignorees_par_le_rsa,
    ),
    Classe(
        "ressources-de-la-prime",
        "Rente d'accident, retraite du combattant, volontariat, sécurisation professionnelle",
        PPA,
        "CSS R844-1, R844-2, R844-5",
        "limpide",
        minima.ressources_de_la_prime,
    ),
    Classe(
        "indemnites-d-arret",
        "Indemnités journalières : trois mois depuis l'arrêt",
        MINIMA,
        "CSS R844-1, R844-2, CASF R262-12",
        "limpide",
        minima.indemnites_d_arret,
    ),
    Classe(
        "premiers-mois-d-un-enfant",
        "Allocation de base dans les premiers mois",
        MINIMA,
        "CASF R262-11, CSS R844-5",
        "limpide",
        minima.premiers_mois_d_un_enfant,
    ),
    Classe(
        "demandeur-mineur",
        "Adulte du foyer de moins de 18 ans",
        PPA,
        "CSS L842-2, R842-2",
        "limpide",
        minima.demandeur_mineur,
    ),
    Classe(
        "allocations-du-trimestre",
        "Allocations familiales différentes dans un mois de référence",
        MINIMA,
        "CSS L552-1, R552-2, L755-12",
        "limpide",
        minima.allocations_familiales_du_trimestre,
    ),
    Classe(
        "soutien-familial-et-age",
        "Allocation de soutien familial et âge des enfants",
        MINIMA,
        "CASF R262-10-1, CSS R844-4",
        "indecis",
        minima.soutien_familial_et_age,
    ),
    Classe(
        "apprenant-et-aah",
        "Étudiant ou apprenti qui reçoit l'AAH",
        PPA,
        "CSS L842-2, L842-8",
        "limpide",
        minima.apprenant_et_aah,
    ),
    Classe(
        "complement-age-en-annees-moyennes",
        "Âge compté en années moyennes, pour le complément familial",
        CF,
        "Code civil, art. 388",
        "limpide",
        cf.age_en_annees_moyennes,
    ),
    Classe(
        "complement-anniversaire-dans-le-mois",
        "Anniversaire dans le mois calculé, pour le complément familial",
        CF,
        "CSS L552-1, R522-1",
        "limpide",
        cf.anniversaire_dans_le_mois,
    ),
    Classe(
        "complement-remuneration-de-l-enfant",
        "Rémunération de l'enfant, pour le complément familial",
        CF,
        "CSS L512-3, R512-2, R522-1",
        "limpide",
        cf.remuneration_de_l_enfant,
    ),
    Classe(
        "complement-outre-mer",
        "Outre-mer : plafonds alignés sur la métropole",
        CF,
        "CSS L755-16, décret n° 2017-551",
        "limpide",
        cf.outre_mer,
    ),
    Classe(
        "complement-ecole",
        "Enfant qui ne suit pas l'école et relève le plafond",
        CF,
        "CSS L512-3, R522-2",
        "limpide",
        cf.hors_de_l_ecole,
    ),
    Classe(
        "complement-plafond-majore",
        "Plafond du complément majoré revalorisé à part",
        CF,
        "CSS R522-4",
        "limpide",
        cf.entre_les_plafonds_majores,
    ),
    Classe(
        "complement-sejour",
        "Séjour régulier du foyer, pour le complément familial",
        CF,
        "CSS L512-2, D512-1",
        "limpide",
        af.sejour_de_moins_d_un_an,
    ),
    *CLASSES_RENTREE,
    *CLASSES_SOUTIEN,
    *CLASSES_PAJE,
    *CLASSES_CMG,
    *CLASSES_AEEH,
    *CLASSES_AAH,
    *CLASSES_FIN_D_ANNEE,
    *CLASSES_LOGEMENT,
)
