"""Protectors online: anybody's request, the checks of a Caf, one's own accesses, the name of whom one protects."""

from limpide.identite.mesures import CONSULTATION
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Conservation, Traitement

DEMANDE = (
    "id", "organisme_id", "numero", "protecteur_id", "nom_naissance", "prenoms", "date_naissance",
    "protege_nom_naissance", "protege_prenoms", "protege_date_naissance", "deposee_le", "etat", "identite",
    "protege_piece", "motif", "repondue_le",
)  # fmt: skip
AFFILIATION = ("id", "personne_id", "organisme_id", "allocataire_id", "qualite", "valide")
PROTEGE = ("protege_nom_naissance", "protege_prenoms", "protege_date_naissance", "protege_nir_chiffre")
ACCES = (
    "id", "organisme_id", "dossier_id", "personne_id", "protecteur_id", "protecteur_nom", "mesure_id", "etat",
    "cree_le", "ouvert_le", "ferme_le",
)  # fmt: skip
ACCES_OUVERT = ("id", "organisme_id", "dossier_id", "personne_id", "protecteur_id", "etat")
"""Who protects the person, to be told of a decision or an answer too."""
MESURE = (
    "id", "personne_id", "genre", "protecteur_genre", "protecteur_nom", "jugement_le", "valide", "pouvoir_consultation",
    "pouvoir_declarations", "pouvoir_donnees",
)  # fmt: skip
RIB_VU = (
    "id", "acces_id", "organisme_id", "dossier_id", "personne_id", "protecteur_id", "titulaire", "depose_le", "etat",
)  # fmt: skip
DOCUMENT_MONTRE = (
    "id", "lie_a", "organisme_id", "dossier_id", "personne_id", "deposant_id", "genre", "forme", "pages", "taille",
    "depose_le", "efface_le",
)  # fmt: skip
REPONSE = ("etat", "repondue_le", "repondue_par", "nir_chiffre", "protege_nir_chiffre", "secret")

CONDITIONS = (
    Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, articles 1, 2 et 3"),
    Acte("aucun", "Décision du juge des contentieux de la protection, présentée par le protecteur"),
)
BASE = (
    "Code civil, art. 440, 467, 471 à 473, 494-1, 494-6, 433 à 439 et 495 à 495-7 ; RGPD art. 6.1.e : mission "
    "d'intérêt public"
)
PERSONNES = ("Allocataires protégés par une décision de justice", "Leurs protecteurs, personnes physiques")

