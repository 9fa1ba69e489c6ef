"""Access of citizens to Mon Compte: their connections, what the Caf decides of the access, what proves it."""

from limpide.registre.conservation.durees import APRES_LA_RELATION, JOURNALISATION
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Conservation, Traitement

CONNEXION = (
    "id", "compte_id", "personne_id", "ouverte_le", "vue_le", "fermee_le", "fin", "moyen", "canal", "appareil",
    "origine",
)  # fmt: skip
ETAPE = ("id", "compte_id", "personne_id", "genre", "motif", "auteur", "le", "empreinte")
COMPTE_CREE = (
    "genre", "identifiant", "password", "personne_id", "organisme_id", "nom_affiche", "is_active", "cree_le",
    "precedente_connexion", "mot_de_passe_a_changer", "last_login", "suspendu_le", "ferme_le",
)  # fmt: skip
ETAPE_CREEE = ("compte_id", "personne_id", "genre", "motif", "auteur")

FACTEUR = ("id", "compte_id", "personne_id", "cle_chiffre", "prepare_le", "confirme_le", "dernier_pas")
CODE = ("id", "facteur_id", "personne_id", "empreinte", "utilise_le")
CLE = (
    "id", "facteur_id", "personne_id", "identifiant", "cle_publique", "compteur", "appareil", "ajoutee_le",
    "utilisee_le",
)  # fmt: skip
JETON = (
    "id", "connexion_id", "personne_id", "acces", "acces_jusqu_au", "renouvellement", "renouvellement_jusqu_au",
    "emis_le", "remplace_le",
)  # fmt: skip
LIEN = ("id", "compte_id", "personne_id", "lie_le", "ferme_le")
LIEN_CREE = ("compte_id", "personne_id", "empreinte", "lie_le", "ferme_le")

