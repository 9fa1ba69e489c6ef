"""Processings of the citizen's room: Mon Compte, and the protection of the login page."""

from limpide.dossiers.declarations_rncps import ADRESSE, PUBLICATION
from limpide.identite.declarations_contacts import CONTACT_LU
from limpide.identite.mesures import CONSULTATION, DONNEES
from limpide.registre.conservation.durees import APRES_LA_RELATION
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.conservation.gels import COLONNES_CREEES, COLONNES_GEL, COLONNES_LEVEE
from limpide.registre.conservation.relations import lectures
from limpide.registre.declaration import Acte, Conservation, Traitement
from limpide.registre.demandes import traitements as guichet
from limpide.usagers.declarations_attestations import TRAITEMENTS_ATTESTATIONS
from limpide.usagers.declarations_borne import TRAITEMENTS_BORNE
from limpide.usagers.declarations_changement import TRAITEMENTS_CHANGEMENT
from limpide.usagers.declarations_demande import TRAITEMENTS_DEMANDE
from limpide.usagers.declarations_erreurs import TRAITEMENTS_ERREURS
from limpide.usagers.declarations_fin import TRAITEMENTS_FIN
from limpide.usagers.declarations_propositions import TRAITEMENTS_PROPOSITIONS
from limpide.usagers.declarations_residence import TRAITEMENTS_RESIDENCE
from limpide.usagers.declarations_surveillance import TRAITEMENTS_SURVEILLANCE
from limpide.usagers.declarations_trimestre import TRAITEMENTS_TRIMESTRE, TRIMESTRE_LU

AU_PROTECTEUR = "Son protecteur, pour ce que dit la décision du juge"
PERSONNE = ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "statut_identite")
FAIT = (
    "id",
    "dossier_id",
    "organisme_id",
    "personne_id",
    "nature",
    "valeur",
    "valide",
    "connu",
    "source",
    "piece_id",
)
RATTACHEMENT = (
    "id",
    "dossier_id",
    "organisme_id",
    "personne_id",
    "role",
    "garde_alternee",
    "naissance",
    "valide",
    "connu",
    "source",
)
LIGNE = (
    "id", "liquidation_id", "organisme_id", "dossier_id", "mois", "droit", "rang", "montant_centimes",
    "crds_centimes", "motif", "fait_manquant",
)  # fmt: skip
DECISION = (
    "id", "dossier_id", "organisme_id", "liquidation_id", "prise_le", "automatisation", "effets", "cause",
    "finalite_id", "regles_id", "mention_id", "recours_id",
)  # fmt: skip
DETAIL = ("id", "decision_id", "dossier_id", "organisme_id", "deposee_le", "echeance", "repondue_le", "reponse")
DEMANDE = (
    "id",
    "dossier_id",
    "organisme_id",
    "numero",
    "droits",
    "etat",
    "canal",
    "creee_le",
    "deposee_le",
    "decidee_le",
)
PIECE = (
    "id", "dossier_id", "organisme_id", "demande_id", "personne_id", "genre", "droits", "etat", "attendue_pour",
    "recue_le", "traitee_le", "motif_refus",
)  # fmt: skip
CREANCE = (
    "id", "organisme_id", "dossier_id", "liquidation_id", "droit", "mois", "montant_centimes", "etat", "cause",
    "proposee_le", "prescrite_le", "decidee_le",
)  # fmt: skip

RECOURS = (
    "id", "organisme_id", "dossier_id", "droit", "voie", "depose_le", "etat", "issue", "decide_le",
)  # fmt: skip
REPONSE = ("id", "compte_id", "personne_id", "version", "empreinte", "reponse", "canal", "quand")

