"""Processings of identity: logging in, and giving each person one number.

Acts are those of the public page and of its catalogue (S35, S39, S48): nothing is quoted that they don't name.
"""

import datetime

from limpide.identite.declarations_acces import CLE, CODE, ETAPE_CREEE, FACTEUR, JETON, LIEN, TRAITEMENTS_ACCES
from limpide.identite.declarations_agents import TRAITEMENTS_AGENTS
from limpide.identite.declarations_contacts import TRAITEMENTS_CONTACTS
from limpide.identite.declarations_protecteurs import TRAITEMENTS_PROTECTEURS
from limpide.identite.declarations_protection import TRAITEMENTS_PROTECTION
from limpide.identite.declarations_scelles import TRAITEMENTS_SCELLES
from limpide.registre import alertes
from limpide.registre.conservation.durees import APRES_LA_RELATION, JOURNALISATION
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Conservation, Traitement

PERSONNE = (
    "id",
    "nom_naissance",
    "nom_usage",
    "prenoms",
    "sexe",
    "date_naissance",
    "date_deces",
    "lieu_naissance_code",
    "pays_naissance",
    "statut_identite",
)
IMMATRICULATION = (
    "id",
    "personne_id",
    "genre",
    "numero_chiffre",
    "empreinte",
    "recu_le",
    "certifie_le",
    "clos_le",
    "cause_cloture",
    "nia_delivre_le",
    "justificatif_du_le",
    "justificatif_recu_le",
)
ETAT = ("id", "personne_id", "etat", "cause", "depuis", "connu_le", "agent", "note")
ETAPE_NIA = ("id", "immatriculation_id", "personne_id", "genre", "le", "echeance", "connue_le", "agent")
REUNION = ("id", "doublon_id", "gardee_id", "faite_le", "agent")
CERTIFICATION = (
    "id", "personne_id", "immatriculation_id", "demandee_le", "agent", "essais", "panne", "repondue_le", "resultat",
    "ecarts", "suite", "avis_par", "avis_le",
)  # fmt: skip
AFFILIATION = ("id", "personne_id", "organisme_id", "allocataire_id", "qualite", "valide")
COMPTE = (
    "id",
    "password",
    "last_login",
    "genre",
    "identifiant",
    "personne_id",
    "organisme_id",
    "nom_affiche",
    "is_active",
    "cree_le",
    "precedente_connexion",
    "mot_de_passe_a_changer",
    "suspendu_le",
    "ferme_le",
)
SECOND_FACTEUR = (
    "id",
    "user_id",
    "name",
    "confirmed",
    "throttling_failure_timestamp",
    "throttling_failure_count",
    "created_at",
    "last_used_at",
    "key",
    "step",
    "t0",
    "digits",
    "tolerance",
    "drift",
    "last_t",
)
SUIVENT_LE_COMPTE = (
    "identite.Connexion", "identite.EtapeAcces", "identite.SecondFacteur", "identite.CodeSecours",
    "identite.LienFranceConnect", "identite.CleAcces", "identite.JetonMobile",
)  # fmt: skip
"""What goes with an account from a duplicate to the person kept."""
NIR_ENCADRE = Acte(
    "decret",
    "Décret relatif à la mise en œuvre de traitements comportant l'usage du numéro d'inscription au répertoire "
    "national d'identification des personnes physiques ou nécessitant la consultation de ce répertoire",
    "n° 2019-341",
    datetime.date(2019, 4, 19),
)


def sauf(colonnes: tuple[str, ...], *exclues: str) -> tuple[str, ...]:
    """These columns without some of them."""
    return tuple(c for c in colonnes if c not in exclues)


