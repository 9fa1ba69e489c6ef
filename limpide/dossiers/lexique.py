"""Words of the screens: each status has a term for the agent and a sentence for the citizen, never the raw code.

Completeness is tested against the law's reasons and the room's statuses: a new status without words fails.
"""

import datetime as dt
from dataclasses import dataclass

from limpide.dossiers.templatetags.affichage import jour_fr, mois_en_lettres
from limpide.droits.moteur.droit import Motif


@dataclass(frozen=True)
class Mots:
    """`agent`: the trade's term. `allocataire`: a sentence a person understands. `ton`: the DSFR badge colour."""

    agent: str
    allocataire: str
    ton: str = "info"


MOTIFS: dict[str, Mots] = {
    "OUVERT": Mots("Droit ouvert", "Vous y avez droit.", "success"),
    "INCONNU": Mots(
        "Information manquante",
        "Il manque une information pour calculer ce droit : ce n'est pas un refus.",
        "warning",
    ),
    "AGE": Mots("Condition d'âge non remplie", "La condition d'âge de ce droit n'est pas remplie."),
    "RESSOURCES": Mots("Ressources supérieures au plafond", "Vos ressources dépassent le montant qui ouvre ce droit."),
    "RESIDENCE": Mots(
        "Condition de résidence non remplie", "Ce droit suppose de vivre dans un territoire où il s'applique."
    ),
    "SEUIL": Mots("Montant sous le seuil de versement", "Le montant calculé est trop petit pour être versé."),
    "NOMBRE_ENFANTS": Mots("Nombre d'enfants insuffisant", "Ce droit commence avec plus d'enfants à charge."),
    "ACTIVITE": Mots(
        "Pas de revenu d'activité suffisant",
        "Ce droit demande un revenu du travail, qui manque ou est trop bas.",
    ),
    "SEJOUR": Mots("Condition de séjour non remplie", "La condition de séjour en France n'est pas remplie."),
    "ETUDIANT": Mots(
        "Étudiant, stagiaire ou apprenti", "Ce droit n'est pas ouvert aux étudiants dans cette situation."
    ),
    "A_INSTRUIRE": Mots(
        "À instruire par un agent",
        "La loi demande ici l'appréciation d'une personne : un agent étudie votre situation.",
        "new",
    ),
    "NON_CUMUL": Mots("Non-cumul", "Ce droit ne s'ajoute pas à une autre prestation que reçoit votre foyer."),
    "HORS_PERIODE": Mots("Mois sans versement", "Ce droit n'est pas dû tous les mois de l'année."),
    "SCOLARITE": Mots("Inscription à la rentrée manquante", "Aucun enfant n'est inscrit à l'école ou apprenti."),
    "COUPLE": Mots("Vie en couple", "Vous vivez en couple : ce droit est celui du parent qui vit seul."),
    "SOUTIEN": Mots("Enfant soutenu par ses parents", "Aucun de vos enfants n'est privé du soutien d'un parent."),
    "A_VENIR": Mots("Droit à venir", "Ce droit commence au mois qui suit l'événement ou la demande."),
    "PENSION_A_FIXER": Mots(
        "Pension à faire fixer", "Après quatre mois, ce droit continue si vous demandez au juge de fixer une pension."
    ),
    "SANS_EVENEMENT": Mots(
        "Ni naissance ni adoption", "Ce droit s'ouvre quand une naissance est attendue ou qu'un enfant adopté arrive."
    ),
    "INCAPACITE": Mots("Incapacité non reconnue", "Ce droit suppose un taux d'incapacité reconnu par la MDPH."),
    "AUTONOMIE": Mots(
        "Logement ou travail",
        "Ce droit suppose un logement à soi, avec une aide au logement, et aucun revenu du travail.",
    ),
    "SANS_ALLOCATION": Mots("Allocation non reçue", "Ce droit complète une allocation que votre foyer ne reçoit pas."),
    "DECISION_ATTENDUE": Mots(
        "Décision de la MDPH attendue",
        "Votre Caf attend la décision de la MDPH : c'est elle qui ouvre ce droit.",
        "new",
    ),
    "RESTRICTION": Mots(
        "Restriction d'accès à l'emploi non reconnue",
        "À votre taux d'incapacité, ce droit suppose une restriction durable d'accès à l'emploi, reconnue par la MDPH.",
    ),
    "NON_DECLARE": Mots(
        "Suspendu : trimestre non déclaré",
        "Le versement est suspendu jusqu'à votre déclaration trimestrielle : il reprend dès que vous l'envoyez.",
        "warning",
    ),
    "LOGEMENT": Mots(
        "Logement sans loyer", "L'aide au logement suppose de payer un loyer ou un prêt pour sa résidence principale."
    ),
    "AUTRE_AIDE": Mots(
        "Une autre aide au logement", "Pour votre logement, c'est une autre aide au logement qui s'applique."
    ),
    "LOYER": Mots("Loyer trop élevé", "À ce niveau de loyer, l'aide au logement est supprimée."),
    "PROCHE": Mots(
        "Logement de la famille",
        "Un logement qui appartient à vos parents, à vos enfants ou à vous n'ouvre pas ce droit.",
    ),
    "PRET": Mots(
        "Prêt signé trop tard",
        "Un prêt signé depuis 2018 n'ouvre plus droit à l'aide au logement, sauf exceptions.",
    ),
    "DUREE_EPUISEE": Mots("Durée épuisée", "La durée pendant laquelle ce droit est versé est épuisée."),
    "ACTIVITE_ANTERIEURE": Mots(
        "Activité antérieure trop courte", "Ce droit suppose d'avoir assez travaillé avant l'arrivée de l'enfant."
    ),
    "SANS_ACTIVITE": Mots(
        "Ni activité ni situation assimilée", "Ce droit suppose de travailler, ou une situation que la loi y assimile."
    ),
    "A_DECLARER": Mots("Mois à déclarer", "Vous n'avez pas encore déclaré ce mois : ce n'est pas un refus.", "warning"),
    "SANS_DEMANDE": Mots(
        "Pas de demande", "Vous n'avez pas demandé l'aide au logement : elle est due à partir du mois de la demande."
    ),
    "NON_DEMANDE": Mots("Situation non déclarée", "Vous n'avez pas déclaré la situation qui ouvre ce droit."),
    "DECISION": Mots("Sans décision ni accord", "Ce droit demande une décision ou un accord, qui n'est pas donné."),
    "GROSSESSE_COURTE": Mots(
        "Grossesse de moins de vingt semaines", "La loi ouvre ce droit à partir de la vingtième semaine de grossesse."
    ),
}


