"""Systems of the control room."""

from limpide.registre import clauses
from limpide.registre.actes import communique, deliberation
from limpide.registre.declaration import Acte, Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S36",
        section=2,
        rang=6,
        nom="Aide à la détermination des dossiers allocataires nécessitant une vérification à l'aide d'un procédé de "
        "Datamining",
        actes=(communique(), deliberation("2010-086", "2010-03-25", "autorisant le traitement")),
        alias=("DMDE",),
        finalites=("Aider une personne à choisir les dossiers à vérifier",),
        base_legale="RGPD art. 6.1.e ; code de la sécurité sociale, art. L114-9 à L114-21",
        personnes=(clauses.FOYER,),
        donnees=(
            "Situation et prestations déclarées ; ni nationalité, ni sexe, ni adresse précise, ni santé, ni contacts",
        ),
        destinataires=("Personnes qui organisent les contrôles ; ni agents d'accueil, ni partenaires",),
        conservation=clauses.SIX_ANS,
        mesures=(
            *clauses.MESURES,
            "Le score ne décide de rien : une personne regarde, ou classe",
            "Part de dossiers tirés au sort, pour mesurer les biais",
            "Modèle, variables et poids publiés",
        ),
        droits_applicables=("Accès, score et logique compris", "Rectification", "Limitation", "Opposition motivée"),
        automatisation="assistee",
        visible_allocataire="differee",
        raison_visibilite="CSS art. L114-9 et suivants : un contrôle annoncé perd son objet ; montré une fois le "
        "contrôle clos",
        information="Un calcul aide à choisir les dossiers à vérifier. Il ne décide de rien : une personne contrôle.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S40",
        section=3,
        rang=2,
        nom="Vérification de la condition de résidence à partir d'informations issues de l’Espace Mon Compte",
        texte=(
            "Un traitement de données personnelles est opéré par la Cnaf notamment pour vérifier, à partir "
            "d’informations "
            "issues de l’Espace Mon Compte, si l’usager réside sur le territoire français."
        ),
        actes=(
            Acte("conditions_d_utilisation", "Conditions générales d'utilisation de l'Espace Mon Compte, article 5"),
        ),
        finalites=("Proposer de vérifier la résidence quand les connexions viennent longtemps de l'étranger",),
        base_legale=clauses.MISSION,
        personnes=("Usagers de Mon Compte",),
        donnees=("Pays et mois des connexions ; ni adresse de connexion, ni position précise",),
        destinataires=("Agents de contrôle de la branche Famille seulement",),
        conservation=Conservation(
            active="deux ans après le mois", sort_final="suppression", proposees=("deux ans après le mois",)
        ),
        mesures=(*clauses.MESURES, "Jamais d'arrêt automatique : la personne est interrogée et peut répondre"),
        droits_applicables=clauses.DROITS,
        automatisation="aucune",
        information="Si vos connexions viennent longtemps de l'étranger, une personne peut vous demander où vous "
        "habitez.",
        origine=clauses.PAGE,
    ),
)
