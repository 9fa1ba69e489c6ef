"""Processings of the month: the liquidation of a Caf, its payments, the audit of its books.

The acts are those of the public page: Cristal for rights and payments (S06), Corali for debts (S27).
"""

import datetime

from limpide.dossiers.declarations import ACTES_CRISTAL, ACTES_PRIME_ACTIVITE
from limpide.paiements.declarations_conservation import TRAITEMENTS_CONSERVATION
from limpide.paiements.declarations_demandes import decision_demande
from limpide.paiements.declarations_trimestres import du_trimestre
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement

ACTES_CORALI = (
    Acte(
        "acte_reglementaire",
        "Acte réglementaire relatif au contentieux et au recouvrement (Corali)",
        date=datetime.date(1997, 7, 8),
    ),
    Acte("avis_repute_favorable", "Avis de la Cnil réputé favorable"),
)
CONSERVATION = fiche_du_dossier()
MESURES = (
    "Chaque somme et chaque droit s'ajoutent : ni modification ni effacement, même par le traitement le plus étendu",
    "Débits et crédits égaux, vérifiés par la base à chaque transaction",
    "Journal : une ligne par personne lue",
)
DROITS_DES_PERSONNES = ("Accès", "Rectification", "Limitation", "Recours contre chaque décision")

LIQUIDATION = (
    "id", "organisme_id", "mois", "numero", "genre", "etat", "connu_au", "empreinte_regles", "nombre_dossiers",
    "nombre_lignes", "terminee_le",
)  # fmt: skip
LIQUIDATION_CLOSE = ("etat", "terminee_le", "nombre_dossiers", "nombre_lignes")
LIGNE_DROIT = (
    "id", "liquidation_id", "organisme_id", "dossier_id", "mois", "droit", "rang", "montant_centimes",
    "crds_centimes", "motif", "fait_manquant",
)  # fmt: skip
DECISION = (
    "id", "dossier_id", "organisme_id", "liquidation_id", "prise_le", "automatisation", "donnees_sensibles",
    "effets", "cause", "finalite_id", "regles_id", "mention_id", "recours_id",
)  # fmt: skip
TEXTE_DECISION = ("cle", "texte")
VERSION_REGLES = ("empreinte", "en_service_le", "natures")
REVUE_DECISION = ("id", "decision_id", "dossier_id", "organisme_id", "agent", "faite_le", "avis", "note")
ECRITURE = (
    "id", "organisme_id", "cle", "libelle", "date_comptable", "liquidation_id", "fichier_id", "contrepasse_id",
    "creee_le",
)  # fmt: skip
LIGNE_ECRITURE = ("id", "ecriture_id", "organisme_id", "compte", "dossier_id", "droit", "mois", "montant_centimes")
CREANCE = (
    "id", "organisme_id", "dossier_id", "liquidation_id", "droit", "mois", "montant_centimes", "etat", "cause",
    "proposee_le", "prescrite_le", "reponse", "decidee_par", "decidee_le",
)  # fmt: skip
FICHIER = (
    "id", "organisme_id", "mois", "numero", "msg_id", "date_execution", "nombre", "total_centimes", "sha256", "etat",
    "ecrit_le",
)  # fmt: skip
ORDRE = (
    "id", "organisme_id", "dossier_id", "mois", "nature", "montant_centimes", "coordonnees_id", "fichier_id",
)  # fmt: skip
RECOURS = (
    "id", "organisme_id", "dossier_id", "droit", "voie", "decision_id", "creance_id", "precedent_id", "depose_le",
    "etat", "issue", "decide_le", "definitif_le", "clos_le", "enregistre_le", "enregistre_par",
)  # fmt: skip
DECISION_HUMAINE = (
    "id", "recours_id", "dossier_id", "organisme_id", "service", "signataire", "qualite", "motifs", "enregistree_le",
    "enregistree_par",
)  # fmt: skip


def sauf_id(colonnes: tuple[str, ...]) -> tuple[str, ...]:
    """What an insertion names: the number is given by the database."""
    return tuple(c for c in colonnes if c != "id")


LECTURE_DES_FAITS = {
    "identite.Organisme": ("code", "nom", "departement"),
    "identite.Personne": ("id", "date_naissance"),
    "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "ouvert_le", "clos_le"),
    "dossiers.Rattachement": (
        "id", "dossier_id", "organisme_id", "personne_id", "role", "garde_alternee", "naissance", "valide",
        "connu",
    ),
    "dossiers.Fait": (
        "id", "dossier_id", "organisme_id", "personne_id", "nature", "valeur", "valide", "connu", "source",
    ),
    "dossiers.Demande": ("id", "dossier_id", "organisme_id", "droits", "etat", "deposee_le"),
}  # fmt: skip

