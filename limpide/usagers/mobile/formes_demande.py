"""Shapes of a claim: what can be claimed, the questions of a step, the answers, everything read again, the sending."""

from limpide.usagers.mobile.formes_simples import (
    Forme,
    centimes,
    de,
    liste,
    nombre,
    objet,
    ou_rien,
    saisie,
    texte,
    vrai,
)  # fmt: skip

REPONSE_AU_PLUS = 400
ETATS = ["questions", "a_relire", "rien_a_demander"]
VALEUR: Forme = {"type": ["string", "array", "null"], "items": {"type": "string"},
                 "description": "Ce qui a été répondu, comme envoyé ; null si rien ne l'a été."}  # fmt: skip

FORMES_DEMANDE: dict[str, Forme] = {
    "Aides": objet("Ce qui se demande en ligne.", aides=liste(de("Aide"), "Dans l'ordre du site.")),
    "Aide": objet(
        "Une aide.",
        droit=texte("Code du droit : l'adresse de ses questions."),
        nom=texte("Son nom."),
        phrase=texte("Pour qui, en une phrase."),
        article=texte("Les articles de loi."),
        commencee=vrai("Une demande est commencée, ici ou ailleurs."),
    ),
    "EtapeDeDemande": objet(
        "Où en est une demande.",
        droit=texte("Code du droit."),
        titre=texte("Titre de la demande."),
        etat=texte("Ce qu'il y a à faire.", enum=ETATS),
        phrase=texte("La même chose en clair ; à la première étape, depuis quand ce droit est dû."),
        etape=ou_rien(nombre("Numéro de l'étape, à renvoyer avec ses réponses.")),
        titre_etape=ou_rien(texte("Son titre.")),
        connu=liste(de("LigneDite"), "Ce que la Caf sait déjà, à la première étape."),
        sections=liste(de("SectionDeQuestions"), "Les questions, groupées."),
    ),
    "LigneDite": objet("Une question et sa réponse.", question=texte("La question."), reponse=texte("La réponse.")),
    "SectionDeQuestions": objet(
        "Des questions sur un même sujet.",
        titre=texte("Le sujet ; vide si elles portent sur tout le foyer."),
        connus=liste(de("ChiffreConnu"), "Les montants connus : ils valent s'ils ne sont pas corrigés."),
        questions=liste(de("Question"), "Les questions."),
    ),
    "ChiffreConnu": objet(
        "Un montant que la Caf connaît.",
        libelle=texte("Quoi, et quel mois."),
        montant=centimes("Montant"),
        origine=texte("Qui l'a dit."),
    ),
    "Question": objet(
        "Une question.",
        nom=texte("Son nom dans les réponses."),
        libelle=texte("La question."),
        aide=ou_rien(texte("Ce qui aide à répondre.")),
        exigee=vrai("Une réponse est nécessaire."),
        valeur=VALEUR,
        choix=liste(de("Choix"), "Les réponses possibles ; vide pour une réponse libre."),
        schema={"type": "object", "description": "JSON Schema (2020-12) de la réponse."},
    ),
    "Choix": objet("Une réponse possible.", valeur=texte("À envoyer."), libelle=texte("À montrer.")),
    "ReponsesAUneEtape": objet(
        "Les réponses à une étape. Une case qui n'est pas cochée peut ne pas être envoyée.",
        etape={**nombre("Numéro de l'étape."), "minimum": 0, "maximum": 99},
        reponses={
            "type": "object",
            "description": "Nom de la question : la réponse, selon son schéma.",
            "additionalProperties": {
                "type": ["string", "array"], "maxLength": REPONSE_AU_PLUS,
                "items": {"type": "string", "maxLength": REPONSE_AU_PLUS},
            },
        },
    ),
    "Relecture": objet(
        "Tout ce qui sera envoyé.",
        vu=texte("Empreinte de cette relecture : à renvoyer avec l'envoi."),
        droits=liste(texte("Nom d'un droit."), "Ce qui est demandé."),
        ouvre=liste(texte("Depuis quand un droit est dû, et par quel article."), "Pour chaque droit."),
        parties=liste(de("PartieRelue"), "Les questions et les réponses."),
        declaration=liste(de("Article"), "La déclaration sur l'honneur, ses vérifications, ses sanctions."),
        cases=liste(de("Case"), "Les cases à cocher. Aucune ne l'est d'avance."),
    ),
    "PartieRelue": objet("Un sujet.", titre=texte("Le sujet."), lignes=liste(de("LigneDite"), "Ce qui est dit.")),
    "Case": objet("Une case à cocher.", nom=texte("Son nom dans l'envoi."), libelle=texte("Ce qu'elle dit.")),
    "EnvoiDeDemande": objet(
        "Les cases que la personne a cochées, après avoir relu.",
        vu=saisie("Empreinte de la relecture qui lui a été montrée.", 64),
        cases={"type": "object", "description": "Nom de la case : cochée ou non.",
               "additionalProperties": {"type": "boolean"}},
    ),
}  # fmt: skip