TRAITEMENTS_PROTECTEURS = (
    Traitement(
        cle="demande_protecteur",
        systeme="S39",
        intitule="Demande d'un compte tuteur",
        finalite="Recevoir la demande de qui veut agir en ligne pour un allocataire qu'il protège",
        base_legale=BASE,
        actes=CONDITIONS,
        personnes=PERSONNES,
        lire={"identite.Organisme": ("code", "nom")},
        creer={
            "identite.DemandeProtecteur": (
                "id", "organisme_id", "numero", "nom_naissance", "prenoms", "date_naissance", "nir_chiffre", "secret",
                *PROTEGE,
            ),
        },
        perimetre="national",
        destinataires=("Agents habilités de la caisse choisie",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Rien n'est cherché : la réponse est la même que le numéro, la personne ou le dossier existent ou non",
            "Numéro chiffré (AES-256-GCM) et lié à sa ligne ; mot de passe gardé en empreinte (Argon2)",
            "Les numéros et l'empreinte sont effacés avec la réponse, la demande un an après son dépôt",
            "Le nombre de demandes d'une même adresse est limité, sans rien en garder",
        ),
        droits_applicables=("Information", "Accès", "Rectification"),
        information="Ce que vous écrivez sert à vérifier qui vous êtes et à ouvrir votre compte. Un agent de la caisse "
        "vous répond ; votre numéro et votre mot de passe sont alors effacés de la demande.",
        genres=("visiteur", "allocataire", "agent", "dpd"),
        sans_personne="La demande est écrite sans que personne soit cherché ni reconnu.",
        automatisation="aucune",
    ),
    Traitement(
        cle="mes_acces_protecteur",
        systeme="S39",
        limitation="La personne lit ses propres accès",
        intitule="Agir pour quelqu'un : mes accès de protecteur, et qui peut agir pour moi",
        finalite="Choisir le dossier d'une personne que l'on protège, demander à agir pour une, voir qui agit pour soi",
        base_legale=BASE,
        actes=CONDITIONS,
        personnes=PERSONNES,
        lire={
            "identite.AccesProtecteur": ACCES,
            "identite.DemandeProtecteur": DEMANDE,
            "identite.MesureProtection": MESURE,
            "identite.Organisme": ("code", "nom"),
        },
        creer={"identite.DemandeProtecteur": ("id", "organisme_id", "numero", "protecteur_id", *PROTEGE)},
        perimetre="personne",
        destinataires=("La personne protégée", "Son protecteur"),
        conservation=fiche_du_dossier(),
        mesures=("Lignes limitées à la personne par la base de données elle-même",),
        droits_applicables=("Information", "Accès"),
        information="Vous voyez qui peut agir pour vous, depuis quand, par quelle décision ; et pour qui vous agissez.",
        genres=("allocataire",),
        archives="La personne lit ses accès tant qu'ils existent",
    ),
    Traitement(
        cle="au_nom_de",
        systeme="S39",
        limitation="Le protecteur agit pour la personne, comme elle le ferait",
        intitule="Nom de la personne pour qui l'on agit",
        finalite="Dire à chaque page au protecteur pour qui il agit",
        base_legale=BASE,
        actes=CONDITIONS,
        personnes=PERSONNES,
        lire={"identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms")},
        perimetre="personne",
        pouvoir=CONSULTATION,
        destinataires=("Le protecteur, pendant la mesure",),
        conservation=Conservation(active="aucune : le nom est lu à chaque page"),
        mesures=(
            "La base ne montre rien, mesure finie, accès fermé ou pouvoir que le juge n'a pas donné",
        ),
        droits_applicables=("Information", "Accès"),
        information="Votre protecteur lit votre nom quand il agit pour vous.",
        genres=("protecteur",),
        archives="Le protecteur agit tant que la mesure et le dossier durent",
    ),
    Traitement(
        cle="acces_protecteurs",
        systeme="S39",
        intitule="Accès des protecteurs à Mon Compte, ouverts par la caisse",
        finalite="Vérifier qui demande à agir pour un allocataire, et n'ouvrir que ce que dit la décision du juge",
        sous_finalites=(
            "Vérifier l'identité de qui demande",
            "Rattacher l'accès à la mesure enregistrée, que l'agent a lue",
            "Refuser avec un motif d'une liste fermée, fermer un accès",
            "Effacer la copie de la décision, une fois lue",
        ),
        base_legale=BASE,
        actes=CONDITIONS,
        personnes=PERSONNES,
        lire={
            "identite.DemandeProtecteur": DEMANDE,
            "identite.AccesProtecteur": ACCES,
            "identite.MesureProtection": MESURE,
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
            "identite.RibPropose": RIB_VU,
            "dossiers.Document": DOCUMENT_MONTRE,
        },
        modifier={
            "dossiers.Document": ("contenu_chiffre", "efface_le"),
            "identite.DemandeProtecteur": (*REPONSE, "identite", "protege_piece", "motif"),
            "identite.AccesProtecteur": ("etat", "mesure_id", "ouvert_le", "ouvert_par", "ferme_le", "ferme_par"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "La personne protégée", "Son protecteur"),
        conservation=fiche_du_dossier(),
        mesures=(
            "L'agent ne voit ni numéro de sécurité sociale, ni le mot de passe de qui demande",
            "La base ne laisse ouvrir que sur une mesure de cette personne, confiée à une personne physique",
            "Chaque acte garde sa date et son auteur ; les deux personnes sont prévenues, chacune à son adresse",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Si un juge a chargé quelqu'un d'agir pour vous, votre caisse peut lui ouvrir votre dossier en "
        "ligne, pour ce que dit la décision. Vous en êtes prévenu et vous voyez ses actes. Votre accès ne change pas.",
        genres=("agent",),
        automatisation="aucune",
    ),
    Traitement(
        cle="ouverture_compte_protecteur",
        systeme="S39",
        aussi=("S48",),
        intitule="Ouverture du compte d'un protecteur",
        finalite="Donner un compte à une personne physique dont un agent a vérifié l'identité, sans la dédoubler",
        sous_finalites=("Préparer un dossier, clos, à qui n'en a pas : sa première demande l'ouvre",),
        base_legale=f"{BASE} ; décret n° 2019-341 du 19 avril 2019 (usage du NIR)",
        actes=CONDITIONS,
        personnes=PERSONNES,
        lire={
            "identite.DemandeProtecteur": (*DEMANDE, "nir_chiffre", "protege_nir_chiffre", "secret"),
            "identite.Immatriculation": ("id", "personne_id", "genre", "empreinte", "clos_le"),
            "identite.Personne": (
                "id", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "statut_identite",
            ),
            "identite.Compte": ("id", "personne_id"),
            "identite.AccesProtecteur": ("id", "personne_id", "dossier_id"),
            "identite.EtatIdentite": ("id", "personne_id"),
            "identite.Affiliation": AFFILIATION,
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
        },
        creer={
            "identite.Personne": (
                "id", "nom_naissance", "nom_usage", "prenoms", "sexe", "date_naissance", "lieu_naissance_code",
                "pays_naissance", "statut_identite", "date_deces",
            ),
            "identite.Immatriculation": (
                "id", "personne_id", "genre", "numero_chiffre", "empreinte", "recu_le", "certifie_le", "clos_le",
                "nia_delivre_le", "justificatif_du_le", "justificatif_recu_le",
            ),
            "identite.EtatIdentite": ("personne_id", "etat", "cause", "depuis", "agent", "note"),
            "identite.Affiliation": AFFILIATION[1:],
            "dossiers.Dossier": ("organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le", "motif_cloture"),
            "identite.Compte": (
                "genre", "identifiant", "personne_id", "organisme_id", "nom_affiche", "password", "last_login",
                "is_active", "cree_le", "precedente_connexion", "mot_de_passe_a_changer", "suspendu_le",
            ),
            "identite.AccesProtecteur": (
                "organisme_id", "dossier_id", "personne_id", "protecteur_id", "protecteur_nom", "mesure_id", "etat",
                "ouvert_le", "ferme_le",
            ),
        },
        modifier={
            "identite.DemandeProtecteur": (*REPONSE, "protecteur_id"),
            "identite.Compte": ("identifiant",),
        },
        perimetre="national",
        destinataires=("Le protecteur lui-même", "Agents habilités de la caisse"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Rien ne s'ouvre avant qu'un agent ait vérifié une pièce d'identité",
            "Qui a déjà un numéro et un compte les garde : un seul identifiant par personne",
            "Le NIR reste à certifier comme tout autre",
        ),
        droits_applicables=("Information", "Accès", "Rectification"),
        information="Votre compte s'ouvre avec votre propre numéro et le mot de passe que vous avez choisi.",
        genres=("agent", "systeme"),
        automatisation="aucune",
    ),
)  # fmt: skip
