"""Shapes of what goes in and out: JSON Schemas (draft 2020-12), published as they are in the OpenAPI document.

Every member is always there: an answer that would hold one more, or one less, is not of its shape. Amounts are whole
cents, dates are ISO 8601.
"""

from limpide.usagers.mobile.formes_demande import FORMES_DEMANDE
from limpide.usagers.mobile.formes_droits import FORMES_DROITS
from limpide.usagers.mobile.formes_simples import (
    Forme,
    de,
    instant,
    jour,
    liste,
    nombre,
    objet,
    ou_rien,
    saisie,
    texte,
    vrai,
)  # fmt: skip

FORMES: dict[str, Forme] = {
    "Identifiants": objet(
        "Ce que la personne écrit pour entrer.",
        ("code",),
        numero=saisie("Numéro de sécurité sociale, 15 caractères, avec ou sans espaces.", 30),
        mot_de_passe=saisie("Mot de passe de Mon Compte.", 256),
        code=saisie("Code à six chiffres du second facteur, ou code de secours, si le compte en demande un.", 40),
    ),
    "Renouvellement": objet(
        "Le jeton qui en donne d'autres, une seule fois.",
        renouvellement=saisie("Jeton de renouvellement reçu en dernier.", 100),
    ),
    "Jetons": objet(
        "Deux jetons opaques. Gardez-les dans l'espace protégé de l'appareil.",
        acces=texte("Jeton d'accès, à envoyer dans « Authorization: Bearer »."),
        acces_jusqu_au=instant("Fin de validité du jeton d'accès."),
        renouvellement=texte("Jeton de renouvellement : il ne sert qu'une fois."),
        renouvellement_jusqu_au=instant("Fin de validité du jeton de renouvellement."),
    ),
    "Conditions": objet(
        "Les conditions d'utilisation en vigueur.",
        version=nombre("Numéro de la version."),
        en_vigueur_le=jour("Entrée en vigueur."),
        empreinte=texte("SHA-256 du texte : à renvoyer avec l'acceptation."),
        articles=liste(de("Article"), "Les articles, dans l'ordre. La case à cocher vient après le dernier."),
    ),
    "Article": objet(
        "Un article des conditions.",
        titre=texte("Son titre."),
        paragraphes=liste(texte("Un paragraphe."), "Son texte."),
    ),
    "Acceptation": objet(
        "La case cochée à la fin du texte. Elle n'est jamais cochée d'avance.",
        accepte=vrai("true : la personne a coché la case."),
        empreinte=saisie("Empreinte du texte qui lui a été montré.", 64),
    ),
    "EtatDesConditions": objet(
        "Ce que le compte a répondu aux conditions en vigueur.",
        etat=texte("La réponse.", enum=["acceptees", "refusees"]),
        version=nombre("Version à laquelle il est répondu."),
    ),
    "Moi": objet(
        "La personne, sa connexion, son dossier.",
        prenom=texte("Premier prénom."),
        nom=texte("Nom d'usage, ou de naissance."),
        precedente_connexion=ou_rien(instant("Connexion précédente, à montrer ; null à la première.")),
        precedente_connexion_en_clair=texte("La même, en une phrase."),
        connexion_ouverte_le=instant("Début de cette connexion."),
        dossier=ou_rien(de("Dossier")),
    ),
    "Dossier": objet(
        "Le dossier d'allocataire.",
        numero=texte("Numéro d'allocataire."),
        caisse=texte("Caisse d'allocations familiales."),
        ouvert_le=jour("Ouverture."),
        clos_le=ou_rien(jour("Clôture.")),
    ),
    **FORMES_DROITS,
    **FORMES_DEMANDE,
    "Probleme": {
        "type": "object",
        "description": "Un refus, selon la RFC 9457. Il ne contient aucune donnée du dossier.",
        "properties": {
            "type": texte("Adresse de l'explication de ce refus.", format="uri"),
            "title": texte("Ce qui ne va pas."),
            "status": nombre("Code HTTP."),
            "detail": texte("Ce qu'il faut faire, en français."),
            "code": texte("Code stable de ce refus."),
            "champs": {
                "type": "object",
                "description": "Champ fautif : ce qui est attendu.",
                "additionalProperties": {"type": "string"},
            },
            "motif": texte("Motif d'une suspension."),
            "depuis": instant("Date d'une suspension."),
            "autrement": liste(texte("Une manière de joindre la Caf."), "Les autres manières de joindre la Caf."),
            "page": texte("Page du site où agir.", format="uri"),
        },
        "required": ["type", "title", "status", "detail", "code"],
        "additionalProperties": False,
    },
}
