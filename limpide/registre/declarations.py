"""The register's own processing: supervision by the data-protection officer."""

from limpide.registre import alertes
from limpide.registre.conservation.durees import JOURNALISATION
from limpide.registre.conservation.traitements import SUPERVISION
from limpide.registre.conservation.traitements import traitements as traitements_de_conservation
from limpide.registre.declaration import Acte, Conservation, Traitement
from limpide.registre.demandes.traitements import traitements as traitements_du_guichet
from limpide.registre.travaux.table import COLONNES as COLONNES_PASSAGE
from limpide.registre.travaux.table import COLONNES_FINIES, TRAVAUX

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

COLONNES_HOMOLOGATION = (
    "id", "teleservice", "empreinte", "genre", "perimetre", "autorite", "decidee_le", "validite", "risques", "document",
    "document_nom", "document_empreinte", "fictive", "enregistree_le", "enregistree_par", "retiree_le", "motif_retrait",
)  # fmt: skip

COLONNES_BLOC = ("mois", "rang", "premiere", "nombre", "numeros", "empreintes", "precedente", "horizon", "reprise")
COLONNES_TETE = ("numero", "texte", "signature")
COLONNES_VERSION = ("id", "numero", "empreinte", "contenu", "changees", "installee_le")
COMPTE_DES_ALERTES = ("id", "traitee_le")
"""Enough to say how many alerts wait."""

