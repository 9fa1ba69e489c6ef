"""The system of the letters of information."""

from limpide.registre import clauses
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte
from limpide.registre.systeme import Systeme

from .models import GARDE_DES_OUVERTURES, SEUIL

SYSTEMES = (
    Systeme(
        code="S41",
        section=3,
        rang=3,
        nom="Lettres d'informations (émises au niveau national ou au niveau local)",
        texte=(
            "La qualité d'allocataire et la création de l'espace numérique \"Mon compte\" s'accompagnent de "
            "l'abonnement à "
            "des lettres d'informations (émises au niveau national ou au niveau local) au titre de la mission "
            "d'intérêt "
            "public dont sont investies la Cnaf et les caf."
        ),
        actes=(
            Acte("conditions_d_utilisation", "Conditions générales d'utilisation de l'Espace Mon Compte, article 3"),
        ),
        finalites=(
            "Informer les allocataires de ce qui touche à une mission d'intérêt public ou à leur dossier",
            "Tenir à jour la liste des destinataires : adresses qui ne reçoivent plus",
            "Mesurer l'intérêt global d'une lettre, en sommes, chez qui l'accepte",
        ),
        base_legale=clauses.MISSION
        + ". Indicateur de réception : RGPD art. 6.1.a, consentement ; loi n° 78-17 du 6 janvier 1978, art. 82",
        personnes=("Titulaires d'un espace Mon Compte, abonnés",),
        donnees=(
            "Adresse électronique confirmée, abonnement par liste, désabonnement, envois",
            "Pour qui l'accepte : le jour où chaque lettre s'est affichée",
            f"Pour qui écrit : des sommes par jour, à partir de {SEUIL} personnes",
        ),
        destinataires=(
            "Relais de courrier électronique, pour l'envoi",
            "Agents habilités de la Caf ou du niveau national : le texte des lettres et des sommes, jamais les abonnés",
        ),
        conservation=fiche_du_dossier(),
        mesures=(
            *clauses.MESURES,
            "Désabonnement en un clic, sans se connecter ; le lien est tiré au hasard et gardé chiffré",
            "Aucune donnée d'ouverture au dossier : aucun traitement d'un agent ne peut les lire, la base le refuse",
            f"Donnée d'ouverture effacée après {GARDE_DES_OUVERTURES}, ou dès que l'accord est retiré",
            "Une lettre est validée par une autre personne que celle qui l'écrit",
            "La version d'avant une correction est gardée, et lisible",
            "Aucune lettre ne part sans son lien de désabonnement : la base le refuse",
        ),
        droits_applicables=(
            "Accès", "Rectification", "Limitation", "Désabonnement à tout moment, sans motif",
            "Retrait de l'accord à l'indicateur",
        ),
        information="Ouvrir Mon Compte vous abonne aux lettres d'information nationales et à celles de votre Caf. "
        "Chaque lettre porte un lien pour ne plus la recevoir, sans se connecter. Elle ne dit qu'elle s'est affichée "
        "que si vous l'avez accepté.",
        origine=f"{clauses.PAGE} La page dit que les indicateurs se refusent par la configuration du logiciel ; la loi "
        "demande un consentement : l'indicateur est donc proposé, jamais posé d'office.",
    ),
)  # fmt: skip