TRAITEMENTS = (
    *TRAITEMENTS_PROTECTION,
    *TRAITEMENTS_PROTECTEURS,
    *TRAITEMENTS_AGENTS,
    *TRAITEMENTS_CONTACTS,
    *TRAITEMENTS_SCELLES,
    *TRAITEMENTS_ACCES,
    Traitement(
        cle="authentification",
        systeme="S39",
        intitule="Authentification des allocataires et des agents",
        finalite="Reconnaître la personne qui se connecte et tenir sa session",
        sous_finalites=(
            "Vérifier l'identifiant et le mot de passe, le second facteur des agents et de qui en a ajouté un",
            "Afficher la date de la connexion précédente",
            "Donner et renouveler les jetons de l'application mobile",
            "Fermer une session, ou toutes quand la personne ne reconnaît pas une connexion",
            "Garder, chiffrées et le temps de se connecter, les réponses d'une simulation que la personne reprend",
        ),
        base_legale="RGPD art. 6.1.c et 32 : obligation légale de sécurité ; art. 6.1.e : mission d'intérêt public",
        actes=(
            Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, articles 2 et 3"),
            NIR_ENCADRE,
        ),
        personnes=("Allocataires titulaires d'un compte", "Agents des caisses", "Délégués à la protection des données"),
        lire={
            "identite.Compte": COMPTE,
            "sessions.Session": ("session_key", "session_data", "expire_date"),
            "otp_totp.TOTPDevice": SECOND_FACTEUR,
            "identite.Connexion": (
                "id",
                "compte_id",
                "personne_id",
                "ouverte_le",
                "vue_le",
                "fermee_le",
                "canal",
                "origine",
            ),
            "identite.JetonMobile": JETON,
            "identite.EtapeAcces": ("id", "personne_id"),
            "identite.SecondFacteur": FACTEUR,
            "identite.CodeSecours": CODE,
            "identite.CleAcces": CLE,
            "identite.LienFranceConnect": LIEN,
        },
        creer={
            "sessions.Session": ("session_key", "session_data", "expire_date"),
            "identite.Connexion": (
                "compte_id",
                "personne_id",
                "ouverte_le",
                "vue_le",
                "moyen",
                "canal",
                "appareil",
                "origine",
            ),
            "identite.JetonMobile": JETON[1:-1],
            "identite.EtapeAcces": ETAPE_CREEE,
            "otp_totp.TOTPDevice": SECOND_FACTEUR,
        },
        modifier={
            "identite.LienFranceConnect": ("empreinte", "ferme_le"),
            "identite.Compte": ("last_login", "password", "precedente_connexion", "mot_de_passe_a_changer"),
            "sessions.Session": ("session_data", "expire_date"),
            "otp_totp.TOTPDevice": SECOND_FACTEUR,
            "identite.Connexion": ("vue_le", "fermee_le", "fin"),
            "identite.SecondFacteur": ("dernier_pas",),
            "identite.CodeSecours": ("utilise_le",),
            "identite.CleAcces": ("compteur", "utilisee_le"),
            "identite.JetonMobile": ("remplace_le",),
        },
        supprimer=("sessions.Session",),
        perimetre="national",
        destinataires=("La personne qui se connecte",),
        conservation=Conservation(
            active="le temps du compte ; la session, trente minutes sans activité ; les jetons de l'application, "
            "trente jours ; les connexions, un an",
            intermediaire="six ans au plus après la fin de la relation avec la caisse",
            source=f"{APRES_LA_RELATION.source}. {JOURNALISATION}",
            proposees=("la session, trente minutes sans activité", "les jetons de l'application, trente jours"),
        ),
        mesures=(
            "L'allocataire est retrouvé par une empreinte à clé de son numéro : la table n'en contient aucun",
            "Mots de passe hachés (Argon2)",
            "Second facteur obligatoire pour les agents",
            "Jetons de l'application mobile gardés en empreintes ; présenté deux fois, un jeton ferme sa connexion",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information=(
            "Votre numéro de sécurité sociale sert à vous reconnaître ; la table des comptes ne le contient pas. "
            "La date de votre dernière connexion vous est montrée à chaque fois."
        ),
        genres=("visiteur", "allocataire", "agent", "dpd", "systeme"),
    ),
    Traitement(
        cle="immatriculation",
        systeme="S48",
        aussi=("S35",),
        intitule="Identification et immatriculation des bénéficiaires",
        finalite="Donner à chaque bénéficiaire une identité vérifiée et un numéro unique, commun à toutes les caisses",
        sous_finalites=(
            "Enregistrer l'état civil déclaré et le numéro, ou le numéro d'attente (NIA)",
            "Suivre les délais de l'article R114-7 pour produire l'acte d'état civil",
            "Certifier le NIR, réunir les doublons, traiter les litiges d'identité, noter un décès",
        ),
        base_legale=(
            "RGPD art. 6.1.e : mission d'intérêt public ; CSS art. L161-1-4 (justification de l'identité) "
            "et R114-7 (numéro d'attente) ; "
            "décret n° 2019-341 du 19 avril 2019 (usage du NIR par les organismes de protection sociale)"
        ),
        actes=(
            NIR_ENCADRE,
            Acte("aucun", "Référentiel national des bénéficiaires : communiqué de la Cnaf, sans acte numéroté"),
        ),
        personnes=("Allocataires", "Conjoints", "Enfants et personnes à charge"),
        lire={
            "identite.Personne": (*PERSONNE, "cle_naissance", "cle_usage", "cle_prenoms"),
            "identite.Immatriculation": IMMATRICULATION,
            "identite.Affiliation": AFFILIATION,
            "identite.Organisme": ("code", "nom", "departement"),
            "identite.EtatIdentite": ETAT,
            "identite.EtapeNia": ETAPE_NIA,
            "identite.Reunion": REUNION,
            "identite.Compte": ("id", "personne_id"),
            **dict.fromkeys(SUIVENT_LE_COMPTE, ("id", "personne_id")),
        },
        creer={
            "identite.Personne": PERSONNE,
            "identite.Immatriculation": IMMATRICULATION,
            "identite.Affiliation": sauf(AFFILIATION, "id"),
            "identite.EtatIdentite": sauf(ETAT, "id", "connu_le"),
            "identite.EtapeNia": sauf(ETAPE_NIA, "id", "connue_le"),
            "identite.Reunion": sauf(REUNION, "id", "faite_le"),
        },
        modifier={
            "identite.Personne": sauf(PERSONNE, "id", "statut_identite"),
            "identite.Immatriculation": (
                "personne_id",
                "certifie_le",
                "clos_le",
                "cause_cloture",
                "justificatif_recu_le",
            ),
            "identite.Affiliation": ("valide", "qualite"),
            "identite.EtapeNia": ("personne_id",),
            **dict.fromkeys(SUIVENT_LE_COMPTE, ("personne_id",)),
            "identite.Compte": ("personne_id", "identifiant", "is_active"),
        },
        perimetre="national",
        destinataires=("Agents habilités des caisses", "Service national de gestion des identifiants, pour certifier"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Numéros chiffrés (AES-256-GCM) et liés à leur ligne, retrouvés par une empreinte à clé",
            "Numéro affiché masqué ; jamais dans une adresse, un journal ou un nom de fichier",
            "États, délais et réunions de doublons ne font que s'ajouter : la base refuse de les modifier",
            "Un litige n'arrête aucun paiement de lui-même : une personne le règle",
            "Un seul NIR certifié par personne, une seule personne par NIR certifié : la base le garantit",
            "Le numéro ne sert à déduire ni le sexe, ni l'âge, ni l'origine",
        ),
        droits_applicables=("Accès (auprès de la Cnav)", "Rectification (auprès de la caisse)", "Limitation"),
        information=(
            "Votre numéro de sécurité sociale vous identifie de façon unique. Si vous n'en avez pas encore, un numéro "
            "d'attente vous est donné ; vous avez trois mois pour fournir votre acte d'état civil."
        ),
        genres=("agent", "systeme"),
    ),
    Traitement(
        cle="certification_sngi",
        systeme="S48",
        aussi=("S35",),
        intitule="Certification des identités auprès du SNGI",
        finalite="Vérifier auprès du service national de gestion des identifiants qu'un numéro est bien celui d'une "
        "personne",
        sous_finalites=(
            "Demander au SNGI si le numéro et l'état civil concordent",
            "Remplacer un numéro d'attente par le NIR attribué",
            "Ouvrir un litige quand ils ne concordent pas, ou laisser une personne comparer",
        ),
        base_legale=(
            "RGPD art. 6.1.e : mission d'intérêt public ; CSS art. R114-7 et R161-1 (attribution du numéro) ; décret "
            "n° 2019-341 du 19 avril 2019 (usage du NIR par les organismes de protection sociale)"
        ),
        actes=(NIR_ENCADRE,),
        personnes=("Allocataires", "Conjoints", "Enfants et personnes à charge"),
        lire={
            "identite.Personne": (*PERSONNE, "cle_naissance", "cle_usage", "cle_prenoms"),
            "identite.Immatriculation": IMMATRICULATION,
            "identite.EtatIdentite": ETAT,
            "identite.EtapeNia": ETAPE_NIA,
            "identite.Certification": CERTIFICATION,
            "identite.Compte": ("id", "personne_id"),
        },
        creer={
            "identite.Certification": ("id", "personne_id", "immatriculation_id", "agent"),
            "identite.Immatriculation": IMMATRICULATION,
            "identite.EtatIdentite": sauf(ETAT, "id", "connu_le"),
            "registre.Alerte": alertes.COLONNES_SIGNALEES,
        },
        modifier={
            "identite.Certification": ("essais", "panne", "repondue_le", "resultat", "ecarts", "suite"),
            "identite.Immatriculation": ("certifie_le", "clos_le", "cause_cloture"),
            "identite.Compte": ("identifiant",),
        },
        perimetre="national",
        destinataires=("Service national de gestion des identifiants (SNGI), tenu par la Cnav",),
        conservation=fiche_du_dossier(),
        mesures=(
            "La question part chiffrée (HTTPS) ; ni numéro ni nom dans une adresse ou un journal",
            "La réponse garde le nom des champs qui diffèrent, jamais leur valeur",
            "L'état civil n'est jamais remplacé par celui du SNGI : une personne compare",
            "Une question porte une clé : envoyée deux fois, elle n'a qu'un effet",
            "Chaque personne dont l'identité est demandée laisse une ligne au journal",
        ),
        droits_applicables=("Accès (auprès de la Cnav)", "Rectification (auprès de la caisse)", "Limitation"),
        information=(
            "Votre caisse vérifie votre identité auprès du service national de gestion des identifiants. Si un détail "
            "diffère, un agent compare avec vous ; vos droits n'attendent pas."
        ),
        genres=("agent", "systeme"),
        par_lots=True,
    ),
    Traitement(
        cle="coordonnees_bancaires",
        systeme="S06",
        intitule="Coordonnées bancaires des allocataires",
        finalite="Enregistrer le compte sur lequel une personne demande à être payée",
        base_legale="Code de la sécurité sociale, art. L212-1, L843-1, R553-1 et R846-3 ; code de l'action sociale et "
        "des familles, art. L262-16 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=(
            Acte("acte_reglementaire", "Acte réglementaire relatif au modèle Cristal", date=datetime.date(2017, 6, 26)),
        ),
        personnes=("Allocataires payés par la caisse",),
        lire={
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "identite.CoordonneesBancaires": (
                "id",
                "personne_id",
                "iban_chiffre",
                "empreinte",
                "bic",
                "titulaire",
                "valide",
            ),
        },
        creer={
            "identite.CoordonneesBancaires": (
                "id",
                "personne_id",
                "iban_chiffre",
                "empreinte",
                "bic",
                "titulaire",
                "valide",
            )
        },
        modifier={"identite.CoordonneesBancaires": ("valide",)},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse",),
        conservation=fiche_du_dossier(),
        mesures=("IBAN chiffré (AES-256-GCM), lié à sa ligne, affiché masqué", "Un seul compte par personne à la fois"),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="L'IBAN que vous donnez sert à vous payer. Il est chiffré, et montré masqué aux agents.",
        genres=("agent", "systeme"),
    ),
)
