"""Processings of certificates: asked by the person, checked by whoever holds the code."""

from limpide.dossiers.declarations import DEMANDE, RATTACHEMENT
from limpide.droits.faits import NATURES
from limpide.identite.mesures import CONSULTATION
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Conservation, Traitement

MES_ATTESTATIONS, VERIFICATION = "mes_attestations", "verification_attestations"
ATTESTATION = (
    "id", "dossier_id", "organisme_id", "personne_id", "genre", "code_chiffre", "empreinte_code", "contenu_chiffre",
    "montre_chiffre", "empreinte", "emise_le", "expire_le", "retiree_le", "auteur",
)  # fmt: skip
VERIFIEE = (
    "id", "dossier_id", "organisme_id", "personne_id", "genre", "empreinte_code", "montre_chiffre", "empreinte",
    "emise_le", "expire_le", "retiree_le",
)  # fmt: skip
LUES_POUR_ATTESTER = {
    "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance"),
    "identite.Affiliation": ("personne_id", "organisme_id", "allocataire_id"),
    "identite.Organisme": ("code", "nom"),
    "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
    "dossiers.Liquidation": ("id", "organisme_id", "mois", "numero", "genre", "etat", "connu_au"),
    "dossiers.LigneDroit": (
        "id", "liquidation_id", "organisme_id", "dossier_id", "mois", "droit", "rang", "montant_centimes",
        "crds_centimes", "motif", "fait_manquant",
    ),
    "paiements.FichierVirement": ("id", "organisme_id", "mois", "numero", "date_execution", "etat"),
    "paiements.OrdrePaiement": (
        "id", "organisme_id", "dossier_id", "mois", "nature", "montant_centimes", "fichier_id",
    ),
}  # fmt: skip
LUES_POUR_LE_QUOTIENT = {
    "dossiers.Rattachement": RATTACHEMENT,
    "dossiers.Fait": ("id", "dossier_id", "organisme_id", "personne_id", "nature", "valeur", "valide", "connu"),
    "dossiers.Demande": DEMANDE,
}
NATURES_DU_QUOTIENT = (
    "date_naissance", "nationalite", "enfant_sejour_regulier", "rempli_obligation_scolaire", "salaire_net",
    "remuneration_apprenti", "revenus_stage_formation_pro", "garde_alternee", "aeeh_accordee", "residence",
    "revenus_imposables_bruts", "aah", "caah", "asi",
    *(n.nom for n in NATURES.values() if n.groupe == "prestation"),
)  # fmt: skip
"""Income, benefits received, who is in charge, and the AEEH, which gives half a part: nothing else is read."""
CONDITIONS = (Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, articles 1 à 6"),)

TRAITEMENTS_ATTESTATIONS = (
    Traitement(
        cle=MES_ATTESTATIONS,
        systeme="S39",
        aussi=("S20",),
        limitation="La personne lit ses propres données",
        intitule="Mes attestations",
        finalite="Remettre à l'allocataire une attestation de ses paiements, de ses droits ou de son quotient familial",
        sous_finalites=(
            "Écrire l'attestation, la sceller et tirer au hasard son code de vérification",
            "Annuler un code donné par erreur",
        ),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public",
        actes=CONDITIONS,
        personnes=("Allocataires", "Membres de leur foyer"),
        natures=NATURES_DU_QUOTIENT,
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="aucune",
        lire={**LUES_POUR_ATTESTER, **LUES_POUR_LE_QUOTIENT, "usagers.Attestation": ATTESTATION},
        creer={"usagers.Attestation": ATTESTATION},
        modifier={"usagers.Attestation": ("retiree_le",)},
        perimetre="personne",
        destinataires=("L'allocataire lui-même", "Son protecteur, pour ce que dit la décision du juge"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Contenu et code chiffrés dans la base, liés à leur ligne ; empreinte SHA-256 du contenu",
            "Code tiré au hasard, sans rapport avec la personne",
            "Lignes limitées à l'allocataire par la base de données elle-même",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Vous recevez une attestation et son code. Vous choisissez à qui vous la donnez, vous voyez quand "
        "son code a servi, et vous pouvez l'annuler.",
        genres=("allocataire", "protecteur"),
        pouvoir=CONSULTATION,
        archives="La personne lit ses propres données tant qu'elles existent",
    ),
    Traitement(
        cle=VERIFICATION,
        systeme="S39",
        limitation="La personne a donné elle-même l'attestation et son code",
        intitule="Vérification d'une attestation par son code",
        finalite="Dire à qui reçoit une attestation si la caisse l'a bien émise, et ce qu'elle dit",
        base_legale="RGPD art. 6.1.e : mission d'intérêt public",
        actes=CONDITIONS,
        personnes=("Allocataires qui ont donné une attestation",),
        lire={"usagers.Attestation": VERIFIEE},
        perimetre="national",
        destinataires=("Toute personne à qui l'allocataire a donné le code",),
        conservation=Conservation(
            active="le code vaut trois mois, l'attestation est effacée au bout d'un an",
            proposees=("trois mois", "un an"),
        ),
        mesures=(
            "Cette page lit la nature, les dates, les mois, les montants et des initiales ; pas le nom, ni le code",
            "Même réponse pour un code inconnu, expiré ou annulé",
            "Essais limités par adresse réseau ; seize signes tirés au hasard",
            "Chaque vérification laisse une ligne que la personne lit dans « Qui a vu mon dossier »",
        ),
        droits_applicables=("Information", "Accès"),
        information="Qui a votre attestation et son code peut vérifier qu'elle vient de la Caf. Vous voyez quand. La "
        "Caf ne sait pas qui vérifie.",
        genres=("visiteur",),
    ),
)  # fmt: skip
