"""Systems of the studies' room."""

import datetime as dt

from limpide.registre import clauses
from limpide.registre.actes import acte_reglementaire, avis_repute_favorable, deliberation
from limpide.registre.declaration import Acte, Conservation
from limpide.registre.systeme import Systeme

ETUDE = Conservation(active="le temps de l'étude", sort_final="anonymisation")

SYSTEMES = (
    Systeme(
        code="S05",
        section=1,
        rang=5,
        nom="Traitement de revalorisation des engagements hors bilan des dépenses d'aide au logement pour la "
        "certification "
        "des comptes de l'Etat",
        actes=(acte_reglementaire(), deliberation("2014-463", "2014-11-13")),
        finalites=("Estimer les dépenses futures d'aide au logement déjà engagées, pour les comptes de l'État",),
        base_legale=clauses.MISSION,
        personnes=("Bénéficiaires d'une aide au logement",),
        donnees=("Âge, type de foyer, prestation, montants, dates ; ni nom, ni numéro, ni adresse",),
        destinataires=("Ministère et son actuaire", "Cour des comptes"),
        conservation=ETUDE,
        mesures=clauses.MESURES_ETUDE,
        droits_applicables=clauses.DROITS,
        information="Des chiffres sans nom servent à estimer ce que l'État devra payer.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S07",
        section=1,
        rang=7,
        nom="Traitement de revalorisation des engagements hors bilan des dépenses liées à l’Allocation aux adultes "
        "handicapés "
        "(Aah) pour la certification des comptes de l'Etat",
        actes=(acte_reglementaire("2014-01-22"), deliberation("2013-418", "2013-12-19")),
        finalites=("Estimer les dépenses futures d'Aah déjà engagées, pour les comptes de l'État",),
        base_legale=clauses.MISSION,
        personnes=("Bénéficiaires de l'Aah",),
        donnees=("Âge, tranche de taux, dates, montants ; ni nom, ni numéro, ni adresse",),
        destinataires=("Ministère et son actuaire", "Cour des comptes"),
        conservation=ETUDE,
        mesures=clauses.MESURES_ETUDE,
        droits_applicables=clauses.DROITS,
        donnees_de_sante=True,
        article9=clauses.ARTICLE_9,
        information="Des chiffres sans nom servent à estimer ce que l'État devra payer.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S11",
        section=1,
        rang=11,
        nom="Transmission d'un échantillon de bénéficiaires de minima sociaux au GIP-MDS",
        actes=(acte_reglementaire("2012-07-04"), deliberation("2012-204", "2012-06-14")),
        finalites=("Rapprocher les salaires déclarés d'un échantillon de bénéficiaires",),
        base_legale=clauses.MISSION,
        personnes=("Bénéficiaires de minima sociaux tirés au sort",),
        donnees=("Numéro de sécurité sociale pour le seul rapprochement, numéro d'ordre, prestations",),
        destinataires=("GIP-MDS",),
        conservation=ETUDE,
        mesures=(*clauses.MESURES_ETUDE, "À sens unique : rien ne revient au dossier, aucun contrôle"),
        droits_applicables=clauses.DROITS,
        information="Un échantillon tiré au sort sert à vérifier des déclarations sociales ; vos droits n'en "
        "dépendent pas.",
        origine=clauses.NON_LU,
    ),
    Systeme(
        code="S12",
        section=1,
        rang=12,
        nom="Panel des allocataires dénommé PANAME",
        actes=(acte_reglementaire("2012-04-03"), avis_repute_favorable()),
        alias=("PANAME",),
        finalites=("Étudier les parcours d'allocataires dans la durée",),
        base_legale=clauses.MISSION,
        personnes=("Allocataires tirés au sort",),
        donnees=("Pseudonyme propre au panel, âge, type de foyer, prestations, montants, ressources en classes",),
        destinataires=("Statisticiens de la Cnaf", "Chercheurs sous convention"),
        conservation=ETUDE,
        mesures=(*clauses.MESURES_ETUDE, "Jamais utilisé pour décider d'un cas"),
        droits_applicables=clauses.DROITS,
        information="Des parcours sans nom servent à comprendre l'effet des prestations.",
        origine=clauses.NON_LU,
    ),
    Systeme(
        code="S22",
        section=1,
        rang=22,
        nom="Enquête « utilisateurs équipements d’accueil jeunes enfants »",
        actes=(acte_reglementaire("2000-11-07"), avis_repute_favorable()),
        finalites=("Connaître l'usage et la satisfaction des familles",),
        base_legale=clauses.MISSION,
        personnes=("Familles de jeunes enfants, volontaires",),
        donnees=("Coordonnées pour l'envoi ; réponses sous un numéro",),
        destinataires=("Institut de sondage", "Cnaf", "Caf : chiffres agrégés"),
        conservation=ETUDE,
        mesures=clauses.MESURES_ETUDE,
        droits_applicables=clauses.DROITS_ENQUETE,
        information="Répondre est facultatif, et vos réponses ne sont jamais rapprochées de votre dossier.",
        origine=clauses.NON_LU,
    ),
    Systeme(
        code="S31",
        section=2,
        rang=1,
        nom="EVANE, Enquête nationale sur les déterminants du vécu et des pratiques parentales des parents "
        "d’enfants de 0 à 2 "
        "ans",
        texte=(
            "Cette étude sera réalisée de janvier à mi-février 2024 par téléphone ou internet auprès de parents "
            "d’enfants "
            "entre 0 et 24 mois, tirés au sort parmi les allocataires de la Cnaf, résidant en France métropolitaine."
        ),
        actes=(Acte("information_collective", "Courrier information collective et mentions d'informations"),),
        alias=("EVANE",),
        finalites=("Permettre à Santé publique France d'interroger des parents de jeunes enfants",),
        base_legale=clauses.MISSION,
        personnes=("Parents d'enfants de 0 à 24 mois, tirés au sort",),
        donnees=("Coordonnées, mois de naissance de l'enfant ; les réponses restent à Santé publique France",),
        destinataires=("Santé publique France et son institut",),
        conservation=Conservation(active="jusqu'à la fin de la collecte", sort_final="suppression"),
        mesures=(*clauses.MESURES_ETUDE, "Refus possible avant le tirage", "Aucune réponse ne revient à la Caf"),
        droits_applicables=clauses.DROITS_ENQUETE,
        information="Vous pouvez refuser d'être tiré au sort et refuser de répondre : vos droits n'en dépendent pas.",
        origine=clauses.PAGE_ET_SOURCES,
        fin=dt.date(2024, 12, 31),
    ),
)