LECTURE_DES_DROITS = {
    "dossiers.Liquidation": LIQUIDATION,
    "dossiers.LigneDroit": LIGNE_DROIT,
    "dossiers.Decision": DECISION,
    "dossiers.TexteDecision": TEXTE_DECISION,
    "dossiers.VersionRegles": VERSION_REGLES,
    "paiements.Ecriture": ECRITURE,
    "paiements.LigneEcriture": LIGNE_ECRITURE,
    "paiements.Creance": CREANCE,
}
CREATION_DES_DROITS = {
    "dossiers.Liquidation": sauf_id(LIQUIDATION),
    "dossiers.LigneDroit": sauf_id(LIGNE_DROIT),
    "dossiers.Decision": sauf_id(DECISION),
    "dossiers.TexteDecision": TEXTE_DECISION,
    "dossiers.VersionRegles": VERSION_REGLES,
    "paiements.Ecriture": sauf_id(ECRITURE),
    "paiements.LigneEcriture": sauf_id(LIGNE_ECRITURE),
    "paiements.Creance": sauf_id(CREANCE),
}
MODIFICATION_DES_DROITS = {"dossiers.Liquidation": LIQUIDATION_CLOSE, "paiements.Creance": ("etat",)}

TRAITEMENTS = (
    *TRAITEMENTS_CONSERVATION,
    Traitement(
        cle="inventaire_caisses",
        systeme="S06",
        intitule="Liste des caisses",
        finalite="Connaître les caisses à liquider et à payer, avant d'ouvrir le traitement de chacune",
        base_legale="Code de la sécurité sociale, art. L212-1 et L223-1 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES_CRISTAL,
        personnes=("Aucune : seuls les codes des caisses sont lus",),
        lire={"identite.Organisme": ("code", "nom")},
        perimetre="national",
        destinataires=("Traitement automatisé",),
        conservation=CONSERVATION,
        mesures=("Aucune donnée de personne",),
        droits_applicables=("Sans objet : aucune donnée de personne",),
        information="La liste des caisses ne contient aucune donnée sur vous.",
        genres=("systeme",),
    ),
    Traitement(
        cle="liquidation_mensuelle",
        systeme="S06",
        aussi=("S03",),
        limitation_consentie="La personne consent à ce que ses droits soient calculés et payés (RGPD art. 18.2)",
        intitule="Calcul mensuel des droits d'une caisse",
        finalite="Calculer chaque mois les droits de chaque foyer, et les recalculer quand une information change",
        sous_finalites=(
            "Lire les faits connus du foyer et y appliquer la loi",
            "Recalculer les mois passés touchés par une information nouvelle, dans la limite de deux ans",
            "Notifier les décisions avec leur motif et les voies de recours",
            "Proposer les indus, sans jamais les retenir",
        ),
        base_legale="Code de la sécurité sociale, art. L212-1, L223-1, L583-3 et L843-1 ; code de l'action sociale "
        "et des familles, art. L262-16 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=(*ACTES_CRISTAL, *ACTES_PRIME_ACTIVITE),
        personnes=("Allocataires et membres de leur foyer",),
        lire=LECTURE_DES_FAITS | LECTURE_DES_DROITS,
        creer=CREATION_DES_DROITS,
        modifier=MODIFICATION_DES_DROITS,
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire, pour son dossier"),
        conservation=CONSERVATION,
        mesures=MESURES,
        droits_applicables=DROITS_DES_PERSONNES,
        information="Vos droits sont calculés chaque mois par un traitement automatisé, à partir des informations "
        "de votre dossier. Vous pouvez voir chaque étape du calcul et contester la décision.",
        genres=("systeme", "agent"),
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="selon_donnees",
        par_lots=True,
    ),
    Traitement(
        cle="correction_dossier",
        systeme="S06",
        intitule="Correction d'un dossier par un agent",
        finalite="Corriger une information d'un dossier, voir d'abord quels mois changent et de combien, puis valider",
        sous_finalites=(
            "Montrer l'effet d'une correction avant de l'enregistrer",
            "Recalculer les mois touchés, payer le rappel, proposer l'indu, notifier la décision",
        ),
        base_legale="Code de la sécurité sociale, art. L212-1, L223-1, L583-3 et L843-1 ; code de l'action sociale "
        "et des familles, art. L262-16 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=(*ACTES_CRISTAL, *ACTES_PRIME_ACTIVITE),
        personnes=("Allocataires et membres de leur foyer",),
        lire=LECTURE_DES_FAITS
        | LECTURE_DES_DROITS
        | {
            "dossiers.RevueDecision": ("id", "decision_id", "dossier_id", "organisme_id", "faite_le", "avis"),
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "sexe"),
            "dossiers.Dossier": (
                "id",
                "organisme_id",
                "numero",
                "allocataire_id",
                "ouvert_le",
                "clos_le",
                "motif_cloture",
            ),
            "dossiers.Fait": (
                "id",
                "dossier_id",
                "organisme_id",
                "personne_id",
                "nature",
                "valeur",
                "valide",
                "connu",
                "source",
                "auteur",
                "piece_id",
            ),
            "dossiers.Rattachement": (
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
                "auteur",
            ),
        },
        creer=CREATION_DES_DROITS
        | {
            # The agent who validates a correction is the person who checked its decision
            "dossiers.RevueDecision": sauf_id(REVUE_DECISION),
            "dossiers.Fait": (
                "dossier_id",
                "organisme_id",
                "personne_id",
                "nature",
                "valeur",
                "valide",
                "connu",
                "source",
                "auteur",
                "piece_id",
            ),
        },
        modifier=MODIFICATION_DES_DROITS | {"dossiers.Fait": ("connu",)},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire, pour son dossier"),
        conservation=CONSERVATION,
        mesures=(*MESURES, "Second facteur d'authentification", "Refus si le dossier a changé depuis l'aperçu"),
        droits_applicables=DROITS_DES_PERSONNES,
        information="Un agent peut corriger une information de votre dossier. Vous recevez alors une décision qui "
        "dit quels mois changent, de combien et pourquoi.",
        genres=("agent", "systeme"),
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="assistee",
    ),
    Traitement(
        cle="paiement_prestations",
        systeme="S06",
        aussi=("S03",),
        limitation_consentie="La personne consent à ce que ses droits soient calculés et payés (RGPD art. 18.2)",
        intitule="Paiement des prestations",
        finalite="Verser à chaque foyer ce qui lui est dû, une seule fois, et en garder la preuve",
        sous_finalites=(
            "Établir un ordre de paiement par foyer",
            "Écrire le fichier de virements destiné à la banque de la caisse",
        ),
        base_legale="Code de la sécurité sociale, art. L212-1, L843-1, R553-1 et R846-3 ; code de l'action sociale et "
        "des familles, art. L262-16 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=(*ACTES_CRISTAL, *ACTES_PRIME_ACTIVITE),
        personnes=("Allocataires payés par la caisse",),
        lire={
            "identite.Organisme": ("code", "nom", "bic_emetteur", "iban_emetteur_chiffre"),
            "identite.CoordonneesBancaires": ("id", "personne_id", "iban_chiffre", "titulaire", "valide"),
            "identite.Personne": ("id", "statut_identite"),
            "identite.EtapeNia": ("id", "personne_id", "genre"),
            "dossiers.Dossier": ("id", "organisme_id", "allocataire_id"),
            "dossiers.Liquidation": LIQUIDATION,
            "paiements.Ecriture": ECRITURE,
            "paiements.LigneEcriture": LIGNE_ECRITURE,
            "paiements.FichierVirement": FICHIER,
            "paiements.OrdrePaiement": ORDRE,
        },
        creer={
            "paiements.Ecriture": sauf_id(ECRITURE),
            "paiements.LigneEcriture": sauf_id(LIGNE_ECRITURE),
            "paiements.FichierVirement": sauf_id(FICHIER),
            "paiements.OrdrePaiement": sauf_id(ORDRE),
        },
        modifier={"paiements.FichierVirement": ("etat", "ecrit_le")},
        perimetre="organisme",
        destinataires=("Banque de la caisse : nom du titulaire, IBAN, montant", "Agents comptables de la caisse"),
        conservation=CONSERVATION,
        mesures=(*MESURES, "L'IBAN n'est déchiffré que par ce traitement, et n'apparaît dans aucun journal"),
        droits_applicables=DROITS_DES_PERSONNES,
        information="Vos coordonnées bancaires sont transmises à la banque de votre caisse pour vous payer.",
        genres=("systeme",),
        automatisation="integrale",
        par_lots=True,
    ),
    Traitement(
        cle="traitement_indus",
        systeme="S27",
        intitule="Réponse à une proposition d'indu",
        finalite="Permettre à une personne de confirmer ou d'abandonner un indu proposé, après la réponse du foyer",
        base_legale="Code de la sécurité sociale, art. L553-2, L845-3, R133-9-2 et R847-1-1 ; code de l'action sociale "
        "et des familles, art. L262-46 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES_CORALI,
        personnes=("Allocataires à qui un indu est proposé",),
        lire={
            "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "numero"),
            "paiements.Creance": CREANCE,
            "paiements.Ecriture": ECRITURE,
            "paiements.LigneEcriture": LIGNE_ECRITURE,
        },
        creer={"paiements.Ecriture": sauf_id(ECRITURE), "paiements.LigneEcriture": sauf_id(LIGNE_ECRITURE)},
        modifier={"paiements.Creance": ("etat", "reponse", "decidee_par", "decidee_le")},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire, pour son dossier"),
        conservation=CONSERVATION,
        mesures=(*MESURES, "Aucune retenue automatique : une personne décide de chaque indu"),
        droits_applicables=DROITS_DES_PERSONNES,
        information="Si un calcul montre que vous avez trop perçu, la somme vous est d'abord proposée : vous avez "
        "vingt jours pour faire rectifier une information, et rien n'est retenu avant la décision d'un agent.",
        genres=("agent",),
        automatisation="aucune",
    ),
    Traitement(
        cle="suivi_recours",
        systeme="S27",
        limitation="Un recours est l'exercice d'un droit en justice (RGPD art. 18.2)",
        intitule="Suivi des recours",
        finalite="Enregistrer les recours des foyers, leurs décisions et le jour où elles deviennent définitives",
        base_legale="Code de la sécurité sociale, art. L142-4, R142-1 et L845-2 ; code de l'action sociale et des "
        "familles, art. L262-47 : obligation légale (RGPD art. 6.1.c)",
        actes=ACTES_CORALI,
        personnes=("Allocataires qui contestent une décision ou un indu",),
        lire={
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "numero", "ouvert_le", "clos_le"),
            "dossiers.Decision": ("id", "dossier_id", "organisme_id", "prise_le", "effets"),
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
            "paiements.Creance": ("id", "organisme_id", "dossier_id", "droit", "mois", "etat"),
            "paiements.Recours": RECOURS,
            "paiements.DecisionHumaine": DECISION_HUMAINE,
        },
        creer={
            "paiements.Recours": sauf_id(RECOURS),
            "paiements.DecisionHumaine": tuple(c for c in sauf_id(DECISION_HUMAINE) if c != "enregistree_le"),
        },
        modifier={"paiements.Recours": ("etat", "issue", "decide_le", "definitif_le", "clos_le")},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire, pour son dossier"),
        conservation=CONSERVATION,
        mesures=(
            "Un recours n'avance que d'un état au suivant, avec sa date : la base refuse toute autre modification",
            "Second facteur d'authentification des agents",
        ),
        droits_applicables=DROITS_DES_PERSONNES,
        information="Votre caisse suit les recours que vous déposez. Tant que la décision n'est pas définitive, les "
        "données de votre dossier sont gardées.",
        genres=("agent",),
        automatisation="aucune",
    ),
    Traitement(
        cle="audit_comptable",
        systeme="S06",
        limitation="Vérifier que rien ne manque de ce qui est conservé",
        intitule="Contrôle indépendant des comptes",
        finalite="Recalculer les soldes, les dettes et les virements à partir des droits et des ordres, et dire où "
        "les livres en diffèrent",
        base_legale="Code de la sécurité sociale, art. L114-6 et L114-8-1 : établissement des comptes et contrôle "
        "interne (RGPD art. 6.1.c)",
        actes=ACTES_CRISTAL,
        personnes=("Allocataires payés par la caisse, par leur numéro interne de dossier",),
        lire={
            "dossiers.Liquidation": LIQUIDATION,
            "dossiers.LigneDroit": LIGNE_DROIT,
            "paiements.Ecriture": ECRITURE,
            "paiements.LigneEcriture": (*LIGNE_ECRITURE, "anonyme"),
            "paiements.Creance": ("id", "organisme_id", "dossier_id", "droit", "mois", "montant_centimes", "etat"),
            "paiements.FichierVirement": FICHIER,
            "dossiers.DroitEfface": (
                "id",
                "liquidation_id",
                "droit",
                "mois",
                "lignes",
                "brut_centimes",
                "crds_centimes",
            ),
            "paiements.VirementEfface": ("id", "fichier_id", "nombre", "total_centimes"),
            "paiements.OrdrePaiement": sauf_id(ORDRE),
        },
        archives="Les comptes se contrôlent en entier",
        perimetre="national",
        destinataires=("Direction comptable et financière", "Cour des comptes"),
        conservation=CONSERVATION,
        mesures=("Lecture seule", "Numéros internes seulement : ni nom, ni NIR, ni IBAN"),
        droits_applicables=DROITS_DES_PERSONNES,
        information="Les comptes de votre caisse sont recalculés par un contrôle qui ne voit que des numéros internes.",
        genres=("systeme",),
        sans_personne="Le contrôle lit des sommes par numéro de dossier, sans charger les personnes",
    ),
)
TRAITEMENTS += (decision_demande(next(t for t in TRAITEMENTS if t.cle == "correction_dossier")),)
TRAITEMENTS += du_trimestre(next(t for t in TRAITEMENTS if t.cle == "liquidation_mensuelle"))
