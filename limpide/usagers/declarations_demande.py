"""The processings of claims online, one for each right claimed (`demande.aides`), and the follow-up of all (S39)."""

import dataclasses
import datetime

from limpide.dossiers.declarations import (
    ACTES_PRIME_ACTIVITE,
    AFFILIATION,
    DEMANDE,
    DOSSIER,
    FAIT,
    PERSONNE,
    PIECE,
    RATTACHEMENT,
    sauf_id,
)
from limpide.dossiers.declarations_depots import RIB_CREE
from limpide.dossiers.declarations_taches import TACHE_CREEE, TACHE_SUIVIE
from limpide.dossiers.declarations_trimestres import TRIMESTRE_LU
from limpide.identite.declarations_protecteurs import ACCES_OUVERT
from limpide.identite.mesures import CONSULTATION, DECLARATIONS
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement
from limpide.usagers.demande.aides import AIDES, PPA, RSA, Aide

DEMANDE_RSA, SUIVI_DEMANDES = RSA.traitement, "suivi_demandes"
BROUILLON = ("id", "personne_id", "droit", "contenu_chiffre", "etape", "cree_le", "modifie_le")
SCELLEE = (
    "id", "genre", "numero", "demande_id", "dossier_id", "organisme_id", "personne_id", "contenu_chiffre", "empreinte",
    "version_texte", "empreinte_texte", "scellee_le", "auteur",
)  # fmt: skip
ADRESSE = ("id", "dossier_id", "organisme_id", "lignes", "code_postal", "commune", "valide")
BANQUE = ("id", "personne_id", "iban_chiffre", "empreinte", "bic", "titulaire", "valide")
ETAT_CIVIL = (
    "id", "nom_naissance", "nom_usage", "prenoms", "sexe", "date_naissance", "lieu_naissance_code", "pays_naissance",
    "statut_identite",
)  # fmt: skip

DESTINATAIRES = (
    "Agents habilités de la caisse",
    "L'allocataire lui-même",
    "Son protecteur, si le juge l'en a chargé",
)
LIGNE = (
    "id", "liquidation_id", "organisme_id", "dossier_id", "mois", "droit", "rang", "montant_centimes",
    "crds_centimes", "motif", "fait_manquant",
)  # fmt: skip
LIQUIDATION_LUE = ("id", "organisme_id", "connu_au")
"""When each line was computed: which amounts were received, as known at an instant."""

ACTES = {
    RSA.droit: (
        Acte("acte_reglementaire", "Acte réglementaire relatif au téléservice de demande de RSA"),
        Acte("deliberation", "Délibération de la Cnil", "n° 2017-039", datetime.date(2017, 2, 23)),
    ),
    PPA.droit: ACTES_PRIME_ACTIVITE,
}
"""The acts of each; the others rest on the terms of Mon Compte, where they are claimed."""
DU_COMPTE = (Acte("conditions_d_utilisation", "Conditions générales d'utilisation de l'Espace Mon Compte"),)

