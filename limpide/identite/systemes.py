"""Systems of the identity room: who is who, third parties, landlords, and the shared directories."""

from limpide.registre import clauses
from limpide.registre.actes import acte_reglementaire, avis_repute_favorable, communique, deliberation, sans_acte
from limpide.registre.declaration import Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S10",
        section=1,
        rang=10,
        nom="Traitement des tiers, personnes physiques et morales en relation avec les Caf (Tiersi)",
        actes=(acte_reglementaire("2012-11-06"), avis_repute_favorable()),
        alias=("Tiersi",),
        finalites=("Connaître ceux que la Caf paie, informe ou contacte sans qu'ils soient allocataires",),
        base_legale=clauses.MISSION,
        personnes=("Bailleurs, prêteurs, mandataires, structures d'accueil, associations, débiteurs de pension",),
        donnees=("Identification, coordonnées, coordonnées bancaires, rôle",),
        destinataires=("Agents des Caf", "Services de paiement"),
        conservation=Conservation(
            active="tant qu'un rôle est ouvert",
            intermediaire="six ans au plus après la fin du dernier rôle",
            source=clauses.SIX_ANS.source,
        ),
        mesures=clauses.MESURES,
        droits_applicables=clauses.DROITS,
        information=(
            "Si la Caf vous paie ou vous écrit pour le compte d'un allocataire, elle garde vos coordonnées ; elle "
            "vous en "
            "informe au premier contact."
        ),
        origine=clauses.NON_LU,
    ),
    Systeme(
        code="S21",
        section=1,
        rang=21,
        nom="Fichier national des bénéficiaires du Rmi",
        actes=(acte_reglementaire("2003-07-01"), avis_repute_favorable()),
        alias=("Fichier national du Rmi",),
        statut="clos",
        finalites=("Repérer les inscriptions multiples au RMI (clos : le RSA a remplacé le RMI en 2009)",),
        base_legale=clauses.MISSION,
        personnes=("Anciens bénéficiaires du RMI",),
        donnees=("Aucune : le fichier n'est pas repris ici",),
        destinataires=("Aucun",),
        conservation=Conservation(active="aucune : système clos"),
        mesures=("Aucun traitement ne peut s'y ouvrir",),
        droits_applicables=("Accès",),
        information="Le RMI n'existe plus depuis 2009. Ce fichier est fermé.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S28",
        section=1,
        rang=28,
        nom="Fichier national des bailleurs et organismes prêteurs",
        actes=(acte_reglementaire("1995-12-12"), avis_repute_favorable()),
        finalites=("Identifier les bailleurs et prêteurs payés directement ou qui échangent avec les Caf",),
        base_legale=clauses.MISSION,
        personnes=("Bailleurs personnes physiques", "Contacts des bailleurs et prêteurs personnes morales"),
        donnees=("Identification, adresse, Siret, conventions, coordonnées bancaires",),
        destinataires=("Caf", "Services de paiement"),
        conservation=Conservation(
            active="tant qu'un bail ou une convention est suivi",
            intermediaire="six ans au plus ensuite",
            source=clauses.SIX_ANS.source,
        ),
        mesures=clauses.MESURES,
        droits_applicables=clauses.DROITS,
        information="Si vous êtes bailleur et que la Caf vous verse l'aide au logement de votre locataire, elle "
        "vous connaît ici.",
        origine=clauses.NON_LU,
    ),
    Systeme(
        code="S35",
        section=2,
        rang=5,
        nom="RNB : Référentiel national des bénéficiaires",
        actes=(communique(),),
        alias=("RNB",),
        finalites=("Donner à chaque bénéficiaire un numéro unique", "Repérer les affiliations multiples"),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER,),
        donnees=("Numéro de sécurité sociale ou d'attente, état civil, Caf, rôle, dates ; aucun montant",),
        destinataires=("Agents des Caf", "Rncps"),
        conservation=clauses.SIX_ANS,
        mesures=clauses.MESURES,
        droits_applicables=clauses.DROITS_SANS_OPPOSITION,
        information="Chaque personne n'a qu'un numéro, où qu'elle habite : cela évite les doublons entre Caf.",
        origine=clauses.PAGE_ET_SOURCES,
        reste="Personnes et affiliations sont construites ; pas le rapprochement national des doublons.",
    ),
    Systeme(
        code="S47",
        section=8,
        rang=1,
        nom="Répertoire national commun de la protection sociale (Rncps)",
        texte=(
            "Afin de faciliter vos démarches et de mieux gérer vos droits, les organismes qui vous servent des "
            "prestations "
            "sociales communiquent au Répertoire national commun de la protection sociale des informations vous "
            "concernant. "
            "Ces informations sont relatives à la nature des prestations qui vous sont versées et à l'adresse que "
            "vous avez "
            "déclarée à chacun de ces organismes."
        ),
        actes=(deliberation("2009-211", "2009-04-30", "(avis favorable)"),),
        alias=("RNCPS",),
        finalites=(
            "Publier la nature des prestations et l'adresse déclarée",
            "Consulter ce que publient les autres organismes",
        ),
        base_legale="Code de la sécurité sociale, art. L114-12-1 et R114-25 à R114-34 ; décret n° 2009-1577 du 16 "
        "décembre 2009",
        personnes=(clauses.FOYER,),
        donnees=(
            "Organisme, nature des prestations, dates, adresse déclarée",
            "Téléphone et adresse électronique vérifiés",
        ),
        destinataires=(
            "Caisse nationale d'assurance vieillesse, qui met en œuvre le répertoire",
            "Organismes partenaires du répertoire",
        ),
        conservation=Conservation(
            active="données consultées : un mois au plus ; rattachement : jusqu'à la fin de la cinquième année civile "
            "suivant sa fin",
            intermediaire="traces de consultation : un an",
            source="CSS R114-27 et R114-28",
        ),
        mesures=(
            *clauses.MESURES_ECHANGE,
            "Seuls des agents nommément habilités par leur caisse consultent, mode par mode, pour un an au plus",
            "Une information du répertoire ne change jamais un droit à elle seule",
        ),
        droits_applicables=("Accès auprès de la Cnav", "Rectification auprès de l'organisme qui verse"),
        information=(
            "Votre Caf publie au Rncps la nature de vos prestations et votre adresse. Pour savoir ce que le "
            "répertoire dit "
            "de vous, écrivez à la Cnav ; pour corriger, à l'organisme qui vous verse la prestation."
        ),
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S48",
        section=9,
        rang=1,
        nom="Authentification et immatriculation",
        texte=(
            "A quoi sert le numéro de sécurité sociale ? Comment se fait l’immatriculation des personnes nées en "
            "France ? Et "
            "pour celles nées à l’étranger ? Lire l’essentiel des règles d’authentification et d’immatriculation "
            "des assurés "
            "par les organismes sociaux en France, en dix questions-réponses."
        ),
        actes=(sans_acte("La page ne cite aucun acte ; décret n° 2019-341 du 19 avril 2019 (usages du NIR)"),),
        alias=("Identification et immatriculation",),
        finalites=("Identifier une personne sans erreur", "Attribuer un numéro d'attente et suivre sa certification"),
        base_legale="Loi n° 78-17, article 30 ; décret n° 2019-341 du 19 avril 2019",
        personnes=(clauses.FOYER,),
        donnees=("Numéro de sécurité sociale (NIR) ou d'attente (NIA)", "Noms, prénoms, date et lieu de naissance"),
        destinataires=("Service national de gestion des identifiants (SNGI), tenu par la Cnav",),
        conservation=clauses.SIX_ANS,
        mesures=(
            *clauses.MESURES,
            "Connaître un numéro n'identifie personne : il faut aussi un secret",
            "Le numéro ne sert jamais à déduire un sexe, un âge ou une origine",
        ),
        droits_applicables=("Accès auprès de la Cnav", "Rectification auprès de l'organisme qui verse"),
        information=(
            "Votre numéro de sécurité sociale évite de vous confondre avec une autre personne. Il est chiffré, et "
            "vos agents "
            "n'en voient que les derniers chiffres."
        ),
        origine=clauses.PAGE_ET_SOURCES,
    ),
)
