"""The register's own processing: supervision by the data-protection officer."""

from limpide.registre.conservation.traitements import traitements as traitements_de_conservation
from limpide.registre.declaration import Acte, Conservation, Traitement

COLONNES_DU_JOURNAL = (
    "id",
    "quand",
    "acteur_genre",
    "acteur_id",
    "service",
    "traitement",
    "declaration",
    "motif",
    "organisme",
    "personne_id",
    "dossier_id",
    "objet",
    "action",
)

TRAITEMENTS = (
    *traitements_de_conservation(),
    Traitement(
        cle="supervision_dpd",
        systeme="S44",
        intitule="Supervision des traitements par le délégué à la protection des données",
        finalite="Contrôler que chaque accès répond à une finalité déclarée, et répondre aux personnes",
        sous_finalites=(
            "Consulter le registre des traitements en vigueur",
            "Rechercher les accès à un dossier et les accès refusés",
        ),
        base_legale="RGPD art. 6.1.c, 24, 30, 32 et 39 : obligation légale du responsable de traitement",
        actes=(Acte("aucun", "Registre et journalisation : obligation directe du RGPD, sans acte réglementaire"),),
        personnes=("Allocataires et membres de leur foyer", "Agents dont les accès sont journalisés"),
        lire={"registre.LigneJournal": COLONNES_DU_JOURNAL},
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=Conservation(
            active="12 mois",
            intermediaire="jusqu'à 3 ans pour les traitements soumis à contrôle interne",
            sort_final="suppression",
        ),
        mesures=(
            "Journal en ajout seul : ni modification ni effacement, même par le propriétaire de la base",
            "Numéros internes seulement : ni nom, ni NIR",
            "Second facteur d'authentification",
            "La consultation du journal est elle-même journalisée",
        ),
        droits_applicables=("Accès", "Limitation"),
        information=(
            "Le délégué à la protection des données vérifie qui a consulté votre dossier et pourquoi. "
            "Il voit des numéros internes, jamais votre nom ni votre numéro de sécurité sociale."
        ),
        genres=("dpd",),
    ),
)
