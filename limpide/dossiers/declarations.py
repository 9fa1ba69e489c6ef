"""Processings of the file: finding it, instructing rights, following supporting documents.

The acts are those of the public page: Cristal (S06), prime d'activité (S03), follow-up of documents (S26).
"""

import datetime

from limpide.dossiers.declarations_campagnes import TRAITEMENTS_CAMPAGNES
from limpide.dossiers.declarations_depots import TRAITEMENTS_DEPOTS
from limpide.dossiers.declarations_documents import ACTES_PIECES, TRAITEMENTS_DOCUMENTS
from limpide.dossiers.declarations_identite import TRAITEMENTS_IDENTITE
from limpide.dossiers.declarations_rncps import TRAITEMENTS_RNCPS
from limpide.dossiers.declarations_taches import TRAITEMENTS_TACHES
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement

ACTES_CRISTAL = (
    Acte("acte_reglementaire", "Acte réglementaire relatif au modèle Cristal", date=datetime.date(2017, 6, 26)),
    Acte(
        "deliberation",
        "Délibération de la Cnil sur l'évolution rendue nécessaire par le non-cumul entre l'Aah et l'Ass",
        "n° 2017-130",
        datetime.date(2017, 4, 27),
    ),
    Acte("deliberation", "Délibération de la Cnil", "n° 95-151", datetime.date(1995, 11, 21)),
)
ACTES_PRIME_ACTIVITE = (
    Acte(
        "decret",
        "Décret autorisant les traitements de données à caractère personnel destinés à la mise en œuvre de la prime "
        "d'activité",
        "n° 2015-1863",
        datetime.date(2015, 12, 29),
    ),
    Acte("deliberation", "Délibération de la Cnil", "n° 2015-421", datetime.date(2015, 12, 3)),
)
CONSERVATION = fiche_du_dossier()

PERSONNE = ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "date_deces", "statut_identite")
DOSSIER = ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le", "motif_cloture")
RATTACHEMENT = (
    "id", "dossier_id", "organisme_id", "personne_id", "role", "garde_alternee", "naissance", "valide", "connu",
    "source", "auteur",
)  # fmt: skip
FAIT = (
    "id", "dossier_id", "organisme_id", "personne_id", "nature", "valeur", "valide", "connu", "source", "auteur",
    "piece_id",
)  # fmt: skip
DEMANDE = (
    "id", "dossier_id", "organisme_id", "numero", "droits", "etat", "canal", "creee_le", "deposee_le", "decidee_le",
    "auteur",
)  # fmt: skip
PIECE = (
    "id", "dossier_id", "organisme_id", "demande_id", "personne_id", "genre", "droits", "etat", "attendue_pour",
    "recue_le", "traitee_le", "motif_refus", "empreinte", "canal",
)  # fmt: skip
AFFILIATION = ("id", "personne_id", "organisme_id", "allocataire_id", "qualite", "valide")
LIQUIDATION = (
    "id", "organisme_id", "mois", "numero", "genre", "etat", "connu_au", "empreinte_regles", "nombre_dossiers",
    "nombre_lignes", "terminee_le",
)  # fmt: skip
LIGNE_DROIT = (
    "id", "liquidation_id", "organisme_id", "dossier_id", "mois", "droit", "rang", "montant_centimes",
    "crds_centimes", "motif", "fait_manquant",
)  # fmt: skip
DECISION = (
    "id", "dossier_id", "organisme_id", "liquidation_id", "prise_le", "automatisation", "donnees_sensibles", "effets",
    "cause", "finalite_id", "regles_id", "mention_id", "recours_id",
)  # fmt: skip
REVUE = ("id", "decision_id", "dossier_id", "organisme_id", "agent", "faite_le", "avis", "note")
REVUE_SANS_AUTEUR = ("decision_id", "dossier_id", "organisme_id", "faite_le", "avis")
JOURNAL = (
    "id", "quand", "acteur_genre", "acteur_id", "service", "traitement", "declaration", "motif", "organisme",
    "personne_id", "dossier_id", "objet", "action",
)  # fmt: skip


def sauf_id(colonnes: tuple[str, ...]) -> tuple[str, ...]:
    """What an insertion names: the number is given by the database."""
    return tuple(c for c in colonnes if c != "id")


DROITS_LUS = {
    "dossiers.Liquidation": LIQUIDATION,
    "dossiers.LigneDroit": LIGNE_DROIT,
    "dossiers.Decision": DECISION,
    "dossiers.TexteDecision": ("cle", "texte"),
    "dossiers.VersionRegles": ("empreinte", "en_service_le", "natures"),
    "dossiers.RevueDecision": REVUE_SANS_AUTEUR,
}