TRAITEMENTS = (
    *traitements_de_conservation(),
    *traitements_du_guichet(),
    Traitement(
        cle="supervision_dpd",
        systeme="S44",
        intitule="Supervision des traitements par le délégué à la protection des données",
        finalite="Contrôler que chaque accès répond à une finalité déclarée, et répondre aux personnes",
        sous_finalites=(
            "Consulter le registre des traitements en vigueur",
            "Rechercher les accès à un dossier et les accès refusés",
            "Vérifier que les travaux du jour sont faits",
        ),
        base_legale="RGPD art. 6.1.c, 24, 30, 32 et 39 : obligation légale du responsable de traitement",
        actes=(Acte("aucun", "Registre et journalisation : obligation directe du RGPD, sans acte réglementaire"),),
        personnes=("Allocataires et membres de leur foyer", "Agents dont les accès sont journalisés"),
        lire={
            "registre.LigneJournal": COLONNES_DU_JOURNAL,
            "registre.Alerte": COMPTE_DES_ALERTES,
            "registre.Passage": COLONNES_PASSAGE,
        }
        | SUPERVISION,
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=Conservation(
            active="12 mois",
            intermediaire="jusqu'à 3 ans pour les traitements soumis à contrôle interne",
            sort_final="suppression",
            source=JOURNALISATION,
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
    Traitement(
        cle="suivi_alertes",
        systeme="S44",
        intitule="Suivi des alertes par le délégué à la protection des données",
        finalite="Regarder ce qui est en retard, inhabituel ou cassé, et noter ce qui a été constaté",
        base_legale="RGPD art. 6.1.c, 24, 32 et 39 : obligation légale du responsable de traitement",
        actes=(Acte("aucun", "Contrôle interne : obligation directe du RGPD, sans acte réglementaire"),),
        personnes=("Agents dont les accès sont journalisés", "Allocataires, par leur numéro interne de dossier"),
        lire={"registre.Alerte": alertes.COLONNES, "registre.LigneJournal": COLONNES_DU_JOURNAL},
        modifier={"registre.Alerte": ("traitee_le", "traitee_par", "note")},
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=Conservation(active="3 ans", source=JOURNALISATION),
        mesures=(
            "Une alerte ne se modifie pas : elle se traite, une fois, avec une note",
            "Numéros internes seulement : ni nom, ni NIR",
            "Second facteur d'authentification",
        ),
        droits_applicables=("Accès", "Limitation"),
        information=(
            "Un accès inhabituel à un dossier est signalé au délégué à la protection des données, qui vérifie sa "
            "raison. Il voit des numéros internes, jamais votre nom."
        ),
        genres=("dpd",),
    ),
    Traitement(
        cle="scellement_journal",
        systeme="S44",
        intitule="Scellement et vérification du journal des accès",
        finalite="Rendre visible toute modification du journal des accès : l'enchaîner, le signer, le vérifier",
        base_legale="RGPD art. 5.1.f, 5.2, 24 et 32 : obligation légale du responsable de traitement",
        actes=(Acte("aucun", "Intégrité du journal : obligation directe du RGPD, sans acte réglementaire"),),
        personnes=("Allocataires et agents, par leurs numéros internes",),
        lire={
            "registre.LigneJournal": (*COLONNES_DU_JOURNAL, "transaction"),
            "registre.BlocScelle": ("id", *COLONNES_BLOC),
            "registre.TeteJournal": ("id", *COLONNES_TETE, "creee_le"),
        },
        creer={
            "registre.BlocScelle": COLONNES_BLOC,
            "registre.TeteJournal": COLONNES_TETE,
            "registre.Alerte": alertes.COLONNES_SIGNALEES,
        },
        perimetre="national",
        destinataires=("Délégué à la protection des données", "Auditeurs à qui un export est remis"),
        conservation=Conservation(
            active="celle du journal : 12 mois", intermediaire="empreintes : 3 ans", source=JOURNALISATION
        ),
        mesures=(
            "Chaque ligne est enchaînée à la précédente ; les têtes sont signées par une clé gardée hors de la base",
            "Un export se vérifie sans la base ni le logiciel qui l'a écrit",
            "Blocs et têtes en ajout seul",
        ),
        droits_applicables=("Information",),
        information="Le journal des consultations de votre dossier est scellé : personne ne peut le réécrire sans que "
        "cela se voie.",
        genres=("systeme",),
        sans_personne="Des lignes enchaînées par calcul, montrées à personne",
    ),
    Traitement(
        cle=TRAVAUX,
        systeme="S44",
        intitule="Suivi des travaux du jour",
        finalite="Faire chaque jour, dans l'ordre et une fois, ce que les délais de la loi demandent, et le montrer",
        sous_finalites=(
            "Reprendre au travail qui n'était pas fini",
            "Dire au délégué ce qui a échoué ou tarde",
        ),
        base_legale="RGPD art. 5.2, 24 et 32 : obligation légale du responsable de traitement",
        actes=(Acte("aucun", "Des dates et des nombres, sans donnée de personne"),),
        personnes=("Aucune : des dates et des nombres",),
        lire={"registre.Passage": COLONNES_PASSAGE},
        creer={
            "registre.Passage": tuple(c for c in COLONNES_PASSAGE if c != "id"),
            "registre.Alerte": alertes.COLONNES_SIGNALEES,
        },
        modifier={"registre.Passage": COLONNES_FINIES},
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=Conservation(active="sans limite : aucune donnée de personne", sort_final="archivage"),
        mesures=(
            "Chaque travail s'exécute sous son propre traitement, avec ses seuls droits",
            "Un travail fait ne se refait pas le même jour ; un travail coupé reprend",
        ),
        droits_applicables=("Sans objet",),
        information="Les travaux du jour ne gardent aucune donnée de personne.",
        genres=("systeme",),
    ),
    Traitement(
        cle="purge_journal",
        systeme="S43",
        intitule="Effacement du journal des accès à son terme",
        finalite="Effacer, mois par mois, les traces d'accès dont la durée de conservation est passée",
        base_legale="RGPD art. 5.1.e et 6.1.c ; CNIL, délibération n° 2021-122 du 14 octobre 2021 (journalisation)",
        actes=(Acte("aucun", "Durée de conservation : obligation directe du RGPD, sans acte réglementaire"),),
        personnes=("Allocataires et agents, par leurs numéros internes",),
        lire={
            "registre.LigneJournal": ("id", "quand", "personne_id", "dossier_id"),
            "registre.BlocScelle": ("id", "mois", "rang", "premiere", "nombre", "empreintes", "horizon"),
            "registre.TeteJournal": ("id", *COLONNES_TETE),
            "registre.Alerte": ("id", "traitee_le", "lignes_du", "lignes_au"),
            "registre.Gel": ("id", "dossier_id", "personne_id", "motif", "leve_le"),
        },
        creer={"registre.TeteJournal": COLONNES_TETE},
        perimetre="national",
        destinataires=("Aucun",),
        conservation=Conservation(active="les têtes signées disent quels mois ont été effacés, et combien de lignes"),
        mesures=(
            "Un mois part entier, douze mois après sa fin, annoncé par une tête signée : la vérification le sait",
            "La base de données vérifie elle-même le terme, la tête signée et le compte des lignes",
            "Un mois attend tant qu'une alerte ouverte en parle (trois ans au plus)",
            "Un mois attend tant que la justice ou un contrôle a gelé un dossier qu'il nomme",
        ),
        droits_applicables=("Information",),
        information="Les traces des consultations de votre dossier sont effacées douze mois après la fin de leur mois.",
        genres=("systeme",),
        sans_personne="Des lignes effacées par mois entiers, lues par personne",
    ),
    Traitement(
        cle="publication_registre",
        systeme="S44",
        intitule="Publication des versions du registre",
        finalite="Montrer à chacun ce que les traitements avaient le droit de faire, à chaque date, et ce qui a changé",
        base_legale="RGPD art. 5.2, 24 et 30 : obligation légale du responsable de traitement",
        actes=(Acte("aucun", "Publication de déclarations, sans donnée de personne"),),
        personnes=("Aucune : des déclarations",),
        lire={"registre.VersionRegistre": COLONNES_VERSION},
        perimetre="national",
        destinataires=("Toute personne : les versions sont publiées",),
        conservation=Conservation(active="tant que le registre existe", sort_final="archivage"),
        mesures=("Une version gardée ne se modifie ni ne s'efface : la base le refuse",),
        droits_applicables=("Information",),
        information="Le registre des traitements est public, avec chacune de ses versions.",
        genres=("systeme", "visiteur", "allocataire", "agent", "dpd"),
    ),
    Traitement(
        cle="publication_homologations",
        systeme="S45",
        intitule="Publication des homologations de sécurité des téléservices",
        finalite="Publier l'homologation de chaque service en ligne et fermer ceux qui n'en ont pas",
        base_legale="Ordonnance n° 2005-1516 du 8 décembre 2005, art. 9 ; décret n° 2010-112 du 2 février 2010 : "
        "obligation légale (RGPD art. 6.1.c)",
        actes=(Acte("aucun", "Publication d'actes administratifs, sans données d'usagers"),),
        personnes=("Autorités qui signent une homologation",),
        lire={"registre.Homologation": COLONNES_HOMOLOGATION},
        perimetre="national",
        destinataires=("Toute personne : ces décisions sont publiées",),
        conservation=Conservation(active="tant que le téléservice existe", sort_final="archivage"),
        mesures=("Le document publié est vérifié par son empreinte à l'enregistrement, par la base elle-même",),
        droits_applicables=("Information", "Accès", "Rectification"),
        information="L'homologation de sécurité de chaque service en ligne est publiée, avec sa décision.",
        genres=("systeme", "visiteur", "allocataire", "agent", "dpd"),
    ),
    Traitement(
        cle="homologation_teleservices",
        systeme="S45",
        intitule="Tenue des homologations de sécurité des téléservices",
        finalite="Enregistrer, publier et retirer les homologations, avertir avant leur fin",
        base_legale="Ordonnance n° 2005-1516 du 8 décembre 2005, art. 9 ; décret n° 2010-112 du 2 février 2010 : "
        "obligation légale (RGPD art. 6.1.c)",
        actes=(Acte("aucun", "Mesure de sécurité, sans données d'usagers"),),
        personnes=("Autorités qui signent une homologation", "Personnes qui l'enregistrent"),
        lire={"registre.Homologation": COLONNES_HOMOLOGATION, "registre.Alerte": COMPTE_DES_ALERTES},
        creer={
            "registre.Homologation": tuple(c for c in COLONNES_HOMOLOGATION if c != "id"),
            "registre.Alerte": alertes.COLONNES_SIGNALEES,
        },
        modifier={"registre.Homologation": ("retiree_le", "motif_retrait")},
        perimetre="national",
        destinataires=("Délégué à la protection des données", "Responsable de la sécurité des systèmes d'information"),
        conservation=Conservation(active="tant que le téléservice existe", sort_final="archivage"),
        mesures=(
            "Une homologation ne se modifie pas : elle se retire, avec son motif",
            "Second facteur d'authentification",
        ),
        droits_applicables=("Information", "Accès", "Rectification"),
        information="Les homologations sont enregistrées par la déléguée à la protection des données.",
        genres=("dpd", "systeme"),
    ),
)
