"""Systems of the register itself: automated decisions, retention, rights of persons, accreditation."""

from limpide.registre import clauses
from limpide.registre.actes import sans_acte
from limpide.registre.declaration import Acte, Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S42",
        section=3,
        rang=4,
        nom="Décisions automatiques individuelles",
        texte=(
            "La branche famille est autorisée par l'article 22.b du RGPD et dans le cadre de l'exception prévue par "
            "l’article 47.2 de la loi Informatique et Libertés, modifiée par le décret n°2019-536 du 29 mai 2019, à "
            "prononcer des décisions administratives individuelles fondées sur une mise en œuvre des traitements "
            "automatisées."
        ),
        actes=(
            Acte("conditions_d_utilisation", "Conditions générales d'utilisation de l'Espace Mon Compte, article 6"),
        ),
        finalites=("Décider d'un droit par le calcul, et dire comment", "Donner le détail de son cas à qui le demande"),
        base_legale="RGPD art. 22.2.b ; loi n° 78-17, art. 47 ; CRPA, art. L311-3-1 et suivants",
        personnes=(clauses.FOYER,),
        donnees=("Faits lus, règles et barèmes appliqués, résultat : le reçu du calcul",),
        destinataires=("La personne elle-même", "Agents de la Caf", "Juridiction saisie"),
        conservation=clauses.SIX_ANS,
        mesures=(
            "Aucune décision sans mention de l'algorithme ni voies de recours : la base la refuse",
            "Aucune décision par le calcul seul sur une donnée de santé",
            "Aucun composant qui apprend de lui-même ne décide",
        ),
        droits_applicables=("Règles et caractéristiques du traitement", "Détail de son cas", "Recours"),
        automatisation="selon_donnees",
        information=(
            "Une décision prise par le calcul le dit, donne ses raisons et les moyens de la contester. Vous pouvez "
            "demander "
            "le détail du calcul de votre cas."
        ),
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S43",
        section=4,
        rang=1,
        nom="Durées de conservation",
        texte=(
            "Les données des allocataires sont conservées pendant un délai maximum de six ans après la fin de leur "
            "relation "
            "avec leur Caf, conformément aux obligations légales de conservation auxquelles sont tenues les "
            "Caisses, ou "
            "jusqu’à l’intervention d’une décision définitive en cas de contentieux. Les données des demandeurs qui ne "
            "seraient pas devenus allocataires sont conservées pendant la durée permettant aux caisses la gestion d’un "
            "éventuel contentieux et pendant la durée de celui-ci."
        ),
        actes=(sans_acte("La page ne cite aucun acte ; RGPD, article 5.1.e"),),
        finalites=(
            "Archiver puis effacer les données à la date due",
            "Suspendre l'effacement tant qu'un litige est en cours",
        ),
        base_legale=clauses.OBLIGATION + " (RGPD art. 5.1.e)",
        personnes=(clauses.FOYER, "Demandeurs qui ne sont pas devenus allocataires"),
        donnees=("Dates de fin de relation, suspensions, effacements (comptes sans identité)",),
        destinataires=("Délégué à la protection des données",),
        conservation=Conservation(
            active="preuve d'effacement sans donnée personnelle : durée de la comptabilité publique",
            sort_final="suppression",
        ),
        mesures=(
            "Essai à blanc avant tout effacement",
            "Rapport signé, sans donnée personnelle",
            "Effacement irréversible",
        ),
        droits_applicables=("Accès", "Effacement, quand plus rien n'oblige à garder"),
        information="Vos données sont gardées le temps qu'il faut, puis effacées. Mon Compte vous dit jusqu'à quand.",
        origine=clauses.PAGE,
    ),
    Systeme(
        code="S44",
        section=5,
        rang=1,
        nom="Demandes de droits au titre de la loi Informatique et Libertés",
        texte='Veuillez consulter la page "Protection des données personnelles".',
        actes=(sans_acte("La page ne cite aucun acte ; RGPD, articles 12 à 22 ; loi n° 78-17, article 49"),),
        finalites=("Répondre à qui demande ses données, les corrige, s'oppose ou veut les voir effacées",),
        base_legale=clauses.OBLIGATION + " (RGPD art. 12 à 22)",
        personnes=(clauses.FOYER, "Toute personne connue de la Caf"),
        donnees=("Demande, pièce d'identité le temps de sa vérification, réponse, dates",),
        destinataires=("Délégué à la protection des données", "La personne elle-même"),
        conservation=Conservation(
            active="le temps de répondre ; copie de la pièce d'identité : effacée dès la vérification faite",
            intermediaire="cinq ans pour la preuve de la réponse",
            proposees=("cinq ans pour la preuve de la réponse",),
        ),
        mesures=(*clauses.MESURES, "Données d'autrui masquées dans la réponse"),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Demandez à voir vos données, à les corriger ou à vous opposer : la Caf répond en un mois.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S45",
        section=6,
        rang=1,
        nom="Homologation RGS des téléservices",
        texte=(
            "Afin d'assurer la sécurité des informations échangées par voie électronique entre les usagers et les "
            "autorités "
            "administratives, les téléservices doivent être homologués RGS (Référentiel Général de Sécurité)."
        ),
        actes=(Acte("homologation", "Décision d’homologation du téléservice de demande de Prime d'activité"),),
        finalites=("N'ouvrir au public que les téléservices dont une autorité a décidé l'homologation",),
        base_legale="Ordonnance n° 2005-1516 du 8 décembre 2005 ; décret n° 2010-112 du 2 février 2010",
        personnes=("Usagers des téléservices", "Autorités d'homologation"),
        donnees=("Périmètre, autorité, dates, décision", "Empreintes des essais de connexion"),
        destinataires=("Public : décisions", "Délégué et responsable de la sécurité"),
        conservation=Conservation(active="durée de l'homologation, puis cinq ans", proposees=("puis cinq ans",)),
        mesures=("Un téléservice sans homologation valable est fermé par le registre",),
        droits_applicables=("Accès",),
        information="Un service en ligne n'est ouvert que si une autorité a décidé qu'il est assez sûr ; la "
        "décision est publiée.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
)
