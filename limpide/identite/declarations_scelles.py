"""A civil status that changes, and the sealed history of what it was."""

from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement

PERSONNE_AVANT = (
    "id", "nom_naissance", "nom_usage", "prenoms", "sexe", "date_naissance", "statut_identite",
)  # fmt: skip
NUMERO = (
    "id", "personne_id", "genre", "numero_chiffre", "empreinte", "recu_le", "certifie_le", "clos_le", "cause_cloture",
    "nia_delivre_le", "justificatif_du_le",
)  # fmt: skip
ANCIEN = ("id", "personne_id", "contenu_chiffre", "scelle_le")
ACTES_ETAT_CIVIL = (
    Acte("decret", "Décret n° 2019-341 du 19 avril 2019, usages du numéro de sécurité sociale"),
)  # fmt: skip

TRAITEMENTS_SCELLES = (
    Traitement(
        cle="changement_etat_civil",
        systeme="S48",
        intitule="Mise à jour de l'état civil d'une personne",
        finalite="Enregistrer un état civil qui change, et sceller celui d'avant",
        sous_finalites=(
            "Changement de sexe, de nom ou de prénom, adoption, erreur corrigée",
            "Ne laisser voir que la nouvelle identité",
        ),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; RGPD art. 5.1.d et 16 : exactitude et rectification",
        actes=ACTES_ETAT_CIVIL,
        personnes=("Allocataires", "Conjoints", "Enfants et personnes à charge"),
        lire={
            "identite.Personne": PERSONNE_AVANT,
            "identite.Immatriculation": NUMERO,
            "identite.EtapeNia": ("id", "immatriculation_id", "personne_id", "genre", "le", "echeance"),
            "identite.EtatIdentite": ("id", "personne_id"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.Rattachement": ("id", "dossier_id", "organisme_id", "personne_id", "role", "valide", "connu"),
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
            "identite.Compte": ("id", "personne_id"),
        },
        creer={
            "identite.AncienEtatCivil": ANCIEN,
            "identite.Immatriculation": NUMERO,
            "identite.EtatIdentite": ("personne_id", "etat", "cause", "depuis", "agent", "note"),
        },
        modifier={
            "identite.Personne": ("nom_naissance", "nom_usage", "prenoms", "sexe"),
            "identite.Immatriculation": ("certifie_le", "clos_le", "cause_cloture"),
            "identite.Compte": ("identifiant",),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse",),
        conservation=fiche_du_dossier(),
        mesures=(
            "L'ancien état civil est chiffré et scellé : aucun traitement d'agent ne peut en lire une colonne",
            "L'ancien numéro est scellé avec lui : un agent ne le trouve plus",
            "Le journal dit « mise à jour de l'état civil », quelle qu'en soit la raison",
            "Second facteur d'authentification des agents",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Quand votre état civil change, votre caisse ne montre plus que le nouveau. L'ancien est scellé : "
        "seul le délégué à la protection des données peut l'ouvrir, avec une raison que vous pouvez lire.",
        genres=("agent",),
    ),
    Traitement(
        cle="histoire_scellee",
        systeme="S48",
        intitule="Ouverture d'un ancien état civil scellé",
        finalite="Relier à une personne ce qui la concerne sous son ancien état civil, quand la loi l'exige",
        base_legale="RGPD art. 6.1.c : obligation légale (réponse à la personne, à un juge, à une autorité)",
        actes=ACTES_ETAT_CIVIL,
        personnes=("Personnes dont l'état civil a changé",),
        lire={
            "identite.AncienEtatCivil": ANCIEN,
            "dossiers.Rattachement": ("id", "dossier_id", "personne_id"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id"),
        },
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Le délégué seul, avec un second facteur et une raison choisie dans une liste",
            "Chaque ouverture laisse une ligne au journal, que la personne lit",
        ),
        droits_applicables=("Accès", "Information"),
        information="Le délégué à la protection des données peut ouvrir votre ancien état civil pour vous répondre, ou "
        "sur la demande d'un juge ; vous voyez dans Mon Compte quand et pourquoi.",
        genres=("dpd",),
    ),
)
