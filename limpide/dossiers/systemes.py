"""Systems of the files' room: Cristal, the prime d'activité, supporting documents."""

from limpide.registre import clauses
from limpide.registre.actes import (
    acte_reglementaire,
    decret,
    deliberation,
    engagement_de_conformite,
)
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S03",
        section=1,
        rang=3,
        nom="Traitements relatifs à la prime d'activité",
        actes=(
            decret("2015-1863", "2015-12-29"),
            deliberation("2015-421", "2015-12-03"),
            engagement_de_conformite(),
        ),
        finalites=("Gérer et verser la prime d'activité",),
        base_legale="Décret n° 2015-1863 du 29 décembre 2015 ; code de la sécurité sociale, art. L841-1 et suivants",
        personnes=("Demandeurs et bénéficiaires de la prime d'activité", "Autres membres de leur foyer"),
        donnees=(
            "Identité, numéro de sécurité sociale",
            "Foyer, activité, ressources de chaque mois, logement",
            "Coordonnées bancaires",
        ),
        destinataires=("Agents habilités des Caf et de la MSA", "État, qui finance : données agrégées"),
        conservation=clauses.SIX_ANS,
        mesures=(
            *clauses.MESURES,
            "Engagement de conformité : les données traitées sont celles de la déclaration, la base refuse les autres",
        ),
        droits_applicables=clauses.DROITS_SANS_OPPOSITION,
        automatisation="selon_donnees",
        information=(
            "La Caf calcule votre prime d'activité à partir de vos ressources de trois mois, et vous explique chaque "
            "montant avec ses articles."
        ),
        origine=clauses.PAGE_ET_SOURCES,
        reste="Demande en ligne, calcul, paiement, explication, déclaration trimestrielle, rappels, suspension et "
        "reprise sont construits ; ni flux des employeurs, ni échanges avec la MSA.",
    ),
    Systeme(
        code="S06",
        section=1,
        rang=6,
        nom="Modèle Cristal (Conception Relationnelle Intégrée du Système de Traitement des Allocations)",
        actes=(
            acte_reglementaire("2017-06-26"),
            deliberation(
                "2017-130",
                "2017-04-27",
                "sur l'évolution rendue nécessaire par le non cumul entre l'Aah et l'Ass",
            ),
            deliberation("95-151", "1995-11-21"),
        ),
        alias=("Cristal",),
        finalites=(
            "Instruire les demandes et calculer les droits",
            "Décider, notifier et payer",
            "Recalculer quand un fait change : rappels et indus",
        ),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER, clauses.AGENTS),
        donnees=(
            "Identité et numéro de sécurité sociale de chaque membre du foyer",
            "Situation de famille, ressources, activité, logement",
            "Nationalité : française, européenne ou autre seulement",
            "Coordonnées bancaires, droits, paiements, créances",
            "Données dérivées de la santé : grossesse, handicap, invalidité",
        ),
        destinataires=("Agents habilités de la Caf", "Tout autre destinataire seulement par un échange déclaré"),
        conservation=clauses.SIX_ANS,
        mesures=(
            *clauses.MESURES_SANTE,
            "Un fait ne se modifie ni ne s'efface : il est corrigé par un autre, daté",
            "Une décision qui lit une donnée de santé attend une personne",
        ),
        droits_applicables=clauses.DROITS_SANS_OPPOSITION,
        automatisation="selon_donnees",
        donnees_de_sante=True,
        article9=clauses.ARTICLE_9,
        information=(
            "C'est ici que votre Caf garde ce que vous lui déclarez, calcule vos droits chaque mois et garde les "
            "raisons "
            "de chaque montant."
        ),
        origine=clauses.PAGE_ET_SOURCES,
        reste="Tous les droits que verse une Caf ne sont pas encore calculés : voir les algorithmes publiés.",
    ),
    Systeme(
        code="S26",
        section=1,
        rang=26,
        nom="Gestion électronique de documents (suivi des pièces - Sdp)",
        actes=(acte_reglementaire("1998-07-07"), deliberation("98-056", "1998-06-09")),
        alias=("Sdp",),
        finalites=("Demander, recevoir et suivre les pièces justificatives",),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER,),
        donnees=("Nature de la pièce, personne, date, canal, état", "Image de la pièce"),
        destinataires=("Agents de la Caf, selon la nature de la pièce",),
        conservation=clauses.SIX_ANS,
        mesures=clauses.MESURES,
        droits_applicables=clauses.DROITS_SANS_OPPOSITION,
        information="La Caf note les pièces qu'elle vous demande, celles qu'elle a reçues, et quand. Elle garde ce que "
        "vous envoyez, chiffré ; la copie d'une pièce d'identité est effacée dès qu'elle est vérifiée.",
        origine=clauses.NON_LU,
        reste="Dépôt en ligne, examen et suivi des pièces sont construits ; ni la numérisation du courrier papier, "
        "ni le déplacement d'un document versé au mauvais dossier, ni une habilitation propre aux pièces de santé.",
    ),
)