def motif(valeur: int | str) -> Mots:
    """Words of a reason, given by its name or by its number in the database."""
    return MOTIFS[Motif(valeur).name if isinstance(valeur, int) else valeur]


ROLES: dict[str, Mots] = {
    "demandeur": Mots("Demandeur", "Vous"),
    "conjoint": Mots("Conjoint", "Votre conjoint ou conjointe"),
    "enfant": Mots("Enfant", "Votre enfant"),
}

SOURCES: dict[str, Mots] = {
    "declaration": Mots("Déclaration", "Vous l'avez déclaré"),
    "agent": Mots("Saisie d'un agent", "Un agent de votre Caf l'a saisi"),
    "partenaire": Mots("Partenaire", "Un organisme nous l'a transmis"),
    "jugement": Mots("Décision de justice", "Une décision de justice"),
    "reprise": Mots("Reprise", "Repris de l'ancien système de la Caf"),
    "constat": Mots("Constat de la Caf", "Votre Caf l'a constaté"),
}

DEMANDES: dict[str, Mots] = {
    "brouillon": Mots("Brouillon", "Vous ne l'avez pas encore envoyée."),
    "deposee": Mots("Déposée", "Nous l'avons reçue. Nous allons l'étudier."),
    "attente_pieces": Mots("En attente de pièces", "Il nous manque un document pour continuer.", "warning"),
    "complete": Mots("Complète", "Nous avons tout ce qu'il faut. Nous l'étudions."),
    "decidee": Mots("Décidée", "La décision est prise.", "success"),
    "abandonnee": Mots("Abandonnée", "Elle est arrêtée. Vous pouvez en faire une autre."),
}