TRAITEMENTS = (
    Traitement(
        cle="recherche_dossier",
        systeme="S06",
        limitation="Dire à l'agent que le dossier est limité, sans l'ouvrir",
        intitule="Recherche d'un dossier d'allocataire",
        finalite="Retrouver le dossier d'une personne qui s'adresse à sa caisse",
        base_legale="Code de la sécurité sociale, art. L212-1 et L223-1 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES_CRISTAL,
        personnes=("Allocataires et membres de leur foyer",),
        lire={
            "identite.Personne": (
                "id", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "cle_naissance", "cle_usage",
                "cle_prenoms",
            ),
            "identite.Immatriculation": ("id", "personne_id", "empreinte", "clos_le"),
            "identite.Reunion": ("id", "gardee_id", "doublon_id"),
            "identite.Affiliation": AFFILIATION,
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.Rattachement": ("id", "dossier_id", "organisme_id", "personne_id", "role", "valide", "connu"),
            "registre.Limitation": ("id", "dossier_id", "organisme", "posee_le", "levee_le"),
            # How many decisions wait for an agent, told on the same page
            "dossiers.Decision": ("id", "dossier_id", "organisme_id", "automatisation", "prise_le"),
            "dossiers.RevueDecision": ("decision_id", "dossier_id", "organisme_id"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse",),
        conservation=CONSERVATION,
        mesures=(
            "Chaque personne affichée dans une liste laisse une ligne au journal",
            "Le numéro de sécurité sociale se cherche par son empreinte : il n'est pas lu",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Un agent de votre caisse peut rechercher votre dossier par votre nom ou votre numéro. "
        "Cette recherche laisse une trace que vous pouvez consulter.",
        genres=("agent",),
    ),
    Traitement(
        cle="instruction_droits",
        systeme="S06",
        intitule="Instruction des droits d'un foyer",
        finalite="Tenir le dossier du foyer, y enregistrer ce qui est connu, et répondre sur les droits calculés",
        sous_finalites=(
            "Ouvrir un dossier, y rattacher les personnes du foyer, le clore",
            "Enregistrer et corriger les faits, avec leur source, sans effacer ce qui était connu",
            "Recevoir une demande et demander les pièces qu'elle exige",
            "Consulter les droits calculés et leur explication",
            "Consulter le journal des accès au dossier",
        ),
        base_legale="Code de la sécurité sociale, art. L212-1, L223-1, L583-3, L843-1 et L114-19 ; code de l'action "
        "sociale et des familles, art. L262-16 et L262-40 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=(*ACTES_CRISTAL, *ACTES_PRIME_ACTIVITE),
        personnes=("Allocataires et membres de leur foyer",),
        lire={
            "identite.Personne": PERSONNE,
            "identite.Organisme": ("code", "nom", "departement"),
            "identite.Affiliation": AFFILIATION,
            "identite.Immatriculation": (
                "id", "personne_id", "genre", "numero_chiffre", "certifie_le", "clos_le", "justificatif_du_le",
                "justificatif_recu_le",
            ),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.NatureFait": (
                "code", "nom", "sujet", "type", "periodicite", "libelle", "minimum", "maximum", "retiree",
            ),
            "dossiers.Demande": DEMANDE,
            "dossiers.PieceAttendue": PIECE,
            **DROITS_LUS,
            "registre.LigneJournal": JOURNAL,
        },
        creer={
            "identite.Affiliation": sauf_id(AFFILIATION),
            "dossiers.Dossier": sauf_id(DOSSIER),
            "dossiers.Rattachement": sauf_id(RATTACHEMENT),
            "dossiers.Fait": sauf_id(FAIT),
            "dossiers.Demande": sauf_id(DEMANDE),
            "dossiers.PieceAttendue": sauf_id(PIECE),
        },
        modifier={
            "identite.Affiliation": ("valide",),
            "dossiers.Dossier": ("clos_le", "motif_cloture"),
            "dossiers.Rattachement": ("connu",),
            "dossiers.Fait": ("connu",),
            "dossiers.Demande": ("etat", "decidee_le"),
            "dossiers.PieceAttendue": (
                "etat", "recue_le", "traitee_le", "motif_refus", "empreinte", "canal",
            ),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire, pour son dossier"),
        conservation=CONSERVATION,
        mesures=(
            "Les faits ne se modifient pas et ne s'effacent pas : la base refuse toute édition",
            "Seul ce que la loi demande peut être enregistré : le catalogue des faits est celui des règles",
            "Second facteur d'authentification des agents",
            "Journal : une ligne par personne lue",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation", "Recours contre chaque décision"),
        information="Votre caisse tient votre dossier : la composition du foyer, les ressources, le logement. Chaque "
        "information garde sa source et sa date ; vous pouvez les voir, les faire rectifier, et savoir qui les a lues.",
        genres=("agent", "systeme"),
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="assistee",
    ),
    Traitement(
        cle="revue_decision",
        systeme="S42",
        intitule="Vérification d'une décision par un agent",
        finalite="Faire vérifier par une personne chaque décision dont le calcul utilise une donnée de santé",
        sous_finalites=(
            "Lister les décisions de la caisse qui attendent une vérification",
            "Montrer le calcul et les données de santé qu'il utilise",
            "Enregistrer l'avis de l'agent, une seule fois par décision",
        ),
        base_legale="Loi n° 78-17 du 6 janvier 1978, art. 47 ; RGPD, art. 22 ; code des relations entre le public et "
        "l'administration, art. L311-3-1 : obligation légale (RGPD art. 6.1.c)",
        actes=ACTES_CRISTAL,
        personnes=("Allocataires et membres de leur foyer",),
        lire={
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.Demande": DEMANDE,
            **DROITS_LUS,
            "dossiers.RevueDecision": REVUE,
        },
        creer={"dossiers.RevueDecision": sauf_id(REVUE)},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire, pour son dossier"),
        conservation=CONSERVATION,
        mesures=(
            "Une revue ne se modifie pas et ne s'efface pas : la base refuse toute édition",
            "La liste montre des numéros de dossier, sans nom ni donnée de santé",
            "Second facteur d'authentification des agents",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation", "Recours contre chaque décision"),
        information="Quand le calcul de vos droits utilise une donnée de santé, un agent de votre caisse le vérifie. "
        "Vous pouvez lire dans « Mes décisions » si cette vérification est faite, et quand.",
        genres=("agent",),
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
    ),
    Traitement(
        cle="reponse_detail",
        systeme="S42",
        intitule="Réponse d'un agent à une demande de détail d'un calcul",
        finalite="Répondre dans le mois quand le rejeu ne redonne plus la décision, parce que les règles ont changé",
        base_legale="Code des relations entre le public et l'administration, art. L311-3-1 et R311-3-1-2 : obligation "
        "légale (RGPD art. 6.1.c)",
        actes=(Acte("aucun", "Droit à communication, sans acte réglementaire propre"),),
        personnes=("Allocataires",),
        lire={
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Decision": DECISION,
            "dossiers.Liquidation": LIQUIDATION,
            "dossiers.DemandeDetail": (
                "id", "decision_id", "dossier_id", "organisme_id", "deposee_le", "echeance", "repondue_le",
            ),
        },
        modifier={"dossiers.DemandeDetail": ("repondue_le", "reponse", "agent")},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire, pour son dossier"),
        conservation=CONSERVATION,
        mesures=("La liste montre des numéros de dossier et des délais", "La réponse donnée ne se modifie pas"),
        droits_applicables=("Accès", "Recours devant la Cada"),
        information="Quand le détail d'un calcul ne peut pas être produit tout de suite, un agent de votre caisse vous "
        "répond dans le mois.",
        genres=("agent",),
    ),
    Traitement(
        cle="suivi_pieces",
        systeme="S26",
        intitule="Suivi des pièces justificatives",
        finalite="Savoir quelles pièces sont attendues, reçues, validées ou refusées pour une demande",
        base_legale="Code de la sécurité sociale, art. L212-1 et L161-1-4 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES_PIECES,
        personnes=("Allocataires et membres de leur foyer",),
        lire={
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id"),
            "dossiers.Demande": DEMANDE,
            "dossiers.PieceAttendue": PIECE,
        },
        modifier={
            "dossiers.Demande": ("etat", "decidee_le"),
            "dossiers.PieceAttendue": ("etat", "recue_le", "traitee_le", "motif_refus", "empreinte", "canal"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse",),
        conservation=CONSERVATION,
        mesures=("Métadonnées seulement : l'image du document est conservée ailleurs, sous une autre habilitation",),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Votre caisse suit les pièces qu'elle vous demande et celles que vous envoyez, avec leurs dates.",
        genres=("agent", "systeme"),
    ),
    *TRAITEMENTS_DEPOTS,
    *TRAITEMENTS_DOCUMENTS,
    *TRAITEMENTS_TACHES,
    *TRAITEMENTS_IDENTITE,
    *TRAITEMENTS_RNCPS,
    *TRAITEMENTS_CAMPAGNES,
)  # fmt: skip