_RSA = Traitement(
    cle=DEMANDE_RSA,
    systeme="S02",
    aussi=("S20",),
    limitation="La personne fait et suit ses propres demandes",
    intitule="Demande de RSA en ligne",
    finalite="Recevoir une demande de RSA, en garder la preuve exacte, et dire à la personne où elle en est",
    sous_finalites=(
        "Garder un brouillon, chiffré, le temps de réunir ce qui manque",
        "Ouvrir le dossier, nouveau ou préparé, ou compléter celui qui existe, et y enregistrer le tout en une fois",
        "Demander à un agent de vérifier quand un organisme dit autre chose",
        "Faite par un protecteur : proposer le compte de la personne, que deux agents vérifient",
        "Recevoir avec elle les autres aides que la personne coche, sur les mêmes réponses",
        "Sceller le contenu déclaré, remettre un récépissé numéroté",
    ),
    base_legale=f"{RSA.articles} : mission d'intérêt public (RGPD art. 6.1.e)",
    actes=ACTES[RSA.droit],
    personnes=("Demandeurs du RSA", "Membres de leur foyer"),
    lire={
        "identite.Personne": PERSONNE,
        "identite.Organisme": ("code", "nom", "departement"),
        "identite.Affiliation": AFFILIATION,
        "identite.CoordonneesBancaires": ("id", "personne_id", "valide"),
        "identite.AccesProtecteur": ACCES_OUVERT,
        "identite.RibPropose": ("id", "acces_id", "organisme_id", "personne_id", "protecteur_id", "etat"),
        "dossiers.Dossier": DOSSIER,
        "dossiers.Rattachement": RATTACHEMENT,
        "dossiers.Fait": FAIT,
        "dossiers.Adresse": ADRESSE,
        "dossiers.Demande": DEMANDE,
        "dossiers.PieceAttendue": PIECE,
        "dossiers.DeclarationScellee": SCELLEE,
        "dossiers.Liquidation": LIQUIDATION_LUE,
        "dossiers.LigneDroit": LIGNE,
        "dossiers.Trimestre": TRIMESTRE_LU,
        "dossiers.TacheAgent": TACHE_SUIVIE,
        "usagers.BrouillonDemande": BROUILLON,
    },
    creer={
        "identite.Personne": ETAT_CIVIL,
        "identite.Affiliation": sauf_id(AFFILIATION),
        "identite.CoordonneesBancaires": BANQUE,
        "identite.RibPropose": RIB_CREE,
        "dossiers.Dossier": sauf_id(DOSSIER),
        "dossiers.Rattachement": sauf_id(RATTACHEMENT),
        "dossiers.Fait": sauf_id(FAIT),
        "dossiers.Adresse": sauf_id(ADRESSE),
        "dossiers.Demande": sauf_id(DEMANDE),
        "dossiers.PieceAttendue": sauf_id(PIECE),
        "dossiers.DeclarationScellee": SCELLEE,
        "dossiers.TacheAgent": TACHE_CREEE,
        "usagers.BrouillonDemande": BROUILLON,
    },
    modifier={
        "identite.CoordonneesBancaires": ("valide",),
        "dossiers.Dossier": ("ouvert_le", "clos_le", "motif_cloture"),
        "dossiers.Rattachement": ("connu",),
        "dossiers.Fait": ("connu",),
        "dossiers.Demande": ("etat", "decidee_le"),
        "usagers.BrouillonDemande": ("contenu_chiffre", "etape", "modifie_le"),
    },
    supprimer=("usagers.BrouillonDemande",),
    perimetre="personne",
    destinataires=DESTINATAIRES,
    conservation=fiche_du_dossier(),
    mesures=(
        "Tout est enregistré en une fois, ou rien ne l'est",
        "Le contenu déclaré est chiffré, scellé par son empreinte, et ne se modifie pas",
        "L'accord de chaque autre majeur du foyer est demandé avant d'envoyer ses données",
        "Lignes limitées à la personne par la base de données elle-même",
    ),
    droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
    information="Ce que vous écrivez est gardé en brouillon pendant soixante jours au plus, puis effacé. Ce que "
    "vous envoyez est gardé exactement, et sert à étudier vos droits. Cette page ne décide de rien.",
    genres=("allocataire", "protecteur"),
    pouvoir=DECLARATIONS,
    article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
    donnees_de_sante=True,
    automatisation="aucune",
)


def _de(aide: Aide) -> Traitement:
    """The same processing, for this right."""
    nom = aide.du.removeprefix("de ").removeprefix("d'")
    return dataclasses.replace(
        _RSA,
        cle=aide.traitement,
        systeme=aide.systeme,
        intitule=f"{aide.titre} en ligne",
        finalite=f"Recevoir une demande {aide.du}, en garder la preuve exacte, et dire à la personne où elle en est",
        base_legale=f"{aide.articles} : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES.get(aide.droit, DU_COMPTE),
        personnes=(f"Demandeurs : {nom}", "Membres de leur foyer"),
    )


_SUIVI = Traitement(
    cle=SUIVI_DEMANDES,
    systeme="S39",
    aussi=("S02", "S03", "S20"),
    limitation="La personne suit ses propres demandes",
    intitule="Suivi des demandes faites en ligne ou à la caisse",
    finalite="Dire où en est chaque demande, qui agit ensuite, et rendre à la personne ce qu'elle a envoyé",
    base_legale="Code de l'action sociale et des familles, art. L262-16 ; code de la sécurité sociale, art. L843-1 : "
    "mission d'intérêt public (RGPD art. 6.1.e)",
    actes=DU_COMPTE,
    personnes=("Demandeurs de prestations",),
    lire={
        "dossiers.Demande": DEMANDE,
        "dossiers.PieceAttendue": PIECE,
        "dossiers.DeclarationScellee": SCELLEE,
        # The changes declared are followed on the same page
        "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "clos_le"),
        "dossiers.TacheAgent": TACHE_SUIVIE,
        "usagers.BrouillonDemande": ("id", "personne_id", "droit", "modifie_le"),
    },
    perimetre="personne",
    destinataires=DESTINATAIRES[1:],
    conservation=fiche_du_dossier(),
    mesures=(
        "Le contenu envoyé est relu contre son empreinte avant d'être rendu",
        "Lignes limitées à la personne par la base de données elle-même",
    ),
    droits_applicables=("Information", "Accès", "Limitation"),
    information="Vous voyez vos demandes, qui agit ensuite et avant quand, et ce que vous avez envoyé.",
    genres=("allocataire", "protecteur"),
    pouvoir=CONSULTATION,
    automatisation="aucune",
)

TRAITEMENTS_DEMANDE = (_RSA, *(_de(aide) for aide in AIDES if aide != RSA), _SUIVI)
