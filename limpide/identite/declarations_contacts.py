"""Points of contact: kept by the person, followed when a message comes back, seen by the agents of their Caf."""

from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement

CONTACT = (
    "id", "personne_id", "genre", "valeur_chiffre", "empreinte", "donne_le", "confirme_le", "revu_le",
    "a_verifier_le", "rejete_le", "rejet", "retire_le", "code", "code_jusqu_au", "code_essais",
)  # fmt: skip
CONTACT_LU = ("id", "personne_id", "genre", "valeur_chiffre", "confirme_le", "revu_le", "rejete_le", "retire_le")
"""What is read elsewhere to write to somebody, or to say where one writes: neither digest nor code."""
MESSAGE = ("id", "contact_id", "personne_id", "objet", "categorie", "prepare_le", "parti_le", "echec")

ACTES_CONTACTS = (Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, articles 3 et 5"),)
DESTINATAIRES = (
    "Relais de courrier électronique et expéditeur de SMS, pour l'envoi",
    "Organismes partenaires du répertoire national commun de la protection sociale (Rncps)",
    "France Travail, conseils départementaux et services de l'État, dans leurs missions",
)

TRAITEMENTS_CONTACTS = (
    Traitement(
        cle="mes_coordonnees",
        systeme="S39",
        limitation="La personne tient ses propres coordonnées",
        intitule="Adresse électronique et téléphone mobile de Mon Compte",
        finalite="Joindre la personne à une adresse ou un numéro qui est le sien, et qu'elle a confirmé",
        sous_finalites=(
            "Confirmer par un code envoyé à cette adresse ou à ce numéro",
            "Refuser qu'une adresse ou un numéro serve à deux comptes",
            "Demander chaque année si elle est toujours bonne",
        ),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public",
        actes=ACTES_CONTACTS,
        personnes=("Titulaires d'un compte",),
        lire={"identite.PointDeContact": CONTACT, "identite.MessageContact": MESSAGE},
        creer={
            "identite.PointDeContact": (
                "id", "personne_id", "genre", "valeur_chiffre", "empreinte", "code", "code_jusqu_au", "code_essais",
            ),
            "identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "categorie"),
        },
        modifier={
            "identite.PointDeContact": (
                "confirme_le", "revu_le", "a_verifier_le", "rejete_le", "rejet", "retire_le", "code", "code_jusqu_au",
                "code_essais",
            ),
            "identite.MessageContact": ("parti_le", "echec"),
        },
        perimetre="personne",
        destinataires=DESTINATAIRES,
        conservation=fiche_du_dossier(),
        mesures=(
            "Adresses et numéros chiffrés (AES-256-GCM), retrouvés par une empreinte à clé",
            "Une adresse ou un numéro ne sert qu'à un compte : la base le garantit, seul qui a reçu le code l'apprend",
            "Code de six chiffres, quinze minutes, cinq essais, cinq codes par heure ; gardé en empreinte",
            "L'ancienne adresse est prévenue quand elle est remplacée",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Votre adresse électronique et votre mobile servent à vous écrire pour votre dossier ou pour une "
        "mission d'intérêt public. Tous les organismes du Rncps peuvent les lire ; France Travail, les conseils "
        "départementaux et les services de l'État peuvent les recevoir pour simplifier vos démarches.",
        genres=("allocataire",),
        archives="La personne tient ses coordonnées tant que son accès existe",
    ),
    Traitement(
        cle="suivi_coordonnees",
        systeme="S39",
        intitule="Suivi des coordonnées : messages revenus, rappel annuel",
        finalite="Savoir quelle adresse n'est plus bonne, et demander à la personne de la revoir",
        sous_finalites=("Prévenir d'un acte ou d'un accès la personne protégée et son protecteur, chacun chez soi",),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public",
        actes=ACTES_CONTACTS,
        personnes=("Titulaires d'un compte",),
        lire={"identite.PointDeContact": CONTACT_LU, "identite.MessageContact": MESSAGE},
        creer={"identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "categorie")},
        modifier={
            "identite.PointDeContact": ("rejete_le", "rejet"),
            "identite.MessageContact": ("parti_le", "echec"),
        },
        perimetre="national",
        destinataires=("Relais de courrier électronique et expéditeur de SMS, pour l'envoi",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Le texte d'un message n'est pas gardé",
            "Un rappel par an au plus, à l'adresse déjà confirmée",
        ),
        droits_applicables=("Information", "Accès", "Limitation"),
        information="Quand un message revient, ou après un an, nous vous demandons si l'adresse est toujours la vôtre.",
        genres=("systeme",),
    ),
)  # fmt: skip