CONDITIONS = (Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, article 2"),)
DUREES = Conservation(
    active="les connexions, un an ; ce qui est décidé de l'accès, le temps du dossier",
    intermediaire="six ans au plus après la fin de la relation avec la caisse",
    source=f"{APRES_LA_RELATION.source}. {JOURNALISATION}",
)

TRAITEMENTS_ACCES = (
    Traitement(
        cle="mes_connexions",
        systeme="S39",
        limitation="La personne surveille son propre accès",
        intitule="Mes connexions à Mon Compte",
        finalite="Montrer à chacun les connexions à son compte, et lui permettre de les fermer",
        sous_finalites=(
            "Lister les connexions ouvertes et les dernières, avec leur date et le genre d'appareil",
            "Dire pourquoi l'accès est suspendu, et comment le contester",
            "Fermer son compte à FranceConnect, ou le lui rouvrir",
        ),
        base_legale="RGPD art. 6.1.c et 32 : obligation légale de sécurité ; art. 15 : droit d'accès",
        actes=CONDITIONS,
        personnes=("Allocataires titulaires d'un compte",),
        lire={"identite.Connexion": CONNEXION, "identite.EtapeAcces": ETAPE, "identite.LienFranceConnect": LIEN},
        creer={"identite.LienFranceConnect": LIEN_CREE, "identite.EtapeAcces": ETAPE_CREEE},
        modifier={
            "identite.Connexion": ("fermee_le", "fin"),
            "identite.LienFranceConnect": ("empreinte", "ferme_le"),
        },
        supprimer=("identite.LienFranceConnect",),
        perimetre="personne",
        destinataires=("L'allocataire lui-même",),
        conservation=DUREES,
        mesures=(
            "L'adresse réseau n'est pas gardée : une empreinte à clé dit seulement si deux connexions ont la même",
            "L'appareil est noté en quelques mots, pas par la signature complète du navigateur",
            "Lignes limitées à la personne par la base de données elle-même",
        ),
        droits_applicables=("Information", "Accès"),
        information="Vous voyez quand et avec quel genre d'appareil on s'est connecté à votre compte, pendant un an, "
        "et vous pouvez fermer une connexion. Votre adresse réseau n'est pas gardée.",
        genres=("allocataire",),
        automatisation="aucune",
        archives="La personne surveille son accès tant qu'il existe",
    ),
    Traitement(
        cle="franceconnect",
        systeme="S39",
        limitation="La personne ouvre son propre compte",
        intitule="Connexion à Mon Compte par FranceConnect",
        finalite="Reconnaître la personne que FranceConnect présente, et ouvrir son compte si elle en a un",
        sous_finalites=(
            "Comparer l'état civil que FranceConnect donne à celui des personnes dont le NIR est certifié",
            "Retenir quel compte cette identité ouvre",
        ),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; arrêté du 8 novembre 2018 relatif au téléservice "
        "dénommé « FranceConnect »",
        actes=CONDITIONS,
        personnes=("Allocataires titulaires d'un compte, qui choisissent FranceConnect",),
        lire={
            "identite.Personne": (
                "id", "cle_naissance", "cle_prenoms", "sexe", "date_naissance", "lieu_naissance_code",
                "pays_naissance", "statut_identite",
            ),
            "identite.Compte": ("id", "genre", "personne_id", "is_active"),
            "identite.LienFranceConnect": ("empreinte", *LIEN),
            "identite.EtapeAcces": ("id", "personne_id"),
        },
        creer={"identite.LienFranceConnect": LIEN_CREE, "identite.EtapeAcces": ETAPE_CREEE},
        perimetre="national",
        destinataires=("La personne qui se connecte",),
        conservation=DUREES,
        mesures=(
            "L'état civil reçu est comparé puis oublié : il n'est écrit nulle part",
            "L'identifiant donné par FranceConnect est gardé en empreinte à clé",
            "Aucun compte n'est créé ainsi ; un NIR non certifié ou un litige d'identité ferment cette voie",
            "Même réponse que l'identité soit inconnue, partagée ou contestée",
        ),
        droits_applicables=("Information", "Accès"),
        information="Si vous choisissez FranceConnect, il nous donne votre nom de naissance, vos prénoms, votre sexe, "
        "votre date et votre lieu de naissance. Ils servent à retrouver votre compte et ne sont pas gardés. Vous "
        "pouvez fermer cette voie dans « Mes connexions ».",
        genres=("visiteur",),
        automatisation="aucune",
        archives="La personne ouvre son compte tant qu'il existe",
    ),
    Traitement(
        cle="premier_mot_de_passe",
        systeme="S39",
        intitule="Premier mot de passe de Mon Compte, remis par la Caf",
        finalite="Ouvrir Mon Compte à une personne, le lui rendre, ou remplacer un mot de passe perdu",
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; conditions d'utilisation, article 3",
        actes=CONDITIONS,
        personnes=("Allocataires",),
        lire={
            "identite.Compte": (
                "id", "genre", "personne_id", "identifiant", "is_active", "mot_de_passe_a_changer", "suspendu_le",
                "ferme_le",
            ),
            "identite.Connexion": ("id", "compte_id", "personne_id", "ouverte_le", "fermee_le"),
            "identite.EtapeAcces": ("id", "personne_id"),
            "identite.Immatriculation": ("id", "personne_id", "genre", "numero_chiffre", "clos_le"),
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
        },
        creer={
            "identite.Compte": COMPTE_CREE,
            "identite.EtapeAcces": ETAPE_CREEE,
        },
        modifier={
            "identite.Compte": ("ferme_le", "is_active", "identifiant", "password", "mot_de_passe_a_changer"),
            "identite.Connexion": ("fermee_le", "fin"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "La personne elle-même"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Mot de passe tiré au hasard, montré une fois, gardé nulle part ; la première page en demande un autre",
            "Toutes les connexions ouvertes sont fermées",
            "L'agent dit avoir vérifié l'identité ; la personne lit l'étape dans l'histoire de son accès",
            "Second facteur d'authentification des agents",
        ),
        droits_applicables=("Information", "Accès"),
        information="Votre Caf vous donne un premier mot de passe, que vous changez aussitôt. Elle ne le garde pas, et "
        "ne vous l'envoie jamais par courriel.",
        genres=("agent",),
        automatisation="aucune",
        archives="Un ancien allocataire retrouve son accès tant que son dossier existe",
    ),
    Traitement(
        cle="acces_mon_compte",
        systeme="S39",
        intitule="Accès des allocataires à Mon Compte, suivi par leur Caf",
        finalite="Protéger l'accès d'une personne à Mon Compte : exiger un autre mot de passe, suspendre, rouvrir",
        sous_finalites=(
            "Voir ce que la personne a signalé, et ce qui a été décidé",
            "Exiger le changement d'un mot de passe, ou de tous, face à un risque de sécurité",
            "Suspendre un accès pour un motif d'une liste fermée, et lever la suspension",
            "Retirer le second facteur de qui a tout perdu, son identité vérifiée",
        ),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; art. 6.1.c et 32 : obligation légale de sécurité",
        actes=CONDITIONS,
        personnes=("Allocataires titulaires d'un compte",),
        lire={
            "identite.Compte": (
                "id", "genre", "personne_id", "mot_de_passe_a_changer", "suspendu_le", "ferme_le",
                "precedente_connexion",
            ),
            "identite.EtapeAcces": ETAPE,
            "identite.SecondFacteur": ("id", "compte_id", "personne_id", "confirme_le"),
            "identite.CodeSecours": ("id", "facteur_id", "personne_id"),
            "identite.CleAcces": ("id", "facteur_id", "personne_id"),
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
        },
        creer={"identite.EtapeAcces": ETAPE_CREEE},
        modifier={"identite.Compte": ("mot_de_passe_a_changer", "suspendu_le")},
        supprimer=("identite.CodeSecours", "identite.CleAcces", "identite.SecondFacteur"),
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "La personne elle-même"),
        conservation=fiche_du_dossier(),
        mesures=(
            "L'agent ne voit ni les connexions, ni les appareils, ni le mot de passe",
            "Motifs d'une liste fermée ; chaque étape garde sa date et son auteur, et ne se modifie pas",
            "Une suspension ne touche ni un droit ni un paiement : rien d'autre que la page de Mon Compte ne la lit",
        ),
        droits_applicables=("Information", "Accès", "Contestation de la suspension"),
        information="Votre Caf peut vous demander de changer de mot de passe ou suspendre votre accès à Mon Compte. Le "
        "motif et la date vous sont dits, et la manière de le contester. Vos droits et vos paiements ne changent pas.",
        genres=("agent",),
        automatisation="aucune",
    ),
    Traitement(
        cle="second_facteur",
        systeme="S39",
        limitation="La personne protège son propre accès",
        intitule="Second facteur de Mon Compte, au choix de la personne",
        finalite="Laisser chacun protéger son compte par un code de son téléphone, en plus du mot de passe",
        sous_finalites=(
            "Donner une clé à une application d'authentification",
            "Donner des codes de secours",
            "Ajouter des clés d'accès, qui répondent à la place du code",
        ),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; art. 32 : sécurité du traitement",
        actes=CONDITIONS,
        personnes=("Allocataires titulaires d'un compte",),
        lire={
            "identite.SecondFacteur": FACTEUR,
            "identite.CodeSecours": CODE,
            "identite.CleAcces": CLE,
            "identite.EtapeAcces": ("id", "personne_id"),
        },
        creer={
            "identite.SecondFacteur": ("id", "compte_id", "personne_id", "cle_chiffre"),
            "identite.CodeSecours": ("facteur_id", "personne_id", "empreinte"),
            "identite.CleAcces": (
                "facteur_id", "personne_id", "identifiant", "cle_publique", "compteur", "appareil",
            ),
            "identite.EtapeAcces": ETAPE_CREEE,
        },
        modifier={"identite.SecondFacteur": ("confirme_le", "dernier_pas")},
        supprimer=("identite.CodeSecours", "identite.CleAcces", "identite.SecondFacteur"),
        perimetre="personne",
        destinataires=("L'allocataire lui-même",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Clé chiffrée (AES-256-GCM) et liée à sa ligne ; codes de secours gardés en empreintes à clé",
            "Un code ne sert qu'une fois ; les codes de secours ne sont montrés qu'une fois",
            "Le mot de passe est redemandé avant tout changement",
            "D'une clé d'accès, seule la moitié publique vient ici ; l'appareil garde l'autre et l'empreinte du doigt",
        ),
        droits_applicables=("Information", "Accès"),
        information="Vous pouvez ajouter un second facteur à votre compte. La clé est chiffrée ; les codes de secours "
        "ne peuvent pas être relus. Une clé d'accès reste dans votre appareil : nous n'en gardons "
        "que la moitié publique.",
        genres=("allocataire",),
        automatisation="aucune",
        archives="La personne protège son accès tant qu'il existe",
    ),
    Traitement(
        cle="preuves_acces",
        systeme="S39",
        intitule="Preuves des accès à Mon Compte, pour une plainte",
        finalite="Établir ce qui s'est passé sur un accès, quand la caisse dépose ou appuie une plainte",
        sous_finalites=(
            "Réunir les connexions de l'année et ce qui a été signalé ou décidé, dans un fichier scellé",
        ),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; code pénal, art. 323-1 ; code de procédure pénale, "
        "art. 40",
        actes=CONDITIONS,
        personnes=("Allocataires titulaires d'un compte",),
        lire={
            "identite.Compte": ("id", "genre", "personne_id", "cree_le", "suspendu_le"),
            "identite.Connexion": CONNEXION,
            "identite.EtapeAcces": ETAPE,
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
        },
        creer={"identite.EtapeAcces": (*ETAPE_CREEE, "empreinte")},
        perimetre="organisme",
        destinataires=("Service juridique de la caisse", "Procureur de la République, services d'enquête"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Aucune copie du fichier n'est gardée : seulement son empreinte",
            "Rien n'est produit sans un signalement ou une décision sur cet accès",
            "Numéros internes seulement : ni nom, ni NIR, ni adresse réseau dans le fichier",
            "L'empreinte du fichier est gardée avec la date et l'auteur : une copie retouchée se voit",
        ),
        droits_applicables=("Information", "Accès"),
        information="Si votre caisse dépose une plainte pour un usage frauduleux de votre accès, elle peut produire la "
        "liste des connexions de l'année. Vous voyez dans Mon Compte que cela a été fait.",
        genres=("agent",),
        automatisation="aucune",
    ),
    Traitement(
        cle="changement_exige",
        systeme="S39",
        intitule="Changement de mot de passe exigé de tous les comptes",
        finalite="Faire changer un mot de passe, ou tous, quand un risque de sécurité les touche",
        sous_finalites=("Vérifier qu'un fichier de preuves présenté a bien été produit ici",),
        base_legale="RGPD art. 6.1.c et 32 : obligation légale de sécurité",
        actes=CONDITIONS,
        personnes=("Allocataires titulaires d'un compte",),
        lire={
            "identite.Compte": ("id", "genre", "personne_id", "is_active", "mot_de_passe_a_changer"),
            "identite.EtapeAcces": ETAPE,
        },
        creer={"identite.EtapeAcces": ETAPE_CREEE},
        modifier={"identite.Compte": ("mot_de_passe_a_changer",)},
        perimetre="national",
        destinataires=("Aucun : la page de connexion le demande à la personne",),
        conservation=fiche_du_dossier(),
        mesures=("Motif d'une liste fermée", "À blanc sans ordre exprès ; se relance sans rien faire deux fois"),
        droits_applicables=("Information", "Accès"),
        information="Si un risque de sécurité touche les comptes, votre Caf vous demande de changer de mot de passe à "
        "la prochaine page.",
        genres=("systeme",),
        automatisation="aucune",
        par_lots=True,
    ),
)  # fmt: skip
