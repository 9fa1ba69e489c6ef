"""Agents and the files they must not open: what they declare of it, and the daily look at their accesses."""

from limpide.registre import alertes
from limpide.registre.conservation.durees import JOURNALISATION
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Conservation, Traitement

LIEN_AGENT = ("id", "compte_id", "organisme_id", "personne_id", "qualite", "declare_le", "retire_le")
CONTROLE_INTERNE = Acte("aucun", "Contrôle interne : obligation directe du RGPD, sans acte réglementaire")

TRAITEMENTS_AGENTS = (
    Traitement(
        cle="dossiers_proches",
        systeme="S06",
        intitule="Dossiers des agents et de leurs proches",
        finalite="Savoir quels dossiers un agent ne doit pas instruire : le sien, ceux de ses proches",
        base_legale="RGPD art. 6.1.c, 25 et 32 : obligation légale du responsable de traitement",
        actes=(CONTROLE_INTERNE,),
        personnes=("Agents des caisses", "Allocataires qui sont agents ou proches d'un agent"),
        lire={
            "identite.LienAgent": LIEN_AGENT,
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id"),
        },
        creer={"identite.LienAgent": ("compte_id", "organisme_id", "personne_id", "qualite")},
        modifier={"identite.LienAgent": ("retire_le",)},
        perimetre="organisme",
        destinataires=("L'agent qui déclare", "Délégué à la protection des données"),
        conservation=fiche_du_dossier(),
        mesures=(
            "L'agent ne voit que ses propres déclarations, par numéro de dossier",
            "Ni le nom ni la nature du lien familial ne sont demandés",
            "Second facteur d'authentification des agents",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Un agent de votre caisse a pu déclarer que votre dossier est le sien ou celui d'un proche : il ne "
        "doit alors pas l'ouvrir.",
        genres=("agent", "systeme"),
    ),
    Traitement(
        cle="surveillance_acces",
        systeme="S44",
        intitule="Surveillance des accès inhabituels des agents",
        finalite="Signaler au délégué à la protection des données les accès qu'une mission n'explique pas d'évidence",
        sous_finalites=(
            "Le dossier de l'agent, d'un proche qu'il a déclaré, ou d'un collègue de sa caisse",
            "Une personne qui porte le nom de l'agent",
            "Bien plus de personnes vues en un jour que d'habitude",
        ),
        base_legale="RGPD art. 6.1.c, 5.1.f, 24 et 32 : obligation légale du responsable de traitement ; CNIL, "
        "délibération n° 2021-122 du 14 octobre 2021 (journalisation)",
        actes=(CONTROLE_INTERNE,),
        personnes=("Agents dont les accès sont journalisés", "Allocataires dont le dossier a été ouvert"),
        lire={
            "registre.LigneJournal": (
                "id", "quand", "acteur_genre", "acteur_id", "organisme", "personne_id", "dossier_id", "action",
                "traitement",
            ),
            "identite.LienAgent": LIEN_AGENT,
            "identite.Affiliation": ("id", "personne_id", "allocataire_id", "valide"),
            "identite.Personne": ("id", "cle_naissance", "cle_usage"),
        },
        creer={"registre.Alerte": alertes.COLONNES_SIGNALEES},
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=Conservation(active="rien n'est gardé que l'alerte : 3 ans", source=JOURNALISATION),
        mesures=(
            "Le programme signale, une personne juge : aucune alerte n'a d'effet sur l'agent ni sur un droit",
            "Des comptes par agent et par personne sont lus, jamais le contenu des dossiers",
            "Une alerte porte des numéros internes : ni nom, ni NIR",
            "Les agents sont informés de cette surveillance dans leur espace",
        ),
        droits_applicables=("Accès", "Limitation"),
        information="Chaque jour, les accès inhabituels des agents sont signalés au délégué à la protection des "
        "données.",
        genres=("systeme",),
    ),
)  # fmt: skip
