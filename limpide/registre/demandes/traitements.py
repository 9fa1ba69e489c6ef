"""The declared processings of the rights desk; what an access gathers is computed from the models themselves."""

from limpide.registre import alertes, clauses
from limpide.registre.conservation.gels import COLONNES_CREEES, COLONNES_GEL, COLONNES_LEVEE
from limpide.registre.declaration import Acte, Conservation, Traitement
from limpide.registre.demandes import destinataires, limitation, motifs
from limpide.registre.demandes.assemblage import colonnes_du_registre

GUICHET, ASSEMBLAGE, REMISE = "guichet_des_droits", "reponse_droit_acces", "remise_par_courrier"
DEMANDE = (
    "id", "personne_id", "dossier_id", "organisme", "genre", "canal", "represente_par", "objet", "etat", "recue_le",
    "echeance",
    "identite", "identite_le", "copie_detruite_le", "motif_prolongation", "reponse", "close_le",
)  # fmt: skip
ETAPE = ("id", "demande_id", "personne_id", "de", "vers", "faite_le", "par", "note")
REPONSE_SANS_CONTENU = (
    "id", "demande_id", "personne_id", "empreinte", "produite_le", "disponible_jusqu_au", "remise_le", "effacee_le",
)  # fmt: skip
MESURE = ("id", "personne_id", "genre", "protecteur_nom", "pouvoir_donnees", "jugement_le", "valide")
REPONSE = (*REPONSE_SANS_CONTENU, "contenu")
MODIFIEES = (
    "etat", "close_le", "identite", "identite_le", "copie_detruite_le", "motif_prolongation", "echeance", "reponse",
)  # fmt: skip
JOURNAL = (
    "id", "quand", "acteur_genre", "service", "traitement", "motif", "personne_id", "dossier_id", "objet", "action",
)  # fmt: skip
ACTES = (Acte("aucun", "RGPD, articles 12 à 22 ; loi n° 78-17 du 6 janvier 1978, articles 48 à 56 et 85"),)
CONSERVATION = Conservation(
    active="le temps de répondre ; la copie remise : soixante jours",
    intermediaire="cinq ans pour la preuve de la demande et de sa réponse",
    proposees=("la copie remise : soixante jours", "cinq ans pour la preuve de la demande et de sa réponse"),
)


SOUS_FINALITES = (
    "Enregistrer une demande reçue par courrier et vérifier l'identité",
    "Reconnaître le protecteur qu'un juge a chargé de la personne",
    "Prévenir avant l'échéance, dire le refus implicite",
    "Suspendre l'effacement de ce qui est demandé",
    "Dire à quoi l'on peut s'opposer, et ce qui oblige à garder un dossier",
    "Aviser ceux à qui les données ont été communiquées (RGPD art. 19)",
)


def traitements() -> tuple[Traitement, ...]:
    """The officer's desk, the gathering of one person's data, and its delivery by letter."""
    return (_guichet(), _assemblage(), _remise())


