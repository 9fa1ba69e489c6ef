"""Systems of the letters' room."""

from limpide.registre import clauses
from limpide.registre.actes import communique
from limpide.registre.declaration import Acte, Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S32",
        section=2,
        rang=2,
        nom="CEREUS (Concentration Et Rationalisation Editique pour Unification des Services)",
        actes=(communique(),),
        alias=("CEREUS",),
        finalites=("Éditer et envoyer les courriers de toutes les Caf",),
        base_legale=clauses.MISSION,
        personnes=("Destinataires des courriers",),
        donnees=("Nom, adresse, contenu du courrier",),
        destinataires=("Sous-traitant d'impression et d'envoi", "Le destinataire, ou qui le protège"),
        conservation=Conservation(
            active="le temps de l'envoi", intermediaire="le courrier rejoint le dossier, et sa durée"
        ),
        mesures=(*clauses.MESURES, "Rien du contenu sur l'enveloppe"),
        droits_applicables=clauses.DROITS_SANS_OPPOSITION,
        information="Vos courriers sont imprimés et envoyés par un prestataire, qui ne les garde pas.",
        origine=clauses.NON_LU,
    ),
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
        finalites=("Informer les allocataires", "Tenir à jour la liste des destinataires"),
        base_legale=clauses.MISSION,
        personnes=("Abonnés",),
        donnees=("Adresse électronique, envois, désabonnement ; intérêt global, agrégé",),
        destinataires=("Service de communication de la Caf ou de la Cnaf",),
        conservation=Conservation(active="jusqu'au désabonnement ; données d'ouverture : le temps de gérer la liste"),
        mesures=("Désabonnement en un clic, sans se connecter", "Aucune donnée d'ouverture au dossier"),
        droits_applicables=("Accès", "Désabonnement à tout moment"),
        information="Chaque lettre porte un lien pour ne plus la recevoir.",
        origine=clauses.PAGE,
    ),
)