TRAITEMENTS = (
    *TRAITEMENTS_SURVEILLANCE,
    *TRAITEMENTS_DEMANDE,
    *TRAITEMENTS_ERREURS,
    *TRAITEMENTS_FIN,
    *TRAITEMENTS_TRIMESTRE,
    *TRAITEMENTS_CHANGEMENT,
    *TRAITEMENTS_RESIDENCE,
    *TRAITEMENTS_ATTESTATIONS,
    *TRAITEMENTS_PROPOSITIONS,
    *TRAITEMENTS_BORNE,
    Traitement(
        cle="mon_compte",
        systeme="S39",
        limitation="La personne lit ses propres données",
        intitule="Espace numérique « Mon Compte »",
        finalite="Permettre à l'allocataire de consulter ses droits et son dossier, et de comprendre ses montants",
        sous_finalites=(
            "Expliquer chaque montant et ce qui l'a fait changer",
            "Expliquer chaque somme à rembourser : mois, information qui a changé, versé, dû, recours",
            "Montrer l'origine de chaque donnée du dossier",
            "Montrer qui a consulté le dossier, quand et pourquoi",
        ),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; CSS art. L583-1 ; CRPA art. L311-3-1",
        actes=(
            Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, articles 1 à 6"),
        ),
        personnes=("Allocataires", "Membres de leur foyer"),
        lire={
            "identite.Personne": PERSONNE,
            "identite.Affiliation": ("personne_id", "organisme_id", "allocataire_id"),
            "identite.Organisme": ("code", "nom"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.Demande": DEMANDE,
            "dossiers.PieceAttendue": PIECE,
            "dossiers.Trimestre": TRIMESTRE_LU,
            "dossiers.Liquidation": ("id", "organisme_id", "mois", "numero", "genre", "etat", "connu_au"),
            "dossiers.LigneDroit": LIGNE,
            "dossiers.TexteDecision": ("cle", "texte"),
            "dossiers.VersionRegles": ("empreinte", "en_service_le", "natures"),
            "dossiers.Decision": DECISION,
            "dossiers.RevueDecision": ("decision_id", "dossier_id", "organisme_id", "faite_le", "avis"),
            "dossiers.DemandeDetail": DETAIL,
            "paiements.FichierVirement": ("id", "organisme_id", "mois", "numero", "date_execution", "etat"),
            "paiements.OrdrePaiement": (
                "id", "organisme_id", "dossier_id", "mois", "nature", "montant_centimes", "fichier_id",
            ),
            "dossiers.Adresse": ADRESSE,
            "dossiers.PublicationRncps": PUBLICATION,
            "identite.Immatriculation": ("id", "personne_id", "genre", "clos_le", "certifie_le"),
            "identite.PointDeContact": (*CONTACT_LU, "a_verifier_le"),
            "paiements.Creance": CREANCE,
            "paiements.Ecriture": ("id", "organisme_id", "fichier_id", "contrepasse_id"),
            "paiements.LigneEcriture": (
                "id", "ecriture_id", "organisme_id", "compte", "dossier_id", "droit", "mois", "montant_centimes",
            ),
            "paiements.Recours": RECOURS,
            "paiements.DecisionHumaine": (
                "id", "recours_id", "dossier_id", "organisme_id", "service", "signataire", "qualite", "motifs",
                "enregistree_le",
            ),
            "registre.Archivage": ("id", "dossier_id", "avis"),
            "registre.LigneJournal": (
                "id", "quand", "acteur_genre", "service", "traitement", "motif", "organisme", "personne_id",
                "dossier_id", "objet", "action",
            ),
        },
        archives="La personne lit ses propres données tant qu'elles existent",
        perimetre="personne",
        destinataires=("L'allocataire lui-même", AU_PROTECTEUR),
        conservation=fiche_du_dossier(),
        mesures=(
            "Identification par le numéro de sécurité sociale et authentification par mot de passe",
            "Lignes limitées à l'allocataire par la base de données elle-même",
            "Date et heure de la dernière connexion affichées",
            "Lecture seule",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation", "Opposition"),
        information=(
            "Vous consultez ici votre dossier tel que votre Caf le connaît, avec l'origine de chaque donnée, le calcul "
            "de vos droits étape par étape et la liste des consultations de votre dossier."
        ),
        genres=("allocataire", "protecteur"),
        pouvoir=CONSULTATION,
        automatisation="aucune",
    ),
    Traitement(
        cle="ma_conservation",
        systeme="S39",
        limitation="La personne lit ses propres données",
        intitule="Durée de conservation de mon dossier",
        finalite="Dire à chacun jusqu'à quand ses données sont gardées, et ce qui les retient",
        base_legale="RGPD art. 13.2.a et 15.1.d : obligation légale d'information (RGPD art. 6.1.c)",
        actes=(Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, article 4"),),
        personnes=("Allocataires",),
        lire=lectures({
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.Rattachement": ("id", "dossier_id", "organisme_id", "personne_id"),
            "identite.Organisme": ("code", "nom"),
            "registre.Archivage": (
                "id", "dossier_id", "organisme", "etat", "fin_de_relation", "efface_apres", "grace_jusqu_au", "avis",
            ),
            "registre.Gel": ("id", "dossier_id", "personne_id", "motif", "leve_le"),
        }),
        perimetre="personne",
        destinataires=("L'allocataire lui-même", AU_PROTECTEUR),
        conservation=Conservation(active="aucune : les dates sont calculées à chaque visite"),
        mesures=("Lignes limitées à l'allocataire par la base de données elle-même", "Lecture seule"),
        droits_applicables=("Information", "Accès"),
        information="Vous voyez jusqu'à quand vos données sont gardées, et ce qui les retient.",
        genres=("allocataire", "protecteur"),
        pouvoir=CONSULTATION,
        archives="La personne lit ses propres données tant qu'elles existent",
    ),
    Traitement(
        cle="detail_decision",
        systeme="S42",
        limitation="La personne lit ses propres données",
        intitule="Détail d'un calcul, à la demande de la personne",
        finalite="Enregistrer la demande du détail d'un calcul et y répondre, en rejouant la décision",
        sous_finalites=(
            "Dire la part du calcul, les données lues et leurs sources, les paramètres et les opérations",
            "Compter le délai d'un mois ; au-delà, dire que la demande est refusée et comment saisir la Cada",
        ),
        base_legale="Code des relations entre le public et l'administration, art. L311-3-1, R311-3-1-1 et R311-3-1-2 : "
        "obligation légale (RGPD art. 6.1.c)",
        actes=(Acte("aucun", "Droit à communication, sans acte réglementaire propre"),),
        personnes=("Allocataires", "Membres de leur foyer"),
        lire={
            "identite.Personne": PERSONNE,
            "identite.Organisme": ("code", "nom"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.Demande": DEMANDE,
            "dossiers.Liquidation": ("id", "organisme_id", "mois", "numero", "genre", "etat", "connu_au"),
            "dossiers.LigneDroit": LIGNE,
            "dossiers.TexteDecision": ("cle", "texte"),
            "dossiers.VersionRegles": ("empreinte", "en_service_le", "natures"),
            "dossiers.Decision": DECISION,
            "dossiers.DemandeDetail": DETAIL,
        },
        creer={
            "dossiers.DemandeDetail": (
                "decision_id", "dossier_id", "organisme_id", "echeance", "repondue_le", "reponse",
            ),
        },
        perimetre="personne",
        destinataires=("L'allocataire lui-même", AU_PROTECTEUR),
        conservation=Conservation(
            active="Durée d'ouverture du dossier",
            intermediaire="jusqu'à six ans après sa clôture",
            sort_final="suppression",
            source=APRES_LA_RELATION.source,
        ),
        mesures=(
            "Une demande par décision ; la réponse donnée ne se modifie pas",
            "La réponse n'est donnée que si le rejeu redonne exactement la décision",
        ),
        droits_applicables=("Information", "Accès", "Recours devant la Cada"),
        information="Vous pouvez demander le détail du calcul de chaque décision. La réponse est gardée.",
        genres=("allocataire", "protecteur"),
        pouvoir=CONSULTATION,
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="aucune",
        archives="La personne lit ses propres données tant qu'elles existent",
    ),
    Traitement(
        cle="mes_demandes_de_droits",
        systeme="S44",
        limitation="La personne lit ses propres données",
        intitule="Mes demandes sur mes données",
        finalite="Permettre à chacun d'exercer ses droits en ligne et de recevoir la réponse",
        base_legale="RGPD art. 12 à 22 : obligation légale (RGPD art. 6.1.c)",
        actes=guichet.ACTES,
        personnes=("Allocataires",),
        lire={
            "registre.DemandeDroit": guichet.DEMANDE,
            "registre.EtapeDemande": guichet.ETAPE,
            "registre.ReponseAcces": guichet.REPONSE,
            "registre.Gel": COLONNES_GEL,
            "identite.MesureProtection": (
                "id", "personne_id", "genre", "protecteur_nom", "pouvoir_donnees", "jugement_le", "valide",
            ),
            "registre.AvisDestinataire": ("id", "demande_id", "personne_id", "nom", "donnees", "issue", "regle_le"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
        },
        creer={
            "registre.DemandeDroit": guichet.DEMANDE[1:],
            "registre.EtapeDemande": guichet.ETAPE[1:],
            "registre.Gel": COLONNES_CREEES,
        },
        modifier={
            "registre.DemandeDroit": ("etat", "close_le"),
            "registre.ReponseAcces": ("remise_le",),
            "registre.Gel": COLONNES_LEVEE,
        },
        perimetre="personne",
        destinataires=("L'allocataire lui-même", AU_PROTECTEUR, "Délégué à la protection des données"),
        conservation=guichet.CONSERVATION,
        mesures=("Lignes limitées à la personne par la base de données elle-même",),
        droits_applicables=("Accès", "Rectification"),
        information="Vous demandez, vous suivez, vous recevez la réponse ici.",
        genres=("allocataire", "protecteur"),
        pouvoir=DONNEES,
        archives="La personne exerce ses droits tant que ses données existent",
    ),
    Traitement(
        cle="conditions_mon_compte",
        systeme="S39",
        limitation="La personne répond pour elle-même",
        intitule="Acceptation des conditions d'utilisation de Mon Compte",
        finalite="N'ouvrir Mon Compte qu'à qui en a accepté les règles et peut être joint, et en garder la preuve",
        base_legale="RGPD art. 6.1.e : mission d'intérêt public",
        actes=(Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, article 1"),),
        personnes=("Allocataires titulaires d'un compte",),
        lire={
            "usagers.ReponseConditions": REPONSE,
            "identite.PointDeContact": ("id", "personne_id", "confirme_le", "retire_le"),
        },
        creer={"usagers.ReponseConditions": REPONSE[1:]},
        perimetre="personne",
        destinataires=("L'allocataire lui-même",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Une réponse ne se modifie pas : en changer en ajoute une",
            "Lignes limitées à la personne par la base de données elle-même",
        ),
        droits_applicables=("Information", "Accès"),
        information="Votre réponse aux conditions d'utilisation est gardée avec sa date et l'empreinte du texte lu. La "
        "refuser ferme Mon Compte et ne change ni vos droits ni vos paiements.",
        genres=("allocataire",),
        automatisation="aucune",
        archives="La personne répond tant que son accès existe",
    ),
    Traitement(
        cle="securite_connexion",
        systeme="S45",
        intitule="Protection des pages de connexion",
        finalite="Arrêter les essais répétés de mots de passe",
        base_legale="RGPD art. 6.1.c et 32 : obligation légale de sécurité",
        actes=(Acte("aucun", "Mesure de sécurité, sans acte réglementaire"),),
        personnes=("Personnes qui se connectent",),
        lire={"usagers.EchecConnexion": ("id", "compte", "adresse", "quand")},
        creer={"usagers.EchecConnexion": ("compte", "adresse", "quand")},
        supprimer=("usagers.EchecConnexion",),
        perimetre="national",
        destinataires=("Aucun : compteur automatique",),
        conservation=Conservation(active="24 heures", proposees=("24 heures",)),
        mesures=(
            "Ni identifiant ni adresse : seulement leurs empreintes à clé",
            "Même attente que le compte existe ou non",
        ),
        droits_applicables=("Information",),
        information=(
            "Après plusieurs mots de passe faux, la connexion attend quinze minutes. Ni votre numéro ni votre adresse "
            "réseau ne sont conservés : seulement une empreinte, pendant un jour."
        ),
        genres=("visiteur", "allocataire", "agent", "dpd", "systeme"),
        sans_personne="Ces lignes ne contiennent que des empreintes : nul ne sait de qui il s'agit.",
    ),
    Traitement(
        cle="choix_traceurs",
        systeme="S46",
        intitule="Choix des lecteurs sur les cookies et autres traceurs",
        finalite="Garder la preuve qu'un choix a été proposé et exprimé, sans savoir par qui",
        base_legale="Loi n° 78-17 du 6 janvier 1978, art. 82 ; RGPD art. 7.1 : obligation légale (RGPD art. 6.1.c)",
        actes=(Acte("aucun", "Preuve du consentement, sans acte réglementaire"),),
        personnes=("Lecteurs du site, sans rien qui les désigne",),
        lire={"usagers.ChoixTraceurs": ("id", "jour", "version", "acceptees")},
        creer={"usagers.ChoixTraceurs": ("jour", "version", "acceptees")},
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=Conservation(active="tant que la politique publiée s'y réfère"),
        mesures=("Le jour seulement, ni heure ni adresse ni compte",),
        droits_applicables=("Information",),
        information="Votre choix sur les cookies reste dans votre navigateur. Le site n'en garde que le jour, la "
        "version de la politique et ce qui est accepté.",
        genres=("systeme",),
        sans_personne="Une ligne dit un jour, une version et des finalités : nul ne sait de qui il s'agit.",
    ),
    Traitement(
        cle="mesure_audience",
        systeme="S46",
        intitule="Mesure d'audience du site, avec l'accord des lecteurs",
        finalite="Compter les visites par jour et par partie du site",
        base_legale="RGPD art. 6.1.a : consentement ; loi n° 78-17 du 6 janvier 1978, art. 82",
        actes=(Acte("aucun", "Statistique sans identifiant, sans acte réglementaire"),),
        personnes=("Lecteurs du site qui l'acceptent",),
        lire={"usagers.VisitesDuJour": ("id", "jour", "espace", "visites")},
        creer={"usagers.VisitesDuJour": ("jour", "espace", "visites")},
        modifier={"usagers.VisitesDuJour": ("visites",)},
        perimetre="national",
        destinataires=("Toute personne : les sommes sont publiées sur la page des cookies",),
        conservation=Conservation(active="sans limite : des sommes seulement"),
        mesures=("Aucun identifiant : le cookie dit un jour et des parties du site", "Rien sans accord"),
        droits_applicables=("Information", "Retrait du consentement"),
        information="Si vous l'acceptez, votre visite est comptée une fois par jour. Rien ne la relie à vous.",
        genres=("systeme",),
        sans_personne="Des sommes par jour : nul ne sait de qui sont les visites.",
    ),
)  # fmt: skip