def _guichet() -> Traitement:
    return Traitement(
        cle=GUICHET,
        systeme="S44",
        limitation="La limitation se pose, se suit et se lève au guichet des droits",
        intitule="Guichet des droits : demandes sur les données personnelles",
        finalite="Recevoir les demandes sur les données, y répondre dans les délais, en garder la preuve",
        sous_finalites=SOUS_FINALITES,
        base_legale=clauses.OBLIGATION + " (RGPD art. 12 à 22)",
        actes=ACTES,
        personnes=("Personnes qui exercent un droit sur leurs données",),
        lire={
            "registre.DemandeDroit": DEMANDE,
            "registre.EtapeDemande": ETAPE,
            "registre.ReponseAcces": REPONSE_SANS_CONTENU,
            "registre.Gel": COLONNES_GEL,
            "registre.Alerte": ("id", "traitee_le"),
            "registre.Limitation": limitation.COLONNES,
            "registre.Archivage": motifs.COLONNES_ARCHIVAGE,
            "identite.MesureProtection": MESURE,
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance"),
            "registre.AvisDestinataire": destinataires.COLONNES_AVIS,
            **destinataires.lectures(),
        },
        creer={
            "registre.AvisDestinataire": destinataires.COLONNES_AVIS[1:],
            "registre.DemandeDroit": DEMANDE[1:],
            "registre.EtapeDemande": ETAPE[1:],
            "registre.ReponseAcces": REPONSE[1:],
            "registre.Gel": COLONNES_CREEES,
            "registre.Limitation": limitation.COLONNES[1:],
            "registre.Alerte": alertes.COLONNES_SIGNALEES,
        },
        modifier={
            "registre.DemandeDroit": MODIFIEES,
            "registre.ReponseAcces": ("contenu", "effacee_le"),
            "registre.AvisDestinataire": destinataires.COLONNES_REGLEES,
            "registre.Gel": COLONNES_LEVEE,
            "registre.Limitation": limitation.COLONNES_LEVEE,
        },
        perimetre="national",
        destinataires=("Délégué à la protection des données", "La personne elle-même"),
        conservation=CONSERVATION,
        mesures=(
            "La copie de la pièce d'identité n'entre pas dans le système : on dit laquelle, et quand elle est détruite",
            "Réponse scellée par son empreinte",
            "Second facteur d'authentification",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Votre demande est suivie jusqu'à sa réponse : un mois, trois au plus si elle est complexe.",
        genres=("dpd", "systeme"),
    )


def _assemblage() -> Traitement:
    return Traitement(
        cle=ASSEMBLAGE,
        systeme="S44",
        limitation="Le droit d'accès porte aussi sur les dossiers limités",
        intitule="Réponse au droit d'accès : rassembler les données d'une personne",
        finalite="Remettre à une personne tout ce qui est détenu sur elle, et rien d'autrui",
        base_legale=clauses.OBLIGATION + " (RGPD art. 15)",
        actes=ACTES,
        personnes=("La personne qui demande ses données", "Ses enfants mineurs"),
        lire={**colonnes_du_registre(), "registre.LigneJournal": JOURNAL},
        perimetre="personne",
        destinataires=("La personne elle-même",),
        conservation=CONSERVATION,
        mesures=(
            "La base ne donne que les lignes de la personne",
            "Autre adulte du foyer masqué, agents dits par leur service",
        ),
        droits_applicables=("Accès",),
        information="La Caf rassemble ce qu'elle sait de vous pour vous le remettre.",
        genres=("dpd",),
        donnees_de_sante=True,
        article9=clauses.ARTICLE_9,
        archives="Le droit d'accès porte aussi sur les dossiers archivés",
    )


def _remise() -> Traitement:
    return Traitement(
        cle=REMISE,
        systeme="S44",
        limitation="Le droit d'accès porte aussi sur les dossiers limités",
        intitule="Remise par courrier de la réponse au droit d'accès",
        finalite="Envoyer sa réponse à une personne, ou à son protecteur, qui a demandé par courrier",
        base_legale=clauses.OBLIGATION + " (RGPD art. 12.1 et 15)",
        actes=ACTES,
        personnes=("La personne qui demande ses données",),
        lire={"registre.DemandeDroit": DEMANDE, "registre.ReponseAcces": REPONSE},
        modifier={"registre.ReponseAcces": ("remise_le",)},
        perimetre="personne",
        destinataires=("La personne elle-même", "Son protecteur, quand la mesure lui en donne le pouvoir"),
        conservation=CONSERVATION,
        mesures=("Ouverte pour une demande par courrier accordée, et elle seule", "Chaque impression est journalisée"),
        droits_applicables=("Accès",),
        information="La réponse à une demande par courrier part par courrier.",
        genres=("dpd",),
        donnees_de_sante=True,
        article9=clauses.ARTICLE_9,
        archives="Le droit d'accès porte aussi sur les dossiers archivés",
    )
