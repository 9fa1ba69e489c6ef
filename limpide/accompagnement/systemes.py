"""Systems of the social action's room."""

from limpide.registre import clauses
from limpide.registre.actes import acte_reglementaire, communique, deliberation
from limpide.registre.declaration import Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S01",
        section=1,
        rang=1,
        nom='Dispositif "Rendez-vous des droits élargi", expérimentation pour lutter contre le non-recours aux '
        "prestations sociales",
        actes=(acte_reglementaire(), deliberation("2017-125", "2017-04-20")),
        finalites=(
            "Proposer un entretien pour faire le point sur tous ses droits",
            "Évaluer l'effet de cette proposition",
        ),
        base_legale=clauses.MISSION,
        personnes=("Demandeurs d'emploi aux faibles ressources, invités ou témoins",),
        donnees=("Identité, coordonnées, emploi, ressources, droits, groupe tiré au sort, venue",),
        destinataires=("Conseillers des Caf", "Évaluateurs, sous pseudonyme"),
        conservation=Conservation(active="jusqu'à la fin de l'expérimentation"),
        mesures=(
            *clauses.MESURES,
            "Ce que dit l'entretien ne sert jamais au contrôle",
            "Aucun droit perdu par le groupe témoin",
        ),
        droits_applicables=clauses.DROITS_ENQUETE,
        information="Vous pouvez être invité à un entretien sur vos droits ; rien ne vous oblige à venir ni à "
        "demander.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S25",
        section=1,
        rang=25,
        nom="Cadre national de gestion de l’action sociale",
        actes=(acte_reglementaire("1998-10-13"), deliberation("87-40", "1987-04-07")),
        finalites=("Instruire et suivre les aides que chaque Caf accorde en plus des prestations légales",),
        base_legale=clauses.MISSION,
        personnes=("Familles qui demandent une aide", "Partenaires aidés"),
        donnees=("Foyer, quotient familial, aides reçues, conclusion du travailleur social",),
        destinataires=("Service d'action sociale", "Membres de la commission", "Prestataire payé"),
        conservation=clauses.SIX_ANS,
        mesures=(*clauses.MESURES, "Données sociales séparées de celles des prestations"),
        droits_applicables=clauses.DROITS,
        information="Une aide de l'action sociale est facultative : ne répondez qu'à ce qui est nécessaire à votre "
        "demande.",
        origine=clauses.NON_LU,
    ),
    Systeme(
        code="S30",
        section=1,
        rang=30,
        nom="Procédure de prévention des difficultés familiales",
        actes=(acte_reglementaire("1984-12-11"), deliberation("84-36", "1984-11-13")),
        finalites=("Proposer une aide à des familles en difficulté, qui peuvent la refuser avant tout contact",),
        base_legale=clauses.MISSION,
        personnes=("Familles dont le dossier porte un critère déclaré",),
        donnees=("Identité, foyer, code du critère",),
        destinataires=(
            "Services sociaux du département, sauf refus sous quinze jours",
            "Travailleurs sociaux de la Caf",
        ),
        conservation=Conservation(
            active="deux ans au plus",
            sort_final="suppression",
            source="CNIL, délibération n° 84-36 du 13 novembre 1984",
        ),
        mesures=(
            *clauses.MESURES,
            "Lettre d'abord, quinze jours pour refuser",
            "Retours anonymes, qui n'entrent jamais au dossier",
            "Refuser ne change aucun droit",
        ),
        droits_applicables=("Accès", "Rectification", "Refus sans avoir à se justifier"),
        information="La Caf peut proposer votre nom à un service social : elle vous l'écrit d'abord, et vous pouvez "
        "refuser.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S37",
        section=2,
        rang=7,
        nom="Logiciel d’Accompagnement Social du Rsa",
        texte=(
            "gérer une base d’informations sur les actions d’accompagnement social individualisé des allocataires "
            "bénéficiaires du Rsa"
        ),
        actes=(deliberation("2011-219", "2011-07-21", "(autorisation)"), communique()),
        alias=("AS RSA",),
        finalites=("Suivre l'accompagnement social des bénéficiaires du RSA confiés à la Caf",),
        base_legale="RGPD art. 6.1.e ; code de l'action sociale et des familles, art. L262-36",
        personnes=("Bénéficiaires du RSA accompagnés",),
        donnees=("Difficultés sociales en rubriques, actions, contrat d'engagements",),
        destinataires=("Travailleur social référent", "Département : état du contrat, pas le récit"),
        conservation=Conservation(
            active="durée de l'accompagnement", intermediaire="deux ans", proposees=("deux ans",)
        ),
        mesures=(*clauses.MESURES, "Récit scellé : seul le référent le lit", "Secret professionnel"),
        droits_applicables=clauses.DROITS,
        donnees_de_sante=True,
        article9=clauses.ARTICLE_9,
        information="Ce que vous dites à votre travailleur social reste entre vous et lui.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S38",
        section=2,
        rang=8,
        nom="Gestion et suivi des actes d'incivilité et d'agression dans les Caf, grâce à l’outil RECIT (Recueil "
        "pour les Caf "
        "des Incivilités au Travail)",
        actes=(communique(),),
        alias=("RECIT",),
        finalites=("Protéger les agents : signaler, suivre, soutenir",),
        base_legale="RGPD art. 6.1.c : obligation de sécurité de l'employeur (code du travail, art. L4121-1)",
        personnes=("Agents victimes ou témoins", "Auteurs, s'ils sont connus"),
        donnees=("Faits, lieu, gravité, suites",),
        destinataires=("Encadrement, prévention, direction, service juridique ; jamais les agents des prestations",),
        conservation=Conservation(active="durée limitée, à fixer par l'acte", sort_final="suppression"),
        mesures=(*clauses.MESURES, "Témoins masqués", "Finalité de l'employeur, séparée de celle des prestations"),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        visible_allocataire="jamais",
        raison_visibilite="RGPD art. 15.4 : protection des témoins ; l'accès s'exerce auprès du délégué",
        information="Une agression d'agent est signalée à son employeur. Cela ne change rien à vos droits.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
)