PIECES: dict[str, Mots] = {
    "attendue": Mots("Attendue", "Nous attendons ce document.", "warning"),
    "recue": Mots("Reçue", "Nous l'avons reçu. Nous allons le lire."),
    "validee": Mots("Validée", "Ce document est accepté.", "success"),
    "refusee": Mots("Refusée", "Ce document ne convient pas. Envoyez-en un autre.", "error"),
    "inutile": Mots("Plus attendue", "Ce document n'est plus attendu : vous n'avez rien à envoyer."),
}

CREANCES: dict[str, Mots] = {
    "proposee": Mots(
        "Indu proposé",
        "Nous pensons vous avoir trop versé. Rien n'est retenu : vous pouvez répondre d'abord.",
        "warning",
    ),
    "confirmee": Mots("Indu confirmé", "Un agent a confirmé cette somme à rembourser.", "warning"),
    "abandonnee": Mots("Indu abandonné", "Cette somme ne vous est plus demandée.", "success"),
    "remplacee": Mots("Indu remplacé", "Un nouveau calcul a remplacé cette somme."),
}

AUTOMATISATIONS: dict[str, Mots] = {
    "aucune": Mots("Prise par une personne", "Une personne a pris cette décision."),
    "assistee": Mots(
        "Calculée, à vérifier par une personne",
        "L'ordinateur a fait le calcul. Ce calcul utilise une donnée de santé : une personne doit donc le vérifier. "
        "Vous n'avez rien à faire. Si une somme vous est due, elle est versée sans attendre.",
        "warning",
    ),
    "exclusive": Mots("Prise par traitement seul", "L'ordinateur a appliqué les règles de la loi à votre situation."),
}

REVUES: dict[str, Mots] = {
    "confirmee": Mots(
        "Calculée, vérifiée par une personne le {jour}",
        "L'ordinateur a fait le calcul. Une personne l'a vérifié le {jour}.",
        "success",
    ),
    "a_corriger": Mots(
        "Calculée, vérifiée par une personne le {jour} : à corriger",
        "L'ordinateur a fait le calcul. Une personne l'a vérifié le {jour} et a trouvé une information à corriger : "
        "après la correction, vous recevrez une autre décision si le montant change.",
        "warning",
    ),
}
"""What a review says of a decision; `{jour}` is its day."""

ACTIONS: dict[str, Mots] = {
    "lecture": Mots("Lecture", "A consulté"),
    "ecriture": Mots("Écriture", "A modifié"),
    "refus": Mots("Refus", "A été refusé"),
}

IDENTITES: dict[str, Mots] = {
    "declare": Mots("Identité déclarée", "Vous avez déclaré votre identité."),
    "nia": Mots("Numéro d'attente (NIA)", "Vous avez un numéro d'attente."),
    "nir_non_certifie": Mots("NIR non certifié", "Votre numéro de sécurité sociale reste à vérifier."),
    "nir_certifie": Mots("NIR certifié", "Votre numéro de sécurité sociale est vérifié.", "success"),
    "litige": Mots("Identité en litige", "Nous vérifions votre identité avec vous.", "warning"),
    "decede": Mots("Décès connu", "Un décès nous a été signalé."),
    "reunie": Mots("Réunie à une autre identité", "Ces informations ont rejoint votre identité principale."),
}


def periode(debut: dt.date | None, fin: dt.date | None, *, mensuelle: bool = False) -> str:
    """A range [debut, fin[ in words: « août 2026 », « depuis le 1er mars 2024 », « du … au … »."""
    if mensuelle and debut:
        dernier = fin - dt.timedelta(days=1) if fin else None
        if dernier is None:
            return f"depuis {mois_en_lettres(debut)}"
        if (debut.year, debut.month) == (dernier.year, dernier.month):
            return mois_en_lettres(debut)
        return f"de {mois_en_lettres(debut)} à {mois_en_lettres(dernier)}".replace("de a", "d'a").replace("de o", "d'o")
    if debut is None:
        return "depuis toujours"
    if fin is None:
        return f"depuis le {jour_fr(debut)}"
    return f"du {jour_fr(debut)} au {jour_fr(fin - dt.timedelta(days=1))}"
